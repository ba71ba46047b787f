/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Languages as .po files, which translators' tools read and write. An entry is a phrase (its
 * msgctxt is "phrase" and its name) or a text (by its English; with msgctxt "in" and a name when it
 * is meant for one declaration only). The header carries what else a language says.
 */
#ifndef STP_PO_H
#define STP_PO_H

#include "model/translate.h"

struct stp_po {
	struct stp_context *context;
	const struct stp_language *english;
	const struct stp_language *language; /* what is said already; its name is the code */
	const struct stp_text_use *uses;
	size_t use_count;
};

/* Everything that the language must say, with what it says already. */
void stp_po_write(const struct stp_po *, struct stp_string *);
/* The language file that a .po amounts to; what is not translated in it is left out. False after
   a report. */
bool stp_po_read(struct stp_context *, const struct stp_source *, struct stp_string *);

/* ---- between po_write.c, po_read.c ---- */

#define STP_PO_LABEL     "X-Stipple-Label"
#define STP_PO_DIRECTION "X-Stipple-Direction"
#define STP_PO_REVIEWER  "X-Stipple-Reviewed-By"
#define STP_PO_REVIEWED  "X-Stipple-Reviewed-On"
#define STP_PO_PHRASE    "phrase "
#define STP_PO_IN        "in "

#endif
