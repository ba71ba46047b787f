/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Devices: what a handpiece can do, and for which uses its maker has a label. Language
 * reference, "Devices".
 */
#include "model/resolver.h"

/* The parts of a device's setting: a step and a tolerance; the others belong to a zone. */
static void resolve_parts(struct stp_resolver *resolver, const struct stp_node *setting,
			  enum stp_dimension dimension, uint32_t *step, uint32_t *tolerance)
{
	for (const struct stp_node *part = setting->first->next; part != NULL; part = part->next) {
		if (part->kind == STP_N_STEP && step != NULL) {
			if (stp_quantity(resolver, part->first, dimension, STP_SETTING_MOST, step))
				stp_check_some(resolver, part->first, *step,
					       "say how far apart two settings are");
		} else if (part->kind == STP_N_TOLERANCE && tolerance != NULL)
			stp_quantity(resolver, part->first, dimension, STP_SETTING_MOST, tolerance);
		else if (part->kind == STP_N_START || part->kind == STP_N_LIMIT ||
			 part->kind == STP_N_STEP || part->kind == STP_N_TOLERANCE)
			stp_help(resolver->context,
				 stp_report(resolver->context, STP_D_misplaced_part, part->span,
					    "`%s` does not belong to this setting of a device",
					    stp_node_names[part->kind]),
				 "a device says its range, and `step` and `tolerance` of depth and "
				 "rate");
	}
}

/* Whether the bounds are a range or one value; a device has no open end. */
static bool is_closed(struct stp_resolver *resolver, const struct stp_node *setting)
{
	const struct stp_node *bounds = setting->first;

	if (bounds->kind == STP_N_EXACTLY || bounds->kind == STP_N_RANGE)
		return true;
	stp_help(resolver->context,
		 stp_report(resolver->context, STP_D_open_range, bounds->span,
			    "the range of a device has two ends"),
		 "write the least and the greatest setting: 0.25 to 2.5 mm");
	return false;
}

static void check_step(struct stp_resolver *resolver, const struct stp_node *setting, uint32_t low,
		       uint32_t high, uint32_t step)
{
	if (step != 0 && (high - low) % step != 0)
		stp_help(resolver->context,
			 stp_report(resolver->context, STP_D_bad_step, setting->span,
				    "the steps from the least setting do not meet the greatest"),
			 "the range must be a whole number of steps");
}

static void resolve_depth(struct stp_resolver *resolver, struct stp_device *device,
			  const struct stp_node *node, const struct stp_scene *scene)
{
	struct stp_ends ends;

	device->depth_origin = stp_provenance_of_numbers(resolver, node, scene);
	resolve_parts(resolver, node, STP_LENGTH, &device->depth_step_um,
		      &device->depth_tolerance_um);
	if (!is_closed(resolver, node) ||
	    !stp_span_of(resolver, node->first, STP_LENGTH, STP_SETTING_MOST, &ends) ||
	    !stp_check_some(resolver, node->first, ends.high, "say how deep the device goes"))
		return;
	device->depth_low_um = ends.low;
	device->depth_high_um = ends.high;
	check_step(resolver, node, ends.low, ends.high, device->depth_step_um);
}

static void resolve_rate(struct stp_resolver *resolver, struct stp_device *device,
			 const struct stp_node *node, const struct stp_scene *scene)
{
	struct stp_ends ends;

	device->rate_origin = stp_provenance_of_numbers(resolver, node, scene);
	resolve_parts(resolver, node, STP_SPEED, &device->rate_step_rpm,
		      &device->rate_tolerance_rpm);
	if (!is_closed(resolver, node) ||
	    !stp_span_of(resolver, node->first, STP_SPEED, STP_SETTING_MOST, &ends) ||
	    !stp_check_some(resolver, node->first, ends.high,
			    "a device without a motor says no `rate`"))
		return;
	device->rate_low_rpm = ends.low;
	device->rate_high_rpm = ends.high;
	check_step(resolver, node, ends.low, ends.high, device->rate_step_rpm);
}

static uint32_t common_step(uint32_t one, uint32_t other)
{
	while (other != 0) {
		uint32_t rest = one % other;

		one = other;
		other = rest;
	}
	return one;
}

/* One more level; false after a report: it does not rise, or there are too many. */
static bool add_level(struct stp_resolver *resolver, struct stp_device *device,
		      const struct stp_node *node)
{
	const struct stp_level *last =
		device->level_count > 0 ? &device->levels[device->level_count - 1] : NULL;
	uint32_t number, rpm;

	if (!stp_count(resolver, node->first, STP_SETTING_MOST, &number) ||
	    !stp_quantity(resolver, stp_last(node), STP_SPEED, STP_SETTING_MOST, &rpm))
		return false;
	if (device->level_count == STP_LEVELS_MOST) {
		stp_help(resolver->context,
			 stp_report(resolver->context, STP_D_too_many_values, node->span,
				    "a device has at most %d levels", STP_LEVELS_MOST),
			 "name those that are used");
		return false;
	}
	if (rpm == 0 || (last != NULL && (number <= last->number || rpm <= last->rpm))) {
		stp_help(resolver->context,
			 stp_report(resolver->context, STP_D_bad_step, node->span,
				    "levels and their rates rise from the first to the last"),
			 "write the lowest first, and each once");
		return false;
	}
	if (last != NULL)
		device->rate_step_rpm = common_step(device->rate_step_rpm, rpm - last->rpm);
	device->levels[device->level_count++] = (struct stp_level){ (uint16_t)number, rpm };
	return true;
}

/* `level 1 at 5000 rpm, 2 at 6000 rpm`: these and no others are its rates. */
static void resolve_levels(struct stp_resolver *resolver, struct stp_device *device,
			   const struct stp_node *node, const struct stp_scene *scene)
{
	const struct stp_node *level = stp_child(node, STP_N_LEVEL);

	device->rate_origin = stp_provenance_of_numbers(resolver, node, scene);
	if (device->rate_high_rpm != 0) {
		stp_help(resolver->context,
			 stp_report(resolver->context, STP_D_repeated_statement, node->span,
				    "a device has a `rate` or `level`s, not both"),
			 "keep the levels, with the rate of each");
		return;
	}
	while (level != NULL && add_level(resolver, device, level))
		level = stp_next_of(level, STP_N_LEVEL);
	if (device->level_count == 0)
		return;
	device->rate_low_rpm = device->levels[0].rpm;
	device->rate_high_rpm = device->levels[device->level_count - 1].rpm;
}

static void resolve_passes(struct stp_resolver *resolver, struct stp_device *device,
			   const struct stp_node *node, const struct stp_scene *scene)
{
	uint32_t most;

	device->passes_origin = stp_provenance_of_numbers(resolver, node, scene);
	resolve_parts(resolver, node, STP_COUNT, NULL, NULL);
	if (node->first->kind != STP_N_UP_TO) {
		stp_help(resolver->context,
			 stp_report(resolver->context, STP_D_open_range, node->first->span,
				    "a device says only how many passes it can count"),
			 "write `passes to` and the number");
		return;
	}
	if (stp_count(resolver, node->first->first, STP_SETTING_MOST, &most) &&
	    stp_check_some(resolver, node->first->first, most, "a device counts at least one pass"))
		device->passes_high = (uint16_t)most;
}

static void resolve_needles(struct stp_resolver *resolver, struct stp_device *device,
			    const struct stp_node *node, const struct stp_scene *scene)
{
	const struct stp_node *number = stp_child(node, STP_N_NUMBER);
	uint32_t count;

	device->needles_origin = stp_provenance_of_numbers(resolver, node, scene);
	for (; number != NULL; number = stp_next_of(number, STP_N_NUMBER)) {
		if (!stp_count(resolver, number, STP_SETTING_MOST, &count) ||
		    !stp_check_some(resolver, number, count, "a cartridge has at least one needle"))
			continue;
		if (device->needle_count < STP_CARTRIDGES_MOST) {
			device->needles[device->needle_count++] = (uint16_t)count;
			continue;
		}
		stp_help(resolver->context,
			 stp_report(resolver->context, STP_D_too_many_values, number->span,
				    "a device has at most 8 kinds of cartridge"),
			 "name the eight that are used");
		return;
	}
}

/* ---- label rows ---- */

static bool resolve_label(struct stp_resolver *resolver, const struct stp_node *node,
			  const struct stp_scene *scene, struct stp_device_label *label)
{
	struct stp_condition *when;

	label->treats = stp_find_term(resolver, stp_child(node, STP_N_NAME),
				      STP_KIND(STP_N_INDICATION), "`treats` takes an indication");
	label->zone = stp_find_zone(resolver, stp_child(stp_child(node, STP_N_IN), STP_N_NAME));
	label->origin = stp_provenance_of_numbers(resolver, node, scene);
	when = stp_condition_of(resolver, NULL, node, NULL);
	if (when == NULL)
		return false;
	if (when->depth_low_um != 0) {
		stp_help(resolver->context,
			 stp_report(resolver->context, STP_D_unsupported, when->span,
				    "a label says how deep, and not from which depth"),
			 "write `depth to` and the deepest that it covers");
		return false;
	}
	if (when->depth_high_um != STP_ANY_DEPTH)
		label->depth_to_um = when->depth_high_um;
	when->depth_high_um = STP_ANY_DEPTH;
	label->when = when;
	return label->treats != NULL && label->zone != NULL;
}

static void resolve_labels(struct stp_resolver *resolver, struct stp_device *device,
			   const struct stp_node *block, const struct stp_scene *scene)
{
	STP_LIST(struct stp_device_label) labels = { NULL, 0, 0 };
	const struct stp_node *node = stp_child(block, STP_N_LABEL_USE);

	for (; node != NULL; node = stp_next_of(node, STP_N_LABEL_USE)) {
		struct stp_device_label label = { .treats = NULL };

		if (resolve_label(resolver, node, scene, &label))
			*STP_PUSH(resolver->context, &labels) = label;
	}
	device->labels = labels.items;
	device->label_count = labels.count;
}

void stp_resolve_device(struct stp_resolver *resolver, struct stp_symbol *symbol)
{
	struct stp_device *device = symbol->is.device;
	const struct stp_node *block = stp_block(symbol->node);
	const struct stp_node *modality, *depth, *rate, *levels, *passes, *needles;
	struct stp_scene scene =
		stp_enter_declaration(resolver, NULL, symbol->node, STP_PLACE_DEVICE);
	int found;

	stp_check_head(resolver, symbol->node, STP_HEAD_LABEL | STP_HEAD_TAILS | STP_HEAD_BODY);
	device->name = symbol->name;
	device->label = stp_label_of(resolver, symbol->node, symbol->named);
	device->span = symbol->node->span;
	device->origin = stp_provenance_of(resolver, symbol->node, &scene);
	device->passes_high = STP_SETTING_MOST;
	device->passes_origin.span = symbol->node->span;
	modality = block == NULL ? NULL : stp_child(block, STP_N_MODALITY);
	depth = block == NULL ? NULL : stp_child(block, STP_N_DEPTH);
	if (modality == NULL)
		stp_report_missing(resolver, symbol, STP_D_missing_statement, "modality",
				   "modality pen");
	if (depth == NULL)
		stp_report_missing(resolver, symbol, STP_D_missing_statement, "depth",
				   "depth 0.25 to 2.5 mm, step 0.25 mm");
	if (block == NULL)
		return;
	found = modality == NULL ? -1
				 : stp_find_word(resolver, modality->first, stp_modality_names,
						 STP_MODALITIES, "a modality");
	if (found >= 0)
		device->modality = (enum stp_modality)found;
	if (depth != NULL)
		resolve_depth(resolver, device, depth, &scene);
	if ((rate = stp_child(block, STP_N_RATE)) != NULL)
		resolve_rate(resolver, device, rate, &scene);
	if ((levels = stp_child(block, STP_N_LEVELS)) != NULL)
		resolve_levels(resolver, device, levels, &scene);
	if ((passes = stp_child(block, STP_N_PASSES)) != NULL)
		resolve_passes(resolver, device, passes, &scene);
	if ((needles = stp_child(block, STP_N_NEEDLES)) != NULL)
		resolve_needles(resolver, device, needles, &scene);
	resolve_labels(resolver, device, block, &scene);
}
