/* SPDX-License-Identifier: Apache-2.0 */
/* Making, reading and dumping tree nodes. */
#include "syntax/parse.h"

#include <string.h>

const char *const stp_unit_names[STP_UNITS] = {
	NULL,
#define STP_UNIT(id, written, dimension, factor, time) written,
#include "syntax/units.def"
#undef STP_UNIT
};

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

const struct stp_node *stp_last(const struct stp_node *parent)
{
	const struct stp_node *at = stp_is_leaf(parent) ? NULL : parent->first;

	while (at != NULL && at->next != NULL)
		at = at->next;
	return at;
}

void stp_append(struct stp_node *parent, struct stp_node *child)
{
	struct stp_node **end = &parent->first;

	while (*end != NULL)
		end = &(*end)->next;
	*end = child;
}

static bool lies_in(struct stp_span span, struct stp_span whole)
{
	return span.begin >= whole.begin && span.end <= whole.end;
}

void stp_leave_out(struct stp_node *node, struct stp_span span)
{
	bool statements = node->kind == STP_N_FILE || node->kind == STP_N_BLOCK;
	struct stp_node **at = &node->first;

	if (stp_is_leaf(node) || node->span.end <= span.begin || node->span.begin >= span.end)
		return;
	while (*at != NULL) {
		if (statements && lies_in((*at)->span, span)) {
			*at = (*at)->next;
			continue;
		}
		stp_leave_out(*at, span);
		at = &(*at)->next;
	}
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
	list->next = NULL;
}

struct stp_node *stp_parent(struct stp_parse *parse, enum stp_node_kind kind,
			    struct stp_range range, struct stp_node *children)
{
	struct stp_node *node = stp_lone(parse, kind, stp_span_at(parse, range));

	stp_adopt(node, children);
	return node;
}

struct stp_node *stp_name_node(struct stp_parse *parse, struct stp_range range, const char *name)
{
	struct stp_node *node = stp_lone(parse, STP_N_NAME, stp_span_at(parse, range));

	node->text = stp_intern(parse->context, name, strlen(name));
	return node;
}

const struct stp_node *stp_child(const struct stp_node *parent, enum stp_node_kind kind)
{
	const struct stp_node *at = stp_is_leaf(parent) ? NULL : parent->first;

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
	const struct stp_node *at = stp_child(parent, kind);
	size_t count = 0;

	for (; at != NULL; at = stp_next_of(at, kind))
		count++;
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

static void dump_leaf(struct stp_string *out, const struct stp_node *node)
{
	if (node->kind == STP_N_NUMBER || node->kind == STP_N_QUANTITY)
		dump_number(out, stp_number_of(node));
	else
		stp_addf(out, node->kind == STP_N_TEXT ? " \"%s\"" : " %s", node->text);
	if (node->unit != STP_UNIT_none)
		stp_addf(out, " %s", stp_unit_names[node->unit]);
}

static void dump(struct stp_string *out, const struct stp_node *node, int depth)
{
	stp_addf(out, "%*s%s", depth * 2, "", stp_node_names[node->kind]);
	if (stp_is_leaf(node))
		dump_leaf(out, node);
	stp_add(out, "\n");
	if (stp_is_leaf(node))
		return;
	for (const struct stp_node *at = node->first; at != NULL; at = at->next)
		dump(out, at, depth + 1);
}

void stp_tree_dump(struct stp_string *out, const struct stp_tree *tree)
{
	dump(out, tree->root, 0);
}
