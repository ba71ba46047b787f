/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a device shows and does not enforce: whether a use is on its label, and how often each
 * movement is to be made. A firmware that shows neither leaves this file out.
 */
#include "read.h"

static const struct stipple_row_shape tightening_shape =
	STIPPLE_SHAPE(stipple_tightening_row, STIPPLE_ROW_TIGHTENING);
static const struct stipple_row_shape use_shape = STIPPLE_SHAPE(stipple_use_row, STIPPLE_ROW_USE);

static void clear(struct stipple_advice *advice)
{
	uint32_t pattern;

	advice->verdict = STIPPLE_FAULT;
	advice->reason = STIPPLE_REASON_BAD_TABLE;
	advice->subject = (uint16_t)STIPPLE_NONE;
	advice->label_status = STIPPLE_LABEL_NOT_EVALUATED;
	for (pattern = 0; pattern < STIPPLE_MOVEMENTS; pattern++)
		advice->movements[pattern] = 0;
}

static void note_open(struct stipple_advice *advice, uint32_t subject)
{
	if (advice->subject == STIPPLE_NONE)
		advice->subject = (uint16_t)subject;
}

/* The first row that holds says it, unless an open one before it may. Zero: a row is damaged. */
static int read_label(const uint8_t *image, const uint8_t *slot,
		      const struct stipple_client *client, struct stipple_advice *advice)
{
	uint32_t open = STIPPLE_NONE;
	struct stipple_rows rows;

	STIPPLE_ROWS_FROM(&rows, image, uses, stipple_use_row,
			  STIPPLE_GET16(slot, stipple_slot_row, use));
	while (rows.next != NULL) {
		uint32_t status = STIPPLE_GET16(rows.next, stipple_use_row, status);
		uint32_t holds = stipple_row_holds(&rows, &use_shape, client);

		if (holds == STIPPLE_DAMAGED)
			return 0;
		if (holds == STIPPLE_HOLDS &&
		    (status == STIPPLE_LABEL_ON || open == STIPPLE_NONE)) {
			advice->label_status = (uint16_t)status;
			return 1;
		}
		if (holds == STIPPLE_OPEN && open == STIPPLE_NONE)
			open = rows.subject;
	}
	note_open(advice, open);
	return 1;
}

/* What is allowed of the patterns, and the last recipe that holds. */
struct movements {
	uint32_t patterns;
	uint32_t recipe;
};

static void apply(struct movements *found, const uint8_t *row)
{
	uint32_t recipe = STIPPLE_GET16(row, stipple_tightening_row, recipe);

	found->patterns &= STIPPLE_GET16(row, stipple_tightening_row, members);
	if (recipe != STIPPLE_NONE)
		found->recipe = recipe;
}

/* Zero: a row is damaged. */
static int tighten(const uint8_t *image, uint32_t first, const struct stipple_client *client,
		   struct stipple_advice *advice, struct movements *found)
{
	struct stipple_rows rows;

	STIPPLE_ROWS_FROM(&rows, image, tightenings, stipple_tightening_row, first);
	while (rows.next != NULL) {
		const uint8_t *row = rows.next;
		uint32_t setting = STIPPLE_GET16(row, stipple_tightening_row, setting);
		uint32_t holds = stipple_row_holds(&rows, &tightening_shape, client);

		if (holds == STIPPLE_DAMAGED)
			return 0;
		if (setting == STIPPLE_PATTERNS && holds == STIPPLE_OPEN)
			note_open(advice, rows.subject);
		else if (setting == STIPPLE_PATTERNS && holds != STIPPLE_HOLDS_NOT)
			apply(found, row);
	}
	return 1;
}

static int read_movements(const uint8_t *image, const uint8_t *slot,
			  const struct stipple_client *client, struct stipple_advice *advice)
{
	uint32_t pace = STIPPLE_GET16(slot, stipple_slot_row, pace);
	const uint8_t *row = STIPPLE_ROW(image, paces, stipple_pace_row, pace);
	struct movements found;
	uint32_t pattern;

	found.recipe = STIPPLE_GET16(slot, stipple_slot_row, recipe);
	found.patterns = STIPPLE_GET16(row, stipple_pace_row, patterns);
	if (STIPPLE_ROW_DAMAGE(row, stipple_pace_row, STIPPLE_ROW_PACE, pace) != 0 ||
	    !tighten(image, STIPPLE_GET16(slot, stipple_slot_row, tightening), client, advice,
		     &found))
		return 0;
	if (found.recipe == STIPPLE_NONE)
		return 1;
	row = STIPPLE_ROW(image, recipes, stipple_recipe_row, found.recipe);
	if (STIPPLE_ROW_DAMAGE(row, stipple_recipe_row, STIPPLE_ROW_RECIPE, found.recipe) != 0)
		return 0;
	for (pattern = 0; pattern < STIPPLE_MOVEMENTS; pattern++)
		if ((found.patterns >> pattern & 1u) != 0)
			advice->movements[pattern] = (uint16_t)STIPPLE_READ16(row + pattern * 2u);
	return 1;
}

static void say(struct stipple_advice *advice, uint32_t verdict, uint32_t reason)
{
	advice->verdict = verdict;
	advice->reason = (uint16_t)reason;
}

uint32_t stipple_advise(const struct stipple_table *table, uint32_t slot,
			const struct stipple_client *client, struct stipple_advice *advice)
{
	const uint8_t *row = stipple_slot_row(table, slot);

	clear(advice);
	if (row == NULL)
		return advice->verdict;
	if (STIPPLE_GET16(row, stipple_slot_row, depth) == STIPPLE_NONE) {
		say(advice, STIPPLE_REFUSED, STIPPLE_REASON_ZONE_NEVER);
		return advice->verdict;
	}
	if (!read_label(table->image, row, client, advice) ||
	    !read_movements(table->image, row, client, advice))
		clear(advice);
	else if (advice->subject != STIPPLE_NONE)
		say(advice, STIPPLE_NEEDS_ANSWER, STIPPLE_REASON_UNANSWERED);
	else
		say(advice, STIPPLE_ANSWERED, STIPPLE_REASON_NONE);
	return advice->verdict;
}
