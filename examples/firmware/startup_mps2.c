/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Start-up for a Cortex-M3 with flash at 0 and RAM at 0x20000000, as QEMU's mps2-an385 has them:
 * the vector table, .data copied, .bss cleared, main called.
 */
#include "console.h"

#include <stdint.h>

extern uint32_t flash_data[], ram_data[], ram_data_end[], ram_bss[], ram_bss_end[], stack_top[];

int main(void);
void reset(void);
void fail(void);

void reset(void)
{
	const uint32_t *from = flash_data;
	volatile uint32_t *to;

	for (to = ram_data; to < ram_data_end; to++)
		*to = *from++;
	for (to = ram_bss; to < ram_bss_end; to++)
		*to = 0;
	console_exit(main());
}

/* Any exception that the example does not expect. */
void fail(void)
{
	console_write("\nunexpected exception\n");
	console_exit(2);
}

struct vectors {
	uint32_t *stack;
	void (*handlers[15])(void);
};

extern const struct vectors vectors;
const struct vectors vectors __attribute__((
	section(".vectors"), used)) = { stack_top,
					{ reset, fail, fail, fail, fail, fail, fail, fail, fail,
					  fail, fail, fail, fail, fail, fail } };
