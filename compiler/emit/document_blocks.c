/* SPDX-License-Identifier: Apache-2.0 */
/* A finished document as a list of blocks, for those who judge it. */
#include "emit/document_nodes.h"

#include <string.h>

struct block_list {
	struct stp_context *context;
	struct stp_block *items;
	size_t count, room;
};

static void add_inlines(struct stp_string *text, cmark_node *parent)
{
	for (cmark_node *node = cmark_node_first_child(parent); node;
	     node = cmark_node_next(node)) {
		const char *literal = cmark_node_get_literal(node);

		if (cmark_node_get_type(node) == CMARK_NODE_CUSTOM_INLINE)
			stp_add(text, cmark_node_get_on_enter(node));
		else if (literal)
			stp_add(text, literal);
		else
			add_inlines(text, node);
	}
}

static void add_block(struct block_list *list, enum stp_block_kind kind, int level,
		      cmark_node *node)
{
	struct stp_string text;
	cmark_node *first = cmark_node_first_child(node);

	stp_string_init(&text, list->context);
	stp_add(&text, "");
	add_inlines(&text, node);
	list->items =
		stp_grow(list->context, list->items, list->count, &list->room, sizeof *list->items);
	list->items[list->count++] = (struct stp_block){
		.kind = kind,
		.level = level,
		.text = text.text,
		.bold = first && cmark_node_get_type(first) == CMARK_NODE_STRONG,
	};
}

static void add_blocks(struct block_list *list, cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_HEADING:
		add_block(list, STP_BLOCK_HEADING, cmark_node_get_heading_level(node), node);
		break;
	case CMARK_NODE_LIST:
		for (cmark_node *item = cmark_node_first_child(node); item;
		     item = cmark_node_next(item))
			add_block(list, STP_BLOCK_BULLET, 0, item);
		break;
	case CMARK_NODE_CUSTOM_BLOCK:
		add_block(list, STP_BLOCK_FIGURE, 0, node);
		list->items[list->count - 1].html = cmark_node_get_on_enter(node);
		break;
	default: add_block(list, STP_BLOCK_PARAGRAPH, 0, node);
	}
}

size_t stp_document_blocks(struct stp_document *document, const struct stp_block **blocks)
{
	struct block_list list = { .context = document->context };

	stp_cmark_memory(document->context);
	for (cmark_node *node = cmark_node_first_child(document->root); node;
	     node = cmark_node_next(node))
		add_blocks(&list, node);
	*blocks = list.items;
	return list.count;
}
