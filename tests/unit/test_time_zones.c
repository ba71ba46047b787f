/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Wall clocks over changes of summer time: known changes, and every zone against the system's data.
 */
#define _DEFAULT_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "emit/time_zones.h"

struct passing {
	const char *zone, *from;
	int hours;
	const char *to;
};

static const struct passing passings[] = {
	/* Clocks go forward on 29 March 2026 at 1:00 in London, back on 25 October at 2:00. */
	{ "Europe/London", "2026-03-28T10:00", 24, "2026-03-29T11:00" },
	{ "Europe/London", "2026-10-24T10:00", 24, "2026-10-25T09:00" },
	{ "Europe/London", "2026-12-01T10:00", 24, "2026-12-02T10:00" },
	{ "Europe/London", "2026-03-29T00:30", 1, "2026-03-29T02:30" },
	{ "Europe/London", "2026-03-30T10:00", -48, "2026-03-28T09:00" },
	{ "Europe/London", "2026-10-25T01:30", 1, "2026-10-25T02:30" },  /* the second 1:30 */
	{ "Europe/London", "2026-10-25T01:30", -1, "2026-10-25T00:30" }, /* the first 1:30 */
	{ "Europe/London", "2026-10-25T01:30", -24, "2026-10-24T01:30" },
	{ "Europe/London", "2026-10-25T01:30", 24, "2026-10-26T01:30" },
	/* The end is the first 1:30, then the second, which nobody could tell from the first. */
	{ "Europe/London", "2026-10-24T13:30", 12, "2026-10-25T01:30" },
	{ "Europe/London", "2026-10-24T13:30", 13, "2026-10-25T02:30" },
	{ "Europe/London", "2026-10-25T13:30", -12, "2026-10-25T01:30" },
	{ "Europe/London", "2026-10-25T13:30", -13, "2026-10-25T00:30" },
	{ "Europe/Berlin", "2027-03-27T12:00", 24, "2027-03-28T13:00" },
	{ "America/New_York", "2026-03-07T10:00", 24, "2026-03-08T11:00" },
	{ "America/New_York", "2026-10-31T10:00", 24, "2026-11-01T09:00" },
	/* Ireland's rule has its winter time as the exception. */
	{ "Europe/Dublin", "2026-10-24T10:00", 24, "2026-10-25T09:00" },
	{ "Europe/Dublin", "2026-03-28T10:00", 24, "2026-03-29T11:00" },
	/* The south, over the turn of the year; and half an hour only. */
	{ "Australia/Sydney", "2026-12-31T23:30", 1, "2027-01-01T00:30" },
	{ "Australia/Sydney", "2026-10-03T12:00", 24, "2026-10-04T13:00" },
	{ "Australia/Lord_Howe", "2026-10-03T12:00", 24, "2026-10-04T12:30" },
	{ "Asia/Kolkata", "2026-03-28T10:00", 24, "2026-03-29T10:00" },
};

static struct stp_moment moment(const char *text)
{
	struct stp_moment read;

	assert_true(stp_moment_parse(text, &read));
	return read;
}

static void hours_pass_over_a_change(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof passings / sizeof *passings; i++) {
		const struct passing *each = &passings[i];
		struct stp_moment after =
			stp_moment_after(stp_find_time_zone(each->zone), moment(each->from),
					 each->hours * INT64_C(3600));

		if (after.seconds != moment(each->to).seconds)
			print_error("%s %s %+d h is not %s\n", each->zone, each->from, each->hours,
				    each->to);
		assert_true(after.seconds == moment(each->to).seconds);
	}
}

static void what_a_clock_leaps_over_is_no_time(void **state)
{
	const struct stp_time_zone *london = stp_find_time_zone("Europe/London");

	(void)state;
	assert_true(stp_moment_exists(london, moment("2026-03-29T00:59")));
	assert_false(stp_moment_exists(london, moment("2026-03-29T01:00")));
	assert_false(stp_moment_exists(london, moment("2026-03-29T01:59")));
	assert_true(stp_moment_exists(london, moment("2026-03-29T02:00")));
	assert_true(stp_moment_exists(london, moment("2026-10-25T01:30")));
}

static void names_are_known_or_near(void **state)
{
	struct stp_context context;

	(void)state;
	stp_context_init(&context, NULL);
	context.guarded = true;
	assert_null(stp_find_time_zone("Europe/Londn"));
	assert_null(stp_find_time_zone("Africa/Casablanca"));
	assert_string_equal(stp_nearest_time_zone(&context, "Europe/Londn"), "Europe/London");
	stp_context_free(&context);
}

/* The edition of the system's tz database, from its first line; empty where that is not known. */
static void system_edition(char edition[16])
{
	FILE *file = fopen("/usr/share/zoneinfo/tzdata.zi", "r");

	edition[0] = '\0';
	if (!file)
		return;
	if (fscanf(file, "# version %15s", edition) != 1)
		edition[0] = '\0';
	fclose(file);
}

/* Every six hours of three years. Returns whether both have the same time throughout. */
static bool as_the_system_has_it(const char *name)
{
	int64_t begin = moment("2027-01-01T00:00").seconds;
	char path[128];

	snprintf(path, sizeof path, ":%s", name);
	setenv("TZ", path, 1);
	tzset();
	for (int64_t at = begin; at < begin + 3 * 366 * INT64_C(86400); at += 6 * 3600) {
		time_t second = (time_t)at;
		struct tm local;

		localtime_r(&second, &local);
		if (stp_zone_offset(stp_find_time_zone(name), at) != local.tm_gmtoff)
			return false;
	}
	return true;
}

/*
 * Governments change their clocks every year, so a system with another edition of the database may
 * rightly differ in a few zones, which are printed.
 */
static void all_zones_are_as_the_system_has_them(void **state)
{
	static const char *const names[] = {
#define STP_TIME_ZONE(name, rule) name,
#include "emit/time_zones.def"
#undef STP_TIME_ZONE
	};
	char edition[16];
	size_t different = 0;

	(void)state;
	system_edition(edition);
	if (edition[0] == '\0')
		skip();
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (as_the_system_has_it(names[i]))
			continue;
		print_message("%s: %s here, another rule in the system's %s\n", names[i],
			      STP_TIME_ZONES_EDITION, edition);
		different++;
	}
	if (different > 0 && different < 20 && strcmp(edition, STP_TIME_ZONES_EDITION) != 0)
		skip();
	assert_int_equal(different, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hours_pass_over_a_change),
		cmocka_unit_test(what_a_clock_leaps_over_is_no_time),
		cmocka_unit_test(names_are_known_or_near),
		cmocka_unit_test(all_zones_are_as_the_system_has_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
