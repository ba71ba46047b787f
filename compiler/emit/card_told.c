/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What clients are told, statement by statement: each rule of care in brief, effects, signs,
 * benefits and risks. A card does not print it, since clients have it on their sheets; who traces
 * statements to sentences does.
 */
#include "emit/card.h"

static void tell_care(struct stp_sheet *sheet)
{
	const struct stp_words *words = &sheet->words;
	const struct stp_protocol *protocol = sheet->protocol;

	for (size_t i = 0; i < protocol->care_count; i++) {
		const struct stp_care_rule *rule = &protocol->care[i];
		const char *said = stp_rule_words(sheet, rule);

		if (rule->how)
			said = stp_join(
				words, said,
				stp_sentence(words, SAY(sheet, manner, "how",
							stp_prose(sheet, rule->how), NULL)));
		stp_with_sources(sheet, said, &rule->origin);
	}
}

static void tell_statements(struct stp_sheet *sheet, const struct stp_statement *statements,
			    size_t count)
{
	for (size_t i = 0; i < count; i++)
		stp_with_sources(sheet, stp_prose(sheet, statements[i].text),
				 &statements[i].origin);
}

static void tell_effects(struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = sheet->protocol;

	for (size_t i = 0; i < protocol->expect_count; i++) {
		const struct stp_expectation *each = &protocol->expects[i];

		stp_with_sources(sheet,
				 SAY(sheet, expect_effects, "terms",
				     stp_term_words(sheet, each->effect), "said",
				     stp_expectation_words(sheet, each), NULL),
				 &each->origin);
	}
}

static void tell_signs(struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = sheet->protocol;

	for (size_t i = 0; i < protocol->help_count; i++) {
		const struct stp_help_rule *each = &protocol->helps[i];

		stp_with_sources(
			sheet, stp_sign_words(sheet, stp_term_words(sheet, each->sign), each->over),
			&each->origin);
	}
}

void stp_card_told(struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = sheet->protocol;

	tell_statements(sheet, protocol->benefits, protocol->benefit_count);
	for (size_t i = 0; i < protocol->risk_count; i++)
		stp_with_sources(sheet, stp_risk_words(sheet, &protocol->risks[i]),
				 &protocol->risks[i].origin);
	tell_statements(sheet, protocol->unknowns, protocol->unknown_count);
	tell_care(sheet);
	tell_effects(sheet);
	tell_signs(sheet);
}
