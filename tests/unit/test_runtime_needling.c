/* SPDX-License-Identifier: Apache-2.0 */
/* The session machine from the first zone on: settings, passes, permits, clocks, saving. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "session_ward.h"

/* ---- needling ---- */

static void test_zones(void **state)
{
	struct ward *ward = *state;

	ward_numb(ward);
	REFUSED(ward, ZONE_NEVER,
		stipple_enter_zone(AT(ward), bench_zone(ward->bench, "eyelids"), 0));
	REFUSED(ward, ZONE_NOT_NAMED,
		stipple_enter_zone(AT(ward), bench_zone(ward->bench, "face"), 0));
	REFUSED(ward, WRONG_STATE, stipple_set(AT(ward), STIPPLE_DEPTH, 500));
	assert_int_equal(ward_record(ward)->zone_key, 0);
	ward_enter(ward, "cheeks");
	assert_int_not_equal(ward_record(ward)->zone_key, 0);
	REFUSED(ward, WRONG_STATE, stipple_complete(AT(ward)));
	(void)stipple_set(AT(ward), STIPPLE_DEPTH, 800); /* first session: 750 */
	assert_int_not_equal(ward_record(ward)->zone_key, 0);
}

static void test_settings(void **state)
{
	struct ward *ward = *state;

	ward_numb(ward);
	ward_enter(ward, "forehead");
	REFUSED(ward, NO_PERMIT, stipple_begin_pass(AT(ward)));
	REFUSED(ward, ABOVE_LIMIT, stipple_set(AT(ward), STIPPLE_DEPTH, 1001));
	assert_int_equal(ward_record(ward)->asked, 1001);
	assert_int_equal(ward_record(ward)->limit_most, 1000);
	ALLOWED(stipple_set(AT(ward), STIPPLE_DEPTH, 750));
	assert_int_equal(ward->work.session.depth, 750);
	REFUSED(ward, NO_PERMIT, stipple_begin_pass(AT(ward)));
	ALLOWED(stipple_set(AT(ward), STIPPLE_PATTERNS, 0));
	REFUSED(ward, NOT_ALLOWED_PATTERN, stipple_set(AT(ward), STIPPLE_PATTERNS, 4));
	(void)stipple_set(AT(ward), STIPPLE_PASSES, 2);
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_CALL);
	(void)stipple_set(AT(ward), STIPPLE_DEPTH, 0x10000u + 500u);
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_CALL);
}

static uint32_t ask_for_900(struct ward *ward)
{
	(void)stipple_set(AT(ward), STIPPLE_DEPTH, 900);
	ward_assert(ward, STIPPLE_NEEDS_REASON, STIPPLE_REASON_ABOVE_RANGE);
	assert_int_not_equal(ward->treatment.answer.token, 0);
	return ward->treatment.answer.token;
}

static void test_confirmed_reason(void **state)
{
	struct ward *ward = *state;
	uint32_t token;

	ward_set_up_zone(ward);
	token = ask_for_900(ward);
	assert_int_equal(ward->work.session.depth, 500);
	ALLOWED(stipple_confirm(AT(ward), token, 42));
	ward_assert(ward, STIPPLE_ALLOWED, STIPPLE_REASON_NONE);
	assert_int_equal(ward->work.session.depth, 900);
	assert_int_equal(ward_record(ward)->given_reason, 42);
	assert_int_equal(ward_record(ward)->reason, STIPPLE_REASON_ABOVE_RANGE);
	REFUSED(ward, BAD_TOKEN, stipple_confirm(AT(ward), token, 42));
	ALLOWED(stipple_begin_pass(AT(ward)));
	ALLOWED(stipple_permit(AT(ward), 900, 6000));
	ALLOWED(stipple_end_pass(AT(ward)));
	ALLOWED(stipple_set(AT(ward), STIPPLE_DEPTH, 700));
	assert_int_equal(ward->work.session.marks & STIPPLE_MARK_DEPTH, 0);
}

static void test_token_is_bound(void **state)
{
	struct ward *ward = *state;
	uint32_t token;

	ward_set_up_zone(ward);
	token = ask_for_900(ward);
	REFUSED(ward, BAD_TOKEN, stipple_confirm(AT(ward), token ^ 1, 42));
	REFUSED(ward, BAD_TOKEN, stipple_confirm(AT(ward), token, 42));
	token = ask_for_900(ward);
	REFUSED(ward, BAD_TOKEN, stipple_confirm(AT(ward), token, 0));
	token = ask_for_900(ward);
	ALLOWED(stipple_set(AT(ward), STIPPLE_RATE, 6000)); /* voids it */
	REFUSED(ward, BAD_TOKEN, stipple_confirm(AT(ward), token, 42));
	REFUSED(ward, BAD_TOKEN, stipple_confirm(AT(ward), 0, 42));
	assert_int_equal(ward->work.session.depth, 500);
}

static void test_passes_are_counted(void **state)
{
	struct ward *ward = *state;

	ward_set_up_zone(ward);
	for (int i = 0; i < 4; i++) {
		ALLOWED(stipple_begin_pass(AT(ward)));
		ALLOWED(stipple_end_pass(AT(ward)));
	}
	REFUSED(ward, PASSES_DONE, stipple_begin_pass(AT(ward)));
	ALLOWED(stipple_leave_zone(AT(ward), 0));
	ward_enter(ward, "forehead"); /* leaving does not give them back */
	ALLOWED(stipple_set(AT(ward), STIPPLE_DEPTH, 500));
	ALLOWED(stipple_set(AT(ward), STIPPLE_RATE, 6000));
	REFUSED(ward, PASSES_DONE, stipple_begin_pass(AT(ward)));
}

static void test_pass_beyond_the_range(void **state)
{
	struct ward *ward = *state;
	struct stp_zone_plan *plan =
		(struct stp_zone_plan *)(uintptr_t)&fixture_protocol(ward->bench->model)->zones[1];

	plan->settings[STP_PASSES].limit_high.value = 5;
	table_bench_rebuild(ward->bench);
	ward_verify(ward);
	ward_set_up_zone(ward);
	for (int i = 0; i < 4; i++) {
		ALLOWED(stipple_begin_pass(AT(ward)));
		ALLOWED(stipple_end_pass(AT(ward)));
	}
	(void)stipple_begin_pass(AT(ward));
	ward_assert(ward, STIPPLE_NEEDS_REASON, STIPPLE_REASON_ABOVE_RANGE);
	ALLOWED(stipple_confirm(AT(ward), ward->treatment.answer.token, 9));
	ALLOWED(stipple_begin_pass(AT(ward)));
	ALLOWED(stipple_end_pass(AT(ward)));
	REFUSED(ward, PASSES_DONE, stipple_begin_pass(AT(ward)));
}

static void test_permit_expires(void **state)
{
	struct ward *ward = *state;

	ward_needle(ward);
	ward_pass_time(ward, STIPPLE_PERMIT_SECONDS);
	ALLOWED(stipple_permit(AT(ward), 500, 6000));
	ward_pass_time(ward, STIPPLE_PERMIT_SECONDS + 1);
	REFUSED(ward, NO_PERMIT, stipple_permit(AT(ward), 500, 6000));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ZONE);
	REFUSED(ward, WRONG_STATE, stipple_permit(AT(ward), 500, 6000));
}

static void test_mismatch_faults(void **state)
{
	static const uint32_t wrong[][2] = { { 551, 6000 }, { 449, 6000 }, { 500, 6001 } };
	struct ward *ward = *state;

	for (size_t i = 0; i < 3; i++) {
		ward_needle(ward);
		ALLOWED(stipple_permit(AT(ward), 550, 6000));
		ALLOWED(stipple_permit(AT(ward), 450, 0)); /* as it spins up */
		(void)stipple_permit(AT(ward), wrong[i][0], wrong[i][1]);
		ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_MISMATCH);
		assert_int_equal(ward->work.session.state, STIPPLE_STATE_FAULTED);
		REFUSED(ward, WRONG_STATE, stipple_resume(AT(ward)));
	}
}

static void test_pause(void **state)
{
	struct ward *ward = *state;

	ward_needle(ward);
	ALLOWED(stipple_pause(AT(ward)));
	REFUSED(ward, WRONG_STATE, stipple_permit(AT(ward), 500, 6000));
	REFUSED(ward, WRONG_STATE, stipple_pause(AT(ward)));
	ALLOWED(stipple_resume(AT(ward)));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ZONE);
	ALLOWED(stipple_leave_zone(AT(ward), 0));
	ALLOWED(stipple_pause(AT(ward)));
	ALLOWED(stipple_resume(AT(ward)));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_READY);
}

/* ---- clocks ---- */

static void test_clock_faults(void **state)
{
	static const struct {
		int32_t wall, uptime;
	} steps[] = { { -1, 0 },     { (int32_t)STIPPLE_CLOCK_TOLERANCE + 1, 0 },
		      { 0, 1 + 60 }, { 10, -60 },
		      { 0, -61 },    { -(int32_t)NOW, 0 } };
	struct ward *ward = *state;

	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		ward->now.wall = NOW;
		ward->now.uptime = 5000;
		ward_begin(ward);
		ward->now.wall += (uint32_t)steps[i].wall;
		ward->now.uptime += (uint32_t)steps[i].uptime;
		ward_say(ward, "pregnancy", STIPPLE_NO);
		ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_CLOCK_FAULT);
		assert_int_equal(ward->work.session.state, STIPPLE_STATE_FAULTED);
	}
}

static void test_uptime_may_wrap(void **state)
{
	struct ward *ward = *state;

	ward->now.uptime = 0xFFFFFFFEu;
	ward_begin(ward);
	ward_pass_time(ward, 10);
	ward_say(ward, "pregnancy", STIPPLE_NO);
	ward_assert(ward, STIPPLE_ALLOWED, STIPPLE_REASON_NONE);
}

/* ---- stop and abort ---- */

static void test_stop_and_abort_always(void **state)
{
	struct ward *ward = *state;
	struct stipple_time nonsense = { 0, 0 };

	ward_needle(ward);
	ward->keeps = 0;
	ward->treatment.table = NULL;
	assert_int_equal(stipple_stop(&ward->treatment, &nonsense), STIPPLE_ALLOWED);
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ZONE);
	assert_int_equal(stipple_abort(&ward->treatment, &nonsense), STIPPLE_ALLOWED);
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ABORTED);
	memset(&ward->work, 0xA5, sizeof ward->work); /* torn */
	assert_int_equal(stipple_stop(&ward->treatment, &nonsense), STIPPLE_ALLOWED);
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_FAULTED);
	ward->treatment.keep = NULL;
	assert_int_equal(stipple_abort(&ward->treatment, &nonsense), STIPPLE_ALLOWED);
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_FAULTED);
}

/* ---- the record ---- */

static void test_nothing_permissive_unrecorded(void **state)
{
	struct ward *ward = *state;
	uint8_t before[sizeof ward->work];

	ward_set_up_zone(ward);
	ward->keeps = STIPPLE_AUDITED ^ 1;
	memcpy(before, ward->work.bytes, sizeof before);
	REFUSED(ward, NOT_RECORDED, stipple_set(AT(ward), STIPPLE_DEPTH, 600));
	REFUSED(ward, NOT_RECORDED, stipple_set(AT(ward), STIPPLE_DEPTH, 900));
	assert_int_equal(ward->treatment.answer.token, 0);
	REFUSED(ward, NOT_RECORDED, stipple_begin_pass(AT(ward)));
	REFUSED(ward, NOT_RECORDED, stipple_leave_zone(AT(ward), 1));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ZONE);
	assert_int_equal(ward->work.session.depth, 500);
	assert_memory_equal(before + STIPPLE_SESSION_HEAD_BYTES,
			    ward->work.bytes + STIPPLE_SESSION_HEAD_BYTES,
			    sizeof before - STIPPLE_SESSION_HEAD_BYTES);
	ward->treatment.keep = NULL;
	REFUSED(ward, NOT_RECORDED, stipple_pause(AT(ward)));
}

static void test_unrecorded_answers_are_taken_back(void **state)
{
	struct ward *ward = *state;

	ward_begin(ward);
	ward->keeps = 0;
	REFUSED(ward, NOT_RECORDED, (ward_say(ward, "pregnancy", STIPPLE_NO), 0));
	REFUSED(ward, NOT_RECORDED, stipple_answer_factor(AT(ward), 0, 1));
	ward->keeps = STIPPLE_AUDITED;
	(void)stipple_finish_screening(AT(ward));
	ward_assert(ward, STIPPLE_NEEDS_ANSWER, STIPPLE_REASON_UNANSWERED);
	ward->keeps = 0; /* what ends a session does so, recorded or not */
	(void)stipple_answer_question(AT(ward), bench_question(ward->bench, "pregnancy"),
				      STIPPLE_YES);
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ABORTED);
}

static void test_record_says_everything(void **state)
{
	struct ward *ward = *state;
	const struct stipple_record *record;

	ward_set_up_zone(ward);
	(void)stipple_set(AT(ward), STIPPLE_DEPTH, 900);
	record = ward_record(ward);
	assert_int_equal(record->version, STIPPLE_RECORD_VERSION);
	assert_int_equal(record->event, STIPPLE_EVENT_REQUEST);
	assert_int_equal(record->verdict, STIPPLE_NEEDS_REASON);
	assert_int_equal(record->wall, ward->now.wall);
	assert_int_equal(record->uptime, ward->now.uptime);
	assert_int_equal(record->protocol_key, 0x094B161Bu);
	assert_int_equal(record->setting, STIPPLE_DEPTH);
	assert_int_equal(record->asked, 900);
	assert_int_equal(record->range_most, 750);
	assert_int_equal(record->limit_most, 1000);
	assert_int_equal(record->operator_id, 77);
	assert_int_equal(record->role, 3);
	assert_int_equal(record->image_crc, ward->bench->table.crc);
	assert_int_equal(record->sequence + 1, ward->work.session.sequence);
}

static uint32_t keep_and_call_back(void *context, const struct stipple_record *record)
{
	struct ward *ward = context;
	(void)record;
	ward->treatment.keep = ward_keep;
	(void)stipple_pause(AT(ward));
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_SESSION);
	return STIPPLE_AUDITED;
}

static void test_no_call_from_inside_a_call(void **state)
{
	struct ward *ward = *state;

	ward_set_up_zone(ward);
	ward->treatment.keep = keep_and_call_back;
	(void)stipple_set(AT(ward), STIPPLE_DEPTH, 600);
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_SESSION);
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_FAULTED);
	assert_int_equal(ward->work.session.depth, 500);
}

/* ---- saving ---- */

static void test_every_flipped_bit_is_refused(void **state)
{
	struct ward *ward = *state;
	uint8_t saved[sizeof ward->work];

	ward_set_up_zone(ward);
	memcpy(saved, ward->work.bytes, sizeof saved);
	for (size_t bit = 0; bit < 8 * sizeof saved; bit++) {
		memcpy(ward->work.bytes, saved, sizeof saved);
		ward->work.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
		(void)stipple_restore(AT(ward));
		ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_SESSION);
		assert_int_equal(ward->work.session.state, STIPPLE_STATE_FAULTED);
		memcpy(ward->work.bytes, saved, sizeof saved);
		ward->work.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
		(void)stipple_set(AT(ward), STIPPLE_DEPTH, 600);
		ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_SESSION);
	}
}

static void test_restore_in_a_pass(void **state)
{
	struct ward *ward = *state;

	ward_needle(ward);
	ward->now.wall += 100;
	ward->now.uptime = 3; /* a new start */
	ALLOWED(stipple_restore(AT(ward)));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ZONE);
	REFUSED(ward, CARTRIDGE, stipple_begin_pass(AT(ward)));
	ALLOWED(stipple_change_cartridge(AT(ward), STIPPLE_CARTRIDGE_NEW, 12));
	ALLOWED(stipple_begin_pass(AT(ward)));
	assert_int_equal(ward->work.bytes[STIPPLE_SESSION_HEAD_BYTES + 1], 2);
}

static void test_restore_while_numb(void **state)
{
	struct ward *ward = *state;

	ward_prepare(ward);
	ALLOWED(stipple_apply_anaesthetic(AT(ward), 0, 0));
	ward->now.wall += 59 * MINUTE;
	ward->now.uptime = 3;
	ALLOWED(stipple_restore(AT(ward)));
	REFUSED(ward, ANAESTHETIC_TOO_SHORT, stipple_remove_anaesthetic(AT(ward)));
	ward_pass_time(ward, MINUTE);
	ALLOWED(stipple_remove_anaesthetic(AT(ward)));
}

/* What could not be recorded does not go on; the copy that was saved may be restored again. */
static void test_restore_unrecorded(void **state)
{
	struct ward *ward = *state;
	uint8_t saved[sizeof ward->work.bytes];

	ward_set_up_zone(ward);
	memcpy(saved, ward->work.bytes, sizeof saved);
	ward->keeps = 0;
	REFUSED(ward, NOT_RECORDED, stipple_restore(AT(ward)));
	ward->keeps = STIPPLE_AUDITED;
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_FAULTED);
	REFUSED(ward, WRONG_STATE, stipple_begin_pass(AT(ward)));
	memcpy(ward->work.bytes, saved, sizeof saved);
	ALLOWED(stipple_restore(AT(ward)));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ZONE);
}

static void test_restore_with_a_bad_clock(void **state)
{
	struct ward *ward = *state;

	ward_set_up_zone(ward);
	ward->now.wall = ward->work.session.wall - 1;
	(void)stipple_restore(AT(ward));
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_CLOCK_FAULT);
}

static void test_restore_of_another_table(void **state)
{
	struct ward *ward = *state;

	ward_set_up_zone(ward);
	fixture_protocol(ward->bench->model)->course.sessions_limit = 5;
	table_bench_rebuild(ward->bench);
	(void)stipple_restore(AT(ward));
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_TABLE_CHANGED);
}

static void test_newest_of_two(void **state)
{
	struct ward *ward = *state;
	union {
		struct stipple_session session;
		uint8_t bytes[sizeof ward->work];
	} older;
	uint32_t bytes = sizeof ward->work;

	ward_begin(ward);
	memcpy(&older, &ward->work, bytes);
	ward_say(ward, "pregnancy", STIPPLE_NO);
	assert_ptr_equal(stipple_newest(&older.session, &ward->work.session, bytes),
			 &ward->work.session);
	assert_ptr_equal(stipple_newest(&ward->work.session, &older.session, bytes),
			 &ward->work.session);
	ward->work.bytes[70] ^= 1;
	assert_ptr_equal(stipple_newest(&older.session, &ward->work.session, bytes),
			 &older.session);
	assert_ptr_equal(stipple_newest(&ward->work.session, &older.session, bytes),
			 &older.session);
	older.bytes[70] ^= 1;
	assert_null(stipple_newest(&ward->work.session, &older.session, bytes));
}

/* A power cut in the next client's session must not bring this client's back. */
static void test_newest_of_two_clients(void **state)
{
	struct ward *ward = *state;
	union {
		struct stipple_session session;
		uint8_t bytes[sizeof ward->work];
	} older;
	uint32_t bytes = sizeof ward->work;

	ward_set_up_zone(ward);
	memcpy(&older, &ward->work, bytes);
	(void)stipple_abort(AT(ward));
	ward_begin(ward);
	assert_ptr_equal(stipple_newest(&older.session, &ward->work.session, bytes),
			 &ward->work.session);
	assert_ptr_equal(stipple_newest(&ward->work.session, &older.session, bytes),
			 &ward->work.session);
}

static void test_session_fits_its_promise(void **state)
{
	(void)state;
	assert_true(STIPPLE_SESSION_BYTES(16, 48, 8) <= 96);
}

/* Ending a pass is recorded as allowed, and happens even if it cannot be recorded. */
static void test_pass_ends_unrecorded(void **state)
{
	struct ward *ward = *state;

	ward_needle(ward);
	ALLOWED(stipple_end_pass(AT(ward)));
	assert_int_equal(ward_record(ward)->event, STIPPLE_EVENT_PASS_ENDED);
	assert_int_equal(ward_record(ward)->verdict, STIPPLE_ALLOWED);
	ALLOWED(stipple_begin_pass(AT(ward)));
	ward->keeps = 0;
	ALLOWED(stipple_end_pass(AT(ward)));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ZONE);
}

/* ---- what is left ---- */

static void test_rate_beyond_its_range(void **state)
{
	struct ward *ward = *state;

	ward_set_up_zone(ward);
	(void)stipple_set(AT(ward), STIPPLE_RATE, 5000);
	ward_assert(ward, STIPPLE_NEEDS_REASON, STIPPLE_REASON_BELOW_RANGE);
	ALLOWED(stipple_confirm(AT(ward), ward->treatment.answer.token, 3));
	assert_int_equal(ward->work.session.rate, 5000);
	ALLOWED(stipple_begin_pass(AT(ward)));
	ALLOWED(stipple_permit(AT(ward), 500, 5000));
	REFUSED(ward, WRONG_STATE, stipple_confirm(AT(ward), 1, 1));
	ALLOWED(stipple_end_pass(AT(ward)));
	(void)stipple_set(AT(ward), STIPPLE_RATE, 5000);
	REFUSED(ward, BAD_TOKEN, stipple_confirm(AT(ward), ward->treatment.answer.token, 0x10000));
}

/* The mark of a confirmed reason is for its own setting alone. */
static void test_confirmed_depth_confirms_no_rate(void **state)
{
	struct ward *ward = *state;

	ward_set_up_zone(ward);
	ALLOWED(stipple_confirm(AT(ward), ask_for_900(ward), 1));
	(void)stipple_set(AT(ward), STIPPLE_RATE, 5000);
	ward_assert(ward, STIPPLE_NEEDS_REASON, STIPPLE_REASON_BELOW_RANGE);
	assert_int_equal(ward->work.session.rate, 6000);
}

/* The counter of a zone never runs over. */
static void test_passes_have_an_end(void **state)
{
	struct ward *ward = *state;
	struct stp_zone_plan *plan =
		(struct stp_zone_plan *)(uintptr_t)&fixture_protocol(ward->bench->model)->zones[1];

	plan->settings[STP_PASSES].range_high.value = 200;
	plan->settings[STP_PASSES].limit_high.value = 200;
	table_bench_rebuild(ward->bench);
	ward_verify(ward);
	ward_set_up_zone(ward);
	for (uint32_t i = 0; i < STIPPLE_ZONE_PASSES; i++) {
		ALLOWED(stipple_begin_pass(AT(ward)));
		ALLOWED(stipple_end_pass(AT(ward)));
	}
	REFUSED(ward, PASSES_DONE, stipple_begin_pass(AT(ward)));
}

static void test_abort_leaves_an_end_as_it_is(void **state)
{
	struct ward *ward = *state;

	ward_numb(ward);
	ALLOWED(stipple_complete(AT(ward)));
	ALLOWED(stipple_abort(AT(ward)));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_COMPLETED);
	ward->visit.cartridge = 0;
	REFUSED(ward, CARTRIDGE, stipple_begin(AT(ward), &ward->visit));
	ALLOWED(stipple_abort(AT(ward)));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_CLOSED);
}

static void test_calls_with_too_little_room(void **state)
{
	struct ward *ward = *state;

	ward_set_up_zone(ward);
	ward->bench->table.crc++;
	ALLOWED(stipple_stop(AT(ward))); /* another table does not keep it from stopping */
	ward->bench->table.crc--;
	ward->bench->table.image = NULL;
	(void)stipple_set(AT(ward), STIPPLE_DEPTH, 500);
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_TABLE_CHANGED);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, ward_setup, ward_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_zones),
		CASE(test_settings),
		CASE(test_confirmed_reason),
		CASE(test_token_is_bound),
		CASE(test_passes_are_counted),
		CASE(test_pass_beyond_the_range),
		CASE(test_permit_expires),
		CASE(test_mismatch_faults),
		CASE(test_pause),
		CASE(test_clock_faults),
		CASE(test_uptime_may_wrap),
		CASE(test_stop_and_abort_always),
		CASE(test_nothing_permissive_unrecorded),
		CASE(test_unrecorded_answers_are_taken_back),
		CASE(test_record_says_everything),
		CASE(test_no_call_from_inside_a_call),
		CASE(test_every_flipped_bit_is_refused),
		CASE(test_restore_in_a_pass),
		CASE(test_restore_unrecorded),
		CASE(test_restore_while_numb),
		CASE(test_restore_with_a_bad_clock),
		CASE(test_restore_of_another_table),
		CASE(test_newest_of_two),
		CASE(test_newest_of_two_clients),
		CASE(test_session_fits_its_promise),
		CASE(test_pass_ends_unrecorded),
		CASE(test_rate_beyond_its_range),
		CASE(test_confirmed_depth_confirms_no_rate),
		CASE(test_passes_have_an_end),
		CASE(test_abort_leaves_an_end_as_it_is),
		CASE(test_calls_with_too_little_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
