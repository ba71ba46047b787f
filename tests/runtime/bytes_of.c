/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the bytes of the table that it was compiled with (TABLE_HEADER, TABLE_OBJECT). */
#include <stdio.h>

#include TABLE_HEADER

int main(void)
{
	return fwrite(&TABLE_OBJECT, 1, sizeof TABLE_OBJECT, stdout) != sizeof TABLE_OBJECT;
}
