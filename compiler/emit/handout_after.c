/* SPDX-License-Identifier: Apache-2.0 */
/* After the visit: what to expect, when to get help, going back to things. */
#include "emit/sheet.h"

#include <string.h>

/* ---- what to expect ---- */

/* What is only usual is told by the day, not by the hour. */
static const char *usually_by(const struct stp_sheet *sheet, struct stp_duration time)
{
	if (!sheet->options->visit)
		return stp_by_words(sheet, time);
	int64_t day = stp_edge_last_day(sheet, stp_edge_after(time));
	return SAY(sheet, by_moment, "moment", stp_visit_date_words(sheet, day), NULL);
}

static const char *expectation_words(const struct stp_sheet *sheet,
				     const struct stp_expectation *expectation)
{
	const char *by = usually_by(sheet, expectation->to_high);

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

/* ---- when to get help ---- */

/* What lasts too long: said of all effects with the same time. */
static const char *over_words(const struct stp_sheet *sheet, const char *signs,
			      struct stp_duration over)
{
	if (!sheet->options->visit)
		return SAY(sheet, help_sign_over, "sign", signs, "time",
			   stp_time_words(&sheet->words, over), NULL);
	int64_t day = stp_edge_last_day(sheet, stp_edge_after(over));
	return SAY(sheet, help_sign_after, "sign", signs, "moment",
		   stp_visit_date_words(sheet, day), NULL);
}

static bool same_over(const struct stp_help_rule *a, const struct stp_help_rule *b)
{
	return a->urgency == b->urgency && a->over.count > 0 && a->over.count == b->over.count &&
	       a->over.unit == b->over.unit;
}

/* NULL when an earlier rule has said it. */
static const char *sign_words(struct stp_sheet *sheet, size_t index)
{
	const struct stp_protocol *protocol = sheet->protocol;
	const struct stp_help_rule *rule = &protocol->helps[index];
	const struct stp_term **terms =
		stp_alloc_array(sheet->context, protocol->help_count, sizeof *terms);
	const char **signs = stp_alloc_array(sheet->context, protocol->help_count, sizeof *signs);
	size_t count = 0;

	for (size_t i = 0; i < protocol->help_count; i++) {
		if (i != index && !same_over(&protocol->helps[i], rule))
			continue;
		if (i < index)
			return NULL;
		terms[count] = protocol->helps[i].sign;
		signs[count++] = stp_term_words(sheet, protocol->helps[i].sign);
	}
	const char *list = stp_list_or(&sheet->words, signs, count);
	const char *said = rule->over.count > 0 ? over_words(sheet, list, rule->over)
						: SAY(sheet, help_sign, "sign", list, NULL);
	return stp_join(&sheet->words, stp_sentence(&sheet->words, said),
			stp_explain_words(sheet, terms, count, count > 1));
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
		const char *said =
			sheet->protocol->helps[i].urgency == urgency ? sign_words(sheet, i) : NULL;

		if (!said)
			continue;
		if (written > 0 && written % STP_BULLETS_MAX == 0)
			stp_sheet_heading(sheet, 4, STP_PHRASE_heading_also_if);
		stp_bullet(&sheet->document, said);
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

/* What of a long list stands "at first". */
#define FIRST_DAYS 7

static int64_t first_day_of(const struct stp_sheet *sheet, const struct return_to *each)
{
	return stp_edge_last_day(sheet, stp_edge_after(each->time));
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

		stp_merge_add(&merging,
			      first_day_of(sheet, each) <= FIRST_DAYS ? STP_GROUP_AT_FIRST
								      : STP_GROUP_LATER,
			      stp_once_over_words(sheet, each->time),
			      when ? stp_condition_words(sheet, when) : NULL, each->term);
	}
	stp_bullets_begin(&list, sheet);
	stp_merge_end(&merging, STP_PHRASE_going_back_to, &list);
	stp_bullets_end(&list, 3);
}
