/* SPDX-License-Identifier: Apache-2.0 */
/* Asks the runtime every line of vectors.txt (as rows in vectors.inc), on the host or a target. */
#include "console.h"
#include "fixture.h"
#include "stipple/runtime.h"

/* The words of vectors.txt. */
enum {
	zone_face = FIXTURE_ZONE_FACE,
	zone_cheeks = FIXTURE_ZONE_CHEEKS,
	zone_forehead = FIXTURE_ZONE_FOREHEAD,
	zone_eyelids = FIXTURE_ZONE_EYELIDS,
	keloid_unknown = STIPPLE_QUESTION_UNANSWERED,
	keloid_no = STIPPLE_QUESTION_SAFE,
	keloid_yes = STIPPLE_QUESTION_UNSAFE,
	keloid_cleared = STIPPLE_QUESTION_CLEARED,
	setting_depth = STIPPLE_DEPTH,
	setting_passes = STIPPLE_PASSES,
	setting_rate = STIPPLE_RATE,
	setting_pattern = STIPPLE_PATTERNS,
	setting_label = 100, /* of stipple_advise */
	setting_recipe = 101
};
#define verdict_allowed STIPPLE_ALLOWED
#define verdict_reason  STIPPLE_NEEDS_REASON
#define verdict_ask     STIPPLE_NEEDS_ANSWER
#define verdict_refused STIPPLE_REFUSED
#define verdict_on      STIPPLE_LABEL_ON
#define verdict_off     STIPPLE_LABEL_OFF
#define verdict_made    STIPPLE_ANSWERED

struct vector {
	uint32_t line, zone, session, age, skin, reaction, keloid, last, setting, value, verdict,
		why;
};

static const struct vector vectors[] = {
#include "vectors.inc"
};

/* What is shown and not enforced: the status or what must be asked, or how often it is made. */
static int advises(const struct stipple_table *table, const struct vector *vector, uint32_t slot,
		   const struct stipple_client *client)
{
	struct stipple_advice advice;
	uint32_t verdict = stipple_advise(table, slot, client, &advice);

	if (verdict == STIPPLE_ANSWERED && vector->setting == setting_recipe)
		return vector->verdict == verdict && advice.movements[vector->value] == vector->why;
	if (verdict == STIPPLE_ANSWERED)
		verdict = advice.label_status;
	return verdict == vector->verdict && advice.reason == vector->why;
}

static int holds(const struct stipple_table *table, const struct vector *vector)
{
	uint8_t factors[FIXTURE_FACTORS] = { 0 };
	uint8_t questions[(FIXTURE_QUESTIONS + 3u) / 4u] = { 0 };
	struct stipple_client client = { factors, questions, 0, 0, 0, 0 };
	struct stipple_answer answer;
	uint32_t slot = stipple_find_slot(table, FIXTURE_PROTOCOL_ACNE_SCARS, vector->zone);

	factors[FIXTURE_FACTOR_SKIN_TYPE] = (uint8_t)vector->skin;
	factors[FIXTURE_FACTOR_PRIOR_REACTION] = (uint8_t)vector->reaction;
	questions[FIXTURE_QUESTION_KELOID_HISTORY / 4] =
		(uint8_t)(vector->keloid << (FIXTURE_QUESTION_KELOID_HISTORY % 4 * 2));
	client.session = (uint16_t)vector->session;
	client.age = (uint16_t)vector->age;
	client.last_depth = (uint16_t)vector->last;
	if (vector->setting >= setting_label)
		return advises(table, vector, slot, &client);
	return stipple_request(table, slot, &client, vector->setting, vector->value, &answer) ==
		       vector->verdict &&
	       answer.reason == vector->why;
}

static void write_number(uint32_t number)
{
	char digits[11];
	uint32_t at = 10;

	digits[at] = '\0';
	do {
		digits[--at] = (char)('0' + number % 10u);
		number /= 10u;
	} while (number != 0);
	console_write(&digits[at]);
}

int main(void)
{
	static const struct stipple_expectation expected = { FIXTURE_INTERFACE_DIGEST,
							     FIXTURE_DEVICE_PEN_25_KEY };
	struct stipple_table table;
	uint32_t reason;
	uint32_t failed = 0;
	uint32_t at;

	if (stipple_open(&table, &fixture_table, sizeof fixture_table, &expected, &reason) !=
	    STIPPLE_ANSWERED)
		return 1;
	for (at = 0; at < sizeof vectors / sizeof vectors[0]; at++)
		if (!holds(&table, &vectors[at])) {
			console_write("vectors.txt, line ");
			write_number(vectors[at].line);
			console_write("\n");
			failed++;
		}
	write_number((uint32_t)(sizeof vectors / sizeof vectors[0]));
	console_write(" vectors asked\n");
	return failed != 0;
}
