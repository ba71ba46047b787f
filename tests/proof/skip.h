/* SPDX-License-Identifier: Apache-2.0 */
/* Trying something with one of its executed instructions left out. See skip_core.c. */
#ifndef STP_TESTS_PROOF_SKIP_H
#define STP_TESTS_PROOF_SKIP_H

#include <stdint.h>

enum skip_outcome {
	SKIP_NOTHING, /* it was over before */
	SKIP_OUTSIDE, /* the time fell on an instruction of the harness */
	SKIP_DONE,    /* skipped, and it came back */
	SKIP_CRASHED, /* skipped, and a fault ended it */
	SKIP_HUNG     /* skipped, and it did not end */
};

/* Tries it, and skips what would be executed after so many ticks; *where is its address. */
enum skip_outcome skip_after(void (*tried)(void), uint32_t ticks, uint32_t *where);
/*
 * What was skipped may have written anywhere: all variables are remembered once, and put back
 * before each trial. The sum is that of what is remembered.
 */
void skip_remember(void);
void skip_forget(void);
uint32_t skip_sum(void);
/* All variables as they are at the start. */
void skip_clear(void);
/* How many ticks it takes undisturbed. */
uint32_t skip_ticks_of(void (*tried)(void));

#endif
