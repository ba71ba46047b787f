/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The second judge: works out no limits, but holds the value against every row that speaks of
 * the setting and keeps the worst finding. It reads the table anew, in an
 * order of its own: the tightenings first, the rows for every client last.
 * See request.c for why there are two.
 */
#include "read.h"

static const struct stipple_row_shape shape =
	STIPPLE_SHAPE(stipple_tightening_row, STIPPLE_ROW_TIGHTENING);

/* What has been found so far. Each count grows and never shrinks. */
struct findings {
	uint32_t setting;
	uint32_t value;
	uint32_t damaged;  /* rows with a wrong check word */
	uint32_t open;     /* rows that depend on something not answered */
	uint32_t never;    /* rows that forbid the zone */
	uint32_t beyond;   /* limits that the value leaves */
	uint32_t outside;  /* upper ends of ranges that it leaves */
	uint32_t floor;    /* greatest lower end of a range */
	uint32_t ceiling;  /* least upper end of a range or limit */
	uint32_t start;    /* least start, of depth */
	uint32_t step;     /* least step, of depth */
	uint32_t patterns; /* those that every row allows */
};

static void least(uint32_t *known, uint32_t value)
{
	if (value < *known)
		*known = value;
}

/* Five members of a row: range, limit and start. */
static void hold_against(struct findings *found, const uint8_t *members)
{
	uint32_t range_least = STIPPLE_READ16(members);
	uint32_t range_most = STIPPLE_READ16(members + 2);
	uint32_t limit_least = STIPPLE_READ16(members + 4);
	uint32_t limit_most = STIPPLE_READ16(members + 6);

	found->beyond += found->value > limit_most || found->value < limit_least;
	found->outside += found->value > range_most;
	if (range_least > found->floor)
		found->floor = range_least;
	if (limit_least > found->floor)
		found->floor = limit_least;
	least(&found->ceiling, range_most);
	least(&found->ceiling, limit_most);
	least(&found->start, STIPPLE_READ16(members + 8));
}

static void in_force(struct findings *found, const uint8_t *row)
{
	uint32_t setting = STIPPLE_GET16(row, stipple_tightening_row, setting);

	found->never += setting == STIPPLE_NEVER;
	if (setting == STIPPLE_PATTERNS)
		found->patterns &= STIPPLE_GET16(row, stipple_tightening_row, members);
	if (setting != found->setting)
		return;
	hold_against(found, row + offsetof(struct stipple_tightening_row, range_least));
	least(&found->step, STIPPLE_GET16(row, stipple_tightening_row, step));
}

static void look_at_tightenings(struct findings *found, const uint8_t *image, uint32_t number,
				const struct stipple_client *client)
{
	const uint8_t *row = STIPPLE_ROW(image, tightenings, stipple_tightening_row, number);
	uint32_t chain = number == STIPPLE_NONE ? STIPPLE_LAST : STIPPLE_MORE;

	while (chain == STIPPLE_MORE) {
		uint16_t subject = 0;
		uint32_t rows;
		uint32_t holds = stipple_row_holds(row, &shape, number, client, &subject, &rows);

		if (holds == STIPPLE_DAMAGED) {
			found->damaged++;
			return;
		}
		found->open += holds == STIPPLE_OPEN;
		if (holds != STIPPLE_OPEN && holds != STIPPLE_HOLDS_NOT)
			in_force(found, row);
		number += rows;
		row += rows * shape.bytes;
		chain = STIPPLE_GET16(row - shape.bytes, stipple_tightening_row, chain);
	}
}

static void look_at_pace(struct findings *found, const uint8_t *image, uint32_t number)
{
	const uint8_t *row = STIPPLE_ROW(image, paces, stipple_pace_row, number);

	found->damaged += STIPPLE_ROW_DAMAGE(row, stipple_pace_row, STIPPLE_ROW_PACE, number) != 0;
	found->patterns &= STIPPLE_GET16(row, stipple_pace_row, patterns);
	if (found->setting == STIPPLE_PASSES)
		hold_against(found, row);
	else if (found->setting == STIPPLE_RATE)
		hold_against(found, row + offsetof(struct stipple_pace_row, rate_range_least));
}

static void look_at_depth(struct findings *found, const uint8_t *image, uint32_t number,
			  uint32_t last)
{
	const uint8_t *row = STIPPLE_ROW(image, depths, stipple_depth_row, number);
	uint32_t most;

	found->damaged +=
		STIPPLE_ROW_DAMAGE(row, stipple_depth_row, STIPPLE_ROW_DEPTH, number) != 0;
	if (found->setting != STIPPLE_DEPTH)
		return;
	hold_against(found, row);
	least(&found->step, STIPPLE_GET16(row, stipple_depth_row, step));
	if (found->step == STIPPLE_NONE)
		return;
	most = last == 0 ? found->start : last + found->step;
	found->beyond += found->value > most;
	least(&found->ceiling, most);
}

static uint32_t conclude(const struct findings *found)
{
	if (found->damaged != 0)
		return STIPPLE_TWO_FAULT;
	if (found->never != 0)
		return STIPPLE_TWO_REFUSED;
	if (found->open != 0)
		return STIPPLE_TWO_NEEDS_ANSWER;
	if (found->setting == STIPPLE_PATTERNS)
		return found->value < 16u && (found->patterns >> found->value & 1u) != 0
			       ? STIPPLE_TWO_ALLOWED
			       : STIPPLE_TWO_REFUSED;
	if (found->setting < STIPPLE_DEPTH || found->setting > STIPPLE_RATE)
		return STIPPLE_TWO_FAULT;
	if (found->beyond != 0)
		return STIPPLE_TWO_REFUSED;
	if (found->outside != 0)
		return STIPPLE_TWO_NEEDS_REASON;
	if (found->value < found->floor && found->value < found->ceiling)
		return STIPPLE_TWO_NEEDS_REASON;
	return STIPPLE_TWO_ALLOWED;
}

/* Member by member: for an initialiser a compiler may call memcpy. */
static void begin(struct findings *found, uint32_t setting, uint32_t value)
{
	found->setting = setting;
	found->value = value;
	found->damaged = 0;
	found->open = 0;
	found->never = 0;
	found->beyond = 0;
	found->outside = 0;
	found->floor = 0;
	found->ceiling = STIPPLE_NONE;
	found->start = STIPPLE_NONE;
	found->step = STIPPLE_NONE;
	found->patterns = STIPPLE_NONE;
}

uint32_t stipple_judge_two(const struct stipple_table *table, uint32_t slot,
			   const struct stipple_client *client, uint32_t setting, uint32_t value)
{
	struct findings found;
	const uint8_t *row;
	uint32_t depth;

	if (!stipple_is_open(table) || slot >= STIPPLE_COUNT(table->image, slots))
		return STIPPLE_TWO_FAULT;
	begin(&found, setting, value);
	row = STIPPLE_ROW(table->image, slots, stipple_slot_row, slot);
	if (STIPPLE_ROW_DAMAGE(row, stipple_slot_row, STIPPLE_ROW_SLOT, slot) != 0)
		return STIPPLE_TWO_FAULT;
	depth = STIPPLE_GET16(row, stipple_slot_row, depth);
	if (depth == STIPPLE_NONE)
		return STIPPLE_TWO_REFUSED;
	look_at_tightenings(&found, table->image, STIPPLE_GET16(row, stipple_slot_row, tightening),
			    client);
	look_at_pace(&found, table->image, STIPPLE_GET16(row, stipple_slot_row, pace));
	look_at_depth(&found, table->image, depth, client->last_depth);
	return conclude(&found);
}
