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

/* What has been found so far. */
struct findings {
	uint32_t setting;
	uint32_t value;
	uint32_t faults;   /* FOUND_...: bits are set and never taken back */
	uint16_t floor;    /* greatest lower end of a range or limit */
	uint16_t ceiling;  /* least upper end of a range or limit */
	uint16_t start;    /* least start, of depth */
	uint16_t step;     /* least step, of depth */
	uint16_t patterns; /* those that every row allows */
};

#define FOUND_DAMAGE  0x01u /* a row with a wrong check word */
#define FOUND_NEVER   0x02u /* a row that forbids the zone */
#define FOUND_OPEN    0x04u /* a row that depends on something not answered */
#define FOUND_BEYOND  0x08u /* a limit that the value leaves */
#define FOUND_OUTSIDE 0x10u /* the upper end of a range that it leaves */

static void least(uint16_t *known, uint32_t value)
{
	if (value < *known)
		*known = (uint16_t)value;
}

static void greatest(uint16_t *known, uint32_t value)
{
	if (value > *known)
		*known = (uint16_t)value;
}

/* Five members of a row: range, limit and start. */
static void hold_against(struct findings *found, const uint8_t *members)
{
	uint32_t limit_most = STIPPLE_READ16(members + 6);
	uint32_t limit_least;
	uint32_t range_most;

	if (found->value > limit_most)
		found->faults |= FOUND_BEYOND;
	least(&found->ceiling, limit_most);
	limit_least = STIPPLE_READ16(members + 4);
	if (found->value < limit_least)
		found->faults |= FOUND_BEYOND;
	greatest(&found->floor, limit_least);
	range_most = STIPPLE_READ16(members + 2);
	if (found->value > range_most)
		found->faults |= FOUND_OUTSIDE;
	least(&found->ceiling, range_most);
	greatest(&found->floor, STIPPLE_READ16(members));
	least(&found->start, STIPPLE_READ16(members + 8));
}

static void in_force(struct findings *found, const uint8_t *row)
{
	uint32_t setting = STIPPLE_GET16(row, stipple_tightening_row, setting);

	if (setting == STIPPLE_NEVER)
		found->faults |= FOUND_NEVER;
	if (setting != found->setting)
		return;
	if (setting == STIPPLE_PATTERNS)
		found->patterns &= (uint16_t)STIPPLE_GET16(row, stipple_tightening_row, members);
	hold_against(found, row + offsetof(struct stipple_tightening_row, range_least));
	least(&found->step, STIPPLE_GET16(row, stipple_tightening_row, step));
}

static void look_at_tightenings(struct findings *found, const uint8_t *image, uint32_t number,
				const struct stipple_client *client)
{
	struct stipple_rows rows;

	STIPPLE_ROWS_FROM(&rows, image, tightenings, stipple_tightening_row, number);
	while (rows.next != NULL) {
		const uint8_t *row = rows.next;
		uint32_t holds = stipple_row_holds(&rows, &shape, client);

		if (holds == STIPPLE_DAMAGED) {
			found->faults |= FOUND_DAMAGE;
			return;
		}
		if (holds == STIPPLE_OPEN)
			found->faults |= FOUND_OPEN;
		else if (holds != STIPPLE_HOLDS_NOT)
			in_force(found, row);
	}
}

static void look_at_pace(struct findings *found, const uint8_t *image, uint32_t number)
{
	const uint8_t *row = STIPPLE_ROW(image, paces, stipple_pace_row, number);

	if (stipple_pace_damage(row, number) != 0)
		found->faults |= FOUND_DAMAGE;
	found->patterns &= (uint16_t)STIPPLE_GET16(row, stipple_pace_row, patterns);
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

	if (stipple_depth_damage(row, number) != 0)
		found->faults |= FOUND_DAMAGE;
	if (found->setting != STIPPLE_DEPTH)
		return;
	hold_against(found, row);
	least(&found->step, STIPPLE_GET16(row, stipple_depth_row, step));
	if (found->step == STIPPLE_NONE)
		return;
	most = last == 0 ? found->start : last + found->step;
	if (found->value > most)
		found->faults |= FOUND_BEYOND;
	least(&found->ceiling, most);
}

static uint32_t conclude(const struct findings *found)
{
	if ((found->faults & FOUND_DAMAGE) != 0)
		return STIPPLE_TWO_FAULT;
	if ((found->faults & FOUND_NEVER) != 0)
		return STIPPLE_TWO_REFUSED;
	if ((found->faults & FOUND_OPEN) != 0)
		return STIPPLE_TWO_NEEDS_ANSWER;
	if (found->setting == STIPPLE_PATTERNS)
		return found->value < 16u && (found->patterns >> found->value & 1u) != 0
			       ? STIPPLE_TWO_ALLOWED
			       : STIPPLE_TWO_REFUSED;
	if (found->setting < STIPPLE_DEPTH || found->setting > STIPPLE_RATE)
		return STIPPLE_TWO_FAULT;
	if ((found->faults & FOUND_BEYOND) != 0)
		return STIPPLE_TWO_REFUSED;
	if ((found->faults & FOUND_OUTSIDE) != 0)
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
	found->faults = 0;
	found->floor = 0;
	found->ceiling = (uint16_t)STIPPLE_NONE;
	found->start = (uint16_t)STIPPLE_NONE;
	found->step = (uint16_t)STIPPLE_NONE;
	found->patterns = (uint16_t)STIPPLE_NONE;
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
	if (stipple_slot_damage(row, slot) != 0)
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
