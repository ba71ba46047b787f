/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Device tables: the resolved model as one image of bytes, and that image as C.
 *
 * The image is built first, in the structs of stipple/format.h, and the C text is printed from the
 * image alone; so the compiled C and the image are the same bytes by construction.
 */
#ifndef STP_EMIT_TABLES_H
#define STP_EMIT_TABLES_H

#include "model/model.h"
#include "support/support.h"

struct stp_tables_options {
	const char *name;   /* a C identifier: the table is NAME_table, its enumerators NAME_… */
	const char *header; /* as NAME.c includes it: "acne.h" */
	const char *const *languages; /* whose labels and questions go in, or NULL */
	size_t language_count;
};

#define STP_FINGERPRINT_BYTES 32

/*
 * Writes NAME.c to *c and NAME.h to *h (both initialised and empty). STP_DONE, or STP_FAULTS after
 * reporting what does not fit the format.
 */
int stp_emit_tables(struct stp_context *, const struct stp_model *,
		    const struct stp_tables_options *, struct stp_string *c, struct stp_string *h);

/*
 * Only the image, as the bytes of this machine's byte order: *bytes (in the arena, aligned for any
 * type) and *length. Same result and same reports as stp_emit_tables.
 */
int stp_table_image(struct stp_context *, const struct stp_model *,
		    const struct stp_tables_options *, const uint8_t **bytes, size_t *length);

/* What the tables of this model will carry as their fingerprint; a sheet prints the same. */
int stp_fingerprint(struct stp_context *, const struct stp_model *,
		    uint8_t fingerprint[STP_FINGERPRINT_BYTES]);

/* Whether text is a C identifier that can begin the table's names (ASCII, no keyword). */
bool stp_is_table_name(const char *text);

#endif
