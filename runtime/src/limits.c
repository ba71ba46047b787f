/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The limits of a slot for a client: the rows of the slot, intersected with every tightening row
 * whose conditions hold. Nothing can loosen here: each step keeps the tighter bound.
 */
#include "read.h"

static const struct stipple_row_shape tightening_shape =
	STIPPLE_SHAPE(stipple_tightening_row, STIPPLE_ROW_TIGHTENING);

static void no_bounds(struct stipple_bounds *bounds)
{
	bounds->range_least = 0;
	bounds->range_most = 0;
	bounds->limit_least = 0;
	bounds->limit_most = 0;
	bounds->start = 0;
	bounds->row = (uint16_t)STIPPLE_NONE;
}

/* Five 16-bit members in the order of stipple_bounds, as they stand in every row with bounds. */
static void read_bounds(struct stipple_bounds *bounds, const uint8_t *members)
{
	bounds->range_least = (uint16_t)STIPPLE_READ16(members);
	bounds->range_most = (uint16_t)STIPPLE_READ16(members + 2);
	bounds->limit_least = (uint16_t)STIPPLE_READ16(members + 4);
	bounds->limit_most = (uint16_t)STIPPLE_READ16(members + 6);
	bounds->start = (uint16_t)STIPPLE_READ16(members + 8);
	bounds->row = (uint16_t)STIPPLE_NONE;
}

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

static void tighten(struct stipple_bounds *bounds, const uint8_t *row, uint32_t number)
{
	struct stipple_bounds by;
	uint32_t lowered;

	read_bounds(&by, row + offsetof(struct stipple_tightening_row, range_least));
	raise_to(&bounds->range_least, by.range_least);
	raise_to(&bounds->limit_least, by.limit_least);
	lowered = lower_to(&bounds->range_most, by.range_most);
	lowered |= lower_to(&bounds->limit_most, by.limit_most);
	(void)lower_to(&bounds->start, by.start);
	if (lowered != 0)
		bounds->row = (uint16_t)number;
}

struct stipple_bounds *stipple_bounds_of(struct stipple_limits *limits, uint32_t setting)
{
	if (setting == STIPPLE_DEPTH)
		return &limits->depth;
	if (setting == STIPPLE_PASSES)
		return &limits->passes;
	return setting == STIPPLE_RATE ? &limits->rate : NULL;
}

/* A row that holds, laid on the limits; *step is the least step so far. */
static void apply(struct stipple_limits *limits, const uint8_t *row, uint32_t number,
		  uint16_t *step)
{
	uint32_t setting = STIPPLE_GET16(row, stipple_tightening_row, setting);
	uint32_t members = STIPPLE_GET16(row, stipple_tightening_row, members);
	struct stipple_bounds *bounds = stipple_bounds_of(limits, setting);

	if (bounds != NULL) {
		tighten(bounds, row, number);
		(void)lower_to(step, (uint16_t)STIPPLE_GET16(row, stipple_tightening_row, step));
	} else if (setting == STIPPLE_PATTERNS) {
		limits->patterns = (uint16_t)(limits->patterns & members);
	} else if (setting == STIPPLE_ENDPOINTS) {
		limits->endpoints = (uint16_t)(limits->endpoints | members);
	} else {
		limits->verdict = STIPPLE_REFUSED;
		limits->reason = STIPPLE_REASON_ZONE_NEVER;
	}
}

/* The range inside the limit, and the start inside the range. */
static void settle(struct stipple_bounds *bounds)
{
	(void)lower_to(&bounds->range_most, bounds->limit_most);
	raise_to(&bounds->range_least, bounds->limit_least);
	(void)lower_to(&bounds->range_least, bounds->range_most);
	raise_to(&bounds->start, bounds->range_least);
	(void)lower_to(&bounds->start, bounds->range_most);
}

/* At most one step above the depth last settled on; when that is not known, the start. */
static void settle_step(struct stipple_bounds *depth, uint32_t step, uint32_t last)
{
	uint32_t most = last == 0 ? depth->start : last + step;

	if (step == STIPPLE_NONE)
		return;
	if (most < depth->limit_most)
		depth->limit_most = (uint16_t)most;
}

/* Nothing is known, hence nothing is allowed. */
static void clear(struct stipple_limits *limits)
{
	limits->verdict = STIPPLE_FAULT;
	limits->reason = STIPPLE_REASON_BAD_TABLE;
	limits->subject = (uint16_t)STIPPLE_NONE;
	no_bounds(&limits->depth);
	no_bounds(&limits->passes);
	no_bounds(&limits->rate);
	limits->patterns = 0;
	limits->endpoints = 0;
	limits->first_tightening = 0;
	limits->tightened[0] = 0;
	limits->tightened[1] = 0;
}

static uint32_t fault(struct stipple_limits *limits)
{
	clear(limits);
	return limits->verdict;
}

/* The rows that stand for every client. Zero when a row is damaged. */
static int read_slot(const uint8_t *image, const uint8_t *slot, struct stipple_limits *limits,
		     uint16_t *step)
{
	uint32_t depth = STIPPLE_GET16(slot, stipple_slot_row, depth);
	uint32_t pace = STIPPLE_GET16(slot, stipple_slot_row, pace);
	const uint8_t *row;

	row = STIPPLE_ROW(image, depths, stipple_depth_row, depth);
	if (STIPPLE_ROW_DAMAGE(row, stipple_depth_row, STIPPLE_ROW_DEPTH, depth) != 0)
		return 0;
	read_bounds(&limits->depth, row);
	*step = (uint16_t)STIPPLE_GET16(row, stipple_depth_row, step);
	row = STIPPLE_ROW(image, paces, stipple_pace_row, pace);
	if (STIPPLE_ROW_DAMAGE(row, stipple_pace_row, STIPPLE_ROW_PACE, pace) != 0)
		return 0;
	read_bounds(&limits->passes, row);
	read_bounds(&limits->rate, row + offsetof(struct stipple_pace_row, rate_range_least));
	limits->patterns = (uint16_t)STIPPLE_GET16(row, stipple_pace_row, patterns);
	limits->endpoints = (uint16_t)STIPPLE_GET16(row, stipple_pace_row, endpoints);
	limits->verdict = STIPPLE_ANSWERED;
	limits->reason = STIPPLE_REASON_NONE;
	return 1;
}

/* One tightening, with the rows that add conditions to it. Zero when a row is damaged. */
static int one_tightening(const uint8_t *row, uint32_t number, const struct stipple_client *client,
			  struct stipple_limits *limits, uint16_t *step, uint32_t *rows)
{
	uint16_t subject = (uint16_t)STIPPLE_NONE;
	uint32_t holds = stipple_row_holds(row, &tightening_shape, number, client, &subject, rows);
	uint32_t bit = number - limits->first_tightening;

	if (holds == STIPPLE_HOLDS) {
		limits->tightened[(bit >> 5) & 1u] |= (uint32_t)1 << (bit & 31u);
		apply(limits, row, number, step);
	} else if (holds == STIPPLE_OPEN && limits->subject == STIPPLE_NONE) {
		limits->subject = subject;
	}
	return holds != STIPPLE_DAMAGED;
}

/* All tightenings of a slot. Zero when a row is damaged. */
static int all_tightenings(const uint8_t *image, uint32_t number,
			   const struct stipple_client *client, struct stipple_limits *limits,
			   uint16_t *step)
{
	const uint8_t *row;
	uint32_t rows;
	uint32_t chain;

	limits->first_tightening = number;
	if (number == STIPPLE_NONE)
		return 1;
	do {
		row = STIPPLE_ROW(image, tightenings, stipple_tightening_row, number);
		if (!one_tightening(row, number, client, limits, step, &rows))
			return 0;
		number += rows;
		chain = STIPPLE_READ16(row + (rows - 1u) * tightening_shape.bytes +
				       tightening_shape.chain);
	} while (chain == STIPPLE_MORE);
	return 1;
}

uint32_t stipple_limits(const struct stipple_table *table, uint32_t slot,
			const struct stipple_client *client, struct stipple_limits *limits)
{
	const uint8_t *row;
	uint16_t step = (uint16_t)STIPPLE_NONE;

	clear(limits);
	if (!stipple_is_open(table) || slot >= STIPPLE_COUNT(table->image, slots))
		return fault(limits);
	row = STIPPLE_ROW(table->image, slots, stipple_slot_row, slot);
	if (STIPPLE_ROW_DAMAGE(row, stipple_slot_row, STIPPLE_ROW_SLOT, slot) != 0)
		return fault(limits);
	if (STIPPLE_GET16(row, stipple_slot_row, depth) == STIPPLE_NONE) {
		limits->verdict = STIPPLE_REFUSED;
		limits->reason = STIPPLE_REASON_ZONE_NEVER;
		return STIPPLE_REFUSED;
	}
	if (!read_slot(table->image, row, limits, &step) ||
	    !all_tightenings(table->image, STIPPLE_GET16(row, stipple_slot_row, tightening), client,
			     limits, &step))
		return fault(limits);
	if (limits->verdict == STIPPLE_ANSWERED && limits->subject != STIPPLE_NONE) {
		limits->verdict = STIPPLE_NEEDS_ANSWER;
		limits->reason = STIPPLE_REASON_UNANSWERED;
	}
	settle_step(&limits->depth, step, client->last_depth);
	settle(&limits->depth);
	settle(&limits->passes);
	settle(&limits->rate);
	return limits->verdict;
}
