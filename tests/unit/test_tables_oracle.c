/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Translation check: for random rules and random clients, what the runtime answers from the table
 * equals what a deliberately naive evaluator works out from the model's statements.
 *
 * The evaluator shares no code with the table writer or the runtime. It goes through the
 * statements one by one, as a reader of the protocol would. STP_ORACLE_MODELS says how many rule
 * sets are drawn (3000 unless said).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "table_bench.h"

#define MODELS     "3000"
#define CLIENTS    25
#define STATEMENTS 6
#define LABELS     3

static uint32_t random_state = 20261121;

static uint32_t random_below(uint32_t bound)
{
	random_state = random_state * 1664525u + 1013904223u;
	return (random_state >> 8) % bound;
}

/* ---- a random zone plan ---- */

struct draft {
	struct stp_condition conditions[STATEMENTS];
	struct stp_condition_term terms[STATEMENTS][2];
	struct stp_contribution said[STATEMENTS + 2];
	struct stp_set_contribution sets[2];
	struct stp_never never_when[1];
	struct stp_condition covered[LABELS];
	struct stp_condition_term covered_terms[LABELS][2];
	struct stp_device_label labels[LABELS];
};

static const struct stp_factor *some_factor(const struct stp_model *model)
{
	return model->factors[random_below((uint32_t)model->factor_count)];
}

/* As a model has them: by rising factor, each factor once. */
static void sort_terms(struct stp_condition *when, struct stp_condition_term terms[2])
{
	struct stp_condition_term first = terms[0];

	if (when->term_count < 2)
		return;
	if (first.factor == terms[1].factor)
		when->term_count = 1;
	if (first.factor->index > terms[1].factor->index) {
		terms[0] = terms[1];
		terms[1] = first;
	}
}

static void draw_condition(const struct stp_model *model, struct stp_condition *when,
			   struct stp_condition_term terms[2])
{
	const struct stp_condition any = { .session_low = 1,
					   .session_high = STP_ANY_HIGH,
					   .age_high = STP_ANY_HIGH,
					   .depth_high_um = STP_ANY_DEPTH };

	*when = any;
	when->terms = terms;
	when->term_count = random_below(3);
	for (size_t i = 0; i < when->term_count; i++) {
		terms[i].factor = some_factor(model);
		terms[i].values =
			(uint16_t)(1 + random_below((1u << terms[i].factor->value_count) - 1));
	}
	sort_terms(when, terms);
	if (random_below(3) == 0) {
		when->session_low = (uint16_t)(1 + random_below(3));
		when->session_high = (uint16_t)(when->session_low + random_below(2));
	}
	if (random_below(4) == 0) {
		when->age_low = (uint16_t)random_below(40);
		when->age_high = (uint16_t)(when->age_low + random_below(30));
	}
}

static void draw_setting(struct stp_setting *setting, uint32_t unit)
{
	uint32_t low = 1 + random_below(4);
	uint32_t range_low = low + random_below(3);
	uint32_t range_high = range_low + random_below(5);

	setting->said = true;
	setting->limit_low.value = low * unit;
	setting->range_low.value = range_low * unit;
	setting->range_high.value = range_high * unit;
	setting->limit_high.value = (range_high + random_below(3)) * unit;
	setting->start.value = (range_low + random_below(range_high - range_low + 1)) * unit;
	setting->step.by = NULL;
}

static const uint32_t units[STP_SETTINGS] = { 250, 1, 1000 };

static void draw_plan(const struct stp_model *model, struct stp_zone_plan *plan,
		      struct draft *draft)
{
	for (int s = 0; s < STP_SETTINGS; s++)
		draw_setting(&plan->settings[s], units[s]);
	plan->contributions = draft->said;
	plan->contribution_count = random_below(STATEMENTS + 1);
	for (size_t i = 0; i < plan->contribution_count; i++) {
		struct stp_contribution *by = &draft->said[i];

		draw_condition(model, &draft->conditions[i], draft->terms[i]);
		memset(by, 0, sizeof *by);
		by->setting = (enum stp_setting_id)random_below(STP_SETTINGS);
		by->side = (enum stp_bound_side)random_below(by->setting == STP_DEPTH ? 6 : 5);
		by->value = random_below(9) * units[by->setting];
		by->when = &draft->conditions[i > 0 && random_below(3) == 0 ? i - 1 : i];
	}
	plan->never_when = draft->never_when;
	plan->never_when_count = plan->contribution_count > 0 && random_below(6) == 0;
	draft->never_when[0].when = &draft->conditions[0];
	plan->sets = draft->sets;
	plan->set_count = plan->contribution_count > 0 && random_below(4) == 0;
	plan->set_count *= 1 + random_below(2);
	for (size_t i = 0; i < plan->set_count; i++) {
		struct stp_set_contribution *set = &draft->sets[i];

		memset(set, 0, sizeof *set);
		set->set = (enum stp_set_id)random_below(2);
		set->members = (uint16_t)random_below(4);
		set->when = &draft->conditions[i % plan->contribution_count];
		for (size_t p = 0; set->set == STP_PATTERN_SET && p < 2; p++)
			if ((set->members >> p & 1) != 0)
				set->counts[p] = (uint8_t)random_below(3);
	}
	for (size_t p = 0; p < STP_PATTERNS; p++)
		plan->pattern_counts[p] =
			(uint8_t)((plan->patterns >> p & 1) != 0 ? random_below(4) : 0);
}

/* Rows of the device's label: about the zone, around it, or about something else. */
static void draw_labels(struct stp_model *model, struct draft *draft)
{
	static const struct stp_term scars, lines;
	struct stp_protocol *protocol = fixture_protocol(model);
	struct stp_device *device = (struct stp_device *)(uintptr_t)protocol->device;

	protocol->treats = &scars;
	device->labels = draft->labels;
	device->label_count = random_below(LABELS + 1);
	for (size_t i = 0; i < device->label_count; i++) {
		struct stp_device_label *label = &draft->labels[i];

		memset(label, 0, sizeof *label);
		label->treats = random_below(5) > 0 ? &scars : &lines;
		label->zone = model->zones[random_below(2)];
		label->depth_to_um = random_below(9) * units[STP_DEPTH];
		draw_condition(model, &draft->covered[i], draft->covered_terms[i]);
		label->when = random_below(6) > 0 ? &draft->covered[i] : NULL;
	}
}

/* ---- a client, part of which may be unknown ---- */

static void draw_client(struct table_bench *bench)
{
	uint32_t ignorance = random_below(3) == 0 ? 4 : 1000; /* most know everything */

	for (size_t i = 0; i < bench->model->factor_count; i++) {
		const struct stp_factor *factor = bench->model->factors[i];
		uint32_t value = 1 + random_below(factor->value_count);

		if (random_below(ignorance) == 0)
			value = 0;
		if (factor->yes_no)
			bench_answer(bench, factor->name, value == 2 ? 2 + random_below(2) : value);
		else
			bench_tell(bench, factor->name, value);
	}
	bench->client.session = (uint16_t)(random_below(ignorance) == 0 ? 0 : 1 + random_below(4));
	bench->client.age = (uint16_t)(random_below(ignorance) == 0 ? 0 : 1 + random_below(60));
	bench->client.last_depth = (uint16_t)(random_below(3) == 0 ? 0 : random_below(2500));
}

/* ---- the naive evaluator ---- */

enum truth { NO, YES, UNKNOWN };

static enum truth both(enum truth a, enum truth b)
{
	if (a == NO || b == NO)
		return NO;
	return a == UNKNOWN || b == UNKNOWN ? UNKNOWN : YES;
}

static enum truth between(uint32_t value, uint32_t low, uint32_t high, bool any)
{
	if (any)
		return YES;
	if (value == 0)
		return UNKNOWN;
	return value >= low && value <= high ? YES : NO;
}

static enum truth has_value(struct table_bench *bench, const struct stp_condition_term *term)
{
	const struct stp_factor *factor = term->factor;
	uint32_t value;

	if (factor->yes_no) {
		uint32_t number = bench_question(bench, factor->name);

		value = (uint32_t)bench->questions[number / 4] >> (number % 4 * 2) & 3u;
		if (value == 3)
			value = 2;
	} else {
		value = bench->factors[bench_factor(bench, factor->name)];
	}
	if (value == 0)
		return UNKNOWN;
	return (term->values >> (value - 1) & 1) != 0 ? YES : NO;
}

static enum truth holds(struct table_bench *bench, const struct stp_condition *when)
{
	const struct stipple_client *client = &bench->client;
	enum truth truth = between(client->session, when->session_low, when->session_high,
				   when->session_low == 1 && when->session_high == STP_ANY_HIGH);

	truth = both(truth, between(client->age, when->age_low, when->age_high,
				    when->age_low == 0 && when->age_high == STP_ANY_HIGH));
	for (size_t i = 0; i < when->term_count; i++) {
		const struct stp_factor *factor = when->terms[i].factor;

		truth = both(truth, has_value(bench, &when->terms[i]));
		if (factor->from_session > 1)
			truth = both(truth, between(client->session, factor->from_session,
						    STP_ANY_HIGH, false));
	}
	return truth;
}

struct expected {
	uint32_t verdict; /* ANSWERED, NEEDS_ANSWER or REFUSED */
	uint32_t bound[STP_SETTINGS][STP_BOUND_SIDES];
	uint16_t patterns, endpoints;
};

static bool is_low(enum stp_bound_side side)
{
	return side == STP_RANGE_LOW || side == STP_LIMIT_LOW;
}

static uint32_t said_for_all(const struct stp_setting *setting, enum stp_bound_side side)
{
	const uint32_t values[STP_BOUND_SIDES] = {
		setting->range_low.value,  setting->range_high.value, setting->limit_low.value,
		setting->limit_high.value, setting->start.value,      STIPPLE_NONE
	};

	return values[side];
}

static void hear(struct table_bench *bench, const struct stp_zone_plan *plan,
		 const struct stp_contribution *by, struct expected *expected)
{
	uint32_t all = said_for_all(&plan->settings[by->setting], by->side);
	uint32_t *bound = &expected->bound[by->setting][by->side];
	enum truth truth = holds(bench, by->when);

	if (is_low(by->side) ? by->value <= all : by->value >= all)
		return; /* tightens for nobody */
	if (truth == UNKNOWN && expected->verdict == STIPPLE_ANSWERED)
		expected->verdict = STIPPLE_NEEDS_ANSWER;
	if (truth == YES && (is_low(by->side) ? by->value > *bound : by->value < *bound))
		*bound = by->value;
}

static void hear_all(struct table_bench *bench, const struct stp_zone_plan *plan,
		     struct expected *expected)
{
	expected->verdict = STIPPLE_ANSWERED;
	for (int s = 0; s < STP_SETTINGS; s++)
		for (int side = 0; side < STP_BOUND_SIDES; side++)
			expected->bound[s][side] =
				said_for_all(&plan->settings[s], (enum stp_bound_side)side);
	expected->patterns = plan->patterns;
	expected->endpoints = plan->endpoints;
	for (size_t i = 0; i < plan->contribution_count; i++)
		hear(bench, plan, &plan->contributions[i], expected);
	for (size_t i = 0; i < plan->set_count; i++) {
		enum truth truth = holds(bench, plan->sets[i].when);

		if (truth == UNKNOWN)
			expected->verdict = STIPPLE_NEEDS_ANSWER;
		else if (truth == YES && plan->sets[i].set == STP_PATTERN_SET)
			expected->patterns &= plan->sets[i].members;
		else if (truth == YES)
			expected->endpoints |= plan->sets[i].members;
	}
	for (size_t i = 0; i < plan->never_when_count; i++) {
		enum truth truth = holds(bench, plan->never_when[i].when);

		if (truth == YES)
			expected->verdict = STIPPLE_REFUSED;
		else if (truth == UNKNOWN && expected->verdict == STIPPLE_ANSWERED)
			expected->verdict = STIPPLE_NEEDS_ANSWER;
	}
}

/* What is shown and not enforced. */
struct expected_advice {
	enum truth open_recipe; /* UNKNOWN: it hangs on an open answer */
	uint16_t movements[STP_PATTERNS];
	enum truth on_label;
};

static enum truth either(enum truth a, enum truth b)
{
	if (a == YES || b == YES)
		return YES;
	return a == UNKNOWN || b == UNKNOWN ? UNKNOWN : NO;
}

/* Some limit within the depth that the label covers, of those that are set for this client. */
static enum truth keeps_within(struct table_bench *bench, const struct stp_zone_plan *plan,
			       uint32_t depth)
{
	enum truth truth = depth == 0 ? YES : NO;

	for (size_t i = 0; i < plan->contribution_count; i++) {
		const struct stp_contribution *by = &plan->contributions[i];

		if (by->setting == STP_DEPTH && by->side == STP_LIMIT_HIGH && by->value <= depth)
			truth = either(truth, holds(bench, by->when));
	}
	return truth;
}

static enum truth on_label(struct table_bench *bench, const struct stp_protocol *protocol,
			   const struct stp_zone_plan *plan)
{
	enum truth truth = NO;

	for (size_t i = 0; i < protocol->device->label_count; i++) {
		const struct stp_device_label *label = &protocol->device->labels[i];

		if (label->treats != protocol->treats ||
		    (label->zone != plan->zone && label->zone != plan->zone->parent))
			continue;
		truth = either(truth, both(label->when == NULL ? YES : holds(bench, label->when),
					   keeps_within(bench, plan, label->depth_to_um)));
	}
	return truth;
}

static void hear_advice(struct table_bench *bench, const struct stp_zone_plan *plan,
			struct expected_advice *expected)
{
	const uint8_t *counts = plan->pattern_counts;
	unsigned patterns = plan->patterns;

	expected->open_recipe = NO;
	for (size_t i = 0; i < plan->set_count; i++) {
		const struct stp_set_contribution *set = &plan->sets[i];
		enum truth truth = holds(bench, set->when);

		if (set->set != STP_PATTERN_SET || truth == NO)
			continue;
		expected->open_recipe = either(expected->open_recipe, truth == YES ? NO : UNKNOWN);
		if (truth == UNKNOWN)
			continue;
		patterns &= set->members;
		if (set->counts[0] != 0 || set->counts[1] != 0)
			counts = set->counts;
	}
	for (size_t p = 0; p < STP_PATTERNS; p++)
		expected->movements[p] = (patterns >> p & 1) != 0 ? counts[p] : 0;
	expected->on_label = on_label(bench, fixture_protocol(bench->model), plan);
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* Lets the step, the limit and the range meet, as the language says. */
static void conclude(const struct table_bench *bench, struct expected *expected)
{
	for (int s = 0; s < STP_SETTINGS; s++) {
		uint32_t *bound = expected->bound[s];

		if (s == STP_DEPTH && bound[STP_STEP] != STIPPLE_NONE) {
			uint32_t last = bench->client.last_depth;

			bound[STP_LIMIT_HIGH] =
				smaller(bound[STP_LIMIT_HIGH],
					last == 0 ? bound[STP_START] : last + bound[STP_STEP]);
		}
		bound[STP_RANGE_HIGH] = smaller(bound[STP_RANGE_HIGH], bound[STP_LIMIT_HIGH]);
		if (bound[STP_RANGE_LOW] < bound[STP_LIMIT_LOW])
			bound[STP_RANGE_LOW] = bound[STP_LIMIT_LOW];
		bound[STP_RANGE_LOW] = smaller(bound[STP_RANGE_LOW], bound[STP_RANGE_HIGH]);
		if (bound[STP_START] < bound[STP_RANGE_LOW])
			bound[STP_START] = bound[STP_RANGE_LOW];
		bound[STP_START] = smaller(bound[STP_START], bound[STP_RANGE_HIGH]);
	}
}

static uint32_t expected_request(const struct expected *expected, int s, uint32_t value)
{
	const uint32_t *bound = expected->bound[s];

	if (expected->verdict != STIPPLE_ANSWERED)
		return expected->verdict;
	if (value < bound[STP_LIMIT_LOW] || value > bound[STP_LIMIT_HIGH])
		return STIPPLE_REFUSED;
	if (value < bound[STP_RANGE_LOW] || value > bound[STP_RANGE_HIGH])
		return STIPPLE_NEEDS_REASON;
	return STIPPLE_ALLOWED;
}

/* ---- comparing ---- */

static void compare_bounds(const struct stipple_bounds *got, const uint32_t *want)
{
	assert_int_equal(got->range_least, want[STP_RANGE_LOW]);
	assert_int_equal(got->range_most, want[STP_RANGE_HIGH]);
	assert_int_equal(got->limit_least, want[STP_LIMIT_LOW]);
	assert_int_equal(got->limit_most, want[STP_LIMIT_HIGH]);
	assert_int_equal(got->start, want[STP_START]);
}

static void compare(struct table_bench *bench, const struct expected *expected, uint32_t slot)
{
	struct stipple_limits limits;
	struct stipple_answer answer;

	assert_int_equal(stipple_limits(&bench->table, slot, &bench->client, &limits),
			 expected->verdict);
	if (expected->verdict == STIPPLE_ANSWERED) {
		compare_bounds(&limits.depth, expected->bound[STP_DEPTH]);
		compare_bounds(&limits.passes, expected->bound[STP_PASSES]);
		compare_bounds(&limits.rate, expected->bound[STP_RATE]);
		assert_int_equal(limits.patterns, expected->patterns);
		assert_int_equal(limits.endpoints, expected->endpoints);
	}
	for (uint32_t pattern = 0; pattern < STP_PATTERNS; pattern++)
		assert_int_equal(stipple_request(&bench->table, slot, &bench->client,
						 STIPPLE_PATTERNS, pattern, &answer),
				 expected->verdict != STIPPLE_ANSWERED      ? expected->verdict
				 : (expected->patterns >> pattern & 1) != 0 ? STIPPLE_ALLOWED
									    : STIPPLE_REFUSED);
	for (int s = 0; s < STP_SETTINGS; s++)
		for (int side = 0; side < STP_START; side++)
			for (uint32_t off = 0; off < 3; off++) {
				uint32_t value = expected->bound[s][side] + off - 1;

				if (value > 0xFFFFu)
					continue;
				assert_int_equal(stipple_request(&bench->table, slot,
								 &bench->client, (uint32_t)s + 1,
								 value, &answer),
						 expected_request(expected, s, value));
			}
}

/*
 * Conditions that exclude each other leave nothing open, which this evaluator does not see: then
 * the table may say "off" already.
 */
static void compare_advice(struct table_bench *bench, const struct expected_advice *expected,
			   uint32_t slot)
{
	static const uint16_t statuses[] = { [NO] = STIPPLE_LABEL_OFF, [YES] = STIPPLE_LABEL_ON };
	bool known = fixture_protocol(bench->model)->device->label_count > 0;
	struct stipple_advice advice;
	uint32_t verdict = stipple_advise(&bench->table, slot, &bench->client, &advice);

	for (size_t p = 0; p < STP_PATTERNS; p++)
		assert_int_equal(advice.movements[p], expected->movements[p]);
	if (!known || (expected->on_label == UNKNOWN && advice.label_status != STIPPLE_LABEL_OFF))
		assert_int_equal(advice.label_status, STIPPLE_LABEL_NOT_EVALUATED);
	else if (expected->on_label != UNKNOWN)
		assert_int_equal(advice.label_status, statuses[expected->on_label]);
	assert_int_equal(verdict, expected->open_recipe == UNKNOWN ||
						  (known && advice.label_status ==
								    STIPPLE_LABEL_NOT_EVALUATED)
					  ? STIPPLE_NEEDS_ANSWER
					  : STIPPLE_ANSWERED);
}

static void test_runtime_answers_as_the_model_says(void **state)
{
	struct table_bench *bench = *state;
	struct stp_zone_plan *plan =
		(struct stp_zone_plan *)(uintptr_t)fixture_protocol(bench->model)->zones;
	const char *wanted = getenv("STP_ORACLE_MODELS");
	uint32_t models = (uint32_t)strtoul(wanted != NULL ? wanted : MODELS, NULL, 10);
	uint32_t seen[3] = { 0, 0, 0 }, labels[3] = { 0, 0, 0 };

	for (uint32_t m = 0; m < models; m++) {
		struct draft draft;
		struct expected expected;
		struct expected_advice advice;

		draw_plan(bench->model, plan, &draft);
		draw_labels(bench->model, &draft);
		table_bench_rebuild(bench);
		for (int c = 0; c < CLIENTS; c++) {
			draw_client(bench);
			hear_all(bench, plan, &expected);
			conclude(bench, &expected);
			compare(bench, &expected, bench_slot(bench, "cheeks"));
			hear_advice(bench, plan, &advice);
			compare_advice(bench, &advice, bench_slot(bench, "cheeks"));
			labels[advice.on_label]++;
			seen[expected.verdict == STIPPLE_ANSWERED       ? 0
			     : expected.verdict == STIPPLE_NEEDS_ANSWER ? 1
									: 2]++;
		}
	}
	for (int i = 0; i < 3; i++) /* else the drawing is lopsided and the test proves little */
		assert_true(seen[i] > models * CLIENTS / 50 && labels[i] > models * CLIENTS / 200);
	print_message("%u rule sets, %u clients: %u with limits, %u asked more, %u refused\n",
		      models, seen[0] + seen[1] + seen[2], seen[0], seen[1], seen[2]);
	print_message("of these %u on the label, %u off it, %u not known\n", labels[YES],
		      labels[NO], labels[UNKNOWN]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_runtime_answers_as_the_model_says,
						table_bench_setup, table_bench_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
