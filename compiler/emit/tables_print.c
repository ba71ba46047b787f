/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The image as constant C that a person can review: one row for each fact, and before every value
 * its member's name and unit. The text is C99 that is also C++: no designated initialisers.
 */
#include "emit/pack.h"
#include "emit/tables_image.h"

#include <string.h>

#define COLUMNS 96

/* A row's values on lines that do not grow too long. */
struct line {
	struct stp_string *out;
	size_t begin; /* where the line begins in out */
	size_t indent;
};

static void begin_line(struct line *line)
{
	line->begin = line->out->length;
	for (size_t i = 0; i < line->indent; i++)
		stp_add(line->out, "\t");
}

/* One value with its comma; breaks the line before it when it would grow too long. */
static void add_item(struct line *line, const char *item)
{
	size_t used = line->out->length - line->begin + 7 * line->indent;

	if (used > 8 * line->indent && used + strlen(item) + 2 > COLUMNS) {
		stp_add(line->out, "\n");
		begin_line(line);
	} else if (used > 8 * line->indent) {
		stp_add(line->out, " ");
	}
	stp_add(line->out, item);
	stp_add(line->out, ",");
}

static void add_comment(struct stp_string *out, size_t indent, const char *text)
{
	for (size_t i = 0; i < indent; i++)
		stp_add(out, "\t");
	stp_add(out, "/* ");
	stp_add_comment_text(out, text);
	stp_add(out, " */\n");
}

/* ---- values ---- */

static void add_number(struct stp_string *out, uint32_t value, size_t bytes)
{
	if (bytes == 2 && value == STIPPLE_NONE)
		stp_add(out, "STIPPLE_NONE");
	else if (bytes == 4 && value == STIPPLE_NO_TIME)
		stp_add(out, "STIPPLE_NO_TIME");
	else
		stp_addf(out, bytes == 4 ? "%uu" : "%u", (unsigned)value);
}

static void add_row_reference(struct stp_table *table, struct stp_string *out,
			      const struct stp_row_member *member, uint32_t value)
{
	const char *name = NULL;

	if (value != STIPPLE_NONE && value < table->rows[member->target].count)
		name = stp_row_enumerator(table, member->target, value);
	if (name != NULL)
		stp_add(out, name);
	else
		add_number(out, value, member->bytes);
}

/* The names of a factor's or question's values that are in the set. */
static void add_set_comment(struct stp_table *table, struct stp_string *out, uint32_t subject,
			    uint32_t set)
{
	static const char *const answers[] = { "no", "yes" };
	struct stipple_factor_row factor = { .first_value = 0, .value_count = 2 };
	const char *separator = "";

	if (subject < STIPPLE_SUBJECT_QUESTION)
		memcpy(&factor, table->rows[STP_SECTION_FACTOR].bytes + subject * sizeof factor,
		       sizeof factor);
	stp_add(out, "/* ");
	for (uint32_t i = 0; i < factor.value_count; i++) {
		struct stipple_term_row value;

		if ((set >> i & 1u) == 0)
			continue;
		stp_add(out, separator);
		separator = ", ";
		if (subject >= STIPPLE_SUBJECT_QUESTION) {
			stp_add(out, answers[i]);
			continue;
		}
		memcpy(&value,
		       table->rows[STP_SECTION_VALUE].bytes +
			       (factor.first_value + i) * sizeof value,
		       sizeof value);
		stp_add_comment_text(out, stp_text_at(table, value.name));
	}
	stp_add(out, " */ ");
}

static void add_subject(struct stp_table *table, struct stp_string *out, uint32_t subject)
{
	if (subject == STIPPLE_SUBJECT_ALWAYS)
		stp_add(out, "STIPPLE_SUBJECT_ALWAYS");
	else if (subject == STIPPLE_SUBJECT_SESSION)
		stp_add(out, "STIPPLE_SUBJECT_SESSION");
	else if (subject == STIPPLE_SUBJECT_AGE)
		stp_add(out, "STIPPLE_SUBJECT_AGE");
	else if (subject == STIPPLE_SUBJECT_DEPTH_USED)
		stp_add(out, "STIPPLE_SUBJECT_DEPTH_USED");
	else if (subject >= STIPPLE_SUBJECT_QUESTION)
		stp_addf(out, "STIPPLE_SUBJECT_QUESTION | %s",
			 stp_row_enumerator(table, STP_SECTION_QUESTION,
					    subject ^ STIPPLE_SUBJECT_QUESTION));
	else
		stp_add(out, stp_row_enumerator(table, STP_SECTION_FACTOR, subject));
}

static void add_condition(struct stp_table *table, struct stp_string *out, const uint8_t *at)
{
	struct stipple_condition condition;

	memcpy(&condition, at, sizeof condition);
	stp_add(out, "{ ");
	add_subject(table, out, condition.subject);
	stp_add(out, ", ");
	if (condition.subject < STIPPLE_SUBJECT_DEPTH_USED)
		add_set_comment(table, out, condition.subject, condition.values_or_least);
	stp_addf(out, condition.subject < STIPPLE_SUBJECT_DEPTH_USED ? "0x%04X, " : "%u, ",
		 condition.values_or_least);
	add_number(out, condition.most, 2);
	stp_add(out, " }");
}

static void add_check(struct stp_string *out, const uint8_t *row,
		      const struct stp_row_member *member)
{
	uint16_t check[2];

	memcpy(check, row + member->offset, sizeof check);
	if (strcmp(member->name, "wide_check") == 0)
		stp_addf(out, "0x%08Xu", (unsigned)stp_member_value(row, member));
	else
		stp_addf(out, "{ 0x%04X, 0x%04X }", check[0], check[1]);
}

static void add_digest(struct stp_string *out, const uint8_t *bytes)
{
	stp_add(out, "{");
	for (size_t i = 0; i < 32; i++)
		stp_addf(out, "%s0x%02X",
			 i == 0        ? " "
			 : i % 12 == 0 ? ",\n\t\t\t"
				       : ", ",
			 bytes[i]);
	stp_add(out, " }");
}

static void add_value(struct stp_table *table, struct stp_string *out, const uint8_t *row,
		      const struct stp_row_member *member)
{
	uint32_t value = stp_member_value(row, member);

	switch (member->kind) {
	case STP_MEMBER_ROW: add_row_reference(table, out, member, value); break;
	case STP_MEMBER_WORD: stp_add(out, member->words[value]); break;
	case STP_MEMBER_BITS: stp_addf(out, "0x%04X", (unsigned)value); break;
	case STP_MEMBER_KEY: stp_addf(out, "0x%08Xu", (unsigned)value); break;
	case STP_MEMBER_CONDITION: add_condition(table, out, row + member->offset); break;
	case STP_MEMBER_CHECK: add_check(out, row, member); break;
	case STP_MEMBER_DIGEST: add_digest(out, row + member->offset); break;
	default: add_number(out, value, member->bytes); break;
	}
}

/* "range_least, um", and of a text the text itself. */
static void add_member_comment(struct stp_table *table, struct stp_string *out, const uint8_t *row,
			       const struct stp_row_member *member)
{
	uint32_t value = stp_member_value(row, member);
	const char *text = NULL;

	if (member->kind == STP_MEMBER_TEXT)
		text = stp_text_at(table, value);
	else if (member->kind == STP_MEMBER_WORDS && value != STIPPLE_NONE)
		text = table->labels[value].text;
	stp_addf(out, "/* %s", member->name);
	if (member->unit != NULL)
		stp_addf(out, ", %s", member->unit);
	if (text != NULL) {
		stp_add(out, ": ");
		stp_add_comment_text(out, text);
	}
	stp_add(out, " */ ");
}

/* ---- rows ---- */

/* Both conditions of a row stand in one pair of braces, and each may have a line of its own. */
static void add_member(struct stp_table *table, struct stp_string *item, const uint8_t *row,
		       const struct stp_row_member *member)
{
	if (member->kind != STP_MEMBER_CONDITION) {
		add_member_comment(table, item, row, member);
		add_value(table, item, row, member);
	} else if (strstr(member->name, "[0]") != NULL) {
		stp_add(item, "/* conditions: subject, values or least, most */ { ");
		add_value(table, item, row, member);
	} else {
		add_value(table, item, row, member);
		stp_add(item, " }");
	}
}

static void print_row(struct stp_table *table, struct stp_string *c, enum stp_table_section section,
		      uint32_t number)
{
	const struct stp_row_type *type = stp_row_type(section);
	const struct stp_rows *rows = &table->rows[section];
	const uint8_t *row = rows->bytes + number * type->bytes;
	const char *name = stp_row_enumerator(table, section, number);
	const char *note = rows->notes[number];
	struct line line = { c, 0, 3 };

	add_comment(c, 2,
		    stp_format(table->context, "%u%s%s%s%s", (unsigned)number,
			       name == NULL ? "" : "  ", name == NULL ? "" : name,
			       note == NULL ? "" : "  ", note == NULL ? "" : note));
	stp_add(c, "\t\t{\n");
	begin_line(&line);
	for (size_t i = 0; i < type->member_count; i++) {
		struct stp_string item;

		stp_string_init(&item, table->context);
		add_member(table, &item, row, &type->members[i]);
		add_item(&line, item.text);
	}
	stp_add(c, "\n\t\t},\n");
}

static void print_labels(struct stp_table *table, struct stp_string *c)
{
	const struct stp_rows *rows = &table->rows[STP_SECTION_LABEL];

	for (size_t i = 0; i < rows->count; i++) {
		uint32_t offset;

		memcpy(&offset, rows->bytes + 4 * i, sizeof offset);
		stp_addf(c, "\t\t%uu, /* ", (unsigned)offset);
		stp_add_comment_text(c, stp_text_at(table, offset));
		stp_add(c, " */\n");
	}
}

static uint16_t list_entry(const struct stp_table *table, size_t at)
{
	uint16_t entry;

	memcpy(&entry, table->rows[STP_SECTION_LIST].bytes + 2 * at, sizeof entry);
	return entry;
}

/* Each list on its own lines: its place, its length, its entries, its check. */
static void print_lists(struct stp_table *table, struct stp_string *c)
{
	size_t total = table->rows[STP_SECTION_LIST].count;
	struct line line = { c, 0, 2 };

	for (size_t at = 0; at < total;) {
		size_t count = list_entry(table, at);
		size_t end = at + count + 2 < total ? at + count + 2 : total;

		stp_addf(c, "\t\t/* list %u: count, entries, check */\n", (unsigned)at);
		begin_line(&line);
		for (; at < end; at++) {
			const char *item = stp_format(table->context, "%u", list_entry(table, at));

			add_item(&line, item);
		}
		stp_add(c, "\n");
	}
}

/* A string literal: octal for what is not plain ASCII, and no trigraph. */
static void add_literal(struct stp_string *out, const char *text)
{
	stp_add(out, "\"");
	for (; *text != '\0'; text++) {
		unsigned char byte = (unsigned char)*text;

		if (byte == '"' || byte == '\\' || byte == '?')
			stp_addf(out, "\\%c", *text);
		else if (byte < ' ' || byte >= 0x7F)
			stp_addf(out, "\\%03o", byte);
		else
			stp_add_bytes(out, text, 1);
	}
	stp_add(out, "\"");
}

static void print_text(struct stp_table *table, struct stp_string *c)
{
	size_t total = table->rows[STP_SECTION_TEXT].count;
	const char *text = stp_text_at(table, 0);

	/* what follows the last string is padding, which its member takes in */
	for (size_t at = 0; at < total;) {
		stp_addf(c, "\t\t/* %u */ ", (unsigned)at);
		add_literal(c, text + at);
		stp_add(c, ",\n");
		at += stp_text_bytes(table, at);
	}
}

static void print_section(struct stp_table *table, struct stp_string *c,
			  enum stp_table_section section)
{
	const struct stp_row_type *type = stp_row_type(section);
	size_t count = table->rows[section].count;

	if (count == 0)
		return;
	stp_addf(c, "\n\t/* ---- %s: %u %s ---- */\n\t{\n", type->section, (unsigned)count,
		 section == STP_SECTION_TEXT ? "bytes"
		 : count == 1                ? "row"
					     : "rows");
	if (section == STP_SECTION_LABEL)
		print_labels(table, c);
	else if (section == STP_SECTION_LIST)
		print_lists(table, c);
	else if (section == STP_SECTION_TEXT)
		print_text(table, c);
	else
		for (uint32_t i = 0; i < count; i++)
			print_row(table, c, section, i);
	stp_add(c, "\t},\n");
}

/* ---- header and end ---- */

static void print_file_header(struct stp_table *table, struct stp_string *c)
{
	const struct stipple_header *header = &table->header;

	stp_add(c, "\t/* ---- header ---- */\n\t{\n");
	stp_addf(c, "\t\t/* magic */ 0x%08Xu,\n", (unsigned)header->magic);
	stp_addf(c, "\t\t/* version */ %u, /* oldest_reader */ %u, /* features */ 0x%08Xu,\n",
		 header->version, header->oldest_reader, (unsigned)header->features);
	stp_addf(c, "\t\t/* image_bytes */ %uu, /* header_bytes */ %uu,\n",
		 (unsigned)header->image_bytes, (unsigned)header->header_bytes);
	stp_addf(c, "\t\t/* interface_digest */ 0x%08Xu, /* device_key */ 0x%08Xu,\n",
		 (unsigned)header->interface_digest, (unsigned)header->device_key);
	stp_add(c, "\t\t/* fingerprint */ ");
	add_digest(c, header->fingerprint);
	stp_addf(c, ",\n\t\t/* greatest_zones */ %u, /* greatest_tightenings */ %u,\n",
		 header->greatest_zones, header->greatest_tightenings);
	stp_addf(c,
		 "\t\t/* greatest_list */ %u, /* label_count */ %u, /* library_version */ %uu,\n",
		 header->greatest_list, header->label_count, (unsigned)header->library_version);
	for (enum stp_table_section s = 0; s < STP_SECTIONS; s++) {
		struct stipple_section section;

		memcpy(&section, (const uint8_t *)header + stp_row_type(s)->header_member,
		       sizeof section);
		stp_addf(c, "\t\t/* %s: offset, count */ { %uu, %uu },\n", stp_row_type(s)->section,
			 (unsigned)section.offset, (unsigned)section.count);
	}
	stp_add(c, "\t},\n");
}

static void print_crc(struct stp_string *c, const uint8_t *image, size_t bytes)
{
	const uint8_t *crc = image + bytes - 4;

	stp_addf(c, "\t{ 0x%02X, 0x%02X, 0x%02X, 0x%02X }\n", crc[0], crc[1], crc[2], crc[3]);
}

/* The CRC goes over bytes, so it is another one where the numbers have the other byte order. */
static void print_crcs(const struct stp_table *table, struct stp_string *c)
{
	uint8_t *other = stp_alloc(table->context, table->image_bytes);
	bool big_endian = table->image[0] == (STIPPLE_MAGIC >> 24 & 0xFFu);

	memcpy(other, table->image, table->image_bytes);
	stp_turn_image(other, table->image_bytes, true);
	stp_add(c, "\n\t/* crc, least significant byte first */\n#if STIPPLE_BIG_ENDIAN\n");
	print_crc(c, big_endian ? table->image : other, table->image_bytes);
	stp_add(c, "#else\n");
	print_crc(c, big_endian ? other : table->image, table->image_bytes);
	stp_add(c, "#endif\n");
}

void stp_print_table(struct stp_table *table, struct stp_string *c)
{
	const char *name = table->options->name;

	stp_addf(c,
		 "/*\n * Treatment limits for a device, made by the Stipple compiler. Do not edit:"
		 " change the\n * protocol and make it again. The format is in stipple/format.h.\n"
		 " */\n#include \"%s\"\n\n",
		 table->options->header);
	if (table->options->words) {
		stp_print_words(table, c);
		return;
	}
	stp_addf(c, "const struct %s_table %s_table STIPPLE_TABLE_ATTRIBUTES = {\n", name, name);
	print_file_header(table, c);
	for (enum stp_table_section s = 0; s < STP_SECTIONS; s++)
		print_section(table, c, s);
	print_crcs(table, c);
	stp_add(c, "};\n");
}
