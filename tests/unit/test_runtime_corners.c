/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The corners of the runtime that no treatment comes to: tables that were never opened, arguments
 * at their ends, images of odd shape. tests/proof/coverage.sh asks for each branch.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "session_ward.h"
#include "stipple/pack.h"

/* ---- tables that were not opened ---- */

/* An image and too small a length: what a caller would have to make up by hand. */
static void test_no_call_believes_a_made_up_table(void **state)
{
	struct table_bench *bench = *state;
	struct stipple_table made_up = { bench->image, 10, 0, 0 };
	struct stipple_verification verification;
	struct stipple_limits limits;
	struct stipple_answer answer;

	stipple_verify_begin(&verification);
	assert_int_equal(stipple_verify_step(&made_up, &verification, 4), STIPPLE_FAULT);
	assert_int_equal(stipple_find_zone(&made_up, 1), STIPPLE_NOT_FOUND);
	assert_int_equal(stipple_find_slot(&made_up, 0, 1), STIPPLE_NOT_FOUND);
	assert_int_equal(stipple_count(&made_up, STIPPLE_NAMED_ZONE), 0);
	assert_string_equal(stipple_name(&made_up, STIPPLE_NAMED_ZONE, 0), "");
	assert_int_equal(stipple_limits(&made_up, 0, &bench->client, &limits), STIPPLE_FAULT);
	assert_int_equal(stipple_request(&made_up, 0, &bench->client, STIPPLE_DEPTH, 500, &answer),
			 STIPPLE_FAULT);
}

static void test_no_session_believes_a_made_up_table(void **state)
{
	struct ward *ward = *state;

	ward_begin(ward);
	ward->bench->table.bytes = 10;
	(void)stipple_finish_screening(AT(ward));
	ward_assert(ward, STIPPLE_FAULT, STIPPLE_REASON_TABLE_CHANGED);
}

static void test_names_of_no_kind(void **state)
{
	struct table_bench *bench = *state;
	enum stipple_named none = (enum stipple_named)(STIPPLE_NAMED_DEVICE + 1);

	assert_int_equal(stipple_count(&bench->table, none), 0);
	assert_string_equal(stipple_name(&bench->table, none, 0), "");
	assert_string_equal(stipple_label(&bench->table, none, 0, 0), "");
}

/* ---- images of odd shape ---- */

static uint32_t open_as_it_is(struct table_bench *bench, uint32_t bytes)
{
	uint32_t reason;

	assert_int_equal(
		stipple_open(&bench->table, bench->image, bytes, &bench->expected, &reason),
		STIPPLE_FAULT);
	return reason;
}

static void test_shorter_than_a_header(void **state)
{
	struct table_bench *bench = *state;

	assert_int_equal(open_as_it_is(bench, 16), STIPPLE_REASON_BAD_CALL);
	assert_int_equal(open_as_it_is(bench, bench->bytes + 1), STIPPLE_REASON_BAD_CALL);
}

/* A header and nothing behind it: no text, not even an empty one. */
static void test_nothing_but_a_header(void **state)
{
	struct table_bench *bench = *state;
	struct stipple_header header;

	memcpy(&header, bench->image, sizeof header);
	header.image_bytes = (uint32_t)sizeof header + 4u;
	for (struct stipple_section *section = &header.devices; section <= &header.text;
	     section++) {
		section->offset = (uint32_t)sizeof header;
		section->count = 0;
	}
	memcpy(bench->image, &header, sizeof header);
	bench->bytes = header.image_bytes;
	table_bench_seal(bench);
	assert_int_equal(open_as_it_is(bench, bench->bytes), STIPPLE_REASON_BAD_TABLE);
}

/* Two slots change their places; both rows are sound. */
static void test_slots_out_of_order(void **state)
{
	struct table_bench *bench = *state;
	struct stipple_header header;
	struct stipple_slot_row rows[2];
	uint16_t change;

	memcpy(&header, bench->image, sizeof header);
	memcpy(rows, bench->image + header.slots.offset, sizeof rows);
	change = rows[0].zone ^ rows[1].zone;
	for (size_t i = 0; i < 2; i++) {
		rows[i].zone ^= change;
		rows[i].check[0] ^= change;
	}
	memcpy(bench->image + header.slots.offset, rows, sizeof rows);
	table_bench_seal(bench);
	assert_int_equal(open_as_it_is(bench, bench->bytes), STIPPLE_REASON_BAD_TABLE);
}

static void test_protocol_of_no_zones(void **state)
{
	struct table_bench *bench = *state;
	struct stipple_header header;
	struct stipple_protocol_row row;

	memcpy(&header, bench->image, sizeof header);
	memcpy(&row, bench->image + header.protocols.offset, sizeof row);
	row.check[0] ^= row.slot_count;
	row.slot_count = 0;
	memcpy(bench->image + header.protocols.offset, &row, sizeof row);
	assert_int_equal(stipple_find_slot(&bench->table, 0, 0), STIPPLE_NOT_FOUND);
}

/* Of the operator, about whom nothing is said: so that no condition refuses it first. */
static void test_factor_with_too_many_values(void **state)
{
	struct table_bench *bench = *state;
	struct stipple_header header;
	struct stipple_factor_row row;
	size_t at;

	fixture_protocol(bench->model)->operator_factor = NULL;
	table_bench_rebuild(bench);
	memcpy(&header, bench->image, sizeof header);
	at = header.factors.offset + bench_factor(bench, "operator") * sizeof row;
	memcpy(&row, bench->image + at, sizeof row);
	row.value_count = STIPPLE_VALUES_MOST + 1;
	memcpy(bench->image + at, &row, sizeof row);
	table_bench_seal(bench);
	assert_int_equal(open_as_it_is(bench, bench->bytes), STIPPLE_REASON_BAD_TABLE);
}

static void test_pack_that_ends_in_its_header(void **state)
{
	struct table_bench *bench = *state;
	const uint32_t short_end = 100;
	uint32_t counter, reason;

	memcpy(bench->image + offsetof(struct stipple_header, image_bytes), &short_end, 4);
	assert_int_equal(stipple_open_pack(&bench->table, bench->image, bench->bytes,
					   &bench->expected, NULL, &counter, &reason),
			 STIPPLE_FAULT);
	assert_int_equal(reason, STIPPLE_REASON_BAD_TABLE);
}

static void test_pack_in_no_place(void **state)
{
	struct table_bench *bench = *state;
	const uint8_t *const places[] = { NULL, bench->image + 1 };
	uint32_t counter, reason;

	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(stipple_open_pack(&bench->table, places[i], bench->bytes - 4,
						   &bench->expected, NULL, &counter, &reason),
				 STIPPLE_FAULT);
		assert_int_equal(reason, STIPPLE_REASON_BAD_CALL);
	}
}

/* ---- limits and judges ---- */

static void as_after_a_reaction(struct table_bench *bench, uint32_t skin)
{
	bench_tell(bench, "skin_type", skin);
	bench_tell(bench, "prior_reaction", 1);
	bench_answer(bench, "keloid_history", STIPPLE_QUESTION_SAFE);
	bench->client.session = 3;
	bench->client.age = 40;
}

static void asks(struct table_bench *bench, uint32_t depth, uint32_t verdict)
{
	struct stipple_answer answer;

	assert_int_equal(stipple_request(&bench->table, bench_slot(bench, "cheeks"), &bench->client,
					 STIPPLE_DEPTH, depth, &answer),
			 verdict);
}

static void test_zone_that_is_never_for_some(void **state)
{
	struct table_bench *bench = *state;

	as_after_a_reaction(bench, 2);
	bench_answer(bench, "keloid_history", STIPPLE_QUESTION_UNSAFE);
	bench->client.age = 30;
	asks(bench, 500, STIPPLE_REFUSED);
	bench->client.age = 31;
	asks(bench, 500, STIPPLE_ALLOWED);
}

/* No deeper than last time, and there was no last time: no deeper than the start. */
static void test_step_without_a_last_depth(void **state)
{
	struct table_bench *bench = *state;

	as_after_a_reaction(bench, 2);
	bench_tell(bench, "prior_reaction", 2);
	bench->client.last_depth = 0;
	asks(bench, 500, STIPPLE_ALLOWED);
	asks(bench, 501, STIPPLE_REFUSED);
	bench->client.last_depth = 800;
	asks(bench, 800, STIPPLE_ALLOWED);
	asks(bench, 801, STIPPLE_REFUSED);
}

/* The upper end of the range sinks below its lower end: the lower end gives way. */
static void test_range_below_its_floor(void **state)
{
	struct table_bench *bench = *state;
	struct stp_zone_plan *plan =
		(struct stp_zone_plan *)(uintptr_t)fixture_protocol(bench->model)->zones;

	((struct stp_contribution *)(uintptr_t)plan->contributions)[0].value = 400;
	table_bench_rebuild(bench);
	as_after_a_reaction(bench, 5);
	asks(bench, 400, STIPPLE_ALLOWED);
	asks(bench, 399, STIPPLE_NEEDS_REASON);
	asks(bench, 401, STIPPLE_NEEDS_REASON);
}

static void test_endpoint_for_some(void **state)
{
	struct table_bench *bench = *state;
	struct stp_zone_plan *plan =
		(struct stp_zone_plan *)(uintptr_t)fixture_protocol(bench->model)->zones;
	struct stp_set_contribution *set = (struct stp_set_contribution *)(uintptr_t)plan->sets;
	struct stipple_limits limits;

	set->set = STP_ENDPOINT_SET;
	set->members = 2;
	table_bench_rebuild(bench);
	for (uint32_t skin = 4; skin <= 5; skin++) {
		as_after_a_reaction(bench, skin);
		assert_int_equal(stipple_limits(&bench->table, bench_slot(bench, "cheeks"),
						&bench->client, &limits),
				 STIPPLE_ANSWERED);
		assert_int_equal(limits.endpoints, skin == 5 ? 3 : 1);
	}
}

/* ---- sessions ---- */

static void test_age_beyond_a_byte(void **state)
{
	struct ward *ward = *state;

	ward->visit.age = 300;
	ward_begin(ward);
	assert_int_equal(ward->work.session.age, 255);
}

static void rebuild(struct ward *ward)
{
	table_bench_rebuild(ward->bench);
	ward_verify(ward);
}

/* Two intervals that hang on answers not given yet: the first of them is asked about. */
static void test_two_open_intervals(void **state)
{
	static struct stp_course_rule rules[2] = { { .apart_low = { 40, STP_DAY } },
						   { .apart_low = { 50, STP_DAY } } };
	struct ward *ward = *state;
	struct stp_protocol *protocol = fixture_protocol(ward->bench->model);

	rules[0].when = protocol->zones->contributions[0].when; /* dark skin */
	rules[1].when = protocol->zones->contributions[3].when; /* a reaction */
	protocol->course_rules = rules;
	protocol->course_rule_count = 2;
	rebuild(ward);
	ward->visit.number = 2;
	ward->visit.last_session = NOW - 30 * DAY;
	ward_begin(ward);
	REFUSED(ward, TOO_SOON,
		stipple_answer_factor(AT(ward), bench_factor(ward->bench, "skin_type"), 5));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ABORTED);
}

/* While it is open whether dark skin excludes, nobody clears what a doctor may clear for others. */
static void test_open_exclusion_is_not_cleared(void **state)
{
	static struct stp_screen_rule rules[16];
	struct ward *ward = *state;
	uint32_t question = bench_question(ward->bench, "anticoagulants");
	struct stp_protocol *protocol = fixture_protocol(ward->bench->model);
	size_t count = protocol->screen_count, clear = 0;

	while (protocol->screens[clear].level != STP_CLEAR)
		clear++;
	memcpy(rules, protocol->screens, count * sizeof *rules);
	rules[count] = rules[clear];
	rules[count].level = STP_EXCLUDE;
	rules[count].when = protocol->zones->contributions[0].when; /* dark skin */
	protocol->screens = rules;
	protocol->screen_count = count + 1;
	rebuild(ward);
	ward_begin(ward);
	ward_say(ward, "anticoagulants", STIPPLE_YES);
	REFUSED(ward, NOT_CLEARED, stipple_clear(AT(ward), question, 0));
	ward_tell(ward, "skin_type", 2);
	ALLOWED(stipple_clear(AT(ward), question, 0));
}

/* A rule about the number of sessions says nothing of the interval, and so advises nothing. */
static void test_limit_of_sessions_for_some(void **state)
{
	static struct stp_course_rule rule = { .sessions_limit = 2 };
	struct ward *ward = *state;
	struct stp_protocol *protocol = fixture_protocol(ward->bench->model);

	rule.when = protocol->zones->contributions[0].when; /* dark skin */
	protocol->course_rules = &rule;
	protocol->course_rule_count = 1;
	rebuild(ward);
	ward->visit.last_session = NOW - 30 * DAY;
	for (ward->visit.number = 2; ward->visit.number <= 3; ward->visit.number++) {
		ward_begin(ward);
		(void)stipple_answer_factor(AT(ward), bench_factor(ward->bench, "skin_type"), 5);
		if (ward->visit.number == 2)
			ward_assert(ward, STIPPLE_ALLOWED, STIPPLE_REASON_NONE);
		else
			ward_assert(ward, STIPPLE_REFUSED, STIPPLE_REASON_COURSE_DONE);
		ALLOWED(stipple_abort(AT(ward)));
	}
}

/*
 * Where the protocol says nothing and the device's range begins with nothing, as that of a device
 * without a rate does, nothing lies in the range. A pass does not begin on it.
 */
static void refuses_a_pass_on_nothing(struct ward *ward, enum stp_setting_id setting)
{
	static const struct stp_setting unsaid;
	struct stp_protocol *protocol = fixture_protocol(ward->bench->model);
	struct stp_zone_plan *plan = (struct stp_zone_plan *)(uintptr_t)protocol->zones;
	struct stp_device *device = (struct stp_device *)(uintptr_t)protocol->device;

	plan->settings[setting] = unsaid;
	device->depth_low_um = 0;
	device->rate_low_rpm = 0;
	rebuild(ward);
	ward_numb(ward);
	ward_enter(ward, "cheeks");
	if (setting == STP_DEPTH)
		ALLOWED(stipple_set(AT(ward), STIPPLE_RATE, 6000));
	else
		ALLOWED(stipple_set(AT(ward), STIPPLE_DEPTH, 500));
	ALLOWED(stipple_set(AT(ward), (uint32_t)setting + 1, 0));
	REFUSED(ward, NO_PERMIT, stipple_begin_pass(AT(ward)));
}

static void test_no_pass_without_a_depth(void **state)
{
	refuses_a_pass_on_nothing(*state, STP_DEPTH);
}

static void test_no_pass_without_a_rate(void **state)
{
	refuses_a_pass_on_nothing(*state, STP_RATE);
}

static void test_excluded_by_age_alone(void **state)
{
	struct ward *ward = *state;

	ward->visit.age = 20;
	ward_begin(ward);
	REFUSED(ward, EXCLUDED, stipple_finish_screening(AT(ward)));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_ABORTED);
}

static void test_no_anaesthetic_at_all(void **state)
{
	struct ward *ward = *state;

	fixture_protocol(ward->bench->model)->anaesthetic.medicine = NULL;
	rebuild(ward);
	ward_answer_all(ward);
	ALLOWED(stipple_finish_screening(AT(ward)));
	ALLOWED(stipple_finish_preparation(AT(ward)));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_READY);
}

/* A record keeper that takes the answer back, though it keeps the record. */
static uint32_t take_back(void *context, const struct stipple_record *record)
{
	struct ward *ward = context;

	ward->treatment.answer.verdict = STIPPLE_REFUSED;
	return ward_keep(context, record);
}

static void test_keeper_that_takes_the_answer_back(void **state)
{
	struct ward *ward = *state;

	ward_numb(ward);
	ward->treatment.keep = take_back;
	assert_int_equal(stipple_enter_zone(AT(ward), bench_zone(ward->bench, "forehead"), 0),
			 STIPPLE_REFUSED);
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_READY);
}

/* The anaesthetic's row with other times, for sessions from `from` on, its check words right. */
static void alter_anaesthetic(struct ward *ward, uint32_t least, uint16_t from)
{
	struct stipple_header header;
	struct stipple_anaesthetic_row row;
	uint32_t words[sizeof row / 4];
	uint32_t check = stipple_check_value(STIPPLE_ROW_ANAESTHETIC, 0);
	uint8_t *at;
	uint32_t reason;

	memcpy(&header, ward->bench->image, sizeof header);
	at = ward->bench->image + header.anaesthetics.offset;
	memcpy(&row, at, sizeof row);
	row.least = least;
	row.conditions[0] = (struct stipple_condition){ STIPPLE_SUBJECT_SESSION, from, 0xFFFF };
	row.wide_check = row.least ^ row.most ^ row.amount_most ^ row.area_most;
	memcpy(words, &row, sizeof row);
	for (size_t i = 0; i + 1 < sizeof row / 4; i++)
		check ^= words[i];
	words[sizeof row / 4 - 1] = check;
	memcpy(at, words, sizeof row);
	table_bench_seal(ward->bench);
	assert_int_equal(stipple_open(&ward->bench->table, ward->bench->image, ward->bench->bytes,
				      &ward->bench->expected, &reason),
			 STIPPLE_ANSWERED);
	ward_verify(ward);
}

static void test_anaesthetic_without_a_least_time(void **state)
{
	struct ward *ward = *state;

	for (uint16_t from = 1; from <= 2; from++) {
		alter_anaesthetic(ward, from == 1 ? 0 : 3600, from);
		ward_prepare(ward);
		ALLOWED(stipple_apply_anaesthetic(AT(ward), 0, 0));
		ALLOWED(stipple_remove_anaesthetic(AT(ward)));
		ALLOWED(stipple_abort(AT(ward)));
	}
}

#define BENCH(test) cmocka_unit_test_setup_teardown(test, table_bench_setup, table_bench_teardown)
#define WARD(test)  cmocka_unit_test_setup_teardown(test, ward_setup, ward_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		BENCH(test_no_call_believes_a_made_up_table),
		WARD(test_no_session_believes_a_made_up_table),
		BENCH(test_names_of_no_kind),
		BENCH(test_shorter_than_a_header),
		BENCH(test_nothing_but_a_header),
		BENCH(test_slots_out_of_order),
		BENCH(test_protocol_of_no_zones),
		BENCH(test_factor_with_too_many_values),
		BENCH(test_pack_that_ends_in_its_header),
		BENCH(test_pack_in_no_place),
		BENCH(test_zone_that_is_never_for_some),
		BENCH(test_step_without_a_last_depth),
		BENCH(test_range_below_its_floor),
		BENCH(test_endpoint_for_some),
		WARD(test_age_beyond_a_byte),
		WARD(test_two_open_intervals),
		WARD(test_open_exclusion_is_not_cleared),
		WARD(test_limit_of_sessions_for_some),
		WARD(test_no_pass_without_a_depth),
		WARD(test_no_pass_without_a_rate),
		WARD(test_excluded_by_age_alone),
		WARD(test_no_anaesthetic_at_all),
		WARD(test_keeper_that_takes_the_answer_back),
		WARD(test_anaesthetic_without_a_least_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
