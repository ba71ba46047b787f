/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libFuzzer target: any bytes through the scanner alone. What must hold: every token lies behind
 * the one before and within the text, the scanner comes to an end, and the text that it scanned
 * in place is afterwards what it was.
 */
#include <stdlib.h>
#include <string.h>

#include "syntax/parse.h"

#include "parser.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void scan(struct stp_context *context, const struct stp_source *source)
{
	struct stp_parse *parse = stp_alloc(context, sizeof *parse);
	struct stp_span span = { 0, 0, 0 };
	union STP_YYSTYPE value;
	uint32_t end = 0;
	int token;

	parse->context = context;
	parse->source = source;
	stp_intern_keywords(context);
	stp_scan_begin(parse);
	while ((token = stp_scan(&value, &span, parse)) != 0) {
		if (span.begin < end || span.end < span.begin || span.end > source->length)
			abort();
		end = span.end;
		parse->previous = token;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	const struct stp_source *source;
	struct stp_context context;

	stp_context_init(&context, NULL);
	if (STP_GUARD(&context)) {
		stp_context_free(&context);
		return 0;
	}
	source = stp_source_from_memory(&context, "fuzz", (const char *)bytes, length);
	if (stp_check_encoding(&context, source)) {
		scan(&context, source);
		if (length > 0 && memcmp(source->text, bytes, length) != 0)
			abort();
	}
	stp_context_free(&context);
	return 0;
}
