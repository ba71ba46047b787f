/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Windows: when a rule holds, counted away from the visit, read from clauses such as `for 48 h`,
 * `from 24 h to 2 weeks`, `5 days before`, `until flaking ends`. Each clause gives one end, and
 * two clauses for one end are an error. Language reference, "Windows".
 */
#include "model/resolver.h"

struct window_reader {
	struct stp_draft *draft;
	struct stp_care_rule *rule;
	const struct stp_node *from, *to; /* the clause that gave this end */
	const struct stp_node *every, *how;
};

static struct stp_diagnostic *report_clause(struct stp_draft *draft, enum stp_diagnostic_id id,
					    const struct stp_node *clause, const char *message,
					    const char *help)
{
	struct stp_context *context = draft->resolver->context;
	struct stp_diagnostic *diagnostic = stp_report(context, id, clause->span, "%s", message);

	stp_help(context, diagnostic, "%s", help);
	return diagnostic;
}

/* Claims an end of the window for the clause. */
static bool claim(struct window_reader *reader, const struct stp_node **end,
		  const struct stp_node *clause)
{
	struct stp_diagnostic *diagnostic;

	if (*end == NULL) {
		*end = clause;
		return true;
	}
	diagnostic = report_clause(reader->draft, STP_D_window_twice, clause,
				   "two clauses say when this is",
				   "say it once: `from 24 h to 2 weeks`");
	stp_label(reader->draft->resolver->context, diagnostic, (*end)->span, "the first");
	return false;
}

/* A time of none would be one that nobody said. */
static bool check_time(struct window_reader *reader, const struct stp_node *node,
		       struct stp_duration time)
{
	return stp_check_some(reader->draft->resolver, node, time.count,
			      "say how long, or take the rule away");
}

/* ---- before the visit ---- */

static void read_before(struct window_reader *reader, const struct stp_node *clause)
{
	struct stp_window *window = &reader->rule->window;
	struct stp_resolver *resolver = reader->draft->resolver;
	struct stp_times times;

	switch (clause->kind) {
	case STP_N_FOR:
	case STP_N_BEFORE_TIME:
		if (claim(reader, &reader->from, clause) &&
		    stp_time_of(resolver, clause->first, &window->from))
			check_time(reader, clause->first, window->from);
		break;
	case STP_N_FROM_BEFORE:
		if (!claim(reader, &reader->from, clause) ||
		    !stp_times_of(resolver, clause->first, true, &times) ||
		    !check_time(reader, clause->first, times.low))
			break;
		window->from = times.low;
		if (clause->first->kind == STP_N_RANGE)
			window->to = times.high;
		break;
	case STP_N_FROM:
		report_clause(reader->draft, STP_D_window_side, clause,
			      "before the visit, time counts back",
			      "add `before`: `from 5 days before`");
		break;
	default:
		report_clause(reader->draft, STP_D_window_side, clause,
			      "this speaks of the time after the visit",
			      "write `for 48 h`, `5 days before` or `on the day`");
		break;
	}
}

/* ---- after it ---- */

static void read_until(struct window_reader *reader, const struct stp_node *clause)
{
	struct stp_window *window = &reader->rule->window;
	struct stp_resolver *resolver = reader->draft->resolver;

	window->until_span = clause->span;
	window->until_effect = stp_find_term(resolver, clause->first, STP_KIND(STP_N_EFFECT),
					     "`until` takes an effect");
	if (clause->first->next != NULL &&
	    stp_duration(resolver, clause->first->next, &window->at_least))
		check_time(reader, clause->first->next, window->at_least);
}

static void read_after(struct window_reader *reader, const struct stp_node *clause)
{
	struct stp_window *window = &reader->rule->window;
	struct stp_resolver *resolver = reader->draft->resolver;
	struct stp_times times;

	switch (clause->kind) {
	case STP_N_FOR:
		if (claim(reader, &reader->to, clause) && claim(reader, &reader->from, clause) &&
		    stp_time_of(resolver, clause->first, &window->to))
			check_time(reader, clause->first, window->to);
		break;
	case STP_N_FROM:
		if (!claim(reader, &reader->from, clause) ||
		    !stp_times_of(resolver, clause->first, false, &times))
			break;
		window->from = times.low;
		if (clause->first->kind == STP_N_RANGE && claim(reader, &reader->to, clause) &&
		    check_time(reader, clause->first, times.high))
			window->to = times.high;
		break;
	case STP_N_AFTER_TIME:
		if (claim(reader, &reader->from, clause) &&
		    stp_time_of(resolver, clause->first, &window->from))
			check_time(reader, clause->first, window->from);
		break;
	case STP_N_UNTIL_TIME:
		if (claim(reader, &reader->to, clause) &&
		    stp_duration(resolver, clause->first, &window->to))
			check_time(reader, clause->first, window->to);
		break;
	case STP_N_UNTIL_ENDS:
		if (claim(reader, &reader->to, clause))
			read_until(reader, clause);
		break;
	default:
		report_clause(reader->draft, STP_D_window_side, clause,
			      "this speaks of the time before the visit",
			      "write `for 24 h`, `from 24 h to 2 weeks` or `until 2 weeks`");
		break;
	}
}

/* ---- how often, and how ---- */

static void read_often(struct window_reader *reader, const struct stp_node *clause)
{
	static const char help[] = "say how often, or leave the clause away";
	struct stp_care_rule *rule = reader->rule;
	struct stp_resolver *resolver = reader->draft->resolver;
	struct stp_times times;
	struct stp_ends ends;

	if (!claim(reader, &reader->every, clause))
		return;
	if (clause->kind == STP_N_DAILY) {
		if (stp_span_of(resolver, clause->first, STP_COUNT, UINT8_MAX, &ends) &&
		    stp_check_some(resolver, clause->first, ends.low, help)) {
			rule->daily_low = (uint8_t)ends.low;
			rule->daily_high = (uint8_t)ends.high;
		}
	} else if (stp_times_of(resolver, clause->first, false, &times) &&
		   stp_check_some(resolver, clause->first, times.low.count, help)) {
		rule->every = times.low;
		if (clause->first->kind == STP_N_RANGE)
			rule->every_to = times.high;
	}
}

static void read_clause(struct window_reader *reader, const struct stp_node *clause)
{
	switch (clause->kind) {
	case STP_N_ON_THE_DAY:
		if (claim(reader, &reader->from, clause) && claim(reader, &reader->to, clause))
			reader->rule->window.on_the_day = true;
		break;
	case STP_N_REPEAT:
	case STP_N_DAILY: read_often(reader, clause); break;
	case STP_N_HOW:
		if (claim(reader, &reader->how, clause))
			reader->rule->how = clause->first->text;
		break;
	case STP_N_FOR:
	case STP_N_FROM:
	case STP_N_FROM_BEFORE:
	case STP_N_AFTER_TIME:
	case STP_N_BEFORE_TIME:
	case STP_N_UNTIL_TIME:
	case STP_N_UNTIL_ENDS:
		if (reader->rule->after)
			read_after(reader, clause);
		else
			read_before(reader, clause);
		break;
	default: break; /* names and tails */
	}
}

bool stp_resolve_window(struct stp_draft *draft, const struct stp_node *node,
			struct stp_care_rule *rule)
{
	struct window_reader reader = { .draft = draft, .rule = rule };
	size_t errors = stp_error_count(draft->resolver->context);

	for (const struct stp_node *clause = node->first; clause != NULL; clause = clause->next)
		read_clause(&reader, clause);
	return stp_error_count(draft->resolver->context) == errors;
}

/* ---- effects ---- */

static void check_time_said(struct stp_draft *draft, const struct stp_node *node,
			    const struct stp_node *said)
{
	if (said == NULL && !stp_is_broken(draft->resolver->context, node->span))
		report_clause(draft, STP_D_expected_window, node,
			      "this effect is expected, and nothing says when",
			      "write `redness for 24 to 48 h` or `flaking from 2 to 4 days`");
}

void stp_resolve_expected_window(struct stp_draft *draft, const struct stp_node *node,
				 struct stp_expectation *expectation)
{
	const struct stp_node *said = NULL;
	struct stp_times times;

	for (const struct stp_node *clause = node->first->next; clause != NULL;
	     clause = clause->next) {
		if (clause->kind >= STP_N_BECAUSE && clause->kind <= STP_N_DIFFERS)
			continue;
		if (said != NULL || (clause->kind != STP_N_FOR && clause->kind != STP_N_FROM)) {
			said = clause;
			report_clause(
				draft, STP_D_expected_window, clause,
				"an effect is expected for a time, or from one to another",
				"write `redness for 24 to 48 h` or `flaking from 2 to 4 days`");
			continue;
		}
		said = clause;
		if (!stp_times_of(draft->resolver, clause->first, false, &times))
			continue;
		if (clause->kind == STP_N_FOR || clause->first->kind == STP_N_RANGE)
			stp_check_some(draft->resolver, clause->first, times.high.count,
				       "say when it is usually over");
		if (clause->kind == STP_N_FOR) {
			expectation->to_low = times.low;
			expectation->to_high = times.high;
			continue;
		}
		expectation->from = times.low;
		if (clause->first->kind == STP_N_RANGE)
			expectation->to_low = expectation->to_high = times.high;
	}
	check_time_said(draft, node, said);
}

static const struct stp_expectation *latest_end(const struct stp_draft *draft,
						const struct stp_term *effect)
{
	const struct stp_expectation *latest = NULL;

	for (size_t i = 0; i < draft->expects.count; i++) {
		const struct stp_expectation *at = &draft->expects.items[i];

		if (at->effect == effect && at->to_high.count != 0 &&
		    (latest == NULL ||
		     stp_interval_seconds(at->to_high) > stp_interval_seconds(latest->to_high)))
			latest = at;
	}
	return latest;
}

/* An effect that is expected, though nothing says for how long: that was reported there. */
static bool is_expected(const struct stp_draft *draft, const struct stp_term *effect)
{
	for (size_t i = 0; i < draft->expects.count; i++)
		if (draft->expects.items[i].effect == effect &&
		    draft->expects.items[i].from.count == 0 &&
		    draft->expects.items[i].to_high.count == 0)
			return true;
	return false;
}

void stp_resolve_until(struct stp_draft *draft)
{
	for (size_t i = 0; i < draft->care.count; i++) {
		struct stp_care_rule *rule = &draft->care.items[i];
		const struct stp_term *effect = rule->window.until_effect;
		const struct stp_expectation *latest;

		if (effect == NULL)
			continue;
		latest = latest_end(draft, effect);
		if (latest != NULL) {
			rule->window.usually_by = latest->to_high;
			continue;
		}
		if (is_expected(draft, effect) ||
		    stp_is_named_in_broken(draft->resolver->context, draft->protocol, effect->name))
			continue;
		stp_help(draft->resolver->context,
			 stp_report(draft->resolver->context, STP_D_not_expected,
				    rule->window.until_span, "nothing says when `%s` usually ends",
				    effect->name),
			 "add it to `expect` with its end: `%s for 2 to 4 days`", effect->name);
	}
}
