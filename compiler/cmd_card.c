/* SPDX-License-Identifier: Apache-2.0 */
/* stipple card: the settings card for the clinician. */
#include "sheets.h"

/* All are made before the first is written. */
static int run(struct stp_context *context, const struct stp_arguments *arguments)
{
	struct stp_sheet_options options = { .format = STP_MARKDOWN };
	const struct stp_protocol **chosen;

	const struct stp_model *model = stp_open_sheets(context, arguments, &options);
	size_t count = model ? stp_chosen_protocols(context, model, arguments, &chosen) : 0;
	struct stp_made_sheet *cards = stp_alloc_array(context, count + 1, sizeof *cards);
	bool good = true;

	for (size_t i = 0; i < count && good; i++) {
		cards[i].protocol = chosen[i];
		cards[i].document = "card";
		stp_string_init(&cards[i].text, context);
		if (options.client)
			stp_warn_of_client(context, chosen[i], options.client);
		good = stp_emit_card(context, model, chosen[i], &options, &cards[i].text);
	}
	if (good && stp_error_count(context) == 0)
		stp_write_sheets(context, arguments, &options, cards, count);
	return stp_status_of(context);
}

const struct stp_command stp_command_card = {
	.name = "card",
	.synopsis =
		"FILE... -o DIR [--format md|html|fragment] [--lang LANG] [--given FACTS]\n"
		"                   [--protocol NAME] [-I DIR] [-MD [-MF FILE] [-MT NAME] [-MP]]",
	.summary = "write the clinician's settings card",
	.description =
		"Writes PROTOCOL.card.LANG.md for each protocol of the files: the settings of "
		"each zone,\n"
		"what tightens for whom, screening, and the sources. With -o - it goes to "
		"standard output.",
	.examples = "  stipple card acne_scars.stip -o sheets\n",
	.options = STP_OUTPUT_OPTIONS | STP_OPTION_BIT(PROTOCOL) | STP_OPTION_BIT(GIVEN) |
		   STP_OPTION_BIT(LANGUAGE) | STP_OPTION_BIT(CARD_FORMAT) | STP_DEPFILE_OPTIONS,
	.required = STP_OPTION_BIT(OUTPUT),
	.run = run,
};
