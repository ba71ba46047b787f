/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Comparing two rules of care: whether one asks as much of a client as the other. Times are
 * compared by what they surely last, so that a day is not taken for 24 hours, nor 24 hours for a
 * day. Language reference, "Policies".
 */
#include "check/policies.h"

static bool is_within_some(const struct stp_term *term, const struct stp_term *const *terms,
			   size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (stp_term_within(term, terms[i]))
			return true;
	return false;
}

static bool has_within(const struct stp_term *group, const struct stp_term *const *terms,
		       size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (stp_term_within(terms[i], group))
			return true;
	return false;
}

/* ---- what is required ---- */

/* All of the term is kept away: no exception, and no product that `only` permits, lies in it. */
static bool keeps_away(const struct stp_care_rule *rule, const struct stp_care_rule *required,
		       const struct stp_term *term)
{
	if (rule->verb == STP_ONLY)
		return term->kind == STP_PRODUCT &&
		       !is_within_some(term, rule->terms, rule->term_count) &&
		       !has_within(term, rule->terms, rule->term_count);
	if (rule->verb != STP_AVOID && rule->verb != STP_STOP && rule->verb != STP_RESUME)
		return false;
	if (!is_within_some(term, rule->terms, rule->term_count))
		return false;
	for (size_t i = 0; i < rule->except_count; i++)
		if ((stp_term_within(rule->except[i], term) ||
		     stp_term_within(term, rule->except[i])) &&
		    !is_within_some(rule->except[i], required->except, required->except_count))
			return false;
	return true;
}

/* Nothing but what is required: each product that the rule permits is among those. */
static bool is_as_narrow(const struct stp_care_rule *rule, const struct stp_care_rule *required)
{
	for (size_t i = 0; i < rule->term_count; i++)
		if (!is_within_some(rule->terms[i], required->terms, required->term_count))
			return false;
	return rule->verb == STP_ONLY;
}

bool stp_obliges(const struct stp_care_rule *rule, const struct stp_care_rule *required,
		 const struct stp_term *term)
{
	const struct stp_condition *when = rule->when;

	if (rule->after != required->after ||
	    (when != NULL && (when->depth_low_um != 0 || when->depth_high_um != UINT32_MAX)))
		return false; /* a rule for some depths is not one for all */
	switch (required->verb) {
	case STP_AVOID:
	case STP_STOP:
	case STP_RESUME: return keeps_away(rule, required, term);
	case STP_ONLY: return is_as_narrow(rule, required);
	case STP_ASK_PRESCRIBER:
		return rule->verb == required->verb && rule->only_for == required->only_for &&
		       has_within(term, rule->terms, rule->term_count);
	default:
		return rule->verb == required->verb &&
		       has_within(term, rule->terms, rule->term_count);
	}
}

/* ---- for how long ---- */

/* Seconds that a time surely lasts; 0 where none is said. */
static int64_t surely(struct stp_duration time)
{
	return time.count == 0 ? 0 : stp_floor_seconds(time);
}

/* `resume retinoids after 7 days` keeps them away until then. */
static struct stp_window window_of(const struct stp_care_rule *rule)
{
	struct stp_window window = rule->window;

	if (rule->verb == STP_RESUME) {
		window.to = window.from;
		window.from = (struct stp_duration){ 0, STP_DAY };
	}
	return window;
}

static bool reaches_as_far_after(const struct stp_window *window, const struct stp_window *required)
{
	if (required->until_effect != NULL)
		return window->until_effect == required->until_effect &&
		       surely(window->at_least) >= surely(required->at_least);
	if (window->until_effect != NULL)
		return surely(window->at_least) >= surely(required->to);
	return window->to.count == 0 ||
	       (required->to.count != 0 && surely(window->to) >= surely(required->to));
}

static bool is_as_frequent(const struct stp_care_rule *rule, const struct stp_care_rule *required)
{
	if (required->every.count != 0 &&
	    (rule->every.count == 0 ||
	     stp_floor_seconds(rule->every) > stp_floor_seconds(required->every)))
		return false;
	return rule->daily_low >= required->daily_low;
}

static bool says_time(const struct stp_window *window)
{
	return window->from.count != 0 || window->to.count != 0 || window->until_effect != NULL;
}

bool stp_lasts_as_long(const struct stp_care_rule *rule, const struct stp_care_rule *required)
{
	struct stp_window window = window_of(rule), wanted = window_of(required);

	if (!is_as_frequent(rule, required))
		return false;
	if (wanted.on_the_day || window.on_the_day)
		return wanted.on_the_day ? window.on_the_day || window.to.count == 0
					 : !says_time(&wanted);
	if (!says_time(&wanted))
		return true;
	if (rule->after)
		return surely(window.from) <= surely(wanted.from) &&
		       reaches_as_far_after(&window, &wanted);
	return surely(window.to) <= surely(wanted.to) &&
	       (window.from.count == 0 ? rule->verb != STP_AVOID
				       : surely(window.from) >= surely(wanted.from));
}

/* ---- what is forbidden ---- */

/* What is permitted, or may be taken up again, is had as well as what is told to be used. */
static bool gives(enum stp_verb verb, enum stp_verb forbidden)
{
	if (verb == forbidden)
		return true;
	if (forbidden == STP_USE)
		return verb == STP_MAY || verb == STP_RESUME || verb == STP_ONLY;
	return forbidden == STP_DO && verb == STP_MAY;
}

size_t stp_term_given(const struct stp_care_rule *rule, const struct stp_care_rule *forbidden)
{
	size_t i = 0;

	if (!gives(rule->verb, forbidden->verb))
		return rule->term_count;
	for (; i < rule->term_count; i++)
		if (is_within_some(rule->terms[i], forbidden->terms, forbidden->term_count) ||
		    has_within(rule->terms[i], forbidden->terms, forbidden->term_count))
			break;
	return i;
}
