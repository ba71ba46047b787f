/* SPDX-License-Identifier: Apache-2.0 */
/* What tests touch is kept as a set of addresses in the model, and reported in its order. */
#include "trial/coverage.h"

#include <string.h>

void stp_coverage_begin(struct stp_coverage *coverage, struct stp_context *context,
			const struct stp_model *model, const struct stp_bench *bench)
{
	*coverage = (struct stp_coverage){ .context = context, .model = model, .bench = bench };
}

static bool is_touched(const struct stp_coverage *coverage, const void *element)
{
	for (size_t i = 0; i < coverage->count; i++)
		if (coverage->touched[i] == element)
			return true;
	return false;
}

static void touch(struct stp_coverage *coverage, const void *element)
{
	if (element == NULL || is_touched(coverage, element))
		return;
	coverage->touched = stp_grow(coverage->context, coverage->touched, coverage->count,
				     &coverage->room, sizeof *coverage->touched);
	coverage->touched[coverage->count++] = element;
}

/* ---- touching ---- */

/* Whether one of the tightening rows that were in force says the element. */
static bool in_force(const struct stp_coverage *coverage, const void *element,
		     const struct stipple_limits *limits)
{
	for (uint32_t bit = 0; bit < STIPPLE_TIGHTENINGS_MOST; bit++)
		if ((limits->tightened[bit / 32] >> bit % 32 & 1) != 0 &&
		    stp_bench_is_row(coverage->bench, element, "tightenings",
				     limits->first_tightening + bit))
			return true;
	return false;
}

void stp_touch_limits(struct stp_coverage *coverage, const struct stp_zone_plan *plan,
		      const struct stipple_limits *limits)
{
	touch(coverage, plan);
	for (size_t i = 0; i < plan->contribution_count; i++)
		if (in_force(coverage, &plan->contributions[i], limits))
			touch(coverage, plan->contributions[i].when);
	for (size_t i = 0; i < plan->set_count; i++)
		if (in_force(coverage, &plan->sets[i], limits))
			touch(coverage, plan->sets[i].when);
	for (size_t i = 0; i < plan->never_when_count; i++)
		if (in_force(coverage, &plan->never_when[i], limits))
			touch(coverage, plan->never_when[i].when);
}

void stp_touch_screening(struct stp_coverage *coverage, const struct stp_protocol *protocol,
			 uint32_t row)
{
	for (size_t i = 0; i < protocol->screen_count; i++)
		if (stp_bench_is_row(coverage->bench, &protocol->screens[i], "screenings", row))
			touch(coverage, &protocol->screens[i]);
}

static bool tightens_zones(const struct stp_protocol *protocol, const struct stp_condition *when)
{
	for (size_t i = 0; i < protocol->zone_count; i++) {
		const struct stp_zone_plan *plan = &protocol->zones[i];

		for (size_t j = 0; j < plan->contribution_count; j++)
			if (plan->contributions[j].when == when)
				return true;
		for (size_t j = 0; j < plan->set_count; j++)
			if (plan->sets[j].when == when)
				return true;
		for (size_t j = 0; j < plan->never_when_count; j++)
			if (plan->never_when[j].when == when)
				return true;
	}
	return false;
}

void stp_touch_person(struct stp_coverage *coverage, const struct stp_protocol *protocol,
		      const struct stp_client *client)
{
	touch(coverage, protocol);
	for (size_t i = 0; i < protocol->when_count; i++)
		if (!tightens_zones(protocol, protocol->whens[i]) &&
		    stp_must_hold(protocol->whens[i], client))
			touch(coverage, protocol->whens[i]);
	for (size_t i = 0; i < protocol->screen_count; i++) {
		const struct stp_screen_rule *rule = &protocol->screens[i];

		if (rule->anaesthetic_only && client->values[rule->question->index] == 2 &&
		    stp_must_hold(rule->when, client))
			touch(coverage, rule);
	}
}

/*
 * Whether both places hold the same text at the same offset. A policy may have come by its path
 * here and by its name in the library there, so the names of the sources are not compared.
 */
static bool is_same_text(const struct stp_context *context, struct stp_span span,
			 const struct stp_context *other, struct stp_span there)
{
	const struct stp_source *source = stp_source_by_id(context, span.source);
	const struct stp_source *against = stp_source_by_id(other, there.source);

	return source != NULL && against != NULL && span.begin == there.begin &&
	       span.end == there.end &&
	       memcmp(source->text + span.begin, against->text + span.begin,
		      span.end - span.begin) == 0;
}

static void touch_rules_at(struct stp_coverage *coverage, const struct stp_policy *policy,
			   const struct stp_context *own, struct stp_span span)
{
	for (size_t i = 0; i < policy->rule_count; i++)
		if (is_same_text(coverage->context, policy->rules[i].origin.span, own, span))
			touch(coverage, &policy->rules[i]);
}

void stp_touch_house_rules(struct stp_coverage *coverage, const struct stp_context *own,
			   const struct stp_diagnostic *diagnostic)
{
	if (coverage->model == NULL)
		return;
	for (const struct stp_label *label = diagnostic->labels; label != NULL; label = label->next)
		for (size_t i = 0; i < coverage->model->policy_count; i++)
			touch_rules_at(coverage, coverage->model->policies[i], own, label->span);
}

/* ---- reporting ---- */

/* Of a kind of thing: how many there are, how many were touched, and lines for the others. */
struct tally {
	const struct stp_coverage *coverage;
	size_t all, covered;
	struct stp_string lines;
};

static void count(struct tally *tally, const void *element, struct stp_span span, const char *what)
{
	struct stp_context *context = tally->coverage->context;
	const struct stp_source *source = stp_source_by_id(context, span.source);

	tally->all++;
	if (is_touched(tally->coverage, element)) {
		tally->covered++;
		return;
	}
	stp_add(&tally->lines, "  not covered: ");
	if (source != NULL)
		stp_addf(&tally->lines, "%s:%lu: ", source->name,
			 (unsigned long)stp_position(context, span).line);
	stp_add(&tally->lines, what);
	if (source != NULL)
		stp_add_harmless(&tally->lines, source->text + span.begin, span.end - span.begin);
	stp_add(&tally->lines, "\n");
}

static struct tally tally_of(const struct stp_coverage *coverage)
{
	struct tally tally = { .coverage = coverage };

	stp_string_init(&tally.lines, coverage->context);
	stp_add(&tally.lines, "");
	return tally;
}

/* A test gives the depth of the last session, for the course; that of this one it cannot give. */
static bool can_be_given(const struct stp_protocol *protocol, const struct stp_condition *when)
{
	if (when->depth_low_um == 0 && when->depth_high_um == STP_ANY_DEPTH)
		return true;
	for (size_t i = 0; i < protocol->course_rule_count; i++)
		if (protocol->course_rules[i].when == when)
			return true;
	return false;
}

/* A limit that a policy sets in a zone of the protocol, by its first word on it; NULL: none. */
static const struct stp_contribution *house_limit(const struct stp_house_rule *rule,
						  const struct stp_zone_plan *plan)
{
	for (size_t i = 0; i < plan->contribution_count; i++)
		if (plan->contributions[i].from == STP_FROM_POLICY &&
		    plan->contributions[i].origin->span.source == rule->origin.span.source &&
		    plan->contributions[i].origin->span.begin == rule->origin.span.begin)
			return &plan->contributions[i];
	return NULL;
}

/* It is covered by a question about a zone where it holds, for a client for whom it holds. */
static void count_house_setting(struct tally *tally, const struct stp_protocol *protocol,
				const struct stp_house_rule *rule)
{
	const void *found = NULL;

	for (size_t i = 0; i < protocol->zone_count; i++) {
		const struct stp_contribution *by = house_limit(rule, &protocol->zones[i]);

		if (by == NULL)
			continue;
		if (found == NULL)
			found = by;
		if (is_touched(tally->coverage, &protocol->zones[i]) &&
		    (by->when == NULL || is_touched(tally->coverage, by->when)))
			found = &protocol->zones[i];
	}
	if (found != NULL)
		count(tally, found, rule->origin.span, "");
}

/* A limit of the course or of the anaesthetic is covered by any client: it is in force for all. */
static void count_house_limit(struct tally *tally, const struct stp_protocol *protocol,
			      const struct stp_house_rule *rule)
{
	if (rule->kind == STP_HOUSE_SETTING)
		count_house_setting(tally, protocol, rule);
	else if ((rule->kind == STP_HOUSE_COURSE || rule->kind == STP_HOUSE_NUMBING) &&
		 stp_house_speaks_of(rule->scope, protocol) &&
		 stp_house_exception(rule->scope, protocol) == NULL)
		count(tally, protocol, rule->origin.span, "");
}

static void count_limits(struct tally *tally, const struct stp_protocol *protocol)
{
	for (size_t i = 0; i < protocol->policy_count; i++) {
		const struct stp_policy *policy = protocol->policies[i].policy;

		for (size_t j = 0; protocol->policies[i].except == NULL && j < policy->rule_count;
		     j++)
			count_house_limit(tally, protocol, &policy->rules[j]);
	}
}

void stp_coverage_report_policy(const struct stp_coverage *coverage,
				const struct stp_policy *policy, struct stp_string *out)
{
	struct tally rules = tally_of(coverage);

	for (size_t i = 0; i < policy->rule_count; i++)
		if (policy->rules[i].kind >= STP_REQUIRE_SCREENING)
			count(&rules, &policy->rules[i], policy->rules[i].origin.span,
			      policy->rules[i].kind >= STP_FORBID_CARE ? "forbid " : "require ");
	if (rules.all == 0)
		return;
	stp_addf(out, "%s: the tests show %zu of %zu requirements and prohibitions at work\n",
		 policy->name, rules.covered, rules.all);
	stp_add(out, rules.lines.text);
}

static const char *rule_words(const struct stp_screen_rule *rule)
{
	static const char *const words[] = { [STP_EXCLUDE] = "exclude ",
					     [STP_WAIT] = "wait after ",
					     [STP_CLEAR] = "clear ",
					     [STP_CAUTION] = "caution " };

	return rule->anaesthetic_only ? "without anaesthetic for " : words[rule->level];
}

void stp_coverage_report(const struct stp_coverage *coverage, const struct stp_protocol *protocol,
			 struct stp_string *out)
{
	struct tally whens = tally_of(coverage), rules = tally_of(coverage);
	struct tally zones = tally_of(coverage), house = tally_of(coverage);

	for (size_t i = 0; i < protocol->when_count; i++)
		if (can_be_given(protocol, protocol->whens[i]))
			count(&whens, protocol->whens[i], protocol->whens[i]->span, "when ");
	for (size_t i = 0; i < protocol->screen_count; i++)
		count(&rules, &protocol->screens[i], protocol->screens[i].term_span,
		      rule_words(&protocol->screens[i]));
	for (size_t i = 0; i < protocol->zone_count; i++)
		count(&zones, &protocol->zones[i], (struct stp_span){ 0, 0, 0 },
		      stp_format(coverage->context, "zone %s", protocol->zones[i].zone->name));
	count_limits(&house, protocol);
	stp_addf(out,
		 "%s: the tests cover %zu of %zu `when`, %zu of %zu screening rules, %zu of %zu "
		 "zones",
		 protocol->name, whens.covered, whens.all, rules.covered, rules.all, zones.covered,
		 zones.all);
	if (house.all > 0)
		stp_addf(out, ", %zu of %zu limits of policies", house.covered, house.all);
	stp_add(out, "\n");
	stp_add(out, whens.lines.text);
	stp_add(out, rules.lines.text);
	stp_add(out, zones.lines.text);
	stp_add(out, house.lines.text);
}
