/* SPDX-License-Identifier: Apache-2.0 */
/* The settings of each zone, for every client and for some, and who says so. */
#include "emit/card.h"

#include <string.h>

static const char *setting_name(const struct stp_sheet *sheet, enum stp_setting_id setting)
{
	return stp_say(&sheet->words, STP_PHRASE_setting_depth + (unsigned)setting, NULL);
}

/* ---- for every client ---- */

static const char *limit_words(const struct stp_sheet *sheet, enum stp_setting_id id,
			       const struct stp_setting *setting)
{
	const char *limit = SAY(
		sheet, setting_limit, "value",
		stp_setting_words(sheet, id, setting->limit_high.value, setting->limit_high.value),
		NULL);
	const char *setter = stp_setter_words(sheet, setting->limit_high.by);

	return setter ? SAY(sheet, setting_set_by, "value", limit, "setter", setter, NULL) : limit;
}

static const char *all_of_setting(const struct stp_sheet *sheet, enum stp_setting_id id,
				  const struct stp_setting *setting)
{
	const char *said = SAY(
		sheet, label_value, "label", setting_name(sheet, id), "value",
		stp_setting_words(sheet, id, setting->range_low.value, setting->range_high.value),
		NULL);

	if (setting->start.by)
		said = SAY(sheet, list_next, "list", said, "item",
			   SAY(sheet, setting_start, "value",
			       stp_setting_words(sheet, id, setting->start.value,
						 setting->start.value),
			       NULL),
			   NULL);
	if (setting->step.by)
		said = SAY(
			sheet, list_next, "list", said, "item",
			SAY(sheet, setting_step, "value",
			    stp_setting_words(sheet, id, setting->step.value, setting->step.value),
			    NULL),
			NULL);
	return SAY(sheet, list_next, "list", said, "item", limit_words(sheet, id, setting), NULL);
}

/* The statement that speaks of the range; the device's own bounds are not worth a source here. */
static const struct stp_provenance *range_origin(const struct stp_setting *setting)
{
	if (setting->range_high.by && setting->range_high.by->from != STP_FROM_DEVICE)
		return setting->range_high.by->origin;
	return setting->range_low.by ? setting->range_low.by->origin : NULL;
}

static void add_settings(struct stp_sheet *sheet, const struct stp_zone_plan *plan)
{
	for (int id = 0; id < STP_SETTINGS; id++) {
		const struct stp_setting *setting = &plan->settings[id];

		if (setting->said)
			stp_bullet(&sheet->document,
				   stp_with_sources(
					   sheet,
					   all_of_setting(sheet, (enum stp_setting_id)id, setting),
					   range_origin(setting)));
	}
}

static void add_set(struct stp_sheet *sheet, enum stp_phrase_id label, const char *value,
		    const struct stp_provenance *origin)
{
	if (value)
		stp_bullet(&sheet->document,
			   stp_with_sources(sheet,
					    SAY(sheet, label_value, "label",
						stp_say(&sheet->words, label, NULL), "value", value,
						NULL),
					    origin));
}

/* ---- for some clients ---- */

/* What is left of a setting for some clients: "depth to 1 mm". */
static const char *bound_words(const struct stp_sheet *sheet,
			       const struct stp_contribution *contribution)
{
	static const enum stp_phrase_id phrases[STP_BOUND_SIDES] = {
		[STP_RANGE_LOW] = STP_PHRASE_bound_from,
		[STP_RANGE_HIGH] = STP_PHRASE_bound_to,
		[STP_LIMIT_LOW] = STP_PHRASE_bound_limit_from,
		[STP_LIMIT_HIGH] = STP_PHRASE_bound_limit_to,
		[STP_START] = STP_PHRASE_bound_start,
		[STP_STEP] = STP_PHRASE_bound_step,
	};

	return stp_say(&sheet->words, phrases[contribution->side], "setting",
		       setting_name(sheet, contribution->setting), "value",
		       stp_setting_words(sheet, contribution->setting, contribution->value,
					 contribution->value),
		       NULL);
}

/* A bound of the range that is said for some clients comes with the same limit: say it once. */
static bool repeats(const struct stp_zone_plan *plan, size_t index)
{
	const struct stp_contribution *this = &plan->contributions[index];

	for (size_t i = 0; i < plan->contribution_count; i++) {
		const struct stp_contribution *other = &plan->contributions[i];
		bool range_of_limit =
			(this->side == STP_LIMIT_HIGH && other->side == STP_RANGE_HIGH) ||
			(this->side == STP_LIMIT_LOW && other->side == STP_RANGE_LOW);

		if (range_of_limit && other->setting == this->setting &&
		    other->value == this->value && other->when == this->when)
			return true;
	}
	return false;
}

static const char *for_client(const struct stp_sheet *sheet, const struct stp_condition *when,
			      const char *what)
{
	return SAY(sheet, client_bound, "client", stp_client_words(sheet, when), "bound", what,
		   NULL);
}

static void add_tighter(struct stp_bullet_list *list, const struct stp_zone_plan *plan)
{
	struct stp_sheet *sheet = list->sheet;

	for (size_t i = 0; i < plan->contribution_count; i++) {
		const struct stp_contribution *each = &plan->contributions[i];

		if (each->when && !repeats(plan, i))
			stp_bullets_add(list, STP_GROUP_HEALTH,
					stp_with_sources(sheet,
							 for_client(sheet, each->when,
								    bound_words(sheet, each)),
							 each->origin));
	}
}

static void add_sets(struct stp_bullet_list *list, const struct stp_zone_plan *plan)
{
	struct stp_sheet *sheet = list->sheet;

	for (size_t i = 0; i < plan->set_count; i++) {
		const struct stp_set_contribution *set = &plan->sets[i];
		bool patterns = set->set == STP_PATTERN_SET;
		const char *members = patterns ? stp_pattern_words(sheet, set->members, NULL)
					       : stp_endpoint_words(sheet, set->members);
		const char *label = patterns ? SAY(sheet, setting_pattern, NULL)
					     : SAY(sheet, setting_endpoint, NULL);

		if (set->when && members)
			stp_bullets_add(
				list, STP_GROUP_HEALTH,
				stp_with_sources(sheet,
						 for_client(sheet, set->when,
							    SAY(sheet, label_value, "label", label,
								"value", members, NULL)),
						 set->origin));
	}
}

static void add_for_some(struct stp_sheet *sheet, const struct stp_zone_plan *plan)
{
	struct stp_bullet_list list;

	stp_bullets_begin(&list, sheet);
	for (size_t i = 0; i < plan->never_when_count; i++)
		stp_bullets_add(
			&list, STP_GROUP_HEALTH,
			stp_sentence(&sheet->words, for_client(sheet, plan->never_when[i],
							       SAY(sheet, zone_never, NULL))));
	add_tighter(&list, plan);
	add_sets(&list, plan);
	if (list.count > 0)
		stp_sheet_heading(sheet, 4, STP_PHRASE_heading_for_some);
	stp_bullets_end(&list, 5);
}

static void add_zone(struct stp_sheet *sheet, const struct stp_zone_plan *plan)
{
	const struct stp_zone *zone = plan->zone;

	stp_heading(&sheet->document, 3,
		    stp_capital(&sheet->words,
				stp_label_words(&sheet->words, zone->name, zone->label)));
	if (plan->never) {
		stp_bullet(&sheet->document,
			   stp_with_sources(sheet, SAY(sheet, zone_never, NULL), &plan->origin));
		return;
	}
	add_settings(sheet, plan);
	add_set(sheet, STP_PHRASE_setting_pattern,
		stp_pattern_words(sheet, plan->patterns, plan->pattern_counts),
		plan->pattern_origin);
	add_set(sheet, STP_PHRASE_setting_endpoint, stp_endpoint_words(sheet, plan->endpoints),
		plan->endpoint_origin);
	add_for_some(sheet, plan);
}

void stp_card_zones(struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = sheet->protocol;

	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_settings);
	stp_sheet_sentences(sheet, SAY(sheet, settings_intro, NULL),
			    SAY(sheet, settings_endpoint, NULL));
	for (size_t i = 0; i < protocol->zone_count; i++)
		add_zone(sheet, &protocol->zones[i]);
}
