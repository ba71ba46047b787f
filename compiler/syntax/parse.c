/* SPDX-License-Identifier: Apache-2.0 */
/* One parse, from a source to its tree. */
#include "syntax/parse.h"

#include "parser.h"

static struct stp_tree *new_tree(struct stp_context *context, const struct stp_source *source)
{
	struct stp_tree *tree = stp_alloc(context, sizeof *tree);
	struct stp_span whole = { source->id, 0, (uint32_t)source->length };

	tree->source = source;
	tree->root = stp_node(context, STP_N_FILE, whole);
	return tree;
}

static void report_empty(struct stp_context *context, const struct stp_source *source)
{
	struct stp_diagnostic *diagnostic =
		stp_report(context, STP_D_empty_file, (struct stp_span){ source->id, 0, 0 },
			   "this file says nothing");

	stp_help(context, diagnostic, "a source declares something, such as a zone or a protocol");
}

/* Bison's parser has memory of its own, which goes with the context. */
struct pushed {
	stp_yypstate *state;
};

static void release_state(void *what)
{
	stp_yypstate_delete(((struct pushed *)what)->state);
}

static void push_tokens(struct stp_parse *parse)
{
	struct pushed *pushed = stp_alloc(parse->context, sizeof *pushed);
	union STP_YYSTYPE value = { 0 };
	struct stp_range range = { 0, 0 };
	int token;

	stp_release_later(parse->context, release_state, pushed);
	pushed->state = stp_yypstate_new();
	if (pushed->state == NULL)
		stp_no_memory(parse->context);
	do
		token = stp_yylex(&value, &range, parse);
	while (stp_yypush_parse(pushed->state, token, &value, &range, parse) == YYPUSH_MORE);
	release_state(pushed);
	pushed->state = NULL;
}

struct stp_tree *stp_parse(struct stp_context *context, const struct stp_source *source)
{
	struct stp_tree *tree = new_tree(context, source);
	struct stp_parse *parse = stp_alloc(context, sizeof *parse);
	size_t errors = stp_error_count(context);

	if (!stp_check_encoding(context, source))
		return tree;
	parse->context = context;
	parse->source = source;
	parse->tree = tree;
	stp_intern_keywords(context);
	stp_intern_units(context);
	stp_scan_begin(parse);
	push_tokens(parse);
	for (size_t i = 0; i < parse->left_out_count; i++)
		stp_leave_out(tree->root, parse->left_out[i]);
	if (tree->root->first == NULL && stp_error_count(context) == errors)
		report_empty(context, source);
	return tree;
}
