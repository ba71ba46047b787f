/* SPDX-License-Identifier: Apache-2.0 */
/* stipple read: what the compiler has understood, as sentences. */
#include "emit/reading.h"
#include "sheets.h"

static void read_each(struct stp_context *context, const struct stp_arguments *arguments,
		      const struct stp_model *model, const struct stp_sheet_options *options)
{
	const struct stp_protocol **chosen;
	size_t count = stp_chosen_protocols(context, model, arguments, &chosen);
	struct stp_string out;

	stp_string_init(&out, context);
	for (size_t i = 0; i < count; i++)
		if (!stp_emit_reading(context, model, chosen[i], options, &out))
			return;
	if (count > 0)
		stp_write_file(context, "-", out.text, out.length);
}

static int run(struct stp_context *context, const struct stp_arguments *arguments)
{
	struct stp_sheet_options options = { .format = STP_MARKDOWN };
	const char *said = arguments->values[STP_O_VISIT];
	const char *clinic = arguments->values[STP_O_CLINIC];
	const struct stp_model *model;
	struct stp_moment visit;

	if (said != NULL && !stp_read_visit(context, said, &visit))
		return STP_USAGE;
	options.visit = said != NULL ? &visit : NULL;
	model = stp_open_sheets(context, arguments, &options);
	if (model != NULL && clinic != NULL)
		options.clinic = stp_find_clinic(context, model, clinic);
	if (model != NULL && (clinic == NULL || options.clinic != NULL))
		read_each(context, arguments, model, &options);
	return stp_status_of(context);
}

const struct stp_command stp_command_read = {
	.name = "read",
	.synopsis = "FILE... [--visit WHEN] [--clinic FILE] [--protocol NAME] [-I DIR]",
	.summary = "read a protocol back as sentences",
	.description =
		"Prints each statement of the protocols, and of the policies that are in force for "
		"them, as a\n"
		"sentence, with its file and line: what the compiler has understood.\n"
		"With --visit, limits become dates, as for a client who comes then; with --clinic "
		"too, as its\n"
		"clocks show them over a change of summer time.",
	.examples = "  stipple read acne_scars.stip\n"
		    "  stipple read acne_scars.stip --visit 2026-12-01T10:00 --clinic "
		    "clinic.stip\n",
	.options = STP_SOURCE_OPTIONS | STP_OPTION_BIT(PROTOCOL) | STP_OPTION_BIT(VISIT) |
		   STP_OPTION_BIT(CLINIC),
	.run = run,
};
