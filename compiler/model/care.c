/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Care before and after, what to expect, and when to get help. Language reference, "Care".
 */
#include "model/resolver.h"

#include <string.h>

const char *const stp_verb_names[STP_VERBS] = { "avoid", "only",   "use", "do",
						"stop",  "resume", "may", "ask prescriber" };

#define PRODUCTS (STP_KIND(STP_N_PRODUCT) | STP_KIND(STP_N_MEDICINE))
#define ACTIONS  (STP_KIND(STP_N_ACTIVITY) | STP_KIND(STP_N_PROCEDURE))

static const struct {
	enum stp_node_kind node;
	unsigned kinds; /* that the verb takes */
	const char *purpose;
} verbs[STP_VERBS] = {
	[STP_AVOID] = { STP_N_AVOID, PRODUCTS | ACTIONS,
			"`avoid` takes products, medicines, activities and procedures" },
	[STP_ONLY] = { STP_N_ONLY, STP_KIND(STP_N_PRODUCT), "`only` takes products" },
	[STP_USE] = { STP_N_USE, PRODUCTS, "`use` takes products" },
	[STP_DO] = { STP_N_DO, STP_KIND(STP_N_CARE) | STP_KIND(STP_N_ACTIVITY),
		     "`do` takes a care" },
	[STP_STOP] = { STP_N_STOP, PRODUCTS | ACTIONS,
		       "`stop` takes products, medicines, activities and procedures" },
	[STP_RESUME] = { STP_N_RESUME, PRODUCTS | ACTIONS,
			 "`resume` takes products, medicines, activities and procedures" },
	[STP_MAY] = { STP_N_MAY, PRODUCTS | ACTIONS | STP_KIND(STP_N_CARE),
		      "`may` takes products, medicines, activities, procedures and cares" },
	[STP_ASK_PRESCRIBER] = { STP_N_ASK_ABOUT, STP_KIND(STP_N_MEDICINE),
				 "a prescriber is asked about a medicine" },
};

static bool verb_of(enum stp_node_kind kind, enum stp_verb *verb)
{
	for (int i = 0; i < STP_VERBS; i++)
		if (verbs[i].node == kind) {
			*verb = (enum stp_verb)i;
			return true;
		}
	return false;
}

struct named_terms {
	const struct stp_term **terms;
	struct stp_span *spans;
	size_t count;
};

/* The terms that the NAME children name; those that are unknown are left out. */
static struct named_terms terms_of(struct stp_draft *draft, const struct stp_node *node,
				   unsigned kinds, const char *purpose)
{
	struct stp_context *context = draft->resolver->context;
	const struct stp_node *name = stp_child(node, STP_N_NAME);
	size_t room = stp_count_of(node, STP_N_NAME);
	struct named_terms named;

	named.terms = stp_alloc_array(context, room, sizeof(struct stp_term *));
	named.spans = stp_alloc_array(context, room, sizeof *named.spans);
	named.count = 0;
	for (; name != NULL; name = stp_next_of(name, STP_N_NAME)) {
		const struct stp_term *term = stp_find_term(draft->resolver, name, kinds, purpose);

		if (term == NULL)
			continue;
		named.terms[named.count] = term;
		named.spans[named.count++] = name->span;
	}
	return named;
}

/* Whether a clause says a number, which needs a citation. */
static bool has_number(const struct stp_node *node)
{
	for (const struct stp_node *part = node->first; part != NULL; part = part->next)
		switch (part->kind) {
		case STP_N_FOR:
		case STP_N_FROM:
		case STP_N_FROM_BEFORE:
		case STP_N_AFTER_TIME:
		case STP_N_BEFORE_TIME:
		case STP_N_UNTIL_TIME:
		case STP_N_REPEAT:
		case STP_N_DAILY: return true;
		case STP_N_UNTIL_ENDS:
			if (part->first->next != NULL)
				return true;
			break;
		default: break;
		}
	return false;
}

static struct stp_provenance origin_of(struct stp_draft *draft, const struct stp_node *node,
				       const struct stp_scene *scene)
{
	return has_number(node) ? stp_provenance_of_numbers(draft->resolver, node, scene)
				: stp_provenance_of(draft->resolver, node, scene);
}

static bool is_excepted(const struct stp_care_rule *rule, const struct stp_term *term)
{
	for (size_t i = 0; i < rule->except_count; i++)
		if (stp_term_within(term, rule->except[i]))
			return true;
	return false;
}

/* The prescribed medicine that a rule about the term stops: it, its group, or one of its group. */
static const struct stp_term *prescribed_in(const struct stp_draft *draft,
					    const struct stp_care_rule *rule,
					    const struct stp_term *term)
{
	for (const struct stp_term *at = term; at != NULL; at = at->parent)
		if (at->prescribed)
			return at;
	for (size_t i = 0; i < draft->resolver->prescribed.count; i++) {
		const struct stp_term *other = draft->resolver->prescribed.items[i];

		if (stp_term_within(other, term) && !is_excepted(rule, other))
			return other;
	}
	return NULL;
}

/* A medicine that is prescribed is stopped by its prescriber and by nobody else. */
static void check_prescribed(struct stp_draft *draft, const struct stp_care_rule *rule)
{
	struct stp_context *context = draft->resolver->context;

	if (rule->verb != STP_STOP && rule->verb != STP_AVOID)
		return;
	for (size_t i = 0; i < rule->term_count; i++) {
		const struct stp_term *found = prescribed_in(draft, rule, rule->terms[i]);
		struct stp_diagnostic *diagnostic;

		if (found == NULL)
			continue;
		diagnostic = stp_report(context, STP_D_prescribed_stop, rule->term_spans[i],
					"`%s` is prescribed, and only its prescriber stops it",
					found->name);
		stp_label(context, diagnostic, found->origin.span, "prescribed, it says here");
		stp_help(context, diagnostic,
			 "write `ask prescriber about %s in` and the condition it is for",
			 found->name);
	}
}

static void read_asked(struct stp_draft *draft, const struct stp_node *node,
		       struct stp_care_rule *rule)
{
	static const char *const whom[] = { "prescriber" };
	const struct stp_node *about = node->first->next;
	const struct stp_term **term = stp_alloc(draft->resolver->context, sizeof *term);

	stp_find_word(draft->resolver, node->first, whom, 1, "somebody who can be asked");
	*term = stp_find_term(draft->resolver, about, verbs[STP_ASK_PRESCRIBER].kinds,
			      verbs[STP_ASK_PRESCRIBER].purpose);
	rule->only_for = stp_find_term(draft->resolver, about->next, STP_SCREENED_KINDS,
				       "`in` takes the condition it is about");
	if (rule->only_for != NULL && draft->protocol != NULL)
		stp_check_asked(draft, about->next, rule->only_for);
	rule->terms = term;
	rule->term_spans = &about->span;
	rule->term_count = *term != NULL;
}

static void read_terms(struct stp_draft *draft, const struct stp_node *node,
		       struct stp_care_rule *rule)
{
	struct named_terms named =
		terms_of(draft, node, verbs[rule->verb].kinds, verbs[rule->verb].purpose);

	rule->terms = named.terms;
	rule->term_spans = named.spans;
	rule->term_count = named.count;
}

static void read_except(struct stp_draft *draft, const struct stp_node *except,
			struct stp_care_rule *rule)
{
	struct named_terms named;

	if (rule->verb != STP_AVOID && rule->verb != STP_STOP) {
		stp_help(draft->resolver->context,
			 stp_report(draft->resolver->context, STP_D_misplaced_part, except->span,
				    "`except` does not belong to `%s`", stp_verb_names[rule->verb]),
			 "it stands after `avoid` and `stop`");
		return;
	}
	named = terms_of(draft, except, PRODUCTS | ACTIONS,
			 "`except` takes products, medicines, activities and procedures");
	rule->except = named.terms;
	rule->except_count = named.count;
}

/* `stop` counts back from the visit and `resume` on from it; the others stand on both sides. */
static bool is_on_its_side(enum stp_verb verb, bool after)
{
	return after ? verb != STP_STOP : verb != STP_RESUME;
}

void stp_resolve_care_rule(struct stp_draft *draft, const struct stp_node *node,
			   const struct stp_scene *scene)
{
	struct stp_care_rule rule;
	const struct stp_node *except = stp_child(node, STP_N_EXCEPT);

	memset(&rule, 0, sizeof rule);
	rule.after = scene->place == STP_PLACE_AFTER;
	if (!verb_of(node->kind, &rule.verb) || !is_on_its_side(rule.verb, rule.after))
		return;
	rule.when = scene->when;
	rule.origin = origin_of(draft, node, scene);
	if (rule.verb == STP_ASK_PRESCRIBER)
		read_asked(draft, node, &rule);
	else
		read_terms(draft, node, &rule);
	if (except != NULL)
		read_except(draft, except, &rule);
	rule.faulty = !stp_resolve_window(draft, node, &rule) ||
		      stp_is_broken(draft->resolver->context, node->span);
	if (rule.term_count == 0)
		return;
	*STP_PUSH(draft->resolver->context, &draft->care) = rule;
}

void stp_resolve_care(struct stp_draft *draft, const struct stp_node *node,
		      const struct stp_scene *outer)
{
	const struct stp_node *block = stp_block(node);
	struct stp_scene scene =
		stp_enter(draft->resolver, outer, block,
			  node->kind == STP_N_AFTER ? STP_PLACE_AFTER : STP_PLACE_BEFORE);

	for (const struct stp_node *at = block->first; at != NULL; at = at->next) {
		size_t before = draft->care.count;

		stp_resolve_care_rule(draft, at, &scene);
		if (draft->care.count > before)
			check_prescribed(draft, &draft->care.items[before]);
	}
}

/* ---- what to expect ---- */

void stp_resolve_expect(struct stp_draft *draft, const struct stp_node *node,
			const struct stp_scene *outer)
{
	const struct stp_node *block = stp_block(node);
	struct stp_scene scene = stp_enter(draft->resolver, outer, block, STP_PLACE_EXPECT);
	const struct stp_node *at = stp_child(block, STP_N_EXPECTED);

	for (; at != NULL; at = stp_next_of(at, STP_N_EXPECTED)) {
		struct stp_expectation expectation;

		memset(&expectation, 0, sizeof expectation);
		expectation.origin = origin_of(draft, at, &scene);
		expectation.when = scene.when;
		expectation.effect =
			stp_find_term(draft->resolver, at->first, STP_KIND(STP_N_EFFECT),
				      "`expect` takes effects");
		stp_resolve_expected_window(draft, at, &expectation);
		if (expectation.effect != NULL)
			*STP_PUSH(draft->resolver->context, &draft->expects) = expectation;
	}
}

/* ---- help ---- */

static enum stp_urgency urgency_of(enum stp_node_kind kind)
{
	if (kind == STP_N_ASK_US)
		return STP_ASK_US;
	return kind == STP_N_CALL_US ? STP_CALL_US : STP_CALL_EMERGENCY;
}

void stp_resolve_help(struct stp_draft *draft, const struct stp_node *node)
{
	const struct stp_node *sign = stp_child(node, STP_N_HELP_SIGN);
	bool numbers = false;
	struct stp_help_rule rule;

	memset(&rule, 0, sizeof rule);
	for (const struct stp_node *at = sign; at != NULL; at = stp_next_of(at, STP_N_HELP_SIGN))
		numbers = numbers || at->first->next != NULL;
	rule.urgency = urgency_of(node->kind);
	rule.origin = numbers ? stp_provenance_of_numbers(draft->resolver, node, &draft->scene)
			      : stp_provenance_of(draft->resolver, node, &draft->scene);
	for (; sign != NULL; sign = stp_next_of(sign, STP_N_HELP_SIGN)) {
		rule.over.count = 0;
		rule.sign = stp_find_term(draft->resolver, sign->first,
					  STP_KIND(STP_N_SIGN) | STP_KIND(STP_N_EFFECT),
					  "a call for help takes signs and effects");
		if (sign->first->next != NULL &&
		    stp_duration(draft->resolver, sign->first->next, &rule.over))
			stp_check_some(draft->resolver, sign->first->next, rule.over.count,
				       "say after how long it is a sign");
		if (rule.sign != NULL)
			*STP_PUSH(draft->resolver->context, &draft->helps) = rule;
	}
}
