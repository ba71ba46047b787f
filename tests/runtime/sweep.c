/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A long walk that must come out the same on every machine: every client and setting of the fixture
 * in coarse steps, then a session driven by chance, with clock faults, power cuts and refused
 * records among its events. What it prints is the CRC of all answers.
 *
 * On the way it holds the session to what must be true always; a breach is printed and fails.
 */
#include "console.h"
#include "fixture.h"
#include "stipple/session.h"

#ifndef STEPS
#define STEPS 20000u
#endif

static uint32_t random_state = 7;
static uint32_t answers_crc = 0xFFFFFFFFu;

static uint32_t random_below(uint32_t bound)
{
	random_state = random_state * 1664525u + 1013904223u;
	return (random_state >> 16) % bound;
}

static void take(uint32_t word)
{
	int bit;

	answers_crc ^= word;
	for (bit = 0; bit < 32; bit++)
		answers_crc = (answers_crc >> 1) ^ ((answers_crc & 1u) != 0 ? 0xEDB88320u : 0);
}

static void take_answer(const struct stipple_answer *answer)
{
	take(answer->verdict);
	take(answer->row);
	take((uint32_t)answer->reason << 16 | answer->subject);
	take((uint32_t)answer->range_least << 16 | answer->range_most);
	take((uint32_t)answer->limit_least << 16 | answer->limit_most);
}

static void write_hex(const char *what, uint32_t number)
{
	static const char digits[] = "0123456789abcdef";
	char text[10];
	int at;

	for (at = 0; at < 8; at++)
		text[at] = digits[number >> (28 - 4 * at) & 15u];
	text[8] = '\n';
	text[9] = '\0';
	console_write(what);
	console_write(text);
}

/* ---- requests ---- */

static void sweep_client(const struct stipple_table *table, const struct stipple_client *client)
{
	struct stipple_answer answer;
	uint32_t zone;
	uint32_t value;

	for (zone = 0; zone < 4u; zone++) {
		uint32_t slot = stipple_find_slot(table, 0, zone);

		for (value = 0; value <= 1750u; value += 250u) {
			(void)stipple_request(table, slot, client, STIPPLE_DEPTH, value, &answer);
			take_answer(&answer);
			(void)stipple_request(table, slot, client, STIPPLE_RATE, value * 5u,
					      &answer);
			take_answer(&answer);
		}
	}
}

static void sweep_requests(const struct stipple_table *table)
{
	uint8_t factors[FIXTURE_FACTORS] = { 0 };
	uint8_t questions[(FIXTURE_QUESTIONS + 3u) / 4u] = { 0 };
	struct stipple_client client = { factors, questions, 0, 0, 0, 0 };
	uint32_t keloid;

	for (client.session = 0; client.session < 4u; client.session++)
		for (factors[0] = 0; factors[0] <= 6u; factors[0]++)
			for (factors[2] = 0; factors[2] <= 2u; factors[2]++)
				for (keloid = 0; keloid < 4u; keloid++) {
					questions[0] =
						(uint8_t)(keloid
							  << (FIXTURE_QUESTION_KELOID_HISTORY * 2));
					client.age = (uint16_t)(10u + factors[0] * 8u);
					client.last_depth = (uint16_t)(keloid * 400u);
					sweep_client(table, &client);
				}
}

/* ---- a session driven by chance ---- */

union work {
	struct stipple_session session;
	uint8_t bytes[FIXTURE_SESSION_BYTES];
};

struct stage {
	struct stipple_table table;
	struct stipple_treatment treatment;
	struct stipple_time now;
	struct stipple_verification verified;
	union work work;
	union work saved[2];
	uint32_t applied; /* wall time at which the anaesthetic was put on; 0: none */
	uint32_t reached[12];
	uint32_t needled;
};

static uint32_t keep(void *context, const struct stipple_record *record)
{
	(void)context;
	take(record->verdict);
	take((uint32_t)record->event << 16 | record->reason);
	return random_below(50) == 0 ? 0u : STIPPLE_AUDITED;
}

static void begin(struct stage *stage)
{
	struct stipple_visit visit = {
		&stage->verified, 0, 0, STIPPLE_CARTRIDGE_NEW, 1, 40, 0, 12
	};

	visit.number = (uint16_t)(1u + random_below(3));
	if (visit.number > 1u)
		visit.last_session = stage->now.wall - (26u + random_below(5)) * 86400u;
	(void)stipple_begin(&stage->treatment, &stage->now, &visit);
	if (stage->treatment.answer.verdict == STIPPLE_ALLOWED)
		stage->applied = 0;
	if (stage->treatment.answer.verdict == STIPPLE_ALLOWED && visit.last_session != 0 &&
	    stage->now.wall - visit.last_session < 28u * 86400u)
		write_hex("too soon, and yet begun: ", stage->now.wall);
}

/*
 * Answers go well mostly, else the walk never gets far. Chance is drawn once a statement: the order
 * in which arguments are worked out differs between compilers.
 */
static void answer(struct stage *stage)
{
	uint32_t question = random_below(FIXTURE_QUESTIONS);
	uint32_t factor = random_below(FIXTURE_FACTORS);
	uint32_t value = 1u + random_below(3);
	uint32_t days = random_below(200);
	uint32_t kind = random_below(90);

	if (kind < 30u)
		(void)stipple_answer_factor(&stage->treatment, &stage->now, factor, value);
	else if (kind == 30u)
		(void)stipple_answer_event(&stage->treatment, &stage->now, question,
					   stage->now.wall - days * 86400u);
	else
		(void)stipple_answer_question(&stage->treatment, &stage->now, question,
					      kind == 31u ? STIPPLE_YES : STIPPLE_NO);
}

static void numb(struct stage *stage)
{
	if (stage->work.session.state == STIPPLE_STATE_PREPARED) {
		(void)stipple_apply_anaesthetic(&stage->treatment, &stage->now, 0, 0);
		if (stage->treatment.answer.verdict == STIPPLE_ALLOWED)
			stage->applied = stage->now.wall;
		return;
	}
	(void)stipple_remove_anaesthetic(&stage->treatment, &stage->now);
	if (stage->treatment.answer.verdict == STIPPLE_ALLOWED &&
	    stage->now.wall - stage->applied < 3600u)
		write_hex("removed too early: ", stage->now.wall);
}

static void set(struct stage *stage)
{
	if (random_below(2) == 0)
		(void)stipple_set(&stage->treatment, &stage->now, STIPPLE_DEPTH,
				  random_below(9) * 250u);
	else
		(void)stipple_set(&stage->treatment, &stage->now, STIPPLE_RATE,
				  5000u + random_below(5) * 500u);
	if (stage->treatment.answer.verdict == STIPPLE_NEEDS_REASON && random_below(2) == 0)
		(void)stipple_confirm(&stage->treatment, &stage->now, stage->treatment.answer.token,
				      1);
}

static void power_cut(struct stage *stage)
{
	const struct stipple_session *newest = stipple_newest(
		&stage->saved[0].session, &stage->saved[1].session, (uint32_t)sizeof stage->work);
	uint32_t which = newest == &stage->saved[1].session;
	uint32_t at;

	for (at = 0; newest != NULL && at < sizeof stage->work; at++)
		stage->work.bytes[at] = stage->saved[which].bytes[at];
	if (random_below(4) == 0)
		stage->work.bytes[random_below((uint32_t)sizeof stage->work)] ^= 0x10u;
	stage->now.wall += random_below(600);
	stage->now.uptime = random_below(100);
	(void)stipple_restore(&stage->treatment, &stage->now);
}

static void save(struct stage *stage, uint32_t which)
{
	uint32_t at;

	for (at = 0; at < sizeof stage->work; at++)
		stage->saved[which].bytes[at] = stage->work.bytes[at];
}

static void needle(struct stage *stage)
{
	struct stipple_session *session = &stage->work.session;

	if (random_below(4) == 0)
		(void)stipple_end_pass(&stage->treatment, &stage->now);
	else
		(void)stipple_permit(&stage->treatment, &stage->now,
				     session->depth + (random_below(40) == 0 ? 60u : 0u),
				     session->rate);
}

static void enter(struct stage *stage)
{
	uint32_t zone = random_below(4);
	uint32_t last = random_below(3) * 500u;

	(void)stipple_enter_zone(&stage->treatment, &stage->now, zone, last);
}

/* What suits the state that the session is in. */
static void go_on(struct stage *stage)
{
	struct stipple_session *session = &stage->work.session;
	uint32_t state = session->state;

	if (state == STIPPLE_STATE_SCREENING && random_below(12) == 0)
		(void)stipple_finish_screening(&stage->treatment, &stage->now);
	else if (state == STIPPLE_STATE_PREPARATION && random_below(4) == 0)
		(void)stipple_finish_preparation(&stage->treatment, &stage->now);
	else if (state == STIPPLE_STATE_SCREENING || state == STIPPLE_STATE_PREPARATION)
		answer(stage);
	else if (state == STIPPLE_STATE_PREPARED || state == STIPPLE_STATE_ANAESTHETIC)
		numb(stage);
	else if (state == STIPPLE_STATE_READY && random_below(10) == 0)
		(void)stipple_complete(&stage->treatment, &stage->now);
	else if (state == STIPPLE_STATE_READY)
		enter(stage);
	else if (state == STIPPLE_STATE_ZONE && random_below(3) == 0)
		(void)stipple_begin_pass(&stage->treatment, &stage->now);
	else if (state == STIPPLE_STATE_ZONE && random_below(8) == 0)
		(void)stipple_leave_zone(&stage->treatment, &stage->now, random_below(2));
	else if (state == STIPPLE_STATE_ZONE)
		set(stage);
	else if (state == STIPPLE_STATE_NEEDLING)
		needle(stage);
	else if (state == STIPPLE_STATE_PAUSED)
		(void)stipple_resume(&stage->treatment, &stage->now);
	else
		begin(stage);
}

static void tick(struct stage *stage)
{
	uint32_t seconds = stage->work.session.state == STIPPLE_STATE_NEEDLING ? random_below(3)
			   : stage->work.session.state == STIPPLE_STATE_ANAESTHETIC
				   ? 1500u + random_below(600)
				   : random_below(20);

	stage->now.wall += seconds;
	stage->now.uptime += seconds;
	if (random_below(3000) == 0)
		stage->now.wall += 500u; /* a clock fault */
}

/* ---- what must hold always ---- */

static uint32_t breach(const struct stage *stage)
{
	const struct stipple_session *session = &stage->work.session;
	const uint8_t *zones = stage->work.bytes + STIPPLE_SESSION_HEAD_BYTES;

	if (session->state != STIPPLE_STATE_NEEDLING)
		return 0;
	if (session->depth > 1500u || session->depth < 250u || session->rate > 7000u)
		return 1; /* beyond every limit of the fixture */
	if ((session->marks & STIPPLE_MARK_APPLIED) != 0 &&
	    (session->marks & STIPPLE_MARK_REMOVED) == 0)
		return 2; /* with the anaesthetic on */
	if (session->zone > 1u || (zones[session->zone] & STIPPLE_ZONE_PASSES) > 4u ||
	    (zones[session->zone] & STIPPLE_ZONE_FINISHED) != 0)
		return 3; /* in a zone that is never treated or is done */
	if (zones[3] == 0 || (zones[3] & 3u) != STIPPLE_QUESTION_SAFE)
		return 4; /* pregnancy (question 0) not answered with no */
	if (session->cartridge == 0)
		return 5; /* without a cartridge that may be used */
	return 0;
}

static void note_state(struct stage *stage)
{
	static const uint32_t states[12] = { STIPPLE_STATE_CLOSED,      STIPPLE_STATE_SCREENING,
					     STIPPLE_STATE_PREPARATION, STIPPLE_STATE_PREPARED,
					     STIPPLE_STATE_ANAESTHETIC, STIPPLE_STATE_READY,
					     STIPPLE_STATE_ZONE,        STIPPLE_STATE_NEEDLING,
					     STIPPLE_STATE_PAUSED,      STIPPLE_STATE_COMPLETED,
					     STIPPLE_STATE_ABORTED,     STIPPLE_STATE_FAULTED };
	uint32_t at;

	for (at = 0; at < 12u; at++)
		if (stage->work.session.state == states[at])
			stage->reached[at]++;
}

static int walk(struct stage *stage)
{
	uint32_t step;

	for (step = 0; step < STEPS; step++) {
		uint32_t chance = random_below(200);

		if (chance == 0)
			power_cut(stage);
		else if (chance == 1)
			(void)stipple_pause(&stage->treatment, &stage->now);
		else if (chance == 2)
			(void)stipple_stop(&stage->treatment, &stage->now);
		else if (chance == 4 || (stage->work.session.cartridge == 0 && chance < 100))
			(void)stipple_change_cartridge(&stage->treatment, &stage->now,
						       STIPPLE_CARTRIDGE_NEW,
						       12u + random_below(2));
		else if (chance == 3 && random_below(20) == 0)
			(void)stipple_abort(&stage->treatment, &stage->now);
		else
			go_on(stage);
		take_answer(&stage->treatment.answer);
		save(stage, step & 1u);
		note_state(stage);
		if (breach(stage) != 0) {
			write_hex("breach ", breach(stage));
			write_hex("at step ", step);
			return 0;
		}
		tick(stage);
	}
	return 1;
}

static int reached_everything(const struct stage *stage)
{
	uint32_t at;

	for (at = 0; at < 12u; at++)
		if (stage->reached[at] == 0) {
			write_hex("state never reached: ", at);
			return 0;
		}
	return 1;
}

int main(void)
{
	static const struct stipple_expectation expected = { FIXTURE_INTERFACE_DIGEST,
							     FIXTURE_DEVICE_PEN_25_KEY };
	static struct stage stage;
	uint32_t reason;

	if (stipple_open(&stage.table, &fixture_table, sizeof fixture_table, &expected, &reason) !=
	    STIPPLE_ANSWERED)
		return 1;
	sweep_requests(&stage.table);
	write_hex("requests ", answers_crc);
	stage.treatment.table = &stage.table;
	stage.treatment.session = &stage.work.session;
	stage.treatment.keep = keep;
	stage.treatment.session_bytes = (uint16_t)sizeof stage.work;
	stage.now.wall = 1800000000u;
	stipple_verify_begin(&stage.verified);
	while (stipple_verify_step(&stage.table, &stage.verified, 256) == STIPPLE_BUSY)
		;
	if (!walk(&stage) || !reached_everything(&stage))
		return 1;
	write_hex("needling steps ", stage.reached[7]);
	write_hex("sessions ", answers_crc);
	return 0;
}
