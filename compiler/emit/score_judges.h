/* SPDX-License-Identifier: Apache-2.0 */
/* What the judges of a handout share. Nobody but score*.c includes this. */
#ifndef STP_SCORE_JUDGES_H
#define STP_SCORE_JUDGES_H

#include "emit/score.h"
#include "emit/sheet.h"

struct stp_judgement {
	struct stp_sheet *sheet;
	const struct stp_block *blocks;
	size_t block_count;
	struct stp_string remarks; /* of the point at work */
	bool missed;
};

/* Notes what is missed, with its place when it has one. */
void stp_miss(struct stp_judgement *, struct stp_span, const char *what);
enum stp_verdict stp_verdict_of(const struct stp_judgement *);
/* The heading that says the phrase, from a block on; block_count when there is none. */
size_t stp_find_score_heading(const struct stp_judgement *, size_t from, enum stp_phrase_id);

/* stp_judge_title and so on: one for each point. */
#define STP_POINT(number, name, text, from)                                                        \
	enum stp_verdict stp_judge_##name(struct stp_judgement *);
#include "emit/score_points.def"
#undef STP_POINT

#endif
