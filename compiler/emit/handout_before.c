/* SPDX-License-Identifier: Apache-2.0 */
/* What a client does before the visit, and meets on the day. */
#include "emit/sheet.h"

#include <string.h>

/* ---- before your visit ---- */

static void add_paragraph(struct stp_sheet *sheet, const char *text)
{
	if (text)
		stp_sheet_sentences(sheet, text, NULL);
}

static bool is_preparation(const struct stp_care_rule *rule)
{
	return !rule->after && !rule->window.on_the_day;
}

/* What may be done at any time comes first, then what is longer before the visit. */
static bool comes_before(const struct stp_care_rule *a, const struct stp_care_rule *b)
{
	if (a->window.from.count == 0 || b->window.from.count == 0)
		return a->window.from.count == 0 && b->window.from.count > 0;
	return stp_duration_compare(a->window.from, b->window.from) > 0;
}

/* The preparations, by countdown; those that are equal keep the order of the source. */
static size_t sort_preparations(const struct stp_sheet *sheet, const struct stp_care_rule ***sorted)
{
	const struct stp_protocol *protocol = sheet->protocol;
	size_t count = 0;

	*sorted = stp_alloc_array(sheet->context, protocol->care_count + 1, sizeof **sorted);
	for (size_t i = 0; i < protocol->care_count; i++) {
		const struct stp_care_rule *rule = &protocol->care[i];
		size_t place = count;

		if (!is_preparation(rule))
			continue;
		for (; place > 0 && comes_before(rule, (*sorted)[place - 1]); place--)
			(*sorted)[place] = (*sorted)[place - 1];
		(*sorted)[place] = rule;
		count++;
	}
	return count;
}

static void add_rules(struct stp_sheet *sheet, const struct stp_care_rule *const *rules,
		      size_t count, bool forbidden)
{
	if (stp_count_rules(sheet, rules, count, forbidden) == 0)
		return;
	stp_sheet_heading(sheet, 3, forbidden ? STP_PHRASE_heading_do_not : STP_PHRASE_heading_do);
	stp_list_rules(sheet, rules, count, forbidden, NULL, 4);
}

void stp_section_before(struct stp_sheet *sheet)
{
	const struct stp_care_rule **rules;
	size_t count = sort_preparations(sheet, &rules);

	if (count == 0)
		return;
	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_before);
	add_paragraph(sheet, stp_preparation_words(sheet));
	add_rules(sheet, rules, count, false);
	add_rules(sheet, rules, count, true);
}

/* ---- on the day ---- */

static const char *appointment_words(const struct stp_sheet *sheet)
{
	if (!sheet->options->visit)
		return NULL;
	return SAY(sheet, appointment, "moment", stp_visit_moment_words(sheet), NULL);
}

static const char *anaesthetic_words(const struct stp_sheet *sheet)
{
	const struct stp_anaesthetic *anaesthetic = &sheet->protocol->anaesthetic;

	if (!anaesthetic->medicine)
		return NULL;
	return SAY(sheet, anaesthetic_first, "term", stp_term_words(sheet, anaesthetic->medicine),
		   "time", stp_time_range(&sheet->words, anaesthetic->least, anaesthetic->longest),
		   NULL);
}

/* Do comes before do not. */
static void add_day_rules(struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = sheet->protocol;
	const struct stp_care_rule **rules =
		stp_alloc_array(sheet->context, protocol->care_count + 1, sizeof *rules);
	size_t count = 0;

	for (size_t i = 0; i < protocol->care_count; i++)
		if (!protocol->care[i].after && protocol->care[i].window.on_the_day)
			rules[count++] = &protocol->care[i];
	stp_list_rules(sheet, rules, count, false, NULL, 3);
	stp_list_rules(sheet, rules, count, true, NULL, 3);
}

/* What is to be done after the visit, and what is not and has no time from which it may be. */
static size_t find_after(const struct stp_protocol *protocol, const struct stp_care_rule **rules)
{
	size_t count = 0;

	for (size_t i = 0; i < protocol->care_count; i++) {
		const struct stp_care_rule *rule = &protocol->care[i];
		bool returns = rule->verb == STP_RESUME ||
			       (rule->verb == STP_AVOID && rule->window.to.count > 0);

		if (rule->after && !returns)
			rules[count++] = rule;
	}
	return count;
}

/* The rules as lines to tick off; what one can go back to has a section of its own. */
void stp_section_checklist(struct stp_sheet *sheet)
{
	const struct stp_care_rule **rules =
		stp_alloc_array(sheet->context, sheet->protocol->care_count + 1, sizeof *rules);
	size_t count = find_after(sheet->protocol, rules);

	stp_sheet_sentences(sheet, SAY(sheet, checklist_intro, NULL), appointment_words(sheet));
	stp_section_before(sheet);
	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_on_the_day);
	add_day_rules(sheet);
	if (count == 0)
		return;
	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_after);
	add_rules(sheet, rules, count, false);
	add_rules(sheet, rules, count, true);
}

void stp_section_on_the_day(struct stp_sheet *sheet)
{
	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_on_the_day);
	add_paragraph(sheet, appointment_words(sheet));
	add_day_rules(sheet);
	add_paragraph(sheet, anaesthetic_words(sheet));
	stp_sheet_sentences(sheet, SAY(sheet, day_what, NULL), SAY(sheet, day_stop, NULL));
}
