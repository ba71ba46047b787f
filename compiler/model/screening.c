/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Screening: who is excluded, who waits, whom somebody else must clear, who needs care. Each
 * condition that it names becomes a yes/no question. Language reference, "Screening".
 */
#include "model/resolver.h"

struct screen {
	struct stp_draft *draft;
	const struct stp_node *node;
	const struct stp_scene *scene;
	struct stp_screen_rule rule; /* what all rules of the statement share */
	const char *purpose;
};

/* The role that may clear: a value of the factor `operator`, where one is declared. */
static const char *role_of(struct stp_draft *draft, const struct stp_node *with)
{
	const struct stp_factor *factor = draft->resolver->operator_factor;
	const char *names[STP_FACTOR_VALUES];

	if (factor == NULL)
		return with->first->text;
	for (size_t i = 0; i < factor->value_count; i++)
		names[i] = factor->values[i].name;
	return stp_find_word(draft->resolver, with->first, names, factor->value_count,
			     "a role (a value of `operator`)") < 0
		       ? NULL
		       : with->first->text;
}

static enum stp_scope scope_of(const struct stp_node *screened)
{
	if (stp_child(screened, STP_N_IN_AREA) != NULL)
		return STP_AREA;
	return stp_child(screened, STP_N_AT_SPOT) != NULL ? STP_SPOT : STP_CLIENT;
}

/* `age below 22`, `age over 70`: asked of nobody, for the age is known. */
static bool read_age(struct screen *screen, const struct stp_node *about,
		     struct stp_screen_rule *rule)
{
	uint32_t years;

	if (rule->level == STP_WAIT || rule->anaesthetic_only) {
		stp_help(screen->draft->resolver->context,
			 stp_report(screen->draft->resolver->context, STP_D_unsupported,
				    about->span, "an age does not stand here"),
			 "it stands in `exclude`, `clear` and `caution`");
		return false;
	}
	if (!stp_count(screen->draft->resolver, about->first, STP_SETTING_MOST, &years) ||
	    !stp_check_some(screen->draft->resolver, about->first, years,
			    "say an age of at least 1"))
		return false;
	if (about->kind == STP_N_AGE_BELOW)
		rule->age_below = (uint16_t)years;
	else
		rule->age_over = (uint16_t)years;
	return true;
}

/* What is screened is asked on the device and named on sheets. */
static void check_question(struct stp_resolver *resolver, const struct stp_screen_rule *rule)
{
	const struct stp_term *term = rule->term;
	const char *missing = term->asks == NULL ? "asks" : term->if_phrase == NULL ? "if" : NULL;
	struct stp_diagnostic *diagnostic;

	if (missing == NULL || stp_is_broken(resolver->context, term->origin.span))
		return;
	diagnostic =
		stp_report(resolver->context, STP_D_missing_statement, rule->term_span,
			   "`%s` says no `%s`, so it cannot be asked about", term->name, missing);
	stp_label(resolver->context, diagnostic, term->origin.span, "declared here");
	stp_help(resolver->context, diagnostic,
		 term->asks == NULL ? "add to its declaration: asks \"Do you have %s?\""
				    : "add to its declaration: if \"you have %s\"",
		 term->label);
}

/* A protocol asks; a policy that requires a rule leaves that to the protocol. */
static void ask_about(struct stp_draft *draft, struct stp_screen_rule *rule)
{
	if (draft->protocol == NULL)
		return;
	check_question(draft->resolver, rule);
	rule->question = stp_question(draft->resolver, rule->term, rule->scope);
	*STP_PUSH(draft->resolver->context, &draft->asked) = rule->question;
}

static void add_rule(struct screen *screen, const struct stp_node *screened)
{
	struct stp_screen_rule rule = screen->rule;
	const struct stp_node *about = screened->first;

	rule.term_span = screened->span;
	if (about->kind == STP_N_NAME) {
		rule.term = stp_find_term(screen->draft->resolver, about, STP_SCREENED_KINDS,
					  screen->purpose);
		if (rule.term == NULL)
			return;
		rule.scope = scope_of(screened);
		ask_about(screen->draft, &rule);
	} else if (!read_age(screen, about, &rule)) {
		return;
	}
	*STP_PUSH(screen->draft->resolver->context, &screen->draft->screens) = rule;
}

/* `wait 6 months, limit 6 weeks with surgeon after …` */
static bool read_wait(struct screen *screen)
{
	struct stp_resolver *resolver = screen->draft->resolver;
	const struct stp_node *limit = stp_child(screen->node, STP_N_LIMIT);
	struct stp_screen_rule *rule = &screen->rule;
	struct stp_diagnostic *diagnostic;

	if (!stp_time_of(resolver, screen->node->first, &rule->wait) ||
	    !stp_check_some(resolver, screen->node->first, rule->wait.count,
			    "say how long to wait, or take the rule away"))
		return false;
	rule->wait_limit = rule->wait;
	if (limit == NULL)
		return true;
	if (limit->first->kind != STP_N_EXACTLY) {
		stp_help(resolver->context,
			 stp_report(resolver->context, STP_D_one_number, limit->span,
				    "the limit of a wait is one number"),
			 "write the least time: `limit 6 weeks`");
		return false;
	}
	if (!stp_time_of(resolver, limit->first, &rule->wait_limit) ||
	    !stp_check_some(resolver, limit->first, rule->wait_limit.count,
			    "say below which time nobody goes; where a person may always decide, "
			    "write `clear … with`"))
		return false;
	if (stp_interval_seconds(rule->wait_limit) <= stp_interval_seconds(rule->wait))
		return true;
	diagnostic = stp_report(resolver->context, STP_D_wait_limit, limit->span,
				"the limit is longer than the wait that is advised");
	stp_label(resolver->context, diagnostic, screen->node->first->span, "the advice");
	stp_help(resolver->context, diagnostic,
		 "below the limit nobody goes: it is the shorter one");
	return false;
}

static bool has_number(const struct stp_node *node)
{
	const struct stp_node *screened = stp_child(node, STP_N_SCREENED);

	if (node->kind == STP_N_WAIT)
		return true;
	for (; screened != NULL; screened = stp_next_of(screened, STP_N_SCREENED))
		if (screened->first->kind != STP_N_NAME)
			return true;
	return false;
}

static bool classify(struct screen *screen)
{
	screen->purpose = "screening speaks of conditions, medicines, procedures and products";
	switch (screen->node->kind) {
	case STP_N_EXCLUDE: screen->rule.level = STP_EXCLUDE; return true;
	case STP_N_WITHOUT_ANAESTHETIC:
		screen->rule.level = STP_EXCLUDE;
		screen->rule.anaesthetic_only = true;
		return true;
	case STP_N_WAIT: screen->rule.level = STP_WAIT; return true;
	case STP_N_CLEAR: screen->rule.level = STP_CLEAR; return true;
	case STP_N_CAUTION: screen->rule.level = STP_CAUTION; return true;
	default: return false; /* `cites`, and what does not belong here */
	}
}

void stp_resolve_screening_rule(struct stp_draft *draft, const struct stp_node *node,
				const struct stp_scene *scene)
{
	struct screen screen = { .draft = draft, .node = node, .scene = scene };
	const struct stp_node *with = stp_child(node, STP_N_WITH);
	const struct stp_node *screened = stp_child(node, STP_N_SCREENED);

	if (!classify(&screen))
		return;
	screen.rule.origin = has_number(node)
				     ? stp_provenance_of_numbers(draft->resolver, node, scene)
				     : stp_provenance_of(draft->resolver, node, scene);
	screen.rule.when = scene->when;
	if (node->kind == STP_N_WAIT && !read_wait(&screen))
		return;
	if (with != NULL)
		screen.rule.with = role_of(draft, with);
	for (; screened != NULL; screened = stp_next_of(screened, STP_N_SCREENED))
		add_rule(&screen, screened);
}

void stp_resolve_screen(struct stp_draft *draft, const struct stp_node *block,
			const struct stp_scene *outer)
{
	struct stp_scene scene = stp_enter(draft->resolver, outer, block, STP_PLACE_SCREEN);

	for (const struct stp_node *node = block->first; node != NULL; node = node->next)
		stp_resolve_screening_rule(draft, node, &scene);
}
