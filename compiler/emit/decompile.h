/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From an image back to a source that makes the same image.
 *
 * An image holds what a device acts on and the names of things; it holds no words, no sources and
 * no order of statements. So the source that is written has names where labels were, cites the
 * pack alone, and stands in one canonical order: vocabulary, then each protocol with its zones,
 * its screening, its care and what depends on the client.
 *
 *   decompile.c           the entry, names, devices
 *   decompile_labels.c    what the labels of devices cover, and what protocols treat
 *   decompile_terms.c     zones, factors and terms, whose kinds are inferred from their use
 *   decompile_words.c     quantities, times and conditions as they are written
 *   decompile_protocol.c  the head, the zones;  decompile_when.c  what tightens them
 *   decompile_rules.c     screening, care, what to expect
 */
#ifndef STP_EMIT_DECOMPILE_H
#define STP_EMIT_DECOMPILE_H

#include "model/model.h"
#include "stipple/format.h"
#include "support/support.h"

/*
 * Adds the source of an image (of this machine's byte order, opened before: no index leaves it) to
 * *out. NULL; or, in words that end "the pack holds ", what cannot be said in the language.
 */
const char *stp_decompile(struct stp_context *, const uint8_t *image, struct stp_string *out);

/* ---- what the files share ---- */

/* Rows that zones share: how many of them the zones so far have cited. */
struct stp_named_rows {
	uint32_t depths, paces, tightenings, uses;
};

struct stp_decompiler {
	struct stp_context *context;
	const uint8_t *image;
	struct stipple_header header;
	struct stp_string *out;
	unsigned *kinds;     /* for each item row: a set of 1 << enum stp_term_kind */
	bool *is_screened;   /* for each item row */
	bool *named_factors; /* of this protocol: a statement names it, so it is asked */
	bool *named_questions;
	uint16_t passes_most; /* of all zones */
	struct stp_named_rows next;
	const char *indication; /* a name that nothing in the pack begins with */
	const char
		*open_when; /* of the protocol's blocks: the conditions of the one that is open */
	const char *open_block; /* "screen", or NULL */
	const char *refused;
};

/* Row n of a section, as the struct of stipple/format.h. */
#define STP_DECOMPILED_ROWS(X)                                                                     \
	X(devices, device_row)                                                                     \
	X(protocols, protocol_row)                                                                 \
	X(slots, slot_row)                                                                         \
	X(depths, depth_row)                                                                       \
	X(paces, pace_row)                                                                         \
	X(tightenings, tightening_row)                                                             \
	X(recipes, recipe_row)                                                                     \
	X(uses, use_row)                                                                           \
	X(courses, course_row)                                                                     \
	X(anaesthetics, anaesthetic_row)                                                           \
	X(screenings, screening_row)                                                               \
	X(windows, window_row)                                                                     \
	X(questions, question_row)                                                                 \
	X(factors, factor_row)                                                                     \
	X(values, term_row)                                                                        \
	X(zones, term_row)                                                                         \
	X(roles, term_row)                                                                         \
	X(items, term_row)
#define STP_DECOMPILED_ROW(section, row)                                                           \
	struct stipple_##row stp_##section##_at(const struct stp_decompiler *, uint32_t number);
STP_DECOMPILED_ROWS(STP_DECOMPILED_ROW)
#undef STP_DECOMPILED_ROW

/* The text at an offset; refuses one that is not a name and gives "" then. */
const char *stp_name_at(struct stp_decompiler *, uint32_t offset);
/* Entry n of the list, which has that many entries. */
size_t stp_list_length(const struct stp_decompiler *, uint32_t list);
uint16_t stp_list_entry(const struct stp_decompiler *, uint32_t list, size_t n);
/* Remembers what cannot be said; the first one counts. */
void stp_refuse(struct stp_decompiler *, const char *what);

void stp_decompile_vocabulary(struct stp_decompiler *);
void stp_decompile_protocol(struct stp_decompiler *, uint32_t protocol);
/* What the protocol treats: made up, so that the rows of a label are about it alone. */
const char *stp_indication_of(struct stp_decompiler *, uint32_t protocol);
void stp_decompile_indications(struct stp_decompiler *);
void stp_decompile_label(struct stp_decompiler *, uint32_t device);
/* What tightens the protocol's zones for some clients. */
void stp_decompile_whens(struct stp_decompiler *, const struct stipple_protocol_row *,
			 const uint16_t *order);
void stp_decompile_rules(struct stp_decompiler *, const struct stipple_protocol_row *);

/* ---- as it is written ---- */

void stp_add_length(struct stp_decompiler *, uint32_t um);
/* "value unit" of a setting, STIPPLE_DEPTH to STIPPLE_RATE. */
void stp_add_value(struct stp_decompiler *, unsigned setting, uint32_t value);
/* "endpoint erythema": those of a set of names. */
void stp_add_members(struct stp_decompiler *, const char *word, unsigned members,
		     const char *const *names, size_t count);
/* "pattern horizontal 4, vertical 4": those of the set, as often as the recipe's row says. */
void stp_add_patterns(struct stp_decompiler *, unsigned members, uint16_t recipe);
/* "for 1 h to 2 h, amount to 60000 mg": what a row says of its times and amounts. */
void stp_add_anaesthetic(struct stp_decompiler *, const struct stipple_anaesthetic_row *);
/* "2 days": what `seconds_of` turns into exactly these seconds; refuses where nothing is. */
void stp_add_time(struct stp_decompiler *, uint32_t seconds,
		  int64_t (*seconds_of)(struct stp_duration));

#define STP_CONDITIONS_MOST 32
struct stp_conditions {
	struct stipple_condition all[STP_CONDITIONS_MOST]; /* without those that always hold */
	size_t count;
	uint32_t rows; /* of the section, that hold them */
};
enum stp_conditioned {
	STP_IN_TIGHTENINGS,
	STP_IN_USES,
	STP_IN_SCREENINGS,
	STP_IN_COURSES,
	STP_IN_WINDOWS
};
/* The conditions of a row and of those that go on with it. */
struct stp_conditions stp_conditions_at(struct stp_decompiler *, enum stp_conditioned,
					uint32_t row);
/* "session 1 and not pregnancy"; NULL for everybody. */
const char *stp_conditions_text(struct stp_decompiler *, const struct stp_conditions *);

#endif
