/* SPDX-License-Identifier: Apache-2.0 */
/*
 * See time_zones.h. A rule is read anew whenever it is asked: it is thirty bytes, and a sheet asks
 * a few dozen times. Its form is that of POSIX (Base Definitions, 8.3, TZ): names of standard and
 * summer time with their offsets, west of Greenwich positive; then the two changes of a year as
 * Mmonth.week.weekday/hour, on the clock that shows before the change.
 */
#include "emit/time_zones.h"

#include <string.h>

static const struct stp_time_zone zones[] = {
#define STP_TIME_ZONE(name, rule) { name, rule },
#include "emit/time_zones.def"
#undef STP_TIME_ZONE
};

#define ZONES (sizeof zones / sizeof *zones)

const struct stp_time_zone *stp_find_time_zone(const char *name)
{
	for (size_t i = 0; i < ZONES; i++)
		if (strcmp(zones[i].name, name) == 0)
			return &zones[i];
	return NULL;
}

const char *stp_nearest_time_zone(struct stp_context *context, const char *name)
{
	const char **names = stp_alloc_array(context, ZONES, sizeof *names);

	for (size_t i = 0; i < ZONES; i++)
		names[i] = zones[i].name;
	return stp_nearest(name, names, ZONES);
}

/* ---- reading a rule ---- */

/* The last week of a month is week 5. */
struct change {
	int month, week, weekday; /* weekday 0: Sunday */
	int64_t second;           /* of that day's clock; may be negative or beyond the day */
};

struct rule {
	int64_t standard, summer; /* seconds to add to universal time */
	bool changes;
	struct change to_summer, to_standard;
};

static const char *skip_name(const char *at)
{
	if (*at == '<')
		return strchr(at, '>') + 1;
	while ((*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z'))
		at++;
	return at;
}

static int read_number(const char **at)
{
	int number = 0;

	for (; **at >= '0' && **at <= '9'; (*at)++)
		number = number * 10 + (**at - '0');
	return number;
}

/* [-]hours[:minutes], in seconds. */
static int64_t read_time(const char **at)
{
	bool negative = **at == '-';

	*at += negative || **at == '+';
	int64_t seconds = read_number(at) * INT64_C(3600);
	if (**at == ':') {
		(*at)++;
		seconds += read_number(at) * INT64_C(60);
	}
	return negative ? -seconds : seconds;
}

/* ,Mmonth.week.weekday[/time]; two in the morning unless said. */
static struct change read_change(const char **at)
{
	struct change change = { .second = 2 * 3600 };

	*at += strlen(",M");
	change.month = read_number(at);
	(*at)++;
	change.week = read_number(at);
	(*at)++;
	change.weekday = read_number(at);
	if (**at == '/') {
		(*at)++;
		change.second = read_time(at);
	}
	return change;
}

static struct rule read_rule(const char *text)
{
	struct rule rule = { .changes = false };
	const char *at = skip_name(text);

	rule.standard = -read_time(&at);
	if (*at == '\0')
		return rule;
	rule.changes = true;
	at = skip_name(at);
	rule.summer = *at == ',' ? rule.standard + 3600 : -read_time(&at);
	rule.to_summer = read_change(&at);
	rule.to_standard = read_change(&at);
	return rule;
}

/* ---- a year's changes ---- */

/* The second, on the clock before the change, at which it comes in a year. */
static int64_t change_second(const struct change *change, unsigned year)
{
	struct stp_date first = { (uint16_t)year, (uint8_t)change->month, 1 };
	struct stp_date next = { (uint16_t)(year + (change->month == 12)),
				 (uint8_t)(change->month % 12 + 1), 1 };
	int64_t day = stp_day_from_date(first);
	int64_t end = stp_day_from_date(next);
	int weekday = (int)stp_weekday(day) % 7;

	day += (change->weekday - weekday + 7) % 7 + 7 * (change->week - 1);
	while (day >= end)
		day -= 7;
	return day * STP_DAY_SECONDS + change->second;
}

int64_t stp_zone_offset(const struct stp_time_zone *zone, int64_t second)
{
	struct rule rule = read_rule(zone->rule);

	if (!rule.changes)
		return rule.standard;
	unsigned year = stp_date_from_day((second + rule.standard) / STP_DAY_SECONDS).year;
	int64_t to_summer = change_second(&rule.to_summer, year) - rule.standard;
	int64_t to_standard = change_second(&rule.to_standard, year) - rule.summer;
	bool in_summer = to_summer < to_standard ? second >= to_summer && second < to_standard
						 : second >= to_summer || second < to_standard;
	return in_summer ? rule.summer : rule.standard;
}

/* ---- wall clocks ---- */

/* Universal time of a wall clock's moment: the earlier or the later one, where there are two. */
static int64_t universal(const struct stp_time_zone *zone, struct stp_moment moment, bool earlier)
{
	struct rule rule = read_rule(zone->rule);
	int64_t least = rule.changes && rule.summer < rule.standard ? rule.summer : rule.standard;
	int64_t most = rule.changes && rule.summer > rule.standard ? rule.summer : rule.standard;
	int64_t first = moment.seconds - most, second = moment.seconds - least;

	if (earlier)
		return stp_zone_offset(zone, first) == most ? first : second;
	return stp_zone_offset(zone, second) == least ? second : first;
}

bool stp_moment_exists(const struct stp_time_zone *zone, struct stp_moment moment)
{
	int64_t second = universal(zone, moment, false);

	return second + stp_zone_offset(zone, second) == moment.seconds;
}

struct stp_moment stp_moment_after(const struct stp_time_zone *zone, struct stp_moment moment,
				   int64_t seconds)
{
	bool before = seconds < 0;
	int64_t second = universal(zone, moment, before) + seconds;
	struct stp_moment shown = { second + stp_zone_offset(zone, second) };

	/* Where a reader could take it for the other time that the clock shows so, beyond that. */
	shown.seconds += second - universal(zone, shown, !before);
	return shown;
}
