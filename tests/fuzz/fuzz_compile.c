/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libFuzzer target: any bytes through the whole compile: load with the shipped library, resolve,
 * and, when nothing is wrong, the tables, the handout's and the card's text.
 */
#include <string.h>

#include "emit/tables.h"
#include "model/load.h"
#include "model/model.h"
#include "syntax/syntax.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void compile(struct stp_context *context, const uint8_t *bytes, size_t length)
{
	const struct stp_overlay overlay = { "fuzz.stip", (const char *)bytes, length };
	const struct stp_load_options options = { .overlay = &overlay, .overlay_count = 1 };
	const struct stp_tables_options tables = { .name = "fuzz", .header = "fuzz.h" };
	const char *path = overlay.path;
	const struct stp_model *model;
	struct stp_string c, h;
	struct stp_tree **trees;
	size_t count;

	if (!stp_load(context, &options, &path, 1, &trees, &count))
		return;
	model = stp_resolve(context, (const struct stp_tree *const *)trees, count);
	if (stp_error_count(context) > 0 || model->protocol_count == 0)
		return;
	stp_string_init(&c, context);
	stp_string_init(&h, context);
	stp_emit_tables(context, model, &tables, &c, &h);
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
	compile(&context, bytes, length);
	stp_string_init(&out, &context);
	stp_diagnostics_text(&context, &out, false);
	stp_context_free(&context);
	return 0;
}
