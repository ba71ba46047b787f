/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Day by day, in stretches that grow with the distance from the visit: its day, the day after,
 * days 2 to 3, the rest of the first week, the second week, and so on to the last end of a rule.
 * They follow each other without a gap and without an overlap; one on which nothing changes belongs
 * to the one before it.
 *
 * A stretch says what changes in it: in full what begins, for how long and why, and what one can go
 * back to, from when. Of all else it says that it stays as before. So every rule is said once in
 * full, on the day from which it holds, and once more where it ends.
 */
#include "emit/sheet.h"

#include <string.h>

#define NO_END INT64_MAX

/* Something that holds from a day to a day, both included. */
struct stay {
	const struct stp_care_rule *rule; /* or: */
	const struct stp_expectation *expected;
	int64_t first, last;
};

struct timeline {
	struct stp_sheet *sheet;
	struct stay *stays;
	size_t stay_count;
	struct stp_return *returns;
	size_t return_count;
	int64_t end; /* the day behind the last end of anything */
};

/* ---- when things hold ---- */

/* The day of the last end that a rule waits for; NO_END where it has none. */
static int64_t last_day(const struct stp_sheet *sheet, const struct stp_window *window)
{
	struct stp_duration end = stp_window_end(window);

	if (window->on_the_day)
		return 0;
	return end.count > 0 ? stp_edge_last_day(sheet, stp_edge_after(end)) : NO_END;
}

static struct stay rule_stay(const struct stp_sheet *sheet, const struct stp_care_rule *rule)
{
	const struct stp_window *window = &rule->window;
	struct stay stay = { .rule = rule, .last = last_day(sheet, window) };

	if (window->from.count > 0)
		stay.first = stp_edge_first_day(sheet, stp_edge_after(window->from));
	if (rule->verb == STP_RESUME) {
		/* Said once, on the day from which it is allowed again. */
		stay.first += window->from.unit >= STP_DAY && window->from.count > 0;
		stay.last = stay.first;
	}
	return stay;
}

static struct stay expected_stay(const struct stp_sheet *sheet,
				 const struct stp_expectation *expected)
{
	struct stay stay = { .expected = expected };

	if (expected->from.count > 0)
		stay.first = stp_edge_first_day(sheet, stp_edge_after(expected->from));
	stay.last = stp_edge_last_day(sheet, stp_edge_after(expected->to_high));
	return stay;
}

static void collect_stays(struct timeline *line)
{
	const struct stp_protocol *protocol = line->sheet->protocol;

	line->stays = stp_alloc_array(line->sheet->context,
				      protocol->care_count + protocol->expect_count + 1,
				      sizeof *line->stays);
	for (size_t i = 0; i < protocol->care_count; i++)
		if (protocol->care[i].after)
			line->stays[line->stay_count++] =
				rule_stay(line->sheet, &protocol->care[i]);
	for (size_t i = 0; i < protocol->expect_count; i++)
		line->stays[line->stay_count++] = expected_stay(line->sheet, &protocol->expects[i]);
}

/* ---- stretches ---- */

/* The days of a stretch, both included. */
struct stretch {
	int64_t first, last;
};

static void find_end(struct timeline *line)
{
	line->end = 1; /* the day of the visit */
	for (size_t i = 0; i < line->stay_count; i++) {
		int64_t first = line->stays[i].first;
		int64_t last = line->stays[i].last;

		if (last == NO_END)
			last = first - 1; /* it has a sentence of its own */
		if (last >= line->end)
			line->end = last + 1;
	}
}

/* The first day of the stretch behind the one that begins on this day: 1, 2, 4, 8, 15, 29, ... */
static int64_t next_first(int64_t first)
{
	if (first == 0)
		return 1;
	return first < 8 ? first * 2 : first * 2 - 1;
}

static const char *whole(const struct stp_sheet *sheet, int64_t value)
{
	return stp_whole(&sheet->words, (uint64_t)value);
}

static const char *dates_words(const struct stp_sheet *sheet, struct stretch days)
{
	const char *from = stp_visit_date_words(sheet, days.first);

	return days.first == days.last ? from
				       : SAY(sheet, number_range, "low", from, "high",
					     stp_visit_date_words(sheet, days.last), NULL);
}

static void add_heading(struct stp_sheet *sheet, struct stretch days)
{
	const char *heading = days.first == days.last
				      ? SAY(sheet, day_heading, "n", whole(sheet, days.first), NULL)
				      : SAY(sheet, days_heading, "low", whole(sheet, days.first),
					    "high", whole(sheet, days.last), NULL);
	const char *when = days.last == 0 ? SAY(sheet, day_zero, NULL) : NULL;

	if (sheet->options->visit)
		when = dates_words(sheet, days);
	if (when)
		heading = SAY(sheet, day_heading_when, "heading", heading, "when", when, NULL);
	stp_heading(&sheet->document, 3, stp_capital(&sheet->words, heading));
}

/* ---- what a stretch says ---- */

static bool begins(const struct stay *stay, struct stretch days)
{
	return days.first <= stay->first && stay->first <= days.last;
}

/* What may be noticed from here on; "What to expect" has what begins with the visit. */
static bool is_newly_expected(const struct stay *stay, struct stretch days)
{
	return stay->expected && !stay->expected->when && days.first > 0 && begins(stay, days);
}

static void add_expected(struct timeline *line, struct stretch days)
{
	struct stp_sheet *sheet = line->sheet;
	const char **items = stp_alloc_array(sheet->context, line->stay_count + 1, sizeof *items);
	size_t count = 0;

	for (size_t i = 0; i < line->stay_count; i++)
		if (is_newly_expected(&line->stays[i], days))
			items[count++] = stp_term_words(sheet, line->stays[i].expected->effect);
	if (count > 0)
		stp_paragraph(&sheet->document,
			      stp_list_sentences(sheet, STP_PHRASE_day_expect,
						 STP_PHRASE_day_expect, items, count));
}

/* Things that one can go back to from the same moment on, under the same condition. */
struct again {
	struct stp_duration over;     /* the time that must be */
	const char *when, *condition; /* condition may be NULL */
	const char **items;
	size_t count, room;
};

/* What a stretch says: rules that begin, and what one can go back to. */
struct content {
	struct stp_sheet *sheet;
	const struct stp_care_rule **begun;
	size_t begun_count;
	struct again *again;
	size_t again_count, again_room;
	bool goes_on; /* something from before still holds */
};

static struct again *find_again(struct content *content, struct again like)
{
	for (size_t i = 0; i < content->again_count; i++)
		if (stp_same_text(content->again[i].when, like.when) &&
		    stp_same_text(content->again[i].condition, like.condition))
			return &content->again[i];
	content->again = stp_grow(content->sheet->context, content->again, content->again_count,
				  &content->again_room, sizeof *content->again);
	content->again[content->again_count] = like;
	return &content->again[content->again_count++];
}

static void name_term(struct stp_sheet *sheet, struct again *into, const char *item)
{
	for (size_t i = 0; i < into->count; i++)
		if (strcmp(into->items[i], item) == 0)
			return;
	into->items = stp_grow(sheet->context, into->items, into->count, &into->room,
			       sizeof *into->items);
	into->items[into->count++] = item;
}

/* What is to be resumed is told as a rule that begins. */
static void add_again(struct content *content, const struct stp_return *each)
{
	struct stp_sheet *sheet = content->sheet;
	const struct stp_condition *when = each->rule->when;
	struct again like = {
		.when = stp_return_words(sheet, each),
		.condition = when ? stp_condition_words(sheet, when) : NULL,
	};

	if (each->rule->verb != STP_RESUME)
		name_term(sheet, find_again(content, like), stp_term_words(sheet, each->term));
}

/* Rules that begin, by when they end. */
static void add_begun(struct content *content, const struct stp_care_rule *rule)
{
	size_t place = content->begun_count++;

	for (; place > 0 && stp_ends_before(rule, content->begun[place - 1]); place--)
		content->begun[place] = content->begun[place - 1];
	content->begun[place] = rule;
}

static struct content find_content(const struct timeline *line, struct stretch days)
{
	struct stp_sheet *sheet = line->sheet;
	struct content content = { .sheet = sheet };

	content.begun =
		stp_alloc_array(sheet->context, line->stay_count + 1, sizeof *content.begun);
	for (size_t i = 0; i < line->stay_count; i++) {
		const struct stay *stay = &line->stays[i];

		if (!stay->rule)
			continue;
		if (begins(stay, days))
			add_begun(&content, stay->rule);
		content.goes_on |= stay->first < days.first && days.first <= stay->last;
	}
	for (size_t i = 0; i < line->return_count && days.first > 0; i++) {
		int64_t day = stp_again_day(sheet, line->returns[i].over);

		if (days.first <= day && day <= days.last)
			add_again(&content, &line->returns[i]);
	}
	return content;
}

/* Whether anything is new in the stretch. */
static bool changes(const struct timeline *line, struct stretch days)
{
	struct content content = find_content(line, days);

	for (size_t i = 0; i < line->stay_count; i++)
		if (is_newly_expected(&line->stays[i], days))
			return true;
	return content.begun_count + content.again_count > 0;
}

/* ---- writing ---- */

static const char *make_sentence(const struct stp_sheet *sheet, const void *what, size_t first,
				 size_t count)
{
	const struct again *each = what;
	struct stp_saying saying = { .when = each->when, .condition = each->condition };

	saying.rule =
		stp_part_words(sheet, STP_USE, STP_PHRASE_day_again, each->items + first, count);
	return stp_say_rule(sheet, &saying);
}

/* All sentences about the same moment stand in one bullet. */
static void write_again(struct stp_bullet_list *list, const struct again *each)
{
	struct stp_sheet *sheet = list->sheet;
	const char *line = NULL;

	for (size_t first = 0, count; first < each->count; first += count)
		line = stp_join(
			&sheet->words, line,
			stp_short_sentence(sheet, make_sentence, each, first, each->count, &count));
	stp_bullets_add(list, STP_GROUP_ACTIVITY, line);
}

static size_t count_bullets(const struct content *content)
{
	return content->again_count +
	       stp_count_rules(content->sheet, content->begun, content->begun_count, false) +
	       stp_count_rules(content->sheet, content->begun, content->begun_count, true);
}

/* A day with too much to say for one list has one for each side, under its heading. */
static void write_sides(const struct content *content)
{
	struct stp_sheet *sheet = content->sheet;

	stp_list_rules(sheet, content->begun, content->begun_count, false,
		       SAY(sheet, heading_do, NULL), 4);
	stp_list_rules(sheet, content->begun, content->begun_count, true,
		       SAY(sheet, heading_do_not, NULL), 4);
}

static void write_content(const struct content *content)
{
	struct stp_sheet *sheet = content->sheet;
	size_t count = count_bullets(content);
	bool in_one = count <= STP_BULLETS_MAX;
	struct stp_bullet_list list;

	if (count == 0 && !content->goes_on)
		stp_sheet_sentences(sheet, SAY(sheet, day_nothing, NULL), NULL);
	stp_bullets_begin(&list, sheet);
	for (int forbidden = 0; forbidden < 2 && in_one; forbidden++)
		stp_add_rules(&list, content->begun, content->begun_count, forbidden != 0);
	for (size_t i = 0; i < content->again_count; i++)
		write_again(&list, &content->again[i]);
	stp_bullets_end(&list, 4);
	if (!in_one)
		write_sides(content);
	if (content->goes_on)
		stp_sheet_sentences(sheet, SAY(sheet, day_all_else, NULL), NULL);
}

static void add_stretch(struct timeline *line, struct stretch days)
{
	struct content content = find_content(line, days);

	add_heading(line->sheet, days);
	add_expected(line, days);
	write_content(&content);
}

/* What has no end has a heading of its own behind the last stretch. */
static void add_rest(struct timeline *line, int64_t day)
{
	struct stp_sheet *sheet = line->sheet;
	struct stretch days = { day, NO_END };
	bool any = false;

	for (size_t i = 0; i < line->stay_count; i++)
		any = any || (line->stays[i].rule && line->stays[i].last == NO_END);
	if (!any)
		return;
	struct content content = find_content(line, days);
	stp_heading(&sheet->document, 3,
		    stp_capital(&sheet->words,
				sheet->options->visit
					? SAY(sheet, rest_date, "date",
					      stp_visit_date_words(sheet, day), NULL)
					: SAY(sheet, rest_day, "n", whole(sheet, day), NULL)));
	write_content(&content);
}

static void add_stretches(struct timeline *line)
{
	struct stretch days = { 0, 0 };

	for (int64_t first = 1; first < line->end; first = next_first(first)) {
		int64_t next = next_first(first);
		struct stretch more = { first, (next < line->end ? next : line->end) - 1 };

		if (changes(line, more)) {
			add_stretch(line, days);
			days.first = first;
		}
		days.last = more.last;
	}
	add_stretch(line, days);
}

void stp_section_days(struct stp_sheet *sheet)
{
	struct timeline line = { .sheet = sheet };

	collect_stays(&line);
	line.return_count = stp_returns(sheet, &line.returns);
	find_end(&line);
	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_days);
	stp_sheet_sentences(sheet,
			    stp_join(&sheet->words,
				     stp_sentence(&sheet->words, SAY(sheet, days_intro, NULL)),
				     stp_sentence(&sheet->words, SAY(sheet, days_go_on, NULL))),
			    SAY(sheet, days_explain, NULL));
	stp_add_timeline(sheet);
	add_stretches(&line);
	add_rest(&line, line.end);
}
