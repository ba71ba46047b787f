/* SPDX-License-Identifier: Apache-2.0 */
/* See table_bench.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "table_bench.h"

static const struct stp_tables_options options = { .name = "acne", .header = "acne.h" };

void table_bench_rebuild_with(struct table_bench *bench, const struct stp_tables_options *wanted)
{
	const uint8_t *made;
	size_t length;
	uint32_t reason;

	assert_int_equal(stp_table_image(&bench->context, bench->model, wanted, &made, &length),
			 STP_DONE);
	free(bench->image);
	bench->image = malloc(length); /* exactly so long, so that a sanitizer sees the end */
	assert_non_null(bench->image);
	memcpy(bench->image, made, length);
	bench->bytes = (uint32_t)length;
	assert_int_equal(
		stipple_open(&bench->table, bench->image, bench->bytes, &bench->expected, &reason),
		STIPPLE_ANSWERED);
}

void table_bench_rebuild(struct table_bench *bench)
{
	table_bench_rebuild_with(bench, &options);
}

int table_bench_setup(void **state)
{
	struct table_bench *bench = calloc(1, sizeof *bench);

	assert_non_null(bench);
	stp_context_init(&bench->context, NULL);
	bench->model = fixture_model(&bench->context);
	bench->expected.device_key = 0x917D5ADEu; /* SHA-256 of "device:pen_25" begins so */
	table_bench_rebuild(bench);
	bench->client.factors = bench->factors;
	bench->client.questions = bench->questions;
	*state = bench;
	return 0;
}

int table_bench_teardown(void **state)
{
	struct table_bench *bench = *state;

	stp_context_free(&bench->context);
	free(bench->image);
	free(bench);
	return 0;
}

void table_bench_seal(struct table_bench *bench)
{
	uint32_t crc = 0xFFFFFFFFu;
	uint32_t end = bench->bytes - 4;

	for (uint32_t i = 0; i < end; i++) {
		crc ^= bench->image[i];
		for (int bit = 0; bit < 8; bit++)
			crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320u : 0);
	}
	for (uint32_t i = 0; i < 4; i++)
		bench->image[end + i] = (uint8_t)(~crc >> (8 * i));
}

static uint32_t find(const struct table_bench *bench, enum stipple_named kind, const char *name)
{
	for (uint32_t i = 0; i < stipple_count(&bench->table, kind); i++)
		if (strcmp(stipple_name(&bench->table, kind, i), name) == 0)
			return i;
	fail_msg("the fixture has no %s", name);
	return 0;
}

uint32_t bench_zone(const struct table_bench *bench, const char *name)
{
	return find(bench, STIPPLE_NAMED_ZONE, name);
}

uint32_t bench_slot(const struct table_bench *bench, const char *zone)
{
	return stipple_find_slot(&bench->table, 0, bench_zone(bench, zone));
}

uint32_t bench_question(const struct table_bench *bench, const char *name)
{
	return find(bench, STIPPLE_NAMED_QUESTION, name);
}

uint32_t bench_factor(const struct table_bench *bench, const char *name)
{
	return find(bench, STIPPLE_NAMED_FACTOR, name);
}

void bench_tell(struct table_bench *bench, const char *factor, uint32_t value)
{
	bench->factors[bench_factor(bench, factor)] = (uint8_t)value;
}

void bench_answer(struct table_bench *bench, const char *question, uint32_t answer)
{
	uint32_t number = bench_question(bench, question);
	uint8_t *byte = &bench->questions[number / 4];
	uint32_t shift = number % 4 * 2;

	*byte = (uint8_t)((*byte & ~(3u << shift)) | answer << shift);
}
