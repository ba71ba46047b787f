/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A protocol read back, statement by statement: what the compiler has understood, as sentences for
 * the author (stipple read), and with rows and sources for a reviewer (stipple trace).
 */
#ifndef STP_EMIT_READING_H
#define STP_EMIT_READING_H

#include "emit/sheet.h"

/* Something that the statement became: an element of the tables (see stp_table_row). */
struct stp_read_element {
	const void *element;
	const char *section; /* of its rows that count here */
};

struct stp_reading {
	struct stp_span span;                /* the statement */
	const struct stp_condition *when;    /* the `when` that it stands in, or NULL */
	const struct stp_provenance *origin; /* or NULL: a statement that cites nothing */
	const char *sentence; /* "Cheeks: depth 0.25 to 1.5 mm, start at 0.25 mm; …" */
	bool has_number;      /* so that it needs a source */
	struct stp_read_element *elements;
	size_t element_count, element_room;
};

struct stp_readings {
	struct stp_reading *items;
	size_t count, room;
};

/*
 * All statements of the sheet's protocol, in order of their places, its own first; then those of
 * its device, of the zones that bound its settings and of the policies in force. Dates where the
 * sheet's visit is known.
 */
void stp_read_protocol(struct stp_sheet *, struct stp_readings *);

/* ---- reading_zones.c ---- */

void stp_read_zones(struct stp_sheet *, struct stp_readings *);

/* ---- reading_policies.c ---- */

void stp_read_policies(struct stp_sheet *, struct stp_readings *);
/* Whether a statement stands in a policy that is in force for the protocol, or excepted by it. */
bool stp_is_of_policy(const struct stp_protocol *, struct stp_span);

/* ---- reading.c ---- */

/* What the rules of one statement of screening do: "not treated: filler in the area". */
const char *stp_read_screening(struct stp_sheet *, const struct stp_screen_rule *, size_t count);

/* The reading of that statement under that condition; a new one, without a sentence, at first. */
struct stp_reading *stp_reading_at(struct stp_sheet *, struct stp_readings *,
				   const struct stp_provenance *, const struct stp_condition *);
/* Adds an element, once. */
void stp_reading_element(struct stp_sheet *, struct stp_reading *, const void *element,
			 const char *section);
/* "When skin_type V to VI: …"; text itself without a condition. */
const char *stp_reading_when(struct stp_sheet *, const struct stp_condition *, const char *text);

/* ---- the outputs ---- */

/*
 * "FILE:LINE: sentence" for each statement of the protocol's own file and of the policies in force.
 * False after a report.
 */
bool stp_emit_reading(struct stp_context *, const struct stp_model *, const struct stp_protocol *,
		      const struct stp_sheet_options *, struct stp_string *out);

#endif
