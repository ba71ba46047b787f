/* SPDX-License-Identifier: Apache-2.0 */
/* Every sheet of every shipped protocol, read back: style, days, and that nothing is lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmark.h>
#include <cmocka.h>

#include "emit/emit.h"
#include "model/load.h"
#include "read_sheet.h"
#include "support/library.h"

static struct stp_context context;
static const struct stp_model *model;
static struct stp_sheet_options options;

static const struct stp_clinic clinic = { .name = "harbour",
					  .label = "Harbour Clinic",
					  .telephone = "020 7946 0123",
					  .after_hours = "call 111 at any hour",
					  .emergency = "999" };

/* The whole shipped library, as one file that imports each of its parts would see it. */
static int begin(void **state)
{
	struct stp_string text;
	struct stp_overlay overlay = { .path = "all.stip" };
	struct stp_load_options load = { .overlay = &overlay, .overlay_count = 1 };
	struct stp_tree **trees;
	size_t count;

	(void)state;
	stp_context_init(&context, NULL);
	context.guarded = true;
	stp_string_init(&text, &context);
	for (size_t i = 0; i < stp_library_count; i++)
		stp_addf(&text, "import \"%s\"\n", stp_library[i].name);
	overlay.text = text.text;
	overlay.length = text.length;
	assert_true(stp_load(&context, &load, &overlay.path, 1, &trees, &count));
	model = stp_resolve(&context, (const struct stp_tree *const *)trees, count);
	assert_int_equal(stp_error_count(&context), 0);
	assert_true(model->protocol_count > 0);
	options = (struct stp_sheet_options){ .clinic = &clinic };
	for (size_t i = 0; i < model->language_count; i++)
		if (strcmp(model->languages[i]->name, "en") == 0)
			options.language = model->languages[i];
	assert_non_null(options.language);
	return 0;
}

static int end(void **state)
{
	(void)state;
	stp_context_free(&context);
	return 0;
}

static const char *sheet(const struct stp_protocol *protocol)
{
	struct stp_string out;

	stp_string_init(&out, &context);
	if (!stp_emit_handout(&context, model, protocol, &options, &out)) {
		print_error("%s: %s\n", protocol->name, stp_diagnostics(&context)->message);
		fail();
	}
	return out.text;
}

/* What a client can be asked to read; the first sheets had 5300, 2600 and 3400 words. */
static const size_t most_words[STP_SHEET_KINDS] = { 2430, 1400, 1360, 700, 600 };

static size_t count_words(const struct sheet_blocks *blocks)
{
	size_t words = 0;

	for (size_t i = 0; i < blocks->count; i++)
		for (const char *at = blocks->items[i].text; *at; at++)
			words += *at != ' ' && (at[1] == ' ' || at[1] == '\0');
	return words;
}

static void check_protocol(const struct stp_protocol *protocol)
{
	for (int kind = 0; kind < STP_SHEET_KINDS; kind++) {
		struct sheet_blocks blocks;

		options.kind = (enum stp_sheet_kind)kind;
		blocks = read_sheet(&context, sheet(protocol));
		check_style(&blocks);
		assert_true(count_words(&blocks) <= most_words[kind]);
		if (kind == STP_SHEET_HANDOUT || kind == STP_SHEET_AFTERCARE)
			assert_true(check_days(&blocks) > 0);
	}
}

static void every_sheet_keeps_the_style(void **state)
{
	struct stp_moment visit;

	(void)state;
	assert_true(stp_moment_parse("2026-12-01T10:00", &visit));
	for (size_t i = 0; i < model->protocol_count; i++) {
		options.visit = NULL;
		check_protocol(model->protocols[i]);
		options.visit = &visit;
		check_protocol(model->protocols[i]);
	}
}

static void every_sheet_reads_back_as_meant(void **state)
{
	(void)state;
	for (size_t i = 0; i < model->protocol_count; i++) {
		const char *markdown, *html;
		char *read;

		options.kind = STP_SHEET_HANDOUT;
		options.format = STP_MARKDOWN;
		markdown = sheet(model->protocols[i]);
		options.format = STP_FRAGMENT;
		html = sheet(model->protocols[i]);
		read = cmark_markdown_to_html(markdown, strlen(markdown), CMARK_OPT_DEFAULT);
		assert_non_null(strstr(without_figures(&context, html), read));
		free(read);
	}
}

/* Whether the sheet speaks of the term: by its label or by what it orders. */
static bool speaks_of(const char *text, const struct stp_term *term)
{
	const char *label = term->label + 1; /* its first letter may be a capital */

	return strstr(text, label) || (term->instruction && strstr(text, term->instruction + 1));
}

static void every_rule_is_on_the_sheet(void **state)
{
	(void)state;
	options.kind = STP_SHEET_HANDOUT;
	for (size_t i = 0; i < model->protocol_count; i++) {
		const struct stp_protocol *protocol = model->protocols[i];
		const char *text = sheet(protocol);

		for (size_t j = 0; j < protocol->care_count; j++)
			for (size_t k = 0; k < protocol->care[j].term_count; k++)
				assert_true(speaks_of(text, protocol->care[j].terms[k]));
		for (size_t j = 0; j < protocol->help_count; j++)
			assert_true(speaks_of(text, protocol->helps[j].sign));
		for (size_t j = 0; j < protocol->expect_count; j++)
			assert_true(speaks_of(text, protocol->expects[j].effect));
	}
}

static void every_card_is_made(void **state)
{
	(void)state;
	for (size_t i = 0; i < model->protocol_count; i++) {
		struct stp_string out;
		struct sheet_blocks blocks;

		stp_string_init(&out, &context);
		assert_true(stp_emit_card(&context, model, model->protocols[i], &options, &out));
		blocks = read_sheet(&context, out.text);
		assert_true(find_block(&blocks, 0, "Settings by zone") < blocks.count);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_sheet_keeps_the_style),
		TEST(every_sheet_reads_back_as_meant),
		TEST(every_rule_is_on_the_sheet),
		TEST(every_card_is_made),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
