/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether somebody of a box of clients is let through: the question behind every proof. Screening
 * and `never` take boxes of clients away; a box is left over unless they cover it together, none
 * of them perhaps alone. Language reference, "How rules meet", 4.
 */
#ifndef STP_COVER_H
#define STP_COVER_H

#include "model/boxes.h"

struct stp_cover {
	struct stp_context *context;
	const struct stp_condition **boxes; /* who is not treated */
	size_t count, room;
	size_t screening;  /* the first so many hold in every zone */
	uint16_t some_age; /* one that no rule on the age alone excludes */
	size_t steps;      /* left before the question counts as too intricate */
	size_t depth;      /* of the search */
	bool exhausted;
};

/* Who is refused in every zone: excluded, not for this operator, past the course's limit. */
void stp_cover_screening(struct stp_cover *, struct stp_context *, const struct stp_protocol *);
/* And whom a zone is never for; takes the place of the zone before. */
void stp_cover_zone(struct stp_cover *, const struct stp_zone_plan *);
/* And those of one more box; NULL: everybody. */
void stp_cover_also(struct stp_cover *, const struct stp_condition *);
/* And those who are treated without an anaesthetic. */
void stp_cover_unnumbed(struct stp_cover *, const struct stp_protocol *);
/*
 * Finds a part of the box that is not covered. False when there is none, or when it could not be
 * decided in bounded time; `exhausted` is then true.
 */
bool stp_find_uncovered(struct stp_cover *, const struct stp_condition *box,
			struct stp_condition *uncovered);
/* Of the values that the box leaves a factor, that of the client who is tried first. */
uint16_t stp_likely_value(const struct stp_condition *box, const struct stp_factor *);
/* "a client with skin_type V in session 1": one of the part, by what the box speaks of. */
const char *stp_describe_client(struct stp_context *, const struct stp_condition *uncovered,
				const struct stp_condition *box);

#endif
