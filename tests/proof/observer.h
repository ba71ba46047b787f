/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Somebody who watches a treatment from outside: sees what is asked and what is answered, knows
 * walk.stip in words of its own, and shares no code with the runtime or the table. It keeps its
 * own account of the treatment and names each promise that an answer breaks.
 */
#ifndef STP_TESTS_PROOF_OBSERVER_H
#define STP_TESTS_PROOF_OBSERVER_H

#include "stipple/session.h"

/* Everything that can happen to a session, with the arguments that are tried. */
#define ACTIONS(X)                                                                                 \
	X(BEGIN_FIRST)                                                                             \
	X(BEGIN_TOO_SOON)                                                                          \
	X(BEGIN_SECOND)                                                                            \
	X(BEGIN_SECOND_LATE)                                                                       \
	X(BEGIN_FOURTH)                                                                            \
	X(BEGIN_USED_CARTRIDGE)                                                                    \
	X(BEGIN_OTHER_CARTRIDGE)                                                                   \
	X(TELL_LIGHT)                                                                              \
	X(TELL_DARK)                                                                               \
	X(TELL_NONSENSE)                                                                           \
	X(PREGNANCY_NO)                                                                            \
	X(PREGNANCY_YES)                                                                           \
	X(THINNER_NO)                                                                              \
	X(THINNER_YES)                                                                             \
	X(CLEAR_BY_DOCTOR)                                                                         \
	X(CLEAR_BY_NOBODY)                                                                         \
	X(FINISH_SCREENING)                                                                        \
	X(FINISH_PREPARATION)                                                                      \
	X(APPLY)                                                                                   \
	X(REMOVE)                                                                                  \
	X(ENTER_CHEEK)                                                                             \
	X(ENTER_LID)                                                                               \
	X(DEPTH_500)                                                                               \
	X(DEPTH_750)                                                                               \
	X(DEPTH_1000)                                                                              \
	X(DEPTH_1500)                                                                              \
	X(DEPTH_1750)                                                                              \
	X(RATE_7000)                                                                               \
	X(RATE_7500)                                                                               \
	X(RATE_7600)                                                                               \
	X(CONFIRM)                                                                                 \
	X(CONFIRM_NONSENSE)                                                                        \
	X(BEGIN_PASS)                                                                              \
	X(PERMIT)                                                                                  \
	X(PERMIT_TOO_DEEP)                                                                         \
	X(PERMIT_TOO_FAST)                                                                         \
	X(END_PASS)                                                                                \
	X(LEAVE)                                                                                   \
	X(LEAVE_FINISHED)                                                                          \
	X(PUT_ON_CARTRIDGE)                                                                        \
	X(PUT_ON_OTHER_CARTRIDGE)                                                                  \
	X(PAUSE)                                                                                   \
	X(RESUME)                                                                                  \
	X(COMPLETE)                                                                                \
	X(STOP)                                                                                    \
	X(ABORT)                                                                                   \
	X(POWER_CUT)                                                                               \
	X(POWER_CUT_TORN)                                                                          \
	X(POWER_CUT_CLOCK_UNSET)                                                                   \
	X(KEEPER_FAILS)                                                                            \
	X(PASS_SECONDS)                                                                            \
	X(PASS_HALF_HOUR)                                                                          \
	X(PASS_FIFTEEN_MINUTES)                                                                    \
	X(PASS_NEARLY_HALF_HOUR)                                                                   \
	X(PASS_A_SECOND)                                                                           \
	X(WALL_AHEAD)                                                                              \
	X(WALL_BACK)                                                                               \
	X(UPTIME_AHEAD)

#define ACTION_ENUM(name) name,
enum action { ACTIONS(ACTION_ENUM) ACTION_COUNT };

/* From here on only clocks or the record keeper change; the session is not called. */
#define FIRST_SURROUNDING KEEPER_FAILS

enum answered { UNKNOWN, NO, YES, CLEARED };
enum tone { TONE_UNKNOWN, LIGHT, DARK };
enum numb { NOT_NUMBED, CREAM_ON, CREAM_OFF };

/* The observer's account. Times are those of the clocks as the calls were made. */
struct account {
	uint32_t last_session;
	uint32_t began_wall;
	uint32_t began_uptime;
	uint32_t seen_wall;
	uint32_t applied_wall;
	uint32_t applied_uptime;
	uint32_t renewed_uptime;
	uint16_t depth;
	uint16_t rate;
	uint16_t waiting_value;
	uint8_t number;
	uint8_t over; /* nothing may be allowed before another session begins */
	uint8_t tone;
	uint8_t pregnancy;
	uint8_t thinner;
	uint8_t numb;
	uint8_t restarted; /* since the cream went on */
	uint8_t in_zone;
	uint8_t zone_finished;
	uint8_t passes;
	uint8_t pass_confirmed;
	uint8_t depth_confirmed;
	uint8_t rate_confirmed;
	uint8_t running;
	uint8_t waiting;   /* enum action that waits for its reason, or 0 */
	uint8_t cartridge; /* one is on that may be used */
};

/* One answer, with what was asked. */
struct seen {
	enum action action;
	struct stipple_time now;
	uint32_t verdict;
	uint32_t reason;
	uint32_t state;
	int kept; /* whether the record keeper kept records during the call */
};

/* Before any session. */
void observer_start(struct account *account);
/* Takes an answer into the account. Returns null, or the promise that the answer breaks. */
const char *observer_see(struct account *account, const struct seen *seen);

/* What the walk must know of walk.stip to walk into every corner of it. */
#define WALK_INTERVAL      (28u * 86400u) /* s */
#define WALK_INTERVAL_DARK (40u * 86400u) /* s */

#endif
