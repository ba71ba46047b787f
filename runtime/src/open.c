/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opening a table: one pass that trusts nothing, after which no index, offset, list or chain in
 * the image can lead a read outside it.
 *
 * What refers to what is data: `references` names each member that holds an index, the rows it
 * lies in and the rows it points to. The rest is what indexes cannot say: sections that follow
 * each other without a gap, lists and chains that end, conditions about subjects that exist,
 * text that ends, and check words.
 */
#include "crc.h"
#include "read.h"

/* The sections in their order in the image: where their members are in the header, by eights. */
#define AT(section) (uint8_t)(offsetof(struct stipple_header, section) / 8u)
#define SECTIONS(X)                                                                                \
	X(devices, sizeof(struct stipple_device_row))                                              \
	X(protocols, sizeof(struct stipple_protocol_row))                                          \
	X(slots, sizeof(struct stipple_slot_row))                                                  \
	X(depths, sizeof(struct stipple_depth_row))                                                \
	X(paces, sizeof(struct stipple_pace_row))                                                  \
	X(tightenings, sizeof(struct stipple_tightening_row))                                      \
	X(recipes, sizeof(struct stipple_recipe_row))                                              \
	X(uses, sizeof(struct stipple_use_row))                                                    \
	X(courses, sizeof(struct stipple_course_row))                                              \
	X(anaesthetics, sizeof(struct stipple_anaesthetic_row))                                    \
	X(screenings, sizeof(struct stipple_screening_row))                                        \
	X(windows, sizeof(struct stipple_window_row))                                              \
	X(questions, sizeof(struct stipple_question_row))                                          \
	X(factors, sizeof(struct stipple_factor_row))                                              \
	X(values, sizeof(struct stipple_term_row))                                                 \
	X(zones, sizeof(struct stipple_term_row))                                                  \
	X(roles, sizeof(struct stipple_term_row))                                                  \
	X(patterns, sizeof(struct stipple_term_row))                                               \
	X(endpoints, sizeof(struct stipple_term_row))                                              \
	X(items, sizeof(struct stipple_term_row))                                                  \
	X(languages, sizeof(struct stipple_language_row))                                          \
	X(labels, 4)                                                                               \
	X(lists, 2)                                                                                \
	X(text, 1)

struct layout {
	uint8_t section;
	uint8_t bytes;
};
#define LAYOUT(section, bytes) { AT(section), (uint8_t)(bytes) },
static const struct layout layouts[] = { SECTIONS(LAYOUT) };

#define SIZE_OF(section, bytes) SIZE_OF_##section = (bytes),
enum row_size { SECTIONS(SIZE_OF) SIZE_OF_NOTHING };

/* A member that holds an index or an offset into another section. */
struct reference {
	uint8_t section;
	uint8_t bytes; /* of a row */
	uint8_t member;
	uint8_t target;
	uint8_t kind;
};

enum reference_kind {
	INDEX, /* 16 bits, below the target's count */
	INDEX_OR_NONE,
	OFFSET /* 32 bits, below the target's count */
};

#define ROW(section, row, member, target, kind)                                                    \
	{                                                                                          \
		AT(section), (uint8_t)sizeof(struct row), (uint8_t)offsetof(struct row, member),   \
			AT(target), kind                                                           \
	}
#define NAME_AND_LABEL(section, row)                                                               \
	ROW(section, row, name, text, OFFSET), ROW(section, row, label, labels, INDEX_OR_NONE)

static const struct reference references[] = {
	NAME_AND_LABEL(devices, stipple_device_row),
	NAME_AND_LABEL(protocols, stipple_protocol_row),
	ROW(protocols, stipple_protocol_row, version, text, OFFSET),
	ROW(protocols, stipple_protocol_row, device, devices, INDEX),
	ROW(protocols, stipple_protocol_row, course, courses, INDEX_OR_NONE),
	ROW(protocols, stipple_protocol_row, anaesthetic, anaesthetics, INDEX_OR_NONE),
	ROW(slots, stipple_slot_row, zone, zones, INDEX),
	ROW(slots, stipple_slot_row, depth, depths, INDEX_OR_NONE),
	ROW(slots, stipple_slot_row, pace, paces, INDEX_OR_NONE),
	ROW(slots, stipple_slot_row, tightening, tightenings, INDEX_OR_NONE),
	ROW(slots, stipple_slot_row, recipe, recipes, INDEX_OR_NONE),
	ROW(slots, stipple_slot_row, use, uses, INDEX_OR_NONE),
	ROW(tightenings, stipple_tightening_row, recipe, recipes, INDEX_OR_NONE),
	ROW(anaesthetics, stipple_anaesthetic_row, item, items, INDEX_OR_NONE),
	ROW(screenings, stipple_screening_row, question, questions, INDEX_OR_NONE),
	ROW(screenings, stipple_screening_row, role, roles, INDEX_OR_NONE),
	ROW(screenings, stipple_screening_row, because, labels, INDEX_OR_NONE),
	ROW(windows, stipple_window_row, item, items, INDEX_OR_NONE),
	ROW(windows, stipple_window_row, until, items, INDEX_OR_NONE),
	ROW(windows, stipple_window_row, because, labels, INDEX_OR_NONE),
	NAME_AND_LABEL(questions, stipple_question_row),
	ROW(questions, stipple_question_row, item, items, INDEX_OR_NONE),
	NAME_AND_LABEL(factors, stipple_factor_row),
	NAME_AND_LABEL(values, stipple_term_row),
	ROW(values, stipple_term_row, parent, factors, INDEX),
	NAME_AND_LABEL(zones, stipple_term_row),
	ROW(zones, stipple_term_row, parent, zones, INDEX_OR_NONE),
	NAME_AND_LABEL(roles, stipple_term_row),
	NAME_AND_LABEL(patterns, stipple_term_row),
	NAME_AND_LABEL(endpoints, stipple_term_row),
	NAME_AND_LABEL(items, stipple_term_row),
	ROW(items, stipple_term_row, parent, items, INDEX_OR_NONE),
	ROW(languages, stipple_language_row, code, text, OFFSET)
};

/* A kind of row that carries a check word, conditions, or both. */
struct checked {
	uint8_t section;
	uint8_t bytes;
	uint8_t kind;       /* enum stipple_row_kind, or 0: no check word */
	uint8_t conditions; /* the member's offset, or 0: no conditions */
	uint8_t chain;
};

#define CHECKED(section, row, kind)                                                                \
	{                                                                                          \
		AT(section), (uint8_t)sizeof(struct row), kind, 0, 0                               \
	}
#define CONDITIONED(section, row, kind)                                                            \
	{                                                                                          \
		AT(section), (uint8_t)sizeof(struct row), kind,                                    \
			(uint8_t)offsetof(struct row, conditions),                                 \
			(uint8_t)offsetof(struct row, chain)                                       \
	}

static const struct checked checked_rows[] = {
	CHECKED(devices, stipple_device_row, STIPPLE_ROW_DEVICE),
	CHECKED(protocols, stipple_protocol_row, STIPPLE_ROW_PROTOCOL),
	CHECKED(slots, stipple_slot_row, STIPPLE_ROW_SLOT),
	CHECKED(depths, stipple_depth_row, STIPPLE_ROW_DEPTH),
	CHECKED(paces, stipple_pace_row, STIPPLE_ROW_PACE),
	CONDITIONED(tightenings, stipple_tightening_row, STIPPLE_ROW_TIGHTENING),
	CHECKED(recipes, stipple_recipe_row, STIPPLE_ROW_RECIPE),
	CONDITIONED(uses, stipple_use_row, STIPPLE_ROW_USE),
	CONDITIONED(courses, stipple_course_row, STIPPLE_ROW_COURSE),
	CONDITIONED(anaesthetics, stipple_anaesthetic_row, STIPPLE_ROW_ANAESTHETIC),
	CONDITIONED(screenings, stipple_screening_row, STIPPLE_ROW_SCREENING),
	CONDITIONED(windows, stipple_window_row, 0)
};

static uint32_t section_count(const uint8_t *image, uint32_t section)
{
	return STIPPLE_GET32(image + (section << 3), stipple_section, count);
}

static uint32_t section_offset(const uint8_t *image, uint32_t section)
{
	return STIPPLE_GET32(image + (section << 3), stipple_section, offset);
}

static const uint8_t *section_rows(const uint8_t *image, uint32_t section)
{
	return image + section_offset(image, section);
}

/* The magic, the version, the length: what must be right before anything else is read. */
static uint32_t check_header(const uint8_t *image, uint32_t bytes)
{
	if (STIPPLE_GET32(image, stipple_header, magic) != STIPPLE_MAGIC)
		return STIPPLE_REASON_BAD_TABLE;
	if (STIPPLE_GET16(image, stipple_header, oldest_reader) > STIPPLE_VERSION ||
	    STIPPLE_GET16(image, stipple_header, version) < STIPPLE_VERSION_LEAST ||
	    (STIPPLE_GET32(image, stipple_header, features) & ~STIPPLE_FEATURES_KNOWN) != 0)
		return STIPPLE_REASON_OTHER_VERSION;
	if (STIPPLE_GET32(image, stipple_header, image_bytes) != bytes ||
	    STIPPLE_GET32(image, stipple_header, header_bytes) < sizeof(struct stipple_header))
		return STIPPLE_REASON_BAD_TABLE;
	return STIPPLE_REASON_NONE;
}

/* Each section starts where the one before it ended, and the last one ends at the CRC. */
static int check_sections(const uint8_t *image, uint32_t bytes)
{
	uint32_t end = STIPPLE_GET32(image, stipple_header, header_bytes);
	uint32_t which;

	for (which = 0; which < sizeof layouts / sizeof layouts[0]; which++) {
		uint32_t count = section_count(image, layouts[which].section);

		if (section_offset(image, layouts[which].section) != end ||
		    count > STIPPLE_ROWS_MOST)
			return 0;
		end += count * layouts[which].bytes;
		if (end > bytes - 4u || (end & 3u) != 0)
			return 0;
	}
	return end == bytes - 4u;
}

static int check_reference(const uint8_t *image, const struct reference *reference)
{
	const uint8_t *member = section_rows(image, reference->section) + reference->member;
	uint32_t rows = section_count(image, reference->section);
	uint32_t count = section_count(image, reference->target);

	if (reference->target == AT(labels))
		count = STIPPLE_GET16(image, stipple_header, label_count);
	for (; rows != 0; rows--, member += reference->bytes) {
		uint32_t index = reference->kind == OFFSET ? (uint32_t)STIPPLE_READ32(member)
							   : (uint32_t)STIPPLE_READ16(member);

		if (index >= count && !(reference->kind == INDEX_OR_NONE && index == STIPPLE_NONE))
			return 0;
	}
	return 1;
}

/* Of a factor or a question. */
static int subject_exists(const uint8_t *image, uint32_t subject)
{
	if ((subject & STIPPLE_SUBJECT_QUESTION) != 0)
		return (subject ^ STIPPLE_SUBJECT_QUESTION) < STIPPLE_COUNT(image, questions);
	return subject < STIPPLE_COUNT(image, factors);
}

/* A set has as many values as its subject, so that no answer beyond them is taken for one. */
static int check_condition(const uint8_t *image, const uint8_t *condition)
{
	uint32_t subject = STIPPLE_GET16(condition, stipple_condition, subject);
	uint32_t most = STIPPLE_GET16(condition, stipple_condition, most);

	if (subject >= STIPPLE_SUBJECT_DEPTH_USED)
		return 1;
	if (!subject_exists(image, subject))
		return 0;
	if ((subject & STIPPLE_SUBJECT_QUESTION) != 0)
		return most == 2u;
	return most == STIPPLE_GET16(STIPPLE_ROW(image, factors, stipple_factor_row, subject),
				     stipple_factor_row, value_count);
}

static int check_conditioned(const uint8_t *image, const uint8_t *row,
			     const struct checked *checked, uint32_t is_last)
{
	const uint8_t *conditions = row + checked->conditions;
	uint32_t chain = STIPPLE_READ16(row + checked->chain);

	if (chain != STIPPLE_LAST && chain != STIPPLE_MORE && chain != STIPPLE_AND_NEXT)
		return 0;
	if (is_last != 0 && chain != STIPPLE_LAST)
		return 0;
	return check_condition(image, conditions) &&
	       check_condition(image, conditions + sizeof(struct stipple_condition));
}

static int check_rows(const uint8_t *image, const struct checked *checked)
{
	const uint8_t *row = section_rows(image, checked->section);
	uint32_t count = section_count(image, checked->section);
	uint32_t index;

	for (index = 0; index < count; index++, row += checked->bytes) {
		if (checked->kind != 0 &&
		    stipple_row_damage(row, checked->bytes, checked->kind, index) != 0)
			return 0;
		if (checked->conditions != 0 &&
		    !check_conditioned(image, row, checked, index + 1u == count))
			return 0;
	}
	return 1;
}

/* A list of rows below `target`, of factors and questions, or of numbers: STIPPLE_LIST_CHECK. */
#define SUBJECTS STIPPLE_SUBJECT_DEPTH_USED
#define NUMBERS  0x10000u
static int check_list(const uint8_t *image, uint32_t first, uint32_t target)
{
	uint32_t room = STIPPLE_COUNT(image, lists);
	const uint8_t *at = STIPPLE_SECTION(image, lists) + first * 2u;
	uint32_t sum = STIPPLE_LIST_CHECK;
	uint32_t count;
	uint32_t index;

	if (first >= room)
		return 0;
	count = STIPPLE_READ16(at);
	if (count > STIPPLE_LIST_MOST || count + 2u > room - first)
		return 0;
	if (count > STIPPLE_GET16(image, stipple_header, greatest_list))
		return 0;
	sum ^= count;
	for (index = 0; index < count; index++) {
		uint32_t entry;

		at += 2;
		entry = STIPPLE_READ16(at);
		if (entry >= target || (target == SUBJECTS && !subject_exists(image, entry)))
			return 0;
		sum ^= entry;
	}
	return sum == STIPPLE_READ16(at + 2);
}

/* By rising zone: stipple_find_slot rests on it. */
static int check_order(const uint8_t *image, uint32_t first, uint32_t count)
{
	const uint8_t *row = STIPPLE_ROW(image, slots, stipple_slot_row, first);

	for (; count > 1u; count--, row += sizeof(struct stipple_slot_row))
		if (STIPPLE_GET16(row, stipple_slot_row, zone) >=
		    STIPPLE_GET16(row + sizeof(struct stipple_slot_row), stipple_slot_row, zone))
			return 0;
	return 1;
}

static int check_protocol(const uint8_t *image, const uint8_t *row)
{
	uint32_t slots = STIPPLE_COUNT(image, slots);
	uint32_t first = STIPPLE_GET32(row, stipple_protocol_row, first_slot);
	uint32_t count = STIPPLE_GET16(row, stipple_protocol_row, slot_count);

	if (first > slots || count > slots - first)
		return 0;
	if (count > STIPPLE_GET16(image, stipple_header, greatest_zones))
		return 0;
	return check_order(image, first, count) &&
	       check_list(image, STIPPLE_GET32(row, stipple_protocol_row, screening_list),
			  STIPPLE_COUNT(image, screenings)) &&
	       check_list(image, STIPPLE_GET32(row, stipple_protocol_row, asked_list), SUBJECTS) &&
	       check_list(image, STIPPLE_GET32(row, stipple_protocol_row, window_list),
			  STIPPLE_COUNT(image, windows));
}

static int check_devices(const uint8_t *image)
{
	const uint8_t *row = STIPPLE_SECTION(image, devices);
	uint32_t count = STIPPLE_COUNT(image, devices);

	for (; count != 0; count--, row += sizeof(struct stipple_device_row)) {
		uint32_t list = STIPPLE_GET32(row, stipple_device_row, cartridge_list);

		if (!check_list(image, list, NUMBERS) ||
		    STIPPLE_READ16(STIPPLE_SECTION(image, lists) + list * 2u) >
			    STIPPLE_CARTRIDGES_MOST)
			return 0;
	}
	return 1;
}

/* A session keeps its protocol in 16 bits. */
static int check_protocols(const uint8_t *image)
{
	const uint8_t *row = STIPPLE_SECTION(image, protocols);
	uint32_t count = STIPPLE_COUNT(image, protocols);

	if (count > STIPPLE_NONE ||
	    STIPPLE_GET16(image, stipple_header, greatest_zones) > STIPPLE_ZONES_MOST)
		return 0;
	for (; count != 0; count--, row += sizeof(struct stipple_protocol_row))
		if (!check_protocol(image, row))
			return 0;
	return 1;
}

/* A slot has both its rows or neither, and not too many tightenings. */
static int check_slots(const uint8_t *image)
{
	const uint8_t *row = STIPPLE_SECTION(image, slots);
	uint32_t greatest = STIPPLE_GET16(image, stipple_header, greatest_tightenings);
	uint32_t count = STIPPLE_COUNT(image, slots);

	if (greatest > STIPPLE_TIGHTENINGS_MOST)
		return 0;
	for (; count != 0; count--, row += sizeof(struct stipple_slot_row)) {
		uint32_t index = STIPPLE_GET16(row, stipple_slot_row, tightening);
		const uint8_t *at = STIPPLE_ROW(image, tightenings, stipple_tightening_row, index);
		uint32_t rows = index == STIPPLE_NONE ? 0 : 1;

		if ((STIPPLE_GET16(row, stipple_slot_row, depth) == STIPPLE_NONE) !=
		    (STIPPLE_GET16(row, stipple_slot_row, pace) == STIPPLE_NONE))
			return 0;
		if (rows == 0)
			continue;
		for (; rows <= greatest &&
		       STIPPLE_GET16(at, stipple_tightening_row, chain) != STIPPLE_LAST;
		     rows++)
			at += sizeof(struct stipple_tightening_row);
		if (rows > greatest)
			return 0;
	}
	return 1;
}

static int check_factors(const uint8_t *image)
{
	const uint8_t *row = STIPPLE_SECTION(image, factors);
	uint32_t count = STIPPLE_COUNT(image, factors);
	uint32_t values = STIPPLE_COUNT(image, values);

	for (; count != 0; count--, row += sizeof(struct stipple_factor_row)) {
		uint32_t first = STIPPLE_GET16(row, stipple_factor_row, first_value);
		uint32_t own = STIPPLE_GET16(row, stipple_factor_row, value_count);

		if (own > STIPPLE_VALUES_MOST || first > values || own > values - first)
			return 0;
	}
	return 1;
}

/* Every string ends inside the text, and every language has all its labels there. */
static int check_text(const uint8_t *image)
{
	uint32_t text = STIPPLE_COUNT(image, text);
	uint32_t labels = STIPPLE_COUNT(image, labels);
	uint32_t each = STIPPLE_GET16(image, stipple_header, label_count);
	const uint8_t *row = STIPPLE_SECTION(image, languages);
	uint32_t count = STIPPLE_COUNT(image, languages);
	uint32_t index;

	if (text == 0 || STIPPLE_READ8(STIPPLE_SECTION(image, text) + text - 1u) != 0 ||
	    STIPPLE_GET32(image, stipple_header, library_version) >= text)
		return 0;
	for (; count != 0; count--, row += sizeof(struct stipple_language_row)) {
		uint32_t first = STIPPLE_GET32(row, stipple_language_row, first_label);

		if (first > labels || each > labels - first)
			return 0;
	}
	for (index = 0; index < labels; index++)
		if (STIPPLE_READ32(STIPPLE_SECTION(image, labels) + index * 4u) >= text)
			return 0;
	return 1;
}

static int check_contents(const uint8_t *image)
{
	uint32_t which;

	for (which = 0; which < sizeof references / sizeof references[0]; which++)
		if (!check_reference(image, &references[which]))
			return 0;
	for (which = 0; which < sizeof checked_rows / sizeof checked_rows[0]; which++)
		if (!check_rows(image, &checked_rows[which]))
			return 0;
	return check_devices(image) && check_slots(image) && check_protocols(image) &&
	       check_factors(image) && check_text(image);
}

/* Some device of the image has the handpiece's key. */
static int has_device(const uint8_t *image, uint32_t key)
{
	const uint8_t *row = STIPPLE_SECTION(image, devices);
	uint32_t count = STIPPLE_COUNT(image, devices);

	for (; count != 0; count--, row += sizeof(struct stipple_device_row))
		if (STIPPLE_GET32(row, stipple_device_row, key) == key)
			return 1;
	return 0;
}

static uint32_t check(const struct stipple_table *table, const struct stipple_expectation *expected)
{
	const uint8_t *image = table->image;
	struct stipple_verification verification;
	uint32_t reason = check_header(image, table->bytes);

	if (reason != STIPPLE_REASON_NONE)
		return reason;
	stipple_verify_begin(&verification);
	if (stipple_verify_step(table, &verification, table->bytes) != STIPPLE_ANSWERED)
		return STIPPLE_REASON_BAD_TABLE;
	if (!check_sections(image, table->bytes) || !check_contents(image))
		return STIPPLE_REASON_BAD_TABLE;
	if (expected->interface_digest != 0 &&
	    expected->interface_digest != STIPPLE_GET32(image, stipple_header, interface_digest))
		return STIPPLE_REASON_OTHER_INTERFACE;
	if (!has_device(image, expected->device_key))
		return STIPPLE_REASON_OTHER_DEVICE;
	return STIPPLE_REASON_NONE;
}

uint32_t stipple_open(struct stipple_table *table, const void *image, uint32_t bytes,
		      const struct stipple_expectation *expected, uint32_t *reason)
{
	table->image = (const uint8_t *)image;
	table->bytes = bytes;
	table->device_key = expected->device_key;
	table->crc = 0;
	*reason = STIPPLE_REASON_BAD_CALL;
	if (image != NULL && ((uintptr_t)image & 3u) == 0 && (bytes & 3u) == 0 &&
	    bytes >= sizeof(struct stipple_header) + 4u)
		*reason = check(table, expected);
	if (*reason == STIPPLE_REASON_NONE) {
		table->crc = stipple_stored_crc(table->image + bytes - 4u);
		return STIPPLE_ANSWERED;
	}
	table->image = NULL;
	table->bytes = 0;
	return STIPPLE_FAULT;
}
