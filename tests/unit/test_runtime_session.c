/* SPDX-License-Identifier: Apache-2.0 */
/* The session machine up to needling: beginning, screening, preparation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "session_ward.h"

/* ---- a whole session ---- */

static void test_whole_session(void **state)
{
	struct ward *ward = *state;

	ward_needle(ward);
	for (int i = 0; i < 5; i++) {
		ward_pass_time(ward, 1);
		ALLOWED(stipple_permit(AT(ward), 500, 6000));
	}
	ALLOWED(stipple_end_pass(AT(ward)));
	ALLOWED(stipple_leave_zone(AT(ward), 1));
	REFUSED(ward, PASSES_DONE,
		stipple_enter_zone(AT(ward), bench_zone(ward->bench, "forehead"), 0));
	ward_enter(ward, "cheeks");
	ALLOWED(stipple_leave_zone(AT(ward), 0));
	ward_enter(ward, "cheeks");
	ALLOWED(stipple_leave_zone(AT(ward), 0));
	ALLOWED(stipple_complete(AT(ward)));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_COMPLETED);
	ward_begin(ward);
}

/* ---- beginning ---- */

static void test_begin_asks_for_a_verified_table(void **state)
{
	struct ward *ward = *state;

	stipple_verify_begin(&ward->verified);
	(void)stipple_begin(AT(ward), &ward->visit);
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_TABLE);
	ward_verify(ward);
	ward->verified.crc ^= 1;
	(void)stipple_begin(AT(ward), &ward->visit);
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_TABLE);
}

static void test_begin_refuses(void **state)
{
	struct ward *ward = *state;

	ward->visit.cartridge = 0;
	REFUSED(ward, CARTRIDGE, stipple_begin(AT(ward), &ward->visit));
	ward->visit.cartridge = STIPPLE_CARTRIDGE_NEW;
	ward->now.wall = 0;
	REFUSED(ward, CLOCK_FAULT, stipple_begin(AT(ward), &ward->visit));
	ward->now.wall = NOW;
	ward->visit.number = 0;
	REFUSED(ward, UNANSWERED, stipple_begin(AT(ward), &ward->visit));
	ward->visit.number = 2; /* and when was the first? */
	REFUSED(ward, UNANSWERED, stipple_begin(AT(ward), &ward->visit));
	ward->visit.number = 7;
	ward->visit.last_session = NOW - 40 * DAY;
	REFUSED(ward, COURSE_DONE, stipple_begin(AT(ward), &ward->visit));
	ward->visit.number = 1;
	ward->bench->table.device_key++;
	REFUSED(ward, OTHER_DEVICE, stipple_begin(AT(ward), &ward->visit));
	ward->bench->table.device_key--;
	ward->visit.protocol = 1;
	(void)stipple_begin(AT(ward), &ward->visit);
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_TABLE);
	ward->visit.protocol = 0;
	ward->treatment.session_bytes = 64; /* too few for this table */
	(void)stipple_begin(AT(ward), &ward->visit);
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_SESSION_ROOM);
}

static void test_interval(void **state)
{
	struct ward *ward = *state;

	ward->visit.number = 2;
	ward->visit.last_session = NOW - 28 * DAY + 1;
	REFUSED(ward, TOO_SOON, stipple_begin(AT(ward), &ward->visit));
	assert_int_equal(ward->treatment.answer.until, NOW + 1);
	assert_int_equal(ward_record(ward)->reason, STIPPLE_REASON_TOO_SOON);
	ward->visit.last_session = NOW - 28 * DAY;
	ward_begin(ward);
	ward_assert(ward, STIPPLE_ALLOWED, STIPPLE_REASON_NONE);
	ALLOWED(stipple_abort(AT(ward)));
	ward->visit.last_session = NOW - 42 * DAY - 1;
	ward_begin(ward);
	ward_assert(ward, STIPPLE_ALLOWED, STIPPLE_REASON_TOO_LATE);
	ALLOWED(stipple_abort(AT(ward)));
	ward->visit.last_session = NOW + DAY; /* a date in the future proves nothing */
	REFUSED(ward, TOO_SOON, stipple_begin(AT(ward), &ward->visit));
}

static void test_open_session_is_not_overwritten(void **state)
{
	struct ward *ward = *state;

	ward_begin(ward);
	ward->record_count = 0;
	REFUSED(ward, WRONG_STATE, stipple_begin(AT(ward), &ward->visit));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_SCREENING);
	assert_int_equal(ward_record(ward)->event, STIPPLE_EVENT_BEGIN);
	assert_int_equal(ward_record(ward)->reason, STIPPLE_REASON_WRONG_STATE);
	ward->bench->table.image = NULL;
	assert_int_equal(stipple_begin(AT(ward), &ward->visit), STIPPLE_FAULT);
	assert_int_equal(ward->record_count, 2);
	assert_int_equal(ward_record(ward)->reason, STIPPLE_REASON_BAD_TABLE);
}

/* ---- screening ---- */

static void test_exclusion_ends(void **state)
{
	struct ward *ward = *state;

	ward_begin(ward);
	REFUSED(ward, EXCLUDED, (ward_say(ward, "pregnancy", STIPPLE_YES), 0));
	assert_int_equal(ward->treatment.answer.subject,
			 STIPPLE_SUBJECT_QUESTION | bench_question(ward->bench, "pregnancy"));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ABORTED);
	REFUSED(ward, WRONG_STATE, (ward_say(ward, "pregnancy", STIPPLE_NO), 0));
}

static void test_age_excludes(void **state)
{
	struct ward *ward = *state;

	ward->visit.age = 21;
	ward_begin(ward);
	(void)stipple_answer_factor(AT(ward), bench_factor(ward->bench, "skin_type"), 1);
	ward_assert(ward, STIPPLE_REFUSED, STIPPLE_REASON_EXCLUDED);
	ward->visit.age = 22;
	ward_begin(ward);
	ward_tell(ward, "skin_type", 1);
}

static void test_unknown_age_is_asked(void **state)
{
	struct ward *ward = *state;

	ward->visit.age = 0;
	ward_answer_all(ward);
	(void)stipple_finish_screening(AT(ward));
	ward_assert(ward, STIPPLE_NEEDS_ANSWER, STIPPLE_REASON_UNANSWERED);
	assert_int_equal(ward->treatment.answer.subject, STIPPLE_SUBJECT_AGE);
}

static void test_everything_must_be_answered(void **state)
{
	struct ward *ward = *state;
	uint32_t questions = stipple_count(&ward->bench->table, STIPPLE_NAMED_QUESTION);

	for (uint32_t left_out = 0; left_out < questions; left_out++) {
		ward_begin(ward);
		ward_tell(ward, "skin_type", 2);
		ward_tell(ward, "operator", 2);
		for (uint32_t i = 0; i < questions; i++)
			if (i != left_out)
				ALLOWED(stipple_answer_question(AT(ward), i, STIPPLE_NO));
		if (stipple_finish_screening(AT(ward)) == STIPPLE_ALLOWED)
			(void)stipple_finish_preparation(AT(ward));
		ward_assert(ward, STIPPLE_NEEDS_ANSWER, STIPPLE_REASON_UNANSWERED);
		assert_int_equal(ward->treatment.answer.subject,
				 STIPPLE_SUBJECT_QUESTION | left_out);
		ALLOWED(stipple_abort(AT(ward)));
	}
}

static void test_factors_must_be_answered(void **state)
{
	struct ward *ward = *state;

	ward_begin(ward);
	ward_tell(ward, "operator", 2);
	ward_say_no_to_all(ward);
	(void)stipple_finish_screening(AT(ward));
	ward_assert(ward, STIPPLE_NEEDS_ANSWER, STIPPLE_REASON_UNANSWERED);
	assert_int_equal(ward->treatment.answer.subject, bench_factor(ward->bench, "skin_type"));
	ALLOWED(stipple_abort(AT(ward)));
	ward->visit.number = 2; /* now the prior reaction is asked too */
	ward->visit.last_session = NOW - 30 * DAY;
	ward_begin(ward);
	ward_tell(ward, "operator", 2);
	ward_tell(ward, "skin_type", 2);
	ward_say_no_to_all(ward);
	(void)stipple_finish_screening(AT(ward));
	assert_int_equal(ward->treatment.answer.subject,
			 bench_factor(ward->bench, "prior_reaction"));
}

static void test_bad_answers(void **state)
{
	struct ward *ward = *state;

	ward_begin(ward);
	(void)stipple_answer_factor(AT(ward), 99, 1);
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_CALL);
	(void)stipple_answer_factor(AT(ward), 0, 0);
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_CALL);
	(void)stipple_answer_factor(AT(ward), 0, 7);
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_CALL);
	(void)stipple_answer_question(AT(ward), 99, STIPPLE_NO);
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_CALL);
	(void)stipple_answer_question(
		AT(ward), stipple_count(&ward->bench->table, STIPPLE_NAMED_QUESTION), STIPPLE_NO);
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_CALL);
	(void)stipple_answer_question(AT(ward), 0, 1);
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_CALL);
	(void)stipple_answer_event(AT(ward), 99, NOW);
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_CALL);
	(void)stipple_answer_event(AT(ward), 0, NOW + 1);
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_CALL);
	(void)stipple_clear(AT(ward), 99, 0);
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_CALL);
}

static void test_operator(void **state)
{
	struct ward *ward = *state;

	ward_begin(ward);
	(void)stipple_answer_factor(AT(ward), bench_factor(ward->bench, "operator"), 1);
	ward_assert(ward, STIPPLE_REFUSED, STIPPLE_REASON_OPERATOR);
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_SCREENING);
	ward_tell(ward, "operator", 2); /* another may */
}

static void test_clearance(void **state)
{
	struct ward *ward = *state;
	uint32_t question = bench_question(ward->bench, "anticoagulants");

	ward_answer_all(ward);
	ward_say(ward, "anticoagulants", STIPPLE_YES);
	ward_assert(ward, STIPPLE_NEEDS_CLEARANCE, STIPPLE_REASON_NOT_CLEARED);
	assert_int_equal(ward->treatment.answer.role, 0);
	(void)stipple_finish_screening(AT(ward));
	ward_assert(ward, STIPPLE_NEEDS_CLEARANCE, STIPPLE_REASON_NOT_CLEARED);
	REFUSED(ward, NOT_CLEARED, stipple_clear(AT(ward), question, 1));
	REFUSED(ward, NOT_CLEARED, stipple_clear(AT(ward), question, STIPPLE_NONE));
	ALLOWED(stipple_clear(AT(ward), question, 0));
	assert_int_equal(ward_record(ward)->event, STIPPLE_EVENT_CLEAR);
	assert_int_equal(ward_record(ward)->role, 0);
	ALLOWED(stipple_finish_screening(AT(ward)));
}

static void test_exclusion_cannot_be_cleared(void **state)
{
	struct ward *ward = *state;

	ward_answer_all(ward);
	REFUSED(ward, NOT_CLEARED,
		stipple_clear(AT(ward), bench_question(ward->bench, "pregnancy"), STIPPLE_NONE));
}

static void test_spot_is_confirmed(void **state)
{
	struct ward *ward = *state;

	ward_answer_all(ward);
	ward_say(ward, "mole_at_spot", STIPPLE_YES);
	ward_assert(ward, STIPPLE_NEEDS_CLEARANCE, STIPPLE_REASON_NOT_CLEARED);
	assert_int_equal(ward->treatment.answer.role, STIPPLE_NONE);
	ALLOWED(stipple_clear(AT(ward), bench_question(ward->bench, "mole_at_spot"), STIPPLE_NONE));
	ALLOWED(stipple_finish_screening(AT(ward)));
}

static void test_caution_is_shown(void **state)
{
	struct ward *ward = *state;

	ward_answer_all(ward);
	ward_say(ward, "keloid_history", STIPPLE_YES);
	ward_assert(ward, STIPPLE_ALLOWED, STIPPLE_REASON_CAUTION);
	ALLOWED(stipple_finish_screening(AT(ward)));
	ward_say(ward, "not_kept_stop_retinoids_5_days", STIPPLE_YES);
	(void)stipple_finish_preparation(AT(ward));
	ward_assert(ward, STIPPLE_NEEDS_CLEARANCE, STIPPLE_REASON_NOT_PREPARED);
	ward_say(ward, "not_kept_stop_retinoids_5_days", STIPPLE_NO);
	(void)stipple_finish_preparation(AT(ward));
	/* the same condition bars the anaesthetic, so there is none to wait for */
	ward_assert(ward, STIPPLE_ALLOWED, STIPPLE_REASON_ANAESTHETIC_FORBIDDEN);
	assert_int_not_equal(ward->treatment.answer.row, STIPPLE_NONE);
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_READY);
	REFUSED(ward, WRONG_STATE, stipple_apply_anaesthetic(AT(ward), 0, 0));
}

/* wait 6 months (184 days), limit 6 weeks (42 days and 25 h) with surgeon */
static void test_wait(void **state)
{
	struct ward *ward = *state;
	uint32_t question = bench_question(ward->bench, "isotretinoin");
	uint32_t floor = (uint32_t)stp_floor_seconds((struct stp_duration){ 6, STP_WEEK });
	uint32_t wait = (uint32_t)stp_floor_seconds((struct stp_duration){ 6, STP_MONTH });

	ward_answer_all(ward);
	ward_say(ward, "isotretinoin", STIPPLE_YES);
	ward_assert(ward, STIPPLE_NEEDS_ANSWER, STIPPLE_REASON_WHEN);
	ALLOWED(stipple_answer_event(AT(ward), question, NOW - wait));
	(void)stipple_answer_event(AT(ward), question, NOW - wait + 1);
	ward_assert(ward, STIPPLE_NEEDS_CLEARANCE, STIPPLE_REASON_NOT_CLEARED);
	ALLOWED(stipple_clear(AT(ward), question, 1));
	ALLOWED(stipple_finish_screening(AT(ward)));
	(void)stipple_answer_event(AT(ward), question, NOW - floor + 1);
	ward_assert(ward, STIPPLE_REFUSED, STIPPLE_REASON_WAIT);
	assert_int_equal(ward->treatment.answer.until, NOW + 1);
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ABORTED);
}

static void test_event_without_a_wait_is_a_yes(void **state)
{
	struct ward *ward = *state;

	ward_answer_all(ward);
	(void)stipple_answer_event(AT(ward), bench_question(ward->bench, "anticoagulants"), NOW);
	ward_assert(ward, STIPPLE_NEEDS_CLEARANCE, STIPPLE_REASON_NOT_CLEARED);
}

static void test_preparation(void **state)
{
	struct ward *ward = *state;

	ward_answer_all(ward);
	ALLOWED(stipple_finish_screening(AT(ward)));
	ward_say(ward, "not_kept_stop_retinoids_5_days", STIPPLE_YES);
	ward_assert(ward, STIPPLE_NEEDS_CLEARANCE, STIPPLE_REASON_NOT_PREPARED);
	(void)stipple_finish_preparation(AT(ward));
	ward_assert(ward, STIPPLE_NEEDS_CLEARANCE, STIPPLE_REASON_NOT_PREPARED);
	ALLOWED(stipple_clear(AT(ward),
			      bench_question(ward->bench, "not_kept_stop_retinoids_5_days"),
			      STIPPLE_NONE));
	ALLOWED(stipple_finish_preparation(AT(ward)));
}

/* ---- calls in the wrong state ---- */

static void test_no_call_in_a_state_that_is_not_its_own(void **state)
{
	static uint32_t (*const calls[])(
		struct stipple_treatment *,
		const struct stipple_time *) = { stipple_finish_screening,
						 stipple_finish_preparation,
						 stipple_remove_anaesthetic,
						 stipple_begin_pass,
						 stipple_end_pass,
						 stipple_pause,
						 stipple_resume,
						 stipple_complete };
	struct ward *ward = *state;

	ward_begin(ward);
	ALLOWED(stipple_abort(AT(ward)));
	for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
		REFUSED(ward, WRONG_STATE, calls[i](AT(ward)));
	REFUSED(ward, WRONG_STATE, stipple_answer_factor(AT(ward), 0, 1));
	REFUSED(ward, WRONG_STATE, stipple_answer_question(AT(ward), 0, STIPPLE_NO));
	REFUSED(ward, WRONG_STATE, stipple_answer_event(AT(ward), 0, NOW));
	REFUSED(ward, WRONG_STATE, stipple_clear(AT(ward), 0, 0));
	REFUSED(ward, WRONG_STATE, stipple_apply_anaesthetic(AT(ward), 0, 0));
	REFUSED(ward, WRONG_STATE, stipple_enter_zone(AT(ward), 0, 0));
	REFUSED(ward, WRONG_STATE, stipple_set(AT(ward), STIPPLE_DEPTH, 500));
	REFUSED(ward, WRONG_STATE, stipple_confirm(AT(ward), 1, 1));
	REFUSED(ward, WRONG_STATE, stipple_permit(AT(ward), 500, 6000));
	REFUSED(ward, WRONG_STATE, stipple_leave_zone(AT(ward), 0));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ABORTED);
}

/* Exactly the bytes that the table asks for are enough, and four fewer are not. */
/* However few bytes the caller owns up to, nothing is read or written but the head. */
static void test_session_of_few_bytes(void **state)
{
	struct ward *ward = *state;

	for (uint16_t bytes = 0; bytes < STIPPLE_SESSION_HEAD_BYTES; bytes++) {
		ward->treatment.session_bytes = bytes;
		(void)stipple_begin(AT(ward), &ward->visit);
		ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_SESSION_ROOM);
		ALLOWED(stipple_stop(AT(ward)));
		ALLOWED(stipple_abort(AT(ward)));
		(void)stipple_newest(&ward->work.session, &ward->work.session, bytes);
	}
}

static void test_session_bytes(void **state)
{
	struct ward *ward = *state;
	uint32_t questions = stipple_count(&ward->bench->table, STIPPLE_NAMED_QUESTION);
	uint32_t factors = stipple_count(&ward->bench->table, STIPPLE_NAMED_FACTOR);

	ward->treatment.session_bytes = (uint16_t)STIPPLE_SESSION_BYTES(3, questions, factors);
	assert_int_equal(stipple_session_bytes(&ward->bench->table), ward->treatment.session_bytes);
	ward_begin(ward);
	ALLOWED(stipple_abort(AT(ward)));
	ward->treatment.session_bytes = (uint16_t)(ward->treatment.session_bytes - 4);
	(void)stipple_begin(AT(ward), &ward->visit);
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_SESSION_ROOM);
	ward->bench->table.image = NULL;
	assert_int_equal(stipple_session_bytes(&ward->bench->table), 0);
}

/* ---- rules that hold for some clients only ---- */

static struct stp_screen_rule *rules_of(struct ward *ward)
{
	return (struct stp_screen_rule *)(uintptr_t)fixture_protocol(ward->bench->model)->screens;
}

static void rebuild(struct ward *ward)
{
	table_bench_rebuild(ward->bench);
	ward_verify(ward);
}

/* A row that does not hold neither bars nor stands in the way of clearance. */
static void test_exclusion_in_later_sessions_only(void **state)
{
	static struct stp_condition later = { .session_low = 2,
					      .session_high = STP_ANY_HIGH,
					      .age_high = STP_ANY_HIGH,
					      .depth_high_um = STP_ANY_DEPTH };
	struct ward *ward = *state;
	struct stp_screen_rule *rules = rules_of(ward);

	rules[0].question = rules[2].question; /* pregnancy's rule is about anticoagulants now */
	rules[0].when = &later;
	rebuild(ward);
	ward_answer_all(ward);
	ward_say(ward, "anticoagulants", STIPPLE_YES);
	ward_assert(ward, STIPPLE_NEEDS_CLEARANCE, STIPPLE_REASON_NOT_CLEARED);
	ALLOWED(stipple_clear(AT(ward), bench_question(ward->bench, "anticoagulants"), 0));
	ALLOWED(stipple_finish_screening(AT(ward)));
	ALLOWED(stipple_abort(AT(ward)));
	ward->visit.number = 2;
	ward->visit.last_session = NOW - 30 * DAY;
	ward_answer_all(ward);
	REFUSED(ward, EXCLUDED, (ward_say(ward, "anticoagulants", STIPPLE_YES), 0));
}

/* wait without a role: nobody clears it, and the session ends. */
static void test_wait_that_nobody_clears(void **state)
{
	struct ward *ward = *state;
	uint32_t question = bench_question(ward->bench, "isotretinoin");
	uint32_t wait = (uint32_t)stp_floor_seconds((struct stp_duration){ 6, STP_MONTH });

	rules_of(ward)[3].with = NULL;
	rebuild(ward);
	ward_answer_all(ward);
	REFUSED(ward, WAIT, stipple_answer_event(AT(ward), question, NOW - wait + 10));
	assert_int_equal(ward->treatment.answer.until, NOW + 10);
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ABORTED);
}

/* Two waits about one thing: the longer one holds, whichever comes first. */
static void test_longer_of_two_waits(void **state)
{
	static const struct stp_duration year = { 12, STP_MONTH };
	struct ward *ward = *state;
	struct stp_screen_rule *rules = rules_of(ward);
	uint32_t question = bench_question(ward->bench, "isotretinoin");

	for (size_t first = 0; first < 2; first++) {
		struct stp_screen_rule *longer = first == 0 ? &rules[2] : &rules[3];

		rules[2] = rules[3];
		rules[2].wait = rules[3].wait = (struct stp_duration){ 6, STP_MONTH };
		longer->wait = year;
		rebuild(ward);
		ward_answer_all(ward);
		(void)stipple_answer_event(AT(ward), question, NOW - 300 * DAY);
		ward_assert(ward, STIPPLE_NEEDS_CLEARANCE, STIPPLE_REASON_NOT_CLEARED);
		ALLOWED(stipple_abort(AT(ward)));
	}
}

static void test_question_from_the_second_session(void **state)
{
	struct ward *ward = *state;
	uint32_t question = bench_question(ward->bench, "pregnancy");

	((struct stp_factor *)(uintptr_t)ward->bench->model->factors[2])->from_session = 2;
	rebuild(ward);
	ward_begin(ward);
	ward_tell(ward, "skin_type", 2);
	ward_tell(ward, "operator", 2);
	for (uint32_t i = 0; i < stipple_count(&ward->bench->table, STIPPLE_NAMED_QUESTION); i++)
		if (i != question)
			ALLOWED(stipple_answer_question(AT(ward), i, STIPPLE_NO));
	ALLOWED(stipple_finish_screening(AT(ward)));
	REFUSED(ward, EXCLUDED, (ward_say(ward, "pregnancy", STIPPLE_YES), 0)); /* told unasked */
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, ward_setup, ward_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_whole_session),
		CASE(test_begin_asks_for_a_verified_table),
		CASE(test_begin_refuses),
		CASE(test_interval),
		CASE(test_open_session_is_not_overwritten),
		CASE(test_exclusion_ends),
		CASE(test_age_excludes),
		CASE(test_unknown_age_is_asked),
		CASE(test_everything_must_be_answered),
		CASE(test_factors_must_be_answered),
		CASE(test_bad_answers),
		CASE(test_operator),
		CASE(test_clearance),
		CASE(test_exclusion_cannot_be_cleared),
		CASE(test_spot_is_confirmed),
		CASE(test_caution_is_shown),
		CASE(test_wait),
		CASE(test_event_without_a_wait_is_a_yes),
		CASE(test_preparation),
		CASE(test_no_call_in_a_state_that_is_not_its_own),
		CASE(test_session_of_few_bytes),
		CASE(test_session_bytes),
		CASE(test_exclusion_in_later_sessions_only),
		CASE(test_wait_that_nobody_clears),
		CASE(test_longer_of_two_waits),
		CASE(test_question_from_the_second_session),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
