/* SPDX-License-Identifier: Apache-2.0 */
/* The console on a computer. */
#include "console.h"

#include <stdio.h>
#include <stdlib.h>

void console_write(const char *text)
{
	fputs(text, stdout);
}

void console_exit(int status)
{
	exit(fflush(stdout) == 0 ? status : 1);
}
