/* SPDX-License-Identifier: Apache-2.0 */
/*
 * On a target: what the runtime answers from the tables of random models is what write_answers says
 * that the naive evaluator says.
 */
#include "console.h"
#include "all.h"
#include "stipple/runtime.h"

#define REQUESTS 36 /* three settings, four bounds, below, at and above each */

struct asked {
	uint16_t value;
	uint32_t verdict;
};

struct client_row {
	uint16_t model;
	uint8_t factors[8];
	uint8_t questions[4];
	uint16_t session, age, last_depth;
	uint32_t verdict;
	struct asked asked[REQUESTS];
	uint16_t patterns, endpoints;
};

static const struct client_row rows[] = {
#include "answers.inc"
};

struct image {
	const void *image;
	uint32_t bytes;
	uint32_t device_key;
};

static const struct image images[] = {
#define TABLE(n) { &model##n##_table, sizeof model##n##_table, MODEL##n##_DEVICE_PEN_25_KEY },
#include "tables.inc"
};

static uint32_t compared;

static int same(uint32_t got, uint32_t wanted)
{
	compared++;
	return got == wanted;
}

static int holds(const struct client_row *row)
{
	const struct stipple_expectation expected = { 0, images[row->model].device_key };
	struct stipple_client client = { row->factors, row->questions,  row->session,
					 row->age,     row->last_depth, 0 };
	struct stipple_table table;
	struct stipple_limits limits;
	struct stipple_answer answer;
	uint32_t reason, slot, at;
	int sound;

	if (stipple_open(&table, images[row->model].image, images[row->model].bytes, &expected,
			 &reason) != STIPPLE_ANSWERED)
		return 0;
	slot = stipple_find_slot(&table, 0, MODEL000_ZONE_CHEEKS);
	sound = same(stipple_limits(&table, slot, &client, &limits), row->verdict);
	if (row->verdict == STIPPLE_ANSWERED)
		sound &= same(limits.patterns, row->patterns) &
			 same(limits.endpoints, row->endpoints);
	for (at = 0; at < REQUESTS; at++)
		sound &= same(stipple_request(&table, slot, &client,
					      (uint32_t)STIPPLE_DEPTH + at / (REQUESTS / 3),
					      row->asked[at].value, &answer),
			      row->asked[at].verdict);
	return sound;
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
	uint32_t at;

	for (at = 0; at < sizeof rows / sizeof rows[0]; at++)
		if (!holds(&rows[at])) {
			console_write("differs: client ");
			write_number(at);
			console_write("\n");
			return 1;
		}
	write_number((uint32_t)(sizeof images / sizeof images[0]));
	console_write(" models, ");
	write_number(at);
	console_write(" clients, ");
	write_number(compared);
	console_write(" answers compared\n");
	return 0;
}
