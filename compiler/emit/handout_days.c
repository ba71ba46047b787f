/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Day by day, in stretches that grow with the distance from the visit: its day, the day after,
 * days 2 to 3, the rest of the first week, the second week, and so on to the last end of a rule.
 * They follow each other without a gap and without an overlap; one on which nothing changes belongs
 * to the one before it.
 *
 * A stretch says what begins in it, in full: for how long and why. What began before goes on until
 * the time that stands there. So every rule is said once, on the day from which it holds; what one
 * may notice, and what one can go back to when, have sections of their own.
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

/* What a stretch says: rules that begin. */
struct content {
	struct stp_sheet *sheet;
	const struct stp_care_rule **begun;
	size_t begun_count;
	bool goes_on; /* something from before still holds */
};

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
	return content;
}

/* Whether anything is new in the stretch. */
static bool changes(const struct timeline *line, struct stretch days)
{
	return find_content(line, days).begun_count > 0;
}

/* ---- writing ---- */

static size_t count_bullets(const struct content *content)
{
	return stp_count_rules(content->sheet, content->begun, content->begun_count, false) +
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
	stp_bullets_end(&list, 4);
	if (!in_one)
		write_sides(content);
}

static void add_stretch(struct timeline *line, struct stretch days)
{
	struct content content = find_content(line, days);

	add_heading(line->sheet, days);
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
	find_end(&line);
	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_days);
	stp_sheet_sentences(sheet, SAY(sheet, days_intro, NULL), SAY(sheet, days_go_on, NULL));
	stp_add_timeline(sheet);
	add_stretches(&line);
	add_rest(&line, line.end);
}
