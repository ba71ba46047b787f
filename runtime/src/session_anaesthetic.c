/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The anaesthetic: not too much of it, left on long enough, taken off in time. Its least time is
 * counted by the clock that shows less, its longest by the one that shows more.
 */
#include "session_call.h"

static const struct stipple_row_shape shape =
	STIPPLE_SHAPE(stipple_anaesthetic_row, STIPPLE_ROW_ANAESTHETIC);

/* The rows that hold, met: all bounds lowered, the least time raised. */
struct bounds {
	uint32_t damaged;
	uint32_t least;
	uint32_t most;
	uint32_t amount;
	uint32_t area;
	uint32_t dose; /* mg on each square centimetre */
	uint32_t row;
};

static void lower(uint32_t *bound, uint32_t value)
{
	if (value < *bound)
		*bound = value;
}

static void meet(struct bounds *bounds, const uint8_t *row, uint32_t number)
{
	uint32_t least = STIPPLE_GET32(row, stipple_anaesthetic_row, least);

	if (least > bounds->least)
		bounds->least = least;
	lower(&bounds->most, STIPPLE_GET32(row, stipple_anaesthetic_row, most));
	lower(&bounds->amount, STIPPLE_GET32(row, stipple_anaesthetic_row, amount_most));
	lower(&bounds->area, STIPPLE_GET32(row, stipple_anaesthetic_row, area_most));
	lower(&bounds->dose, STIPPLE_GET16(row, stipple_anaesthetic_row, dose));
	bounds->row = number;
}

/* A row whose conditions are open counts as holding: it can only tighten. */
static void find_bounds(const struct stipple_call *call, struct bounds *bounds)
{
	struct stipple_rows rows;

	bounds->damaged = 0;
	bounds->least = 0;
	bounds->most = STIPPLE_NO_TIME;
	bounds->amount = STIPPLE_NO_TIME;
	bounds->area = STIPPLE_NO_TIME;
	bounds->dose = STIPPLE_NONE;
	bounds->row = STIPPLE_NONE;
	STIPPLE_ROWS_FROM(&rows, call->treatment->table->image, anaesthetics,
			  stipple_anaesthetic_row,
			  STIPPLE_GET16(call->protocol, stipple_protocol_row, anaesthetic));
	while (rows.next != NULL) {
		const uint8_t *row = rows.next;
		uint32_t number = rows.number;
		uint32_t holds = stipple_row_holds(&rows, &shape, &call->client);

		if (holds == STIPPLE_DAMAGED) {
			bounds->damaged++;
			return;
		}
		if (holds != STIPPLE_HOLDS_NOT)
			meet(bounds, row, number);
	}
	lower(&bounds->least, bounds->most); /* comfort gives way to safety */
}

/*
 * Whether it is more than may be on so large an area. Both sides are hundredths of a milligram. An
 * area that is too large for the product counts as less, an amount that is too large as too much.
 */
static int is_too_thick(const struct bounds *bounds, uint32_t amount, uint32_t area)
{
	uint16_t counted = (uint16_t)(area < 0xFFFFu ? area : 0xFFFFu);

	return bounds->dose != STIPPLE_NONE &&
	       (amount > 0xFFFFFFFFu / 100u || amount * 100u > bounds->dose * (uint32_t)counted);
}

/* Zero is "not known": how much it is, or how large the area, must be said where it is limited. */
static int is_unsaid(const struct bounds *bounds, uint32_t amount, uint32_t area)
{
	int by_dose = bounds->dose != STIPPLE_NONE;

	return (amount == 0 && (by_dose || bounds->amount != STIPPLE_NO_TIME)) ||
	       (area == 0 && (by_dose || bounds->area != STIPPLE_NO_TIME));
}

static uint16_t in_16_bits(uint32_t value)
{
	return (uint16_t)(value < 0xFFFFu ? value : 0xFFFFu);
}

uint32_t stipple_apply_anaesthetic(struct stipple_treatment *treatment,
				   const struct stipple_time *now, uint32_t amount, uint32_t area)
{
	struct stipple_session *session = treatment->session;
	struct stipple_answer *answer = &treatment->answer;
	struct stipple_call call;
	struct bounds bounds;

	if (!stipple_enter_in(&call, treatment, now, STIPPLE_EVENT_ANAESTHETIC_APPLIED,
			      STIPPLE_STATE_PREPARED))
		return answer->verdict;
	find_bounds(&call, &bounds);
	answer->row = bounds.row;
	answer->value = in_16_bits(amount);
	answer->limit_least = in_16_bits(area);
	answer->limit_most = in_16_bits(bounds.amount);
	if (bounds.damaged != 0)
		stipple_fault(answer, STIPPLE_REASON_BAD_TABLE);
	else if (is_unsaid(&bounds, amount, area))
		stipple_refuse(answer, STIPPLE_REASON_UNANSWERED);
	else if (amount > bounds.amount || area > bounds.area ||
		 is_too_thick(&bounds, amount, area))
		stipple_refuse(answer, STIPPLE_REASON_ABOVE_LIMIT);
	else
		stipple_say(answer, STIPPLE_ALLOWED, STIPPLE_REASON_NONE);
	if (stipple_decided(&call)) {
		session->state = STIPPLE_STATE_ANAESTHETIC;
		session->since_wall = now->wall;
		session->since_uptime = now->uptime;
		session->marks |= STIPPLE_MARK_APPLIED;
	}
	return stipple_seal(&call);
}

uint32_t stipple_remove_anaesthetic(struct stipple_treatment *treatment,
				    const struct stipple_time *now)
{
	struct stipple_session *session = treatment->session;
	struct stipple_answer *answer = &treatment->answer;
	struct stipple_call call;
	struct bounds bounds;
	uint32_t by_wall;
	uint32_t by_uptime;

	if (!stipple_enter_in(&call, treatment, now, STIPPLE_EVENT_ANAESTHETIC_REMOVED,
			      STIPPLE_STATE_ANAESTHETIC))
		return answer->verdict;
	find_bounds(&call, &bounds);
	by_wall = now->wall - session->since_wall;
	by_uptime = now->uptime - session->since_uptime;
	answer->row = bounds.row;
	stipple_say(answer, STIPPLE_ALLOWED, STIPPLE_REASON_NONE);
	if (bounds.damaged != 0) {
		stipple_fault(answer, STIPPLE_REASON_BAD_TABLE);
	} else if (by_wall > bounds.most || by_uptime > bounds.most) {
		stipple_refuse(answer, STIPPLE_REASON_ANAESTHETIC_TOO_LONG);
		return stipple_end_session(&call);
	} else if (by_wall < bounds.least || by_uptime < bounds.least) {
		stipple_refuse(answer, STIPPLE_REASON_ANAESTHETIC_TOO_SHORT);
		answer->until = session->since_wall + bounds.least;
	}
	if (stipple_decided(&call)) {
		session->state = STIPPLE_STATE_READY;
		session->marks |= STIPPLE_MARK_REMOVED;
	}
	return stipple_seal(&call);
}
