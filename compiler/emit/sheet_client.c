/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A protocol for one client: a copy from which everything is gone that cannot hold for them, and
 * in which what holds for them in any case has no condition any more. What is not known of the
 * client stays open, and reads "If you ..." as on a sheet for everyone. Bounds that hold are met
 * with the others, as rule 2 of "How rules meet" has it, so that the card shows what the device
 * allows.
 */
#include "emit/sheet.h"

#include <string.h>

#include "model/boxes.h"

#define NO  1u
#define YES 2u

/* ---- conditions ---- */

static bool within(uint16_t low, uint16_t high, uint16_t of_low, uint16_t of_high)
{
	return of_low <= low && high <= of_high;
}

/* What is left to be asked of a condition that can hold; NULL when it holds in any case. */
static const struct stp_condition *rest_of(struct stp_context *context,
					   const struct stp_condition *when,
					   const struct stp_client *client)
{
	if (!when || stp_must_hold(when, client))
		return NULL;
	struct stp_condition *rest = stp_alloc(context, sizeof *rest);
	struct stp_condition_term *terms =
		stp_alloc_array(context, when->term_count + 1, sizeof *terms);

	*rest = *when;
	rest->terms = terms;
	rest->term_count = 0;
	for (size_t i = 0; i < when->term_count; i++)
		if (client->values[when->terms[i].factor->index] & ~when->terms[i].values)
			terms[rest->term_count++] = when->terms[i];
	if (within(client->session_low, client->session_high, when->session_low,
		   when->session_high)) {
		rest->session_low = 1;
		rest->session_high = STP_ANY_HIGH;
	} else {
		stp_narrow_session(rest, client->session_low, client->session_high);
	}
	if (within(client->age_low, client->age_high, when->age_low, when->age_high)) {
		rest->age_low = 0;
		rest->age_high = STP_ANY_HIGH;
	}
	return rest;
}

static bool can_hold(const struct stp_condition *when, const struct stp_client *client)
{
	return !when || stp_may_hold(when, client);
}

/* ---- rules ---- */

/* The possible answers about a condition as bits NO and YES; both when nothing asks about it. */
static unsigned answers(const struct stp_client *client, const struct stp_term *condition)
{
	unsigned found = NO | YES;

	for (size_t i = 0; i < client->model->factor_count; i++)
		if (client->model->factors[i]->condition == condition)
			found &= client->values[client->model->factors[i]->index];
	return found;
}

static void fit_care(struct stp_context *context, struct stp_protocol *protocol,
		     const struct stp_client *client)
{
	struct stp_care_rule *kept =
		stp_alloc_array(context, protocol->care_count + 1, sizeof *kept);
	size_t count = 0;

	for (size_t i = 0; i < protocol->care_count; i++) {
		struct stp_care_rule rule = protocol->care[i];
		unsigned history = rule.only_for ? answers(client, rule.only_for) : YES;

		if (!can_hold(rule.when, client) || !(history & YES))
			continue;
		rule.when = rest_of(context, rule.when, client);
		if (!(history & NO))
			rule.only_for = NULL;
		kept[count++] = rule;
	}
	protocol->care = kept;
	protocol->care_count = count;
}

/* Whether the client may be one of whom the rule speaks. */
static bool concerns(const struct stp_screen_rule *rule, const struct stp_client *client)
{
	if (!can_hold(rule->when, client))
		return false;
	if (rule->question)
		return (client->values[rule->question->index] & YES) != 0;
	if (rule->age_below > 0)
		return client->age_low < rule->age_below;
	return rule->age_over == 0 || client->age_high > rule->age_over;
}

static void fit_screens(struct stp_context *context, struct stp_protocol *protocol,
			const struct stp_client *client)
{
	struct stp_screen_rule *kept =
		stp_alloc_array(context, protocol->screen_count + 1, sizeof *kept);
	size_t count = 0;

	for (size_t i = 0; i < protocol->screen_count; i++) {
		if (!concerns(&protocol->screens[i], client))
			continue;
		kept[count] = protocol->screens[i];
		kept[count].when = rest_of(context, kept[count].when, client);
		count++;
	}
	protocol->screens = kept;
	protocol->screen_count = count;
}

static void fit_expectations(struct stp_context *context, struct stp_protocol *protocol,
			     const struct stp_client *client)
{
	struct stp_expectation *kept =
		stp_alloc_array(context, protocol->expect_count + 1, sizeof *kept);
	size_t count = 0;

	for (size_t i = 0; i < protocol->expect_count; i++) {
		if (!can_hold(protocol->expects[i].when, client))
			continue;
		kept[count] = protocol->expects[i];
		kept[count].when = rest_of(context, kept[count].when, client);
		count++;
	}
	protocol->expects = kept;
	protocol->expect_count = count;
}

/* ---- the course ---- */

/* The longer interval holds, with the advice of who says it, and the smaller number of sessions. */
static void meet_course(struct stp_course *course, const struct stp_course_rule *rule)
{
	if (stp_rule_parts_sessions(rule, course)) {
		course->apart_low = rule->apart_low;
		course->apart_high = rule->apart_high;
		course->apart_by = rule->house;
	}
	if (!stp_rule_limits_sessions(rule, course))
		return;
	course->sessions_limit = rule->sessions_limit;
	course->limit_by = rule->house;
	if (course->sessions_high > rule->sessions_limit)
		course->sessions_high = rule->sessions_limit;
	if (course->sessions_low > rule->sessions_limit)
		course->sessions_low = rule->sessions_limit;
}

static void fit_course(struct stp_context *context, struct stp_protocol *protocol,
		       const struct stp_client *client)
{
	struct stp_course_rule *kept =
		stp_alloc_array(context, protocol->course_rule_count + 1, sizeof *kept);
	size_t count = 0;

	for (size_t i = 0; i < protocol->course_rule_count; i++) {
		struct stp_course_rule rule = protocol->course_rules[i];

		if (!can_hold(rule.when, client))
			continue;
		rule.when = rest_of(context, rule.when, client);
		if (rule.when)
			kept[count++] = rule;
		else
			meet_course(&protocol->course, &rule);
	}
	protocol->course_rules = kept;
	protocol->course_rule_count = count;
}

static struct stp_client anyone(struct stp_context *context, const struct stp_model *model)
{
	struct stp_client client = { .model = model, .age_high = STP_ANY_HIGH };

	client.values = stp_alloc_array(context, model->factor_count + 1, sizeof *client.values);
	for (size_t i = 0; i < model->factor_count; i++)
		client.values[i] = (uint16_t)((1u << model->factors[i]->value_count) - 1);
	return client;
}

/* 7.3 judges an interval by the session that ends it; no interval ends with the first. */
const struct stp_protocol *stp_protocol_before(const struct stp_sheet *sheet, uint16_t low,
					       uint16_t high)
{
	struct stp_protocol *own = stp_alloc(sheet->context, sizeof *own);
	struct stp_client client = sheet->options->client ? *sheet->options->client
							  : anyone(sheet->context, sheet->model);

	*own = *sheet->protocol;
	own->course = sheet->for_everyone->course;
	own->course_rules = sheet->for_everyone->course_rules;
	own->course_rule_count = sheet->for_everyone->course_rule_count;
	client.session_low = low > 2 ? low : 2;
	client.session_high = high;
	fit_course(sheet->context, own, &client);
	return own;
}

/* ---- settings ---- */

static void lower(struct stp_bound *bound, const struct stp_contribution *by)
{
	if (by->value < bound->value)
		*bound = (struct stp_bound){ by->value, by };
}

static void raise_bound(struct stp_bound *bound, const struct stp_contribution *by)
{
	if (by->value > bound->value)
		*bound = (struct stp_bound){ by->value, by };
}

static void meet(struct stp_setting *setting, const struct stp_contribution *by)
{
	switch (by->side) {
	case STP_RANGE_LOW: raise_bound(&setting->range_low, by); break;
	case STP_RANGE_HIGH: lower(&setting->range_high, by); break;
	case STP_LIMIT_LOW: raise_bound(&setting->limit_low, by); break;
	case STP_LIMIT_HIGH: lower(&setting->limit_high, by); break;
	case STP_START: lower(&setting->start, by); break;
	case STP_STEP:
	case STP_BOUND_SIDES:
		if (!setting->step.by || by->value < setting->step.value)
			setting->step = (struct stp_bound){ by->value, by };
	}
}

/* The range inside the limit, and the start inside the range. */
static void settle(struct stp_setting *setting)
{
	if (setting->range_high.value > setting->limit_high.value)
		setting->range_high = setting->limit_high;
	if (setting->range_low.value < setting->limit_low.value)
		setting->range_low = setting->limit_low;
	if (setting->start.value > setting->range_high.value)
		setting->start = setting->range_high;
	if (setting->start.value < setting->range_low.value)
		setting->start = setting->range_low;
}

static void fit_bounds(struct stp_context *context, struct stp_zone_plan *plan,
		       const struct stp_client *client)
{
	struct stp_contribution *kept =
		stp_alloc_array(context, plan->contribution_count + 1, sizeof *kept);
	size_t count = 0;

	for (size_t i = 0; i < plan->contribution_count; i++) {
		struct stp_contribution *each = &kept[count];

		*each = plan->contributions[i];
		if (!can_hold(each->when, client))
			continue;
		bool conditional = each->when != NULL;
		each->when = rest_of(context, each->when, client);
		if (conditional && !each->when)
			meet(&plan->settings[each->setting], each);
		count++;
	}
	plan->contributions = kept;
	plan->contribution_count = count;
	for (int setting = 0; setting < STP_SETTINGS; setting++)
		settle(&plan->settings[setting]);
}

/* What a `when` of this client says of movements; its recipe takes the place of the zone's. */
static void take_patterns(struct stp_zone_plan *plan, const struct stp_set_contribution *by)
{
	bool is_recipe = false;

	plan->patterns &= by->members;
	for (int i = 0; i < STP_PATTERNS; i++)
		is_recipe = is_recipe || by->counts[i] > 0;
	if (is_recipe)
		memcpy(plan->pattern_counts, by->counts, sizeof plan->pattern_counts);
}

static void fit_sets(struct stp_context *context, struct stp_zone_plan *plan,
		     const struct stp_client *client)
{
	struct stp_set_contribution *kept =
		stp_alloc_array(context, plan->set_count + 1, sizeof *kept);
	size_t count = 0;

	for (size_t i = 0; i < plan->set_count; i++) {
		struct stp_set_contribution *each = &kept[count];

		*each = plan->sets[i];
		if (!can_hold(each->when, client))
			continue;
		bool conditional = each->when != NULL;
		each->when = rest_of(context, each->when, client);
		if (conditional && !each->when && each->set == STP_PATTERN_SET)
			take_patterns(plan, each);
		else if (conditional && !each->when)
			plan->endpoints |= each->members;
		count++;
	}
	plan->sets = kept;
	plan->set_count = count;
}

static void fit_never(struct stp_context *context, struct stp_zone_plan *plan,
		      const struct stp_client *client)
{
	struct stp_never *kept = stp_alloc_array(context, plan->never_when_count + 1, sizeof *kept);
	size_t count = 0;

	for (size_t i = 0; i < plan->never_when_count; i++) {
		struct stp_never never = plan->never_when[i];

		if (!can_hold(never.when, client))
			continue;
		never.when = rest_of(context, never.when, client);
		if (never.when)
			kept[count++] = never;
		else
			plan->never = true;
	}
	plan->never_when = kept;
	plan->never_when_count = count;
}

static void fit_zones(struct stp_context *context, struct stp_protocol *protocol,
		      const struct stp_client *client)
{
	struct stp_zone_plan *plans =
		stp_alloc_array(context, protocol->zone_count + 1, sizeof *plans);

	for (size_t i = 0; i < protocol->zone_count; i++) {
		plans[i] = protocol->zones[i];
		fit_bounds(context, &plans[i], client);
		fit_sets(context, &plans[i], client);
		fit_never(context, &plans[i], client);
	}
	protocol->zones = plans;
}

const struct stp_protocol *stp_protocol_for(struct stp_context *context,
					    const struct stp_protocol *protocol,
					    const struct stp_client *client)
{
	struct stp_protocol *own;

	if (!client)
		return protocol;
	own = stp_alloc(context, sizeof *own);
	*own = *protocol;
	fit_care(context, own, client);
	fit_screens(context, own, client);
	fit_expectations(context, own, client);
	fit_course(context, own, client);
	fit_zones(context, own, client);
	return own;
}

/* ---- what is given ---- */

const struct stp_condition *stp_given(const struct stp_sheet *sheet)
{
	const struct stp_client *client = sheet->options->client;
	struct stp_condition *given;
	struct stp_condition_term *terms;

	if (!client)
		return NULL;
	given = stp_alloc(sheet->context, sizeof *given);
	terms = stp_alloc_array(sheet->context, client->model->factor_count + 1, sizeof *terms);
	*given = (struct stp_condition){ .terms = terms,
					 .session_low = client->session_low,
					 .session_high = client->session_high,
					 .age_low = client->age_low,
					 .age_high = client->age_high,
					 .depth_high_um = STP_ANY_DEPTH };
	for (size_t i = 0; i < client->model->factor_count; i++) {
		const struct stp_factor *factor = client->model->factors[i];

		if (client->values[i] != (1u << factor->value_count) - 1)
			terms[given->term_count++] =
				(struct stp_condition_term){ factor, client->values[i] };
	}
	return given;
}
