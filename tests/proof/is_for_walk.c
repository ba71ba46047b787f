/* SPDX-License-Identifier: Apache-2.0 */
/* A firmware built for walk.stip is given a pack: takes it, or says why not. */
#include <stdio.h>
#include <stdlib.h>

#include "stage.h"
#include "stipple/pack.h"

int main(int count, char **arguments)
{
	static const struct stipple_expectation expected = { WALK_INTERFACE_DIGEST,
							     WALK_DEVICE_PEN_KEY };
	static uint32_t pack[4096];
	struct stipple_table table;
	uint32_t counter, reason;
	size_t length;
	FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;

	if (file == NULL)
		return 2;
	length = fread(pack, 1, sizeof pack, file);
	(void)fclose(file);
	if (stipple_open_pack(&table, pack, (uint32_t)length, &expected, NULL, &counter, &reason) ==
	    STIPPLE_ANSWERED)
		return 0;
	puts(stipple_reason_text(reason));
	return 1;
}
