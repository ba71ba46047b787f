/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a declaration stands `in`: a retinol is a retinoid, a cheek is part of the face. A parent
 * is of the same kind, and nothing stands in itself, however far round.
 */
#include "model/resolver.h"

static unsigned parent_kinds(enum stp_node_kind kind)
{
	if (kind == STP_N_PRODUCT || kind == STP_N_MEDICINE)
		return STP_KIND(STP_N_PRODUCT) | STP_KIND(STP_N_MEDICINE);
	return STP_KIND(kind);
}

/* `in` or `extends`, whichever the declaration has. */
static const struct stp_node *link_of(const struct stp_symbol *symbol)
{
	return stp_child(symbol->node,
			 symbol->space == STP_SPACE_PROTOCOLS ? STP_N_EXTENDS : STP_N_IN);
}

static void bind_parent(struct stp_resolver *resolver, struct stp_symbol *symbol)
{
	const struct stp_node *link = link_of(symbol);

	if (link == NULL)
		return;
	if (symbol->space == STP_SPACE_PROTOCOLS)
		symbol->parent = stp_find(resolver, link->first, STP_SPACE_PROTOCOLS,
					  STP_KIND(STP_N_PROTOCOL), "`extends` takes a protocol");
	else if (symbol->space == STP_SPACE_VOCABULARY)
		symbol->parent =
			stp_find(resolver, link->first, STP_SPACE_VOCABULARY,
				 parent_kinds(symbol->node->kind),
				 stp_format(resolver->context, "%s stands in one of its own kind",
					    stp_kind_words(symbol->node->kind)));
}

static void report_cycle(struct stp_resolver *resolver, struct stp_symbol *closing)
{
	const char *verb = closing->space == STP_SPACE_PROTOCOLS ? "extends" : "stands in";
	struct stp_diagnostic *diagnostic = stp_report(
		resolver->context, STP_D_cycle, link_of(closing)->span, "`%s` %s itself%s",
		closing->name, verb, closing->parent == closing ? "" : ", by way of others");

	for (struct stp_symbol *at = closing->parent; at != closing; at = at->parent)
		stp_label(resolver->context, diagnostic, link_of(at)->span, "`%s` %s `%s`",
			  at->name, verb, at->parent->name);
	stp_help(resolver->context, diagnostic, "take one of them out of the circle");
}

/* Follows the parents until one that was seen before; one that is on the way closes a circle. */
static void seek_cycle(struct stp_resolver *resolver, struct stp_symbol *start)
{
	struct stp_symbol *at = start;

	while (at != NULL && at->state == STP_UNSEEN) {
		at->state = STP_ON_THE_WAY;
		if (at->parent != NULL && at->parent->state == STP_ON_THE_WAY) {
			report_cycle(resolver, at);
			at->parent = NULL;
		}
		at = at->parent;
	}
	for (at = start; at != NULL && at->state == STP_ON_THE_WAY; at = at->parent)
		at->state = STP_SEEN;
}

void stp_resolve_parents(struct stp_resolver *resolver)
{
	struct stp_symbol **symbols = resolver->symbols.order.items;
	size_t count = resolver->symbols.order.count;

	for (size_t i = 0; i < count; i++)
		bind_parent(resolver, symbols[i]);
	for (size_t i = 0; i < count; i++)
		seek_cycle(resolver, symbols[i]);
	for (size_t i = 0; i < count; i++) {
		if (symbols[i]->parent == NULL || symbols[i]->space != STP_SPACE_VOCABULARY)
			continue;
		if (symbols[i]->node->kind == STP_N_ZONE)
			symbols[i]->is.zone->parent = symbols[i]->parent->is.zone;
		else
			symbols[i]->is.term->parent = symbols[i]->parent->is.term;
	}
}

bool stp_zone_within(const struct stp_zone *zone, const struct stp_zone *ancestor)
{
	while (zone != NULL && zone != ancestor)
		zone = zone->parent;
	return zone != NULL;
}

bool stp_term_within(const struct stp_term *term, const struct stp_term *ancestor)
{
	while (term != NULL && term != ancestor)
		term = term->parent;
	return term != NULL;
}
