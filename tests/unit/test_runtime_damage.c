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

/* What lies at a list of the first protocol; `member` is where its row names the list. */
static uint8_t *list_at(struct ward *ward, size_t member)
{
	uint32_t first;

	memcpy(&first, first_row(ward, offsetof(struct stipple_header, protocols)) + member,
	       sizeof first);
	return first_row(ward, offsetof(struct stipple_header, lists)) + 2 * first;
}

static void test_damaged_cartridges(void **state)
{
	struct ward *ward = *state;
	uint8_t *device = first_row(ward, offsetof(struct stipple_header, devices));
	uint8_t *list = first_row(ward, offsetof(struct stipple_header, lists)); /* the first */

	ward_set_up_zone(ward);
	device[4] ^= 1;
	REFUSED(ward, CARTRIDGE, stipple_change_cartridge(AT(ward), STIPPLE_CARTRIDGE_NEW, 12));
	device[4] ^= 1;
	list[2] ^= 1;
	REFUSED(ward, CARTRIDGE, stipple_change_cartridge(AT(ward), STIPPLE_CARTRIDGE_NEW, 36));
	list[2] ^= 1;
	ALLOWED(stipple_change_cartridge(AT(ward), STIPPLE_CARTRIDGE_NEW, 36));
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
	uint8_t *screenings = list_at(ward, offsetof(struct stipple_protocol_row, screening_list));
	uint8_t *asked = list_at(ward, offsetof(struct stipple_protocol_row, asked_list));
	uint32_t question = bench_question(ward->bench, "anticoagulants");

	ward_answer_all(ward);
	ward_say(ward, "anticoagulants", STIPPLE_YES);
	asked[2] ^= 1;
	(void)stipple_finish_screening(AT(ward));
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_TABLE);
	asked[2] ^= 1;
	screenings[2] ^= 1;
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
	struct ward *ward = *state;
	uint8_t *const rules[] = { first_row(ward, offsetof(struct stipple_header, screenings)),
				   list_at(ward,
					   offsetof(struct stipple_protocol_row, screening_list)),
				   first_row(ward, offsetof(struct stipple_header, protocols)) };

	for (size_t r = 0; r < 3; r++)
		for (uint32_t bit = 0; bit < 8 * 18; bit++) {
			ward_answer_all(ward);
			rules[r][bit / 8] ^= (uint8_t)(1u << bit % 8);
			(void)stipple_finish_screening(AT(ward));
			ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_BAD_TABLE);
			rules[r][bit / 8] ^= (uint8_t)(1u << bit % 8);
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
	device[24] ^= 1; /* its tolerance */
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
		CASE(test_damaged_cartridges),
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
