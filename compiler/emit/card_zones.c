/* SPDX-License-Identifier: Apache-2.0 */
/* The settings of each zone, who says so, and what all zones share. */
#include "emit/card.h"

#include <string.h>

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
		sheet, label_value, "label", stp_setting_name(sheet, id), "value",
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

/* What goes past the ceiling of a zone or past a protocol that is extended, and why. */
static void add_overrides(struct stp_bullet_list *list, const struct stp_zone_plan *plan)
{
	struct stp_sheet *sheet = list->sheet;

	for (size_t i = 0; i < plan->contribution_count; i++) {
		const struct stp_contribution *each = &plan->contributions[i];
		const struct stp_contribution *instead = each->instead;

		if (!instead || each->side != STP_LIMIT_HIGH)
			continue;
		stp_bullets_add(
			list, STP_GROUP_SKIN,
			stp_with_sources(sheet,
					 SAY(sheet, card_override, "bound",
					     stp_bound_words(sheet, each), "name",
					     stp_setter_label(sheet, instead), "value",
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

/* ---- what every zone shares stands once ---- */

struct zone_lists {
	struct stp_bullet_list for_all;
	struct stp_some_list for_some;
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
		if (!says(for_some ? &zones[i].for_some.written : &zones[i].for_all, text))
			return false;
		treated++;
	}
	return treated > 1;
}

/* Whether what is written for some clients changes anything in any zone. */
static bool results_anywhere(const struct stp_protocol *protocol, const struct zone_lists *zones,
			     const char *written)
{
	for (size_t i = 0; i < protocol->zone_count; i++)
		for (size_t j = 0; j < zones[i].for_some.count; j++)
			if (strcmp(zones[i].for_some.results[j].written, written) == 0)
				return true;
	return false;
}

static void add_shared(struct stp_sheet *sheet, const struct zone_lists *zones, size_t zone,
		       bool for_some, struct stp_bullet_list *part)
{
	const struct stp_bullet_list *all =
		for_some ? &zones[zone].for_some.written : &zones[zone].for_all;

	for (size_t i = 0; i < all->count; i++) {
		const char *text = all->items[i].text;

		if (shared(sheet->protocol, zones, for_some, text) &&
		    (!for_some || results_anywhere(sheet->protocol, zones, text)))
			stp_bullets_add(part, all->items[i].group, text);
	}
}

static void add_own(struct stp_sheet *sheet, const struct zone_lists *zones, size_t zone,
		    bool for_some, struct stp_bullet_list *part)
{
	const struct stp_protocol *protocol = sheet->protocol;
	const struct stp_bullet_list *all = &zones[zone].for_all;
	const struct stp_some_list *some = &zones[zone].for_some;

	for (size_t i = 0; !for_some && i < all->count; i++)
		if (!shared(protocol, zones, false, all->items[i].text))
			stp_bullets_add(part, all->items[i].group, all->items[i].text);
	for (size_t i = 0; for_some && i < some->count; i++)
		if (!shared(protocol, zones, true, some->results[i].written))
			stp_bullets_add(part, STP_GROUP_HEALTH, some->results[i].text);
}

/* Writes of a list what is shared, or what is not. */
static void write_part(struct stp_sheet *sheet, const struct zone_lists *zones, size_t zone,
		       bool for_some, bool want_shared)
{
	struct stp_bullet_list part;

	stp_bullets_begin(&part, sheet);
	(want_shared ? add_shared : add_own)(sheet, zones, zone, for_some, &part);
	if (for_some && part.count > 0)
		stp_sheet_heading(sheet, 4, STP_PHRASE_heading_for_some);
	if (for_some && want_shared && part.count > 0)
		stp_sheet_sentences(sheet, SAY(sheet, for_some_least, NULL), NULL);
	stp_bullets_end(&part, 5);
}

static bool shares_anything(struct stp_sheet *sheet, const struct zone_lists *zones, size_t zone)
{
	struct stp_bullet_list part;

	stp_bullets_begin(&part, sheet);
	add_shared(sheet, zones, zone, false, &part);
	add_shared(sheet, zones, zone, true, &part);
	return part.count > 0;
}

/* The first zone that is treated stands for all of them. */
static void write_shared(struct stp_sheet *sheet, const struct zone_lists *zones)
{
	const struct stp_protocol *protocol = sheet->protocol;
	size_t zone = 0;

	while (zone < protocol->zone_count && protocol->zones[zone].never)
		zone++;
	if (zone == protocol->zone_count || !shares_anything(sheet, zones, zone))
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
static const char *only_line(struct stp_sheet *sheet, const struct zone_lists *zones, size_t index)
{
	const struct stp_zone_plan *plan = &sheet->protocol->zones[index];
	struct stp_bullet_list own;

	stp_bullets_begin(&own, sheet);
	add_own(sheet, zones, index, true, &own);
	if (own.count > 0)
		return NULL;
	add_own(sheet, zones, index, false, &own);
	if (own.count != 1 || strcmp(own.items[0].text, zones[index].for_all.items[0].text) != 0)
		return NULL;
	return plan->never || plan->settings[STP_DEPTH].said ? own.items[0].text : NULL;
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
static bool has_lines(struct stp_sheet *sheet, const struct zone_lists *zones)
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
		stp_bullets_begin(&zones[i].for_some.written, sheet);
		add_for_all(&zones[i].for_all, &protocol->zones[i]);
		if (!protocol->zones[i].never)
			stp_card_for_some(&zones[i].for_some, &protocol->zones[i]);
	}
	if (has_lines(sheet, zones))
		(stp_has_tables(sheet) ? write_table : write_lines)(sheet, zones);
	write_shared(sheet, zones);
	for (size_t i = 0; i < protocol->zone_count; i++)
		write_zone(sheet, zones, i);
}
