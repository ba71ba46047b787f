/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The limits of a slot for a client, all settings at once, and which of its rows tighten them: for
 * a screen. Each is worked out by stipple_limit, as for a request.
 */
#include "read.h"

static const struct stipple_row_shape tightening_shape =
	STIPPLE_SHAPE(stipple_tightening_row, STIPPLE_ROW_TIGHTENING);

struct stipple_bounds *stipple_bounds_of(struct stipple_limits *limits, uint32_t setting)
{
	if (setting == STIPPLE_DEPTH)
		return &limits->depth;
	if (setting == STIPPLE_PASSES)
		return &limits->passes;
	return setting == STIPPLE_RATE ? &limits->rate : NULL;
}

/* Member by member: for an assignment of structs a compiler may call memcpy. */
static void copy_bounds(struct stipple_bounds *to, const struct stipple_bounds *from)
{
	to->range_least = from->range_least;
	to->range_most = from->range_most;
	to->limit_least = from->limit_least;
	to->limit_most = from->limit_most;
	to->start = from->start;
	to->row = from->row;
}

static void put(struct stipple_limits *limits, uint32_t setting, const struct stipple_limit *one)
{
	if (setting == STIPPLE_PATTERNS)
		limits->patterns = one->members;
	else if (setting == STIPPLE_ENDPOINTS)
		limits->endpoints = one->members;
	else
		copy_bounds(stipple_bounds_of(limits, setting), &one->bounds);
	limits->verdict = one->verdict;
	limits->reason = one->reason;
	limits->subject = one->subject;
}

/* Each row of the slot that holds, as a bit. */
static void find_tightened(const uint8_t *image, uint32_t slot, const struct stipple_client *client,
			   struct stipple_limits *limits)
{
	const uint8_t *row = STIPPLE_ROW(image, slots, stipple_slot_row, slot);
	struct stipple_rows rows;

	STIPPLE_ROWS_FROM(&rows, image, tightenings, stipple_tightening_row,
			  STIPPLE_GET16(row, stipple_slot_row, tightening));
	limits->first_tightening = rows.number;
	while (rows.next != NULL) {
		uint32_t bit = rows.number - limits->first_tightening;
		uint32_t holds = stipple_row_holds(&rows, &tightening_shape, client);

		if (holds == STIPPLE_HOLDS)
			limits->tightened[(bit >> 5) & 1u] |= (uint32_t)1 << (bit & 31u);
	}
}

uint32_t stipple_limits(const struct stipple_table *table, uint32_t slot,
			const struct stipple_client *client, struct stipple_limits *limits)
{
	struct stipple_limit limit;
	uint32_t setting = STIPPLE_DEPTH;

	do {
		(void)stipple_limit(table, slot, client, setting, &limit);
		put(limits, setting, &limit);
		setting++;
	} while (setting <= STIPPLE_ENDPOINTS && limit.verdict != STIPPLE_FAULT);
	limits->first_tightening = 0;
	limits->tightened[0] = 0;
	limits->tightened[1] = 0;
	if (limit.verdict == STIPPLE_FAULT) {
		for (setting = STIPPLE_DEPTH; setting <= STIPPLE_ENDPOINTS; setting++)
			put(limits, setting, &limit); /* nothing is known */
		return STIPPLE_FAULT;
	}
	find_tightened(table->image, slot, client, limits);
	return limits->verdict;
}
