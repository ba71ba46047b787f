/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dates of the Gregorian calendar and moments of a local wall clock, as whole numbers: days and
 * seconds since 1970-01-01T00:00 on that clock. No locale, no time zone, no C library.
 */
#ifndef STP_CALENDAR_DATES_H
#define STP_CALENDAR_DATES_H

#include "model/model.h"

#define STP_DAY_SECONDS 86400

struct stp_moment {
	int64_t seconds; /* since 1970-01-01T00:00 on the wall clock of the place */
};

/*
 * Reads YYYY-MM-DDTHH:MM, years 2000 to 9999. False when the text is anything else or names a day
 * that the calendar does not have; the moment is then untouched.
 */
bool stp_moment_parse(const char *text, struct stp_moment *);

/* The day that a moment lies on, and the seconds since that day began. */
int64_t stp_moment_day(struct stp_moment);
int64_t stp_moment_second_of_day(struct stp_moment);

int64_t stp_day_from_date(struct stp_date);
struct stp_date stp_date_from_day(int64_t day); /* day from 0 on */
unsigned stp_weekday(int64_t day);              /* 1 Monday to 7 Sunday */

#endif
