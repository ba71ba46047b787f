/* SPDX-License-Identifier: Apache-2.0 */
/* What else is made for clients: tables, checklists and messages, from a model made by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fixture_sheet.h"
#include "read_sheet.h"

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

static void set_visit(const char *when)
{
	assert_true(stp_moment_parse(when, &visit));
	f->options.visit = &visit;
}

static struct sheet_blocks handout(void)
{
	return read_sheet(&context, sheet_handout(f));
}

/* What one can go back to stands in a table where there are tables, with heads that say so. */
static void tables_have_heads_with_scope(void **state)
{
	const char *html;

	(void)state;
	sheet_no_rules(f);
	sheet_rule(f, STP_AVOID, true, TERM_EXERCISE)->window.to =
		(struct stp_duration){ 3, STP_DAY };
	assert_non_null(strstr(sheet_handout(f), "From day 4: hard exercise."));
	f->options.format = STP_HTML;
	html = sheet_handout(f);
	assert_null(strstr(html, "From day 4: hard exercise."));
	assert_non_null(strstr(html, "<thead><tr><th scope=\"col\">When</th>"
				     "<th scope=\"col\">You can go back to</th></tr></thead>"));
	assert_non_null(strstr(html, "<tr><th scope=\"row\">From day 4</th>"
				     "<td>Hard exercise</td></tr>"));
}

/* A checklist has the rules as lines to tick, and no reasons. */
static void a_checklist_has_boxes(void **state)
{
	struct sheet_blocks blocks;

	(void)state;
	sheet_no_rules(f);
	sheet_rule(f, STP_STOP, false, TERM_ACIDS)->window.from =
		(struct stp_duration){ 5, STP_DAY };
	sheet_rule(f, STP_AVOID, true, TERM_EXERCISE)->window.to =
		(struct stp_duration){ 3, STP_DAY };
	struct stp_care_rule *picking = sheet_rule(f, STP_AVOID, true, TERM_PICKING);
	picking->window.until_effect = &f->terms[TERM_FLAKING];
	f->options.kind = STP_SHEET_CHECKLIST;
	blocks = handout();
	assert_true(
		stands_under(&blocks, "After your visit",
			     "☐ Do not pick your skin until you no longer notice flaking skin."));
	assert_true(stands_under(&blocks, "Do",
				 "☐ Stop using acids at least 5 days before your visit."));
	assert_true(stands_under(&blocks, "When you can go back to things",
				 "☐ From day 4: hard exercise."));
}

/* A message says its day, stays short, and leaves out what depends on the person. */
static void messages_are_short_and_neutral(void **state)
{
	struct sheet_blocks blocks;
	struct stp_care_rule *dark;

	(void)state;
	sheet_no_rules(f);
	sheet_rule(f, STP_STOP, false, TERM_ACIDS)->window.from =
		(struct stp_duration){ 5, STP_DAY };
	dark = sheet_rule(f, STP_AVOID, true, TERM_LASER);
	dark->window.to = (struct stp_duration){ 9, STP_DAY };
	dark->when = &f->dark_skin;
	for (int i = 0; i < 2; i++)
		sheet_rule(f, STP_AVOID, true, i == 0 ? TERM_EXERCISE : TERM_MAKEUP)->window.to =
			(struct stp_duration){ 3, STP_DAY };
	f->options.kind = STP_SHEET_MESSAGES;
	blocks = handout();
	assert_true(stands_under(
		&blocks, "Send 6 days before the visit",
		"Harbour Clinic: Stop using acids at least 5 days before your visit."));
	assert_true(stands_under(&blocks, "Send 4 days after the visit",
				 "Harbour Clinic: You can go back to hard exercise and make-up "
				 "from day 4."));
	assert_null(strstr(sheet_handout(f), "laser"));
	f->clinic.label =
		"The Clinic for Skin and Everything Else at the Far End of Harbour Street, "
		"between the Lighthouse and the Old Customs House of the Upper Town";
	blocks = handout();
	assert_true(stands_under(&blocks, "Send 6 days before the visit",
				 "Stop using acids at least 5 days before your visit."));
	f->clinic.label = "Harbour Clinic";
	set_visit("2026-12-01T10:00");
	blocks = handout();
	assert_true(stands_under(&blocks, "Send on Monday 30 November",
				 "Harbour Clinic: your visit is on Tuesday 1 December 2026, 10 am. "
				 "Questions? Call 020 7946 0123."));
	assert_true(stands_under(&blocks, "Send on Wednesday 25 November",
				 "Harbour Clinic: Stop using acids before Thursday 26 November."));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(tables_have_heads_with_scope),
		TEST(a_checklist_has_boxes),
		TEST(messages_are_short_and_neutral),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
