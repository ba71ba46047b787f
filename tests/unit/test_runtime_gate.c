/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The second look before the motor turns: in a session that needles rightly it allows, and with
 * anything that a permit rests on made wrong, one at a time and sealed again, it does not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "../../runtime/src/session_call.h"
#include "session_ward.h"

static uint32_t gate(struct ward *ward)
{
	return stipple_gate(AT(ward), ward->work.session.state, 500, 6000);
}

static void seal(struct ward *ward)
{
	stipple_seal_bytes(&ward->work.session, ward->treatment.session_bytes);
}

/* Puts other bytes in place of a member, asks, and puts the old ones back. */
static void expect_closed(struct ward *ward, void *member, const void *other, size_t bytes)
{
	uint8_t before[8];

	memcpy(before, member, bytes);
	memcpy(member, other, bytes);
	seal(ward);
	assert_int_not_equal(gate(ward), STIPPLE_TWO_ALLOWED);
	memcpy(member, before, bytes);
	seal(ward);
	assert_int_equal(gate(ward), STIPPLE_TWO_ALLOWED);
}

#define CLOSED(ward, type, member, other)                                                          \
	do {                                                                                       \
		const type value = (type)(other);                                                  \
		expect_closed(ward, &(ward)->member, &value, sizeof value);                        \
	} while (0)

static void test_whatever_is_wrong_closes_it(void **state)
{
	struct ward *ward = *state;
	struct stipple_session *session = &ward->work.session;
	uint8_t *zone = ward->work.bytes + STIPPLE_SESSION_HEAD_BYTES;

	ward_needle(ward);
	zone += session->zone;
	assert_int_equal(gate(ward), STIPPLE_TWO_ALLOWED);
	assert_int_equal(stipple_gate(AT(ward), STIPPLE_STATE_ZONE, 500, 6000),
			 STIPPLE_TWO_REFUSED);
	CLOSED(ward, uint16_t, work.session.depth, 0);
	CLOSED(ward, uint16_t, work.session.depth, 551); /* 500 is measured, 50 beside it allowed */
	CLOSED(ward, uint16_t, work.session.depth, 449);
	CLOSED(ward, uint16_t, work.session.depth, 1050); /* above the limit */
	CLOSED(ward, uint16_t, work.session.rate, 0);
	CLOSED(ward, uint16_t, work.session.rate, 5999);
	CLOSED(ward, uint16_t, work.session.rate, 7100);
	CLOSED(ward, uint16_t, work.session.protocol, 1);
	CLOSED(ward, uint16_t, work.session.zone, 3);
	CLOSED(ward, uint16_t, work.session.zone, STIPPLE_NONE);
	CLOSED(ward, uint32_t, work.session.image_crc, 1);
	CLOSED(ward, uint32_t, work.session.expiry, ward->now.uptime - 1);
	CLOSED(ward, uint32_t, work.session.wall, ward->now.wall + 1);
	CLOSED(ward, uint32_t, now.wall, 0);
	CLOSED(ward, uint32_t, now.wall, ward->now.wall + STIPPLE_CLOCK_TOLERANCE + 1);
	CLOSED(ward, uint32_t, now.uptime, ward->now.uptime + STIPPLE_CLOCK_TOLERANCE + 1);
	CLOSED(ward, uint16_t, treatment.session_bytes, 60);
	CLOSED(ward, uint8_t, work.session.marks, STIPPLE_MARK_APPLIED);
	expect_closed(ward, zone, "\x00", 1); /* no pass was begun */
	expect_closed(ward, zone, "\x7F", 1);
	expect_closed(ward, zone, "\x81", 1); /* the zone is finished */
}

/* 900 um is beyond the forehead's range: with a reason, and even so only to the limit. */
static void test_a_reason_opens_the_range(void **state)
{
	struct ward *ward = *state;
	struct stipple_session *session = &ward->work.session;

	ward_needle(ward);
	session->depth = 900;
	seal(ward);
	assert_int_equal(stipple_gate(AT(ward), session->state, 900, 6000), STIPPLE_TWO_REFUSED);
	session->marks |= STIPPLE_MARK_DEPTH;
	seal(ward);
	assert_int_equal(stipple_gate(AT(ward), session->state, 900, 6000), STIPPLE_TWO_ALLOWED);
	session->depth = 1001;
	seal(ward);
	assert_int_equal(stipple_gate(AT(ward), session->state, 1001, 6000), STIPPLE_TWO_REFUSED);
}

static void test_what_is_not_whole_closes_it(void **state)
{
	struct ward *ward = *state;
	struct stipple_header *header;

	ward_needle(ward);
	header = (struct stipple_header *)(void *)ward->bench->image;
	ward->work.session.crc ^= 1;
	assert_int_equal(gate(ward), STIPPLE_TWO_FAULT);
	ward->work.session.crc ^= 1;
	ward->treatment.table = NULL;
	assert_int_equal(gate(ward), STIPPLE_TWO_FAULT);
	ward->treatment.table = &ward->bench->table;
	ward->bench->image[header->devices.offset + 20] ^= 1; /* what may be measured beside it */
	assert_int_equal(gate(ward), STIPPLE_TWO_REFUSED);
	ward->bench->image[header->devices.offset + 20] ^= 1;
	assert_int_equal(gate(ward), STIPPLE_TWO_ALLOWED);
}

/* What only the gate sees keeps a pass from beginning, and is called a disagreement. */
static void test_the_gate_has_a_say(void **state)
{
	struct ward *ward = *state;

	ward_set_up_zone(ward);
	ward->work.session.marks = STIPPLE_MARK_APPLIED;
	seal(ward);
	(void)stipple_begin_pass(AT(ward));
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_JUDGES_DIFFER);
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ZONE);
	ward->work.session.marks = STIPPLE_MARK_APPLIED | STIPPLE_MARK_REMOVED;
	seal(ward);
	ALLOWED(stipple_begin_pass(AT(ward)));
	ward->work.session.marks = STIPPLE_MARK_APPLIED;
	seal(ward);
	REFUSED(ward, NO_PERMIT, stipple_permit(AT(ward), 500, 6000));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ZONE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, ward_setup, ward_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_whatever_is_wrong_closes_it),
		TEST(test_a_reason_opens_the_range),
		TEST(test_what_is_not_whole_closes_it),
		TEST(test_the_gate_has_a_say),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
