/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whom the device refuses, from the model: the statements that the screening, the course and the
 * choice of a zone stop at. Each is kept with the part of the client's answers that it is about, so
 * that a sheet can say it in the client's words. Language reference, "Screening".
 */
#include "model/refusals.h"

#include "model/boxes.h"
#include "model/policies.h"

#define YES 2u

struct finder {
	struct stp_context *context;
	const struct stp_protocol *protocol;
	const struct stp_client *client;
	struct stp_refusal *items;
	size_t count, room;
};

static struct stp_refusal *add(struct finder *finder, const char *reason,
			       const struct stp_provenance *origin)
{
	struct stp_refusal *refusal;

	finder->items = stp_grow(finder->context, finder->items, finder->count, &finder->room,
				 sizeof *finder->items);
	refusal = &finder->items[finder->count++];
	*refusal = (struct stp_refusal){
		.reason = reason, .whom = stp_everyone(), .origin = origin, .span = origin->span
	};
	return refusal;
}

static void narrow_to(struct finder *finder, struct stp_refusal *refusal,
		      const struct stp_factor *factor, uint16_t values)
{
	struct stp_condition_term *term = stp_alloc(finder->context, sizeof *term);

	*term = (struct stp_condition_term){ factor, values };
	refusal->whom.terms = term;
	refusal->whom.term_count = 1;
}

/* ---- the course ---- */

static void add_late(struct finder *finder, uint16_t limit, const struct stp_provenance *origin)
{
	struct stp_refusal *refusal;

	if (limit == 0 || finder->client->session_low <= limit)
		return;
	refusal = add(finder, stp_format(finder->context, "at most %u sessions", (unsigned)limit),
		      origin);
	stp_narrow_session(&refusal->whom, limit + 1u, STP_ANY_HIGH);
}

static void find_late(struct finder *finder)
{
	const struct stp_protocol *protocol = finder->protocol;
	const struct stp_course *course = &protocol->course;

	add_late(finder, course->sessions_limit,
		 course->limit_by != NULL ? &course->limit_by->origin : &course->origin);
	for (size_t i = 0; i < protocol->course_rule_count; i++) {
		const struct stp_course_rule *rule = &protocol->course_rules[i];

		if (stp_must_hold(rule->when, finder->client))
			add_late(finder, rule->sessions_limit, rule->origin);
	}
}

/* ---- screening ---- */

/* Whether the rule certainly speaks of the client, and not only of a spot of skin. */
static bool concerns(const struct stp_screen_rule *rule, const struct stp_client *client)
{
	const struct stp_factor *question = rule->question;

	if (rule->scope == STP_SPOT || rule->anaesthetic_only ||
	    (rule->when != NULL && !stp_must_hold(rule->when, client)))
		return false;
	if (question == NULL)
		return client->age_high < rule->age_below ||
		       (rule->age_over > 0 && client->age_low > rule->age_over);
	return client->session_low >= question->from_session &&
	       client->values[question->index] == YES;
}

static void add_exclusion(struct finder *finder, const struct stp_screen_rule *rule)
{
	struct stp_refusal *refusal = add(finder, NULL, &rule->origin);

	if (rule->term != NULL) {
		refusal->reason = rule->term->name;
		refusal->span = rule->term_span;
		narrow_to(finder, refusal, rule->question, YES);
	} else if (rule->age_below > 0) {
		refusal->reason = stp_format(finder->context, "age below %u", rule->age_below);
		stp_narrow_age(&refusal->whom, 0, rule->age_below - 1u);
	} else {
		refusal->reason = stp_format(finder->context, "age over %u", rule->age_over);
		stp_narrow_age(&refusal->whom, rule->age_over + 1u, STP_ANY_HIGH);
	}
}

static void find_excluded(struct finder *finder)
{
	const struct stp_protocol *protocol = finder->protocol;

	for (size_t i = 0; i < protocol->screen_count; i++)
		if (protocol->screens[i].level == STP_EXCLUDE &&
		    concerns(&protocol->screens[i], finder->client))
			add_exclusion(finder, &protocol->screens[i]);
}

static void find_operator(struct finder *finder)
{
	const struct stp_protocol *protocol = finder->protocol;
	const struct stp_factor *operators = protocol->operator_factor;
	uint16_t values;

	if (operators == NULL || protocol->operator_values == 0)
		return;
	values = finder->client->values[operators->index];
	if ((values & protocol->operator_values) == 0)
		narrow_to(finder,
			  add(finder, "this operator may not treat", &protocol->operator_origin),
			  operators, values);
}

/* ---- zones ---- */

/* What makes the zone never for the client; NULL: it may be treated. */
static const struct stp_never *never_of(const struct stp_zone_plan *plan,
					const struct stp_client *client)
{
	for (size_t i = 0; i < plan->never_when_count; i++)
		if (stp_must_hold(plan->never_when[i].when, client))
			return &plan->never_when[i];
	return NULL;
}

/* A client for whom each zone that the protocol treats is never; the first statement is told. */
static void find_no_zone(struct finder *finder)
{
	const struct stp_never *first = NULL;
	struct stp_refusal *refusal;

	for (size_t i = 0; i < finder->protocol->zone_count; i++) {
		const struct stp_zone_plan *plan = &finder->protocol->zones[i];
		const struct stp_never *never;

		if (plan->never)
			continue;
		never = never_of(plan, finder->client);
		if (never == NULL)
			return;
		first = first != NULL ? first : never;
	}
	if (first == NULL)
		return;
	refusal = add(finder, "no zone is left", first->origin);
	refusal->whom = *first->when;
	refusal->by_zones = true;
}

/* ---- the whole ---- */

size_t stp_refusals(struct stp_context *context, const struct stp_protocol *protocol,
		    const struct stp_client *client, struct stp_refusal **refusals)
{
	struct finder finder = { .context = context, .protocol = protocol, .client = client };

	find_late(&finder);
	find_excluded(&finder);
	find_operator(&finder);
	find_no_zone(&finder);
	*refusals = finder.items;
	return finder.count;
}

size_t stp_waits(struct stp_context *context, const struct stp_protocol *protocol,
		 const struct stp_client *client, const struct stp_screen_rule ***waits)
{
	size_t count = 0;

	*waits = stp_alloc_array(context, protocol->screen_count + 1, sizeof **waits);
	for (size_t i = 0; i < protocol->screen_count; i++)
		if (protocol->screens[i].level == STP_WAIT &&
		    concerns(&protocol->screens[i], client))
			(*waits)[count++] = &protocol->screens[i];
	return count;
}
