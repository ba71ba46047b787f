/* SPDX-License-Identifier: Apache-2.0 */
/* stipple tables: the protocols as constant C for the device's firmware. */
#include <string.h>

#include "emit/tables.h"
#include "program.h"

/* The last part of the path: what the table's names begin with. */
static const char *table_name(const char *base)
{
	const char *slash = strrchr(base, '/');

	if (strcmp(base, "-") == 0)
		return "stipple";
	return slash == NULL ? base : slash + 1;
}

static bool write_both(struct stp_context *context, const char *base, const struct stp_string *c,
		       const struct stp_string *h)
{
	if (strcmp(base, "-") == 0)
		return stp_write_file(context, "-", h->text, h->length) &&
		       stp_write_file(context, "-", c->text, c->length);
	return stp_write_file(context, stp_format(context, "%s.h", base), h->text, h->length) &&
	       stp_write_file(context, stp_format(context, "%s.c", base), c->text, c->length);
}

static int run(struct stp_context *context, const struct stp_arguments *arguments)
{
	const char *base = arguments->values[STP_O_OUTPUT];
	const char *form = arguments->values[STP_O_FORM];
	struct stp_tables_options options = { .name = table_name(base),
					      .words = form != NULL && strcmp(form, "words") == 0 };
	const struct stp_protocol **chosen;
	const struct stp_model *model = stp_open_model(context, arguments);
	struct stp_string c, h;

	if (model == NULL || stp_chosen_protocols(context, model, arguments, &chosen) == 0)
		return stp_status_of(context);
	if (!stp_is_table_name(options.name)) {
		struct stp_diagnostic *diagnostic =
			stp_report(context, STP_D_bad_output_name, (struct stp_span){ 0, 0, 0 },
				   "%s cannot begin the names of a C table", options.name);
		stp_help(context, diagnostic,
			 "end -o with a C identifier, such as -o build/acne_scars");
		return STP_USAGE;
	}
	if (!stp_read_table_text(context, model, arguments, &options))
		return stp_status_of(context);
	options.header = stp_format(context, "%s.h", options.name);
	stp_string_init(&c, context);
	stp_string_init(&h, context);
	if (stp_emit_tables(context, model, &options, &c, &h) == STP_DONE &&
	    write_both(context, base, &c, &h))
		stp_write_depfile(context, arguments, stp_format(context, "%s.c", base));
	return stp_status_of(context);
}

const struct stp_command stp_command_tables = {
	.name = "tables",
	.synopsis = "FILE... -o BASE [--form FORM] [--text LANG,...] [-I DIR] [-MD [-MF FILE] [-MT "
		    "NAME] [-MP]]",
	.summary = "write the device's tables as BASE.c and BASE.h",
	.description =
		"Writes every protocol that the files declare or import as one constant C99 table "
		"(which is\n"
		"also C++) for the Stipple runtime. With --text the labels of everything and the "
		"questions to ask\n"
		"go in, in each of the languages. Nothing is written when there is an error.",
	.examples = "  stipple tables acne_scars.stip -o build/acne\n"
		    "  stipple tables a.stip b.stip -o tables -MD -MP\n",
	.options = STP_OUTPUT_OPTIONS | STP_DEPFILE_OPTIONS | STP_OPTION_BIT(TEXT) |
		   STP_OPTION_BIT(FORM),
	.required = STP_OPTION_BIT(OUTPUT),
	.run = run,
};
