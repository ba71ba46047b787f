/* SPDX-License-Identifier: Apache-2.0 */
/* Sheets for clients, made from a model by hand and read back as Markdown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmark.h>
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

/* ---- the whole ---- */

static void every_sheet_keeps_the_style(void **state)
{
	static const char *const visits[] = { NULL, "2026-12-01T10:00", "2026-12-31T23:30",
					      "2028-02-28T00:00" };

	(void)state;
	for (size_t i = 0; i < sizeof visits / sizeof *visits; i++)
		for (int kind = 0; kind < STP_SHEET_KINDS; kind++) {
			struct sheet_blocks blocks;

			again();
			if (visits[i])
				set_visit(visits[i]);
			f->options.kind = (enum stp_sheet_kind)kind;
			blocks = handout();
			check_style(&blocks);
			if (kind == STP_SHEET_HANDOUT || kind == STP_SHEET_AFTERCARE)
				assert_int_equal(check_days(&blocks), 14);
		}
}

static void sections_follow_the_clients_days(void **state)
{
	static const char *const order[] = {
		"Acne scars on the face: before and after your microneedling visit (draft)",
		"Keep your skin out of the sun and let it heal.",
		"At a glance",
		"About the treatment",
		"Before your visit",
		"Tell us first",
		"On the day",
		"What to expect",
		"Day by day: do and do not",
		"When to get help",
		"When you can go back to things",
		"Benefits and risks",
		"In your own words",
		"Your next visit",
		"How to reach us",
		"About this sheet",
		"Where this comes from",
	};
	struct sheet_blocks blocks = handout();
	size_t at = 0;

	(void)state;
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		at = find_block(&blocks, at, order[i]);
		assert_true(at < blocks.count);
	}
}

/* Each section of the whole handout stands in one of its halves. */
static void the_halves_make_the_whole(void **state)
{
	struct sheet_blocks whole = handout(), prep, aftercare;

	(void)state;
	f->options.kind = STP_SHEET_PREP;
	prep = handout();
	f->options.kind = STP_SHEET_AFTERCARE;
	aftercare = handout();
	assert_true(find_block(&prep, 0, "Day by day: do and do not") == prep.count);
	assert_true(find_block(&aftercare, 0, "Before your visit") == aftercare.count);
	for (size_t i = 1; i < whole.count; i++) {
		const char *text = whole.items[i].text;

		if (whole.items[i].level > 0)
			assert_true(find_block(&prep, 0, text) < prep.count ||
				    find_block(&aftercare, 0, text) < aftercare.count);
	}
}

static void the_markdown_says_what_the_tree_says(void **state)
{
	const char *markdown = sheet_handout(f);
	char *read = cmark_markdown_to_html(markdown, strlen(markdown), CMARK_OPT_DEFAULT);

	(void)state;
	f->options.format = STP_FRAGMENT;
	assert_non_null(strstr(without_figures(&context, sheet_handout(f)), read));
	free(read);
}

static void do_comes_first_and_do_not_is_repeated(void **state)
{
	struct sheet_blocks blocks = handout();
	size_t day = find_block(&blocks, 0, "Day 0: the day of your visit");
	bool forbidden = false;
	size_t at;

	(void)state;
	for (at = day + 1; at < blocks.count && blocks.items[at].level != 3; at++) {
		bool says_not = strncmp(blocks.items[at].text, "Do not ", 7) == 0 ||
				strstr(blocks.items[at].text, ", do not ");

		if (blocks.items[at].level < 0) {
			assert_true(says_not || !forbidden);
			forbidden = forbidden || says_not;
		}
	}
	assert_true(at < blocks.count && forbidden);
}

static void help_has_three_levels_with_a_number_each(void **state)
{
	static const char *const ask =
		"Not urgent: call us on 020 7946 0123 when we are open if you notice:";
	static const char *const call = "Urgent: call us on 020 7946 0123 today if you notice:";
	static const char *const emergency = "Emergency: call 999 now if you notice:";
	struct sheet_blocks blocks = handout();

	(void)state;
	assert_true(stands_under(&blocks, ask, "Milia. Tiny, hard white bumps."));
	assert_true(stands_under(&blocks, call, "Redness, still after 3 days."));
	assert_true(stands_under(&blocks, emergency, "Trouble breathing."));
	assert_true(stands_under(&blocks, "When to get help",
				 "When we are closed: call 111 at any hour."));
	assert_non_null(strstr(sheet_handout(f), "[020 7946 0123](tel:02079460123) today if"));
}

static void a_draft_says_so_and_an_approved_one_who_checked_it(void **state)
{
	struct sheet_blocks blocks = handout();

	(void)state;
	assert_true(find_block(&blocks, 0,
			       "Draft: no clinician has checked this sheet. "
			       "Do not use it to care for anyone.") == 2);
	f->protocol.status = STP_APPROVED;
	f->protocol.approved_by = "Dr Ada Grey";
	f->protocol.approved_on = (struct stp_date){ 2026, 12, 1 };
	f->protocol.review_by = (struct stp_date){ 2027, 12, 1 };
	blocks = handout();
	assert_null(strstr(sheet_handout(f), "raft"));
	assert_true(stands_under(&blocks, "About this sheet",
				 "Checked: by Dr Ada Grey on 1 December 2026"));
	assert_true(stands_under(&blocks, "About this sheet", "Next review: 1 December 2027"));
}

static void the_sheet_says_which_version_it_is(void **state)
{
	struct sheet_blocks blocks;

	(void)state;
	f->options.fingerprint = "0123abcd";
	f->language.reviewed_by = "Jo Lane";
	f->language.reviewed_on = (struct stp_date){ 2026, 1, 31 };
	blocks = handout();
	assert_true(stands_under(&blocks, "About this sheet",
				 "Protocol and version: acne_scars 1.0.0"));
	assert_true(stands_under(&blocks, "About this sheet", "Fingerprint: 0123abcd"));
	assert_true(stands_under(&blocks, "About this sheet", "Last changed: 21 November 2026"));
	assert_true(stands_under(&blocks, "About this sheet",
				 "Language: English, reviewed by Jo Lane on 31 January 2026"));
	assert_true(stands_under(&blocks, "Where this comes from",
				 "Grade B (hospital, or several clinics): A hospital's leaflet"));
}

static void risks_say_how_often_or_that_nobody_knows(void **state)
{
	struct sheet_blocks blocks = handout();

	(void)state;
	assert_true(stands_under(&blocks, "What can go wrong",
				 "Dark patches. About 1 in 6 people get this, and 5 in 6 do not."));
	assert_true(
		stands_under(&blocks, "How often these happen is not known", "A skin infection."));
}

/* ---- rules in words ---- */

/* Whether a bullet of the handout begins with the sentence. */
static bool says(const struct sheet_blocks *blocks, const char *sentence)
{
	for (size_t i = 0; i < blocks->count; i++)
		if (blocks->items[i].level < 0 &&
		    strncmp(blocks->items[i].text, sentence, strlen(sentence)) == 0)
			return true;
	return false;
}

static void a_rule_says_why_how_and_how_often(void **state)
{
	struct sheet_blocks blocks = handout();

	(void)state;
	assert_true(stands_under(&blocks, "Days 1 to 3",
				 "Use sunscreen from 24 hours after your visit until the end of "
				 "day 14, every 2 hours. "
				 "How: when you are outdoors. Why: healing skin burns easily."));
	f->care[0].origin.because = "we say so";
	blocks = handout();
	assert_true(says(&blocks,
			 "Stop using retinoids and acids at least 5 days before your visit. "
			 "Retinoids: creams with vitamin A. Why: we say so."));
}

static void a_word_is_explained_once(void **state)
{
	const char *text = sheet_handout(f);
	const char *first = strstr(text, "Retinoids: creams with vitamin A.");

	(void)state;
	assert_non_null(first);
	assert_null(strstr(first + 1, "Retinoids: creams with vitamin A."));
}

static void a_rule_waits_for_what_is_seen(void **state)
{
	struct stp_care_rule *rule;
	struct sheet_blocks blocks;

	(void)state;
	sheet_no_rules(f);
	rule = sheet_rule(f, STP_AVOID, true, TERM_PICKING);
	rule->window.until_effect = &f->terms[TERM_FLAKING];
	blocks = handout();
	assert_true(
		says(&blocks, "Do not pick your skin until you no longer notice flaking skin."));
	rule->window.usually_by = (struct stp_duration){ 4, STP_DAY };
	blocks = handout();
	assert_true(says(&blocks, "Do not pick your skin until you no longer notice flaking skin, "
				  "usually by the end of day 4."));
	rule->window.at_least = (struct stp_duration){ 5, STP_DAY };
	blocks = handout();
	assert_true(says(&blocks, "Do not pick your skin until the end of day 5, and longer while "
				  "you notice flaking skin."));
}

static void rules_for_some_clients_begin_with_if(void **state)
{
	struct sheet_blocks blocks = handout();
	struct stp_condition_term *term = stp_alloc(&context, sizeof *term);

	(void)state;
	assert_true(says(&blocks,
			 "If you have skin type V to VI, do not have laser treatment until "
			 "the end of day 14."));
	*term = (struct stp_condition_term){ &f->skin_type, 0x21 };
	f->dark_skin.terms = term;
	f->dark_skin.session_high = 1;
	f->dark_skin.age_low = 30;
	blocks = handout();
	assert_true(says(&blocks,
			 "This is for you if you have skin type I or VI and this is visit 1 of "
			 "your course and you are 30 or older. Do not have laser treatment "
			 "until the end of day 14."));
}

static void long_lists_are_cut_into_short_sentences(void **state)
{
	struct stp_term many[12];
	const struct stp_term *terms[12];
	struct stp_care_rule *rule;
	struct sheet_blocks blocks;

	(void)state;
	for (size_t i = 0; i < 12; i++) {
		many[i] = f->terms[TERM_MAKEUP];
		many[i].label = stp_format(&context, "product number %zu", i + 1);
		terms[i] = &many[i];
	}
	rule = sheet_rule(f, STP_AVOID, true, TERM_MAKEUP);
	rule->terms = terms;
	rule->term_count = 12;
	rule->window.to = (struct stp_duration){ 3, STP_DAY };
	blocks = handout();
	check_style(&blocks);
	for (size_t i = 0; i < 12; i++)
		assert_non_null(strstr(sheet_handout(f), many[i].label));
}

static void long_lists_are_headed_by_how_long_they_hold(void **state)
{
	struct stp_term many[9];
	const struct stp_term *terms[9];
	struct sheet_blocks blocks;

	(void)state;
	for (size_t i = 0; i < 9; i++) {
		struct stp_care_rule *rule = sheet_rule(f, STP_AVOID, true, TERM_ACIDS);

		many[i] = f->terms[TERM_ACIDS];
		many[i].name = many[i].label = stp_format(&context, "acid %zu", i + 1);
		terms[i] = &many[i];
		rule->terms = &terms[i];
		rule->window.to = (struct stp_duration){ (uint32_t)i + 1, STP_DAY };
	}
	blocks = handout();
	check_style(&blocks);
	assert_true(stands_under(&blocks, "Do not: until the end of day 9", "Do not use acid 9."));
}

/* Things that end together for the same reason share a bullet, whichever rules they stand in. */
static void rules_share_a_bullet(void **state)
{
	struct sheet_blocks blocks;

	(void)state;
	sheet_no_rules(f);
	sheet_rule(f, STP_AVOID, true, TERM_RETINOIDS)->window.to =
		(struct stp_duration){ 5, STP_DAY };
	sheet_rule(f, STP_AVOID, true, TERM_ACIDS)->window.to = (struct stp_duration){ 5, STP_DAY };
	blocks = handout();
	assert_true(says(&blocks, "Do not use retinoids or acids until the end of day 5."));
	f->care[1].how = "at all";
	blocks = handout();
	assert_true(says(&blocks, "Do not use retinoids until the end of day 5."));
	assert_true(says(&blocks, "Do not use acids until the end of day 5."));
}

static void conditions_are_short_lines(void **state)
{
	struct sheet_blocks blocks = handout();

	(void)state;
	assert_true(stands_under(&blocks, "We cannot treat you while this is true", "Pregnancy."));
	assert_true(stands_under(&blocks, "In the treated area", "A skin infection."));
}

/* ---- for one client ---- */

static void a_sheet_for_one_client_has_what_holds_for_them(void **state)
{
	const char *always = "Do not have laser treatment until the end of day 14.";
	const char *perhaps = "If you have skin type V to VI, do not have laser treatment";
	const struct stp_factor *factors[] = { &f->skin_type };
	uint16_t values[1];
	struct stp_client client = { .model = &f->model,
				     .values = values,
				     .session_low = 1,
				     .session_high = STP_ANY_HIGH,
				     .age_high = STP_ANY_HIGH };
	struct sheet_blocks blocks;

	(void)state;
	f->model.factors = factors;
	f->model.factor_count = 1;
	f->options.client = &client;
	values[0] = 0x3F; /* nothing is known */
	blocks = handout();
	assert_true(says(&blocks, perhaps));
	values[0] = 0x10; /* V */
	blocks = handout();
	assert_true(says(&blocks, always));
	assert_false(says(&blocks, perhaps));
	assert_true(says(&blocks, "You have skin type V."));
	values[0] = 0x01; /* I */
	blocks = handout();
	assert_false(says(&blocks, always));
	assert_false(says(&blocks, perhaps));
}

/* ---- day by day ---- */

static void a_day_says_what_holds_on_it(void **state)
{
	struct sheet_blocks blocks;

	(void)state;
	sheet_no_rules(f);
	sheet_rule(f, STP_AVOID, true, TERM_MAKEUP)->window.to =
		(struct stp_duration){ 24, STP_HOUR };
	sheet_rule(f, STP_AVOID, true, TERM_LASER)->window.to =
		(struct stp_duration){ 14, STP_DAY };
	sheet_rule(f, STP_AVOID, true, TERM_EXERCISE)->window.to =
		(struct stp_duration){ 3, STP_DAY };
	sheet_rule(f, STP_RESUME, true, TERM_ACIDS)->window.from =
		(struct stp_duration){ 5, STP_DAY };
	blocks = handout();
	assert_true(stands_under(&blocks, "Days 0 to 3",
				 "Do not use make-up for 24 hours. "
				 "Why: it can get into the tiny wounds."));
	assert_true(stands_under(&blocks, "When you can go back to things",
				 "From 24 hours after your visit: make-up."));
	assert_true(stands_under(&blocks, "Days 4 to 14", "Start to use acids again from day 6."));
	assert_true(find_block(&blocks, 0, "Days 8 to 14") == blocks.count);
}

/* A stretch on which nothing begins belongs to the one before it. */
static void days_without_a_change_are_told_together(void **state)
{
	struct sheet_blocks blocks;

	(void)state;
	sheet_no_rules(f);
	f->protocol.expect_count = 0;
	sheet_rule(f, STP_AVOID, true, TERM_LASER)->window.to =
		(struct stp_duration){ 28, STP_DAY };
	sheet_rule(f, STP_AVOID, true, TERM_EXERCISE)->window.to =
		(struct stp_duration){ 7, STP_DAY };
	sheet_rule(f, STP_USE, true, TERM_SUNSCREEN)->window = (struct stp_window){
		.from = { 8, STP_DAY },
		.to = { 28, STP_DAY },
	};
	blocks = handout();
	assert_true(find_block(&blocks, 0, "Days 0 to 7") < blocks.count);
	assert_true(find_block(&blocks, 0, "Days 8 to 28") < blocks.count);
}

/* A reason is given at the first rule about a thing, and again only when it is another one. */
static void a_reason_is_given_once(void **state)
{
	struct sheet_blocks blocks;

	(void)state;
	sheet_no_rules(f);
	sheet_rule(f, STP_STOP, false, TERM_ACIDS)->window.from =
		(struct stp_duration){ 5, STP_DAY };
	struct stp_care_rule *after = sheet_rule(f, STP_AVOID, true, TERM_ACIDS);
	after->window.to = (struct stp_duration){ 5, STP_DAY };
	blocks = handout();
	assert_true(says(&blocks, "Do not use acids until the end of day 5."));
	assert_false(says(&blocks, "Do not use acids until the end of day 5. Why:"));
	after->origin.because = "healing skin is tender";
	blocks = handout();
	assert_true(says(&blocks, "Do not use acids until the end of day 5. "
				  "Why: healing skin is tender."));
}

/* What one rule no longer forbids, another one may. */
static void nobody_goes_back_too_soon(void **state)
{
	struct sheet_blocks blocks;

	(void)state;
	sheet_no_rules(f);
	sheet_rule(f, STP_AVOID, true, TERM_LASER)->window.to = (struct stp_duration){ 3, STP_DAY };
	sheet_rule(f, STP_AVOID, true, TERM_LASER)->window.to = (struct stp_duration){ 9, STP_DAY };
	blocks = handout();
	assert_false(says(&blocks, "From day 4: laser treatment."));
	assert_true(stands_under(&blocks, "When you can go back to things",
				 "From day 10: laser treatment."));
}

static void a_day_has_its_date_when_the_visit_is_known(void **state)
{
	struct sheet_blocks blocks;

	(void)state;
	set_visit("2026-12-28T10:00");
	blocks = handout();
	assert_true(stands_under(&blocks, "When you can go back to things",
				 "From Tuesday 29 December, 10 am: make-up."));
	assert_true(find_block(&blocks, 0,
			       "Days 4 to 14: Friday 1 January 2027 to Monday 11 January 2027") <
		    blocks.count);
}

static void random_rules_leave_no_gap(void **state)
{
	static const enum stp_time_unit units[] = { STP_MINUTE, STP_HOUR, STP_DAY, STP_WEEK };
	uint32_t random = 7;

	(void)state;
	for (int i = 0; i < 300; i++) {
		struct sheet_blocks blocks;

		again();
		if (i % 2)
			set_visit("2026-03-28T22:15");
		sheet_no_rules(f);
		for (int j = 0; j < 5; j++) {
			struct stp_care_rule *rule =
				sheet_rule(f, STP_AVOID, true, (enum sheet_term)(j * 3));

			random = random * 1664525u + 1013904223u;
			rule->window.to = (struct stp_duration){ (random >> 8) % 90 + 10,
								 units[random >> 30] };
			if (random >> 20 & 1)
				rule->window.from =
					(struct stp_duration){ (random >> 24) % 9 + 1, STP_MINUTE };
		}
		blocks = handout();
		check_days(&blocks);
		check_style(&blocks);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_sheet_keeps_the_style),
		TEST(sections_follow_the_clients_days),
		TEST(the_halves_make_the_whole),
		TEST(the_markdown_says_what_the_tree_says),
		TEST(do_comes_first_and_do_not_is_repeated),
		TEST(help_has_three_levels_with_a_number_each),
		TEST(a_draft_says_so_and_an_approved_one_who_checked_it),
		TEST(the_sheet_says_which_version_it_is),
		TEST(risks_say_how_often_or_that_nobody_knows),
		TEST(a_rule_says_why_how_and_how_often),
		TEST(a_word_is_explained_once),
		TEST(a_rule_waits_for_what_is_seen),
		TEST(rules_for_some_clients_begin_with_if),
		TEST(long_lists_are_cut_into_short_sentences),
		TEST(long_lists_are_headed_by_how_long_they_hold),
		TEST(rules_share_a_bullet),
		TEST(conditions_are_short_lines),
		TEST(a_sheet_for_one_client_has_what_holds_for_them),
		TEST(a_day_says_what_holds_on_it),
		TEST(days_without_a_change_are_told_together),
		TEST(a_reason_is_given_once),
		TEST(nobody_goes_back_too_soon),
		TEST(a_day_has_its_date_when_the_visit_is_known),
		TEST(random_rules_leave_no_gap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
