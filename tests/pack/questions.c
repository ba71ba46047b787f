/* SPDX-License-Identifier: Apache-2.0 */
/*
 * questions PACK: the version of the program that made it; then what a device asks about the
 * preparation, in each language of the pack. Fails when there is no such question, or when one has
 * no words in one of the languages, or none at all.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stipple/pack.h"

static uint32_t pack[1 << 18];

static struct stipple_header header;

static const char *text_at(uint32_t offset)
{
	return (const char *)pack + header.text.offset + offset;
}

/* How many languages lack its words. */
static int print_question(const struct stipple_table *table, uint32_t question)
{
	int silent = header.languages.count == 0;

	printf("\n%s\n", stipple_name(table, STIPPLE_NAMED_QUESTION, question));
	for (uint32_t i = 0; i < header.languages.count; i++) {
		struct stipple_language_row language;
		const char *words = stipple_label(table, STIPPLE_NAMED_QUESTION, question, i);

		memcpy(&language,
		       (const char *)pack + header.languages.offset + i * sizeof language,
		       sizeof language);
		printf("  %s  %s\n", text_at(language.code), words);
		silent += words[0] == '\0';
	}
	return silent;
}

int main(int count, char **arguments)
{
	FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
	struct stipple_expectation expected = { 0, 0 };
	struct stipple_table table;
	uint32_t bytes, counter, reason;
	int asked = 0, silent = 0;

	if (file == NULL)
		return 2;
	bytes = (uint32_t)fread(pack, 1, sizeof pack, file);
	fclose(file);
	memcpy(&header, pack, sizeof header);
	expected.device_key = header.device_key;
	if (stipple_open_pack(&table, pack, bytes, &expected, NULL, &counter, &reason) !=
	    STIPPLE_ANSWERED)
		return 2;
	fprintf(stderr, "made by %s\n", text_at(header.library_version));
	for (uint32_t i = 0; i < header.questions.count; i++) {
		struct stipple_question_row row;

		memcpy(&row, (const char *)pack + header.questions.offset + i * sizeof row,
		       sizeof row);
		if (row.preparation == 0)
			continue;
		asked++;
		silent += print_question(&table, i);
	}
	return asked == 0 || silent != 0;
}
