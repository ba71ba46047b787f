/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The course: time since the last session, and how many sessions there may be.
 *
 * How long skin must heal may depend on the depth that was used then. Where that is not known, what
 * depends on it holds: a row can only lengthen the interval.
 *
 * Its rows are judged as the session begins, by what is known then, and again as answers come: a
 * row that would refuse and depends on an open answer asks for it before screening can end. Until
 * the anaesthetic is applied the session remembers when the last one was; after the preparation no
 * answer changes any more.
 */
#include "session_call.h"

static const struct stipple_row_shape shape = STIPPLE_SHAPE(stipple_course_row, STIPPLE_ROW_COURSE);

/* What a row says of this session, if it holds: zero when it refuses. */
static int row_allows(const struct stipple_call *call, const uint8_t *row,
		      struct stipple_answer *answer)
{
	uint32_t least = STIPPLE_GET32(row, stipple_course_row, interval_least);
	uint32_t last = call->session->since_wall;

	if (call->session->number > STIPPLE_GET16(row, stipple_course_row, sessions_limit)) {
		stipple_refuse(answer, STIPPLE_REASON_COURSE_DONE);
		return 0;
	}
	if (last == 0 || (last <= call->now->wall && call->now->wall - last >= least))
		return 1;
	stipple_refuse(answer, STIPPLE_REASON_TOO_SOON);
	answer->until = last + least;
	return 0;
}

/* Of the rows that hold, the one with the longest interval: its upper end is advised. */
struct advice {
	uint32_t longest;
	uint32_t most;
	uint32_t row;
};

static void advise(struct advice *advice, const uint8_t *row, uint32_t number)
{
	uint32_t least = STIPPLE_GET32(row, stipple_course_row, interval_least);

	if (least < advice->longest)
		return;
	advice->longest = least;
	advice->most = STIPPLE_GET32(row, stipple_course_row, interval_most);
	advice->row = number;
}

static void warn(const struct stipple_call *call, const struct advice *advice)
{
	uint32_t last = call->session->since_wall;

	if (last == 0 || call->now->wall - last <= advice->most)
		return;
	call->answer->reason = STIPPLE_REASON_TOO_LATE;
	call->answer->row = advice->row;
}

int stipple_course_allows(const struct stipple_call *call, uint32_t *open)
{
	struct advice advice = { 0, STIPPLE_NO_TIME, 0 };
	struct stipple_answer unheld;
	struct stipple_client client;
	struct stipple_rows rows;

	*open = STIPPLE_NONE;
	stipple_client_of(call->treatment, &client);
	client.depth_used = call->session->last_depth; /* until a zone is entered */
	STIPPLE_ROWS_FROM(&rows, call->treatment->table->image, courses, stipple_course_row,
			  STIPPLE_GET16(call->protocol, stipple_protocol_row, course));
	while (rows.next != NULL) {
		const uint8_t *row = rows.next;
		uint32_t number = rows.number;
		uint32_t holds = stipple_row_holds(&rows, &shape, &client);

		if (holds == STIPPLE_DAMAGED) {
			stipple_fault(call->answer, STIPPLE_REASON_BAD_TABLE);
			return 0;
		}
		if (holds == STIPPLE_OPEN) {
			if (!row_allows(call, row, &unheld) && *open == STIPPLE_NONE)
				*open = rows.subject;
		} else if (holds != STIPPLE_HOLDS_NOT) {
			call->answer->row = number;
			if (!row_allows(call, row, call->answer))
				return 0;
			advise(&advice, row, number);
		}
	}
	call->answer->row = STIPPLE_NONE;
	warn(call, &advice);
	return 1;
}
