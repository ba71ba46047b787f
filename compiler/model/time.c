/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Times as seconds. Hours and less are elapsed time. Days, weeks, months and years are calendar
 * times, whose length depends on the day they begin: each function here takes the side that is
 * safe for its use. Language reference, "Time".
 */
#include "model/model.h"

#define MINUTE INT64_C(60)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

/* The most and the fewest days that 0 to 11 calendar months in a row can have. */
static const uint16_t longest_months[12] = {
	0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337
};
static const uint16_t shortest_months[12] = {
	0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334
};

static int64_t months_of(struct stp_duration duration)
{
	return duration.unit == STP_YEAR ? 12 * (int64_t)duration.count : duration.count;
}

/* A leap day in every fourth year at most; the first counts at once. */
static int64_t longest_days(int64_t months)
{
	int64_t years = months / 12;

	return years * 365 + (years + 3) / 4 + longest_months[months % 12];
}

/* Leap days are left out: eight years can pass without one. */
static int64_t shortest_days(int64_t months)
{
	return months / 12 * 365 + shortest_months[months % 12];
}

/* Seconds of what is elapsed time, days of what is calendar time; the other is 0. */
static int64_t elapsed(struct stp_duration duration)
{
	switch (duration.unit) {
	case STP_SECOND: return duration.count;
	case STP_MINUTE: return duration.count * MINUTE;
	case STP_HOUR: return duration.count * HOUR;
	default: return 0;
	}
}

static int64_t calendar_days(struct stp_duration duration, bool longest)
{
	switch (duration.unit) {
	case STP_DAY: return duration.count;
	case STP_WEEK: return 7 * (int64_t)duration.count;
	case STP_MONTH:
	case STP_YEAR:
		return longest ? longest_days(months_of(duration))
			       : shortest_days(months_of(duration));
	default: return 0;
	}
}

int64_t stp_floor_seconds(struct stp_duration duration)
{
	if (duration.count == 0 || duration.unit <= STP_HOUR)
		return elapsed(duration);
	return calendar_days(duration, true) * DAY + 25 * HOUR;
}

/* A client knows the date of an event and not its hour: it may have lasted until the next day. */
int64_t stp_wait_seconds(struct stp_duration duration)
{
	return duration.count == 0 ? 0 : stp_interval_seconds(duration) + 25 * HOUR;
}

int64_t stp_ceiling_seconds(struct stp_duration duration)
{
	return elapsed(duration) + calendar_days(duration, false) * DAY;
}

int64_t stp_interval_seconds(struct stp_duration duration)
{
	return elapsed(duration) + calendar_days(duration, true) * DAY;
}

int stp_duration_compare(struct stp_duration one, struct stp_duration other)
{
	int64_t left = stp_ceiling_seconds(one), right = stp_ceiling_seconds(other);

	if (left != right)
		return left < right ? -1 : 1;
	return (int)one.unit - (int)other.unit;
}
