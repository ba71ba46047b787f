/* SPDX-License-Identifier: Apache-2.0 */
/* What the three forms of a trace are made of. Private to the files of the trace. */
#ifndef STP_EMIT_TRACE_ROWS_H
#define STP_EMIT_TRACE_ROWS_H

#include "emit/reading.h"
#include "emit/tables.h"
#include "emit/trace.h"

enum stp_trace_standing {
	STP_TRACE_SOURCED,
	STP_TRACE_PROPOSAL,  /* it cites a proposal, alone or not */
	STP_TRACE_UNSOURCED, /* it says a number and cites nothing */
	STP_TRACE_NO_NUMBER, /* it says no number and cites nothing */
	STP_TRACE_STANDINGS
};

extern const char *const stp_trace_standing_words[STP_TRACE_STANDINGS]; /* "sourced" */

struct stp_trace_line {
	const char *file;
	uint32_t line;
	const char *statement; /* as written, on one line */
	const char *meaning;
	const struct stp_table_row *rows;
	size_t row_count;
	const char *const *card; /* what the sheets say of it */
	size_t card_count;
	const struct stp_provenance *origin; /* or NULL */
	enum stp_trace_standing standing;
};

struct stp_trace {
	struct stp_context *context;
	const struct stp_protocol *protocol;
	const char *fingerprint;
	const struct stp_trace_line *lines;
	size_t count;
	size_t standings[STP_TRACE_STANDINGS]; /* how many there are of each */
};

void stp_trace_markdown(const struct stp_trace *, struct stp_string *out);
void stp_trace_csv(const struct stp_trace *, struct stp_string *out);
void stp_trace_json(const struct stp_trace *, struct stp_string *out);

/* "acne_scars.stip:59" */
const char *stp_trace_place(const struct stp_trace *, const struct stp_trace_line *);
/* "depths 0, tightenings 3": as the tables number their rows. */
const char *stp_trace_rows(const struct stp_trace *, const struct stp_trace_line *);
/* "skinpen_study (A), elite (B)" */
const char *stp_trace_sources(const struct stp_trace *, const struct stp_trace_line *);

#endif
