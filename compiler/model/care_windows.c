/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When a rule of care holds, on the line of time. Language reference, "Windows".
 */
#include "model/care_windows.h"

#include "model/policies.h"
#include "model/resolver.h"

#define DAY (24 * INT64_C(3600))

struct stp_edge stp_edge_at(struct stp_duration time, int sign)
{
	int64_t seconds = sign * stp_interval_seconds(time);

	if (time.count == 0 || time.unit < STP_DAY)
		return (struct stp_edge){ false, 0, seconds, seconds };
	return (struct stp_edge){ true, seconds / DAY, seconds - DAY, seconds + DAY };
}

static struct stp_edge never_ending(void)
{
	return (struct stp_edge){ false, 0, STP_FOREVER, STP_FOREVER };
}

/* Until an effect ends: nobody knows when; the usual time is what the sheet says. */
struct stp_edge stp_care_end(const struct stp_window *window)
{
	if (window->on_the_day)
		return (struct stp_edge){ true, 0, 0, DAY };
	if (window->until_effect != NULL)
		return stp_edge_at(stp_duration_compare(window->usually_by, window->at_least) > 0
					   ? window->usually_by
					   : window->at_least,
				   1);
	return window->to.count == 0 ? never_ending() : stp_edge_at(window->to, 1);
}

struct stp_stretch stp_care_stretch(const struct stp_care_rule *rule)
{
	const struct stp_window *window = &rule->window;
	const struct stp_duration one_day = { 0, STP_DAY };
	struct stp_stretch stretch;

	if (window->on_the_day) {
		stretch.begin = (struct stp_edge){ true, 0, -DAY, 0 };
		stretch.end = stp_care_end(window);
		if (rule->after)
			stretch.begin = stp_edge_at(one_day, 1);
		else
			stretch.end = stp_edge_at(one_day, 1);
	} else if (rule->after) {
		stretch.begin = stp_edge_at(window->from, 1);
		stretch.end = stp_care_end(window);
	} else {
		stretch.begin = stp_edge_at(window->from, -1);
		stretch.end = stp_edge_at(window->to, -1);
	}
	return stretch;
}

/* `resume after 5 days` is from the end of day 5 on. */
struct stp_stretch stp_resumed_stretch(const struct stp_care_rule *rule)
{
	struct stp_stretch stretch = stp_care_stretch(rule);

	if (stretch.begin.calendar)
		stretch.begin.day++;
	stretch.begin.earliest = stretch.begin.latest;
	stretch.end = never_ending();
	return stretch;
}

/*
 * On a sheet, the end of day 5 and the start of day 5 overlap; the end of 5 h and the start of 5 h
 * do not.
 */
static bool begins_before(const struct stp_edge *begin, const struct stp_edge *end)
{
	if (begin->calendar && end->calendar)
		return begin->day <= end->day;
	return begin->earliest < end->latest;
}

bool stp_stretches_overlap(const struct stp_stretch *a, const struct stp_stretch *b)
{
	return begins_before(&a->begin, &b->end) && begins_before(&b->begin, &a->end);
}

bool stp_windows_touch(const struct stp_care_rule *a, const struct stp_care_rule *b)
{
	struct stp_stretch one =
		a->verb == STP_RESUME ? stp_resumed_stretch(a) : stp_care_stretch(a);
	struct stp_stretch other =
		b->verb == STP_RESUME ? stp_resumed_stretch(b) : stp_care_stretch(b);

	return stp_stretches_overlap(&one, &other);
}

bool stp_says_no_window(const struct stp_care_rule *rule)
{
	const struct stp_window *window = &rule->window;

	if (window->on_the_day || window->until_effect != NULL || window->to.count > 0)
		return false;
	if (rule->verb == STP_STOP || rule->verb == STP_RESUME)
		return window->from.count == 0;
	/* Before the visit "do consultation" holds at any time; after it an `avoid` must end. */
	if (rule->verb == STP_AVOID || rule->verb == STP_ONLY)
		return rule->after || window->from.count == 0;
	return false;
}
