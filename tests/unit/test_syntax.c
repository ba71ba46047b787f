/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The scanner and the parser: each tests/syntax/NAME.stip gives the tree and the diagnostics in
 * NAME.golden (UPDATE=1 writes them anew), every grammar rule and scanner rule's result is seen in
 * one of them, and no cut, change or nesting of a source makes the parser fail.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "syntax/syntax.h"

static const char *const names[] = { "protocol", "vocabulary",     "mistakes",   "empty",
				     "unclosed", "texts",          "open_texts", "bidirectional",
				     "escape",   "byte_order_mark" };

static char *read_file(struct stp_context *context, const char *path)
{
	struct stp_source *source =
		stp_source_from_file(context, path, (struct stp_span){ 0, 0, 0 });

	assert_non_null(source);
	return source->text;
}

static void parse_to(struct stp_context *context, const char *name, const char *text, size_t length,
		     struct stp_string *out)
{
	const struct stp_source *source = stp_source_from_memory(context, name, text, length);

	stp_string_init(out, context);
	stp_tree_dump(out, stp_parse(context, source));
	stp_diagnostics_text(context, out, false);
}

static void check_golden(const char *name)
{
	struct stp_context context;
	struct stp_string out;
	char source[128], golden[128];
	const char *text;

	snprintf(source, sizeof source, "tests/syntax/%s.stip", name);
	snprintf(golden, sizeof golden, "tests/syntax/%s.golden", name);
	stp_context_init(&context, NULL);
	assert_false(STP_GUARD(&context));
	text = read_file(&context, source);
	parse_to(&context, source, text, strlen(text), &out);
	if (getenv("UPDATE") != NULL)
		assert_true(stp_write_file(&context, golden, out.text, out.length));
	assert_string_equal(out.text, read_file(&context, golden));
	stp_context_free(&context);
}

static void test_golden(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		check_golden(names[i]);
}

/* What the parser says about a text, in brief: "ST0201@line:column ..." for each diagnostic. */
static void brief(struct stp_context *context, const char *text, size_t length,
		  struct stp_string *out)
{
	const struct stp_source *source = stp_source_from_memory(context, "t", text, length);
	const struct stp_diagnostic *at;

	stp_string_init(out, context);
	stp_add(out, "");
	stp_parse(context, source);
	for (at = stp_diagnostics(context); at != NULL; at = at->next) {
		struct stp_position position = stp_position(context, at->span);

		stp_addf(out, "%s%s@%u:%u", out->length > 0 ? " " : "",
			 stp_diagnostic_kinds[at->id].id, (unsigned)position.line,
			 (unsigned)position.column);
	}
}

static void test_one_message_each(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
		{ "zone a\n", "" },
		{ "zone a {\n depht 1 mm\n depth 1 mm\n}\n", "ST0201@2:2" },
		{ "zone a { depth 1 mm\n", "ST0204@1:8" },
		{ "zone a }\n", "ST0201@1:8" },
		{ "zone a \"x\nzone b\n", "ST0103@1:8" },
		{ "depth 0,5 mm\n", "ST0104@1:8" },
		{ "depth 0.5-1 mm\n", "ST0104@1:7" },
		{ "depth 0.5 mmm\n", "ST0202@1:11" },
		{ "depth 1. mm\n", "ST0104@1:7" },
		{ "avoid limit for 2 h\n", "ST0201@1:7" },
		{ "avoid a,\n b for 2 h\n", "" },
		{ "avoid a for\n", "ST0201@1:12" },
		{ "zone a { never } zone b\n", "ST0201@1:18" },
		{ "bogus x { depth 1 mm\n never }\nzone b\n", "ST0201@1:1" },
		{ "expect { redness 24 h\n }\n", "ST0201@1:22" },
		{ "depth .5 mm\n", "ST0104@1:7" },
		{ "depth 0.5 - 1 mm\n", "ST0101@1:11" },
		{ "depth 0.5..1 mm\n", "ST0104@1:7" },
		{ "updated 21/11/2026\n", "ST0104@1:9" },
		{ "zone a\n{ never }\n", "ST0201@2:1" },
		{ "title \"a\nb.\"\nzone a\n", "ST0103@1:7" },
		{ "title \"a\nzone b \"c\"\n", "ST0103@1:7" },
		{ "when a {\n  zone b {\n    never\n}\nzone c\n", "ST0204@2:10" },
		{ "zone a \xff\n", "ST0102@1:8" },
		{ "message \xe2\x80\x9chi\xe2\x80\x9d\n", "ST0105@1:9" },
		{ "zone ch\xd0\xb5"
		  "eks\n",
		  "ST0101@1:8" },
		{ "zone a \"\\q\"\n", "ST0106@1:9" },
		{ "# only a comment", "ST0003@1:1" },
		{ "message \"\xf0\x9f\x98\x80\t\" x\n", "ST0201@1:19" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct stp_context context;
		struct stp_string out;

		stp_context_init(&context, NULL);
		assert_false(STP_GUARD(&context));
		brief(&context, cases[i].text, strlen(cases[i].text), &out);
		if (strcmp(out.text, cases[i].says) != 0)
			print_error("for: %s\n", cases[i].text);
		assert_string_equal(out.text, cases[i].says);
		stp_context_free(&context);
	}
}

/* Every prefix of a source, and the source with each byte changed, ends in a tree. */
static void test_cut_and_changed(void **state)
{
	struct stp_context reading;
	const char *text;
	size_t length;

	(void)state;
	stp_context_init(&reading, NULL);
	assert_false(STP_GUARD(&reading));
	text = read_file(&reading, "tests/syntax/vocabulary.stip");
	length = strlen(text);
	for (size_t i = 0; i < length * 2; i++) {
		struct stp_context context;
		struct stp_string out;
		char *copy = malloc(length);

		assert_non_null(copy);
		memcpy(copy, text, length);
		if (i >= length)
			copy[i - length] = "\"{}\n,#\\"[i % 7];
		stp_context_init(&context, NULL);
		assert_false(STP_GUARD(&context));
		brief(&context, copy, i < length ? i : length, &out);
		stp_context_free(&context);
		free(copy);
	}
	stp_context_free(&reading);
}

static void repeat(const char *piece, size_t count, const char *says_first)
{
	struct stp_context context;
	struct stp_string text, out;

	stp_context_init(&context, NULL);
	assert_false(STP_GUARD(&context));
	stp_string_init(&text, &context);
	for (size_t i = 0; i < count; i++)
		stp_add(&text, piece);
	brief(&context, text.text, text.length, &out);
	assert_memory_equal(out.text, says_first, strlen(says_first));
	stp_context_free(&context);
}

static void test_extremes(void **state)
{
	(void)state;
	repeat("zone a {", 100000, "ST0203@1:");
	repeat("}", 100000, "ST0201@1:1");
	repeat("depht 1 mm\n", 1000000, "ST0201@1:1");
	repeat("x", 10000000, "");
	repeat("avoid a, ", 200000, "ST0201@1:10");
	repeat("zone a;", 300000, "");
}

struct failing {
	size_t left; /* calls that still succeed */
};

static void *allocate(void *user, size_t bytes)
{
	struct failing *failing = user;

	return failing->left-- == 0 ? NULL : calloc(1, bytes);
}

static void release(void *user, void *block)
{
	(void)user;
	free(block);
}

static bool parses_with(const char *text, size_t allocations)
{
	struct failing failing = { allocations };
	const struct stp_allocator allocator = { allocate, release, &failing };
	struct stp_context context;
	struct stp_string out;

	stp_context_init(&context, &allocator);
	if (STP_GUARD(&context)) {
		stp_context_free(&context);
		return false;
	}
	parse_to(&context, "t", text, strlen(text), &out);
	stp_context_free(&context);
	return true;
}

/* Without memory, control comes back to the guard, at whichever call it happens. */
static void test_no_memory(void **state)
{
	struct stp_context reading;
	const char *text;
	volatile size_t allocations = 0; /* lives across the guard */

	(void)state;
	stp_context_init(&reading, NULL);
	assert_false(STP_GUARD(&reading));
	text = read_file(&reading, "tests/syntax/mistakes.stip");
	while (!parses_with(text, allocations))
		allocations++;
	assert_true(allocations >= 1);
	stp_context_free(&reading);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_golden),          cmocka_unit_test(test_one_message_each),
		cmocka_unit_test(test_cut_and_changed), cmocka_unit_test(test_extremes),
		cmocka_unit_test(test_no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
