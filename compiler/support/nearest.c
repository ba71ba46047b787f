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

const char *stp_nearest(const char *name, const char *const *candidates, size_t count)
{
	size_t length = strlen(name);
	size_t best_distance = length < 3 ? 2 : length / 3 + 2;
	const char *best = NULL;

	if (length > LONGEST)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		size_t other = strlen(candidates[i]);
		size_t gap = other > length ? other - length : length - other;
		size_t found;

		if (other > LONGEST || gap >= best_distance)
			continue;
		found = distance(name, length, candidates[i], other);
		if (found < best_distance) {
			best_distance = found;
			best = candidates[i];
		}
	}
	return best;
}
