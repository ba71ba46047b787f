/* SPDX-License-Identifier: Apache-2.0 */
/* Rows and lists that are damaged after opening: found at use, and nothing is allowed by them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "session_ward.h"

/* ---- damage after opening ---- */

static uint8_t *first_row(struct ward *ward, size_t section)
{
	uint32_t offset;

	memcpy(&offset, ward->bench->image + section, sizeof offset);
	return ward->bench->image + offset;
}

static void test_damaged_course(void **state)
{
	struct ward *ward = *state;

	first_row(ward, offsetof(struct stipple_header, courses))[0] ^= 1;
	(void)stipple_begin(AT(ward), &ward->visit);
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_TABLE);
}

static void test_damaged_device(void **state)
{
	struct ward *ward = *state;

	first_row(ward, offsetof(struct stipple_header, devices))[4] ^= 1;
	REFUSED(ward, OTHER_DEVICE, stipple_begin(AT(ward), &ward->visit));
}

static void test_damaged_anaesthetic(void **state)
{
	struct ward *ward = *state;
	uint8_t *row = first_row(ward, offsetof(struct stipple_header, anaesthetics));

	ward_prepare(ward);
	row[1] ^= 1;
	(void)stipple_apply_anaesthetic(AT(ward), 0, 0);
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_TABLE);
	row[1] ^= 1;
	ALLOWED(stipple_apply_anaesthetic(AT(ward), 0, 0));
	ward_pass_time(ward, 60 * MINUTE);
	row[1] ^= 1;
	(void)stipple_remove_anaesthetic(AT(ward));
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_TABLE);
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ANAESTHETIC);
}

/* A row that lost its anaesthetic, its check made right: no sequence of calls comes to that. */
static void test_anaesthetic_that_is_gone(void **state)
{
	struct ward *ward = *state;
	uint8_t *at = first_row(ward, offsetof(struct stipple_header, protocols));
	struct stipple_protocol_row row;

	ward_prepare(ward);
	memcpy(&row, at, sizeof row);
	row.check[1] ^= (uint16_t)(row.anaesthetic ^ STIPPLE_NONE);
	row.anaesthetic = STIPPLE_NONE;
	memcpy(at, &row, sizeof row);
	ALLOWED(stipple_apply_anaesthetic(AT(ward), 0, 0));
	assert_int_equal(ward->treatment.answer.row, STIPPLE_NONE);
}

static void test_damaged_lists(void **state)
{
	struct ward *ward = *state;
	uint16_t *lists =
		(uint16_t *)(void *)first_row(ward, offsetof(struct stipple_header, lists));
	uint16_t *asked = lists + lists[0] + 2;
	uint32_t question = bench_question(ward->bench, "anticoagulants");

	ward_answer_all(ward);
	ward_say(ward, "anticoagulants", STIPPLE_YES);
	asked[1] ^= 1;
	(void)stipple_finish_screening(AT(ward));
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_TABLE);
	asked[1] ^= 1;
	lists[1] ^= 1;
	REFUSED(ward, NOT_CLEARED, stipple_clear(AT(ward), question, 0));
	(void)stipple_answer_event(AT(ward), bench_question(ward->bench, "isotretinoin"), NOW);
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_TABLE);
}

static void test_damaged_protocol_has_no_slots(void **state)
{
	struct ward *ward = *state;

	assert_int_equal(bench_slot(ward->bench, "cheeks"), 0);
	first_row(ward, offsetof(struct stipple_header, protocols))[13] ^= 1;
	assert_int_equal(bench_slot(ward->bench, "cheeks"), STIPPLE_NOT_FOUND);
}

/* ---- damage in the rules' rows ---- */

static void test_damaged_rules_are_found_at_use(void **state)
{
	static const size_t sections[] = { offsetof(struct stipple_header, screenings),
					   offsetof(struct stipple_header, lists),
					   offsetof(struct stipple_header, protocols) };
	struct ward *ward = *state;

	for (size_t s = 0; s < 3; s++)
		for (uint32_t bit = 0; bit < 8 * 20; bit++) {
			uint32_t offset;

			ward_answer_all(ward);
			memcpy(&offset, ward->bench->image + sections[s], sizeof offset);
			ward->bench->image[offset + bit / 8] ^= (uint8_t)(1u << bit % 8);
			(void)stipple_finish_screening(AT(ward));
			ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_TABLE);
			ward->bench->image[offset + bit / 8] ^= (uint8_t)(1u << bit % 8);
			ALLOWED(stipple_abort(AT(ward)));
		}
}

/* A row that is damaged while the motor turns stops it. */
static void test_damage_in_a_pass(void **state)
{
	struct ward *ward = *state;
	uint8_t *depths = first_row(ward, offsetof(struct stipple_header, depths));
	uint8_t *device = first_row(ward, offsetof(struct stipple_header, devices));

	ward_needle(ward);
	depths[16 + 6] ^= 1; /* the forehead's limit */
	REFUSED(ward, NO_PERMIT, stipple_permit(AT(ward), 500, 6000));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ZONE);
	(void)stipple_begin_pass(AT(ward));
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_TABLE);
	depths[16 + 6] ^= 1;
	ALLOWED(stipple_begin_pass(AT(ward)));
	device[20] ^= 1; /* its tolerance */
	(void)stipple_permit(AT(ward), 500, 6000);
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_MISMATCH);
}

static void test_answer_to_a_confirmation_that_came_too_late(void **state)
{
	struct ward *ward = *state;
	uint8_t *depths = first_row(ward, offsetof(struct stipple_header, depths));
	uint32_t token;

	ward_set_up_zone(ward);
	(void)stipple_set(AT(ward), STIPPLE_DEPTH, 900);
	ward_assert(ward, STIPPLE_NEEDS_REASON, STIPPLE_REASON_ABOVE_RANGE);
	token = ward->treatment.answer.token;
	depths[16 + 6] ^= 1;
	REFUSED(ward, BAD_TOKEN, stipple_confirm(AT(ward), token, 1));
	assert_int_equal(ward->work.session.depth, 500);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, ward_setup, ward_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_damaged_course),
		CASE(test_damaged_device),
		CASE(test_damaged_anaesthetic),
		CASE(test_anaesthetic_that_is_gone),
		CASE(test_damaged_lists),
		CASE(test_damaged_protocol_has_no_slots),
		CASE(test_damaged_rules_are_found_at_use),
		CASE(test_damage_in_a_pass),
		CASE(test_answer_to_a_confirmation_that_came_too_late),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
