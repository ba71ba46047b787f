/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The proof that every client has a setting left, against trying every client, on random small
 * protocols: both when it holds and when it fails. Of each protocol besides what the model says of
 * people of whom not all is known: the tightest of what holds for any of them. STP_PROOF_MODELS
 * says how many (models_wanted).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model_source.h"
#include "random_protocol.h"

struct tally {
	size_t failed_depth, failed_movement, fine, never, on_label, nobody;
};

/* ---- what the model says of people of whom not all is known ---- */

struct asked {
	const struct stp_model *model;
	struct stp_client client;
	uint16_t values[STP_FACTOR_VALUES];
};

static void know(struct asked *asked, const char *factor, unsigned values)
{
	for (size_t i = 0; i < asked->model->factor_count; i++)
		if (strcmp(asked->model->factors[i]->name, factor) == 0)
			asked->values[i] = (uint16_t)values;
}

/* A yes/no question has "no" for its first value. */
static unsigned answer(unsigned known)
{
	return known == 0 ? 3 : known == 1 ? 2 : 1;
}

static void ask(struct asked *asked, const struct stp_model *model,
		const struct random_people *people)
{
	bool any_age = people->age == AGES;

	asked->model = model;
	asked->client = (struct stp_client){
		.model = model,
		.values = asked->values,
		.session_low = (uint16_t)people->session_low,
		.session_high = (uint16_t)people->session_high,
		.age_low = any_age ? 0 : (uint16_t)random_ages[people->age],
		.age_high = any_age ? STP_ANY_HIGH : (uint16_t)random_ages[people->age],
	};
	know(asked, "skin", people->skins);
	know(asked, "reaction", people->reactions);
	know(asked, "operator", people->roles);
	know(asked, "keloids", answer(people->keloids));
	know(asked, "fever", answer(people->fever));
}

static void take(struct random_bounds *met, const struct stp_contribution *by)
{
	unsigned steps = by->value / 100;

	switch (by->side) {
	case STP_RANGE_LOW: met->low = steps > met->low ? steps : met->low; break;
	case STP_RANGE_HIGH: met->high = steps < met->high ? steps : met->high; break;
	case STP_LIMIT_LOW: met->limit_low = steps > met->limit_low ? steps : met->limit_low; break;
	case STP_LIMIT_HIGH:
		met->limit_high = steps < met->limit_high ? steps : met->limit_high;
		break;
	default: break;
	}
}

static struct random_left left_in(const struct stp_zone_plan *plan, const struct stp_client *client)
{
	struct random_left left = { { 1, 8, 1, 8 }, 31, plan->never };

	for (size_t i = 0; i < plan->contribution_count; i++)
		if (plan->contributions[i].setting == STP_DEPTH &&
		    stp_may_hold(plan->contributions[i].when, client))
			take(&left.met, &plan->contributions[i]);
	for (size_t i = 0; i < plan->set_count; i++)
		if (plan->sets[i].set == STP_PATTERN_SET &&
		    stp_may_hold(plan->sets[i].when, client))
			left.patterns &= plan->sets[i].members;
	for (size_t i = 0; i < plan->never_when_count; i++)
		left.never = left.never || stp_may_hold(plan->never_when[i].when, client);
	return left;
}

static bool says_the_same(const struct stp_zone_plan *plan, const struct random_left *expected,
			  const struct stp_client *client)
{
	struct random_left said = left_in(plan, client);

	if (plan->never)
		return expected->never;
	return said.never == expected->never && said.patterns == expected->patterns &&
	       memcmp(&said.met, &expected->met, sizeof said.met) == 0;
}

/* The zones themselves, and what holds in each for people made from the seed. */
static const char *compare_zones(const struct random_protocol *protocol,
				 const struct stp_model *model, uint64_t seed, struct tally *tally)
{
	const struct stp_protocol *made = model->protocols[protocol->layer_count - 1];
	struct random_people people;
	struct asked asked;

	random_people(&people, seed);
	ask(&asked, model, &people);
	if (made->zone_count != ZONES)
		return "other zones are treated";
	for (size_t i = 0; i < ZONES; i++) {
		int zone = made->zones[i].zone->name[1] - '0';
		struct random_left expected = random_left(protocol, zone, &people);

		if (made->zones[i].zone->name[0] != 'z')
			return "a zone with parts is treated as one";
		if (!says_the_same(&made->zones[i], &expected, &asked.client))
			return made->zones[i].zone->name;
		tally->never += expected.never;
	}
	return NULL;
}

/* ---- the proof ---- */

static void compare(uint64_t seed, struct tally *tally)
{
	struct stp_context context;
	struct random_protocol protocol;
	struct stp_string text;
	const struct stp_model *model;
	bool depth, movement, depth_fault, movement_fault;
	const char *differs;

	stp_context_init(&context, NULL);
	if (STP_GUARD(&context))
		fail_msg("out of memory");
	stp_string_init(&text, &context);
	random_protocol(&protocol, seed);
	random_protocol_text(&protocol, &text);
	model = resolve_text(&context, text.text);
	depth = somebody_lacks_depth(&protocol);
	movement = somebody_lacks_movement(&protocol);
	depth_fault = count_of(&context, STP_D_nothing_left) > 0;
	movement_fault = count_of(&context, STP_D_no_pattern_left) > 0;
	if (depth != depth_fault || movement != movement_fault ||
	    count_of(&context, STP_D_too_intricate) > 0)
		fail_msg("seed %lu: depth %d said %d, movement %d said %d in\n%s\n%s",
			 (unsigned long)seed, depth, depth_fault, movement, movement_fault,
			 text.text, list_faults(&context));
	differs = compare_zones(&protocol, model, seed, tally);
	if (differs != NULL)
		fail_msg("seed %lu: %s differs for some people in\n%s", (unsigned long)seed,
			 differs, text.text);
	if (some_zone_has_nobody(&protocol) != (count_of(&context, STP_D_nobody_treated) > 0))
		fail_msg("seed %lu: nobody in a zone, or somebody in each, in\n%s\n%s",
			 (unsigned long)seed, text.text, list_faults(&context));
	tally->nobody += some_zone_has_nobody(&protocol);
	if (somebody_is_off_label(&protocol) != (count_of(&context, STP_D_off_label) > 0))
		fail_msg("seed %lu: the claim of the label in\n%s\n%s", (unsigned long)seed,
			 text.text, list_faults(&context));
	tally->on_label += count_of(&context, STP_D_off_label) == 0;
	tally->failed_depth += depth;
	tally->failed_movement += movement;
	tally->fine += !depth && !movement;
	stp_context_free(&context);
}

static void proof_agrees_with_trying_every_client(void **state)
{
	struct tally tally = { 0 };
	size_t count = models_wanted("STP_PROOF_MODELS");

	(void)state;
	for (size_t seed = 1; seed <= count; seed++)
		compare(seed, &tally);
	print_message("%zu models: %zu lack a depth, %zu a movement, %zu are fine; %zu keep to the "
		      "label; %zu have nobody in a zone\n",
		      count, tally.failed_depth, tally.failed_movement, tally.fine, tally.on_label,
		      tally.nobody);
	/* A comparison of one kind only would show nothing. */
	assert_true(tally.failed_depth > count / 20);
	assert_true(tally.failed_movement > count / 20);
	assert_true(tally.fine > count / 20);
	assert_true(tally.never > count / 20);
	assert_true(tally.nobody > 0);
	assert_true(tally.on_label > count / 20);
	assert_true(tally.on_label < count - count / 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(proof_agrees_with_trying_every_client),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
