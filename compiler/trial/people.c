/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a box to persons. Rules compare a session, an age or a depth used with the ends of intervals
 * and with nothing else, so between two neighbouring ends all numbers are alike: the first of each
 * such part stands for it.
 */
#include "trial/people.h"

/* ---- sessions, ages, depths used ---- */

struct numbers {
	struct stp_context *context;
	uint16_t low, high;
	uint16_t *items; /* rising, each once */
	size_t count, room;
};

static void add_number(struct numbers *numbers, uint32_t number)
{
	size_t at = 0;

	if (number < numbers->low || number > numbers->high)
		return;
	while (at < numbers->count && numbers->items[at] < number)
		at++;
	if (at < numbers->count && numbers->items[at] == number)
		return;
	numbers->items = stp_grow(numbers->context, numbers->items, numbers->count, &numbers->room,
				  sizeof *numbers->items);
	for (size_t i = numbers->count++; i > at; i--)
		numbers->items[i] = numbers->items[i - 1];
	numbers->items[at] = (uint16_t)number;
}

/* Where something begins to hold, or no longer does. */
static void add_ends(struct numbers *sessions, struct numbers *ages,
		     const struct stp_condition *when)
{
	if (when == NULL)
		return;
	add_number(sessions, when->session_low);
	add_number(sessions, (uint32_t)when->session_high + 1);
	add_number(ages, when->age_low);
	add_number(ages, (uint32_t)when->age_high + 1);
}

static void add_depths(struct numbers *depths, const struct stp_condition *when)
{
	add_number(depths, when->depth_low_um);
	if (when->depth_high_um != STP_ANY_DEPTH)
		add_number(depths, when->depth_high_um + 1);
}

static void add_ends_of_plan(struct numbers *sessions, struct numbers *ages,
			     const struct stp_zone_plan *plan)
{
	for (size_t i = 0; i < plan->contribution_count; i++)
		add_ends(sessions, ages, plan->contributions[i].when);
	for (size_t i = 0; i < plan->set_count; i++)
		add_ends(sessions, ages, plan->sets[i].when);
	for (size_t i = 0; i < plan->never_when_count; i++)
		add_ends(sessions, ages, plan->never_when[i].when);
}

static void find_parts(const struct stp_protocol *protocol, struct numbers *sessions,
		       struct numbers *ages, struct numbers *depths)
{
	add_number(sessions, sessions->low);
	add_number(ages, ages->low);
	add_number(depths, depths->low);
	for (size_t i = 0; i < protocol->zone_count; i++)
		add_ends_of_plan(sessions, ages, &protocol->zones[i]);
	for (size_t i = 0; i < protocol->asked_count; i++)
		add_number(sessions, protocol->asked[i]->from_session);
	add_number(sessions, (uint32_t)protocol->course.sessions_limit + 1);
	for (size_t i = 0; i < protocol->course_rule_count; i++) {
		add_ends(sessions, ages, protocol->course_rules[i].when);
		add_depths(depths, protocol->course_rules[i].when);
		add_number(sessions, (uint32_t)protocol->course_rules[i].sessions_limit + 1);
	}
	for (size_t i = 0; i < protocol->screen_count; i++) {
		add_ends(sessions, ages, protocol->screens[i].when);
		add_number(ages, protocol->screens[i].age_below);
		add_number(ages, (uint32_t)protocol->screens[i].age_over + 1);
	}
}

static uint16_t at_most(uint32_t number)
{
	return number < STP_ANY_HIGH ? (uint16_t)number : STP_ANY_HIGH;
}

/* What is not said stays open: 0. Nobody is 0 years old to the runtime, no depth used is 0. */
static void limit_to(struct numbers *numbers, uint32_t low, uint32_t high, uint16_t least)
{
	if (low <= least && high >= STP_ANY_HIGH)
		return;
	numbers->low = low < 1 ? 1 : at_most(low);
	numbers->high = at_most(high);
}

/* `session from 2` means those of the course, when it has a last one. */
static void end_with_course(struct numbers *sessions, uint16_t last)
{
	if (last != 0 && sessions->high == STP_ANY_HIGH && sessions->low <= last)
		sessions->high = last;
}

/* ---- all combinations ---- */

struct crowd {
	struct stp_context *context;
	const struct stp_model *model;
	const struct stp_condition *given;
	struct numbers sessions, ages, depths;
	struct stp_person *people;
	size_t count, most;
};

static unsigned bits_of(uint16_t values)
{
	unsigned count = 0;

	for (; values != 0; values &= (uint16_t)(values - 1))
		count++;
	return count;
}

/* The number of combinations; more than STP_PEOPLE_MOST count as one more than that. */
static size_t size_of(const struct crowd *crowd)
{
	size_t count = crowd->sessions.count * crowd->ages.count * crowd->depths.count;

	for (size_t i = 0; i < crowd->given->term_count && count <= STP_PEOPLE_MOST; i++)
		count *= bits_of(crowd->given->terms[i].values);
	return count <= STP_PEOPLE_MOST ? count : STP_PEOPLE_MOST + 1;
}

/* The n-th combination: n is read as a number with a digit for each fact. */
static struct stp_person person_of(const struct crowd *crowd, size_t n)
{
	struct stp_person person = { .session = crowd->sessions.items[n % crowd->sessions.count] };

	n /= crowd->sessions.count;
	person.age = crowd->ages.items[n % crowd->ages.count];
	n /= crowd->ages.count;
	person.depth = crowd->depths.items[n % crowd->depths.count];
	n /= crowd->depths.count;
	person.values = stp_alloc(crowd->context, crowd->model->factor_count + 1);
	for (size_t i = 0; i < crowd->given->term_count; i++) {
		const struct stp_condition_term *term = &crowd->given->terms[i];
		unsigned digit = (unsigned)(n % bits_of(term->values));
		uint8_t value = 0;

		n /= bits_of(term->values);
		while ((term->values >> value & 1) == 0 || digit-- > 0)
			value++;
		person.values[term->factor->index] = (uint8_t)(value + 1);
	}
	return person;
}

size_t stp_people_of(struct stp_context *context, const struct stp_model *model,
		     const struct stp_test *test, struct stp_person **people)
{
	struct crowd crowd = { .context = context, .model = model, .given = &test->given };
	size_t count;

	crowd.sessions.context = crowd.ages.context = crowd.depths.context = context;
	limit_to(&crowd.sessions, test->given.session_low, test->given.session_high, 1);
	limit_to(&crowd.ages, test->given.age_low, test->given.age_high, 0);
	limit_to(&crowd.depths, test->given.depth_low_um, test->given.depth_high_um, 0);
	end_with_course(&crowd.sessions, test->protocol->course.sessions_limit);
	find_parts(test->protocol, &crowd.sessions, &crowd.ages, &crowd.depths);
	count = size_of(&crowd);
	if (count > STP_PEOPLE_MOST) {
		stp_help(context,
			 stp_report(context, STP_D_too_large, test->given.span,
				    "these are more than %d different clients", STP_PEOPLE_MOST),
			 "say more of the client, or write several tests");
		return 0;
	}
	*people = stp_alloc_array(context, count, sizeof **people);
	for (size_t i = 0; i < count; i++)
		(*people)[i] = person_of(&crowd, i);
	return count;
}

/* ---- in words, and for `why` ---- */

const char *stp_person_words(struct stp_context *context, const struct stp_model *model,
			     const struct stp_person *person)
{
	struct stp_string out;

	stp_string_init(&out, context);
	for (size_t i = 0; i < model->factor_count; i++) {
		const struct stp_factor *factor = model->factors[i];

		if (person->values[i] == 0)
			continue;
		stp_add(&out, out.length > 0 ? ", " : "");
		if (factor->yes_no)
			stp_addf(&out, "%s%s", person->values[i] == 1 ? "not " : "", factor->name);
		else
			stp_addf(&out, "%s %s", factor->name,
				 factor->values[person->values[i] - 1].name);
	}
	if (person->session != 0)
		stp_addf(&out, "%ssession %u", out.length > 0 ? ", " : "",
			 (unsigned)person->session);
	if (person->age != 0)
		stp_addf(&out, "%sage %u", out.length > 0 ? ", " : "", (unsigned)person->age);
	if (person->depth != 0)
		stp_addf(&out, "%slast session %s deep", out.length > 0 ? ", " : "",
			 stp_show_setting(context, STP_DEPTH, person->depth));
	return out.length > 0 ? out.text : "a client of whom nothing is known";
}

struct stp_client stp_person_as_client(struct stp_context *context, const struct stp_model *model,
				       const struct stp_person *person)
{
	struct stp_client client = { .model = model,
				     .session_low = 1,
				     .session_high = STP_ANY_HIGH,
				     .age_high = STP_ANY_HIGH };

	client.values = stp_alloc_array(context, model->factor_count + 1, sizeof *client.values);
	for (size_t i = 0; i < model->factor_count; i++) {
		unsigned any = (1u << model->factors[i]->value_count) - 1;
		unsigned only = person->values[i] == 0 ? any : 1u << (person->values[i] - 1);

		client.values[i] = (uint16_t)only;
	}
	if (person->session != 0)
		client.session_low = client.session_high = person->session;
	if (person->age != 0)
		client.age_low = client.age_high = person->age;
	client.depth_um = person->depth;
	return client;
}
