/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a device shows and does not enforce: how often each movement is to be made, and for whom a
 * use is on the label of the device.
 *
 * Recipes are numbered by what they say and not by the order in which zones name them, so that a
 * table that is read back makes the same numbers.
 */
#include "emit/tables_image.h"

#include <stdlib.h>
#include <string.h>

/* ---- recipes ---- */

STIPPLE_STATIC_ASSERT(stp_recipe_has_every_pattern, STP_PATTERNS == STIPPLE_MOVEMENTS);

/* False when no count is said of any of the patterns. */
static bool fill_recipe(struct stipple_recipe_row *row, const uint8_t counts[STP_PATTERNS],
			unsigned patterns)
{
	uint16_t said[STP_PATTERNS];
	bool any = false;

	memset(row, 0, sizeof *row);
	for (size_t i = 0; i < STP_PATTERNS; i++) {
		said[i] = (patterns >> i & 1u) != 0 ? counts[i] : 0;
		any = any || said[i] != 0;
	}
	memcpy(row, said, sizeof said);
	return any;
}

struct recipes {
	struct stipple_recipe_row *rows;
	size_t count, room;
};

static void note_recipe(struct stp_table *table, struct recipes *recipes,
			const uint8_t counts[STP_PATTERNS], unsigned patterns)
{
	struct stipple_recipe_row row;

	if (!fill_recipe(&row, counts, patterns))
		return;
	recipes->rows =
		stp_grow(table->context, recipes->rows, recipes->count, &recipes->room, sizeof row);
	recipes->rows[recipes->count++] = row;
}

static int by_counts(const void *left, const void *right)
{
	const uint16_t *a = left;
	const uint16_t *b = right;

	for (size_t i = 0; i < STP_PATTERNS; i++)
		if (a[i] != b[i])
			return a[i] > b[i] ? 1 : -1;
	return 0;
}

void stp_build_recipes(struct stp_table *table)
{
	struct recipes recipes = { NULL, 0, 0 };

	for (size_t i = 0; i < table->model->protocol_count; i++) {
		const struct stp_protocol *protocol = table->model->protocols[i];

		for (size_t j = 0; j < protocol->zone_count; j++) {
			const struct stp_zone_plan *plan = &protocol->zones[j];

			if (plan->never)
				continue;
			note_recipe(table, &recipes, plan->pattern_counts, plan->patterns);
			for (size_t k = 0; k < plan->set_count; k++)
				if (plan->sets[k].when != NULL)
					note_recipe(table, &recipes, plan->sets[k].counts,
						    plan->sets[k].members);
		}
	}
	if (recipes.count > 0)
		qsort(recipes.rows, recipes.count, sizeof *recipes.rows, by_counts);
	for (size_t i = 0; i < recipes.count; i++)
		stp_share_rows(table, STP_SECTION_RECIPE, &recipes.rows[i], 1, NULL);
}

uint16_t stp_build_recipe(struct stp_table *table, const uint8_t counts[STP_PATTERNS],
			  unsigned patterns)
{
	struct stipple_recipe_row row;

	if (!fill_recipe(&row, counts, patterns))
		return STIPPLE_NONE;
	return stp_narrow(table, stp_share_rows(table, STP_SECTION_RECIPE, &row, 1, NULL));
}

/* ---- uses on the label ---- */

struct uses {
	struct stipple_use_row *rows;
	size_t count, room;
};

/* A row and those that go on with its conditions; when NULL: of everybody else. */
static void add_use(struct stp_table *table, struct uses *uses, enum stipple_label_status status,
		    const struct stp_condition *when)
{
	struct stipple_condition pairs[2 * STP_CONDITION_ROWS];
	size_t rows = stp_build_conditions(table, when, pairs);

	for (size_t i = 0; i < rows && i < STP_CONDITION_ROWS; i++) {
		struct stipple_use_row row = { .status = i == 0 ? (uint16_t)status : 0,
					       .chain = i + 1 < rows ? STIPPLE_AND_NEXT
								     : STIPPLE_MORE };

		row.conditions[0] = pairs[2 * i];
		row.conditions[1] = pairs[2 * i + 1];
		uses->rows =
			stp_grow(table->context, uses->rows, uses->count, &uses->room, sizeof row);
		uses->rows[uses->count++] = row;
	}
}

uint16_t stp_build_uses(struct stp_table *table, const struct stp_protocol *protocol,
			const struct stp_zone_plan *plan, const char *note)
{
	struct stp_label_boxes boxes = stp_label_boxes(table->context, protocol, plan);
	struct uses uses = { NULL, 0, 0 };

	if (protocol->device->label_count == 0)
		return STIPPLE_NONE;
	for (size_t i = 0; i < boxes.count; i++)
		add_use(table, &uses, STIPPLE_LABEL_ON, &boxes.items[i]);
	if (!boxes.everybody)
		add_use(table, &uses, STIPPLE_LABEL_OFF, NULL);
	uses.rows[uses.count - 1].chain = STIPPLE_LAST;
	return stp_narrow(table,
			  stp_share_rows(table, STP_SECTION_USE, uses.rows, uses.count, note));
}
