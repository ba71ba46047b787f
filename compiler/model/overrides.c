/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Overrides: one bound of one origin may go further in one zone, with a reason and a source. The
 * bound that it names is replaced where the plans are made; all else that is said still meets, and
 * what extends the protocol inherits it. Language reference, "Overrides".
 *
 * It raises the hard limit. The recommended range rises with it only where the protocol that
 * overrides says a range of its own; else nobody would have recommended it.
 */
#include "model/policies.h"
#include "model/resolver.h"

static void report_bad(struct stp_draft *draft, const struct stp_node *at, const char *message,
		       struct stp_span label, const char *help)
{
	struct stp_context *context = draft->resolver->context;
	struct stp_diagnostic *diagnostic =
		stp_report(context, STP_D_bad_override, at->span, "%s", message);

	if (label.source != 0)
		stp_label(context, diagnostic, label, "said here");
	stp_help(context, diagnostic, "%s", help);
}

/* ---- reading ---- */

static const struct stp_provenance *explanation_of(struct stp_draft *draft,
						   const struct stp_node *node)
{
	struct stp_context *context = draft->resolver->context;
	struct stp_provenance *origin = stp_alloc(context, sizeof *origin);

	*origin = stp_provenance_of(draft->resolver, node, NULL);
	if (origin->because != NULL && stp_child(node, STP_N_CITES) != NULL) {
		stp_note_unverified(draft->resolver, origin);
		return origin;
	}
	stp_help(context,
		 stp_report(context, STP_D_override_unexplained, node->span,
			    origin->because == NULL ? "an override that does not say why"
						    : "an override that names no source"),
		 "end it with because \"…\" and cites …");
	return NULL;
}

static const struct stp_layer *layer_below(const struct stp_draft *draft, const char *name)
{
	const struct stp_layer *at = draft->layer->below;

	while (at != NULL && at->name != name)
		at = at->below;
	return at;
}

/* Whose bounds they are: a protocol that is extended, and nobody else's. */
static bool check_origin(struct stp_draft *draft, const struct stp_node *name)
{
	struct stp_resolver *resolver = draft->resolver;
	const struct stp_symbol *policy = stp_peek(resolver, name->text, STP_SPACE_POLICIES);
	const struct stp_symbol *other = stp_peek(resolver, name->text, STP_SPACE_VOCABULARY);
	const struct stp_symbol *protocol = stp_peek(resolver, name->text, STP_SPACE_PROTOCOLS);

	if (layer_below(draft, name->text) != NULL)
		return true;
	if (protocol != NULL)
		report_bad(draft, name,
			   stp_format(resolver->context, "`%s` is not extended by this protocol",
				      name->text),
			   protocol->named->span, "an override names a protocol that is extended");
	else if (policy != NULL)
		report_bad(draft, name, "a policy is not overridden", policy->named->span,
			   stp_format(resolver->context,
				      "the policy may yield: except %s because \"…\"",
				      draft->protocol->name));
	else if (other != NULL && other->node->kind == STP_N_DEVICE)
		report_bad(draft, name, "the range of a device is not overridden",
			   other->named->span, "name another device in the protocol");
	else
		stp_find(resolver, name, STP_SPACE_PROTOCOLS, STP_KIND(STP_N_PROTOCOL),
			 "`of` takes a protocol that is extended");
	return false;
}

static const enum stp_dimension dimensions[STP_SETTINGS] = { STP_LENGTH, STP_COUNT, STP_SPEED };

static enum stp_setting_id setting_of(const struct stp_node *node)
{
	if (stp_child(node, STP_N_PASSES) != NULL)
		return STP_PASSES;
	return stp_child(node, STP_N_RATE) != NULL ? STP_RATE : STP_DEPTH;
}

static void read_override(struct stp_draft *draft, const struct stp_node *node)
{
	struct stp_override override = { .node = node, .by = draft->protocol->name };
	const struct stp_node *origin = stp_next_of(node->first, STP_N_NAME);
	const struct stp_node *quantity = stp_child(node, STP_N_QUANTITY);

	override.setting = setting_of(node);
	override.zone = stp_find_zone(draft->resolver, node->first);
	override.origin = explanation_of(draft, node);
	if (origin != NULL && !check_origin(draft, origin))
		return;
	override.of = origin == NULL ? NULL : origin->text;
	if (override.zone == NULL || override.origin == NULL ||
	    !stp_quantity(draft->resolver, quantity, dimensions[override.setting], STP_SETTING_MOST,
			  &override.value) ||
	    !stp_check_settable(draft, override.setting, quantity, override.value))
		return;
	*STP_PUSH(draft->resolver->context, &draft->layer->overrides) = override;
}

/* ---- applying ---- */

/* Whether the protocol of the layer says an upper end of the range in that zone itself. */
static bool says_range(const struct stp_layer *layer, const struct stp_zone *zone,
		       enum stp_setting_id setting)
{
	for (size_t i = 0; i < layer->claims.count; i++) {
		const struct stp_zone_claim *at = &layer->claims.items[i];

		if (at->block->settings[setting].has[STP_RANGE_HIGH] &&
		    (at->zone == NULL || stp_zone_within(zone, at->zone)))
			return true;
	}
	return false;
}

static bool is_meant(const struct stp_override *override, const struct stp_contribution *by,
		     bool range_too)
{
	if (by->setting != override->setting || by->when != NULL ||
	    (by->side != STP_LIMIT_HIGH && (by->side != STP_RANGE_HIGH || !range_too)))
		return false;
	if (override->of == NULL)
		return by->from == STP_FROM_CEILING && by->from_name == override->zone->name;
	return by->from == STP_FROM_PARENT && by->from_name == override->of;
}

/* How many bounds in the plan were raised. */
static size_t raise_bounds(struct stp_draft *draft, struct stp_plan_draft *plan,
			   const struct stp_override *override, const struct stp_layer *layer)
{
	struct stp_grid grid = stp_grid_of(draft->protocol->device, override->setting);
	bool range_too = says_range(layer, plan->plan.zone, override->setting);
	size_t raised = 0;

	for (size_t i = 0; i < plan->bounds.count; i++) {
		struct stp_contribution *by = &plan->bounds.items[i], *instead;

		if (!is_meant(override, by, range_too) || by->said_value >= override->value)
			continue;
		instead = stp_alloc(draft->resolver->context, sizeof *instead);
		*instead = *by;
		by->said_value = override->value;
		by->value = stp_grid_down(grid, override->value);
		by->from = STP_FROM_OVERRIDE;
		by->from_name = override->by;
		by->origin = override->origin;
		by->instead = instead;
		raised++;
	}
	return raised;
}

static void report_useless(struct stp_draft *draft, const struct stp_override *override, bool never,
			   bool treated)
{
	const struct stp_node *zone = override->node->first;

	if (never)
		report_bad(draft, zone, "`never` is not overridden", (struct stp_span){ 0, 0, 0 },
			   "a zone that must not be needled stays so");
	else if (!treated)
		report_bad(draft, zone,
			   stp_format(draft->resolver->context, "this protocol does not treat `%s`",
				      zone->text),
			   (struct stp_span){ 0, 0, 0 }, "name a zone that it treats");
	else
		report_bad(draft, stp_child(override->node, STP_N_QUANTITY),
			   stp_format(draft->resolver->context,
				      override->of == NULL ? "no ceiling of `%s` itself is lower"
							   : "no such bound in `%s` is lower",
				      zone->text),
			   (struct stp_span){ 0, 0, 0 },
			   "an override lets a bound go further; name the zone or the protocol "
			   "that sets it");
}

static void apply_override(struct stp_draft *draft, const struct stp_override *override,
			   const struct stp_layer *layer)
{
	bool treated = false, never = false;
	size_t raised = 0;

	for (size_t i = 0; i < draft->plans.count; i++) {
		struct stp_plan_draft *plan = draft->plans.items[i];

		if (!stp_zone_within(plan->plan.zone, override->zone))
			continue;
		never = never || (plan->plan.never && plan->plan.zone == override->zone);
		treated = true;
		raised += raise_bounds(draft, plan, override, layer);
	}
	if (layer == draft->layer && (raised == 0 || never))
		report_useless(draft, override, never, treated);
}

static void apply_layer(struct stp_draft *draft, const struct stp_layer *layer)
{
	for (size_t i = 0; i < layer->overrides.count; i++)
		apply_override(draft, &layer->overrides.items[i], layer);
}

void stp_apply_overrides(struct stp_draft *draft)
{
	for (const struct stp_node *node = draft->block->first; node != NULL; node = node->next)
		if (node->kind == STP_N_OVERRIDE_CEILING || node->kind == STP_N_OVERRIDE_BOUND)
			read_override(draft, node);
	for (const struct stp_layer *layer = draft->layer; layer != NULL; layer = layer->below)
		apply_layer(draft, layer);
}
