/* SPDX-License-Identifier: Apache-2.0 */
/* The tables in the hands of the runtime: one table, one session, one person at a time. */
#include "trial/bench.h"

#include <string.h>

/* ---- the tables ---- */

bool stp_bench_is_row(const struct stp_bench *bench, const void *element, const char *section,
		      uint32_t row)
{
	for (size_t i = 0; i < bench->rows.count; i++) {
		const struct stp_table_row *at = &bench->rows.items[i];

		if (at->element == element && at->row == row && strcmp(at->section, section) == 0)
			return true;
	}
	return false;
}

/* The first row of the element in that section, or STIPPLE_NOT_FOUND. */
static uint32_t row_of(const struct stp_bench *bench, const void *element, const char *section)
{
	for (size_t i = 0; i < bench->rows.count; i++)
		if (bench->rows.items[i].element == element &&
		    strcmp(bench->rows.items[i].section, section) == 0)
			return bench->rows.items[i].row;
	return STIPPLE_NOT_FOUND;
}

static void find_subjects(struct stp_bench *bench)
{
	const struct stp_model *model = bench->model;

	bench->subjects =
		stp_alloc_array(bench->context, model->factor_count + 1, sizeof *bench->subjects);
	for (size_t i = 0; i < model->factor_count; i++) {
		const struct stp_factor *factor = model->factors[i];
		uint32_t row = row_of(bench, factor, factor->yes_no ? "questions" : "factors");

		bench->subjects[i] = row == STIPPLE_NOT_FOUND ? STIPPLE_NONE
				     : factor->yes_no ? (uint16_t)(row | STIPPLE_SUBJECT_QUESTION)
						      : (uint16_t)row;
	}
}

bool stp_bench_open(struct stp_bench *bench, struct stp_context *context,
		    const struct stp_model *model)
{
	static const struct stp_tables_options options = { .name = "table", .header = "table.h" };

	memset(bench, 0, sizeof *bench);
	bench->context = context;
	bench->model = model;
	if (stp_table_image_with_rows(context, model, &options, &bench->image, &bench->length,
				      &bench->rows) != STP_DONE)
		return false;
	memcpy(&bench->header, bench->image, sizeof bench->header);
	bench->session_bytes =
		STIPPLE_SESSION_BYTES(bench->header.greatest_zones, bench->header.questions.count,
				      bench->header.factors.count);
	find_subjects(bench);
	return true;
}

/* Opens the image as the device of that protocol does. */
static void open_table(const struct stp_bench *bench, const struct stp_protocol *protocol,
		       struct stipple_table *table)
{
	struct stipple_expectation expected = { 0, 0 };
	struct stipple_device_row device;
	uint32_t row = row_of(bench, protocol->device, "devices");
	uint32_t reason;

	memcpy(&device, bench->image + bench->header.devices.offset + row * sizeof device,
	       sizeof device);
	expected.device_key = device.key;
	stipple_open(table, bench->image, (uint32_t)bench->length, &expected, &reason);
}

const char *stp_bench_subject(const struct stp_bench *bench, const struct stp_protocol *protocol,
			      uint16_t subject)
{
	struct stipple_table table;
	bool question = (subject & STIPPLE_SUBJECT_QUESTION) != 0;

	switch (subject) {
	case STIPPLE_SUBJECT_SESSION: return "session";
	case STIPPLE_SUBJECT_AGE: return "age";
	case STIPPLE_SUBJECT_DEPTH_USED: return "depth used";
	default: break;
	}
	open_table(bench, protocol, &table);
	return stipple_name(&table, question ? STIPPLE_NAMED_QUESTION : STIPPLE_NAMED_FACTOR,
			    question ? subject & ~STIPPLE_SUBJECT_QUESTION : subject);
}

const char *stp_bench_role(const struct stp_bench *bench, const struct stp_protocol *protocol,
			   uint16_t role)
{
	struct stipple_table table;

	if (role == STIPPLE_NONE)
		return "operator";
	open_table(bench, protocol, &table);
	return stipple_name(&table, STIPPLE_NAMED_ROLE, role);
}

/* ---- limits and requests ---- */

/* The person as the runtime's limits see one. */
static struct stipple_client client_of(const struct stp_bench *bench,
				       const struct stp_person *person)
{
	uint8_t *factors = stp_alloc(bench->context, bench->header.factors.count + (size_t)1);
	uint8_t *questions =
		stp_alloc(bench->context, bench->header.questions.count / 4 + (size_t)1);

	for (size_t i = 0; i < bench->model->factor_count; i++) {
		uint16_t subject = bench->subjects[i];
		uint16_t question = (uint16_t)(subject & ~STIPPLE_SUBJECT_QUESTION);

		if (subject == STIPPLE_NONE)
			continue;
		if (subject == question)
			factors[subject] = person->values[i];
		else
			questions[question / 4] |= (uint8_t)(person->values[i] << question % 4 * 2);
	}
	return (struct stipple_client){ .factors = factors,
					.questions = questions,
					.session = person->session,
					.age = person->age };
}

uint32_t stp_bench_limits(const struct stp_bench *bench, const struct stp_protocol *protocol,
			  const struct stp_zone *zone, const struct stp_person *person,
			  struct stipple_limits *limits)
{
	struct stipple_client client = client_of(bench, person);
	struct stipple_table table;
	uint32_t slot;

	open_table(bench, protocol, &table);
	slot = stipple_find_slot(&table, row_of(bench, protocol, "protocols"),
				 row_of(bench, zone, "zones"));
	if (slot == STIPPLE_NOT_FOUND) {
		memset(limits, 0, sizeof *limits);
		limits->verdict = STIPPLE_REFUSED;
		limits->reason = STIPPLE_REASON_ZONE_NOT_NAMED;
		return limits->verdict;
	}
	return stipple_limits(&table, slot, &client, limits);
}

uint32_t stp_bench_request(const struct stp_bench *bench, const struct stp_protocol *protocol,
			   const struct stp_zone *zone, const struct stp_person *person,
			   enum stp_setting_id setting, uint32_t value,
			   struct stipple_answer *answer)
{
	struct stipple_client client = client_of(bench, person);
	struct stipple_table table;
	uint32_t slot;

	open_table(bench, protocol, &table);
	slot = stipple_find_slot(&table, row_of(bench, protocol, "protocols"),
				 row_of(bench, zone, "zones"));
	return stipple_request(&table, slot, &client, STIPPLE_DEPTH + (uint32_t)setting, value,
			       answer);
}

/* ---- a session ---- */

/* A day on which any event can have been, and a clock that has run for a while. */
#define NOW_WALL   2000000000u
#define NOW_UPTIME 1000u

static uint32_t keep_nothing(void *unused, const struct stipple_record *record)
{
	(void)unused;
	(void)record;
	return STIPPLE_AUDITED;
}

struct visit {
	const struct stp_bench *bench;
	struct stp_screening *screening;
	struct stipple_table table;
	struct stipple_treatment treatment;
	struct stipple_time now;
	uint32_t since;
};

static uint32_t last_session(const struct stp_person *person)
{
	return person->apart == 0 ? NOW_WALL - STP_APART_MOST : NOW_WALL - person->apart;
}

static void begin(struct visit *visit, const struct stp_protocol *protocol,
		  const struct stp_person *person)
{
	struct stipple_verification verification;
	uint16_t number = person->session == 0 ? 1 : person->session;
	struct stipple_visit facts = { .verified = &verification,
				       .protocol = row_of(visit->bench, protocol, "protocols"),
				       .last_session = number > 1 ? last_session(person) : 0,
				       .last_deepest = person->depth,
				       .cartridge = STIPPLE_CARTRIDGE_NEW,
				       .number = number,
				       .age = person->age,
				       .needles = protocol->device->needles[0] };

	open_table(visit->bench, protocol, &visit->table);
	visit->treatment.table = &visit->table;
	visit->treatment.session = stp_alloc(visit->bench->context, visit->bench->session_bytes);
	visit->treatment.keep = keep_nothing;
	visit->treatment.session_bytes = (uint16_t)visit->bench->session_bytes;
	visit->now = (struct stipple_time){ NOW_WALL, NOW_UPTIME };
	stipple_verify_begin(&verification);
	while (stipple_verify_step(&visit->table, &verification, visit->table.bytes) ==
	       STIPPLE_BUSY)
		;
	stipple_begin(&visit->treatment, &visit->now, &facts);
}

/* Keeps what is worth telling of the answer; false when the person is refused. */
static bool note(struct visit *visit)
{
	const struct stipple_answer *answer = &visit->treatment.answer;
	struct stp_screening *screening = visit->screening;

	screening->last = *answer;
	if (answer->reason == STIPPLE_REASON_WAIT)
		screening->wait = answer->until - (visit->now.wall - visit->since);
	if (answer->verdict == STIPPLE_NEEDS_CLEARANCE ||
	    answer->reason == STIPPLE_REASON_CAUTION) {
		screening->noted =
			stp_grow(visit->bench->context, screening->noted, screening->noted_count,
				 &screening->noted_room, sizeof *screening->noted);
		screening->noted[screening->noted_count++] = *answer;
	}
	return answer->verdict != STIPPLE_REFUSED && answer->verdict != STIPPLE_FAULT;
}

static bool answer_question(struct visit *visit, uint32_t question, bool yes)
{
	stipple_answer_question(&visit->treatment, &visit->now, question,
				yes ? STIPPLE_YES : STIPPLE_NO);
	if (visit->treatment.answer.reason == STIPPLE_REASON_WHEN)
		stipple_answer_event(&visit->treatment, &visit->now, question,
				     visit->now.wall - visit->since);
	return note(visit);
}

/* The factors first, since what a question leads to may depend on them. */
static bool answer_all(struct visit *visit, const struct stp_person *person, bool questions)
{
	const struct stp_bench *bench = visit->bench;
	bool goes_on = true;

	for (size_t i = 0; goes_on && i < bench->model->factor_count; i++) {
		uint16_t subject = bench->subjects[i];

		if (person->values[i] == 0 || subject == STIPPLE_NONE ||
		    bench->model->factors[i]->yes_no != questions)
			continue;
		if (questions) {
			goes_on = answer_question(visit, subject & ~STIPPLE_SUBJECT_QUESTION,
						  person->values[i] == 2);
			continue;
		}
		stipple_answer_factor(&visit->treatment, &visit->now, subject, person->values[i]);
		goes_on = note(visit);
	}
	return goes_on;
}

void stp_bench_screen(const struct stp_bench *bench, const struct stp_protocol *protocol,
		      const struct stp_person *person, uint32_t since,
		      struct stp_screening *screening)
{
	struct visit visit = { .bench = bench, .screening = screening, .since = since };

	memset(screening, 0, sizeof *screening);
	begin(&visit, protocol, person);
	if (!note(&visit) || !answer_all(&visit, person, false) ||
	    !answer_all(&visit, person, true))
		return;
	stipple_finish_screening(&visit.treatment, &visit.now);
	note(&visit);
}
