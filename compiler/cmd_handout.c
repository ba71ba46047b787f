/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stipple handout: the sheets for clients. For each protocol three files: the whole handout, and
 * its two halves, since clinics' systems often have one field for before a visit and one for after
 * it.
 */
#include <string.h>

#include "sheets.h"

#define NOWHERE ((struct stp_span){ 0, 0, 0 })

/* Makes the sheets of a protocol; returns their number, 0 after reporting. */
static size_t make_sheets(struct stp_context *context, const struct stp_model *model,
			  const struct stp_protocol *protocol, struct stp_sheet_options *options,
			  int kinds, struct stp_made_sheet *sheets)
{
	for (int kind = 0; kind < kinds; kind++) {
		struct stp_made_sheet *sheet = &sheets[kind];

		sheet->protocol = protocol;
		sheet->document = stp_sheet_kind_names[kind];
		stp_string_init(&sheet->text, context);
		options->kind = (enum stp_sheet_kind)kind;
		if (!stp_emit_handout(context, model, protocol, options, &sheet->text))
			return 0;
	}
	return (size_t)kinds;
}

/* The calendar of a protocol, which is one document; 0 after reporting. */
static size_t make_calendar(struct stp_context *context, const struct stp_model *model,
			    const struct stp_protocol *protocol, struct stp_sheet_options *options,
			    struct stp_made_sheet *sheet)
{
	sheet->protocol = protocol;
	sheet->document = "calendar";
	stp_string_init(&sheet->text, context);
	return stp_emit_calendar(context, model, protocol, options, &sheet->text) ? 1 : 0;
}

/* All are made before the first is written. Standard output takes one document: the handout. */
static void make_and_write(struct stp_context *context, const struct stp_arguments *arguments,
			   const struct stp_model *model, struct stp_sheet_options *options)
{
	const struct stp_protocol **chosen;
	size_t protocols = stp_chosen_protocols(context, model, arguments, &chosen);
	int kinds = strcmp(arguments->values[STP_O_OUTPUT], "-") == 0 ? 1 : STP_SHEET_KINDS;
	struct stp_made_sheet *sheets =
		stp_alloc_array(context, protocols * STP_SHEET_KINDS + 1, sizeof *sheets);
	size_t count = 0;

	for (size_t i = 0; i < protocols; i++) {
		size_t made =
			options->format == STP_CALENDAR
				? make_calendar(context, model, chosen[i], options, sheets + count)
				: make_sheets(context, model, chosen[i], options, kinds,
					      sheets + count);

		if (made == 0)
			return;
		count += made;
	}
	stp_write_sheets(context, arguments, options, sheets, count);
}

static bool is_calendar(const struct stp_arguments *arguments)
{
	const char *format = arguments->values[STP_O_FORMAT];

	return format && strcmp(format, "ics") == 0;
}

static int run(struct stp_context *context, const struct stp_arguments *arguments)
{
	struct stp_sheet_options options = { .kind = STP_SHEET_HANDOUT };
	const char *said = arguments->values[STP_O_VISIT];
	struct stp_moment visit;
	const char *why;

	if (said && !stp_read_visit(context, said, &visit))
		return STP_USAGE;
	if (!said && is_calendar(arguments)) {
		stp_report(context, STP_D_bad_visit, NOWHERE, "a calendar needs a visit");
		return STP_USAGE;
	}
	options.visit = said ? &visit : NULL;
	/* What lacks is an error here, and is said as one. */
	stp_switch_diagnostic(context, "no-not_for_clients", &why);
	const struct stp_model *model = stp_open_sheets(context, arguments, &options);
	if (model)
		options.clinic = stp_find_clinic(context, model, arguments->values[STP_O_CLINIC]);
	if (options.clinic)
		make_and_write(context, arguments, model, &options);
	return stp_status_of(context);
}

const struct stp_command stp_command_handout = {
	.name = "handout",
	.synopsis = "FILE... --clinic FILE -o DIR [--protocol NAME] [--lang LANG] [--visit WHEN]\n"
		    "                      [--given FACTS] [--format md|html|fragment|ics]\n"
		    "                      [-I DIR] [-MD [-MF FILE] [-MT NAME] "
		    "[-MP]]",
	.summary = "write what a client takes home",
	.description = "Writes three sheets for each protocol of the files: "
		       "PROTOCOL.handout.LANG.md, which has\n"
		       "everything, and its halves PROTOCOL.prep.LANG.md and "
		       "PROTOCOL.aftercare.LANG.md. With\n"
		       "-o - the handout goes to standard output. Nothing is written when there is "
		       "an error.",
	.examples = "  stipple handout acne_scars.stip --clinic clinic.stip -o sheets\n"
		    "  stipple handout acne_scars.stip --clinic clinic.stip --visit "
		    "2026-12-01T10:00 -o -\n",
	.options = STP_OUTPUT_OPTIONS | STP_OPTION_BIT(PROTOCOL) | STP_OPTION_BIT(CLINIC) |
		   STP_OPTION_BIT(LANGUAGE) | STP_OPTION_BIT(VISIT) | STP_OPTION_BIT(GIVEN) |
		   STP_OPTION_BIT(FORMAT) | STP_DEPFILE_OPTIONS,
	.required = STP_OPTION_BIT(OUTPUT) | STP_OPTION_BIT(CLINIC),
	.run = run,
};
