/* SPDX-License-Identifier: Apache-2.0 */
/* After the visit: what to expect, do and do not, when to get help, going back to things. */
#include "emit/sheet.h"

#include <string.h>

/* ---- what to expect ---- */

static const char *expectation_words(const struct stp_sheet *sheet,
				     const struct stp_expectation *expectation)
{
	const char *by = stp_by_words(sheet, expectation->to_high);

	if (expectation->from.count > 0)
		return SAY(sheet, expect_later, "from", stp_from_words(sheet, expectation->from),
			   "by", by, NULL);
	if (sheet->options->visit)
		return SAY(sheet, expect_until, "by", by, NULL);
	return SAY(sheet, expect_for, "time",
		   stp_time_range(&sheet->words, expectation->to_low, expectation->to_high), NULL);
}

void stp_section_expect(struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = sheet->protocol;
	struct stp_merging merging;
	struct stp_bullet_list list;

	if (protocol->expect_count == 0)
		return;
	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_expect);
	stp_sheet_sentences(sheet, SAY(sheet, expect_intro, NULL), NULL);
	stp_merge_begin(&merging, sheet);
	for (size_t i = 0; i < protocol->expect_count; i++) {
		const struct stp_expectation *each = &protocol->expects[i];

		stp_merge_add(&merging, each->from.count > 0 ? STP_GROUP_LATER : STP_GROUP_AT_FIRST,
			      expectation_words(sheet, each),
			      each->when ? stp_condition_words(sheet, each->when) : NULL,
			      each->effect);
	}
	stp_bullets_begin(&list, sheet);
	stp_merge_end(&merging, STP_PHRASE_expect_effects, &list);
	stp_bullets_end(&list, 3);
}

/* ---- do and do not ---- */

static void add_rules(struct stp_sheet *sheet, bool forbidden)
{
	const struct stp_protocol *protocol = sheet->protocol;
	struct stp_bullet_list list;

	stp_bullets_begin(&list, sheet);
	for (size_t i = 0; i < protocol->care_count; i++) {
		const struct stp_care_rule *rule = &protocol->care[i];

		if (rule->after && rule->verb != STP_RESUME && stp_forbids(rule->verb) == forbidden)
			stp_add_rule(&list, rule);
	}
	if (list.count > 0)
		stp_sheet_heading(sheet, 3,
				  forbidden ? STP_PHRASE_heading_do_not : STP_PHRASE_heading_do);
	stp_bullets_end(&list, 4);
}

static bool has_care_after(const struct stp_protocol *protocol)
{
	for (size_t i = 0; i < protocol->care_count; i++)
		if (protocol->care[i].after)
			return true;
	return false;
}

void stp_section_rules(struct stp_sheet *sheet)
{
	if (!has_care_after(sheet->protocol))
		return;
	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_rules);
	stp_sheet_sentences(sheet, SAY(sheet, rules_intro, NULL), NULL);
	add_rules(sheet, false);
	add_rules(sheet, true);
}

/* ---- when to get help ---- */

static const char *sign_words(struct stp_sheet *sheet, const struct stp_help_rule *rule)
{
	const char *sign = stp_term_words(sheet, rule->sign);
	const char *said = SAY(sheet, help_sign, "sign", sign, NULL);

	if (rule->over.count > 0 && sheet->options->visit)
		said = SAY(sheet, help_sign_after, "sign", sign, "moment",
			   stp_visit_date_words(
				   sheet, stp_edge_last_day(sheet, stp_edge_after(rule->over))),
			   NULL);
	else if (rule->over.count > 0)
		said = SAY(sheet, help_sign_over, "sign", sign, "time",
			   stp_time_words(&sheet->words, rule->over), NULL);
	return stp_join(&sheet->words, stp_sentence(&sheet->words, said),
			stp_explain_words(sheet, &rule->sign, 1, false));
}

static void add_urgency(struct stp_sheet *sheet, enum stp_urgency urgency)
{
	static const enum stp_phrase_id headings[STP_URGENCIES] = {
		[STP_ASK_US] = STP_PHRASE_heading_ask_us,
		[STP_CALL_US] = STP_PHRASE_heading_call_us,
		[STP_CALL_EMERGENCY] = STP_PHRASE_heading_call_emergency,
	};
	const struct stp_clinic *clinic = sheet->options->clinic;
	const char *number = urgency == STP_CALL_EMERGENCY ? clinic->emergency : clinic->telephone;
	size_t written = 0;

	stp_heading(
		&sheet->document, 3,
		stp_capital(&sheet->words, stp_say(&sheet->words, headings[urgency], "telephone",
						   stp_telephone(sheet, number), NULL)));
	for (size_t i = 0; i < sheet->protocol->help_count; i++) {
		const struct stp_help_rule *rule = &sheet->protocol->helps[i];

		if (rule->urgency != urgency)
			continue;
		if (written > 0 && written % STP_BULLETS_MAX == 0)
			stp_sheet_heading(sheet, 4, STP_PHRASE_heading_also_if);
		stp_bullet(&sheet->document, sign_words(sheet, rule));
		written++;
	}
}

void stp_section_help(struct stp_sheet *sheet)
{
	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_help);
	stp_sheet_sentences(sheet, SAY(sheet, help_intro, NULL), NULL);
	add_urgency(sheet, STP_ASK_US);
	add_urgency(sheet, STP_CALL_US);
	stp_sheet_sentences(
		sheet,
		SAY(sheet, help_closed, "after_hours", sheet->options->clinic->after_hours, NULL),
		NULL);
	add_urgency(sheet, STP_CALL_EMERGENCY);
}

/* ---- going back to things ---- */

struct return_to {
	const struct stp_care_rule *rule;
	const struct stp_term *term;
	struct stp_duration time; /* that must be over */
};

struct returns {
	struct return_to *items;
	size_t count, room;
};

/* Of two times for one thing, for the same clients, the later one counts. */
static void add_return(struct stp_sheet *sheet, struct returns *returns, struct return_to added)
{
	for (size_t i = 0; i < returns->count; i++) {
		struct return_to *each = &returns->items[i];

		if (each->term != added.term || each->rule->when != added.rule->when)
			continue;
		if (stp_duration_compare(added.time, each->time) > 0)
			*each = added;
		return;
	}
	returns->items = stp_grow(sheet->context, returns->items, returns->count, &returns->room,
				  sizeof *returns->items);
	returns->items[returns->count++] = added;
}

static void collect_returns(struct stp_sheet *sheet, struct returns *returns)
{
	const struct stp_protocol *protocol = sheet->protocol;

	for (size_t i = 0; i < protocol->care_count; i++) {
		const struct stp_care_rule *rule = &protocol->care[i];
		bool resumes = rule->verb == STP_RESUME;
		struct stp_duration time = resumes ? rule->window.from : rule->window.to;

		if (!rule->after || time.count == 0 || (!resumes && rule->verb != STP_AVOID))
			continue;
		for (size_t j = 0; j < rule->term_count; j++)
			add_return(sheet, returns,
				   (struct return_to){ rule, rule->terms[j], time });
	}
}

static void sort_returns(struct returns *returns)
{
	for (size_t i = 1; i < returns->count; i++) {
		struct return_to moved = returns->items[i];
		size_t place = i;

		for (; place > 0 &&
		       stp_duration_compare(moved.time, returns->items[place - 1].time) < 0;
		     place--)
			returns->items[place] = returns->items[place - 1];
		returns->items[place] = moved;
	}
}

void stp_section_going_back(struct stp_sheet *sheet)
{
	struct returns returns = { 0 };
	struct stp_merging merging;
	struct stp_bullet_list list;

	collect_returns(sheet, &returns);
	if (returns.count == 0)
		return;
	sort_returns(&returns);
	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_going_back);
	stp_sheet_sentences(sheet, SAY(sheet, going_back_intro, NULL), NULL);
	stp_merge_begin(&merging, sheet);
	for (size_t i = 0; i < returns.count; i++) {
		const struct return_to *each = &returns.items[i];
		const struct stp_condition *when = each->rule->when;

		stp_merge_add(&merging, stp_term_group(each->term),
			      stp_once_over_words(sheet, each->time),
			      when ? stp_condition_words(sheet, when) : NULL, each->term);
	}
	stp_bullets_begin(&list, sheet);
	stp_merge_end(&merging, STP_PHRASE_going_back_to, &list);
	stp_bullets_end(&list, 3);
}
