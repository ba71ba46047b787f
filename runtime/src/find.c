/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Finding rows: by key, and the slot of a zone in a protocol.
 *
 * Keys stand first in every row that has one, so one scan serves all kinds.
 */
#include "read.h"

static uint32_t find_key(const struct stipple_table *table, size_t section, uint32_t bytes,
			 uint32_t key)
{
	const uint8_t *at;
	uint32_t count;
	uint32_t index;

	if (!stipple_is_open(table))
		return STIPPLE_NOT_FOUND;
	at = table->image + section;
	count = STIPPLE_GET32(at, stipple_section, count);
	at = table->image + STIPPLE_GET32(at, stipple_section, offset);
	for (index = 0; index < count; index++, at += bytes)
		if (STIPPLE_READ32(at) == key)
			return index;
	return STIPPLE_NOT_FOUND;
}

uint32_t stipple_find_protocol(const struct stipple_table *table, uint32_t key)
{
	return find_key(table, offsetof(struct stipple_header, protocols),
			(uint32_t)sizeof(struct stipple_protocol_row), key);
}

uint32_t stipple_find_zone(const struct stipple_table *table, uint32_t key)
{
	return find_key(table, offsetof(struct stipple_header, zones),
			(uint32_t)sizeof(struct stipple_term_row), key);
}

uint32_t stipple_find_factor(const struct stipple_table *table, uint32_t key)
{
	return find_key(table, offsetof(struct stipple_header, factors),
			(uint32_t)sizeof(struct stipple_factor_row), key);
}

uint32_t stipple_find_question(const struct stipple_table *table, uint32_t key)
{
	return find_key(table, offsetof(struct stipple_header, questions),
			(uint32_t)sizeof(struct stipple_question_row), key);
}

uint32_t stipple_find_role(const struct stipple_table *table, uint32_t key)
{
	return find_key(table, offsetof(struct stipple_header, roles),
			(uint32_t)sizeof(struct stipple_term_row), key);
}

uint32_t stipple_find_pattern(const struct stipple_table *table, uint32_t key)
{
	return find_key(table, offsetof(struct stipple_header, patterns),
			(uint32_t)sizeof(struct stipple_term_row), key);
}

uint32_t stipple_find_value(const struct stipple_table *table, uint32_t key)
{
	uint32_t index = find_key(table, offsetof(struct stipple_header, values),
				  (uint32_t)sizeof(struct stipple_term_row), key);
	const uint8_t *row;

	if (index == STIPPLE_NOT_FOUND)
		return index;
	row = STIPPLE_ROW(table->image, values, stipple_term_row, index);
	row = STIPPLE_ROW(table->image, factors, stipple_factor_row,
			  STIPPLE_GET16(row, stipple_term_row, parent));
	return index + 1u - STIPPLE_GET16(row, stipple_factor_row, first_value);
}

const uint8_t *stipple_protocol_row(const uint8_t *image, uint32_t protocol)
{
	const uint8_t *row;
	uint32_t damage;

	if (protocol >= STIPPLE_COUNT(image, protocols))
		return NULL;
	row = STIPPLE_ROW(image, protocols, stipple_protocol_row, protocol);
	damage = stipple_check_value(STIPPLE_ROW_PROTOCOL, protocol);
	damage = STIPPLE_TAKE_THREE(damage, row);
	damage = STIPPLE_TAKE_THREE(damage, row + 12);
	damage = STIPPLE_TAKE_THREE(damage, row + 24);
	damage = STIPPLE_TAKE_THREE(damage, row + 36);
	return damage == 0 ? row : NULL;
}

const uint8_t *stipple_slot_row(const struct stipple_table *table, uint32_t slot)
{
	const uint8_t *row;

	if (!stipple_is_open(table) || slot >= STIPPLE_COUNT(table->image, slots))
		return NULL;
	row = STIPPLE_ROW(table->image, slots, stipple_slot_row, slot);
	if (stipple_short_row_damage(row, STIPPLE_ROW_SLOT, slot) != 0)
		return NULL;
	return row;
}

/* Its slots rise by zone, so that each look halves them; a zone that is not found is refused. */
uint32_t stipple_find_slot(const struct stipple_table *table, uint32_t protocol, uint32_t zone)
{
	const uint8_t *row;
	const uint8_t *slots;
	uint32_t first;
	uint32_t count;
	uint32_t half;

	if (!stipple_is_open(table))
		return STIPPLE_NOT_FOUND;
	row = stipple_protocol_row(table->image, protocol);
	if (row == NULL)
		return STIPPLE_NOT_FOUND;
	first = STIPPLE_GET32(row, stipple_protocol_row, first_slot);
	slots = STIPPLE_SECTION(table->image, slots);
	for (count = STIPPLE_GET16(row, stipple_protocol_row, slot_count); count > 1u;
	     count -= half) {
		half = count >> 1;
		row = slots + (first + half) * (uint32_t)sizeof(struct stipple_slot_row);
		if (STIPPLE_GET16(row, stipple_slot_row, zone) <= zone)
			first += half;
	}
	row = slots + first * (uint32_t)sizeof(struct stipple_slot_row);
	if (count == 0 || STIPPLE_GET16(row, stipple_slot_row, zone) != zone)
		return STIPPLE_NOT_FOUND;
	return first;
}
