/* SPDX-License-Identifier: Apache-2.0 */
/* What words.c must know of letters: capitals, the marks that end a sentence, writing direction. */
#ifndef STP_WORDS_LETTERS_H
#define STP_WORDS_LETTERS_H

#include "support/support.h"

/* The text with a capital first letter, where its script has capitals. */
const char *stp_with_capital(struct stp_context *, const char *text);
/* Whether the text ends with a mark that ends a sentence, or leads on. */
bool stp_ends_sentence(const char *text);
/*
 * Whether the text begins with the vowel, i or o, as one hears it: an h before it is silent, and
 * the i of "hielo" is none.
 */
bool stp_begins_with_sound(const char *text, char vowel);
/*
 * The text as it stands in a line of a script that is written from right to left. Numbers and what
 * is written from left to right would otherwise pull their neighbours with them: "+44 20" would be
 * read as "20 44+". So they are isolated from what surrounds them, by two invisible marks.
 */
const char *stp_isolated(struct stp_context *, const char *text);

#endif
