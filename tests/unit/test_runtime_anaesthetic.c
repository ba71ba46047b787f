/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The anaesthetic: not skipped, on for long enough and not too long, and no more of it than the
 * protocol allows, in all and on so large an area.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../runtime/src/session_call.h"
#include "session_ward.h"

static void test_anaesthetic_is_not_skipped(void **state)
{
	struct ward *ward = *state;

	ward_prepare(ward);
	REFUSED(ward, ANAESTHETIC_MISSING,
		stipple_enter_zone(AT(ward), bench_zone(ward->bench, "cheeks"), 0));
	ALLOWED(stipple_apply_anaesthetic(AT(ward), 0, 0));
	ward_pass_time(ward, 60 * MINUTE);
	REFUSED(ward, ANAESTHETIC_STILL_ON,
		stipple_enter_zone(AT(ward), bench_zone(ward->bench, "cheeks"), 0));
}

static void test_anaesthetic_least_time(void **state)
{
	struct ward *ward = *state;

	ward_prepare(ward);
	ALLOWED(stipple_apply_anaesthetic(AT(ward), 0, 0));
	ward_pass_time(ward, 60 * MINUTE - 1);
	REFUSED(ward, ANAESTHETIC_TOO_SHORT, stipple_remove_anaesthetic(AT(ward)));
	assert_int_equal(ward->treatment.answer.until, ward->now.wall + 1);
	ward->now.wall++; /* the clock that shows less counts */
	REFUSED(ward, ANAESTHETIC_TOO_SHORT, stipple_remove_anaesthetic(AT(ward)));
	ward->now.uptime++;
	ALLOWED(stipple_remove_anaesthetic(AT(ward)));
}

static void test_anaesthetic_longest_time(void **state)
{
	struct ward *ward = *state;

	ward_prepare(ward);
	ALLOWED(stipple_apply_anaesthetic(AT(ward), 0, 0));
	ward_pass_time(ward, 120 * MINUTE);
	ward->now.uptime++; /* the clock that shows more counts */
	REFUSED(ward, ANAESTHETIC_TOO_LONG, stipple_remove_anaesthetic(AT(ward)));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ABORTED);
}

static void test_anaesthetic_amount(void **state)
{
	struct ward *ward = *state;

	fixture_protocol(ward->bench->model)->anaesthetic.amount_limit_mg = 60000;
	fixture_protocol(ward->bench->model)->anaesthetic.area_limit_mm2 = 40000;
	table_bench_rebuild(ward->bench);
	ward_verify(ward);
	ward_prepare(ward);
	REFUSED(ward, ABOVE_LIMIT, stipple_apply_anaesthetic(AT(ward), 60001, 1));
	REFUSED(ward, ABOVE_LIMIT, stipple_apply_anaesthetic(AT(ward), 1, 40001));
	REFUSED(ward, UNANSWERED, stipple_apply_anaesthetic(AT(ward), 0, 1));
	REFUSED(ward, UNANSWERED, stipple_apply_anaesthetic(AT(ward), 1, 0));
	ALLOWED(stipple_apply_anaesthetic(AT(ward), 60000, 40000));
	assert_int_equal(ward_record(ward)->asked, 60000);
	assert_int_equal(ward_record(ward)->limit_least, 40000);
	assert_int_equal(ward_record(ward)->limit_most, 60000);
}

static uint32_t apply(struct ward *ward, uint32_t amount, uint32_t area)
{
	uint32_t verdict = stipple_apply_anaesthetic(AT(ward), amount, area);

	if (verdict == STIPPLE_ALLOWED)
		ward->work.session.state = STIPPLE_STATE_PREPARED; /* and again */
	stipple_seal_bytes(&ward->work.session, ward->treatment.session_bytes);
	return verdict;
}

/* A gram and a half on ten square centimetres: 150 mg on each, whatever the area. */
static void test_anaesthetic_on_its_area(void **state)
{
	static const uint32_t areas[] = { 1, 99, 100, 1000, 65535 };
	struct ward *ward = *state;

	fixture_protocol(ward->bench->model)->anaesthetic.dose_mg = 1500;
	fixture_protocol(ward->bench->model)->anaesthetic.dose_mm2 = 1000;
	table_bench_rebuild(ward->bench);
	ward_verify(ward);
	ward_prepare(ward);
	for (size_t i = 0; i < sizeof areas / sizeof areas[0]; i++) {
		uint32_t most = areas[i] * 150u / 100u;

		ALLOWED(apply(ward, most, areas[i]));
		REFUSED(ward, ABOVE_LIMIT, apply(ward, most + 1, areas[i]));
		REFUSED(ward, ABOVE_LIMIT, apply(ward, 0xFFFFFFFFu, areas[i]));
		REFUSED(ward, ABOVE_LIMIT, apply(ward, 42949673u, areas[i]));
	}
	REFUSED(ward, ABOVE_LIMIT, apply(ward, 98303, 0xFFFFFFFFu)); /* counts as 65535 mm2 */
	ALLOWED(apply(ward, 98302, 0xFFFFFFFFu));
	assert_int_equal(ward_record(ward)->asked, 65535);
	assert_int_equal(ward_record(ward)->limit_least, 65535);
	REFUSED(ward, UNANSWERED, apply(ward, 0, 100));
	REFUSED(ward, UNANSWERED, apply(ward, 100, 0));
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, ward_setup, ward_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_anaesthetic_is_not_skipped), CASE(test_anaesthetic_least_time),
		CASE(test_anaesthetic_longest_time),   CASE(test_anaesthetic_amount),
		CASE(test_anaesthetic_on_its_area),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
