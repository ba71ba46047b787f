/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The proof that every client has a setting left, against trying every client, on random small
 * protocols: both when it holds and when it fails. STP_PROOF_MODELS says how many (20000 unless
 * said; a hundred thousand take a minute or two).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "model_source.h"
#include "random_protocol.h"

struct tally {
	size_t failed_depth, failed_movement, fine;
};

static void compare(uint64_t seed, struct tally *tally)
{
	struct stp_context context;
	struct random_protocol protocol;
	struct stp_string text;
	bool depth, movement, depth_fault, movement_fault;

	stp_context_init(&context, NULL);
	if (STP_GUARD(&context))
		fail_msg("out of memory");
	stp_string_init(&text, &context);
	random_protocol(&protocol, seed);
	random_protocol_text(&protocol, &text);
	resolve_text(&context, text.text);
	depth = somebody_lacks_depth(&protocol);
	movement = somebody_lacks_movement(&protocol);
	depth_fault = count_of(&context, STP_D_nothing_left) > 0;
	movement_fault = count_of(&context, STP_D_no_pattern_left) > 0;
	if (depth != depth_fault || movement != movement_fault ||
	    count_of(&context, STP_D_too_intricate) > 0)
		fail_msg("seed %lu: depth %d said %d, movement %d said %d in\n%s\n%s",
			 (unsigned long)seed, depth, depth_fault, movement, movement_fault,
			 text.text, list_faults(&context));
	tally->failed_depth += depth;
	tally->failed_movement += movement;
	tally->fine += !depth && !movement;
	stp_context_free(&context);
}

static size_t models_wanted(void)
{
	const char *said = getenv("STP_PROOF_MODELS");
	size_t count = 0;

	for (; said != NULL && *said >= '0' && *said <= '9'; said++)
		count = count * 10 + (size_t)(*said - '0');
	return count > 0 ? count : 20000;
}

static void proof_agrees_with_trying_every_client(void **state)
{
	struct tally tally = { 0, 0, 0 };
	size_t count = models_wanted();

	(void)state;
	for (size_t seed = 1; seed <= count; seed++)
		compare(seed, &tally);
	print_message("%zu models: %zu lack a depth, %zu a movement, %zu are fine\n", count,
		      tally.failed_depth, tally.failed_movement, tally.fine);
	/* A comparison of one kind only would show nothing. */
	assert_true(tally.failed_depth > count / 20);
	assert_true(tally.failed_movement > count / 20);
	assert_true(tally.fine > count / 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(proof_agrees_with_trying_every_client),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
