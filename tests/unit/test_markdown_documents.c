/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Documents: what is written as Markdown, read again, gives the tree that was meant, whatever the
 * texts hold (test_markdown_random.c has half a million more); and what authors write as CommonMark
 * comes in only as far as it is harmless.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmark.h>
#include <cmocka.h>

#include "emit/document.h"

static struct stp_context context;

static int begin(void **state)
{
	(void)state;
	stp_context_init(&context, NULL);
	context.guarded = true;
	return 0;
}

static int end(void **state)
{
	(void)state;
	stp_context_free(&context);
	return 0;
}

static struct stp_document document(void)
{
	struct stp_document made;

	stp_document_begin(&made, &context);
	return made;
}

static const char *markdown(struct stp_document *made)
{
	struct stp_string out;

	stp_string_init(&out, &context);
	stp_document_markdown(made, &out);
	return out.text;
}

static const char *html(struct stp_document *made)
{
	struct stp_string out;

	stp_string_init(&out, &context);
	stp_document_html(made, &out);
	return out.text;
}

/* Replaces each `from` by one character: entities that HTML does not need. */
static void simplify(char *text, const char *from, char to)
{
	char *found;

	while ((found = strstr(text, from)) != NULL) {
		*found = to;
		memmove(found + 1, found + strlen(from), strlen(found + strlen(from)) + 1);
	}
}

/* The Markdown, read by libcmark, must say the same HTML as the tree. */
static bool survives(struct stp_document *made)
{
	const char *text = markdown(made);
	char *read = cmark_markdown_to_html(text, strlen(text), CMARK_OPT_DEFAULT);
	char *meant = stp_copy_text(&context, html(made), strlen(html(made)));

	simplify(meant, "&#126;", '~');
	simplify(meant, "&#61;", '=');
	simplify(meant, "&#123;", '{');
	bool same = strcmp(read, meant) == 0;
	if (!same)
		print_error("markdown:\n%s\nread again:\n%s\nmeant:\n%s\n", text, read, meant);
	free(read);
	return same;
}

/* ---- texts that mean something to Markdown ---- */

static const char *const hard_texts[] = {
	"~~~ fence",
	"~~struck~~",
	"``` fence",
	"# heading",
	"heading #",
	"===",
	"---",
	"- item",
	"+ item",
	"* item",
	"1. item",
	"1) item",
	"12.",
	"> quote",
	"<b>bold</b>",
	"a < b & c > d",
	"&amp; &#65; &nbsp;",
	"<!-- gone -->",
	"<script>alert(1)</script>",
	"[a](javascript:b)",
	"![a](b)",
	"`code`",
	"*emphasis* and **strong**",
	"_under_ snake_case_name",
	"back\\slash",
	"ends with \\",
	"a  b   c",
	" spaces around ",
	"line\nline",
	"tab\there",
	"| a | b |",
	"|---|",
	"[a]: https://b.example",
	"https://a.example",
	"name@a.example",
	"{{client_name}}",
	"{{ a }}",
	"{{_a_}}",
	"{{a..b}}",
	"{{a}",
	"{{}}",
	"{{a_b}} and {{c.d}} <i>",
	"!",
	"![",
	"&",
	"&lt",
	"=",
	"= a",
	"a=b",
	"+",
	"-",
	"#",
	"\"quoted\"",
	"50%",
	"$x$",
	":smile:",
	"a*b*c",
	"**",
	"__",
	"]]",
	"[[",
	"(c)",
	"...",
	"--",
	"'tis",
	"caf\xC3\xA9 \xD8\xB9 \xE2\x80\x94",
	"\xC2\xA0",
	"1 2. 3",
	"0.5 mm",
	"a:",
	"***",
	"___",
	"- - -",
	"<a@b.example>",
	"<https://a>",
	"***a** b*",
	"a\\*b",
	"&copy;",
	"\\",
	"\\#",
	"\\&amp;",
	"x&amp;y",
	"~",
	"~a",
	"a~",
};

static void add_everywhere(struct stp_document *made, const char *text)
{
	stp_heading(made, 1, text);
	stp_bold_paragraph(made, text);
	stp_quote(made, text);
	stp_heading(made, 2, stp_format(&context, "%s %s", text, text));
	stp_bullet(made, text);
	stp_bullet(made, stp_format(&context, "Do not %s.", text));
	stp_paragraph(made, text);
	stp_bullet(made, stp_link(&context, "https://a.example/x_y?z=1&u=(v)", text));
	stp_paragraph(made, stp_format(&context, "(%s)", text));
}

static void hard_texts_survive(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof hard_texts / sizeof *hard_texts; i++) {
		struct stp_document made = document();

		add_everywhere(&made, hard_texts[i]);
		assert_true(survives(&made));
	}
}

/* ---- how it is written ---- */

static void assert_markdown(struct stp_document *made, const char *expected)
{
	assert_string_equal(markdown(made), expected);
}

static void writes_entities_and_no_backslash_before_angles(void **state)
{
	struct stp_document made = document();

	(void)state;
	stp_paragraph(&made, "~~~ a < b & c > d ~~e~~");
	assert_markdown(&made,
			"&#126;&#126;&#126; a &lt; b &amp; c &gt; d &#126;&#126;e&#126;&#126;\n");
}

static void leaves_merge_fields_alone(void **state)
{
	struct stp_document made = document();

	(void)state;
	stp_paragraph(&made, "Dear {{client_first_name}}, not_a_field");
	assert_markdown(&made, "Dear {{client_first_name}}, not\\_a\\_field\n");
}

static void closes_what_a_template_would_run(void **state)
{
	struct stp_document made = document();

	(void)state;
	stp_paragraph(&made, "{{a}} {{ a }} {{{b}}} {% c %} {#d#} {e}");
	assert_markdown(&made, "{{a}} &#123;{ a }} &#123;{{b}}} &#123;% c %} &#123;\\#d\\#} {e}\n");
}

static void keeps_closing_punctuation_outside_bold(void **state)
{
	struct stp_document made = document();

	(void)state;
	stp_bold_paragraph(&made, "Keep out of the sun.");
	assert_markdown(&made, "**Keep out of the sun**.\n");
}

static void writes_each_block_on_one_line(void **state)
{
	struct stp_document made = document();

	(void)state;
	stp_bullet(&made, "one\n+ two\n===");
	stp_bullet(&made, "three");
	assert_markdown(&made, "  - one + two ===\n  - three\n");
}

static void bullets_in_a_row_are_one_list(void **state)
{
	struct stp_document made = document();

	(void)state;
	stp_bullet(&made, "a");
	stp_bullet(&made, "b");
	stp_heading(&made, 2, "c");
	stp_bullet(&made, "d");
	assert_null(strstr(markdown(&made), "<!--"));
	assert_non_null(strstr(html(&made), "<li>a</li>\n<li>b</li>\n</ul>\n<h2>c</h2>"));
}

static void links_only_where_they_are_harmless(void **state)
{
	struct stp_document made = document();

	(void)state;
	stp_paragraph(&made,
		      stp_format(&context, "%s, %s, %s", stp_link(&context, "tel:112", "112"),
				 stp_link(&context, "javascript:alert(1)", "no"),
				 stp_link(&context, "HTTPS://a.example", "yes")));
	assert_string_equal(html(&made), "<p><a href=\"tel:112\">112</a>, no, "
					 "<a href=\"HTTPS://a.example\">yes</a></p>\n");
}

static void stops_before_a_sheet_grows_without_bound(void **state)
{
	struct stp_document made = document();
	char *text = stp_alloc(&context, 1024 * 1024 + 1);

	(void)state;
	memset(text, 'a', 1024 * 1024);
	for (int i = 0; i < 17; i++)
		stp_paragraph(&made, text);
	assert_int_equal(stp_error_count(&context), 1);
	assert_int_equal(stp_diagnostics(&context)->id, STP_D_sheet_too_long);
}

/* ---- what authors write ---- */

static const struct stp_span somewhere = { 0, 1, 2 };

static void fragments_come_in(void **state)
{
	struct stp_document made = document();

	(void)state;
	stp_fragment(
		&made,
		"A **bold** word,\na [link](https://a.example) and &lt;.\n\n- one\n- two\n\n1. a\n",
		somewhere);
	assert_int_equal(stp_error_count(&context), 1); /* two lists in a row */
	made = document();
	stp_fragment(&made,
		     "A **bold** word,\na [link](https://a.example) and &lt;.\n\n- one\n- two",
		     somewhere);
	assert_int_equal(stp_error_count(&context), 1);
	assert_markdown(&made, "A **bold** word, a [link](https://a.example) and &lt;.\n\n"
			       "  - one\n  - two\n");
	assert_true(survives(&made));
}

static const struct {
	const char *text, *said;
} refused_fragments[] = {
	{ "a <b>bold</b> word", "HTML" },
	{ "<script>alert(1)</script>", "HTML" },
	{ "<!-- hidden -->", "HTML" },
	{ "[a](javascript:alert(1))", "a link" },
	{ "[a](JaVaScRiPt:alert(1))", "a link" },
	{ "[a](data:text/html,x)", "a link" },
	{ "[a](file:///etc/passwd)", "a link" },
	{ "[a](relative.html)", "a link" },
	{ "[a]\n\n[a]: vbscript:x", "a link" },
	{ "<javascript:alert(1)>", "a link" },
	{ "![a](https://a.example/b.png)", "a picture" },
	{ "# heading", "a heading" },
	{ "heading\n===", "a heading" },
	{ "> quote", "a block quote" },
	{ "```\ncode\n```", "code" },
	{ "`code`", "code" },
	{ "a\n\n---\n\nb", "a line across the page" },
	{ "- - - - - - - - - - a", "nested too deeply" },
};

static void harmful_fragments_are_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof refused_fragments / sizeof *refused_fragments; i++) {
		struct stp_document made;
		const struct stp_diagnostic *report;

		stp_context_free(&context);
		begin(NULL);
		made = document();
		stp_fragment(&made, refused_fragments[i].text, somewhere);
		report = stp_diagnostics(&context);
		assert_non_null(report);
		assert_int_equal(report->id, STP_D_sheet_fragment);
		assert_non_null(strstr(report->message, refused_fragments[i].said));
		assert_int_equal(report->span.begin, somewhere.begin);
		assert_string_equal(html(&made), "");
	}
}

static void long_fragments_are_refused(void **state)
{
	struct stp_document made = document();
	char *text = stp_alloc(&context, STP_FRAGMENT_MAX + 2);

	(void)state;
	memset(text, 'a', STP_FRAGMENT_MAX);
	stp_fragment(&made, text, somewhere);
	assert_int_equal(stp_error_count(&context), 0);
	memset(text, '[', STP_FRAGMENT_MAX + 1);
	stp_fragment(&made, text, somewhere);
	assert_int_equal(stp_error_count(&context), 1);
}

/* ---- no memory ---- */

struct budget {
	size_t left;
};

static void *allocate(void *user, size_t bytes)
{
	struct budget *budget = user;

	if (budget->left == 0)
		return NULL;
	budget->left--;
	return calloc(1, bytes);
}

static void release(void *user, void *block)
{
	(void)user;
	free(block);
}

/* Makes a document with so many allocations at hand; whether it was made. */
static bool make_within(size_t allocations)
{
	struct budget budget = { allocations };
	const struct stp_allocator allocator = { allocate, release, &budget };
	struct stp_context small;
	struct stp_document made;
	struct stp_string out;

	stp_context_init(&small, &allocator);
	if (STP_GUARD(&small)) {
		stp_context_free(&small);
		return false;
	}
	stp_document_begin(&made, &small);
	for (int i = 0; i < 2000; i++)
		stp_bullet(&made, "Do not <use> & [this].");
	stp_fragment(&made, "A **bold** text.", somewhere);
	stp_string_init(&out, &small);
	stp_document_markdown(&made, &out);
	stp_context_free(&small);
	return true;
}

static void every_failing_allocation_is_survived(void **state)
{
	size_t allocations = 0;

	(void)state;
	while (!make_within(allocations))
		allocations++;
	assert_true(allocations > 3);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(hard_texts_survive),
		TEST(writes_entities_and_no_backslash_before_angles),
		TEST(leaves_merge_fields_alone),
		TEST(closes_what_a_template_would_run),
		TEST(keeps_closing_punctuation_outside_bold),
		TEST(writes_each_block_on_one_line),
		TEST(bullets_in_a_row_are_one_list),
		TEST(links_only_where_they_are_harmless),
		TEST(stops_before_a_sheet_grows_without_bound),
		TEST(fragments_come_in),
		TEST(harmful_fragments_are_refused),
		TEST(long_fragments_are_refused),
		TEST(every_failing_allocation_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
