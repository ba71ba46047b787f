/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Screening and preparation: answers, what they lead to, clearance by a role; and the anaesthetic,
 * which screening may bar.
 *
 * The rows are judged anew at every step from the answers alone, so that no earlier result has to
 * be remembered or can go stale.
 */
#include "session_call.h"

static const struct stipple_row_shape screening_shape =
	STIPPLE_SHAPE(stipple_screening_row, STIPPLE_ROW_SCREENING);

/* ---- answers ---- */

/* A question that this session does not ask yet counts as safe. */
static uint32_t answer_to(const struct stipple_call *call, uint32_t question)
{
	const uint8_t *row = STIPPLE_ROW(call->treatment->table->image, questions,
					 stipple_question_row, question);

	if (STIPPLE_GET16(row, stipple_question_row, from_session) > call->session->number)
		return STIPPLE_QUESTION_SAFE;
	return (uint32_t)call->questions[question >> 2] >> ((question & 3u) << 1) & 3u;
}

static void set_answer(const struct stipple_call *call, uint32_t question, uint32_t answer)
{
	uint8_t *byte = &call->questions[question >> 2];
	uint32_t shift = (question & 3u) << 1;

	*byte = (uint8_t)((*byte & ~(3u << shift)) | answer << shift);
}

/* ---- the rows ---- */

/* Whether a row is in force: conditions and question together. STIPPLE_OPEN sets *subject. */
static uint32_t in_force(const struct stipple_call *call, const uint8_t *row, uint32_t number,
			 const struct stipple_client *client, uint16_t *subject)
{
	uint32_t rows;
	uint32_t holds = stipple_row_holds(row, &screening_shape, number, client, subject, &rows);
	uint32_t question = STIPPLE_GET16(row, stipple_screening_row, question);
	uint32_t answer;

	if (holds == STIPPLE_DAMAGED || question == STIPPLE_NONE || holds == STIPPLE_HOLDS_NOT)
		return holds;
	answer = answer_to(call, question);
	if (answer == STIPPLE_QUESTION_SAFE)
		return STIPPLE_HOLDS_NOT;
	if (answer == STIPPLE_QUESTION_UNANSWERED) {
		*subject = (uint16_t)(question | STIPPLE_SUBJECT_QUESTION);
		return STIPPLE_OPEN;
	}
	return holds;
}

static void note(uint32_t *first, uint32_t row)
{
	if (*first == STIPPLE_NONE)
		*first = row;
}

/* Whether a person can settle what a row of this action found. */
static int is_clearable(uint32_t action)
{
	return action == STIPPLE_ACTION_CLEAR || action == STIPPLE_ACTION_CONFIRM_AVOIDED ||
	       action == STIPPLE_ACTION_PREPARATION || action == STIPPLE_ACTION_WAIT;
}

/* A row that is in force does what its action says. */
static void act(const struct stipple_call *call, const uint8_t *row, uint32_t number,
		struct stipple_findings *found)
{
	uint32_t action = STIPPLE_GET16(row, stipple_screening_row, action);
	uint32_t question = STIPPLE_GET16(row, stipple_screening_row, question);
	int counts = found->about == STIPPLE_ABOUT_ALL || found->about == question;

	if (action == STIPPLE_ACTION_WITHOUT_ANAESTHETIC) {
		note(&found->no_anaesthetic, number);
	} else if (action == STIPPLE_ACTION_CAUTION) {
		if (counts)
			note(&found->caution, number);
	} else if (action == STIPPLE_ACTION_OPERATOR) {
		note(&found->operators, number);
	} else if (!is_clearable(action) || question == STIPPLE_NONE) {
		note(&found->excluded, number);
	} else if (answer_to(call, question) != STIPPLE_QUESTION_CLEARED && counts) {
		note(&found->unclear, number);
	}
}

static void look_at_row(const struct stipple_call *call, uint32_t number, int preparation,
			const struct stipple_client *client, struct stipple_findings *found)
{
	const uint8_t *row = STIPPLE_ROW(call->treatment->table->image, screenings,
					 stipple_screening_row, number);
	uint16_t subject = (uint16_t)STIPPLE_NONE;
	uint32_t force = in_force(call, row, number, client, &subject);

	if (force == STIPPLE_DAMAGED)
		found->damaged++;
	else if (STIPPLE_GET16(row, stipple_screening_row, action) == STIPPLE_ACTION_PREPARATION &&
		 !preparation)
		return;
	else if (force == STIPPLE_OPEN)
		note(&found->open, subject);
	else if (force != STIPPLE_HOLDS_NOT)
		act(call, row, number, found);
}

/* Whether a subject that must be asked in this session has no answer. */
static int is_unanswered(const struct stipple_call *call, uint32_t subject)
{
	const uint8_t *row;

	if ((subject & STIPPLE_SUBJECT_QUESTION) != 0)
		return answer_to(call, subject ^ STIPPLE_SUBJECT_QUESTION) ==
		       STIPPLE_QUESTION_UNANSWERED;
	row = STIPPLE_ROW(call->treatment->table->image, factors, stipple_factor_row, subject);
	return STIPPLE_GET16(row, stipple_factor_row, from_session) <= call->session->number &&
	       call->factors[subject] == 0;
}

/* A list's entries from *at on, its check proven; *count is their number. Zero: damaged. */
static int open_list(const struct stipple_call *call, uint32_t first, const uint8_t **at,
		     uint32_t *count)
{
	const uint8_t *image = call->treatment->table->image;
	uint32_t room = STIPPLE_COUNT(image, lists) - first;
	uint32_t sum = STIPPLE_LIST_CHECK;
	uint32_t entry;

	*at = STIPPLE_SECTION(image, lists) + first * 2u;
	*count = STIPPLE_READ16(*at);
	*at += 2;
	sum ^= *count;
	if (*count + 2u > room) /* the number itself is damaged */
		return 0;
	for (entry = 0; entry < *count; entry++)
		sum ^= (uint32_t)STIPPLE_READ16(*at + entry * 2u);
	return sum == STIPPLE_READ16(*at + *count * 2u);
}

static void look_at_asked(const struct stipple_call *call, struct stipple_findings *found)
{
	const uint8_t *at;
	uint32_t count;

	if (!open_list(call, STIPPLE_GET32(call->protocol, stipple_protocol_row, asked_list), &at,
		       &count)) {
		found->damaged++;
		return;
	}
	for (; count != 0; count--, at += 2)
		if (is_unanswered(call, (uint32_t)STIPPLE_READ16(at)))
			note(&found->open, (uint32_t)STIPPLE_READ16(at));
}

void stipple_screen(const struct stipple_call *call, uint32_t about, int preparation,
		    struct stipple_findings *found)
{
	struct stipple_client client;
	const uint8_t *at;
	uint32_t count;

	found->damaged = 0;
	found->excluded = STIPPLE_NONE;
	found->operators = STIPPLE_NONE;
	found->open = STIPPLE_NONE;
	found->unclear = STIPPLE_NONE;
	found->caution = STIPPLE_NONE;
	found->no_anaesthetic = STIPPLE_NONE;
	found->about = about;
	stipple_client_of(call, &client);
	if (!open_list(call, STIPPLE_GET32(call->protocol, stipple_protocol_row, screening_list),
		       &at, &count)) {
		found->damaged++;
		return;
	}
	for (; count != 0; count--, at += 2)
		look_at_row(call, (uint32_t)STIPPLE_READ16(at), preparation, &client, found);
	look_at_asked(call, found);
}

/* ---- from findings to answers ---- */

static const uint8_t *screening_row(const struct stipple_call *call, uint32_t number)
{
	return STIPPLE_ROW(call->treatment->table->image, screenings, stipple_screening_row,
			   number);
}

static void say_unclear(const struct stipple_call *call, uint32_t number)
{
	const uint8_t *row = screening_row(call, number);
	struct stipple_answer *answer = call->answer;
	uint32_t action = STIPPLE_GET16(row, stipple_screening_row, action);

	stipple_say(answer, STIPPLE_NEEDS_CLEARANCE,
		    action == STIPPLE_ACTION_PREPARATION ? STIPPLE_REASON_NOT_PREPARED
							 : STIPPLE_REASON_NOT_CLEARED);
	answer->row = number;
	answer->role = (uint16_t)STIPPLE_GET16(row, stipple_screening_row, role);
	answer->subject = (uint16_t)(STIPPLE_GET16(row, stipple_screening_row, question) |
				     STIPPLE_SUBJECT_QUESTION);
}

/* A refusal by a row, and what the row asks about. */
static void say_row(const struct stipple_call *call, uint32_t reason, uint32_t number)
{
	uint32_t question =
		STIPPLE_GET16(screening_row(call, number), stipple_screening_row, question);

	stipple_say(call->answer, STIPPLE_REFUSED, reason);
	call->answer->row = number;
	if (question != STIPPLE_NONE)
		call->answer->subject = (uint16_t)(question | STIPPLE_SUBJECT_QUESTION);
}

/* What ends or bars the session. Non-zero when something does. */
static int say_barred(const struct stipple_call *call, const struct stipple_findings *found)
{
	if (found->damaged != 0) {
		stipple_say(call->answer, STIPPLE_FAULT, STIPPLE_REASON_BAD_TABLE);
	} else if (found->excluded != STIPPLE_NONE) {
		say_row(call, STIPPLE_REASON_EXCLUDED, found->excluded);
	} else if (found->operators != STIPPLE_NONE) {
		say_row(call, STIPPLE_REASON_OPERATOR, found->operators);
	} else {
		return 0;
	}
	return 1;
}

/* What an answer just given leads to: its question's own rows, and whatever ends the session. */
static uint32_t conclude_answer(struct stipple_call *call, uint32_t about)
{
	struct stipple_answer *answer = call->answer;
	struct stipple_findings found;

	stipple_screen(call, about, 1, &found);
	stipple_say(answer, STIPPLE_ALLOWED, STIPPLE_REASON_NONE);
	if (!say_barred(call, &found)) {
		if (found.unclear != STIPPLE_NONE) {
			say_unclear(call, found.unclear);
		} else if (found.caution != STIPPLE_NONE) {
			answer->reason = STIPPLE_REASON_CAUTION;
			answer->row = found.caution;
		}
	}
	if (answer->reason == STIPPLE_REASON_EXCLUDED)
		return stipple_end_session(call);
	(void)stipple_decided(call);
	return stipple_seal(call);
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
	stipple_say(answer, STIPPLE_REFUSED, STIPPLE_REASON_WRONG_STATE);
	(void)stipple_decided(call);
	(void)stipple_seal(call);
	return 0;
}

static uint32_t bad_call(struct stipple_call *call)
{
	stipple_say(call->answer, STIPPLE_FAULT, STIPPLE_REASON_BAD_CALL);
	(void)stipple_decided(call);
	return stipple_seal(call);
}

uint32_t stipple_answer_factor(struct stipple_treatment *treatment, const struct stipple_time *now,
			       uint32_t factor, uint32_t value)
{
	struct stipple_answer *answer = &treatment->answer;
	struct stipple_call call;
	const uint8_t *row;
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
	before = call.factors[factor];
	call.factors[factor] = (uint8_t)value;
	(void)conclude_answer(&call, STIPPLE_NONE);
	if (answer->reason == STIPPLE_REASON_NOT_RECORDED) {
		call.factors[factor] = before;
		return stipple_seal(&call);
	}
	return answer->verdict;
}

/* The strongest WAIT row about this question that may hold, or STIPPLE_NONE. */
static uint32_t find_wait(const struct stipple_call *call, uint32_t question)
{
	uint32_t found = STIPPLE_NONE;
	uint32_t longest = 0;
	struct stipple_client client;
	const uint8_t *at;
	uint32_t count;
	uint32_t rows;
	uint16_t subject;

	stipple_client_of(call, &client);
	if (!open_list(call, STIPPLE_GET32(call->protocol, stipple_protocol_row, screening_list),
		       &at, &count))
		return STIPPLE_NONE;
	for (; count != 0; count--, at += 2) {
		uint32_t number = STIPPLE_READ16(at);
		const uint8_t *row = screening_row(call, number);
		uint32_t wait = STIPPLE_GET32(row, stipple_screening_row, wait);

		if (STIPPLE_GET16(row, stipple_screening_row, action) != STIPPLE_ACTION_WAIT ||
		    STIPPLE_GET16(row, stipple_screening_row, question) != question ||
		    stipple_row_holds(row, &screening_shape, number, &client, &subject, &rows) ==
			    STIPPLE_HOLDS_NOT)
			continue;
		if (wait >= longest) {
			longest = wait;
			found = number;
		}
	}
	return found;
}

/* Stores an answer and says what it leads to; takes it back when it could not be recorded. */
static uint32_t store_answer(struct stipple_call *call, uint32_t question, uint32_t stored)
{
	uint32_t before = (uint32_t)call->questions[question >> 2] >> ((question & 3u) << 1) & 3u;

	set_answer(call, question, stored);
	(void)conclude_answer(call, question);
	if (call->answer->reason == STIPPLE_REASON_NOT_RECORDED) {
		set_answer(call, question, before);
		return stipple_seal(call);
	}
	return call->answer->verdict;
}

uint32_t stipple_answer_question(struct stipple_treatment *treatment,
				 const struct stipple_time *now, uint32_t question, uint32_t said)
{
	struct stipple_answer *answer = &treatment->answer;
	struct stipple_call call;

	if (!enter_answering(&call, treatment, now, STIPPLE_EVENT_ANSWER))
		return answer->verdict;
	answer->subject = (uint16_t)(question | STIPPLE_SUBJECT_QUESTION);
	answer->value = (uint16_t)said;
	if (question >= STIPPLE_COUNT(treatment->table->image, questions) ||
	    (said != STIPPLE_YES && said != STIPPLE_NO))
		return bad_call(&call);
	if (said == STIPPLE_NO)
		return store_answer(&call, question, STIPPLE_QUESTION_SAFE);
	answer->row = find_wait(&call, question);
	if (answer->row == STIPPLE_NONE)
		return store_answer(&call, question, STIPPLE_QUESTION_UNSAFE);
	stipple_say(answer, STIPPLE_NEEDS_ANSWER, STIPPLE_REASON_WHEN);
	(void)stipple_decided(&call);
	return stipple_seal(&call);
}

uint32_t stipple_answer_event(struct stipple_treatment *treatment, const struct stipple_time *now,
			      uint32_t question, uint32_t when)
{
	struct stipple_answer *answer = &treatment->answer;
	struct stipple_call call;
	const uint8_t *row;
	uint32_t wait;
	uint32_t floor;

	if (!enter_answering(&call, treatment, now, STIPPLE_EVENT_ANSWER))
		return answer->verdict;
	answer->subject = (uint16_t)(question | STIPPLE_SUBJECT_QUESTION);
	if (question >= STIPPLE_COUNT(treatment->table->image, questions) || when > now->wall)
		return bad_call(&call);
	answer->row = find_wait(&call, question);
	if (answer->row == STIPPLE_NONE)
		return store_answer(&call, question, STIPPLE_QUESTION_UNSAFE);
	row = screening_row(&call, answer->row);
	wait = STIPPLE_GET32(row, stipple_screening_row, wait);
	floor = STIPPLE_GET32(row, stipple_screening_row, floor);
	if (now->wall - when >= wait)
		return store_answer(&call, question, STIPPLE_QUESTION_SAFE);
	if (STIPPLE_GET16(row, stipple_screening_row, role) != STIPPLE_NONE) {
		answer->until = when + floor;
		if (now->wall - when >= floor)
			return store_answer(&call, question, STIPPLE_QUESTION_UNSAFE);
	} else {
		answer->until = when + wait;
	}
	stipple_say(answer, STIPPLE_REFUSED, STIPPLE_REASON_WAIT);
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
	return is_clearable(action) && STIPPLE_GET16(row, stipple_screening_row, role) == role;
}

/* Every row in force that waits for the question to be cleared takes this role. */
static int role_clears(const struct stipple_call *call, uint32_t question, uint32_t role)
{
	struct stipple_client client;
	uint16_t subject = 0;
	uint32_t cleared = 0;
	const uint8_t *at;
	uint32_t count;

	stipple_client_of(call, &client);
	if (!open_list(call, STIPPLE_GET32(call->protocol, stipple_protocol_row, screening_list),
		       &at, &count))
		return 0;
	for (; count != 0; count--, at += 2) {
		uint32_t number = STIPPLE_READ16(at);
		const uint8_t *row = screening_row(call, number);
		uint32_t force = in_force(call, row, number, &client, &subject);

		if (STIPPLE_GET16(row, stipple_screening_row, question) == question &&
		    force != STIPPLE_HOLDS_NOT && !row_clears(row, role, &cleared))
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
	if (question >= STIPPLE_COUNT(treatment->table->image, questions))
		return bad_call(&call);
	if (answer_to(&call, question) == STIPPLE_QUESTION_UNSAFE &&
	    role_clears(&call, question, role))
		stipple_say(answer, STIPPLE_ALLOWED, STIPPLE_REASON_NONE);
	else
		stipple_say(answer, STIPPLE_REFUSED, STIPPLE_REASON_NOT_CLEARED);
	if (stipple_decided(&call))
		set_answer(&call, question, STIPPLE_QUESTION_CLEARED);
	return stipple_seal(&call);
}

/* ---- the end of screening and of preparation ---- */

/* Nothing bars, nothing is open, nothing waits. */
static void decide_settled(const struct stipple_call *call, int preparation,
			   struct stipple_findings *found)
{
	stipple_screen(call, STIPPLE_ABOUT_ALL, preparation, found);
	stipple_say(call->answer, STIPPLE_ALLOWED, STIPPLE_REASON_NONE);
	if (say_barred(call, found))
		return;
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
	if (answer->reason == STIPPLE_REASON_EXCLUDED)
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
	if (answer->reason == STIPPLE_REASON_EXCLUDED)
		return stipple_end_session(&call);
	numbed = STIPPLE_GET16(call.protocol, stipple_protocol_row, anaesthetic);
	return stipple_conclude(&call,
				numbed == STIPPLE_NONE || found.no_anaesthetic != STIPPLE_NONE
					? STIPPLE_STATE_READY
					: STIPPLE_STATE_PREPARED);
}
