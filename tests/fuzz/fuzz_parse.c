/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libFuzzer target: any bytes through the scanner and the parser, and every diagnostic printed.
 * What must hold: no crash, and the text of a diagnostic never carries a control character.
 */
#include <stdlib.h>

#include "syntax/syntax.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void check_printable(const struct stp_string *out)
{
	for (size_t i = 0; i < out->length; i++)
		if ((unsigned char)out->text[i] < 0x20 && out->text[i] != '\n')
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct stp_context context;
	struct stp_string out;

	stp_context_init(&context, NULL);
	if (STP_GUARD(&context)) {
		stp_context_free(&context);
		return 0;
	}
	stp_string_init(&out, &context);
	stp_add(&out, "");
	stp_parse(&context, stp_source_from_memory(&context, "fuzz", (const char *)bytes, length));
	stp_diagnostics_text(&context, &out, false);
	check_printable(&out);
	stp_context_free(&context);
	return 0;
}
