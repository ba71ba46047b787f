/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The smallest integration: a table is linked in, and a depth is asked for before it is set. It
 * keeps no session; examples/firmware shows one.
 */
#include <stdio.h>

#include "acne_scars.h"
#include "stipple/runtime.h"

static void set_depth(unsigned um)
{
	printf("  depth set to %u um\n", um);
}

static void try_depth(const struct stipple_table *table, const struct stipple_client *client,
		      unsigned um)
{
	uint32_t slot =
		stipple_find_slot(table, ACNE_SCARS_PROTOCOL_ACNE_SCARS, ACNE_SCARS_ZONE_CHEEKS);
	struct stipple_answer answer;

	(void)stipple_request(table, slot, client, STIPPLE_DEPTH, um, &answer);
	printf("%u um: %s\n", um, stipple_reason_text(answer.reason));
	STIPPLE_IF_ALLOWED(answer.verdict)
	set_depth(um);
}

int main(void)
{
	static const struct stipple_expectation expected = { ACNE_SCARS_INTERFACE_DIGEST,
							     ACNE_SCARS_DEVICE_PEN_25_KEY };
	uint8_t factors[ACNE_SCARS_FACTORS] = { 0 };
	struct stipple_client client = { factors, NULL, 1, 30, 0, 0 };
	struct stipple_table table;
	uint32_t reason;

	if (stipple_open(&table, &acne_scars_table, sizeof acne_scars_table, &expected, &reason) !=
	    STIPPLE_ANSWERED) {
		printf("%s\n", stipple_reason_text(reason));
		return 1;
	}
	try_depth(&table, &client, 500); /* the skin type is not known yet: not allowed */
	factors[ACNE_SCARS_FACTOR_SKIN_TYPE] = ACNE_SCARS_ANSWER_SKIN_TYPE_III;
	try_depth(&table, &client, 500);
	try_depth(&table, &client, 1500); /* too deep for a first session */
	return 0;
}
