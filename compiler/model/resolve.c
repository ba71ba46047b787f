/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From trees to the model. First every declaration gets its name and its place in the lists, so
 * that any may speak of any; then they are resolved kind by kind; at the end the finished model
 * is checked as a whole.
 */
#include "model/resolver.h"

#include <string.h>

#include "check/check.h"
#include "model/policies.h"

/* ---- collecting ---- */

static void check_edition(struct stp_resolver *resolver, const struct stp_tree *tree,
			  const struct stp_node *node)
{
	const struct stp_node *number = node->first;

	if (node != tree->root->first)
		stp_help(resolver->context,
			 stp_report(resolver->context, STP_D_misplaced_statement, node->span,
				    "`edition` stands before everything else"),
			 "make it the first statement of the file");

	if (number->decimals != 0 || number->mantissa != 1)
		stp_help(resolver->context,
			 stp_report(resolver->context, STP_D_edition, number->span,
				    "this program knows edition 1 of the language"),
			 "write `edition 1`, or use a program that knows the other one");
}

static void collect_allowances(struct stp_resolver *resolver, const struct stp_node *block,
			       struct stp_span where)
{
	const struct stp_node *allow = stp_child(block, STP_N_ALLOW);

	for (; allow != NULL; allow = stp_next_of(allow, STP_N_ALLOW)) {
		const struct stp_node *name = stp_child(allow, STP_N_NAME);

		stp_allow(&resolver->allowances, name->text, name->span, allow->span, where);
	}
}

static void collect_file(struct stp_resolver *resolver, const struct stp_tree *tree)
{
	struct stp_span whole = { tree->source->id, 0, (uint32_t)tree->source->length };

	stp_check_block(resolver, tree->root, STP_PLACE_FILE);
	collect_allowances(resolver, tree->root, whole);
	for (const struct stp_node *node = tree->root->first; node != NULL; node = node->next) {
		if (node->kind == STP_N_EDITION)
			check_edition(resolver, tree, node);
		if (node->kind == STP_N_TEST)
			*STP_PUSH(resolver->context, &resolver->test_nodes) = node;
		if (node->kind < STP_N_ZONE || node->kind > STP_N_POLICY)
			continue;
		stp_declare(resolver, node);
		if (node->kind == STP_N_PROTOCOL && stp_block(node) != NULL)
			collect_allowances(resolver, stp_block(node), node->span);
	}
}

/* ---- a place in the lists for each ---- */

static void place_term(struct stp_resolver *resolver, struct stp_symbol *symbol)
{
	struct stp_term *term = stp_alloc(resolver->context, sizeof *term);

	term->kind = (enum stp_term_kind)(symbol->node->kind - STP_N_PRODUCT);
	term->index = (uint32_t)resolver->terms.count;
	*STP_PUSH(resolver->context, &resolver->terms) = term;
	symbol->is.term = term;
}

/* The symbol's object: allocated, numbered and listed. */
#define PLACE(list, field)                                                                         \
	do {                                                                                       \
		symbol->is.field = stp_alloc(resolver->context, sizeof *symbol->is.field);         \
		symbol->is.field->index = (uint32_t)resolver->list.count;                          \
		*STP_PUSH(resolver->context, &resolver->list) = symbol->is.field;                  \
	} while (0)

static void place(struct stp_resolver *resolver, struct stp_symbol *symbol)
{
	switch (symbol->node->kind) {
	case STP_N_SOURCE: PLACE(citations, citation); break;
	case STP_N_ZONE: PLACE(zones, zone); break;
	case STP_N_FACTOR: PLACE(factors, factor); break;
	case STP_N_DEVICE: PLACE(devices, device); break;
	case STP_N_PROTOCOL: PLACE(protocols, protocol); break;
	case STP_N_POLICY: PLACE(policies, policy); break;
	case STP_N_CLINIC:
		symbol->is.clinic = stp_alloc(resolver->context, sizeof *symbol->is.clinic);
		*STP_PUSH(resolver->context, &resolver->clinics) = symbol->is.clinic;
		break;
	case STP_N_LANGUAGE:
		symbol->is.language = stp_alloc(resolver->context, sizeof *symbol->is.language);
		*STP_PUSH(resolver->context, &resolver->languages) = symbol->is.language;
		break;
	default: place_term(resolver, symbol); break;
	}
}

/* ---- kind by kind ---- */

static void resolve_each(struct stp_resolver *resolver, unsigned kinds,
			 void (*resolve)(struct stp_resolver *, struct stp_symbol *))
{
	for (size_t i = 0; i < resolver->symbols.order.count; i++) {
		struct stp_symbol *symbol = resolver->symbols.order.items[i];

		if ((STP_KIND(symbol->node->kind) & kinds) != 0)
			resolve(resolver, symbol);
	}
}

#define TERM_KINDS (STP_KIND(STP_N_FACTOR) - STP_KIND(STP_N_PRODUCT))

static void resolve_all(struct stp_resolver *resolver)
{
	struct stp_symbol *operator_symbol;

	resolve_each(resolver, STP_KIND(STP_N_SOURCE), stp_resolve_source);
	stp_resolve_parents(resolver);
	resolve_each(resolver, STP_KIND(STP_N_ZONE), stp_resolve_zone);
	resolve_each(resolver, TERM_KINDS, stp_resolve_term);
	resolve_each(resolver, STP_KIND(STP_N_FACTOR), stp_resolve_factor);
	operator_symbol = stp_peek(resolver, stp_intern(resolver->context, "operator", 8),
				   STP_SPACE_VOCABULARY);
	if (operator_symbol != NULL && operator_symbol->node->kind == STP_N_FACTOR)
		resolver->operator_factor = operator_symbol->is.factor;
	resolver->questions = stp_alloc_array(resolver->context, resolver->terms.count * 3 + 1,
					      sizeof *resolver->questions);
	stp_link_zones(resolver);
	resolve_each(resolver, STP_KIND(STP_N_DEVICE), stp_resolve_device);
	resolve_each(resolver, STP_KIND(STP_N_CLINIC), stp_resolve_clinic);
	resolve_each(resolver, STP_KIND(STP_N_LANGUAGE), stp_resolve_language);
	resolve_each(resolver, STP_KIND(STP_N_POLICY), stp_resolve_policy);
	resolve_each(resolver, STP_KIND(STP_N_PROTOCOL), stp_resolve_protocol);
	resolve_each(resolver, STP_KIND(STP_N_PROTOCOL), stp_apply_house_courses);
	for (size_t i = 0; i < resolver->test_nodes.count; i++)
		stp_resolve_test(resolver, resolver->test_nodes.items[i]);
}

static void fill_model(const struct stp_resolver *resolver, struct stp_model *model)
{
	model->citations = resolver->citations.items;
	model->citation_count = resolver->citations.count;
	model->terms = resolver->terms.items;
	model->term_count = resolver->terms.count;
	model->zones = resolver->zones.items;
	model->zone_count = resolver->zones.count;
	model->factors = resolver->factors.items;
	model->factor_count = resolver->factors.count;
	model->devices = resolver->devices.items;
	model->device_count = resolver->devices.count;
	model->protocols = resolver->protocols.items;
	model->protocol_count = resolver->protocols.count;
	model->clinics = resolver->clinics.items;
	model->clinic_count = resolver->clinics.count;
	model->languages = resolver->languages.items;
	model->language_count = resolver->languages.count;
	model->tests = resolver->tests.items;
	model->test_count = resolver->tests.count;
	model->policies = resolver->policies.items;
	model->policy_count = resolver->policies.count;
}

const struct stp_model *stp_resolve(struct stp_context *context,
				    const struct stp_tree *const *trees, size_t count)
{
	struct stp_resolver resolver;
	struct stp_model *model = stp_alloc(context, sizeof *model);

	memset(&resolver, 0, sizeof resolver);
	resolver.context = resolver.allowances.context = context;
	resolver.trees = trees;
	for (size_t i = 0; i < count; i++)
		collect_file(&resolver, trees[i]);
	for (size_t i = 0; i < resolver.symbols.order.count; i++)
		place(&resolver, resolver.symbols.order.items[i]);
	resolve_all(&resolver);
	fill_model(&resolver, model);
	stp_check(model, &resolver.allowances);
	stp_report_unused(&resolver.allowances);
	return model;
}
