/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The course of sessions, the visit, who treats, and the anaesthetic with what its maker says of
 * it. Language reference, "The course" and "The anaesthetic".
 */
#include "model/resolver.h"

#include <string.h>

static void report_twice(struct stp_resolver *resolver, const struct stp_node *node)
{
	stp_help(resolver->context,
		 stp_report(resolver->context, STP_D_repeated_statement, node->span,
			    "this is said twice"),
		 "keep the one that is meant");
}

/* ---- the course ---- */

static void read_course_item(struct stp_draft *draft, const struct stp_node *item,
			     struct stp_course *course)
{
	struct stp_resolver *resolver = draft->resolver;
	struct stp_ends ends = { 0, 0 };
	struct stp_times times;
	uint32_t limit;

	switch (item->kind) {
	case STP_N_SESSIONS:
		if (course->sessions_high != 0)
			report_twice(resolver, item);
		else if (stp_span_of(resolver, item->first, STP_COUNT, STP_SETTING_MOST, &ends)) {
			stp_check_some(resolver, item->first->first, ends.low,
				       "a course has at least one session");
			course->sessions_low = (uint16_t)ends.low;
			course->sessions_high = (uint16_t)ends.high;
		}
		break;
	case STP_N_APART:
		if (course->apart_high.count != 0)
			report_twice(resolver, item);
		else if (stp_times_of(resolver, item->first, false, &times) &&
			 stp_check_some(resolver, item->first->first, times.low.count,
					"say how long skin needs between two sessions")) {
			course->apart_low = times.low;
			course->apart_high = times.high;
		}
		break;
	case STP_N_THEN_EVERY:
		if (course->then_every.count != 0)
			report_twice(resolver, item);
		else if (stp_duration(resolver, item->first, &course->then_every))
			stp_check_some(resolver, item->first, course->then_every.count,
				       "say how far apart later sessions are");
		break;
	case STP_N_SESSIONS_LIMIT:
		if (course->sessions_limit != 0)
			report_twice(resolver, item);
		else if (stp_count(resolver, item->first, STP_SETTING_MOST, &limit)) {
			stp_check_some(resolver, item->first, limit,
				       "a course has at least one session");
			course->sessions_limit = (uint16_t)limit;
		}
		break;
	default: break;
	}
}

void stp_resolve_course(struct stp_draft *draft, const struct stp_node *node)
{
	struct stp_course *course = &draft->protocol->course;
	struct stp_context *context = draft->resolver->context;

	course->origin = stp_provenance_of_numbers(draft->resolver, node, &draft->scene);
	for (const struct stp_node *item = node->first; item != NULL; item = item->next)
		read_course_item(draft, item, course);
	if (course->sessions_high > 1 && stp_child(node, STP_N_APART) == NULL)
		stp_help(context,
			 stp_report(context, STP_D_no_interval, node->span,
				    "several sessions, and no time between them"),
			 "add how far apart they are: `4 to 6 weeks apart`");
	if (course->sessions_limit != 0 && course->sessions_limit < course->sessions_high)
		stp_help(context,
			 stp_report(context, STP_D_range_beyond_limit,
				    stp_child(node, STP_N_SESSIONS_LIMIT)->span,
				    "the course is longer than its own limit"),
			 "raise the limit or shorten the course");
}

void stp_add_course_rule(struct stp_context *context, struct stp_protocol *protocol,
			 struct stp_course_rule rule)
{
	size_t count = protocol->course_rule_count;
	struct stp_course_rule *rules = stp_alloc_array(context, count + 1, sizeof *rules);

	for (size_t i = 0; i < count; i++)
		rules[i] = protocol->course_rules[i];
	rules[count] = rule;
	protocol->course_rules = rules;
	protocol->course_rule_count = count + 1;
}

bool stp_rule_parts_sessions(const struct stp_course_rule *rule, const struct stp_course *course)
{
	return stp_interval_seconds(rule->apart_low) > stp_interval_seconds(course->apart_low);
}

bool stp_rule_limits_sessions(const struct stp_course_rule *rule, const struct stp_course *course)
{
	return rule->sessions_limit != 0 &&
	       (course->sessions_limit == 0 || rule->sessions_limit < course->sessions_limit);
}

/* An interval ends with the session that begins: none ends with the first. */
static bool check_interval(struct stp_draft *draft, const struct stp_node *node,
			   const struct stp_condition *when)
{
	const struct stp_node *apart = stp_child(node, STP_N_APART);

	if (apart == NULL || when == NULL || when->session_high > 1)
		return true;
	stp_help(draft->resolver->context,
		 stp_report(draft->resolver->context, STP_D_never_holds, apart->span,
			    "no session comes before session 1, so nothing is apart from it"),
		 "name the session that begins: `session 2` for the time between the first two");
	return false;
}

/* How many sessions are advised is said once; for some clients they may be rarer or fewer. */
void stp_resolve_course_when(struct stp_draft *draft, const struct stp_node *node,
			     const struct stp_scene *scene)
{
	struct stp_resolver *resolver = draft->resolver;
	struct stp_provenance *origin = stp_alloc(resolver->context, sizeof *origin);
	struct stp_course said;

	memset(&said, 0, sizeof said);
	*origin = stp_provenance_of_numbers(resolver, node, scene);
	for (const struct stp_node *item = node->first; item != NULL; item = item->next) {
		if (item->kind == STP_N_SESSIONS || item->kind == STP_N_THEN_EVERY)
			stp_help(resolver->context,
				 stp_report(resolver->context, STP_D_misplaced_part, item->span,
					    "this part of the course holds for every client"),
				 "in a `when` the course says how far apart, and `limit … "
				 "sessions`");
		else
			read_course_item(draft, item, &said);
	}
	if (!check_interval(draft, node, scene->when) ||
	    (said.apart_low.count == 0 && said.sessions_limit == 0))
		return;
	stp_add_course_rule(resolver->context, draft->protocol,
			    (struct stp_course_rule){ .when = scene->when,
						      .apart_low = said.apart_low,
						      .apart_high = said.apart_high,
						      .sessions_limit = said.sessions_limit,
						      .origin = origin });
}

void stp_check_course_rules(struct stp_draft *draft, size_t inherited)
{
	const struct stp_protocol *protocol = draft->protocol;

	for (size_t i = inherited; i < protocol->course_rule_count; i++) {
		const struct stp_course_rule *rule = &protocol->course_rules[i];

		if (!stp_rule_parts_sessions(rule, &protocol->course) &&
		    !stp_rule_limits_sessions(rule, &protocol->course))
			stp_warn_pointless(draft, rule->origin->span);
	}
}

void stp_resolve_visit(struct stp_draft *draft, const struct stp_node *node)
{
	struct stp_times times;

	draft->protocol->visit_origin =
		stp_provenance_of_numbers(draft->resolver, node, &draft->scene);
	if (!stp_times_of(draft->resolver, node->first, false, &times) ||
	    !stp_check_some(draft->resolver, node->first, times.high.count,
			    "say how long a visit takes"))
		return;
	draft->protocol->visit_low = times.low;
	draft->protocol->visit_high = times.high;
}

bool stp_operator_of(struct stp_resolver *resolver, const struct stp_node *node,
		     const struct stp_factor **factor, uint16_t *values)
{
	struct stp_context *context = resolver->context;

	*factor = resolver->operator_factor;
	if (*factor == NULL) {
		stp_help(context,
			 stp_report(context, STP_D_unknown_name, node->span,
				    "no factor `operator` is declared"),
			 "import std/factors, or declare who can treat: factor operator { scale … "
			 "}");
		return false;
	}
	*values = stp_values_of(resolver, *factor, node->first);
	return *values != 0;
}

void stp_resolve_operator(struct stp_draft *draft, const struct stp_node *node)
{
	struct stp_protocol *protocol = draft->protocol;
	const struct stp_factor *factor;

	protocol->operator_origin = stp_provenance_of(draft->resolver, node, &draft->scene);
	if (!stp_operator_of(draft->resolver, node, &factor, &protocol->operator_values))
		return;
	protocol->operator_factor = factor;
	*STP_PUSH(draft->resolver->context, &draft->asked) = factor;
}

/* ---- the anaesthetic ---- */

/* A limit of none would say nothing, so that the medicine's own would hold. */
static void read_most(struct stp_resolver *resolver, const struct stp_node *quantity,
		      enum stp_dimension dimension, uint32_t most, uint32_t *value)
{
	if (stp_quantity(resolver, quantity, dimension, most, value))
		stp_check_some(resolver, quantity, *value,
			       "say how much is allowed; who uses none leaves the statement away");
}

/* `amount to 1.5 g on 10 cm2` */
static void read_dose(struct stp_resolver *resolver, const struct stp_node *part,
		      struct stp_anaesthetic_facts *facts)
{
	if (facts->dose_span.source != 0)
		report_twice(resolver, part);
	facts->dose_span = part->span;
	read_most(resolver, part->first, STP_MASS, UINT32_MAX - 1, &facts->dose_mg);
	read_most(resolver, stp_last(part), STP_SURFACE, UINT32_MAX - 1, &facts->dose_mm2);
	if (facts->dose_mg == 0 || facts->dose_mm2 == 0)
		facts->dose_mg = facts->dose_mm2 = 0;
}

/* What the statement says, of a medicine or in a protocol. */
static void read_anaesthetic(struct stp_resolver *resolver, const struct stp_node *node,
			     struct stp_anaesthetic_facts *facts)
{
	static const char *const answers[] = { "no", "yes" };
	struct stp_times times;
	int answer;

	for (const struct stp_node *part = node->first; part != NULL; part = part->next) {
		switch (part->kind) {
		case STP_N_NAME: facts->name_span = part->span; break;
		case STP_N_FOR:
			facts->time_span = part->span;
			if (stp_times_of(resolver, part->first, false, &times) &&
			    stp_check_some(resolver, part->first, times.high.count,
					   "say how long it stays on")) {
				facts->least = times.low;
				facts->longest = times.high;
			}
			break;
		case STP_N_AMOUNT:
			facts->amount_span = part->span;
			if (facts->amount_limit_mg != 0)
				report_twice(resolver, part);
			else
				read_most(resolver, part->first, STP_MASS, UINT32_MAX - 1,
					  &facts->amount_limit_mg);
			break;
		case STP_N_AREA:
			facts->area_span = part->span;
			if (facts->area_limit_mm2 != 0)
				report_twice(resolver, part);
			else
				read_most(resolver, part->first, STP_SURFACE, UINT32_MAX - 1,
					  &facts->area_limit_mm2);
			break;
		case STP_N_DOSE: read_dose(resolver, part, facts); break;
		case STP_N_STRENGTH:
			if (facts->strength_span.source != 0)
				report_twice(resolver, part);
			facts->strength_span = part->span;
			read_most(resolver, part->first, STP_SHARE, 10000,
				  &facts->strength_hundredths);
			break;
		case STP_N_OCCLUSION:
			if (facts->occlusion_span.source != 0)
				report_twice(resolver, part);
			facts->occlusion_span = part->span;
			answer = stp_find_word(resolver, part->first, answers, 2, "an answer");
			facts->occlusion_said = answer >= 0;
			facts->occlusion = answer == 1;
			break;
		default: break;
		}
	}
}

const struct stp_anaesthetic_facts *stp_anaesthetic_facts(struct stp_resolver *resolver,
							  const struct stp_node *node,
							  const struct stp_scene *scene)
{
	struct stp_anaesthetic_facts *facts = stp_alloc(resolver->context, sizeof *facts);
	const struct stp_node *name = stp_child(node, STP_N_NAME);

	facts->origin = stp_provenance_of_numbers(resolver, node, scene);
	if (name != NULL)
		stp_help(resolver->context,
			 stp_report(resolver->context, STP_D_misplaced_part, name->span,
				    "a medicine speaks of itself here"),
			 "leave the name away: `anaesthetic for 60 to 120 min`");
	read_anaesthetic(resolver, node, facts);
	return facts;
}

static const struct stp_term *anaesthetic_named(struct stp_draft *draft,
						const struct stp_node *node)
{
	struct stp_context *context = draft->resolver->context;
	const struct stp_node *name = stp_child(node, STP_N_NAME);
	const struct stp_term *medicine;
	struct stp_diagnostic *diagnostic;

	if (name == NULL) {
		stp_help(context,
			 stp_report(context, STP_D_no_value, node->span, "which anaesthetic?"),
			 "name it: `anaesthetic lidocaine_prilocaine for 60 to 120 min`");
		return NULL;
	}
	medicine = stp_find_term(draft->resolver, name, STP_KIND(STP_N_MEDICINE),
				 "`anaesthetic` takes a medicine");
	if (medicine != NULL && medicine->anaesthetic == NULL) {
		diagnostic = stp_report(context, STP_D_not_anaesthetic, name->span,
					"`%s` says nowhere that it is an anaesthetic", name->text);
		stp_label(context, diagnostic, medicine->origin.span, "declared here");
		stp_help(context, diagnostic,
			 "add to it: anaesthetic for its times, amount, area and occlusion");
		return NULL;
	}
	return medicine;
}

/*
 * An amount or an area that the protocol leaves unsaid is limited as the medicine says; its time
 * and whether it is covered have no default.
 */
void stp_resolve_anaesthetic(struct stp_draft *draft, const struct stp_node *node)
{
	struct stp_anaesthetic *anaesthetic = &draft->protocol->anaesthetic;
	const struct stp_anaesthetic_facts *facts;
	struct stp_anaesthetic_facts said;

	memset(&said, 0, sizeof said);
	anaesthetic->origin = stp_provenance_of_numbers(draft->resolver, node, &draft->scene);
	read_anaesthetic(draft->resolver, node, &said);
	anaesthetic->medicine = anaesthetic_named(draft, node);
	if (anaesthetic->medicine == NULL)
		return;
	facts = anaesthetic->medicine->anaesthetic;
	stp_note_unverified(draft->resolver, &facts->origin);
	anaesthetic->said = said;
	anaesthetic->least = said.least;
	anaesthetic->longest = said.longest;
	anaesthetic->amount_limit_mg =
		said.amount_limit_mg != 0 ? said.amount_limit_mg : facts->amount_limit_mg;
	anaesthetic->area_limit_mm2 =
		said.area_limit_mm2 != 0 ? said.area_limit_mm2 : facts->area_limit_mm2;
	anaesthetic->dose_mg = said.dose_mg != 0 ? said.dose_mg : facts->dose_mg;
	anaesthetic->dose_mm2 = said.dose_mg != 0 ? said.dose_mm2 : facts->dose_mm2;
	anaesthetic->strength_hundredths = said.strength_hundredths != 0
						   ? said.strength_hundredths
						   : facts->strength_hundredths;
	anaesthetic->occlusion_said = said.occlusion_said;
	anaesthetic->occlusion = said.occlusion;
}
