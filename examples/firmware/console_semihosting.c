/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The console over ARM semihosting: a breakpoint that the emulator understands, with the operation
 * in r0 and its argument in r1. On a real board a UART would stand here.
 */
#include "console.h"

#include <stdint.h>

#define SYS_WRITE0        0x04
#define SYS_EXIT_EXTENDED 0x20
#define APPLICATION_EXIT  0x20026u

static void semihost(uint32_t operation, const volatile void *argument)
{
	register uint32_t r0 __asm__("r0") = operation;
	register const volatile void *r1 __asm__("r1") = argument;

	__asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
}

void console_write(const char *text)
{
	semihost(SYS_WRITE0, text);
}

void console_exit(int status)
{
	const volatile uint32_t block[2] = { APPLICATION_EXIT, (uint32_t)status };

	semihost(SYS_EXIT_EXTENDED, block);
	for (;;)
		;
}
