/* SPDX-License-Identifier: Apache-2.0 */
/* The clinician's card, made from a model by hand and read back as Markdown. */
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

static struct sheet_blocks card(void)
{
	return read_sheet(&context, sheet_card(f));
}

static struct stp_zone_plan *cheeks(void)
{
	struct stp_zone_plan *plans = stp_alloc_array(&context, 2, sizeof *plans);

	memcpy(plans, f->protocol.zones, 2 * sizeof *plans);
	f->protocol.zones = plans;
	return plans;
}

static void the_card_says_the_settings_of_a_zone(void **state)
{
	struct sheet_blocks blocks = card();

	(void)state;
	assert_true(stands_under(&blocks, "Cheeks",
				 "Depth: 0.5 to 1.25 mm, start at 0.5 mm, limit 2 mm. "
				 "Source: proposal U."));
	assert_true(stands_under(&blocks, "Cheeks", "Pattern: horizontal and vertical 2 passes."));
	assert_true(stands_under(&blocks, "Cheeks", "Stop at: even redness (erythema)."));
	assert_true(stands_under(&blocks, "Settings by zone", "Eyelids. Do not treat."));
}

static void the_card_says_what_is_tighter_for_whom(void **state)
{
	struct sheet_blocks blocks = card();

	(void)state;
	assert_true(
		stands_under(&blocks, "For some clients", "Skin type V to VI: depth to 0.75 mm."));
}

/* What all treated zones say stands once, and no longer in each of them. */
static void what_zones_share_stands_once(void **state)
{
	struct stp_zone forehead = { .name = "forehead", .label = "forehead", .index = 2 };
	struct stp_zone_plan *plans = stp_alloc_array(&context, 3, sizeof *plans);
	struct sheet_blocks blocks;

	(void)state;
	memcpy(plans, f->protocol.zones, 2 * sizeof *plans);
	plans[2] = plans[0];
	plans[2].zone = &forehead;
	plans[2].settings[STP_DEPTH].limit_high.value = 1500;
	f->protocol.zones = plans;
	f->protocol.zone_count = 3;
	blocks = card();
	assert_true(stands_under(&blocks, "Every zone that is treated",
				 "Stop at: even redness (erythema)."));
	assert_true(stands_under(&blocks, "Every zone that is treated",
				 "Skin type V to VI: depth to 0.75 mm."));
	assert_true(stands_under(&blocks, "Settings by zone",
				 "Cheeks. Depth: 0.5 to 1.25 mm, start at 0.5 mm, limit 2 mm. "
				 "Source: proposal U."));
	assert_true(stands_under(&blocks, "Settings by zone",
				 "Forehead. Depth: 0.5 to 1.25 mm, start at 0.5 mm, limit 1.5 mm. "
				 "Source: proposal U."));
	f->options.format = STP_HTML;
	assert_non_null(strstr(sheet_card(f), "<tr><th scope=\"row\">Forehead</th>"
					      "<td>0.5 to 1.25 mm</td><td>0.5 mm</td>"
					      "<td>1.5 mm</td><td>Source: proposal U.</td></tr>"));
}

/* Every depth from 1 µm to 3 mm, exact to the last digit. */
static void depths_are_exact(void **state)
{
	(void)state;
	for (uint32_t um = 1; um <= 3000; um += 7) {
		struct sheet_blocks blocks;
		struct stp_zone_plan *plan;
		const char *text;
		char *rest;

		end(NULL);
		begin(NULL);
		plan = cheeks();
		plan->settings[STP_DEPTH].limit_high.value = um;
		blocks = card();
		text = blocks.items[find_block(&blocks, 0, "Cheeks") + 1].text;
		text = strstr(text, "limit ") + strlen("limit ");
		uint32_t whole = (uint32_t)strtoul(text, &rest, 10);
		uint32_t scale = 100;
		uint32_t read = whole * 1000;
		if (*rest == '.')
			for (rest++; *rest >= '0' && *rest <= '9'; rest++, scale /= 10)
				read += (uint32_t)(*rest - '0') * scale;
		assert_int_equal(read, um);
		assert_true(rest[-1] != '0' || um % 1000 == 0);
	}
}

static void the_card_says_who_set_a_limit(void **state)
{
	struct stp_contribution by = { .from = STP_FROM_CEILING, .from_name = "forehead" };
	struct stp_zone_plan *plan = cheeks();
	struct sheet_blocks blocks;

	(void)state;
	plan->settings[STP_DEPTH].limit_high.by = &by;
	blocks = card();
	assert_true(stands_under(&blocks, "Cheeks",
				 "Depth: 0.5 to 1.25 mm, start at 0.5 mm, limit 2 mm "
				 "(the ceiling of forehead). Source: proposal U."));
}

static void the_card_counts_proposals(void **state)
{
	struct sheet_blocks blocks = card();

	(void)state;
	assert_true(
		find_block(
			&blocks, 0,
			"1 rule of this treatment rests on a proposal that no source confirms.") <
		blocks.count);
	f->care[0].origin.cites = f->protocol.screens[2].origin.cites;
	f->care[0].origin.span.begin = 7; /* another statement than that of the screening */
	blocks = card();
	assert_true(
		find_block(
			&blocks, 0,
			"2 rules of this treatment rest on a proposal that no source confirms.") <
		blocks.count);
}

static void the_card_groups_screening_by_level(void **state)
{
	struct sheet_blocks blocks = card();

	(void)state;
	assert_true(stands_under(&blocks, "Exclude", "Pregnancy. Source: leaflet B."));
	assert_true(
		stands_under(&blocks, "Exclude",
			     "A skin infection, in the area to be treated. Source: leaflet B."));
	assert_true(stands_under(&blocks, "Exclude", "Age below 22. Source: leaflet B."));
	assert_true(stands_under(&blocks, "Wait",
				 "Wait 6 months after isotretinoin tablets. "
				 "Source: proposal U."));
}

static void the_card_says_who_says_otherwise(void **state)
{
	struct stp_differing differs = { .source = &f->sources[0], .text = "14 days" };
	struct stp_screen_rule screen = f->protocol.screens[0];

	(void)state;
	screen.origin.differing = &differs;
	screen.origin.differing_count = 1;
	screen.origin.said = "a few days";
	f->protocol.screens = &screen;
	f->protocol.screen_count = 1;
	assert_non_null(strstr(sheet_card(f), "Source: leaflet B. But leaflet B says 14 days. "
					      "The source's own words: a few days."));
}

static void the_card_says_what_the_label_covers(void **state)
{
	struct stp_device device = *f->protocol.device;
	struct stp_device_label label = { .treats = &f->terms[TERM_SCARS],
					  .zone = f->protocol.zones[0].zone,
					  .depth_to_um = 1500,
					  .when = &f->dark_skin };
	struct stp_zone_plan *plan = cheeks();
	struct sheet_blocks blocks;

	(void)state;
	blocks = card();
	assert_true(stands_under(&blocks, "What the device's label covers",
				 "The maker's label of this device is not known, "
				 "so this use has not been evaluated."));
	device.labels = &label;
	device.label_count = 1;
	f->protocol.device = &device;
	blocks = card();
	assert_true(stands_under(&blocks, "What the device's label covers",
				 "Skin type V to VI: acne scars, cheeks, depth to 1.5 mm."));
	assert_true(stands_under(&blocks, "What the device's label covers",
				 "The label does not cover this treatment of: cheeks."));
	plan->settings[STP_DEPTH].limit_high.value = 1500;
	blocks = card();
	assert_null(
		strstr(sheet_card(f), "The label covers every zone")); /* for some clients only */
	assert_null(strstr(sheet_card(f), "The label does not cover"));
	label.when = NULL;
	blocks = card();
	assert_true(stands_under(&blocks, "What the device's label covers",
				 "The label covers every zone of this treatment."));
}

/* The drawing has the depth that nobody may pass, and a cross where nobody treats. */
static void the_map_says_how_deep(void **state)
{
	struct stp_zone cheeks_zone = *f->protocol.zones[0].zone;
	struct stp_zone eyelids = *f->protocol.zones[1].zone;
	struct stp_zone_plan *plans = cheeks();

	(void)state;
	plans[0].zone = &cheeks_zone;
	plans[1].zone = &eyelids;
	cheeks_zone.outline = "M10,10 20,10 20,20.5 10,20ZM30,10 40,10 40,20Z";
	f->options.format = STP_HTML;
	assert_null(strstr(sheet_card(f), "<svg"));
	eyelids.outline = "M10,30a8,4.5 0 1,0 16,0a8,4.5 0 1,0 -16,0Z";
	const char *html = sheet_card(f);
	assert_non_null(strstr(html, "viewBox=\"7.0 7.0 36.0 30.5\""));
	assert_non_null(strstr(html, "x=\"150\" y=\"168\""));
	assert_non_null(strstr(html, ">2</text>"));
	assert_non_null(strstr(html, "d=\"M160,280l40,40m0,-40l-40,40\""));
	assert_non_null(strstr(html, "We treat: cheeks: 2 mm. We do not treat: eyelids."));
	eyelids.outline = "M10,30C1,2 3,4 5,6"; /* curves are not followed */
	assert_null(strstr(sheet_card(f), "<svg"));
	eyelids.outline = "\"><script>";
	assert_null(strstr(sheet_card(f), "<script>"));
}

static void the_markdown_says_what_the_tree_says(void **state)
{
	const char *markdown = sheet_card(f);
	char *read = cmark_markdown_to_html(markdown, strlen(markdown), CMARK_OPT_DEFAULT);

	(void)state;
	f->options.format = STP_FRAGMENT;
	assert_non_null(strstr(sheet_card(f), read));
	free(read);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_card_says_the_settings_of_a_zone),
		TEST(the_card_says_what_is_tighter_for_whom),
		TEST(what_zones_share_stands_once),
		TEST(depths_are_exact),
		TEST(the_card_says_who_set_a_limit),
		TEST(the_card_counts_proposals),
		TEST(the_card_groups_screening_by_level),
		TEST(the_card_says_who_says_otherwise),
		TEST(the_card_says_what_the_label_covers),
		TEST(the_map_says_how_deep),
		TEST(the_markdown_says_what_the_tree_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
