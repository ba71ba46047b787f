/* SPDX-License-Identifier: Apache-2.0 */
/* Settings, clients and sources in the words of the card. */
#include "emit/card.h"
#include "model/policies.h"

#include <string.h>

/* ---- settings ---- */

static const char *value_words(const struct stp_sheet *sheet, enum stp_setting_id setting,
			       uint32_t value)
{
	const struct stp_words *words = &sheet->words;

	return setting == STP_DEPTH ? stp_decimal(words, value, STP_MM_DECIMALS)
				    : stp_whole(words, value);
}

const char *stp_setting_words(const struct stp_sheet *sheet, enum stp_setting_id setting,
			      uint32_t low, uint32_t high)
{
	const char *value = value_words(sheet, setting, high);

	if (low != high)
		value = SAY(sheet, number_range, "low", value_words(sheet, setting, low), "high",
			    value, NULL);
	if (setting == STP_PASSES)
		return value;
	return setting == STP_DEPTH ? SAY(sheet, unit_mm, "n", value, NULL)
				    : SAY(sheet, unit_rpm, "n", value, NULL);
}

const char *stp_pattern_words(const struct stp_sheet *sheet, uint16_t patterns,
			      const uint8_t counts[STP_PATTERNS])
{
	const char *items[STP_PATTERNS];
	size_t count = 0;

	for (int pattern = 0; pattern < STP_PATTERNS; pattern++) {
		if (!(patterns >> pattern & 1))
			continue;
		items[count] = stp_say(&sheet->words,
				       STP_PHRASE_pattern_horizontal + (unsigned)pattern, NULL);
		if (counts && counts[pattern] > 0)
			items[count] = SAY(
				sheet, pattern_count, "pattern", items[count], "passes",
				stp_say_count(&sheet->words, STP_COUNTED_passes, counts[pattern]),
				NULL);
		count++;
	}
	return count > 0 ? stp_list_and(&sheet->words, items, count) : NULL;
}

const char *stp_endpoint_words(const struct stp_sheet *sheet, uint16_t endpoints)
{
	const char *items[STP_ENDPOINTS];
	size_t count = 0;

	for (int endpoint = 0; endpoint < STP_ENDPOINTS; endpoint++)
		if (endpoints >> endpoint & 1)
			items[count++] =
				stp_say(&sheet->words,
					STP_PHRASE_endpoint_erythema + (unsigned)endpoint, NULL);
	return count > 0 ? stp_list_or(&sheet->words, items, count) : NULL;
}

static const char *zone_label(const struct stp_sheet *sheet, const char *name)
{
	for (size_t i = 0; i < sheet->model->zone_count; i++)
		if (strcmp(sheet->model->zones[i]->name, name) == 0)
			return sheet->model->zones[i]->label;
	return name;
}

static const char *policy_label(const struct stp_sheet *sheet, const char *name)
{
	for (size_t i = 0; i < sheet->model->policy_count; i++)
		if (strcmp(sheet->model->policies[i]->name, name) == 0)
			return sheet->model->policies[i]->label;
	return name;
}

static const char *protocol_label(const struct stp_sheet *sheet, const char *name)
{
	for (size_t i = 0; i < sheet->model->protocol_count; i++)
		if (strcmp(sheet->model->protocols[i]->name, name) == 0)
			return sheet->model->protocols[i]->label;
	return name;
}

const char *stp_setter_label(const struct stp_sheet *sheet,
			     const struct stp_contribution *contribution)
{
	const struct stp_device *device = sheet->protocol->device;
	const char *name = contribution->from_name;

	switch (contribution->from) {
	case STP_FROM_DEVICE:
		return device && strcmp(device->name, name) == 0 ? device->label : name;
	case STP_FROM_CEILING: return zone_label(sheet, name);
	case STP_FROM_POLICY: return policy_label(sheet, name);
	default: return protocol_label(sheet, name);
	}
}

const char *stp_setter_words(const struct stp_sheet *sheet,
			     const struct stp_contribution *contribution)
{
	const char *name;

	if (!contribution || !contribution->from_name)
		return NULL;
	name = stp_setter_label(sheet, contribution);
	switch (contribution->from) {
	case STP_FROM_DEVICE: return SAY(sheet, set_by_device, "name", name, NULL);
	case STP_FROM_CEILING: return SAY(sheet, set_by_ceiling, "name", name, NULL);
	case STP_FROM_PARENT: return SAY(sheet, set_by_parent, "name", name, NULL);
	case STP_FROM_POLICY: return SAY(sheet, set_by_policy, "name", name, NULL);
	case STP_FROM_OVERRIDE: return SAY(sheet, set_by_override, "name", name, NULL);
	case STP_FROM_PROTOCOL:
	case STP_FROM_WHEN: break;
	}
	return NULL;
}

/* ---- clients ---- */

static const char *factor_words(const struct stp_sheet *sheet,
				const struct stp_condition_term *term)
{
	const struct stp_factor *factor = term->factor;
	const char *label = stp_label_words(&sheet->words, factor->name, factor->label);

	if (factor->yes_no)
		return term->values == 1 ? SAY(sheet, client_without, "factor", label, NULL)
					 : label;
	return SAY(sheet, client_factor, "factor", label, "values", stp_values_words(sheet, term),
		   NULL);
}

static const char *range_words(const struct stp_sheet *sheet, uint16_t low, uint16_t high)
{
	const struct stp_words *words = &sheet->words;

	if (low == high)
		return stp_whole(words, low);
	if (high == STP_ANY_HIGH)
		return SAY(sheet, client_at_least, "n", stp_whole(words, low), NULL);
	return SAY(sheet, number_range, "low", stp_whole(words, low), "high",
		   stp_whole(words, high), NULL);
}

/* A depth of the last session that is not known holds as well: so the device takes it. */
static size_t add_depths(const struct stp_sheet *sheet, const struct stp_condition *condition,
			 const char **items)
{
	uint32_t over = condition->depth_low_um, most = condition->depth_high_um;
	size_t count = 0;

	if (over > 0)
		items[count++] = SAY(sheet, client_depth_over, "depth",
				     stp_setting_words(sheet, STP_DEPTH, over - 1, over - 1), NULL);
	if (most != STP_ANY_DEPTH)
		items[count++] = SAY(sheet, client_depth_to, "depth",
				     stp_setting_words(sheet, STP_DEPTH, most, most), NULL);
	return count;
}

static const char *client_words(const struct stp_sheet *sheet,
				const struct stp_condition *condition, enum stp_phrase_id visit)
{
	const char **items =
		stp_alloc_array(sheet->context, condition->term_count + 4, sizeof *items);
	size_t count = 0;

	for (size_t i = 0; i < condition->term_count; i++)
		items[count++] = factor_words(sheet, &condition->terms[i]);
	if (condition->session_low > 1 || condition->session_high != STP_ANY_HIGH)
		items[count++] = stp_say(
			&sheet->words, visit, "n",
			range_words(sheet, condition->session_low, condition->session_high), NULL);
	if (condition->age_low > 0 || condition->age_high != STP_ANY_HIGH)
		items[count++] =
			SAY(sheet, client_age, "n",
			    range_words(sheet, condition->age_low, condition->age_high), NULL);
	count += add_depths(sheet, condition, items + count);
	return count > 0 ? stp_list_and(&sheet->words, items, count) : SAY(sheet, client_any, NULL);
}

const char *stp_client_words(const struct stp_sheet *sheet, const struct stp_condition *condition)
{
	return client_words(sheet, condition, STP_PHRASE_client_visit);
}

const char *stp_course_client_words(const struct stp_sheet *sheet,
				    const struct stp_condition *condition)
{
	return client_words(sheet, condition, STP_PHRASE_client_before_visit);
}

/* ---- sources ---- */

static const char *graded(const struct stp_sheet *sheet, const struct stp_citation *source)
{
	static const char *const grades[] = { "A", "B", "C", "D", "U" };

	return SAY(sheet, source_grade, "source", source->name, "grade", grades[source->grade],
		   NULL);
}

static const char *cited_words(const struct stp_sheet *sheet, const struct stp_provenance *origin)
{
	const char **items = stp_alloc_array(sheet->context, origin->cite_count + 1, sizeof *items);

	if (origin->cite_count == 0)
		return NULL;
	for (size_t i = 0; i < origin->cite_count; i++)
		items[i] = graded(sheet, origin->cites[i]);
	return SAY(sheet, source_list, "sources",
		   stp_list_and(&sheet->words, items, origin->cite_count), NULL);
}

static void record(struct stp_sheet_record *record, struct stp_span statement, const char *said)
{
	record->items = stp_grow(record->context, record->items, record->count, &record->room,
				 sizeof *record->items);
	record->items[record->count++] = (struct stp_sheet_said){ statement, said };
}

static const char *measure_words(const struct stp_sheet *sheet, enum stp_said_kind kind,
				 uint32_t value)
{
	static const unsigned decimals[] = {
		[STP_SAID_UM] = STP_MM_DECIMALS,
		[STP_SAID_MG] = MG_DECIMALS,
		[STP_SAID_MM2] = MM2_DECIMALS,
		[STP_SAID_TIME] = 0,
	};

	return stp_decimal(&sheet->words, value, decimals[kind]);
}

/* "14 days", "0.5 to 1 mm"; what the words cannot say stands as it was written. */
static const char *differing_words(const struct stp_sheet *sheet,
				   const struct stp_differing *differing)
{
	const struct stp_said *said = &differing->said;
	const char *value;

	if (said->kind == STP_SAID_OTHERWISE)
		return differing->text;
	if (said->kind == STP_SAID_TIME)
		return stp_time_range(&sheet->words,
				      (struct stp_duration){ said->low, said->low_unit },
				      (struct stp_duration){ said->high, said->high_unit });
	value = measure_words(sheet, said->kind, said->high);
	if (said->low != said->high)
		value = SAY(sheet, number_range, "low", measure_words(sheet, said->kind, said->low),
			    "high", value, NULL);
	switch (said->kind) {
	case STP_SAID_UM: return SAY(sheet, unit_mm, "n", value, NULL);
	case STP_SAID_RPM: return SAY(sheet, unit_rpm, "n", value, NULL);
	case STP_SAID_MG: return SAY(sheet, unit_g, "n", value, NULL);
	case STP_SAID_MM2: return SAY(sheet, unit_cm2, "n", value, NULL);
	default: return value;
	}
}

const char *stp_sources_words(const struct stp_sheet *sheet, const struct stp_provenance *origin)
{
	const struct stp_words *words = &sheet->words;
	const char *said = NULL;

	if (!origin)
		return NULL;
	if (origin->because)
		said = stp_sentence(words, SAY(sheet, reason, "reason",
					       stp_prose(sheet, origin->because), NULL));
	said = stp_join(words, said, cited_words(sheet, origin));
	for (size_t i = 0; i < origin->differing_count; i++)
		said = stp_join(
			words, said,
			stp_sentence(words,
				     SAY(sheet, source_differs, "source",
					 graded(sheet, origin->differing[i].source), "text",
					 differing_words(sheet, &origin->differing[i]), NULL)));
	if (origin->said)
		said = stp_join(
			words, said,
			stp_sentence(words, SAY(sheet, source_said, "text", origin->said, NULL)));
	return said;
}

const char *stp_with_sources(const struct stp_sheet *sheet, const char *text,
			     const struct stp_provenance *origin)
{
	const char *said = stp_sentence(&sheet->words, text);

	if (origin && sheet->options->record)
		record(sheet->options->record, origin->span, said);
	return stp_join(&sheet->words, said, stp_sources_words(sheet, origin));
}
