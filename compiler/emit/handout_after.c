/* SPDX-License-Identifier: Apache-2.0 */
/* After the visit: what to expect, do and do not, when to get help, going back to things. */
#include "emit/sheet.h"

#include <string.h>

/* ---- what to expect ---- */

static const char *expectation_words(const struct stp_sheet *sheet,
				     const struct stp_expectation *expectation)
{
	const char *effect = stp_term_words(sheet, expectation->effect);
	const char *by = stp_by_words(sheet, expectation->to_high);
	const char *said;

	if (expectation->from.count > 0)
		said = SAY(sheet, expect_later, "effect", effect, "from",
			   stp_from_words(sheet, expectation->from), "by", by, NULL);
	else if (sheet->options->visit)
		said = SAY(sheet, expect_until, "effect", effect, "by", by, NULL);
	else
		said = SAY(sheet, expect_for, "effect", effect, "time",
			   stp_time_range(&sheet->words, expectation->to_low, expectation->to_high),
			   NULL);
	if (expectation->when)
		said = SAY(sheet, rule_if, "condition",
			   stp_condition_words(sheet, expectation->when), "rule", said, NULL);
	return stp_sentence(&sheet->words, said);
}

void stp_section_expect(struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = sheet->protocol;
	struct stp_bullet_list list;

	if (protocol->expect_count == 0)
		return;
	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_expect);
	stp_sheet_sentences(sheet, SAY(sheet, expect_intro, NULL), NULL);
	stp_bullets_begin(&list, sheet);
	for (size_t i = 0; i < protocol->expect_count; i++) {
		const struct stp_expectation *expectation = &protocol->expects[i];

		stp_bullets_add(&list, STP_GROUP_SKIN,
				stp_format(sheet->context, "%s%s",
					   expectation_words(sheet, expectation),
					   stp_explain_words(sheet, expectation->effect)));
	}
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
	return stp_format(sheet->context, "%s%s", stp_sentence(&sheet->words, said),
			  stp_explain_words(sheet, rule->sign));
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
	struct stp_bullet_list list;

	stp_heading(
		&sheet->document, 3,
		stp_capital(&sheet->words, stp_say(&sheet->words, headings[urgency], "telephone",
						   stp_telephone(sheet, number), NULL)));
	stp_bullets_begin(&list, sheet);
	for (size_t i = 0; i < sheet->protocol->help_count; i++)
		if (sheet->protocol->helps[i].urgency == urgency)
			stp_bullets_add(&list, STP_GROUP_HEALTH,
					sign_words(sheet, &sheet->protocol->helps[i]));
	stp_bullets_end(&list, 4);
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

static enum stp_bullet_group return_group(const struct stp_term *term)
{
	switch (term->kind) {
	case STP_PRODUCT: return STP_GROUP_SKIN;
	case STP_MEDICINE: return STP_GROUP_MEDICINE;
	case STP_PROCEDURE: return STP_GROUP_PROCEDURE;
	default: return STP_GROUP_ACTIVITY;
	}
}

static const char *return_words(const struct stp_sheet *sheet, const struct return_to *each)
{
	const char *said = SAY(sheet, going_back_to, "term", stp_term_words(sheet, each->term),
			       "from", stp_once_over_words(sheet, each->time), NULL);

	if (each->rule->when)
		said = SAY(sheet, rule_if, "condition",
			   stp_condition_words(sheet, each->rule->when), "rule", said, NULL);
	return stp_sentence(&sheet->words, said);
}

void stp_section_going_back(struct stp_sheet *sheet)
{
	struct returns returns = { 0 };
	struct stp_bullet_list list;

	collect_returns(sheet, &returns);
	if (returns.count == 0)
		return;
	sort_returns(&returns);
	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_going_back);
	stp_sheet_sentences(sheet, SAY(sheet, going_back_intro, NULL), NULL);
	stp_bullets_begin(&list, sheet);
	for (size_t i = 0; i < returns.count; i++)
		stp_bullets_add(&list, return_group(returns.items[i].term),
				return_words(sheet, &returns.items[i]));
	stp_bullets_end(&list, 3);
}
