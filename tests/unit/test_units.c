/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Quantities and times: what is written comes out as exactly that many micrometres, seconds or
 * rpm, or is refused; and each kind of second count takes its safe side.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "model_source.h"

#define DAY  INT64_C(86400)
#define HOUR INT64_C(3600)

/* A ceiling in a zone, which takes any length; 0 when it was refused. */
static uint32_t length_of(const char *written)
{
	struct stp_context context;
	const struct stp_model *model;
	uint32_t um;

	stp_context_init(&context, NULL);
	if (STP_GUARD(&context))
		fail_msg("out of memory");
	model = resolve_text(&context, stp_format(&context,
						  "source s { grade A }\n"
						  "zone z { ceiling %s for pen cites s }\n",
						  written));
	um = model->zones[0]->ceilings[STP_PEN].um;
	stp_context_free(&context);
	return um;
}

static void lengths_are_whole_micrometres(void **state)
{
	(void)state;
	assert_int_equal(length_of("0.5 mm"), 500);
	assert_int_equal(length_of("0.50000 mm"), 500);
	assert_int_equal(length_of("1.5mm"), 1500);
	assert_int_equal(length_of("500um"), 500);
	assert_int_equal(length_of("0.1 cm"), 1000);
	assert_int_equal(length_of("0.001 mm"), 1);
	assert_int_equal(length_of("65.534 mm"), 65534);
	assert_int_equal(length_of("65.535 mm"), 0);
	assert_int_equal(length_of("0.0005 mm"), 0);
	assert_int_equal(length_of("1.5 um"), 0);
	assert_int_equal(length_of("999999999999999 mm"), 0);
	assert_int_equal(length_of("0.5"), 0);
	assert_int_equal(length_of("5 h"), 0);
}

/* The rate of a device that turns at that rate alone. */
static uint32_t rate_of(const char *written)
{
	struct stp_context context;
	const struct stp_model *model;
	uint32_t rpm;

	stp_context_init(&context, NULL);
	if (STP_GUARD(&context))
		fail_msg("out of memory");
	model = resolve_text(&context,
			     stp_format(&context,
					"source s { grade A }\ndevice d { modality pen; cites s\n"
					"depth 1 mm; rate %s }\n",
					written));
	rpm = model->devices[0]->rate_low_rpm;
	stp_context_free(&context);
	return rpm;
}

static void rates_are_whole_rpm(void **state)
{
	(void)state;
	assert_int_equal(rate_of("7000 rpm"), 7000);
	assert_int_equal(rate_of("120 Hz"), 7200);
	assert_int_equal(rate_of("0.15 kHz"), 9000);
	assert_int_equal(rate_of("116.5 Hz"), 6990);
	assert_int_equal(rate_of("116.7 Hz"), 7002);
	assert_int_equal(rate_of("116.67 Hz"), 0);
	assert_int_equal(rate_of("7000.5 rpm"), 0);
	assert_int_equal(rate_of("7000 mm"), 0);
}

/* The advised wait of a protocol's only screening rule; count 0 when it was refused. */
static struct stp_duration wait_of(const char *written)
{
	struct stp_context context;
	const struct stp_model *model;
	struct stp_duration wait = { 0, STP_SECOND };

	stp_context_init(&context, NULL);
	if (STP_GUARD(&context))
		fail_msg("out of memory");
	model = resolve_text(
		&context, stp_format(&context,
				     "source s { grade A }\ncondition c { asks \"C?\"; if \"c\" }\n"
				     "protocol p { screen { wait %s after c cites s } }\n",
				     written));
	if (model->protocols[0]->screen_count == 1)
		wait = model->protocols[0]->screens[0].wait;
	stp_context_free(&context);
	return wait;
}

static void assert_wait(const char *written, uint32_t count, enum stp_time_unit unit)
{
	struct stp_duration wait = wait_of(written);

	assert_int_equal(wait.count, count);
	if (count > 0)
		assert_int_equal(wait.unit, unit);
}

static void times_keep_their_unit(void **state)
{
	(void)state;
	assert_wait("48 h", 48, STP_HOUR);
	assert_wait("1.5 h", 90, STP_MINUTE);
	assert_wait("0.5 min", 30, STP_SECOND);
	assert_wait("0.01 h", 36, STP_SECOND);
	assert_wait("6 weeks", 6, STP_WEEK);
	assert_wait("1 week", 1, STP_WEEK);
	assert_wait("6 months", 6, STP_MONTH);
	assert_wait("0.5 years", 6, STP_MONTH);
	assert_wait("1.5 days", 0, STP_DAY);
	assert_wait("1.5 months", 0, STP_MONTH);
	assert_wait("1.5 weeks", 0, STP_WEEK);
	assert_wait("0.3 s", 0, STP_SECOND);
	assert_wait("100001 days", 0, STP_DAY);
	assert_wait("5 mm", 0, STP_DAY);
	assert_wait("5", 0, STP_DAY);
}

static int64_t floor_of(uint32_t count, enum stp_time_unit unit)
{
	return stp_floor_seconds((struct stp_duration){ count, unit });
}

static int64_t ceiling_of(uint32_t count, enum stp_time_unit unit)
{
	return stp_ceiling_seconds((struct stp_duration){ count, unit });
}

static int64_t interval_of(uint32_t count, enum stp_time_unit unit)
{
	return stp_interval_seconds((struct stp_duration){ count, unit });
}

static void hours_are_elapsed_time(void **state)
{
	(void)state;
	assert_int_equal(floor_of(48, STP_HOUR), 48 * HOUR);
	assert_int_equal(ceiling_of(48, STP_HOUR), 48 * HOUR);
	assert_int_equal(floor_of(90, STP_MINUTE), 5400);
	assert_int_equal(floor_of(0, STP_DAY), 0);
}

static void days_last_to_their_end(void **state)
{
	(void)state;
	assert_int_equal(floor_of(5, STP_DAY), 5 * DAY + 25 * HOUR);
	assert_int_equal(floor_of(2, STP_WEEK), 14 * DAY + 25 * HOUR);
	assert_int_equal(ceiling_of(5, STP_DAY), 5 * DAY);
	assert_int_equal(interval_of(4, STP_WEEK), 28 * DAY);
}

/* Days in a month of a year, without the century rule: 1904 to 2096 know no exception. */
static int days_in(int month, int year)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return days[month] + (month == 1 && year % 4 == 0);
}

/* By counting them out from every month of four years. */
static void count_months(int months, int *shortest, int *longest)
{
	*shortest = 1 << 30;
	*longest = 0;
	for (int start = 0; start < 48; start++) {
		int days = 0;

		for (int i = start; i < start + months; i++)
			days += days_in(i % 12, 2001 + i / 12);
		*shortest = days < *shortest ? days : *shortest;
		*longest = days > *longest ? days : *longest;
	}
}

static void months_are_as_long_or_short_as_they_can_be(void **state)
{
	(void)state;
	for (int months = 1; months <= 48; months++) {
		int shortest, longest;

		count_months(months, &shortest, &longest);
		assert_int_equal(interval_of((uint32_t)months, STP_MONTH), longest * DAY);
		assert_int_equal(floor_of((uint32_t)months, STP_MONTH), longest * DAY + 25 * HOUR);
		/* Years without a leap day make it shorter still, over the turn of a century. */
		assert_true(ceiling_of((uint32_t)months, STP_MONTH) <= shortest * DAY);
		assert_true(ceiling_of((uint32_t)months, STP_MONTH) >= (shortest - 1) * DAY);
	}
	assert_int_equal(ceiling_of(1, STP_MONTH), 28 * DAY);
	assert_int_equal(ceiling_of(3, STP_MONTH), 89 * DAY);
	assert_int_equal(interval_of(1, STP_YEAR), 366 * DAY);
	assert_int_equal(ceiling_of(2, STP_YEAR), 730 * DAY);
}

static void durations_have_an_order(void **state)
{
	const struct stp_duration day = { 1, STP_DAY }, hours = { 24, STP_HOUR },
				  week = { 1, STP_WEEK };

	(void)state;
	assert_true(stp_duration_compare(hours, week) < 0);
	assert_true(stp_duration_compare(week, day) > 0);
	assert_true(stp_duration_compare(hours, day) < 0);
	assert_int_equal(stp_duration_compare(day, day), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lengths_are_whole_micrometres),
		cmocka_unit_test(rates_are_whole_rpm),
		cmocka_unit_test(times_keep_their_unit),
		cmocka_unit_test(hours_are_elapsed_time),
		cmocka_unit_test(days_last_to_their_end),
		cmocka_unit_test(months_are_as_long_or_short_as_they_can_be),
		cmocka_unit_test(durations_have_an_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
