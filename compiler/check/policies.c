/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What policies require and forbid, held against a protocol. A requirement is met when each client
 * whom it speaks of, and whom screening lets through, is under some rule that is at least as
 * strong: several rules may share the clients, but one rule must be strong enough for each.
 * Language reference, "Policies".
 */
#include "check/policies.h"
#include "model/broken.h"

#include <string.h>

#include "check/checks.h"

struct policy_check {
	struct stp_checker *checker;
	const struct stp_house_rule *rule;
	const char *part; /* which of the terms of its statement is looked at; NULL: it has one */
};

/* ---- what is said ---- */

/* Of several rules that one place breaks, each is a label of one message. */
static void finish_report(const struct policy_check *check, struct stp_diagnostic *diagnostic,
			  const char *verb, const char *help)
{
	struct stp_context *context = check->checker->context;
	const struct stp_house_rule *rule = check->rule;

	stp_label(context, diagnostic, rule->origin.span, "%s here by `%s`%s%s%s%s", verb,
		  rule->policy->name, check->part != NULL ? ": " : "",
		  check->part != NULL ? check->part : "",
		  rule->origin.because != NULL ? ", because " : "",
		  rule->origin.because != NULL ? rule->origin.because : "");
	if (diagnostic->help == NULL)
		stp_help(context, diagnostic, "%s", rule->message != NULL ? rule->message : help);
}

static void add_factors(struct stp_checker *checker, const struct stp_condition *from,
			struct stp_condition *client, struct stp_condition *of)
{
	for (size_t i = 0; i < from->term_count; i++) {
		const struct stp_factor *factor = from->terms[i].factor;
		struct stp_condition_term term = { factor, stp_likely_value(client, factor) };
		struct stp_condition one = stp_everyone(), narrower;

		one.terms = &term;
		one.term_count = 1;
		stp_box_meet(checker->context, client, &one, &narrower);
		*client = narrower;
		stp_box_meet(checker->context, of, &one, &narrower);
		*of = narrower;
	}
}

/* By what the requirement speaks of, and by what the rules that meet it for others depend on. */
static const char *describe(struct stp_checker *checker, const struct stp_condition *client,
			    const struct stp_condition *of)
{
	struct stp_condition named = *client, by = *of;

	for (size_t i = checker->cover.screening; i < checker->cover.count; i++)
		add_factors(checker, checker->cover.boxes[i], &named, &by);
	return stp_describe_client(checker->context, &named, &by);
}

/* `at`: the protocol's own rule that comes nearest, or its name. */
static void report_unmet(const struct policy_check *check, struct stp_span at,
			 const struct stp_condition *client, const struct stp_condition *of)
{
	struct stp_checker *checker = check->checker;
	const char *who = describe(checker, client, of);
	bool some = strcmp(who, "any client") != 0;

	if (stp_is_protocol_broken(checker->context, checker->protocol))
		return;
	finish_report(check,
		      stp_report(checker->context, STP_D_not_as_required, at,
				 "`%s` lacks what `%s` requires: %s%s%s", checker->protocol->name,
				 check->rule->policy->name, check->rule->text, some ? ", for " : "",
				 some ? who : ""),
		      "required", "say it in the protocol, at least as strongly");
}

/* ---- who is left ---- */

/* Begins anew with those whom screening refuses; rules that are strong enough are added. */
static void begin_cover(const struct policy_check *check)
{
	check->checker->cover.count = check->checker->cover.screening;
}

/* A client of the box whom nothing covers; false when there is none. */
static bool find_client(const struct policy_check *check, const struct stp_condition *box,
			struct stp_condition *client)
{
	struct stp_cover *cover = &check->checker->cover;
	bool found = stp_find_uncovered(cover, box, client);

	if (!found && cover->exhausted) {
		stp_help(check->checker->context,
			 stp_report(check->checker->context, STP_D_too_intricate,
				    check->rule->origin.span,
				    "whether every client is under this rule could not be decided"),
			 "use fewer conditions, or fewer factors in one");
	}
	return found;
}

static struct stp_condition box_of(const struct stp_condition *when)
{
	return when == NULL ? stp_everyone() : *when;
}

/* ---- screening ---- */

/* The wider the scope, the stronger: anywhere, in the area, at the spot. */
static bool has_term(const struct stp_screen_rule *rule, const struct stp_screen_rule *required)
{
	return rule->term != NULL && required->term != NULL &&
	       stp_term_within(required->term, rule->term) && rule->scope <= required->scope;
}

static size_t rank_of(const struct stp_protocol *protocol, const char *role)
{
	const struct stp_factor *factor = protocol->operator_factor;
	size_t rank = 0;

	while (factor != NULL && rank < factor->value_count &&
	       strcmp(factor->values[rank].name, role) != 0)
		rank++;
	return rank;
}

/* Whether the one who clears is the one who is required, or stands above in the scale. */
static bool clears_as_well(const struct stp_checker *checker, const char *role, const char *wanted)
{
	const struct stp_factor *factor = checker->protocol->operator_factor;

	if (role == NULL || wanted == NULL)
		return false;
	if (strcmp(role, wanted) == 0)
		return true;
	return factor != NULL && factor->ordered &&
	       rank_of(checker->protocol, role) > rank_of(checker->protocol, wanted);
}

static bool is_as_strong(const struct stp_checker *checker, const struct stp_screen_rule *rule,
			 const struct stp_screen_rule *required)
{
	if (rule->anaesthetic_only || rule->level > required->level)
		return false;
	if (required->level == STP_WAIT && rule->level == STP_WAIT)
		return stp_wait_seconds(rule->wait) >= stp_wait_seconds(required->wait) &&
		       stp_wait_seconds(rule->wait_limit) >=
			       stp_wait_seconds(required->wait_limit) &&
		       (rule->with == NULL || required->with == NULL ||
			clears_as_well(checker, rule->with, required->with));
	if (required->level == STP_CLEAR && rule->level == STP_CLEAR)
		return clears_as_well(checker, rule->with, required->with);
	return true;
}

/* The clients of whom a rule about the age speaks. */
static struct stp_condition ages_of(const struct stp_screen_rule *rule,
				    const struct stp_condition *when)
{
	struct stp_condition box = box_of(when);

	if (rule->age_below > 0)
		stp_narrow_age(&box, 0, rule->age_below - 1u);
	if (rule->age_over > 0)
		stp_narrow_age(&box, rule->age_over + 1u, STP_ANY_HIGH);
	return box;
}

static void check_screened(const struct policy_check *check, const struct stp_screen_rule *required)
{
	struct stp_checker *checker = check->checker;
	const struct stp_protocol *protocol = checker->protocol;
	struct stp_condition box = ages_of(required, check->rule->scope->when), client;
	struct stp_span at = protocol->name_span;

	begin_cover(check);
	for (size_t i = 0; i < protocol->screen_count; i++) {
		const struct stp_screen_rule *rule = &protocol->screens[i];
		struct stp_condition *covered;

		if (required->term != NULL ? !has_term(rule, required) : rule->term != NULL)
			continue;
		if (!is_as_strong(checker, rule, required)) {
			at = rule->term_span;
			continue;
		}
		covered = stp_alloc(checker->context, sizeof *covered);
		*covered = ages_of(rule, rule->when);
		stp_cover_also(&checker->cover, covered);
	}
	if (find_client(check, &box, &client))
		report_unmet(check, at, &client, &box);
}

/* ---- who may treat ---- */

static void check_operator(const struct policy_check *check)
{
	struct stp_checker *checker = check->checker;
	const struct stp_factor *factor = check->rule->operators;
	struct stp_condition_term other = {
		factor, (uint16_t)(stp_all_values(factor) & ~(unsigned)check->rule->operator_values)
	};
	struct stp_condition others = stp_everyone(), box, client, when;

	when = box_of(check->rule->scope->when);
	others.terms = &other;
	others.term_count = 1;
	begin_cover(check);
	if (other.values != 0 && stp_box_meet(checker->context, &when, &others, &box) &&
	    find_client(check, &box, &client))
		report_unmet(check, checker->protocol->name_span, &client, &box);
}

/* ---- care ---- */

/* Each of its terms; false after a report. */
static bool check_required_care(struct policy_check *check)
{
	struct stp_checker *checker = check->checker;
	const struct stp_protocol *protocol = checker->protocol;
	const struct stp_care_rule *required = check->rule->care;
	struct stp_condition box = box_of(check->rule->scope->when), client;
	bool met = true;

	for (size_t term = 0; term < required->term_count; term++) {
		struct stp_span at = protocol->name_span;

		if (required->term_count > 1)
			check->part = required->terms[term]->name;
		begin_cover(check);
		for (size_t i = 0; i < protocol->care_count; i++) {
			const struct stp_care_rule *rule = &protocol->care[i];

			if (!stp_obliges(rule, required, required->terms[term]))
				continue;
			if (!stp_lasts_as_long(rule, required))
				at = rule->origin.span;
			else
				stp_cover_also(&checker->cover, rule->when);
		}
		if (find_client(check, &box, &client)) {
			report_unmet(check, at, &client, &box);
			met = false;
		}
	}
	check->part = NULL;
	return met;
}

/* Not before that time: no part of the term may be taken up again sooner. */
static void check_resumed(const struct policy_check *check)
{
	const struct stp_care_rule *required = check->rule->care;
	const struct stp_protocol *protocol = check->checker->protocol;
	struct stp_condition when = box_of(check->rule->scope->when);

	begin_cover(check);
	for (size_t i = 0; i < protocol->care_count; i++) {
		const struct stp_care_rule *rule = &protocol->care[i];
		struct stp_condition of = box_of(rule->when), box, client;

		if (rule->verb == STP_RESUME && !stp_lasts_as_long(rule, required) &&
		    stp_term_given(rule, required) < rule->term_count &&
		    stp_box_meet(check->checker->context, &when, &of, &box) &&
		    find_client(check, &box, &client))
			report_unmet(check, rule->origin.span, &client, &box);
	}
}

static void report_forbidden(const struct policy_check *check, struct stp_span at, const char *what)
{
	struct stp_checker *checker = check->checker;

	finish_report(check,
		      stp_report(checker->context, STP_D_forbidden, at, "`%s` forbids this: %s",
				 check->rule->policy->name, what),
		      "forbidden", "take it away, or have the policy except this protocol");
}

static void check_forbidden_care(const struct policy_check *check)
{
	struct stp_checker *checker = check->checker;
	const struct stp_protocol *protocol = checker->protocol;
	const struct stp_care_rule *forbidden = check->rule->care;
	struct stp_condition when = box_of(check->rule->scope->when);

	begin_cover(check);
	for (size_t i = 0; i < protocol->care_count; i++) {
		const struct stp_care_rule *rule = &protocol->care[i];
		struct stp_condition of = box_of(rule->when), box, client;
		size_t term = stp_term_given(rule, forbidden);

		if (term == rule->term_count ||
		    (!check->rule->at_any_time &&
		     (rule->after != forbidden->after || !stp_windows_touch(rule, forbidden))) ||
		    !stp_box_meet(checker->context, &when, &of, &box) ||
		    !find_client(check, &box, &client))
			continue;
		report_forbidden(check, rule->term_spans[term],
				 stp_format(checker->context, "%s %s", stp_verb_names[rule->verb],
					    rule->terms[term]->name));
	}
}

/* It is put on before needling and taken off again: whoever must not use it up to then has none. */
static void check_forbidden_anaesthetic(const struct policy_check *check)
{
	struct stp_checker *checker = check->checker;
	const struct stp_anaesthetic *used = &checker->protocol->anaesthetic;
	const struct stp_care_rule *forbidden = check->rule->care;
	struct stp_condition when = box_of(check->rule->scope->when), client;
	size_t term = 0;

	if (used->medicine == NULL || forbidden->verb != STP_USE ||
	    (!check->rule->at_any_time && (forbidden->after || forbidden->window.to.count != 0)))
		return;
	while (term < forbidden->term_count &&
	       !stp_term_within(used->medicine, forbidden->terms[term]) &&
	       !stp_term_within(forbidden->terms[term], used->medicine))
		term++;
	begin_cover(check);
	stp_cover_unnumbed(&checker->cover, checker->protocol);
	if (term < forbidden->term_count && find_client(check, &when, &client))
		report_forbidden(
			check, used->said.name_span,
			stp_format(checker->context, "the anaesthetic %s", used->medicine->name));
}

static void check_forbidden_treating(const struct policy_check *check)
{
	const struct stp_term *forbidden = check->rule->treats;
	const struct stp_protocol *protocol = check->checker->protocol;
	struct stp_condition when = box_of(check->rule->scope->when), client;

	if (protocol->treats == NULL || (!stp_term_within(protocol->treats, forbidden) &&
					 !stp_term_within(forbidden, protocol->treats)))
		return;
	begin_cover(check);
	if (find_client(check, &when, &client))
		report_forbidden(
			check, protocol->name_span,
			stp_format(check->checker->context, "treating %s", protocol->treats->name));
}

/* ---- the policies in force ---- */

static void check_rule(struct stp_checker *checker, const struct stp_house_rule *rule)
{
	struct policy_check check = { checker, rule, NULL };

	if (rule->kind < STP_REQUIRE_SCREENING ||
	    stp_house_exception(rule->scope, checker->protocol) != NULL ||
	    !stp_house_speaks_of(rule->scope, checker->protocol))
		return;
	switch (rule->kind) {
	case STP_REQUIRE_SCREENING:
		for (size_t i = 0; i < rule->screen_count; i++) {
			if (rule->screen_count > 1 && rule->screens[i].term != NULL)
				check.part = rule->screens[i].term->name;
			check_screened(&check, &rule->screens[i]);
		}
		break;
	case STP_REQUIRE_CARE:
		if (check_required_care(&check) && rule->care->verb == STP_RESUME)
			check_resumed(&check);
		break;
	case STP_REQUIRE_OPERATOR: check_operator(&check); break;
	case STP_FORBID_CARE:
		check_forbidden_care(&check);
		check_forbidden_anaesthetic(&check);
		break;
	default: check_forbidden_treating(&check); break;
	}
}

void stp_check_policies(struct stp_checker *checker)
{
	const struct stp_protocol *protocol = checker->protocol;

	for (size_t i = 0; i < protocol->policy_count; i++) {
		const struct stp_policy *policy = protocol->policies[i].policy;

		for (size_t j = 0;
		     j < policy->rule_count && checker->house_work < STP_HOUSE_WORK_MOST; j++) {
			checker->house_work += stp_house_work(policy->rules[j].scope);
			check_rule(checker, &policy->rules[j]);
		}
	}
}
