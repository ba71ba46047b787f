/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the fixture model's table into a folder: fixture.c, fixture.h and fixture.img. */
#include <stdio.h>
#include <string.h>

#include "emit/tables.h"
#include "fixture_model.h"

static int write_file(struct stp_context *context, const char *folder, const char *name,
		      const void *bytes, size_t length)
{
	FILE *file = fopen(stp_format(context, "%s/%s", folder, name), "wb");
	int failed = file == NULL || fwrite(bytes, 1, length, file) != length;

	return (file != NULL && fclose(file) != 0) || failed;
}

int main(int count, char **arguments)
{
	static const char *const languages[] = { "en", "es" };
	static const struct stp_tables_options options = { "fixture", "fixture.h", languages,
							   2,         false,       NULL };
	struct stp_context context;
	const struct stp_model *model;
	struct stp_string c, h;
	const uint8_t *image;
	size_t length;
	int failed;

	if (count != 2)
		return 2;
	stp_context_init(&context, NULL);
	model = fixture_model(&context);
	stp_string_init(&c, &context);
	stp_string_init(&h, &context);
	failed = stp_emit_tables(&context, model, &options, &c, &h) != STP_DONE ||
		 stp_table_image(&context, model, &options, &image, &length) != STP_DONE ||
		 write_file(&context, arguments[1], "fixture.c", c.text, c.length) ||
		 write_file(&context, arguments[1], "fixture.h", h.text, h.length) ||
		 write_file(&context, arguments[1], "fixture.img", image, length);
	stp_context_free(&context);
	return failed;
}
