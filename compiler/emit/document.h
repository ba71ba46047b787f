/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A document that people read, as a tree of libcmark nodes: built block by block, then rendered as
 * Markdown or as HTML. Texts are plain: whatever stands in them comes out as text, never as markup;
 * a link is made with stp_link alone. Two bullets in a row stand in one list; separate two lists
 * by a heading or a paragraph. A text that is empty or blank adds nothing.
 */
#ifndef STP_DOCUMENT_H
#define STP_DOCUMENT_H

#include "support/support.h"

struct cmark_node;

struct stp_document {
	struct stp_context *context;
	struct cmark_node *root;
	size_t bytes; /* of all texts added; what goes beyond STP_DOCUMENT_MAX is left out */
};

/* libcmark ends the process above a gigabyte; no sheet comes near this. */
#define STP_DOCUMENT_MAX (16u * 1024u * 1024u)
/* The longest text that an author may write in CommonMark, and how deep it may nest. */
#define STP_FRAGMENT_MAX   (16u * 1024u)
#define STP_FRAGMENT_DEPTH 12

void stp_document_begin(struct stp_document *, struct stp_context *);

void stp_heading(struct stp_document *, int level, const char *text);
void stp_paragraph(struct stp_document *, const char *text);
void stp_bold_paragraph(struct stp_document *, const char *text); /* the main message */
void stp_quote(struct stp_document *, const char *text);          /* a notice that stands out */
void stp_bullet(struct stp_document *, const char *text);

/*
 * A link, for use inside any text given to the functions above, alone or as a part of it.
 * The address must be one that stp_address_allowed accepts; else the text stands without a link.
 */
const char *stp_link(struct stp_context *, const char *address, const char *text);
/* http, https, mailto and tel; nothing else is let into a sheet. */
bool stp_address_allowed(const char *address);

/*
 * Adds what an author wrote as CommonMark. Paragraphs, lists, bold, emphasis and links come in;
 * anything else (raw HTML, headings, pictures, code, other addresses) is reported at span, and
 * nothing of the fragment is added.
 */
void stp_fragment(struct stp_document *, const char *commonmark, struct stp_span);
/* Whether a sheet can show all of it; reports what it cannot. */
bool stp_check_fragment(struct stp_context *, const char *commonmark, struct stp_span);

/* A picture: HTML of our own making, for documents that are rendered as HTML alone. */
void stp_figure(struct stp_document *, const char *html);

/* What the document holds, block after block; bullets one by one, texts without markup. */
enum stp_block_kind {
	STP_BLOCK_HEADING,
	STP_BLOCK_PARAGRAPH,
	STP_BLOCK_BULLET,
	STP_BLOCK_FIGURE, /* a picture or a table: HTML */
};

struct stp_block {
	enum stp_block_kind kind;
	int level; /* of a heading */
	bool bold; /* it begins with bold */
	const char *text;
	const char *html; /* of a figure, which has no text */
};

size_t stp_document_blocks(struct stp_document *, const struct stp_block **);

/* The length of a merge field {{name}} that text begins with, or 0. */
size_t stp_merge_field_length(const char *text, size_t length);
/* Whether text begins with a brace that would make a template run what follows. */
bool stp_opens_template(const char *text, size_t length);

/* Adds the whole document to out. */
void stp_document_markdown(struct stp_document *, struct stp_string *out);
void stp_document_html(struct stp_document *, struct stp_string *out); /* the body's content */

#endif
