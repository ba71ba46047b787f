/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which statement belongs where, from the table in places.def. The grammar lets any statement
 * stand anywhere, so that a misplaced one is answered in words: where it does belong.
 */
#include "model/resolver.h"

#include <string.h>

static const char *const place_words[STP_PLACES] = {
#define STP_PLACE(name, words) words,
#include "model/places.def"
};

struct belonging {
	const char *word;
	bool once;
	unsigned places;
};

static const struct belonging belongings[STP_NODE_KINDS] = {
#define AT(place)                             (1u << STP_PLACE_##place)
#define STP_BELONGS(kind, word, once, places) [STP_N_##kind] = { word, once, places },
#include "model/places.def"
};

const struct stp_node *stp_block(const struct stp_node *node)
{
	return node == NULL ? NULL : stp_child(node, STP_N_BLOCK);
}

/* "in `screen` or in a `medicine`": at most three, the blocks of a protocol first. */
static const char *describe_places(struct stp_context *context, unsigned places)
{
	struct stp_string text;
	size_t named = 0;

	stp_string_init(&text, context);
	for (unsigned place = STP_PLACES; place-- > 0 && named < 3;) {
		if ((places >> place & 1) == 0)
			continue;
		places &= ~(1u << place);
		if (named > 0)
			stp_add(&text, places == 0 || named == 2 ? " or " : ", ");
		stp_add(&text, place_words[place]);
		named++;
	}
	return text.text;
}

/* A statement that begins with a word that is no keyword parses as an effect of `expect`. */
static void report_unknown_statement(struct stp_resolver *resolver, const struct stp_node *node,
				     enum stp_place place)
{
	const struct stp_node *word = node->first;
	const char *candidates[STP_NODE_KINDS];
	size_t count = 0;
	struct stp_diagnostic *diagnostic =
		stp_report(resolver->context, STP_D_unknown_statement, word->span,
			   "no statement begins with `%s`", word->text);

	for (unsigned kind = 0; kind < STP_NODE_KINDS; kind++)
		if (belongings[kind].word != NULL && (belongings[kind].places >> place & 1) != 0)
			candidates[count++] = belongings[kind].word;
	stp_suggest(resolver, diagnostic, word->span, word->text, candidates, count);
	if (diagnostic->help == NULL)
		stp_help(resolver->context, diagnostic, "a statement begins with a keyword");
}

/* The name of an effect begins a statement in `expect` alone. */
static bool report_effect(struct stp_resolver *resolver, const struct stp_node *node,
			  enum stp_place place)
{
	const struct stp_symbol *symbol =
		stp_peek(resolver, node->first->text, STP_SPACE_VOCABULARY);

	if (symbol == NULL || symbol->node->kind != STP_N_EFFECT)
		return false;
	stp_help(resolver->context,
		 stp_report(resolver->context, STP_D_misplaced_statement, node->first->span,
			    "`%s` is an effect, which is not expected %s", symbol->name,
			    place_words[place]),
		 "effects stand in `expect`");
	return true;
}

struct stp_span stp_head_word(struct stp_resolver *resolver, const struct stp_node *node)
{
	const char *word = belongings[node->kind].word;
	struct stp_span span = node->span;

	if (word != NULL &&
	    strncmp(stp_source_text(resolver->context, span), word, strlen(word)) == 0)
		span.end = span.begin + (uint32_t)strlen(word);
	return span;
}

static void report_misplaced(struct stp_resolver *resolver, const struct stp_node *node,
			     enum stp_place place)
{
	const struct belonging *belonging = &belongings[node->kind];
	struct stp_diagnostic *diagnostic;

	if (node->kind == STP_N_EXPECTED) {
		if (!report_effect(resolver, node, place))
			report_unknown_statement(resolver, node, place);
		return;
	}
	if (stp_is_unclosed(resolver->context, node->span.source))
		return; /* a missing } puts all that follows into the wrong block */
	diagnostic = stp_report(resolver->context, STP_D_misplaced_statement,
				stp_head_word(resolver, node), "`%s` does not belong %s",
				belonging->word, place_words[place]);
	if (node->kind == STP_N_WHEN && place == STP_PLACE_WHEN)
		stp_help(resolver->context, diagnostic, "join the two conditions with `and`");
	else
		stp_help(resolver->context, diagnostic, "it stands %s",
			 describe_places(resolver->context, belonging->places));
}

static void report_repeated(struct stp_resolver *resolver, const struct stp_node *node,
			    const struct stp_node *before)
{
	struct stp_diagnostic *diagnostic =
		stp_report(resolver->context, STP_D_repeated_statement, node->span,
			   "`%s` is said twice in one block", belongings[node->kind].word);

	stp_label(resolver->context, diagnostic, before->span, "said first here");
	stp_help(resolver->context, diagnostic, "keep the one that is meant");
}

/* A text that is no claim about the treatment has nothing to cite. */
static bool takes_no_tails(enum stp_node_kind kind)
{
	return kind >= STP_N_TITLE && kind <= STP_N_LOGO && kind != STP_N_BENEFIT &&
	       kind != STP_N_UNKNOWN;
}

static void check_tails(struct stp_resolver *resolver, const struct stp_node *node)
{
	for (const struct stp_node *tail = node->first; tail != NULL; tail = tail->next)
		if (tail->kind >= STP_N_BECAUSE && tail->kind <= STP_N_DIFFERS)
			stp_help(
				resolver->context,
				stp_report(resolver->context, STP_D_misplaced_part, tail->span,
					   "`%s` does not belong to `%s`",
					   tail->kind == STP_N_DIFFERS ? "but"
								       : stp_node_names[tail->kind],
					   belongings[node->kind].word),
				"take it away; benefits, risks and rules have reasons and sources");
}

void stp_check_block(struct stp_resolver *resolver, const struct stp_node *block,
		     enum stp_place place)
{
	const struct stp_node *seen[STP_NODE_KINDS] = { NULL };

	if (block == NULL)
		return;
	for (const struct stp_node *node = block->first; node != NULL; node = node->next) {
		if (takes_no_tails(node->kind))
			check_tails(resolver, node);
		if ((belongings[node->kind].places >> place & 1) == 0)
			report_misplaced(resolver, node, place);
		else if (belongings[node->kind].once && seen[node->kind] != NULL)
			report_repeated(resolver, node, seen[node->kind]);
		else if (belongings[node->kind].once)
			seen[node->kind] = node;
	}
}

static void report_head(struct stp_resolver *resolver, const struct stp_node *part,
			const char *what, const struct stp_node *declaration)
{
	struct stp_diagnostic *diagnostic;

	if (part == NULL)
		return;
	diagnostic =
		stp_report(resolver->context, STP_D_misplaced_part, part->span,
			   "%s does not belong to %s", what, stp_kind_words(declaration->kind));
	stp_help(resolver->context, diagnostic,
		 declaration->kind == STP_N_ZONE && part->kind != STP_N_EXTENDS
			 ? "take it away: a zone has it where it is declared, outside of protocols"
			 : "take it away");
}

void stp_check_head(struct stp_resolver *resolver, const struct stp_node *declaration, unsigned may)
{
	const struct stp_node *name = stp_child(declaration, STP_N_NAME);
	const struct stp_node *second = name == NULL ? NULL : stp_next_of(name, STP_N_NAME);

	if ((may & STP_HEAD_NAMES) == 0)
		report_head(resolver, second, "a second name", declaration);
	if ((may & STP_HEAD_LABEL) == 0)
		report_head(resolver, stp_child(declaration, STP_N_TEXT), "a label", declaration);
	if ((may & STP_HEAD_PARENT) == 0)
		report_head(resolver, stp_child(declaration, STP_N_IN), "`in`", declaration);
	if ((may & STP_HEAD_EXTENDS) == 0)
		report_head(resolver, stp_child(declaration, STP_N_EXTENDS), "`extends`",
			    declaration);
	if ((may & STP_HEAD_BODY) == 0)
		report_head(resolver, stp_block(declaration), "a block", declaration);
	if ((may & STP_HEAD_TAILS) == 0) {
		report_head(resolver, stp_child(declaration, STP_N_BECAUSE), "`because`",
			    declaration);
		report_head(resolver, stp_child(declaration, STP_N_CITES), "`cites`", declaration);
		report_head(resolver, stp_child(declaration, STP_N_SAID), "`said`", declaration);
		report_head(resolver, stp_child(declaration, STP_N_DIFFERS), "`but`", declaration);
	}
}

void stp_report_missing(struct stp_resolver *resolver, const struct stp_symbol *symbol,
			enum stp_diagnostic_id id, const char *statement, const char *example)
{
	struct stp_diagnostic *diagnostic;

	if (stp_is_broken(resolver->context, symbol->node->span))
		return; /* it may be what was not understood */
	diagnostic = stp_report(resolver->context, id, symbol->named->span, "`%s` says no `%s`",
				symbol->name, statement);

	stp_help(resolver->context, diagnostic, "add a line such as: %s", example);
}
