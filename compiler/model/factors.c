/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Factors: the finite facts that the device asks about a client. Those that are declared, and the
 * yes/no question that every screened condition becomes. Language reference, "Factors".
 */
#include "model/resolver.h"

static bool is_repeated(const struct stp_factor *factor, const char *name)
{
	for (size_t i = 0; i < factor->value_count; i++)
		if (factor->values[i].name == name)
			return true;
	return false;
}

static void resolve_values(struct stp_resolver *resolver, struct stp_factor *factor,
			   const struct stp_node *list)
{
	for (const struct stp_node *choice = list->first; choice != NULL; choice = choice->next) {
		const struct stp_node *name = stp_child(choice, STP_N_NAME);
		const struct stp_node *text = stp_child(choice, STP_N_TEXT);

		if (is_repeated(factor, name->text)) {
			stp_help(resolver->context,
				 stp_report(resolver->context, STP_D_repeated_word, name->span,
					    "`%s` is said twice", name->text),
				 "take one of the two away");
		} else if (factor->value_count == STP_FACTOR_VALUES) {
			stp_help(resolver->context,
				 stp_report(resolver->context, STP_D_too_many_values, name->span,
					    "a factor has at most %d values", STP_FACTOR_VALUES),
				 "join values that no rule tells apart");
			return;
		} else {
			factor->values[factor->value_count].name = name->text;
			factor->values[factor->value_count++].label =
				text == NULL ? NULL : text->text;
		}
	}
}

static void be_yes_no(struct stp_factor *factor)
{
	factor->yes_no = true;
	factor->value_count = 2;
	factor->values[0] = (struct stp_factor_value){ "no", NULL };
	factor->values[1] = (struct stp_factor_value){ "yes", NULL };
}

/* `only when session from 2`: the one condition that a question can have today. */
static void resolve_only_when(struct stp_resolver *resolver, struct stp_factor *factor,
			      const struct stp_node *node)
{
	const struct stp_node *condition = node->first;
	uint32_t session = 1;
	struct stp_diagnostic *diagnostic;

	factor->from_session = 1;
	if (condition->kind == STP_N_SESSION_FROM && condition->next == NULL) {
		if (stp_count(resolver, condition->first, STP_SETTING_MOST, &session))
			factor->from_session = (uint16_t)session;
		return;
	}
	diagnostic = stp_report(resolver->context, STP_D_unsupported, node->span,
				"a factor can depend on the session alone");
	stp_help(resolver->context, diagnostic, "write `only when session from 2`");
}

void stp_resolve_factor(struct stp_resolver *resolver, struct stp_symbol *symbol)
{
	struct stp_factor *factor = symbol->is.factor;
	const struct stp_node *block = stp_block(symbol->node);
	const struct stp_node *choices = block == NULL ? NULL : stp_child(block, STP_N_CHOICES);
	const struct stp_node *scale = block == NULL ? NULL : stp_child(block, STP_N_SCALE);
	const struct stp_node *only = block == NULL ? NULL : stp_child(block, STP_N_ONLY_WHEN);
	struct stp_scene scene;

	stp_check_head(resolver, symbol->node, STP_HEAD_LABEL | STP_HEAD_BODY);
	scene = stp_enter(resolver, NULL, block, STP_PLACE_FACTOR);
	factor->origin = stp_provenance_of(resolver, symbol->node, &scene);
	factor->name = symbol->name;
	factor->label = stp_label_of(resolver, symbol->node, symbol->named);
	factor->asks = stp_text_of(block, STP_N_ASKS);
	factor->if_phrase = stp_text_of(block, STP_N_IF);
	factor->span = symbol->node->span;
	factor->from_session = 1;
	factor->ordered = scale != NULL;
	if (choices != NULL && scale != NULL)
		stp_help(resolver->context,
			 stp_report(resolver->context, STP_D_repeated_statement, scale->span,
				    "a factor has `choices` or a `scale`, not both"),
			 "a scale has an order, choices have none: keep the one that is meant");
	if (choices != NULL || scale != NULL)
		resolve_values(resolver, factor, scale != NULL ? scale : choices);
	else
		be_yes_no(factor);
	if (only != NULL)
		resolve_only_when(resolver, factor, only);
}

/* ---- what screening asks ---- */

static const char *const scope_endings[] = { "", "_in_area", "_at_spot" };

const struct stp_factor *stp_question(struct stp_resolver *resolver, const struct stp_term *term,
				      enum stp_scope scope)
{
	size_t at = (size_t)term->index * 3 + scope;
	struct stp_factor *factor;

	if (resolver->questions[at] != NULL)
		return resolver->questions[at];
	factor = stp_alloc(resolver->context, sizeof *factor);
	factor->name = stp_format(resolver->context, "%s%s", term->name, scope_endings[scope]);
	factor->label = term->label;
	factor->asks = term->asks;
	factor->if_phrase = term->if_phrase;
	factor->condition = term;
	factor->scope = scope;
	factor->from_session = 1;
	factor->span = term->origin.span;
	factor->index = (uint32_t)resolver->factors.count;
	be_yes_no(factor);
	*STP_PUSH(resolver->context, &resolver->factors) = factor;
	resolver->questions[at] = factor;
	return factor;
}
