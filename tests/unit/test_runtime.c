/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The runtime's reading of a table: opening, finding, limits, requests. The numbers stand in
 * fixture_model.c; what is expected here was worked out by hand from them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "table_bench.h"

/* ---- opening ---- */

static uint32_t open_reason(struct table_bench *bench)
{
	uint32_t reason;
	uint32_t verdict =
		stipple_open(&bench->table, bench->image, bench->bytes, &bench->expected, &reason);

	assert_int_equal(verdict, reason == STIPPLE_REASON_NONE ? STIPPLE_ANSWERED : STIPPLE_FAULT);
	return reason;
}

static void put32(struct table_bench *bench, size_t at, uint32_t value)
{
	memcpy(bench->image + at, &value, sizeof value);
	table_bench_seal(bench);
}

static void put16(struct table_bench *bench, size_t at, uint16_t value)
{
	memcpy(bench->image + at, &value, sizeof value);
	table_bench_seal(bench);
}

static void test_opens_a_sound_table(void **state)
{
	assert_int_equal(open_reason(*state), STIPPLE_REASON_NONE);
}

static void test_refuses_other_magic(void **state)
{
	put32(*state, offsetof(struct stipple_header, magic), 0x5354504Cu);
	assert_int_equal(open_reason(*state), STIPPLE_REASON_BAD_TABLE);
}

static void test_refuses_newer_and_older_tables(void **state)
{
	put16(*state, offsetof(struct stipple_header, oldest_reader), STIPPLE_VERSION + 1);
	assert_int_equal(open_reason(*state), STIPPLE_REASON_OTHER_VERSION);
	put16(*state, offsetof(struct stipple_header, oldest_reader), STIPPLE_VERSION);
	put16(*state, offsetof(struct stipple_header, version), STIPPLE_VERSION_LEAST - 1);
	assert_int_equal(open_reason(*state), STIPPLE_REASON_OTHER_VERSION);
}

static void test_refuses_unknown_feature(void **state)
{
	put32(*state, offsetof(struct stipple_header, features), 0x80000000u);
	assert_int_equal(open_reason(*state), STIPPLE_REASON_OTHER_VERSION);
}

static void test_refuses_other_length(void **state)
{
	struct table_bench *bench = *state;

	bench->bytes -= 4;
	assert_int_equal(open_reason(bench), STIPPLE_REASON_BAD_TABLE);
}

static void test_refuses_bad_arguments(void **state)
{
	struct table_bench *bench = *state;
	uint32_t reason;

	assert_int_equal(stipple_open(&bench->table, NULL, 4096, &bench->expected, &reason),
			 STIPPLE_FAULT);
	assert_int_equal(reason, STIPPLE_REASON_BAD_CALL);
	assert_int_equal(stipple_open(&bench->table, bench->image + 2, bench->bytes - 4,
				      &bench->expected, &reason),
			 STIPPLE_FAULT);
	assert_int_equal(reason, STIPPLE_REASON_BAD_CALL);
	assert_int_equal(stipple_open(&bench->table, bench->image, 16, &bench->expected, &reason),
			 STIPPLE_FAULT);
	assert_int_equal(reason, STIPPLE_REASON_BAD_CALL);
}

static void test_refuses_other_device(void **state)
{
	struct table_bench *bench = *state;

	bench->expected.device_key++;
	assert_int_equal(open_reason(bench), STIPPLE_REASON_OTHER_DEVICE);
}

static void test_refuses_other_interface(void **state)
{
	struct table_bench *bench = *state;

	memcpy(&bench->expected.interface_digest,
	       bench->image + offsetof(struct stipple_header, interface_digest), 4);
	assert_int_equal(open_reason(bench), STIPPLE_REASON_NONE);
	bench->expected.interface_digest ^= 1;
	assert_int_equal(open_reason(bench), STIPPLE_REASON_OTHER_INTERFACE);
}

static void test_refused_table_answers_nothing(void **state)
{
	struct table_bench *bench = *state;
	struct stipple_limits limits;
	struct stipple_answer answer;
	struct stipple_verification verification;

	bench->image[bench->bytes - 1] ^= 1;
	assert_int_equal(open_reason(bench), STIPPLE_REASON_BAD_TABLE);
	assert_int_equal(stipple_find_protocol(&bench->table, 1), STIPPLE_NOT_FOUND);
	assert_int_equal(stipple_find_slot(&bench->table, 0, 0), STIPPLE_NOT_FOUND);
	assert_int_equal(stipple_limits(&bench->table, 0, &bench->client, &limits), STIPPLE_FAULT);
	assert_int_equal(
		stipple_request(&bench->table, 0, &bench->client, STIPPLE_DEPTH, 500, &answer),
		STIPPLE_FAULT);
	stipple_verify_begin(&verification);
	assert_int_equal(stipple_verify_step(&bench->table, &verification, 64), STIPPLE_FAULT);
	assert_int_equal(stipple_count(&bench->table, STIPPLE_NAMED_ZONE), 0);
	assert_string_equal(stipple_name(&bench->table, STIPPLE_NAMED_ZONE, 0), "");
}

/* All of them, one by one. */
static void test_refuses_every_flipped_bit(void **state)
{
	struct table_bench *bench = *state;

	for (uint32_t at = 0; at < bench->bytes; at++)
		for (int bit = 0; bit < 8; bit++) {
			bench->image[at] ^= (uint8_t)(1 << bit);
			if (open_reason(bench) == STIPPLE_REASON_NONE)
				fail_msg("bit %d of byte %u", bit, at);
			bench->image[at] ^= (uint8_t)(1 << bit);
		}
	assert_int_equal(open_reason(bench), STIPPLE_REASON_NONE);
}

/* A burst of up to 32 bits, anywhere: a CRC-32 that stands last finds each. */
static void test_refuses_bursts(void **state)
{
	struct table_bench *bench = *state;
	uint32_t random = 1;

	for (uint32_t at = 0; at + 4 <= bench->bytes; at++) {
		uint32_t burst;

		random = random * 1664525u + 1013904223u;
		burst = random | 1u;
		for (uint32_t i = 0; i < 4; i++)
			bench->image[at + i] ^= (uint8_t)(burst >> (8 * i));
		assert_int_not_equal(open_reason(bench), STIPPLE_REASON_NONE);
		for (uint32_t i = 0; i < 4; i++)
			bench->image[at + i] ^= (uint8_t)(burst >> (8 * i));
	}
}

static void ask_everything(struct table_bench *bench)
{
	struct stipple_answer answer;
	struct stipple_limits limits;

	for (uint32_t kind = 0; kind < 10; kind++)
		for (uint32_t i = 0; i < 4; i++)
			(void)strlen(stipple_label(&bench->table, (enum stipple_named)kind, i, 0));
	for (uint32_t zone = 0; zone < 5; zone++) {
		uint32_t slot = stipple_find_slot(&bench->table, 0, zone);

		(void)stipple_limits(&bench->table, slot, &bench->client, &limits);
		(void)stipple_request(&bench->table, slot, &bench->client, STIPPLE_DEPTH, 500,
				      &answer);
	}
}

/*
 * An image whose CRC was mended after damage is refused for its structure, or else leads no read
 * outside it: a sanitizer watches the block's end.
 */
static void test_structure_is_proven_apart_from_the_crc(void **state)
{
	struct table_bench *bench = *state;
	uint32_t refused = 0;
	uint32_t tried = 0;

	for (uint32_t at = 4; at + 4 < bench->bytes; at += 2) {
		static const uint8_t damage[] = { 0x01, 0x80, 0xFF };

		for (size_t i = 0; i < sizeof damage; i++) {
			uint8_t before = bench->image[at];

			bench->image[at] ^= damage[i];
			table_bench_seal(bench);
			if (open_reason(bench) == STIPPLE_REASON_NONE)
				ask_everything(bench);
			else
				refused++;
			tried++;
			bench->image[at] = before;
		}
	}
	assert_true(refused > tried / 2);
}

static void test_verifies_in_steps(void **state)
{
	struct table_bench *bench = *state;
	struct stipple_verification verification;
	uint32_t steps = 0;

	stipple_verify_begin(&verification);
	while (stipple_verify_step(&bench->table, &verification, 100) == STIPPLE_BUSY)
		steps++;
	assert_int_equal(steps, (bench->bytes - 4 - 1) / 100);
	assert_int_equal(stipple_verify_step(&bench->table, &verification, 0), STIPPLE_ANSWERED);
	bench->image[300] ^= 4;
	stipple_verify_begin(&verification);
	assert_int_equal(stipple_verify_step(&bench->table, &verification, 0xFFFFFFFFu),
			 STIPPLE_FAULT);
	verification.offset = bench->bytes;
	assert_int_equal(stipple_verify_step(&bench->table, &verification, 1), STIPPLE_FAULT);
}

/* ---- finding ---- */

static void test_finds_by_key(void **state)
{
	struct table_bench *bench = *state;

	assert_int_equal(stipple_find_protocol(&bench->table, 0x094B161Bu), 0);
	assert_int_equal(stipple_find_protocol(&bench->table, 0x094B161Au), STIPPLE_NOT_FOUND);
	assert_int_equal(stipple_find_zone(&bench->table, 0), STIPPLE_NOT_FOUND);
	assert_int_equal(stipple_find_factor(&bench->table, 0), STIPPLE_NOT_FOUND);
	assert_int_equal(stipple_find_question(&bench->table, 0), STIPPLE_NOT_FOUND);
}

static void test_finds_slots(void **state)
{
	struct table_bench *bench = *state;

	assert_int_equal(bench_slot(bench, "cheeks"), 0);
	assert_int_equal(bench_slot(bench, "forehead"), 1);
	assert_int_equal(bench_slot(bench, "eyelids"), 2);
	assert_int_equal(bench_slot(bench, "face"), STIPPLE_NOT_FOUND);
	assert_int_equal(stipple_find_slot(&bench->table, 1, 1), STIPPLE_NOT_FOUND);
}

/* ---- limits ---- */

/* A client of whom everything is known, and nothing tightens. */
static void know_all(struct table_bench *bench)
{
	bench->client.session = 3;
	bench->client.age = 40;
	bench_tell(bench, "skin_type", 2);
	bench_tell(bench, "prior_reaction", 1);
	bench_answer(bench, "keloid_history", STIPPLE_QUESTION_SAFE);
}

static struct stipple_limits limits_of(struct table_bench *bench, const char *zone)
{
	struct stipple_limits limits;
	uint32_t verdict =
		stipple_limits(&bench->table, bench_slot(bench, zone), &bench->client, &limits);

	assert_int_equal(verdict, limits.verdict);
	return limits;
}

static void assert_bounds(struct stipple_bounds bounds, uint32_t range_least, uint32_t range_most,
			  uint32_t limit_least, uint32_t limit_most, uint32_t start)
{
	assert_int_equal(bounds.range_least, range_least);
	assert_int_equal(bounds.range_most, range_most);
	assert_int_equal(bounds.limit_least, limit_least);
	assert_int_equal(bounds.limit_most, limit_most);
	assert_int_equal(bounds.start, start);
}

static void test_limits_for_everybody(void **state)
{
	struct stipple_limits limits;

	know_all(*state);
	limits = limits_of(*state, "cheeks");
	assert_int_equal(limits.verdict, STIPPLE_ANSWERED);
	assert_bounds(limits.depth, 500, 1500, 250, 1500, 500);
	assert_bounds(limits.passes, 2, 4, 0, 4, 2);
	assert_bounds(limits.rate, 6000, 7000, 4000, 7000, 6000);
	assert_int_equal(limits.patterns, 7);
	assert_int_equal(limits.endpoints, 1);
	assert_int_equal(limits.tightened[0], 0);
	assert_int_equal(limits.depth.row, STIPPLE_NONE);
}

static void test_limits_are_tightened(void **state)
{
	struct table_bench *bench = *state;
	struct stipple_limits limits;

	know_all(bench);
	bench_tell(bench, "skin_type", 5);
	limits = limits_of(bench, "cheeks");
	assert_bounds(limits.depth, 500, 1000, 250, 1000, 500);
	assert_int_equal(limits.patterns, 3);
	assert_int_equal(limits.depth.row, limits.first_tightening + 2);
	assert_int_equal(limits.tightened[0], 1u << 2 | 1u << 5);
	bench->client.session = 1;
	limits = limits_of(bench, "cheeks");
	assert_bounds(limits.depth, 500, 750, 250, 1000, 500);
	assert_int_equal(limits.tightened[0], 1u << 2 | 1u << 3 | 1u << 5);
	limits = limits_of(bench, "forehead");
	assert_bounds(limits.depth, 250, 750, 250, 1000, 250);
}

static void test_limits_never_guess(void **state)
{
	struct table_bench *bench = *state;
	struct stipple_limits limits;

	know_all(bench);
	bench_tell(bench, "skin_type", 0);
	limits = limits_of(bench, "cheeks");
	assert_int_equal(limits.verdict, STIPPLE_NEEDS_ANSWER);
	assert_int_equal(limits.subject, bench_factor(bench, "skin_type"));
	know_all(bench);
	bench->client.session = 0;
	limits = limits_of(bench, "cheeks");
	assert_int_equal(limits.verdict, STIPPLE_NEEDS_ANSWER);
	assert_int_equal(limits.subject, STIPPLE_SUBJECT_SESSION);
	know_all(bench);
	bench->client.age = 20;
	bench_answer(bench, "keloid_history", STIPPLE_QUESTION_UNANSWERED);
	limits = limits_of(bench, "cheeks");
	assert_int_equal(limits.verdict, STIPPLE_NEEDS_ANSWER);
	assert_int_equal(limits.subject,
			 STIPPLE_SUBJECT_QUESTION | bench_question(bench, "keloid_history"));
	bench->client.factors = NULL;
	bench->client.questions = NULL;
	assert_int_equal(limits_of(bench, "forehead").verdict, STIPPLE_NEEDS_ANSWER);
}

/* One condition that does not hold settles a row, whatever else is open. */
static void test_limits_ask_only_what_matters(void **state)
{
	struct table_bench *bench = *state;

	know_all(bench);
	bench_answer(bench, "keloid_history", STIPPLE_QUESTION_UNANSWERED);
	assert_int_equal(limits_of(bench, "cheeks").verdict, STIPPLE_ANSWERED); /* 40, not 30 */
	bench->client.session = 1;
	bench->client.age = 20;
	bench_tell(bench, "prior_reaction", 0);
	assert_int_equal(limits_of(bench, "cheeks").verdict, STIPPLE_ANSWERED);
}

static void test_zone_is_never_for_some(void **state)
{
	struct table_bench *bench = *state;
	struct stipple_limits limits;

	know_all(bench);
	bench->client.age = 30;
	bench_answer(bench, "keloid_history", STIPPLE_QUESTION_UNSAFE);
	limits = limits_of(bench, "cheeks");
	assert_int_equal(limits.verdict, STIPPLE_REFUSED);
	assert_int_equal(limits.reason, STIPPLE_REASON_ZONE_NEVER);
	bench_answer(bench, "keloid_history", STIPPLE_QUESTION_CLEARED);
	assert_int_equal(limits_of(bench, "cheeks").verdict, STIPPLE_REFUSED);
	bench_tell(bench, "skin_type", 0);
	assert_int_equal(limits_of(bench, "cheeks").verdict, STIPPLE_REFUSED);
	assert_int_equal(limits_of(bench, "eyelids").verdict, STIPPLE_REFUSED);
	bench->client.session = 1;
	bench_tell(bench, "skin_type", 1);
	assert_int_equal(limits_of(bench, "cheeks").verdict, STIPPLE_ANSWERED);
}

static void test_step_holds_from_the_last_depth(void **state)
{
	struct table_bench *bench = *state;

	know_all(bench);
	bench_tell(bench, "prior_reaction", 2);
	bench->client.last_depth = 1000;
	assert_bounds(limits_of(bench, "cheeks").depth, 500, 1000, 250, 1000, 500);
	bench->client.last_depth = 300; /* below the range: that is where it stays */
	assert_bounds(limits_of(bench, "cheeks").depth, 300, 300, 250, 300, 300);
	bench->client.last_depth = 0; /* not known: no deeper than the start */
	assert_bounds(limits_of(bench, "cheeks").depth, 500, 500, 250, 500, 500);
	bench->client.last_depth = 2000;
	assert_bounds(limits_of(bench, "cheeks").depth, 500, 1500, 250, 1500, 500);
}

/* ---- requests ---- */

static struct stipple_answer request(struct table_bench *bench, const char *zone, uint32_t setting,
				     uint32_t value)
{
	struct stipple_answer answer;
	uint32_t verdict = stipple_request(&bench->table, bench_slot(bench, zone), &bench->client,
					   setting, value, &answer);

	assert_int_equal(verdict, answer.verdict);
	return answer;
}

static void test_requests_at_every_bound(void **state)
{
	static const struct {
		const char *zone;
		uint32_t setting, value, verdict, reason;
	} cases[] = {
		{ "forehead", STIPPLE_DEPTH, 249, STIPPLE_REFUSED, STIPPLE_REASON_BELOW_LIMIT },
		{ "forehead", STIPPLE_DEPTH, 250, STIPPLE_ALLOWED, STIPPLE_REASON_NONE },
		{ "forehead", STIPPLE_DEPTH, 750, STIPPLE_ALLOWED, STIPPLE_REASON_NONE },
		{ "forehead", STIPPLE_DEPTH, 751, STIPPLE_NEEDS_REASON,
		  STIPPLE_REASON_ABOVE_RANGE },
		{ "forehead", STIPPLE_DEPTH, 1000, STIPPLE_NEEDS_REASON,
		  STIPPLE_REASON_ABOVE_RANGE },
		{ "forehead", STIPPLE_DEPTH, 1001, STIPPLE_REFUSED, STIPPLE_REASON_ABOVE_LIMIT },
		{ "forehead", STIPPLE_DEPTH, 65535, STIPPLE_REFUSED, STIPPLE_REASON_ABOVE_LIMIT },
		{ "forehead", STIPPLE_DEPTH, 0xFFFFFFFFu, STIPPLE_REFUSED,
		  STIPPLE_REASON_ABOVE_LIMIT },
		{ "cheeks", STIPPLE_DEPTH, 499, STIPPLE_NEEDS_REASON, STIPPLE_REASON_BELOW_RANGE },
		{ "cheeks", STIPPLE_DEPTH, 1500, STIPPLE_ALLOWED, STIPPLE_REASON_NONE },
		{ "cheeks", STIPPLE_DEPTH, 1501, STIPPLE_REFUSED, STIPPLE_REASON_ABOVE_LIMIT },
		{ "cheeks", STIPPLE_PASSES, 0, STIPPLE_NEEDS_REASON, STIPPLE_REASON_BELOW_RANGE },
		{ "cheeks", STIPPLE_PASSES, 4, STIPPLE_ALLOWED, STIPPLE_REASON_NONE },
		{ "cheeks", STIPPLE_PASSES, 5, STIPPLE_REFUSED, STIPPLE_REASON_ABOVE_LIMIT },
		{ "cheeks", STIPPLE_RATE, 3999, STIPPLE_REFUSED, STIPPLE_REASON_BELOW_LIMIT },
		{ "cheeks", STIPPLE_RATE, 7000, STIPPLE_ALLOWED, STIPPLE_REASON_NONE },
		{ "cheeks", STIPPLE_RATE, 7001, STIPPLE_REFUSED, STIPPLE_REASON_ABOVE_LIMIT },
		{ "cheeks", STIPPLE_PATTERNS, 2, STIPPLE_ALLOWED, STIPPLE_REASON_NONE },
		{ "cheeks", STIPPLE_PATTERNS, 3, STIPPLE_REFUSED,
		  STIPPLE_REASON_NOT_ALLOWED_PATTERN },
		{ "cheeks", STIPPLE_PATTERNS, 99, STIPPLE_REFUSED,
		  STIPPLE_REASON_NOT_ALLOWED_PATTERN },
		{ "cheeks", STIPPLE_ENDPOINTS, 0, STIPPLE_FAULT, STIPPLE_REASON_BAD_CALL },
		{ "cheeks", 0, 0, STIPPLE_FAULT, STIPPLE_REASON_BAD_CALL },
		{ "eyelids", STIPPLE_DEPTH, 250, STIPPLE_REFUSED, STIPPLE_REASON_ZONE_NEVER },
		{ "face", STIPPLE_DEPTH, 250, STIPPLE_REFUSED, STIPPLE_REASON_ZONE_NOT_NAMED },
	};

	know_all(*state);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct stipple_answer answer =
			request(*state, cases[i].zone, cases[i].setting, cases[i].value);

		if (answer.verdict != cases[i].verdict || answer.reason != cases[i].reason)
			fail_msg("case %zu: verdict %08x, %s", i, answer.verdict,
				 stipple_reason_text(answer.reason));
	}
}

static void test_answer_explains(void **state)
{
	struct table_bench *bench = *state;
	struct stipple_answer answer;

	know_all(bench);
	bench_tell(bench, "skin_type", 6);
	answer = request(bench, "cheeks", STIPPLE_DEPTH, 1200);
	assert_int_equal(answer.verdict, STIPPLE_REFUSED);
	assert_int_equal(answer.row, 2);
	assert_int_equal(answer.value, 1200);
	assert_int_equal(answer.range_least, 500);
	assert_int_equal(answer.range_most, 1000);
	assert_int_equal(answer.limit_most, 1000);
	bench_tell(bench, "skin_type", 0);
	answer = request(bench, "cheeks", STIPPLE_DEPTH, 500);
	assert_int_equal(answer.verdict, STIPPLE_NEEDS_ANSWER);
	assert_int_equal(answer.subject, bench_factor(bench, "skin_type"));
}

static void test_verdicts_are_far_apart(void **state)
{
	static const uint32_t verdicts[] = { STIPPLE_ALLOWED,
					     STIPPLE_NEEDS_REASON,
					     STIPPLE_NEEDS_ANSWER,
					     STIPPLE_NEEDS_CLEARANCE,
					     STIPPLE_REFUSED,
					     STIPPLE_FAULT,
					     STIPPLE_BUSY,
					     STIPPLE_ANSWERED,
					     0,
					     0xFFFFFFFFu };

	(void)state;
	for (size_t i = 0; i < sizeof verdicts / sizeof verdicts[0]; i++)
		for (size_t j = 0; j < i; j++)
			assert_true(__builtin_popcount(verdicts[i] ^ verdicts[j]) >= 8);
}

static void test_if_allowed(void **state)
{
	uint32_t entered = 0;

	(void)state;
	STIPPLE_IF_ALLOWED(STIPPLE_ALLOWED)
	entered++;
	assert_int_equal(entered, 1);
	STIPPLE_IF_ALLOWED(STIPPLE_NEEDS_REASON)
	entered++;
	STIPPLE_IF_ALLOWED(0)
	entered++;
	assert_int_equal(entered, 1);
}

static void test_texts(void **state)
{
	struct table_bench *bench = *state;

	assert_string_equal(stipple_name(&bench->table, STIPPLE_NAMED_PROTOCOL, 0), "acne_scars");
	assert_string_equal(stipple_value_name(&bench->table, bench_factor(bench, "skin_type"), 4),
			    "V");
	assert_string_equal(stipple_value_name(&bench->table, bench_factor(bench, "skin_type"), 6),
			    "");
	assert_string_equal(stipple_value_name(&bench->table, 99, 0), "");
	assert_string_equal(stipple_label(&bench->table, STIPPLE_NAMED_ZONE, 0, 0), "");
	assert_string_equal(stipple_reason_text(STIPPLE_REASON_TOO_SOON),
			    "too soon after the last session");
	assert_string_equal(stipple_reason_text(STIPPLE_REASON_COUNT), "");
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, table_bench_setup, table_bench_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_opens_a_sound_table),
		CASE(test_refuses_other_magic),
		CASE(test_refuses_newer_and_older_tables),
		CASE(test_refuses_unknown_feature),
		CASE(test_refuses_other_length),
		CASE(test_refuses_bad_arguments),
		CASE(test_refuses_other_device),
		CASE(test_refuses_other_interface),
		CASE(test_refused_table_answers_nothing),
		CASE(test_refuses_every_flipped_bit),
		CASE(test_refuses_bursts),
		CASE(test_structure_is_proven_apart_from_the_crc),
		CASE(test_verifies_in_steps),
		CASE(test_finds_by_key),
		CASE(test_finds_slots),
		CASE(test_limits_for_everybody),
		CASE(test_limits_are_tightened),
		CASE(test_limits_never_guess),
		CASE(test_limits_ask_only_what_matters),
		CASE(test_zone_is_never_for_some),
		CASE(test_step_holds_from_the_last_depth),
		CASE(test_requests_at_every_bound),
		CASE(test_answer_explains),
		CASE(test_verdicts_are_far_apart),
		CASE(test_if_allowed),
		CASE(test_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
