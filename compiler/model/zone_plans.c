/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which zones a protocol treats, and what each of its blocks says of which of them. Naming a zone
 * treats all that lies in it; a zone that is not named is refused. Language reference, "How rules
 * meet", 11.
 */
#include "model/resolve.h"

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

static void claim_zone(struct stp_draft *draft, const struct stp_node *name,
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
	const struct stp_node *node = draft->block->first;

	for (; node != NULL; node = node->next) {
		const struct stp_zone_block *block;

		if (node->kind != STP_N_ZONE && node->kind != STP_N_EVERY_ZONE)
			continue;
		block = stp_read_zone_block(draft, node, &draft->scene);
		if (node->kind == STP_N_EVERY_ZONE && block->never)
			stp_help(
				draft->resolver->context,
				stp_report(draft->resolver->context, STP_D_never_with_settings,
					   block->never_origin->span,
					   "a protocol that never treats any zone"),
				"say `never` of the zones that are meant, or for whom in a `when`");
		else if (node->kind == STP_N_EVERY_ZONE)
			*STP_PUSH(draft->resolver->context, &draft->every) = block;
		else
			for (const struct stp_node *name = stp_child(node, STP_N_NAME);
			     name != NULL; name = stp_next_of(name, STP_N_NAME))
				claim_zone(draft, name, block);
	}
}

/* ---- plans ---- */

static void add_plan(struct stp_draft *draft, const struct stp_zone *zone,
		     const struct stp_zone_block *block)
{
	struct stp_context *context = draft->resolver->context;
	struct stp_plan_draft *plan = stp_alloc(context, sizeof *plan);

	plan->plan.zone = zone;
	plan->plan.origin = *block->origin;
	plan->own = draft->resolver->zone_work[zone->index].block;
	draft->resolver->zone_work[zone->index].plan = plan;
	*STP_PUSH(context, &draft->plans) = plan;
}

/* A named zone and all that lies in it, but for what is named itself and what lies in that. */
static void expand(struct stp_draft *draft, const struct stp_zone *root)
{
	const struct stp_resolver *resolver = draft->resolver;
	const struct stp_zone_block *block = resolver->zone_work[root->index].block;
	const struct stp_zone *at = root;

	if (resolver->zone_work[root->index].plan != NULL)
		return; /* named twice, and reported */
	while (at != NULL) {
		if (at != root && resolver->zone_work[at->index].block != NULL) {
			at = skip_zone(resolver, root, at);
			continue;
		}
		add_plan(draft, at, block);
		at = stp_next_zone(resolver, root, at);
	}
}

static void expand_zones(struct stp_draft *draft)
{
	const struct stp_node *node = stp_child(draft->block, STP_N_ZONE);

	for (; node != NULL; node = stp_next_of(node, STP_N_ZONE)) {
		const struct stp_node *name = stp_child(node, STP_N_NAME);

		for (; name != NULL; name = stp_next_of(name, STP_N_NAME)) {
			struct stp_symbol *symbol =
				stp_peek(draft->resolver, name->text, STP_SPACE_VOCABULARY);

			if (symbol != NULL && symbol->node->kind == STP_N_ZONE)
				expand(draft, symbol->is.zone);
		}
	}
}

/* The recipe of the nearest block that says one. */
static void take_recipe(struct stp_zone_plan *plan, const struct stp_zone_block *block)
{
	for (int i = 0; i < STP_PATTERNS; i++)
		if (plan->pattern_counts[i] != 0)
			return;
	for (int i = 0; i < STP_PATTERNS; i++)
		plan->pattern_counts[i] = block->pattern_counts[i];
}

/* Its own block and those of the zones around it. */
static void fill_plan(struct stp_draft *draft, struct stp_plan_draft *plan)
{
	stp_contribute_device(draft, plan);
	for (const struct stp_zone *at = plan->plan.zone; at != NULL; at = at->parent) {
		const struct stp_zone_block *block = draft->resolver->zone_work[at->index].block;

		if (block == NULL)
			continue;
		take_recipe(&plan->plan, block);
		plan->plan.never = plan->plan.never || block->never;
		stp_contribute(draft, plan, block, STP_FROM_PROTOCOL);
	}
	for (size_t i = 0; i < draft->every.count && !plan->plan.never; i++) {
		take_recipe(&plan->plan, draft->every.items[i]);
		stp_contribute(draft, plan, draft->every.items[i], STP_FROM_PROTOCOL);
	}
	stp_meet_settings(draft, plan);
	stp_check_nesting(draft, plan);
}

void stp_resolve_zone_plans(struct stp_draft *draft)
{
	for (size_t i = 0; i < draft->resolver->zones.count; i++) {
		draft->resolver->zone_work[i].block = NULL;
		draft->resolver->zone_work[i].plan = NULL;
	}
	claim_zones(draft);
	expand_zones(draft);
	for (size_t i = 0; i < draft->plans.count; i++)
		fill_plan(draft, draft->plans.items[i]);
}

/* ---- for some clients ---- */

typedef STP_LIST(struct stp_plan_draft *) plan_list;

static void add_treated(struct stp_draft *draft, const struct stp_zone *root, plan_list *list)
{
	const struct stp_zone *at = root;

	for (; at != NULL; at = stp_next_zone(draft->resolver, root, at)) {
		struct stp_plan_draft *plan = draft->resolver->zone_work[at->index].plan;

		if (plan != NULL && !plan->plan.never)
			*STP_PUSH(draft->resolver->context, list) = plan;
	}
}

static void add_named(struct stp_draft *draft, const struct stp_node *node, plan_list *list)
{
	const struct stp_node *name = stp_child(node, STP_N_NAME);

	for (; name != NULL; name = stp_next_of(name, STP_N_NAME)) {
		const struct stp_zone *zone = stp_find_zone(draft->resolver, name);
		size_t before = list->count;

		if (zone == NULL)
			continue;
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
		if (node->kind == STP_N_ZONE)
			add_named(draft, node, &plans);
		else
			for (size_t i = 0; i < draft->plans.count; i++)
				if (!draft->plans.items[i]->plan.never)
					*STP_PUSH(draft->resolver->context, &plans) =
						draft->plans.items[i];
		stp_check_pointless(draft, said, plans.items, plans.count);
		for (size_t i = 0; i < plans.count; i++)
			stp_contribute(draft, plans.items[i], said, STP_FROM_WHEN);
	}
}

/* ---- the finished plans ---- */

struct stp_span stp_name_in(const struct stp_node *node, const struct stp_zone *zone)
{
	const struct stp_node *name = stp_child(node, STP_N_NAME);

	while (name != NULL && name->text != zone->name)
		name = stp_next_of(name, STP_N_NAME);
	return name == NULL ? node->span : name->span;
}

/* A recipe's passes add up to what the range of passes allows. */
static void check_recipe(struct stp_draft *draft, const struct stp_zone_plan *plan)
{
	const struct stp_setting *passes = &plan->settings[STP_PASSES];
	struct stp_context *context = draft->resolver->context;
	struct stp_diagnostic *diagnostic;
	uint32_t sum = 0;

	for (int i = 0; i < STP_PATTERNS; i++)
		sum += plan->pattern_counts[i];
	if (sum == 0 || !passes->said ||
	    (sum >= passes->range_low.value && sum <= passes->range_high.value))
		return;
	diagnostic = stp_report(context, STP_D_recipe_sum, plan->pattern_origin->span,
				"these are %lu passes, which is outside of %lu to %lu",
				(unsigned long)sum, (unsigned long)passes->range_low.value,
				(unsigned long)passes->range_high.value);
	stp_label(context, diagnostic, passes->range_high.by->origin->span, "the range of passes");
	stp_help(context, diagnostic, "change the counts or the range");
}

static void check_depth_said(struct stp_draft *draft, const struct stp_plan_draft *plan)
{
	struct stp_diagnostic *diagnostic;

	if (plan->own == NULL || plan->plan.never || plan->own->is_empty ||
	    plan->own->settings[STP_DEPTH].node != NULL || plan->plan.settings[STP_DEPTH].said)
		return;
	diagnostic = stp_report(draft->resolver->context, STP_D_missing_depth,
				stp_name_in(plan->own->node, plan->plan.zone), "`%s` says no depth",
				plan->plan.zone->name);
	stp_help(draft->resolver->context, diagnostic, "add a line such as: depth 0.5 to 1.0 mm");
}

void stp_finish_zone_plans(struct stp_draft *draft)
{
	struct stp_zone_plan *plans =
		stp_alloc_array(draft->resolver->context, draft->plans.count + 1, sizeof *plans);

	for (size_t i = 0; i < draft->plans.count; i++) {
		struct stp_plan_draft *plan = draft->plans.items[i];

		stp_meet_settings(draft, plan);
		check_depth_said(draft, plan);
		check_recipe(draft, &plan->plan);
		plans[i] = plan->plan;
	}
	draft->protocol->zones = plans;
	draft->protocol->zone_count = draft->plans.count;
}
