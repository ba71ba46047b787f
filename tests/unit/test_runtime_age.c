/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The client's age: cleared by the role that must, told as the session begins or later, corrected,
 * and what a correction takes back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "session_ward.h"

/* ---- an age that a role clears ---- */

static struct stp_screen_rule rules[9];

/* Over 60 with a doctor; and whether a nurse must clear over 30 too. */
static void add_age_rules(struct ward *ward, size_t count)
{
	struct stp_protocol *protocol = fixture_protocol(ward->bench->model);

	memcpy(rules, protocol->screens, protocol->screen_count * sizeof *rules);
	rules[7] = (struct stp_screen_rule){ .level = STP_CLEAR, .age_over = 60, .with = "doctor" };
	rules[8] = (struct stp_screen_rule){ .level = STP_CLEAR, .age_over = 70, .with = "nurse" };
	protocol->screens = rules;
	protocol->screen_count = 7 + count;
	table_bench_rebuild(ward->bench);
	ward_verify(ward);
}

static void answer_at_age(struct ward *ward, uint16_t age)
{
	ward->visit.age = age;
	ward_begin(ward);
	(void)stipple_answer_factor(AT(ward), bench_factor(ward->bench, "skin_type"), 2);
	(void)stipple_answer_factor(AT(ward), bench_factor(ward->bench, "operator"), 2);
	ward_say_no_to_all(ward);
}

static void test_age_is_cleared_by_its_role(void **state)
{
	struct ward *ward = *state;

	add_age_rules(ward, 1);
	answer_at_age(ward, 60);
	ALLOWED(stipple_finish_screening(AT(ward)));
	REFUSED(ward, NOT_CLEARED, stipple_clear(AT(ward), STIPPLE_SUBJECT_AGE, 0));
	ALLOWED(stipple_abort(AT(ward)));
	answer_at_age(ward, 61);
	(void)stipple_finish_screening(AT(ward));
	ward_assert(ward, STIPPLE_NEEDS_CLEARANCE, STIPPLE_REASON_NOT_CLEARED);
	assert_int_equal(ward->treatment.answer.subject, STIPPLE_SUBJECT_AGE);
	assert_int_equal(ward->treatment.answer.role, 0);
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_SCREENING);
	REFUSED(ward, NOT_CLEARED, stipple_clear(AT(ward), STIPPLE_SUBJECT_AGE, 1));
	REFUSED(ward, NOT_CLEARED, stipple_clear(AT(ward), STIPPLE_SUBJECT_AGE, STIPPLE_NONE));
	(void)stipple_finish_screening(AT(ward));
	ward_assert(ward, STIPPLE_NEEDS_CLEARANCE, STIPPLE_REASON_NOT_CLEARED);
	ALLOWED(stipple_clear(AT(ward), STIPPLE_SUBJECT_AGE, 0));
	assert_int_equal(ward_record(ward)->subject, STIPPLE_SUBJECT_AGE);
	ALLOWED(stipple_finish_screening(AT(ward)));
	ALLOWED(stipple_finish_preparation(AT(ward)));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_PREPARED);
}

/* Two roles must clear it, and one word cannot say both: nobody can. */
static void test_age_of_two_roles_is_not_cleared_by_one(void **state)
{
	struct ward *ward = *state;

	add_age_rules(ward, 2);
	answer_at_age(ward, 71);
	for (uint32_t role = 0; role < 4; role++)
		REFUSED(ward, NOT_CLEARED, stipple_clear(AT(ward), STIPPLE_SUBJECT_AGE, role));
}

static void test_age_is_not_cleared_unrecorded(void **state)
{
	struct ward *ward = *state;

	add_age_rules(ward, 1);
	answer_at_age(ward, 61);
	ward->keeps = 0;
	REFUSED(ward, NOT_RECORDED, stipple_clear(AT(ward), STIPPLE_SUBJECT_AGE, 0));
	ward->keeps = STIPPLE_AUDITED;
	(void)stipple_finish_screening(AT(ward));
	ward_assert(ward, STIPPLE_NEEDS_CLEARANCE, STIPPLE_REASON_NOT_CLEARED);
}

static void test_age_cannot_lift_an_exclusion(void **state)
{
	struct ward *ward = *state;

	add_age_rules(ward, 1);
	rules[7].level = STP_EXCLUDE;
	table_bench_rebuild(ward->bench);
	ward_verify(ward);
	ward->visit.age = 61;
	ward_begin(ward);
	REFUSED(ward, NOT_CLEARED, stipple_clear(AT(ward), STIPPLE_SUBJECT_AGE, 0));
	REFUSED(ward, EXCLUDED,
		stipple_answer_factor(AT(ward), bench_factor(ward->bench, "skin_type"), 2));
}

/* ---- an age that is told later, or corrected ---- */

static void test_age_is_told_later(void **state)
{
	struct ward *ward = *state;

	add_age_rules(ward, 1);
	answer_at_age(ward, 0);
	(void)stipple_finish_screening(AT(ward));
	ward_assert(ward, STIPPLE_NEEDS_ANSWER, STIPPLE_REASON_UNANSWERED);
	assert_int_equal(ward->treatment.answer.subject, STIPPLE_SUBJECT_AGE);
	ALLOWED(stipple_answer_age(AT(ward), 40));
	assert_int_equal(ward_record(ward)->event, STIPPLE_EVENT_ANSWER);
	assert_int_equal(ward_record(ward)->subject, STIPPLE_SUBJECT_AGE);
	assert_int_equal(ward_record(ward)->asked, 40);
	ALLOWED(stipple_finish_screening(AT(ward)));
	ALLOWED(stipple_finish_preparation(AT(ward)));
	REFUSED(ward, WRONG_STATE, stipple_answer_age(AT(ward), 40));
}

static void test_age_is_corrected(void **state)
{
	struct ward *ward = *state;

	add_age_rules(ward, 1);
	answer_at_age(ward, 61);
	ALLOWED(stipple_clear(AT(ward), STIPPLE_SUBJECT_AGE, 0));
	ALLOWED(stipple_answer_age(AT(ward), 61)); /* the same age takes nothing back */
	ALLOWED(stipple_finish_screening(AT(ward)));
	assert_int_equal(stipple_answer_age(AT(ward), 62), STIPPLE_NEEDS_CLEARANCE);
	(void)stipple_finish_preparation(AT(ward));
	ward_assert(ward, STIPPLE_NEEDS_CLEARANCE, STIPPLE_REASON_NOT_CLEARED);
	ALLOWED(stipple_answer_age(AT(ward), 60));
	ALLOWED(stipple_finish_preparation(AT(ward)));
}

static void test_age_that_is_none(void **state)
{
	struct ward *ward = *state;

	answer_at_age(ward, 40);
	(void)stipple_answer_age(AT(ward), 0);
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_CALL);
	(void)stipple_answer_age(AT(ward), 256);
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_CALL);
	ward->keeps = 0;
	REFUSED(ward, NOT_RECORDED, stipple_answer_age(AT(ward), 50));
	assert_int_equal(ward->work.session.age, 40);
}

static void test_age_that_excludes(void **state)
{
	struct ward *ward = *state;

	add_age_rules(ward, 1);
	rules[7].level = STP_EXCLUDE;
	table_bench_rebuild(ward->bench);
	ward_verify(ward);
	answer_at_age(ward, 0);
	REFUSED(ward, EXCLUDED, stipple_answer_age(AT(ward), 61));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ABORTED);
}

/* ---- what a correction takes back ---- */

static void test_change_takes_clearances_back(void **state)
{
	struct ward *ward = *state;
	uint32_t question = bench_question(ward->bench, "anticoagulants");

	add_age_rules(ward, 1);
	answer_at_age(ward, 61);
	ward_say(ward, "anticoagulants", STIPPLE_YES);
	ALLOWED(stipple_clear(AT(ward), question, 0));
	ALLOWED(stipple_clear(AT(ward), STIPPLE_SUBJECT_AGE, 0));
	(void)stipple_answer_factor(AT(ward), bench_factor(ward->bench, "skin_type"), 2);
	ALLOWED(stipple_finish_screening(AT(ward))); /* the same answer changes nothing */
	(void)stipple_answer_factor(AT(ward), bench_factor(ward->bench, "skin_type"), 5);
	(void)stipple_finish_preparation(AT(ward));
	ward_assert(ward, STIPPLE_NEEDS_CLEARANCE, STIPPLE_REASON_NOT_CLEARED);
	ALLOWED(stipple_clear(AT(ward), question, 0));
	(void)stipple_finish_preparation(AT(ward));
	assert_int_equal(ward->treatment.answer.subject, STIPPLE_SUBJECT_AGE);
	ALLOWED(stipple_clear(AT(ward), STIPPLE_SUBJECT_AGE, 0));
	ALLOWED(stipple_finish_preparation(AT(ward)));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, ward_setup, ward_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_age_is_cleared_by_its_role),
		TEST(test_age_of_two_roles_is_not_cleared_by_one),
		TEST(test_age_is_not_cleared_unrecorded),
		TEST(test_age_cannot_lift_an_exclusion),
		TEST(test_age_is_told_later),
		TEST(test_age_is_corrected),
		TEST(test_age_that_is_none),
		TEST(test_age_that_excludes),
		TEST(test_change_takes_clearances_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
