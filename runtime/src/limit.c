/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The limit of one setting of a slot for a client: the rows of the slot, intersected with every
 * tightening row whose conditions hold. Nothing can loosen here: each step keeps the tighter
 * bound. The first judge compares with it; see limits.c for all settings at once.
 */
#include "read.h"

static const struct stipple_row_shape tightening_shape =
	STIPPLE_SHAPE(stipple_tightening_row, STIPPLE_ROW_TIGHTENING);

static void raise_to(uint16_t *bound, uint32_t value)
{
	if (*bound < value)
		*bound = (uint16_t)value;
}

/* True when the bound came down. */
static uint32_t lower_to(uint16_t *bound, uint32_t value)
{
	if (*bound <= value)
		return 0;
	*bound = (uint16_t)value;
	return 1;
}

/* Nothing is known, hence nothing is allowed. */
static STIPPLE_NOINLINE uint32_t fault(struct stipple_limit *limit)
{
	limit->verdict = STIPPLE_FAULT;
	limit->reason = STIPPLE_REASON_BAD_TABLE;
	limit->subject = (uint16_t)STIPPLE_NONE;
	limit->bounds.range_least = 0;
	limit->bounds.range_most = 0;
	limit->bounds.limit_least = 0;
	limit->bounds.limit_most = 0;
	limit->bounds.start = 0;
	limit->bounds.row = (uint16_t)STIPPLE_NONE;
	limit->members = 0;
	limit->step = (uint16_t)STIPPLE_NONE;
	return STIPPLE_FAULT;
}

static uint32_t refuse(struct stipple_limit *limit)
{
	limit->verdict = STIPPLE_REFUSED;
	limit->reason = STIPPLE_REASON_ZONE_NEVER;
	return STIPPLE_REFUSED;
}

/* Five 16-bit members in the order of stipple_bounds, as they stand in every row with bounds. */
static void read_bounds(struct stipple_bounds *bounds, const uint8_t *members)
{
	bounds->range_least = (uint16_t)STIPPLE_READ16(members);
	bounds->range_most = (uint16_t)STIPPLE_READ16(members + 2);
	bounds->limit_least = (uint16_t)STIPPLE_READ16(members + 4);
	bounds->limit_most = (uint16_t)STIPPLE_READ16(members + 6);
	bounds->start = (uint16_t)STIPPLE_READ16(members + 8);
}

/* The same members of a row that tightens. */
static void tighten(struct stipple_bounds *bounds, const uint8_t *members, uint32_t number)
{
	uint32_t lowered = lower_to(&bounds->range_most, STIPPLE_READ16(members + 2));

	lowered |= lower_to(&bounds->limit_most, STIPPLE_READ16(members + 6));
	if (lowered != 0)
		bounds->row = (uint16_t)number;
	raise_to(&bounds->range_least, STIPPLE_READ16(members));
	raise_to(&bounds->limit_least, STIPPLE_READ16(members + 4));
	(void)lower_to(&bounds->start, STIPPLE_READ16(members + 8));
}

/* The rows that stand for every client. Zero when one is damaged, whichever setting is asked. */
static int read_slot(const uint8_t *image, const uint8_t *slot, uint32_t setting,
		     struct stipple_limit *limit)
{
	uint32_t number = STIPPLE_GET16(slot, stipple_slot_row, depth);
	const uint8_t *depth = STIPPLE_ROW(image, depths, stipple_depth_row, number);
	const uint8_t *pace;

	if (stipple_depth_damage(depth, number) != 0)
		return 0;
	number = STIPPLE_GET16(slot, stipple_slot_row, pace);
	pace = STIPPLE_ROW(image, paces, stipple_pace_row, number);
	if (stipple_pace_damage(pace, number) != 0)
		return 0;
	if (setting == STIPPLE_PATTERNS)
		limit->members = (uint16_t)STIPPLE_GET16(pace, stipple_pace_row, patterns);
	if (setting == STIPPLE_ENDPOINTS)
		limit->members = (uint16_t)STIPPLE_GET16(pace, stipple_pace_row, endpoints);
	if (setting == STIPPLE_RATE)
		pace += offsetof(struct stipple_pace_row, rate_range_least);
	if (setting == STIPPLE_DEPTH) {
		limit->step = (uint16_t)STIPPLE_GET16(depth, stipple_depth_row, step);
		pace = depth;
	}
	if (setting >= STIPPLE_DEPTH && setting <= STIPPLE_RATE)
		read_bounds(&limit->bounds, pace);
	return 1;
}

/* A row that holds, laid on the limit. */
static void apply(struct stipple_limit *limit, uint32_t setting, const uint8_t *row,
		  uint32_t number)
{
	uint32_t its = STIPPLE_GET16(row, stipple_tightening_row, setting);
	uint32_t members;

	if (its == STIPPLE_NEVER)
		(void)refuse(limit);
	if (its != setting)
		return;
	if (setting > STIPPLE_RATE) {
		members = STIPPLE_GET16(row, stipple_tightening_row, members);
		limit->members = (uint16_t)(setting == STIPPLE_PATTERNS ? limit->members & members
									: limit->members | members);
		return;
	}
	tighten(&limit->bounds, row + offsetof(struct stipple_tightening_row, range_least), number);
	(void)lower_to(&limit->step, STIPPLE_GET16(row, stipple_tightening_row, step));
}

/* All tightenings of a slot. Zero when a row is damaged. */
static int take_tightenings(const uint8_t *image, uint32_t first,
			    const struct stipple_client *client, uint32_t setting,
			    struct stipple_limit *limit)
{
	struct stipple_rows rows;

	STIPPLE_ROWS_FROM(&rows, image, tightenings, stipple_tightening_row, first);
	while (rows.next != NULL) {
		const uint8_t *row = rows.next;
		uint32_t number = rows.number;
		uint32_t holds = stipple_row_holds(&rows, &tightening_shape, client);

		if (holds == STIPPLE_HOLDS)
			apply(limit, setting, row, number);
		else if (holds == STIPPLE_OPEN && limit->subject == STIPPLE_NONE)
			limit->subject = (uint16_t)rows.subject;
		else if (holds != STIPPLE_OPEN && holds != STIPPLE_HOLDS_NOT)
			return 0;
	}
	return 1;
}

/*
 * The range inside the limit, and the start inside the range; of the depth at most one step above
 * the one last settled on, and where that is not known, the start.
 */
static void settle(struct stipple_limit *limit, uint32_t last)
{
	struct stipple_bounds *bounds = &limit->bounds;

	if (limit->step != STIPPLE_NONE &&
	    lower_to(&bounds->limit_most, last == 0 ? bounds->start : last + limit->step) != 0 &&
	    limit->verdict == STIPPLE_ANSWERED)
		limit->reason = STIPPLE_REASON_ABOVE_STEP;
	(void)lower_to(&bounds->range_most, bounds->limit_most);
	raise_to(&bounds->range_least, bounds->limit_least);
	(void)lower_to(&bounds->range_least, bounds->range_most);
	raise_to(&bounds->start, bounds->range_least);
	(void)lower_to(&bounds->start, bounds->range_most);
}

uint32_t stipple_limit(const struct stipple_table *table, uint32_t slot,
		       const struct stipple_client *client, uint32_t setting,
		       struct stipple_limit *limit)
{
	const uint8_t *row;

	(void)fault(limit);
	if (!stipple_is_open(table) || slot >= STIPPLE_COUNT(table->image, slots))
		return STIPPLE_FAULT;
	row = STIPPLE_ROW(table->image, slots, stipple_slot_row, slot);
	if (stipple_slot_damage(row, slot) != 0)
		return STIPPLE_FAULT;
	if (STIPPLE_GET16(row, stipple_slot_row, depth) == STIPPLE_NONE)
		return refuse(limit);
	if (!read_slot(table->image, row, setting, limit))
		return STIPPLE_FAULT;
	limit->verdict = STIPPLE_ANSWERED;
	limit->reason = STIPPLE_REASON_NONE;
	if (!take_tightenings(table->image, STIPPLE_GET16(row, stipple_slot_row, tightening),
			      client, setting, limit))
		return fault(limit);
	if (limit->verdict == STIPPLE_ANSWERED && limit->subject != STIPPLE_NONE) {
		limit->verdict = STIPPLE_NEEDS_ANSWER;
		limit->reason = STIPPLE_REASON_UNANSWERED;
	}
	settle(limit, client->last_depth);
	return limit->verdict;
}
