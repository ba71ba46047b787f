/* SPDX-License-Identifier: Apache-2.0 */
/* What the files that make the clinician's card share. Nobody else includes this. */
#ifndef STP_CARD_H
#define STP_CARD_H

#include "emit/sheet.h"

#define MM2_DECIMALS 2 /* from mm² to cm² */
#define MG_DECIMALS  3 /* from mg to g */

/* ---- card_words.c ---- */

/* "0.25 to 1.5 mm", "2 to 3" for passes, "7000 rpm" */
const char *stp_setting_words(const struct stp_sheet *, enum stp_setting_id, uint32_t low,
			      uint32_t high);
/* "skin type: V to VI and visit: 1" */
const char *stp_client_words(const struct stp_sheet *, const struct stp_condition *);
/* The same of the course: "before visit 2", since what it says of a visit ends with that. */
const char *stp_course_client_words(const struct stp_sheet *, const struct stp_condition *);
/* "horizontal, vertical and stamp", with counts where the recipe has them */
const char *stp_pattern_words(const struct stp_sheet *, uint16_t patterns,
			      const uint8_t counts[STP_PATTERNS]);
const char *stp_endpoint_words(const struct stp_sheet *, uint16_t endpoints);
/* What a bound comes from, as people call it. */
const char *stp_setter_label(const struct stp_sheet *, const struct stp_contribution *);
/* "ceiling of the forehead": who set a bound, where it is not the protocol itself; else NULL. */
const char *stp_setter_words(const struct stp_sheet *, const struct stp_contribution *);
/* Why, who says so (with the grade), who says otherwise, the source's own words; or NULL. */
const char *stp_sources_words(const struct stp_sheet *, const struct stp_provenance *);
/*
 * text, and behind it why, who says so (with the grade), who says otherwise, and the source's own
 * words: "Depth: 0.5 to 1 mm. [skinpen_study A] drpen C says 0.75 mm."
 */
const char *stp_with_sources(const struct stp_sheet *, const char *text,
			     const struct stp_provenance *);

/* ---- card_some.c ---- */

/* "depth" */
const char *stp_setting_name(const struct stp_sheet *, enum stp_setting_id);
/* One bound: "depth to 1 mm". */
const char *stp_bound_words(const struct stp_sheet *, const struct stp_contribution *);

/* What is said for some clients of a zone. */
struct stp_some_list {
	struct stp_bullet_list written; /* as the statements are written */
	struct stp_result {
		const char *text;    /* what results of a statement in this zone */
		const char *written; /* the statement's own bullet */
	} * results;
	size_t count, room;
};

/* Fills a list whose bullets were begun. */
void stp_card_for_some(struct stp_some_list *, const struct stp_zone_plan *);

/* ---- card_zones.c, card_rules.c, card_told.c ---- */

void stp_card_zones(struct stp_sheet *);
void stp_card_screening(struct stp_sheet *);
void stp_card_anaesthetic(struct stp_sheet *);
void stp_card_course(struct stp_sheet *);
void stp_card_label(struct stp_sheet *);
void stp_card_told(struct stp_sheet *); /* for a record of sentences; prints nothing */

#endif
