/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What authors write as CommonMark, let into a document. The fragment is parsed by libcmark, looked
 * through once for anything that a sheet does not show, and then copied node by node through the
 * same functions that make the rest of the document, so that its texts come out as harmless too.
 *
 * libcmark is slow on some texts made for the purpose; STP_FRAGMENT_MAX keeps that in bounds.
 */
#include "emit/document_nodes.h"

#include <string.h>

static const char *refused_kind(cmark_node_type type)
{
	switch (type) {
	case CMARK_NODE_BLOCK_QUOTE: return "a block quote";
	case CMARK_NODE_CODE_BLOCK:
	case CMARK_NODE_CODE: return "code";
	case CMARK_NODE_HTML_BLOCK:
	case CMARK_NODE_HTML_INLINE: return "HTML";
	case CMARK_NODE_HEADING: return "a heading";
	case CMARK_NODE_THEMATIC_BREAK: return "a line across the page";
	case CMARK_NODE_IMAGE: return "a picture";
	default: return NULL;
	}
}

static bool is_second_list(cmark_node *node)
{
	cmark_node *before = cmark_node_previous(node);

	return cmark_node_get_type(node) == CMARK_NODE_LIST && before &&
	       cmark_node_get_type(before) == CMARK_NODE_LIST;
}

/* What is wrong with the node, or NULL. */
static const char *fault_of(cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);

	if (type == CMARK_NODE_LINK && !stp_address_allowed(cmark_node_get_url(node)))
		return "a link that is not https, http, mailto or tel";
	if (is_second_list(node))
		return "two lists without a sentence between them";
	return refused_kind(type);
}

static bool is_leaf(cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);

	return type == CMARK_NODE_TEXT || type == CMARK_NODE_SOFTBREAK ||
	       type == CMARK_NODE_LINEBREAK;
}

/* Looks at every node; returns the first fault, or NULL. */
static const char *find_fault(cmark_node *root)
{
	cmark_iter *iterator = cmark_iter_new(root);
	cmark_event_type event;
	int depth = 0;

	while ((event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iterator);
		const char *fault = event == CMARK_EVENT_ENTER ? fault_of(node) : NULL;

		if (fault)
			return fault;
		if (!is_leaf(node))
			depth += event == CMARK_EVENT_ENTER ? 1 : -1;
		if (depth > STP_FRAGMENT_DEPTH)
			return "lists or emphasis nested too deeply";
	}
	return NULL;
}

static void copy_children(struct stp_document *, cmark_node *from, cmark_node *to);

static void copy_node(struct stp_document *document, cmark_node *from, cmark_node *parent)
{
	cmark_node_type type = cmark_node_get_type(from);
	const char *literal = cmark_node_get_literal(from);

	if (type == CMARK_NODE_TEXT) {
		stp_cmark_text(document, parent, literal, strlen(literal));
	} else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) {
		stp_cmark_text(document, parent, " ", 1);
	} else if (type == CMARK_NODE_LINK) {
		copy_children(document, from,
			      stp_cmark_link(document, parent, cmark_node_get_url(from)));
	} else {
		cmark_node *copy = stp_cmark_node(document, type, parent);

		if (type == CMARK_NODE_LIST) {
			cmark_node_set_list_type(copy, cmark_node_get_list_type(from));
			cmark_node_set_list_start(copy, cmark_node_get_list_start(from));
			cmark_node_set_list_tight(copy, cmark_node_get_list_tight(from));
		}
		copy_children(document, from, copy);
	}
}

/* At most STP_FRAGMENT_DEPTH levels: find_fault has seen to that. */
static void copy_children(struct stp_document *document, cmark_node *from, cmark_node *to)
{
	for (cmark_node *child = cmark_node_first_child(from); child;
	     child = cmark_node_next(child))
		copy_node(document, child, to);
}

static void refuse(struct stp_context *context, struct stp_span span, const char *what)
{
	struct stp_diagnostic *refused =
		stp_report(context, STP_D_sheet_fragment, span, "a text for sheets holds %s", what);

	stp_help(
		context, refused,
		"write paragraphs, simple lists, **bold** and links to https, http, mailto or tel");
}

/* The fragment's tree; NULL after reporting what a sheet does not show. */
static cmark_node *parse(struct stp_context *context, const char *commonmark, struct stp_span span)
{
	size_t length = strlen(commonmark);
	cmark_mem *memory = stp_cmark_memory(context);

	if (length > STP_FRAGMENT_MAX) {
		refuse(context, span, "more than 16 KB");
		return NULL;
	}
	cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, memory);
	cmark_parser_feed(parser, commonmark, length);
	cmark_node *root = cmark_parser_finish(parser);
	const char *fault = find_fault(root);
	if (!fault)
		return root;
	refuse(context, span, fault);
	return NULL;
}

bool stp_check_fragment(struct stp_context *context, const char *commonmark, struct stp_span span)
{
	return parse(context, commonmark, span) != NULL;
}

void stp_fragment(struct stp_document *document, const char *commonmark, struct stp_span span)
{
	cmark_node *root = parse(document->context, commonmark, span);

	if (root)
		copy_children(document, root, document->root);
}
