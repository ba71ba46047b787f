/* SPDX-License-Identifier: Apache-2.0 */
/* stipple card: the settings card for the clinician. */
#include "sheets.h"

static int run(struct stp_context *context, const struct stp_arguments *arguments)
{
	struct stp_sheet_options options = { .format = STP_MARKDOWN };
	const struct stp_protocol **chosen;
	const struct stp_model *model = stp_open_sheets(context, arguments, &options);
	size_t count = model ? stp_chosen_protocols(context, model, arguments, &chosen) : 0;

	for (size_t i = 0; i < count; i++) {
		struct stp_string card;

		stp_string_init(&card, context);
		if (!stp_emit_card(context, model, chosen[i], &options, &card) ||
		    !stp_write_sheet(context, arguments, &options, chosen[i], "card", &card))
			break;
	}
	return stp_status_of(context);
}

const struct stp_command stp_command_card = {
	.name = "card",
	.synopsis = "FILE... -o DIR [--protocol NAME] [-I DIR] [-MD [-MF FILE] [-MT NAME] [-MP]]",
	.summary = "write the clinician's settings card",
	.description = "Writes PROTOCOL.card.en.md for each protocol of the files: the settings of "
		       "each zone,\n"
		       "what tightens for whom, screening, and the sources. With -o - it goes to "
		       "standard output.",
	.examples = "  stipple card acne_scars.stip -o sheets\n",
	.options = STP_SOURCE_OPTIONS | STP_OPTION_BIT(OUTPUT) | STP_OPTION_BIT(PROTOCOL) |
		   STP_DEPFILE_OPTIONS,
	.required = STP_OPTION_BIT(OUTPUT),
	.run = run,
};
