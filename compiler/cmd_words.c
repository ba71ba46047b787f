/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stipple words: what the shipped library declares, so that an author finds the name of a thing and
 * the import that brings it. The list is read from the library's own sources.
 */
#include <stdlib.h>
#include <string.h>

#include "model/load.h"
#include "program.h"
#include "support/library.h"
#include "syntax/syntax.h"

struct word {
	enum stp_node_kind kind;
	const char *name, *label, *file;
};

/* A source in memory that imports every file of the library. */
static struct stp_overlay everything(struct stp_context *context)
{
	struct stp_string text;

	stp_string_init(&text, context);
	for (size_t i = 0; i < stp_library_count; i++)
		stp_addf(&text, "import \"%s\"\n", stp_library[i].name);
	return (struct stp_overlay){ "the library", text.text, text.length };
}

/* The kind of that name; STP_NODE_KINDS after reporting that there is none. */
static enum stp_node_kind kind_named(struct stp_context *context, const char *name)
{
	const char *near =
		stp_nearest(name, stp_node_names + STP_N_ZONE, STP_N_POLICY - STP_N_ZONE + 1);
	struct stp_diagnostic *diagnostic;

	for (int kind = STP_N_ZONE; kind <= STP_N_POLICY; kind++)
		if (strcmp(stp_node_names[kind], name) == 0)
			return (enum stp_node_kind)kind;
	diagnostic = stp_report(context, STP_D_unknown_choice, (struct stp_span){ 0, 0, 0 },
				"%s is no kind of declaration", name);
	if (near != NULL)
		stp_help(context, diagnostic, "did you mean %s?", near);
	else
		stp_help(context, diagnostic, "they are %s",
			 stp_in_a_row(context, stp_node_names + STP_N_ZONE,
				      STP_N_POLICY - STP_N_ZONE + 1));
	return STP_NODE_KINDS;
}

static bool is_declaration(const struct stp_node *node)
{
	return node->kind >= STP_N_ZONE && node->kind <= STP_N_POLICY;
}

/* The declarations of the tree that are of the kinds asked for. */
static size_t gather(const struct stp_tree *tree, const bool *wanted, struct word *words)
{
	size_t count = 0;

	for (const struct stp_node *node = tree->root->first; node != NULL; node = node->next) {
		const struct stp_node *label;

		if (!is_declaration(node) || !wanted[node->kind - STP_N_ZONE])
			continue;
		label = stp_child(node, STP_N_TEXT);
		words[count++] =
			(struct word){ node->kind, stp_child(node, STP_N_NAME)->text,
				       label == NULL ? "" : label->text, tree->source->name };
	}
	return count;
}

static int compare(const void *one, const void *other)
{
	const struct word *left = one, *right = other;

	return left->kind != right->kind ? (left->kind > right->kind) - (left->kind < right->kind)
					 : strcmp(left->name, right->name);
}

static void list(struct stp_context *context, const bool *wanted, struct stp_string *out)
{
	struct stp_overlay overlay = everything(context);
	struct stp_load_options options = { .overlay = &overlay, .overlay_count = 1 };
	struct stp_tree **trees;
	size_t tree_count, most = 0, count = 0;
	struct word *words;

	stp_load(context, &options, &overlay.path, 1, &trees, &tree_count);
	for (size_t i = 0; i < tree_count; i++)
		for (const struct stp_node *at = trees[i]->root->first; at != NULL; at = at->next)
			most++;
	words = stp_alloc_array(context, most + 1, sizeof *words);
	for (size_t i = 0; i < tree_count; i++)
		count += gather(trees[i], wanted, words + count);
	qsort(words, count, sizeof *words, compare);
	for (size_t i = 0; i < count; i++)
		stp_addf(out, "%-10s  %-25s  %-24s  %s\n", stp_node_names[words[i].kind],
			 words[i].name, words[i].file, words[i].label);
}

static int run(struct stp_context *context, const struct stp_arguments *arguments)
{
	bool wanted[STP_N_POLICY - STP_N_ZONE + 1];
	struct stp_string out;

	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		wanted[i] = arguments->file_count == 0;
	for (size_t i = 0; i < arguments->file_count; i++) {
		enum stp_node_kind kind = kind_named(context, arguments->files[i]);

		if (kind == STP_NODE_KINDS)
			return STP_USAGE;
		wanted[kind - STP_N_ZONE] = true;
	}
	stp_string_init(&out, context);
	stp_add(&out, "");
	list(context, wanted, &out);
	stp_write_file(context, "-", out.text, out.length);
	return stp_status_of(context);
}

const struct stp_command stp_command_words = {
	.name = "words",
	.synopsis = "[KIND]...",
	.summary = "list what the shipped library declares",
	.description = "Lists the names that the shipped library declares, with the file to import "
		       "and the words\n"
		       "that people see. With a KIND, such as condition or zone, only those.",
	.examples = "  stipple words condition\n  stipple words zone device\n",
	.needs_no_file = true,
	.run = run,
};
