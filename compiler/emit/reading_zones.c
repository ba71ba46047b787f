/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Settings read back. The model keeps each end of an interval apart, zone by zone; here those that
 * one statement said come together again, with all the zones for which it said them.
 */
#include "emit/reading.h"

#include <string.h>

#include "emit/card.h"

/* What one statement says of one setting, and where. */
struct saying {
	struct stp_reading *reading; /* NULL while it is gathered */
	const struct stp_contribution *first;
	bool has[STP_BOUND_SIDES];
	uint32_t value[STP_BOUND_SIDES];
	const struct stp_zone **zones;
	size_t zone_count;
};

static bool same_place(const struct stp_provenance *one, const struct stp_provenance *other)
{
	return one == other ||
	       (one != NULL && other != NULL && one->span.source != 0 &&
		one->span.source == other->span.source && one->span.begin == other->span.begin);
}

static bool same_saying(const struct stp_contribution *one, const struct stp_contribution *other)
{
	return one->setting == other->setting && one->when == other->when &&
	       same_place(one->origin, other->origin);
}

/* ---- zones in words ---- */

static size_t count_treated(const struct stp_protocol *protocol)
{
	size_t count = 0;

	for (size_t i = 0; i < protocol->zone_count; i++)
		count += !protocol->zones[i].never;
	return count;
}

static bool part_of_another(const struct stp_zone *zone, const struct stp_zone *const *zones,
			    size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (zones[i] != zone && stp_zone_within(zone, zones[i]))
			return true;
	return false;
}

/* "cheeks and chin"; a zone's parts go without saying; "all zones" where it is all of them. */
static const char *zones_words(struct stp_sheet *sheet, const struct stp_zone *const *zones,
			       size_t count)
{
	const char **items = stp_alloc_array(sheet->context, count + 1, sizeof *items);
	size_t named = 0;

	for (size_t i = 0; i < count; i++)
		if (!part_of_another(zones[i], zones, count))
			items[named++] =
				stp_label_words(&sheet->words, zones[i]->name, zones[i]->label);
	if (named > 1 && count == count_treated(sheet->protocol))
		return "all zones";
	return stp_list_and(&sheet->words, items, named);
}

/* ---- bounds in words ---- */

/* A device and a ceiling say limits alone, and so may a policy: then those are the range. */
static const char *range_words(struct stp_sheet *sheet, const struct saying *saying)
{
	bool range = saying->has[STP_RANGE_LOW] || saying->has[STP_RANGE_HIGH];
	enum stp_bound_side low_side = range ? STP_RANGE_LOW : STP_LIMIT_LOW;
	enum stp_bound_side high_side = range ? STP_RANGE_HIGH : STP_LIMIT_HIGH;
	enum stp_setting_id id = saying->first->setting;
	uint32_t low = saying->value[low_side], high = saying->value[high_side];
	const char *name = stp_setting_names[id];

	if (saying->has[low_side] && saying->has[high_side])
		return stp_format(sheet->context, "%s %s", name,
				  stp_setting_words(sheet, id, low, high));
	if (saying->has[high_side])
		return stp_format(sheet->context, "%s at most %s", name,
				  stp_setting_words(sheet, id, high, high));
	if (saying->has[low_side])
		return stp_format(sheet->context, "%s at least %s", name,
				  stp_setting_words(sheet, id, low, low));
	return name;
}

static void add_step(struct stp_sheet *sheet, const struct saying *saying, struct stp_string *out)
{
	uint32_t step = saying->value[STP_STEP];
	bool alone = out->length == strlen(stp_setting_names[saying->first->setting]);

	if (!saying->has[STP_STEP])
		return;
	stp_add(out, alone ? " " : ", ");
	if (step == 0)
		stp_add(out, "no more than in the last session");
	else
		stp_addf(out, "at most %s more than in the last session",
			 stp_setting_words(sheet, saying->first->setting, step, step));
}

/* The policy's word that for everybody stops lowest in the zone, below the limit; or NULL. */
static const struct stp_contribution *stopped_in(const struct stp_zone_plan *plan,
						 enum stp_setting_id setting, uint32_t limit)
{
	const struct stp_contribution *lowest = NULL;

	for (size_t i = 0; i < plan->contribution_count; i++) {
		const struct stp_contribution *at = &plan->contributions[i];

		if (at->from != STP_FROM_POLICY || at->when != NULL || at->setting != setting ||
		    at->side != STP_LIMIT_HIGH || at->said_value >= limit)
			continue;
		limit = at->said_value;
		lowest = at;
	}
	return lowest;
}

/* The same over all zones of the statement; whether it stops them all alike. */
static const struct stp_contribution *stopped_by(struct stp_sheet *sheet,
						 const struct saying *saying, bool *alike)
{
	const struct stp_contribution *lowest = NULL;
	size_t found = 0;

	*alike = true;
	for (size_t i = 0; i < sheet->protocol->zone_count; i++) {
		const struct stp_zone_plan *plan = &sheet->protocol->zones[i];
		const struct stp_contribution *at;

		if (found == saying->zone_count || saying->zones[found] != plan->zone)
			continue;
		found++;
		at = stopped_in(plan, saying->first->setting, saying->value[STP_LIMIT_HIGH]);
		*alike = *alike && at != NULL && (lowest == NULL || at->value == lowest->value);
		if (at != NULL && (lowest == NULL || at->value < lowest->value))
			lowest = at;
	}
	return lowest;
}

/* How far anybody may go: with a reason beyond the range, and then not at all. */
static void add_limit(struct stp_sheet *sheet, const struct saying *saying, struct stp_string *out)
{
	enum stp_setting_id id = saying->first->setting;
	uint32_t limit = saying->value[STP_LIMIT_HIGH], low = saying->value[STP_LIMIT_LOW];
	const struct stp_contribution *policy;
	const char *words;
	bool alike;

	if (saying->first->from == STP_FROM_DEVICE || saying->first->from == STP_FROM_CEILING)
		return;
	if (saying->has[STP_LIMIT_LOW] && low > 0)
		stp_addf(out, "; the device refuses below %s",
			 stp_setting_words(sheet, id, low, low));
	if (!saying->has[STP_LIMIT_HIGH])
		return;
	policy = stopped_by(sheet, saying, &alike);
	if (policy != NULL)
		limit = policy->value;
	words = stp_setting_words(sheet, id, limit, limit);
	if (policy != NULL && !alike) {
		stp_addf(out, "; in some of these zones the policy %s stops at %s",
			 policy->from_name, words);
		return;
	}
	if (saying->has[STP_RANGE_HIGH] && limit > saying->value[STP_RANGE_HIGH])
		stp_addf(out, "; may go to %s with a reason", words);
	stp_addf(out, "; the device refuses beyond %s", words);
	if (policy != NULL)
		stp_addf(out, ", by the policy %s", policy->from_name);
}

static const char *bounds_words(struct stp_sheet *sheet, const struct saying *saying)
{
	struct stp_string out;
	uint32_t start = saying->value[STP_START];

	stp_string_init(&out, sheet->context);
	stp_add(&out, range_words(sheet, saying));
	if (saying->has[STP_START])
		stp_addf(&out, ", start at %s",
			 stp_setting_words(sheet, saying->first->setting, start, start));
	add_step(sheet, saying, &out);
	add_limit(sheet, saying, &out);
	return out.text;
}

static const char *setter_words(struct stp_sheet *sheet, const struct saying *saying)
{
	const struct stp_contribution *by = saying->first;

	switch (by->from) {
	case STP_FROM_DEVICE: return stp_format(sheet->context, "the device %s", by->from_name);
	case STP_FROM_CEILING:
		return stp_format(sheet->context, "the ceiling of %s", by->from_name);
	case STP_FROM_POLICY:
		return stp_format(sheet->context, "%s, by the policy %s",
				  zones_words(sheet, saying->zones, saying->zone_count),
				  by->from_name);
	case STP_FROM_OVERRIDE:
		return stp_format(sheet->context, "%s, by an override",
				  zones_words(sheet, saying->zones, saying->zone_count));
	default: return zones_words(sheet, saying->zones, saying->zone_count);
	}
}

/* ---- gathering ---- */

static bool is_gathered(const struct stp_protocol *protocol, size_t plan_index, size_t index)
{
	const struct stp_contribution *now = &protocol->zones[plan_index].contributions[index];

	for (size_t i = 0; i <= plan_index; i++) {
		const struct stp_zone_plan *plan = &protocol->zones[i];
		size_t end = i == plan_index ? index : plan->contribution_count;

		for (size_t j = 0; j < end; j++)
			if (same_saying(&plan->contributions[j], now))
				return true;
	}
	return false;
}

/* A device that says nothing of the rate or of passes has a bound for them all the same. */
static bool is_said(const struct stp_contribution *at)
{
	return at->origin->span.source != 0;
}

/* The rows that say it: what holds for every client stands in the rows of the zone. */
static void add_elements(struct stp_sheet *sheet, struct stp_reading *reading,
			 const struct stp_zone_plan *plan, const struct stp_contribution *at)
{
	if (at->when != NULL)
		stp_reading_element(sheet, reading, at, "tightenings");
	else
		stp_reading_element(sheet, reading, plan,
				    at->setting == STP_DEPTH ? "depths" : "paces");
}

static void gather_plan(struct stp_sheet *sheet, struct saying *saying, struct stp_reading *reading,
			const struct stp_zone_plan *plan)
{
	bool says = false;

	for (size_t i = 0; i < plan->contribution_count; i++) {
		const struct stp_contribution *at = &plan->contributions[i];

		if (!same_saying(at, saying->first))
			continue;
		saying->has[at->side] = true;
		saying->value[at->side] = at->said_value;
		add_elements(sheet, reading, plan, at);
		says = true;
	}
	if (says)
		saying->zones[saying->zone_count++] = plan->zone;
}

/* One block may say several settings in one place: their sentences follow each other. */
static void add_sentence(struct stp_sheet *sheet, struct stp_reading *reading, const char *said)
{
	said = stp_sentence(&sheet->words, said);
	reading->sentence =
		reading->sentence == NULL ? said : stp_join(&sheet->words, reading->sentence, said);
}

static void read_setting(struct stp_sheet *sheet, struct stp_readings *readings,
			 const struct stp_contribution *first)
{
	const struct stp_protocol *protocol = sheet->protocol;
	struct saying saying = { .first = first };
	struct stp_reading *reading = stp_reading_at(sheet, readings, first->origin, first->when);

	saying.zones =
		stp_alloc_array(sheet->context, protocol->zone_count + 1, sizeof *saying.zones);
	reading->has_number = true;
	for (size_t i = 0; i < protocol->zone_count; i++)
		if (!protocol->zones[i].never)
			gather_plan(sheet, &saying, reading, &protocol->zones[i]);
	add_sentence(
		sheet, reading,
		stp_reading_when(sheet, first->when,
				 stp_format(sheet->context, "%s: %s", setter_words(sheet, &saying),
					    bounds_words(sheet, &saying))));
}

/* ---- movements, endpoints, never ---- */

static const char *set_words(struct stp_sheet *sheet, const struct stp_zone_plan *plan,
			     const struct stp_set_contribution *set)
{
	bool counted = set->when == NULL && set->members == plan->patterns;

	if (set->set == STP_ENDPOINT_SET)
		return stp_format(sheet->context, "stop when %s is seen",
				  stp_endpoint_words(sheet, set->members));
	return stp_format(sheet->context, "only the movements %s",
			  stp_pattern_words(sheet, set->members,
					    counted ? plan->pattern_counts : set->counts));
}

static bool same_set(const struct stp_set_contribution *one, const struct stp_set_contribution *two)
{
	return one->set == two->set && one->when == two->when &&
	       same_place(one->origin, two->origin);
}

static void read_set(struct stp_sheet *sheet, struct stp_readings *readings,
		     const struct stp_zone_plan *from, const struct stp_set_contribution *set)
{
	const struct stp_protocol *protocol = sheet->protocol;
	struct stp_reading *reading = stp_reading_at(sheet, readings, set->origin, set->when);
	const struct stp_zone **zones =
		stp_alloc_array(sheet->context, protocol->zone_count + 1, sizeof *zones);
	size_t count = 0;

	if (reading->sentence != NULL)
		return; /* read with the first of its zones */
	for (size_t i = 0; i < protocol->zone_count; i++) {
		const struct stp_zone_plan *plan = &protocol->zones[i];

		for (size_t j = 0; j < plan->set_count; j++) {
			if (plan->never || !same_set(&plan->sets[j], set))
				continue;
			zones[count++] = plan->zone;
			if (set->when != NULL)
				stp_reading_element(sheet, reading, &plan->sets[j], "tightenings");
			else
				stp_reading_element(sheet, reading, plan, "paces");
			break;
		}
	}
	add_sentence(sheet, reading,
		     stp_reading_when(sheet, set->when,
				      stp_format(sheet->context, "%s: %s",
						 zones_words(sheet, zones, count),
						 set_words(sheet, from, set))));
}

/* Zones of one `never` block, or of one `when`, share a reading. */
static void read_never(struct stp_sheet *sheet, struct stp_readings *readings,
		       const struct stp_zone_plan *plan)
{
	struct stp_reading *reading = stp_reading_at(sheet, readings, &plan->origin, NULL);

	stp_reading_element(sheet, reading, plan, "slots");
	add_sentence(
		sheet, reading,
		stp_format(sheet->context, "%s: never treated",
			   stp_label_words(&sheet->words, plan->zone->name, plan->zone->label)));
}

static bool is_never_when(const struct stp_zone_plan *plan, const struct stp_never *never,
			  size_t *index)
{
	for (*index = 0; *index < plan->never_when_count; (*index)++)
		if (plan->never_when[*index].origin == never->origin)
			return true;
	return false;
}

static void read_never_when(struct stp_sheet *sheet, struct stp_readings *readings,
			    const struct stp_never *never)
{
	const struct stp_protocol *protocol = sheet->protocol;
	const struct stp_zone **zones =
		stp_alloc_array(sheet->context, protocol->zone_count + 1, sizeof *zones);
	struct stp_reading *reading;
	size_t count = 0, index;

	reading = stp_reading_at(sheet, readings, never->origin, never->when);
	if (reading->sentence != NULL)
		return; /* read with the first of its zones */
	for (size_t i = 0; i < protocol->zone_count; i++) {
		const struct stp_zone_plan *plan = &protocol->zones[i];

		if (!is_never_when(plan, never, &index))
			continue;
		zones[count++] = plan->zone;
		stp_reading_element(sheet, reading, &plan->never_when[index], "tightenings");
	}
	add_sentence(sheet, reading,
		     stp_reading_when(sheet, never->when,
				      stp_format(sheet->context, "%s: not treated",
						 zones_words(sheet, zones, count))));
}

void stp_read_zones(struct stp_sheet *sheet, struct stp_readings *readings)
{
	const struct stp_protocol *protocol = sheet->protocol;

	for (size_t i = 0; i < protocol->zone_count; i++) {
		const struct stp_zone_plan *plan = &protocol->zones[i];

		if (plan->never) {
			read_never(sheet, readings, plan);
			continue;
		}
		for (size_t j = 0; j < plan->contribution_count; j++)
			if (is_said(&plan->contributions[j]) && !is_gathered(protocol, i, j))
				read_setting(sheet, readings, &plan->contributions[j]);
		for (size_t j = 0; j < plan->set_count; j++)
			read_set(sheet, readings, plan, &plan->sets[j]);
		for (size_t j = 0; j < plan->never_when_count; j++)
			read_never_when(sheet, readings, &plan->never_when[j]);
	}
}
