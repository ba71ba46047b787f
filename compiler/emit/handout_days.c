/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Day by day, in stretches that grow with the distance from the visit: its day, the day after,
 * days 2 to 3, the rest of the first week, the second week, and so on to the last end of a rule.
 * They follow each other without a gap and without an overlap.
 *
 * A stretch says in full what begins in it, for how long and why; then what one can go back to, and
 * names the rest in a line: "Still avoid saunas, swimming or waxing." What ends inside a stretch
 * has its end in words. So every rule is said once in full, on the day from which it holds.
 */
#include "emit/sheet.h"

#include <string.h>

#define NO_END INT64_MAX

/* Something that holds from a day to a day, both included. */
struct stay {
	const struct stp_care_rule *rule; /* or: */
	const struct stp_expectation *expected;
	int64_t first, last;
	bool begins_at_hour, ends_at_hour; /* inside the first, inside the last day */
};

struct timeline {
	struct stp_sheet *sheet;
	struct stay *stays;
	size_t stay_count;
	int64_t end; /* the day behind the last end of anything */
};

/* ---- when things hold ---- */

static bool at_hour(struct stp_duration time)
{
	return time.count > 0 && time.unit < STP_DAY;
}

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
	stay.begins_at_hour = at_hour(window->from);
	stay.ends_at_hour = at_hour(stp_window_end(window));
	if (rule->verb == STP_RESUME) {
		/* Said once, on the day from which it is allowed again. */
		stay.first += window->from.unit >= STP_DAY && window->from.count > 0;
		stay.last = stay.first;
		stay.ends_at_hour = false;
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
	const char *when = days.first == 0 ? SAY(sheet, day_zero, NULL) : NULL;

	if (sheet->options->visit)
		when = dates_words(sheet, days);
	if (when)
		heading = SAY(sheet, day_heading_when, "heading", heading, "when", when, NULL);
	stp_heading(&sheet->document, 3, stp_capital(&sheet->words, heading));
}

/* ---- what a stretch says ---- */

static bool goes_on(const struct stay *stay, struct stretch days)
{
	return stay->first < days.first && days.first <= stay->last;
}

static bool begins(const struct stay *stay, struct stretch days)
{
	return days.first <= stay->first && stay->first <= days.last;
}

/* Whether the end must be said: inside the stretch, inside its last day, or told by no day. */
static bool ends_inside(const struct stay *stay, struct stretch days)
{
	return stay->last < days.last ||
	       (stay->last == days.last && (stay->ends_at_hour || stay->rule->window.until_effect));
}

/* What may be noticed from here on; "What to expect" has what begins with the visit. */
static void add_expected(struct timeline *line, struct stretch days)
{
	struct stp_sheet *sheet = line->sheet;
	const char **items = stp_alloc_array(sheet->context, line->stay_count + 1, sizeof *items);
	size_t count = 0;

	for (size_t i = 0; i < line->stay_count; i++) {
		const struct stp_expectation *expected = line->stays[i].expected;

		if (expected && !expected->when && days.first > 0 && begins(&line->stays[i], days))
			items[count++] = stp_term_words(sheet, expected->effect);
	}
	if (count > 0)
		stp_paragraph(&sheet->document,
			      stp_list_sentences(sheet, STP_PHRASE_day_expect,
						 STP_PHRASE_day_expect, items, count));
}

/* Things of which the same is said, named in one line. */
struct named {
	enum stp_phrase_id phrase;
	const char *when, *condition; /* or NULL */
	const char **items;
	size_t count, room;
};

/* What a stretch says: rules that begin, and lines about those that do not. */
struct content {
	struct stp_sheet *sheet;
	const struct stp_care_rule **begun;
	size_t begun_count;
	struct named *named;
	size_t named_count, named_room;
};

static struct named *find_named(struct content *content, const struct named *like)
{
	for (size_t i = 0; i < content->named_count; i++) {
		struct named *each = &content->named[i];

		if (each->phrase == like->phrase && stp_same_text(each->when, like->when) &&
		    stp_same_text(each->condition, like->condition))
			return each;
	}
	content->named = stp_grow(content->sheet->context, content->named, content->named_count,
				  &content->named_room, sizeof *content->named);
	content->named[content->named_count] = *like;
	return &content->named[content->named_count++];
}

static void name_term(struct stp_sheet *sheet, struct named *into, const char *item)
{
	for (size_t i = 0; i < into->count; i++)
		if (strcmp(into->items[i], item) == 0)
			return;
	into->items = stp_grow(sheet->context, into->items, into->count, &into->room,
			       sizeof *into->items);
	into->items[into->count++] = item;
}

/* Adds the terms of a rule by their labels. */
static void name_rule(struct content *content, const struct stp_care_rule *rule,
		      enum stp_phrase_id phrase, const char *when)
{
	struct stp_sheet *sheet = content->sheet;
	struct named like = {
		.phrase = phrase,
		.when = when,
		.condition = rule->when ? stp_condition_words(sheet, rule->when) : NULL,
	};
	struct named *into = find_named(content, &like);

	for (size_t i = 0; i < rule->term_count; i++)
		name_term(sheet, into, stp_term_words(sheet, rule->terms[i]));
}

/* What goes on: named, with its end where that is not the end of the stretch. */
static void add_going_on(struct content *content, const struct stay *stay, struct stretch days)
{
	const struct stp_care_rule *rule = stay->rule;

	if (rule->verb != STP_MAY)
		name_rule(content, rule,
			  stp_forbids(rule->verb) ? STP_PHRASE_day_still_not : STP_PHRASE_day_go_on,
			  ends_inside(stay, days) ? stp_end_words(content->sheet, rule) : NULL);
}

/* Whether another rule still forbids one of the things that this one no longer does. */
static bool is_still_forbidden(const struct timeline *line, const struct stay *over,
			       struct stretch days)
{
	for (size_t i = 0; i < line->stay_count; i++) {
		const struct stay *stay = &line->stays[i];

		if (!stay->rule || stay->rule->verb != STP_AVOID || stay->last < days.first)
			continue;
		for (size_t j = 0; j < over->rule->term_count; j++)
			for (size_t k = 0; k < stay->rule->term_count; k++)
				if (stp_term_within(over->rule->terms[j], stay->rule->terms[k]))
					return true;
	}
	return false;
}

/* What was forbidden to the end of the day before, for everyone. */
static void add_over(struct content *content, const struct timeline *line, const struct stay *stay,
		     struct stretch days)
{
	const struct stp_care_rule *rule = stay->rule;

	if (rule->verb != STP_AVOID || rule->when || stay->ends_at_hour ||
	    rule->window.until_effect || stay->last != days.first - 1 ||
	    is_still_forbidden(line, stay, days))
		return;
	name_rule(content, rule, STP_PHRASE_day_again, NULL);
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
	for (size_t i = 0; i < line->stay_count; i++)
		if (line->stays[i].rule && begins(&line->stays[i], days))
			add_begun(&content, line->stays[i].rule);
	for (size_t i = 0; i < line->stay_count; i++)
		if (line->stays[i].rule)
			add_over(&content, line, &line->stays[i], days);
	for (size_t i = 0; i < line->stay_count; i++)
		if (line->stays[i].rule && goes_on(&line->stays[i], days))
			add_going_on(&content, &line->stays[i], days);
	return content;
}

/* ---- writing ---- */

static const char *make_sentence(const struct stp_sheet *sheet, const void *what, size_t first,
				 size_t count)
{
	const struct named *each = what;
	struct stp_saying saying = { .when = each->when, .condition = each->condition };

	saying.rule = stp_part_words(sheet,
				     each->phrase == STP_PHRASE_day_still_not ? STP_AVOID : STP_USE,
				     each->phrase, each->items + first, count);
	return stp_say_rule(sheet, &saying);
}

/* All sentences about the same stand in one bullet. */
static void write_named(struct stp_bullet_list *list, const struct named *each)
{
	struct stp_sheet *sheet = list->sheet;
	const char *line = NULL;

	for (size_t first = 0, count; first < each->count; first += count)
		line = stp_join(
			&sheet->words, line,
			stp_short_sentence(sheet, make_sentence, each, first, each->count, &count));
	stp_bullets_add(list, STP_GROUP_ACTIVITY, line);
}

static void add_lines(struct stp_bullet_list *list, const struct content *content, bool forbidden)
{
	for (size_t i = 0; i < content->named_count; i++) {
		const struct named *each = &content->named[i];

		if ((each->phrase == STP_PHRASE_day_still_not) == forbidden)
			write_named(list, each);
	}
}

static size_t count_bullets(const struct content *content, bool forbidden)
{
	struct stp_bullet_list lines;

	stp_bullets_begin(&lines, content->sheet);
	add_lines(&lines, content, forbidden);
	return lines.count +
	       stp_count_rules(content->sheet, content->begun, content->begun_count, forbidden);
}

/* One side of a day with too much to say for one list: what goes on, then what begins. */
static void write_long_side(const struct content *content, bool forbidden, const char *heading)
{
	struct stp_sheet *sheet = content->sheet;
	struct stp_bullet_list list;

	stp_bullets_begin(&list, sheet);
	add_lines(&list, content, forbidden);
	list.heading =
		forbidden ? SAY(sheet, heading_not_yet, NULL) : SAY(sheet, heading_go_on, NULL);
	stp_bullets_end(&list, 4);
	stp_list_rules(sheet, content->begun, content->begun_count, forbidden, heading, 4);
}

static void write_side(const struct content *content, bool forbidden)
{
	struct stp_sheet *sheet = content->sheet;
	const char *heading =
		forbidden ? SAY(sheet, heading_do_not, NULL) : SAY(sheet, heading_do, NULL);
	struct stp_bullet_list list;

	if (content->named_count == 0 || count_bullets(content, forbidden) > STP_BULLETS_MAX) {
		write_long_side(content, forbidden, heading);
		return;
	}
	stp_bullets_begin(&list, sheet);
	list.heading = heading;
	stp_add_rules(&list, content->begun, content->begun_count, forbidden);
	add_lines(&list, content, forbidden);
	stp_bullets_end(&list, 4);
}

static void write_content(const struct content *content)
{
	struct stp_sheet *sheet = content->sheet;
	size_t count = count_bullets(content, false) + count_bullets(content, true);
	struct stp_bullet_list list;

	if (count > STP_BULLETS_MAX) {
		write_side(content, false);
		write_side(content, true);
		return;
	}
	if (count == 0)
		stp_sheet_sentences(sheet, SAY(sheet, day_nothing, NULL), NULL);
	stp_bullets_begin(&list, sheet);
	for (int forbidden = 0; forbidden < 2; forbidden++) {
		stp_add_rules(&list, content->begun, content->begun_count, forbidden != 0);
		add_lines(&list, content, forbidden != 0);
	}
	stp_bullets_end(&list, 4);
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

void stp_section_days(struct stp_sheet *sheet)
{
	struct timeline line = { .sheet = sheet };

	collect_stays(&line);
	find_end(&line);
	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_days);
	stp_sheet_sentences(sheet, SAY(sheet, days_intro, NULL), SAY(sheet, days_explain, NULL));
	stp_add_timeline(sheet);
	for (int64_t first = 0; first < line.end; first = next_first(first)) {
		int64_t next = next_first(first);
		struct stretch days = { first, (next < line.end ? next : line.end) - 1 };

		add_stretch(&line, days);
	}
	add_rest(&line, line.end);
}
