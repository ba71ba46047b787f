/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libFuzzer target: any bytes as a pack, on a device and in the program.
 *
 * Bytes that were altered fail at the CRC, so each input is tried twice: as it is, and with its
 * lengths, check words and CRC made right, so that only its contents can be wrong. What opens is
 * then asked everything. What must hold: no read leaves the pack (it lies in memory of exactly its
 * size), and nothing is allowed beyond the limits that are answered.
 */
#include <stdlib.h>
#include <string.h>

#include "emit/decompile.h"
#include "emit/pack.h"
#include "emit/tables_image.h"
#include "stipple/pack.h"
#include "stipple/session.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

#define FEW 24 /* rows of one kind that are asked */

/* ---- what only tables_finish.c can do: make an altered image sound again ---- */

static void seal_row(uint8_t *row, const struct stp_row_type *type, uint32_t number)
{
	uint32_t wide = 0, check = stipple_check_value(type->check_kind, number), word;
	const struct stp_row_member *place = NULL;

	for (size_t i = 0; i < type->member_count; i++) {
		const struct stp_row_member *member = &type->members[i];

		if (strcmp(member->name, "wide_check") == 0)
			place = member;
		else if (member->bytes == 4 && member->kind != STP_MEMBER_CHECK)
			wide ^= stp_member_value(row, member);
	}
	if (place != NULL)
		memcpy(row + place->offset, &wide, sizeof wide);
	for (uint32_t at = 0; at + 4 < type->bytes; at += 4) {
		memcpy(&word, row + at, sizeof word);
		check ^= word;
	}
	memcpy(row + type->bytes - 4, &check, sizeof check);
}

static void seal(uint8_t *image, uint32_t length)
{
	struct stipple_header header;

	memcpy(&header, image, sizeof header);
	header.magic = STIPPLE_MAGIC;
	header.oldest_reader = STIPPLE_VERSION;
	header.features = 0;
	header.image_bytes = length;
	memcpy(image, &header, sizeof header);
	for (enum stp_table_section s = 0; stp_sections_fit(image, length) && s < STP_SECTIONS;
	     s++) {
		const struct stp_row_type *type = stp_row_type(s);
		struct stipple_section section;

		memcpy(&section, image + type->header_member, sizeof section);
		for (uint32_t i = 0; type->check_kind != 0 && i < section.count; i++)
			seal_row(image + section.offset + (size_t)i * type->bytes, type, i);
	}
	stp_put_crc(image, length);
}

/* ---- everything that a device asks ---- */

static volatile size_t heard;

static uint32_t least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static void read_names(const struct stipple_table *table)
{
	for (unsigned kind = STIPPLE_NAMED_PROTOCOL; kind <= STIPPLE_NAMED_DEVICE + 1; kind++) {
		uint32_t count = stipple_count(table, (enum stipple_named)kind);

		for (uint32_t i = 0; i <= count; i++) {
			heard += strlen(stipple_name(table, (enum stipple_named)kind, i));
			heard += strlen(stipple_label(table, (enum stipple_named)kind, i, 0));
			heard += strlen(stipple_label(table, (enum stipple_named)kind, i, 1));
		}
	}
	for (uint32_t i = 0; i <= least(stipple_count(table, STIPPLE_NAMED_FACTOR), FEW); i++)
		for (uint32_t j = 0; j <= STIPPLE_VALUES_MOST; j++)
			heard += strlen(stipple_value_name(table, i, j));
}

/* What is allowed lies within what is answered. */
static void request(const struct stipple_table *table, uint32_t slot,
		    const struct stipple_client *client, uint32_t setting, uint32_t value)
{
	struct stipple_limits limits;
	struct stipple_answer answer;
	struct stipple_bounds *bounds = stipple_bounds_of(&limits, setting);

	if (stipple_request(table, slot, client, setting, value, &answer) != STIPPLE_ALLOWED)
		return;
	if (stipple_limits(table, slot, client, &limits) != STIPPLE_ANSWERED)
		abort();
	if (bounds != NULL && (value < bounds->range_least || value > bounds->range_most ||
			       value > bounds->limit_most))
		abort();
}

static void ask_slot(const struct stipple_table *table, uint32_t slot,
		     const struct stipple_client *client)
{
	static const uint16_t values[] = { 0, 1, 250, 1000, 6500, 0xFFFF };

	for (uint32_t setting = 0; setting <= STIPPLE_CONDITIONS; setting++)
		for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
			request(table, slot, client, setting, values[i]);
}

static uint32_t keep(void *context, const struct stipple_record *record)
{
	(void)context;
	heard += record->event;
	return STIPPLE_AUDITED;
}

/* The first kind of cartridge of the first device; as the table is open, all is where it says. */
static uint16_t first_cartridge(const struct stipple_table *table)
{
	const uint8_t *image = table->image;
	struct stipple_header header;
	struct stipple_device_row row;
	uint16_t list[2];

	memcpy(&header, image, sizeof header);
	memcpy(&row, image + header.devices.offset, sizeof row);
	memcpy(list, image + header.lists.offset + 2 * row.cartridge_list, sizeof list);
	return list[0] != 0 ? list[1] : 0;
}

static void treat_zones(struct stipple_treatment *treatment, struct stipple_time *now)
{
	const struct stipple_table *table = treatment->table;

	for (uint32_t zone = 0; zone <= least(stipple_count(table, STIPPLE_NAMED_ZONE), FEW);
	     zone++) {
		now->wall++;
		now->uptime++;
		stipple_enter_zone(treatment, now, zone, 500);
		for (uint32_t setting = STIPPLE_DEPTH; setting <= STIPPLE_PATTERNS; setting++) {
			stipple_set(treatment, now, setting, setting == STIPPLE_RATE ? 6500 : 500);
			stipple_confirm(treatment, now, treatment->answer.token, 1);
		}
		stipple_begin_pass(treatment, now);
		stipple_confirm(treatment, now, treatment->answer.token, 1);
		stipple_begin_pass(treatment, now);
		stipple_permit(treatment, now, 500, 6500);
		stipple_change_cartridge(treatment, now, STIPPLE_CARTRIDGE_NEW, zone);
		stipple_change_cartridge(treatment, now, STIPPLE_CARTRIDGE_NEW,
					 first_cartridge(table));
		stipple_begin_pass(treatment, now);
		stipple_end_pass(treatment, now);
		stipple_leave_zone(treatment, now, 1);
	}
}

static void treat(struct stipple_treatment *treatment, struct stipple_verification *verified,
		  uint32_t protocol, const uint8_t *said)
{
	const struct stipple_table *table = treatment->table;
	struct stipple_visit visit = { verified, protocol, 0, STIPPLE_CARTRIDGE_NEW,
				       1,        said[0],  0, first_cartridge(table) };
	struct stipple_time now = { 1000000000u, 100 };

	stipple_begin(treatment, &now, &visit);
	stipple_answer_age(treatment, &now, 30);
	for (uint32_t i = 0; i < stipple_count(table, STIPPLE_NAMED_FACTOR); i++)
		stipple_answer_factor(treatment, &now, i, 1 + said[i % 8] % 3);
	for (uint32_t i = 0; i < stipple_count(table, STIPPLE_NAMED_QUESTION); i++) {
		stipple_answer_question(treatment, &now, i,
					said[i % 8] % 16 != 0 ? STIPPLE_NO : STIPPLE_YES);
		stipple_answer_event(treatment, &now, i, 900000000u);
		stipple_clear(treatment, &now, i, 0);
	}
	stipple_finish_screening(treatment, &now);
	stipple_finish_preparation(treatment, &now);
	stipple_apply_anaesthetic(treatment, &now, 10, 10);
	now.wall += 4000;
	now.uptime += 4000;
	stipple_remove_anaesthetic(treatment, &now);
	treat_zones(treatment, &now);
	stipple_restore(treatment, &now);
	stipple_abort(treatment, &now);
}

static void hold_sessions(const struct stipple_table *table, const struct stipple_header *header,
			  const uint8_t *said)
{
	struct stipple_treatment treatment = { .table = table, .keep = keep };
	uint32_t bytes = STIPPLE_SESSION_BYTES(header->greatest_zones, header->questions.count,
					       header->factors.count);
	struct stipple_verification verified;

	if (bytes > UINT16_MAX)
		return;
	treatment.session = calloc(1, bytes);
	treatment.session_bytes = (uint16_t)bytes;
	for (uint32_t i = 0; i <= least(header->protocols.count, 3); i++) {
		stipple_verify_begin(&verified);
		while (stipple_verify_step(table, &verified, 1024) == STIPPLE_BUSY)
			;
		treat(&treatment, &verified, i, said);
	}
	free(treatment.session);
}

static void ask_everything(const struct stipple_table *table, const struct stipple_header *header,
			   const uint8_t *said)
{
	uint8_t *factors = calloc(1, header->factors.count + (size_t)1);
	uint8_t *questions = calloc(1, header->questions.count / 4 + (size_t)1);
	struct stipple_client client = { factors, questions, 2, 30, 500, 1000 };

	read_names(table);
	for (uint32_t i = 0; i < header->factors.count; i++)
		factors[i] = said[i % 8];
	for (uint32_t i = 0; i < header->questions.count; i++)
		questions[i / 4] |= (uint8_t)(said[i % 8] % 4 << i % 4 * 2);
	for (uint32_t i = 0; i <= least(header->slots.count, 4 * FEW); i++)
		ask_slot(table, i, &client);
	for (uint32_t i = 0; i <= least(header->protocols.count, FEW); i++)
		for (uint32_t j = 0; j <= least(header->zones.count, FEW); j++)
			ask_slot(table, stipple_find_slot(table, i, j), &client);
	heard += stipple_find_factor(table, 1) + stipple_find_question(table, 1) +
		 stipple_find_zone(table, 1) + stipple_find_protocol(table, 1);
	hold_sessions(table, header, said);
	free(factors);
	free(questions);
}

/* ---- the target ---- */

static void open_pack(const uint8_t *pack, uint32_t length)
{
	struct stipple_expectation expected = { 0, 0 };
	struct stipple_header header;
	struct stipple_table table;
	uint32_t counter, reason;

	if (length >= sizeof header) {
		memcpy(&header, pack, sizeof header);
		if (header.devices.offset <= length && length - header.devices.offset >= 4)
			memcpy(&expected.device_key, pack + header.devices.offset, 4);
	}
	if (stipple_open_pack(&table, pack, length, &expected, NULL, &counter, &reason) ==
	    STIPPLE_ANSWERED)
		ask_everything(&table, &header, pack + header.devices.offset);
}

static void go_back(const uint8_t *pack, uint32_t length)
{
	struct stp_context context;
	struct stp_string source;
	const uint8_t *image;
	size_t bytes;

	stp_context_init(&context, NULL);
	if (STP_GUARD(&context)) {
		stp_context_free(&context);
		return;
	}
	stp_string_init(&source, &context);
	if (stp_read_pack(&context, pack, length, &image, &bytes))
		stp_decompile(&context, image, &source);
	stp_context_free(&context);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	uint8_t *pack = malloc(length + (length == 0));

	memcpy(pack, bytes, length);
	for (int sealed = 0; sealed < 2; sealed++) {
		open_pack(pack, (uint32_t)length);
		go_back(pack, (uint32_t)length);
		if (length < sizeof(struct stipple_header) + 4 || length % 4 != 0)
			break;
		seal(pack, (uint32_t)length);
	}
	free(pack);
	return 0;
}
