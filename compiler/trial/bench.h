/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A device on the bench: the model's tables, opened by the runtime that devices link, and asked
 * about one person after the other. Nothing here judges; every answer is the runtime's own.
 */
#ifndef STP_TRIAL_BENCH_H
#define STP_TRIAL_BENCH_H

#include "emit/tables.h"
#include "model/tests.h"
#include "stipple/session.h"

struct stp_bench {
	struct stp_context *context;
	const struct stp_model *model;
	const uint8_t *image;
	size_t length;
	struct stipple_header header;
	struct stp_table_rows rows;
	uint16_t *subjects; /* factor index → subject of the table's conditions, or STIPPLE_NONE */
	uint32_t session_bytes;
};

/* One client: each fact is known or open. */
struct stp_person {
	uint16_t session, age; /* 0: open */
	uint16_t depth;        /* um: the greatest of the last session; 0: not known */
	uint32_t apart;        /* seconds since the last session; 0: it was long ago */
	uint8_t *values;       /* factor index → 0 when open, else 1 + the value */
};

/* Makes and opens the tables. False after a report. */
bool stp_bench_open(struct stp_bench *, struct stp_context *, const struct stp_model *);
/* Whether the element of the model is what that row says. */
bool stp_bench_is_row(const struct stp_bench *, const void *element, const char *section,
		      uint32_t row);

/* The runtime's limits and its verdict on a value; a zone that is not there is refused. */
uint32_t stp_bench_limits(const struct stp_bench *, const struct stp_protocol *,
			  const struct stp_zone *, const struct stp_person *,
			  struct stipple_limits *);
uint32_t stp_bench_request(const struct stp_bench *, const struct stp_protocol *,
			   const struct stp_zone *, const struct stp_person *, enum stp_setting_id,
			   uint32_t value, struct stipple_answer *);

/* What a session says while a person answers. */
struct stp_screening {
	struct stipple_answer last;   /* REFUSED: the person is; else the end of the screening */
	struct stipple_answer *noted; /* cautions and clearances on the way, in order */
	size_t noted_count, noted_room;
	uint32_t wait; /* refused for an event too near: at least so many seconds lie between */
};

/*
 * Begins a session of the person's number (the first, when that is open), gives all answers that
 * are known and ends the screening. An event that is waited for happened `since` seconds ago.
 */
void stp_bench_screen(const struct stp_bench *, const struct stp_protocol *,
		      const struct stp_person *, uint32_t since, struct stp_screening *);

/* The longest time since the last session that can be asked about, in seconds. */
#define STP_APART_MOST 1999999999u

/* "skin_type", "session": what a subject of the table's conditions is about. */
const char *stp_bench_subject(const struct stp_bench *, const struct stp_protocol *,
			      uint16_t subject);
/* The name of a role, or "operator" where it is the operator's own word. */
const char *stp_bench_role(const struct stp_bench *, const struct stp_protocol *, uint16_t role);

#endif
