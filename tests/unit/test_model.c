/* SPDX-License-Identifier: Apache-2.0 */
/* The resolved model of small sources: that what is written is what the model holds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "model_source.h"

/* What every source below begins with. */
#define WORDS                                                                                      \
	"edition 1\n"                                                                              \
	"source study \"A study\" { grade A; address \"https://example.org\" }\n"                  \
	"source guess \"Ours\" { grade U }\n"                                                      \
	"indication scars \"scars\"\n"                                                             \
	"zone face \"face\" { ceiling 1.5 mm for pen cites study }\n"                              \
	"zone cheek \"cheek\" in face\n"                                                           \
	"zone temple \"temple\" in face { ceiling 0.7 mm for pen cites study }\n"                  \
	"zone lid in face\n"                                                                       \
	"zone limb\nzone arm in limb\nzone pit in limb { never because \"a nerve\" }\n"            \
	"zone knee\n"                                                                              \
	"product cream; product retinol in retinoids; product retinoids\n"                         \
	"product gel\n"                                                                            \
	"medicine numbing { anaesthetic for 1 to 2 h, amount to 60 g, area to 600 cm2, "           \
	"occlusion yes cites study; exclude allergy; asks \"Q\"; if \"I\" }\n"                     \
	"activity picking; effect flaking; effect redness; sign pus; care rest\n"                  \
	"condition fever { asks \"A fever?\"; if \"you have a fever\" }\n"                         \
	"condition allergy { asks \"Q\"; if \"I\" }; condition moles { asks \"Q\"; if \"I\" }\n"   \
	"factor skin { scale light, middle, dark }\n"                                              \
	"factor healed { choices well, badly; only when session from 2 }\n"                        \
	"factor operator { scale nurse, doctor }\n"                                                \
	"device pen { modality pen; depth 0.25 to 2.5 mm, step 0.25 mm cites study\n"              \
	"rate 5000 to 9000 rpm, step 500 rpm, tolerance 200 rpm cites study\n"                     \
	"passes to 9 cites study; needles 12, 36 cites study }\n"

#define HEAD "protocol p \"P\" {\nversion 1.2.3\ntreats scars\ndevice pen\n"

struct bench {
	struct stp_context context;
	const struct stp_model *model;
	const struct stp_protocol *protocol;
};

static int set_up(void **state)
{
	static struct bench bench;

	memset(&bench, 0, sizeof bench);
	stp_context_init(&bench.context, NULL);
	if (STP_GUARD(&bench.context))
		return 1;
	*state = &bench;
	return 0;
}

static int tear_down(void **state)
{
	stp_context_free(&((struct bench *)*state)->context);
	return 0;
}

/* A protocol with that body; there must be no fault. */
static struct bench *resolve(void **state, const char *body)
{
	struct bench *bench = *state;

	bench->model = resolve_text(&bench->context,
				    stp_format(&bench->context, WORDS HEAD "%s}\n", body));
	assert_string_equal(list_faults(&bench->context), "");
	assert_int_equal(bench->model->protocol_count, 1);
	bench->protocol = bench->model->protocols[0];
	return bench;
}

static const struct stp_zone_plan *plan_of(const struct bench *bench, const char *zone)
{
	for (size_t i = 0; i < bench->protocol->zone_count; i++)
		if (strcmp(bench->protocol->zones[i].zone->name, zone) == 0)
			return &bench->protocol->zones[i];
	return NULL;
}

static void assert_range(const struct stp_setting *setting, uint32_t low, uint32_t high)
{
	assert_int_equal(setting->range_low.value, low);
	assert_int_equal(setting->range_high.value, high);
}

static void assert_limit(const struct stp_setting *setting, uint32_t low, uint32_t high)
{
	assert_int_equal(setting->limit_low.value, low);
	assert_int_equal(setting->limit_high.value, high);
}

/* ---- settings ---- */

static void without_a_limit_there_is_no_leeway_above(void **state)
{
	const struct bench *bench =
		resolve(state, "zone knee { depth 0.5 to 1.5 mm cites study }\n");
	const struct stp_setting *depth = &plan_of(bench, "knee")->settings[STP_DEPTH];

	assert_true(depth->said);
	assert_range(depth, 500, 1500);
	assert_limit(depth, 250, 1500);
	assert_int_equal(depth->start.value, 500);
	assert_null(depth->step.by);
	assert_int_equal(depth->range_high.by->from, STP_FROM_PROTOCOL);
	assert_int_equal(depth->limit_low.by->from, STP_FROM_DEVICE);
}

static void a_limit_gives_leeway_and_may_have_a_floor(void **state)
{
	const struct bench *bench = resolve(
		state,
		"zone knee { depth 0.5 to 1.5 mm, start 0.75 mm, limit 2 mm, step 0.25 mm cites "
		"study\npasses 2 to 4, limit 2 to 6 cites study; rate 6000 rpm cites study }\n");
	const struct stp_zone_plan *plan = plan_of(bench, "knee");

	assert_range(&plan->settings[STP_DEPTH], 500, 1500);
	assert_limit(&plan->settings[STP_DEPTH], 250, 2000);
	assert_int_equal(plan->settings[STP_DEPTH].start.value, 750);
	assert_int_equal(plan->settings[STP_DEPTH].step.value, 250);
	assert_range(&plan->settings[STP_PASSES], 2, 4);
	assert_limit(&plan->settings[STP_PASSES], 2, 6);
	assert_range(&plan->settings[STP_RATE], 6000, 6000);
	assert_limit(&plan->settings[STP_RATE], 5000, 6000);
}

static void what_is_unsaid_is_the_device_s(void **state)
{
	const struct bench *bench = resolve(state, "zone knee { depth to 1 mm cites study }\n");
	const struct stp_zone_plan *plan = plan_of(bench, "knee");

	assert_range(&plan->settings[STP_DEPTH], 250, 1000);
	assert_false(plan->settings[STP_PASSES].said);
	assert_limit(&plan->settings[STP_PASSES], 1, 9);
	assert_false(plan->settings[STP_RATE].said);
	assert_limit(&plan->settings[STP_RATE], 5000, 9000);
}

static void patterns_meet_and_endpoints_join(void **state)
{
	const struct bench *bench = resolve(
		state,
		"every zone { pattern horizontal, vertical, diagonal; endpoint erythema }\n"
		"zone knee { depth to 1 mm cites study; pattern vertical 2, horizontal 2 cites "
		"study; passes 3 to 4 cites study; endpoint pinpoint_bleeding }\n");
	const struct stp_zone_plan *plan = plan_of(bench, "knee");

	assert_int_equal(plan->patterns, 1 << STP_HORIZONTAL | 1 << STP_VERTICAL);
	assert_int_equal(plan->pattern_counts[STP_VERTICAL], 2);
	assert_int_equal(plan->endpoints, 1 << STP_ERYTHEMA | 1 << STP_PINPOINT_BLEEDING);
}

/* ---- zones ---- */

static void naming_a_zone_treats_what_lies_in_it(void **state)
{
	const struct bench *bench =
		resolve(state, "zone face { depth 0.25 to 1.5 mm cites study }\n"
			       "zone lid { never }\n");

	/* The face itself cannot be chosen: it would stand for its lids too. */
	assert_int_equal(bench->protocol->zone_count, 3);
	assert_string_equal(bench->protocol->zones[0].zone->name, "cheek");
	assert_string_equal(bench->protocol->zones[1].zone->name, "temple");
	assert_string_equal(bench->protocol->zones[2].zone->name, "lid");
	assert_range(&plan_of(bench, "cheek")->settings[STP_DEPTH], 250, 1500);
	assert_true(plan_of(bench, "lid")->never);
	assert_null(plan_of(bench, "knee"));
}

static void a_ceiling_is_rounded_down_and_remembered(void **state)
{
	const struct bench *bench =
		resolve(state, "zone face { depth 0.25 to 1.5 mm cites study }\n");
	const struct stp_setting *depth = &plan_of(bench, "temple")->settings[STP_DEPTH];

	assert_range(depth, 250, 500);
	assert_int_equal(depth->limit_high.by->from, STP_FROM_CEILING);
	assert_int_equal(depth->limit_high.by->said_value, 700);
	assert_string_equal(depth->limit_high.by->from_name, "temple");
	assert_int_equal(count_of(&bench->context, STP_D_held_by_ceiling), 1);
}

static void a_nested_block_tightens(void **state)
{
	const struct bench *bench =
		resolve(state, "zone face { depth 0.25 to 1.5 mm cites study }\n"
			       "zone cheek { depth 0.5 to 1 mm cites study }\n");

	assert_range(&plan_of(bench, "cheek")->settings[STP_DEPTH], 500, 1000);
	assert_range(&plan_of(bench, "lid")->settings[STP_DEPTH], 250, 1500);
}

static void what_is_forbidden_as_a_whole_stays_said(void **state)
{
	const struct bench *bench = resolve(state, "zone knee { depth to 1 mm cites study }\n"
						   "zone face { never }\n");

	assert_int_equal(bench->protocol->zone_count, 5);
	assert_true(plan_of(bench, "face")->never);
	assert_true(plan_of(bench, "temple")->never);
}

static void a_declared_never_bars_every_protocol(void **state)
{
	const struct bench *bench = resolve(state, "zone limb { depth to 1 mm cites study }\n"
						   "when session 1 { every zone { never } }\n");

	assert_int_equal(bench->protocol->zone_count, 2);
	assert_true(plan_of(bench, "pit")->never);
	assert_string_equal(plan_of(bench, "pit")->origin.because, "a nerve");
	assert_false(plan_of(bench, "arm")->never);
	assert_int_equal(plan_of(bench, "arm")->never_when_count, 1);
	assert_int_equal(plan_of(bench, "pit")->never_when_count, 0);
}

/* ---- conditions ---- */

static void a_when_leaves_the_rest_as_it_is(void **state)
{
	const struct bench *bench = resolve(
		state,
		"zone knee { depth 0.5 to 1.5 mm cites study }\n"
		"screen { caution fever }\n"
		"when skin middle to dark and session 1 to 2 and not fever and age from 30 {\n"
		"every zone { depth to 1 mm, step 0 mm cites guess; pattern vertical }\n}\n"
		"when healed badly { zone knee { never } }\n");
	const struct stp_zone_plan *plan = plan_of(bench, "knee");
	const struct stp_contribution *last = &plan->contributions[plan->contribution_count - 1];

	assert_range(&plan->settings[STP_DEPTH], 500, 1500);
	assert_int_equal(plan->patterns, 0);
	assert_int_equal(last->side, STP_STEP);
	assert_int_equal(last->value, 0);
	assert_int_equal(last->from, STP_FROM_WHEN);
	assert_int_equal(last->when->term_count, 2);
	assert_string_equal(last->when->terms[0].factor->name, "skin");
	assert_int_equal(last->when->terms[0].values, 6);
	assert_string_equal(last->when->terms[1].factor->name, "fever");
	assert_int_equal(last->when->terms[1].values, 1);
	assert_int_equal(last->when->session_low, 1);
	assert_int_equal(last->when->session_high, 2);
	assert_int_equal(last->when->age_low, 30);
	assert_int_equal(last->when->age_high, STP_ANY_HIGH);
	assert_int_equal(plan->set_count, 1);
	assert_int_equal(plan->sets[0].members, 1 << STP_VERTICAL);
	assert_int_equal(plan->never_when_count, 1);
	assert_int_equal(plan->never_when[0].when->session_low, 2);
	assert_int_equal(bench->protocol->when_count, 2);
}

static void what_is_asked_is_listed_once(void **state)
{
	const struct bench *bench = resolve(
		state, "zone knee { depth 0.5 to 1.5 mm cites study }\noperator from doctor\n"
		       "screen { caution fever; exclude allergy; exclude moles at spot }\n"
		       "when fever and skin dark { every zone { depth to 1 mm cites study } }\n"
		       "when skin middle { every zone { depth to 1 mm cites study } }\n");
	static const char *const names[] = { "skin", "operator", "fever", "allergy",
					     "moles_at_spot" };

	assert_int_equal(bench->protocol->asked_count, 5);
	for (size_t i = 0; i < 5; i++)
		assert_string_equal(bench->protocol->asked[i]->name, names[i]);
	assert_string_equal(bench->protocol->asked[2]->asks, "A fever?");
	assert_string_equal(bench->protocol->asked[2]->if_phrase, "you have a fever");
	assert_true(bench->protocol->asked[2]->yes_no);
	assert_int_equal(bench->protocol->asked[4]->scope, STP_SPOT);
	assert_int_equal(bench->protocol->operator_values, 2);
}

static void conditions_may_and_must_hold(void **state)
{
	const struct bench *bench = resolve(
		state,
		"zone knee { depth 0.5 to 1.5 mm cites study }\n"
		"when skin middle to dark and session from 2 { every zone { depth to 1 mm cites "
		"study } }\n");
	const struct stp_condition *when = bench->protocol->whens[0];
	uint16_t values[64];
	struct stp_client client = { bench->model, values, 1, STP_ANY_HIGH, 0, STP_ANY_HIGH, 0 };

	memset(values, 0xff, sizeof values);
	values[when->terms[0].factor->index] = 7;
	assert_true(stp_may_hold(when, &client));
	assert_false(stp_must_hold(when, &client));
	values[when->terms[0].factor->index] = 4;
	assert_false(stp_must_hold(when, &client));
	client.session_low = 2;
	assert_true(stp_must_hold(when, &client));
	client.session_low = client.session_high = 1;
	assert_false(stp_may_hold(when, &client));
	assert_true(stp_may_hold(NULL, &client));
	assert_true(stp_must_hold(NULL, &client));
}

/* ---- the rest of a protocol ---- */

static void the_head_and_the_course(void **state)
{
	const struct bench *bench = resolve(
		state,
		"status approved by \"Dr A\" on 2026-01-02, review by 2027-01-02\n"
		"updated 2026-02-03\ntitle \"T\"\nmessage \"M\"\nsummary \"\"\"S\"\"\"\n"
		"benefit \"B\"\nrisk \"R\" 5 in 100 cites study\nrisk \"Q\", how often not known\n"
		"course 3 to 6 sessions, 4 to 6 weeks apart, then every 6 months, limit 8 sessions "
		"cites study but guess says 2 weeks\n"
		"visit 30 to 60 min cites study said \"an hour\"\n"
		"zone knee { depth 0.5 to 1.5 mm cites study }\n"
		"ask us for redness\ncall us for redness\ncall emergency for redness\n");
	const struct stp_protocol *protocol = bench->protocol;

	assert_int_equal(protocol->version[1], 2);
	assert_int_equal(protocol->status, STP_APPROVED);
	assert_string_equal(protocol->approved_by, "Dr A");
	assert_int_equal(protocol->review_by.year, 2027);
	assert_int_equal(protocol->updated.day, 3);
	assert_string_equal(protocol->message, "M");
	assert_int_equal(protocol->risks[0].one_in, 20);
	assert_int_equal(protocol->risks[1].one_in, 0);
	assert_int_equal(protocol->course.sessions_high, 6);
	assert_int_equal(protocol->course.sessions_limit, 8);
	assert_int_equal(protocol->course.apart_low.count, 4);
	assert_int_equal(protocol->course.apart_low.unit, STP_WEEK);
	assert_int_equal(protocol->course.then_every.unit, STP_MONTH);
	assert_int_equal(protocol->course.origin.differing_count, 1);
	assert_string_equal(protocol->course.origin.differing[0].text, "2 weeks");
	assert_string_equal(protocol->visit_origin.said, "an hour");
	assert_int_equal(protocol->visit_high.count, 60);
}

static void screening_has_levels_scopes_and_limits(void **state)
{
	const struct bench *bench = resolve(
		state, "zone knee { depth 0.5 to 1.5 mm cites study }\nscreen { cites study\n"
		       "exclude allergy in area, age below 22\n"
		       "wait 6 months, limit 6 weeks with doctor after numbing\n"
		       "clear fever with nurse; without anaesthetic for moles }\n");
	const struct stp_screen_rule *rules = bench->protocol->screens;

	assert_int_equal(bench->protocol->screen_count, 5);
	assert_int_equal(rules[0].scope, STP_AREA);
	assert_int_equal(rules[1].age_below, 22);
	assert_null(rules[1].question);
	assert_int_equal(rules[2].level, STP_WAIT);
	assert_int_equal(rules[2].wait.unit, STP_MONTH);
	assert_int_equal(rules[2].wait_limit.count, 6);
	assert_string_equal(rules[2].with, "doctor");
	assert_int_equal(rules[3].level, STP_CLEAR);
	assert_true(rules[4].anaesthetic_only);
	assert_int_equal(rules[1].origin.cite_count, 1);
}

static void windows_count_away_from_the_visit(void **state)
{
	const struct bench *bench = resolve(
		state,
		"zone knee { depth 0.5 to 1.5 mm cites study }\nexpect { cites study\n"
		"flaking from 2 to 4 days; redness for 24 to 48 h }\n"
		"before { cites study\nstop retinoids 5 days before; avoid picking on the day\n"
		"do rest from 8 weeks to 2 weeks before }\nafter { cites study\n"
		"resume retinoids after 5 days\nuse cream from 24 h to 2 weeks every 2 to 3 h\n"
		"avoid picking until flaking ends and at least 5 days\n"
		"use gel until 3 days daily 3 to 4 times how \"thinly\" }\n");
	const struct stp_care_rule *care = bench->protocol->care;

	assert_int_equal(bench->protocol->care_count, 7);
	assert_false(care[0].after);
	assert_int_equal(care[0].window.from.count, 5);
	assert_true(care[1].window.on_the_day);
	assert_int_equal(care[2].window.from.count, 8);
	assert_int_equal(care[2].window.to.count, 2);
	assert_int_equal(care[3].window.from.unit, STP_DAY);
	assert_int_equal(care[4].window.to.unit, STP_WEEK);
	assert_int_equal(care[4].every.count, 2);
	assert_int_equal(care[4].every_to.count, 3);
	assert_string_equal(care[5].window.until_effect->name, "flaking");
	assert_int_equal(care[5].window.usually_by.count, 4);
	assert_int_equal(care[5].window.at_least.count, 5);
	assert_int_equal(care[6].daily_high, 4);
	assert_string_equal(care[6].how, "thinly");
	assert_int_equal(bench->protocol->expects[0].from.count, 2);
	assert_int_equal(bench->protocol->expects[1].to_low.count, 24);
}

static void the_anaesthetic_keeps_within_its_medicine(void **state)
{
	const struct bench *bench = resolve(
		state, "zone knee { depth 0.5 to 1.5 mm cites study }\nscreen { exclude allergy }\n"
		       "anaesthetic numbing for 60 to 90 min, amount to 10 g, occlusion yes cites "
		       "study\n");
	const struct stp_anaesthetic *used = &bench->protocol->anaesthetic;

	assert_string_equal(used->medicine->name, "numbing");
	assert_int_equal(used->least.count, 60);
	assert_int_equal(used->longest.unit, STP_MINUTE);
	assert_int_equal(used->amount_limit_mg, 10000);
	assert_int_equal(used->area_limit_mm2, 60000);
	assert_true(used->occlusion_said && used->occlusion);
}

static void rules_on_the_depth_used_stand_after_it(void **state)
{
	const struct bench *bench = resolve(
		state, "zone knee { depth 0.5 to 1.5 mm cites study }\n"
		       "when depth over 1 mm { expect { redness for 3 days cites study } }\n"
		       "when depth to 1 mm { after { avoid cream for 24 h cites study } }\n"
		       "when depth over 0.5 mm { course 6 weeks apart cites study }\n");

	assert_int_equal(bench->protocol->expects[0].when->depth_low_um, 1001);
	assert_int_equal(bench->protocol->care[0].when->depth_high_um, 1000);
	assert_int_equal(bench->protocol->course_rules[0].when->depth_low_um, 501);
}

static void a_device_and_its_facts(void **state)
{
	const struct bench *bench = resolve(state, "zone knee { depth to 1 mm cites study }\n");
	const struct stp_device *device = bench->protocol->device;

	assert_int_equal(device->modality, STP_PEN);
	assert_int_equal(device->depth_step_um, 250);
	assert_int_equal(device->rate_tolerance_rpm, 200);
	assert_int_equal(device->passes_high, 9);
	assert_int_equal(device->needle_count, 2);
	assert_int_equal(device->needles[1], 36);
}

static void a_term_lies_within_its_parents(void **state)
{
	const struct bench *bench = resolve(state, "zone knee { depth to 1 mm cites study }\n");
	const struct stp_term *retinol = NULL, *retinoids = NULL;

	for (size_t i = 0; i < bench->model->term_count; i++) {
		const struct stp_term *term = bench->model->terms[i];

		assert_int_equal(term->index, i);
		if (strcmp(term->name, "retinol") == 0)
			retinol = term;
		if (strcmp(term->name, "retinoids") == 0)
			retinoids = term;
	}
	assert_ptr_equal(retinol->parent, retinoids);
	assert_true(stp_term_within(retinol, retinoids));
	assert_false(stp_term_within(retinoids, retinol));
}

static void numbers_without_a_citation_are_told(void **state)
{
	struct bench *bench = *state;

	resolve_text(&bench->context,
		     WORDS HEAD "cites study\n"
				"zone knee { depth to 1 mm }\nzone cheek { depth to 1 mm "
				"cites guess }\nzone lid { cites study; depth to 1 mm }\n}\n");
	assert_int_equal(count_of(&bench->context, STP_D_uncited), 1);
	assert_int_equal(count_of(&bench->context, STP_D_unverified), 1);
	assert_int_equal(stp_error_count(&bench->context), 0);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(without_a_limit_there_is_no_leeway_above),
		TEST(a_limit_gives_leeway_and_may_have_a_floor),
		TEST(what_is_unsaid_is_the_device_s),
		TEST(patterns_meet_and_endpoints_join),
		TEST(naming_a_zone_treats_what_lies_in_it),
		TEST(a_ceiling_is_rounded_down_and_remembered),
		TEST(a_nested_block_tightens),
		TEST(what_is_forbidden_as_a_whole_stays_said),
		TEST(a_declared_never_bars_every_protocol),
		TEST(a_when_leaves_the_rest_as_it_is),
		TEST(what_is_asked_is_listed_once),
		TEST(conditions_may_and_must_hold),
		TEST(the_head_and_the_course),
		TEST(screening_has_levels_scopes_and_limits),
		TEST(windows_count_away_from_the_visit),
		TEST(the_anaesthetic_keeps_within_its_medicine),
		TEST(rules_on_the_depth_used_stand_after_it),
		TEST(a_device_and_its_facts),
		TEST(a_term_lies_within_its_parents),
		TEST(numbers_without_a_citation_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
