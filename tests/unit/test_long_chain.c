/* SPDX-License-Identifier: Apache-2.0 */
/* A long chain of protocols that extend one another is resolved; an endless one is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "model_source.h"

static const struct stp_model *resolve_chain(struct stp_context *context, unsigned length)
{
	struct stp_string text;

	stp_string_init(&text, context);
	stp_add(&text, "edition 1\nsource s { grade A }\nindication scars\nzone knee\n"
		       "device pen { modality pen; depth 0.25 to 2 mm, step 0.25 mm cites s }\n"
		       "protocol p0 { version 1.0.0; treats scars; device pen\n"
		       "zone knee { depth 0.5 to 2 mm cites s } }\n");
	for (unsigned i = 1; i < length; i++)
		stp_addf(&text,
			 "protocol p%u extends p%u { version 1.0.0\n"
			 "zone knee { depth to 1 mm cites s } }\n",
			 i, i - 1);
	return resolve_text(context, text.text);
}

static void all_of_a_long_chain_is_met(void **state)
{
	struct stp_context context;
	const struct stp_model *model;

	(void)state;
	stp_context_init(&context, NULL);
	if (STP_GUARD(&context))
		fail_msg("out of memory");
	model = resolve_chain(&context, 200);
	assert_int_equal(stp_error_count(&context), 0);
	assert_int_equal(model->protocols[199]->zones[0].settings[STP_DEPTH].range_low.value, 500);
	assert_int_equal(model->protocols[199]->zones[0].settings[STP_DEPTH].range_high.value,
			 1000);
	stp_context_free(&context);
}

static void more_than_can_be_held_is_told(void **state)
{
	struct stp_context context;

	(void)state;
	stp_context_init(&context, NULL);
	if (STP_GUARD(&context))
		fail_msg("out of memory");
	resolve_chain(&context, 2000);
	assert_true(count_of(&context, STP_D_too_large) > 0);
	stp_context_free(&context);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_of_a_long_chain_is_met),
		cmocka_unit_test(more_than_can_be_held_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
