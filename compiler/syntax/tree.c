/* SPDX-License-Identifier: Apache-2.0 */
/* Making, reading and dumping tree nodes. */
#include "syntax/parse.h"

#include <string.h>

const char *const stp_node_names[STP_NODE_KINDS] = {
#define STP_NODE(kind, name) name,
#include "syntax/node_kinds.def"
#undef STP_NODE
};

struct stp_node *stp_node(struct stp_context *context, enum stp_node_kind kind,
			  struct stp_span span)
{
	struct stp_node *node = stp_alloc(context, sizeof *node);

	node->kind = kind;
	node->span = span;
	return node;
}

struct stp_node *stp_append(struct stp_node *parent, struct stp_node *child)
{
	if (parent->last != NULL)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
	return parent;
}

/*
 * A list that is being read is known by its last node, whose next is its first: so a node by itself
 * is a list of one, and two lists are joined in one step. NULL is the empty list.
 */
struct stp_node *stp_lone(struct stp_parse *parse, enum stp_node_kind kind, struct stp_span span)
{
	struct stp_node *node = stp_node(parse->context, kind, span);

	node->next = node;
	return node;
}

struct stp_node *stp_chain(struct stp_node *list, struct stp_node *more)
{
	struct stp_node *first;

	if (list == NULL || more == NULL)
		return list == NULL ? more : list;
	first = list->next;
	list->next = more->next;
	more->next = first;
	return more;
}

/* From here on the list ends with NULL. */
void stp_adopt(struct stp_node *parent, struct stp_node *list)
{
	if (list == NULL)
		return;
	parent->first = list->next;
	parent->last = list;
	list->next = NULL;
}

struct stp_node *stp_parent(struct stp_parse *parse, enum stp_node_kind kind, struct stp_span span,
			    struct stp_node *children)
{
	struct stp_node *node = stp_lone(parse, kind, span);

	stp_adopt(node, children);
	return node;
}

struct stp_node *stp_name_node(struct stp_parse *parse, struct stp_span span, const char *name)
{
	struct stp_node *node = stp_lone(parse, STP_N_NAME, span);

	node->text = stp_intern(parse->context, name, strlen(name));
	node->text_length = strlen(name);
	return node;
}

const struct stp_node *stp_child(const struct stp_node *parent, enum stp_node_kind kind)
{
	const struct stp_node *at = parent->first;

	while (at != NULL && at->kind != kind)
		at = at->next;
	return at;
}

const struct stp_node *stp_next_of(const struct stp_node *node, enum stp_node_kind kind)
{
	const struct stp_node *at = node->next;

	while (at != NULL && at->kind != kind)
		at = at->next;
	return at;
}

size_t stp_count_of(const struct stp_node *parent, enum stp_node_kind kind)
{
	size_t count = 0;

	for (const struct stp_node *at = parent->first; at != NULL; at = at->next)
		count += at->kind == kind;
	return count;
}

struct stp_number stp_number_of(const struct stp_node *node)
{
	return (struct stp_number){ node->mantissa, node->decimals };
}

/* 10 to the power of the decimals that a number may have fits: words.c sees to it. */
static void dump_number(struct stp_string *out, struct stp_number number)
{
	int64_t scale = 1;

	for (uint32_t i = 0; i < number.decimals; i++)
		scale *= 10;
	stp_addf(out, " %lld", (long long)(number.mantissa / scale));
	if (number.decimals > 0)
		stp_addf(out, ".%0*lld", (int)number.decimals,
			 (long long)(number.mantissa % scale));
}

static void dump(struct stp_string *out, const struct stp_node *node, int depth)
{
	stp_addf(out, "%*s%s", depth * 2, "", stp_node_names[node->kind]);
	if (node->kind == STP_N_NUMBER || node->kind == STP_N_QUANTITY)
		dump_number(out, stp_number_of(node));
	if (node->kind == STP_N_TEXT)
		stp_addf(out, " \"%s\"", node->text);
	else if (node->text != NULL)
		stp_addf(out, " %s", node->text);
	stp_add(out, "\n");
	for (const struct stp_node *at = node->first; at != NULL; at = at->next)
		dump(out, at, depth + 1);
}

void stp_tree_dump(struct stp_string *out, const struct stp_tree *tree)
{
	dump(out, tree->root, 0);
}
