/* SPDX-License-Identifier: Apache-2.0 */
/* What keeps a sheet for clients from being made, and what hostile texts come to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture_sheet.h"

static struct stp_context context;
static struct sheet_fixture *f;
static struct stp_moment visit;

static int begin(void **state)
{
	(void)state;
	stp_context_init(&context, NULL);
	context.guarded = true;
	f = sheet_fixture(&context);
	return 0;
}

static int end(void **state)
{
	(void)state;
	stp_context_free(&context);
	return 0;
}

static void again(void)
{
	end(NULL);
	begin(NULL);
}

/* ---- what keeps a sheet from being made ---- */

static void a_missing_phrase_is_named(void **state)
{
	(void)state;
	sheet_set_phrase(f, "until_day", NULL);
	assert_true(sheet_refused(f, STP_D_missing_phrase));
	assert_string_equal(stp_diagnostics(&context)->message,
			    "language 'en' lacks phrases: until_day");
	again();
	sheet_set_phrase(f, "hours_one", NULL);
	sheet_set_phrase(f, "hours_other", NULL);
	assert_true(sheet_refused(f, STP_D_missing_phrase));
	assert_non_null(strstr(stp_diagnostics(&context)->message, "hours_one, hours_other"));
}

static void placeholders_are_checked(void **state)
{
	static const char *const texts[] = { "until the end", "until {m} and {n}", "until {n",
					     "{n}}{" };

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		again();
		sheet_set_phrase(f, "until_day", texts[i]);
		assert_true(sheet_refused(f, STP_D_phrase_placeholder));
		assert_non_null(strstr(stp_diagnostics(&context)->message, "'until_day'"));
	}
}

static void a_protocol_must_say_when_to_get_help(void **state)
{
	(void)state;
	f->protocol.help_count = 3; /* the emergency is the last */
	assert_true(sheet_refused(f, STP_D_help_missing));
	assert_non_null(strstr(stp_diagnostics(&context)->message, "call emergency for"));
}

static void a_protocol_must_have_a_message(void **state)
{
	(void)state;
	f->protocol.message = NULL;
	assert_true(sheet_refused(f, STP_D_message_missing));
}

static void a_sheet_has_a_size(void **state)
{
	const struct stp_term *terms[301];

	(void)state;
	sheet_no_rules(f);
	for (size_t i = 0; i < 301; i++)
		terms[i] = &f->terms[TERM_MAKEUP];
	sheet_rule(f, STP_AVOID, true, TERM_MAKEUP)->terms = terms;
	f->care[0].term_count = 300;
	sheet_handout(f);
	f->care[0].term_count = 301;
	assert_true(sheet_refused(f, STP_D_sheet_too_long));
}

static void a_factor_must_say_if(void **state)
{
	(void)state;
	f->skin_type.if_phrase = NULL;
	assert_true(sheet_refused(f, STP_D_missing_if));
}

static void nothing_falls_back_to_english(void **state)
{
	(void)state;
	f->language.name = "de";
	assert_true(sheet_refused(f, STP_D_missing_text));
}

static void dates_stay_in_the_calendar(void **state)
{
	(void)state;
	assert_true(stp_moment_parse("9999-12-30T10:00", &visit));
	f->options.visit = &visit;
	assert_true(sheet_refused(f, STP_D_sheet_date));
}

static void a_harmful_summary_is_refused(void **state)
{
	(void)state;
	f->protocol.summary = "<script>alert(1)</script>";
	assert_true(sheet_refused(f, STP_D_sheet_fragment));
}

static void hostile_texts_come_out_as_text(void **state)
{
	static const char hostile[] =
		"<script>alert(1)</script> [x](javascript:y) */ ?\?/ \" {{a}} {n}";

	(void)state;
	f->protocol.label = hostile;
	f->protocol.message = hostile;
	f->clinic.label = hostile;
	f->terms[TERM_MAKEUP].label = hostile;
	f->terms[TERM_MAKEUP].because = hostile;
	f->sources[0].address = "javascript:alert(1)";
	assert_null(strstr(sheet_handout(f), "<script"));
	f->options.format = STP_HTML;
	assert_null(strstr(sheet_handout(f), "<script"));
	assert_null(strstr(sheet_handout(f), "href=\"javascript"));
}

/* ---- HTML ---- */

static void html_is_one_file_that_asks_nothing_of_a_network(void **state)
{
	const char *text;

	(void)state;
	f->options.format = STP_HTML;
	text = sheet_handout(f);
	assert_int_equal(strncmp(text, "<!DOCTYPE html>\n<html lang=\"en\" dir=\"ltr\">", 41), 0);
	assert_non_null(strstr(text, "default-src 'none'"));
	assert_null(strstr(text, "src=\""));
	assert_null(strstr(text, "<link"));
	assert_null(strstr(text, "url("));
	assert_non_null(strstr(text, "@page{size:auto;"));
	f->clinic.paper = "letter";
	assert_non_null(strstr(sheet_handout(f), "@page{size:letter;"));
	f->language.right_to_left = true;
	assert_non_null(strstr(sheet_handout(f), "dir=\"rtl\""));
}

/* ---- no memory ---- */

static void *allocate(void *user, size_t bytes)
{
	size_t *left = user;

	if (*left == 0)
		return NULL;
	(*left)--;
	return calloc(1, bytes);
}

static void release(void *user, void *block)
{
	(void)user;
	free(block);
}

/* Makes a handout and a card with so many allocations at hand; whether they were made. */
static bool make_within(size_t allocations)
{
	size_t left = SIZE_MAX;
	const struct stp_allocator allocator = { allocate, release, &left };
	struct stp_context small;

	stp_context_init(&small, &allocator);
	if (STP_GUARD(&small)) {
		stp_context_free(&small);
		return false;
	}
	struct sheet_fixture *made = sheet_fixture(&small);
	left = allocations;
	sheet_handout(made);
	sheet_card(made);
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
		TEST(a_missing_phrase_is_named),
		TEST(placeholders_are_checked),
		TEST(a_protocol_must_say_when_to_get_help),
		TEST(a_protocol_must_have_a_message),
		TEST(a_sheet_has_a_size),
		TEST(a_factor_must_say_if),
		TEST(nothing_falls_back_to_english),
		TEST(dates_stay_in_the_calendar),
		TEST(a_harmful_summary_is_refused),
		TEST(hostile_texts_come_out_as_text),
		TEST(html_is_one_file_that_asks_nothing_of_a_network),
		TEST(every_failing_allocation_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
