/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stipple handout: the documents for clients, one file each: the whole handout, its two halves
 * (since clinics' systems often have one field for before a visit and one for after it), a
 * checklist, and short messages to send. Or the calendar of a visit.
 */
#include <string.h>

#include "sheets.h"

#define NOWHERE ((struct stp_span){ 0, 0, 0 })

/* Makes one document of a protocol; false after reporting. */
static bool make_sheet(struct stp_context *context, const struct stp_model *model,
		       struct stp_sheet_options *options, struct stp_made_sheet *sheet)
{
	stp_string_init(&sheet->text, context);
	if (options->format == STP_CALENDAR) {
		sheet->document = "calendar";
		return stp_emit_calendar(context, model, sheet->protocol, options, &sheet->text);
	}
	sheet->document = stp_sheet_kind_names[options->kind];
	return stp_emit_handout(context, model, sheet->protocol, options, &sheet->text);
}

/*
 * Which documents are asked for, from the first on: the one that --document names, or all; of a
 * calendar there is one, and standard output takes one, the handout unless another is named.
 */
static size_t asked_for(const struct stp_arguments *arguments, enum stp_sheet_format format,
			enum stp_sheet_kind *first)
{
	const char *said = arguments->values[STP_O_DOCUMENT];
	bool one = format == STP_CALENDAR || strcmp(arguments->values[STP_O_OUTPUT], "-") == 0;

	*first = STP_SHEET_HANDOUT;
	while (said && strcmp(stp_sheet_kind_names[*first], said) != 0)
		++*first; /* what it can be was checked as it was read */
	return said || one ? 1 : STP_SHEET_KINDS;
}

/* All are made before the first is written. */
static void make_and_write(struct stp_context *context, const struct stp_arguments *arguments,
			   const struct stp_model *model, struct stp_sheet_options *options)
{
	const struct stp_protocol **chosen;
	size_t protocols = stp_chosen_protocols(context, model, arguments, &chosen);
	enum stp_sheet_kind first;
	size_t kinds = asked_for(arguments, options->format, &first);
	struct stp_made_sheet *sheets =
		stp_alloc_array(context, protocols * kinds + 1, sizeof *sheets);

	for (size_t i = 0; i < protocols && options->client; i++)
		stp_warn_of_client(context, chosen[i], options->client);
	if (stp_error_count(context) > 0) /* where -W makes errors of those */
		return;
	for (size_t i = 0; i < protocols * kinds; i++) {
		sheets[i].protocol = chosen[i / kinds];
		options->kind = first + (enum stp_sheet_kind)(i % kinds);
		if (!make_sheet(context, model, options, &sheets[i]))
			return;
	}
	stp_write_sheets(context, arguments, options, sheets, protocols * kinds);
}

/* Options that do not go together. */
static bool check_options(struct stp_context *context, const struct stp_arguments *arguments)
{
	const char *format = arguments->values[STP_O_FORMAT];
	const char *wrong = NULL;

	if (!format)
		format = "md";
	if (strcmp(format, "ics") == 0 && !arguments->values[STP_O_VISIT]) {
		stp_report(context, STP_D_bad_visit, NOWHERE, "a calendar needs a visit");
		return false;
	}
	if (strcmp(format, "ics") == 0 && arguments->values[STP_O_DOCUMENT])
		wrong = "a calendar is one document, and --document names another";
	else if (strcmp(format, "md") != 0 && arguments->values[STP_O_FRONT_MATTER])
		wrong = "--front-matter is for Markdown";
	else if (strcmp(format, "html") != 0 && arguments->values[STP_O_LARGE_PRINT])
		wrong = "--large-print is for --format html";
	if (wrong)
		stp_report(context, STP_D_unknown_choice, NOWHERE, "%s", wrong);
	return !wrong;
}

static int run(struct stp_context *context, const struct stp_arguments *arguments)
{
	struct stp_sheet_options options = {
		.front_matter = arguments->values[STP_O_FRONT_MATTER] != NULL,
		.large_print = arguments->values[STP_O_LARGE_PRINT] != NULL,
	};
	const char *said = arguments->values[STP_O_VISIT];
	struct stp_moment visit;
	const char *why;

	if (!check_options(context, arguments) || (said && !stp_read_visit(context, said, &visit)))
		return STP_USAGE;
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
	.synopsis =
		"FILE... --clinic FILE -o DIR [--document NAME] [--format md|html|fragment|ics]\n"
		"                      [--visit WHEN] [--given FACTS] [--lang LANG] [--protocol "
		"NAME]\n"
		"                      [--front-matter yaml] [--large-print] [-I DIR] [-MD ...]",
	.summary = "write what a client takes home",
	.description =
		"Writes PROTOCOL.DOCUMENT.LANG.md, for each protocol of the files, of each "
		"document:\n"
		"\n"
		"  handout    all of it\n"
		"  prep       the half of it that is read before the visit\n"
		"  aftercare  the half that is read after it\n"
		"  checklist  what to do and when, to tick off\n"
		"  messages   short texts for the clinic to send, each with its day\n"
		"\n"
		"With -o - one document goes to standard output: the handout unless another "
		"is named.\n"
		"A sheet for a client (--given) whom the device refuses begins with that, and "
		"a warning says why.\n"
		"Nothing is written when there is an error.",
	.examples = "  stipple handout acne_scars.stip --clinic clinic.stip -o sheets\n"
		    "  stipple handout acne_scars.stip --clinic clinic.stip --visit "
		    "2026-12-01T10:00 -o -\n"
		    "  stipple handout acne_scars.stip --clinic clinic.stip --document aftercare "
		    "--format html -o .\n",
	.options = STP_OUTPUT_OPTIONS | STP_OPTION_BIT(PROTOCOL) | STP_OPTION_BIT(CLINIC) |
		   STP_OPTION_BIT(LANGUAGE) | STP_OPTION_BIT(VISIT) | STP_OPTION_BIT(GIVEN) |
		   STP_OPTION_BIT(DOCUMENT) | STP_OPTION_BIT(FORMAT) |
		   STP_OPTION_BIT(FRONT_MATTER) | STP_OPTION_BIT(LARGE_PRINT) | STP_DEPFILE_OPTIONS,
	.required = STP_OPTION_BIT(OUTPUT) | STP_OPTION_BIT(CLINIC),
	.run = run,
};
