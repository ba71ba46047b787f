/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The session machine: every state reached, every refusal fired, and what must hold always.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "stipple/session.h"
#include "table_bench.h"

#define NOW    1800000000u
#define DAY    86400u
#define MINUTE 60u

struct ward {
	struct table_bench *bench;
	struct stipple_treatment treatment;
	struct stipple_time now;
	struct stipple_visit visit;
	struct stipple_verification verified;
	union {
		struct stipple_session session;
		uint8_t bytes[STIPPLE_SESSION_BYTES(8, 32, 8)];
	} work;
	struct stipple_record records[64];
	uint32_t record_count;
	uint32_t keeps; /* what the record keeper answers */
};

static uint32_t keep(void *context, const struct stipple_record *record)
{
	struct ward *ward = context;

	ward->records[ward->record_count++ % 64] = *record;
	return ward->keeps;
}

static const struct stipple_record *last_record(const struct ward *ward)
{
	assert_int_not_equal(ward->record_count, 0);
	return &ward->records[(ward->record_count - 1) % 64];
}

static void verify(struct ward *ward)
{
	stipple_verify_begin(&ward->verified);
	while (stipple_verify_step(&ward->bench->table, &ward->verified, 512) == STIPPLE_BUSY)
		;
}

static int setup(void **state)
{
	struct ward *ward = calloc(1, sizeof *ward);
	void *bench;

	table_bench_setup(&bench);
	ward->bench = bench;
	ward->treatment.table = &ward->bench->table;
	ward->treatment.session = &ward->work.session;
	ward->treatment.keep = keep;
	ward->treatment.context = ward;
	ward->treatment.operator_id = 77;
	ward->treatment.operator_role = 3;
	ward->treatment.session_bytes = sizeof ward->work;
	ward->keeps = STIPPLE_AUDITED;
	ward->now.wall = NOW;
	ward->now.uptime = 5000;
	ward->visit.verified = &ward->verified;
	ward->visit.number = 1;
	ward->visit.age = 40;
	ward->visit.cartridge = STIPPLE_CARTRIDGE_NEW;
	verify(ward);
	*state = ward;
	return 0;
}

static int teardown(void **state)
{
	struct ward *ward = *state;
	void *bench = ward->bench;

	table_bench_teardown(&bench);
	free(ward);
	return 0;
}

#define AT(ward) &(ward)->treatment, &(ward)->now

static void pass_time(struct ward *ward, uint32_t seconds)
{
	ward->now.wall += seconds;
	ward->now.uptime += seconds;
}

static void assert_answer(const struct ward *ward, uint32_t verdict, uint32_t reason)
{
	if (ward->treatment.answer.verdict != verdict || ward->treatment.answer.reason != reason)
		fail_msg("verdict %08x, reason \"%s\"", ward->treatment.answer.verdict,
			 stipple_reason_text(ward->treatment.answer.reason));
}

#define ALLOWED(call) assert_int_equal(call, STIPPLE_ALLOWED)
#define REFUSED(ward, why, call)                                                                   \
	do {                                                                                       \
		(void)(call);                                                                      \
		assert_answer(ward, STIPPLE_REFUSED, STIPPLE_REASON_##why);                        \
	} while (0)

/* ---- ways to a state ---- */

static void begin(struct ward *ward)
{
	ALLOWED(stipple_begin(AT(ward), &ward->visit));
}

static void say(struct ward *ward, const char *question, uint32_t said)
{
	(void)stipple_answer_question(AT(ward), bench_question(ward->bench, question), said);
}

static void tell(struct ward *ward, const char *factor, uint32_t value)
{
	ALLOWED(stipple_answer_factor(AT(ward), bench_factor(ward->bench, factor), value));
}

static void say_no_to_all(struct ward *ward)
{
	for (uint32_t i = 0; i < stipple_count(&ward->bench->table, STIPPLE_NAMED_QUESTION); i++)
		ALLOWED(stipple_answer_question(AT(ward), i, STIPPLE_NO));
}

static void answer_all(struct ward *ward)
{
	begin(ward);
	tell(ward, "skin_type", 2);
	tell(ward, "operator", 2);
	if (ward->visit.number > 1)
		tell(ward, "prior_reaction", 1);
	say_no_to_all(ward);
}

static void prepare(struct ward *ward)
{
	answer_all(ward);
	ALLOWED(stipple_finish_screening(AT(ward)));
	ALLOWED(stipple_finish_preparation(AT(ward)));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_PREPARED);
}

static void numb(struct ward *ward)
{
	prepare(ward);
	ALLOWED(stipple_apply_anaesthetic(AT(ward), 0, 0));
	pass_time(ward, 60 * MINUTE);
	ALLOWED(stipple_remove_anaesthetic(AT(ward)));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_READY);
}

static void enter(struct ward *ward, const char *zone)
{
	ALLOWED(stipple_enter_zone(AT(ward), bench_zone(ward->bench, zone), 0));
}

static void set_up_zone(struct ward *ward)
{
	numb(ward);
	enter(ward, "forehead");
	ALLOWED(stipple_set(AT(ward), STIPPLE_DEPTH, 500));
	ALLOWED(stipple_set(AT(ward), STIPPLE_RATE, 6000));
}

static void needle(struct ward *ward)
{
	set_up_zone(ward);
	ALLOWED(stipple_begin_pass(AT(ward)));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_NEEDLING);
}

/* ---- a whole session ---- */

static void test_whole_session(void **state)
{
	struct ward *ward = *state;

	needle(ward);
	for (int i = 0; i < 5; i++) {
		pass_time(ward, 1);
		ALLOWED(stipple_permit(AT(ward), 500, 6000));
	}
	ALLOWED(stipple_end_pass(AT(ward)));
	ALLOWED(stipple_leave_zone(AT(ward), 1));
	REFUSED(ward, PASSES_DONE,
		stipple_enter_zone(AT(ward), bench_zone(ward->bench, "forehead"), 0));
	enter(ward, "cheeks");
	ALLOWED(stipple_leave_zone(AT(ward), 0));
	enter(ward, "cheeks");
	ALLOWED(stipple_leave_zone(AT(ward), 0));
	ALLOWED(stipple_complete(AT(ward)));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_COMPLETED);
	begin(ward);
}

/* ---- beginning ---- */

static void test_begin_asks_for_a_verified_table(void **state)
{
	struct ward *ward = *state;

	stipple_verify_begin(&ward->verified);
	(void)stipple_begin(AT(ward), &ward->visit);
	assert_answer(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_TABLE);
	verify(ward);
	ward->verified.crc ^= 1;
	(void)stipple_begin(AT(ward), &ward->visit);
	assert_answer(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_TABLE);
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
	assert_answer(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_TABLE);
	ward->visit.protocol = 0;
	ward->treatment.session_bytes = 64; /* too few for this table */
	(void)stipple_begin(AT(ward), &ward->visit);
	assert_answer(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_TABLE);
}

static void test_interval(void **state)
{
	struct ward *ward = *state;

	ward->visit.number = 2;
	ward->visit.last_session = NOW - 28 * DAY + 1;
	REFUSED(ward, TOO_SOON, stipple_begin(AT(ward), &ward->visit));
	assert_int_equal(ward->treatment.answer.until, NOW + 1);
	assert_int_equal(last_record(ward)->reason, STIPPLE_REASON_TOO_SOON);
	ward->visit.last_session = NOW - 28 * DAY;
	begin(ward);
	assert_answer(ward, STIPPLE_ALLOWED, STIPPLE_REASON_NONE);
	ALLOWED(stipple_abort(AT(ward)));
	ward->visit.last_session = NOW - 42 * DAY - 1;
	begin(ward);
	assert_answer(ward, STIPPLE_ALLOWED, STIPPLE_REASON_TOO_LATE);
	ALLOWED(stipple_abort(AT(ward)));
	ward->visit.last_session = NOW + DAY; /* a date in the future proves nothing */
	REFUSED(ward, TOO_SOON, stipple_begin(AT(ward), &ward->visit));
}

static void test_open_session_is_not_overwritten(void **state)
{
	struct ward *ward = *state;

	begin(ward);
	REFUSED(ward, WRONG_STATE, stipple_begin(AT(ward), &ward->visit));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_SCREENING);
}

/* ---- screening ---- */

static void test_exclusion_ends(void **state)
{
	struct ward *ward = *state;

	begin(ward);
	REFUSED(ward, EXCLUDED, (say(ward, "pregnancy", STIPPLE_YES), 0));
	assert_int_equal(ward->treatment.answer.subject,
			 STIPPLE_SUBJECT_QUESTION | bench_question(ward->bench, "pregnancy"));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ABORTED);
	REFUSED(ward, WRONG_STATE, (say(ward, "pregnancy", STIPPLE_NO), 0));
}

static void test_age_excludes(void **state)
{
	struct ward *ward = *state;

	ward->visit.age = 21;
	begin(ward);
	(void)stipple_answer_factor(AT(ward), bench_factor(ward->bench, "skin_type"), 1);
	assert_answer(ward, STIPPLE_REFUSED, STIPPLE_REASON_EXCLUDED);
	ward->visit.age = 22;
	begin(ward);
	tell(ward, "skin_type", 1);
}

static void test_unknown_age_is_asked(void **state)
{
	struct ward *ward = *state;

	ward->visit.age = 0;
	answer_all(ward);
	(void)stipple_finish_screening(AT(ward));
	assert_answer(ward, STIPPLE_NEEDS_ANSWER, STIPPLE_REASON_UNANSWERED);
	assert_int_equal(ward->treatment.answer.subject, STIPPLE_SUBJECT_AGE);
}

static void test_everything_must_be_answered(void **state)
{
	struct ward *ward = *state;
	uint32_t questions = stipple_count(&ward->bench->table, STIPPLE_NAMED_QUESTION);

	for (uint32_t left_out = 0; left_out < questions; left_out++) {
		begin(ward);
		tell(ward, "skin_type", 2);
		tell(ward, "operator", 2);
		for (uint32_t i = 0; i < questions; i++)
			if (i != left_out)
				ALLOWED(stipple_answer_question(AT(ward), i, STIPPLE_NO));
		if (stipple_finish_screening(AT(ward)) == STIPPLE_ALLOWED)
			(void)stipple_finish_preparation(AT(ward));
		assert_answer(ward, STIPPLE_NEEDS_ANSWER, STIPPLE_REASON_UNANSWERED);
		assert_int_equal(ward->treatment.answer.subject,
				 STIPPLE_SUBJECT_QUESTION | left_out);
		ALLOWED(stipple_abort(AT(ward)));
	}
}

static void test_factors_must_be_answered(void **state)
{
	struct ward *ward = *state;

	begin(ward);
	tell(ward, "operator", 2);
	say_no_to_all(ward);
	(void)stipple_finish_screening(AT(ward));
	assert_answer(ward, STIPPLE_NEEDS_ANSWER, STIPPLE_REASON_UNANSWERED);
	assert_int_equal(ward->treatment.answer.subject, bench_factor(ward->bench, "skin_type"));
	ALLOWED(stipple_abort(AT(ward)));
	ward->visit.number = 2; /* now the prior reaction is asked too */
	ward->visit.last_session = NOW - 30 * DAY;
	begin(ward);
	tell(ward, "operator", 2);
	tell(ward, "skin_type", 2);
	say_no_to_all(ward);
	(void)stipple_finish_screening(AT(ward));
	assert_int_equal(ward->treatment.answer.subject,
			 bench_factor(ward->bench, "prior_reaction"));
}

static void test_bad_answers(void **state)
{
	struct ward *ward = *state;

	begin(ward);
	(void)stipple_answer_factor(AT(ward), 99, 1);
	assert_answer(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_CALL);
	(void)stipple_answer_factor(AT(ward), 0, 0);
	assert_answer(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_CALL);
	(void)stipple_answer_factor(AT(ward), 0, 7);
	assert_answer(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_CALL);
	(void)stipple_answer_question(AT(ward), 99, STIPPLE_NO);
	assert_answer(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_CALL);
	(void)stipple_answer_question(AT(ward), 0, 1);
	assert_answer(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_CALL);
	(void)stipple_answer_event(AT(ward), 99, NOW);
	assert_answer(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_CALL);
	(void)stipple_answer_event(AT(ward), 0, NOW + 1);
	assert_answer(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_CALL);
	(void)stipple_clear(AT(ward), 99, 0);
	assert_answer(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_CALL);
}

static void test_operator(void **state)
{
	struct ward *ward = *state;

	begin(ward);
	(void)stipple_answer_factor(AT(ward), bench_factor(ward->bench, "operator"), 1);
	assert_answer(ward, STIPPLE_REFUSED, STIPPLE_REASON_OPERATOR);
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_SCREENING);
	tell(ward, "operator", 2); /* another may */
}

static void test_clearance(void **state)
{
	struct ward *ward = *state;
	uint32_t question = bench_question(ward->bench, "anticoagulants");

	answer_all(ward);
	say(ward, "anticoagulants", STIPPLE_YES);
	assert_answer(ward, STIPPLE_NEEDS_CLEARANCE, STIPPLE_REASON_NOT_CLEARED);
	assert_int_equal(ward->treatment.answer.role, 0);
	(void)stipple_finish_screening(AT(ward));
	assert_answer(ward, STIPPLE_NEEDS_CLEARANCE, STIPPLE_REASON_NOT_CLEARED);
	REFUSED(ward, NOT_CLEARED, stipple_clear(AT(ward), question, 1));
	REFUSED(ward, NOT_CLEARED, stipple_clear(AT(ward), question, STIPPLE_NONE));
	ALLOWED(stipple_clear(AT(ward), question, 0));
	assert_int_equal(last_record(ward)->event, STIPPLE_EVENT_CLEAR);
	assert_int_equal(last_record(ward)->role, 0);
	ALLOWED(stipple_finish_screening(AT(ward)));
}

static void test_exclusion_cannot_be_cleared(void **state)
{
	struct ward *ward = *state;

	answer_all(ward);
	REFUSED(ward, NOT_CLEARED,
		stipple_clear(AT(ward), bench_question(ward->bench, "pregnancy"), STIPPLE_NONE));
}

static void test_spot_is_confirmed(void **state)
{
	struct ward *ward = *state;

	answer_all(ward);
	say(ward, "mole_at_spot", STIPPLE_YES);
	assert_answer(ward, STIPPLE_NEEDS_CLEARANCE, STIPPLE_REASON_NOT_CLEARED);
	assert_int_equal(ward->treatment.answer.role, STIPPLE_NONE);
	ALLOWED(stipple_clear(AT(ward), bench_question(ward->bench, "mole_at_spot"), STIPPLE_NONE));
	ALLOWED(stipple_finish_screening(AT(ward)));
}

static void test_caution_is_shown(void **state)
{
	struct ward *ward = *state;

	answer_all(ward);
	say(ward, "keloid_history", STIPPLE_YES);
	assert_answer(ward, STIPPLE_ALLOWED, STIPPLE_REASON_CAUTION);
	ALLOWED(stipple_finish_screening(AT(ward)));
	ALLOWED(stipple_finish_preparation(AT(ward)));
	/* the same condition bars the anaesthetic, so there is none to wait for */
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

	answer_all(ward);
	say(ward, "isotretinoin", STIPPLE_YES);
	assert_answer(ward, STIPPLE_NEEDS_ANSWER, STIPPLE_REASON_WHEN);
	ALLOWED(stipple_answer_event(AT(ward), question, NOW - wait));
	(void)stipple_answer_event(AT(ward), question, NOW - wait + 1);
	assert_answer(ward, STIPPLE_NEEDS_CLEARANCE, STIPPLE_REASON_NOT_CLEARED);
	ALLOWED(stipple_clear(AT(ward), question, 1));
	ALLOWED(stipple_finish_screening(AT(ward)));
	(void)stipple_answer_event(AT(ward), question, NOW - floor + 1);
	assert_answer(ward, STIPPLE_REFUSED, STIPPLE_REASON_WAIT);
	assert_int_equal(ward->treatment.answer.until, NOW + 1);
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ABORTED);
}

static void test_event_without_a_wait_is_a_yes(void **state)
{
	struct ward *ward = *state;

	answer_all(ward);
	(void)stipple_answer_event(AT(ward), bench_question(ward->bench, "anticoagulants"), NOW);
	assert_answer(ward, STIPPLE_NEEDS_CLEARANCE, STIPPLE_REASON_NOT_CLEARED);
}

static void test_preparation(void **state)
{
	struct ward *ward = *state;

	answer_all(ward);
	ALLOWED(stipple_finish_screening(AT(ward)));
	say(ward, "kept_stop_retinoids", STIPPLE_YES);
	assert_answer(ward, STIPPLE_NEEDS_CLEARANCE, STIPPLE_REASON_NOT_PREPARED);
	(void)stipple_finish_preparation(AT(ward));
	assert_answer(ward, STIPPLE_NEEDS_CLEARANCE, STIPPLE_REASON_NOT_PREPARED);
	ALLOWED(stipple_clear(AT(ward), bench_question(ward->bench, "kept_stop_retinoids"),
			      STIPPLE_NONE));
	ALLOWED(stipple_finish_preparation(AT(ward)));
}

/* ---- the anaesthetic ---- */

static void test_anaesthetic_is_not_skipped(void **state)
{
	struct ward *ward = *state;

	prepare(ward);
	REFUSED(ward, WRONG_STATE,
		stipple_enter_zone(AT(ward), bench_zone(ward->bench, "cheeks"), 0));
	ALLOWED(stipple_apply_anaesthetic(AT(ward), 0, 0));
	pass_time(ward, 60 * MINUTE);
	REFUSED(ward, WRONG_STATE,
		stipple_enter_zone(AT(ward), bench_zone(ward->bench, "cheeks"), 0));
}

static void test_anaesthetic_least_time(void **state)
{
	struct ward *ward = *state;

	prepare(ward);
	ALLOWED(stipple_apply_anaesthetic(AT(ward), 0, 0));
	pass_time(ward, 60 * MINUTE - 1);
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

	prepare(ward);
	ALLOWED(stipple_apply_anaesthetic(AT(ward), 0, 0));
	pass_time(ward, 120 * MINUTE);
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
	verify(ward);
	prepare(ward);
	REFUSED(ward, ABOVE_LIMIT, stipple_apply_anaesthetic(AT(ward), 60001, 1));
	REFUSED(ward, ABOVE_LIMIT, stipple_apply_anaesthetic(AT(ward), 1, 40001));
	ALLOWED(stipple_apply_anaesthetic(AT(ward), 60000, 40000));
}

/* ---- needling ---- */

static void test_zones(void **state)
{
	struct ward *ward = *state;

	numb(ward);
	REFUSED(ward, ZONE_NEVER,
		stipple_enter_zone(AT(ward), bench_zone(ward->bench, "eyelids"), 0));
	REFUSED(ward, ZONE_NOT_NAMED,
		stipple_enter_zone(AT(ward), bench_zone(ward->bench, "face"), 0));
	REFUSED(ward, WRONG_STATE, stipple_set(AT(ward), STIPPLE_DEPTH, 500));
	assert_int_equal(last_record(ward)->zone_key, 0);
	enter(ward, "cheeks");
	assert_int_not_equal(last_record(ward)->zone_key, 0);
	REFUSED(ward, WRONG_STATE, stipple_complete(AT(ward)));
	(void)stipple_set(AT(ward), STIPPLE_DEPTH, 800); /* first session: 750 */
	assert_int_not_equal(last_record(ward)->zone_key, 0);
}

static void test_settings(void **state)
{
	struct ward *ward = *state;

	numb(ward);
	enter(ward, "forehead");
	REFUSED(ward, NO_PERMIT, stipple_begin_pass(AT(ward)));
	REFUSED(ward, ABOVE_LIMIT, stipple_set(AT(ward), STIPPLE_DEPTH, 1001));
	assert_int_equal(last_record(ward)->asked, 1001);
	assert_int_equal(last_record(ward)->limit_most, 1000);
	ALLOWED(stipple_set(AT(ward), STIPPLE_DEPTH, 750));
	assert_int_equal(ward->work.session.depth, 750);
	REFUSED(ward, NO_PERMIT, stipple_begin_pass(AT(ward)));
	ALLOWED(stipple_set(AT(ward), STIPPLE_PATTERNS, 0));
	REFUSED(ward, NOT_ALLOWED_PATTERN, stipple_set(AT(ward), STIPPLE_PATTERNS, 4));
	(void)stipple_set(AT(ward), STIPPLE_PASSES, 2);
	assert_answer(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_CALL);
	(void)stipple_set(AT(ward), STIPPLE_DEPTH, 0x10000u + 500u);
	assert_answer(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_CALL);
}

static uint32_t ask_for_900(struct ward *ward)
{
	(void)stipple_set(AT(ward), STIPPLE_DEPTH, 900);
	assert_answer(ward, STIPPLE_NEEDS_REASON, STIPPLE_REASON_ABOVE_RANGE);
	assert_int_not_equal(ward->treatment.answer.token, 0);
	return ward->treatment.answer.token;
}

static void test_confirmed_reason(void **state)
{
	struct ward *ward = *state;
	uint32_t token;

	set_up_zone(ward);
	token = ask_for_900(ward);
	assert_int_equal(ward->work.session.depth, 500);
	ALLOWED(stipple_confirm(AT(ward), token, 42));
	assert_int_equal(ward->work.session.depth, 900);
	assert_int_equal(last_record(ward)->given_reason, 42);
	assert_int_equal(last_record(ward)->reason, STIPPLE_REASON_ABOVE_RANGE);
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

	set_up_zone(ward);
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

	set_up_zone(ward);
	for (int i = 0; i < 4; i++) {
		ALLOWED(stipple_begin_pass(AT(ward)));
		ALLOWED(stipple_end_pass(AT(ward)));
	}
	REFUSED(ward, PASSES_DONE, stipple_begin_pass(AT(ward)));
	ALLOWED(stipple_leave_zone(AT(ward), 0));
	enter(ward, "forehead"); /* leaving does not give them back */
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
	verify(ward);
	set_up_zone(ward);
	for (int i = 0; i < 4; i++) {
		ALLOWED(stipple_begin_pass(AT(ward)));
		ALLOWED(stipple_end_pass(AT(ward)));
	}
	(void)stipple_begin_pass(AT(ward));
	assert_answer(ward, STIPPLE_NEEDS_REASON, STIPPLE_REASON_ABOVE_RANGE);
	ALLOWED(stipple_confirm(AT(ward), ward->treatment.answer.token, 9));
	ALLOWED(stipple_begin_pass(AT(ward)));
	ALLOWED(stipple_end_pass(AT(ward)));
	REFUSED(ward, PASSES_DONE, stipple_begin_pass(AT(ward)));
}

static void test_permit_expires(void **state)
{
	struct ward *ward = *state;

	needle(ward);
	pass_time(ward, STIPPLE_PERMIT_SECONDS);
	ALLOWED(stipple_permit(AT(ward), 500, 6000));
	pass_time(ward, STIPPLE_PERMIT_SECONDS + 1);
	REFUSED(ward, NO_PERMIT, stipple_permit(AT(ward), 500, 6000));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ZONE);
	REFUSED(ward, WRONG_STATE, stipple_permit(AT(ward), 500, 6000));
}

static void test_mismatch_faults(void **state)
{
	static const uint32_t wrong[][2] = { { 551, 6000 }, { 449, 6000 }, { 500, 6001 } };
	struct ward *ward = *state;

	for (size_t i = 0; i < 3; i++) {
		needle(ward);
		ALLOWED(stipple_permit(AT(ward), 550, 6000));
		ALLOWED(stipple_permit(AT(ward), 450, 0)); /* as it spins up */
		(void)stipple_permit(AT(ward), wrong[i][0], wrong[i][1]);
		assert_answer(ward, STIPPLE_FAULT, STIPPLE_REASON_MISMATCH);
		assert_int_equal(ward->work.session.state, STIPPLE_STATE_FAULTED);
		REFUSED(ward, WRONG_STATE, stipple_resume(AT(ward)));
	}
}

static void test_pause(void **state)
{
	struct ward *ward = *state;

	needle(ward);
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
		begin(ward);
		ward->now.wall += (uint32_t)steps[i].wall;
		ward->now.uptime += (uint32_t)steps[i].uptime;
		say(ward, "pregnancy", STIPPLE_NO);
		assert_answer(ward, STIPPLE_FAULT, STIPPLE_REASON_CLOCK_FAULT);
		assert_int_equal(ward->work.session.state, STIPPLE_STATE_FAULTED);
	}
}

static void test_uptime_may_wrap(void **state)
{
	struct ward *ward = *state;

	ward->now.uptime = 0xFFFFFFFEu;
	begin(ward);
	pass_time(ward, 10);
	say(ward, "pregnancy", STIPPLE_NO);
	assert_answer(ward, STIPPLE_ALLOWED, STIPPLE_REASON_NONE);
}

/* ---- stop and abort ---- */

static void test_stop_and_abort_always(void **state)
{
	struct ward *ward = *state;
	struct stipple_time nonsense = { 0, 0 };

	needle(ward);
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

	set_up_zone(ward);
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

	begin(ward);
	ward->keeps = 0;
	REFUSED(ward, NOT_RECORDED, (say(ward, "pregnancy", STIPPLE_NO), 0));
	REFUSED(ward, NOT_RECORDED, stipple_answer_factor(AT(ward), 0, 1));
	ward->keeps = STIPPLE_AUDITED;
	(void)stipple_finish_screening(AT(ward));
	assert_answer(ward, STIPPLE_NEEDS_ANSWER, STIPPLE_REASON_UNANSWERED);
	ward->keeps = 0; /* what ends a session does so, recorded or not */
	(void)stipple_answer_question(AT(ward), bench_question(ward->bench, "pregnancy"),
				      STIPPLE_YES);
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ABORTED);
}

static void test_record_says_everything(void **state)
{
	struct ward *ward = *state;
	const struct stipple_record *record;

	set_up_zone(ward);
	(void)stipple_set(AT(ward), STIPPLE_DEPTH, 900);
	record = last_record(ward);
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
	ward->treatment.keep = keep;
	(void)stipple_pause(AT(ward));
	assert_answer(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_SESSION);
	return STIPPLE_AUDITED;
}

static void test_no_call_from_inside_a_call(void **state)
{
	struct ward *ward = *state;

	set_up_zone(ward);
	ward->treatment.keep = keep_and_call_back;
	(void)stipple_set(AT(ward), STIPPLE_DEPTH, 600);
	assert_answer(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_SESSION);
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_FAULTED);
	assert_int_equal(ward->work.session.depth, 500);
}

/* ---- saving ---- */

static void test_every_flipped_bit_is_refused(void **state)
{
	struct ward *ward = *state;
	uint8_t saved[sizeof ward->work];

	set_up_zone(ward);
	memcpy(saved, ward->work.bytes, sizeof saved);
	for (size_t bit = 0; bit < 8 * sizeof saved; bit++) {
		memcpy(ward->work.bytes, saved, sizeof saved);
		ward->work.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
		(void)stipple_restore(AT(ward));
		assert_answer(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_SESSION);
		assert_int_equal(ward->work.session.state, STIPPLE_STATE_FAULTED);
		memcpy(ward->work.bytes, saved, sizeof saved);
		ward->work.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
		(void)stipple_set(AT(ward), STIPPLE_DEPTH, 600);
		assert_answer(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_SESSION);
	}
}

static void test_restore_in_a_pass(void **state)
{
	struct ward *ward = *state;

	needle(ward);
	ward->now.wall += 100;
	ward->now.uptime = 3; /* a new start */
	ALLOWED(stipple_restore(AT(ward)));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ZONE);
	ALLOWED(stipple_begin_pass(AT(ward)));
	assert_int_equal(ward->work.bytes[STIPPLE_SESSION_HEAD_BYTES + 1], 2);
}

static void test_restore_while_numb(void **state)
{
	struct ward *ward = *state;

	prepare(ward);
	ALLOWED(stipple_apply_anaesthetic(AT(ward), 0, 0));
	ward->now.wall += 59 * MINUTE;
	ward->now.uptime = 3;
	ALLOWED(stipple_restore(AT(ward)));
	REFUSED(ward, ANAESTHETIC_TOO_SHORT, stipple_remove_anaesthetic(AT(ward)));
	pass_time(ward, MINUTE);
	ALLOWED(stipple_remove_anaesthetic(AT(ward)));
}

static void test_restore_with_a_bad_clock(void **state)
{
	struct ward *ward = *state;

	set_up_zone(ward);
	ward->now.wall = ward->work.session.wall - 1;
	(void)stipple_restore(AT(ward));
	assert_answer(ward, STIPPLE_FAULT, STIPPLE_REASON_CLOCK_FAULT);
}

static void test_restore_of_another_table(void **state)
{
	struct ward *ward = *state;

	set_up_zone(ward);
	fixture_protocol(ward->bench->model)->course.sessions_limit = 5;
	table_bench_rebuild(ward->bench);
	(void)stipple_restore(AT(ward));
	assert_answer(ward, STIPPLE_FAULT, STIPPLE_REASON_TABLE_CHANGED);
}

static void test_newest_of_two(void **state)
{
	struct ward *ward = *state;
	union {
		struct stipple_session session;
		uint8_t bytes[sizeof ward->work];
	} older;
	uint32_t bytes = sizeof ward->work;

	begin(ward);
	memcpy(&older, &ward->work, bytes);
	say(ward, "pregnancy", STIPPLE_NO);
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

static void test_session_fits_its_promise(void **state)
{
	(void)state;
	assert_true(STIPPLE_SESSION_BYTES(16, 48, 8) <= 96);
}

/* ---- damage in the rules' rows ---- */

static void test_damaged_rules_are_found_at_use(void **state)
{
	static const size_t sections[] = { offsetof(struct stipple_header, screenings),
					   offsetof(struct stipple_header, lists),
					   offsetof(struct stipple_header, protocols) };
	struct ward *ward = *state;

	for (size_t s = 0; s < 3; s++)
		for (uint32_t bit = 0; bit < 8 * 20; bit++) {
			uint32_t offset;

			answer_all(ward);
			memcpy(&offset, ward->bench->image + sections[s], sizeof offset);
			ward->bench->image[offset + bit / 8] ^= (uint8_t)(1u << bit % 8);
			(void)stipple_finish_screening(AT(ward));
			assert_answer(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_TABLE);
			ward->bench->image[offset + bit / 8] ^= (uint8_t)(1u << bit % 8);
			ALLOWED(stipple_abort(AT(ward)));
		}
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

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
		CASE(test_anaesthetic_is_not_skipped),
		CASE(test_anaesthetic_least_time),
		CASE(test_anaesthetic_longest_time),
		CASE(test_anaesthetic_amount),
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
		CASE(test_restore_while_numb),
		CASE(test_restore_with_a_bad_clock),
		CASE(test_restore_of_another_table),
		CASE(test_newest_of_two),
		CASE(test_session_fits_its_promise),
		CASE(test_damaged_rules_are_found_at_use),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
