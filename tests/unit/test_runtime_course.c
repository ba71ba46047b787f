/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The interval where it depends on the depth used in the last session: known, not known, together
 * with answers that come later, and over a restart. Then random courses for random clients, against
 * an evaluator that goes through the model's rules one by one and shares no code with the runtime.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "session_ward.h"

#define RULES 4

/* What is put in place of the fixture's own; a rule's condition is the one with its number. */
struct course {
	struct stp_course_rule rules[RULES];
	struct stp_condition conditions[RULES];
	struct stp_condition_term terms[RULES][2];
};

static struct course course;

static const struct stp_factor *factor_named(const struct ward *ward, const char *name)
{
	const struct stp_model *model = ward->bench->model;
	size_t i = 0;

	while (strcmp(model->factors[i]->name, name) != 0)
		i++;
	return model->factors[i];
}

static struct stp_condition *begin_rule(size_t at, uint32_t days)
{
	course.conditions[at] = (struct stp_condition){ .terms = course.terms[at],
							.session_low = 1,
							.session_high = STP_ANY_HIGH,
							.age_high = STP_ANY_HIGH,
							.depth_high_um = STP_ANY_DEPTH };
	course.rules[at] = (struct stp_course_rule){ .when = &course.conditions[at],
						     .apart_low = { days, STP_DAY },
						     .apart_high = { days + 7, STP_DAY } };
	return &course.conditions[at];
}

static void add_term(const struct ward *ward, struct stp_condition *when, const char *factor,
		     uint16_t values)
{
	struct stp_condition_term *terms = course.terms[when - course.conditions];

	terms[when->term_count++] =
		(struct stp_condition_term){ factor_named(ward, factor), values };
}

static void use_rules(struct ward *ward, size_t count)
{
	struct stp_protocol *protocol = fixture_protocol(ward->bench->model);

	protocol->course_rules = course.rules;
	protocol->course_rule_count = count;
	table_bench_rebuild(ward->bench);
	ward_verify(ward);
	ward->visit.number = 2;
}

/* Four weeks for everybody, 42 days for whom more than 1 mm was used, if `dark` of dark skin. */
static void use_depth_rule(struct ward *ward, int dark)
{
	struct stp_condition *when = begin_rule(0, 42);

	when->depth_low_um = 1001;
	if (dark)
		add_term(ward, when, "skin_type", 0x30);
	use_rules(ward, 1);
}

static void test_interval_of_the_depth_used(void **state)
{
	static const struct {
		uint16_t deepest;
		uint32_t days;
		uint32_t reason;
	} cases[] = {
		{ 250, 28, STIPPLE_REASON_NONE },       { 1000, 41, STIPPLE_REASON_NONE },
		{ 1001, 41, STIPPLE_REASON_TOO_SOON },  { 1001, 42, STIPPLE_REASON_NONE },
		{ 65534, 41, STIPPLE_REASON_TOO_SOON }, { 250, 27, STIPPLE_REASON_TOO_SOON },
	};
	struct ward *ward = *state;

	use_depth_rule(ward, 0);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		ward->visit.last_session = NOW - cases[i].days * DAY;
		ward->visit.last_deepest = cases[i].deepest;
		(void)stipple_begin(AT(ward), &ward->visit);
		assert_int_equal(ward->treatment.answer.reason, cases[i].reason);
		if (cases[i].reason == STIPPLE_REASON_TOO_SOON)
			assert_int_equal(ward->treatment.answer.until, NOW + DAY);
		ALLOWED(stipple_abort(AT(ward)));
	}
}

/* Nobody can be asked: it counts as one that makes the wait longer, whichever way that is. */
static void test_interval_of_an_unknown_depth(void **state)
{
	struct ward *ward = *state;

	for (uint32_t shallow = 0; shallow < 2; shallow++) {
		use_depth_rule(ward, 0);
		if (shallow) {
			begin_rule(0, 42)->depth_high_um = 500;
			use_rules(ward, 1);
		}
		ward->visit.last_deepest = 0;
		ward->visit.last_session = NOW - 42 * DAY + 1;
		REFUSED(ward, TOO_SOON, stipple_begin(AT(ward), &ward->visit));
		assert_int_equal(ward->treatment.answer.until, NOW + 1);
		ward->visit.last_session = NOW - 42 * DAY;
		ward_begin(ward);
		ALLOWED(stipple_abort(AT(ward)));
	}
	ward->visit.number = 1; /* before the first session there was no depth */
	ward->visit.last_session = 0;
	ward_begin(ward);
}

static void begin_and_answer(struct ward *ward, uint32_t days, uint32_t deepest)
{
	ward->visit.last_session = NOW - days * DAY;
	ward->visit.last_deepest = (uint16_t)deepest;
	ward_begin(ward);
	ward_tell(ward, "operator", 2);
	ward_tell(ward, "prior_reaction", 1);
	ward_say_no_to_all(ward);
}

/* Other answers are asked for as ever, and what is known of the depth may settle the rule. */
static void test_depth_and_an_answer(void **state)
{
	struct ward *ward = *state;
	uint32_t type = bench_factor(ward->bench, "skin_type");

	use_depth_rule(ward, 1);
	for (uint32_t deepest = 0; deepest <= 1500; deepest += 500) {
		begin_and_answer(ward, 30, deepest);
		ward_tell(ward, "skin_type", 2);
		ALLOWED(stipple_finish_screening(AT(ward)));
		if (deepest == 0 || deepest > 1000)
			REFUSED(ward, TOO_SOON, stipple_answer_factor(AT(ward), type, 5));
		else
			ward_tell(ward, "skin_type", 5);
		ALLOWED(stipple_abort(AT(ward)));
		begin_and_answer(ward, 42, deepest);
		ward_tell(ward, "skin_type", 5);
		ALLOWED(stipple_finish_screening(AT(ward)));
		ALLOWED(stipple_abort(AT(ward)));
	}
}

/* A rule that only the skin type leaves open asks for it, though nothing else does. */
static void test_open_answer_beside_the_depth_is_asked_for(void **state)
{
	struct ward *ward = *state;
	struct stp_protocol *protocol = fixture_protocol(ward->bench->model);

	protocol->asked++; /* the skin type, the first */
	protocol->asked_count--;
	use_depth_rule(ward, 1);
	for (uint32_t deepest = 0; deepest <= 1500; deepest += 500) {
		begin_and_answer(ward, 30, deepest);
		(void)stipple_finish_screening(AT(ward));
		if (deepest == 0 || deepest > 1000) {
			ward_assert(ward, STIPPLE_NEEDS_ANSWER, STIPPLE_REASON_UNANSWERED);
			assert_int_equal(ward->treatment.answer.subject,
					 bench_factor(ward->bench, "skin_type"));
		} else {
			ward_assert(ward, STIPPLE_ALLOWED, STIPPLE_REASON_NONE);
		}
		ALLOWED(stipple_abort(AT(ward)));
	}
}

static void test_depth_used_after_a_restart(void **state)
{
	struct ward *ward = *state;
	uint32_t type = bench_factor(ward->bench, "skin_type");

	use_depth_rule(ward, 1);
	for (uint32_t deepest = 0; deepest <= 1500; deepest += 500) {
		begin_and_answer(ward, 30, deepest);
		ward->now.uptime = 7;
		ward->now.wall += 50;
		ALLOWED(stipple_restore(AT(ward)));
		if (deepest == 0 || deepest > 1000) {
			REFUSED(ward, TOO_SOON, stipple_answer_factor(AT(ward), type, 6));
			assert_int_equal(ward->treatment.answer.until, NOW + 12 * DAY);
		} else {
			ward_tell(ward, "skin_type", 6);
			ALLOWED(stipple_finish_screening(AT(ward)));
		}
		ALLOWED(stipple_abort(AT(ward)));
		ward->now.wall = NOW;
	}
}

/* In a zone the place of this depth is that zone's own, which decides how deep a step may go. */
static void test_depth_used_is_not_the_zones(void **state)
{
	struct ward *ward = *state;

	use_depth_rule(ward, 0);
	ward->visit.last_session = NOW - 42 * DAY;
	ward->visit.last_deepest = 1500;
	ward_numb(ward);
	assert_int_equal(ward->work.session.last_depth, 1500);
	ward_enter(ward, "forehead");
	assert_int_equal(ward->work.session.last_depth, 0);
}

/* ---- random courses ---- */

#define COURSES "400"
#define CLIENTS 12

static uint32_t random_state = 20261121;

static uint32_t random_below(uint32_t bound)
{
	random_state = random_state * 1664525u + 1013904223u;
	return (random_state >> 8) % bound;
}

struct client {
	uint32_t skin_type, prior_reaction, deepest, age, number, days;
};

static void draw_rule(const struct ward *ward, size_t at)
{
	struct stp_condition *when = begin_rule(at, 20 + random_below(40));

	if (random_below(2) == 0)
		when->depth_low_um = 1 + random_below(4) * 500;
	if (random_below(3) == 0)
		when->depth_high_um = when->depth_low_um + random_below(3) * 500;
	if (random_below(2) == 0)
		add_term(ward, when, "skin_type", (uint16_t)(1 + random_below(63)));
	if (random_below(3) == 0)
		add_term(ward, when, "prior_reaction", (uint16_t)(1 + random_below(3)));
	if (random_below(4) == 0)
		when->session_low = (uint16_t)(2 + random_below(3));
	if (random_below(4) == 0)
		when->age_high = (uint16_t)(25 + random_below(20));
}

static struct client draw_client(void)
{
	return (struct client){ .skin_type = 1 + random_below(6),
				.prior_reaction = 1 + random_below(2),
				.deepest = random_below(3) == 0 ? 0 : 1 + random_below(10) * 250,
				.age = 25 + random_below(20),
				.number = 2 + random_below(4),
				.days = 20 + random_below(40) };
}

static int says_of(const struct stp_condition *when, const struct client *client)
{
	for (size_t i = 0; i < when->term_count; i++) {
		int is_type = strcmp(when->terms[i].factor->name, "skin_type") == 0;
		uint32_t value = is_type ? client->skin_type : client->prior_reaction;

		if ((when->terms[i].values >> (value - 1) & 1) == 0)
			return 0;
	}
	if (client->number < when->session_low || client->age > when->age_high)
		return 0;
	return client->deepest == 0 ||
	       (client->deepest >= when->depth_low_um && client->deepest <= when->depth_high_um);
}

/* Days that this client must wait. */
static uint32_t naive_wait(size_t rules, const struct client *client)
{
	uint32_t days = 28;

	for (size_t i = 0; i < rules; i++)
		if (course.rules[i].apart_low.count > days && says_of(course.rules[i].when, client))
			days = course.rules[i].apart_low.count;
	return days;
}

/* The answers one by one, until the device refuses or the screening ends. */
static uint32_t come_to(struct ward *ward, const struct client *client)
{
	uint32_t type = bench_factor(ward->bench, "skin_type");
	uint32_t reaction = bench_factor(ward->bench, "prior_reaction");

	ward->visit.number = (uint16_t)client->number;
	ward->visit.age = (uint16_t)client->age;
	ward->visit.last_deepest = (uint16_t)client->deepest;
	ward->visit.last_session = NOW - client->days * DAY;
	if (stipple_begin(AT(ward), &ward->visit) != STIPPLE_ALLOWED)
		return ward->treatment.answer.reason;
	ward_tell(ward, "operator", 2);
	ward_say_no_to_all(ward);
	if (stipple_answer_factor(AT(ward), type, client->skin_type) == STIPPLE_ALLOWED &&
	    stipple_answer_factor(AT(ward), reaction, client->prior_reaction) == STIPPLE_ALLOWED &&
	    stipple_finish_screening(AT(ward)) == STIPPLE_ALLOWED)
		return STIPPLE_REASON_NONE;
	return ward->treatment.answer.reason;
}

static void test_courses_as_the_model_says(void **state)
{
	struct ward *ward = *state;
	const char *more = getenv("STP_ORACLE_MODELS");
	int courses = atoi(more != NULL ? more : COURSES);
	uint32_t refused = 0, unknown = 0, all = 0;

	for (int i = 0; i < courses; i++) {
		size_t rules = 1 + random_below(RULES);

		for (size_t at = 0; at < rules; at++)
			draw_rule(ward, at);
		use_rules(ward, rules);
		for (int j = 0; j < CLIENTS; j++, all++) {
			struct client client = draw_client();
			int too_soon = client.days < naive_wait(rules, &client);

			assert_int_equal(come_to(ward, &client) == STIPPLE_REASON_TOO_SOON,
					 too_soon);
			refused += too_soon ? 1 : 0;
			unknown += client.deepest == 0 && client.days >= 28 && too_soon ? 1 : 0;
			(void)stipple_abort(AT(ward));
		}
	}
	assert_true(refused > all / 10 && refused < all - all / 10 && unknown > all / 50);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, ward_setup, ward_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_interval_of_the_depth_used),
		TEST(test_interval_of_an_unknown_depth),
		TEST(test_depth_and_an_answer),
		TEST(test_open_answer_beside_the_depth_is_asked_for),
		TEST(test_depth_used_after_a_restart),
		TEST(test_depth_used_is_not_the_zones),
		TEST(test_courses_as_the_model_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
