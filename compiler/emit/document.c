/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Documents as libcmark trees. What libcmark's CommonMark renderer would write in a way that other
 * Markdown programs read differently is made here as an inline node of its own, whose content is
 * written as it stands:
 *
 *   <  >  &   as entities, since some programs show the backslash of \<
 *   ~         as &#126;, since it is not escaped and opens a code block or strikes text out
 *   =         at the start of a text, as &#61;, since it could underline a heading
 *   {{name}}  as it stands, since clinics' systems look for exactly those bytes
 *   {{ {% {# otherwise as &#123;, since site generators would run what follows
 *
 * White space is one space: no line of the output ends inside a text.
 */
#include "emit/document_nodes.h"

#include <string.h>

/* Marks of a link inside a text: LINK_OPEN address LINK_TEXT text LINK_CLOSE. The scanner refuses
 * control characters, so no author can write one. */
#define LINK_OPEN  '\001'
#define LINK_TEXT  '\002'
#define LINK_CLOSE '\003'

void stp_document_begin(struct stp_document *document, struct stp_context *context)
{
	document->context = context;
	document->bytes = 0;
	document->root = cmark_node_new_with_mem(CMARK_NODE_DOCUMENT, stp_cmark_memory(context));
}

cmark_node *stp_cmark_node(struct stp_document *document, cmark_node_type type, cmark_node *parent)
{
	cmark_node *node = cmark_node_new_with_mem(type, stp_cmark_memory(document->context));

	cmark_node_append_child(parent, node);
	return node;
}

/* Adds bytes that every output shows as they are written. */
static void add_verbatim(struct stp_document *document, cmark_node *parent, const char *bytes,
			 size_t length)
{
	char *copy = stp_copy_text(document->context, bytes, length);

	cmark_node_set_on_enter(stp_cmark_node(document, CMARK_NODE_CUSTOM_INLINE, parent), copy);
}

static void add_plain(struct stp_document *document, cmark_node *parent, const char *bytes,
		      size_t length)
{
	if (length == 0)
		return;
	char *copy = stp_copy_text(document->context, bytes, length);
	cmark_node_set_literal(stp_cmark_node(document, CMARK_NODE_TEXT, parent), copy);
}

bool stp_opens_template(const char *text, size_t length)
{
	return length > 1 && *text == '{' && (text[1] == '{' || text[1] == '%' || text[1] == '#');
}

static const char *entity_of(const char *text, size_t length, bool first)
{
	switch (*text) {
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '&': return "&amp;";
	case '~': return "&#126;";
	case '=': return first ? "&#61;" : NULL;
	case '{': return stp_opens_template(text, length) ? "&#123;" : NULL;
	default: return NULL;
	}
}

static bool is_word_byte(char byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
	       (byte >= 'A' && byte <= 'Z');
}

/* Its name is made of letters and digits, with single dots and underscores between them, so that
 * Markdown finds nothing in it. */
size_t stp_merge_field_length(const char *text, size_t length)
{
	size_t i = 2;

	if (length < 5 || text[0] != '{' || text[1] != '{')
		return 0;
	while (i < length && (is_word_byte(text[i]) ||
			      ((text[i] == '_' || text[i] == '.') && is_word_byte(text[i - 1]))))
		i++;
	if (!is_word_byte(text[i - 1]) || i + 2 > length || text[i] != '}' || text[i + 1] != '}')
		return 0;
	return i + 2;
}

/* Adds text without line ends and without double spaces. */
static void add_smooth(struct stp_document *document, cmark_node *parent, const char *text,
		       size_t length)
{
	size_t plain = 0; /* where the part begins that is not added yet */

	for (size_t i = 0; i < length;) {
		size_t field = stp_merge_field_length(text + i, length - i);
		const char *entity = field > 0 ? NULL : entity_of(text + i, length - i, i == 0);

		if (!entity && field == 0) {
			i++;
			continue;
		}
		add_plain(document, parent, text + plain, i - plain);
		if (entity)
			add_verbatim(document, parent, entity, strlen(entity));
		else
			add_verbatim(document, parent, text + i, field);
		i += entity ? 1 : field;
		plain = i;
	}
	add_plain(document, parent, text + plain, length - plain);
}

static bool is_space(char byte)
{
	return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r';
}

/* One space for each run of white space, none at the start of a container. */
static size_t smooth(char *to, const char *from, size_t length, bool at_start)
{
	size_t used = 0;
	bool after_space = at_start;

	for (size_t i = 0; i < length; i++) {
		bool space = is_space(from[i]);

		if (!space || !after_space)
			to[used++] = space ? ' ' : from[i];
		after_space = space;
	}
	return used;
}

static bool fits(struct stp_document *document, size_t length)
{
	if (length <= STP_DOCUMENT_MAX - document->bytes) {
		document->bytes += length;
		return true;
	}
	struct stp_span nowhere = { 0 };
	stp_help(document->context,
		 stp_report(document->context, STP_D_sheet_too_long, nowhere,
			    "a sheet would hold more than %u MB of text",
			    STP_DOCUMENT_MAX / (1024 * 1024)),
		 "nobody reads so much: shorten the protocol's texts");
	document->bytes = STP_DOCUMENT_MAX;
	return false;
}

void stp_cmark_text(struct stp_document *document, cmark_node *parent, const char *text,
		    size_t length)
{
	if (!fits(document, length))
		return;
	char *copy = stp_alloc(document->context, length + 1);
	size_t used = smooth(copy, text, length, cmark_node_first_child(parent) == NULL);
	add_smooth(document, parent, copy, used);
}

cmark_node *stp_cmark_link(struct stp_document *document, cmark_node *parent, const char *address)
{
	cmark_node *link = stp_cmark_node(document, CMARK_NODE_LINK, parent);

	cmark_node_set_url(link, address);
	return link;
}

/* Adds one marked link, which begins at text; returns the place behind it. */
static const char *add_marked_link(struct stp_document *document, cmark_node *parent,
				   const char *text)
{
	const char *label = strchr(text, LINK_TEXT);
	const char *close = strchr(text, LINK_CLOSE);
	char *address = stp_copy_text(document->context, text + 1, (size_t)(label - text - 1));

	stp_cmark_text(document, stp_cmark_link(document, parent, address), label + 1,
		       (size_t)(close - label - 1));
	return close + 1;
}

/* The length of text without the white space that ends it. */
static size_t trimmed_length(const char *text)
{
	size_t length = strlen(text);

	while (length > 0 && is_space(text[length - 1]))
		length--;
	return length;
}

static void add_text(struct stp_document *document, cmark_node *parent, const char *text)
{
	const char *link;

	while ((link = strchr(text, LINK_OPEN)) != NULL) {
		stp_cmark_text(document, parent, text, (size_t)(link - text));
		text = add_marked_link(document, parent, link);
	}
	stp_cmark_text(document, parent, text, trimmed_length(text));
}

const char *stp_link(struct stp_context *context, const char *address, const char *text)
{
	if (!stp_address_allowed(address))
		return text;
	return stp_format(context, "%c%s%c%s%c", LINK_OPEN, address, LINK_TEXT, text, LINK_CLOSE);
}

static bool begins_with(const char *text, const char *lower)
{
	for (; *lower; text++, lower++) {
		char byte = *text;

		if (byte >= 'A' && byte <= 'Z')
			byte = (char)(byte - 'A' + 'a');
		if (byte != *lower)
			return false;
	}
	return true;
}

bool stp_address_allowed(const char *address)
{
	static const char *const schemes[] = { "https://", "http://", "mailto:", "tel:" };

	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (begins_with(address, schemes[i]))
			return true;
	return false;
}

void stp_heading(struct stp_document *document, int level, const char *text)
{
	if (trimmed_length(text) == 0)
		return;
	cmark_node *heading = stp_cmark_node(document, CMARK_NODE_HEADING, document->root);
	cmark_node_set_heading_level(heading, level);
	add_text(document, heading, text);
}

void stp_paragraph(struct stp_document *document, const char *text)
{
	if (trimmed_length(text) > 0)
		add_text(document, stp_cmark_node(document, CMARK_NODE_PARAGRAPH, document->root),
			 text);
}

void stp_quote(struct stp_document *document, const char *text)
{
	if (trimmed_length(text) == 0)
		return;
	cmark_node *quote = stp_cmark_node(document, CMARK_NODE_BLOCK_QUOTE, document->root);
	add_text(document, stp_cmark_node(document, CMARK_NODE_PARAGRAPH, quote), text);
}

/* White space of any script: beside it, Markdown does not see the end of bold. */
static bool is_wide_space(uint32_t point)
{
	return point == 0xA0 || point == 0x1680 || (point >= 0x2000 && point <= 0x200A) ||
	       point == 0x202F || point == 0x205F || point == 0x3000;
}

/* The bytes of the white space that text begins with; 0: none. */
static size_t space_at_start(const char *text, size_t length)
{
	uint32_t point;
	size_t bytes = stp_utf8_decode(text, length, &point);

	return bytes > 0 && (is_wide_space(point) || is_space(*text)) ? bytes : 0;
}

static size_t space_at_end(const char *text, size_t length)
{
	size_t bytes = 1;

	while (bytes < length && bytes < 4 && ((unsigned char)text[length - bytes] & 0xC0) == 0x80)
		bytes++;
	return length > 0 ? space_at_start(text + length - bytes, bytes) : 0;
}

/* The bytes at the end of text that bold must not end with: a mark, or white space. */
static size_t mark_at_end(const char *text, size_t length)
{
	if (length > 1 && strchr(".!?:;,", text[length - 1]))
		return 1;
	return space_at_end(text, length);
}

/* Closing punctuation stays outside: some programs do not see `**` between a point and a letter. */
void stp_bold_paragraph(struct stp_document *document, const char *text)
{
	size_t length = strlen(text);
	size_t bytes;

	while ((bytes = space_at_start(text, length)) > 0) {
		text += bytes;
		length -= bytes;
	}
	while ((bytes = space_at_end(text, length)) > 0)
		length -= bytes;
	if (length == 0)
		return;
	cmark_node *paragraph = stp_cmark_node(document, CMARK_NODE_PARAGRAPH, document->root);
	size_t end = length;
	while ((bytes = mark_at_end(text, end)) > 0)
		end -= bytes;
	if (end > 0)
		stp_cmark_text(document, stp_cmark_node(document, CMARK_NODE_STRONG, paragraph),
			       text, end);
	stp_cmark_text(document, paragraph, text + end, length - end);
}

cmark_node *stp_cmark_open_list(struct stp_document *document)
{
	cmark_node *last = cmark_node_last_child(document->root);

	if (last && cmark_node_get_type(last) == CMARK_NODE_LIST)
		return last;
	cmark_node *list = stp_cmark_node(document, CMARK_NODE_LIST, document->root);
	cmark_node_set_list_type(list, CMARK_BULLET_LIST);
	cmark_node_set_list_tight(list, 1);
	return list;
}

void stp_bullet(struct stp_document *document, const char *text)
{
	if (trimmed_length(text) == 0)
		return;
	cmark_node *item = stp_cmark_node(document, CMARK_NODE_ITEM, stp_cmark_open_list(document));
	add_text(document, stp_cmark_node(document, CMARK_NODE_PARAGRAPH, item), text);
}

void stp_figure(struct stp_document *document, const char *html)
{
	cmark_node *figure = stp_cmark_node(document, CMARK_NODE_CUSTOM_BLOCK, document->root);

	cmark_node_set_on_enter(figure, html);
}

void stp_document_markdown(struct stp_document *document, struct stp_string *out)
{
	stp_cmark_memory(document->context);
	stp_add(out, cmark_render_commonmark(document->root, CMARK_OPT_DEFAULT, 0));
}

void stp_document_html(struct stp_document *document, struct stp_string *out)
{
	stp_cmark_memory(document->context);
	stp_add(out, cmark_render_html(document->root, CMARK_OPT_DEFAULT));
}
