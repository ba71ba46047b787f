/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is less for some clients of a zone: each statement under a `when`, as it is written and as
 * it results there. What is wider than what holds for these clients anyway results in nothing,
 * since the device keeps the tighter. Language reference, "How rules meet".
 */
#include "emit/card.h"

#include "model/boxes.h"

const char *stp_setting_name(const struct stp_sheet *sheet, enum stp_setting_id setting)
{
	return stp_say(&sheet->words, STP_PHRASE_setting_depth + (unsigned)setting, NULL);
}

const char *stp_bound_words(const struct stp_sheet *sheet,
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

	if (contribution->side == STP_STEP && contribution->value == 0)
		return SAY(sheet, bound_no_step, "setting",
			   stp_setting_name(sheet, contribution->setting), NULL);
	return stp_say(&sheet->words, phrases[contribution->side], "setting",
		       stp_setting_name(sheet, contribution->setting), "value",
		       stp_setting_words(sheet, contribution->setting, contribution->value,
					 contribution->value),
		       NULL);
}

static bool is_tighter(enum stp_bound_side side, uint32_t value, uint32_t than)
{
	return side == STP_RANGE_LOW || side == STP_LIMIT_LOW ? value > than : value < than;
}

static const struct stp_bound *bound_for_all(const struct stp_setting *setting,
					     enum stp_bound_side side)
{
	switch (side) {
	case STP_RANGE_LOW: return &setting->range_low;
	case STP_RANGE_HIGH: return &setting->range_high;
	case STP_LIMIT_LOW: return &setting->limit_low;
	case STP_LIMIT_HIGH: return &setting->limit_high;
	case STP_START: return &setting->start;
	default: return &setting->step;
	}
}

/* Of a bound that is wider than what holds for all these clients, the device keeps the tighter. */
static bool decides(const struct stp_zone_plan *plan, const struct stp_contribution *this)
{
	const struct stp_bound *for_all = bound_for_all(&plan->settings[this->setting], this->side);

	if (for_all->by && !is_tighter(this->side, this->value, for_all->value))
		return false;
	for (size_t i = 0; i < plan->contribution_count; i++) {
		const struct stp_contribution *other = &plan->contributions[i];

		if (other->when && other->setting == this->setting && other->side == this->side &&
		    is_tighter(this->side, other->value, this->value) &&
		    stp_box_within(this->when, other->when))
			return false;
	}
	return true;
}

static const char *for_client(const struct stp_sheet *sheet, const struct stp_condition *when,
			      const char *what)
{
	return SAY(sheet, client_bound, "client", stp_client_words(sheet, when), "bound", what,
		   NULL);
}

static void add_result(struct stp_some_list *list, const char *text, const char *written)
{
	list->results = stp_grow(list->written.sheet->context, list->results, list->count,
				 &list->room, sizeof *list->results);
	list->results[list->count++] = (struct stp_result){ text, written };
}

/* What is written is what results. */
static void add_plain(struct stp_some_list *list, const char *text)
{
	stp_bullets_add(&list->written, STP_GROUP_HEALTH, text);
	add_result(list, text, text);
}

static const char *tighter_words(const struct stp_sheet *sheet, const struct stp_contribution *each)
{
	return stp_with_sources(sheet, for_client(sheet, each->when, stp_bound_words(sheet, each)),
				each->origin);
}

/* The bound with which this one was said: "depth to 1 mm" is a range and a limit. */
static const struct stp_contribution *said_with(const struct stp_zone_plan *plan, size_t index)
{
	const struct stp_contribution *this = &plan->contributions[index];

	for (size_t i = 0; i < plan->contribution_count; i++) {
		const struct stp_contribution *other = &plan->contributions[i];
		bool range_of_limit =
			(this->side == STP_LIMIT_HIGH && other->side == STP_RANGE_HIGH) ||
			(this->side == STP_LIMIT_LOW && other->side == STP_RANGE_LOW);

		if (range_of_limit && other->setting == this->setting &&
		    other->value == this->value && other->when == this->when)
			return other;
	}
	return NULL;
}

/* Where the range of these clients is as narrow anyway, the limit that was said with it is left. */
static void add_tighter(struct stp_some_list *list, const struct stp_zone_plan *plan)
{
	const struct stp_sheet *sheet = list->written.sheet;

	for (size_t i = 0; i < plan->contribution_count; i++) {
		const struct stp_contribution *each = &plan->contributions[i];
		const struct stp_contribution *range = said_with(plan, i);
		const char *written;

		if (!each->when)
			continue;
		written = tighter_words(sheet, range ? range : each);
		if (!range)
			stp_bullets_add(&list->written, STP_GROUP_HEALTH, written);
		if (decides(plan, each) && !(range && decides(plan, range)))
			add_result(list, tighter_words(sheet, each), written);
	}
}

static const char *set_words(const struct stp_sheet *sheet, const struct stp_set_contribution *set,
			     uint16_t members)
{
	bool patterns = set->set == STP_PATTERN_SET;
	const char *said = patterns ? stp_pattern_words(sheet, members, set->counts)
				    : stp_endpoint_words(sheet, members);
	const char *label =
		patterns ? SAY(sheet, setting_pattern, NULL) : SAY(sheet, setting_endpoint, NULL);

	if (!said)
		return NULL;
	said = SAY(sheet, label_value, "label", label, "value", said, NULL);
	return stp_with_sources(sheet, for_client(sheet, set->when, said), set->origin);
}

/* Movements that are not done in the zone anyway are none for these clients. */
static void add_sets(struct stp_some_list *list, const struct stp_zone_plan *plan)
{
	const struct stp_sheet *sheet = list->written.sheet;

	for (size_t i = 0; i < plan->set_count; i++) {
		const struct stp_set_contribution *set = &plan->sets[i];
		bool all = set->set != STP_PATTERN_SET || plan->patterns == 0;
		uint16_t left = all ? set->members : set->members & plan->patterns;
		const char *written = set->when ? set_words(sheet, set, set->members) : NULL;

		if (!written)
			continue;
		stp_bullets_add(&list->written, STP_GROUP_HEALTH, written);
		add_result(list, set_words(sheet, set, left), written);
	}
}

void stp_card_for_some(struct stp_some_list *list, const struct stp_zone_plan *plan)
{
	const struct stp_sheet *sheet = list->written.sheet;

	for (size_t i = 0; i < plan->never_when_count; i++)
		add_plain(list, stp_with_sources(sheet,
						 for_client(sheet, plan->never_when[i].when,
							    SAY(sheet, zone_never, NULL)),
						 plan->never_when[i].origin));
	add_tighter(list, plan);
	add_sets(list, plan);
}
