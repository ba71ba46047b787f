/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Conditions are boxes over clients: for each factor a set of values, an interval of sessions, of
 * ages, of the depth used. `and` intersects boxes; there is no `or` between factors, so that a
 * box stays a box. Language reference, "Conditions".
 */
#include "model/resolver.h"

/* ---- values of a factor ---- */

static int value_of(struct stp_resolver *resolver, const struct stp_factor *factor,
		    const struct stp_node *name)
{
	const char *names[STP_FACTOR_VALUES];

	for (size_t i = 0; i < factor->value_count; i++)
		names[i] = factor->values[i].name;
	return stp_find_word(resolver, name, names, factor->value_count,
			     stp_format(resolver->context, "a value of `%s`", factor->name));
}

static bool check_ordered(struct stp_resolver *resolver, const struct stp_factor *factor,
			  const struct stp_node *node)
{
	if (factor->ordered)
		return true;
	stp_help(resolver->context,
		 stp_report(resolver->context, STP_D_no_order, node->span,
			    "the values of `%s` have no order", factor->name),
		 "list the values that are meant, or declare them as a `scale`");
	return false;
}

static uint16_t range_of_values(struct stp_resolver *resolver, const struct stp_factor *factor,
				const struct stp_node *node)
{
	int low = value_of(resolver, factor, node->first);
	int high = value_of(resolver, factor, stp_last(node));

	if (low < 0 || high < 0 || !check_ordered(resolver, factor, node))
		return 0;
	if (low > high) {
		stp_help(resolver->context,
			 stp_report(resolver->context, STP_D_swapped_range, node->span,
				    "this range goes down"),
			 "write the two the other way round");
		return 0;
	}
	return (uint16_t)((1u << (high + 1)) - (1u << low));
}

uint16_t stp_values_of(struct stp_resolver *resolver, const struct stp_factor *factor,
		       const struct stp_node *node)
{
	uint16_t values = 0;
	int low;

	if (node->kind == STP_N_VALUE_RANGE)
		return range_of_values(resolver, factor, node);
	if (node->kind == STP_N_VALUES_FROM) {
		low = value_of(resolver, factor, node->first);
		if (low < 0 || !check_ordered(resolver, factor, node))
			return 0;
		return (uint16_t)(stp_all_values(factor) & ~((1u << low) - 1));
	}
	for (const struct stp_node *name = node->first; name != NULL; name = name->next) {
		low = value_of(resolver, factor, name);
		if (low < 0)
			return 0;
		values = (uint16_t)(values | 1u << low);
	}
	return values;
}

/* ---- building a box ---- */

struct builder {
	struct stp_resolver *resolver;
	struct stp_draft *draft;             /* or NULL */
	const struct stp_protocol *protocol; /* whose client a test describes, or NULL */
	const struct stp_node *before;       /* what no depth used can stand over, or NULL */
	struct stp_condition *condition;
	STP_LIST(struct stp_condition_term) terms;
	bool faulty;
};

/* Terms stay sorted by factor; two about one factor become one. */
static void narrow_factor(struct builder *builder, const struct stp_factor *factor, uint16_t values)
{
	size_t at = builder->terms.count;

	stp_narrow_session(builder->condition, factor->from_session, STP_ANY_HIGH);
	for (size_t i = 0; i < builder->terms.count; i++)
		if (builder->terms.items[i].factor == factor) {
			builder->terms.items[i].values &= values;
			return;
		}
	(void)STP_PUSH(builder->resolver->context, &builder->terms);
	for (; at > 0 && builder->terms.items[at - 1].factor->index > factor->index; at--)
		builder->terms.items[at] = builder->terms.items[at - 1];
	builder->terms.items[at] = (struct stp_condition_term){ factor, values };
	if (builder->draft != NULL)
		*STP_PUSH(builder->resolver->context, &builder->draft->asked) = factor;
}

static const struct stp_factor *screened_question(const struct stp_screen_rule *rules, size_t count,
						  const struct stp_term *term)
{
	const struct stp_screen_rule *found = NULL;

	for (size_t i = 0; i < count; i++)
		if (rules[i].term == term && (found == NULL || rules[i].scope < found->scope))
			found = &rules[i];
	return found == NULL ? NULL : found->question;
}

static void report_never_asked(struct stp_resolver *resolver, const struct stp_protocol *protocol,
			       const struct stp_node *name)
{
	struct stp_diagnostic *diagnostic;

	if (stp_is_protocol_broken(resolver->context, protocol))
		return;
	diagnostic = stp_report(resolver->context, STP_D_never_asked, name->span,
				"nothing in `screen` asks about `%s`", name->text);
	stp_help(resolver->context, diagnostic,
		 "add `caution %s` to `screen`, so that the device asks", name->text);
}

void stp_check_asked(struct stp_draft *draft, const struct stp_node *name,
		     const struct stp_term *term)
{
	if (screened_question(draft->screens.items, draft->screens.count, term) == NULL)
		report_never_asked(draft->resolver, draft->protocol, name);
}

/* The question that the protocol's screening asks about the term. */
static const struct stp_factor *asked_question(struct builder *builder, const struct stp_node *name,
					       const struct stp_term *term)
{
	const struct stp_protocol *protocol =
		builder->draft != NULL ? builder->draft->protocol : builder->protocol;
	const struct stp_factor *found = NULL;

	if (builder->protocol != NULL)
		found = screened_question(builder->protocol->screens,
					  builder->protocol->screen_count, term);
	else if (builder->draft != NULL)
		found = screened_question(builder->draft->screens.items,
					  builder->draft->screens.count, term);
	else
		found = stp_question(builder->resolver, term, STP_CLIENT);
	if (found != NULL)
		return found;
	report_never_asked(builder->resolver, protocol, name);
	builder->faulty = true;
	return NULL;
}

/* What the protocol of a test never asks would change nothing in it. */
static const struct stp_factor *asked_factor(struct builder *builder, const struct stp_node *name,
					     const struct stp_factor *factor)
{
	const struct stp_protocol *protocol = builder->protocol;
	size_t i = 0;

	while (i < protocol->asked_count && protocol->asked[i] != factor)
		i++;
	if (i < protocol->asked_count)
		return factor;
	builder->faulty = true;
	if (!stp_is_protocol_broken(builder->resolver->context, protocol))
		stp_help(builder->resolver->context,
			 stp_report(builder->resolver->context, STP_D_never_asked, name->span,
				    "`%s` never asks about `%s`", protocol->name, factor->name),
			 "no rule of it depends on that: leave it out");
	return NULL;
}

static const struct stp_factor *factor_of(struct builder *builder, const struct stp_node *name)
{
	struct stp_symbol *symbol = stp_find(builder->resolver, name, STP_SPACE_VOCABULARY,
					     STP_KIND(STP_N_FACTOR) | STP_SCREENED_KINDS,
					     "`when` takes a factor or a screened condition");

	if (symbol == NULL) {
		builder->faulty = true;
		return NULL;
	}
	if (symbol->node->kind == STP_N_FACTOR && builder->protocol != NULL)
		return asked_factor(builder, name, symbol->is.factor);
	if (symbol->node->kind == STP_N_FACTOR)
		return symbol->is.factor;
	return asked_question(builder, name, symbol->is.term);
}

/* `skin_type V to VI`, `not pregnancy`: which values of which factor. */
static void add_holds(struct builder *builder, const struct stp_node *node)
{
	const struct stp_node *name = node->first, *values = name->next;
	const struct stp_factor *factor = factor_of(builder, name);
	struct stp_diagnostic *diagnostic;
	uint16_t set;

	if (factor == NULL)
		return;
	if (values == NULL && !factor->yes_no) {
		diagnostic = stp_report(builder->resolver->context, STP_D_no_value, node->span,
					"which value of `%s`?", factor->name);
		stp_help(builder->resolver->context, diagnostic, "write one: `%s %s`", factor->name,
			 factor->value_count > 0 ? factor->values[0].name : "value");
		builder->faulty = true;
		return;
	}
	set = values == NULL ? 2 : stp_values_of(builder->resolver, factor, values);
	if (set == 0) {
		builder->faulty = true;
		return;
	}
	if (node->kind == STP_N_HOLDS_NOT)
		set = (uint16_t)(stp_all_values(factor) & ~(unsigned)set);
	narrow_factor(builder, factor, set);
}

static bool counts_sessions(const struct stp_node *node)
{
	return node->kind == STP_N_SESSION_IS || node->kind == STP_N_SESSION_FROM;
}

static void add_counted(struct builder *builder, const struct stp_node *node)
{
	struct stp_ends ends = { 0, STP_ANY_HIGH };
	struct stp_resolver *resolver = builder->resolver;
	bool read;

	switch (node->kind) {
	case STP_N_SESSION_IS:
	case STP_N_AGE_IS:
		read = stp_span_of(resolver, node->first, STP_COUNT, STP_SETTING_MOST, &ends);
		break;
	case STP_N_AGE_BELOW:
		read = stp_count(resolver, node->first, STP_SETTING_MOST, &ends.high) &&
		       stp_check_some(resolver, node->first, ends.high, "nobody is younger");
		if (read)
			ends.high--;
		break;
	default: read = stp_count(resolver, node->first, STP_SETTING_MOST, &ends.low); break;
	}
	if (read && counts_sessions(node) && ends.low == 0) {
		stp_help(resolver->context,
			 stp_report(resolver->context, STP_D_never_holds, node->span,
				    "there is no session 0"),
			 "sessions count from 1");
		read = false;
	}
	builder->faulty = builder->faulty || !read;
	if (counts_sessions(node))
		stp_narrow_session(builder->condition, ends.low, ends.high);
	else
		stp_narrow_age(builder->condition, ends.low, ends.high);
}

/* Where the condition stands over nothing that can be shown, it is itself what is marked. */
static void report_depth(struct builder *builder, const struct stp_node *node)
{
	struct stp_context *context = builder->resolver->context;
	const struct stp_node *before = builder->before;
	bool over = before->kind != STP_N_WHEN;
	struct stp_diagnostic *diagnostic =
		stp_report(context, STP_D_depth_condition,
			   over ? stp_head_word(builder->resolver, before) : node->span,
			   over ? "this is judged before the depth used is known"
				: "the depth used is not known yet here");

	if (over)
		stp_label(context, diagnostic, node->span, "it stands under this");
	stp_help(context, diagnostic,
		 "the depth stands over `after`, `expect` and how far apart sessions are");
}

static void add_depth(struct builder *builder, const struct stp_node *node)
{
	uint32_t um;

	if (builder->before != NULL) {
		report_depth(builder, node);
		builder->faulty = true;
	} else if (!stp_quantity(builder->resolver, node->first, STP_LENGTH, STP_SETTING_MOST,
				 &um)) {
		builder->faulty = true;
	} else if (node->kind == STP_N_DEPTH_OVER) {
		if (um + 1 > builder->condition->depth_low_um)
			builder->condition->depth_low_um = um + 1;
	} else if (um < builder->condition->depth_high_um) {
		builder->condition->depth_high_um = um;
	}
}

static void add_condition(struct builder *builder, const struct stp_node *node)
{
	switch (node->kind) {
	case STP_N_HOLDS:
	case STP_N_HOLDS_NOT: add_holds(builder, node); break;
	case STP_N_SESSION_IS:
	case STP_N_SESSION_FROM:
	case STP_N_AGE_IS:
	case STP_N_AGE_FROM:
	case STP_N_AGE_BELOW: add_counted(builder, node); break;
	case STP_N_DEPTH_OVER:
	case STP_N_DEPTH_TO: add_depth(builder, node); break;
	default: return; /* the node's other parts */
	}
	builder->condition->span = builder->condition->span.source == 0
					   ? node->span
					   : stp_span_join(builder->condition->span, node->span);
}

/* The box that was built; NULL where something was reported. */
static struct stp_condition *finish(struct builder *builder)
{
	builder->condition->terms = builder->terms.items;
	builder->condition->term_count = builder->terms.count;
	if (builder->faulty)
		return NULL;
	if (stp_box_is_empty(builder->condition)) {
		stp_help(builder->resolver->context,
			 stp_report(builder->resolver->context, STP_D_never_holds,
				    builder->condition->span, "this can hold for no client"),
			 "its parts contradict each other");
		return NULL;
	}
	return builder->condition;
}

struct stp_condition *stp_condition_of(struct stp_resolver *resolver, struct stp_draft *draft,
				       const struct stp_node *node, const struct stp_node *before)
{
	struct builder builder = { .resolver = resolver, .draft = draft, .before = before };

	builder.condition = stp_alloc(resolver->context, sizeof *builder.condition);
	*builder.condition = stp_everyone();
	for (const struct stp_node *part = node->first; part != NULL; part = part->next)
		add_condition(&builder, part);
	return finish(&builder);
}

static bool is_about_depth(const struct stp_condition *condition)
{
	return condition->depth_low_um != 0 || condition->depth_high_um != STP_ANY_DEPTH;
}

/* How deep the last session went is told to the device for the intervals of the course alone. */
static void check_depth_asked(struct builder *builder)
{
	const struct stp_protocol *protocol = builder->protocol;

	if (!is_about_depth(builder->condition) ||
	    stp_is_protocol_broken(builder->resolver->context, protocol))
		return;
	for (size_t i = 0; i < protocol->course_rule_count; i++)
		if (is_about_depth(protocol->course_rules[i].when))
			return;
	stp_help(builder->resolver->context,
		 stp_report(builder->resolver->context, STP_D_never_asked, builder->condition->span,
			    "no interval of `%s` depends on the depth of the last session",
			    protocol->name),
		 "leave it out: the device judges nothing else by it");
	builder->faulty = true;
}

struct stp_condition *stp_client_of_test(struct stp_resolver *resolver,
					 const struct stp_protocol *protocol,
					 const struct stp_node *block)
{
	struct builder builder = { .resolver = resolver, .protocol = protocol };
	const struct stp_node *given = stp_child(block, STP_N_GIVEN);

	builder.condition = stp_alloc(resolver->context, sizeof *builder.condition);
	*builder.condition = stp_everyone();
	for (; given != NULL; given = stp_next_of(given, STP_N_GIVEN))
		for (const struct stp_node *part = given->first; part != NULL; part = part->next)
			add_condition(&builder, part);
	if (!builder.faulty)
		check_depth_asked(&builder);
	return finish(&builder);
}

const struct stp_factor *stp_asked_factor(struct stp_resolver *resolver,
					  const struct stp_protocol *protocol,
					  const struct stp_node *name)
{
	struct builder builder = { .resolver = resolver, .protocol = protocol };

	return factor_of(&builder, name);
}
