/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables that are wrong on purpose, each with its check words and CRC made right again, so that
 * only the loader's proof of structure stands between them and a read outside. Whatever opens is
 * used in every way that the runtime has, on a block that a sanitizer knows the end of.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "emit/tables_image.h"
#include "stipple/session.h"
#include "table_bench.h"

static struct stipple_section section_of(const struct table_bench *bench,
					 enum stp_table_section section)
{
	struct stipple_section found;

	memcpy(&found, bench->image + stp_row_type(section)->header_member, sizeof found);
	return found;
}

/* Makes the row's check words right, as the table writer would. */
static void mend_row(uint8_t *row, const struct stp_row_type *type, uint32_t number)
{
	uint32_t check = type->check_kind == 0 ? 0 : stipple_check_value(type->check_kind, number);
	uint32_t wide = 0;
	uint32_t word;

	if (type->check_kind == 0)
		return;
	for (size_t i = 0; i < type->member_count; i++)
		if (type->members[i].bytes == 4 && type->members[i].kind != STP_MEMBER_CHECK)
			wide ^= stp_member_value(row, &type->members[i]);
	for (size_t i = 0; i < type->member_count; i++)
		if (strcmp(type->members[i].name, "wide_check") == 0)
			memcpy(row + type->members[i].offset, &wide, sizeof wide);
	for (uint32_t at = 0; at + 4 < type->bytes; at += 4) {
		memcpy(&word, row + at, sizeof word);
		check ^= word;
	}
	memcpy(row + type->bytes - 4, &check, sizeof check);
}

static void mend_all(struct table_bench *bench)
{
	for (enum stp_table_section s = 0; s < STP_SECTION_LABEL; s++) {
		struct stipple_section section = section_of(bench, s);

		for (uint32_t i = 0; i < section.count; i++)
			mend_row(bench->image + section.offset + i * stp_row_type(s)->bytes,
				 stp_row_type(s), i);
	}
	table_bench_seal(bench);
}

/* ---- using whatever opens ---- */

static uint32_t keep(void *context, const struct stipple_record *record)
{
	(void)context;
	(void)record;
	return STIPPLE_AUDITED;
}

/* Heap bytes, exactly as many as this table asks for, so that an overrun is seen. */
static struct stipple_session *session_for(const struct table_bench *bench, uint16_t *bytes)
{
	struct stipple_header header;

	memcpy(&header, bench->image, sizeof header);
	*bytes = (uint16_t)STIPPLE_SESSION_BYTES(header.greatest_zones, header.questions.count,
						 header.factors.count);
	return calloc(1, *bytes);
}

static void answer_everything(struct table_bench *bench, struct stipple_treatment *treatment,
			      const struct stipple_time *now)
{
	for (uint32_t i = 0; i < stipple_count(&bench->table, STIPPLE_NAMED_FACTOR); i++)
		(void)stipple_answer_factor(treatment, now, i, 2);
	for (uint32_t i = 0; i < stipple_count(&bench->table, STIPPLE_NAMED_QUESTION); i++) {
		(void)stipple_answer_event(treatment, now, i, now->wall - 86400u * 300u);
		(void)stipple_clear(treatment, now, i, STIPPLE_NONE);
		(void)stipple_answer_question(treatment, now, i, STIPPLE_NO);
	}
	for (uint32_t i = 0; i < stipple_count(&bench->table, STIPPLE_NAMED_FACTOR); i++)
		(void)stipple_answer_factor(treatment, now, i, 1); /* and changes them */
	(void)stipple_clear(treatment, now, STIPPLE_SUBJECT_AGE, 0);
	(void)stipple_finish_screening(treatment, now);
	(void)stipple_finish_preparation(treatment, now);
}

static void treat(struct table_bench *bench)
{
	struct stipple_treatment treatment = { .table = &bench->table, .keep = keep };
	struct stipple_time now = { 1800000000u, 100 };
	struct stipple_verification verified;
	struct stipple_visit visit = { .verified = &verified,
				       .last_session = now.wall - 86400u * 35u,
				       .cartridge = STIPPLE_CARTRIDGE_NEW,
				       .number = 2,
				       .age = 40,
				       .needles = 12 };

	treatment.session = session_for(bench, &treatment.session_bytes);
	assert_non_null(treatment.session);
	stipple_verify_begin(&verified);
	(void)stipple_verify_step(&bench->table, &verified, 0xFFFFFFFFu);
	(void)stipple_begin(&treatment, &now, &visit);
	answer_everything(bench, &treatment, &now);
	(void)stipple_apply_anaesthetic(&treatment, &now, 1, 1);
	now.wall += 3600;
	now.uptime += 3600;
	(void)stipple_remove_anaesthetic(&treatment, &now);
	for (uint32_t zone = 0; zone < 5; zone++) {
		(void)stipple_enter_zone(&treatment, &now, zone, 500);
		(void)stipple_set(&treatment, &now, STIPPLE_DEPTH, 500);
		(void)stipple_set(&treatment, &now, STIPPLE_RATE, 6000);
		(void)stipple_begin_pass(&treatment, &now);
		(void)stipple_permit(&treatment, &now, 500, 6000);
		(void)stipple_stop(&treatment, &now);
		(void)stipple_leave_zone(&treatment, &now, 1);
	}
	(void)stipple_complete(&treatment, &now);
	free(treatment.session);
}

static void read_texts(struct table_bench *bench)
{
	for (uint32_t kind = 0; kind < 11; kind++)
		for (uint32_t i = 0; i < stipple_count(&bench->table, (enum stipple_named)kind);
		     i++) {
			(void)strlen(stipple_name(&bench->table, (enum stipple_named)kind, i));
			(void)strlen(stipple_label(&bench->table, (enum stipple_named)kind, i, 0));
			(void)strlen(stipple_value_name(&bench->table, i, 0));
		}
}

/* The table may have other factors than the bench's client: nothing known, and all known. */
static void ask_limits(struct table_bench *bench)
{
	static const struct stipple_client unknown;
	uint8_t *factors = calloc(1, stipple_count(&bench->table, STIPPLE_NAMED_FACTOR) + 1u);
	uint8_t *questions =
		calloc(1, stipple_count(&bench->table, STIPPLE_NAMED_QUESTION) / 4u + 1u);
	struct stipple_client known = { factors, questions, 2, 40, 700, 900 };
	struct stipple_answer answer;

	assert_true(factors != NULL && questions != NULL);
	for (uint32_t slot = 0; slot < 4; slot++) {
		(void)stipple_request(&bench->table, slot, &unknown, STIPPLE_DEPTH, 500, &answer);
		(void)stipple_request(&bench->table, slot, &known, STIPPLE_RATE, 500, &answer);
	}
	free(factors);
	free(questions);
}

/* 1 when it opened; then it was used. */
static uint32_t try_table(struct table_bench *bench)
{
	uint32_t reason;

	if (stipple_open(&bench->table, bench->image, bench->bytes, &bench->expected, &reason) !=
	    STIPPLE_ANSWERED)
		return 0;
	read_texts(bench);
	ask_limits(bench);
	treat(bench);
	return 1;
}

static void with_value(struct table_bench *bench, void (*mend)(struct table_bench *), uint8_t *at,
		       uint32_t bytes, uint32_t value, uint32_t *opened)
{
	uint8_t before[4];

	memcpy(before, at, bytes);
	memcpy(at, &value, bytes); /* of the little-endian value, the low bytes */
	mend(bench);
	*opened += try_table(bench);
	memcpy(at, before, bytes);
}

static const uint32_t odd_values[] = { 0,      1,      2,       3,        7,          63,
				       64,     65,     0x7FFF,  0x8000,   0x8007,     0xFFFB,
				       0xFFFC, 0xFFFD, 0xFFFE,  0xFFFF,   0x7FFFFFFF, 0x80000000u,
				       1000,   2000,   4000000, 0xFFFFFFF };
#define ODD_VALUES (sizeof odd_values / sizeof odd_values[0])

/* Labels are in, so that their offsets are tried too. */
static void build_with_labels(struct table_bench *bench)
{
	static const char *const languages[] = { "en", "es" };
	static const struct stp_tables_options options = { "acne", "acne.h", languages,
							   2,      false,    NULL };

	table_bench_rebuild_with(bench, &options);
}

static void test_every_member_with_odd_values(void **state)
{
	struct table_bench *bench = *state;
	uint32_t opened = 0;
	uint32_t tried = 0;

	build_with_labels(bench);
	for (enum stp_table_section s = 0; s < STP_SECTION_LABEL; s++) {
		const struct stp_row_type *type = stp_row_type(s);
		struct stipple_section section = section_of(bench, s);
		uint32_t rows = section.count < 3 ? section.count : 3;

		for (uint32_t at = 0; at < rows * type->bytes; at += 2)
			for (size_t v = 0; v < ODD_VALUES; v++, tried++)
				with_value(bench, mend_all, bench->image + section.offset + at,
					   at % 4 == 0 && v > 15 ? 4 : 2, odd_values[v], &opened);
	}
	mend_all(bench);
	assert_int_equal(try_table(bench), 1);
	assert_true(opened > tried / 20 && opened < tried); /* some open, many are refused */
}

static void test_header_with_odd_values(void **state)
{
	struct table_bench *bench = *state;
	uint32_t opened = 0;

	build_with_labels(bench);
	for (size_t at = 0; at < sizeof(struct stipple_header); at += 2)
		for (size_t v = 0; v < ODD_VALUES; v++)
			with_value(bench, table_bench_seal, bench->image + at,
				   at % 4 == 0 && v > 15 ? 4 : 2, odd_values[v], &opened);
	assert_int_not_equal(opened, 0); /* the fingerprint may be anything, for one */
}

/* A session has room for 64 zones, whatever the slots are. */
static void test_header_with_too_many_zones(void **state)
{
	struct table_bench *bench = *state;
	uint16_t zones = STIPPLE_ZONES_MOST;
	uint8_t *at = bench->image + offsetof(struct stipple_header, greatest_zones);

	for (; zones <= STIPPLE_ZONES_MOST + 1; zones++) {
		memcpy(at, &zones, sizeof zones);
		table_bench_seal(bench);
		assert_int_equal(try_table(bench), zones <= STIPPLE_ZONES_MOST);
	}
}

/* The image with its first protocol repeated until there are so many. */
static void repeat_protocol(struct table_bench *bench, uint32_t count)
{
	const uint32_t each = sizeof(struct stipple_protocol_row);
	struct stipple_section protocols = section_of(bench, STP_SECTION_PROTOCOL);
	uint32_t more = (count - protocols.count) * each;
	uint32_t end = protocols.offset + protocols.count * each;
	uint8_t *image = malloc(bench->bytes + more);
	struct stipple_header *header = (struct stipple_header *)(void *)image;

	assert_non_null(image);
	memcpy(image, bench->image, end);
	for (uint32_t at = end; at < end + more; at += each)
		memcpy(image + at, image + protocols.offset, each);
	memcpy(image + end + more, bench->image + end, bench->bytes - end);
	header->protocols.count = count;
	header->image_bytes += more;
	for (struct stipple_section *s = &header->slots; s <= &header->text; s++)
		s->offset += more;
	free(bench->image);
	bench->image = image;
	bench->bytes += more;
	mend_all(bench);
}

/* A session names its protocol in 16 bits, of which one word means none. */
static void test_more_protocols_than_a_session_can_name(void **state)
{
	struct table_bench *bench = *state;
	uint32_t reason;

	for (uint32_t count = STIPPLE_NONE; count <= STIPPLE_NONE + 1; count++) {
		repeat_protocol(bench, count);
		assert_int_equal(stipple_open(&bench->table, bench->image, bench->bytes,
					      &bench->expected, &reason) == STIPPLE_ANSWERED,
				 count == STIPPLE_NONE);
	}
}

static void test_lists_and_labels_with_odd_values(void **state)
{
	static const enum stp_table_section sections[] = { STP_SECTION_LIST, STP_SECTION_LABEL };
	struct table_bench *bench = *state;
	uint32_t opened = 0;

	build_with_labels(bench);
	for (size_t s = 0; s < 2; s++) {
		struct stipple_section section = section_of(bench, sections[s]);

		for (uint32_t at = 0; at < section.count * 2; at += 2)
			for (size_t v = 0; v < ODD_VALUES; v++)
				with_value(bench, mend_all, bench->image + section.offset + at, 2,
					   odd_values[v], &opened);
	}
	mend_all(bench);
	assert_int_equal(try_table(bench), 1);
}

/* The list that a row names. */
static uint16_t *list_of(struct table_bench *bench, enum stp_table_section section, size_t member)
{
	uint32_t first;

	memcpy(&first, bench->image + section_of(bench, section).offset + member, sizeof first);
	return (uint16_t *)(void *)(bench->image + section_of(bench, STP_SECTION_LIST).offset) +
	       first;
}

/* A list whose check was made right again, with an entry that leads nowhere. */
static void test_list_entries_are_proven(void **state)
{
	struct table_bench *bench = *state;
	uint16_t *list = list_of(bench, STP_SECTION_PROTOCOL,
				 offsetof(struct stipple_protocol_row, screening_list));
	uint16_t count = list[0];
	uint32_t rows = section_of(bench, STP_SECTION_SCREENING).count;

	for (uint32_t entry = 1; entry <= count; entry++) {
		uint16_t before = list[entry];

		list[entry] = (uint16_t)rows;
		list[count + 1] ^= (uint16_t)(before ^ rows);
		mend_all(bench);
		assert_int_equal(try_table(bench), 0);
		list[entry] = before;
		list[count + 1] ^= (uint16_t)(before ^ rows);
	}
	mend_all(bench);
	assert_int_equal(try_table(bench), 1);
}

/* More kinds of cartridge than a session can tell apart: the list of screening, a longer one. */
static void test_cartridges_are_few(void **state)
{
	static struct stp_screen_rule rules[STIPPLE_CARTRIDGES_MOST + 1];
	struct table_bench *bench = *state;
	struct stp_protocol *protocol = fixture_protocol(bench->model);
	struct stipple_device_row *row;
	uint32_t tried[2] = { 0, 0 };
	uint32_t list;

	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
		rules[i] = protocol->screens[i % protocol->screen_count];
	protocol->screens = rules;
	for (protocol->screen_count = 1; protocol->screen_count <= STIPPLE_CARTRIDGES_MOST + 1;
	     protocol->screen_count++) {
		int few;

		table_bench_rebuild(bench);
		row = (struct stipple_device_row *)(void *)(bench->image +
							    section_of(bench, STP_SECTION_DEVICE)
								    .offset);
		memcpy(&list,
		       bench->image + section_of(bench, STP_SECTION_PROTOCOL).offset +
			       offsetof(struct stipple_protocol_row, screening_list),
		       sizeof list);
		row->cartridge_list = list;
		mend_all(bench);
		few = *list_of(bench, STP_SECTION_PROTOCOL,
			       offsetof(struct stipple_protocol_row, screening_list)) <=
		      STIPPLE_CARTRIDGES_MOST;
		assert_int_equal(try_table(bench), few);
		tried[few]++;
	}
	assert_true(tried[0] != 0 && tried[1] != 0);
}

/* A condition that would take an answer for one of the factor's values that it does not have. */
static void test_conditions_count_the_values(void **state)
{
	struct table_bench *bench = *state;
	struct stipple_section rows = section_of(bench, STP_SECTION_TIGHTENING);
	uint32_t tried = 0;

	for (uint32_t i = 0; i < rows.count; i++) {
		uint8_t *at =
			bench->image + rows.offset + i * sizeof(struct stipple_tightening_row);
		struct stipple_tightening_row row;
		uint16_t count;

		memcpy(&row, at, sizeof row);
		count = row.conditions[0].most;
		if (row.conditions[0].subject >= STIPPLE_SUBJECT_DEPTH_USED)
			continue;
		for (uint16_t other = 0; other < 20; other++, tried++) {
			row.conditions[0].most = other;
			memcpy(at, &row, sizeof row);
			mend_all(bench);
			assert_int_equal(try_table(bench), other == count);
		}
		row.conditions[0].most = count;
		memcpy(at, &row, sizeof row);
	}
	assert_int_not_equal(tried, 0);
}

static void test_text_must_end(void **state)
{
	struct table_bench *bench = *state;

	bench->image[bench->bytes - 5] = 'x';
	mend_all(bench);
	assert_int_equal(try_table(bench), 0);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, table_bench_setup, table_bench_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_every_member_with_odd_values),
		CASE(test_header_with_odd_values),
		CASE(test_lists_and_labels_with_odd_values),
		CASE(test_list_entries_are_proven),
		CASE(test_cartridges_are_few),
		CASE(test_conditions_count_the_values),
		CASE(test_text_must_end),
		CASE(test_header_with_too_many_zones),
		CASE(test_more_protocols_than_a_session_can_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
