/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The limit of one setting: the same as all of them together say, and nothing at all where a row
 * is damaged or the zone is never treated.
 */
#include <setjmp.h>
#include <stdarg.h>
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

/* Whatever was read before the damage was met is taken back. */
static void test_nothing_is_known_of_damaged_rows(void **state)
{
	static const size_t sections[] = { offsetof(struct stipple_header, slots),
					   offsetof(struct stipple_header, depths),
					   offsetof(struct stipple_header, paces),
					   offsetof(struct stipple_header, tightenings) };
	struct table_bench *bench = *state;

	know_all(bench);
	for (size_t s = 0; s < sizeof sections / sizeof sections[0]; s++) {
		uint32_t offset;

		memcpy(&offset, bench->image + sections[s], sizeof offset);
		bench->image[offset] ^= 1;
		for (uint32_t setting = 0; setting < 9; setting++) {
			struct stipple_limit limit = limit_of(bench, "cheeks", setting);

			assert_int_equal(limit.verdict, STIPPLE_FAULT);
			assert_int_equal(limit.reason, STIPPLE_REASON_BAD_TABLE);
			assert_nothing(&limit);
		}
		bench->image[offset] ^= 1;
	}
	assert_int_equal(limit_of(bench, "cheeks", STIPPLE_DEPTH).verdict, STIPPLE_ANSWERED);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, table_bench_setup, table_bench_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_one_by_one),
		CASE(test_no_bounds_of_a_set),
		CASE(test_movement_taken_away),
		CASE(test_never),
		CASE(test_nothing_is_known_of_damaged_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
