/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opens the table that it was compiled with. The table's CRC was worked out by the compiler over
 * its own image, so that an opened table is that image, byte for byte.
 */
#include TABLE_HEADER
#include "console.h"
#include "stipple/runtime.h"

int main(void)
{
	struct stipple_expectation expected = { TABLE_INTERFACE_DIGEST, 0 };
	struct stipple_table table;
	uint32_t reason;

	expected.device_key = TABLE_OBJECT.devices[0].key;
	if (stipple_open(&table, &TABLE_OBJECT, sizeof TABLE_OBJECT, &expected, &reason) ==
	    STIPPLE_ANSWERED)
		return 0;
	console_write(stipple_reason_text(reason));
	console_write("\n");
	return 1;
}
