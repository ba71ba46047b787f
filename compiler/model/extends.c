/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Extending: what a protocol takes from the one that it extends. Rules are taken and never
 * removed, and what both say is met: the stricter holds. What is no rule (message, summary,
 * benefits, risks, expectations) is the child's where the child says it. Version, status and
 * approval are never inherited. Language reference, "How rules meet", 3 and 6.
 *
 * What both say of zones is met in zone_plans.c, layer upon layer.
 */
#include "model/resolver.h"

#include <string.h>

/* ---- before ---- */

static bool says_expectations(const struct stp_node *block)
{
	const struct stp_node *when = stp_child(block, STP_N_WHEN);

	if (stp_child(block, STP_N_EXPECT) != NULL)
		return true;
	while (when != NULL && stp_child(stp_block(when), STP_N_EXPECT) == NULL)
		when = stp_next_of(when, STP_N_WHEN);
	return when != NULL;
}

static void inherit_rules(struct stp_draft *draft, const struct stp_protocol *parent)
{
	struct stp_context *context = draft->resolver->context;

	for (size_t i = 0; i < parent->screen_count; i++)
		*STP_PUSH(context, &draft->screens) = parent->screens[i];
	for (size_t i = 0; i < parent->care_count; i++)
		*STP_PUSH(context, &draft->care) = parent->care[i];
	for (size_t i = 0; i < parent->help_count; i++)
		*STP_PUSH(context, &draft->helps) = parent->helps[i];
	for (size_t i = 0; i < parent->when_count; i++)
		*STP_PUSH(context, &draft->whens) = parent->whens[i];
	for (size_t i = 0; i < parent->asked_count; i++)
		*STP_PUSH(context, &draft->asked) = parent->asked[i];
	for (size_t i = 0; i < parent->expect_count && !says_expectations(draft->block); i++)
		*STP_PUSH(context, &draft->expects) = parent->expects[i];
}

void stp_inherit(struct stp_draft *draft, const struct stp_protocol *parent)
{
	struct stp_protocol *protocol = draft->protocol;

	protocol->extends = parent;
	protocol->title = parent->title;
	protocol->message = parent->message;
	protocol->summary = parent->summary;
	protocol->summary_span = parent->summary_span;
	protocol->treats = parent->treats;
	protocol->device = parent->device;
	protocol->benefits = parent->benefits;
	protocol->benefit_count = parent->benefit_count;
	protocol->risks = parent->risks;
	protocol->risk_count = parent->risk_count;
	protocol->unknowns = parent->unknowns;
	protocol->unknown_count = parent->unknown_count;
	protocol->course_rules = parent->course_rules;
	protocol->course_rule_count = parent->course_rule_count;
	inherit_rules(draft, parent);
}

/* ---- after ---- */

static bool is_longer(struct stp_duration one, struct stp_duration other)
{
	return stp_interval_seconds(one) > stp_interval_seconds(other);
}

/* The longer interval holds, with the advice of its statement; of two limits the smaller. */
static void meet_course(struct stp_course *course, const struct stp_course *parent)
{
	uint16_t limit = course->sessions_limit;

	if (parent->origin.span.source == 0)
		return;
	if (limit == 0 || (parent->sessions_limit != 0 && parent->sessions_limit < limit))
		limit = parent->sessions_limit;
	if (course->origin.span.source == 0 || is_longer(parent->apart_low, course->apart_low))
		*course = *parent;
	course->sessions_limit = limit;
}

static void meet_visit(struct stp_protocol *protocol, const struct stp_protocol *parent)
{
	if (protocol->visit_origin.span.source != 0 &&
	    !is_longer(parent->visit_low, protocol->visit_low))
		return;
	protocol->visit_low = parent->visit_low;
	protocol->visit_high = parent->visit_high;
	protocol->visit_origin = parent->visit_origin;
}

static void meet_operator(struct stp_draft *draft, const struct stp_protocol *parent)
{
	struct stp_protocol *protocol = draft->protocol;
	bool said = protocol->operator_factor != NULL;

	if (parent->operator_factor == NULL)
		return;
	protocol->operator_factor = parent->operator_factor;
	if (!said)
		protocol->operator_origin = parent->operator_origin;
	protocol->operator_values = said ? protocol->operator_values & parent->operator_values
					 : parent->operator_values;
	if (protocol->operator_values == 0)
		stp_help(
			draft->resolver->context,
			stp_report(draft->resolver->context, STP_D_wider_than_parent,
				   protocol->operator_origin.span,
				   "nobody may treat: `%s` and `%s` exclude each other's operators",
				   protocol->name, parent->name),
			"name one of those who may treat in the protocol that is extended");
}

static uint32_t lesser_limit(uint32_t one, uint32_t other)
{
	if (one == 0 || other == 0)
		return one + other;
	return one < other ? one : other;
}

/* The least time is comfort, the longest is safety: the floor sinks to the ceiling. */
static void meet_anaesthetic(struct stp_draft *draft, const struct stp_anaesthetic *parent)
{
	struct stp_anaesthetic *own = &draft->protocol->anaesthetic;

	if (parent->medicine == NULL)
		return;
	if (own->medicine == NULL) {
		*own = *parent;
		return;
	}
	if (own->medicine != parent->medicine || (own->occlusion_said && parent->occlusion_said &&
						  own->occlusion != parent->occlusion)) {
		struct stp_diagnostic *diagnostic = stp_report(
			draft->resolver->context, STP_D_wider_than_parent, own->origin.span,
			"this is another anaesthetic than in `%s`", draft->layer->below->name);

		stp_label(draft->resolver->context, diagnostic, parent->origin.span,
			  "it is used like this");
		stp_help(draft->resolver->context, diagnostic,
			 "use the same, or write a protocol of its own");
		return;
	}
	if (is_longer(own->longest, parent->longest))
		own->longest = parent->longest;
	if (is_longer(parent->least, own->least))
		own->least = parent->least;
	if (is_longer(own->least, own->longest))
		own->least = own->longest;
	if (own->dose_mg == 0 ||
	    (parent->dose_mg != 0 && (uint64_t)parent->dose_mg * own->dose_mm2 <
					     (uint64_t)own->dose_mg * parent->dose_mm2)) {
		own->dose_mg = parent->dose_mg;
		own->dose_mm2 = parent->dose_mm2;
	}
	own->strength_hundredths =
		lesser_limit(own->strength_hundredths, parent->strength_hundredths);
	own->amount_limit_mg = lesser_limit(own->amount_limit_mg, parent->amount_limit_mg);
	own->area_limit_mm2 = lesser_limit(own->area_limit_mm2, parent->area_limit_mm2);
}

static void check_modality(struct stp_draft *draft, const struct stp_protocol *parent)
{
	const struct stp_device *device = draft->protocol->device;
	const struct stp_node *node = stp_child(draft->block, STP_N_DEVICE);
	struct stp_diagnostic *diagnostic;

	if (device == NULL || parent->device == NULL || node == NULL)
		return;
	if (device->modality == parent->device->modality &&
	    (device->rate_high_rpm != 0) == (parent->device->rate_high_rpm != 0))
		return;
	diagnostic =
		stp_report(draft->resolver->context, STP_D_other_modality, node->span,
			   "`%s` is another kind of device than `%s`, for which `%s` is written",
			   device->name, parent->device->name, parent->name);
	stp_label(draft->resolver->context, diagnostic, parent->device->span, "a %s",
		  stp_modality_names[parent->device->modality]);
	stp_help(draft->resolver->context, diagnostic,
		 "numbers for one kind mean nothing for another: write a protocol of its own");
}

void stp_meet_parent(struct stp_draft *draft, const struct stp_protocol *parent)
{
	check_modality(draft, parent);
	meet_course(&draft->protocol->course, &parent->course);
	meet_visit(draft->protocol, parent);
	meet_operator(draft, parent);
	meet_anaesthetic(draft, &parent->anaesthetic);
}
