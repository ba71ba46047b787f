/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The day of today: the one place where the program looks at a clock. Only warnings depend on it,
 * and `--today` takes its place.
 */
#include <string.h>
#include <time.h>

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

/* "2026-11-21"; 0: it is not written like that. */
static uint32_t read_day(const char *text)
{
	static const char form[] = "dddd-dd-dd";
	uint32_t day = 0;

	if (strlen(text) != strlen(form))
		return 0;
	for (size_t i = 0; form[i] != '\0'; i++) {
		if (form[i] == '-' ? text[i] != '-' : text[i] < '0' || text[i] > '9')
			return 0;
		if (form[i] == 'd')
			day = day * 10 + (uint32_t)(text[i] - '0');
	}
	return day;
}

uint32_t stp_read_today(struct stp_context *context, const struct stp_arguments *arguments)
{
	const char *said = arguments->values[STP_O_TODAY];
	uint32_t day = said == NULL ? clock_day() : read_day(said);

	if (said != NULL && day == 0)
		stp_help(context,
			 stp_report(context, STP_D_unknown_choice, NOWHERE, "%s is no day", said),
			 "write it like 2026-11-21");
	return day;
}
