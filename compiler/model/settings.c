/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Settings: every statement's word on a bound becomes a contribution to the plan of each zone
 * that it speaks of, and those that hold for every client are met here: limits with limits, ranges
 * with ranges, then the range with the limit. Order never matters. Language reference, "How rules
 * meet", 1 and 2.
 */
#include "model/resolver.h"

#include <string.h>

/* ---- contributing ---- */

static void add_bound(struct stp_draft *draft, struct stp_plan_draft *plan,
		      struct stp_contribution contribution)
{
	*STP_PUSH(draft->resolver->context, &plan->bounds) = contribution;
}

static void add_set(struct stp_draft *draft, struct stp_plan_draft *plan, enum stp_set_id set,
		    uint16_t members, const struct stp_zone_block *block, enum stp_bound_from from)
{
	const struct stp_provenance *origin =
		set == STP_PATTERN_SET ? block->pattern_origin : block->endpoint_origin;

	struct stp_set_contribution *by;

	if (members == 0)
		return;
	by = STP_PUSH(draft->resolver->context, &plan->sets);
	*by = (struct stp_set_contribution){ set, members, from, block->when, origin, { 0 } };
	if (set == STP_PATTERN_SET)
		memcpy(by->counts, block->pattern_counts, sizeof by->counts);
}

/* A bound from another layer was written for another device: it is rounded inward. */
static uint32_t rounded(struct stp_grid grid, enum stp_bound_side side, uint32_t value)
{
	if (side == STP_STEP)
		return grid.step == 0 ? value : value - value % grid.step;
	if (side == STP_RANGE_LOW || side == STP_LIMIT_LOW)
		return stp_grid_up(grid, value);
	if (side == STP_START && value < grid.low)
		return grid.low;
	return stp_grid_down(grid, value);
}

static void contribute_setting(struct stp_draft *draft, struct stp_plan_draft *plan,
			       const struct stp_zone_block *block, enum stp_setting_id setting,
			       struct stp_contribution by)
{
	const struct stp_said_setting *said = &block->settings[setting];
	struct stp_grid grid = stp_grid_of(draft->protocol->device, setting);

	for (int side = 0; side < STP_BOUND_SIDES; side++) {
		if (!said->has[side])
			continue;
		by.side = (enum stp_bound_side)side;
		by.said_value = by.value = said->value[side];
		if (by.from_name != draft->protocol->name)
			by.value = rounded(grid, by.side, by.value);
		by.origin = side == STP_STEP ? said->step_origin : said->origin;
		add_bound(draft, plan, by);
	}
}

void stp_contribute(struct stp_draft *draft, struct stp_plan_draft *plan,
		    const struct stp_zone_block *block, const struct stp_layer *layer)
{
	bool inherited = layer != draft->layer;
	enum stp_bound_from from = block->when != NULL ? STP_FROM_WHEN
				   : inherited         ? STP_FROM_PARENT
						       : STP_FROM_PROTOCOL;

	for (int setting = 0; setting < STP_SETTINGS; setting++)
		contribute_setting(
			draft, plan, block, (enum stp_setting_id)setting,
			(struct stp_contribution){ .setting = (enum stp_setting_id)setting,
						   .from = from,
						   .from_name = layer->name,
						   .when = block->when });
	add_set(draft, plan, STP_PATTERN_SET, block->patterns, block, from);
	add_set(draft, plan, STP_ENDPOINT_SET, block->endpoints, block, from);
	if (block->when != NULL && block->never)
		*STP_PUSH(draft->resolver->context, &plan->never_when) =
			(struct stp_never){ block->when, block->never_origin };
}

static void contribute_grid(struct stp_draft *draft, struct stp_plan_draft *plan,
			    enum stp_setting_id setting, const struct stp_provenance *origin)
{
	const struct stp_device *device = draft->protocol->device;
	struct stp_grid grid = stp_grid_of(device, setting);

	add_bound(draft, plan,
		  (struct stp_contribution){ setting, STP_LIMIT_LOW, grid.low, grid.low,
					     STP_FROM_DEVICE, device->name, NULL, origin, NULL });
	add_bound(draft, plan,
		  (struct stp_contribution){ setting, STP_LIMIT_HIGH, grid.high, grid.high,
					     STP_FROM_DEVICE, device->name, NULL, origin, NULL });
}

void stp_contribute_device(struct stp_draft *draft, struct stp_plan_draft *plan)
{
	const struct stp_device *device = draft->protocol->device;
	struct stp_grid grid = stp_grid_of(device, STP_DEPTH);

	contribute_grid(draft, plan, STP_DEPTH, &device->depth_origin);
	contribute_grid(draft, plan, STP_PASSES, &device->passes_origin);
	contribute_grid(draft, plan, STP_RATE, &device->rate_origin);
	for (const struct stp_zone *at = plan->plan.zone; at != NULL; at = at->parent) {
		const struct stp_ceiling *ceiling = &at->ceilings[device->modality];

		if (ceiling->um == 0)
			continue;

		add_bound(draft, plan,
			  (struct stp_contribution){ STP_DEPTH, STP_LIMIT_HIGH,
						     stp_grid_down(grid, ceiling->um), ceiling->um,
						     STP_FROM_CEILING, at->name, NULL,
						     &ceiling->origin, NULL });
	}
}

/* ---- meeting ---- */

static void tighten(struct stp_bound *bound, const struct stp_contribution *by, bool smaller)
{
	if (bound->by != NULL && (smaller ? bound->value <= by->value : bound->value >= by->value))
		return;
	bound->value = by->value;
	bound->by = by;
}

static void take(struct stp_setting *setting, const struct stp_contribution *by)
{
	if (by->from != STP_FROM_DEVICE && by->from != STP_FROM_CEILING && by->side != STP_STEP)
		setting->said = true;
	switch (by->side) {
	case STP_RANGE_LOW: tighten(&setting->range_low, by, false); break;
	case STP_RANGE_HIGH: tighten(&setting->range_high, by, true); break;
	case STP_LIMIT_LOW: tighten(&setting->limit_low, by, false); break;
	case STP_LIMIT_HIGH: tighten(&setting->limit_high, by, true); break;
	case STP_START: tighten(&setting->start, by, true); break;
	default: tighten(&setting->step, by, true); break;
	}
}

/* The range within the limit, the start within the range. */
static void finish_setting(struct stp_setting *setting)
{
	if (setting->limit_low.by == NULL || setting->limit_high.by == NULL)
		return;
	tighten(&setting->range_low, setting->limit_low.by, false);
	tighten(&setting->range_high, setting->limit_high.by, true);
	if (setting->start.by == NULL || setting->start.value < setting->range_low.value)
		setting->start = setting->range_low;
	if (setting->start.value > setting->range_high.value)
		setting->start = setting->range_high;
}

static void meet_sets(struct stp_zone_plan *plan)
{
	bool said = false;

	for (size_t i = 0; i < plan->set_count; i++) {
		const struct stp_set_contribution *by = &plan->sets[i];

		if (by->when != NULL)
			continue;
		if (by->set == STP_ENDPOINT_SET) {
			plan->endpoints |= by->members;
			if (plan->endpoint_origin == NULL)
				plan->endpoint_origin = by->origin;
			continue;
		}
		plan->patterns = said ? plan->patterns & by->members : by->members;
		plan->pattern_origin = by->origin;
		said = true;
	}
}

static void meet(struct stp_zone_plan *made)
{
	memset(made->settings, 0, sizeof made->settings);
	made->patterns = made->endpoints = 0;
	made->pattern_origin = made->endpoint_origin = NULL;
	for (size_t i = 0; i < made->contribution_count; i++)
		if (made->contributions[i].when == NULL)
			take(&made->settings[made->contributions[i].setting],
			     &made->contributions[i]);
	for (int setting = 0; setting < STP_SETTINGS; setting++)
		finish_setting(&made->settings[setting]);
	meet_sets(made);
}

/* Those without a condition first, in the order in which they came. */
static void copy_bounds(struct stp_context *context, struct stp_plan_draft *draft)
{
	size_t count = draft->bounds.count, kept = 0;
	struct stp_contribution *bounds = stp_alloc_array(context, count, sizeof *bounds);

	for (size_t i = 0; i < count; i++)
		if (draft->bounds.items[i].when == NULL)
			bounds[kept++] = draft->bounds.items[i];
	for (size_t i = 0; kept < count; i++)
		if (draft->bounds.items[i].when != NULL)
			bounds[kept++] = draft->bounds.items[i];
	draft->plan.contributions = bounds;
}

static void copy_sets(struct stp_context *context, struct stp_plan_draft *draft)
{
	size_t count = draft->sets.count, kept = 0;
	struct stp_set_contribution *sets = stp_alloc_array(context, count, sizeof *sets);

	for (size_t i = 0; i < count; i++)
		if (draft->sets.items[i].when == NULL)
			sets[kept++] = draft->sets.items[i];
	for (size_t i = 0; kept < count; i++)
		if (draft->sets.items[i].when != NULL)
			sets[kept++] = draft->sets.items[i];
	draft->plan.sets = sets;
}

static void copy_never_when(struct stp_context *context, struct stp_plan_draft *draft)
{
	size_t count = draft->never_when.count;
	struct stp_never *never = stp_alloc_array(context, count, sizeof *never);

	for (size_t i = 0; i < count; i++)
		never[i] = draft->never_when.items[i];
	draft->plan.never_when = never;
}

/* The lists as they have grown become the plan's; of what is never treated nothing else holds. */
static void show_lists(struct stp_plan_draft *plan)
{
	struct stp_zone_plan *made = &plan->plan;

	if (made->never)
		plan->bounds.count = plan->sets.count = plan->never_when.count = 0;
	made->contributions = plan->bounds.items;
	made->contribution_count = plan->bounds.count;
	made->sets = plan->sets.items;
	made->set_count = plan->sets.count;
	made->never_when = plan->never_when.items;
	made->never_when_count = plan->never_when.count;
}

void stp_meet_settings(struct stp_plan_draft *plan)
{
	show_lists(plan);
	meet(&plan->plan);
}

void stp_finish_settings(struct stp_draft *draft, struct stp_plan_draft *plan)
{
	show_lists(plan);
	copy_bounds(draft->resolver->context, plan);
	copy_sets(draft->resolver->context, plan);
	copy_never_when(draft->resolver->context, plan);
	meet(&plan->plan);
}
