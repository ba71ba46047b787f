/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each expectation, for each client of the test. What is expected of a setting or a zone takes for
 * granted that the screening does not refuse the client: else it would come true for a reason that
 * its author did not mean.
 */
#include "trial/judge.h"

#include <string.h>

#include "emit/why.h"

#define DAY_SECONDS 86400

/* One expectation about one person. */
struct hearing {
	struct stp_trial *trial;
	const struct stp_test *test;
	const struct stp_test_expectation *expected;
	const struct stp_person *person;
	struct stp_client client; /* the same, for what asks the model */
	struct stp_screening screening;
};

/* ---- what the device says, in words ---- */

static void add_place(struct hearing *hearing, struct stp_span span, struct stp_string *out)
{
	struct stp_context *context = hearing->trial->context;
	const struct stp_source *source = stp_source_by_id(context, span.source);

	if (source != NULL)
		stp_addf(out, "%s:%lu", source->name,
			 (unsigned long)stp_position(context, span).line);
}

/* The statement that a row of the screening comes from. */
static void add_screening_row(struct hearing *hearing, uint32_t row)
{
	const struct stp_protocol *protocol = hearing->test->protocol;
	struct stp_string *out = &hearing->trial->why;

	for (size_t i = 0; i < protocol->screen_count; i++) {
		const struct stp_screen_rule *rule = &protocol->screens[i];

		if (!stp_bench_is_row(hearing->trial->bench, rule, "screenings", row))
			continue;
		stp_add(out, "      by ");
		add_place(hearing, rule->origin.span, out);
		stp_addf(out, ": %s", rule->term != NULL ? rule->term->name : "age");
		stp_add(out, "\n");
		return;
	}
}

static void add_answer(struct hearing *hearing, const struct stipple_answer *answer)
{
	struct stp_trial *trial = hearing->trial;
	const struct stp_protocol *protocol = hearing->test->protocol;
	const char *reason = stipple_reason_text(answer->reason);

	switch (answer->verdict) {
	case STIPPLE_ALLOWED:
		stp_addf(&trial->why, "      the device allows it: %s\n", reason);
		break;
	case STIPPLE_NEEDS_REASON:
		stp_addf(&trial->why, "      the device asks for a confirmed reason: %s\n", reason);
		break;
	case STIPPLE_NEEDS_ANSWER:
		stp_addf(&trial->why, "      the device asks for %s first: say it in `given`\n",
			 stp_bench_subject(trial->bench, protocol, answer->subject));
		break;
	case STIPPLE_NEEDS_CLEARANCE:
		stp_addf(&trial->why, "      the device asks for clearance by %s\n",
			 stp_bench_role(trial->bench, protocol, answer->role));
		break;
	default: stp_addf(&trial->why, "      the device refuses: %s\n", reason); break;
	}
}

static void add_screening(struct hearing *hearing)
{
	const struct stp_screening *screening = &hearing->screening;
	const struct stipple_answer *last = &screening->last;

	if (last->verdict == STIPPLE_REFUSED || last->verdict == STIPPLE_FAULT) {
		stp_addf(&hearing->trial->why, "      the screening refuses this client: %s\n",
			 stipple_reason_text(last->reason));
		add_screening_row(hearing, last->row);
		return;
	}
	stp_add(&hearing->trial->why, "      the screening does not refuse this client\n");
	for (size_t i = 0; i < screening->noted_count; i++) {
		if (screening->noted[i].reason == STIPPLE_REASON_CAUTION)
			stp_add(&hearing->trial->why, "      the device asks for caution\n");
		else
			add_answer(hearing, &screening->noted[i]);
		add_screening_row(hearing, screening->noted[i].row);
	}
}

static const struct stp_zone_plan *find_plan(const struct hearing *hearing)
{
	const struct stp_protocol *protocol = hearing->test->protocol;

	for (size_t i = 0; i < protocol->zone_count; i++)
		if (protocol->zones[i].zone == hearing->expected->zone)
			return &protocol->zones[i];
	return NULL;
}

/* The chain behind the setting, as `why` prints it, indented. */
static void add_chain(struct hearing *hearing)
{
	const struct stp_zone_plan *plan = find_plan(hearing);
	struct stp_string chain;

	if (plan == NULL)
		return;
	stp_string_init(&chain, hearing->trial->context);
	stp_emit_why(hearing->trial->context, hearing->test->protocol, plan,
		     hearing->expected->setting, &hearing->client, &chain);
	for (const char *line = chain.text; *line != '\0'; line = strchr(line, '\n') + 1)
		stp_addf(&hearing->trial->why, "%s%.*s\n", *line != '\n' ? "      " : "",
			 (int)strcspn(line, "\n"), line);
}

/* ---- the client ---- */

static bool is_refused(const struct stp_screening *screening)
{
	return screening->last.verdict == STIPPLE_REFUSED;
}

static void screen(struct hearing *hearing, uint32_t since)
{
	struct stp_trial *trial = hearing->trial;

	stp_bench_screen(trial->bench, hearing->test->protocol, hearing->person, since,
			 &hearing->screening);
	for (size_t i = 0; i < hearing->screening.noted_count; i++)
		if (hearing->screening.noted[i].reason == STIPPLE_REASON_CAUTION)
			stp_touch_screening(&trial->coverage, hearing->test->protocol,
					    hearing->screening.noted[i].row);
	stp_touch_person(&trial->coverage, hearing->test->protocol, &hearing->client);
}

static bool refuses_client(struct hearing *hearing)
{
	screen(hearing, 0);
	if (!is_refused(&hearing->screening)) {
		add_screening(hearing);
		return false;
	}
	stp_touch_screening(&hearing->trial->coverage, hearing->test->protocol,
			    hearing->screening.last.row);
	return true;
}

/* An event that is waited for lies as far back as the wait's own limit asks. */
static bool needs_clearance(struct hearing *hearing)
{
	const char *role = hearing->expected->role == NULL ? "operator" : hearing->expected->role;

	struct stp_screening at_once;

	screen(hearing, 0);
	at_once = hearing->screening;
	if (at_once.wait > 0)
		screen(hearing, at_once.wait);
	for (size_t i = 0; i < hearing->screening.noted_count; i++) {
		const struct stipple_answer *at = &hearing->screening.noted[i];

		if (at->verdict != STIPPLE_NEEDS_CLEARANCE ||
		    strcmp(stp_bench_role(hearing->trial->bench, hearing->test->protocol, at->role),
			   role) != 0)
			continue;
		stp_touch_screening(&hearing->trial->coverage, hearing->test->protocol, at->row);
		return true;
	}
	hearing->screening = at_once;
	add_screening(hearing);
	return false;
}

/* ---- the time since the last session ---- */

/* Whether the device refuses the person so soon after the last session. */
static bool is_too_soon(struct hearing *hearing, int64_t apart)
{
	struct stp_person person = *hearing->person;

	if (apart <= 0)
		apart = 1;
	person.apart = apart < STP_APART_MOST ? (uint32_t)apart : STP_APART_MOST;
	stp_bench_screen(hearing->trial->bench, hearing->test->protocol, &person, 0,
			 &hearing->screening);
	return hearing->screening.last.reason == STIPPLE_REASON_TOO_SOON;
}

/* Whether the rule holds by what is known; a depth that is not known is any, as on the device. */
static bool holds_for(const struct stp_course_rule *rule, const struct stp_client *client)
{
	struct stp_condition when = *rule->when;

	if (client->depth_um == 0) {
		when.depth_low_um = 0;
		when.depth_high_um = STP_ANY_DEPTH;
	}
	return stp_must_hold(&when, client);
}

/* A rule that would have sessions further apart, if an open answer made it hold. */
static const struct stp_course_rule *open_rule(const struct hearing *hearing, int64_t apart)
{
	const struct stp_protocol *protocol = hearing->test->protocol;

	for (size_t i = 0; i < protocol->course_rule_count; i++) {
		const struct stp_course_rule *rule = &protocol->course_rules[i];

		if (stp_may_hold(rule->when, &hearing->client) &&
		    !holds_for(rule, &hearing->client) &&
		    stp_interval_seconds(rule->apart_low) > apart)
			return rule;
	}
	return NULL;
}

/* The least time that the device lets pass, found by asking it. */
static int64_t least_apart(struct hearing *hearing)
{
	int64_t apart = 0, most = STP_APART_MOST;

	while (apart < most) {
		int64_t middle = apart + (most - apart) / 2;

		if (is_too_soon(hearing, middle))
			apart = middle + 1;
		else
			most = middle;
	}
	return apart <= 1 ? 0 : apart;
}

static void add_interval(struct hearing *hearing)
{
	struct stp_string *out = &hearing->trial->why;
	int64_t apart = least_apart(hearing);

	if (apart == 0)
		stp_add(out, "      the device asks for no time between sessions\n");
	else if (apart % DAY_SECONDS == 0)
		stp_addf(out, "      the device asks for %lld days between sessions\n",
			 (long long)(apart / DAY_SECONDS));
	else
		stp_addf(out, "      the device asks for %lld seconds between sessions\n",
			 (long long)apart);
}

/* Exactly so long: a second less is too soon. */
static bool limits_interval(struct hearing *hearing)
{
	int64_t apart = stp_interval_seconds(hearing->expected->apart);
	const struct stp_course_rule *open = open_rule(hearing, apart);

	if (open == NULL && !is_too_soon(hearing, apart) && is_too_soon(hearing, apart - 1))
		return true;
	if (open == NULL) {
		add_interval(hearing);
		return false;
	}
	stp_add(&hearing->trial->why, "      it depends on what is not given: see `when` at ");
	add_place(hearing, open->when->span, &hearing->trial->why);
	stp_add(&hearing->trial->why, "\n");
	return false;
}

/* ---- zones and settings ---- */

static uint32_t ask_limits(struct hearing *hearing, struct stipple_limits *limits)
{
	const struct stp_zone_plan *plan = find_plan(hearing);
	uint32_t verdict = stp_bench_limits(hearing->trial->bench, hearing->test->protocol,
					    hearing->expected->zone, hearing->person, limits);

	if (plan != NULL)
		stp_touch_limits(&hearing->trial->coverage, plan, limits);
	return verdict;
}

static void add_limits_verdict(struct hearing *hearing, const struct stipple_limits *limits)
{
	const struct stipple_answer answer = { .verdict = limits->verdict,
					       .reason = limits->reason,
					       .subject = limits->subject };

	if (limits->verdict == STIPPLE_ANSWERED)
		stp_add(&hearing->trial->why,
			"      the device gives limits, and asks nothing first\n");
	else
		add_answer(hearing, &answer);
}

static bool refuses_zone(struct hearing *hearing)
{
	struct stipple_limits limits;

	if (ask_limits(hearing, &limits) == STIPPLE_REFUSED)
		return true;
	add_limits_verdict(hearing, &limits);
	return false;
}

static uint16_t old_enough(const struct stp_protocol *protocol)
{
	uint16_t age = 1;

	for (size_t i = 0; i < protocol->screen_count; i++)
		if (protocol->screens[i].age_below > age)
			age = protocol->screens[i].age_below;
	return age;
}

/* The person with every other question answered in the harmless way, so that one alone is open. */
static struct stp_person all_but(const struct hearing *hearing, const struct stp_factor *open)
{
	const struct stp_protocol *protocol = hearing->test->protocol;
	size_t count = hearing->trial->bench->model->factor_count;
	struct stp_person person = *hearing->person;

	person.values = stp_alloc(hearing->trial->context, count + 1);
	memcpy(person.values, hearing->person->values, count);
	if (person.age == 0)
		person.age = old_enough(protocol);
	for (size_t i = 0; i < protocol->asked_count; i++) {
		const struct stp_factor *factor = protocol->asked[i];
		uint8_t value = 0;

		if (factor == open || person.values[factor->index] != 0)
			continue;
		if (factor == protocol->operator_factor)
			while ((protocol->operator_values >> value & 1) == 0)
				value++;
		person.values[factor->index] = (uint8_t)(value + 1);
	}
	return person;
}

/* The limits wait for it; or, where they do not depend on it, the screening does. */
static bool needs_answer(struct hearing *hearing)
{
	const struct stp_bench *bench = hearing->trial->bench;
	uint16_t subject = bench->subjects[hearing->expected->factor->index];
	struct stp_person person;
	struct stipple_limits limits;

	if (ask_limits(hearing, &limits) == STIPPLE_NEEDS_ANSWER && limits.subject == subject)
		return true;
	person = all_but(hearing, hearing->expected->factor);
	if (limits.verdict == STIPPLE_ANSWERED) {
		stp_bench_screen(bench, hearing->test->protocol, &person, 0, &hearing->screening);
		if (hearing->screening.last.verdict == STIPPLE_NEEDS_ANSWER &&
		    hearing->screening.last.subject == subject)
			return true;
	}
	add_limits_verdict(hearing, &limits);
	return false;
}

static uint32_t wanted_verdict(enum stp_test_kind kind)
{
	switch (kind) {
	case STP_TEST_ALLOWS: return STIPPLE_ALLOWED;
	case STP_TEST_NEEDS_CONFIRMATION: return STIPPLE_NEEDS_REASON;
	default: return STIPPLE_REFUSED;
	}
}

static bool judges_value(struct hearing *hearing)
{
	const struct stp_test_expectation *expected = hearing->expected;
	struct stipple_answer answer;
	struct stipple_limits limits;

	ask_limits(hearing, &limits);
	stp_bench_request(hearing->trial->bench, hearing->test->protocol, expected->zone,
			  hearing->person, expected->setting, expected->low, &answer);
	if (answer.verdict == wanted_verdict(expected->kind))
		return true;
	add_answer(hearing, &answer);
	add_chain(hearing);
	return false;
}

static bool judges_bounds(struct hearing *hearing)
{
	const struct stp_test_expectation *expected = hearing->expected;
	bool limit = expected->kind == STP_TEST_LIMITS;
	struct stp_context *context = hearing->trial->context;
	struct stipple_limits limits;
	const struct stipple_bounds *bounds;
	uint32_t low, high;

	if (ask_limits(hearing, &limits) != STIPPLE_ANSWERED) {
		add_limits_verdict(hearing, &limits);
		add_chain(hearing);
		return false;
	}
	bounds = stipple_bounds_of(&limits, STIPPLE_DEPTH + (uint32_t)expected->setting);
	low = limit ? bounds->limit_least : bounds->range_least;
	high = limit ? bounds->limit_most : bounds->range_most;
	if ((!expected->has_low || low == expected->low) &&
	    (!expected->has_high || high == expected->high))
		return true;
	stp_addf(&hearing->trial->why, "      the device %s %s to %s\n",
		 limit ? "has the limit" : "recommends",
		 stp_show_setting(context, expected->setting, low),
		 stp_show_setting(context, expected->setting, high));
	add_chain(hearing);
	return false;
}

/* ---- the whole ---- */

static bool hear(struct hearing *hearing)
{
	switch (hearing->expected->kind) {
	case STP_TEST_REFUSES_CLIENT: return refuses_client(hearing);
	case STP_TEST_NEEDS_CLEARANCE: return needs_clearance(hearing);
	default: break;
	}
	screen(hearing, 0);
	if (hearing->screening.last.verdict == STIPPLE_FAULT || is_refused(&hearing->screening)) {
		add_screening(hearing);
		return false;
	}
	switch (hearing->expected->kind) {
	case STP_TEST_REFUSES_ZONE: return refuses_zone(hearing);
	case STP_TEST_NEEDS_ANSWER: return needs_answer(hearing);
	case STP_TEST_INTERVAL: return limits_interval(hearing);
	case STP_TEST_LIMITS:
	case STP_TEST_RECOMMENDS: return judges_bounds(hearing);
	default: return judges_value(hearing);
	}
}

/* The expectation in its author's words, and the client for whom it does not come true. */
static void add_head(struct stp_trial *trial, const struct stp_test_expectation *expected,
		     const struct stp_person *person)
{
	const struct stp_source *source = stp_source_by_id(trial->context, expected->span.source);
	const char *text = source->text + expected->span.begin;
	size_t length = expected->span.end - expected->span.begin;
	size_t line = strcspn(text, "\n");

	stp_addf(&trial->why, "    %s:%lu: expected: ", source->name,
		 (unsigned long)stp_position(trial->context, expected->span).line);
	stp_add_harmless(&trial->why, text, line < length ? line : length);
	stp_add(&trial->why, "\n");
	if (person != NULL)
		stp_addf(&trial->why, "      for %s\n",
			 stp_person_words(trial->context, trial->bench->model, person));
}

/* Takes back what was said since. */
static void forget(struct stp_trial *trial, size_t length)
{
	trial->why.length = length;
	trial->why.text[length] = '\0';
}

static bool comes_true(struct stp_trial *trial, const struct stp_test *test,
		       const struct stp_test_expectation *expected, const struct stp_person *person)
{
	struct hearing hearing = {
		.trial = trial, .test = test, .expected = expected, .person = person
	};
	size_t length = trial->why.length;

	add_head(trial, expected, person);
	if (person == NULL) {
		if (!stp_trial_reports(trial, test, expected))
			return false;
	} else {
		hearing.client = stp_person_as_client(trial->context, trial->bench->model, person);
		if (!hear(&hearing))
			return false;
	}
	forget(trial, length);
	return true;
}

/* Of several clients the first who is treated otherwise is told. */
static bool is_met(struct stp_trial *trial, const struct stp_test *test,
		   const struct stp_test_expectation *expected, const struct stp_person *people,
		   size_t count)
{
	if (expected->kind == STP_TEST_REPORTS)
		return comes_true(trial, test, expected, NULL);
	for (size_t i = 0; i < count; i++)
		if (!comes_true(trial, test, expected, &people[i]))
			return false;
	return true;
}

bool stp_trial_run(struct stp_trial *trial, const struct stp_test *test)
{
	struct stp_person *people = NULL;
	size_t count = 0;
	bool fine = true;

	stp_string_init(&trial->why, trial->context);
	stp_add(&trial->why, "");
	if (test->protocol != NULL)
		count = stp_people_of(trial->context, trial->bench->model, test, &people);
	if (test->protocol != NULL && count == 0)
		return false;
	for (size_t i = 0; i < test->expectation_count; i++)
		fine = is_met(trial, test, &test->expectations[i], people, count) && fine;
	return fine;
}
