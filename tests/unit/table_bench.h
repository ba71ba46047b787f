/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A bench for tests of the runtime: the fixture model's table, opened, with a client whose answers
 * a test sets by name.
 */
#ifndef STP_TESTS_TABLE_BENCH_H
#define STP_TESTS_TABLE_BENCH_H

#include "emit/tables.h"
#include "fixture_model.h"
#include "stipple/runtime.h"

struct table_bench {
	struct stp_context context;
	struct stp_model *model;
	uint8_t *image; /* a copy that a test may damage */
	uint32_t bytes;
	struct stipple_expectation expected;
	struct stipple_table table;
	uint8_t factors[16];
	uint8_t questions[16];
	struct stipple_client client;
};

/* cmocka setup and teardown: *state is a struct table_bench, its table open. */
int table_bench_setup(void **state);
int table_bench_teardown(void **state);

/* Makes the image anew from bench->model, and opens it. */
void table_bench_rebuild(struct table_bench *);
void table_bench_rebuild_with(struct table_bench *, const struct stp_tables_options *);
/* Mends the CRC at the image's end after an alteration. */
void table_bench_seal(struct table_bench *);

/* Indexes by name; the test fails when there is none. */
uint32_t bench_zone(const struct table_bench *, const char *name);
uint32_t bench_slot(const struct table_bench *, const char *zone);
uint32_t bench_question(const struct table_bench *, const char *name);
uint32_t bench_factor(const struct table_bench *, const char *name);

/* Answers: a factor's value counted from 1, 0 for none; a question's STIPPLE_QUESTION_... */
void bench_tell(struct table_bench *, const char *factor, uint32_t value);
void bench_answer(struct table_bench *, const char *question, uint32_t answer);

#endif
