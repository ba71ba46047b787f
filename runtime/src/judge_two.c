/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The second judge: works out no limits, but holds the value against every row that speaks of
 * the setting and keeps what it finds. It reads the table anew, in an order of its own: the
 * tightenings first, the row for every client last. See request.c for why there are two.
 */
#include "read.h"

/* What has been found so far. */
struct findings {
	uint32_t setting;
	uint32_t value;
	uint32_t found;    /* FOUND_...: bits are set and never taken back */
	uint32_t start;    /* least start, of depth */
	uint32_t step;     /* least step, of depth */
	uint32_t patterns; /* those that every row allows */
};

#define FOUND_DAMAGE 0x01u /* a row with a wrong check word */
#define FOUND_NEVER  0x02u /* a row that forbids the zone */
#define FOUND_OPEN   0x04u /* a row that depends on something not answered */
#define FOUND_BEYOND 0x08u /* a limit that the value leaves */
#define FOUND_ABOVE  0x10u /* a range that ends below the value */
#define FOUND_BELOW  0x20u /* a range that begins above it */
#define FOUND_EDGE   0x40u /* a range or limit that ends at it: nothing higher may be asked for */

/* What an upper end finds; `beyond` when the value is above it. */
static uint32_t at_upper_end(uint32_t value, uint32_t most, uint32_t beyond)
{
	if (value < most)
		return 0;
	return value == most ? FOUND_EDGE : beyond;
}

/* Four members of a row: range and limit. */
static uint32_t hold_against(uint32_t value, const uint8_t *members)
{
	uint32_t found = at_upper_end(value, (uint32_t)STIPPLE_READ16(members + 6), FOUND_BEYOND);

	found |= at_upper_end(value, (uint32_t)STIPPLE_READ16(members + 2), FOUND_ABOVE);
	if (value < (uint32_t)STIPPLE_READ16(members + 4))
		found |= FOUND_BEYOND;
	if (value < (uint32_t)STIPPLE_READ16(members))
		found |= FOUND_BELOW;
	return found;
}

static void least(uint32_t *known, uint32_t value)
{
	if (value < *known)
		*known = value;
}

static void in_force(struct findings *all, uint32_t its, const uint8_t *row)
{
	if (its != all->setting) {
		if (its == STIPPLE_NEVER)
			all->found |= FOUND_NEVER;
		return;
	}
	all->patterns &= STIPPLE_GET16(row, stipple_tightening_row, members);
	all->found |= hold_against(all->value,
				   row + offsetof(struct stipple_tightening_row, range_least));
	least(&all->start, STIPPLE_GET16(row, stipple_tightening_row, start));
	least(&all->step, STIPPLE_GET16(row, stipple_tightening_row, step));
}

static void look_at_tightenings(struct findings *all, const uint8_t *image, uint32_t number,
				const struct stipple_client *client)
{
	const uint8_t *row = STIPPLE_ROW(image, tightenings, stipple_tightening_row, number);
	uint32_t chain;

	do {
		uint32_t its;
		uint32_t holds = STIPPLE_HOLDS_NOT;

		if (stipple_tightening_damage(row, number) != 0) {
			all->found |= FOUND_DAMAGE;
			return;
		}
		its = STIPPLE_GET16(row, stipple_tightening_row, setting);
		chain = STIPPLE_GET16(row, stipple_tightening_row, chain);
		if (its != STIPPLE_CONDITIONS)
			holds = stipple_tightening_holds(row, number, chain, client);
		if (STIPPLE_IS_OPEN(holds))
			all->found |= FOUND_OPEN;
		else if (holds != STIPPLE_HOLDS_NOT)
			in_force(all, its, row); /* a damaged row of its chain comes next */
		row += sizeof(struct stipple_tightening_row);
		number++;
	} while (chain != STIPPLE_LAST);
}

static void look_at_pace(struct findings *all, const uint8_t *image, uint32_t number)
{
	const uint8_t *row = STIPPLE_ROW(image, paces, stipple_pace_row, number);

	if (stipple_pace_damage(row, number) != 0)
		all->found |= FOUND_DAMAGE;
	all->patterns &= STIPPLE_GET16(row, stipple_pace_row, patterns);
	if (all->setting == STIPPLE_RATE)
		row += offsetof(struct stipple_pace_row, rate_range_least);
	all->found |= hold_against(all->value, row);
}

static void look_at_depth(struct findings *all, const uint8_t *image, uint32_t number,
			  uint32_t last)
{
	const uint8_t *row = STIPPLE_ROW(image, depths, stipple_depth_row, number);
	uint32_t most;

	if (stipple_short_row_damage(row, STIPPLE_ROW_DEPTH, number) != 0)
		all->found |= FOUND_DAMAGE;
	all->found |= hold_against(all->value, row);
	least(&all->start, STIPPLE_GET16(row, stipple_depth_row, start));
	least(&all->step, STIPPLE_GET16(row, stipple_depth_row, step));
	if (all->step == STIPPLE_NONE)
		return;
	most = last == 0 ? all->start : last + all->step;
	all->found |= at_upper_end(all->value, most, FOUND_BEYOND);
}

static uint32_t conclude(const struct findings *all)
{
	if ((all->found & FOUND_DAMAGE) != 0)
		return STIPPLE_TWO_FAULT;
	if ((all->found & FOUND_NEVER) != 0)
		return STIPPLE_TWO_REFUSED;
	if ((all->found & FOUND_OPEN) != 0)
		return STIPPLE_TWO_NEEDS_ANSWER;
	if (all->setting == STIPPLE_PATTERNS)
		return all->value < 16u && (all->patterns >> all->value & 1u) != 0
			       ? STIPPLE_TWO_ALLOWED
			       : STIPPLE_TWO_REFUSED;
	if (all->setting < STIPPLE_DEPTH || all->setting > STIPPLE_RATE)
		return STIPPLE_TWO_FAULT;
	if ((all->found & FOUND_BEYOND) != 0)
		return STIPPLE_TWO_REFUSED;
	if ((all->found & FOUND_ABOVE) != 0 ||
	    (all->found & (FOUND_BELOW | FOUND_EDGE)) == FOUND_BELOW)
		return STIPPLE_TWO_NEEDS_REASON;
	return STIPPLE_TWO_ALLOWED;
}

/* Member by member: for an initialiser a compiler may call memcpy. */
static void begin(struct findings *all, uint32_t setting, uint32_t value)
{
	all->setting = setting;
	all->value = value;
	all->found = 0;
	all->start = STIPPLE_NONE;
	all->step = STIPPLE_NONE;
	all->patterns = STIPPLE_NONE;
}

uint32_t stipple_judge_two(const struct stipple_table *table, uint32_t slot,
			   const struct stipple_client *client, uint32_t setting, uint32_t value)
{
	struct findings all;
	const uint8_t *row = stipple_slot_row(table, slot);
	uint32_t depth;
	uint32_t number;

	if (row == NULL)
		return STIPPLE_TWO_FAULT;
	depth = STIPPLE_GET16(row, stipple_slot_row, depth);
	if (depth == STIPPLE_NONE)
		return STIPPLE_TWO_REFUSED;
	begin(&all, setting, value);
	number = STIPPLE_GET16(row, stipple_slot_row, tightening);
	if (number != STIPPLE_NONE)
		look_at_tightenings(&all, table->image, number, client);
	if (setting == STIPPLE_DEPTH)
		look_at_depth(&all, table->image, depth, client->last_depth);
	else
		look_at_pace(&all, table->image, STIPPLE_GET16(row, stipple_slot_row, pace));
	return conclude(&all);
}
