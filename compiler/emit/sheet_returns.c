/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What one can go back to after the visit, and when: each thing that a rule forbids for a time or
 * tells to resume, but for activities of which the vocabulary says `never`. Of two times for one
 * thing, for the same clients, the later one counts; and what another rule forbids for longer, or
 * asks for from then on, is not gone back to. A rule that forbids it for longer for some of these
 * clients alone leaves the others their time, and a word that it may not be theirs.
 */
#include "emit/sheet.h"
#include "model/boxes.h"

struct returns {
	const struct stp_protocol *protocol;
	struct stp_return *items;
	size_t count, room;
};

/* ---- who must wait longer ---- */

static bool names(const struct stp_term *const *terms, size_t count, const struct stp_term *term)
{
	for (size_t i = 0; i < count; i++)
		if (stp_term_within(term, terms[i]))
			return true;
	return false;
}

/* Whether a rule keeps clients from the thing, as a kind of something else too. */
static bool keeps_from(const struct stp_care_rule *rule, const struct stp_term *term)
{
	switch (rule->verb) {
	case STP_AVOID:
		return names(rule->terms, rule->term_count, term) &&
		       !names(rule->except, rule->except_count, term);
	case STP_RESUME: return names(rule->terms, rule->term_count, term);
	case STP_ONLY:
		return term->kind == STP_PRODUCT && !names(rule->terms, rule->term_count, term);
	default: return false;
	}
}

/* Whether a rule is still in force after that time; the day of the visit has hours left. */
static bool outlasts(const struct stp_care_rule *rule, struct stp_duration over)
{
	struct stp_duration end =
		rule->verb == STP_RESUME ? rule->window.from : stp_window_end(&rule->window);

	if (rule->window.on_the_day)
		return stp_interval_seconds(over) < STP_DAY_SECONDS;
	return end.count == 0 || stp_duration_compare(end, over) > 0;
}

static bool can_meet(struct stp_context *context, const struct stp_condition *one,
		     const struct stp_condition *other)
{
	struct stp_condition both;

	return !one || !other || stp_box_meet(context, one, other, &both);
}

/* Whom else's rule keeps from a thing for longer: nobody, some of its clients, all of them. */
enum longer { LONGER_FOR_NOBODY, LONGER_FOR_SOME, LONGER_FOR_ALL };

static enum longer longer_for(const struct stp_sheet *sheet, const struct stp_care_rule *rule,
			      const struct stp_term *term, struct stp_duration over)
{
	const struct stp_protocol *protocol = sheet->protocol;
	enum longer found = LONGER_FOR_NOBODY;

	for (size_t i = 0; i < protocol->care_count; i++) {
		const struct stp_care_rule *other = &protocol->care[i];

		if (!other->after || !keeps_from(other, term) || !outlasts(other, over))
			continue;
		if (!other->when || other->when == rule->when)
			return LONGER_FOR_ALL;
		if (can_meet(sheet->context, other->when, rule->when))
			found = LONGER_FOR_SOME;
	}
	return found;
}

bool stp_resumes_later_for_some(const struct stp_sheet *sheet, const struct stp_care_rule *rule)
{
	for (size_t i = 0; i < rule->term_count; i++)
		if (longer_for(sheet, rule, rule->terms[i], rule->window.from) != LONGER_FOR_NOBODY)
			return true;
	return false;
}

/* ---- all of them ---- */

/* Whether a thing of that kind is asked for as soon as it is no longer forbidden. */
static bool is_asked_for(const struct stp_protocol *protocol, const struct stp_return *each)
{
	for (size_t i = 0; i < protocol->care_count; i++) {
		const struct stp_care_rule *rule = &protocol->care[i];

		if (!rule->after || rule->verb != STP_USE || rule->when ||
		    stp_duration_compare(rule->window.from, each->over) != 0)
			continue;
		for (size_t j = 0; j < rule->term_count; j++)
			if (stp_term_within(rule->terms[j], each->term))
				return true;
	}
	return false;
}

static void insert(struct stp_sheet *sheet, struct returns *returns, struct stp_return added)
{
	size_t place = returns->count;

	returns->items = stp_grow(sheet->context, returns->items, returns->count, &returns->room,
				  sizeof *returns->items);
	for (; place > 0 && stp_duration_compare(added.over, returns->items[place - 1].over) < 0;
	     place--)
		returns->items[place] = returns->items[place - 1];
	returns->items[place] = added;
	returns->count++;
}

static void add(struct stp_sheet *sheet, struct returns *returns, struct stp_return added)
{
	enum longer longer = longer_for(sheet, added.rule, added.term, added.over);

	if (longer == LONGER_FOR_ALL || added.term->never ||
	    is_asked_for(returns->protocol, &added))
		return;
	added.longer_for_some = longer == LONGER_FOR_SOME;
	for (size_t i = 0; i < returns->count; i++) {
		struct stp_return *each = &returns->items[i];

		if (each->term != added.term || each->rule->when != added.rule->when)
			continue;
		if (stp_duration_compare(added.over, each->over) <= 0)
			return;
		for (returns->count--; i < returns->count; i++)
			returns->items[i] = returns->items[i + 1];
		break;
	}
	insert(sheet, returns, added);
}

size_t stp_returns(struct stp_sheet *sheet, struct stp_return **items)
{
	const struct stp_protocol *protocol = sheet->protocol;
	struct returns returns = { .protocol = protocol };

	for (size_t i = 0; i < protocol->care_count; i++) {
		const struct stp_care_rule *rule = &protocol->care[i];
		bool resumes = rule->verb == STP_RESUME;
		struct stp_duration over = resumes ? rule->window.from : rule->window.to;

		if (!rule->after || over.count == 0 || (!resumes && rule->verb != STP_AVOID))
			continue;
		for (size_t j = 0; j < rule->term_count; j++)
			add(sheet, &returns,
			    (struct stp_return){ rule, rule->terms[j], over, false });
	}
	*items = returns.items;
	return returns.count;
}

const char *stp_return_words(const struct stp_sheet *sheet, const struct stp_return *each)
{
	const char *when = stp_once_over_words(sheet, each->over);

	return each->longer_for_some ? SAY(sheet, unless_longer, "when", when, NULL) : when;
}

/* An end inside a day is told on that day, the end of a day on the next one. */
int64_t stp_again_day(const struct stp_sheet *sheet, struct stp_duration over)
{
	struct stp_edge edge = stp_edge_after(over);

	if (edge.whole_day)
		return edge.day + 1;
	return sheet->options->visit ? stp_edge_first_day(sheet, edge)
				     : stp_edge_last_day(sheet, edge);
}
