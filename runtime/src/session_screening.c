/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Screening and preparation as calls: answers, what they lead to, clearance by a role, and the end
 * of each. What the rows say is found in session_findings.c.
 */
#include "session_call.h"

/* ---- from findings to answers ---- */

/* What a row is about: its question, or the age where it asks none. */
static uint16_t subject_of(uint32_t question)
{
	return (uint16_t)(question == STIPPLE_NONE ? STIPPLE_SUBJECT_AGE
						   : question | STIPPLE_SUBJECT_QUESTION);
}

static void say_unclear(const struct stipple_call *call, uint32_t number)
{
	const uint8_t *row = stipple_screening_row(call, number);
	struct stipple_answer *answer = call->answer;
	uint32_t action = STIPPLE_GET16(row, stipple_screening_row, action);

	stipple_say(answer, STIPPLE_NEEDS_CLEARANCE,
		    action == STIPPLE_ACTION_PREPARATION ? STIPPLE_REASON_NOT_PREPARED
							 : STIPPLE_REASON_NOT_CLEARED);
	answer->row = number;
	answer->role = (uint16_t)STIPPLE_GET16(row, stipple_screening_row, role);
	answer->subject = subject_of(STIPPLE_GET16(row, stipple_screening_row, question));
}

/* A refusal by a row, and what the row asks about. */
static void say_row(const struct stipple_call *call, uint32_t reason, uint32_t number)
{
	uint32_t question =
		STIPPLE_GET16(stipple_screening_row(call, number), stipple_screening_row, question);

	stipple_refuse(call->answer, reason);
	call->answer->row = number;
	if (question != STIPPLE_NONE)
		call->answer->subject = (uint16_t)(question | STIPPLE_SUBJECT_QUESTION);
}

/* What ends or bars the session. Non-zero when something does. */
static int say_barred(const struct stipple_call *call, const struct stipple_findings *found)
{
	if (found->damaged != 0) {
		stipple_fault(call->answer, STIPPLE_REASON_BAD_TABLE);
	} else if (found->excluded != STIPPLE_NONE) {
		say_row(call, STIPPLE_REASON_EXCLUDED, found->excluded);
	} else if (found->operators != STIPPLE_NONE) {
		say_row(call, STIPPLE_REASON_OPERATOR, found->operators);
	} else {
		return 0;
	}
	return 1;
}

/* Whether what the answer says ends the session: another operator may still come. */
static int is_end(const struct stipple_answer *answer)
{
	return answer->reason == STIPPLE_REASON_EXCLUDED ||
	       answer->reason == STIPPLE_REASON_TOO_SOON ||
	       answer->reason == STIPPLE_REASON_COURSE_DONE;
}

/* What an answer just given leads to: its question's own rows, and whatever ends the session. */
static uint32_t conclude_answer(struct stipple_call *call, uint32_t about)
{
	struct stipple_answer *answer = call->answer;
	struct stipple_findings found;
	uint32_t open;

	stipple_screen(call, about, 1, &found);
	stipple_say(answer, STIPPLE_ALLOWED, STIPPLE_REASON_NONE);
	if (!say_barred(call, &found) && stipple_course_allows(call, &open)) {
		answer->reason = STIPPLE_REASON_NONE; /* TOO_LATE was said as it began */
		if (found.unclear != STIPPLE_NONE) {
			say_unclear(call, found.unclear);
		} else if (found.caution != STIPPLE_NONE) {
			answer->reason = STIPPLE_REASON_CAUTION;
			answer->row = found.caution;
		}
	}
	if (is_end(answer))
		return stipple_end_session(call);
	return stipple_close(call);
}

static int enter_answering(struct stipple_call *call, struct stipple_treatment *treatment,
			   const struct stipple_time *now, enum stipple_event event)
{
	struct stipple_session *session = treatment->session;
	struct stipple_answer *answer = &treatment->answer;
	if (!stipple_enter(call, treatment, now, event))
		return 0;
	if (session->state == STIPPLE_STATE_SCREENING ||
	    session->state == STIPPLE_STATE_PREPARATION)
		return 1;
	stipple_refuse(answer, STIPPLE_REASON_WRONG_STATE);
	(void)stipple_close(call);
	return 0;
}

static uint32_t bad_call(struct stipple_call *call)
{
	stipple_fault(call->answer, STIPPLE_REASON_BAD_CALL);
	return stipple_close(call);
}

/* Whether a row, with the rows that add conditions to it, depends on the subject. */
static int depends_on(const struct stipple_call *call, uint32_t number, uint32_t subject)
{
	uint32_t count = STIPPLE_COUNT(call->treatment->table->image, screenings);
	const uint8_t *row = stipple_screening_row(call, number);

	for (; number < count; number++, row += sizeof(struct stipple_screening_row)) {
		if (STIPPLE_GET16(row, stipple_screening_row, conditions[0].subject) == subject ||
		    STIPPLE_GET16(row, stipple_screening_row, conditions[1].subject) == subject)
			return 1;
		if (STIPPLE_GET16(row, stipple_screening_row, chain) != STIPPLE_AND_NEXT)
			return 0;
	}
	return 0;
}

/*
 * An answer is changed: what was cleared had been judged with the answer before, and so had events
 * whose wait depends on it. Clearances become plain answers, and those events are asked anew.
 */
static void take_back(struct stipple_call *call, uint32_t subject)
{
	const uint8_t *at;
	uint32_t count;
	uint32_t question;

	call->session->marks &= (uint8_t)~STIPPLE_MARK_AGE;
	for (question = 0; question < STIPPLE_COUNT(call->treatment->table->image, questions);
	     question++)
		if (stipple_answer_to(call, question) == STIPPLE_QUESTION_CLEARED)
			stipple_set_answer(call, question, STIPPLE_QUESTION_UNSAFE);
	if (!stipple_open_list(call,
			       STIPPLE_GET32(call->protocol, stipple_protocol_row, screening_list),
			       &at, &count))
		return; /* the rows are damaged: no session goes on with them */
	for (; count != 0; count--, at += 2) {
		uint32_t number = STIPPLE_READ16(at);
		const uint8_t *row = stipple_screening_row(call, number);

		question = STIPPLE_GET16(row, stipple_screening_row, question);
		if (STIPPLE_GET16(row, stipple_screening_row, action) == STIPPLE_ACTION_WAIT &&
		    depends_on(call, number, subject) &&
		    question < STIPPLE_COUNT(call->treatment->table->image, questions))
			stipple_set_answer(call, question, STIPPLE_QUESTION_UNANSWERED);
	}
}

uint32_t stipple_answer_factor(struct stipple_treatment *treatment, const struct stipple_time *now,
			       uint32_t factor, uint32_t value)
{
	struct stipple_answer *answer = &treatment->answer;
	struct stipple_call call;
	const uint8_t *row;
	uint8_t *stored;
	uint8_t before;

	if (!enter_answering(&call, treatment, now, STIPPLE_EVENT_ANSWER))
		return answer->verdict;
	answer->subject = (uint16_t)factor;
	answer->value = (uint16_t)value;
	if (factor >= STIPPLE_COUNT(treatment->table->image, factors))
		return bad_call(&call);
	row = STIPPLE_ROW(treatment->table->image, factors, stipple_factor_row, factor);
	if (value == 0 || value > STIPPLE_GET16(row, stipple_factor_row, value_count))
		return bad_call(&call);
	stored = stipple_to_change(&call, &call.client.factors[factor]);
	before = *stored;
	if (before != 0 && before != value)
		take_back(&call, factor);
	*stored = (uint8_t)value;
	(void)conclude_answer(&call, STIPPLE_NONE);
	if (answer->reason == STIPPLE_REASON_NOT_RECORDED) {
		*stored = before;
		return stipple_seal(&call);
	}
	return answer->verdict;
}

uint32_t stipple_answer_age(struct stipple_treatment *treatment, const struct stipple_time *now,
			    uint32_t age)
{
	struct stipple_session *session = treatment->session;
	struct stipple_answer *answer = &treatment->answer;
	struct stipple_call call;
	uint8_t before;

	if (!enter_answering(&call, treatment, now, STIPPLE_EVENT_ANSWER))
		return answer->verdict;
	answer->subject = STIPPLE_SUBJECT_AGE;
	answer->value = (uint16_t)age;
	if (age == 0 || age > 255u)
		return bad_call(&call);
	before = session->age;
	if (before != 0 && before != age)
		take_back(&call, STIPPLE_SUBJECT_AGE);
	session->age = (uint8_t)age;
	call.client.age = (uint16_t)age;
	(void)conclude_answer(&call, STIPPLE_NONE);
	if (answer->reason == STIPPLE_REASON_NOT_RECORDED) {
		session->age = before;
		return stipple_seal(&call);
	}
	return answer->verdict;
}

/* What the WAIT rows about a question come to that may hold: each bound is the longest of all. */
struct wait {
	uint32_t after;     /* s: from then on the event counts no more */
	uint32_t floor;     /* s: before it nobody goes on */
	uint32_t row;       /* that sets `after`, or STIPPLE_NONE: none waits for this */
	uint32_t floor_row; /* that sets `floor` */
};

/* A row that no role can shorten has no time between. */
static void lengthen(struct wait *wait, const uint8_t *row, uint32_t number)
{
	uint32_t after = STIPPLE_GET32(row, stipple_screening_row, wait);
	uint32_t floor = STIPPLE_GET32(row, stipple_screening_row, floor);

	if (STIPPLE_GET16(row, stipple_screening_row, role) == STIPPLE_NONE)
		floor = after;
	if (after >= wait->after) {
		wait->after = after;
		wait->row = number;
	}
	if (floor >= wait->floor) {
		wait->floor = floor;
		wait->floor_row = number;
	}
}

static void find_wait(const struct stipple_call *call, uint32_t question, struct wait *wait)
{
	const uint8_t *at;
	uint32_t count;
	uint16_t subject;

	wait->after = 0;
	wait->floor = 0;
	wait->row = STIPPLE_NONE;
	wait->floor_row = STIPPLE_NONE;
	if (!stipple_open_list(call,
			       STIPPLE_GET32(call->protocol, stipple_protocol_row, screening_list),
			       &at, &count))
		return;
	for (; count != 0; count--, at += 2) {
		uint32_t number = STIPPLE_READ16(at);
		const uint8_t *row = stipple_screening_row(call, number);

		if (STIPPLE_GET16(row, stipple_screening_row, action) == STIPPLE_ACTION_WAIT &&
		    STIPPLE_GET16(row, stipple_screening_row, question) == question &&
		    stipple_screening_holds(call, row, number, &subject) != STIPPLE_HOLDS_NOT)
			lengthen(wait, row, number);
	}
}

/* Puts an answer in place of the one before, which is returned. */
static uint32_t change_answer(struct stipple_call *call, uint32_t question, uint32_t stored)
{
	uint32_t before =
		(uint32_t)call->client.questions[question >> 2] >> ((question & 3u) << 1) & 3u;

	if (before != STIPPLE_QUESTION_UNANSWERED && before != stored)
		take_back(call, question | STIPPLE_SUBJECT_QUESTION);
	stipple_set_answer(call, question, stored);
	return before;
}

/* Stores an answer and says what it leads to; takes it back when it could not be recorded. */
static uint32_t store_answer(struct stipple_call *call, uint32_t question, uint32_t stored)
{
	uint32_t before = change_answer(call, question, stored);

	(void)conclude_answer(call, question);
	if (call->answer->reason == STIPPLE_REASON_NOT_RECORDED) {
		stipple_set_answer(call, question, before);
		return stipple_seal(call);
	}
	return call->answer->verdict;
}

uint32_t stipple_answer_question(struct stipple_treatment *treatment,
				 const struct stipple_time *now, uint32_t question, uint32_t said)
{
	struct stipple_answer *answer = &treatment->answer;
	struct stipple_call call;
	struct wait wait;

	if (!enter_answering(&call, treatment, now, STIPPLE_EVENT_ANSWER))
		return answer->verdict;
	answer->subject = (uint16_t)(question | STIPPLE_SUBJECT_QUESTION);
	answer->value = (uint16_t)said;
	if (question >= STIPPLE_COUNT(treatment->table->image, questions) ||
	    (said != STIPPLE_YES && said != STIPPLE_NO))
		return bad_call(&call);
	if (said == STIPPLE_NO)
		return store_answer(&call, question, STIPPLE_QUESTION_SAFE);
	find_wait(&call, question, &wait);
	answer->row = wait.row;
	if (wait.row == STIPPLE_NONE)
		return store_answer(&call, question, STIPPLE_QUESTION_UNSAFE);
	(void)change_answer(&call, question, STIPPLE_QUESTION_UNANSWERED); /* a "no" is gone */
	stipple_say(answer, STIPPLE_NEEDS_ANSWER, STIPPLE_REASON_WHEN);
	return stipple_close(&call);
}

uint32_t stipple_answer_event(struct stipple_treatment *treatment, const struct stipple_time *now,
			      uint32_t question, uint32_t when)
{
	struct stipple_answer *answer = &treatment->answer;
	struct stipple_call call;
	struct wait wait;
	uint32_t ago = now->wall - when;

	if (!enter_answering(&call, treatment, now, STIPPLE_EVENT_ANSWER))
		return answer->verdict;
	answer->subject = (uint16_t)(question | STIPPLE_SUBJECT_QUESTION);
	answer->range_least = (uint16_t)(when >> 16);
	answer->range_most = (uint16_t)(when & 0xFFFFu);
	if (question >= STIPPLE_COUNT(treatment->table->image, questions) || when == 0 ||
	    when > now->wall)
		return bad_call(&call);
	find_wait(&call, question, &wait);
	answer->row = wait.row;
	if (wait.row == STIPPLE_NONE)
		return store_answer(&call, question, STIPPLE_QUESTION_UNSAFE);
	if (ago >= wait.after)
		return store_answer(&call, question, STIPPLE_QUESTION_SAFE);
	answer->until = when + wait.floor;
	if (ago >= wait.floor)
		return store_answer(&call, question, STIPPLE_QUESTION_UNSAFE);
	answer->row = wait.floor_row;
	stipple_refuse(answer, STIPPLE_REASON_WAIT);
	return stipple_end_session(&call);
}

/* ---- clearance ---- */

/* Whether a row in force about the question can be cleared by this role, or stands in the way. */
static int row_clears(const uint8_t *row, uint32_t role, uint32_t *cleared)
{
	uint32_t action = STIPPLE_GET16(row, stipple_screening_row, action);

	if (action == STIPPLE_ACTION_CAUTION || action == STIPPLE_ACTION_WITHOUT_ANAESTHETIC)
		return 1;
	*cleared += 1u;
	return stipple_is_clearable(action) &&
	       STIPPLE_GET16(row, stipple_screening_row, role) == role;
}

/* By its question; of the rows that ask none only those by age can be cleared. */
static int is_about(const uint8_t *row, uint32_t question)
{
	return STIPPLE_GET16(row, stipple_screening_row, question) == question &&
	       (question != STIPPLE_NONE ||
		STIPPLE_GET16(row, stipple_screening_row, action) == STIPPLE_ACTION_CLEAR);
}

static void set_cleared(const struct stipple_call *call, uint32_t question)
{
	if (question == STIPPLE_NONE)
		call->session->marks |= STIPPLE_MARK_AGE;
	else
		stipple_set_answer(call, question, STIPPLE_QUESTION_CLEARED);
}

/* Every row in force that waits for the question to be cleared takes this role. */
static int role_clears(const struct stipple_call *call, uint32_t question, uint32_t role)
{
	uint16_t subject = 0;
	uint32_t cleared = 0;
	const uint8_t *at;
	uint32_t count;

	if (!stipple_open_list(call,
			       STIPPLE_GET32(call->protocol, stipple_protocol_row, screening_list),
			       &at, &count))
		return 0;
	for (; count != 0; count--, at += 2) {
		uint32_t number = STIPPLE_READ16(at);
		const uint8_t *row = stipple_screening_row(call, number);
		uint32_t force = stipple_in_force(call, row, number, &subject);

		if (is_about(row, question) && force != STIPPLE_HOLDS_NOT &&
		    !row_clears(row, role, &cleared))
			return 0;
	}
	return cleared != 0;
}

uint32_t stipple_clear(struct stipple_treatment *treatment, const struct stipple_time *now,
		       uint32_t question, uint32_t role)
{
	struct stipple_answer *answer = &treatment->answer;
	struct stipple_call call;

	if (!enter_answering(&call, treatment, now, STIPPLE_EVENT_CLEAR))
		return answer->verdict;
	answer->subject = (uint16_t)(question | STIPPLE_SUBJECT_QUESTION);
	answer->role = (uint16_t)role;
	if (question == STIPPLE_SUBJECT_AGE)
		question = STIPPLE_NONE;
	else if (question >= STIPPLE_COUNT(treatment->table->image, questions))
		return bad_call(&call);
	if ((question == STIPPLE_NONE ||
	     stipple_answer_to(&call, question) == STIPPLE_QUESTION_UNSAFE) &&
	    role_clears(&call, question, role))
		stipple_say(answer, STIPPLE_ALLOWED, STIPPLE_REASON_NONE);
	else
		stipple_refuse(answer, STIPPLE_REASON_NOT_CLEARED);
	if (stipple_decided(&call))
		set_cleared(&call, question);
	return stipple_seal(&call);
}

/* ---- the end of screening and of preparation ---- */

/* Nothing bars, nothing is open, nothing waits. */
static void decide_settled(const struct stipple_call *call, int preparation,
			   struct stipple_findings *found)
{
	uint32_t open;

	stipple_screen(call, STIPPLE_ABOUT_ALL, preparation, found);
	stipple_say(call->answer, STIPPLE_ALLOWED, STIPPLE_REASON_NONE);
	if (say_barred(call, found) || !stipple_course_allows(call, &open))
		return;
	if (found->open == STIPPLE_NONE)
		found->open = open;
	if (found->open != STIPPLE_NONE) {
		stipple_say(call->answer, STIPPLE_NEEDS_ANSWER, STIPPLE_REASON_UNANSWERED);
		call->answer->subject = (uint16_t)found->open;
	} else if (found->unclear != STIPPLE_NONE) {
		say_unclear(call, found->unclear);
	}
}

uint32_t stipple_finish_screening(struct stipple_treatment *treatment,
				  const struct stipple_time *now)
{
	struct stipple_answer *answer = &treatment->answer;
	struct stipple_call call;
	struct stipple_findings found;

	if (!stipple_enter_in(&call, treatment, now, STIPPLE_EVENT_SCREENED,
			      STIPPLE_STATE_SCREENING))
		return answer->verdict;
	decide_settled(&call, 0, &found);
	if (is_end(answer))
		return stipple_end_session(&call);
	return stipple_conclude(&call, STIPPLE_STATE_PREPARATION);
}

uint32_t stipple_finish_preparation(struct stipple_treatment *treatment,
				    const struct stipple_time *now)
{
	struct stipple_answer *answer = &treatment->answer;
	struct stipple_call call;
	struct stipple_findings found;
	uint32_t numbed;

	if (!stipple_enter_in(&call, treatment, now, STIPPLE_EVENT_PREPARED,
			      STIPPLE_STATE_PREPARATION))
		return answer->verdict;
	decide_settled(&call, 1, &found);
	if (is_end(answer))
		return stipple_end_session(&call);
	numbed = STIPPLE_GET16(call.protocol, stipple_protocol_row, anaesthetic);
	if (numbed == STIPPLE_NONE)
		return stipple_conclude(&call, STIPPLE_STATE_READY);
	if (found.no_anaesthetic == STIPPLE_NONE)
		return stipple_conclude(&call, STIPPLE_STATE_PREPARED);
	if (answer->verdict == STIPPLE_ALLOWED) {
		answer->reason = STIPPLE_REASON_ANAESTHETIC_FORBIDDEN;
		answer->row = found.no_anaesthetic;
	}
	return stipple_conclude(&call, STIPPLE_STATE_READY);
}
