/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names: what is declared under them, and what is said when one is not found.
 *
 * Names are interned, so the table is keyed by the pointer and the space. An unknown name is
 * entered too, without a declaration: it is reported where it is first met, and its other uses
 * are silent. Language reference, "Names".
 */
#include "model/resolver.h"

#include <string.h>

#define CANDIDATES_MOST 2000 /* nearest names are not sought in more than these */
#define ALIKE_MOST      3

static const struct {
	const char *words;
	const char *use;
} kinds[] = {
	[STP_N_ZONE - STP_N_ZONE] = { "a zone", "zones stand in a protocol and after `in`" },
	[STP_N_PRODUCT -
		STP_N_ZONE] = { "a product",
				"a product stands after `use`, `avoid`, `only`, `may`, `stop` and "
				"`resume`, and in `screen`" },
	[STP_N_MEDICINE - STP_N_ZONE] = { "a medicine", "medicines stand in `screen`, `stop`, `ask "
							"prescriber` and `anaesthetic`" },
	[STP_N_ACTIVITY -
		STP_N_ZONE] = { "an activity",
				"activities stand in `avoid`, `may`, `stop` and `resume`" },
	[STP_N_PROCEDURE -
		STP_N_ZONE] = { "a procedure", "procedures stand in `wait` and `avoid`" },
	[STP_N_CONDITION -
		STP_N_ZONE] = { "a condition", "conditions stand in `screen` and after `when`" },
	[STP_N_EFFECT -
		STP_N_ZONE] = { "an effect",
				"effects stand in `expect`, after `until` and in calls for help" },
	[STP_N_SIGN - STP_N_ZONE] = { "a sign",
				      "signs stand in `ask us`, `call us` and `call emergency`" },
	[STP_N_CARE - STP_N_ZONE] = { "a care", "cares stand after `do`" },
	[STP_N_INDICATION - STP_N_ZONE] = { "an indication", "indications stand after `treats`" },
	[STP_N_FACTOR - STP_N_ZONE] = { "a factor", "factors stand after `when`" },
	[STP_N_DEVICE - STP_N_ZONE] = { "a device", "devices stand after `device` in a protocol" },
	[STP_N_SOURCE - STP_N_ZONE] = { "a source", "sources stand after `cites`" },
	[STP_N_PROTOCOL - STP_N_ZONE] = { "a protocol", "protocols stand after `extends`" },
	[STP_N_CLINIC - STP_N_ZONE] = { "a clinic", "a clinic publishes handouts" },
	[STP_N_LANGUAGE - STP_N_ZONE] = { "a language", "a language translates handouts" },
	[STP_N_POLICY - STP_N_ZONE] = { "a policy", "a policy holds for whoever imports its file" },
};

const char *stp_kind_words(enum stp_node_kind kind)
{
	return kinds[kind - STP_N_ZONE].words;
}

static enum stp_space space_of(enum stp_node_kind kind)
{
	switch (kind) {
	case STP_N_SOURCE: return STP_SPACE_SOURCES;
	case STP_N_PROTOCOL: return STP_SPACE_PROTOCOLS;
	case STP_N_CLINIC: return STP_SPACE_CLINICS;
	case STP_N_LANGUAGE: return STP_SPACE_LANGUAGES;
	case STP_N_POLICY: return STP_SPACE_POLICIES;
	default: return STP_SPACE_VOCABULARY;
	}
}

/* ---- the table ---- */

static size_t slot_of(const struct stp_symbols *table, const char *name, enum stp_space space)
{
	uint64_t key = ((uint64_t)(uintptr_t)name >> 3) * STP_SPACES + space;
	size_t at = (size_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & (table->room - 1);

	while (table->slots[at] != NULL &&
	       (table->slots[at]->name != name || table->slots[at]->space != space))
		at = (at + 1) & (table->room - 1);
	return at;
}

static void make_room(struct stp_context *context, struct stp_symbols *table)
{
	struct stp_symbol **old = table->slots;
	size_t old_room = table->room;

	if (table->count * 2 < old_room)
		return;
	table->room = old_room == 0 ? 256 : old_room * 2;
	table->slots = stp_alloc_array(context, table->room, sizeof *table->slots);
	for (size_t i = 0; i < old_room; i++)
		if (old[i] != NULL)
			table->slots[slot_of(table, old[i]->name, old[i]->space)] = old[i];
}

static struct stp_symbol *enter(struct stp_resolver *resolver, const char *name,
				enum stp_space space)
{
	struct stp_symbol *symbol = stp_alloc(resolver->context, sizeof *symbol);
	struct stp_symbols *table = &resolver->symbols;

	make_room(resolver->context, table);
	symbol->name = name;
	symbol->space = space;
	table->slots[slot_of(table, name, space)] = symbol;
	table->count++;
	return symbol;
}

struct stp_symbol *stp_peek(const struct stp_resolver *resolver, const char *name,
			    enum stp_space space)
{
	const struct stp_symbols *table = &resolver->symbols;
	struct stp_symbol *symbol =
		table->room == 0 ? NULL : table->slots[slot_of(table, name, space)];

	return symbol != NULL && symbol->node != NULL ? symbol : NULL;
}

/* Of two files the importing one is to blame: it was read first, and can be changed. */
static void report_duplicate(struct stp_resolver *resolver, const struct stp_node *declaration,
			     const struct stp_node *named, const struct stp_symbol *before)
{
	const struct stp_node *other = before->named;
	enum stp_node_kind kind = before->node->kind;
	bool first = other->span.source == named->span.source;
	struct stp_diagnostic *diagnostic;

	if (!first) {
		other = named;
		named = before->named;
		kind = declaration->kind;
	}
	diagnostic = stp_report(resolver->context, STP_D_duplicate_name, named->span,
				"`%s` is declared a second time", named->text);
	stp_label(resolver->context, diagnostic, other->span, "%s declared here, as %s",
		  first ? "first" : "also", stp_kind_words(kind));
	stp_help(resolver->context, diagnostic, "give one of the two another name");
}

/* A language may be said in several blocks, of which one has the label. */
static bool adds_to_language(struct stp_resolver *resolver, const struct stp_node *declaration,
			     struct stp_symbol *symbol)
{
	if (declaration->kind != STP_N_LANGUAGE)
		return false;
	if (stp_child(declaration, STP_N_TEXT) == NULL) {
		*STP_PUSH(resolver->context, &resolver->language_parts) = declaration;
		return true;
	}
	if (stp_child(symbol->node, STP_N_TEXT) != NULL)
		return false;
	*STP_PUSH(resolver->context, &resolver->language_parts) = symbol->node;
	symbol->node = declaration;
	symbol->named = stp_child(declaration, STP_N_NAME);
	return true;
}

void stp_declare(struct stp_resolver *resolver, const struct stp_node *declaration)
{
	const struct stp_node *named = stp_child(declaration, STP_N_NAME);
	enum stp_space space = space_of(declaration->kind);
	struct stp_symbol *symbol;

	if (named == NULL)
		return;
	symbol = stp_peek(resolver, named->text, space);
	if (symbol != NULL && adds_to_language(resolver, declaration, symbol))
		return;
	if (symbol != NULL) {
		report_duplicate(resolver, declaration, named, symbol);
		return;
	}
	symbol = enter(resolver, named->text, space);
	symbol->node = declaration;
	symbol->named = named;
	*STP_PUSH(resolver->context, &resolver->symbols.order) = symbol;
}

/* ---- looking up ---- */

static const char *join(struct stp_context *context, const char *const *words, size_t count)
{
	struct stp_string list;

	stp_string_init(&list, context);
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			stp_add(&list, i + 1 == count ? " or " : ", ");
		stp_add(&list, words[i]);
	}
	return list.text;
}

void stp_suggest(struct stp_resolver *resolver, struct stp_diagnostic *diagnostic,
		 struct stp_span span, const char *name, const char *const *candidates,
		 size_t count)
{
	const char *nearest = stp_nearest(name, candidates, count);
	const char *meant = stp_surely_meant(name, candidates, count);

	const char *alike[ALIKE_MOST];
	size_t found;

	if (nearest == NULL) {
		found = stp_alike(name, candidates, count, alike, ALIKE_MOST);
		if (found > 0)
			stp_help(resolver->context, diagnostic, "perhaps %s is meant",
				 join(resolver->context, alike, found));
		return;
	}
	stp_help(resolver->context, diagnostic, "did you mean `%s`?", nearest);
	if (meant != NULL)
		stp_fix(resolver->context, diagnostic, span, meant);
}

static void report_unknown(struct stp_resolver *resolver, const struct stp_node *name,
			   enum stp_space space, unsigned allowed, const char *purpose)
{
	STP_LIST(const char *) candidates = { NULL, 0, 0 };
	size_t declared = resolver->symbols.order.count;
	struct stp_symbol *symbol = enter(resolver, name->text, space);
	struct stp_diagnostic *diagnostic;

	if (stp_is_broken(resolver->context, name->span) ||
	    stp_is_declared_in_broken(resolver->context, allowed, name->text) ||
	    stp_report_missing_import(resolver, name, allowed))
		return;
	symbol->unknown = diagnostic =
		stp_report(resolver->context, STP_D_unknown_name, name->span,
			   "nothing is declared under the name `%s`; %s", name->text, purpose);
	if (diagnostic == resolver->context->unkept)
		return; /* nobody reads what else might be meant */
	for (size_t i = 0; i < declared && candidates.count < CANDIDATES_MOST; i++) {
		struct stp_symbol *other = resolver->symbols.order.items[i];

		if (other->space == space && (STP_KIND(other->node->kind) & allowed) != 0)
			*STP_PUSH(resolver->context, &candidates) = other->name;
	}
	stp_suggest(resolver, diagnostic, name->span, name->text, candidates.items,
		    candidates.count);
	if (diagnostic->help == NULL)
		stp_help(resolver->context, diagnostic,
			 "declare it, or import the file that declares it; `stipple words` lists "
			 "those of the library");
}

static void report_kind(struct stp_resolver *resolver, const struct stp_node *name,
			const struct stp_symbol *symbol, const char *purpose)
{
	struct stp_diagnostic *diagnostic =
		stp_report(resolver->context, STP_D_wrong_kind, name->span, "`%s` is %s; %s",
			   name->text, stp_kind_words(symbol->node->kind), purpose);

	stp_label(resolver->context, diagnostic, symbol->named->span, "declared here");
	stp_help(resolver->context, diagnostic, "%s", kinds[symbol->node->kind - STP_N_ZONE].use);
}

/* An unknown name is reported where it is first met; what mends it there mends it here. */
static void mend_too(struct stp_resolver *resolver, const struct stp_symbol *symbol,
		     const struct stp_node *name)
{
	const struct stp_fix *fix = symbol->unknown == NULL ? NULL : symbol->unknown->fixes;

	for (; fix != NULL; fix = fix->next)
		if (fix->span.source == name->span.source && fix->span.begin == name->span.begin)
			return; /* the same place, read again */
	if (symbol->unknown != NULL && symbol->unknown->fixes != NULL)
		stp_fix(resolver->context, symbol->unknown, name->span,
			symbol->unknown->fixes->text);
}

struct stp_symbol *stp_find(struct stp_resolver *resolver, const struct stp_node *name,
			    enum stp_space space, unsigned allowed, const char *purpose)
{
	struct stp_symbols *table = &resolver->symbols;
	struct stp_symbol *symbol = NULL;

	if (name == NULL)
		return NULL;
	if (table->room > 0)
		symbol = table->slots[slot_of(table, name->text, space)];
	if (symbol == NULL) {
		report_unknown(resolver, name, space, allowed, purpose);
		return NULL;
	}
	if (symbol->node == NULL) {
		mend_too(resolver, symbol, name);
		return NULL;
	}
	if ((STP_KIND(symbol->node->kind) & allowed) == 0) {
		report_kind(resolver, name, symbol, purpose);
		return NULL;
	}
	return symbol;
}

const struct stp_citation *stp_find_source(struct stp_resolver *resolver,
					   const struct stp_node *name)
{
	struct stp_symbol *symbol = stp_find(resolver, name, STP_SPACE_SOURCES,
					     STP_KIND(STP_N_SOURCE), "`cites` takes a source");

	return symbol == NULL ? NULL : symbol->is.citation;
}

const struct stp_term *stp_find_term(struct stp_resolver *resolver, const struct stp_node *name,
				     unsigned allowed, const char *purpose)
{
	struct stp_symbol *symbol =
		stp_find(resolver, name, STP_SPACE_VOCABULARY, allowed, purpose);

	return symbol == NULL ? NULL : symbol->is.term;
}

const struct stp_zone *stp_find_zone(struct stp_resolver *resolver, const struct stp_node *name)
{
	struct stp_symbol *symbol = stp_find(resolver, name, STP_SPACE_VOCABULARY,
					     STP_KIND(STP_N_ZONE), "a zone is wanted here");

	return symbol == NULL ? NULL : symbol->is.zone;
}

/* ---- words of fixed lists ---- */

int stp_find_word(struct stp_resolver *resolver, const struct stp_node *name,
		  const char *const *words, size_t count, const char *what)
{
	struct stp_diagnostic *diagnostic;

	if (name == NULL)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (strcmp(name->text, words[i]) == 0)
			return (int)i;
	diagnostic = stp_report(resolver->context, STP_D_unknown_word, name->span, "`%s` is not %s",
				name->text, what);
	stp_suggest(resolver, diagnostic, name->span, name->text, words, count);
	if (diagnostic->help == NULL)
		stp_help(resolver->context, diagnostic, "it is one of %s",
			 join(resolver->context, words, count));
	return -1;
}
