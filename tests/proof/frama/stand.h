/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a call on a session is stood on for the proofs by Frama-C: a session of arbitrary bytes that
 * holds the invariant, arbitrary clocks, a record keeper that does as it likes, and tables that are
 * the session's, another one, or not open.
 *
 * A checksum is any number, so that all bytes are taken for whole as well as for torn. The
 * invariant is what the runtime writes itself, and each call must give it back:
 *
 *     a session of the open table is in one of its protocol's zones while its state is ZONE or
 *     NEEDLING, in one or in none while PAUSED, and in none in the states that come before a zone.
 *
 * The analyser keeps apart what is chosen one by one. So the cases are counted off: each word for a
 * state, and each gap between two of them, which together are all words that there are.
 */
#ifndef STIPPLE_PROOF_STAND_H
#define STIPPLE_PROOF_STAND_H

#include "session_call.h"
#include "subject.h" /* the table: frama.sh writes it */
#include "__fc_builtin.h"

#define BETWEEN(least, most) Frama_C_unsigned_int_interval((least), (most))
#define UP_TO(most)          BETWEEN(0u, (most))
#define ANY                  UP_TO(0xFFFFFFFFu)

/*@ requires in_memory: \valid_read(bytes + (0 .. count - 1));
    assigns \result \from crc, bytes[0 .. count - 1]; */
uint32_t stipple_crc_memory(uint32_t crc, const uint8_t *bytes, uint32_t count);
/*@ requires in_image: \valid_read(address + (0 .. bytes - 1));
    assigns \result \from crc, address[0 .. bytes - 1]; */
uint32_t stipple_crc_image(uint32_t crc, const uint8_t *address, uint32_t bytes);

/* What stands around a call. */
enum circumstance {
	SOUND,          /* the session belongs to the open table, and holds the invariant */
	OTHER_PROTOCOL, /* it names one that the table has not */
	OTHER_TABLE_BELOW,
	OTHER_TABLE_ABOVE,
	TOO_FEW_BYTES, /* fewer than a session of the table takes */
	TABLE_CLOSED,
	NO_TABLE,
	CIRCUMSTANCES
};

static union {
	struct stipple_session session;
	uint8_t bytes[TABLE_SESSION_BYTES];
} s;
static struct stipple_table table;
static struct stipple_treatment t;
static struct stipple_time now;

static uint32_t least_state; /* as the call came in: bounds of the state, equal for a word */
static uint32_t most_state;
static uint32_t recorded; /* the last record was kept */

/* ---- the record keeper ---- */

static uint32_t keep(void *context, const struct stipple_record *record)
{
	(void)context;
	/*@ assert whole_record: \initialized(record); */
	recorded = UP_TO(1u);
	return recorded != 0 ? STIPPLE_AUDITED : STIPPLE_AUDITED ^ 1u;
}

/* ---- the session ---- */

#define ANY_ZONE 0x100u

static int is_invariant(uint32_t state, uint32_t zone)
{
	if (state == STIPPLE_STATE_ZONE || state == STIPPLE_STATE_NEEDLING)
		return zone < SLOTS;
	if (state == STIPPLE_STATE_PAUSED)
		return zone < SLOTS || zone == STIPPLE_NO_ZONE;
	if (state == STIPPLE_STATE_SCREENING || state == STIPPLE_STATE_PREPARATION ||
	    state == STIPPLE_STATE_PREPARED || state == STIPPLE_STATE_ANAESTHETIC ||
	    state == STIPPLE_STATE_READY)
		return zone == STIPPLE_NO_ZONE;
	return 1;
}

static void stand_session(uint32_t least, uint32_t most, uint32_t zone)
{
	Frama_C_make_unknown((char *)s.bytes, sizeof s.bytes);
	least_state = least;
	most_state = most;
	s.session.state = BETWEEN(least, most);
	s.session.protocol = 0;
	if (zone != ANY_ZONE)
		s.session.zone = (uint8_t)zone;
}

/* ---- around it ---- */

static void stand_table(enum circumstance around)
{
	const uint8_t *image = (const uint8_t *)&TABLE;

	table.image = around == TABLE_CLOSED ? NULL : image;
	table.bytes = around == TABLE_CLOSED ? 0 : (uint32_t)sizeof TABLE;
	table.crc = stipple_stored_crc(image + sizeof TABLE - 4u);
	table.device_key = ANY;
	s.session.image_crc = table.crc;
	if (around == OTHER_TABLE_BELOW)
		s.session.image_crc = UP_TO(table.crc - 1u);
	if (around == OTHER_TABLE_ABOVE)
		s.session.image_crc = BETWEEN(table.crc + 1u, 0xFFFFFFFFu);
	if (around == OTHER_PROTOCOL)
		s.session.protocol = (uint16_t)BETWEEN(PROTOCOLS, 0xFFFFu);
}

static void stand_around(enum circumstance around)
{
	Frama_C_make_unknown((char *)&now, sizeof now);
	Frama_C_make_unknown((char *)&t, sizeof t);
	stand_table(around);
	t.table = around == NO_TABLE ? NULL : &table;
	t.session = &s.session;
	t.session_bytes = (uint16_t)sizeof s.bytes;
	if (around == TOO_FEW_BYTES)
		t.session_bytes = (uint16_t)BETWEEN(LEAST_BYTES, sizeof s.bytes - 1u);
	recorded = 0;
	t.keep = keep;
	if (UP_TO(1u) != 0)
		t.keep = NULL;
	/*@ slevel merge; */
	t.context = NULL;
}

/* ---- all cases ---- */

static const uint32_t states[] = { STIPPLE_STATE_ANAESTHETIC, STIPPLE_STATE_NEEDLING,
				   STIPPLE_STATE_CLOSED,      STIPPLE_STATE_SCREENING,
				   STIPPLE_STATE_COMPLETED,   STIPPLE_STATE_READY,
				   STIPPLE_STATE_ABORTED,     STIPPLE_STATE_PREPARATION,
				   STIPPLE_STATE_ZONE,        STIPPLE_STATE_PAUSED,
				   STIPPLE_STATE_PREPARED,    STIPPLE_STATE_FAULTED };
#define STATES (uint32_t)(sizeof states / sizeof states[0])

typedef void one_call(enum circumstance around);

/* What became of one case is put together, so that the next one begins from one state. */
static void once(enum circumstance around, one_call *call)
{
	stand_around(around);
	call(around);
	/*@ slevel merge; */
	recorded = 0;
}

static void in_state(uint32_t state, one_call *call)
{
	uint32_t zone;

	for (zone = 0; zone < SLOTS; zone++)
		if (!is_invariant(state, SLOTS) && is_invariant(state, zone)) {
			stand_session(state, state, zone);
			once(SOUND, call);
		}
	if (is_invariant(state, STIPPLE_NO_ZONE)) {
		stand_session(state, state,
			      is_invariant(state, SLOTS) ? ANY_ZONE : STIPPLE_NO_ZONE);
		once(SOUND, call);
	}
}

static void in_gap(uint32_t least, uint32_t most, enum circumstance around, one_call *call)
{
	stand_session(least, most, ANY_ZONE);
	once(around, call);
}

static void in_every_case(one_call *call)
{
	enum circumstance around;
	uint32_t at;

	for (at = 0; at < STATES; at++) {
		in_gap(at == 0 ? 0 : states[at - 1u] + 1u, states[at] - 1u, SOUND, call);
		in_state(states[at], call);
	}
	in_gap(states[STATES - 1u] + 1u, 0xFFFFFFFFu, SOUND, call);
	for (around = OTHER_PROTOCOL; around < CIRCUMSTANCES; around++) {
		in_gap(0, STIPPLE_STATE_NEEDLING - 1u, around, call);
		in_gap(STIPPLE_STATE_NEEDLING, STIPPLE_STATE_NEEDLING, around, call);
		in_gap(STIPPLE_STATE_NEEDLING + 1u, 0xFFFFFFFFu, around, call);
	}
}

#endif
