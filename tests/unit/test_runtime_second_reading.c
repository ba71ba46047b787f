/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The second reading of a verdict has a say of its own: the calls that start and keep up the motor,
 * compiled here with a port that can disturb what STIPPLE_IF_ALLOWED reads the second time, as a
 * skipped or altered instruction would.
 */
#include <stdint.h>

static uint32_t disturbance;
#define STIPPLE_READ_AGAIN(word) ((word) ^ disturbance)

#include "../../runtime/src/session_needling.c"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "session_ward.h"

static void test_no_pass_begins(void **state)
{
	struct ward *ward = *state;
	uint8_t *zone = ward->work.bytes + STIPPLE_SESSION_HEAD_BYTES;

	ward_set_up_zone(ward);
	zone += ward->work.session.zone;
	disturbance = 1;
	(void)stipple_begin_pass(AT(ward));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ZONE);
	assert_int_equal(*zone, 0);
	REFUSED(ward, WRONG_STATE, stipple_permit(AT(ward), 500, 6000));
	disturbance = 0;
	ALLOWED(stipple_begin_pass(AT(ward)));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_NEEDLING);
	assert_int_equal(*zone, 1);
}

static void test_no_permit_is_renewed(void **state)
{
	struct ward *ward = *state;

	ward_needle(ward);
	ALLOWED(stipple_permit(AT(ward), 500, 6000));
	disturbance = 1;
	REFUSED(ward, NO_PERMIT, stipple_permit(AT(ward), 500, 6000));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ZONE);
	disturbance = 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, ward_setup, ward_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_no_pass_begins),
		TEST(test_no_permit_is_renewed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
