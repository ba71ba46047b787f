/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A block that says more than what lies around it. The bounds of a zone, of the zones around it,
 * of `every zone` and of the ceilings are intersected; a block whose own words would be cut by
 * that is an error, so that nothing written is silently not so. Language reference, "How rules
 * meet", 11.
 */
#include "model/resolver.h"

#include <string.h>

static const char *show(struct stp_draft *draft, const struct stp_contribution *by)
{
	return stp_show_setting(draft->resolver->context, by->setting, by->said_value);
}

/* The block's own bound that is looser than the contribution, or STP_BOUND_SIDES. */
static enum stp_bound_side looser_side(const struct stp_said_setting *said,
				       const struct stp_contribution *by)
{
	enum stp_bound_side side = by->side;

	if (side == STP_LIMIT_HIGH && said->has[STP_RANGE_HIGH] &&
	    said->value[STP_RANGE_HIGH] > by->value)
		return STP_RANGE_HIGH;
	if (side == STP_RANGE_HIGH || side == STP_LIMIT_HIGH)
		return said->has[side] && said->value[side] > by->value ? side : STP_BOUND_SIDES;
	if (side == STP_RANGE_LOW || side == STP_LIMIT_LOW)
		return said->has[side] && said->value[side] < by->value ? side : STP_BOUND_SIDES;
	return STP_BOUND_SIDES;
}

static void report_ceiling(struct stp_draft *draft, const struct stp_plan_draft *plan,
			   const struct stp_node *at, const struct stp_contribution *by)
{
	struct stp_context *context = draft->resolver->context;
	struct stp_diagnostic *diagnostic = stp_report(context, STP_D_beyond_ceiling, at->span,
						       "`%s` goes past the ceiling of %s",
						       plan->plan.zone->name, show(draft, by));

	stp_label(context, diagnostic, by->origin->span, "the ceiling of `%s`", by->from_name);
	stp_help(context, diagnostic, "write at most %s",
		 stp_show_setting(context, by->setting, by->value));
}

/* Whose block it is that says the bound: a zone's around this one, or `every zone`. */
static const char *name_around(struct stp_draft *draft, const struct stp_plan_draft *plan,
			       const struct stp_contribution *by)
{
	for (const struct stp_zone *at = plan->plan.zone; at != NULL; at = at->parent) {
		const struct stp_zone_block *block = draft->resolver->zone_work[at->index].block;

		if (block != NULL && block->settings[by->setting].origin == by->origin)
			return at->name;
	}
	return "every zone";
}

static void report_parent(struct stp_draft *draft, const struct stp_plan_draft *plan,
			  const struct stp_node *at, const struct stp_contribution *by)
{
	struct stp_context *context = draft->resolver->context;
	bool high = by->side == STP_RANGE_HIGH || by->side == STP_LIMIT_HIGH;
	bool inherited = by->from == STP_FROM_PARENT;
	const char *around = stp_format(context, "`%s`", name_around(draft, plan, by));
	struct stp_diagnostic *diagnostic =
		stp_report(context, inherited ? STP_D_wider_than_parent : STP_D_beyond_parent,
			   at->span, "`%s` says more than %s, which already %s %s",
			   plan->plan.zone->name, inherited ? "what this protocol extends" : around,
			   high ? "stops at" : "begins at", show(draft, by));

	if (diagnostic->help != NULL)
		return; /* said of another zone of the same block */
	stp_label(context, diagnostic, by->origin->span, "it %s here", high ? "stops" : "begins");
	if (inherited)
		stp_help(context, diagnostic,
			 "say %s here, or go past it with an `override` that says why",
			 show(draft, by));
	else
		stp_help(context, diagnostic, "say %s here, or %s %s", show(draft, by),
			 high ? "raise" : "lower", around);
}

/* Zones that are treated because they lie in a named one: the cut is shown, not refused. */
static void note_ceiling(struct stp_draft *draft, const struct stp_plan_draft *plan,
			 const struct stp_contribution *ceiling)
{
	const struct stp_zone_plan *made = &plan->plan;

	for (size_t i = 0; i < made->contribution_count; i++) {
		const struct stp_contribution *by = &made->contributions[i];
		struct stp_diagnostic *diagnostic;

		if (by->setting != STP_DEPTH || by->side != STP_RANGE_HIGH ||
		    by->from != STP_FROM_PROTOCOL || by->value <= ceiling->value)
			continue;
		stp_note_unverified(draft->resolver, ceiling->origin);
		diagnostic = stp_warn(&draft->resolver->allowances, STP_D_held_by_ceiling,
				      by->origin->span,
				      "a ceiling holds this lower in some of its zones");
		if (diagnostic == NULL)
			return;
		stp_label(draft->resolver->context, diagnostic, ceiling->origin->span,
			  "`%s` stops at %s", made->zone->name, show(draft, ceiling));
		stp_help(draft->resolver->context, diagnostic,
			 "give these zones blocks of their own to say it in the text");
	}
}

static void check_bounds(struct stp_draft *draft, const struct stp_plan_draft *plan)
{
	const struct stp_zone_plan *made = &plan->plan;
	const struct stp_provenance *reported = NULL; /* one message for a statement's two bounds */

	for (size_t i = 0; i < made->contribution_count; i++) {
		const struct stp_contribution *by = &made->contributions[i];
		const struct stp_said_setting *said =
			plan->own == NULL ? NULL : &plan->own->settings[by->setting];
		enum stp_bound_side side;

		if (by->when != NULL || by->from == STP_FROM_DEVICE || by->origin == reported)
			continue;
		side = said == NULL || by->origin == said->origin ? STP_BOUND_SIDES
								  : looser_side(said, by);
		if (side != STP_BOUND_SIDES) {
			reported = by->origin;
			if (by->from == STP_FROM_CEILING)
				report_ceiling(draft, plan, said->at[side], by);
			else
				report_parent(draft, plan, said->at[side], by);
		} else if (by->from == STP_FROM_CEILING) {
			note_ceiling(draft, plan, by);
		}
	}
}

/* The first movement that is not among the members. */
static struct stp_span first_movement(const struct stp_zone_block *block, uint16_t members)
{
	const struct stp_node *movement = stp_child(block->pattern_node, STP_N_MOVEMENT);

	for (; movement != NULL; movement = stp_next_of(movement, STP_N_MOVEMENT))
		for (int i = 0; i < STP_PATTERNS; i++)
			if (strcmp(movement->first->text, stp_pattern_names[i]) == 0 &&
			    (members >> i & 1) == 0)
				return movement->span;
	return block->pattern_node->span;
}

static void check_patterns(struct stp_draft *draft, const struct stp_plan_draft *plan)
{
	struct stp_context *context = draft->resolver->context;

	for (size_t i = 0; i < plan->plan.set_count; i++) {
		const struct stp_set_contribution *by = &plan->plan.sets[i];
		struct stp_diagnostic *diagnostic;

		if (by->when != NULL || by->set != STP_PATTERN_SET ||
		    by->origin == plan->own->pattern_origin ||
		    (plan->own->patterns & ~(unsigned)by->members) == 0)
			continue;
		diagnostic = stp_report(
			context,
			by->from == STP_FROM_PARENT ? STP_D_wider_than_parent : STP_D_beyond_parent,
			first_movement(plan->own, by->members),
			"`%s` allows movements that are not allowed by %s", plan->plan.zone->name,
			by->from == STP_FROM_PARENT ? "what this protocol extends"
						    : "what lies around it");
		if (diagnostic->help != NULL)
			continue;
		stp_label(context, diagnostic, by->origin->span, "only these are allowed here");
		stp_help(context, diagnostic, "leave them out here, or add them there");
	}
}

static bool says_settings(const struct stp_zone_block *block)
{
	for (int i = 0; i < STP_SETTINGS; i++)
		if (block->settings[i].node != NULL)
			return true;
	return block->patterns != 0;
}

static void check_never(struct stp_draft *draft, const struct stp_plan_draft *plan)
{
	struct stp_context *context = draft->resolver->context;

	for (const struct stp_zone *at = plan->plan.zone->parent; at != NULL; at = at->parent) {
		const struct stp_zone_block *block = draft->resolver->zone_work[at->index].block;
		struct stp_diagnostic *diagnostic;

		if (block == NULL || !block->never || plan->own->never || !says_settings(plan->own))
			continue;
		diagnostic = stp_report(context, STP_D_beyond_parent,
					stp_name_in(plan->own->node, plan->plan.zone),
					"`%s` lies in `%s`, which is never treated",
					plan->plan.zone->name, at->name);
		stp_label(context, diagnostic, block->never_origin->span, "never, it says here");
		stp_help(context, diagnostic, "take one of the two away");
	}
}

/* What another protocol never treats, one that extends it does not treat either. */
static void check_inherited_never(struct stp_draft *draft, const struct stp_plan_draft *plan)
{
	struct stp_context *context = draft->resolver->context;

	for (const struct stp_zone *at = plan->plan.zone; at != NULL; at = at->parent) {
		const struct stp_zone_block *block = draft->resolver->zone_work[at->index].block;

		if (block != NULL && block->never)
			return; /* this protocol says so itself */
	}
	if (says_settings(plan->own))
		stp_help(context,
			 stp_report(context, STP_D_wider_than_parent,
				    stp_name_in(plan->own->node, plan->plan.zone),
				    "`%s` is never treated by what this protocol extends",
				    plan->plan.zone->name),
			 "take it away; what is forbidden stays forbidden");
}

/* What is never treated by anybody: the declaration of the zone, or of one around it, says so. */
static bool is_declared_never(struct stp_draft *draft, const struct stp_plan_draft *plan)
{
	struct stp_context *context = draft->resolver->context;
	const struct stp_provenance *never = stp_zone_never(plan->plan.zone);
	struct stp_diagnostic *diagnostic;

	if (never == NULL || plan->own->never)
		return never != NULL;
	diagnostic = stp_report(context, STP_D_never_treated,
				stp_name_in(plan->own->node, plan->plan.zone),
				"`%s` is never treated, by any protocol", plan->plan.zone->name);
	stp_label(context, diagnostic, never->span, "never, it says here");
	stp_help(context, diagnostic, "take it away, or say `never` here too");
	return true;
}

void stp_check_nesting(struct stp_draft *draft, struct stp_plan_draft *plan)
{
	if (plan->own != NULL && !is_declared_never(draft, plan)) {
		check_never(draft, plan);
		if (plan->plan.never)
			check_inherited_never(draft, plan);
	}
	if (plan->plan.never)
		return;
	check_bounds(draft, plan);
	if (plan->own != NULL && plan->own->patterns != 0)
		check_patterns(draft, plan);
}

/* ---- a `when` that changes nothing ---- */

static bool tightens(const struct stp_said_setting *said, const struct stp_setting *base)
{
	return (said->has[STP_RANGE_HIGH] &&
		said->value[STP_RANGE_HIGH] < base->range_high.value) ||
	       (said->has[STP_LIMIT_HIGH] &&
		said->value[STP_LIMIT_HIGH] < base->limit_high.value) ||
	       (said->has[STP_RANGE_LOW] && said->value[STP_RANGE_LOW] > base->range_low.value) ||
	       (said->has[STP_LIMIT_LOW] && said->value[STP_LIMIT_LOW] > base->limit_low.value) ||
	       (said->has[STP_START] && said->value[STP_START] < base->start.value) ||
	       (said->has[STP_STEP] &&
		(base->step.by == NULL || said->value[STP_STEP] < base->step.value));
}

static bool says_bound(const struct stp_said_setting *said)
{
	for (int side = 0; side < STP_BOUND_SIDES; side++)
		if (said->has[side])
			return true;
	return false;
}

void stp_warn_pointless(struct stp_draft *draft, struct stp_span span)
{
	struct stp_diagnostic *diagnostic =
		stp_warn(&draft->resolver->allowances, STP_D_pointless, span,
			 "this changes nothing: the protocol is as strict for every client");

	if (diagnostic != NULL)
		stp_help(draft->resolver->context, diagnostic,
			 "a `when` can only tighten; to loosen, widen what holds for every client "
			 "and tighten it for the others");
}

static bool says_recipe(const struct stp_zone_block *block)
{
	for (int i = 0; i < STP_PATTERNS; i++)
		if (block->pattern_counts[i] != 0)
			return true;
	return false;
}

void stp_check_pointless(struct stp_draft *draft, const struct stp_zone_block *block,
			 struct stp_plan_draft *const *plans, size_t count)
{
	bool useful;

	for (int setting = 0; setting < STP_SETTINGS; setting++) {
		const struct stp_said_setting *said = &block->settings[setting];

		useful = count == 0 || !says_bound(said);
		for (size_t i = 0; i < count && !useful; i++)
			useful = tightens(said, &plans[i]->plan.settings[setting]);
		if (!useful)
			stp_warn_pointless(draft, said->node != NULL ? said->node->span
								     : said->step_node->span);
	}
	useful = count == 0 || block->patterns == 0 || says_recipe(block);
	for (size_t i = 0; i < count && !useful; i++)
		useful = plans[i]->plan.patterns == 0 ||
			 (plans[i]->plan.patterns & ~(unsigned)block->patterns) != 0;
	if (!useful)
		stp_warn_pointless(draft, block->pattern_origin->span);
	useful = count == 0 || block->endpoints == 0;
	for (size_t i = 0; i < count && !useful; i++)
		useful = (block->endpoints & ~(unsigned)plans[i]->plan.endpoints) != 0;
	if (!useful)
		stp_warn_pointless(draft, block->endpoint_origin->span);
}
