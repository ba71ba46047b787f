/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The stage of the walks: walk.stip's table, opened, and the actions of observer.h done to a
 * session. Everything that tells one moment of a walk from another is in struct moment, which is
 * copied whole.
 */
#ifndef STP_TESTS_PROOF_STAGE_H
#define STP_TESTS_PROOF_STAGE_H

#include "observer.h"
#include "walk.h"

union work {
	struct stipple_session session;
	uint8_t bytes[WALK_SESSION_BYTES];
};

struct moment {
	union work work;
	struct stipple_time now;
	uint32_t token; /* the last one shown */
	uint8_t keeps;  /* whether the record keeper works in the next call */
	uint8_t spent;  /* surrounding actions so far in this session */
	struct account account;
};

/* Opens the table. Zero when it is refused. */
int stage_open(void);
/* No session yet, both clocks at some time. */
void stage_start(struct moment *moment);
/* Does it, lets the observer see it, and returns what the observer says. */
const char *stage_do(struct moment *moment, enum action action);
/*
 * Power fails while the newer of two copies is written, `whole` bytes of it done; then the session
 * is restored from what is left. Returns what the observer says.
 */
const char *stage_cut(const struct moment *before, struct moment *after, uint32_t whole);

const char *stage_action_name(enum action action);
/* How often each action was allowed, all together. */
extern uint64_t stage_allowed[ACTION_COUNT];

#endif
