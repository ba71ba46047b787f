/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The points of a good handout that a program can decide. They follow AHRQ's PEMAT-P, CDC's Clear
 * Communication Index, the NHS content standard, NICE and WCAG 2.2; score_points.def has them all.
 */
#ifndef STP_SCORE_H
#define STP_SCORE_H

#include "emit/emit.h"

/* How a point came out. */
enum stp_verdict {
	STP_EARNED,
	STP_MISSED,
	STP_NOT_ASKED, /* there is nothing that it could be about */
	STP_BY_TESTS,  /* needs a browser or other programs: the test suite decides it */
	STP_BY_READER, /* needs a person */
	STP_OPEN       /* waits for somebody's review, and the sheet says so */
};

struct stp_score {
	unsigned earned, missed;
};

/*
 * Makes the handout, judges it and adds a line for each point to out, with the place of each thing
 * that a missed one misses. False after reporting when no handout can be made.
 */
bool stp_emit_score(struct stp_context *, const struct stp_model *, const struct stp_protocol *,
		    const struct stp_sheet_options *, struct stp_score *, struct stp_string *out);

#endif
