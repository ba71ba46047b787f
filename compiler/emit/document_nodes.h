/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What document.c and document_fragment.c share: nodes in the context's memory, and the way a plain
 * text becomes inline nodes. Nobody else includes this.
 */
#ifndef STP_DOCUMENT_NODES_H
#define STP_DOCUMENT_NODES_H

#include "emit/document.h"

#include <cmark.h>

/* libcmark's memory, for the document at work; see document_memory.c. */
cmark_mem *stp_cmark_memory(struct stp_context *);

cmark_node *stp_cmark_node(struct stp_document *, cmark_node_type, cmark_node *parent);
/* Adds the text, of length bytes, to an inline container. */
void stp_cmark_text(struct stp_document *, cmark_node *parent, const char *text, size_t length);
/* A link below parent; to be filled. */
cmark_node *stp_cmark_link(struct stp_document *, cmark_node *parent, const char *address);
/* The bullet list that ends the document, made when there is none. */
cmark_node *stp_cmark_open_list(struct stp_document *);

#endif
