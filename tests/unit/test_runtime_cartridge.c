/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The cartridge: of a kind that the device takes, new, and none may be missing while needling.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "session_ward.h"

static void test_cartridges_of_the_device(void **state)
{
	struct ward *ward = *state;

	ward->visit.needles = 14;
	REFUSED(ward, CARTRIDGE, stipple_begin(AT(ward), &ward->visit));
	assert_int_equal(ward_record(ward)->asked, 14);
	ward->visit.needles = 36;
	ALLOWED(stipple_begin(AT(ward), &ward->visit));
	assert_int_equal(ward->work.session.cartridge, 2);
	((struct stp_device *)(uintptr_t)ward->bench->model->devices[0])->needle_count = 0;
	table_bench_rebuild(ward->bench);
	ward_verify(ward);
	ALLOWED(stipple_abort(AT(ward)));
	ward->visit.needles = 0; /* the device names none */
	ALLOWED(stipple_begin(AT(ward), &ward->visit));
}

static void test_no_pass_without_a_cartridge(void **state)
{
	struct ward *ward = *state;

	ward_set_up_zone(ward);
	REFUSED(ward, CARTRIDGE, stipple_change_cartridge(AT(ward), 0, 12));
	assert_int_equal(ward_record(ward)->event, STIPPLE_EVENT_CARTRIDGE);
	assert_int_equal(ward_record(ward)->asked, 12);
	REFUSED(ward, CARTRIDGE, stipple_begin_pass(AT(ward)));
	REFUSED(ward, CARTRIDGE, stipple_change_cartridge(AT(ward), STIPPLE_CARTRIDGE_NEW, 14));
	REFUSED(ward, CARTRIDGE, stipple_begin_pass(AT(ward)));
	ward->keeps = 0;
	REFUSED(ward, NOT_RECORDED, stipple_change_cartridge(AT(ward), STIPPLE_CARTRIDGE_NEW, 12));
	ward->keeps = STIPPLE_AUDITED;
	REFUSED(ward, CARTRIDGE, stipple_begin_pass(AT(ward)));
	ALLOWED(stipple_change_cartridge(AT(ward), STIPPLE_CARTRIDGE_NEW, 12));
	ALLOWED(stipple_begin_pass(AT(ward)));
	ALLOWED(stipple_permit(AT(ward), 500, 6000));
}

/* Whatever is said of the next one, a pass does not go on with it. */
static void test_change_ends_a_pass(void **state)
{
	struct ward *ward = *state;

	ward_needle(ward);
	ALLOWED(stipple_change_cartridge(AT(ward), STIPPLE_CARTRIDGE_NEW, 36));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ZONE);
	REFUSED(ward, WRONG_STATE, stipple_permit(AT(ward), 500, 6000));
	ALLOWED(stipple_begin_pass(AT(ward)));
	ALLOWED(stipple_abort(AT(ward)));
	REFUSED(ward, WRONG_STATE, stipple_change_cartridge(AT(ward), STIPPLE_CARTRIDGE_NEW, 12));
	ward->work.bytes[20] ^= 1u;
	(void)stipple_change_cartridge(AT(ward), STIPPLE_CARTRIDGE_NEW, 12);
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_SESSION);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, ward_setup, ward_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_cartridges_of_the_device),
		CASE(test_no_pass_without_a_cartridge),
		CASE(test_change_ends_a_pass),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
