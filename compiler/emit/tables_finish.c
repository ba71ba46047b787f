/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The finished image: labels by language, check words, digests, and everything in its place.
 *
 * The fingerprint goes over what the rows say, member by member as the schema has them, least
 * significant byte first on every machine: names instead of text offsets; no labels, no checks.
 */
#include "emit/tables_image.h"

#include <stdlib.h>
#include <string.h>

#include "emit/words.h"
#include "support/sha256.h"

/* ---- labels ---- */

static const struct stp_language *find_language(const struct stp_table *table, const char *code)
{
	for (size_t i = 0; i < table->model->language_count; i++)
		if (strcmp(table->model->languages[i]->name, code) == 0)
			return table->model->languages[i];
	return NULL;
}

/* What the language says of a label, or NULL. */
static const char *translated(const struct stp_words *words, const struct stp_table_label *label)
{
	const size_t length = strlen(STP_LABEL_OF_PHRASE);

	if (label->care != NULL)
		return stp_broken_words(words, label->care, label->term);
	if (strncmp(label->name, STP_LABEL_OF_PHRASE, length) == 0)
		return stp_phrase(words->language, label->name + length);
	return stp_source_words(words->language, label->name, label->text);
}

/* The phrases of the language: all of them where a label is made of some. */
static bool open_words(struct stp_table *table, const struct stp_language *language,
		       struct stp_words *words)
{
	bool made = false;

	for (size_t i = 0; i < table->label_count; i++)
		made = made || table->labels[i].care != NULL;
	*words = (struct stp_words){ .language = language };
	return !made || stp_words_open(words, table->context, language);
}

#define MISSING_SHOWN 8

static void report_missing(struct stp_table *table, const struct stp_language *language,
			   struct stp_string *missing, size_t count)
{
	if (count == 0)
		return;
	if (count > MISSING_SHOWN)
		stp_addf(missing, " and %zu more", count - MISSING_SHOWN);
	stp_help(table->context,
		 stp_report(table->context, STP_D_missing_text, language->span,
			    "language '%s' does not say what a device shows: %s", language->name,
			    missing->text),
		 "stipple po --lang %s writes a file with all that is missing", language->name);
	table->overflow = true;
}

/* The labels in one language, one behind the other; nothing stays in another language. */
static void add_labels(struct stp_table *table, const struct stp_language *language,
		       struct stp_sha256 *sha)
{
	struct stp_string missing;
	struct stp_words words;
	size_t count = 0;

	if (!open_words(table, language, &words)) {
		table->overflow = true;
		return;
	}
	stp_string_init(&missing, table->context);
	for (size_t i = 0; i < table->label_count; i++) {
		const struct stp_table_label *label = &table->labels[i];
		const char *text = translated(&words, label);
		uint32_t offset;

		if (text == NULL && count++ < MISSING_SHOWN)
			stp_addf(&missing, "%s\"%s\"", count > 1 ? ", " : "", label->text);
		if (text == NULL)
			text = "";
		offset = stp_table_text(table, text);
		stp_sha256_add(sha, text, strlen(text) + 1);
		stp_append_rows(table, STP_SECTION_LABEL, &offset, 1, NULL);
	}
	report_missing(table, language, &missing, count);
}

static void add_language(struct stp_table *table, const char *code)
{
	struct stipple_language_row row = { 0, 0, { 0 } };
	struct stp_sha256 sha;

	row.code = stp_table_text(table, code);
	row.first_label = (uint32_t)table->rows[STP_SECTION_LABEL].count;
	stp_sha256_begin(&sha);
	add_labels(table, find_language(table, code), &sha);
	stp_sha256_end(&sha, row.digest);
	stp_append_rows(table, STP_SECTION_LANGUAGE, &row, 1, NULL);
}

/* ---- check words ---- */

static void put_wide_check(uint8_t *row, const struct stp_row_type *type)
{
	uint8_t *place = NULL;
	uint32_t check = 0;

	for (size_t i = 0; i < type->member_count; i++) {
		const struct stp_row_member *member = &type->members[i];

		if (strcmp(member->name, "wide_check") == 0)
			place = row + member->offset;
		else if (member->bytes == 4 && member->kind != STP_MEMBER_CHECK)
			check ^= stp_member_value(row, member);
	}
	if (place != NULL)
		memcpy(place, &check, sizeof check);
}

/* The row's last word, such that all its words XOR to the check value. */
static void put_check(uint8_t *row, const struct stp_row_type *type, uint32_t number)
{
	uint32_t check = stipple_check_value(type->check_kind, number);
	uint32_t word;

	put_wide_check(row, type);
	for (uint32_t at = 0; at + 4 < type->bytes; at += 4) {
		memcpy(&word, row + at, sizeof word);
		check ^= word;
	}
	memcpy(row + type->bytes - 4, &check, sizeof check);
}

static void put_checks(struct stp_table *table)
{
	for (enum stp_table_section s = 0; s < STP_SECTIONS; s++) {
		const struct stp_row_type *type = stp_row_type(s);

		if (type->check_kind == 0)
			continue;
		for (size_t i = 0; i < table->rows[s].count; i++)
			put_check(table->rows[s].bytes + i * type->bytes, type, (uint32_t)i);
	}
}

/* ---- digests ---- */

static void add_number(struct stp_sha256 *sha, uint32_t value, size_t bytes)
{
	uint8_t out[4];

	for (size_t i = 0; i < bytes; i++)
		out[i] = (uint8_t)(value >> (8 * i));
	stp_sha256_add(sha, out, bytes);
}

static void add_condition(struct stp_sha256 *sha, const uint8_t *at)
{
	struct stipple_condition condition;

	memcpy(&condition, at, sizeof condition);
	add_number(sha, condition.subject, 2);
	add_number(sha, condition.values_or_least, 2);
	add_number(sha, condition.most, 2);
}

static void add_member(const struct stp_table *table, struct stp_sha256 *sha, const uint8_t *row,
		       const struct stp_row_member *member)
{
	const char *text;

	switch (member->kind) {
	case STP_MEMBER_TEXT:
		text = stp_text_at(table, stp_member_value(row, member));
		stp_sha256_add(sha, text, strlen(text) + 1);
		break;
	case STP_MEMBER_CONDITION: add_condition(sha, row + member->offset); break;
	case STP_MEMBER_WORDS:
	case STP_MEMBER_CHECK:
	case STP_MEMBER_DIGEST:
	case STP_MEMBER_RESERVED: break;
	default: add_number(sha, stp_member_value(row, member), member->bytes); break;
	}
}

static void put_fingerprint(struct stp_table *table)
{
	struct stp_sha256 sha;

	stp_sha256_begin(&sha);
	for (enum stp_table_section s = 0; s < STP_SECTION_LANGUAGE; s++) {
		const struct stp_row_type *type = stp_row_type(s);
		const struct stp_rows *rows = &table->rows[s];

		add_number(&sha, (uint32_t)rows->count, 4);
		for (size_t i = 0; i < rows->count; i++)
			for (size_t m = 0; m < type->member_count; m++)
				add_member(table, &sha, rows->bytes + i * type->bytes,
					   &type->members[m]);
	}
	add_number(&sha, (uint32_t)table->rows[STP_SECTION_LIST].count, 4);
	for (size_t i = 0; i < table->rows[STP_SECTION_LIST].count; i++) {
		uint16_t entry;

		memcpy(&entry, table->rows[STP_SECTION_LIST].bytes + 2 * i, sizeof entry);
		add_number(&sha, entry, 2);
	}
	stp_sha256_end(&sha, table->header.fingerprint);
}

/* Equal digest, equal enumerators: the ordered names of everything that has one. */
static void put_interface_digest(struct stp_table *table)
{
	static const enum stp_table_section named[] = { STP_SECTION_DEVICE,   STP_SECTION_PROTOCOL,
							STP_SECTION_QUESTION, STP_SECTION_FACTOR,
							STP_SECTION_VALUE,    STP_SECTION_ZONE,
							STP_SECTION_ROLE,     STP_SECTION_PATTERN,
							STP_SECTION_ENDPOINT, STP_SECTION_ITEM };
	struct stp_sha256 sha;
	uint8_t digest[STP_SHA256_BYTES];
	uint32_t *first = &table->header.interface_digest;

	stp_sha256_begin(&sha);
	for (size_t n = 0; n < sizeof named / sizeof named[0]; n++) {
		const struct stp_row_type *type = stp_row_type(named[n]);
		const struct stp_rows *rows = &table->rows[named[n]];

		add_number(&sha, (uint32_t)rows->count, 4);
		for (size_t i = 0; i < rows->count; i++)
			add_member(table, &sha, rows->bytes + i * type->bytes, &type->members[1]);
	}
	stp_sha256_end(&sha, digest);
	*first = (uint32_t)digest[0] << 24 | (uint32_t)digest[1] << 16 | (uint32_t)digest[2] << 8 |
		 digest[3];
	if (*first == 0) /* which would mean "bound by key" */
		*first = 1;
}

/* ---- layout ---- */

/* Zeros until the section is a multiple of four bytes; an empty text gets its one string. */
static void pad_sections(struct stp_table *table)
{
	static const uint16_t zero = 0;

	if (table->rows[STP_SECTION_LIST].count % 2 != 0)
		stp_append_rows(table, STP_SECTION_LIST, &zero, 1, NULL);
	while (table->rows[STP_SECTION_TEXT].count % 4 != 0)
		stp_append_rows(table, STP_SECTION_TEXT, &zero, 1, NULL);
}

static void lay_out(struct stp_table *table)
{
	uint64_t offset = sizeof table->header;

	for (enum stp_table_section s = 0; s < STP_SECTIONS; s++) {
		const struct stp_row_type *type = stp_row_type(s);
		struct stipple_section section = { (uint32_t)offset,
						   (uint32_t)table->rows[s].count };

		memcpy((uint8_t *)&table->header + type->header_member, &section, sizeof section);
		offset += (uint64_t)table->rows[s].count * type->bytes;
	}
	if (offset + 4 > UINT32_MAX)
		stp_report_overflow(table, "more than four gigabytes");
	table->image_bytes = (size_t)offset + 4;
	table->header.image_bytes = (uint32_t)table->image_bytes;
	table->image = stp_alloc(table->context, table->image_bytes);
	memcpy(table->image, &table->header, sizeof table->header);
	offset = sizeof table->header;
	for (enum stp_table_section s = 0; s < STP_SECTIONS; s++) {
		size_t bytes = table->rows[s].count * stp_row_type(s)->bytes;

		if (bytes > 0)
			memcpy(table->image + offset, table->rows[s].bytes, bytes);
		offset += bytes;
	}
}

uint32_t stp_table_crc(const uint8_t *bytes, size_t count)
{
	uint32_t crc = 0xFFFFFFFFu;

	for (size_t i = 0; i < count; i++) {
		crc ^= bytes[i];
		for (int bit = 0; bit < 8; bit++)
			crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320u : 0);
	}
	return ~crc;
}

void stp_put_crc(uint8_t *bytes, size_t length)
{
	uint32_t crc = stp_table_crc(bytes, length - 4);

	for (size_t i = 0; i < 4; i++)
		bytes[length - 4 + i] = (uint8_t)(crc >> (8 * i));
}

/* ---- keys ---- */

static int by_number(const void *left, const void *right)
{
	uint32_t a = *(const uint32_t *)left;
	uint32_t b = *(const uint32_t *)right;

	return (a > b) - (a < b);
}

/* A key stands for one row of its section, whatever the chance that two names share one. */
static void check_keys(struct stp_table *table, enum stp_table_section section)
{
	const struct stp_row_type *type = stp_row_type(section);
	const struct stp_rows *rows = &table->rows[section];
	uint32_t *keys = stp_alloc_array(table->context, rows->count + 1, sizeof *keys);

	if (type->member_count == 0 || type->members[0].kind != STP_MEMBER_KEY)
		return;
	for (size_t i = 0; i < rows->count; i++)
		keys[i] = stp_member_value(rows->bytes + i * type->bytes, &type->members[0]);
	qsort(keys, rows->count, sizeof *keys, by_number);
	for (size_t i = 1; i < rows->count; i++)
		if (keys[i] == keys[i - 1]) {
			stp_help(table->context,
				 stp_report(table->context, STP_D_name_collision, table->place,
					    "two names of %s have the same key, 0x%08X",
					    type->section, (unsigned)keys[i]),
				 "call one of them differently");
			table->overflow = true;
		}
}

void stp_finish_image(struct stp_table *table)
{
	struct stipple_header *header = &table->header;

	for (size_t i = 0; i < table->options->language_count; i++)
		add_language(table, table->options->languages[i]);
	for (enum stp_table_section s = 0; s < STP_SECTIONS; s++)
		check_keys(table, s);
	header->magic = STIPPLE_MAGIC;
	header->version = STIPPLE_VERSION;
	header->oldest_reader = STIPPLE_VERSION;
	header->header_bytes = (uint32_t)sizeof *header;
	header->label_count = (uint16_t)table->label_count;
	put_fingerprint(table);
	put_interface_digest(table);
	pad_sections(table);
	put_checks(table);
	lay_out(table);
	stp_put_crc(table->image, table->image_bytes);
}
