/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Why a statement is made and who says so; labels and texts. Language reference, "Citations".
 */
#include "model/resolver.h"

#include <string.h>

/* ---- texts ---- */

const char *stp_text_of(const struct stp_node *node, enum stp_node_kind kind)
{
	const struct stp_node *statement = node == NULL ? NULL : stp_child(node, kind);
	const struct stp_node *text = statement == NULL ? NULL : stp_child(statement, STP_N_TEXT);

	return text == NULL ? NULL : text->text;
}

const char *stp_label_of(struct stp_resolver *resolver, const struct stp_node *declaration,
			 const struct stp_node *named)
{
	const struct stp_node *text = stp_child(declaration, STP_N_TEXT);
	char *label;

	if (text != NULL && *text->text != '\0')
		return text->text;
	label = stp_copy_text(resolver->context, named->text, strlen(named->text));
	for (char *at = label; *at != '\0'; at++)
		if (*at == '_')
			*at = ' ';
	return label;
}

/* ---- the tails of a statement ---- */

struct cited {
	const struct stp_citation **items;
	uint32_t count;
};

static bool is_listed(const struct cited *cited, const struct stp_citation *citation)
{
	for (size_t i = 0; i < cited->count; i++)
		if (cited->items[i] == citation)
			return true;
	return false;
}

/* The sources of all CITES children, each once. */
static struct cited cites_in(struct stp_resolver *resolver, const struct stp_node *node)
{
	struct cited cited = { NULL, 0 };
	const struct stp_node *first = node == NULL ? NULL : stp_child(node, STP_N_CITES);
	size_t names = 0;

	if (first == NULL)
		return cited;
	for (const struct stp_node *at = first; at != NULL; at = stp_next_of(at, STP_N_CITES))
		names += stp_count_of(at, STP_N_NAME);
	cited.items = stp_alloc_array(resolver->context, names, sizeof *cited.items);
	for (const struct stp_node *at = first; at != NULL; at = stp_next_of(at, STP_N_CITES))
		for (const struct stp_node *name = at->first; name != NULL; name = name->next) {
			const struct stp_citation *citation = stp_find_source(resolver, name);

			if (citation != NULL && !is_listed(&cited, citation))
				cited.items[cited.count++] = citation;
		}
	return cited;
}

static void resolve_differing(struct stp_resolver *resolver, const struct stp_node *node,
			      struct stp_provenance *origin)
{
	size_t count = stp_count_of(node, STP_N_DIFFERS);
	struct stp_differing *differing;
	const struct stp_node *at = stp_child(node, STP_N_DIFFERS);

	if (count == 0)
		return;
	differing = stp_alloc_array(resolver->context, count, sizeof *differing);
	for (; at != NULL; at = stp_next_of(at, STP_N_DIFFERS)) {
		const struct stp_citation *source = stp_find_source(resolver, at->first);

		if (source == NULL)
			continue;
		differing[origin->differing_count].source = source;
		differing[origin->differing_count].said = stp_said_of(stp_last(at));
		differing[origin->differing_count++].text =
			stp_source_text(resolver->context, stp_last(at)->span);
	}
	origin->differing = differing;
}

static void report_tail(struct stp_resolver *resolver, const struct stp_node *node,
			const struct stp_node *tail)
{
	struct stp_diagnostic *diagnostic =
		stp_report(resolver->context, STP_D_repeated_statement, tail->span,
			   "`%s` is said twice of one statement", stp_node_names[tail->kind]);

	stp_label(resolver->context, diagnostic, stp_child(node, tail->kind)->span,
		  "said first here");
	stp_help(resolver->context, diagnostic, "keep the one that is meant");
}

static void take_text(struct stp_resolver *resolver, const struct stp_node *node,
		      const struct stp_node *tail, const char **text)
{
	if (*text != NULL)
		report_tail(resolver, node, tail);
	else
		*text = tail->first->text;
}

struct stp_provenance stp_provenance_of(struct stp_resolver *resolver, const struct stp_node *node,
					const struct stp_scene *scene)
{
	struct stp_provenance origin = { .span = node->span };
	struct cited cites = cites_in(resolver, node);

	if (cites.count > 0) {
		origin.cites = cites.items;
		origin.cite_count = cites.count;
	} else if (scene != NULL) {
		origin.cites = scene->cites;
		origin.cite_count = scene->cite_count;
	}
	for (const struct stp_node *tail = node->first; tail != NULL; tail = tail->next)
		if (tail->kind == STP_N_BECAUSE)
			take_text(resolver, node, tail, &origin.because);
		else if (tail->kind == STP_N_SAID)
			take_text(resolver, node, tail, &origin.said);
		else if (tail->kind == STP_N_DIFFERS && origin.differing == NULL)
			resolve_differing(resolver, node, &origin);
	return origin;
}

/* `cites` was said, though perhaps of a source that nobody knows: no second report. */
static bool says_cites(const struct stp_node *node, const struct stp_scene *scene)
{
	return stp_child(node, STP_N_CITES) != NULL || (scene != NULL && scene->says_cites);
}

void stp_note_unverified(struct stp_resolver *resolver, const struct stp_provenance *origin)
{
	struct stp_diagnostic *diagnostic;
	const struct stp_citation *proposal = NULL;
	bool alone = true;

	for (size_t i = 0; i < origin->cite_count; i++) {
		alone = alone && origin->cites[i]->grade == STP_GRADE_U;
		if (proposal == NULL && origin->cites[i]->grade == STP_GRADE_U)
			proposal = origin->cites[i];
	}
	if (proposal == NULL)
		return;
	diagnostic = stp_warn(&resolver->allowances, STP_D_unverified, origin->span,
			      alone ? "this number stands on `%s` alone, which no source confirms"
				    : "a part of this stands on `%s`, which no source confirms",
			      proposal->name);
	if (diagnostic != NULL)
		stp_help(resolver->context, diagnostic,
			 "a clinician should confirm it or name a source");
}

/* Declared numbers are noted when a protocol uses them, all others where they stand. */
struct stp_provenance stp_provenance_of_numbers(struct stp_resolver *resolver,
						const struct stp_node *node,
						const struct stp_scene *scene)
{
	struct stp_provenance origin = stp_provenance_of(resolver, node, scene);
	struct stp_diagnostic *diagnostic;

	if (origin.cite_count == 0 && !says_cites(node, scene)) {
		diagnostic = stp_warn(&resolver->allowances, STP_D_uncited, node->span,
				      "a number that cites no source");
		if (diagnostic != NULL)
			stp_help(resolver->context, diagnostic,
				 "say where it comes from: `cites` and a source, here or in its "
				 "block");
	}
	if (scene->place >= STP_PLACE_PROTOCOL)
		stp_note_unverified(resolver, &origin);
	return origin;
}

struct stp_scene stp_enter(struct stp_resolver *resolver, const struct stp_scene *outer,
			   const struct stp_node *block, enum stp_place place)
{
	struct stp_scene scene = { .place = place };
	struct cited cites = cites_in(resolver, block);

	stp_check_block(resolver, block, place);
	if (outer != NULL)
		scene = *outer;
	scene.place = place;
	if (block != NULL && stp_child(block, STP_N_CITES) != NULL && place != STP_PLACE_PROTOCOL) {
		scene.cites = cites.items;
		scene.cite_count = cites.count;
		scene.says_cites = true;
	}
	return scene;
}

struct stp_scene stp_enter_declaration(struct stp_resolver *resolver, const struct stp_scene *outer,
				       const struct stp_node *declaration, enum stp_place place)
{
	struct stp_scene head = { .place = place };
	struct cited cites = cites_in(resolver, declaration);

	if (outer != NULL)
		head = *outer;
	if (stp_child(declaration, STP_N_CITES) != NULL) {
		head.cites = cites.items;
		head.cite_count = cites.count;
		head.says_cites = true;
	}
	return stp_enter(resolver, &head, stp_block(declaration), place);
}
