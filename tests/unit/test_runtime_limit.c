/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The limit of one setting: the same as all of them together say, and nothing at all where a row
 * that it rests on is damaged or the zone is never treated.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "table_bench.h"

/* A client of whom everything is known, and nothing tightens. */
static void know_all(struct table_bench *bench)
{
	bench->client.session = 3;
	bench->client.age = 40;
	bench_tell(bench, "skin_type", 2);
	bench_tell(bench, "prior_reaction", 1);
	bench_answer(bench, "keloid_history", STIPPLE_QUESTION_SAFE);
}

static struct stipple_limit limit_of(struct table_bench *bench, const char *zone, uint32_t setting)
{
	struct stipple_limit limit;
	uint32_t verdict = stipple_limit(&bench->table, bench_slot(bench, zone), &bench->client,
					 setting, &limit);

	assert_int_equal(verdict, limit.verdict);
	return limit;
}

static void assert_one_by_one(struct table_bench *bench, const char *zone)
{
	struct stipple_limits all;

	(void)stipple_limits(&bench->table, bench_slot(bench, zone), &bench->client, &all);
	for (uint32_t setting = STIPPLE_DEPTH; setting <= STIPPLE_RATE; setting++) {
		const struct stipple_bounds *bounds = stipple_bounds_of(&all, setting);
		struct stipple_limit one = limit_of(bench, zone, setting);

		assert_int_equal(one.verdict, all.verdict);
		assert_int_equal(one.reason, all.reason);
		assert_int_equal(one.subject, all.subject);
		assert_memory_equal(&one.bounds, bounds, sizeof *bounds);
		assert_int_equal(one.members, 0);
	}
	assert_null(stipple_bounds_of(&all, STIPPLE_PATTERNS));
	assert_int_equal(limit_of(bench, zone, STIPPLE_PATTERNS).members, all.patterns);
	assert_int_equal(limit_of(bench, zone, STIPPLE_ENDPOINTS).members, all.endpoints);
}

static void test_one_by_one(void **state)
{
	struct table_bench *bench = *state;

	know_all(bench);
	for (uint8_t type = 0; type <= 6; type++) {
		bench_tell(bench, "skin_type", type);
		assert_one_by_one(bench, "cheeks");
		assert_one_by_one(bench, "forehead");
	}
}

static void assert_nothing(const struct stipple_limit *limit)
{
	assert_int_equal(limit->bounds.range_most, 0);
	assert_int_equal(limit->bounds.limit_most, 0);
	assert_int_equal(limit->members, 0);
}

static void test_no_bounds_of_a_set(void **state)
{
	struct table_bench *bench = *state;
	struct stipple_limit limit;

	know_all(bench);
	limit = limit_of(bench, "cheeks", STIPPLE_PATTERNS);
	assert_int_equal(limit.members, 7);
	assert_int_equal(limit.bounds.limit_most, 0);
	for (uint32_t setting = STIPPLE_ENDPOINTS + 1; setting < 9; setting++) {
		limit = limit_of(bench, "cheeks", setting);
		assert_nothing(&limit);
	}
	limit = limit_of(bench, "cheeks", 0);
	assert_nothing(&limit);
}

/* A movement that a row takes away: both judges say so. */
static void test_movement_taken_away(void **state)
{
	struct table_bench *bench = *state;
	uint32_t slot = bench_slot(bench, "cheeks");
	struct stipple_answer answer;

	know_all(bench);
	for (uint32_t i = 0; i < 3; i++)
		assert_int_equal(stipple_request(&bench->table, slot, &bench->client,
						 STIPPLE_PATTERNS, i, &answer),
				 STIPPLE_ALLOWED);
	bench_tell(bench, "skin_type", 5);
	assert_int_equal(limit_of(bench, "cheeks", STIPPLE_PATTERNS).members, 3);
	for (uint32_t i = 0; i < 3; i++)
		assert_int_equal(stipple_request(&bench->table, slot, &bench->client,
						 STIPPLE_PATTERNS, i, &answer),
				 i < 2 ? STIPPLE_ALLOWED : STIPPLE_REFUSED);
	assert_int_equal(answer.reason, STIPPLE_REASON_NOT_ALLOWED_PATTERN);
}

static void test_never(void **state)
{
	struct table_bench *bench = *state;
	struct stipple_limit limit;

	know_all(bench);
	limit = limit_of(bench, "eyelids", STIPPLE_DEPTH);
	assert_int_equal(limit.verdict, STIPPLE_REFUSED);
	assert_int_equal(limit.reason, STIPPLE_REASON_ZONE_NEVER);
	assert_nothing(&limit);
}

static void assert_all_is_damaged(struct table_bench *bench)
{
	struct stipple_limits all;

	assert_int_equal(
		stipple_limits(&bench->table, bench_slot(bench, "cheeks"), &bench->client, &all),
		STIPPLE_FAULT);
	assert_int_equal(all.verdict, STIPPLE_FAULT);
	assert_int_equal(all.reason, STIPPLE_REASON_BAD_TABLE);
	for (uint32_t setting = STIPPLE_DEPTH; setting <= STIPPLE_RATE; setting++) {
		assert_int_equal(stipple_bounds_of(&all, setting)->range_most, 0);
		assert_int_equal(stipple_bounds_of(&all, setting)->limit_most, 0);
	}
	assert_int_equal(all.patterns | all.endpoints, 0);
	assert_int_equal(all.tightened[0] | all.tightened[1], 0);
}

static uint8_t *first_row(struct table_bench *bench, size_t section)
{
	uint32_t offset;

	memcpy(&offset, bench->image + section, sizeof offset);
	return bench->image + offset;
}

/* Whatever was read before the damage was met is taken back, and all settings fail with one. */
static void test_nothing_is_known_of_damaged_rows(void **state)
{
	static const struct {
		size_t section;
		bool of_depth, of_others;
	} rows[] = { { offsetof(struct stipple_header, slots), true, true },
		     { offsetof(struct stipple_header, depths), true, false },
		     { offsetof(struct stipple_header, paces), false, true },
		     { offsetof(struct stipple_header, tightenings), true, true } };
	struct table_bench *bench = *state;

	know_all(bench);
	for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
		uint8_t *row = first_row(bench, rows[r].section);

		*row ^= 1;
		assert_all_is_damaged(bench);
		for (uint32_t setting = 0; setting < 9; setting++) {
			bool damaged =
				setting == STIPPLE_DEPTH ? rows[r].of_depth : rows[r].of_others;
			struct stipple_limit limit = limit_of(bench, "cheeks", setting);

			assert_int_equal(limit.verdict, damaged ? STIPPLE_FAULT : STIPPLE_ANSWERED);
			if (!damaged)
				continue;
			assert_int_equal(limit.reason, STIPPLE_REASON_BAD_TABLE);
			assert_nothing(&limit);
		}
		*row ^= 1;
	}
	assert_int_equal(limit_of(bench, "cheeks", STIPPLE_DEPTH).verdict, STIPPLE_ANSWERED);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, table_bench_setup, table_bench_teardown)

/*
 * Damage that came after opening is found at the row, without a CRC over all: in every row that a
 * setting rests on, and in no other.
 */
static void test_damaged_rows_are_found_at_use(void **state)
{
	static const struct {
		size_t section, bytes;
		bool for_depth, for_passes;
	} rows[] = {
		{ offsetof(struct stipple_header, slots), sizeof(struct stipple_slot_row), 1, 1 },
		{ offsetof(struct stipple_header, depths), sizeof(struct stipple_depth_row), 1, 0 },
		{ offsetof(struct stipple_header, paces), sizeof(struct stipple_pace_row), 0, 1 },
		{ offsetof(struct stipple_header, tightenings),
		  sizeof(struct stipple_tightening_row), 1, 1 }
	};
	struct table_bench *bench = *state;
	uint32_t slot = bench_slot(bench, "cheeks");
	struct stipple_answer answer;

	know_all(bench);
	for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
		uint32_t offset;

		memcpy(&offset, bench->image + rows[r].section, sizeof offset);
		for (size_t bit = 0; bit < 8 * rows[r].bytes; bit++) {
			bench->image[offset + bit / 8] ^= (uint8_t)(1u << bit % 8);
			assert_int_equal(stipple_request(&bench->table, slot, &bench->client,
							 STIPPLE_DEPTH, 500, &answer),
					 rows[r].for_depth ? STIPPLE_FAULT : STIPPLE_ALLOWED);
			assert_int_equal(stipple_request(&bench->table, slot, &bench->client,
							 STIPPLE_PASSES, 2, &answer),
					 rows[r].for_passes ? STIPPLE_FAULT : STIPPLE_ALLOWED);
			bench->image[offset + bit / 8] ^= (uint8_t)(1u << bit % 8);
		}
	}
	assert_int_equal(
		stipple_request(&bench->table, slot, &bench->client, STIPPLE_DEPTH, 500, &answer),
		STIPPLE_ALLOWED);
}

/* The second row of the first pair in the slot's list: it only adds conditions. */
static uint8_t *added_conditions(struct table_bench *bench)
{
	uint8_t *row = first_row(bench, offsetof(struct stipple_header, tightenings));

	for (;; row += sizeof(struct stipple_tightening_row)) {
		struct stipple_tightening_row read;

		memcpy(&read, row, sizeof read);
		assert_int_not_equal(read.chain, STIPPLE_LAST);
		if (read.chain == STIPPLE_AND_NEXT)
			return row + sizeof read;
	}
}

static void test_damaged_conditions_that_were_added(void **state)
{
	struct table_bench *bench = *state;
	uint32_t slot = bench_slot(bench, "cheeks");
	struct stipple_answer answer;
	uint8_t *row = added_conditions(bench);

	know_all(bench);
	for (size_t bit = 0; bit < 8 * sizeof(struct stipple_tightening_row); bit++) {
		row[bit / 8] ^= (uint8_t)(1u << bit % 8);
		assert_int_equal(limit_of(bench, "cheeks", STIPPLE_DEPTH).verdict, STIPPLE_FAULT);
		assert_int_equal(stipple_request(&bench->table, slot, &bench->client, STIPPLE_DEPTH,
						 500, &answer),
				 STIPPLE_FAULT);
		row[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
	assert_int_equal(limit_of(bench, "cheeks", STIPPLE_DEPTH).verdict, STIPPLE_ANSWERED);
}

/* A step that holds for everybody, in a zone where nothing tightens. */
static void test_step_for_everybody(void **state)
{
	struct table_bench *bench = *state;
	struct stp_zone_plan *plan =
		(struct stp_zone_plan *)(uintptr_t)fixture_protocol(bench->model)->zones;
	struct stipple_limit limit;

	plan->settings[STP_DEPTH].step.value = 250;
	plan->settings[STP_DEPTH].step.by = plan->contributions;
	plan->contribution_count = plan->set_count = plan->never_when_count = 0;
	table_bench_rebuild(bench);
	know_all(bench);
	bench->client.last_depth = 750;
	limit = limit_of(bench, "cheeks", STIPPLE_DEPTH);
	assert_int_equal(limit.bounds.limit_most, 1000);
	assert_int_equal(limit.bounds.range_most, 1000);
	assert_int_equal(limit.reason, STIPPLE_REASON_ABOVE_STEP);
	bench->client.last_depth = 0;
	limit = limit_of(bench, "cheeks", STIPPLE_DEPTH);
	assert_int_equal(limit.bounds.limit_most, 500);
	assert_int_equal(limit.bounds.start, 500);
	assert_int_equal(limit_of(bench, "cheeks", STIPPLE_RATE).bounds.limit_most, 7000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_one_by_one),
		CASE(test_no_bounds_of_a_set),
		CASE(test_movement_taken_away),
		CASE(test_never),
		CASE(test_nothing_is_known_of_damaged_rows),
		CASE(test_damaged_rows_are_found_at_use),
		CASE(test_damaged_conditions_that_were_added),
		CASE(test_step_for_everybody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
