/* SPDX-License-Identifier: Apache-2.0 */
/* See fixture_sheet.h. Written down by parts: vocabulary, rules, protocol, clinic, language. */
#include "fixture_sheet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/library.h"
#include "syntax/syntax.h"

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

/* ---- vocabulary ---- */

static const struct {
	enum stp_term_kind kind;
	const char *name, *label, *note, *because, *instruction;
} words[SHEET_TERMS] = {
	[TERM_MAKEUP] = { STP_PRODUCT, "makeup", "make-up", NULL, "it can get into the tiny wounds",
			  NULL },
	[TERM_RETINOIDS] = { STP_PRODUCT, "retinoids", "retinoids", "creams with vitamin A",
			     "they can irritate the skin", NULL },
	[TERM_ACIDS] = { STP_PRODUCT, "acids", "acids", NULL, "they can irritate the skin", NULL },
	[TERM_SUNSCREEN] = { STP_PRODUCT, "sunscreen", "sunscreen", NULL,
			     "healing skin burns easily", NULL },
	[TERM_GEL] = { STP_PRODUCT, "gel", "the gel that we give you", NULL, NULL, NULL },
	[TERM_SUN] = { STP_ACTIVITY, "sun", "direct sun", NULL, "sun can darken the skin",
		       "stay in direct sun" },
	[TERM_EXERCISE] = { STP_ACTIVITY, "exercise", "hard exercise", NULL, "sweat can sting",
			    "exercise hard" },
	[TERM_PICKING] = { STP_ACTIVITY, "picking", "picking", NULL, "it can leave marks",
			   "pick your skin" },
	[TERM_WATER] = { STP_CARE, "water", "drinking water", NULL, "moist skin responds better",
			 "drink plenty of water" },
	[TERM_ASPIRIN] = { STP_MEDICINE, "aspirin", "aspirin that nobody prescribed", NULL,
			   "it can add to bruising", NULL },
	[TERM_ANTIVIRAL] = { STP_MEDICINE, "antiviral", "medicine to prevent cold sores", NULL,
			     NULL, NULL },
	[TERM_NUMBING_CREAM] = { STP_MEDICINE, "numbing_cream", "numbing cream", NULL, NULL, NULL },
	[TERM_ISOTRETINOIN] = { STP_MEDICINE, "isotretinoin", "isotretinoin tablets", NULL,
				"skin may heal badly after it", NULL },
	[TERM_LASER] = { STP_PROCEDURE, "laser", "laser treatment", NULL,
			 "your skin needs time to heal", NULL },
	[TERM_PREGNANCY] = { STP_CONDITION, "pregnancy", "pregnancy", NULL,
			     "there is too little research", NULL },
	[TERM_INFECTION] = { STP_CONDITION, "infection", "a skin infection", NULL,
			     "needles can spread it", NULL },
	[TERM_COLD_SORES] = { STP_CONDITION, "cold_sores", "cold sores", NULL, NULL, NULL },
	[TERM_REDNESS] = { STP_EFFECT, "redness", "redness", NULL, NULL, NULL },
	[TERM_FLAKING] = { STP_EFFECT, "flaking", "flaking skin", NULL, NULL, NULL },
	[TERM_MILIA] = { STP_EFFECT, "milia", "milia", "tiny, hard white bumps", NULL, NULL },
	[TERM_PUS] = { STP_SIGN, "pus", "pus or yellow fluid", NULL, NULL, NULL },
	[TERM_BREATHING] = { STP_SIGN, "breathing", "trouble breathing", NULL, NULL, NULL },
	[TERM_SCARS] = { STP_INDICATION, "scars", "acne scars", NULL, NULL, NULL },
};

static void make_terms(struct sheet_fixture *f)
{
	const struct stp_term **list = stp_alloc_array(f->context, SHEET_TERMS, sizeof *list);

	for (size_t i = 0; i < SHEET_TERMS; i++) {
		f->terms[i] = (struct stp_term){ .kind = words[i].kind,
						 .name = words[i].name,
						 .label = words[i].label,
						 .note = words[i].note,
						 .because = words[i].because,
						 .instruction = words[i].instruction,
						 .index = (uint32_t)i };
		list[i] = &f->terms[i];
	}
	f->model.terms = list;
	f->model.term_count = SHEET_TERMS;
}

static void make_sources(struct sheet_fixture *f)
{
	const struct stp_citation **list = stp_alloc_array(f->context, 2, sizeof *list);

	f->sources[0] = (struct stp_citation){ .name = "leaflet",
					       .label = "A hospital's leaflet",
					       .grade = STP_GRADE_B,
					       .address = "https://hospital.example/leaflet" };
	f->sources[1] = (struct stp_citation){
		.name = "proposal", .label = "A proposal", .grade = STP_GRADE_U, .index = 1
	};
	list[0] = &f->sources[0];
	list[1] = &f->sources[1];
	f->model.citations = list;
	f->model.citation_count = 2;
}

static void make_dark_skin(struct sheet_fixture *f)
{
	static const char *const names[] = { "I", "II", "III", "IV", "V", "VI" };
	struct stp_condition_term *term = stp_alloc(f->context, sizeof *term);

	f->skin_type = (struct stp_factor){ .name = "skin_type",
					    .label = "skin type",
					    .if_phrase = "you have skin type {value}",
					    .ordered = true,
					    .value_count = COUNT(names),
					    .from_session = 1 };
	for (size_t i = 0; i < COUNT(names); i++)
		f->skin_type.values[i].name = names[i];
	*term = (struct stp_condition_term){ &f->skin_type, 0x30 };
	f->dark_skin = (struct stp_condition){ .terms = term,
					       .term_count = 1,
					       .session_low = 1,
					       .session_high = STP_ANY_HIGH,
					       .age_high = STP_ANY_HIGH,
					       .depth_high_um = STP_ANY_DEPTH };
}

/* ---- rules ---- */

static struct stp_provenance cites(struct sheet_fixture *f, size_t source)
{
	const struct stp_citation **list = stp_alloc(f->context, sizeof *list);

	*list = &f->sources[source];
	return (struct stp_provenance){ .cites = list, .cite_count = 1 };
}

struct stp_care_rule *sheet_rule(struct sheet_fixture *f, enum stp_verb verb, bool after,
				 enum sheet_term term)
{
	struct stp_care_rule *rule = &f->care[f->protocol.care_count++];
	const struct stp_term **terms = stp_alloc(f->context, sizeof *terms);

	assert_true(f->protocol.care_count <= SHEET_CARE_MAX);
	*terms = &f->terms[term];
	*rule = (struct stp_care_rule){
		.verb = verb, .after = after, .terms = terms, .term_count = 1, .origin = cites(f, 0)
	};
	return rule;
}

void sheet_no_rules(struct sheet_fixture *f)
{
	f->protocol.care_count = 0;
}

static void add_second_term(struct sheet_fixture *f, struct stp_care_rule *rule,
			    enum sheet_term second)
{
	const struct stp_term **terms = stp_alloc_array(f->context, 2, sizeof *terms);

	terms[0] = rule->terms[0];
	terms[1] = &f->terms[second];
	rule->terms = terms;
	rule->term_count = 2;
}

static void make_before(struct sheet_fixture *f)
{
	struct stp_care_rule *stop = sheet_rule(f, STP_STOP, false, TERM_RETINOIDS);
	struct stp_care_rule *ask = sheet_rule(f, STP_ASK_PRESCRIBER, false, TERM_ANTIVIRAL);

	stop->window.from = (struct stp_duration){ 5, STP_DAY };
	add_second_term(f, stop, TERM_ACIDS);
	ask->window.from = (struct stp_duration){ 2, STP_DAY };
	ask->only_for = &f->terms[TERM_COLD_SORES];
	sheet_rule(f, STP_AVOID, false, TERM_SUN)->window.from =
		(struct stp_duration){ 48, STP_HOUR };
	sheet_rule(f, STP_DO, false, TERM_WATER)->window.from = (struct stp_duration){ 2, STP_DAY };
	sheet_rule(f, STP_AVOID, false, TERM_MAKEUP)->window.on_the_day = true;
}

static void make_after(struct sheet_fixture *f)
{
	struct stp_care_rule *sunscreen, *picking;

	sheet_rule(f, STP_ONLY, true, TERM_GEL)->window.to = (struct stp_duration){ 6, STP_HOUR };
	sheet_rule(f, STP_AVOID, true, TERM_MAKEUP)->window.to =
		(struct stp_duration){ 24, STP_HOUR };
	sheet_rule(f, STP_AVOID, true, TERM_EXERCISE)->window.to =
		(struct stp_duration){ 72, STP_HOUR };
	sheet_rule(f, STP_AVOID, true, TERM_SUN)->window.to = (struct stp_duration){ 2, STP_WEEK };
	sunscreen = sheet_rule(f, STP_USE, true, TERM_SUNSCREEN);
	sunscreen->window.from = (struct stp_duration){ 24, STP_HOUR };
	sunscreen->window.to = (struct stp_duration){ 2, STP_WEEK };
	sunscreen->every = (struct stp_duration){ 2, STP_HOUR };
	sunscreen->how = "when you are outdoors";
	add_second_term(f, sheet_rule(f, STP_RESUME, true, TERM_RETINOIDS), TERM_ACIDS);
	f->care[f->protocol.care_count - 1].window.from = (struct stp_duration){ 5, STP_DAY };
	picking = sheet_rule(f, STP_AVOID, true, TERM_PICKING);
	picking->window.until_effect = &f->terms[TERM_FLAKING];
	picking->window.usually_by = (struct stp_duration){ 4, STP_DAY };
	picking->window.at_least = (struct stp_duration){ 5, STP_DAY };
	sheet_rule(f, STP_AVOID, true, TERM_LASER)->window.to =
		(struct stp_duration){ 2, STP_WEEK };
	f->care[f->protocol.care_count - 1].when = &f->dark_skin;
}

static void make_screens(struct sheet_fixture *f)
{
	struct stp_screen_rule *screens = stp_alloc_array(f->context, 4, sizeof *screens);

	screens[0] = (struct stp_screen_rule){ .level = STP_EXCLUDE,
					       .term = &f->terms[TERM_PREGNANCY],
					       .origin = cites(f, 0) };
	screens[1] = (struct stp_screen_rule){ .level = STP_EXCLUDE,
					       .scope = STP_AREA,
					       .term = &f->terms[TERM_INFECTION],
					       .origin = cites(f, 0) };
	screens[2] = (struct stp_screen_rule){ .level = STP_WAIT,
					       .term = &f->terms[TERM_ISOTRETINOIN],
					       .wait = { 6, STP_MONTH },
					       .wait_limit = { 6, STP_MONTH },
					       .origin = cites(f, 1) };
	screens[3] = (struct stp_screen_rule){ .level = STP_EXCLUDE,
					       .age_below = 22,
					       .origin = cites(f, 0) };
	f->protocol.screens = screens;
	f->protocol.screen_count = 4;
}

static void make_course_of_healing(struct sheet_fixture *f)
{
	struct stp_expectation *expects = stp_alloc_array(f->context, 2, sizeof *expects);
	struct stp_help_rule *helps = stp_alloc_array(f->context, 4, sizeof *helps);

	expects[0] = (struct stp_expectation){ .effect = &f->terms[TERM_REDNESS],
					       .to_low = { 24, STP_HOUR },
					       .to_high = { 48, STP_HOUR } };
	expects[1] = (struct stp_expectation){ .effect = &f->terms[TERM_FLAKING],
					       .from = { 2, STP_DAY },
					       .to_low = { 4, STP_DAY },
					       .to_high = { 4, STP_DAY } };
	f->protocol.expects = expects;
	f->protocol.expect_count = 2;
	helps[0] = (struct stp_help_rule){ .urgency = STP_ASK_US, .sign = &f->terms[TERM_MILIA] };
	helps[1] = (struct stp_help_rule){ .urgency = STP_CALL_US, .sign = &f->terms[TERM_PUS] };
	helps[2] = (struct stp_help_rule){ .urgency = STP_CALL_US,
					   .sign = &f->terms[TERM_REDNESS],
					   .over = { 3, STP_DAY } };
	helps[3] = (struct stp_help_rule){ .urgency = STP_CALL_EMERGENCY,
					   .sign = &f->terms[TERM_BREATHING] };
	f->protocol.helps = helps;
	f->protocol.help_count = 4;
}

/* ---- protocol ---- */

static struct stp_setting depth_setting(struct sheet_fixture *f)
{
	struct stp_contribution *by = stp_alloc(f->context, sizeof *by);
	struct stp_provenance *origin = stp_alloc(f->context, sizeof *origin);

	*origin = cites(f, 1);
	*by = (struct stp_contribution){ .from = STP_FROM_PROTOCOL, .origin = origin };
	return (struct stp_setting){ .said = true,
				     .range_low = { 500, by },
				     .range_high = { 1250, by },
				     .limit_low = { 0, by },
				     .limit_high = { 2000, by },
				     .start = { 500, by } };
}

static void make_zones(struct sheet_fixture *f)
{
	struct stp_zone *zones = stp_alloc_array(f->context, 2, sizeof *zones);
	struct stp_zone_plan *plans = stp_alloc_array(f->context, 2, sizeof *plans);
	struct stp_contribution *dark = stp_alloc_array(f->context, 1, sizeof *dark);

	zones[0] = (struct stp_zone){ .name = "cheeks", .label = "cheeks" };
	zones[1] = (struct stp_zone){ .name = "eyelids", .label = "eyelids", .index = 1 };
	plans[0] = (struct stp_zone_plan){ .zone = &zones[0], .patterns = 0x3, .endpoints = 0x1 };
	plans[0].settings[STP_DEPTH] = depth_setting(f);
	plans[0].pattern_counts[STP_VERTICAL] = 2;
	dark[0] = (struct stp_contribution){ .setting = STP_DEPTH,
					     .side = STP_RANGE_HIGH,
					     .value = 750,
					     .from = STP_FROM_WHEN,
					     .when = &f->dark_skin };
	plans[0].contributions = dark;
	plans[0].contribution_count = 1;
	plans[1] = (struct stp_zone_plan){ .zone = &zones[1], .never = true };
	f->protocol.zones = plans;
	f->protocol.zone_count = 2;
}

static void make_statements(struct sheet_fixture *f)
{
	struct stp_statement *all = stp_alloc_array(f->context, 4, sizeof *all);

	all[0].text = "Scars may look shallower.";
	all[1] = (struct stp_statement){ .text = "dark patches", .one_in = 6 };
	all[2].text = "a skin infection";
	all[3].text = "How long the results last.";
	f->protocol.benefits = &all[0];
	f->protocol.benefit_count = 1;
	f->protocol.risks = &all[1];
	f->protocol.risk_count = 2;
	f->protocol.unknowns = &all[3];
	f->protocol.unknown_count = 1;
}

static void make_protocol(struct sheet_fixture *f)
{
	struct stp_device *device = stp_alloc(f->context, sizeof *device);
	const struct stp_protocol **list = stp_alloc(f->context, sizeof *list);

	*device = (struct stp_device){ .name = "pen", .label = "a pen, 2.5 mm" };
	f->protocol.name = "acne_scars";
	f->protocol.label = "Acne scars on the face";
	f->protocol.version[0] = 1;
	f->protocol.updated = (struct stp_date){ 2026, 11, 21 };
	f->protocol.treats = &f->terms[TERM_SCARS];
	f->protocol.device = device;
	f->protocol.message = "Keep your skin out of the sun and let it heal.";
	f->protocol.course = (struct stp_course){ .sessions_low = 3,
						  .sessions_high = 6,
						  .apart_low = { 4, STP_WEEK },
						  .apart_high = { 6, STP_WEEK } };
	f->protocol.visit_low = (struct stp_duration){ 30, STP_MINUTE };
	f->protocol.visit_high = (struct stp_duration){ 60, STP_MINUTE };
	f->protocol.anaesthetic =
		(struct stp_anaesthetic){ .medicine = &f->terms[TERM_NUMBING_CREAM],
					  .least = { 60, STP_MINUTE },
					  .longest = { 120, STP_MINUTE } };
	f->protocol.care = f->care;
	*list = &f->protocol;
	f->model.protocols = list;
	f->model.protocol_count = 1;
}

/* ---- clinic and language ---- */

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct stp_phrase *)a)->name, ((const struct stp_phrase *)b)->name);
}

static void add_phrases(struct sheet_fixture *f, const struct stp_node *language)
{
	const struct stp_node *block = stp_child(language, STP_N_BLOCK);
	struct stp_phrase *phrases =
		stp_alloc_array(f->context, stp_count_of(block, STP_N_PHRASE), sizeof *phrases);
	size_t count = 0;

	for (const struct stp_node *each = stp_child(block, STP_N_PHRASE); each;
	     each = stp_next_of(each, STP_N_PHRASE))
		phrases[count++] = (struct stp_phrase){
			.name = stp_child(each, STP_N_NAME)->text,
			.text = stp_child(each, STP_N_TEXT)->text,
			.span = each->span,
		};
	qsort(phrases, count, sizeof *phrases, by_name);
	f->language.phrases = phrases;
	f->language.phrase_count = count;
}

/* The shipped phrases, from the library inside the program. */
static void make_language(struct sheet_fixture *f)
{
	static const char name[] = "std/languages/en";

	f->language.name = "en";
	f->language.label = "English";
	for (size_t i = 0; i < stp_library_count; i++)
		if (strcmp(stp_library[i].name, name) == 0) {
			const struct stp_source *source = stp_source_from_memory(
				f->context, name, stp_library[i].text, stp_library[i].length);

			add_phrases(f,
				    stp_child(stp_parse(f->context, source)->root, STP_N_LANGUAGE));
		}
	assert_true(f->language.phrase_count > 0);
}

struct sheet_fixture *sheet_fixture(struct stp_context *context)
{
	struct sheet_fixture *f = stp_alloc(context, sizeof *f);

	f->context = context;
	make_terms(f);
	make_sources(f);
	make_dark_skin(f);
	make_before(f);
	make_after(f);
	make_screens(f);
	make_course_of_healing(f);
	make_zones(f);
	make_statements(f);
	make_protocol(f);
	make_language(f);
	f->clinic = (struct stp_clinic){ .name = "harbour",
					 .label = "Harbour Clinic",
					 .telephone = "020 7946 0123",
					 .after_hours = "call 111 at any hour",
					 .emergency = "999" };
	f->options.language = &f->language;
	f->options.clinic = &f->clinic;
	return f;
}

void sheet_set_phrase(struct sheet_fixture *f, const char *name, const char *text)
{
	struct stp_phrase *phrases =
		stp_alloc_array(f->context, f->language.phrase_count, sizeof *phrases);
	size_t count = 0;

	for (size_t i = 0; i < f->language.phrase_count; i++) {
		phrases[count] = f->language.phrases[i];
		if (strcmp(phrases[count].name, name) == 0)
			phrases[count].text = text;
		count += phrases[count].text != NULL;
	}
	f->language.phrases = phrases;
	f->language.phrase_count = count;
}

/* ---- making sheets ---- */

const char *sheet_handout(struct sheet_fixture *f)
{
	struct stp_string out;

	stp_string_init(&out, f->context);
	bool done = stp_emit_handout(f->context, &f->model, &f->protocol, &f->options, &out);
	if (!done)
		print_error("%s\n", stp_diagnostics(f->context)->message);
	assert_true(done);
	return out.text;
}

const char *sheet_card(struct sheet_fixture *f)
{
	struct stp_string out;

	stp_string_init(&out, f->context);
	assert_true(stp_emit_card(f->context, &f->model, &f->protocol, &f->options, &out));
	return out.text;
}

bool sheet_refused(struct sheet_fixture *f, enum stp_diagnostic_id id)
{
	struct stp_string out;

	stp_string_init(&out, f->context);
	return !stp_emit_handout(f->context, &f->model, &f->protocol, &f->options, &out) &&
	       stp_diagnostics(f->context) && stp_diagnostics(f->context)->id == id;
}
