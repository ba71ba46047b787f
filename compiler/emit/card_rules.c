/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rest of the card: screening, the anaesthetic, the course, what the device's label covers, and
 * what clients are told, each with its sources.
 */
#include "emit/card.h"

#include <string.h>

#include "model/boxes.h"
#include "model/policies.h"

/* ---- screening ---- */

/* The lists of screening rules; the last is about the anaesthetic alone. */
#define SCREEN_LISTS (STP_CAUTION + 2)

static unsigned screen_list(const struct stp_screen_rule *rule)
{
	return rule->anaesthetic_only ? SCREEN_LISTS - 1 : (unsigned)rule->level;
}

static const char *screened_words(const struct stp_sheet *sheet, const struct stp_screen_rule *rule)
{
	const struct stp_words *words = &sheet->words;

	if (!rule->term)
		return rule->age_below > 0 ? SAY(sheet, screen_age_below, "n",
						 stp_whole(words, rule->age_below), NULL)
					   : SAY(sheet, screen_age_over, "n",
						 stp_whole(words, rule->age_over), NULL);
	const char *term = stp_term_words(sheet, rule->term);
	if (rule->scope == STP_AREA)
		return SAY(sheet, screen_in_area, "term", term, NULL);
	if (rule->scope == STP_SPOT)
		return SAY(sheet, screen_at_spot, "term", term, NULL);
	return term;
}

static const char *screen_words(const struct stp_sheet *sheet, const struct stp_screen_rule *rule)
{
	const struct stp_words *words = &sheet->words;
	const char *said = screened_words(sheet, rule);

	if (rule->level == STP_WAIT)
		said = SAY(sheet, screen_wait, "said", stp_time_words(words, rule->wait), "terms",
			   said, NULL);
	if (rule->level == STP_WAIT && stp_duration_compare(rule->wait_limit, rule->wait) < 0)
		said = SAY(sheet, list_next, "list", said, "item",
			   SAY(sheet, setting_limit, "value",
			       stp_time_words(words, rule->wait_limit), NULL),
			   NULL);
	if (rule->with)
		said = SAY(sheet, screen_with, "rule", said, "role",
			   stp_label_words(words, rule->with, rule->with), NULL);
	if (rule->when)
		said = SAY(sheet, client_bound, "client", stp_client_words(sheet, rule->when),
			   "bound", said, NULL);
	return said;
}

void stp_card_screening(struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = sheet->protocol;

	if (protocol->screen_count == 0)
		return;
	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_screening);
	for (unsigned which = 0; which < SCREEN_LISTS; which++) {
		struct stp_bullet_list list;

		stp_bullets_begin(&list, sheet);
		for (size_t i = 0; i < protocol->screen_count; i++) {
			const struct stp_screen_rule *rule = &protocol->screens[i];

			if (screen_list(rule) == which)
				stp_bullets_add(&list, STP_GROUP_HEALTH,
						stp_with_sources(sheet, screen_words(sheet, rule),
								 &rule->origin));
		}
		if (list.count > 0)
			stp_sheet_heading(sheet, 3, STP_PHRASE_screen_exclude + which);
		stp_bullets_end(&list, 4);
	}
}

/* ---- what a policy decides ---- */

/* "set by the policy House rules", with what that cites. */
static const char *set_by(const struct stp_sheet *sheet, const char *value,
			  const struct stp_house_rule *rule)
{
	const char *policy =
		stp_label_words(&sheet->words, rule->policy->name, rule->policy->label);

	return stp_with_sources(sheet,
				SAY(sheet, setting_set_by, "value", value, "setter",
				    SAY(sheet, set_by_policy, "name", policy, NULL), NULL),
				&rule->origin);
}

/* A fact of the protocol's own, or one that a policy decides. */
static void add_fact(struct stp_sheet *sheet, enum stp_phrase_id label, const char *value,
		     const struct stp_house_rule *rule)
{
	if (!rule)
		stp_sheet_fact(sheet, label, value);
	else
		stp_bullet(&sheet->document,
			   set_by(sheet,
				  SAY(sheet, label_value, "label",
				      stp_say(&sheet->words, label, NULL), "value", value, NULL),
				  rule));
}

/* ---- the anaesthetic ---- */

static const char *grams(const struct stp_sheet *sheet, uint32_t mg)
{
	return SAY(sheet, unit_g, "n", stp_decimal(&sheet->words, mg, MG_DECIMALS), NULL);
}

static const char *square_centimetres(const struct stp_sheet *sheet, uint32_t mm2)
{
	return SAY(sheet, unit_cm2, "n", stp_decimal(&sheet->words, mm2, MM2_DECIMALS), NULL);
}

void stp_card_anaesthetic(struct stp_sheet *sheet)
{
	const struct stp_anaesthetic *anaesthetic = &sheet->protocol->anaesthetic;
	const struct stp_words *words = &sheet->words;

	if (!anaesthetic->medicine)
		return;
	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_anaesthetic);
	stp_bullet(&sheet->document,
		   stp_with_sources(sheet, stp_term_words(sheet, anaesthetic->medicine),
				    &anaesthetic->origin));
	add_fact(sheet, STP_PHRASE_anaesthetic_time,
		 stp_time_range(words, anaesthetic->least, anaesthetic->longest),
		 anaesthetic->time_by);
	if (anaesthetic->amount_limit_mg > 0)
		add_fact(sheet, STP_PHRASE_anaesthetic_amount,
			 grams(sheet, anaesthetic->amount_limit_mg), anaesthetic->amount_by);
	if (anaesthetic->area_limit_mm2 > 0)
		add_fact(sheet, STP_PHRASE_anaesthetic_area,
			 square_centimetres(sheet, anaesthetic->area_limit_mm2),
			 anaesthetic->area_by);
	if (anaesthetic->dose_mg > 0)
		stp_sheet_fact(sheet, STP_PHRASE_anaesthetic_dose,
			       SAY(sheet, anaesthetic_dose_on, "amount",
				   grams(sheet, anaesthetic->dose_mg), "area",
				   square_centimetres(sheet, anaesthetic->dose_mm2), NULL));
	if (anaesthetic->strength_hundredths > 0)
		stp_sheet_fact(sheet, STP_PHRASE_anaesthetic_strength,
			       SAY(sheet, unit_percent, "n",
				   stp_decimal(words, anaesthetic->strength_hundredths, 2), NULL));
	if (anaesthetic->occlusion_said)
		stp_sheet_fact(sheet, STP_PHRASE_anaesthetic_cover,
			       anaesthetic->occlusion ? SAY(sheet, answer_yes, NULL)
						      : SAY(sheet, answer_no, NULL));
}

/* ---- the course ---- */

/* Whether the rule decides how far apart sessions are for anybody: neither the whole course nor a
 * rule for all of these clients has them further apart. */
static bool decides_interval(const struct stp_protocol *protocol,
			     const struct stp_course_rule *rule)
{
	int64_t apart = stp_interval_seconds(rule->apart_low);

	if (!stp_rule_parts_sessions(rule, &protocol->course))
		return false;
	for (size_t i = 0; i < protocol->course_rule_count; i++) {
		const struct stp_course_rule *other = &protocol->course_rules[i];

		if (stp_interval_seconds(other->apart_low) > apart &&
		    stp_box_within(rule->when, other->when))
			return false;
	}
	return true;
}

/* What of a rule is stricter than the whole course; NULL where nothing is. */
static const char *course_rule_words(const struct stp_sheet *sheet,
				     const struct stp_course_rule *rule)
{
	const struct stp_course *course = &sheet->protocol->course;
	const struct stp_words *words = &sheet->words;
	const char *said = NULL, *limit = NULL;

	if (decides_interval(sheet->protocol, rule))
		said = stp_say(
			words,
			rule->house ? STP_PHRASE_course_apart_floor : STP_PHRASE_course_apart_some,
			"apart", stp_time_range(words, rule->apart_low, rule->apart_high), NULL);
	if (stp_rule_limits_sessions(rule, course))
		limit = SAY(sheet, label_value, "label", SAY(sheet, course_limit, NULL), "value",
			    stp_say_count(words, STP_COUNTED_visits, rule->sessions_limit), NULL);
	if (said && limit)
		said = SAY(sheet, list_next, "list", said, "item", limit, NULL);
	if (!said && !limit)
		return NULL;
	return SAY(sheet, client_bound, "client", stp_course_client_words(sheet, rule->when),
		   "bound", said ? said : limit, NULL);
}

static void add_course_rules(struct stp_sheet *sheet)
{
	for (size_t i = 0; i < sheet->protocol->course_rule_count; i++) {
		const struct stp_course_rule *rule = &sheet->protocol->course_rules[i];
		const char *said = course_rule_words(sheet, rule);

		if (!said)
			continue;
		stp_bullet(&sheet->document, rule->house
						     ? set_by(sheet, said, rule->house)
						     : stp_with_sources(sheet, said, rule->origin));
	}
}

/*
 * "3 visits, 4 to 6 weeks apart", or the half of it that is said; NULL when neither is. An interval
 * that a policy decides stands on a line of its own.
 */
static const char *course_words(const struct stp_sheet *sheet)
{
	const struct stp_course *course = &sheet->protocol->course;
	const struct stp_words *words = &sheet->words;
	const char *visits = NULL, *apart = NULL;

	if (course->sessions_high > 0)
		visits = stp_say_range(words, STP_COUNTED_visits, course->sessions_low,
				       course->sessions_high);
	if (course->apart_high.count > 0 && !course->apart_by)
		apart = stp_time_range(words, course->apart_low, course->apart_high);
	if (visits && apart)
		return SAY(sheet, course_apart, "visits", visits, "apart", apart, NULL);
	return apart ? SAY(sheet, course_apart_some, "apart", apart, NULL) : visits;
}

/* "At least 5 weeks apart", or "5 to 6 weeks apart" where more of the advice is left. */
static const char *house_interval_words(const struct stp_sheet *sheet)
{
	const struct stp_course *course = &sheet->protocol->course;
	bool floor =
		stp_interval_seconds(course->apart_high) <= stp_interval_seconds(course->apart_low);

	return stp_say(&sheet->words,
		       floor ? STP_PHRASE_course_apart_floor : STP_PHRASE_course_apart_some,
		       "apart",
		       stp_time_range(&sheet->words, course->apart_low,
				      floor ? course->apart_low : course->apart_high),
		       NULL);
}

/* Whether the device holds anything of a course, or anything of it is advised. */
static bool has_course(const struct stp_protocol *protocol)
{
	const struct stp_course *course = &protocol->course;

	return course->sessions_high > 0 || course->apart_high.count > 0 ||
	       course->sessions_limit > 0 || protocol->course_rule_count > 0 ||
	       protocol->visit_high.count > 0;
}

void stp_card_course(struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = sheet->protocol;
	const struct stp_course *course = &protocol->course;
	const struct stp_words *words = &sheet->words;

	const char *said = course_words(sheet);

	if (!has_course(protocol))
		return;
	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_course);
	if (said)
		stp_bullet(&sheet->document, stp_with_sources(sheet, said, &course->origin));
	if (course->apart_by)
		stp_bullet(&sheet->document,
			   set_by(sheet, house_interval_words(sheet), course->apart_by));
	if (course->sessions_limit > 0)
		add_fact(sheet, STP_PHRASE_course_limit,
			 stp_say_count(words, STP_COUNTED_visits, course->sessions_limit),
			 course->limit_by);
	add_course_rules(sheet);
	if (course->then_every.count > 0)
		stp_sheet_fact(sheet, STP_PHRASE_course_then,
			       stp_every_words(words, course->then_every, course->then_every));
	if (protocol->visit_high.count > 0)
		stp_bullet(&sheet->document,
			   stp_with_sources(sheet,
					    SAY(sheet, visit_length, "time",
						stp_time_range(words, protocol->visit_low,
							       protocol->visit_high),
						NULL),
					    &protocol->visit_origin));
}

/* ---- the device's label ---- */

static bool covers(const struct stp_protocol *protocol, const struct stp_device_label *label,
		   const struct stp_zone_plan *plan)
{
	uint32_t deepest = plan->settings[STP_DEPTH].limit_high.value;

	return protocol->treats && stp_term_within(protocol->treats, label->treats) &&
	       stp_zone_within(plan->zone, label->zone) &&
	       (label->depth_to_um == 0 || deepest <= label->depth_to_um);
}

static const char *label_words(const struct stp_sheet *sheet, const struct stp_device_label *label)
{
	const struct stp_words *words = &sheet->words;
	const char *said =
		SAY(sheet, label_use, "term", stp_term_words(sheet, label->treats), "zone",
		    stp_label_words(words, label->zone->name, label->zone->label), NULL);

	if (label->depth_to_um > 0)
		said = SAY(
			sheet, label_depth, "use", said, "value",
			stp_setting_words(sheet, STP_DEPTH, label->depth_to_um, label->depth_to_um),
			NULL);
	if (label->when)
		said = SAY(sheet, client_bound, "client", stp_client_words(sheet, label->when),
			   "bound", said, NULL);
	return said;
}

/* Of how many clients rows of the label speak in a zone. */
enum coverage { COVERED_FOR_NOBODY, COVERED_FOR_SOME, COVERED_FOR_ALL };

static enum coverage coverage_of(const struct stp_protocol *protocol,
				 const struct stp_zone_plan *plan)
{
	enum coverage found = COVERED_FOR_NOBODY;

	for (size_t i = 0; i < protocol->device->label_count; i++) {
		const struct stp_device_label *label = &protocol->device->labels[i];

		if (!covers(protocol, label, plan))
			continue;
		if (!label->when)
			return COVERED_FOR_ALL;
		found = COVERED_FOR_SOME;
	}
	return found;
}

/* The zones that no row covers to their limit. Rows for some clients say so in their bullets. */
static void add_uncovered(struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = sheet->protocol;
	const char **items =
		stp_alloc_array(sheet->context, protocol->zone_count + 1, sizeof *items);
	size_t count = 0, for_some = 0;

	for (size_t i = 0; i < protocol->zone_count; i++) {
		const struct stp_zone_plan *plan = &protocol->zones[i];
		enum coverage coverage = coverage_of(protocol, plan);

		if (plan->never)
			continue;
		for_some += coverage == COVERED_FOR_SOME;
		if (coverage == COVERED_FOR_NOBODY)
			items[count++] =
				stp_label_words(&sheet->words, plan->zone->name, plan->zone->label);
	}
	if (protocol->device->label_count == 0)
		stp_sheet_sentences(sheet, SAY(sheet, label_none, NULL), NULL);
	else if (count > 0)
		stp_sheet_sentences(sheet,
				    SAY(sheet, label_not, "terms",
					stp_list_and(&sheet->words, items, count), NULL),
				    NULL);
	else if (for_some == 0)
		stp_sheet_sentences(sheet, SAY(sheet, label_all, NULL), NULL);
}

void stp_card_label(struct stp_sheet *sheet)
{
	const struct stp_device *device = sheet->protocol->device;

	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_label);
	stp_sheet_sentences(sheet,
			    SAY(sheet, label_device, "device",
				stp_label_words(&sheet->words, device->name, device->label), NULL),
			    NULL);
	for (size_t i = 0; i < device->label_count; i++)
		stp_bullet(&sheet->document,
			   stp_with_sources(sheet, label_words(sheet, &device->labels[i]),
					    &device->labels[i].origin));
	add_uncovered(sheet);
}
