/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which zones a protocol treats, and what each of its blocks says of which of them. Naming a zone
 * treats all that lies in it; a zone that is not named is refused. Language reference, "How rules
 * meet", 11.
 *
 * A zone with parts is treated part by part. Its own plan is a draft that only carries what is
 * said of it, to be held against what lies around: nobody can choose it on a device, where it
 * could stand for any of its parts, the thinnest and the forbidden ones too.
 */
#include "model/resolver.h"

#include <string.h>

/* ---- the tree of zones ---- */

void stp_link_zones(struct stp_resolver *resolver)
{
	size_t count = resolver->zones.count;

	resolver->zone_work =
		stp_alloc_array(resolver->context, count + 1, sizeof *resolver->zone_work);
	for (size_t i = count; i-- > 0;) {
		const struct stp_zone *zone = resolver->zones.items[i];
		struct stp_zone_work *parent;

		if (zone->parent == NULL)
			continue;
		parent = &resolver->zone_work[zone->parent->index];
		resolver->zone_work[i].next_sibling = parent->first_child;
		parent->first_child = zone;
	}
}

/* Past the subtree of a zone, still below the root. */
static const struct stp_zone *skip_zone(const struct stp_resolver *resolver,
					const struct stp_zone *root, const struct stp_zone *at)
{
	while (at != root && resolver->zone_work[at->index].next_sibling == NULL)
		at = at->parent;
	return at == root ? NULL : resolver->zone_work[at->index].next_sibling;
}

const struct stp_zone *stp_next_zone(const struct stp_resolver *resolver,
				     const struct stp_zone *root, const struct stp_zone *at)
{
	const struct stp_zone *child = resolver->zone_work[at->index].first_child;

	return child != NULL ? child : skip_zone(resolver, root, at);
}

/* ---- what is named ---- */

static void claim(struct stp_draft *draft, const struct stp_zone *zone,
		  const struct stp_zone_block *block)
{
	*STP_PUSH(draft->resolver->context, &draft->layer->claims) =
		(struct stp_zone_claim){ zone, block };
}

static void claim_named(struct stp_draft *draft, const struct stp_node *name,
			const struct stp_zone_block *block)
{
	struct stp_resolver *resolver = draft->resolver;
	const struct stp_zone *zone = stp_find_zone(resolver, name);
	struct stp_zone_work *work;
	struct stp_diagnostic *diagnostic;

	if (zone == NULL)
		return;
	work = &resolver->zone_work[zone->index];
	if (work->block == NULL) {
		work->block = block;
		claim(draft, zone, block);
		return;
	}
	diagnostic = stp_report(resolver->context, STP_D_repeated_zone, name->span,
				"`%s` has a second block", zone->name);
	stp_label(resolver->context, diagnostic, work->block->node->span, "the first is here");
	stp_help(resolver->context, diagnostic,
		 "join the two; what holds for some clients only stands in a `when`");
}

static void claim_zones(struct stp_draft *draft)
{
	const struct stp_node *node = stp_child(draft->block, STP_N_ZONE);

	for (; node != NULL; node = stp_next_of(node, STP_N_ZONE)) {
		const struct stp_zone_block *block =
			stp_read_zone_block(draft, node, &draft->scene);
		const struct stp_node *name = stp_child(node, STP_N_NAME);

		for (; name != NULL; name = stp_next_of(name, STP_N_NAME))
			claim_named(draft, name, block);
	}
	node = stp_child(draft->block, STP_N_EVERY_ZONE);
	for (; node != NULL; node = stp_next_of(node, STP_N_EVERY_ZONE)) {
		const struct stp_zone_block *block =
			stp_read_zone_block(draft, node, &draft->scene);

		if (!block->never)
			claim(draft, NULL, block);
		else
			stp_help(
				draft->resolver->context,
				stp_report(draft->resolver->context, STP_D_never_with_settings,
					   block->never_origin->span,
					   "a protocol that never treats any zone"),
				"say `never` of the zones that are meant, or for whom in a `when`");
	}
}

/* ---- plans ---- */

/* An empty draft, with the room that its lists had for another protocol. */
static struct stp_plan_draft *take_draft(struct stp_draft *draft)
{
	struct stp_resolver *resolver = draft->resolver;
	size_t at = draft->plans.count;
	struct stp_plan_draft *plan;

	if (at == resolver->plan_drafts.count)
		*STP_PUSH(resolver->context, &resolver->plan_drafts) =
			stp_alloc(resolver->context, sizeof *plan);
	plan = resolver->plan_drafts.items[at];
	memset(&plan->plan, 0, sizeof plan->plan);
	plan->own = NULL;
	plan->bounds.count = plan->sets.count = plan->never_when.count = 0;
	*STP_PUSH(resolver->context, &draft->plans) = plan;
	return plan;
}

static void add_plan(struct stp_draft *draft, const struct stp_zone *zone,
		     const struct stp_zone_block *block)
{
	struct stp_plan_draft *plan = take_draft(draft);
	const struct stp_provenance *never = block->never ? NULL : stp_zone_never(zone);

	plan->plan.zone = zone;
	plan->plan.never = never != NULL;
	plan->plan.origin = never != NULL  ? *never
			    : block->never ? *block->never_origin
					   : *block->origin;
	draft->resolver->zone_work[zone->index].plan = plan;
	stp_contribute_device(draft, plan);
}

/* A named zone and all that lies in it, but for what is named itself and what lies in that. */
static void expand(struct stp_draft *draft, const struct stp_zone *root)
{
	const struct stp_resolver *resolver = draft->resolver;
	const struct stp_zone_block *block = resolver->zone_work[root->index].block;
	const struct stp_zone *at = root;

	while (at != NULL) {
		if (at != root && (resolver->zone_work[at->index].block != NULL ||
				   resolver->zone_work[at->index].plan != NULL)) {
			at = skip_zone(resolver, root, at);
			continue;
		}
		if (resolver->zone_work[at->index].plan == NULL)
			add_plan(draft, at, block);
		at = stp_next_zone(resolver, root, at);
	}
}

static bool is_treated(const struct stp_draft *draft, const struct stp_zone *root)
{
	const struct stp_zone *at = root;

	while (at != NULL && draft->resolver->zone_work[at->index].plan == NULL)
		at = stp_next_zone(draft->resolver, root, at);
	return at != NULL;
}

/* What extends another treats no zone that the other does not; it may forbid one. */
static void report_new_zone(struct stp_draft *draft, const struct stp_zone_claim *claimed)
{
	struct stp_context *context = draft->resolver->context;
	struct stp_diagnostic *diagnostic = stp_report(
		context, STP_D_wider_than_parent, stp_name_in(claimed->block->node, claimed->zone),
		"`%s` is not treated by `%s`, which this protocol extends", claimed->zone->name,
		draft->layer->below->name);

	stp_help(context, diagnostic, "take it away, or treat it in a protocol of its own");
}

/* Makes the plans that the layer names. */
static void plan_layer(struct stp_draft *draft, const struct stp_layer *layer)
{
	for (size_t i = 0; i < layer->claims.count; i++)
		if (layer->claims.items[i].zone != NULL)
			draft->resolver->zone_work[layer->claims.items[i].zone->index].block =
				layer->claims.items[i].block;
	for (size_t i = 0; i < layer->claims.count; i++) {
		const struct stp_zone_claim *claimed = &layer->claims.items[i];

		if (claimed->zone == NULL)
			continue;
		if (layer->below == NULL || claimed->block->never)
			expand(draft, claimed->zone);
		else if (layer == draft->layer && !is_treated(draft, claimed->zone))
			report_new_zone(draft, claimed);
	}
}

/* Within a layer the nearest block that says a recipe has it. */
static void take_recipe(const struct stp_zone_block **recipe, const struct stp_zone_block *block)
{
	for (int i = 0; i < STP_PATTERNS && *recipe == NULL; i++)
		if (block->pattern_counts[i] != 0)
			*recipe = block;
}

/* What the layer says of the plan's zone, of those around it, and of every zone. */
static void fill_plan(struct stp_draft *draft, struct stp_plan_draft *plan,
		      const struct stp_layer *layer)
{
	const struct stp_zone_block *recipe = NULL;
	size_t every = layer->claims.count; /* where the blocks of `every zone` begin */

	for (const struct stp_zone *at = plan->plan.zone; at != NULL; at = at->parent) {
		const struct stp_zone_block *block = draft->resolver->zone_work[at->index].block;

		if (block == NULL)
			continue;
		take_recipe(&recipe, block);
		plan->plan.never = plan->plan.never || block->never;
		stp_contribute(draft, plan, block, layer);
	}
	while (every > 0 && layer->claims.items[every - 1].zone == NULL)
		every--;
	for (size_t i = every; i < layer->claims.count; i++) {
		take_recipe(&recipe, layer->claims.items[i].block);
		stp_contribute(draft, plan, layer->claims.items[i].block, layer);
	}
	for (int i = 0; recipe != NULL && i < STP_PATTERNS; i++)
		plan->plan.pattern_counts[i] = recipe->pattern_counts[i];
}

/* ---- layers ---- */

/* Whether the zone is treated by its parts alone. What is forbidden as a whole stays said. */
static bool is_group(const struct stp_draft *draft, const struct stp_plan_draft *plan)
{
	return draft->resolver->zone_work[plan->plan.zone->index].first_child != NULL &&
	       !plan->plan.never;
}

typedef STP_LIST(struct stp_plan_draft *) plan_list;

static void add_treated(struct stp_draft *draft, const struct stp_zone *root, plan_list *list)
{
	const struct stp_zone *at = root;

	for (; at != NULL; at = stp_next_zone(draft->resolver, root, at)) {
		struct stp_plan_draft *plan = draft->resolver->zone_work[at->index].plan;

		if (plan != NULL && !plan->plan.never && !is_group(draft, plan))
			*STP_PUSH(draft->resolver->context, list) = plan;
	}
}

static void add_all_treated(struct stp_draft *draft, plan_list *list)
{
	for (size_t i = 0; i < draft->plans.count; i++)
		if (!draft->plans.items[i]->plan.never && !is_group(draft, draft->plans.items[i]))
			*STP_PUSH(draft->resolver->context, list) = draft->plans.items[i];
}

static void forget_blocks(struct stp_draft *draft, const struct stp_layer *layer)
{
	for (size_t i = 0; i < layer->claims.count; i++)
		if (layer->claims.items[i].zone != NULL)
			draft->resolver->zone_work[layer->claims.items[i].zone->index].block = NULL;
}

static void apply_layer(struct stp_draft *draft, const struct stp_layer *layer)
{
	plan_layer(draft, layer);
	for (size_t i = 0; i < draft->plans.count; i++)
		fill_plan(draft, draft->plans.items[i], layer);
	for (size_t i = 0; layer != draft->layer && i < layer->whens.count; i++) {
		plan_list plans = { NULL, 0, 0 };

		if (layer->whens.items[i].zone != NULL)
			add_treated(draft, layer->whens.items[i].zone, &plans);
		else
			add_all_treated(draft, &plans);
		for (size_t j = 0; j < plans.count; j++)
			stp_contribute(draft, plans.items[j], layer->whens.items[i].block, layer);
	}
	if (layer != draft->layer)
		forget_blocks(draft, layer);
}

/* From the one at the bottom up to the protocol itself. */
static void apply_layers(struct stp_draft *draft)
{
	const struct stp_layer **layers =
		stp_alloc_array(draft->resolver->context, draft->layer->depth + 1, sizeof *layers);
	size_t count = 0;

	for (const struct stp_layer *at = draft->layer; at != NULL; at = at->below)
		layers[count++] = at;
	while (count > 0)
		apply_layer(draft, layers[--count]);
}

void stp_resolve_zone_plans(struct stp_draft *draft)
{
	struct stp_resolver *resolver = draft->resolver;

	for (size_t i = 0; i < resolver->zones.count; i++) {
		resolver->zone_work[i].block = NULL;
		resolver->zone_work[i].plan = NULL;
	}
	claim_zones(draft);
	forget_blocks(draft, draft->layer);
	apply_layers(draft);
	stp_apply_overrides(draft);
	for (size_t i = 0; i < draft->plans.count; i++) {
		struct stp_plan_draft *plan = draft->plans.items[i];

		plan->own = resolver->zone_work[plan->plan.zone->index].block;
		stp_meet_settings(plan);
		stp_check_nesting(draft, plan);
	}
}

/* ---- for some clients ---- */

static void claim_when(struct stp_draft *draft, const struct stp_zone *zone,
		       const struct stp_zone_block *block)
{
	*STP_PUSH(draft->resolver->context, &draft->layer->whens) =
		(struct stp_zone_claim){ zone, block };
}

static void add_named(struct stp_draft *draft, const struct stp_zone_block *block, plan_list *list)
{
	const struct stp_node *name = stp_child(block->node, STP_N_NAME);

	for (; name != NULL; name = stp_next_of(name, STP_N_NAME)) {
		const struct stp_zone *zone = stp_find_zone(draft->resolver, name);
		size_t before = list->count;

		if (zone == NULL)
			continue;
		claim_when(draft, zone, block);
		add_treated(draft, zone, list);
		if (list->count == before)
			stp_help(draft->resolver->context,
				 stp_report(draft->resolver->context, STP_D_not_treated, name->span,
					    "this protocol does not treat `%s`", zone->name),
				 "a `when` tightens what the protocol says; it adds no zone");
	}
}

void stp_resolve_zones_when(struct stp_draft *draft, const struct stp_node *block,
			    const struct stp_scene *scene)
{
	for (const struct stp_node *node = block->first; node != NULL; node = node->next) {
		plan_list plans = { NULL, 0, 0 };
		const struct stp_zone_block *said;

		if (node->kind != STP_N_ZONE && node->kind != STP_N_EVERY_ZONE)
			continue;
		said = stp_read_zone_block(draft, node, scene);
		if (node->kind == STP_N_ZONE) {
			add_named(draft, said, &plans);
		} else {
			claim_when(draft, NULL, said);
			add_all_treated(draft, &plans);
		}
		stp_check_pointless(draft, said, plans.items, plans.count);
		for (size_t i = 0; i < plans.count; i++)
			stp_contribute(draft, plans.items[i], said, draft->layer);
	}
}

/* ---- the finished plans ---- */

/* A policy's limit does not say how deep to go. */
static bool says_depth(const struct stp_zone_plan *plan)
{
	for (size_t i = 0; i < plan->contribution_count; i++) {
		const struct stp_contribution *by = &plan->contributions[i];

		if (by->setting == STP_DEPTH && by->side != STP_STEP && by->when == NULL &&
		    (by->from == STP_FROM_PROTOCOL || by->from == STP_FROM_PARENT))
			return true;
	}
	return false;
}

static void check_depth_said(struct stp_draft *draft, const struct stp_plan_draft *plan)
{
	struct stp_diagnostic *diagnostic;

	if (plan->own == NULL || plan->plan.never || plan->own->is_empty ||
	    plan->own->settings[STP_DEPTH].node != NULL || says_depth(&plan->plan))
		return;
	diagnostic = stp_report(draft->resolver->context, STP_D_missing_depth,
				stp_name_in(plan->own->node, plan->plan.zone), "`%s` says no depth",
				plan->plan.zone->name);
	stp_help(draft->resolver->context, diagnostic, "add a line such as: depth 0.5 to 1.0 mm");
}

void stp_finish_zone_plans(struct stp_draft *draft)
{
	struct stp_zone_plan *plans =
		stp_alloc_array(draft->resolver->context, draft->plans.count, sizeof *plans);
	size_t count = 0;

	for (size_t i = 0; i < draft->plans.count; i++) {
		struct stp_plan_draft *plan = draft->plans.items[i];

		stp_finish_settings(draft, plan);
		check_depth_said(draft, plan);
		if (!is_group(draft, plan))
			plans[count++] = plan->plan;
	}
	draft->protocol->zones = plans;
	draft->protocol->zone_count = count;
}
