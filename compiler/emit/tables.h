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
	bool words;          /* the image as 32-bit words, not as rows */
	const char *version; /* of the program that made it; NULL: this one's */
};

#define STP_FINGERPRINT_BYTES 32

/* How the question is called whether a verb's rule about a term was broken; then, of the day. */
#define STP_PREPARATION        "not_kept_%s_%s"
#define STP_PREPARATION_OF_DAY STP_PREPARATION "_on_the_day"

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

/*
 * Which elements of the model became which rows. An element is known by its address: a protocol,
 * its course, its anaesthetic, its operator_values; a zone plan (its slot, depth and pace), a
 * contribution or set that tightens, an entry of never_when; a screening or care rule, an
 * expectation; a device, zone, term or factor. One element may have several rows, and a row that
 * several elements share stands here for each. In the order of building.
 */
struct stp_table_row {
	const void *element;
	const char *section; /* as the header names it: "screenings" */
	uint32_t row;
};

struct stp_table_rows {
	const struct stp_table_row *items;
	size_t count;
};

/* stp_table_image, and the rows of its elements. */
int stp_table_image_with_rows(struct stp_context *, const struct stp_model *,
			      const struct stp_tables_options *, const uint8_t **bytes,
			      size_t *length, struct stp_table_rows *rows);

/* What the tables of this model will carry as their fingerprint; a sheet prints the same. */
int stp_fingerprint(struct stp_context *, const struct stp_model *,
		    uint8_t fingerprint[STP_FINGERPRINT_BYTES]);

/* Whether text is a C identifier that can begin the table's names (ASCII, no keyword). */
bool stp_is_table_name(const char *text);

#endif
