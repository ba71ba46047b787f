/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A wait after something in the past: the date on the sheet is the one that the device takes, for a
 * visit on any day of four years, with clocks that change and without. Language reference, "Time".
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "emit/sheet.h"
#include "emit/time_zones.h"
#include "fixture_sheet.h"

static const struct stp_duration waits[] = {
	{ 48, STP_HOUR },  { 1, STP_DAY },   { 14, STP_DAY },   { 6, STP_WEEK },
	{ 1, STP_MONTH },  { 2, STP_MONTH }, { 3, STP_MONTH },  { 6, STP_MONTH },
	{ 11, STP_MONTH }, { 1, STP_YEAR },  { 18, STP_MONTH }, { 2, STP_YEAR },
};

static const char *const zones[] = { NULL, "Europe/London", "America/New_York", "Asia/Kolkata" };

struct visits {
	struct sheet_fixture *fixture;
	struct stp_context context;
	struct stp_sheet sheet;
	struct stp_moment moment;
};

static void begin(struct visits *visits, const char *zone)
{
	stp_context_init(&visits->context, NULL);
	visits->context.guarded = true;
	visits->fixture = sheet_fixture(&visits->context);
	visits->fixture->clinic.time_zone = zone;
	visits->fixture->options.visit = &visits->moment;
	assert_true(stp_moment_parse("2027-01-01T10:00", &visits->moment));
	assert_true(stp_sheet_begin(&visits->sheet, &visits->context, &visits->fixture->model,
				    &visits->fixture->protocol, &visits->fixture->options));
}

/* What a device's clock says, in seconds, when the clinic's clocks show this. */
static int64_t device_clock(const struct stp_time_zone *zone, int64_t wall)
{
	int64_t second = wall;

	for (int i = 0; zone && i < 3; i++)
		second = wall - stp_zone_offset(zone, second);
	return second;
}

/* As stipple_answer_event decides, asked with the begin of the event's date. */
static bool device_takes(const struct visits *visits, int64_t date, struct stp_duration wait)
{
	const struct stp_time_zone *zone = visits->sheet.zone;
	int64_t ago = device_clock(zone, visits->moment.seconds) -
		      device_clock(zone, date * STP_DAY_SECONDS);

	return ago >= stp_wait_seconds(wait);
}

/* The last date that the sheet lets an event have had: the one before the date that it names. */
static int64_t date_on_the_sheet(const struct visits *visits, int64_t near,
				 struct stp_duration wait)
{
	const char *words = stp_wait_date_words(&visits->sheet, wait);
	int64_t visit_day = stp_moment_day(visits->moment);

	for (int64_t date = near - 4; date < near + 8; date++)
		if (strcmp(words, stp_visit_date_words(&visits->sheet, date - visit_day)) == 0)
			return date - 1;
	fail_msg("no date: %s", words);
	return 0;
}

static int64_t months_later(int64_t day, unsigned months)
{
	struct stp_date date = stp_date_from_day(day);
	unsigned month = date.month - 1u + months;
	struct stp_date first = { (uint16_t)(date.year + month / 12), (uint8_t)(month % 12 + 1),
				  1 };

	return stp_day_from_date(first) + date.day - 1;
}

/* The day on which the wait is over as a diary has it; what spills over a short month counts. */
static int64_t over_by_the_diary(int64_t day, struct stp_duration wait)
{
	switch (wait.unit) {
	case STP_HOUR: return day + (wait.count + 23) / 24;
	case STP_DAY: return day + wait.count;
	case STP_WEEK: return day + 7 * (int64_t)wait.count;
	case STP_YEAR: return months_later(day, 12 * wait.count);
	default: return months_later(day, wait.count);
	}
}

static void check_visit(const struct visits *visits, struct stp_duration wait)
{
	int64_t visit_day = stp_moment_day(visits->moment);
	int64_t near = visit_day - stp_wait_seconds(wait) / STP_DAY_SECONDS;
	int64_t last = date_on_the_sheet(visits, near, wait);

	assert_true(device_takes(visits, last, wait));
	assert_false(device_takes(visits, last + 1, wait));
	assert_true(over_by_the_diary(last, wait) < visit_day);
}

static void sheet_and_device_name_the_same_date(void **state)
{
	static const int64_t hours[] = { 0, 10, 19 }; /* no clock shows these twice */

	(void)state;
	for (size_t zone = 0; zone < sizeof zones / sizeof *zones; zone++) {
		struct visits visits;

		begin(&visits, zones[zone]);
		for (int64_t day = stp_moment_day(visits.moment), end = day + 1461; day < end;
		     day++)
			for (size_t i = 0; i < sizeof waits / sizeof *waits; i++) {
				visits.moment.seconds =
					day * STP_DAY_SECONDS + hours[(size_t)day % 3] * 3600;
				check_visit(&visits, waits[i]);
			}
		stp_context_free(&visits.context);
	}
}

/* Without a change of clocks the date is that of a diary, and of no day more, for whole days. */
static void days_are_those_of_a_diary(void **state)
{
	struct visits visits;

	(void)state;
	begin(&visits, NULL);
	int64_t visit_day = stp_moment_day(visits.moment);
	assert_int_equal(
		date_on_the_sheet(&visits, visit_day - 14, (struct stp_duration){ 14, STP_DAY }),
		visit_day - 15);
	assert_int_equal(
		date_on_the_sheet(&visits, visit_day - 31, (struct stp_duration){ 1, STP_MONTH }),
		visit_day - 32);
	assert_int_equal(
		date_on_the_sheet(&visits, visit_day - 2, (struct stp_duration){ 48, STP_HOUR }),
		visit_day - 3);
	stp_context_free(&visits.context);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sheet_and_device_name_the_same_date),
		cmocka_unit_test(days_are_those_of_a_diary),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
