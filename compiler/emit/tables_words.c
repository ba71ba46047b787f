/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The image as constant C that nobody reads: aligned 32-bit words, for libraries of thousands of
 * protocols, whose rows a device's compiler would take long to read. The words differ with the byte
 * order, since most members are not words; so both stand there.
 */
#include "emit/pack.h"
#include "emit/tables_image.h"

#include <string.h>

#define WORDS_IN_A_LINE 6

static uint32_t word_at(const uint8_t *at, bool big_endian)
{
	uint32_t word = 0;

	for (size_t i = 0; i < 4; i++)
		word = word << 8 | at[big_endian ? i : 3 - i];
	return word;
}

static void print_words(struct stp_string *c, const uint8_t *image, size_t bytes, bool big_endian)
{
	for (size_t at = 0; at < bytes; at += 4) {
		bool first = at / 4 % WORDS_IN_A_LINE == 0;
		bool last = at / 4 % WORDS_IN_A_LINE == WORDS_IN_A_LINE - 1 || at + 4 == bytes;

		stp_addf(c, "%s0x%08Xu,%s", first ? "\t" : " ",
			 (unsigned)word_at(image + at, big_endian), last ? "\n" : "");
	}
}

void stp_print_words(struct stp_table *table, struct stp_string *c)
{
	const char *name = table->options->name;
	uint8_t *other = stp_alloc(table->context, table->image_bytes);
	bool big_endian = table->image[0] == (STIPPLE_MAGIC >> 24 & 0xFFu);

	memcpy(other, table->image, table->image_bytes);
	stp_turn_image(other, table->image_bytes, true);
	stp_addf(c, "const uint32_t %s_table[%u] STIPPLE_TABLE_ATTRIBUTES = {\n", name,
		 (unsigned)table->image_bytes / 4);
	stp_add(c, "#if STIPPLE_BIG_ENDIAN\n");
	print_words(c, big_endian ? table->image : other, table->image_bytes, true);
	stp_add(c, "#else\n");
	print_words(c, big_endian ? other : table->image, table->image_bytes, false);
	stp_add(c, "#endif\n};\n");
}

void stp_print_words_type(struct stp_table *table, struct stp_string *h)
{
	const char *name = table->options->name;

	stp_addf(h, "\nextern const uint32_t %s_table[%u];\n", name,
		 (unsigned)table->image_bytes / 4);
}
