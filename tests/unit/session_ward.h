/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A ward for tests of the session: the bench's table, a session's bytes, two clocks, a record
 * keeper that a test can make fail, and the shortest ways to each state.
 */
#ifndef STP_TESTS_SESSION_WARD_H
#define STP_TESTS_SESSION_WARD_H

#include "stipple/session.h"
#include "table_bench.h"

#define NOW    1800000000u
#define DAY    86400u
#define MINUTE 60u

struct ward {
	struct table_bench *bench;
	struct stipple_treatment treatment;
	struct stipple_time now;
	struct stipple_visit visit;
	struct stipple_verification verified;
	union {
		struct stipple_session session;
		uint8_t bytes[STIPPLE_SESSION_BYTES(8, 32, 8)];
	} work;
	struct stipple_record records[64];
	uint32_t record_count;
	uint32_t keeps; /* what the record keeper answers */
};

/* cmocka setup and teardown: *state is a struct ward, its table verified. */
int ward_setup(void **state);
int ward_teardown(void **state);
uint32_t ward_keep(void *context, const struct stipple_record *record);
/* Runs ward->verified to its end. */
void ward_verify(struct ward *ward);

const struct stipple_record *ward_record(const struct ward *ward);
void ward_pass_time(struct ward *ward, uint32_t seconds);
void ward_assert(const struct ward *ward, uint32_t verdict, uint32_t reason);

#define AT(ward) &(ward)->treatment, &(ward)->now

#define ALLOWED(call) assert_int_equal(call, STIPPLE_ALLOWED)
#define REFUSED(ward, why, call)                                                                   \
	do {                                                                                       \
		(void)(call);                                                                      \
		ward_assert(ward, STIPPLE_REFUSED, STIPPLE_REASON_##why);                          \
	} while (0)

/* Ways to a state; each fails the test when it is refused. */
void ward_begin(struct ward *ward);
void ward_say(struct ward *ward, const char *question, uint32_t said); /* asserts nothing */
void ward_tell(struct ward *ward, const char *factor, uint32_t value);
void ward_say_no_to_all(struct ward *ward);
void ward_answer_all(struct ward *ward);
void ward_prepare(struct ward *ward);
void ward_numb(struct ward *ward);
void ward_enter(struct ward *ward, const char *zone);
void ward_set_up_zone(struct ward *ward); /* the forehead, 500 um, 6000 rpm */
void ward_needle(struct ward *ward);

#endif
