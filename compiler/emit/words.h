/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words of a sheet. Every one of them comes from the phrases of a language file; this is where
 * phrases are found, filled and joined. A phrase holds {placeholders}; phrases.def lists every
 * phrase with the placeholders that it must use. What is missing is an error that names the
 * language and the phrase: nothing falls back to another language.
 *
 * Phrases begin in lower case, as inside a sentence; stp_sentence makes a sentence of one.
 */
#ifndef STP_WORDS_H
#define STP_WORDS_H

#include "emit/words_plurals.h"
#include "model/model.h"

enum stp_phrase_id {
#define STP_PHRASE(name, placeholders) STP_PHRASE_##name,
#define STP_COUNTED(name)
#include "emit/phrases.def"
#undef STP_PHRASE
#undef STP_COUNTED
	STP_PHRASES
};

/* Phrases about a number {n}, one for each plural class of the language: hours_one, hours_few. */
enum stp_counted_id {
#define STP_PHRASE(name, placeholders)
#define STP_COUNTED(name) STP_COUNTED_##name,
#include "emit/phrases.def"
#undef STP_PHRASE
#undef STP_COUNTED
	STP_COUNTED_PHRASES
};

struct stp_words {
	struct stp_context *context;
	const struct stp_language *language;
	const struct stp_plural_rule *plurals;
	const char *phrases[STP_PHRASES];
	const char *counted[STP_COUNTED_PHRASES][STP_PLURAL_CLASSES];
};

/*
 * Finds every phrase. False, after reporting, when one is missing or does not use the placeholders
 * that it has to; the words must then not be used.
 */
bool stp_words_open(struct stp_words *, struct stp_context *, const struct stp_language *);

/*
 * The phrase with its placeholders filled: pairs of name and text, then NULL, as in
 * stp_say(words, STP_PHRASE_until_day, "n", "5", NULL). In the context's arena.
 */
const char *stp_say(const struct stp_words *, enum stp_phrase_id, ...) __attribute__((sentinel));
/* The same for a text that is no phrase, such as the `if` of a factor. */
const char *stp_fill(const struct stp_words *, const char *text, ...) __attribute__((sentinel));
/* A counted phrase: for a number, or for a range whose ends differ. */
const char *stp_say_count(const struct stp_words *, enum stp_counted_id, uint32_t count);
const char *stp_say_range(const struct stp_words *, enum stp_counted_id, uint32_t low,
			  uint32_t high);

/* A first letter in upper case, and the mark that ends a sentence. */
const char *stp_capital(const struct stp_words *, const char *text);
const char *stp_sentence(const struct stp_words *, const char *text);
/* first and second with a space between; either may be NULL. */
const char *stp_join(const struct stp_words *, const char *first, const char *second);

/* "a, b and c" or "a, b or c"; count of at least 1. */
const char *stp_list_and(const struct stp_words *, const char *const *items, size_t count);
const char *stp_list_or(const struct stp_words *, const char *const *items, size_t count);
/* The same behind a "not": "do not use make-up or creams". */
const char *stp_list_nor(const struct stp_words *, const char *const *items, size_t count);

/* 1250 with 3 decimals is "1.25"; no zero at the end, always one before the mark. */
const char *stp_decimal(const struct stp_words *, uint32_t value, unsigned decimals);
const char *stp_whole(const struct stp_words *, uint64_t value);
/* "24 hours"; "24 to 48 hours", "12 hours to 3 days". */
const char *stp_time_words(const struct stp_words *, struct stp_duration);
const char *stp_time_range(const struct stp_words *, struct stp_duration low,
			   struct stp_duration high);
/* "every 6 months", "every year"; of two times that differ "every 2 to 3 hours". */
const char *stp_every_words(const struct stp_words *, struct stp_duration low,
			    struct stp_duration high);
/* "Wednesday 2 December" for a day since 1970, or with its year. */
const char *stp_date_words(const struct stp_words *, int64_t day, bool with_year);
const char *stp_plain_date(const struct stp_words *, struct stp_date); /* "2 December 2026" */
/* "10 am", "10:30 am", "midday" for a second of a day other than its first. */
const char *stp_clock_words(const struct stp_words *, int64_t second_of_day);

/*
 * The label of something named in the sources, which the model holds in the sheet's language. What
 * has no label of its own, such as a role, is called by its name in English and by the language's
 * text for that name in any other; when there is none, an error is reported.
 */
const char *stp_label_words(const struct stp_words *, const char *name, const char *own_label);

/* What the language says of a text of `name` in the sources, which are English; or NULL. */
const char *stp_source_words(const struct stp_language *, const char *name, const char *text);

/*
 * "Was this rule broken in any way? Stop using retinoids at least 5 days before your visit. Yes =
 * broken. No = kept." Of one of the rule's terms, in English; NULL when the language lacks a text.
 */
const char *stp_broken_words(const struct stp_words *, const struct stp_care_rule *,
			     const struct stp_term *);

/* Whether both say the same, or neither says anything. */
bool stp_same_text(const char *, const char *);

/* The number of words in a text, as a reader counts them, and that of its characters. */
size_t stp_word_count(const char *text);
size_t stp_character_count(const char *text);

#endif
