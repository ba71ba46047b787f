/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a device asks about a rule for before the visit, in one language: whether it was broken, the
 * rule as a sheet for clients says it, and what yes and no mean. It is made from the model in
 * English, of which a table carries the words in several languages at once; so each text of the
 * rule is translated here.
 */
#include "emit/sheet.h"

static bool translate_term(const struct stp_words *words, const struct stp_term *term,
			   struct stp_term *translated)
{
	*translated = *term;
	translated->label = stp_source_words(words->language, term->name, term->label);
	translated->instruction =
		term->instruction == NULL
			? NULL
			: stp_source_words(words->language, term->name, term->instruction);
	return translated->label != NULL &&
	       (translated->instruction != NULL || term->instruction == NULL);
}

/* The rule about this term alone, for everyone; NULL when the language lacks one of its texts. */
static const struct stp_care_rule *translate_rule(const struct stp_words *words,
						  const struct stp_care_rule *care,
						  const struct stp_term *term)
{
	size_t count = care->except_count;
	struct stp_care_rule *rule = stp_alloc(words->context, sizeof *rule);
	struct stp_term *terms = stp_alloc_array(words->context, count + 1, sizeof *terms);
	const struct stp_term **named = stp_alloc_array(words->context, count + 1, sizeof *named);
	bool whole = translate_term(words, term, &terms[count]);

	for (size_t i = 0; i < count; i++)
		whole = translate_term(words, care->except[i], &terms[i]) && whole;
	for (size_t i = 0; i <= count; i++)
		named[i] = &terms[i];
	*rule = *care;
	rule->when = NULL;
	rule->except = named;
	rule->terms = named + count;
	rule->term_count = 1;
	return whole ? rule : NULL;
}

const char *stp_broken_words(const struct stp_words *words, const struct stp_care_rule *care,
			     const struct stp_term *term)
{
	const struct stp_sheet_options options = { .language = words->language };
	const struct stp_care_rule *rule = translate_rule(words, care, term);
	struct stp_sheet sheet = { .context = words->context,
				   .options = &options,
				   .words = *words };
	struct stp_rule_part *parts;

	if (rule == NULL)
		return NULL;
	(void)stp_rule_parts(&sheet, rule, STP_AT_LENGTH, &parts);
	return stp_sentence(words, SAY(&sheet, preparation_broken, "rule",
				       stp_part_sentence(&sheet, &parts[0], 0, 1), NULL));
}
