/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What one can go back to after the visit, and when: each thing that a rule forbids for a time or
 * tells to resume. Of two times for one thing, for the same clients, the later one counts; and what
 * another rule forbids for longer, or asks for from then on, is not gone back to.
 */
#include "emit/sheet.h"

struct returns {
	const struct stp_protocol *protocol;
	struct stp_return *items;
	size_t count, room;
};

/* Whether everyone must avoid the thing for longer, as a kind of something else. */
static bool is_forbidden_longer(const struct stp_protocol *protocol, const struct stp_return *each)
{
	for (size_t i = 0; i < protocol->care_count; i++) {
		const struct stp_care_rule *rule = &protocol->care[i];
		struct stp_duration end = stp_window_end(&rule->window);

		if (!rule->after || rule->verb != STP_AVOID || rule->when ||
		    (end.count > 0 && stp_duration_compare(end, each->over) <= 0))
			continue;
		for (size_t j = 0; j < rule->term_count; j++)
			if (stp_term_within(each->term, rule->terms[j]))
				return true;
	}
	return false;
}

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
	if (is_forbidden_longer(returns->protocol, &added) ||
	    is_asked_for(returns->protocol, &added))
		return;
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
			add(sheet, &returns, (struct stp_return){ rule, rule->terms[j], over });
	}
	*items = returns.items;
	return returns.count;
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
