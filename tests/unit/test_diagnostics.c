/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How diagnostics are shown: each case below reports about a small source and is compared, as
 * text, JSON and SARIF results, with tests/diagnostics/NAME.golden (UPDATE=1 writes them anew). A
 * place is given by the words it covers, so that a case reads like what an author would see.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/json.h"

struct bench {
	struct stp_context context;
	const struct stp_source *source;
};

static void set_up(struct bench *bench, const char *text)
{
	stp_context_init(&bench->context, NULL);
	bench->source = stp_source_from_memory(&bench->context, "a.stip", text, strlen(text));
}

/* The place of the words; from their first byte to the last. */
static struct stp_span at(const struct bench *bench, const char *words)
{
	const char *found = strstr(bench->source->text, words);
	uint32_t begin;

	assert_non_null(found);
	begin = (uint32_t)(found - bench->source->text);
	return (struct stp_span){ bench->source->id, begin, begin + (uint32_t)strlen(words) };
}

static struct stp_span nowhere(void)
{
	return (struct stp_span){ 0, 0, 0 };
}

/* ---- the cases ---- */

static void several_on_one_line(struct bench *bench)
{
	struct stp_context *context = &bench->context;
	struct stp_diagnostic *diagnostic;

	set_up(bench, "zone cheeks {\n  depth 2.0 to 1.0 mm, limit 0.5 mm\n}\n");
	diagnostic = stp_report(context, STP_D_syntax, at(bench, "2.0 to 1.0 mm"),
				"the range ends below its begin");
	stp_label(context, diagnostic, at(bench, "2.0"), "the lower end");
	stp_label(context, diagnostic, at(bench, "1.0 mm"), "the upper end");
	stp_label(context, diagnostic, at(bench, "0.5 mm"), "and the limit");
	stp_help(context, diagnostic, "write 1.0 to 2.0 mm");
}

static void several_lines(struct bench *bench)
{
	struct stp_context *context = &bench->context;
	const struct stp_source *other;
	struct stp_diagnostic *diagnostic;

	set_up(bench, "zone cheeks {\n\n\n}\nzone nose {\n}\nzone cheeks {\n  never\n}\n");
	other = stp_source_from_memory(context, "std/zones", "zone face\n", 10);
	diagnostic = stp_report(context, STP_D_syntax, at(bench, "cheeks {\n  "),
				"two blocks for one zone");
	stp_label(context, diagnostic, (struct stp_span){ other->id, 5, 9 }, "it lies here");
	stp_label(context, diagnostic, at(bench, "cheeks"), "the first");
	stp_label(context, diagnostic, at(bench, "nose"), "not this");
}

static void same_place(struct bench *bench)
{
	struct stp_context *context = &bench->context;
	struct stp_diagnostic *diagnostic;

	set_up(bench, "avoid sun for 2 h\n");
	diagnostic = stp_report(context, STP_D_syntax, at(bench, "sun"), "a clash");
	stp_label(context, diagnostic, at(bench, "avoid"), "one");
	stp_label(context, diagnostic, at(bench, "avoid sun"), "two");
	stp_label(context, diagnostic, at(bench, "sun"), "three");
}

static void wide_and_tabs(struct bench *bench)
{
	struct stp_context *context = &bench->context;
	struct stp_diagnostic *diagnostic;

	set_up(bench, "\tzone\tx \"\xe9\xa2\x8a \xf0\x9f\x98\x80 e\xcc\x81\" in\tface\n");
	diagnostic = stp_report(context, STP_D_syntax, at(bench, "face"), "no such zone");
	stp_label(context, diagnostic, at(bench, "\xe9\xa2\x8a"), "two columns");
	stp_label(context, diagnostic, at(bench, "zone"), "after a tab");
}

static void line_end(struct bench *bench)
{
	struct stp_context *context = &bench->context;
	struct stp_span end;
	struct stp_diagnostic *diagnostic;

	set_up(bench, "use sunscreen from\r\nzone x");
	end = at(bench, "\r\n");
	diagnostic = stp_report(context, STP_D_syntax, end, "the line ends too early");
	stp_fix(context, diagnostic, (struct stp_span){ end.source, end.begin, end.begin },
		" 24 h");
	stp_report(context, STP_D_unclosed_block,
		   (struct stp_span){ end.source, end.end + 6, end.end + 6 }, "the text ends here");
}

static void fixes(struct bench *bench)
{
	struct stp_context *context = &bench->context;
	struct stp_diagnostic *diagnostic;

	set_up(bench, "depht 0.5 mmm\nvisit\n");
	diagnostic = stp_report(context, STP_D_syntax, at(bench, "depht 0.5 mmm"), "two at once");
	stp_fix(context, diagnostic, at(bench, "depht"), "depth");
	stp_fix(context, diagnostic, at(bench, "mmm"), "mm");
	diagnostic = stp_report(context, STP_D_bad_character, at(bench, "visit"), "too much");
	stp_fix(context, diagnostic, at(bench, "visit"), "");
}

static void long_line(struct bench *bench)
{
	struct stp_context *context = &bench->context;
	struct stp_string text;
	struct stp_diagnostic *diagnostic;
	const char *source;

	stp_context_init(context, NULL);
	stp_string_init(&text, context);
	stp_add(&text, "avoid early, ");
	for (int i = 0; i < 60; i++)
		stp_add(&text, "caf\xc3\xa9, ");
	stp_add(&text, "late, ");
	for (int i = 0; i < 60; i++)
		stp_add(&text, "caf\xc3\xa9, ");
	source = text.text;
	bench->source = stp_source_from_memory(context, "a.stip", source, text.length);
	diagnostic = stp_report(context, STP_D_syntax, at(bench, "late"), "twice");
	stp_label(context, diagnostic, at(bench, "early"), "the first");
}

/* Nothing of a source or of its name may reach a terminal or a reader's eye as it is. */
static void hostile(struct bench *bench)
{
	struct stp_context *context = &bench->context;
	struct stp_diagnostic *diagnostic;
	const char *text = "zone \033[2J\xe2\x80\xae \"q\\ \" x \x07\n\xff\xfe bad\n";

	set_up(bench, "");
	bench->source = stp_source_from_memory(context, "\033[2Je\xcc\x81\xff \"x\".stip", text,
					       strlen(text));
	diagnostic = stp_report(context, STP_D_bad_character, at(bench, "x \x07"), "%s", text);
	stp_label(context, diagnostic, at(bench, "\033[2J"), "%s", text);
	stp_help(context, diagnostic, "%s", text);
	diagnostic = stp_report(context, STP_D_bad_character, at(bench, "\xe2\x80\xae"), "a mark");
	stp_fix(context, diagnostic, at(bench, "\xe2\x80\xae"), "");
	diagnostic = stp_report(context, STP_D_bad_utf8, at(bench, "\xff"), "not text");
	stp_fix(context, diagnostic, at(bench, "\xff"), "\033\xff\"\\\n\t\xf0\x9f\x98\x80");
}

static void no_place(struct bench *bench)
{
	struct stp_context *context = &bench->context;

	set_up(bench, "zone x\n");
	stp_report(context, STP_D_syntax, at(bench, "zone"), "in the source");
	stp_report(context, STP_D_cannot_read, nowhere(), "cannot read a.stip: no such file");
	stp_help(context, stp_report(context, STP_D_cannot_read, nowhere(), "cannot read b.stip"),
		 "check the name");
}

static const struct {
	const char *name;
	void (*report)(struct bench *);
} cases[] = {
	{ "several_on_one_line", several_on_one_line },
	{ "several_lines", several_lines },
	{ "same_place", same_place },
	{ "wide_and_tabs", wide_and_tabs },
	{ "line_end", line_end },
	{ "fixes", fixes },
	{ "long_line", long_line },
	{ "hostile", hostile },
	{ "no_place", no_place },
};

/* The SARIF log from its results on: the rules before them are the table's. */
static const char *results_of(const struct stp_string *sarif)
{
	const char *results = strstr(sarif->text, "\"columnKind\"");

	assert_non_null(results);
	return results;
}

static void show_all(struct stp_context *context, struct stp_string *out)
{
	struct stp_string sarif;

	stp_string_init(out, context);
	stp_string_init(&sarif, context);
	stp_diagnostics_text(context, out, false);
	stp_add(out, "\n");
	stp_diagnostics_json(context, out);
	stp_diagnostics_sarif(context, &sarif);
	stp_addf(out, "\n%s", results_of(&sarif));
}

static void test_golden(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct bench bench;
		struct stp_string out;
		struct stp_source *golden;
		char path[128];

		snprintf(path, sizeof path, "tests/diagnostics/%s.golden", cases[i].name);
		cases[i].report(&bench);
		show_all(&bench.context, &out);
		if (getenv("UPDATE") != NULL)
			assert_true(stp_write_file(&bench.context, path, out.text, out.length));
		golden = stp_source_from_file(&bench.context, path, nowhere());
		assert_non_null(golden);
		assert_string_equal(out.text, golden->text);
		stp_context_free(&bench.context);
	}
}

/* With colour, the same text stands between escape sequences. */
static void test_colour(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct bench bench;
		struct stp_string plain, coloured, stripped;

		cases[i].report(&bench);
		stp_string_init(&plain, &bench.context);
		stp_string_init(&coloured, &bench.context);
		stp_string_init(&stripped, &bench.context);
		stp_diagnostics_text(&bench.context, &plain, false);
		stp_diagnostics_text(&bench.context, &coloured, true);
		for (const char *text = coloured.text; *text != '\0'; text++) {
			if (*text == '\033')
				text = strchr(text, 'm');
			else
				stp_add_bytes(&stripped, text, 1);
		}
		assert_string_equal(stripped.text, plain.text);
		assert_true(coloured.length > plain.length);
		stp_context_free(&bench.context);
	}
}

/* ---- without memory ---- */

static void *allocate(void *user, size_t bytes)
{
	size_t *left = user;

	return (*left)-- == 0 ? NULL : calloc(1, bytes);
}

static void release(void *user, void *block)
{
	(void)user;
	free(block);
}

/* Shows a case with that many allocations; false when the guard was left to. */
static bool shows_with(void (*report)(struct bench *), size_t allocations)
{
	struct bench bench;
	struct stp_string out;

	report(&bench);
	bench.context.allocator = (struct stp_allocator){ allocate, release, &allocations };
	if (STP_GUARD(&bench.context)) {
		stp_context_free(&bench.context);
		return false;
	}
	show_all(&bench.context, &out);
	stp_context_free(&bench.context);
	return true;
}

static void test_no_memory(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t allocations = 0;

		while (!shows_with(cases[i].report, allocations))
			allocations++;
		assert_true(allocations > 0);
	}
}

/* ---- what is kept ---- */

static void test_reported_once(void **state)
{
	struct bench bench;
	struct stp_diagnostic *first;

	(void)state;
	set_up(&bench, "zone x\n");
	first = stp_report(&bench.context, STP_D_syntax, at(&bench, "x"), "first");
	assert_ptr_equal(first,
			 stp_report(&bench.context, STP_D_syntax, at(&bench, "x"), "second"));
	assert_ptr_not_equal(first,
			     stp_report(&bench.context, STP_D_edition, at(&bench, "x"), "other"));
	assert_int_equal(stp_error_count(&bench.context), 2);
	first = stp_report(&bench.context, STP_D_cannot_read, nowhere(), "one");
	assert_ptr_equal(first, stp_report(&bench.context, STP_D_cannot_read, nowhere(), "one"));
	assert_ptr_not_equal(first,
			     stp_report(&bench.context, STP_D_cannot_read, nowhere(), "two"));
	stp_context_free(&bench.context);
}

static enum stp_diagnostic_id any_of(enum stp_severity severity)
{
	size_t i = 0;

	while (i < STP_DIAGNOSTIC_COUNT && stp_diagnostic_kinds[i].severity != severity)
		i++;
	assert_true(i < STP_DIAGNOSTIC_COUNT);
	return (enum stp_diagnostic_id)i;
}

/* However many notes there are, an error behind them is shown. */
static void test_enough(void **state)
{
	struct stp_context context;
	size_t count;

	(void)state;
	stp_context_init(&context, NULL);
	for (int i = 0; i < 1000; i++)
		stp_report(&context, any_of(STP_WARNING), nowhere(), "warning %d", i);
	assert_true(stp_diagnostics_cut(&context));
	assert_int_equal(stp_warning_count(&context), 1000);
	stp_report(&context, STP_D_syntax, nowhere(), "an error");
	stp_diagnostics_sorted(&context, &count);
	assert_int_equal(count, STP_DIAGNOSTICS_MAX + 1);
	stp_context_free(&context);
}

/* A few notes of a kind are shown, many are summed up in one line that says how to see them. */
static void test_notes(void **state)
{
	struct bench bench;
	struct stp_string out;

	(void)state;
	set_up(&bench, "abcdef\n");
	for (uint32_t i = 0; i < 4; i++) {
		struct stp_span span = { bench.source->id, i, i + 1 };

		stp_report(&bench.context, any_of(STP_NOTE), span, "note %u", (unsigned)i);
		stp_string_init(&out, &bench.context);
		stp_diagnostics_text(&bench.context, &out, false);
		assert_true((strstr(out.text, "note 0") != NULL) == (i < 3));
		assert_true((strstr(out.text, "note: 4 times: ") != NULL) == (i == 3));
	}
	stp_report(&bench.context, STP_D_syntax, at(&bench, "abc"), "an error");
	stp_string_init(&out, &bench.context);
	stp_diagnostics_text(&bench.context, &out, false);
	assert_null(strstr(out.text, "note"));
	stp_context_free(&bench.context);
}

/* ---- surely meant ---- */

static void test_surely_meant(void **state)
{
	static const char *const names[] = { "depth", "device", "passes", "pattern",
					     "chin",  "shin",   "spf_30" };
	static const struct {
		const char *written, *meant;
	} table[] = {
		{ "depht", "depth" },  { "pases", "passes" },   { "pattern", NULL },
		{ "ptern", NULL },     { "cin", NULL },         { "thin", NULL },
		{ "deppth", "depth" }, { "quite_other", NULL }, { "", NULL },
		{ "spf_50", NULL },    { "spt_30", "spf_30" },  { "spf_3", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		const char *meant =
			stp_surely_meant(table[i].written, names, sizeof names / sizeof *names);

		assert_true((meant == NULL) == (table[i].meant == NULL));
		if (meant != NULL)
			assert_string_equal(meant, table[i].meant);
	}
}

/* ---- switches ---- */

/* The severity that the switches, one word each, give the diagnostic; -1: switched off. */
static int switched(enum stp_diagnostic_id id, const char *const *switches, size_t count)
{
	struct stp_context told, context;
	const char *why = NULL;
	int severity = -1;

	stp_context_init(&told, NULL);
	stp_context_init(&context, NULL);
	for (size_t i = 0; i < count; i++) {
		char word[128];

		snprintf(word, sizeof word, switches[i], stp_diagnostic_kinds[id].name);
		assert_true(stp_switch_diagnostic(&told, word, &why));
	}
	stp_switch_like(&context, &told);
	stp_help(&context, stp_report(&context, id, nowhere(), "reported"), "help");
	if (stp_diagnostics(&context) != NULL)
		severity = (int)stp_diagnostics(&context)->severity;
	assert_int_equal(stp_error_count(&context), severity == STP_ERROR);
	stp_context_free(&context);
	stp_context_free(&told);
	return severity;
}

static void test_switches(void **state)
{
	static const struct {
		const char *switches[2];
		size_t count;
		int note, warning;
	} table[] = {
		{ { "", "" }, 0, STP_NOTE, STP_WARNING },
		{ { "%s", "" }, 1, STP_WARNING, STP_WARNING },
		{ { "no-%s", "" }, 1, -1, -1 },
		{ { "error=%s", "" }, 1, STP_ERROR, STP_ERROR },
		{ { "error", "" }, 1, STP_ERROR, STP_ERROR },
		{ { "error", "no-%s" }, 2, -1, -1 },
		{ { "no-%s", "error" }, 2, -1, -1 },
		{ { "no-%s", "%s" }, 2, STP_WARNING, STP_WARNING },
		{ { "error=%s", "no-%s" }, 2, -1, -1 },
		{ { "no-%s", "error=%s" }, 2, STP_ERROR, STP_ERROR },
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		assert_int_equal(switched(any_of(STP_NOTE), table[i].switches, table[i].count),
				 table[i].note);
		assert_int_equal(switched(any_of(STP_WARNING), table[i].switches, table[i].count),
				 table[i].warning);
	}
}

static void test_wrong_switches(void **state)
{
	static const struct {
		const char *word, *why;
	} table[] = {
		{ "no-syntax", "-W: syntax is an error and cannot be switched off" },
		{ "sintax", "-W: there is no diagnostic sintax; did you mean syntax?" },
		{ "error=ST020", "-W: there is no diagnostic ST020; did you mean ST0201?" },
		{ "qqqqqqqq",
		  "-W: there is no diagnostic qqqqqqqq; stipple explain lists them all" },
		{ "error=", "-W: there is no diagnostic ; stipple explain lists them all" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct stp_context context;
		const char *why = NULL;

		stp_context_init(&context, NULL);
		assert_false(stp_switch_diagnostic(&context, table[i].word, &why));
		assert_string_equal(why, table[i].why);
		stp_context_free(&context);
	}
}

static void test_named(void **state)
{
	(void)state;
	assert_int_equal(stp_diagnostic_named("syntax"), STP_D_syntax);
	assert_int_equal(stp_diagnostic_named("ST0201"), STP_D_syntax);
	assert_int_equal(stp_diagnostic_named("st0201"), STP_D_syntax);
	assert_int_equal(stp_diagnostic_named("ST02011"), STP_DIAGNOSTIC_COUNT);
	assert_int_equal(stp_diagnostic_named("ST020"), STP_DIAGNOSTIC_COUNT);
	assert_int_equal(stp_diagnostic_named(""), STP_DIAGNOSTIC_COUNT);
}

/* The table: ids and names are unique, ids ascend, and each says what it means and what to do. */
static void test_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < STP_DIAGNOSTIC_COUNT; i++) {
		const struct stp_diagnostic_kind *kind = &stp_diagnostic_kinds[i];

		assert_int_equal(strlen(kind->id), 6);
		assert_true(i == 0 || strcmp(stp_diagnostic_kinds[i - 1].id, kind->id) < 0);
		assert_int_equal(stp_diagnostic_named(kind->name), i);
		assert_true(kind->title[strlen(kind->title) - 1] != '.');
		assert_true(kind->explanation[strlen(kind->explanation) - 1] == '.');
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_golden),         cmocka_unit_test(test_colour),
		cmocka_unit_test(test_no_memory),      cmocka_unit_test(test_reported_once),
		cmocka_unit_test(test_enough),         cmocka_unit_test(test_switches),
		cmocka_unit_test(test_wrong_switches), cmocka_unit_test(test_named),
		cmocka_unit_test(test_notes),          cmocka_unit_test(test_surely_meant),
		cmocka_unit_test(test_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
