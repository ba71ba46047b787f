/* SPDX-License-Identifier: Apache-2.0 */
/* What can be measured of a text: sentences, words, syllables, and turns that sheets do without. */
#ifndef STP_SCORE_TEXT_H
#define STP_SCORE_TEXT_H

#include "support/support.h"

/* Words of the longest sentence; 0 for an empty text. */
size_t stp_longest_sentence(const char *text);
size_t stp_sentence_count(const char *text);

/* English: short negatives such as "don't", and speaking of clients instead of to them. */
bool stp_has_short_negative(const char *text);
bool stp_speaks_of_clients(const char *text);
/* A dash between figures, or a point without a zero before it. */
bool stp_has_bad_figures(const char *text);
/* English: words of four syllables and more, and turns in the passive voice. */
size_t stp_long_words(const char *text);
size_t stp_passives(const char *text);

/* What a reading grade is made of. */
struct stp_reading {
	uint64_t words, sentences, syllables;
};
void stp_reading_add(struct stp_reading *, const char *text);
/* Flesch and Kincaid's school grade in tenths, English. */
int64_t stp_reading_grade(const struct stp_reading *);

#endif
