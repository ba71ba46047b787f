/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Day by day: the time from the visit to the end of the last rule, cut wherever something begins or
 * ends, so that each stretch of days has one list that holds for all of it. Stretches follow each
 * other without a gap and without an overlap, from day 0.
 *
 * A rule that ends at an hour gets the day of that hour as a stretch of its own, with the hour in
 * its words. What is forbidden is gathered in as few bullets as short sentences allow: reasons
 * stand in the lists of the next section.
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
	int64_t *cuts; /* first days of stretches, in order; the last cut is the end */
	size_t cut_count;
};

/* ---- when things hold ---- */

static bool at_hour(struct stp_duration time)
{
	return time.count > 0 && time.unit < STP_DAY;
}

static struct stay rule_stay(const struct stp_sheet *sheet, const struct stp_care_rule *rule)
{
	const struct stp_window *window = &rule->window;
	struct stp_duration end = window->until_effect ? window->usually_by : window->to;
	struct stay stay = { .rule = rule, .last = NO_END };

	if (window->until_effect && window->at_least.count > 0 &&
	    (end.count == 0 || stp_duration_compare(window->at_least, end) > 0))
		end = window->at_least;
	if (window->from.count > 0)
		stay.first = stp_edge_first_day(sheet, stp_edge_after(window->from));
	if (window->on_the_day)
		stay.last = 0;
	else if (end.count > 0)
		stay.last = stp_edge_last_day(sheet, stp_edge_after(end));
	stay.begins_at_hour = at_hour(window->from);
	stay.ends_at_hour = at_hour(end) || window->until_effect;
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

/* Adds a cut in its place; each stands there once. */
static void add_cut(struct timeline *line, int64_t day)
{
	size_t place = line->cut_count;

	for (size_t i = 0; i < line->cut_count; i++)
		if (line->cuts[i] == day)
			return;
	for (; place > 0 && line->cuts[place - 1] > day; place--)
		line->cuts[place] = line->cuts[place - 1];
	line->cuts[place] = day;
	line->cut_count++;
}

static void cut_stretches(struct timeline *line)
{
	line->cuts =
		stp_alloc_array(line->sheet->context, line->stay_count * 4 + 2, sizeof *line->cuts);
	add_cut(line, 0);
	for (size_t i = 0; i < line->stay_count; i++) {
		const struct stay *stay = &line->stays[i];

		add_cut(line, stay->first);
		if (stay->begins_at_hour)
			add_cut(line, stay->first + 1);
		if (stay->last == NO_END)
			continue;
		if (stay->ends_at_hour)
			add_cut(line, stay->last);
		add_cut(line, stay->last + 1);
	}
	add_cut(line, 1); /* the day of the visit stands alone */
}

static const char *whole(const struct stp_sheet *sheet, int64_t value)
{
	return stp_whole(&sheet->words, (uint64_t)value);
}

static const char *dates_words(const struct stp_sheet *sheet, int64_t first, int64_t last)
{
	const char *from = stp_visit_date_words(sheet, first);

	return first == last ? from
			     : SAY(sheet, number_range, "low", from, "high",
				   stp_visit_date_words(sheet, last), NULL);
}

static void add_heading(struct stp_sheet *sheet, int64_t first, int64_t last)
{
	const char *heading = first == last
				      ? SAY(sheet, day_heading, "n", whole(sheet, first), NULL)
				      : SAY(sheet, days_heading, "low", whole(sheet, first), "high",
					    whole(sheet, last), NULL);
	const char *when = first == 0 ? SAY(sheet, day_zero, NULL) : NULL;

	if (sheet->options->visit)
		when = dates_words(sheet, first, last);
	if (when)
		heading = SAY(sheet, day_heading_when, "heading", heading, "when", when, NULL);
	stp_heading(&sheet->document, 3, stp_capital(&sheet->words, heading));
}

/* ---- what a stretch says ---- */

static bool holds(const struct stay *stay, int64_t first, int64_t last)
{
	return stay->first <= first && last <= stay->last;
}

static void add_expected(struct timeline *line, int64_t first, int64_t last)
{
	struct stp_sheet *sheet = line->sheet;
	const char **items = stp_alloc_array(sheet->context, line->stay_count + 1, sizeof *items);
	size_t count = 0;

	for (size_t i = 0; i < line->stay_count; i++) {
		const struct stp_expectation *expected = line->stays[i].expected;

		if (expected && !expected->when && holds(&line->stays[i], first, last))
			items[count++] = stp_term_words(sheet, expected->effect);
	}
	if (count > 0)
		stp_paragraph(&sheet->document,
			      stp_list_sentences(sheet, STP_PHRASE_day_expect, items, count));
}

/* The rest of the words of a rule on a stretch: only what cuts the day itself. */
static const char *stretch_when(const struct stp_sheet *sheet, const struct stay *stay,
				int64_t first, int64_t last)
{
	bool begins = stay->begins_at_hour && first == stay->first;
	bool ends = stay->ends_at_hour && last == stay->last;

	if (stay->rule->verb == STP_RESUME)
		return begins ? stp_from_words(sheet, stay->rule->window.from) : NULL;
	if (begins && !ends)
		return stp_from_words(sheet, stay->rule->window.from);
	return begins || ends ? stp_window_words(sheet, stay->rule) : NULL;
}

/* Bullets that are said in the same way, gathered before they are written. */
struct gathered {
	enum stp_verb verb;
	enum stp_phrase_id phrase;
	enum stp_bullet_group group;
	bool by_instruction;      /* stands alone */
	struct stp_saying saying; /* without the rule itself */
	const char **items;
	const struct stp_term **terms;
	size_t count, room, term_room;
};

struct gathering {
	struct stp_sheet *sheet;
	struct gathered *items;
	size_t count, room;
};

/* What is said by an order stands alone. */
static bool goes_with(const struct gathered *a, const struct gathered *b)
{
	return a->phrase == b->phrase && !b->by_instruction &&
	       stp_same_text(a->saying.when, b->saying.when) &&
	       stp_same_text(a->saying.often, b->saying.often) &&
	       stp_same_text(a->saying.condition, b->saying.condition);
}

static struct gathered *find_gathered(struct gathering *all, const struct gathered *like)
{
	for (size_t i = 0; i < all->count; i++)
		if (goes_with(&all->items[i], like))
			return &all->items[i];
	all->items = stp_grow(all->sheet->context, all->items, all->count, &all->room,
			      sizeof *all->items);
	all->items[all->count] = *like;
	return &all->items[all->count++];
}

static void gather_term(struct stp_sheet *sheet, struct gathered *into, const char *item,
			const struct stp_term *term)
{
	for (size_t i = 0; i < into->count; i++)
		if (strcmp(into->items[i], item) == 0)
			return;
	into->items = stp_grow(sheet->context, into->items, into->count, &into->room,
			       sizeof *into->items);
	into->terms = stp_grow(sheet->context, into->terms, into->count, &into->term_room,
			       sizeof *into->terms);
	into->terms[into->count] = term;
	into->items[into->count++] = item;
}

static void gather(struct gathering *all, const struct stay *stay, int64_t first, int64_t last)
{
	struct stp_sheet *sheet = all->sheet;
	const struct stp_care_rule *rule = stay->rule;
	struct stp_saying saying = {
		.when = stretch_when(sheet, stay, first, last),
		.often = stp_often_words(sheet, rule),
		.condition = rule->when ? stp_condition_words(sheet, rule->when) : NULL,
	};
	struct stp_rule_part *parts;
	size_t count = stp_rule_parts(sheet, rule, STP_IN_BRIEF, &parts);

	for (size_t i = 0; i < count; i++) {
		struct gathered like = { .verb = rule->verb,
					 .phrase = parts[i].phrase,
					 .group = parts[i].group,
					 .by_instruction = parts[i].by_instruction,
					 .saying = saying };
		struct gathered *into = find_gathered(all, &like);

		for (size_t j = 0; j < parts[i].count; j++)
			gather_term(sheet, into, parts[i].items[j], parts[i].terms[j]);
	}
}

static const char *make_sentence(const struct stp_sheet *sheet, const void *what, size_t first,
				 size_t count)
{
	const struct gathered *each = what;
	struct stp_saying saying = each->saying;

	saying.rule = stp_part_words(sheet, each->verb, each->phrase, each->items + first, count);
	return stp_say_rule(sheet, &saying);
}

static void write_gathered(struct stp_bullet_list *list, const struct gathered *each)
{
	struct stp_sheet *sheet = list->sheet;

	for (size_t first = 0, count; first < each->count; first += count) {
		const char *said =
			stp_short_sentence(sheet, make_sentence, each, first, each->count, &count);

		stp_bullets_add(
			list, each->group,
			stp_join(&sheet->words, said,
				 stp_explain_words(sheet, each->terms + first, count, true)));
	}
}

static void write_all(struct stp_bullet_list *list, const struct gathering *all, bool forbidden)
{
	for (size_t i = 0; i < all->count; i++)
		if (stp_forbids(all->items[i].verb) == forbidden)
			write_gathered(list, &all->items[i]);
}

/* Do comes before what is not to be done yet; each has its heading when they are many. */
static void write_stretch(struct stp_sheet *sheet, const struct gathering *all)
{
	struct stp_bullet_list lists[2];
	size_t count = 0;

	for (int forbidden = 0; forbidden < 2; forbidden++) {
		stp_bullets_begin(&lists[forbidden], sheet);
		write_all(&lists[forbidden], all, forbidden != 0);
		count += lists[forbidden].count;
	}
	if (count == 0)
		stp_sheet_sentences(sheet, SAY(sheet, day_nothing, NULL), NULL);
	for (int forbidden = 0; forbidden < 2; forbidden++) {
		if (count > STP_BULLETS_MAX && lists[forbidden].count > 0)
			stp_sheet_heading(sheet, 4,
					  forbidden ? STP_PHRASE_heading_not_yet
						    : STP_PHRASE_heading_do);
		stp_bullets_end(&lists[forbidden], 5);
	}
}

static void add_stretch(struct timeline *line, int64_t first, int64_t last)
{
	struct stp_sheet *sheet = line->sheet;
	struct gathering all = { .sheet = sheet };

	add_heading(sheet, first, last);
	add_expected(line, first, last);
	for (size_t i = 0; i < line->stay_count; i++)
		if (line->stays[i].rule && holds(&line->stays[i], first, last))
			gather(&all, &line->stays[i], first, last);
	write_stretch(sheet, &all);
}

/* What goes on after the last stretch has a sentence of its own. */
static void add_rest(struct timeline *line, int64_t day)
{
	struct stp_sheet *sheet = line->sheet;
	struct gathering all = { .sheet = sheet };

	for (size_t i = 0; i < line->stay_count; i++)
		if (line->stays[i].rule && line->stays[i].last == NO_END)
			gather(&all, &line->stays[i], day, day);
	if (all.count == 0)
		return;
	stp_heading(&sheet->document, 3,
		    stp_capital(&sheet->words,
				sheet->options->visit
					? SAY(sheet, rest_date, "date",
					      stp_visit_date_words(sheet, day), NULL)
					: SAY(sheet, rest_day, "n", whole(sheet, day), NULL)));
	write_stretch(sheet, &all);
}

void stp_section_days(struct stp_sheet *sheet)
{
	struct timeline line = { .sheet = sheet };

	collect_stays(&line);
	cut_stretches(&line);
	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_days);
	stp_sheet_sentences(sheet, SAY(sheet, days_intro, NULL), SAY(sheet, days_explain, NULL));
	for (size_t i = 0; i + 1 < line.cut_count; i++)
		add_stretch(&line, line.cuts[i], line.cuts[i + 1] - 1);
	add_rest(&line, line.cuts[line.cut_count - 1]);
}
