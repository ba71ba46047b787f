/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every way to a running motor, with each instruction that is executed on it left out once. In
 * every scenario but the first two the motor must stay off, whatever is skipped. A firmware's own
 * check belongs to the way: STIPPLE_IF_ALLOWED, or with -DWEAK a plain comparison, which shows
 * that this program notices.
 */
#include "console.h"
#include "skip.h"
#include "stipple/session.h"
#include "walk.h"

#define SCENARIOS(X)                                                                               \
	X(sound_permit, "a sound permit (the motor may run)", 1)                                   \
	X(sound_pass, "a sound pass (the motor may run)", 1)                                       \
	X(too_deep, "permit: the handpiece is deeper than permitted", 0)                           \
	X(expired, "permit: asked for too late", 0)                                                \
	X(pass_over, "permit: the pass has ended", 0)                                              \
	X(torn, "permit: the session's bytes are torn", 0)                                         \
	X(clocks, "permit: the clocks disagree", 0)                                                \
	X(damaged_row, "permit: the limit's row is damaged", 0)                                    \
	X(forged, "permit: the session holds a depth beyond the limit", 0)                         \
	X(screening, "permit: screening is not answered", 0)                                       \
	X(no_depth, "pass: no depth is set", 0)                                                    \
	X(passes_done, "pass: as many as the limit are done", 0)                                   \
	X(numb, "zone, depth, rate, pass: the anaesthetic is on", 0)                               \
	X(beyond, "depth beyond the limit set, pass, permit", 0)                                   \
	X(request_beyond, "request: beyond the limit", 0)                                          \
	X(request_open, "request: a question is open", 0)                                          \
	X(request_never, "request: a zone that is never treated", 0)

#ifdef WEAK
#define IF_ALLOWED(verdict) if ((verdict) == STIPPLE_ALLOWED)
#else
#define IF_ALLOWED(verdict) STIPPLE_IF_ALLOWED(verdict)
#endif

#define MOTOR_RUNS 0x600D600Du

union work {
	struct stipple_session session;
	uint8_t bytes[WALK_SESSION_BYTES];
};

static struct stipple_table table;
static struct stipple_verification verified;
static struct stipple_treatment treatment;
static struct stipple_time now;
static union work work;
static union work needling, between, answering, numbed, bare, done;
static volatile uint32_t motor;

/* Of a damaged table: a copy in RAM. */
static union {
	struct walk_table table;
	uint8_t bytes[sizeof(struct walk_table)];
} copy;

uint32_t stipple_crc_memory(uint32_t crc, const uint8_t *bytes, uint32_t count);

static void copy_bytes(volatile uint8_t *to, const uint8_t *from, uint32_t count)
{
	while (count-- != 0)
		*to++ = *from++;
}

static void keep_as(union work *as)
{
	copy_bytes(as->bytes, work.bytes, sizeof work);
}

static uint32_t keep(void *context, const struct stipple_record *record)
{
	(void)context;
	(void)record;
	return STIPPLE_AUDITED;
}

static void seal(union work *forged)
{
	forged->session.crc =
		~stipple_crc_memory(0xFFFFFFFFu, forged->bytes + 4, (uint32_t)sizeof *forged - 4u);
}

/* ---- what is tried ---- */

static uint32_t measured, limit_asked;
static uint32_t slot_asked;
static struct stipple_client client;
static uint8_t known[4];

static void ask_permit(void)
{
	IF_ALLOWED(stipple_permit(&treatment, &now, measured, 7000))
	{
		motor = MOTOR_RUNS;
	}
}

static void ask_pass(void)
{
	IF_ALLOWED(stipple_begin_pass(&treatment, &now))
	{
		motor = MOTOR_RUNS;
	}
}

static void ask_while_numb(void)
{
	(void)stipple_enter_zone(&treatment, &now, WALK_ZONE_CHEEK, 0);
	(void)stipple_set(&treatment, &now, STIPPLE_DEPTH, 1000);
	(void)stipple_set(&treatment, &now, STIPPLE_RATE, 7000);
	ask_pass();
}

static void ask_beyond(void)
{
	(void)stipple_set(&treatment, &now, STIPPLE_DEPTH, 1750);
	(void)stipple_begin_pass(&treatment, &now);
	ask_permit();
}

static void ask_request(void)
{
	struct stipple_answer answer;

	IF_ALLOWED(
		stipple_request(&table, slot_asked, &client, STIPPLE_DEPTH, limit_asked, &answer))
	{
		motor = MOTOR_RUNS;
	}
}

/* ---- how each scenario begins ---- */

static void start_from(const union work *from)
{
	copy_bytes(work.bytes, from->bytes, sizeof work);
	now.wall = from->session.wall;
	now.uptime = from->session.began_uptime + (now.wall - from->session.began_wall);
	measured = from->session.depth;
	client.factors = known;
	client.questions = known + 2;
	known[0] = WALK_ANSWER_TONE_LIGHT;
	known[2] = 5;
	client.session = 1;
	client.age = 30;
	slot_asked = 0;
	limit_asked = 1000;
	motor = 0;
}

typedef void (*tried)(void);

static tried sound_permit(void)
{
	start_from(&needling);
	return ask_permit;
}

static tried sound_pass(void)
{
	start_from(&between);
	return ask_pass;
}

static tried too_deep(void)
{
	start_from(&needling);
	measured += 250;
	return ask_permit;
}

static tried expired(void)
{
	start_from(&needling);
	now.wall += STIPPLE_PERMIT_SECONDS + 1;
	now.uptime += STIPPLE_PERMIT_SECONDS + 1;
	return ask_permit;
}

static tried pass_over(void)
{
	start_from(&between);
	return ask_permit;
}

static tried torn(void)
{
	start_from(&needling);
	work.bytes[sizeof work - 1] ^= 1;
	return ask_permit;
}

static tried clocks(void)
{
	start_from(&needling);
	now.wall += STIPPLE_CLOCK_TOLERANCE + 1;
	return ask_permit;
}

static tried damaged_row(void)
{
	start_from(&needling);
	copy_bytes(copy.bytes, (const uint8_t *)&walk_table, sizeof copy);
	copy.bytes[walk_table.header.depths.offset + 7] ^= 0x40; /* the limit, far above */
	table.image = copy.bytes;
	return ask_permit;
}

static tried forged(void)
{
	start_from(&needling);
	work.session.depth = 1750;
	measured = 1750;
	seal(&work);
	return ask_permit;
}

static tried screening(void)
{
	start_from(&answering);
	work.session.depth = 1000;
	work.session.rate = 7000;
	work.session.zone = 0;
	measured = 1000;
	seal(&work);
	return ask_permit;
}

static tried no_depth(void)
{
	start_from(&bare);
	return ask_pass;
}

static tried passes_done(void)
{
	start_from(&done);
	return ask_pass;
}

static tried numb(void)
{
	start_from(&numbed);
	return ask_while_numb;
}

static tried beyond(void)
{
	start_from(&between);
	measured = 1750;
	return ask_beyond;
}

static tried request_beyond(void)
{
	start_from(&between);
	limit_asked = 1750;
	return ask_request;
}

static tried request_open(void)
{
	start_from(&between);
	known[0] = 0;
	return ask_request;
}

static tried request_never(void)
{
	start_from(&between);
	slot_asked = 1;
	return ask_request;
}

/* ---- sessions to start from, made by the runtime itself ---- */

static void pass_time(uint32_t seconds)
{
	now.wall += seconds;
	now.uptime += seconds;
}

static void go_to_zone(void)
{
	pass_time(1800);
	(void)stipple_remove_anaesthetic(&treatment, &now);
	(void)stipple_enter_zone(&treatment, &now, WALK_ZONE_CHEEK, 0);
	keep_as(&bare);
	(void)stipple_set(&treatment, &now, STIPPLE_DEPTH, 1000);
	(void)stipple_set(&treatment, &now, STIPPLE_RATE, 7000);
	keep_as(&between);
	(void)stipple_begin_pass(&treatment, &now);
	keep_as(&needling);
	(void)stipple_end_pass(&treatment, &now);
	(void)stipple_begin_pass(&treatment, &now);
	(void)stipple_confirm(&treatment, &now, treatment.answer.token, 1);
	(void)stipple_begin_pass(&treatment, &now);
	(void)stipple_end_pass(&treatment, &now);
	keep_as(&done);
}

static int make_sessions(void)
{
	static const struct stipple_expectation expected = { WALK_INTERFACE_DIGEST,
							     WALK_DEVICE_PEN_KEY };
	struct stipple_visit visit = { .verified = &verified,
				       .cartridge = STIPPLE_CARTRIDGE_NEW,
				       .number = 1,
				       .age = 30,
				       .needles = 12 };
	uint32_t reason;

	if (stipple_open(&table, &walk_table, sizeof walk_table, &expected, &reason) !=
	    STIPPLE_ANSWERED)
		return 0;
	stipple_verify_begin(&verified);
	while (stipple_verify_step(&table, &verified, 256) == STIPPLE_BUSY)
		;
	treatment.table = &table;
	treatment.session = &work.session;
	treatment.session_bytes = sizeof work;
	treatment.keep = keep;
	now.wall = 1800000000u;
	now.uptime = 1000;
	(void)stipple_begin(&treatment, &now, &visit);
	keep_as(&answering);
	(void)stipple_answer_factor(&treatment, &now, WALK_FACTOR_TONE, WALK_ANSWER_TONE_LIGHT);
	(void)stipple_answer_question(&treatment, &now, WALK_QUESTION_PREGNANCY, STIPPLE_NO);
	(void)stipple_answer_question(&treatment, &now, WALK_QUESTION_THINNER, STIPPLE_NO);
	(void)stipple_finish_screening(&treatment, &now);
	(void)stipple_finish_preparation(&treatment, &now);
	(void)stipple_apply_anaesthetic(&treatment, &now, 0, 0);
	keep_as(&numbed);
	go_to_zone();
	return work.session.state == STIPPLE_STATE_ZONE &&
	       done.bytes[STIPPLE_SESSION_HEAD_BYTES] == 2;
}

/* ---- the trial ---- */

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

static void write_hex(uint32_t number)
{
	char digits[9];
	uint32_t at;

	for (at = 0; at < 8; at++)
		digits[at] = "0123456789abcdef"[number >> (28 - 4 * at) & 15u];
	digits[8] = '\0';
	console_write(digits);
}

struct scenario {
	const char *name;
	tried (*begin)(void);
	uint32_t may_run;
};

struct tally {
	uint32_t runs, crashed, hung, unsafe;
};

static const struct scenario scenarios[] = {
#define SCENARIO(id, name, may_run) { name, id, may_run },
	SCENARIOS(SCENARIO)
};

static void write_tally(const struct scenario *scenario, const struct tally *tally)
{
	console_write(scenario->name);
	console_write(" | ");
	write_number(tally->runs);
	console_write(" | ");
	write_number(tally->crashed);
	console_write(" | ");
	write_number(tally->hung);
	console_write(" | ");
	write_number(tally->unsafe);
	console_write("\n");
}

/* All variables as they are before any trial. */
static void make_ground(void)
{
	skip_clear();
	(void)make_sessions();
	skip_remember();
}

/* One scenario, with each instruction in its turn left out. */
static void try_all(const struct scenario *scenario, uint32_t remembered, struct tally *tally)
{
	uint32_t ticks = 1;
	uint32_t where;
	uint32_t before = 0; /* two ticks can fall on one instruction */
	enum skip_outcome outcome;

	for (;; ticks++) {
		if (skip_sum() != remembered)
			make_ground();
		skip_forget();
		outcome = skip_after(scenario->begin(), ticks, &where);
		if (outcome == SKIP_NOTHING)
			break;
		if (outcome == SKIP_OUTSIDE || where == before)
			continue;
		before = where;
		tally->runs++;
		tally->crashed += outcome == SKIP_CRASHED;
		tally->hung += outcome == SKIP_HUNG;
		if (motor == MOTOR_RUNS && !scenario->may_run) {
			tally->unsafe++;
			console_write("unsafe at ");
			write_hex(where);
			console_write("\n");
		}
	}
}

int main(void)
{
	struct tally sum = { 0, 0, 0, 0 };
	uint32_t remembered;
	uint32_t at;

	if (!make_sessions())
		return 2;
	skip_remember();
	remembered = skip_sum();
	for (at = 0; at < sizeof scenarios / sizeof scenarios[0]; at++) {
		struct tally tally = { 0, 0, 0, 0 };

		skip_forget();
		(void)skip_ticks_of(scenarios[at].begin());
		if ((motor == MOTOR_RUNS) != (scenarios[at].may_run != 0)) {
			console_write("undisturbed, it does otherwise: ");
			console_write(scenarios[at].name);
			console_write("\n");
			return 2;
		}
		try_all(&scenarios[at], remembered, &tally);
		write_tally(&scenarios[at], &tally);
		sum.runs += scenarios[at].may_run ? 0 : tally.runs;
		sum.crashed += scenarios[at].may_run ? 0 : tally.crashed;
		sum.hung += scenarios[at].may_run ? 0 : tally.hung;
		sum.unsafe += tally.unsafe;
	}
	write_tally(&(const struct scenario){ "all that must be refused", sound_pass, 0 }, &sum);
	return sum.unsafe != 0;
}
