/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One call on a session, from its entry to its end. Every function of stipple/session.h goes:
 *
 *     stipple_enter      the session's bytes are whole, its table is this one, the clock is right
 *     decide             fills the answer; the session is not touched
 *     stipple_decided    the record is kept, or what was permissive becomes a refusal
 *     change, seal       only when stipple_decided says so
 *
 * so that a fault at any point leaves the session as it was, or faulted.
 */
#ifndef STIPPLE_SESSION_CALL_H
#define STIPPLE_SESSION_CALL_H

#include "stipple/session.h"
#include "crc.h"
#include "read.h"

struct stipple_call {
	struct stipple_treatment *treatment;
	struct stipple_session *session;
	const struct stipple_time *now;
	struct stipple_answer *answer;
	const uint8_t *protocol;      /* its row */
	uint32_t token;               /* that waited as the call came in; every call voids it */
	struct stipple_client client; /* as the session knows them */
	uint16_t event;
	uint16_t setting; /* for the record */
	uint16_t given_reason;
	uint16_t zone; /* for the record: place of the slot in the protocol, or STIPPLE_NONE */
};

/* Non-zero: go on. Zero: the answer says why not, and the call is over. */
int stipple_enter(struct stipple_call *call, struct stipple_treatment *treatment,
		  const struct stipple_time *now, enum stipple_event event);
/* The same, in this state only. */
int stipple_enter_in(struct stipple_call *call, struct stipple_treatment *treatment,
		     const struct stipple_time *now, enum stipple_event event, uint32_t state);

/*
 * An answer that says no more than this. Not inlined into the two below: the register that the
 * verdict is loaded into holds the reason before, so that a load that is skipped leaves no verdict.
 * There is none such for ALLOWED, which a return that is skipped could run into.
 */
void stipple_say(struct stipple_answer *answer, uint32_t verdict, uint32_t reason) STIPPLE_NOINLINE;
void stipple_refuse(struct stipple_answer *answer, uint32_t reason);
void stipple_fault(struct stipple_answer *answer, uint32_t reason);
/* Records the answer. Non-zero when it may take effect. */
int stipple_decided(struct stipple_call *call);
/* Closes the call: bytes sealed, verdict returned. */
uint32_t stipple_seal(struct stipple_call *call);
/* Records the answer, which changes nothing, and closes the call. */
uint32_t stipple_close(struct stipple_call *call);
/* The usual end of a call: records, and goes to `state` when that was allowed. */
uint32_t stipple_conclude(struct stipple_call *call, uint32_t state);
/* Ends the session with a refusal that stands already in the answer. */
uint32_t stipple_end_session(struct stipple_call *call);

/* The client, as the session knows them; the answers stay where they are, in its tail. */
void stipple_client_of(const struct stipple_treatment *treatment, struct stipple_client *client);
/* An answer's byte, to be changed. */
static inline uint8_t *stipple_to_change(const struct stipple_call *call, const uint8_t *answer)
{
	uint8_t *session = (uint8_t *)call->session;

	return session + (answer - session);
}
/* A zone's byte: see STIPPLE_ZONE_PASSES. */
static inline uint8_t *stipple_zone_at(struct stipple_session *session, uint32_t zone)
{
	return (uint8_t *)session + STIPPLE_SESSION_HEAD_BYTES + zone;
}
/* Slot number of the zone that the session is in. */
static inline uint32_t stipple_slot_of(const struct stipple_session *session,
				       const uint8_t *protocol)
{
	return STIPPLE_GET32(protocol, stipple_protocol_row, first_slot) + session->zone;
}

/*
 * 1 + the place of this cartridge among those of the protocol's device; 0 when it may not be used.
 */
uint8_t stipple_place_of_cartridge(const struct stipple_call *call, uint32_t cartridge,
				   uint32_t needles);
/* Whether a session in this state has begun and has not ended. */
int stipple_is_under_way(uint32_t state);

/* Keeps one record; non-zero when the caller's callback says so. */
int stipple_keep_record(const struct stipple_call *call);

/* Non-zero when the table is open and the session's bytes are enough for it. */
int stipple_has_table(const struct stipple_treatment *treatment);
void stipple_seal_bytes(struct stipple_session *session, uint32_t bytes);
int stipple_is_whole(const struct stipple_session *session, uint32_t bytes);

/* ---- the second look (session_gate.c) ---- */

/*
 * STIPPLE_TWO_ALLOWED when needling may begin or go on in this state with the depth and rate that
 * are measured. It is called before stipple_enter, on the sealed bytes.
 */
uint32_t stipple_gate(struct stipple_treatment *treatment, const struct stipple_time *now,
		      uint32_t state, uint32_t depth, uint32_t rate) STIPPLE_NOINLINE;

/* ---- the course (session_course.c) ---- */

/*
 * Whether the course allows this session, as far as answers go: zero when it does not, and the
 * answer says why. *open is what must be answered before that can be said, or STIPPLE_NONE.
 */
int stipple_course_allows(const struct stipple_call *call, uint32_t *open);

/* ---- what screening finds (session_findings.c) ---- */

/* One of STIPPLE_QUESTION_...; what this session does not ask yet is safe unless it was told. */
uint32_t stipple_answer_to(const struct stipple_call *call, uint32_t question);
void stipple_set_answer(const struct stipple_call *call, uint32_t question, uint32_t answer);
/* By the question, or by age for a row that asks none. */
int stipple_is_cleared(const struct stipple_call *call, uint32_t question);
/* Whether a person can settle what a row of this action found. */
int stipple_is_clearable(uint32_t action);

/* A list's entries from *at on, its check proven; *count is their number. Zero: damaged. */
int stipple_open_list(const struct stipple_call *call, uint32_t first, const uint8_t **at,
		      uint32_t *count);
const uint8_t *stipple_screening_row(const struct stipple_call *call, uint32_t number);
/* Whether a row's conditions hold; and whether it is in force, its question being answered so. */
uint32_t stipple_screening_holds(const struct stipple_call *call, const uint8_t *row,
				 uint32_t number, uint16_t *subject);
uint32_t stipple_in_force(const struct stipple_call *call, const uint8_t *row, uint32_t number,
			  uint16_t *subject);

/* What the screening rows say of the client now. Rows are STIPPLE_NONE where nothing was found. */
struct stipple_findings {
	uint32_t damaged;
	uint32_t excluded;       /* row that ends the session */
	uint32_t operators;      /* row that bars the operator */
	uint32_t open;           /* subject to be answered first, or STIPPLE_NONE */
	uint32_t unclear;        /* row that waits for clearance */
	uint32_t caution;        /* row that asks for caution */
	uint32_t no_anaesthetic; /* row that bars the anaesthetic */
	uint32_t about;          /* only rows about this question count as unclear or caution */
};
#define STIPPLE_ABOUT_ALL 0xFFFFFFFFu

void stipple_screen(const struct stipple_call *call, uint32_t about, int preparation,
		    struct stipple_findings *found);

#endif
