/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exact calendar arithmetic. A year is taken to begin in March, so that the leap day is its last:
 * the days before a month are then one linear formula, and 400 years are always 146097 days.
 */
#include "emit/calendar_dates.h"

#include <string.h>

#define DAYS_IN_ERA   146097 /* days in 400 years */
#define DAYS_TO_EPOCH 719468 /* from 1 March of the year 0 to 1 January 1970 */

int64_t stp_day_from_date(struct stp_date date)
{
	int64_t year = date.month > 2 ? date.year : date.year - 1;
	int64_t era = year / 400;
	int64_t year_of_era = year - era * 400;
	int64_t month = (date.month + 9) % 12; /* March is 0 */
	int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
	int64_t leap_days = year_of_era / 4 - year_of_era / 100;

	return era * DAYS_IN_ERA + year_of_era * 365 + leap_days + day_of_year - DAYS_TO_EPOCH;
}

struct stp_date stp_date_from_day(int64_t day)
{
	int64_t shifted = day + DAYS_TO_EPOCH;
	int64_t era = shifted / DAYS_IN_ERA;
	int64_t day_of_era = shifted - era * DAYS_IN_ERA;
	int64_t leap_days = day_of_era / 1460 - day_of_era / 36524 + day_of_era / 146096;
	int64_t year_of_era = (day_of_era - leap_days) / 365;
	int64_t day_of_year =
		day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t month = (5 * day_of_year + 2) / 153; /* March is 0 */
	int64_t year = era * 400 + year_of_era + (month >= 10 ? 1 : 0);

	return (struct stp_date){
		.year = (uint16_t)year,
		.month = (uint8_t)(month < 10 ? month + 3 : month - 9),
		.day = (uint8_t)(day_of_year - (153 * month + 2) / 5 + 1),
	};
}

unsigned stp_weekday(int64_t day)
{
	/* 1 January 1970 was a Thursday. */
	return (unsigned)((day + 3) % 7) + 1;
}

int64_t stp_moment_day(struct stp_moment moment)
{
	return moment.seconds / STP_DAY_SECONDS;
}

int64_t stp_moment_second_of_day(struct stp_moment moment)
{
	return moment.seconds % STP_DAY_SECONDS;
}

/* The digits of text where shape has '0'; every other character must be as in shape. */
static bool has_shape(const char *text, const char *shape)
{
	if (strlen(text) != strlen(shape))
		return false;
	for (; *shape; shape++, text++) {
		bool digit = *text >= '0' && *text <= '9';

		if (*shape == '0' ? !digit : *text != *shape)
			return false;
	}
	return true;
}

static int number(const char *digits, int count)
{
	int value = 0;

	for (int i = 0; i < count; i++)
		value = value * 10 + (digits[i] - '0');
	return value;
}

static bool same_date(struct stp_date a, struct stp_date b)
{
	return a.year == b.year && a.month == b.month && a.day == b.day;
}

bool stp_moment_parse(const char *text, struct stp_moment *moment)
{
	if (!has_shape(text, "0000-00-00T00:00"))
		return false;
	struct stp_date date = {
		.year = (uint16_t)number(text, 4),
		.month = (uint8_t)number(text + 5, 2),
		.day = (uint8_t)number(text + 8, 2),
	};
	int hour = number(text + 11, 2);
	int minute = number(text + 14, 2);

	if (date.year < 2000 || date.month < 1 || date.month > 12 || hour > 23 || minute > 59)
		return false;
	/* A day that the month does not have comes back as another date. */
	int64_t day = stp_day_from_date(date);
	if (date.day < 1 || !same_date(date, stp_date_from_day(day)))
		return false;
	moment->seconds = day * STP_DAY_SECONDS + hour * 3600 + minute * 60;
	return true;
}
