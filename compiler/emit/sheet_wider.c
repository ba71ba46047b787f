/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A protocol that extends another one may say the same of a thing for longer: "no sauna for 5
 * days", "no sauna for 7 days". Both hold, so the wider one does, and of two times for going back
 * to a thing the later one; who reads both finds two ends and may take the nearer. A sheet
 * for clients has the wider ones alone. What is left out is held by another rule of the same verb,
 * for the same thing and for everyone whom it is for, whatever the hour of the visit and however
 * long the months are.
 */
#include "emit/sheet.h"

static bool is_exact(struct stp_duration duration)
{
	return duration.count == 0 || duration.unit <= STP_HOUR;
}

/* Whether one time is never shorter than another. */
static bool lasts(struct stp_duration wide, struct stp_duration narrow)
{
	if (is_exact(wide) == is_exact(narrow))
		return stp_interval_seconds(wide) >= stp_interval_seconds(narrow);
	return stp_ceiling_seconds(wide) >= stp_floor_seconds(narrow);
}

static bool begins_first(const struct stp_care_rule *wide, const struct stp_care_rule *narrow)
{
	struct stp_duration from = wide->window.from;
	struct stp_duration other = narrow->window.from;

	if (wide->after || from.count == 0)
		return lasts(other, from);
	return other.count > 0 && lasts(from, other);
}

/* When an effect ends, nobody knows: it ends with itself alone, or when something has no end. */
static bool ends_last(const struct stp_window *wide, const struct stp_window *narrow)
{
	if (wide->until_effect)
		return wide->until_effect == narrow->until_effect &&
		       lasts(wide->at_least, narrow->at_least);
	if (wide->to.count == 0)
		return true;
	return !narrow->until_effect && narrow->to.count > 0 && lasts(wide->to, narrow->to);
}

static bool holds_window(const struct stp_care_rule *wide, const struct stp_care_rule *narrow)
{
	const struct stp_window *window = &wide->window;
	const struct stp_window *other = &narrow->window;

	if (wide->after != narrow->after || window->on_the_day != other->on_the_day)
		return false;
	if (wide->verb == STP_RESUME) /* until then the thing is not used */
		return lasts(window->from, other->from);
	if (window->on_the_day)
		return true;
	return begins_first(wide, narrow) &&
	       (wide->after ? ends_last(window, other) : lasts(other->to, window->to));
}

static bool names(const struct stp_term *const *terms, size_t count, const struct stp_term *term)
{
	for (size_t i = 0; i < count; i++)
		if (terms[i] == term)
			return true;
	return false;
}

static bool names_all(const struct stp_term *const *terms, size_t count,
		      const struct stp_term *const *of, size_t of_count)
{
	for (size_t i = 0; i < of_count; i++)
		if (!names(terms, count, of[i]))
			return false;
	return true;
}

static bool same_duration(struct stp_duration one, struct stp_duration other)
{
	return one.count == other.count && (one.count == 0 || one.unit == other.unit);
}

/* Whether something is to be done as often, and in the same way. */
static bool same_manner(const struct stp_care_rule *one, const struct stp_care_rule *other)
{
	return same_duration(one->every, other->every) &&
	       same_duration(one->every_to, other->every_to) &&
	       one->daily_low == other->daily_low && one->daily_high == other->daily_high &&
	       stp_same_text(one->how, other->how);
}

/* Where nothing but some things may be used, all of them must be the same. */
static bool same_alternatives(const struct stp_care_rule *one, const struct stp_care_rule *other)
{
	return one->verb != STP_ONLY ||
	       (names_all(one->terms, one->term_count, other->terms, other->term_count) &&
		names_all(other->terms, other->term_count, one->terms, one->term_count));
}

/* What may be done is not wider when it may be done for longer. */
static bool can_be_held(enum stp_verb verb)
{
	return verb == STP_AVOID || verb == STP_STOP || verb == STP_ONLY || verb == STP_USE ||
	       verb == STP_DO || verb == STP_RESUME;
}

static bool holds(const struct stp_care_rule *wide, const struct stp_care_rule *narrow)
{
	return wide->verb == narrow->verb && can_be_held(wide->verb) && !wide->faulty &&
	       (!wide->when || wide->when == narrow->when) &&
	       (!wide->only_for || wide->only_for == narrow->only_for) &&
	       names_all(narrow->except, narrow->except_count, wide->except, wide->except_count) &&
	       same_manner(wide, narrow) && same_alternatives(wide, narrow) &&
	       holds_window(wide, narrow);
}

/* Whether another rule holds all that this one says of a term; of two that are equal, the later. */
static bool is_held(const struct stp_protocol *protocol, size_t index, const struct stp_term *term)
{
	const struct stp_care_rule *rule = &protocol->care[index];

	for (size_t i = 0; i < protocol->care_count; i++) {
		const struct stp_care_rule *other = &protocol->care[i];

		if (i != index && names(other->terms, other->term_count, term) &&
		    holds(other, rule) && (i > index || !holds(rule, other)))
			return true;
	}
	return false;
}

const struct stp_protocol *stp_wider_rules(struct stp_context *context,
					   const struct stp_protocol *protocol)
{
	struct stp_protocol *own = stp_alloc(context, sizeof *own);
	struct stp_care_rule *kept =
		stp_alloc_array(context, protocol->care_count + 1, sizeof *kept);
	size_t count = 0;

	for (size_t i = 0; i < protocol->care_count; i++) {
		struct stp_care_rule *rule = &kept[count];
		const struct stp_care_rule *all = &protocol->care[i];
		const struct stp_term **terms =
			stp_alloc_array(context, all->term_count + 1, sizeof *terms);

		*rule = *all;
		rule->terms = terms;
		rule->term_count = 0;
		for (size_t j = 0; j < all->term_count; j++)
			if (!is_held(protocol, i, all->terms[j]))
				terms[rule->term_count++] = all->terms[j];
		if (rule->term_count > 0)
			count++;
	}
	*own = *protocol;
	own->care = kept;
	own->care_count = count;
	return own;
}
