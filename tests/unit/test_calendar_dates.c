/* SPDX-License-Identifier: Apache-2.0 */
/* Dates and moments: compared with a calendar that counts one day after the other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "emit/calendar_dates.h"

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_length(int year, int month)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return lengths[month - 1] + (month == 2 && is_leap(year));
}

static void check_day(int64_t day, int year, int month, int month_day)
{
	struct stp_date date = stp_date_from_day(day);

	assert_int_equal(date.year, year);
	assert_int_equal(date.month, month);
	assert_int_equal(date.day, month_day);
	assert_int_equal(stp_day_from_date(date), day);
	assert_int_equal(stp_weekday(day), (day + 3) % 7 + 1); /* a Thursday at first */
}

static void every_day_of_nine_centuries(void **state)
{
	int64_t day = 0;

	(void)state;
	for (int year = 1970; year < 2900; year++)
		for (int month = 1; month <= 12; month++)
			for (int i = 1; i <= month_length(year, month); i++)
				check_day(day++, year, month, i);
}

static void the_last_day(void **state)
{
	(void)state;
	check_day(2932896, 9999, 12, 31);
}

static void a_moment_is_read(void **state)
{
	struct stp_moment moment;

	(void)state;
	assert_true(stp_moment_parse("2026-12-01T10:30", &moment));
	assert_int_equal(stp_moment_second_of_day(moment), 10 * 3600 + 30 * 60);
	check_day(stp_moment_day(moment), 2026, 12, 1);
	assert_int_equal(stp_weekday(stp_moment_day(moment)), 2);
	assert_true(stp_moment_parse("2028-02-29T00:00", &moment));
	assert_int_equal(stp_moment_second_of_day(moment), 0);
}

static void what_is_no_moment_is_refused(void **state)
{
	static const char *const bad[] = {
		"",
		"2026-12-01",
		"2026-12-01 10:00",
		"2026-12-01T10:00:00",
		"2026-12-01T10:0",
		"2026-13-01T10:00",
		"2026-00-01T10:00",
		"2026-02-29T10:00",
		"2026-04-31T10:00",
		"2026-12-00T10:00",
		"2026-12-01T24:00",
		"2026-12-01T10:60",
		"1999-12-01T10:00",
		"20x6-12-01T10:00",
		"+026-12-01T10:00",
	};
	struct stp_moment moment = { 42 };

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(stp_moment_parse(bad[i], &moment));
	assert_int_equal(moment.seconds, 42);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_day_of_nine_centuries),
		cmocka_unit_test(the_last_day),
		cmocka_unit_test(a_moment_is_read),
		cmocka_unit_test(what_is_no_moment_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
