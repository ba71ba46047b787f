/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The verdict of two judges that do not agree, or of which one was never called: with judges of its
 * own in place of the runtime's, each saying any of its words or any wrong one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../runtime/src/read.h"

static uint32_t one_says;
static uint32_t two_says;

uint32_t stipple_judge_one(const struct stipple_table *table, uint32_t slot,
			   const struct stipple_client *client, uint32_t setting, uint32_t value,
			   struct stipple_answer *answer)
{
	(void)table;
	(void)slot;
	(void)client;
	(void)setting;
	(void)value;
	answer->reason = STIPPLE_REASON_NONE;
	return one_says;
}

uint32_t stipple_judge_two(const struct stipple_table *table, uint32_t slot,
			   const struct stipple_client *client, uint32_t setting, uint32_t value)
{
	(void)table;
	(void)slot;
	(void)client;
	(void)setting;
	(void)value;
	return two_says;
}

static const uint32_t words[][3] = {
	{ STIPPLE_ONE_ALLOWED, STIPPLE_TWO_ALLOWED, STIPPLE_ALLOWED },
	{ STIPPLE_ONE_NEEDS_REASON, STIPPLE_TWO_NEEDS_REASON, STIPPLE_NEEDS_REASON },
	{ STIPPLE_ONE_NEEDS_ANSWER, STIPPLE_TWO_NEEDS_ANSWER, STIPPLE_NEEDS_ANSWER },
	{ STIPPLE_ONE_REFUSED, STIPPLE_TWO_REFUSED, STIPPLE_REFUSED },
	{ STIPPLE_ONE_FAULT, STIPPLE_TWO_FAULT, STIPPLE_FAULT },
	{ 0, 0, 0 },
	{ 0xFFFFFFFFu, 0xFFFFFFFFu, 0 },
};
#define COUNT (sizeof words / sizeof words[0])

static uint32_t verdict_of(uint32_t one, uint32_t two)
{
	static const struct stipple_table table;
	static const struct stipple_client client;
	struct stipple_answer answer;
	uint32_t verdict;

	one_says = one;
	two_says = two;
	verdict = stipple_request(&table, 0, &client, STIPPLE_DEPTH, 500, &answer);
	assert_int_equal(verdict, answer.verdict);
	if (verdict == STIPPLE_FAULT && (one ^ two) != STIPPLE_FAULT)
		assert_int_equal(answer.reason, STIPPLE_REASON_JUDGES_DIFFER);
	return verdict;
}

static void test_agreeing_judges(void **state)
{
	(void)state;
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(verdict_of(words[i][0], words[i][1]), words[i][2]);
}

static void test_judges_that_differ(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT; i++)
		for (size_t j = 0; j < COUNT; j++)
			if (i != j || i >= 5)
				assert_int_equal(verdict_of(words[i][0], words[j][1]),
						 STIPPLE_FAULT);
}

/* One flipped bit in either word is no verdict; two never make another one. */
static void test_flipped_bits_are_no_verdict(void **state)
{
	(void)state;
	for (size_t i = 0; i < 5; i++)
		for (uint32_t a = 0; a < 32; a++)
			for (uint32_t b = 0; b < 32; b++) {
				uint32_t flips = 1u << a ^ (a == b ? 0 : 1u << b);

				assert_int_equal(verdict_of(words[i][0] ^ flips, words[i][1]),
						 STIPPLE_FAULT);
			}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_agreeing_judges),
		cmocka_unit_test(test_judges_that_differ),
		cmocka_unit_test(test_flipped_bits_are_no_verdict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
