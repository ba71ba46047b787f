/* SPDX-License-Identifier: Apache-2.0 */
/* See fixture_model.h. Written down by parts: vocabulary, device, zones, rules, protocol. */
#include "fixture_model.h"
#include "emit/words.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

enum {
	PREGNANCY,
	KELOID,
	ANTICOAGULANTS,
	ISOTRETINOIN,
	METAL_ALLERGY,
	SUN,
	RETINOIDS,
	REDNESS,
	LIDOCAINE,
	MAKEUP,
	TERMS
};
enum { FACE, CHEEKS, FOREHEAD, EYELIDS, ZONES };
enum {
	SKIN_TYPE,
	OPERATOR,
	ASK_PREGNANCY,
	ASK_KELOID,
	ASK_ANTICOAGULANTS,
	ASK_ISOTRETINOIN,
	ASK_SPOT,
	PRIOR_REACTION,
	FACTORS
};

struct fixture {
	struct stp_model model;
	struct stp_term terms[TERMS];
	const struct stp_term *term_list[TERMS];
	struct stp_zone zones[ZONES];
	const struct stp_zone *zone_list[ZONES];
	struct stp_factor factors[FACTORS];
	const struct stp_factor *factor_list[FACTORS];
	struct stp_device device;
	const struct stp_device *device_list[1];
	struct stp_protocol protocol;
	const struct stp_protocol *protocol_list[1];
	struct stp_zone_plan plans[3];
	struct stp_contribution contributions[2][4];
	struct stp_condition dark_skin, first_session, pregnant, reacted, adult, light_skin;
	struct stp_condition_term dark_terms[1], pregnant_terms[1], reacted_terms[1];
	struct stp_condition_term light_terms[2];
	struct stp_term indication;
	struct stp_device_label labels[2];
	struct stp_set_contribution sets[1];
	struct stp_never never_when[1];
	struct stp_screen_rule screens[7];
	struct stp_care_rule care[4];
	const struct stp_term *care_terms[4];
	struct stp_expectation expects[1];
	const struct stp_factor *asked[FACTORS];
	struct stp_provenance origin;
	struct stp_language english, spanish;
	struct stp_phrase phrases[STP_PHRASES + STP_COUNTED_PHRASES * STP_PLURAL_CLASSES];
	struct stp_translation translations[TERMS + ZONES + 4 * FACTORS + 8];
	const struct stp_language *language_list[2];
};

static void make_terms(struct fixture *f)
{
	static const struct {
		const char *name, *label;
		enum stp_term_kind kind;
	} words[TERMS] = {
		{ "pregnancy", "pregnancy", STP_CONDITION },
		{ "keloid_history", "a history of keloids", STP_CONDITION },
		{ "anticoagulants", "blood thinners", STP_MEDICINE },
		{ "isotretinoin", "isotretinoin", STP_MEDICINE },
		{ "mole", "a mole", STP_CONDITION },
		{ "sun_exposure", "sun exposure", STP_ACTIVITY },
		{ "retinoids", "retinoids", STP_PRODUCT },
		{ "redness", "redness", STP_EFFECT },
		{ "lidocaine_prilocaine", "numbing cream", STP_MEDICINE },
		{ "makeup", "make-up", STP_PRODUCT },
	};

	for (size_t i = 0; i < TERMS; i++) {
		f->terms[i].name = words[i].name;
		f->terms[i].label = words[i].label;
		f->terms[i].kind = words[i].kind;
		f->terms[i].index = (uint32_t)i;
		f->term_list[i] = &f->terms[i];
	}
}

static void make_zones(struct fixture *f)
{
	static const char *const names[ZONES] = { "face", "cheeks", "forehead", "eyelids" };

	for (size_t i = 0; i < ZONES; i++) {
		f->zones[i].name = names[i];
		f->zones[i].label = names[i];
		f->zones[i].parent = i == FACE ? NULL : &f->zones[FACE];
		f->zones[i].index = (uint32_t)i;
		f->zone_list[i] = &f->zones[i];
	}
}

static void make_factor(struct fixture *f, size_t at, const char *name, const char *asks,
			const char *const *values, size_t count)
{
	struct stp_factor *factor = &f->factors[at];

	factor->name = name;
	factor->asks = asks;
	factor->label = name;
	factor->value_count = (uint8_t)count;
	factor->from_session = 1;
	factor->index = (uint32_t)at;
	for (size_t i = 0; i < count; i++)
		factor->values[i].name = values[i];
	f->factor_list[at] = factor;
}

static void make_question(struct fixture *f, size_t at, size_t term, enum stp_scope scope)
{
	static const char *const answers[] = { "no", "yes" };

	make_factor(f, at, f->terms[term].name, f->terms[term].label, answers, 2);
	f->factors[at].yes_no = true;
	f->factors[at].condition = &f->terms[term];
	f->factors[at].scope = scope;
	if (scope == STP_SPOT)
		f->factors[at].name = "mole_at_spot";
}

static void make_factors(struct fixture *f)
{
	static const char *const types[] = { "I", "II", "III", "IV", "V", "VI" };
	static const char *const operators[] = { "assistant", "nurse", "doctor" };
	static const char *const reactions[] = { "none", "unresolved" };

	make_factor(f, SKIN_TYPE, "skin_type", "What is the skin type?", types, COUNT(types));
	make_factor(f, OPERATOR, "operator", "Who treats?", operators, COUNT(operators));
	f->factors[OPERATOR].ordered = true;
	make_question(f, ASK_PREGNANCY, PREGNANCY, STP_CLIENT);
	make_question(f, ASK_KELOID, KELOID, STP_CLIENT);
	make_question(f, ASK_ANTICOAGULANTS, ANTICOAGULANTS, STP_CLIENT);
	make_question(f, ASK_ISOTRETINOIN, ISOTRETINOIN, STP_CLIENT);
	make_question(f, ASK_SPOT, METAL_ALLERGY, STP_SPOT);
	make_factor(f, PRIOR_REACTION, "prior_reaction", "How did the skin react?", reactions,
		    COUNT(reactions));
	f->factors[PRIOR_REACTION].from_session = 2;
}

static void make_device(struct fixture *f)
{
	struct stp_device *device = &f->device;

	device->name = "pen_25";
	device->label = "Pen, 2.5 mm";
	device->depth_low_um = 250;
	device->depth_high_um = 2500;
	device->depth_step_um = 50;
	device->depth_tolerance_um = 50;
	device->rate_low_rpm = 4000;
	device->rate_high_rpm = 9000;
	device->rate_step_rpm = 100;
	device->passes_high = 8;
	device->needles[0] = 12;
	device->needles[1] = 36;
	device->needle_count = 2;
	f->device_list[0] = device;
}

static struct stp_condition any_client(void)
{
	const struct stp_condition any = { .session_low = 1,
					   .session_high = STP_ANY_HIGH,
					   .age_high = STP_ANY_HIGH,
					   .depth_high_um = STP_ANY_DEPTH };

	return any;
}

static void make_conditions(struct fixture *f)
{
	f->dark_terms[0].factor = &f->factors[SKIN_TYPE];
	f->dark_terms[0].values = 0x30;
	f->dark_skin = any_client();
	f->dark_skin.terms = f->dark_terms;
	f->dark_skin.term_count = 1;
	f->first_session = any_client();
	f->first_session.session_high = 1;
	f->pregnant_terms[0].factor = &f->factors[ASK_KELOID];
	f->pregnant_terms[0].values = 0x2;
	f->pregnant = any_client();
	f->pregnant.terms = f->pregnant_terms;
	f->pregnant.term_count = 1;
	f->pregnant.age_high = 30;
	f->pregnant.session_low = 2;
	f->reacted_terms[0].factor = &f->factors[PRIOR_REACTION];
	f->reacted_terms[0].values = 0x2;
	f->reacted = any_client();
	f->reacted.terms = f->reacted_terms;
	f->reacted.term_count = 1;
}

/* In the face adults to 1 mm; on the cheeks light skin without keloids, from the second session. */
static void make_labels(struct fixture *f)
{
	f->adult = any_client();
	f->adult.age_low = 22;
	f->light_terms[0].factor = &f->factors[SKIN_TYPE];
	f->light_terms[0].values = 0x07;
	f->light_terms[1].factor = &f->factors[ASK_KELOID];
	f->light_terms[1].values = 0x1;
	f->light_skin = any_client();
	f->light_skin.terms = f->light_terms;
	f->light_skin.term_count = 2;
	f->light_skin.session_low = 2;
	f->light_skin.age_low = 18;
	f->labels[0].zone = &f->zones[FACE];
	f->labels[0].when = &f->adult;
	f->labels[0].depth_to_um = 1000;
	f->labels[1].zone = &f->zones[CHEEKS];
	f->labels[1].when = &f->light_skin;
	f->labels[0].treats = f->labels[1].treats = &f->indication;
	f->device.labels = f->labels;
	f->device.label_count = COUNT(f->labels);
}

static struct stp_setting setting(uint32_t low, uint32_t high, uint32_t limit_low,
				  uint32_t limit_high, uint32_t start)
{
	const struct stp_setting made = { .said = true,
					  .range_low = { low, NULL },
					  .range_high = { high, NULL },
					  .limit_low = { limit_low, NULL },
					  .limit_high = { limit_high, NULL },
					  .start = { start, NULL } };

	return made;
}

static struct stp_contribution says(enum stp_bound_side side, uint32_t value,
				    const struct stp_condition *when)
{
	const struct stp_contribution made = { .setting = STP_DEPTH,
					       .side = side,
					       .value = value,
					       .from = STP_FROM_WHEN,
					       .when = when };

	return made;
}

static void make_plans(struct fixture *f)
{
	for (size_t i = 0; i < 2; i++) {
		struct stp_zone_plan *plan = &f->plans[i];

		plan->zone = &f->zones[CHEEKS + i];
		plan->settings[STP_PASSES] = setting(2, 4, 0, 4, 2);
		plan->settings[STP_RATE] = setting(6000, 7000, 4000, 7000, 6000);
		plan->patterns = 0x7;
		plan->pattern_origin = &f->origin;
		plan->endpoints = 0x1;
		plan->pattern_counts[STP_HORIZONTAL] = 2;
		plan->pattern_counts[STP_VERTICAL] = 1;
		plan->pattern_counts[STP_DIAGONAL] = 1;
		plan->contributions = f->contributions[i];
		f->contributions[i][0] = says(STP_RANGE_HIGH, 1000, &f->dark_skin);
		f->contributions[i][1] = says(STP_LIMIT_HIGH, 1000, &f->dark_skin);
		f->contributions[i][2] = says(STP_RANGE_HIGH, 750, &f->first_session);
		f->contributions[i][3] = says(STP_STEP, 0, &f->reacted);
		plan->contribution_count = 4;
	}
	f->plans[0].settings[STP_DEPTH] = setting(500, 1500, 250, 1500, 500);
	f->plans[1].settings[STP_DEPTH] = setting(250, 750, 250, 1000, 250);
	f->never_when[0].when = &f->pregnant;
	f->plans[0].never_when = f->never_when;
	f->plans[0].never_when_count = 1;
	f->sets[0].set = STP_PATTERN_SET;
	f->sets[0].members = 0x3;
	f->sets[0].counts[STP_HORIZONTAL] = f->sets[0].counts[STP_VERTICAL] = 2;
	f->sets[0].when = &f->dark_skin;
	f->plans[0].sets = f->sets;
	f->plans[0].set_count = 1;
	f->plans[2].zone = &f->zones[EYELIDS];
	f->plans[2].never = true;
}

static void make_screen(struct fixture *f, size_t at, enum stp_screen_level level, size_t question)
{
	struct stp_screen_rule *rule = &f->screens[at];

	rule->level = level;
	rule->question = &f->factors[question];
	rule->term = rule->question->condition;
	rule->scope = rule->question->scope;
}

static void make_rules(struct fixture *f)
{
	static const struct stp_duration months = { 6, STP_MONTH }, weeks = { 6, STP_WEEK };

	make_screen(f, 0, STP_EXCLUDE, ASK_PREGNANCY);
	make_screen(f, 1, STP_CAUTION, ASK_KELOID);
	make_screen(f, 2, STP_CLEAR, ASK_ANTICOAGULANTS);
	f->screens[2].with = "doctor";
	make_screen(f, 3, STP_WAIT, ASK_ISOTRETINOIN);
	f->screens[3].wait = months;
	f->screens[3].wait_limit = weeks;
	f->screens[3].with = "surgeon";
	make_screen(f, 4, STP_EXCLUDE, ASK_SPOT);
	f->screens[5].level = STP_EXCLUDE;
	f->screens[5].age_below = 22;
	make_screen(f, 6, STP_EXCLUDE, ASK_KELOID);
	f->screens[6].anaesthetic_only = true;
}

static void make_care(struct fixture *f)
{
	static const enum stp_verb verbs[] = { STP_AVOID, STP_STOP, STP_AVOID, STP_RESUME };
	static const size_t about[] = { SUN, RETINOIDS, MAKEUP, RETINOIDS };
	static const struct stp_duration times[] = {
		{ 48, STP_HOUR }, { 5, STP_DAY }, { 24, STP_HOUR }, { 5, STP_DAY }
	};

	for (size_t i = 0; i < 4; i++) {
		f->care_terms[i] = &f->terms[about[i]];
		f->care[i].verb = verbs[i];
		f->care[i].after = i >= 2;
		f->care[i].terms = &f->care_terms[i];
		f->care[i].term_count = 1;
		if (i == 2)
			f->care[i].window.to = times[i];
		else
			f->care[i].window.from = times[i];
	}
	f->care[2].when = &f->dark_skin;
	f->expects[0].effect = &f->terms[REDNESS];
	f->expects[0].to_low = times[2];
	f->expects[0].to_high = times[0];
}

static void make_protocol(struct fixture *f)
{
	static const struct stp_duration four = { 4, STP_WEEK }, six = { 6, STP_WEEK };
	static const struct stp_duration hour = { 60, STP_MINUTE }, two = { 120, STP_MINUTE };
	struct stp_protocol *protocol = &f->protocol;

	protocol->name = "acne_scars";
	protocol->label = "Acne scars, face";
	protocol->version[0] = 1;
	protocol->device = &f->device;
	protocol->treats = &f->indication;
	protocol->course.sessions_low = 3;
	protocol->course.sessions_high = 6;
	protocol->course.sessions_limit = 6;
	protocol->course.apart_low = four;
	protocol->course.apart_high = six;
	protocol->anaesthetic.medicine = &f->terms[LIDOCAINE];
	protocol->anaesthetic.least = hour;
	protocol->anaesthetic.longest = two;
	protocol->operator_factor = &f->factors[OPERATOR];
	protocol->operator_values = 0x6;
	protocol->zones = f->plans;
	protocol->zone_count = COUNT(f->plans);
	protocol->screens = f->screens;
	protocol->screen_count = COUNT(f->screens);
	protocol->care = f->care;
	protocol->care_count = COUNT(f->care);
	protocol->expects = f->expects;
	protocol->expect_count = COUNT(f->expects);
	for (size_t i = 0; i < FACTORS; i++)
		f->asked[i] = &f->factors[i];
	protocol->asked = f->asked;
	protocol->asked_count = FACTORS;
	f->protocol_list[0] = protocol;
}

static int by_name(const void *one, const void *other)
{
	return strcmp(((const struct stp_phrase *)one)->name,
		      ((const struct stp_phrase *)other)->name);
}

/* A phrase that says its own name, less what names its kind, and all that it has to. */
static void add_phrase(struct stp_context *context, struct fixture *f, const char *name,
		       const char *placeholders)
{
	struct stp_phrase *phrase = &f->phrases[f->english.phrase_count++];
	bool movement = strncmp(name, "pattern_", 8) == 0 || strncmp(name, "endpoint_", 9) == 0;
	struct stp_string text;

	stp_string_init(&text, context);
	stp_add(&text, movement ? strchr(name, '_') + 1 : name);
	for (; *placeholders != '\0'; placeholders += strspn(placeholders, " ")) {
		size_t length = strcspn(placeholders, " ");

		if (*placeholders != '?')
			stp_addf(&text, " {%.*s}", (int)length, placeholders);
		placeholders += length;
	}
	phrase->name = name;
	phrase->text = text.text;
}

static void add_counted(struct stp_context *context, struct fixture *f, const char *name)
{
	for (int class = 0; class < STP_PLURAL_CLASSES; class ++)
		add_phrase(context, f,
			   stp_format(context, "%s_%s", name, stp_plural_class_names[class]), "n");
}

static void make_phrases(struct stp_context *context, struct fixture *f)
{
#define STP_PHRASE(name, placeholders) add_phrase(context, f, #name, placeholders);
#define STP_COUNTED(name)              add_counted(context, f, #name);
#include "emit/phrases.def"
#undef STP_PHRASE
#undef STP_COUNTED
	qsort(f->phrases, f->english.phrase_count, sizeof f->phrases[0], by_name);
	f->english.phrases = f->spanish.phrases = f->phrases;
	f->spanish.phrase_count = f->english.phrase_count;
}

/* What is the same in the other language, but for the cheeks. */
static void translate(struct fixture *f, const char *english)
{
	struct stp_translation *translation = &f->translations[f->spanish.translation_count];

	if (english == NULL)
		return;
	f->spanish.translation_count++;
	translation->english = english;
	translation->in = "";
	translation->text =
		english == f->zones[CHEEKS].label ? "mejillas \"\xC3\xB1\" ?\?/" : english;
}

static int by_english(const void *one, const void *other)
{
	return strcmp(((const struct stp_translation *)one)->english,
		      ((const struct stp_translation *)other)->english);
}

static void make_languages(struct stp_context *context, struct fixture *f)
{
	make_phrases(context, f);
	for (size_t i = 0; i < TERMS; i++)
		translate(f, f->terms[i].label);
	for (size_t i = 0; i < ZONES; i++)
		translate(f, f->zones[i].label);
	for (size_t i = 0; i < FACTORS; i++) {
		translate(f, f->factors[i].asks);
		for (size_t j = 0; j < f->factors[i].value_count; j++)
			translate(f, f->factors[i].values[j].label);
	}
	translate(f, f->device.label);
	translate(f, f->protocol.label);
	translate(f, "doctor");
	translate(f, "surgeon");
	qsort(f->translations, f->spanish.translation_count, sizeof f->translations[0], by_english);
	f->english.name = "en";
	f->spanish.name = "es";
	f->spanish.translations = f->translations;
	f->language_list[0] = &f->english;
	f->language_list[1] = &f->spanish;
}

struct stp_model *fixture_model(struct stp_context *context)
{
	struct fixture *f = stp_alloc(context, sizeof *f);

	make_terms(f);
	make_zones(f);
	make_factors(f);
	make_device(f);
	make_conditions(f);
	make_labels(f);
	make_plans(f);
	make_rules(f);
	make_care(f);
	make_protocol(f);
	make_languages(context, f);
	f->model.terms = f->term_list;
	f->model.term_count = TERMS;
	f->model.zones = f->zone_list;
	f->model.zone_count = ZONES;
	f->model.factors = f->factor_list;
	f->model.factor_count = FACTORS;
	f->model.devices = f->device_list;
	f->model.device_count = 1;
	f->model.protocols = f->protocol_list;
	f->model.protocol_count = 1;
	f->model.languages = f->language_list;
	f->model.language_count = 2;
	return &f->model;
}

struct stp_protocol *fixture_protocol(struct stp_model *model)
{
	return &((struct fixture *)model)->protocol;
}
