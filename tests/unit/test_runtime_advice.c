/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is shown and not enforced: whether a use is on the device's label, and how often each
 * movement is to be made. test_tables_oracle.c compares both with the model on random rule sets.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "table_bench.h"

static struct stipple_advice advise(struct table_bench *bench, const char *zone)
{
	struct stipple_advice advice;
	uint32_t verdict =
		stipple_advise(&bench->table, bench_slot(bench, zone), &bench->client, &advice);

	assert_int_equal(verdict, advice.verdict);
	return advice;
}

static void assert_label(struct table_bench *bench, const char *zone, uint32_t status)
{
	struct stipple_advice advice = advise(bench, zone);

	assert_int_equal(advice.verdict, STIPPLE_ANSWERED);
	assert_int_equal(advice.reason, STIPPLE_REASON_NONE);
	assert_int_equal(advice.label_status, status);
}

static void assert_open(struct table_bench *bench, const char *zone, uint32_t subject)
{
	struct stipple_advice advice = advise(bench, zone);

	assert_int_equal(advice.verdict, STIPPLE_NEEDS_ANSWER);
	assert_int_equal(advice.reason, STIPPLE_REASON_UNANSWERED);
	assert_int_equal(advice.subject, subject);
	assert_int_equal(advice.label_status, STIPPLE_LABEL_NOT_EVALUATED);
}

/* Light skin, no keloids, second session, grown up. */
static void know_all(struct table_bench *bench)
{
	bench_tell(bench, "skin_type", 2);
	bench_answer(bench, "keloid_history", STIPPLE_QUESTION_SAFE);
	bench->client.session = 2;
	bench->client.age = 40;
}

static void test_label_of_this_client(void **state)
{
	struct table_bench *bench = *state;

	know_all(bench);
	assert_label(bench, "cheeks", STIPPLE_LABEL_ON);
	assert_label(bench, "forehead", STIPPLE_LABEL_OFF); /* its limit is not within 1 mm */
	bench->client.session = 1;
	assert_label(bench, "cheeks", STIPPLE_LABEL_OFF);
	bench_tell(bench, "skin_type", 5); /* for dark skin the limit of both is 1 mm */
	assert_label(bench, "cheeks", STIPPLE_LABEL_ON);
	assert_label(bench, "forehead", STIPPLE_LABEL_ON);
	bench->client.age = 21;
	assert_label(bench, "forehead", STIPPLE_LABEL_OFF);
}

static void test_label_never_guesses(void **state)
{
	struct table_bench *bench = *state;
	uint32_t skin = bench_factor(bench, "skin_type");

	know_all(bench);
	bench_tell(bench, "skin_type", 0);
	assert_open(bench, "cheeks", skin);
	assert_open(bench, "forehead", skin);
	bench->client.age = 21; /* settles the forehead, whatever the skin is */
	assert_label(bench, "forehead", STIPPLE_LABEL_OFF);
	bench_tell(bench, "skin_type", 2);
	bench->client.age = 0;
	assert_label(bench, "forehead", STIPPLE_LABEL_OFF); /* light skin is not within 1 mm */
	assert_open(bench, "cheeks", STIPPLE_SUBJECT_AGE);
}

/* A row that holds settles it, though one before it is open. */
static void test_label_that_an_open_answer_cannot_change(void **state)
{
	struct table_bench *bench = *state;
	struct stp_device *device =
		(struct stp_device *)(uintptr_t)fixture_protocol(bench->model)->device;
	struct stp_device_label *labels = (struct stp_device_label *)(uintptr_t)device->labels;

	labels[1].when = labels[0].when; /* the cheeks of every adult */
	table_bench_rebuild(bench);
	know_all(bench);
	bench_tell(bench, "skin_type", 0);
	bench_answer(bench, "keloid_history", STIPPLE_QUESTION_UNANSWERED);
	assert_int_equal(advise(bench, "cheeks").label_status, STIPPLE_LABEL_ON);
	labels[1].when = NULL; /* everybody's: no row says "off" any more */
	table_bench_rebuild(bench);
	bench->client.age = 0;
	assert_int_equal(advise(bench, "cheeks").label_status, STIPPLE_LABEL_ON);
}

static void test_label_that_is_not_known(void **state)
{
	struct table_bench *bench = *state;

	((struct stp_device *)(uintptr_t)fixture_protocol(bench->model)->device)->label_count = 0;
	table_bench_rebuild(bench);
	know_all(bench);
	assert_label(bench, "cheeks", STIPPLE_LABEL_NOT_EVALUATED);
}

static void assert_movements(struct table_bench *bench, uint32_t horizontal, uint32_t vertical,
			     uint32_t diagonal)
{
	struct stipple_advice advice = advise(bench, "cheeks");

	assert_int_equal(advice.movements[0], horizontal);
	assert_int_equal(advice.movements[1], vertical);
	assert_int_equal(advice.movements[2], diagonal);
	assert_int_equal(advice.movements[3], 0);
	assert_int_equal(advice.movements[4], 0);
}

static void test_recipe_of_this_client(void **state)
{
	struct table_bench *bench = *state;

	know_all(bench);
	assert_movements(bench, 2, 1, 1);
	bench_tell(bench, "skin_type", 5); /* dark skin has a recipe of its own */
	assert_movements(bench, 2, 2, 0);
	bench_tell(bench, "skin_type", 0);
	assert_int_equal(advise(bench, "cheeks").verdict, STIPPLE_NEEDS_ANSWER);
}

/* Movements that are taken away without a recipe leave the zone's, of what is left. */
static void test_recipe_of_what_is_left(void **state)
{
	struct table_bench *bench = *state;
	struct stp_zone_plan *plan =
		(struct stp_zone_plan *)(uintptr_t)fixture_protocol(bench->model)->zones;
	struct stp_set_contribution *set = (struct stp_set_contribution *)(uintptr_t)plan->sets;

	memset(set->counts, 0, sizeof set->counts);
	table_bench_rebuild(bench);
	know_all(bench);
	bench_tell(bench, "skin_type", 5);
	assert_movements(bench, 2, 1, 0);
	memset(plan->pattern_counts, 0, sizeof plan->pattern_counts);
	table_bench_rebuild(bench);
	assert_movements(bench, 0, 0, 0); /* no recipe at all */
}

/* Nothing depends on the client: there is no row to look at but the slot's own. */
static void test_recipe_for_everybody(void **state)
{
	struct table_bench *bench = *state;
	struct stp_zone_plan *plan =
		(struct stp_zone_plan *)(uintptr_t)fixture_protocol(bench->model)->zones;

	plan->contribution_count = plan->set_count = plan->never_when_count = 0;
	table_bench_rebuild(bench);
	know_all(bench);
	assert_movements(bench, 2, 1, 1);
}

static void test_advice_on_no_slot(void **state)
{
	struct table_bench *bench = *state;
	struct stipple_table made_up = { bench->image, 10, 0, 0 };
	struct stipple_advice advice;

	advice = advise(bench, "eyelids");
	assert_int_equal(advice.verdict, STIPPLE_REFUSED);
	assert_int_equal(advice.reason, STIPPLE_REASON_ZONE_NEVER);
	assert_int_equal(stipple_advise(&bench->table, STIPPLE_NOT_FOUND, &bench->client, &advice),
			 STIPPLE_FAULT);
	assert_int_equal(stipple_advise(&made_up, 0, &bench->client, &advice), STIPPLE_FAULT);
	assert_int_equal(advice.reason, STIPPLE_REASON_BAD_TABLE);
	made_up.image = NULL; /* what stipple_open leaves of one that it refuses */
	assert_int_equal(stipple_advise(&made_up, 0, &bench->client, &advice), STIPPLE_FAULT);
}

/* Every bit of the first row of each kind, when the table was opened before. */
static void test_damaged_advice_is_found_at_use(void **state)
{
	static const size_t sections[] = { offsetof(struct stipple_header, slots),
					   offsetof(struct stipple_header, paces),
					   offsetof(struct stipple_header, tightenings),
					   offsetof(struct stipple_header, recipes),
					   offsetof(struct stipple_header, uses) };
	static const size_t sizes[] = { sizeof(struct stipple_slot_row),
					sizeof(struct stipple_pace_row),
					sizeof(struct stipple_tightening_row),
					sizeof(struct stipple_recipe_row),
					sizeof(struct stipple_use_row) };
	struct table_bench *bench = *state;
	struct stipple_advice advice;

	know_all(bench);
	for (size_t s = 0; s < 5; s++) {
		uint32_t offset;

		memcpy(&offset, bench->image + sections[s], sizeof offset);
		for (size_t bit = 0; bit < 8 * sizes[s]; bit++) {
			bench->image[offset + bit / 8] ^= (uint8_t)(1u << bit % 8);
			(void)stipple_advise(&bench->table, 0, &bench->client, &advice);
			assert_int_equal(advice.verdict, STIPPLE_FAULT);
			assert_int_equal(advice.label_status, STIPPLE_LABEL_NOT_EVALUATED);
			assert_int_equal(advice.movements[0], 0);
			bench->image[offset + bit / 8] ^= (uint8_t)(1u << bit % 8);
		}
	}
	assert_int_equal(advise(bench, "cheeks").verdict, STIPPLE_ANSWERED);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, table_bench_setup, table_bench_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_label_of_this_client),
		CASE(test_label_never_guesses),
		CASE(test_label_that_an_open_answer_cannot_change),
		CASE(test_label_that_is_not_known),
		CASE(test_recipe_of_this_client),
		CASE(test_recipe_of_what_is_left),
		CASE(test_recipe_for_everybody),
		CASE(test_advice_on_no_slot),
		CASE(test_damaged_advice_is_found_at_use),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
