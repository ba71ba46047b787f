/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What one `zone` block or `every zone` of a protocol says: bounds, movements, endpoints, never.
 * Read once, however many zones it speaks of. Language reference, "Settings".
 */
#include "model/resolver.h"

const char *const stp_setting_names[STP_SETTINGS] = { "depth", "passes", "rate" };
const char *const stp_pattern_names[STP_PATTERNS] = { "horizontal", "vertical", "diagonal",
						      "circular", "stamp" };
const char *const stp_endpoint_names[STP_ENDPOINTS] = { "erythema", "pinpoint_bleeding" };

static const enum stp_dimension dimensions[STP_SETTINGS] = { STP_LENGTH, STP_COUNT, STP_SPEED };

struct reader {
	struct stp_draft *draft;
	struct stp_zone_block *block;
	const struct stp_scene *scene;
};

static const struct stp_provenance *keep_origin(struct reader *reader, const struct stp_node *node,
						bool numbers)
{
	struct stp_resolver *resolver = reader->draft->resolver;
	struct stp_provenance *origin = stp_alloc(resolver->context, sizeof *origin);

	*origin = numbers ? stp_provenance_of_numbers(resolver, node, reader->scene)
			  : stp_provenance_of(resolver, node, reader->scene);
	return origin;
}

/* ---- bounds ---- */

static void set_bound(struct stp_said_setting *said, enum stp_bound_side side, uint32_t value,
		      const struct stp_node *at)
{
	said->at[side] = at;
	said->has[side] = true;
	said->value[side] = value;
}

/* One end as a number that the device can be set to. */
static bool read_end(struct reader *reader, enum stp_setting_id setting,
		     const struct stp_node *quantity, uint32_t *value)
{
	return stp_quantity(reader->draft->resolver, quantity, dimensions[setting],
			    STP_SETTING_MOST, value) &&
	       stp_check_settable(reader->draft, setting, quantity, *value);
}

/* Bounds: `0.5 to 1.5 mm`, `1.5 mm`, `to 1.5 mm`, `from 0.5 mm`. */
static bool read_bounds(struct reader *reader, enum stp_setting_id setting,
			const struct stp_node *bounds, struct stp_said_setting *said,
			enum stp_bound_side low, enum stp_bound_side high)
{
	struct stp_ends ends;
	uint32_t value;

	if (bounds->kind == STP_N_UP_TO || bounds->kind == STP_N_AT_LEAST) {
		if (!read_end(reader, setting, bounds->first, &value))
			return false;
		set_bound(said, bounds->kind == STP_N_UP_TO ? high : low, value, bounds->first);
		return true;
	}
	if (!stp_span_of(reader->draft->resolver, bounds, dimensions[setting], STP_SETTING_MOST,
			 &ends) ||
	    !stp_check_settable(reader->draft, setting, bounds->first, ends.low) ||
	    (bounds->first->next != NULL &&
	     !stp_check_settable(reader->draft, setting, bounds->first->next, ends.high)))
		return false;
	set_bound(said, low, ends.low, bounds->first);
	set_bound(said, high, ends.high, stp_last(bounds));
	return true;
}

static void read_start(struct reader *reader, enum stp_setting_id setting,
		       const struct stp_node *part, struct stp_said_setting *said)
{
	struct stp_context *context = reader->draft->resolver->context;
	struct stp_diagnostic *diagnostic;
	uint32_t value;

	if (!read_end(reader, setting, part->first, &value))
		return;
	if ((said->has[STP_RANGE_LOW] && value < said->value[STP_RANGE_LOW]) ||
	    (said->has[STP_RANGE_HIGH] && value > said->value[STP_RANGE_HIGH])) {
		diagnostic = stp_report(context, STP_D_start_outside, part->span,
					"the start lies outside of the range");
		stp_label(context, diagnostic, said->node->first->span, "the range");
		stp_help(context, diagnostic, "start within the range");
		return;
	}
	set_bound(said, STP_START, value, part->first);
}

/* A step must be a whole number of the device's, or it could never be taken. */
static void read_step(struct reader *reader, const struct stp_node *node,
		      const struct stp_provenance *origin, struct stp_said_setting *said)
{
	const struct stp_node *quantity = node->first;
	struct stp_context *context = reader->draft->resolver->context;
	struct stp_grid grid = stp_grid_of(reader->draft->protocol->device, STP_DEPTH);
	struct stp_diagnostic *diagnostic;
	uint32_t value;

	if (!stp_quantity(reader->draft->resolver, quantity, STP_LENGTH, STP_SETTING_MOST, &value))
		return;
	if (grid.step != 0 && value % grid.step != 0) {
		diagnostic = stp_report(context, STP_D_bad_step, quantity->span,
					"`%s` cannot be turned up by %s",
					reader->draft->protocol->device->name,
					stp_show_setting(context, STP_DEPTH, value));
		stp_label(context, diagnostic, grid.span, "its settings are %s apart",
			  stp_show_setting(context, STP_DEPTH, grid.step));
		stp_help(context, diagnostic, "write a whole number of its steps");
		return;
	}
	if (said->has[STP_STEP]) {
		diagnostic = stp_report(context, STP_D_repeated_statement, quantity->span,
					"`step` is said twice in one block");
		stp_help(context, diagnostic, "keep the one that is meant");
		return;
	}
	said->step_node = node;
	said->step_origin = origin;
	set_bound(said, STP_STEP, value, quantity);
}

static void report_part(struct reader *reader, const struct stp_node *part)
{
	stp_help(reader->draft->resolver->context,
		 stp_report(reader->draft->resolver->context, STP_D_misplaced_part, part->span,
			    "`%s` does not belong to this setting", stp_node_names[part->kind]),
		 part->kind == STP_N_STEP ? "only the depth has a `step` in a zone"
					  : "a tolerance is the device's to say");
}

/* Where no limit is said there is no leeway above the range. */
static void check_limit(struct reader *reader, const struct stp_node *limit,
			struct stp_said_setting *said)
{
	struct stp_context *context = reader->draft->resolver->context;
	struct stp_diagnostic *diagnostic;

	if (limit == NULL) {
		if (said->has[STP_RANGE_HIGH])
			set_bound(said, STP_LIMIT_HIGH, said->value[STP_RANGE_HIGH],
				  said->at[STP_RANGE_HIGH]);
		return;
	}
	if ((!said->has[STP_LIMIT_HIGH] || !said->has[STP_RANGE_HIGH] ||
	     said->value[STP_RANGE_HIGH] <= said->value[STP_LIMIT_HIGH]) &&
	    (!said->has[STP_LIMIT_LOW] || !said->has[STP_RANGE_LOW] ||
	     said->value[STP_RANGE_LOW] >= said->value[STP_LIMIT_LOW]))
		return;
	diagnostic = stp_report(context, STP_D_range_beyond_limit, limit->span,
				"the recommended range goes past this limit");
	stp_label(context, diagnostic, said->node->first->span, "the range");
	stp_help(context, diagnostic,
		 "the range lies within the limit: widen one or narrow the other");
}

static const struct stp_node *read_parts(struct reader *reader, enum stp_setting_id setting,
					 const struct stp_node *node, struct stp_said_setting *said)
{
	const struct stp_node *limit = NULL, *start = NULL;

	for (const struct stp_node *part = node->first->next; part != NULL; part = part->next) {
		if (part->kind == STP_N_LIMIT && limit == NULL) {
			limit = part;
			read_bounds(reader, setting, part->first, said, STP_LIMIT_LOW,
				    STP_LIMIT_HIGH);
			if (part->first->kind == STP_N_EXACTLY)
				said->has[STP_LIMIT_LOW] = false; /* `limit 2.0 mm` is a ceiling */
		} else if (part->kind == STP_N_START && start == NULL) {
			start = part;
			read_start(reader, setting, part, said);
		} else if (part->kind == STP_N_STEP && setting == STP_DEPTH) {
			read_step(reader, part, said->origin, said);
		} else if (part->kind == STP_N_STEP || part->kind == STP_N_TOLERANCE) {
			report_part(reader, part);
		} else if (part->kind == STP_N_LIMIT || part->kind == STP_N_START) {
			stp_help(reader->draft->resolver->context,
				 stp_report(reader->draft->resolver->context,
					    STP_D_repeated_statement, part->span,
					    "`%s` is said twice", stp_node_names[part->kind]),
				 "keep the one that is meant");
		}
	}
	return limit;
}

static void read_setting(struct reader *reader, enum stp_setting_id setting,
			 const struct stp_node *node)
{
	struct stp_said_setting *said = &reader->block->settings[setting];
	const struct stp_device *device = reader->draft->protocol->device;
	struct stp_context *context = reader->draft->resolver->context;
	struct stp_diagnostic *diagnostic;
	struct stp_grid grid = stp_grid_of(device, setting);

	if (said->node != NULL)
		return; /* said twice, and reported */
	said->node = node;
	said->origin = keep_origin(reader, node, true);
	if (grid.high == 0) {
		diagnostic = stp_report(context, STP_D_not_on_device, node->span, "`%s` has no %s",
					device->name, stp_setting_names[setting]);
		stp_label(context, diagnostic, device->span, "the device");
		stp_help(context, diagnostic, "take it away, or name another device");
		return;
	}
	if (read_bounds(reader, setting, node->first, said, STP_RANGE_LOW, STP_RANGE_HIGH))
		check_limit(reader, read_parts(reader, setting, node, said), said);
}

/* `step 0.25 mm` as a statement of its own. */
static void read_step_statement(struct reader *reader, const struct stp_node *node)
{
	read_step(reader, node, keep_origin(reader, node, true),
		  &reader->block->settings[STP_DEPTH]);
}

/* ---- sets ---- */

static void read_count(struct reader *reader, const struct stp_node *number, int pattern)
{
	struct stp_resolver *resolver = reader->draft->resolver;
	uint32_t count;

	if (stp_count(resolver, number, UINT8_MAX, &count) &&
	    stp_check_some(resolver, number, count, "leave out a movement that is not done"))
		reader->block->pattern_counts[pattern] = (uint8_t)count;
}

static void read_patterns(struct reader *reader, const struct stp_node *node)
{
	struct stp_resolver *resolver = reader->draft->resolver;
	const struct stp_node *movement = stp_child(node, STP_N_MOVEMENT);
	size_t counted = 0, all = 0;

	if (reader->block->pattern_origin != NULL)
		return;
	for (; movement != NULL; movement = stp_next_of(movement, STP_N_MOVEMENT), all++) {
		int pattern = stp_find_word(resolver, movement->first, stp_pattern_names,
					    STP_PATTERNS, "a movement");

		counted += movement->first->next != NULL;
		if (pattern < 0)
			continue;
		if ((reader->block->patterns >> pattern & 1) != 0)
			stp_help(resolver->context,
				 stp_report(resolver->context, STP_D_repeated_word, movement->span,
					    "`%s` is said twice", stp_pattern_names[pattern]),
				 "take one of the two away");
		reader->block->patterns = (uint16_t)(reader->block->patterns | 1u << pattern);
		if (movement->first->next != NULL)
			read_count(reader, movement->first->next, pattern);
	}
	if (counted != 0 && counted != all)
		stp_help(resolver->context,
			 stp_report(resolver->context, STP_D_half_recipe, node->span,
				    "some movements have a count and some have none"),
			 "give each its count, or none");
	reader->block->pattern_origin = keep_origin(reader, node, counted > 0);
	reader->block->pattern_node = node;
}

static void read_endpoints(struct reader *reader, const struct stp_node *node)
{
	const struct stp_node *name = stp_child(node, STP_N_NAME);

	if (reader->block->endpoint_origin != NULL)
		return;
	for (; name != NULL; name = stp_next_of(name, STP_N_NAME)) {
		int endpoint = stp_find_word(reader->draft->resolver, name, stp_endpoint_names,
					     STP_ENDPOINTS, "an endpoint");

		if (endpoint >= 0)
			reader->block->endpoints =
				(uint16_t)(reader->block->endpoints | 1u << endpoint);
	}
	reader->block->endpoint_origin = keep_origin(reader, node, false);
}

/* ---- the block ---- */

static void read_statement(struct reader *reader, const struct stp_node *node)
{
	switch (node->kind) {
	case STP_N_DEPTH: read_setting(reader, STP_DEPTH, node); break;
	case STP_N_PASSES: read_setting(reader, STP_PASSES, node); break;
	case STP_N_RATE: read_setting(reader, STP_RATE, node); break;
	case STP_N_PATTERN: read_patterns(reader, node); break;
	case STP_N_ENDPOINT: read_endpoints(reader, node); break;
	case STP_N_NEVER:
		reader->block->never = true;
		reader->block->never_origin = keep_origin(reader, node, false);
		break;
	default: break; /* a step comes last; what does not belong was reported */
	}
}

static void check_never(struct reader *reader, const struct stp_node *block)
{
	struct stp_context *context = reader->draft->resolver->context;
	const struct stp_node *node = block->first;
	struct stp_diagnostic *diagnostic;

	if (!reader->block->never)
		return;
	while (node != NULL && (node->kind == STP_N_NEVER || node->kind == STP_N_CITES))
		node = node->next;
	if (node == NULL)
		return;
	diagnostic = stp_report(context, STP_D_never_with_settings, node->span,
				"a setting for a zone that is never treated");
	stp_label(context, diagnostic, reader->block->never_origin->span, "never, it says here");
	stp_help(context, diagnostic, "take one of the two away");
}

const struct stp_zone_block *stp_read_zone_block(struct stp_draft *draft,
						 const struct stp_node *node,
						 const struct stp_scene *outer)
{
	struct stp_resolver *resolver = draft->resolver;
	struct stp_zone_block *block = stp_alloc(resolver->context, sizeof *block);
	const struct stp_node *statements = stp_block(node), *step;
	bool every = node->kind == STP_N_EVERY_ZONE;
	struct stp_scene scene = stp_enter_declaration(
		resolver, outer, node, every ? STP_PLACE_EVERY_ZONE : STP_PLACE_ZONE);
	struct reader reader = { draft, block, &scene };

	if (!every)
		stp_check_head(resolver, node, STP_HEAD_NAMES | STP_HEAD_TAILS | STP_HEAD_BODY);
	block->node = node;
	block->when = scene.when;
	block->origin = keep_origin(&reader, node, false);
	if (statements == NULL || statements->first == NULL) {
		if (!stp_is_broken(resolver->context, node->span))
			stp_help(resolver->context,
				 stp_report(resolver->context, STP_D_empty_block,
					    every ? node->span : stp_child(node, STP_N_NAME)->span,
					    "nothing is said about this zone"),
				 "say its depth, or `never`");
		block->is_empty = true;
		return block;
	}
	for (const struct stp_node *at = statements->first; at != NULL; at = at->next)
		read_statement(&reader, at);
	step = stp_child(statements, STP_N_STEP);
	if (step != NULL)
		read_step_statement(&reader, step);
	check_never(&reader, statements);
	return block;
}

struct stp_span stp_name_in(const struct stp_node *node, const struct stp_zone *zone)
{
	const struct stp_node *name = stp_child(node, STP_N_NAME);

	while (name != NULL && name->text != zone->name)
		name = stp_next_of(name, STP_N_NAME);
	return name == NULL ? node->span : name->span;
}
