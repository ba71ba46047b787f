/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The day of today: the one place where the program looks at a clock. Only warnings depend on it,
 * and `--today` takes its place.
 */
#include <time.h>

#include "emit/calendar_dates.h"
#include "program.h"

#define NOWHERE ((struct stp_span){ 0, 0, 0 })

static uint32_t clock_day(void)
{
	time_t now = time(NULL);
	struct tm day;

	if (now == (time_t)-1 || localtime_r(&now, &day) == NULL)
		return 0;
	return STP_DAY_NUMBER(day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

/* "2026-11-21"; 0: it is not written like that, or no such day. */
static uint32_t read_day(struct stp_context *context, const char *text)
{
	struct stp_moment midnight;
	struct stp_date day;

	if (!stp_moment_parse(stp_format(context, "%sT00:00", text), &midnight))
		return 0;
	day = stp_date_from_day(stp_moment_day(midnight));
	return STP_DAY_NUMBER(day.year, day.month, day.day);
}

uint32_t stp_read_today(struct stp_context *context, const struct stp_arguments *arguments)
{
	const char *said = arguments->values[STP_O_TODAY];
	uint32_t day = said == NULL ? clock_day() : read_day(context, said);

	if (said != NULL && day == 0)
		stp_help(context,
			 stp_report(context, STP_D_unknown_choice, NOWHERE, "%s is no day", said),
			 "write it like 2026-11-21");
	return day;
}
