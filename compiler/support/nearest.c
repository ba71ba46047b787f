/* SPDX-License-Identifier: Apache-2.0 */
/* "Did you mean": the candidate with the least edit distance, when it is near enough. */
#include "support/support.h"

#include <string.h>

#define LONGEST 64

static size_t least_of(size_t a, size_t b, size_t c)
{
	size_t least = a < b ? a : b;

	return least < c ? least : c;
}

/* Optimal string alignment: insertions, deletions, changes, swaps of neighbours. */
static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t before[LONGEST + 1] = { 0 }, last[LONGEST + 1], now[LONGEST + 1];

	for (size_t j = 0; j <= b_length; j++)
		last[j] = j;
	for (size_t i = 1; i <= a_length; i++) {
		now[0] = i;
		for (size_t j = 1; j <= b_length; j++) {
			size_t change = last[j - 1] + (a[i - 1] != b[j - 1]);

			now[j] = least_of(last[j] + 1, now[j - 1] + 1, change);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    before[j - 2] + 1 < now[j])
				now[j] = before[j - 2] + 1;
		}
		memcpy(before, last, sizeof before);
		memcpy(last, now, sizeof last);
	}
	return last[b_length];
}

/* No more than `most` from the name; more than that for what is too long to be compared. */
static size_t distance_to(const char *name, const char *candidate, size_t most)
{
	size_t length = strlen(name), other = strlen(candidate);
	size_t gap = other > length ? other - length : length - other;

	if (length > LONGEST || other > LONGEST || gap > most)
		return most + 1;
	return distance(name, length, candidate, other);
}

static bool same_letters(const char *a, const char *b)
{
	for (; *a != '\0' && *b != '\0'; a++, b++)
		if (*a != *b && ((*a ^ *b) != 0x20 || (*a | 0x20) < 'a' || (*a | 0x20) > 'z'))
			return false;
	return *a == *b;
}

const char *stp_nearest(const char *name, const char *const *candidates, size_t count)
{
	size_t length = strlen(name);
	/*
	 * Skin type v is V, and VII is not III: of short names none but the same letters are near.
	 */
	size_t best_distance = length <= 3 ? 0 : length / 3 + 1;
	const char *best = NULL;

	for (size_t i = 0; i < count; i++) {
		size_t found;

		if (same_letters(name, candidates[i]))
			return candidates[i];
		if (best_distance == 0)
			continue;
		found = distance_to(name, candidates[i], best_distance - 1);
		if (found < best_distance) {
			best_distance = found;
			best = candidates[i];
		}
	}
	return best;
}

/* The same word, or one of them is the other with a letter or two behind: arm, arms. */
static bool same_stem(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t shorter = a_length < b_length ? a_length : b_length;
	size_t longer = a_length < b_length ? b_length : a_length;

	return shorter >= 3 && longer - shorter <= 2 && memcmp(a, b, shorter) == 0;
}

/* Whether two names that are words joined by _ have a word in common. */
static bool share_word(const char *name, const char *candidate)
{
	for (const char *a = name; *a != '\0'; a += strspn(a, "_")) {
		size_t a_length = strcspn(a, "_");

		for (const char *b = candidate; *b != '\0'; b += strspn(b, "_")) {
			size_t b_length = strcspn(b, "_");

			if (same_stem(a, a_length, b, b_length))
				return true;
			b += b_length;
		}
		a += a_length;
	}
	return false;
}

size_t stp_alike(const char *name, const char *const *candidates, size_t count, const char **alike,
		 size_t most)
{
	size_t found = 0;

	for (size_t i = 0; i < count && found < most; i++)
		if (share_word(name, candidates[i]))
			alike[found++] = candidates[i];
	return found;
}

/*
 * sunscreen_spf50 is not a misspelt sunscreen_spf30: what differs in its numbers is another thing.
 */
static bool same_digits(const char *a, const char *b)
{
	static const char digits[] = "0123456789";

	for (;;) {
		a += strcspn(a, digits);
		b += strcspn(b, digits);
		if (*a == '\0' || *b == '\0')
			return *a == *b;
		if (*a++ != *b++)
			return false;
	}
}

const char *stp_surely_meant(const char *name, const char *const *candidates, size_t count)
{
	const char *meant = NULL;
	size_t near = 0;

	if (strlen(name) < 4)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		size_t found = distance_to(name, candidates[i], 2);

		near += found <= 2;
		if (found == 1 && same_digits(name, candidates[i]))
			meant = candidates[i];
	}
	return near == 1 ? meant : NULL;
}
