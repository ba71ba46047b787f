/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Letters, as far as sheets need them. The capitals are those of the Latin, Greek and Cyrillic
 * blocks that have a simple rule; other scripts of living languages have no capitals.
 */
#include "emit/words_letters.h"

#include <string.h>

/* Where a range of small letters has its capitals: at a distance, or each before its small one. */
static const struct {
	uint32_t first, last;
	uint32_t distance; /* 0: capitals are even and small letters odd; 1: the other way round */
} small_letters[] = {
	{ 'a', 'z', 0x20 },     { 0xE0, 0xF6, 0x20 },   { 0xF8, 0xFE, 0x20 },
	{ 0x100, 0x137, 0 },    { 0x139, 0x148, 1 },    { 0x14A, 0x177, 0 },
	{ 0x179, 0x17E, 1 },    { 0x3B1, 0x3C1, 0x20 }, { 0x3C3, 0x3C9, 0x20 },
	{ 0x430, 0x44F, 0x20 }, { 0x450, 0x45F, 0x50 },
};

static uint32_t capital_of(uint32_t point)
{
	for (size_t i = 0; i < sizeof small_letters / sizeof *small_letters; i++) {
		uint32_t distance = small_letters[i].distance;

		if (point < small_letters[i].first || point > small_letters[i].last)
			continue;
		if (distance > 1)
			return point - distance;
		return point % 2 != distance ? point - 1 : point;
	}
	return point;
}

const char *stp_with_capital(struct stp_context *context, const char *text)
{
	size_t length = strlen(text);
	uint32_t point = 0;
	size_t bytes = stp_utf8_decode(text, length, &point);
	uint32_t capital = capital_of(point);
	char *copy = stp_copy_text(context, text, length);

	if (bytes == 1) {
		copy[0] = (char)capital;
	} else if (bytes == 2 && capital >= 0x80) {
		copy[0] = (char)(0xC0 | capital >> 6);
		copy[1] = (char)(0x80 | (capital & 0x3F));
	}
	return copy;
}

bool stp_ends_sentence(const char *text)
{
	static const char *const marks[] = { ".", "!", "?", ":", "…", "؟", "。", "！", "？" };
	size_t length = strlen(text);

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		size_t bytes = strlen(marks[i]);

		if (length >= bytes && memcmp(text + length - bytes, marks[i], bytes) == 0)
			return true;
	}
	return false;
}

bool stp_begins_with_sound(const char *text, char vowel)
{
	const char *accented = vowel == 'i' ? "í" : "ó";

	text += *text == 'h' || *text == 'H';
	if (strncmp(text, accented, strlen(accented)) == 0)
		return true;
	if ((*text | 0x20) != vowel)
		return false;
	return vowel != 'i' || (text[1] != 'a' && text[1] != 'e' && text[1] != 'o');
}

/* ---- direction ---- */

#define ISOLATE     "\xE2\x81\xA8" /* U+2068, first strong isolate */
#define ISOLATE_END "\xE2\x81\xA9"

static bool is_right_to_left(uint32_t point)
{
	return (point >= 0x590 && point <= 0x8FF) || (point >= 0xFB1D && point <= 0xFDFF) ||
	       (point >= 0xFE70 && point <= 0xFEFC);
}

static bool is_ascii_word(uint32_t point)
{
	return (point >= '0' && point <= '9') || (point >= 'A' && point <= 'Z') ||
	       (point >= 'a' && point <= 'z');
}

const char *stp_isolated(struct stp_context *context, const char *text)
{
	size_t length = strlen(text);
	bool needed = false;

	if (strncmp(text, ISOLATE, strlen(ISOLATE)) == 0)
		return text;
	for (size_t at = 0; at < length;) {
		uint32_t point = 0;
		size_t bytes = stp_utf8_decode(text + at, length - at, &point);

		if (is_right_to_left(point))
			return text;
		needed = needed || is_ascii_word(point);
		at += bytes > 0 ? bytes : 1;
	}
	return needed ? stp_format(context, ISOLATE "%s" ISOLATE_END, text) : text;
}
