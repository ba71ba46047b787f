/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The image as it grows: sections of rows, equal rows stored once, the text, lists and labels.
 *
 * Sharing is by content: a hash table in each section remembers where runs of rows begin that were
 * stored through stp_share_rows. Check words are zero until the image is finished, since they
 * depend on the row's number.
 */
#include "emit/tables_image.h"

#include <string.h>

#include "support/sha256.h"

void stp_report_overflow(struct stp_table *table, const char *what)
{
	if (!table->overflow)
		stp_help(table->context,
			 stp_report(table->context, STP_D_table_overflow, table->place,
				    "the device's tables cannot hold %s", what),
			 "divide it: a protocol or a pack of its own for a part of it");
	table->overflow = true;
}

uint16_t stp_narrow(struct stp_table *table, uint32_t index)
{
	if (index >= STIPPLE_NONE)
		stp_report_overflow(table, "more than 65534 different rows of one kind");
	return (uint16_t)index;
}

uint16_t stp_narrow_value(struct stp_table *table, uint64_t value, const char *what)
{
	if (value >= STIPPLE_NONE)
		stp_report_overflow(table, what);
	return (uint16_t)value;
}

/* FNV-1a: small keys, and no order of output depends on it. */
static uint32_t hash_bytes(const void *bytes, size_t count)
{
	const uint8_t *at = bytes;
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < count; i++)
		hash = (hash ^ at[i]) * 16777619u;
	return hash;
}

uint32_t stp_append_rows(struct stp_table *table, enum stp_table_section section, const void *added,
			 size_t count, const char *note)
{
	struct stp_rows *rows = &table->rows[section];
	size_t bytes = stp_row_type(section)->bytes;
	size_t first = rows->count;

	if (first + count > STIPPLE_ROWS_MOST) {
		stp_report_overflow(table, "so many rows of one kind");
		return 0;
	}
	if (first + count > rows->room) {
		size_t room = 2 * (first + count) + 16;
		uint8_t *grown = stp_alloc_array(table->context, room, bytes);
		const char **notes = stp_alloc_array(table->context, room, sizeof *notes);

		if (first > 0) {
			memcpy(grown, rows->bytes, first * bytes);
			memcpy(notes, rows->notes, first * sizeof *notes);
		}
		rows->bytes = grown;
		rows->notes = notes;
		rows->room = room;
	}
	if (count > 0)
		memcpy(rows->bytes + first * bytes, added, count * bytes);
	rows->count += count;
	if (note != NULL && count > 0)
		rows->notes[first] = note;
	return (uint32_t)first;
}

/*
 * Runs are entered by the hash of their first row and length; the length is not stored, for what
 * comes to be compared holds its own end (chains end, lists begin with their number).
 */
static uint32_t *find_shared(struct stp_rows *rows, const void *run, size_t count, size_t bytes)
{
	size_t mask = rows->shared_room - 1;
	size_t at = hash_bytes(run, count * bytes) & mask;

	for (; rows->shared[at] != 0; at = (at + 1) & mask) {
		size_t first = rows->shared[at] - 1;

		if (first + count <= rows->count &&
		    memcmp(rows->bytes + first * bytes, run, count * bytes) == 0)
			break;
	}
	return &rows->shared[at];
}

/* Room for one more run: runs are moved by the hash they were entered with, kept beside them. */
static void grow_shared(struct stp_table *table, struct stp_rows *rows)
{
	uint32_t *old = rows->shared;
	size_t old_room = rows->shared_room;

	rows->shared_room = old_room == 0 ? 64 : 2 * old_room;
	rows->shared = stp_alloc_array(table->context, 2 * rows->shared_room, sizeof *rows->shared);
	for (size_t i = 0; i < old_room; i++) {
		size_t at = old[old_room + i] & (rows->shared_room - 1);

		if (old[i] == 0)
			continue;
		while (rows->shared[at] != 0)
			at = (at + 1) & (rows->shared_room - 1);
		rows->shared[at] = old[i];
		rows->shared[rows->shared_room + at] = old[old_room + i];
	}
}

uint32_t stp_share_rows(struct stp_table *table, enum stp_table_section section, const void *run,
			size_t count, const char *note)
{
	struct stp_rows *rows = &table->rows[section];
	size_t bytes = stp_row_type(section)->bytes;
	uint32_t *found;

	if (rows->shared_count + 1 > rows->shared_room / 2)
		grow_shared(table, rows);
	found = find_shared(rows, run, count, bytes);
	if (*found == 0) {
		*found = stp_append_rows(table, section, run, count, note) + 1;
		found[rows->shared_room] = hash_bytes(run, count * bytes);
		rows->shared_count++;
	}
	return *found - 1;
}

void stp_note_row(struct stp_table *table, const void *element, enum stp_table_section section,
		  uint32_t row)
{
	table->element_rows =
		stp_grow(table->context, table->element_rows, table->element_row_count,
			 &table->element_row_room, sizeof *table->element_rows);
	table->element_rows[table->element_row_count++] =
		(struct stp_table_row){ element, stp_row_type(section)->section, row };
}

/* Texts are found by content, and each is stored once. */
static uint32_t *find_text(struct stp_table *table, const char *text, size_t length)
{
	const char *pool = (const char *)table->rows[STP_SECTION_TEXT].bytes;
	size_t mask = table->text_room - 1;
	size_t at = hash_bytes(text, length) & mask;

	while (table->texts[at] != 0 && strcmp(pool + table->texts[at] - 1, text) != 0)
		at = (at + 1) & mask;
	return &table->texts[at];
}

static void grow_texts(struct stp_table *table)
{
	uint32_t *old = table->texts;
	size_t old_room = table->text_room;

	table->text_room = old_room == 0 ? 256 : 2 * old_room;
	table->texts = stp_alloc_array(table->context, table->text_room, sizeof *table->texts);
	for (size_t i = 0; i < old_room; i++) {
		const char *text;

		if (old[i] == 0)
			continue;
		text = (const char *)table->rows[STP_SECTION_TEXT].bytes + old[i] - 1;
		*find_text(table, text, strlen(text)) = old[i];
	}
}

uint32_t stp_table_text(struct stp_table *table, const char *text)
{
	size_t length = strlen(text);
	uint32_t *found;

	if (table->text_count + 1 > table->text_room / 2)
		grow_texts(table);
	found = find_text(table, text, length);
	if (*found == 0) {
		*found = stp_append_rows(table, STP_SECTION_TEXT, text, length + 1, NULL) + 1;
		table->text_count++;
	}
	return *found - 1;
}

const char *stp_text_at(const struct stp_table *table, uint32_t offset)
{
	return (const char *)table->rows[STP_SECTION_TEXT].bytes + offset;
}

static uint32_t *find_label(const struct stp_table *table, const char *name, const char *text)
{
	size_t mask = table->label_hash_room - 1;
	size_t at = (hash_bytes(name, strlen(name)) ^ hash_bytes(text, strlen(text))) & mask;

	for (; table->label_hashes[at] != 0; at = (at + 1) & mask) {
		const struct stp_table_label *label = &table->labels[table->label_hashes[at] - 1];

		if (strcmp(label->name, name) == 0 && strcmp(label->text, text) == 0)
			break;
	}
	return &table->label_hashes[at];
}

static void grow_label_hashes(struct stp_table *table)
{
	table->label_hash_room = table->label_hash_room == 0 ? 256 : 2 * table->label_hash_room;
	table->label_hashes = stp_alloc_array(table->context, table->label_hash_room,
					      sizeof *table->label_hashes);
	for (size_t i = 0; i < table->label_count; i++)
		*find_label(table, table->labels[i].name, table->labels[i].text) = (uint32_t)i + 1;
}

static uint16_t add_label(struct stp_table *table, const struct stp_table_label *label)
{
	uint32_t *found;

	if (table->options->language_count == 0 || label->text == NULL)
		return STIPPLE_NONE;
	if (table->label_count + 1 > table->label_hash_room / 2)
		grow_label_hashes(table);
	found = find_label(table, label->name, label->text);
	if (*found == 0) {
		table->labels = stp_grow(table->context, table->labels, table->label_count,
					 &table->label_room, sizeof *table->labels);
		table->labels[table->label_count++] = *label;
		*found = (uint32_t)table->label_count;
	}
	return stp_narrow(table, *found - 1);
}

uint16_t stp_table_label(struct stp_table *table, const char *name, const char *text)
{
	const struct stp_table_label label = { .name = name, .text = text };

	return add_label(table, &label);
}

uint16_t stp_table_preparation(struct stp_table *table, const char *name,
			       const struct stp_care_rule *care, const struct stp_term *term)
{
	const struct stp_table_label label = { name, name, care, term };

	return add_label(table, &label);
}

uint32_t stp_table_list(struct stp_table *table, const uint16_t *entries, size_t count)
{
	uint16_t *run = stp_alloc_array(table->context, count + 2, sizeof *run);
	uint32_t check = STIPPLE_LIST_CHECK ^ (uint32_t)count;

	if (count > STIPPLE_LIST_MOST) {
		stp_report_overflow(table, "so many rules in one protocol");
		return 0;
	}
	run[0] = (uint16_t)count;
	for (size_t i = 0; i < count; i++) {
		run[i + 1] = entries[i];
		check ^= entries[i];
	}
	run[count + 1] = (uint16_t)check;
	if (count > table->header.greatest_list)
		table->header.greatest_list = (uint16_t)count;
	return stp_share_rows(table, STP_SECTION_LIST, run, count + 2, NULL);
}

uint32_t stp_table_key(const char *kind, const char *name)
{
	uint8_t digest[STP_SHA256_BYTES];
	struct stp_sha256 sha;

	stp_sha256_begin(&sha);
	stp_sha256_add(&sha, kind, strlen(kind));
	stp_sha256_add(&sha, ":", 1);
	stp_sha256_add(&sha, name, strlen(name));
	stp_sha256_end(&sha, digest);
	return (uint32_t)digest[0] << 24 | (uint32_t)digest[1] << 16 | (uint32_t)digest[2] << 8 |
	       digest[3];
}

const char *stp_place(struct stp_table *table, struct stp_span span)
{
	const struct stp_source *source = stp_source_by_id(table->context, span.source);
	const char *name;

	if (source == NULL)
		return NULL;
	name = source->name;
	if (name[0] == '/')
		name = strrchr(name, '/') + 1;
	return stp_format(table->context, "%s:%u", name,
			  (unsigned)stp_position(table->context, span).line);
}
