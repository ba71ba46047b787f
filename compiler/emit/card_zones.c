/* SPDX-License-Identifier: Apache-2.0 */
/* The settings of each zone, for every client and for some, and who says so. */
#include "emit/card.h"

#include <string.h>

static const char *setting_name(const struct stp_sheet *sheet, enum stp_setting_id setting)
{
	return stp_say(&sheet->words, STP_PHRASE_setting_depth + (unsigned)setting, NULL);
}

/* ---- for every client ---- */

/* With who set it, where that is not the protocol. */
static const char *set_by(const struct stp_sheet *sheet, const char *limit,
			  const struct stp_setting *setting)
{
	const char *setter = stp_setter_words(sheet, setting->limit_high.by);

	return setter ? SAY(sheet, setting_set_by, "value", limit, "setter", setter, NULL) : limit;
}

static const char *limit_value_words(const struct stp_sheet *sheet, enum stp_setting_id id,
				     const struct stp_setting *setting)
{
	const uint32_t limit = setting->limit_high.value;

	return set_by(sheet, stp_setting_words(sheet, id, limit, limit), setting);
}

static const char *limit_words(const struct stp_sheet *sheet, enum stp_setting_id id,
			       const struct stp_setting *setting)
{
	const uint32_t limit = setting->limit_high.value;

	return set_by(sheet,
		      SAY(sheet, setting_limit, "value", stp_setting_words(sheet, id, limit, limit),
			  NULL),
		      setting);
}

static const char *append(const struct stp_sheet *sheet, const char *list, const char *item)
{
	return SAY(sheet, list_next, "list", list, "item", item, NULL);
}

/* The depth says all its bounds; of the others a start and a limit that differ from the range. */
static const char *all_of_setting(const struct stp_sheet *sheet, enum stp_setting_id id,
				  const struct stp_setting *setting)
{
	const uint32_t start = setting->start.value;
	const char *said = SAY(
		sheet, label_value, "label", setting_name(sheet, id), "value",
		stp_setting_words(sheet, id, setting->range_low.value, setting->range_high.value),
		NULL);

	if (setting->start.by && (id == STP_DEPTH || start != setting->range_low.value))
		said = append(sheet, said,
			      SAY(sheet, setting_start, "value",
				  stp_setting_words(sheet, id, start, start), NULL));
	if (setting->step.by)
		said = append(
			sheet, said,
			SAY(sheet, setting_step, "value",
			    stp_setting_words(sheet, id, setting->step.value, setting->step.value),
			    NULL));
	if (id == STP_DEPTH || setting->limit_high.value != setting->range_high.value)
		said = append(sheet, said, limit_words(sheet, id, setting));
	return said;
}

/* The statement that speaks of the range; the device's own bounds are not worth a source here. */
static const struct stp_provenance *range_origin(const struct stp_setting *setting)
{
	if (setting->range_high.by && setting->range_high.by->from != STP_FROM_DEVICE)
		return setting->range_high.by->origin;
	return setting->range_low.by ? setting->range_low.by->origin : NULL;
}

static void add_settings(struct stp_bullet_list *list, const struct stp_zone_plan *plan)
{
	struct stp_sheet *sheet = list->sheet;

	for (int id = 0; id < STP_SETTINGS; id++) {
		const struct stp_setting *setting = &plan->settings[id];

		if (setting->said)
			stp_bullets_add(
				list, STP_GROUP_SKIN,
				stp_with_sources(
					sheet,
					all_of_setting(sheet, (enum stp_setting_id)id, setting),
					range_origin(setting)));
	}
}

static void add_set(struct stp_bullet_list *list, enum stp_phrase_id label, const char *value,
		    const struct stp_provenance *origin)
{
	const struct stp_sheet *sheet = list->sheet;

	if (value)
		stp_bullets_add(list, STP_GROUP_SKIN,
				stp_with_sources(sheet,
						 SAY(sheet, label_value, "label",
						     stp_say(&sheet->words, label, NULL), "value",
						     value, NULL),
						 origin));
}

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

	if (contribution->side == STP_STEP && contribution->value == 0)
		return SAY(sheet, bound_no_step, "setting",
			   setting_name(sheet, contribution->setting), NULL);
	return stp_say(&sheet->words, phrases[contribution->side], "setting",
		       setting_name(sheet, contribution->setting), "value",
		       stp_setting_words(sheet, contribution->setting, contribution->value,
					 contribution->value),
		       NULL);
}

/* What goes past the ceiling of a zone or past a protocol that is extended, and why. */
static void add_overrides(struct stp_bullet_list *list, const struct stp_zone_plan *plan)
{
	struct stp_sheet *sheet = list->sheet;

	for (size_t i = 0; i < plan->contribution_count; i++) {
		const struct stp_contribution *each = &plan->contributions[i];
		const struct stp_contribution *instead = each->instead;

		if (!instead || each->side != STP_LIMIT_HIGH)
			continue;
		stp_bullets_add(list, STP_GROUP_SKIN,
				stp_with_sources(
					sheet,
					SAY(sheet, card_override, "bound", bound_words(sheet, each),
					    "name", stp_setter_label(sheet, instead), "value",
					    stp_setting_words(sheet, instead->setting,
							      instead->value, instead->value),
					    NULL),
					each->origin));
	}
}

static void add_for_all(struct stp_bullet_list *list, const struct stp_zone_plan *plan)
{
	const struct stp_sheet *sheet = list->sheet;

	if (plan->never) {
		stp_bullets_add(
			list, STP_GROUP_SKIN,
			stp_with_sources(sheet, SAY(sheet, zone_never, NULL), &plan->origin));
		return;
	}
	add_settings(list, plan);
	add_overrides(list, plan);
	add_set(list, STP_PHRASE_setting_pattern,
		stp_pattern_words(sheet, plan->patterns, plan->pattern_counts),
		plan->pattern_origin);
	add_set(list, STP_PHRASE_setting_endpoint, stp_endpoint_words(sheet, plan->endpoints),
		plan->endpoint_origin);
}

/* ---- for some clients ---- */

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
		const char *members = patterns ? stp_pattern_words(sheet, set->members, set->counts)
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

static void add_for_some(struct stp_bullet_list *list, const struct stp_zone_plan *plan)
{
	struct stp_sheet *sheet = list->sheet;

	for (size_t i = 0; i < plan->never_when_count; i++)
		stp_bullets_add(list, STP_GROUP_HEALTH,
				stp_with_sources(sheet,
						 for_client(sheet, plan->never_when[i].when,
							    SAY(sheet, zone_never, NULL)),
						 plan->never_when[i].origin));
	add_tighter(list, plan);
	add_sets(list, plan);
}

/* ---- what every zone shares stands once ---- */

struct zone_lists {
	struct stp_bullet_list for_all, for_some;
};

static bool says(const struct stp_bullet_list *list, const char *text)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i].text, text) == 0)
			return true;
	return false;
}

/* Whether every zone that is treated says the text, and there are several. */
static bool shared(const struct stp_protocol *protocol, const struct zone_lists *zones,
		   bool for_some, const char *text)
{
	size_t treated = 0;

	for (size_t i = 0; i < protocol->zone_count; i++) {
		if (protocol->zones[i].never)
			continue;
		if (!says(for_some ? &zones[i].for_some : &zones[i].for_all, text))
			return false;
		treated++;
	}
	return treated > 1;
}

/* Writes of a list what is shared, or what is not. */
static void write_part(struct stp_sheet *sheet, const struct zone_lists *zones, size_t zone,
		       bool for_some, bool want_shared)
{
	const struct stp_bullet_list *all = for_some ? &zones[zone].for_some : &zones[zone].for_all;
	struct stp_bullet_list part;

	stp_bullets_begin(&part, sheet);
	for (size_t i = 0; i < all->count; i++)
		if (shared(sheet->protocol, zones, for_some, all->items[i].text) == want_shared)
			stp_bullets_add(&part, all->items[i].group, all->items[i].text);
	if (for_some && part.count > 0)
		stp_sheet_heading(sheet, 4, STP_PHRASE_heading_for_some);
	stp_bullets_end(&part, 5);
}

static bool shares_anything(const struct stp_protocol *protocol, const struct zone_lists *zones,
			    size_t zone)
{
	const struct zone_lists *lists = &zones[zone];

	for (size_t i = 0; i < lists->for_all.count; i++)
		if (shared(protocol, zones, false, lists->for_all.items[i].text))
			return true;
	for (size_t i = 0; i < lists->for_some.count; i++)
		if (shared(protocol, zones, true, lists->for_some.items[i].text))
			return true;
	return false;
}

/* The first zone that is treated stands for all of them. */
static void write_shared(struct stp_sheet *sheet, const struct zone_lists *zones)
{
	const struct stp_protocol *protocol = sheet->protocol;
	size_t zone = 0;

	while (zone < protocol->zone_count && protocol->zones[zone].never)
		zone++;
	if (zone == protocol->zone_count || !shares_anything(protocol, zones, zone))
		return;
	stp_sheet_heading(sheet, 3, STP_PHRASE_heading_every_zone);
	write_part(sheet, zones, zone, false, true);
	write_part(sheet, zones, zone, true, true);
}

/* ---- zones of which little is said stand in one table, or in one list ---- */

static const char *zone_words(const struct stp_sheet *sheet, const struct stp_zone_plan *plan)
{
	return stp_capital(&sheet->words,
			   stp_label_words(&sheet->words, plan->zone->name, plan->zone->label));
}

/* What is said of a zone alone, when that is its depth or that it is not treated; else NULL. */
static const char *only_line(const struct stp_sheet *sheet, const struct zone_lists *zones,
			     size_t index)
{
	const struct stp_zone_plan *plan = &sheet->protocol->zones[index];
	const struct stp_bullet_list *lists[] = { &zones[index].for_all, &zones[index].for_some };
	const char *line = NULL;

	for (int for_some = 0; for_some < 2; for_some++)
		for (size_t i = 0; i < lists[for_some]->count; i++) {
			const char *text = lists[for_some]->items[i].text;

			if (shared(sheet->protocol, zones, for_some != 0, text))
				continue;
			if (line || for_some || i > 0)
				return NULL;
			line = text;
		}
	return plan->never || plan->settings[STP_DEPTH].said ? line : NULL;
}

static void add_row(struct stp_table *table, const struct stp_zone_plan *plan)
{
	struct stp_sheet *sheet = table->sheet;
	const struct stp_words *words = &sheet->words;
	const struct stp_setting *depth = &plan->settings[STP_DEPTH];
	const char *cells[5] = { zone_words(sheet, plan) };

	if (plan->never) {
		cells[1] = stp_capital(words, SAY(sheet, zone_never, NULL));
		cells[4] = stp_sources_words(sheet, &plan->origin);
	} else {
		cells[1] = stp_setting_words(sheet, STP_DEPTH, depth->range_low.value,
					     depth->range_high.value);
		cells[2] =
			stp_setting_words(sheet, STP_DEPTH, depth->start.value, depth->start.value);
		cells[3] = limit_value_words(sheet, STP_DEPTH, depth);
		cells[4] = stp_sources_words(sheet, range_origin(depth));
	}
	stp_table_row(table, cells);
}

static void write_table(struct stp_sheet *sheet, const struct zone_lists *zones)
{
	const struct stp_words *words = &sheet->words;
	const char *heads[] = { stp_capital(words, SAY(sheet, column_zone, NULL)),
				stp_capital(words, SAY(sheet, setting_depth, NULL)),
				stp_capital(words, SAY(sheet, column_start, NULL)),
				stp_capital(words, SAY(sheet, column_limit, NULL)),
				stp_capital(words, SAY(sheet, column_source, NULL)) };
	struct stp_table table;

	stp_table_begin(&table, sheet, sizeof heads / sizeof *heads);
	stp_table_heads(&table, heads);
	for (size_t i = 0; i < sheet->protocol->zone_count; i++)
		if (only_line(sheet, zones, i))
			add_row(&table, &sheet->protocol->zones[i]);
	stp_table_end(&table);
}

/* The same as bullets: "Forehead. Depth: 0.25 to 0.75 mm, ..." */
static void write_lines(struct stp_sheet *sheet, const struct zone_lists *zones)
{
	for (size_t i = 0; i < sheet->protocol->zone_count; i++) {
		const char *line = only_line(sheet, zones, i);

		if (line)
			stp_bullet(&sheet->document,
				   stp_join(&sheet->words,
					    stp_sentence(
						    &sheet->words,
						    zone_words(sheet, &sheet->protocol->zones[i])),
					    line));
	}
}

/* Whether any zone has a line of its own alone. */
static bool has_lines(const struct stp_sheet *sheet, const struct zone_lists *zones)
{
	for (size_t i = 0; i < sheet->protocol->zone_count; i++)
		if (only_line(sheet, zones, i))
			return true;
	return false;
}

static void write_zone(struct stp_sheet *sheet, const struct zone_lists *zones, size_t index)
{
	if (only_line(sheet, zones, index))
		return;
	stp_heading(&sheet->document, 3, zone_words(sheet, &sheet->protocol->zones[index]));
	write_part(sheet, zones, index, false, false);
	write_part(sheet, zones, index, true, false);
}

void stp_card_zones(struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = sheet->protocol;
	struct zone_lists *zones =
		stp_alloc_array(sheet->context, protocol->zone_count + 1, sizeof *zones);

	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_settings);
	stp_sheet_sentences(sheet, SAY(sheet, settings_intro, NULL),
			    SAY(sheet, settings_endpoint, NULL));
	for (size_t i = 0; i < protocol->zone_count; i++) {
		stp_bullets_begin(&zones[i].for_all, sheet);
		stp_bullets_begin(&zones[i].for_some, sheet);
		add_for_all(&zones[i].for_all, &protocol->zones[i]);
		if (!protocol->zones[i].never)
			add_for_some(&zones[i].for_some, &protocol->zones[i]);
	}
	if (has_lines(sheet, zones))
		(stp_has_tables(sheet) ? write_table : write_lines)(sheet, zones);
	write_shared(sheet, zones);
	for (size_t i = 0; i < protocol->zone_count; i++)
		write_zone(sheet, zones, i);
}
