/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A treatment session: who may be treated, when needling may begin, and what it may do.
 *
 *     begin -> answers -> finish_screening -> answers -> finish_preparation
 *           -> apply_anaesthetic -> remove_anaesthetic        (when the protocol has one)
 *           -> enter_zone -> set depth, set rate -> begin_pass -> permit ... -> end_pass
 *           -> leave_zone -> ... -> complete
 *
 * pause and resume lie between; stop and abort work in every state. The state diagram is in
 * docs/device.md.
 *
 * All state is in the session's own bytes, which the caller provides; they are also what is saved.
 * Each call checks their CRC, works, and seals them again. Time is handed in with every call. Every
 * decision is recorded through the caller's callback before it takes effect, and nothing permissive
 * takes effect unrecorded.
 *
 * Every function writes treatment->answer and returns its verdict.
 */
#ifndef STIPPLE_SESSION_H
#define STIPPLE_SESSION_H

#include "stipple/runtime.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- time ---- */

/*
 * wall: seconds since 1970 UTC, 0 when not set. uptime: seconds since this device started; it may
 * wrap. A least time counts by the clock that shows less, a greatest time by the one that shows
 * more. When the two drift apart by more than the tolerance, the session is faulted. (R18)
 */
struct stipple_time {
	uint32_t wall;
	uint32_t uptime;
};

#ifndef STIPPLE_CLOCK_TOLERANCE
#define STIPPLE_CLOCK_TOLERANCE 60u /* s, over the whole session */
#endif

/* A permit is good for so long after the last call that renewed it. */
#ifndef STIPPLE_PERMIT_SECONDS
#define STIPPLE_PERMIT_SECONDS 2u
#endif

/* ---- the session's bytes ---- */

#define STIPPLE_SESSION_HEAD_BYTES 60u
#define STIPPLE_SESSION_BYTES(zones, questions, factors)                                           \
	((STIPPLE_SESSION_HEAD_BYTES + (zones) + ((questions) + 3u) / 4u + (factors) + 3u) / 4u *  \
	 4u)

/*
 * The head; zones, questions and factors follow it. Read it if you like, write it never. Provide
 * the room for all as NAME_SESSION_BYTES says:
 *
 *     union { struct stipple_session session; uint8_t bytes[ACNE_SESSION_BYTES]; } acne;
 */
struct stipple_session {
	uint32_t crc;        /* over all bytes that follow */
	uint32_t image_crc;  /* the table that the session belongs to */
	uint32_t state;      /* STIPPLE_STATE_... */
	uint32_t sequence;   /* rises with every change, over all sessions */
	uint32_t began_wall; /* clocks at the beginning, for drift */
	uint32_t began_uptime;
	uint32_t wall;         /* at the last call */
	uint32_t since_wall;   /* last session, 0 none; then when the anaesthetic was applied */
	uint32_t since_uptime; /* the latter by uptime */
	uint32_t expiry;       /* uptime at which the permit ends */
	uint32_t token;        /* what waits to be confirmed; 0: nothing */
	uint16_t protocol;
	uint8_t zone;        /* slot within the protocol, or STIPPLE_NO_ZONE */
	uint8_t cartridge;   /* 0: none that may be used; else 1 + place among the device's */
	uint16_t number;     /* session of the course, from 1 */
	uint16_t depth;      /* um, as permitted; 0: not set */
	uint16_t rate;       /* rpm, as permitted; 0: not set */
	uint16_t last_depth; /* um: last settled on in this zone; before: deepest of last session */
	uint16_t value;      /* that waits to be confirmed */
	uint8_t age;         /* whole years, 0 unknown, 255 and over as 255 */
	uint8_t marks;       /* STIPPLE_MARK_... */
};

STIPPLE_STATIC_ASSERT(stipple_size_of_session,
		      sizeof(struct stipple_session) == STIPPLE_SESSION_HEAD_BYTES);

#define STIPPLE_NO_ZONE 0xFFu

#define STIPPLE_STATE_CLOSED      0x3A6C95E2u
#define STIPPLE_STATE_SCREENING   0x5D0B7A99u
#define STIPPLE_STATE_PREPARATION 0x91E4263Bu
#define STIPPLE_STATE_PREPARED    0xE7529C04u
#define STIPPLE_STATE_ANAESTHETIC 0x0CB3E55Du
#define STIPPLE_STATE_READY       0x76980FA3u /* between zones */
#define STIPPLE_STATE_ZONE        0xB83FD146u /* in a zone, not needling */
#define STIPPLE_STATE_NEEDLING    0x2DC6487Fu /* a pass is running */
#define STIPPLE_STATE_PAUSED      0xC4715B28u
#define STIPPLE_STATE_COMPLETED   0x6B1D30D5u
#define STIPPLE_STATE_ABORTED     0x89AEF7B0u
#define STIPPLE_STATE_FAULTED     0xFE07A86Cu

#define STIPPLE_MARK_APPLIED 0x01u /* an anaesthetic was applied */
#define STIPPLE_MARK_REMOVED 0x02u /* and was removed */
#define STIPPLE_MARK_DEPTH   0x04u /* this zone's depth was confirmed beyond its range */
#define STIPPLE_MARK_RATE    0x08u /* its rate was */
#define STIPPLE_MARK_PASSES  0x10u /* the next pass was */
#define STIPPLE_MARK_PENDING 0x60u /* the setting that waits to be confirmed, or 0 */
#define STIPPLE_MARK_AGE     0x80u /* the client's age was cleared */

/* A zone's byte in the tail: passes begun, and whether the zone is finished. */
#define STIPPLE_ZONE_PASSES   0x7Fu
#define STIPPLE_ZONE_FINISHED 0x80u

/* ---- the audit record ---- */

#define STIPPLE_AUDITED        0x4E93B1D6u
#define STIPPLE_RECORD_VERSION 1u

enum stipple_event {
	STIPPLE_EVENT_BEGIN = 1,
	STIPPLE_EVENT_ANSWER,
	STIPPLE_EVENT_CLEAR,
	STIPPLE_EVENT_SCREENED,
	STIPPLE_EVENT_PREPARED,
	STIPPLE_EVENT_ANAESTHETIC_APPLIED,
	STIPPLE_EVENT_ANAESTHETIC_REMOVED,
	STIPPLE_EVENT_ENTER_ZONE,
	STIPPLE_EVENT_REQUEST,
	STIPPLE_EVENT_CONFIRM,
	STIPPLE_EVENT_PASS_BEGUN,
	STIPPLE_EVENT_PERMIT_REFUSED,
	STIPPLE_EVENT_PASS_ENDED,
	STIPPLE_EVENT_LEAVE_ZONE,
	STIPPLE_EVENT_PAUSE,
	STIPPLE_EVENT_RESUME,
	STIPPLE_EVENT_STOP,
	STIPPLE_EVENT_ABORT,
	STIPPLE_EVENT_COMPLETE,
	STIPPLE_EVENT_RESTORE,
	STIPPLE_EVENT_CARTRIDGE
};

/*
 * Of two events members tell more than their names. ANAESTHETIC_APPLIED: asked is the amount (mg),
 * limit_least the area (square mm), limit_most the most amount; each 65535 where it is more. An
 * ANSWER about an event: range_least and range_most are the upper and lower half of its date.
 */
struct stipple_record {
	uint16_t version; /* STIPPLE_RECORD_VERSION */
	uint16_t event;   /* enum stipple_event */
	uint32_t sequence;
	uint32_t wall;
	uint32_t uptime;
	uint32_t verdict;
	uint32_t protocol_key;
	uint32_t zone_key; /* 0: no zone */
	uint16_t setting;  /* enum stipple_setting, or 0 */
	uint16_t asked;    /* value asked for, the answer given, or a cartridge's needles */
	uint16_t range_least;
	uint16_t range_most;
	uint16_t limit_least;
	uint16_t limit_most;
	uint32_t row;    /* the row that decided, or STIPPLE_NONE */
	uint16_t reason; /* enum stipple_reason */
	uint16_t role;   /* who cleared, or the operator's role */
	uint32_t operator_id;
	uint32_t image_crc;
	uint32_t fingerprint;  /* its first four bytes, the first one highest */
	uint16_t subject;      /* factor or question, or STIPPLE_NONE */
	uint16_t given_reason; /* the code handed to confirm, or 0 */
};

STIPPLE_STATIC_ASSERT(stipple_size_of_record, sizeof(struct stipple_record) == 64u);

/* ---- the calls ---- */

/* The bytes that a session of this table takes, NAME_SESSION_BYTES; 0 when it is not open. */
uint32_t stipple_session_bytes(const struct stipple_table *table);

/*
 * A treatment: the table, the session's bytes, the record keeper, and the answer to the last call.
 * The caller owns it, fills it in once, and reads `answer`; nothing else in it is written.
 */
struct stipple_treatment {
	const struct stipple_table *table;
	struct stipple_session *session;
	/*
	 * Keeps the record, durably, and returns STIPPLE_AUDITED; anything else: not kept. It must
	 * not call into the session. (R16)
	 */
	uint32_t (*keep)(void *context, const struct stipple_record *record);
	void *context;
	uint32_t operator_id;
	uint16_t operator_role; /* an index of the caller's own, recorded only */
	uint16_t session_bytes; /* NAME_SESSION_BYTES */
	struct stipple_answer answer;
};

/* What is known as a session begins. */
struct stipple_visit {
	const struct stipple_verification *verified; /* run to its end just before */
	uint32_t protocol;
	uint32_t last_session; /* wall seconds, the latest it can have been; 0: there was none */
	uint32_t cartridge;    /* STIPPLE_CARTRIDGE_NEW, or the session is refused; see below */
	uint16_t number;       /* of the course, from 1 */
	uint16_t age;          /* whole years; 0 unknown */
	uint16_t last_deepest; /* um: the greatest depth used in the last session; 0 unknown */
	uint16_t needles;      /* of the cartridge; 0 unknown */
};
/* Sterile, its seal broken for this client, and used for nobody else. */
#define STIPPLE_CARTRIDGE_NEW 0x69A5D23Cu

/*
 * Begins a session in bytes that hold none that is open. REFUSED with TOO_SOON (and until),
 * COURSE_DONE, OTHER_DEVICE, CARTRIDGE or CLOCK_FAULT; FAULT with SESSION_ROOM where session_bytes
 * are too few; ALLOWED, with reason TOO_LATE as a warning. An interval that depends on answers is
 * judged when they come; one that depends on the depth of the last session, with that depth, and
 * as if it held when the depth is not known. (R10)
 */
uint32_t stipple_begin(struct stipple_treatment *treatment, const struct stipple_time *now,
		       const struct stipple_visit *visit);

/*
 * Answers, while screening or preparing. ALLOWED: taken (reason CAUTION: show it).
 * NEEDS_CLEARANCE: taken, and `role` must clear it. NEEDS_ANSWER: the date of the event is needed,
 * and the question is open until it comes.
 * REFUSED with EXCLUDED, WAIT, TOO_SOON or COURSE_DONE: the session has ended. An answer that
 * differs from the one given before takes back all clearances, and the answers about events whose
 * wait depends on it.
 */
uint32_t stipple_answer_factor(struct stipple_treatment *treatment, const struct stipple_time *now,
			       uint32_t factor, uint32_t value);
/* The client's age in whole years, not 0: where the visit did not say it, or said it wrongly. */
uint32_t stipple_answer_age(struct stipple_treatment *treatment, const struct stipple_time *now,
			    uint32_t age);
#define STIPPLE_NO  0x0000A35Cu
#define STIPPLE_YES 0x00005CA3u
uint32_t stipple_answer_question(struct stipple_treatment *treatment,
				 const struct stipple_time *now, uint32_t question, uint32_t said);
/*
 * "Yes, and the latest it can have been was that day": its begin, in wall seconds, not 0. Waits
 * cover the whole of that day.
 */
uint32_t stipple_answer_event(struct stipple_treatment *treatment, const struct stipple_time *now,
			      uint32_t question, uint32_t when);
/*
 * A role clears what a question found, or with STIPPLE_SUBJECT_AGE for `question` what the age did;
 * role STIPPLE_NONE for what the operator alone confirms (a spot avoided, a preparation not kept).
 * REFUSED with NOT_CLEARED when that is not the role.
 */
uint32_t stipple_clear(struct stipple_treatment *treatment, const struct stipple_time *now,
		       uint32_t question, uint32_t role);

/*
 * Everything about health is answered and settled; then the same for preparation: ALLOWED with the
 * reason ANAESTHETIC_FORBIDDEN when screening bars the anaesthetic, so that none is applied. (R9)
 */
uint32_t stipple_finish_screening(struct stipple_treatment *treatment,
				  const struct stipple_time *now);
uint32_t stipple_finish_preparation(struct stipple_treatment *treatment,
				    const struct stipple_time *now);

/*
 * amount in mg, area in square mm; 0 is not known. REFUSED with UNANSWERED when one is not known
 * that the protocol limits, with ABOVE_LIMIT when it is too much, or too much on so small an area.
 * (R11)
 */
uint32_t stipple_apply_anaesthetic(struct stipple_treatment *treatment,
				   const struct stipple_time *now, uint32_t amount, uint32_t area);
/* REFUSED with TOO_SHORT (and until): leave it on. With TOO_LONG: the session has ended. (R11) */
uint32_t stipple_remove_anaesthetic(struct stipple_treatment *treatment,
				    const struct stipple_time *now);

/*
 * last_depth: um, the depth last settled on in this zone in an earlier session; 0 unknown. REFUSED
 * with ANAESTHETIC_MISSING or ANAESTHETIC_STILL_ON while the anaesthetic comes first.
 */
uint32_t stipple_enter_zone(struct stipple_treatment *treatment, const struct stipple_time *now,
			    uint32_t zone, uint32_t last_depth);
/* STIPPLE_DEPTH, STIPPLE_RATE or STIPPLE_PATTERNS. NEEDS_REASON: confirm answer.token. */
uint32_t stipple_set(struct stipple_treatment *treatment, const struct stipple_time *now,
		     uint32_t setting, uint32_t value);
/* Works once, for the token just given; reason: the caller's own code, not 0. */
uint32_t stipple_confirm(struct stipple_treatment *treatment, const struct stipple_time *now,
			 uint32_t token, uint32_t reason);
/* Counts the pass. NEEDS_REASON: confirm the token, then begin the pass again. (R12) */
uint32_t stipple_begin_pass(struct stipple_treatment *treatment, const struct stipple_time *now);
/*
 * May the motor turn on? Asked at least every STIPPLE_PERMIT_SECONDS while it turns, with the depth
 * and rate that the handpiece measures. Only ALLOWED keeps it turning; a mismatch faults.
 * (R13, R14, R20)
 */
uint32_t stipple_permit(struct stipple_treatment *treatment, const struct stipple_time *now,
			uint32_t depth, uint32_t rate);
uint32_t stipple_end_pass(struct stipple_treatment *treatment, const struct stipple_time *now);
/* finished: the endpoint was reached, and the zone is not entered again in this session. */
uint32_t stipple_leave_zone(struct stipple_treatment *treatment, const struct stipple_time *now,
			    uint32_t finished);

/*
 * Another cartridge is put on: STIPPLE_CARTRIDGE_NEW and its needles, as in a visit; or it came
 * off, which is anything else. A pass that runs is over. REFUSED with CARTRIDGE: it may not be
 * used, and no pass begins until one is put on that may. (R21)
 */
uint32_t stipple_change_cartridge(struct stipple_treatment *treatment,
				  const struct stipple_time *now, uint32_t cartridge,
				  uint32_t needles);

uint32_t stipple_pause(struct stipple_treatment *treatment, const struct stipple_time *now);
uint32_t stipple_resume(struct stipple_treatment *treatment, const struct stipple_time *now);
uint32_t stipple_complete(struct stipple_treatment *treatment, const struct stipple_time *now);

/*
 * These succeed in every state, whatever the table, the clock and the record keeper say. stop ends
 * a pass and voids every permit; abort ends the session. Both return ALLOWED. (R15)
 */
uint32_t stipple_stop(struct stipple_treatment *treatment, const struct stipple_time *now);
uint32_t stipple_abort(struct stipple_treatment *treatment, const struct stipple_time *now);

/* ---- saving ---- */

/*
 * The newer of two saved copies that are whole, or null. A session is saved by writing its bytes
 * alternately to two places, so that a write cut short leaves the other copy. (R17)
 */
const struct stipple_session *stipple_newest(const struct stipple_session *one,
					     const struct stipple_session *two, uint32_t bytes);
/*
 * Goes on with saved bytes after a restart. A pass that was running is over, and no cartridge is
 * on until stipple_change_cartridge says so; an anaesthetic's time goes on by the wall clock. An
 * unset or backward wall clock faults the session, and so does a record that was not kept; then the
 * saved bytes may be restored once more.
 */
uint32_t stipple_restore(struct stipple_treatment *treatment, const struct stipple_time *now);

#ifdef __cplusplus
}
#endif

#endif
