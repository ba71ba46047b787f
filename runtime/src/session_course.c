/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The course: time since the last session, and how many sessions there may be.
 *
 * Its rows are judged as the session begins, by what is known then, and again as answers come: a
 * row that would refuse and depends on an open answer asks for it before screening can end. Until
 * the anaesthetic is applied the session remembers when the last one was; after the preparation no
 * answer changes any more.
 */
#include "session_call.h"

static const struct stipple_row_shape shape = STIPPLE_SHAPE(stipple_course_row, STIPPLE_ROW_COURSE);

/* What a row says of this session, if it holds. */
static void judge_row(const struct stipple_call *call, const uint8_t *row, uint32_t number,
		      struct stipple_answer *answer)
{
	uint32_t least = STIPPLE_GET32(row, stipple_course_row, interval_least);
	uint32_t last = call->session->since_wall;
	uint32_t since = call->now->wall - last;

	answer->row = number;
	stipple_say(answer, STIPPLE_ALLOWED, STIPPLE_REASON_NONE);
	if (call->session->number > STIPPLE_GET16(row, stipple_course_row, sessions_limit)) {
		stipple_say(answer, STIPPLE_REFUSED, STIPPLE_REASON_COURSE_DONE);
	} else if (last != 0 && (last > call->now->wall || since < least)) {
		stipple_say(answer, STIPPLE_REFUSED, STIPPLE_REASON_TOO_SOON);
		answer->until = last + least;
	} else if (last != 0 && since > STIPPLE_GET32(row, stipple_course_row, interval_most)) {
		answer->reason = STIPPLE_REASON_TOO_LATE;
	}
}

/* Takes over what a row that holds says. Zero when that refuses. */
static int take_over(struct stipple_answer *answer, const struct stipple_answer *said)
{
	if (said->reason != STIPPLE_REASON_NONE) {
		stipple_say(answer, said->verdict, said->reason);
		answer->row = said->row;
		answer->until = said->until;
	}
	return said->verdict == STIPPLE_ALLOWED;
}

int stipple_course_allows(const struct stipple_call *call, uint32_t *open)
{
	uint32_t number = STIPPLE_GET16(call->protocol, stipple_protocol_row, course);
	uint32_t chain = number == STIPPLE_NONE ? STIPPLE_LAST : STIPPLE_MORE;
	struct stipple_answer said;
	struct stipple_client client;
	uint32_t rows;

	*open = STIPPLE_NONE;
	stipple_client_of(call, &client);
	while (chain == STIPPLE_MORE) {
		const uint8_t *row = STIPPLE_ROW(call->treatment->table->image, courses,
						 stipple_course_row, number);
		uint16_t subject = (uint16_t)STIPPLE_NONE;
		uint32_t holds = stipple_row_holds(row, &shape, number, &client, &subject, &rows);

		if (holds == STIPPLE_DAMAGED) {
			stipple_say(call->answer, STIPPLE_FAULT, STIPPLE_REASON_BAD_TABLE);
			return 0;
		}
		said.until = 0;
		judge_row(call, row, number, &said);
		if (holds == STIPPLE_HOLDS && !take_over(call->answer, &said))
			return 0;
		if (holds == STIPPLE_OPEN && said.verdict != STIPPLE_ALLOWED &&
		    *open == STIPPLE_NONE)
			*open = subject;
		number += rows;
		row += (rows - 1u) * shape.bytes;
		chain = STIPPLE_GET16(row, stipple_course_row, chain);
	}
	return 1;
}
