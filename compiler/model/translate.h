/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Texts in another language. The sources are written in English; a language says each of their
 * texts once more: `text "make-up", "Make-up"`. The English is the key, so that a text which was
 * changed is missing in every language until somebody has translated it again.
 *
 * A translation is put in place of the text in the tree, before the model is made. So everything
 * that is made from the model is in that language, what checks the texts checks the translation,
 * and no back end can forget to ask for it.
 */
#ifndef STP_TRANSLATE_H
#define STP_TRANSLATE_H

#include "model/model.h"
#include "syntax/syntax.h"

#define STP_SOURCE_LANGUAGE "en" /* what the sources are written in */

/* A text that a sheet may print, at one of its places. */
struct stp_text_use {
	const char *english;
	const char *in;            /* the declaration that it stands in */
	enum stp_node_kind member; /* NOTE, BECAUSE, …; the declaration's own kind: its label */
	struct stp_span span;
	struct stp_node *owner; /* whose TEXT it is; NULL: a word like "doctor" that has no other */
	bool needed; /* it belongs to a protocol, policy or clinic, or to what these speak of */
};

/* All texts of the sources, in order. */
size_t stp_texts(struct stp_context *, struct stp_tree *const *trees, size_t count,
		 struct stp_text_use **uses);

/*
 * Puts the language's texts into the trees, which are then resolved anew. False after reporting
 * what the language lacks of the texts that are needed.
 */
bool stp_translate(struct stp_context *, struct stp_tree *const *trees, size_t count,
		   const struct stp_language *);

#endif
