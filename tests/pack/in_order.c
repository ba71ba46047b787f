/* SPDX-License-Identifier: Apache-2.0 */
/*
 * in_order PACK: whether each row of depths and of paces is in order as it is written, the range
 * inside the limit and the start inside the range. stipple_limit rests on it where nothing
 * tightens. Says which row is not, and ends with 1; with 2 when it cannot read the pack, or there
 * is no such row.
 */
#include <stdio.h>
#include <string.h>

#include "stipple/format.h"

static unsigned char image[1 << 20];

/* range_least, range_most, limit_least, limit_most, start: as in every row with bounds. */
static int is_in_order(const unsigned char *members)
{
	uint16_t bound[5];

	memcpy(bound, members, sizeof bound);
	return bound[2] <= bound[0] && bound[0] <= bound[4] && bound[4] <= bound[1] &&
	       bound[1] <= bound[3];
}

static int check(const char *what, struct stipple_section section, size_t bytes, size_t member)
{
	for (uint32_t row = 0; row < section.count; row++)
		if (!is_in_order(image + section.offset + row * bytes + member)) {
			printf("%s %u is not in order\n", what, (unsigned)row);
			return 0;
		}
	return 1;
}

int main(int count, char **words)
{
	struct stipple_header header;
	FILE *file = count == 2 ? fopen(words[1], "rb") : NULL;
	size_t bytes = file == NULL ? 0 : fread(image, 1, sizeof image, file);

	if (bytes < sizeof header || bytes == sizeof image)
		return 2;
	fclose(file);
	memcpy(&header, image, sizeof header);
	if (header.magic != STIPPLE_MAGIC || header.depths.count == 0 || header.paces.count == 0)
		return 2;
	return check("depth", header.depths, sizeof(struct stipple_depth_row), 0) &&
			       check("passes", header.paces, sizeof(struct stipple_pace_row), 0) &&
			       check("rate", header.paces, sizeof(struct stipple_pace_row),
				     offsetof(struct stipple_pace_row, rate_range_least))
		       ? 0
		       : 1;
}
