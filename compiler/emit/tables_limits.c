/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A protocol's zones as slots, and what may tighten them for some clients as tightening rows.
 *
 * The model keeps each statement's word on each bound. Those for every client are already met in
 * the zone plan's own intervals; the conditional ones with the same condition and setting become
 * one tightening row. A bound that is no tighter than what stands for everybody is dropped.
 */
#include "emit/tables_image.h"

#include <stdlib.h>
#include <string.h>

static const char *zone_note(struct stp_table *table, const struct stp_protocol *protocol,
			     const struct stp_zone *zone, struct stp_span span)
{
	const char *place = stp_place(table, span);

	return stp_format(table->context, "%s, %s%s%s", protocol->name, zone->name,
			  place == NULL ? "" : "  ", place == NULL ? "" : place);
}

/* ---- the rows that stand for every client ---- */

/* A setting of which the protocol says nothing may be all that the device can do. */
static void put_bounds(struct stp_table *table, uint16_t out[5], const struct stp_setting *setting,
		       uint32_t least, uint32_t most)
{
	const uint32_t said[5] = { setting->range_low.value, setting->range_high.value,
				   setting->limit_low.value, setting->limit_high.value,
				   setting->start.value };
	const uint32_t unsaid[5] = { least, most, least, most, least };

	for (size_t i = 0; i < 5; i++)
		out[i] = stp_narrow_value(table, setting->said ? said[i] : unsaid[i],
					  "a depth, rate or number of passes over 65534");
}

static uint16_t build_depth(struct stp_table *table, const struct stp_protocol *protocol,
			    const struct stp_zone_plan *plan)
{
	const struct stp_device *device = protocol->device;
	struct stipple_depth_row row = { 0, 0, 0, 0, 0, STIPPLE_NONE, { 0, 0 } };
	uint16_t bounds[5];

	put_bounds(table, bounds, &plan->settings[STP_DEPTH], device->depth_low_um,
		   device->depth_high_um);
	memcpy(&row, bounds, sizeof bounds);
	if (plan->settings[STP_DEPTH].step.by != NULL)
		row.step = stp_narrow_value(table, plan->settings[STP_DEPTH].step.value,
					    "a step over 65534 um");
	return stp_narrow(table, stp_share_rows(table, STP_SECTION_DEPTH, &row, 1, NULL));
}

static uint16_t build_pace(struct stp_table *table, const struct stp_protocol *protocol,
			   const struct stp_zone_plan *plan)
{
	const struct stp_device *device = protocol->device;
	struct stipple_pace_row row = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, { 0, 0 } };
	uint16_t bounds[5];

	put_bounds(table, bounds, &plan->settings[STP_PASSES], 0, device->passes_high);
	memcpy(&row.passes_range_least, bounds, sizeof bounds);
	put_bounds(table, bounds, &plan->settings[STP_RATE], device->rate_low_rpm,
		   device->rate_high_rpm);
	memcpy(&row.rate_range_least, bounds, sizeof bounds);
	row.patterns = plan->pattern_origin != NULL ? plan->patterns
						    : (uint16_t)((1u << STP_PATTERNS) - 1u);
	row.endpoints = plan->endpoints;
	return stp_narrow(table, stp_share_rows(table, STP_SECTION_PACE, &row, 1, NULL));
}

/* ---- tightenings ---- */

#define ROOM (STIPPLE_TIGHTENINGS_MOST + STP_CONDITION_ROWS)

struct tightenings {
	struct stipple_tightening_row rows[ROOM];
	size_t count;
	struct stp_table_row *notes; /* rows counted from the first of these */
	size_t note_count;
	size_t note_room;
};

/* The next row to be added says what the element says. */
static void note_tightening(struct stp_table *table, struct tightenings *list, const void *element)
{
	list->notes = stp_grow(table->context, list->notes, list->note_count, &list->note_room,
			       sizeof *list->notes);
	list->notes[list->note_count++] =
		(struct stp_table_row){ element, NULL, (uint32_t)list->count };
}

static const struct stipple_tightening_row no_tightening = { 0,
							     STIPPLE_MORE,
							     0,
							     STIPPLE_NONE,
							     0,
							     STIPPLE_NONE,
							     STIPPLE_NONE,
							     STIPPLE_NONE,
							     0,
							     STIPPLE_NONE,
							     { { 0, 0, 0 }, { 0, 0, 0 } },
							     { 0, 0 } };

/* Adds a row with its conditions, and the rows that carry further conditions. */
static void add_tightening(struct stp_table *table, struct tightenings *list,
			   const struct stipple_tightening_row *row,
			   const struct stp_condition *when)
{
	struct stipple_condition pairs[2 * STP_CONDITION_ROWS];
	size_t rows = stp_build_conditions(table, when, pairs);

	if (list->count + rows > STIPPLE_TIGHTENINGS_MOST) {
		stp_report_overflow(table, "more than 64 tightenings of one zone");
		return;
	}
	for (size_t i = 0; i < rows; i++) {
		struct stipple_tightening_row *to = &list->rows[list->count++];

		*to = i == 0 ? *row : no_tightening;
		if (i > 0)
			to->setting = STIPPLE_CONDITIONS;
		to->chain = i + 1 < rows ? STIPPLE_AND_NEXT : STIPPLE_MORE;
		to->conditions[0] = pairs[2 * i];
		to->conditions[1] = pairs[2 * i + 1];
	}
}

static void tighten_low(uint16_t *bound, uint32_t value, uint32_t everybody, bool *tightens)
{
	if (value <= everybody || value <= *bound)
		return;
	*bound = (uint16_t)value;
	*tightens = true;
}

static void tighten_high(uint16_t *bound, uint32_t value, uint32_t everybody, bool *tightens)
{
	if (value >= everybody || value >= *bound)
		return;
	*bound = (uint16_t)value;
	*tightens = true;
}

/* One statement's word laid on the row. */
static void lay_on(struct stipple_tightening_row *row, const struct stp_contribution *by,
		   const struct stp_setting *all, bool *tightens)
{
	switch (by->side) {
	case STP_RANGE_LOW:
		tighten_low(&row->range_least, by->value, all->range_low.value, tightens);
		break;
	case STP_RANGE_HIGH:
		tighten_high(&row->range_most, by->value, all->range_high.value, tightens);
		break;
	case STP_LIMIT_LOW:
		tighten_low(&row->limit_least, by->value, all->limit_low.value, tightens);
		break;
	case STP_LIMIT_HIGH:
		tighten_high(&row->limit_most, by->value, all->limit_high.value, tightens);
		break;
	case STP_START: tighten_high(&row->start, by->value, all->start.value, tightens); break;
	default:
		tighten_high(&row->step, by->value,
			     all->step.by != NULL ? all->step.value : STIPPLE_NONE, tightens);
		break;
	}
}

/* What one condition says of one setting: contribution `first`, and all others with it. */
static void tighten_setting(struct stp_table *table, struct tightenings *list,
			    const struct stp_zone_plan *plan, size_t first)
{
	const struct stp_contribution *by = &plan->contributions[first];
	struct stipple_tightening_row row = no_tightening;
	bool tightens = false;

	row.setting = (uint16_t)(STIPPLE_DEPTH + by->setting);
	for (size_t i = first; i < plan->contribution_count; i++) {
		const struct stp_contribution *other = &plan->contributions[i];

		if (other->when == by->when && other->setting == by->setting)
			lay_on(&row, other, &plan->settings[by->setting], &tightens);
	}
	if (!tightens)
		return;
	for (size_t i = first; i < plan->contribution_count; i++)
		if (plan->contributions[i].when == by->when &&
		    plan->contributions[i].setting == by->setting)
			note_tightening(table, list, &plan->contributions[i]);
	add_tightening(table, list, &row, by->when);
}

static bool is_first_of_its_kind(const struct stp_zone_plan *plan, size_t at)
{
	const struct stp_contribution *by = &plan->contributions[at];

	for (size_t i = 0; i < at; i++)
		if (plan->contributions[i].when == by->when &&
		    plan->contributions[i].setting == by->setting)
			return false;
	return true;
}

/* Patterns that are left, or endpoints that are added, for some clients. */
static void tighten_sets(struct stp_table *table, struct tightenings *list,
			 const struct stp_zone_plan *plan)
{
	for (size_t i = 0; i < plan->set_count; i++) {
		const struct stp_set_contribution *by = &plan->sets[i];
		struct stipple_tightening_row row = no_tightening;

		row.setting = by->set == STP_PATTERN_SET ? STIPPLE_PATTERNS : STIPPLE_ENDPOINTS;
		row.members = by->members;
		if (by->when == NULL)
			continue;
		row.recipe = stp_build_recipe(table, by->counts, by->members);
		note_tightening(table, list, by);
		add_tightening(table, list, &row, by->when);
	}
}

static uint16_t build_tightenings(struct stp_table *table, const struct stp_zone_plan *plan,
				  const char *note)
{
	struct tightenings *list = stp_alloc(table->context, sizeof *list);
	uint16_t first;

	for (size_t i = 0; i < plan->never_when_count; i++) {
		struct stipple_tightening_row row = no_tightening;

		row.setting = STIPPLE_NEVER;
		note_tightening(table, list, &plan->never_when[i]);
		add_tightening(table, list, &row, plan->never_when[i].when);
	}
	for (size_t i = 0; i < plan->contribution_count; i++)
		if (plan->contributions[i].when != NULL && is_first_of_its_kind(plan, i))
			tighten_setting(table, list, plan, i);
	tighten_sets(table, list, plan);
	if (list->count == 0)
		return STIPPLE_NONE;
	list->rows[list->count - 1].chain = STIPPLE_LAST;
	if (list->count > table->header.greatest_tightenings)
		table->header.greatest_tightenings = (uint16_t)list->count;
	first = stp_narrow(table, stp_share_rows(table, STP_SECTION_TIGHTENING, list->rows,
						 list->count, note));
	for (size_t i = 0; i < list->note_count; i++)
		stp_note_row(table, list->notes[i].element, STP_SECTION_TIGHTENING,
			     first + list->notes[i].row);
	return first;
}

/* ---- slots ---- */

struct slot {
	struct stipple_slot_row row;
	const struct stp_zone_plan *plan;
	const char *note;
};

static int by_zone(const void *left, const void *right)
{
	const struct slot *a = left;
	const struct slot *b = right;

	return (a->row.zone > b->row.zone) - (a->row.zone < b->row.zone);
}

static struct slot build_slot(struct stp_table *table, const struct stp_protocol *protocol,
			      const struct stp_zone_plan *plan)
{
	struct slot slot = { { table->zone_rows[plan->zone->index],
			       STIPPLE_NONE,
			       STIPPLE_NONE,
			       STIPPLE_NONE,
			       STIPPLE_NONE,
			       STIPPLE_NONE,
			       { 0, 0 } },
			     plan,
			     NULL };

	slot.note = zone_note(table, protocol, plan->zone, plan->origin.span);
	if (plan->never)
		return slot;
	slot.row.depth = build_depth(table, protocol, plan);
	stp_note_row(table, plan, STP_SECTION_DEPTH, slot.row.depth);
	slot.row.pace = build_pace(table, protocol, plan);
	stp_note_row(table, plan, STP_SECTION_PACE, slot.row.pace);
	slot.row.tightening = build_tightenings(table, plan, slot.note);
	slot.row.recipe = stp_build_recipe(table, plan->pattern_counts, plan->patterns);
	slot.row.use = stp_build_uses(table, protocol, plan, slot.note);
	return slot;
}

uint32_t stp_build_slots(struct stp_table *table, const struct stp_protocol *protocol,
			 uint16_t *count)
{
	uint32_t first = (uint32_t)table->rows[STP_SECTION_SLOT].count;
	struct slot *slots =
		stp_alloc_array(table->context, protocol->zone_count + 1, sizeof *slots);

	if (protocol->zone_count > STIPPLE_ZONES_MOST)
		stp_report_overflow(table, "more than 64 zones of one protocol");
	for (size_t i = 0; i < protocol->zone_count; i++)
		slots[i] = build_slot(table, protocol, &protocol->zones[i]);
	qsort(slots, protocol->zone_count, sizeof *slots, by_zone);
	for (size_t i = 0; i < protocol->zone_count; i++)
		stp_note_row(
			table, slots[i].plan, STP_SECTION_SLOT,
			stp_append_rows(table, STP_SECTION_SLOT, &slots[i].row, 1, slots[i].note));
	*count = (uint16_t)protocol->zone_count;
	return first;
}
