/* SPDX-License-Identifier: Apache-2.0 */
/* stipple score: how good a handout is, point by point. */
#include "emit/score.h"
#include "sheets.h"

static int score_each(struct stp_context *context, const struct stp_arguments *arguments,
		      const struct stp_model *model, const struct stp_sheet_options *options)
{
	const struct stp_protocol **chosen;
	size_t count = stp_chosen_protocols(context, model, arguments, &chosen);
	struct stp_string out;
	unsigned missed = 0;

	stp_string_init(&out, context);
	for (size_t i = 0; i < count; i++) {
		struct stp_score score;

		if (!stp_emit_score(context, model, chosen[i], options, &score, &out))
			return stp_status_of(context);
		missed += score.missed;
	}
	if (count > 0)
		stp_write_file(context, "-", out.text, out.length);
	return missed > 0 ? STP_POINTS_MISSED : stp_status_of(context);
}

static int run(struct stp_context *context, const struct stp_arguments *arguments)
{
	struct stp_sheet_options options = { .kind = STP_SHEET_HANDOUT };
	const char *said = arguments->values[STP_O_VISIT];
	struct stp_moment visit;

	if (said && !stp_read_visit(context, said, &visit))
		return STP_USAGE;
	options.visit = said ? &visit : NULL;
	const struct stp_model *model = stp_open_sheets(context, arguments, &options);
	if (model)
		options.clinic = stp_find_clinic(context, model, arguments->values[STP_O_CLINIC]);
	return options.clinic ? score_each(context, arguments, model, &options)
			      : stp_status_of(context);
}

const struct stp_command stp_command_score = {
	.name = "score",
	.synopsis = "FILE... --clinic FILE [--protocol NAME] [--lang LANG] [--visit WHEN] [-I DIR]",
	.summary = "tell how good the handout of a protocol is",
	.description = "Makes the handout and prints 30 points of a good one, from AHRQ's PEMAT-P, "
		       "CDC's Clear\n"
		       "Communication Index, the NHS content standard and others: which are "
		       "earned, and where in\n"
		       "the sources lies what is not. Ends with status 4 when a point is missed.",
	.examples = "  stipple score acne_scars.stip --clinic clinic.stip\n",
	.options = STP_SOURCE_OPTIONS | STP_OPTION_BIT(PROTOCOL) | STP_OPTION_BIT(CLINIC) |
		   STP_OPTION_BIT(LANGUAGE) | STP_OPTION_BIT(VISIT),
	.required = STP_OPTION_BIT(CLINIC),
	.run = run,
};
