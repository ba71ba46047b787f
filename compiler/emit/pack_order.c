/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An image in the other byte order: every number turned where it stands. The schema of the rows
 * says which bytes are numbers and how wide they are. Check words need no other care, since a
 * row's check is the same numbers in both orders (stipple/format.h); the CRC goes over bytes, so
 * it is taken anew.
 */
#include <string.h>

#include "emit/pack.h"
#include "emit/tables_image.h"

static void turn(uint8_t *at, size_t bytes)
{
	for (size_t i = 0; i < bytes / 2; i++) {
		uint8_t low = at[i];

		at[i] = at[bytes - 1 - i];
		at[bytes - 1 - i] = low;
	}
}

static void turn_each(uint8_t *at, size_t bytes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		turn(at + i * bytes, bytes);
}

static void turn_header(uint8_t *image)
{
	const size_t last = offsetof(struct stipple_header, library_version);

	turn_each(image + offsetof(struct stipple_header, magic), 4, 1);
	turn_each(image + offsetof(struct stipple_header, version), 2, 2);
	turn_each(image + offsetof(struct stipple_header, features), 4, 5);
	turn_each(image + offsetof(struct stipple_header, greatest_zones), 2, 4);
	turn_each(image + last, 4, (sizeof(struct stipple_header) - last) / 4);
}

static void turn_member(uint8_t *row, const struct stp_row_member *member)
{
	switch (member->kind) {
	case STP_MEMBER_DIGEST: break;
	case STP_MEMBER_CONDITION: turn_each(row + member->offset, 2, 3); break;
	case STP_MEMBER_CHECK:
		if (strcmp(member->name, "wide_check") != 0) {
			turn_each(row + member->offset, 2, 2);
			break;
		}
		turn(row + member->offset, 4);
		break;
	default: turn(row + member->offset, member->bytes); break;
	}
}

static struct stipple_section section_at(const uint8_t *image, enum stp_table_section which)
{
	struct stipple_section section;

	memcpy(&section, image + stp_row_type(which)->header_member, sizeof section);
	return section;
}

static void turn_rows(uint8_t *image)
{
	for (enum stp_table_section s = 0; s < STP_SECTIONS; s++) {
		const struct stp_row_type *type = stp_row_type(s);
		struct stipple_section section = section_at(image, s);
		uint8_t *row = image + section.offset;

		if (type->members == NULL)
			turn_each(row, type->bytes, section.count);
		for (size_t i = 0; type->members != NULL && i < section.count; i++)
			for (size_t m = 0; m < type->member_count; m++)
				turn_member(row + i * type->bytes, &type->members[m]);
	}
}

bool stp_sections_fit(const uint8_t *image, size_t length)
{
	for (enum stp_table_section s = 0; s < STP_SECTIONS; s++) {
		struct stipple_section section = section_at(image, s);
		uint64_t bytes = (uint64_t)section.count * stp_row_type(s)->bytes;

		if (section.offset > length || bytes > length - section.offset)
			return false;
	}
	return true;
}

void stp_turn_image(uint8_t *image, size_t length, bool from_this_machine)
{
	if (!from_this_machine)
		turn_header(image);
	if (stp_sections_fit(image, length))
		turn_rows(image);
	if (from_this_machine)
		turn_header(image);
	stp_put_crc(image, length);
}
