/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A Cortex-M on which one executed instruction is left out. What is tried runs in thread mode on a
 * stack of its own. The SysTick timer comes after a chosen number of instructions (the emulator
 * counts time by instructions), finds in the interrupted frame which instruction would be next,
 * and lets the program go on behind it. A second tick, much later, ends what hangs; a fault ends
 * what crashes.
 *
 * Everything here lies in the section `harness`, in which nothing is ever skipped.
 */
#include "skip.h"

#include "console.h"

#define HARNESS __attribute__((section("harness"), noinline, used))

#define SYST_CONTROL (*(volatile uint32_t *)0xE000E010u)
#define SYST_RELOAD  (*(volatile uint32_t *)0xE000E014u)
#define SYST_NOW     (*(volatile uint32_t *)0xE000E018u)
#define SYST_RUN     7u /* the processor's clock, interrupt, on */
#define ICSR         (*(volatile uint32_t *)0xE000ED04u)
#define PENDSTCLR    (1u << 25)

#define MPU_CONTROL (*(volatile uint32_t *)0xE000ED94u)
#define MPU_BASE    (*(volatile uint32_t *)0xE000ED9Cu)
#define MPU_SIZE    (*(volatile uint32_t *)0xE000EDA0u)

#define HANGS_AFTER 60000u /* ticks: some seven times the longest scenario */

extern uint32_t flash_data[], ram_data[], ram_data_end[], ram_bss[], ram_bss_end[], stack_top[];
extern const uint8_t __start_harness[], __stop_harness[];

/*
 * RAM: variables, a copy of them, room, the stack of what is tried, more room (for what is written
 * beyond it), the harness's own stack.
 */
#define SNAPSHOT        ram_bss_end
#define TRIED_STACK_TOP ((uint32_t *)((uint32_t)stack_top - 0xA00u))

static volatile uint32_t phase;
static volatile uint32_t skipped_at;
enum { IDLE, ARMED, SKIPPED, OUTSIDE, CRASHED, HUNG };

uint32_t guarded(void (*tried)(void), uint32_t *stack);
void aborted(void);
uint32_t *on_tick(uint32_t *frame);
uint32_t *on_fault(uint32_t *frame);
void on_early_tick(void);
void on_lost(void);
void reset(void);
void systick(void);
void fault(void);
int main(void);

/*
 * guarded: calls r0 on the stack that ends at r1; 0 when it came back, 1 when it was aborted. All
 * registers that a call must keep are kept here, for what was skipped may have been their saving.
 */
__asm__(".section harness, \"ax\"\n"
	".syntax unified\n.thumb\n"
	".global guarded\n.thumb_func\nguarded:\n"
	"	push {r4-r7, lr}\n"
	"	mov r4, r8\n	mov r5, r9\n	mov r6, r10\n	mov r7, r11\n"
	"	push {r4-r7}\n"
	"	msr psp, r1\n"
	"	movs r2, #2\n	msr control, r2\n	isb\n"
	"	blx r0\n"
	"	movs r0, #0\n"
	"1:	movs r2, #0\n	msr control, r2\n	isb\n"
	"	pop {r4-r7}\n"
	"	mov r8, r4\n	mov r9, r5\n	mov r10, r6\n	mov r11, r7\n"
	"	pop {r4-r7, pc}\n"
	".global aborted\n.thumb_func\naborted:\n"
	"	movs r0, #1\n	b 1b\n"
	/* Both handlers: r3 for what is tried, r2 for the harness itself. */
	".global systick\n.thumb_func\nsystick:\n"
	"	ldr r3, =on_tick\n	ldr r2, =on_early_tick\n	b 2f\n"
	".global fault\n.thumb_func\nfault:\n"
	"	ldr r3, =on_fault\n	ldr r2, =on_lost\n"
	"2:	mov r1, lr\n	movs r0, #4\n	tst r1, r0\n	beq 3f\n"
	"	mrs r0, psp\n	push {r1, lr}\n	blx r3\n	pop {r1, r2}\n"
	"	msr psp, r0\n	bx r1\n"
	"3:	push {r1, lr}\n	blx r2\n	pop {r1, pc}\n"
	".ltorg\n.text\n");

static HARNESS void stop_timer(void)
{
	SYST_CONTROL = 0;
	ICSR = PENDSTCLR;
}

static HARNESS void start_timer(uint32_t ticks)
{
	SYST_RELOAD = ticks;
	SYST_NOW = 0;
	SYST_CONTROL = SYST_RUN;
}

/* A frame that goes on in `aborted`, on an empty stack. */
static HARNESS uint32_t *abort_frame(void)
{
	uint32_t *frame = TRIED_STACK_TOP - 8;

	frame[6] = (uint32_t)aborted & ~1u;
	frame[7] = 1u << 24;
	return frame;
}

/* An instruction of an IT block counts as executed: the block's state goes on. */
static HARNESS uint32_t advance_it(uint32_t xpsr)
{
	uint32_t it = (xpsr >> 25 & 3u) | (xpsr >> 8 & 0xFCu);

	if (it == 0)
		return xpsr;
	it = (it & 7u) == 0 ? 0 : (it & 0xE0u) | (it << 1 & 0x1Fu);
	return (xpsr & ~0x0600FC00u) | (it & 3u) << 25 | (it & 0xFCu) << 8;
}

HARNESS uint32_t *on_tick(uint32_t *frame)
{
	uint32_t pc = frame[6];

	if (phase != ARMED) {
		phase = HUNG;
		return abort_frame();
	}
	stop_timer();
	phase = OUTSIDE;
	if (pc >= (uint32_t)__start_harness && pc < (uint32_t)__stop_harness)
		return frame;
	skipped_at = pc;
	frame[6] += *(const volatile uint16_t *)pc >> 11 >= 0x1Du ? 4u : 2u;
	frame[7] = advance_it(frame[7]);
	phase = SKIPPED;
	start_timer(HANGS_AFTER);
	return frame;
}

/* The tick came before what is tried had begun, or after it had ended. */
HARNESS void on_early_tick(void)
{
	stop_timer();
	phase = OUTSIDE;
}

HARNESS void on_lost(void)
{
	console_exit(3);
}

HARNESS uint32_t *on_fault(uint32_t *frame)
{
	(void)frame;
	phase = CRASHED;
	return abort_frame();
}

/*
 * The console of this program, over semihosting. What is tried must not write: when it comes here,
 * it has lost its way.
 */
static HARNESS void semihost(uint32_t operation, const volatile void *argument)
{
	register uint32_t r0 __asm__("r0") = operation;
	register const volatile void *r1 __asm__("r1") = argument;

	if (phase == SKIPPED)
		__builtin_trap();
	__asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
}

HARNESS void console_write(const char *text)
{
	semihost(0x04, text);
}

HARNESS void console_exit(int status)
{
	const volatile uint32_t block[2] = { 0x20026u, (uint32_t)status };

	semihost(0x20, block);
	for (;;)
		;
}

HARNESS enum skip_outcome skip_after(void (*tried)(void), uint32_t ticks, uint32_t *where)
{
	uint32_t was_aborted;
	uint32_t ended;

	phase = ARMED;
	skipped_at = 0;
	start_timer(ticks);
	was_aborted = guarded(tried, TRIED_STACK_TOP);
	stop_timer();
	ended = phase;
	phase = IDLE;
	*where = skipped_at;
	if (ended == ARMED)
		return SKIP_NOTHING;
	if (ended == OUTSIDE)
		return SKIP_OUTSIDE;
	if (was_aborted == 0)
		return SKIP_DONE;
	return ended == HUNG ? SKIP_HUNG : SKIP_CRASHED;
}

static HARNESS void copy_words(volatile uint32_t *to, const volatile uint32_t *from)
{
	uint32_t words = (uint32_t)(ram_bss_end - ram_data);

	while (words-- != 0)
		*to++ = *from++;
}

HARNESS void skip_remember(void)
{
	copy_words(SNAPSHOT, ram_data);
}

HARNESS void skip_forget(void)
{
	copy_words(ram_data, SNAPSHOT);
}

HARNESS uint32_t skip_sum(void)
{
	const volatile uint32_t *at = SNAPSHOT;
	uint32_t words = (uint32_t)(ram_bss_end - ram_data);
	uint32_t sum = 0;

	while (words-- != 0)
		sum = (sum << 5 | sum >> 27) ^ *at++;
	return sum;
}

HARNESS uint32_t skip_ticks_of(void (*tried)(void))
{
	uint32_t ticks;

	phase = ARMED;
	start_timer(0xFFFFFFu);
	(void)guarded(tried, TRIED_STACK_TOP);
	ticks = 0xFFFFFFu - SYST_NOW;
	stop_timer();
	phase = IDLE;
	return ticks;
}

/* The emulated Cortex-M3 has RAM where flash would be: make it what it stands for. */
static HARNESS void protect_flash(void)
{
#if __ARM_ARCH >= 7
	MPU_BASE = 0x10u;                    /* region 0 from address 0 on */
	MPU_SIZE = 6u << 24 | 21u << 1 | 1u; /* read only, 4 MiB, on */
	MPU_CONTROL = 5u;                    /* elsewhere as without it */
#endif
}

HARNESS void skip_clear(void)
{
	const uint32_t *from = flash_data;
	volatile uint32_t *to;

	for (to = ram_data; to < ram_data_end; to++)
		*to = *from++;
	for (to = ram_bss; to < ram_bss_end; to++)
		*to = 0;
}

HARNESS void reset(void)
{
	skip_clear();
	protect_flash();
	console_exit(main());
}

struct vectors {
	uint32_t *stack;
	void (*handlers[15])(void);
};

extern const struct vectors vectors;
const struct vectors vectors __attribute__((
	section(".vectors"), used)) = { stack_top,
					{ reset, fault, fault, fault, fault, fault, fault, fault,
					  fault, fault, fault, fault, fault, fault, systick } };
