/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stipple decompile: what a device was given, in the language. The source is compiled again before
 * it is written, and must make the same image but for the version of the program that made it; so
 * nothing is lost silently.
 */
#include <string.h>

#include "emit/decompile.h"
#include "emit/pack.h"
#include "emit/tables.h"
#include "model/load.h"
#include "program.h"

#define NOWHERE ((struct stp_span){ 0, 0, 0 })

/* Compiles the source in a context of its own; why it is not the image again, or NULL. */
static const char *compare(struct stp_context *context, struct stp_context *own,
			   const struct stp_string *source, const uint8_t *image, size_t length)
{
	const struct stp_tables_options tables = { .name = "table",
						   .header = "table.h",
						   .version = stp_pack_version(image) };
	const struct stp_overlay overlay = { "the source", source->text, source->length };
	const struct stp_load_options options = { .overlay = &overlay, .overlay_count = 1 };
	const char *path = overlay.path;
	const struct stp_model *model;
	const uint8_t *made;
	struct stp_tree **trees;
	size_t tree_count, made_length;

	if (STP_GUARD(own)) {
		stp_context_free(own);
		stp_no_memory(context);
	}
	if (!stp_load(own, &options, &path, 1, &trees, &tree_count))
		return "it cannot be read";
	model = stp_resolve(own, (const struct stp_tree *const *)trees, tree_count);
	if (stp_error_count(own) == 0 &&
	    stp_table_image(own, model, &tables, &made, &made_length) == STP_DONE)
		return made_length == length && memcmp(made, image, length) == 0
			       ? NULL
			       : "it makes another table";
	for (const struct stp_diagnostic *at = stp_diagnostics(own); at != NULL; at = at->next)
		if (at->severity == STP_ERROR)
			return stp_format(context, "line %u: %s",
					  (unsigned)stp_position(own, at->span).line, at->message);
	return "it makes no table";
}

static void report(struct stp_context *context, const char *path, const char *why)
{
	stp_help(context,
		 stp_report(context, STP_D_unsupported, NOWHERE,
			    "%s cannot be written as a source: %s", path, why),
		 "nothing was written");
}

static int write_source(struct stp_context *context, const char *path, const uint8_t *image,
			size_t length, const char *output)
{
	struct stp_context own;
	struct stp_string source;
	const char *why;

	stp_string_init(&source, context);
	why = stp_decompile(context, image, &source);
	if (why != NULL) {
		report(context, path, stp_format(context, "the pack holds %s", why));
		return stp_status_of(context);
	}
	stp_context_init(&own, &context->allocator);
	why = compare(context, &own, &source, image, length);
	if (why != NULL)
		report(context, path, why);
	stp_context_free(&own);
	if (why == NULL)
		stp_write_file(context, output, source.text, source.length);
	return stp_status_of(context);
}

static int run(struct stp_context *context, const struct stp_arguments *arguments)
{
	const char *path = arguments->files[0];
	struct stp_source *file;
	const uint8_t *image;
	size_t length;

	if (arguments->file_count > 1) {
		stp_help(context,
			 stp_report(context, STP_D_nothing_to_do, NOWHERE,
				    "decompile takes one pack at a time"),
			 "give the command once for each");
		return STP_USAGE;
	}
	file = stp_source_from_file(context, path, NOWHERE);
	if (file == NULL)
		return stp_status_of(context);
	if (!stp_read_pack(context, (const uint8_t *)file->text, file->length, &image, &length)) {
		stp_help(context,
			 stp_report(context, STP_D_bad_pack, NOWHERE, "%s is no sound pack", path),
			 "write it again from the sources: stipple pack FILE... -o PACK");
		return stp_status_of(context);
	}
	return write_source(context, path, image, length, arguments->values[STP_O_OUTPUT]);
}

const struct stp_command stp_command_decompile = {
	.name = "decompile",
	.synopsis = "PACK -o FILE",
	.summary = "write what a pack tells a device as a source",
	.description =
		"Writes a source that makes the same pack again, byte for byte but for the version "
		"of the program:\n"
		"it is compiled and compared before it is written. A pack holds what a device acts "
		"on and the names\n"
		"of things, but no words, no sources and no kinds of terms; the source has names "
		"and inferred kinds\n"
		"there. The signature is not verified.",
	.examples = "  stipple decompile acne.stpk -o acne_again.stip\n"
		    "  stipple decompile acne.stpk -o - | less\n",
	.options = STP_OPTION_BIT(OUTPUT),
	.required = STP_OPTION_BIT(OUTPUT),
	.run = run,
};
