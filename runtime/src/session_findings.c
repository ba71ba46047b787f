/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What screening finds: the answers as the session keeps them, the protocol's screening rows, and
 * what those in force say of the client.
 *
 * The rows are judged anew at every step from the answers alone, so that no earlier result has to
 * be remembered or can go stale.
 */
#include "session_call.h"

static const struct stipple_row_shape screening_shape =
	STIPPLE_SHAPE(stipple_screening_row, STIPPLE_ROW_SCREENING);

/* ---- answers ---- */

uint32_t stipple_answer_to(const struct stipple_call *call, uint32_t question)
{
	const uint8_t *row = STIPPLE_ROW(call->treatment->table->image, questions,
					 stipple_question_row, question);
	uint32_t given =
		(uint32_t)call->client.questions[question >> 2] >> ((question & 3u) << 1) & 3u;

	if (given == STIPPLE_QUESTION_UNANSWERED &&
	    STIPPLE_GET16(row, stipple_question_row, from_session) > call->session->number)
		return STIPPLE_QUESTION_SAFE;
	return given;
}

void stipple_set_answer(const struct stipple_call *call, uint32_t question, uint32_t answer)
{
	uint8_t *byte = stipple_to_change(call, &call->client.questions[question >> 2]);
	uint32_t shift = (question & 3u) << 1;

	*byte = (uint8_t)((*byte & ~(3u << shift)) | answer << shift);
}

int stipple_is_cleared(const struct stipple_call *call, uint32_t question)
{
	if (question == STIPPLE_NONE)
		return (call->session->marks & STIPPLE_MARK_AGE) != 0;
	return stipple_answer_to(call, question) == STIPPLE_QUESTION_CLEARED;
}

/* ---- the rows ---- */

const uint8_t *stipple_screening_row(const struct stipple_call *call, uint32_t number)
{
	return STIPPLE_ROW(call->treatment->table->image, screenings, stipple_screening_row,
			   number);
}

uint32_t stipple_screening_holds(const struct stipple_call *call, const uint8_t *row,
				 uint32_t number, uint16_t *subject)
{
	struct stipple_rows rows;
	uint32_t holds;

	rows.next = row;
	rows.number = number;
	holds = stipple_row_holds(&rows, &screening_shape, &call->client);
	if (holds == STIPPLE_OPEN)
		*subject = (uint16_t)rows.subject;
	return holds;
}

uint32_t stipple_in_force(const struct stipple_call *call, const uint8_t *row, uint32_t number,
			  uint16_t *subject)
{
	uint32_t holds = stipple_screening_holds(call, row, number, subject);
	uint32_t question = STIPPLE_GET16(row, stipple_screening_row, question);
	uint32_t answer;

	if (holds == STIPPLE_DAMAGED || question == STIPPLE_NONE || holds == STIPPLE_HOLDS_NOT)
		return holds;
	answer = stipple_answer_to(call, question);
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

int stipple_is_clearable(uint32_t action)
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
	} else if (!stipple_is_clearable(action)) {
		note(&found->excluded, number);
	} else if (!stipple_is_cleared(call, question) && counts) {
		note(&found->unclear, number);
	}
}

static void look_at_row(const struct stipple_call *call, uint32_t number, int preparation,
			struct stipple_findings *found)
{
	const uint8_t *row = STIPPLE_ROW(call->treatment->table->image, screenings,
					 stipple_screening_row, number);
	uint16_t subject = (uint16_t)STIPPLE_NONE;
	uint32_t force = stipple_in_force(call, row, number, &subject);

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

/* Whether a subject that must be asked in this session has no answer, or none that exists. */
static int is_unanswered(const struct stipple_call *call, uint32_t subject)
{
	const uint8_t *row;
	uint32_t answer;

	if ((subject & STIPPLE_SUBJECT_QUESTION) != 0)
		return stipple_answer_to(call, subject ^ STIPPLE_SUBJECT_QUESTION) ==
		       STIPPLE_QUESTION_UNANSWERED;
	row = STIPPLE_ROW(call->treatment->table->image, factors, stipple_factor_row, subject);
	answer = call->client.factors[subject];
	return STIPPLE_GET16(row, stipple_factor_row, from_session) <= call->session->number &&
	       (answer == 0 || answer > STIPPLE_GET16(row, stipple_factor_row, value_count));
}

int stipple_open_list(const struct stipple_call *call, uint32_t first, const uint8_t **at,
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

	if (!stipple_open_list(call,
			       STIPPLE_GET32(call->protocol, stipple_protocol_row, asked_list), &at,
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
	if (!stipple_open_list(call,
			       STIPPLE_GET32(call->protocol, stipple_protocol_row, screening_list),
			       &at, &count)) {
		found->damaged++;
		return;
	}
	for (; count != 0; count--, at += 2)
		look_at_row(call, (uint32_t)STIPPLE_READ16(at), preparation, found);
	look_at_asked(call, found);
}
