/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answers that could lead astray: those that no factor has, those that decide the interval only as
 * they come, and those that are changed after something was judged by them. An age has a file of
 * its own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "../../runtime/src/session_call.h"
#include "session_ward.h"

/* ---- answers that no factor has ---- */

static void expect_open(struct ward *ward, const char *zone, const char *factor)
{
	struct table_bench *bench = ward->bench;
	uint32_t slot = bench_slot(bench, zone);
	struct stipple_limits limits;
	struct stipple_answer answer;

	assert_int_equal(stipple_limits(&bench->table, slot, &bench->client, &limits),
			 STIPPLE_NEEDS_ANSWER);
	assert_int_equal(limits.subject, bench_factor(bench, factor));
	assert_int_equal(
		stipple_judge_one(&bench->table, slot, &bench->client, STIPPLE_DEPTH, 500, &answer),
		STIPPLE_ONE_NEEDS_ANSWER);
	assert_int_equal(stipple_judge_two(&bench->table, slot, &bench->client, STIPPLE_DEPTH, 500),
			 STIPPLE_TWO_NEEDS_ANSWER);
	assert_int_equal(
		stipple_request(&bench->table, slot, &bench->client, STIPPLE_DEPTH, 500, &answer),
		STIPPLE_NEEDS_ANSWER);
}

static void expect_allowed(struct ward *ward, const char *zone)
{
	struct table_bench *bench = ward->bench;
	uint32_t slot = bench_slot(bench, zone);
	struct stipple_answer answer;

	assert_int_equal(stipple_judge_two(&bench->table, slot, &bench->client, STIPPLE_DEPTH, 500),
			 STIPPLE_TWO_ALLOWED);
	assert_int_equal(
		stipple_request(&bench->table, slot, &bench->client, STIPPLE_DEPTH, 500, &answer),
		STIPPLE_ALLOWED);
}

/* The skin types are six, so that a seventh is no answer, and neither is any after it. */
static void test_answer_beyond_the_values_is_open(void **state)
{
	struct ward *ward = *state;
	struct table_bench *bench = ward->bench;

	bench->client.session = 2;
	bench->client.age = 40;
	bench_answer(bench, "keloid_history", STIPPLE_QUESTION_SAFE);
	for (uint32_t reaction = 0; reaction < 256; reaction++)
		for (uint32_t type = 0; type < 256; type += type < 20 ? 1 : 47) {
			bench_tell(bench, "skin_type", type);
			bench_tell(bench, "prior_reaction", reaction);
			if (type == 0 || type > 6)
				expect_open(ward, "cheeks", "skin_type");
			else if (reaction == 0 || reaction > 2)
				expect_open(ward, "cheeks", "prior_reaction");
			else if (reaction == 1)
				expect_allowed(ward, "cheeks");
		}
}

static void test_factor_beyond_the_values_is_no_answer(void **state)
{
	struct ward *ward = *state;
	uint32_t type = bench_factor(ward->bench, "skin_type");

	ward_begin(ward);
	for (uint32_t value = 7; value < 300; value++) {
		(void)stipple_answer_factor(AT(ward), type, value);
		ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_CALL);
	}
	ward_tell(ward, "skin_type", 6);
}

/* A saved session whose seal is right and whose answer is not. */
static void test_saved_answer_beyond_the_values_is_open(void **state)
{
	struct ward *ward = *state;
	uint32_t type = bench_factor(ward->bench, "skin_type");
	struct stipple_call call = { .treatment = &ward->treatment,
				     .session = &ward->work.session };

	ward_answer_all(ward);
	stipple_client_of(&ward->treatment, &call.client);
	for (uint32_t value = 7; value < 256; value++) {
		*stipple_to_change(&call, &call.client.factors[type]) = (uint8_t)value;
		stipple_seal_bytes(call.session, ward->treatment.session_bytes);
		ALLOWED(stipple_restore(AT(ward)));
		(void)stipple_finish_screening(AT(ward));
		ward_assert(ward, STIPPLE_NEEDS_ANSWER, STIPPLE_REASON_UNANSWERED);
		assert_int_equal(ward->treatment.answer.subject, type);
	}
	ward_tell(ward, "skin_type", 6);
	ALLOWED(stipple_finish_screening(AT(ward)));
}

/* ---- an interval that depends on an answer ---- */

static struct stp_condition_term dark_term;
static struct stp_condition dark;
static struct stp_course_rule dark_course;

/* Dark skin: six weeks apart instead of four, and no more than three sessions. */
static void add_course_rule(struct ward *ward)
{
	struct stp_model *model = ward->bench->model;

	for (size_t i = 0; i < model->factor_count; i++)
		if (strcmp(model->factors[i]->name, "skin_type") == 0)
			dark_term = (struct stp_condition_term){ model->factors[i], 0x30 };
	dark = (struct stp_condition){ .terms = &dark_term,
				       .term_count = 1,
				       .session_low = 1,
				       .session_high = STP_ANY_HIGH,
				       .age_high = STP_ANY_HIGH,
				       .depth_high_um = STP_ANY_DEPTH };
	dark_course = (struct stp_course_rule){ .when = &dark,
						.apart_low = { 6, STP_WEEK },
						.apart_high = { 8, STP_WEEK },
						.sessions_limit = 3 };
	fixture_protocol(model)->course_rules = &dark_course;
	fixture_protocol(model)->course_rule_count = 1;
	fixture_protocol(model)->asked++; /* no other rule asks for the skin type, the first */
	fixture_protocol(model)->asked_count--;
	table_bench_rebuild(ward->bench);
	ward_verify(ward);
	ward->visit.number = 2;
}

static void answer_but_skin(struct ward *ward)
{
	ward_begin(ward);
	ward_tell(ward, "operator", 2);
	ward_tell(ward, "prior_reaction", 1);
	ward_say_no_to_all(ward);
}

static void test_interval_of_this_client(void **state)
{
	struct ward *ward = *state;
	uint32_t type = bench_factor(ward->bench, "skin_type");

	add_course_rule(ward);
	ward->visit.last_session = NOW - 28 * DAY + 1; /* too soon for everybody */
	REFUSED(ward, TOO_SOON, stipple_begin(AT(ward), &ward->visit));
	for (uint32_t value = 1; value <= 6; value++) {
		ward->visit.last_session = NOW - 42 * DAY + 1;
		answer_but_skin(ward);
		(void)stipple_finish_screening(AT(ward));
		ward_assert(ward, STIPPLE_NEEDS_ANSWER, STIPPLE_REASON_UNANSWERED);
		assert_int_equal(ward->treatment.answer.subject, type);
		if (value < 5) {
			ward_tell(ward, "skin_type", value);
			ALLOWED(stipple_finish_screening(AT(ward)));
			ALLOWED(stipple_abort(AT(ward)));
			continue;
		}
		REFUSED(ward, TOO_SOON, stipple_answer_factor(AT(ward), type, value));
		assert_int_equal(ward->treatment.answer.until, NOW + 1);
		assert_int_equal(ward->work.session.state, STIPPLE_STATE_ABORTED);
		ward->visit.last_session = NOW - 42 * DAY; /* long enough ago */
		answer_but_skin(ward);
		ward_tell(ward, "skin_type", value);
		ALLOWED(stipple_finish_screening(AT(ward)));
		ALLOWED(stipple_abort(AT(ward)));
	}
}

/* The upper end is advice, and is that of the longest interval that holds. */
static void test_advice_of_this_client(void **state)
{
	static const struct {
		uint32_t days, type, reason;
	} cases[] = {
		{ 42, 2, STIPPLE_REASON_NONE },     { 43, 2, STIPPLE_REASON_TOO_LATE },
		{ 43, 6, STIPPLE_REASON_NONE },     { 56, 6, STIPPLE_REASON_NONE },
		{ 57, 6, STIPPLE_REASON_TOO_LATE }, { 57, 2, STIPPLE_REASON_TOO_LATE },
	};
	struct ward *ward = *state;

	add_course_rule(ward);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		ward->visit.last_session = NOW - cases[i].days * DAY;
		answer_but_skin(ward);
		ward_tell(ward, "skin_type", cases[i].type);
		ward_assert(ward, STIPPLE_ALLOWED, STIPPLE_REASON_NONE);
		ALLOWED(stipple_finish_screening(AT(ward)));
		assert_int_equal(ward->treatment.answer.reason, cases[i].reason);
		ALLOWED(stipple_abort(AT(ward)));
	}
}

/* Corrected in the preparation, and after a restart in between. */
static void test_interval_after_a_correction(void **state)
{
	struct ward *ward = *state;
	uint32_t type = bench_factor(ward->bench, "skin_type");

	add_course_rule(ward);
	ward->visit.last_session = NOW - 30 * DAY;
	answer_but_skin(ward);
	ward_tell(ward, "skin_type", 2);
	ALLOWED(stipple_finish_screening(AT(ward)));
	ward->now.uptime = 7;
	ward->now.wall += 50;
	ALLOWED(stipple_restore(AT(ward)));
	REFUSED(ward, TOO_SOON, stipple_answer_factor(AT(ward), type, 5));
	assert_int_equal(ward->treatment.answer.until, NOW + 12 * DAY);
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ABORTED);
}

static void test_number_of_sessions_of_this_client(void **state)
{
	struct ward *ward = *state;
	uint32_t type = bench_factor(ward->bench, "skin_type");

	add_course_rule(ward);
	ward->visit.last_session = NOW - 50 * DAY;
	for (uint16_t number = 2; number <= 6; number++) {
		ward->visit.number = number;
		answer_but_skin(ward);
		if (number > 3)
			REFUSED(ward, COURSE_DONE, stipple_answer_factor(AT(ward), type, 6));
		else
			ward_tell(ward, "skin_type", 6);
		ALLOWED(stipple_abort(AT(ward)));
		answer_but_skin(ward);
		ward_tell(ward, "skin_type", 3);
		ALLOWED(stipple_finish_screening(AT(ward)));
		ALLOWED(stipple_abort(AT(ward)));
	}
}

static void test_damaged_course_row_is_found(void **state)
{
	struct ward *ward = *state;
	const struct stipple_header *header;

	add_course_rule(ward);
	ward->visit.last_session = NOW - 50 * DAY;
	answer_but_skin(ward);
	header = (const struct stipple_header *)(const void *)ward->bench->image;
	ward->bench->image[header->courses.offset + sizeof(struct stipple_course_row)] ^= 1;
	(void)stipple_finish_screening(AT(ward));
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_TABLE);
}

/* ---- answers that are changed ---- */

static struct stp_screen_rule rules[8];

/* A wait that only dark skin has. */
static void add_wait_for_dark_skin(struct ward *ward)
{
	struct stp_protocol *protocol = fixture_protocol(ward->bench->model);

	add_course_rule(ward);
	ward->visit.number = 1;
	memcpy(rules, protocol->screens, protocol->screen_count * sizeof *rules);
	rules[7] = rules[3];
	rules[7].when = &dark;
	rules[7].wait = (struct stp_duration){ 3, STP_YEAR };
	rules[7].wait_limit = rules[7].wait;
	protocol->screens = rules;
	protocol->screen_count = 8;
	table_bench_rebuild(ward->bench);
	ward_verify(ward);
}

/* An event judged for light skin is asked for again. */
static void test_change_asks_for_events_again(void **state)
{
	struct ward *ward = *state;
	uint32_t question = bench_question(ward->bench, "isotretinoin");

	add_wait_for_dark_skin(ward);
	ward_answer_all(ward);
	ward_say(ward, "isotretinoin", STIPPLE_YES);
	ALLOWED(stipple_answer_event(AT(ward), question, NOW - 300 * DAY));
	ALLOWED(stipple_finish_screening(AT(ward)));
	ward_tell(ward, "skin_type", 3); /* another answer, though it changes nothing here */
	(void)stipple_finish_preparation(AT(ward));
	ward_assert(ward, STIPPLE_NEEDS_ANSWER, STIPPLE_REASON_UNANSWERED);
	assert_int_equal(ward->treatment.answer.subject, question | STIPPLE_SUBJECT_QUESTION);
	ALLOWED(stipple_answer_event(AT(ward), question, NOW - 300 * DAY));
	ward_tell(ward, "skin_type", 5);
	REFUSED(ward, WAIT, stipple_answer_event(AT(ward), question, NOW - 300 * DAY));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ABORTED);
}

/* The wait depends on the skin, the operator and, in a row of its own, the age. */
static void add_wait_of_three_conditions(struct ward *ward)
{
	static struct stp_condition_term terms[2];
	const struct stp_model *model = ward->bench->model;

	add_wait_for_dark_skin(ward);
	terms[0] = dark_term;
	terms[1].values = 0x06;
	for (size_t i = 0; i < model->factor_count; i++)
		if (strcmp(model->factors[i]->name, "operator") == 0)
			terms[1].factor = model->factors[i];
	dark.terms = terms;
	dark.term_count = 2;
	dark.age_low = 18;
	table_bench_rebuild(ward->bench);
	ward_verify(ward);
	ward_answer_all(ward);
	ward_say(ward, "isotretinoin", STIPPLE_YES);
	ALLOWED(stipple_answer_event(AT(ward), bench_question(ward->bench, "isotretinoin"),
				     NOW - 300 * DAY));
	ALLOWED(stipple_finish_screening(AT(ward)));
}

static void expect_event_is_asked(struct ward *ward)
{
	uint32_t question = bench_question(ward->bench, "isotretinoin");

	(void)stipple_finish_preparation(AT(ward));
	ward_assert(ward, STIPPLE_NEEDS_ANSWER, STIPPLE_REASON_UNANSWERED);
	assert_int_equal(ward->treatment.answer.subject, question | STIPPLE_SUBJECT_QUESTION);
	ALLOWED(stipple_answer_event(AT(ward), question, NOW - 300 * DAY));
}

/* And no other correction asks for the event. */
static void test_change_of_each_condition_asks_again(void **state)
{
	struct ward *ward = *state;
	uint32_t operator= bench_factor(ward->bench, "operator");

	add_wait_of_three_conditions(ward);
	ward_tell(ward, "skin_type", 3);
	expect_event_is_asked(ward);
	(void)stipple_answer_factor(AT(ward), operator, 1);
	ALLOWED(stipple_answer_factor(AT(ward), operator, 2));
	expect_event_is_asked(ward);
	ALLOWED(stipple_answer_age(AT(ward), 41));
	expect_event_is_asked(ward);
	ward_say(ward, "anticoagulants", STIPPLE_YES);
	ward_say(ward, "anticoagulants", STIPPLE_NO);
	ALLOWED(stipple_finish_preparation(AT(ward)));
}

/* Rows whose chain was damaged after opening have no end but that of their section. */
static void test_change_ends_with_the_rows(void **state)
{
	struct ward *ward = *state;
	struct stipple_header *header;
	struct stipple_screening_row *screenings;

	add_wait_of_three_conditions(ward);
	header = (struct stipple_header *)(void *)ward->bench->image;
	screenings = (struct stipple_screening_row *)(void *)(ward->bench->image +
							      header->screenings.offset);
	for (uint32_t i = 0; i < header->screenings.count; i++)
		screenings[i].chain = STIPPLE_AND_NEXT;
	(void)stipple_answer_question(AT(ward), bench_question(ward->bench, "anticoagulants"),
				      STIPPLE_YES);
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_TABLE);
}

/* A wait with a condition whose question was altered after the table was opened. */
static void misdirect_wait(struct ward *ward, uint32_t question)
{
	struct stipple_header *header = (struct stipple_header *)(void *)ward->bench->image;
	struct stipple_screening_row *row =
		(struct stipple_screening_row *)(void *)(ward->bench->image +
							 header->screenings.offset);

	while (row->action != STIPPLE_ACTION_WAIT ||
	       row->conditions[0].subject == STIPPLE_SUBJECT_ALWAYS)
		row++;
	row->question = (uint16_t)question;
}

/* What a damaged row calls a question lies in other memory: nothing is written there. */
static void test_change_writes_only_to_questions(void **state)
{
	struct ward *ward = *state;
	struct stipple_call call = { .treatment = &ward->treatment,
				     .session = &ward->work.session };
	uint8_t *elsewhere = (uint8_t *)&ward->records[63];

	add_wait_for_dark_skin(ward);
	ward_answer_all(ward);
	stipple_client_of(&ward->treatment, &call.client);
	misdirect_wait(ward, (uint32_t)(elsewhere - call.client.questions) * 4u);
	*elsewhere = 0xFF;
	(void)stipple_answer_factor(AT(ward), bench_factor(ward->bench, "skin_type"), 3);
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_TABLE);
	assert_int_equal(*elsewhere, 0xFF);
}

/*
 * An answer that excludes ends the session as it is given, so no calls lead to a preparation that
 * holds one: only a session that was saved and altered does, its seal made right.
 */
static void test_excluding_answer_at_the_end_of_preparation(void **state)
{
	struct ward *ward = *state;
	struct stipple_call call = { .treatment = &ward->treatment,
				     .session = &ward->work.session };

	ward_answer_all(ward);
	ALLOWED(stipple_finish_screening(AT(ward)));
	stipple_client_of(&ward->treatment, &call.client);
	stipple_set_answer(&call, bench_question(ward->bench, "pregnancy"),
			   STIPPLE_QUESTION_UNSAFE);
	stipple_seal_bytes(call.session, ward->treatment.session_bytes);
	REFUSED(ward, EXCLUDED, stipple_finish_preparation(AT(ward)));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ABORTED);
}

/* ---- dates of events ---- */

/* A "yes" that still wants its date is no longer the "no" of before. */
static void test_yes_without_its_date_is_open(void **state)
{
	struct ward *ward = *state;
	uint32_t question = bench_question(ward->bench, "isotretinoin");
	uint32_t other = bench_question(ward->bench, "anticoagulants");

	ward_answer_all(ward);
	ward_say(ward, "anticoagulants", STIPPLE_YES);
	ALLOWED(stipple_clear(AT(ward), other, 0));
	ALLOWED(stipple_finish_screening(AT(ward)));
	ward_say(ward, "isotretinoin", STIPPLE_YES);
	ward_assert(ward, STIPPLE_NEEDS_ANSWER, STIPPLE_REASON_WHEN);
	(void)stipple_finish_preparation(AT(ward));
	ward_assert(ward, STIPPLE_NEEDS_ANSWER, STIPPLE_REASON_UNANSWERED);
	assert_int_equal(ward->treatment.answer.subject, question | STIPPLE_SUBJECT_QUESTION);
	ALLOWED(stipple_answer_event(AT(ward), question, NOW - 300 * DAY));
	(void)stipple_finish_preparation(AT(ward)); /* the clearance was for other answers */
	ward_assert(ward, STIPPLE_NEEDS_CLEARANCE, STIPPLE_REASON_NOT_CLEARED);
	ALLOWED(stipple_clear(AT(ward), other, 0));
	ALLOWED(stipple_finish_preparation(AT(ward)));
}

/* Zero is a clock that is not set, not an event of 1970. */
static void test_event_needs_a_date(void **state)
{
	struct ward *ward = *state;
	uint32_t question = bench_question(ward->bench, "isotretinoin");

	ward_answer_all(ward);
	assert_int_equal(stipple_answer_event(AT(ward), question, 0), STIPPLE_FAULT);
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_CALL);
	ALLOWED(stipple_answer_event(AT(ward), question, NOW - 3000 * DAY));
	assert_int_equal((uint32_t)ward_record(ward)->range_least << 16 |
				 ward_record(ward)->range_most,
			 NOW - 3000 * DAY);
	ALLOWED(stipple_answer_event(AT(ward), question, 1));
}

/* The longest of two waits and the longest of their floors hold, in whatever order they stand. */
static void test_floors_of_two_waits(void **state)
{
	static const struct stp_duration year = { 12, STP_MONTH }, months = { 6, STP_MONTH },
					 week = { 1, STP_WEEK }, weeks = { 12, STP_WEEK };
	struct ward *ward = *state;
	uint32_t question = bench_question(ward->bench, "isotretinoin");
	struct stp_protocol *protocol = fixture_protocol(ward->bench->model);
	struct stp_screen_rule *changed = (struct stp_screen_rule *)(uintptr_t)protocol->screens;

	for (size_t first = 2; first < 4; first++) {
		changed[2] = changed[3];
		changed[first].wait = year;
		changed[first].wait_limit = week;
		changed[5 - first].wait = months;
		changed[5 - first].wait_limit = weeks;
		table_bench_rebuild(ward->bench);
		ward_verify(ward);
		ward_answer_all(ward);
		(void)stipple_answer_event(AT(ward), question, NOW - 300 * DAY);
		ward_assert(ward, STIPPLE_NEEDS_CLEARANCE, STIPPLE_REASON_NOT_CLEARED);
		ALLOWED(stipple_clear(AT(ward), question, 0));
		REFUSED(ward, WAIT, stipple_answer_event(AT(ward), question, NOW - 60 * DAY));
		assert_int_equal(ward->treatment.answer.until,
				 NOW - 60 * DAY + (uint32_t)stp_floor_seconds(weeks));
	}
}

/* Which of two waits has passed is not remembered, so that both roles would have to clear. */
static void test_waits_of_two_roles_are_cleared_by_nobody(void **state)
{
	struct ward *ward = *state;
	uint32_t question = bench_question(ward->bench, "isotretinoin");
	struct stp_protocol *protocol = fixture_protocol(ward->bench->model);
	struct stp_screen_rule *changed = (struct stp_screen_rule *)(uintptr_t)protocol->screens;

	changed[2] = changed[3];
	changed[2].with = "doctor";
	table_bench_rebuild(ward->bench);
	ward_verify(ward);
	ward_answer_all(ward);
	(void)stipple_answer_event(AT(ward), question, NOW - 100 * DAY);
	ward_assert(ward, STIPPLE_NEEDS_CLEARANCE, STIPPLE_REASON_NOT_CLEARED);
	for (uint32_t role = 0; role < 2; role++)
		REFUSED(ward, NOT_CLEARED, stipple_clear(AT(ward), question, role));
	(void)stipple_finish_screening(AT(ward));
	ward_assert(ward, STIPPLE_NEEDS_CLEARANCE, STIPPLE_REASON_NOT_CLEARED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, ward_setup, ward_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_answer_beyond_the_values_is_open),
		TEST(test_factor_beyond_the_values_is_no_answer),
		TEST(test_saved_answer_beyond_the_values_is_open),
		TEST(test_interval_of_this_client),
		TEST(test_advice_of_this_client),
		TEST(test_interval_after_a_correction),
		TEST(test_number_of_sessions_of_this_client),
		TEST(test_damaged_course_row_is_found),
		TEST(test_change_asks_for_events_again),
		TEST(test_change_of_each_condition_asks_again),
		TEST(test_change_ends_with_the_rows),
		TEST(test_yes_without_its_date_is_open),
		TEST(test_event_needs_a_date),
		TEST(test_change_writes_only_to_questions),
		TEST(test_excluding_answer_at_the_end_of_preparation),
		TEST(test_floors_of_two_waits),
		TEST(test_waits_of_two_roles_are_cleared_by_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
