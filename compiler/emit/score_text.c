/* SPDX-License-Identifier: Apache-2.0 */
/* See score_text.h. Syllables are counted as runs of vowels less a silent e: rough, and enough. */
#include "emit/score_text.h"

#include <string.h>

static bool ends_sentence(const char *at)
{
	return *at && strchr(".?!:;", *at) && (at[1] == ' ' || at[1] == '\0' || at[1] == '\n');
}

static bool is_space(char byte)
{
	return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\0';
}

size_t stp_longest_sentence(const char *text)
{
	size_t longest = 0, words = 0;

	for (const char *at = text; *at; at++) {
		words += !is_space(*at) && (at == text || is_space(at[-1]));
		longest = words > longest ? words : longest;
		if (ends_sentence(at))
			words = 0;
	}
	return longest;
}

size_t stp_sentence_count(const char *text)
{
	size_t count = 0;

	for (const char *at = text; *at; at++)
		count += strchr(".?!", *at) && ends_sentence(at);
	return count;
}

bool stp_has_short_negative(const char *text)
{
	return strstr(text, "n't") || strstr(text, "n\xE2\x80\x99t");
}

bool stp_speaks_of_clients(const char *text)
{
	static const char *const turns[] = { "lients should", "atients should", "lients must",
					     "atients must" };

	for (size_t i = 0; i < sizeof turns / sizeof *turns; i++)
		if (strstr(text, turns[i]))
			return true;
	return false;
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

bool stp_has_bad_figures(const char *text)
{
	if (strstr(text, "\xE2\x80\x93") || strstr(text, "\xE2\x80\x94"))
		return true;
	for (const char *at = text; *at; at++) {
		bool before = at > text && is_digit(at[-1]);

		if (*at == '.' && is_digit(at[1]) && (at == text || at[-1] == ' '))
			return true;
		if (*at == '-' && before && is_digit(at[1]) && at > text + 1 && !is_digit(at[-2]))
			return true;
	}
	return false;
}

/* ---- words and syllables ---- */

static char lower(char byte)
{
	return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

static bool is_letter(char byte)
{
	return lower(byte) >= 'a' && lower(byte) <= 'z';
}

static bool is_vowel(char byte)
{
	return strchr("aeiouy", lower(byte)) != NULL;
}

static size_t syllables(const char *word, size_t length)
{
	size_t count = 0;

	for (size_t i = 0; i < length; i++)
		count += is_vowel(word[i]) && (i == 0 || !is_vowel(word[i - 1]));
	if (length > 2 && lower(word[length - 1]) == 'e' && !is_vowel(word[length - 2]) &&
	    count > 1)
		count--;
	return count > 0 ? count : 1;
}

/* The next word from at on, with its length; NULL when there is none. */
static const char *next_word(const char *at, size_t *length)
{
	while (*at && !is_letter(*at))
		at++;
	for (*length = 0; is_letter(at[*length]) || at[*length] == '\'';)
		(*length)++;
	return *length > 0 ? at : NULL;
}

size_t stp_long_words(const char *text)
{
	size_t count = 0, length;

	for (const char *word = next_word(text, &length); word;
	     word = next_word(word + length, &length))
		count += syllables(word, length) >= 4;
	return count;
}

static bool is_word(const char *word, size_t length, const char *one_of)
{
	for (; *one_of; one_of += strlen(one_of) + 1)
		if (strlen(one_of) == length && strncmp(word, one_of, length) == 0)
			return true;
	return false;
}

/* "is", "was" and the like before a word in -ed or -en. */
size_t stp_passives(const char *text)
{
	static const char of_being[] = "is\0are\0was\0were\0be\0been\0being\0";
	size_t count = 0, length;
	bool after_being = false;

	for (const char *word = next_word(text, &length); word;
	     word = next_word(word + length, &length)) {
		bool ends = length > 4 && (strncmp(word + length - 2, "ed", 2) == 0 ||
					   strncmp(word + length - 2, "en", 2) == 0);

		count += after_being && ends;
		after_being = is_word(word, length, of_being);
	}
	return count;
}

void stp_reading_add(struct stp_reading *reading, const char *text)
{
	size_t length;

	for (const char *word = next_word(text, &length); word;
	     word = next_word(word + length, &length)) {
		reading->words++;
		reading->syllables += syllables(word, length);
	}
	for (const char *at = text; *at; at++)
		reading->sentences += ends_sentence(at);
}

int64_t stp_reading_grade(const struct stp_reading *reading)
{
	int64_t words = (int64_t)reading->words, sentences = (int64_t)reading->sentences;

	if (words == 0 || sentences == 0)
		return 0;
	/* 0.39 words a sentence + 11.8 syllables a word - 15.59 */
	return (390 * words / sentences + 11800 * (int64_t)reading->syllables / words - 15590) /
	       100;
}
