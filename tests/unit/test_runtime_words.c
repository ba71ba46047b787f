/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a firmware finds by key and shows: values, roles and patterns, the reason that a protocol
 * gives for a refusal, and the step as a reason of its own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "session_ward.h"

/* ---- by key ---- */

static uint32_t key_at(const struct table_bench *bench, size_t section, uint32_t row)
{
	uint32_t offset, key;

	memcpy(&offset, bench->image + section, sizeof offset);
	memcpy(&key, bench->image + offset + row * sizeof(struct stipple_term_row), sizeof key);
	return key;
}

static void test_finds_values_by_key(void **state)
{
	struct table_bench *bench = *state;
	size_t values = offsetof(struct stipple_header, values);
	uint32_t count = stipple_count(&bench->table, STIPPLE_NAMED_VALUE);
	uint32_t at = 0;

	for (uint32_t f = 0; f < stipple_count(&bench->table, STIPPLE_NAMED_FACTOR); f++)
		for (uint32_t v = 0; stipple_value_name(&bench->table, f, v)[0] != '\0'; v++, at++)
			assert_int_equal(
				stipple_find_value(&bench->table, key_at(bench, values, at)),
				v + 1);
	assert_int_equal(at, count);
	assert_int_not_equal(at, 0);
	assert_int_equal(stipple_find_value(&bench->table, 1), STIPPLE_NOT_FOUND);
}

static void test_finds_roles_and_patterns_by_key(void **state)
{
	struct table_bench *bench = *state;
	size_t roles = offsetof(struct stipple_header, roles);
	size_t patterns = offsetof(struct stipple_header, patterns);

	for (uint32_t i = 0; i < stipple_count(&bench->table, STIPPLE_NAMED_ROLE); i++)
		assert_int_equal(stipple_find_role(&bench->table, key_at(bench, roles, i)), i);
	for (uint32_t i = 0; i < stipple_count(&bench->table, STIPPLE_NAMED_PATTERN); i++)
		assert_int_equal(stipple_find_pattern(&bench->table, key_at(bench, patterns, i)),
				 i);
	assert_int_equal(stipple_find_role(&bench->table, key_at(bench, patterns, 0)),
			 STIPPLE_NOT_FOUND);
	assert_int_equal(stipple_find_pattern(&bench->table, key_at(bench, roles, 0)),
			 STIPPLE_NOT_FOUND);
}

static void test_protocol_without_zones(void **state)
{
	struct table_bench *bench = *state;

	fixture_protocol(bench->model)->zone_count = 0;
	table_bench_rebuild(bench);
	assert_int_equal(stipple_find_slot(&bench->table, 0, 0), STIPPLE_NOT_FOUND);
}

/* ---- the step ---- */

static uint32_t reason_for(struct table_bench *bench, uint32_t setting, uint32_t value)
{
	struct stipple_answer answer;

	assert_int_equal(stipple_request(&bench->table, bench_slot(bench, "cheeks"), &bench->client,
					 setting, value, &answer),
			 STIPPLE_REFUSED);
	return answer.reason;
}

/* After a reaction no deeper than last time. */
static void test_step_is_named_as_the_reason(void **state)
{
	struct table_bench *bench = *state;

	bench_tell(bench, "skin_type", 2);
	bench_tell(bench, "prior_reaction", 2);
	bench_answer(bench, "keloid_history", STIPPLE_QUESTION_SAFE);
	bench->client.session = 3;
	bench->client.age = 40;
	bench->client.last_depth = 1000;
	assert_int_equal(reason_for(bench, STIPPLE_DEPTH, 1001), STIPPLE_REASON_ABOVE_STEP);
	assert_int_equal(reason_for(bench, STIPPLE_DEPTH, 249), STIPPLE_REASON_BELOW_LIMIT);
	assert_int_equal(reason_for(bench, STIPPLE_PASSES, 5), STIPPLE_REASON_ABOVE_LIMIT);
	bench->client.last_depth = 1500; /* where the limit is no step comes before it */
	assert_int_equal(reason_for(bench, STIPPLE_DEPTH, 1501), STIPPLE_REASON_ABOVE_LIMIT);
	bench->client.last_depth = 1000;
	bench_answer(bench, "keloid_history", STIPPLE_QUESTION_UNSAFE);
	bench->client.age = 30; /* never for these, whatever the step */
	assert_int_equal(reason_for(bench, STIPPLE_DEPTH, 1001), STIPPLE_REASON_ZONE_NEVER);
}

/* ---- because ---- */

static const char *const languages[] = { "en" };
static const struct stp_tables_options with_words = { "acne", "acne.h", languages, 1, false, NULL };

/* The table anew with words, and a reason for the first rule. */
static void give_reason(struct ward *ward)
{
	struct table_bench *bench = ward->bench;
	struct stp_protocol *protocol = fixture_protocol(bench->model);

	((struct stp_screen_rule *)(uintptr_t)protocol->screens)[0].origin.because =
		bench->model->terms[0]->label;
	table_bench_rebuild_with(bench, &with_words);
	ward_verify(ward);
}

static void test_because_of_a_screening_rule(void **state)
{
	struct ward *ward = *state;
	const struct stipple_table *table = &ward->bench->table;
	struct stipple_answer *answer = &ward->treatment.answer;

	give_reason(ward);
	ward_begin(ward);
	REFUSED(ward, EXCLUDED,
		stipple_answer_question(AT(ward), bench_question(ward->bench, "pregnancy"),
					STIPPLE_YES));
	assert_string_equal(stipple_because(table, answer, 0), "pregnancy");
	assert_string_equal(stipple_because(table, answer, 1), ""); /* no such language */
	answer->reason = STIPPLE_REASON_ABOVE_LIMIT; /* then the row is another section's */
	assert_string_equal(stipple_because(table, answer, 0), "");
	answer->reason = STIPPLE_REASON_EXCLUDED;
	answer->row = STIPPLE_NONE;
	assert_string_equal(stipple_because(table, answer, 0), "");
}

static void test_because_of_each_reason(void **state)
{
	static const enum stipple_reason reasons[] = {
		STIPPLE_REASON_EXCLUDED,     STIPPLE_REASON_WAIT,     STIPPLE_REASON_NOT_CLEARED,
		STIPPLE_REASON_NOT_PREPARED, STIPPLE_REASON_OPERATOR, STIPPLE_REASON_CAUTION
	};
	struct ward *ward = *state;
	const struct stipple_table none = { NULL, 0, 0, 0 };
	struct stipple_answer *answer = &ward->treatment.answer;

	give_reason(ward);
	ward_begin(ward);
	(void)stipple_answer_question(AT(ward), bench_question(ward->bench, "pregnancy"),
				      STIPPLE_YES);
	for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
		answer->reason = (uint16_t)reasons[i];
		assert_string_equal(stipple_because(&ward->bench->table, answer, 0), "pregnancy");
	}
	assert_string_equal(stipple_because(&none, answer, 0), "");
	table_bench_rebuild(ward->bench); /* made without words */
	assert_string_equal(stipple_because(&ward->bench->table, answer, 0), "");
}

#define BENCH(test) cmocka_unit_test_setup_teardown(test, table_bench_setup, table_bench_teardown)
#define WARD(test)  cmocka_unit_test_setup_teardown(test, ward_setup, ward_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		BENCH(test_finds_values_by_key),        BENCH(test_finds_roles_and_patterns_by_key),
		BENCH(test_protocol_without_zones),     BENCH(test_step_is_named_as_the_reason),
		WARD(test_because_of_a_screening_rule), WARD(test_because_of_each_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
