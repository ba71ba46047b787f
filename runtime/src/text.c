/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Texts for a screen: names and labels out of the image. A firmware that shows nothing leaves
 * this file out.
 */
#include "read.h"

/* For each kind: where its section stands in the header, its row's size, its label's place. */
struct named {
	uint8_t section;
	uint8_t bytes;
	uint8_t label;
};

#define NAMED(section, row)                                                                        \
	{                                                                                          \
		(uint8_t) offsetof(struct stipple_header, section), (uint8_t)sizeof(struct row),   \
			(uint8_t)offsetof(struct row, label)                                       \
	}

static const struct named kinds[] = {
	NAMED(protocols, stipple_protocol_row), NAMED(zones, stipple_term_row),
	NAMED(factors, stipple_factor_row),     NAMED(values, stipple_term_row),
	NAMED(questions, stipple_question_row), NAMED(roles, stipple_term_row),
	NAMED(patterns, stipple_term_row),      NAMED(endpoints, stipple_term_row),
	NAMED(items, stipple_term_row),         NAMED(devices, stipple_device_row)
};

/* The row, or null. Every row with a name has its key first and the name second. */
static const uint8_t *find_row(const struct stipple_table *table, uint32_t kind, uint32_t index)
{
	const uint8_t *section;

	if (!stipple_is_open(table) || kind >= sizeof kinds / sizeof kinds[0])
		return NULL;
	section = table->image + kinds[kind].section;
	if (index >= STIPPLE_GET32(section, stipple_section, count))
		return NULL;
	return table->image + STIPPLE_GET32(section, stipple_section, offset) +
	       index * kinds[kind].bytes;
}

uint32_t stipple_count(const struct stipple_table *table, enum stipple_named kind)
{
	if (!stipple_is_open(table) || (uint32_t)kind >= sizeof kinds / sizeof kinds[0])
		return 0;
	return STIPPLE_GET32(table->image + kinds[kind].section, stipple_section, count);
}

static const char *text_at(const uint8_t *image, uint32_t offset)
{
	return (const char *)STIPPLE_SECTION(image, text) + offset;
}

const char *stipple_name(const struct stipple_table *table, enum stipple_named kind, uint32_t index)
{
	const uint8_t *row = find_row(table, (uint32_t)kind, index);

	if (row == NULL)
		return "";
	return text_at(table->image, STIPPLE_GET32(row, stipple_term_row, name));
}

const char *stipple_value_name(const struct stipple_table *table, uint32_t factor, uint32_t value)
{
	const uint8_t *row = find_row(table, STIPPLE_NAMED_FACTOR, factor);

	if (row == NULL || value >= STIPPLE_GET16(row, stipple_factor_row, value_count))
		return "";
	return stipple_name(table, STIPPLE_NAMED_VALUE,
			    STIPPLE_GET16(row, stipple_factor_row, first_value) + value);
}

/* Label `label` in a language, or an empty text. */
static const char *words(const uint8_t *image, uint32_t label, uint32_t language)
{
	const uint8_t *row;
	uint32_t first;

	if (label == STIPPLE_NONE || language >= STIPPLE_COUNT(image, languages))
		return "";
	row = STIPPLE_ROW(image, languages, stipple_language_row, language);
	first = STIPPLE_GET32(row, stipple_language_row, first_label);
	row = STIPPLE_SECTION(image, labels) + (first + label) * 4u;
	return text_at(image, (uint32_t)STIPPLE_READ32(row));
}

const char *stipple_label(const struct stipple_table *table, enum stipple_named kind,
			  uint32_t index, uint32_t language)
{
	const uint8_t *row = find_row(table, (uint32_t)kind, index);

	if (row == NULL)
		return "";
	return words(table->image, (uint32_t)STIPPLE_READ16(row + kinds[kind].label), language);
}

/* Whether the row of an answer with this reason is one of screening. */
static int is_of_screening(uint32_t reason)
{
	return reason == STIPPLE_REASON_EXCLUDED || reason == STIPPLE_REASON_WAIT ||
	       reason == STIPPLE_REASON_NOT_CLEARED || reason == STIPPLE_REASON_NOT_PREPARED ||
	       reason == STIPPLE_REASON_OPERATOR || reason == STIPPLE_REASON_CAUTION;
}

const char *stipple_because(const struct stipple_table *table, const struct stipple_answer *answer,
			    uint32_t language)
{
	const uint8_t *row;

	if (!stipple_is_open(table) || !is_of_screening(answer->reason) ||
	    answer->row >= STIPPLE_COUNT(table->image, screenings))
		return "";
	row = STIPPLE_ROW(table->image, screenings, stipple_screening_row, answer->row);
	return words(table->image, STIPPLE_GET16(row, stipple_screening_row, because), language);
}
