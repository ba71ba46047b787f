/* SPDX-License-Identifier: Apache-2.0 */
/* Times and conditions of rules in the words of a sheet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
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

static void again(void)
{
	end(NULL);
	begin(NULL);
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

/* Whether a bullet of the handout begins with the sentence. */
static bool says(const struct sheet_blocks *blocks, const char *sentence)
{
	for (size_t i = 0; i < blocks->count; i++)
		if (blocks->items[i].level < 0 &&
		    strncmp(blocks->items[i].text, sentence, strlen(sentence)) == 0)
			return true;
	return false;
}

struct window_case {
	enum stp_verb verb;
	bool after;
	enum sheet_term term;
	struct stp_duration from, to;
	const char *unknown, *known; /* with the visit on Tuesday 1 December 2026, 10:30 */
};

#define NONE                                                                                       \
	{                                                                                          \
		0, STP_SECOND                                                                      \
	}

static const struct window_case window_cases[] = {
	{ STP_AVOID,
	  true,
	  TERM_MAKEUP,
	  NONE,
	  { 24, STP_HOUR },
	  "Do not use make-up for 24 hours.",
	  "Do not use make-up until Wednesday 2 December, 10:30 am." },
	{ STP_AVOID,
	  true,
	  TERM_MAKEUP,
	  NONE,
	  { 90, STP_MINUTE },
	  "Do not use make-up for 90 minutes.",
	  "Do not use make-up until Tuesday 1 December, midday." },
	{ STP_AVOID,
	  true,
	  TERM_MAKEUP,
	  NONE,
	  { 1, STP_HOUR },
	  "Do not use make-up for 1 hour.",
	  "Do not use make-up until Tuesday 1 December, 11:30 am." },
	{ STP_AVOID,
	  true,
	  TERM_MAKEUP,
	  NONE,
	  { 810, STP_MINUTE },
	  "Do not use make-up for 810 minutes.",
	  "Do not use make-up until the end of Tuesday 1 December." },
	{ STP_AVOID,
	  true,
	  TERM_SUN,
	  NONE,
	  { 2, STP_WEEK },
	  "Do not stay in direct sun until the end of day 14.",
	  "Do not stay in direct sun until the end of Tuesday 15 December." },
	{ STP_AVOID,
	  true,
	  TERM_SUN,
	  NONE,
	  { 2, STP_MONTH },
	  "Do not stay in direct sun until the end of day 62.",
	  "Do not stay in direct sun until the end of Monday 1 February 2027." },
	{ STP_AVOID,
	  true,
	  TERM_LASER,
	  NONE,
	  { 1, STP_DAY },
	  "Do not have laser treatment until the end of day 1.",
	  "Do not have laser treatment until the end of Wednesday 2 December." },
	{ STP_AVOID,
	  true,
	  TERM_ASPIRIN,
	  NONE,
	  { 3, STP_DAY },
	  "Do not take aspirin that nobody prescribed until the end of day 3.",
	  "Do not take aspirin that nobody prescribed until the end of Friday 4 December." },
	{ STP_USE,
	  true,
	  TERM_SUNSCREEN,
	  { 24, STP_HOUR },
	  { 2, STP_WEEK },
	  "Use sunscreen from 24 hours after your visit until the end of day 14.",
	  "Use sunscreen from Wednesday 2 December, 10:30 am until the end of Tuesday 15 "
	  "December." },
	{ STP_USE,
	  true,
	  TERM_SUNSCREEN,
	  { 24, STP_HOUR },
	  { 48, STP_HOUR },
	  "Use sunscreen from 24 hours after your visit until 48 hours after your visit.",
	  "Use sunscreen from Wednesday 2 December, 10:30 am until Thursday 3 December, 10:30 "
	  "am." },
	{ STP_USE,
	  true,
	  TERM_SUNSCREEN,
	  { 2, STP_DAY },
	  NONE,
	  "Use sunscreen from day 2.",
	  "Use sunscreen from Thursday 3 December." },
	{ STP_MAY,
	  true,
	  TERM_ASPIRIN,
	  { 1, STP_DAY },
	  NONE,
	  "Take aspirin that nobody prescribed if you need it from day 1.",
	  "Take aspirin that nobody prescribed if you need it from Wednesday 2 December." },
	{ STP_STOP,
	  false,
	  TERM_RETINOIDS,
	  { 5, STP_DAY },
	  NONE,
	  "Stop using retinoids at least 5 days before your visit.",
	  "Stop using retinoids before Thursday 26 November." },
	{ STP_AVOID,
	  false,
	  TERM_SUN,
	  { 48, STP_HOUR },
	  NONE,
	  "Do not stay in direct sun from 48 hours before your visit.",
	  "Do not stay in direct sun from Sunday 29 November, 10:30 am until your visit." },
	{ STP_USE,
	  false,
	  TERM_GEL,
	  { 3, STP_DAY },
	  { 1, STP_DAY },
	  "Use the gel that we give you from 3 days to 1 day before your visit.",
	  "Use the gel that we give you from Saturday 28 November to Monday 30 November." },
	{ STP_DO, false, TERM_WATER, NONE, NONE, "Drink plenty of water.",
	  "Drink plenty of water." },
};

static void check_window(const struct window_case *each, const char *when)
{
	struct sheet_blocks blocks;
	struct stp_care_rule *rule;
	const char *sentence = when ? each->known : each->unknown;

	again();
	if (when)
		set_visit(when);
	sheet_no_rules(f);
	rule = sheet_rule(f, each->verb, each->after, each->term);
	rule->window.from = each->from;
	rule->window.to = each->to;
	blocks = handout();
	if (!says(&blocks, sentence))
		print_error("not said: %s\n%s", sentence, sheet_handout(f));
	assert_true(says(&blocks, sentence));
}

static void windows_are_hours_and_days_or_dates(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof window_cases / sizeof *window_cases; i++) {
		check_window(&window_cases[i], NULL);
		check_window(&window_cases[i], "2026-12-01T10:30");
	}
}

struct condition_case {
	uint16_t session_low, session_high, age_low, age_high;
	uint32_t depth_low_um, depth_high_um;
	const char *said;
};

static const struct condition_case condition_cases[] = {
	{ 2, 2, 0, STP_ANY_HIGH, 0, STP_ANY_DEPTH, "this is visit 2 of your course" },
	{ 2, STP_ANY_HIGH, 0, STP_ANY_HIGH, 0, STP_ANY_DEPTH,
	  "this is visit 2 of your course or a later one" },
	{ 2, 3, 0, STP_ANY_HIGH, 0, STP_ANY_DEPTH, "this is visit 2 to 3 of your course" },
	{ 1, STP_ANY_HIGH, 40, STP_ANY_HIGH, 0, STP_ANY_DEPTH, "you are 40 or older" },
	{ 1, STP_ANY_HIGH, 0, 39, 0, STP_ANY_DEPTH, "you are younger than 40" },
	{ 1, STP_ANY_HIGH, 30, 39, 0, STP_ANY_DEPTH, "you are 30 to 39 years old" },
	{ 1, STP_ANY_HIGH, 0, STP_ANY_HIGH, 1001, STP_ANY_DEPTH, "we needled deeper than 1 mm" },
	{ 1, STP_ANY_HIGH, 0, STP_ANY_HIGH, 0, 750, "we needled to a depth of 0.75 mm or less" },
	{ 1, STP_ANY_HIGH, 0, STP_ANY_HIGH, 500, 1250, "we needled to a depth of 0.5 to 1.25 mm" },
};

static void conditions_are_said_in_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof condition_cases / sizeof *condition_cases; i++) {
		const struct condition_case *each = &condition_cases[i];
		const char *said;

		again();
		f->dark_skin.term_count = 0;
		f->dark_skin.session_low = each->session_low;
		f->dark_skin.session_high = each->session_high;
		f->dark_skin.age_low = each->age_low;
		f->dark_skin.age_high = each->age_high;
		f->dark_skin.depth_low_um = each->depth_low_um;
		f->dark_skin.depth_high_um = each->depth_high_um;
		said = stp_format(&context, "f %s", each->said);
		if (!strstr(sheet_handout(f), said))
			print_error("not said: %s\n", said);
		assert_non_null(strstr(sheet_handout(f), said));
	}
}

/* What an author writes in braces comes from the rules; the fields of other systems stay. */
static void prose_is_filled_in_from_the_rules(void **state)
{
	static const struct {
		const char *prose, *filled;
	} cases[] = {
		{ "Come {course.sessions}, {course.interval} apart.",
		  "Come 3 visits, 4 to 6 weeks apart." },
		{ "Dear {{client_name}}: {visit.duration}.",
		  "Dear {{client_name}}: 30 to 60 minutes." },
		{ "Redness: {expect.redness}.", "Redness: 24 to 48 hours." },
		{ "Wait {wait.isotretinoin} and {avoid.makeup}.", "Wait 6 months and 24 hours." },
	};

	(void)state;
	f->protocol.course.sessions_low = f->protocol.course.sessions_high = 3;
	f->protocol.course.apart_low = (struct stp_duration){ 4, STP_WEEK };
	f->protocol.course.apart_high = (struct stp_duration){ 6, STP_WEEK };
	f->protocol.visit_low = (struct stp_duration){ 30, STP_MINUTE };
	f->protocol.visit_high = (struct stp_duration){ 60, STP_MINUTE };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct sheet_blocks blocks;

		f->protocol.message = cases[i].prose;
		blocks = handout();
		assert_true(find_block(&blocks, 0, cases[i].filled) == 1);
	}
}

static void a_wait_that_someone_may_shorten_says_so(void **state)
{
	struct stp_screen_rule *screens = stp_alloc_array(&context, 4, sizeof *screens);
	struct sheet_blocks blocks;

	(void)state;
	memcpy(screens, f->protocol.screens, 4 * sizeof *screens);
	screens[2].wait_limit = (struct stp_duration){ 14, STP_DAY };
	screens[2].with = "surgeon";
	f->protocol.screens = screens;
	blocks = handout();
	assert_true(stands_under(&blocks, "We need to wait",
				 "6 months after isotretinoin tablets. If your surgeon agrees, "
				 "14 days can be enough."));
	set_visit("2026-12-01T10:00");
	assert_non_null(strstr(sheet_handout(f), "If your surgeon agrees, before Tuesday 17 "
						 "November can be enough."));
}

static void a_wait_has_its_last_day_when_the_visit_is_known(void **state)
{
	struct sheet_blocks blocks = handout();

	(void)state;
	assert_true(
		stands_under(&blocks, "We need to wait", "6 months after isotretinoin tablets."));
	set_visit("2026-12-01T10:00"); /* 184 days: six months at their longest */
	blocks = handout();
	assert_true(stands_under(&blocks, "We need to wait",
				 "Before Sunday 31 May 2026: isotretinoin tablets."));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(windows_are_hours_and_days_or_dates),
		TEST(conditions_are_said_in_words),
		TEST(prose_is_filled_in_from_the_rules),
		TEST(a_wait_that_someone_may_shorten_says_so),
		TEST(a_wait_has_its_last_day_when_the_visit_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
