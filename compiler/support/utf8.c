/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8: decoding with nothing forgiven, and how wide a text stands on a terminal. */
#include "support/support.h"

/* Length of the sequence that a lead byte opens, with its payload and least code point. */
static size_t lead(unsigned char byte, uint32_t *point, uint32_t *least)
{
	if (byte < 0x80) {
		*point = byte;
		*least = 0;
		return 1;
	}
	if (byte >= 0xc2 && byte <= 0xdf) {
		*point = byte & 0x1fu;
		*least = 0x80;
		return 2;
	}
	if (byte >= 0xe0 && byte <= 0xef) {
		*point = byte & 0x0fu;
		*least = 0x800;
		return 3;
	}
	if (byte >= 0xf0 && byte <= 0xf4) {
		*point = byte & 0x07u;
		*least = 0x10000;
		return 4;
	}
	return 0;
}

size_t stp_utf8_decode(const char *text, size_t length, uint32_t *point)
{
	uint32_t least = 0;
	size_t bytes = length == 0 ? 0 : lead((unsigned char)text[0], point, &least);

	if (bytes == 0 || bytes > length)
		return 0;
	for (size_t i = 1; i < bytes; i++) {
		unsigned char byte = (unsigned char)text[i];

		if ((byte & 0xc0u) != 0x80u)
			return 0;
		*point = *point << 6 | (byte & 0x3fu);
	}
	if (*point < least || *point > 0x10ffff || (*point >= 0xd800 && *point <= 0xdfff))
		return 0;
	return bytes;
}

/* East Asian wide and emoji blocks: two columns. Combining marks and joiners: none. */
static uint32_t width_of(uint32_t point)
{
	static const struct {
		uint32_t first, last, width;
	} ranges[] = {
		{ 0x0300, 0x036f, 0 },   { 0x0483, 0x0489, 0 },   { 0x0591, 0x05bd, 0 },
		{ 0x0610, 0x061a, 0 },   { 0x064b, 0x065f, 0 },   { 0x1100, 0x115f, 2 },
		{ 0x1ab0, 0x1aff, 0 },   { 0x1dc0, 0x1dff, 0 },   { 0x200b, 0x200f, 0 },
		{ 0x20d0, 0x20ff, 0 },   { 0x231a, 0x231b, 2 },   { 0x23e9, 0x23ec, 2 },
		{ 0x2614, 0x2615, 2 },   { 0x2648, 0x2653, 2 },   { 0x26a1, 0x26a1, 2 },
		{ 0x2705, 0x2705, 2 },   { 0x274c, 0x274c, 2 },   { 0x2753, 0x2755, 2 },
		{ 0x2e80, 0x303e, 2 },   { 0x3041, 0xa4cf, 2 },   { 0xa960, 0xa97c, 2 },
		{ 0xac00, 0xd7a3, 2 },   { 0xf900, 0xfaff, 2 },   { 0xfe00, 0xfe0f, 0 },
		{ 0xfe20, 0xfe2f, 0 },   { 0xfe30, 0xfe6f, 2 },   { 0xff00, 0xff60, 2 },
		{ 0xffe0, 0xffe6, 2 },   { 0x1f300, 0x1f64f, 2 }, { 0x1f680, 0x1f6ff, 2 },
		{ 0x1f7e0, 0x1f7eb, 2 }, { 0x1f900, 0x1f9ff, 2 }, { 0x1fa70, 0x1faff, 2 },
		{ 0x20000, 0x3fffd, 2 },
	};

	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
		if (point >= ranges[i].first && point <= ranges[i].last)
			return ranges[i].width;
	return 1;
}

uint32_t stp_display_width(const char *text, size_t length)
{
	uint32_t width = 0;

	for (size_t at = 0; at < length;) {
		uint32_t point = 0;
		size_t bytes = stp_utf8_decode(text + at, length - at, &point);

		if (text[at] == '\t')
			width += 8 - width % 8;
		else
			width += bytes == 0 ? 1 : width_of(point);
		at += bytes == 0 ? 1 : bytes;
	}
	return width;
}

bool stp_is_deceptive(uint32_t point)
{
	return (point < 0x20 && point != '\t' && point != '\n' && point != '\r') ||
	       (point >= 0x7f && point < 0xa0) || point == 0xad || point == 0x061c ||
	       (point >= 0x200b && point <= 0x200f) || point == 0x2028 || point == 0x2029 ||
	       (point >= 0x202a && point <= 0x202e) || (point >= 0x2060 && point <= 0x206f) ||
	       point == 0xfeff || (point >= 0xfff9 && point <= 0xfffb) || point >= 0xe0000;
}
