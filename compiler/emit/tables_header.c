/* SPDX-License-Identifier: Apache-2.0 */
/*
 * NAME.h: what firmware needs to know of a table when it is compiled. Enumerators and keys for
 * everything with a name, the limits of each slot as constants, the table's own type, and
 * assertions that the target's compiler lays it out as the compiler of protocols did.
 */
#include "emit/tables_image.h"

#include <string.h>

static const char *upper_name(struct stp_table *table)
{
	return stp_upper(table->context, table->options->name);
}

/* ---- identity ---- */

static void print_identity(struct stp_table *table, struct stp_string *h)
{
	const char *name = upper_name(table);
	const struct stipple_header *header = &table->header;

	stp_add(h, "\n/* What this firmware is built for; stipple_open compares it with the table. "
		   "*/\n");
	stp_addf(h, "#define %s_INTERFACE_DIGEST 0x%08Xu\n", name,
		 (unsigned)header->interface_digest);
	stp_addf(h, "#define %s_TABLE_BYTES %uu\n", name, (unsigned)header->image_bytes);
	stp_addf(h, "#define %s_FINGERPRINT \"", name);
	for (size_t i = 0; i < sizeof header->fingerprint; i++)
		stp_addf(h, "%02x", header->fingerprint[i]);
	stp_add(h, "\"\n");
	stp_addf(h, "#define %s_QUESTIONS %uu\n", name,
		 (unsigned)table->rows[STP_SECTION_QUESTION].count);
	stp_addf(h, "#define %s_FACTORS %uu\n", name,
		 (unsigned)table->rows[STP_SECTION_FACTOR].count);
	stp_addf(h, "#define %s_ZONES_OF_A_PROTOCOL %uu\n", name, header->greatest_zones);
	stp_addf(h,
		 "/* The size of a session's state: see stipple/session.h. */\n"
		 "#define %s_SESSION_BYTES STIPPLE_SESSION_BYTES(%uu, %uu, %uu)\n",
		 name, header->greatest_zones, (unsigned)table->rows[STP_SECTION_QUESTION].count,
		 (unsigned)table->rows[STP_SECTION_FACTOR].count);
}

/* ---- enumerators and keys ---- */

static void print_enumerators(struct stp_table *table, struct stp_string *h,
			      enum stp_table_section section, const char *what)
{
	size_t count = table->rows[section].count;

	if (count == 0)
		return;
	stp_addf(h, "\n/* %s */\nenum %s_%s {\n", what, table->options->name,
		 stp_row_type(section)->section);
	for (uint32_t i = 0; i < count; i++)
		stp_addf(h, "\t%s = %u%s\n", stp_row_enumerator(table, section, i), (unsigned)i,
			 i + 1 < count ? "," : "");
	stp_add(h, "};\n");
}

static void print_keys(struct stp_table *table, struct stp_string *h,
		       enum stp_table_section section)
{
	const struct stp_row_type *type = stp_row_type(section);
	const struct stp_rows *rows = &table->rows[section];

	for (uint32_t i = 0; i < rows->count; i++)
		stp_addf(h, "#define %s_KEY 0x%08Xu\n", stp_row_enumerator(table, section, i),
			 (unsigned)stp_member_value(rows->bytes + i * type->bytes,
						    &type->members[0]));
}

/* A value is one of its factor: "ACNE_VALUE_OPERATOR_NURSE". */
static const char *value_name(struct stp_table *table, const char *kind,
			      const struct stipple_term_row *value,
			      const struct stipple_factor_row *factor)
{
	return stp_format(table->context, "%s_%s_%s_%s", upper_name(table), kind,
			  stp_upper(table->context, stp_text_at(table, factor->name)),
			  stp_upper(table->context, stp_text_at(table, value->name)));
}

static struct stipple_factor_row value_at(const struct stp_table *table, uint32_t number,
					  struct stipple_term_row *value)
{
	struct stipple_factor_row factor;

	memcpy(value, table->rows[STP_SECTION_VALUE].bytes + number * sizeof *value, sizeof *value);
	memcpy(&factor, table->rows[STP_SECTION_FACTOR].bytes + value->parent * sizeof factor,
	       sizeof factor);
	return factor;
}

static void print_answers(struct stp_table *table, struct stp_string *h)
{
	size_t count = table->rows[STP_SECTION_VALUE].count;

	if (count == 0)
		return;
	stp_addf(
		h,
		"\n/* Answers to factors, as stipple_client holds them; 0 is \"not answered\". */\n"
		"enum %s_answers {\n",
		table->options->name);
	for (uint32_t i = 0; i < count; i++) {
		struct stipple_term_row value;
		struct stipple_factor_row factor = value_at(table, i, &value);

		stp_addf(h, "\t%s = %u%s\n", value_name(table, "ANSWER", &value, &factor),
			 (unsigned)(i - factor.first_value + 1), i + 1 < count ? "," : "");
	}
	stp_add(h, "};\n");
}

static void print_value_keys(struct stp_table *table, struct stp_string *h)
{
	for (uint32_t i = 0; i < table->rows[STP_SECTION_VALUE].count; i++) {
		struct stipple_term_row value;
		struct stipple_factor_row factor = value_at(table, i, &value);

		stp_addf(h, "#define %s_KEY 0x%08Xu\n", value_name(table, "VALUE", &value, &factor),
			 (unsigned)value.key);
	}
}

static void print_names(struct stp_table *table, struct stp_string *h)
{
	print_enumerators(table, h, STP_SECTION_DEVICE, "Devices");
	print_enumerators(table, h, STP_SECTION_PROTOCOL, "Protocols");
	print_enumerators(table, h, STP_SECTION_ZONE, "Zones");
	print_enumerators(table, h, STP_SECTION_FACTOR, "Factors: facts about a client");
	print_answers(table, h);
	print_enumerators(table, h, STP_SECTION_QUESTION, "Questions: answered no, yes or cleared");
	print_enumerators(table, h, STP_SECTION_ROLE, "Roles that clear a question");
	print_enumerators(table, h, STP_SECTION_PATTERN, "Patterns of movement: bits of a set");
	print_enumerators(table, h, STP_SECTION_ENDPOINT, "Endpoints: bits of a set");
	print_enumerators(table, h, STP_SECTION_ITEM, "What rules speak about");
	print_enumerators(table, h, STP_SECTION_DEPTH, "Depth rows, by what they say");
	print_enumerators(table, h, STP_SECTION_PACE, "Pace rows");
	stp_add(h, "\n/* Keys: the same in every table that has the name. */\n");
	print_keys(table, h, STP_SECTION_DEVICE);
	print_keys(table, h, STP_SECTION_PROTOCOL);
	print_keys(table, h, STP_SECTION_ZONE);
	print_keys(table, h, STP_SECTION_FACTOR);
	print_keys(table, h, STP_SECTION_QUESTION);
	print_value_keys(table, h);
	print_keys(table, h, STP_SECTION_ROLE);
	print_keys(table, h, STP_SECTION_PATTERN);
	print_keys(table, h, STP_SECTION_ENDPOINT);
}

/* ---- limits as constants ---- */

static void print_bounds(struct stp_string *h, const char *slot, const char *setting,
			 const char *unit, const uint16_t bounds[5])
{
	static const char *const names[5] = { "RANGE_LEAST", "RANGE_MOST", "LIMIT_LEAST",
					      "LIMIT_MOST", "START" };

	for (size_t i = 0; i < 5; i++)
		stp_addf(h, "#define %s_%s_%s%s %uu\n", slot, setting, names[i], unit, bounds[i]);
}

static void print_slot(struct stp_table *table, struct stp_string *h, const char *protocol,
		       uint32_t number)
{
	struct stipple_slot_row slot;
	struct stipple_term_row zone;
	uint16_t bounds[5];
	const uint8_t *pace;
	const char *name;

	memcpy(&slot, table->rows[STP_SECTION_SLOT].bytes + number * sizeof slot, sizeof slot);
	memcpy(&zone, table->rows[STP_SECTION_ZONE].bytes + slot.zone * sizeof zone, sizeof zone);
	name = stp_format(table->context, "%s_SLOT_%s_%s", upper_name(table), protocol,
			  stp_upper(table->context, stp_text_at(table, zone.name)));
	stp_addf(h, "#define %s %uu\n", name, (unsigned)number);
	if (slot.depth == STIPPLE_NONE)
		return;
	memcpy(bounds,
	       table->rows[STP_SECTION_DEPTH].bytes + slot.depth * sizeof(struct stipple_depth_row),
	       sizeof bounds);
	print_bounds(h, name, "DEPTH", "_UM", bounds);
	pace = table->rows[STP_SECTION_PACE].bytes + slot.pace * sizeof(struct stipple_pace_row);
	memcpy(bounds, pace, sizeof bounds);
	print_bounds(h, name, "PASSES", "", bounds);
	memcpy(bounds, pace + offsetof(struct stipple_pace_row, rate_range_least), sizeof bounds);
	print_bounds(h, name, "RATE", "_RPM", bounds);
}

static void print_slots(struct stp_table *table, struct stp_string *h)
{
	const struct stp_rows *rows = &table->rows[STP_SECTION_PROTOCOL];

	stp_add(h,
		"\n/*\n * Slots, and what stands there for every client, for firmware with a fixed"
		" protocol. A\n * client's own limits may be tighter: ask stipple_limits.\n */\n");
	for (size_t i = 0; i < rows->count; i++) {
		struct stipple_protocol_row row;
		const char *name;

		memcpy(&row, rows->bytes + i * sizeof row, sizeof row);
		name = stp_upper(table->context, stp_text_at(table, row.name));
		for (uint32_t s = 0; s < row.slot_count; s++)
			print_slot(table, h, name, row.first_slot + s);
	}
}

/* ---- the table's type ---- */

size_t stp_text_bytes(const struct stp_table *table, size_t at)
{
	size_t total = table->rows[STP_SECTION_TEXT].count;
	size_t bytes = strlen(stp_text_at(table, (uint32_t)at)) + 1;
	size_t rest = at + bytes;

	/* Only padding is left: zeros to the end, too few for the CRC's four bytes. */
	while (rest < total && total - rest < 4 && *stp_text_at(table, (uint32_t)rest) == '\0')
		rest++;
	return rest == total ? total - at : bytes;
}

static void print_types(struct stp_table *table, struct stp_string *h)
{
	const char *name = table->options->name;
	size_t total = table->rows[STP_SECTION_TEXT].count;
	size_t number = 0;

	stp_addf(h, "\nstruct %s_text {\n", name);
	for (size_t at = 0; at < total; number++) {
		size_t bytes = stp_text_bytes(table, at);

		stp_addf(h, "\tchar s%u[%u];\n", (unsigned)number, (unsigned)bytes);
		at += bytes;
	}
	stp_addf(h, "};\n\nstruct %s_table {\n\tstruct stipple_header header;\n", name);
	for (enum stp_table_section s = 0; s < STP_SECTION_TEXT; s++)
		if (table->rows[s].count != 0)
			stp_addf(h, "\t%s %s[%u];\n", stp_row_type(s)->type,
				 stp_row_type(s)->section, (unsigned)table->rows[s].count);
	stp_addf(h, "\tstruct %s_text text;\n\tuint8_t crc[4];\n};\n\n", name);
	stp_addf(h, "extern const struct %s_table %s_table;\n\n", name, name);
}

/* Every section where the header says, and nothing between. */
static void print_assertions(struct stp_table *table, struct stp_string *h)
{
	const char *name = table->options->name;

	for (enum stp_table_section s = 0; s < STP_SECTIONS; s++) {
		struct stipple_section section;

		memcpy(&section, (const uint8_t *)&table->header + stp_row_type(s)->header_member,
		       sizeof section);
		if (section.count != 0)
			stp_addf(h,
				 "STIPPLE_STATIC_ASSERT(%s_place_of_%s,\n"
				 "\toffsetof(struct %s_table, %s) == %uu);\n",
				 name, stp_row_type(s)->section, name, stp_row_type(s)->section,
				 (unsigned)section.offset);
	}
	stp_addf(h,
		 "STIPPLE_STATIC_ASSERT(%s_place_of_crc,\n"
		 "\toffsetof(struct %s_table, crc) == %uu);\n",
		 name, name, (unsigned)table->image_bytes - 4u);
	stp_addf(h, "STIPPLE_STATIC_ASSERT(%s_size, sizeof(struct %s_table) == %uu);\n", name, name,
		 (unsigned)table->image_bytes);
}

static void print_avr_bound(struct stp_table *table, struct stp_string *h)
{
	stp_addf(h,
		 "\n#if defined(__AVR__) && %uu > 32767u\n"
		 "#error \"this table is too large for the near flash of an AVR\"\n#endif\n",
		 (unsigned)table->image_bytes);
}

bool stp_print_header(struct stp_table *table, struct stp_string *h)
{
	const char *guard = stp_format(table->context, "STIPPLE_TABLE_%s_H", upper_name(table));

	stp_addf(h,
		 "/*\n * Treatment limits for a device, made by the Stipple compiler. Do not edit:"
		 " change the\n * protocol and make it again.\n */\n#ifndef %s\n#define %s\n\n",
		 guard, guard);
	stp_add(h, "#include \"stipple/format.h\"\n\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n");
	print_identity(table, h);
	print_names(table, h);
	print_slots(table, h);
	if (table->options->words) {
		stp_print_words_type(table, h);
	} else {
		print_types(table, h);
		print_assertions(table, h);
	}
	print_avr_bound(table, h);
	stp_add(h, "\n#ifdef __cplusplus\n}\n#endif\n\n#endif\n");
	return stp_check_names(table, h->text);
}
