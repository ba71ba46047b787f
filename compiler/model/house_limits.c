/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Policies in force: which of them hold for a protocol, and what their limits do to it. A limit is
 * met with all else that is said, rounded inward to what the device can be set to. Language
 * reference, "Policies".
 *
 * A `where depth over …` asks how deep a zone may be needled once every limit is met that does not
 * itself depend on a depth. So there are two rounds, and in each of them order does not matter.
 */
#include "model/policies.h"
#include "model/resolver.h"

/* ---- whom a scope speaks of ---- */

const struct stp_house_exception *stp_house_exception(const struct stp_house_scope *scope,
						      const struct stp_protocol *protocol)
{
	for (; scope != NULL; scope = scope->outer)
		for (size_t i = 0; i < scope->exception_count; i++)
			if (scope->exceptions[i].protocol == protocol)
				return &scope->exceptions[i];
	return NULL;
}

bool stp_house_speaks_of_zone(const struct stp_house_scope *scope, const struct stp_zone_plan *plan)
{
	if (plan->never)
		return false;
	for (; scope != NULL; scope = scope->outer)
		if ((scope->zone != NULL && !stp_zone_within(plan->zone, scope->zone)) ||
		    (scope->has_depth &&
		     plan->settings[STP_DEPTH].limit_high.value <= scope->depth_over_um))
			return false;
	return true;
}

/* What it treats, and with what. */
static bool speaks_of_treatment(const struct stp_house_scope *scope,
				const struct stp_protocol *protocol)
{
	for (; scope != NULL; scope = scope->outer)
		if ((scope->treats != NULL &&
		     (protocol->treats == NULL ||
		      !stp_term_within(protocol->treats, scope->treats))) ||
		    (scope->has_modality &&
		     (protocol->device == NULL || protocol->device->modality != scope->modality)))
			return false;
	return true;
}

static bool speaks_of_places(const struct stp_house_scope *scope)
{
	while (scope != NULL && scope->zone == NULL && !scope->has_depth)
		scope = scope->outer;
	return scope != NULL;
}

bool stp_house_speaks_of(const struct stp_house_scope *scope, const struct stp_protocol *protocol)
{
	if (!speaks_of_treatment(scope, protocol))
		return false;
	if (!speaks_of_places(scope))
		return true;
	for (size_t i = 0; i < protocol->zone_count; i++)
		if (stp_house_speaks_of_zone(scope, &protocol->zones[i]))
			return true;
	return false;
}

/* ---- bounded work ---- */

size_t stp_house_work(const struct stp_house_scope *scope)
{
	size_t work = 1;

	for (; scope != NULL; scope = scope->outer)
		work += scope->exception_count;
	return work;
}

static bool spend(struct stp_resolver *resolver, size_t work, struct stp_span span)
{
	if (resolver->house_work < STP_HOUSE_WORK_MOST) {
		resolver->house_work += work;
		return true;
	}
	stp_help(resolver->context,
		 stp_report(resolver->context, STP_D_too_large, span,
			    "these are more house rules over more protocols than can be held"),
		 "check fewer protocols at a time, or use fewer rules");
	return false;
}

/* ---- which policies are in force ---- */

/* Marks the tree's file and all that it imports, however deep. */
static void mark_imports(struct stp_resolver *resolver, const struct stp_tree *tree)
{
	const struct stp_tree **open = stp_alloc_array(
		resolver->context, stp_source_count(resolver->context) + 1, sizeof *open);
	size_t count = 0;

	resolver->imported =
		stp_alloc_array(resolver->context, stp_source_count(resolver->context) + 1,
				sizeof *resolver->imported);
	resolver->imported_by = tree->source->id;
	resolver->imported[tree->source->id] = true;
	open[count++] = tree;
	while (count > 0) {
		tree = open[--count];
		for (size_t i = 0; i < tree->import_count; i++) {
			uint32_t id = tree->imports[i]->source->id;

			if (resolver->imported[id])
				continue;
			resolver->imported[id] = true;
			open[count++] = tree->imports[i];
		}
	}
}

static const struct stp_tree *tree_of(const struct stp_resolver *resolver, uint32_t source)
{
	size_t i = 0;

	while (resolver->trees[i]->source->id != source)
		i++;
	return resolver->trees[i];
}

static bool is_in_force(struct stp_resolver *resolver, const struct stp_policy *policy,
			const struct stp_protocol *protocol)
{
	if (tree_of(resolver, policy->span.source)->binds_all)
		return true;
	if (resolver->imported_by != protocol->span.source)
		mark_imports(resolver, tree_of(resolver, protocol->span.source));
	return resolver->imported[policy->span.source];
}

static void find_policies(struct stp_draft *draft)
{
	struct stp_resolver *resolver = draft->resolver;
	STP_LIST(struct stp_policy_use) uses = { NULL, 0, 0 };

	for (size_t i = 0; i < resolver->policies.count; i++) {
		const struct stp_policy *policy = resolver->policies.items[i];
		const struct stp_house_exception *exception;

		if (!spend(resolver, stp_house_work(policy->scope), policy->span))
			break;
		if (!is_in_force(resolver, policy, draft->protocol))
			continue;
		exception = stp_house_exception(policy->scope, draft->protocol);
		*STP_PUSH(resolver->context, &uses) =
			(struct stp_policy_use){ policy,
						 exception == NULL ? NULL : &exception->origin };
	}
	draft->protocol->policies = uses.items;
	draft->protocol->policy_count = uses.count;
}

/* ---- settings ---- */

static void add_bound(struct stp_draft *draft, struct stp_plan_draft *plan,
		      const struct stp_house_rule *rule, enum stp_bound_side side, uint32_t said)
{
	struct stp_grid grid = stp_grid_of(draft->protocol->device, rule->setting);
	uint32_t value =
		side == STP_LIMIT_HIGH ? stp_grid_down(grid, said) : stp_grid_up(grid, said);

	*STP_PUSH(draft->resolver->context, &plan->bounds) = (struct stp_contribution){
		.setting = rule->setting,
		.side = side,
		.value = value,
		.said_value = said,
		.from = STP_FROM_POLICY,
		.from_name = rule->policy->name,
		.when = rule->scope->when,
		.origin = &rule->origin,
	};
}

static void limit_setting(struct stp_draft *draft, const struct stp_house_rule *rule)
{
	for (size_t i = 0; i < draft->plans.count; i++) {
		struct stp_plan_draft *plan = draft->plans.items[i];

		if (!stp_house_speaks_of_zone(rule->scope, &plan->plan) ||
		    !spend(draft->resolver, 1, rule->policy->span))
			continue;
		if (rule->has_high)
			add_bound(draft, plan, rule, STP_LIMIT_HIGH, rule->high);
		if (rule->has_low)
			add_bound(draft, plan, rule, STP_LIMIT_LOW, rule->low);
	}
}

/* A limit for some clients has the device ask what it depends on. */
static void ask_for(struct stp_draft *draft, const struct stp_house_rule *rule)
{
	const struct stp_condition *when = rule->scope->when;

	for (size_t i = 0; when != NULL && i < when->term_count; i++)
		*STP_PUSH(draft->resolver->context, &draft->asked) = when->terms[i].factor;
}

static bool depends_on_depth(const struct stp_house_scope *scope)
{
	while (scope != NULL && !scope->has_depth)
		scope = scope->outer;
	return scope != NULL;
}

static bool speaks_of_some_plan(const struct stp_draft *draft, const struct stp_house_scope *scope)
{
	if (!speaks_of_places(scope))
		return true;
	for (size_t i = 0; i < draft->plans.count; i++)
		if (stp_house_speaks_of_zone(scope, &draft->plans.items[i]->plan))
			return true;
	return false;
}

static void apply_rule(struct stp_draft *draft, const struct stp_house_rule *rule, bool second)
{
	if (depends_on_depth(rule->scope) != second ||
	    (rule->kind != STP_HOUSE_SETTING && rule->kind != STP_HOUSE_COURSE) ||
	    !speaks_of_treatment(rule->scope, draft->protocol) ||
	    !speaks_of_some_plan(draft, rule->scope) ||
	    stp_house_exception(rule->scope, draft->protocol) != NULL)
		return;
	if (rule->kind == STP_HOUSE_SETTING &&
	    stp_grid_of(draft->protocol->device, rule->setting).high == 0)
		return; /* the device has no such setting */
	ask_for(draft, rule);
	if (rule->kind == STP_HOUSE_SETTING)
		limit_setting(draft, rule);
}

void stp_apply_house_limits(struct stp_draft *draft)
{
	find_policies(draft);
	if (draft->protocol->policy_count == 0 || draft->protocol->device == NULL)
		return;
	for (int second = 0; second < 2; second++) {
		for (size_t i = 0; second && i < draft->plans.count; i++)
			stp_meet_settings(draft->plans.items[i]);
		for (size_t i = 0; i < draft->protocol->policy_count; i++) {
			const struct stp_policy *policy = draft->protocol->policies[i].policy;

			for (size_t j = 0; j < policy->rule_count; j++)
				if (spend(draft->resolver, stp_house_work(policy->rules[j].scope),
					  policy->span))
					apply_rule(draft, &policy->rules[j], second);
		}
	}
}

/* ---- the course and the anaesthetic, once every protocol has what it extends ---- */

static void limit_course(struct stp_resolver *resolver, struct stp_protocol *protocol,
			 const struct stp_house_rule *rule)
{
	struct stp_course *course = &protocol->course;

	if (rule->scope->when != NULL) {
		stp_add_course_rule(
			resolver->context, protocol,
			(struct stp_course_rule){ .when = rule->scope->when,
						  .apart_low = rule->time,
						  .apart_high = rule->time,
						  .sessions_limit = (uint16_t)rule->sessions,
						  .house = rule,
						  .origin = &rule->origin });
		return;
	}
	if (stp_interval_seconds(rule->time) > stp_interval_seconds(course->apart_low)) {
		course->apart_low = rule->time;
		if (stp_interval_seconds(rule->time) > stp_interval_seconds(course->apart_high))
			course->apart_high = rule->time;
		course->apart_by = rule;
	}
	if (rule->sessions == 0 ||
	    (course->sessions_limit != 0 && course->sessions_limit <= rule->sessions))
		return;
	course->sessions_limit = (uint16_t)rule->sessions;
	if (course->sessions_high > rule->sessions)
		course->sessions_high = (uint16_t)rule->sessions;
	if (course->sessions_low > rule->sessions)
		course->sessions_low = (uint16_t)rule->sessions;
	course->limit_by = rule;
}

/* The least time is comfort, the longest is safety: the floor sinks to the ceiling. */
static void limit_numbing(struct stp_anaesthetic *anaesthetic, const struct stp_house_rule *rule)
{
	if (anaesthetic->medicine == NULL)
		return;
	if (rule->time.count != 0 &&
	    stp_interval_seconds(rule->time) < stp_interval_seconds(anaesthetic->longest)) {
		anaesthetic->longest = rule->time;
		if (stp_interval_seconds(anaesthetic->least) > stp_interval_seconds(rule->time))
			anaesthetic->least = rule->time;
		anaesthetic->time_by = rule;
	}
	if (rule->amount_mg != 0 &&
	    (anaesthetic->amount_limit_mg == 0 || anaesthetic->amount_limit_mg > rule->amount_mg)) {
		anaesthetic->amount_limit_mg = rule->amount_mg;
		anaesthetic->amount_by = rule;
	}
	if (rule->area_mm2 != 0 &&
	    (anaesthetic->area_limit_mm2 == 0 || anaesthetic->area_limit_mm2 > rule->area_mm2)) {
		anaesthetic->area_limit_mm2 = rule->area_mm2;
		anaesthetic->area_by = rule;
	}
}

static void limit_whole(struct stp_resolver *resolver, struct stp_protocol *protocol,
			const struct stp_house_rule *rule)
{
	if ((rule->kind != STP_HOUSE_COURSE && rule->kind != STP_HOUSE_NUMBING) ||
	    stp_house_exception(rule->scope, protocol) != NULL ||
	    !stp_house_speaks_of(rule->scope, protocol))
		return;
	if (rule->kind == STP_HOUSE_COURSE)
		limit_course(resolver, protocol, rule);
	else
		limit_numbing(&protocol->anaesthetic, rule);
}

void stp_apply_house_courses(struct stp_resolver *resolver, struct stp_symbol *symbol)
{
	struct stp_protocol *protocol = symbol->is.protocol;

	for (size_t i = 0; i < protocol->policy_count; i++) {
		const struct stp_policy *policy = protocol->policies[i].policy;

		for (size_t j = 0; j < policy->rule_count; j++)
			if (spend(resolver, stp_house_work(policy->rules[j].scope), policy->span))
				limit_whole(resolver, protocol, &policy->rules[j]);
	}
}
