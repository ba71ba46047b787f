/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a sheet for one client begins with when the device would refuse them, or when they must
 * wait first. The rest of the sheet stands, for who was treated all the same.
 */
#include "emit/sheet.h"

static const char *call_words(const struct stp_sheet *sheet, enum stp_phrase_id phrase)
{
	const char *number = stp_telephone(sheet, sheet->options->clinic->telephone);

	return stp_say(&sheet->words, phrase, "telephone", number, NULL);
}

static void add_facts(struct stp_sheet *sheet, const struct stp_refusal *refusal)
{
	const char **facts;
	size_t count = stp_condition_facts(sheet, &refusal->whom, &facts);

	for (size_t i = 0; i < count; i++)
		stp_bullet(&sheet->document,
			   stp_sentence(&sheet->words,
					SAY(sheet, given_fact, "condition", facts[i], NULL)));
}

size_t stp_refusals_of(const struct stp_sheet *sheet, struct stp_refusal **refusals)
{
	if (!sheet->options->client)
		return 0;
	return stp_refusals(sheet->context, sheet->for_everyone, sheet->options->client, refusals);
}

static void add_refusals(struct stp_sheet *sheet)
{
	const int with_aftercare =
		1 << STP_SHEET_HANDOUT | 1 << STP_SHEET_AFTERCARE | 1 << STP_SHEET_CHECKLIST;
	struct stp_refusal *refusals;
	size_t count = stp_refusals_of(sheet, &refusals);

	if (count == 0)
		return;
	stp_quote(&sheet->document, stp_sentence(&sheet->words, SAY(sheet, heading_exclude, NULL)));
	for (size_t i = 0; i < count; i++)
		add_facts(sheet, &refusals[i]);
	stp_sheet_sentences(sheet, call_words(sheet, STP_PHRASE_refused_call),
			    with_aftercare >> sheet->options->kind & 1
				    ? SAY(sheet, refused_treated, NULL)
				    : NULL);
}

static const char *wait_words(const struct stp_sheet *sheet, const struct stp_screen_rule *rule)
{
	const struct stp_words *words = &sheet->words;
	bool dated = sheet->options->visit != NULL;

	return stp_say(words, dated ? STP_PHRASE_screen_last : STP_PHRASE_screen_after, "said",
		       dated ? stp_wait_date_words(sheet, rule->wait)
			     : stp_time_words(words, rule->wait),
		       "terms", stp_term_words(sheet, rule->term), NULL);
}

static void add_waits(struct stp_sheet *sheet)
{
	const struct stp_screen_rule **waits;
	size_t count =
		stp_waits(sheet->context, sheet->for_everyone, sheet->options->client, &waits);

	if (count == 0)
		return;
	stp_quote(&sheet->document, stp_sentence(&sheet->words, SAY(sheet, heading_wait, NULL)));
	for (size_t i = 0; i < count; i++)
		stp_bullet(&sheet->document,
			   stp_sentence(&sheet->words, wait_words(sheet, waits[i])));
	if (sheet->options->visit)
		stp_sheet_sentences(sheet, SAY(sheet, wait_dates, NULL),
				    call_words(sheet, STP_PHRASE_wait_call));
	else
		stp_sheet_sentences(sheet, call_words(sheet, STP_PHRASE_wait_call), NULL);
}

void stp_add_refused(struct stp_sheet *sheet)
{
	if (!sheet->options->client)
		return;
	add_refusals(sheet);
	add_waits(sheet);
}

const char *stp_refused_line(const struct stp_sheet *sheet)
{
	struct stp_refusal *refusals;

	if (stp_refusals_of(sheet, &refusals) == 0)
		return NULL;
	return stp_sentence(&sheet->words, SAY(sheet, refused_call, "telephone",
					       sheet->options->clinic->telephone, NULL));
}
