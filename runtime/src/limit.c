/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The limit of one setting of a slot for a client: the row that stands for everybody, intersected
 * with every tightening row whose conditions hold. Nothing can loosen here: each step keeps the
 * tighter bound. The first judge compares with it; see limits.c for all settings at once.
 *
 * What is used is proven: of depths and paces the row that the setting is in, and of tightenings
 * every row of the slot, since what a damaged one spoke of is not known.
 */
#include "read.h"

static void raise_to(uint16_t *bound, uint16_t value)
{
	if (*bound < value)
		*bound = value;
}

/* True when the bound came down. */
static uint32_t lower_to(uint16_t *bound, uint16_t value)
{
	if (*bound <= value)
		return 0;
	*bound = value;
	return 1;
}

/* All but the bounds. */
static void begin(struct stipple_limit *limit, uint32_t verdict, uint16_t reason)
{
	limit->verdict = verdict;
	limit->reason = reason;
	limit->subject = (uint16_t)STIPPLE_NONE;
	limit->bounds.row = (uint16_t)STIPPLE_NONE;
	limit->members = 0;
	limit->step = (uint16_t)STIPPLE_NONE;
}

static void no_bounds(struct stipple_bounds *bounds)
{
	bounds->range_least = 0;
	bounds->range_most = 0;
	bounds->limit_least = 0;
	bounds->limit_most = 0;
	bounds->start = 0;
}

/* Nothing is known, hence nothing is allowed. */
static STIPPLE_NOINLINE uint32_t fault(struct stipple_limit *limit)
{
	begin(limit, STIPPLE_FAULT, STIPPLE_REASON_BAD_TABLE);
	no_bounds(&limit->bounds);
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
	uint32_t lowered = lower_to(&bounds->range_most, (uint16_t)STIPPLE_READ16(members + 2));

	lowered |= lower_to(&bounds->limit_most, (uint16_t)STIPPLE_READ16(members + 6));
	if (lowered != 0)
		bounds->row = (uint16_t)number;
	raise_to(&bounds->range_least, (uint16_t)STIPPLE_READ16(members));
	raise_to(&bounds->limit_least, (uint16_t)STIPPLE_READ16(members + 4));
	(void)lower_to(&bounds->start, (uint16_t)STIPPLE_READ16(members + 8));
}

/* The row that stands for every client. Zero when it is damaged. */
static int read_row(const uint8_t *image, const uint8_t *slot, uint32_t setting,
		    struct stipple_limit *limit)
{
	uint32_t number;
	const uint8_t *row;

	if (setting == STIPPLE_DEPTH) {
		number = STIPPLE_GET16(slot, stipple_slot_row, depth);
		row = STIPPLE_ROW(image, depths, stipple_depth_row, number);
		if (stipple_short_row_damage(row, STIPPLE_ROW_DEPTH, number) != 0)
			return 0;
		limit->step = (uint16_t)STIPPLE_GET16(row, stipple_depth_row, step);
	} else {
		number = STIPPLE_GET16(slot, stipple_slot_row, pace);
		row = STIPPLE_ROW(image, paces, stipple_pace_row, number);
		if (stipple_pace_damage(row, number) != 0)
			return 0;
		if (setting == STIPPLE_PATTERNS)
			limit->members = (uint16_t)STIPPLE_GET16(row, stipple_pace_row, patterns);
		if (setting == STIPPLE_ENDPOINTS)
			limit->members = (uint16_t)STIPPLE_GET16(row, stipple_pace_row, endpoints);
		if (setting == STIPPLE_RATE)
			row += offsetof(struct stipple_pace_row, rate_range_least);
	}
	if (setting >= STIPPLE_DEPTH && setting <= STIPPLE_RATE)
		read_bounds(&limit->bounds, row);
	else
		no_bounds(&limit->bounds);
	return 1;
}

/* A row that holds, laid on the limit. */
static void apply(struct stipple_limit *limit, uint32_t setting, uint32_t its, const uint8_t *row,
		  uint32_t number)
{
	uint32_t members;

	if (its != setting) {
		if (its == STIPPLE_NEVER)
			(void)refuse(limit);
		return;
	}
	if (setting <= STIPPLE_RATE) {
		tighten(&limit->bounds, row + offsetof(struct stipple_tightening_row, range_least),
			number);
		(void)lower_to(&limit->step,
			       (uint16_t)STIPPLE_GET16(row, stipple_tightening_row, step));
		return;
	}
	members = STIPPLE_GET16(row, stipple_tightening_row, members);
	limit->members = (uint16_t)(setting == STIPPLE_PATTERNS ? limit->members & members
								: limit->members | members);
}

/* All tightenings of a slot. Zero when a row is damaged. */
static int take_tightenings(const uint8_t *image, uint32_t number,
			    const struct stipple_client *client, uint32_t setting,
			    struct stipple_limit *limit)
{
	const uint8_t *row = STIPPLE_ROW(image, tightenings, stipple_tightening_row, number);
	uint32_t chain;

	do {
		uint32_t its;
		uint32_t holds = STIPPLE_HOLDS_NOT;

		if (stipple_tightening_damage(row, number) != 0)
			return 0;
		its = STIPPLE_GET16(row, stipple_tightening_row, setting);
		chain = STIPPLE_GET16(row, stipple_tightening_row, chain);
		if (its != STIPPLE_CONDITIONS)
			holds = stipple_tightening_holds(row, number, chain, client);
		if (holds == STIPPLE_HOLDS)
			apply(limit, setting, its, row, number);
		else if (STIPPLE_IS_OPEN(holds) && limit->subject == STIPPLE_NONE)
			limit->subject = (uint16_t)holds;
		else if (!STIPPLE_IS_OPEN(holds) && holds != STIPPLE_HOLDS_NOT)
			return 0;
		row += sizeof(struct stipple_tightening_row);
		number++;
	} while (chain != STIPPLE_LAST);
	if (limit->verdict == STIPPLE_ANSWERED && limit->subject != STIPPLE_NONE) {
		limit->verdict = STIPPLE_NEEDS_ANSWER;
		limit->reason = STIPPLE_REASON_UNANSWERED;
	}
	return 1;
}

/* At most one step above the depth last settled on; where that is not known, the start. */
static void hold_step(struct stipple_limit *limit, uint32_t last)
{
	uint32_t most = last == 0 ? limit->bounds.start : last + limit->step;

	if (most >= limit->bounds.limit_most)
		return;
	limit->bounds.limit_most = (uint16_t)most;
	if (limit->verdict == STIPPLE_ANSWERED)
		limit->reason = STIPPLE_REASON_ABOVE_STEP;
}

/* The range inside the limit, and the start inside the range. */
static void settle(struct stipple_bounds *bounds)
{
	uint16_t most = bounds->range_most;
	uint16_t least = bounds->range_least;

	if (most > bounds->limit_most) {
		most = bounds->limit_most;
		bounds->range_most = most;
	}
	if (least < bounds->limit_least) {
		least = bounds->limit_least;
		bounds->range_least = least;
	}
	if (least > most) {
		least = most;
		bounds->range_least = least;
	}
	raise_to(&bounds->start, least);
	(void)lower_to(&bounds->start, most);
}

uint32_t stipple_limit(const struct stipple_table *table, uint32_t slot,
		       const struct stipple_client *client, uint32_t setting,
		       struct stipple_limit *limit)
{
	const uint8_t *row = stipple_slot_row(table, slot);
	uint32_t first;

	if (row == NULL)
		return fault(limit);
	if (STIPPLE_GET16(row, stipple_slot_row, depth) == STIPPLE_NONE) {
		(void)fault(limit);
		return refuse(limit);
	}
	begin(limit, STIPPLE_ANSWERED, STIPPLE_REASON_NONE);
	if (!read_row(table->image, row, setting, limit))
		return fault(limit);
	first = STIPPLE_GET16(row, stipple_slot_row, tightening);
	if (first == STIPPLE_NONE && limit->step == STIPPLE_NONE)
		return STIPPLE_ANSWERED; /* a row for everybody is in order as it is written */
	if (first != STIPPLE_NONE && !take_tightenings(table->image, first, client, setting, limit))
		return fault(limit);
	if (limit->step != STIPPLE_NONE)
		hold_step(limit, client->last_depth);
	settle(&limit->bounds);
	return limit->verdict;
}
