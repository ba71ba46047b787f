/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tables, asked: what may this client have in this zone, and may this value be set?
 *
 * A firmware opens a table once, finds a protocol and its slots (a slot is a zone in a protocol),
 * and then asks for limits or requests values:
 *
 *     struct stipple_table table;
 *     struct stipple_answer answer;
 *
 *     stipple_open(&table, &acne_table, sizeof acne_table, &expected, &reason);
 *     slot = stipple_find_slot(&table, ACNE_PROTOCOL_ACNE_SCARS, ACNE_ZONE_CHEEKS);
 *     stipple_request(&table, slot, &client, STIPPLE_DEPTH, 1500, &answer);
 *     STIPPLE_IF_ALLOWED(answer.verdict)
 *             set_depth(1500);
 *
 * No function here keeps anything between calls, and none writes anywhere but through its
 * arguments; a table may be read from several places at once. There is no heap, no recursion, no
 * floating point and no call to the C library.
 *
 * stipple/session.h adds the course of a treatment: screening, anaesthetic, passes, permits.
 *
 * What stands in brackets after a comment, as here, is the number of a promise of docs/device.md,
 * which names the tests that hold it. All machines answer alike. (R19)
 */
#ifndef STIPPLE_RUNTIME_H
#define STIPPLE_RUNTIME_H

#include "stipple/format.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Verdicts. They differ from each other, from zero and from all ones in many bits, so that no
 * single fault turns one into another. Compare with STIPPLE_IF_ALLOWED, or with ==; never test
 * for "not refused".
 */
#define STIPPLE_ALLOWED         0x1D042DCEu /* go on */
#define STIPPLE_NEEDS_REASON    0x8BB21C8Fu /* beyond the range, within the limit: confirm it */
#define STIPPLE_NEEDS_ANSWER    0x1A32FB90u /* `subject` must be answered first */
#define STIPPLE_NEEDS_CLEARANCE 0x438D23DFu /* `role` must clear `subject` first */
#define STIPPLE_REFUSED         0xDDC91D75u /* no; `reason` and `row` say why */
#define STIPPLE_FAULT           0xA2DB2F37u /* the table, the session or the call is unsound */
#define STIPPLE_BUSY            0x98CBE38Au /* call again */
#define STIPPLE_ANSWERED        0xCC14A3BEu /* the information asked for is there */

/*
 * The caller's own check is part of the protection: the verdict is compared twice, the second
 * time in its complement, from volatile copies, so that no one skipped instruction opens the way.
 * It has no else, and a compiler refuses one: what to do when not allowed stands before or behind.
 */
#define STIPPLE_IF_ALLOWED(given)                                                                  \
	for (volatile uint32_t stipple_seen = 0u, stipple_once = (stipple_seen = (given), 1u);     \
	     stipple_once != 0u && stipple_seen == STIPPLE_ALLOWED; stipple_once = 0u, (void)0)    \
		if ((STIPPLE_READ_AGAIN(stipple_seen) ^ 0xFFFFFFFFu) !=                            \
		    (STIPPLE_ALLOWED ^ 0xFFFFFFFFu)) {                                             \
		} else

/* Why: the number is stable, the text is what stipple_reason_text returns. */
#define STIPPLE_REASONS(X)                                                                         \
	X(NONE, 0, "in range")                                                                     \
	X(ABOVE_LIMIT, 1, "above the limit: nobody may go there")                                  \
	X(BELOW_LIMIT, 2, "below the least that the device can set")                               \
	X(ABOVE_RANGE, 3, "above the recommended range")                                           \
	X(BELOW_RANGE, 4, "below the recommended range")                                           \
	X(ZONE_NEVER, 5, "this zone is never treated")                                             \
	X(ZONE_NOT_NAMED, 6, "this zone is not part of the protocol")                              \
	X(NOT_ALLOWED_PATTERN, 7, "this pattern is not allowed here")                              \
	X(UNANSWERED, 8, "a question is not answered")                                             \
	X(BAD_TABLE, 9, "the table is damaged or not a table")                                     \
	X(OTHER_VERSION, 10, "the table is for another reader")                                    \
	X(OTHER_INTERFACE, 11, "the table was made for another firmware")                          \
	X(OTHER_DEVICE, 12, "the protocol belongs to another device")                              \
	X(BAD_CALL, 13, "an argument is out of range")                                             \
	X(JUDGES_DIFFER, 14, "the two judges disagree")                                            \
	X(EXCLUDED, 15, "excluded by screening")                                                   \
	X(WAIT, 16, "too soon after an event that screening asks about")                           \
	X(NOT_CLEARED, 17, "must be cleared first")                                                \
	X(OPERATOR, 18, "this operator may not perform the protocol")                              \
	X(TOO_SOON, 19, "too soon after the last session")                                         \
	X(TOO_LATE, 20, "later after the last session than advised")                               \
	X(COURSE_DONE, 21, "no further session in this course")                                    \
	X(ANAESTHETIC_TOO_SHORT, 22, "the anaesthetic has not been on long enough")                \
	X(ANAESTHETIC_TOO_LONG, 23, "the anaesthetic has been on too long")                        \
	X(ANAESTHETIC_STILL_ON, 24, "the anaesthetic has not been removed")                        \
	X(ANAESTHETIC_FORBIDDEN, 25, "no anaesthetic for this client")                             \
	X(ANAESTHETIC_MISSING, 26, "the protocol wants its anaesthetic")                           \
	X(WRONG_STATE, 27, "not now: another step comes first")                                    \
	X(CLOCK_FAULT, 28, "the clocks disagree or went backwards")                                \
	X(BAD_SESSION, 29, "the session's record is damaged")                                      \
	X(BAD_TOKEN, 30, "nothing is waiting to be confirmed")                                     \
	X(PASSES_DONE, 31, "no further pass in this zone")                                         \
	X(MISMATCH, 32, "the device did not do what was permitted")                                \
	X(NO_PERMIT, 33, "no permit is in force")                                                  \
	X(CAUTION, 34, "go on with caution")                                                       \
	X(NOT_RECORDED, 35, "the audit record was not kept")                                       \
	X(TABLE_CHANGED, 36, "the session belongs to another table")                               \
	X(CARTRIDGE, 37, "the cartridge is not new, or not one of the device's")                   \
	X(NOT_PREPARED, 38, "the preparation was not kept")                                        \
	X(STOPPED, 39, "stopped by the operator")                                                  \
	X(WHEN, 40, "the latest date that it can have been is needed")                             \
	X(NOT_SIGNED, 41, "the pack is not signed by a key that is trusted")                       \
	X(OLDER_PACK, 42, "the pack is older than the one before")                                 \
	X(SESSION_ROOM, 43, "the session's bytes are fewer than the table needs")                  \
	X(ABOVE_STEP, 44, "deeper than a step above the depth last settled on")

#define STIPPLE_REASON_ENUM(name, number, text) STIPPLE_REASON_##name = number,
enum stipple_reason { STIPPLE_REASONS(STIPPLE_REASON_ENUM) STIPPLE_REASON_COUNT };

/* A reason's text, in English, ended by a zero; for an unknown number an empty text. */
const char *stipple_reason_text(uint32_t reason);

/* An opened table. The caller owns it; only stipple_open writes it. */
struct stipple_table {
	const uint8_t *image;
	uint32_t bytes;
	uint32_t crc;
	uint32_t device_key;
};

/* What the firmware was built for. */
struct stipple_expectation {
	uint32_t interface_digest; /* NAME_INTERFACE_DIGEST; 0: everything is found by key */
	uint32_t device_key;       /* the handpiece's own key, NAME_DEVICE_... */
};

/* Everything that an answer says. Members that a verdict does not need are zero or none. */
struct stipple_answer {
	uint32_t verdict;
	uint32_t row;     /* the row that decided, or STIPPLE_NONE */
	uint32_t token;   /* STIPPLE_NEEDS_REASON in a session: hand it to confirm */
	uint32_t until;   /* reason WAIT or TOO_SOON: wall seconds; 0 unknown */
	uint16_t reason;  /* enum stipple_reason */
	uint16_t subject; /* what is open, or what barred: see STIPPLE_SUBJECT_QUESTION */
	uint16_t role;    /* STIPPLE_NEEDS_CLEARANCE: whose */
	uint16_t value;   /* what was asked for */
	uint16_t range_least;
	uint16_t range_most;
	uint16_t limit_least;
	uint16_t limit_most;
};

/* Answers to questions, two bits each, the first question in the lowest bits of the first byte. */
#define STIPPLE_QUESTION_UNANSWERED 0u
#define STIPPLE_QUESTION_SAFE       1u /* no, or long enough ago */
#define STIPPLE_QUESTION_UNSAFE     2u /* yes */
#define STIPPLE_QUESTION_CLEARED    3u /* yes, and cleared by the role that must */

/* The client, as far as limits depend on them. A null pointer or a zero is "not answered". */
struct stipple_client {
	const uint8_t *factors;   /* one byte for each factor of the table: 0, or 1 + its value */
	const uint8_t *questions; /* see above, for each question of the table */
	uint16_t session;         /* 1 for the first of the course */
	uint16_t age;             /* whole years */
	uint16_t last_depth;      /* um: the depth last settled on in this zone */
	uint16_t depth_used;      /* um: the greatest of the last session; 0: any may have been */
};

struct stipple_bounds {
	uint16_t range_least;
	uint16_t range_most;
	uint16_t limit_least;
	uint16_t limit_most;
	uint16_t start;
	uint16_t row; /* the tightening row that set the upper end, or STIPPLE_NONE */
};

/* The limit of one setting. */
struct stipple_limit {
	uint32_t verdict; /* ANSWERED, NEEDS_ANSWER, REFUSED (never) or FAULT */
	uint16_t reason;  /* ANSWERED: NONE, or ABOVE_STEP where a step sets the limit */
	uint16_t subject; /* NEEDS_ANSWER: what is open */
	struct stipple_bounds bounds; /* of DEPTH, PASSES or RATE; else all zero */
	uint16_t members;             /* of PATTERNS or ENDPOINTS: a set of their rows; else zero */
	uint16_t step;                /* of DEPTH: um above the last; STIPPLE_NONE: no such rule */
};

/* All of them. */
struct stipple_limits {
	uint32_t verdict; /* ANSWERED, NEEDS_ANSWER, REFUSED (never) or FAULT */
	uint16_t reason;
	uint16_t subject;             /* NEEDS_ANSWER: what is open */
	struct stipple_bounds depth;  /* um */
	struct stipple_bounds passes; /* count */
	struct stipple_bounds rate;   /* rpm */
	uint16_t patterns;            /* set of pattern rows */
	uint16_t endpoints;           /* set of endpoint rows */
	uint32_t first_tightening;    /* bit n of tightened stands for row first_tightening + n */
	uint32_t tightened[2];
};

/* A verification of the whole image in steps: see stipple_verify_step. */
struct stipple_verification {
	uint32_t offset;
	uint32_t crc;
};

#define STIPPLE_NOT_FOUND 0xFFFFFFFFu

/*
 * Opens a table: checks everything in it, so that no later read can leave it. `image` is aligned
 * to four bytes and stays where it is; `bytes` is its length as the caller knows it. Returns
 * ANSWERED, or FAULT with the reason (enum stipple_reason) in *reason, and then `table` refuses
 * every later call. Takes time in proportion to the image. (R1, R2, R4)
 */
uint32_t stipple_open(struct stipple_table *table, const void *image, uint32_t bytes,
		      const struct stipple_expectation *expected, uint32_t *reason);

/*
 * Verifies the image's CRC again, at most `most` bytes (rounded up to four) in a call, so that a
 * watchdog can be served between calls. Returns BUSY, ANSWERED when all is well, or FAULT.
 */
void stipple_verify_begin(struct stipple_verification *verification);
uint32_t stipple_verify_step(const struct stipple_table *table,
			     struct stipple_verification *verification, uint32_t most);

/* By key (see the generated header): the index, or STIPPLE_NOT_FOUND. Time grows with the rows. */
uint32_t stipple_find_protocol(const struct stipple_table *table, uint32_t key);
uint32_t stipple_find_zone(const struct stipple_table *table, uint32_t key);
uint32_t stipple_find_factor(const struct stipple_table *table, uint32_t key);
uint32_t stipple_find_question(const struct stipple_table *table, uint32_t key);
uint32_t stipple_find_role(const struct stipple_table *table, uint32_t key);
uint32_t stipple_find_pattern(const struct stipple_table *table, uint32_t key);
/* A value, counted from 1 as the answers to its factor are. */
uint32_t stipple_find_value(const struct stipple_table *table, uint32_t key);

/* The slot of a zone in a protocol, or STIPPLE_NOT_FOUND: then the zone is refused. */
uint32_t stipple_find_slot(const struct stipple_table *table, uint32_t protocol, uint32_t zone);

/*
 * What this client may have in this slot of one setting (DEPTH, PASSES, RATE, PATTERNS or
 * ENDPOINTS), into *limit, whose verdict is returned. (R3, R5, R6)
 */
uint32_t stipple_limit(const struct stipple_table *table, uint32_t slot,
		       const struct stipple_client *client, uint32_t setting,
		       struct stipple_limit *limit);
/* The same of all settings, into *limits, and which rows tighten them. */
uint32_t stipple_limits(const struct stipple_table *table, uint32_t slot,
			const struct stipple_client *client, struct stipple_limits *limits);

/* Those of STIPPLE_DEPTH, STIPPLE_PASSES or STIPPLE_RATE; null for a setting that has no bounds. */
struct stipple_bounds *stipple_bounds_of(struct stipple_limits *limits, uint32_t setting);

/* What a device shows of a use and does not enforce. */
struct stipple_advice {
	uint32_t verdict; /* ANSWERED, NEEDS_ANSWER, REFUSED (never) or FAULT */
	uint16_t reason;
	uint16_t subject;      /* NEEDS_ANSWER: what is open */
	uint16_t label_status; /* enum stipple_label_status */
	/* How often each pattern is to be made; 0: it is not allowed, or no recipe says. */
	uint16_t movements[STIPPLE_MOVEMENTS];
};

/*
 * Whether treating this client in this slot is on the label of the device, and how often each
 * movement is to be made, into *advice, whose verdict is returned. With NEEDS_ANSWER the members
 * hold what is known without the answer: a status that hangs on it is "not evaluated". (R5)
 */
uint32_t stipple_advise(const struct stipple_table *table, uint32_t slot,
			const struct stipple_client *client, struct stipple_advice *advice);

/*
 * May `setting` be set to `value` (um, count or rpm; for STIPPLE_PATTERNS a pattern's index)?
 * Writes *answer and returns its verdict: ALLOWED, NEEDS_REASON, NEEDS_ANSWER, REFUSED or FAULT.
 * Two judges decide apart and both must agree. A slot of STIPPLE_NOT_FOUND is refused. (R7, R8)
 */
uint32_t stipple_request(const struct stipple_table *table, uint32_t slot,
			 const struct stipple_client *client, uint32_t setting, uint32_t value,
			 struct stipple_answer *answer);

/*
 * Names and labels: addresses of texts in the image, ended by a zero. An index out of range or a
 * missing label gives an empty text. On AVR the address is in program memory.
 */
enum stipple_named {
	STIPPLE_NAMED_PROTOCOL,
	STIPPLE_NAMED_ZONE,
	STIPPLE_NAMED_FACTOR,
	STIPPLE_NAMED_VALUE,
	STIPPLE_NAMED_QUESTION,
	STIPPLE_NAMED_ROLE,
	STIPPLE_NAMED_PATTERN,
	STIPPLE_NAMED_ENDPOINT,
	STIPPLE_NAMED_ITEM,
	STIPPLE_NAMED_DEVICE
};
/* How many of a kind there are. */
uint32_t stipple_count(const struct stipple_table *table, enum stipple_named kind);
const char *stipple_name(const struct stipple_table *table, enum stipple_named kind,
			 uint32_t index);
/* The name of a factor's n-th value. */
const char *stipple_value_name(const struct stipple_table *table, uint32_t factor, uint32_t value);
const char *stipple_label(const struct stipple_table *table, enum stipple_named kind,
			  uint32_t index, uint32_t language);
/*
 * What the protocol gives as its reason (`because`) for an answer that a rule of screening decided:
 * EXCLUDED, WAIT, NOT_CLEARED, NOT_PREPARED, OPERATOR or CAUTION. Empty for every other answer.
 */
const char *stipple_because(const struct stipple_table *table, const struct stipple_answer *answer,
			    uint32_t language);

#ifdef __cplusplus
}
#endif

#endif
