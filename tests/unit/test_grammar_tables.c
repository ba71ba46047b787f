/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tables in docs/language.md against the lists that the compiler goes by: the words of the
 * language (parser.y), which statement stands where (places.def), the lengths of months (time.c).
 * What the reference should say is made from the list and looked for, line by line, so a failure
 * prints the line to write.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/model.h"
#include "syntax/syntax.h"

#define REFERENCE "docs/language.md"
#define PARSER    "compiler/syntax/parser.y"

static struct stp_context context;
static const char *reference;

static int read_reference(void **state)
{
	(void)state;
	stp_context_init(&context, NULL);
	assert_false(STP_GUARD(&context));
	reference = stp_source_from_file(&context, REFERENCE, (struct stp_span){ 0, 0, 0 })->text;
	return 0;
}

static int forget_reference(void **state)
{
	(void)state;
	stp_context_free(&context);
	return 0;
}

static void expect_line(const char *line)
{
	if (strstr(reference, stp_format(&context, "\n%s\n", line)) != NULL)
		return;
	fprintf(stderr, "%s should have:\n%s\n", REFERENCE, line);
	fail();
}

static size_t lines_that_begin(const char *begin, const char *after, const char *before)
{
	const char *at = strstr(reference, after), *end = strstr(at, before);
	const char *marked = stp_format(&context, "\n%s", begin);
	size_t count = 0;

	while ((at = strstr(at, marked)) != NULL && at < end) {
		count++;
		at++;
	}
	return count;
}

/* ---- words ---- */

#define WORDS_MOST 256
#define LINE_WIDTH 107

static int compare_words(const void *one, const void *other)
{
	return strcmp(*(const char *const *)one, *(const char *const *)other);
}

/* The aliases of the keywords, which stand between ABOUT and COMMA in parser.y. */
static size_t read_keywords(const char **words)
{
	const char *text =
		stp_source_from_file(&context, PARSER, (struct stp_span){ 0, 0, 0 })->text;
	const char *at = strstr(text, "%token ABOUT "), *end = strstr(at, "%token COMMA");
	size_t count = 0;

	while ((at = strchr(at, '"')) < end) {
		size_t length = strcspn(at + 1, "\"");

		assert_true(count < WORDS_MOST);
		words[count++] = stp_copy_text(&context, at + 1, length);
		at += length + 2;
	}
	qsort(words, count, sizeof *words, compare_words);
	return count;
}

static void test_words(void **state)
{
	const char *words[WORDS_MOST];
	size_t count = read_keywords(words), width = 0;
	struct stp_string list;

	(void)state;
	stp_string_init(&list, &context);
	for (size_t i = 0; i < count; i++) {
		bool fits = i > 0 && width + 1 + strlen(words[i]) <= LINE_WIDTH;

		stp_addf(&list, "%s%s", i == 0 ? "" : fits ? " " : "\n", words[i]);
		width = strlen(words[i]) + (fits ? width + 1 : 0);
	}
	expect_line(stp_format(&context, "```words\n%s\n```", list.text));
}

/* ---- places ---- */

enum place {
#define STP_PLACE(name, words) STP_PLACE_##name,
#include "model/places.def"
	STP_PLACES
};

static const char *const place_words[] = {
#define STP_PLACE(name, words) words,
#include "model/places.def"
};

static const struct {
	const char *word;
	bool once;
	unsigned places;
} belongings[] = {
#define STP_BELONGS(kind, word, once, places) { word, once, places },
#include "model/places.def"
};

#define BELONGINGS (sizeof belongings / sizeof *belongings)

/* Whether a kind before this one begins in the same way in the same place. */
static bool is_listed(size_t belonging, unsigned place)
{
	for (size_t i = 0; i < belonging; i++)
		if ((belongings[i].places >> place & 1) != 0 &&
		    strcmp(belongings[i].word, belongings[belonging].word) == 0)
			return true;
	return false;
}

static void test_places(void **state)
{
	(void)state;
	for (unsigned place = 0; place < STP_PLACES; place++) {
		struct stp_string line;
		const char *separator = " ";

		stp_string_init(&line, &context);
		stp_addf(&line, "| %s |", place_words[place]);
		for (size_t i = 0; i < BELONGINGS; i++) {
			if ((belongings[i].places >> place & 1) == 0 || is_listed(i, place))
				continue;
			stp_addf(&line, "%s`%s`", separator, belongings[i].word);
			separator = ", ";
		}
		stp_add(&line, " |");
		expect_line(line.text);
	}
	assert_int_equal(lines_that_begin("| ", "### 4.2", "### 4.3"), STP_PLACES + 1);
}

static void test_once(void **state)
{
	struct stp_string line;
	const char *separator = "";

	(void)state;
	stp_string_init(&line, &context);
	stp_add(&line, "These may stand but once in a block: ");
	for (size_t i = 0; i < BELONGINGS; i++) {
		if (!belongings[i].once)
			continue;
		stp_addf(&line, "%s`%s`", separator, belongings[i].word);
		separator = ", ";
	}
	stp_add(&line, ".");
	expect_line(line.text);
}

/* ---- time ---- */

static void test_months(void **state)
{
	static const uint32_t months[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 24 };

	(void)state;
	for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
		struct stp_duration time = { months[i], STP_MONTH };
		int64_t floor = stp_floor_seconds(time), day = 24 * 60 * 60;

		expect_line(stp_format(&context, "| %u | %d | %d |", (unsigned)months[i],
				       (int)(stp_interval_seconds(time) / day),
				       (int)(stp_ceiling_seconds(time) / day)));
		assert_int_equal(floor, stp_interval_seconds(time) + 25 * 60 * 60);
	}
	assert_int_equal(lines_that_begin("| ", "### 3.4", "## 4"),
			 sizeof months / sizeof *months + 1);
}

/* The table of 3.3: what n days and n hours come to. */
static void test_days(void **state)
{
	const struct stp_duration days = { 5, STP_DAY }, weeks = { 2, STP_WEEK },
				  hours = { 36, STP_HOUR };

	(void)state;
	expect_line("| n days | n × 24 h + 25 h | n × 24 h | n × 24 h | n × 24 h + 25 h |");
	assert_int_equal(stp_floor_seconds(days), (5 * 24 + 25) * 3600);
	assert_int_equal(stp_ceiling_seconds(days), 5 * 24 * 3600);
	assert_int_equal(stp_interval_seconds(days), 5 * 24 * 3600);
	assert_int_equal(stp_wait_seconds(days), (5 * 24 + 25) * 3600);
	expect_line("| n weeks | 7 n × 24 h + 25 h | 7 n × 24 h | 7 n × 24 h | "
		    "7 n × 24 h + 25 h |");
	assert_int_equal(stp_floor_seconds(weeks), (14 * 24 + 25) * 3600);
	assert_int_equal(stp_interval_seconds(weeks), 14 * 24 * 3600);
	assert_int_equal(stp_wait_seconds(weeks), (14 * 24 + 25) * 3600);
	expect_line("| n min, n h | as it is | as it is | as it is | as it is + 25 h |");
	assert_int_equal(stp_floor_seconds(hours), 36 * 3600);
	assert_int_equal(stp_ceiling_seconds(hours), 36 * 3600);
	assert_int_equal(stp_interval_seconds(hours), 36 * 3600);
	assert_int_equal(stp_wait_seconds(hours), (36 + 25) * 3600);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words), cmocka_unit_test(test_places),
		cmocka_unit_test(test_once),  cmocka_unit_test(test_months),
		cmocka_unit_test(test_days),
	};

	return cmocka_run_group_tests(tests, read_reference, forget_reference);
}
