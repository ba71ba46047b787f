/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How many instructions calls of the runtime take on a Cortex-M, measured with the emulator's
 * clock, which goes by instructions. What a call takes that does nothing is taken off, or what a
 * lesser call takes, so that the difference remains. tools/instructions.sh makes a table of it.
 */
#include "console.h"
#include "lookup.h"
#include "skip.h"
#include "stipple/session.h"
#include "walk.h"

/*
 * Nanoseconds of a tick of the machine's timer, in hundredths; of an instruction: -icount
 * shift=6.
 */
#ifndef TICK
#error "TICK is 6250 at 16 MHz, 4000 at 25 MHz"
#endif
#define INSTRUCTION 6400u

static union {
	struct stipple_session session;
	uint8_t bytes[WALK_SESSION_BYTES];
} work;
static struct stipple_table table, lookups;
static struct stipple_verification verified;
static struct stipple_treatment treatment;
static struct stipple_time now;
static struct stipple_limit limit;
static struct stipple_limits limits;
static struct stipple_answer answer;
static uint8_t factors[1] = { WALK_ANSWER_TONE_LIGHT };
static uint8_t questions[1] = { 5 };
static const struct stipple_client client = { factors, questions, 1, 30, 0, 0 };
static uint32_t slots[LOOKUP_PROTOCOL_THREE + 1];
static volatile uint32_t kept;

static uint32_t keep(void *context, const struct stipple_record *record)
{
	(void)context;
	(void)record;
	return STIPPLE_AUDITED;
}

/* ---- what is measured ---- */

static void nothing(void)
{
	kept = 0;
}

static void find_in_six(void)
{
	kept = stipple_find_slot(&lookups, LOOKUP_PROTOCOL_SIX, LOOKUP_ZONE_Z6);
}

static void find_in_twelve(void)
{
	kept = stipple_find_slot(&lookups, LOOKUP_PROTOCOL_TWELVE, LOOKUP_ZONE_Z12);
}

static void limit_of(uint32_t protocol)
{
	kept = stipple_limit(&lookups, slots[protocol], &client, STIPPLE_DEPTH, &limit);
}

static void limit_without(void)
{
	limit_of(LOOKUP_PROTOCOL_SIX);
}

static void limits_without(void)
{
	kept = stipple_limits(&lookups, slots[LOOKUP_PROTOCOL_SIX], &client, &limits);
}

static void limit_with_one(void)
{
	limit_of(LOOKUP_PROTOCOL_ONE);
}

static void limit_with_two(void)
{
	limit_of(LOOKUP_PROTOCOL_TWO);
}

static void limit_with_three(void)
{
	limit_of(LOOKUP_PROTOCOL_THREE);
}

static void request_of(uint32_t protocol)
{
	kept = stipple_request(&lookups, slots[protocol], &client, STIPPLE_DEPTH, 1000, &answer);
}

static void request_without(void)
{
	request_of(LOOKUP_PROTOCOL_SIX);
}

static void request_with_two(void)
{
	request_of(LOOKUP_PROTOCOL_TWO);
}

static void request_with_three(void)
{
	request_of(LOOKUP_PROTOCOL_THREE);
}

static void set_depth(void)
{
	kept = stipple_set(&treatment, &now, STIPPLE_DEPTH, 1000);
}

static void begin_pass(void)
{
	kept = stipple_begin_pass(&treatment, &now);
}

static void permit(void)
{
	kept = stipple_permit(&treatment, &now, 1000, 7000);
}

static void stop(void)
{
	kept = stipple_stop(&treatment, &now);
}

static void verify_256(void)
{
	stipple_verify_begin(&verified);
	kept = stipple_verify_step(&table, &verified, 256);
}

struct measured {
	const char *name;
	void (*call)(void);
	uint32_t verdict;
	void (*less)(void); /* what this takes is taken off */
	uint32_t by;        /* so many times */
	const char *aim;
};

static const struct measured all[] = {
	{ "`stipple_find_slot`: the last of six zones", find_in_six, 5, nothing, 1, "130 | 90" },
	{ "each zone more", find_in_twelve, 17, find_in_six, 6, "5 | 5" },
	{ "`stipple_limit`: the depth; nothing tightens", limit_without, STIPPLE_ANSWERED, nothing,
	  1, "60 | 45" },
	{ "the first tightening that holds", limit_with_one, STIPPLE_ANSWERED, limit_without, 1,
	  "25 | 25" },
	{ "the second, of two conditions", limit_with_two, STIPPLE_ANSWERED, limit_with_one, 1,
	  "25 | 25" },
	{ "the third, of two conditions", limit_with_three, STIPPLE_ANSWERED, limit_with_two, 1,
	  "25 | 25" },
	{ "`stipple_limits`: all settings; nothing tightens", limits_without, STIPPLE_ANSWERED,
	  nothing, 1, " | " },
	{ "`stipple_request`: both judges; nothing tightens", request_without, STIPPLE_ALLOWED,
	  nothing, 1, " | " },
	{ "a tightening more, of two conditions", request_with_three, STIPPLE_ALLOWED,
	  request_with_two, 1, " | " },
	{ "`stipple_set`, a depth, in a session of 64 bytes", set_depth, STIPPLE_ALLOWED, nothing,
	  1, " | " },
	{ "`stipple_begin_pass`", begin_pass, STIPPLE_ALLOWED, nothing, 1, " | " },
	{ "`stipple_permit`", permit, STIPPLE_ALLOWED, nothing, 1, " | " },
	{ "`stipple_stop`", stop, STIPPLE_ALLOWED, nothing, 1, " | " },
	{ "`stipple_verify_step`, 256 bytes", verify_256, STIPPLE_BUSY, nothing, 1, " | " },
};

static void write_number(uint32_t number)
{
	char digits[11];
	uint32_t at = 10;

	digits[at] = '\0';
	do {
		digits[--at] = (char)('0' + number % 10u);
		number /= 10u;
	} while (number != 0);
	console_write(&digits[at]);
}

static void go_to_zone(void)
{
	const struct stipple_visit visit = { .verified = &verified,
					     .cartridge = STIPPLE_CARTRIDGE_NEW,
					     .number = 1,
					     .age = 30,
					     .needles = 12 };

	treatment.table = &table;
	treatment.session = &work.session;
	treatment.session_bytes = sizeof work;
	treatment.keep = keep;
	now.wall = 1800000000u;
	(void)stipple_begin(&treatment, &now, &visit);
	(void)stipple_answer_factor(&treatment, &now, WALK_FACTOR_TONE, WALK_ANSWER_TONE_LIGHT);
	(void)stipple_answer_question(&treatment, &now, WALK_QUESTION_PREGNANCY, STIPPLE_NO);
	(void)stipple_answer_question(&treatment, &now, WALK_QUESTION_THINNER, STIPPLE_NO);
	(void)stipple_finish_screening(&treatment, &now);
	(void)stipple_finish_preparation(&treatment, &now);
	(void)stipple_apply_anaesthetic(&treatment, &now, 0, 0);
	now.wall += 1800;
	now.uptime += 1800;
	(void)stipple_remove_anaesthetic(&treatment, &now);
	(void)stipple_enter_zone(&treatment, &now, WALK_ZONE_CHEEK, 0);
	(void)stipple_set(&treatment, &now, STIPPLE_RATE, 7000);
}

static int open_both(void)
{
	const struct stipple_expectation walk = { WALK_INTERFACE_DIGEST, WALK_DEVICE_PEN_KEY };
	const struct stipple_expectation lookup = { LOOKUP_INTERFACE_DIGEST,
						    LOOKUP_DEVICE_PEN_KEY };
	uint32_t reason, at;

	if (stipple_open(&table, &walk_table, sizeof walk_table, &walk, &reason) !=
		    STIPPLE_ANSWERED ||
	    stipple_open(&lookups, &lookup_table, sizeof lookup_table, &lookup, &reason) !=
		    STIPPLE_ANSWERED)
		return 0;
	for (at = 0; at <= LOOKUP_PROTOCOL_THREE; at++)
		slots[at] = stipple_find_slot(&lookups, at, LOOKUP_ZONE_Z1);
	stipple_verify_begin(&verified);
	while (stipple_verify_step(&table, &verified, 256) == STIPPLE_BUSY)
		;
	return 1;
}

int main(void)
{
	uint32_t at;

	if (!open_both())
		return 2;
	go_to_zone();
	for (at = 0; at < sizeof all / sizeof all[0]; at++) {
		uint32_t less = skip_ticks_of(all[at].less);
		uint32_t ticks = (skip_ticks_of(all[at].call) - less) / all[at].by;

		if (kept != all[at].verdict)
			return 1;
		console_write(all[at].name);
		console_write(" | ");
		write_number((ticks * TICK + INSTRUCTION / 2u) / INSTRUCTION);
		console_write(" | ");
		console_write(all[at].aim);
		console_write("\n");
	}
	return 0;
}
