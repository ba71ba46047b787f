/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The model as rows: the vocabulary that the protocols use, and the protocols.
 *
 * Only what some protocol uses becomes a row, in the model's order, so that a table of one
 * treatment does not carry the whole shipped vocabulary. Yes/no factors become questions, with
 * two bits each on the device; every other factor becomes a factor with its values.
 */
#include "emit/tables_image.h"

#include <stdlib.h>
#include <string.h>

/* ---- which parts of the vocabulary are used ---- */

struct uses {
	bool *zones;
	bool *terms;
	bool *factors;
	bool *devices;
};

static void use_zone(struct uses *uses, const struct stp_zone *zone)
{
	for (; zone != NULL; zone = zone->parent)
		uses->zones[zone->index] = true;
}

static void use_term(struct uses *uses, const struct stp_term *term)
{
	for (; term != NULL; term = term->parent)
		uses->terms[term->index] = true;
}

static void use_factor(struct uses *uses, const struct stp_factor *factor)
{
	if (factor == NULL)
		return;
	uses->factors[factor->index] = true;
	use_term(uses, factor->condition);
}

static void use_condition(struct uses *uses, const struct stp_condition *when)
{
	for (size_t i = 0; when != NULL && i < when->term_count; i++)
		use_factor(uses, when->terms[i].factor);
}

static void use_zone_plan(struct stp_context *context, struct uses *uses,
			  const struct stp_protocol *protocol, const struct stp_zone_plan *plan)
{
	struct stp_label_boxes boxes = stp_label_boxes(context, protocol, plan);

	use_zone(uses, plan->zone);
	for (size_t i = 0; i < boxes.count && !plan->never; i++)
		use_condition(uses, &boxes.items[i]);
	for (size_t i = 0; i < plan->contribution_count; i++)
		use_condition(uses, plan->contributions[i].when);
	for (size_t i = 0; i < plan->set_count; i++)
		use_condition(uses, plan->sets[i].when);
	for (size_t i = 0; i < plan->never_when_count; i++)
		use_condition(uses, plan->never_when[i].when);
}

static void use_care(struct uses *uses, const struct stp_care_rule *care)
{
	for (size_t i = 0; i < care->term_count; i++)
		use_term(uses, care->terms[i]);
	for (size_t i = 0; i < care->except_count; i++)
		use_term(uses, care->except[i]);
	use_term(uses, care->window.until_effect);
	use_condition(uses, care->when);
}

static void use_protocol(struct stp_context *context, struct uses *uses,
			 const struct stp_protocol *protocol)
{
	uses->devices[protocol->device->index] = true;
	use_factor(uses, protocol->operator_factor);
	use_term(uses, protocol->anaesthetic.medicine);
	for (size_t i = 0; i < protocol->zone_count; i++)
		use_zone_plan(context, uses, protocol, &protocol->zones[i]);
	for (size_t i = 0; i < protocol->asked_count; i++)
		use_factor(uses, protocol->asked[i]);
	for (size_t i = 0; i < protocol->screen_count; i++) {
		use_term(uses, protocol->screens[i].term);
		use_factor(uses, protocol->screens[i].question);
		use_condition(uses, protocol->screens[i].when);
	}
	for (size_t i = 0; i < protocol->care_count; i++)
		use_care(uses, &protocol->care[i]);
	for (size_t i = 0; i < protocol->expect_count; i++) {
		use_term(uses, protocol->expects[i].effect);
		use_condition(uses, protocol->expects[i].when);
	}
}

static bool *flags(struct stp_table *table, size_t count)
{
	return stp_alloc_array(table->context, count + 1, sizeof(bool));
}

static struct uses find_uses(struct stp_table *table)
{
	const struct stp_model *model = table->model;
	struct uses uses = { flags(table, model->zone_count), flags(table, model->term_count),
			     flags(table, model->factor_count), flags(table, model->device_count) };

	for (size_t i = 0; i < model->protocol_count; i++)
		use_protocol(table->context, &uses, model->protocols[i]);
	return uses;
}

/* ---- vocabulary ---- */

static uint32_t add_term(struct stp_table *table, enum stp_table_section section, const char *kind,
			 const char *name, const char *label, uint16_t parent, const char *note)
{
	struct stipple_term_row row = { stp_table_key(kind, name), stp_table_text(table, name),
					stp_table_label(table, name, label), parent };

	return stp_append_rows(table, section, &row, 1, note);
}

static uint16_t *row_numbers(struct stp_table *table, size_t count)
{
	uint16_t *rows = stp_alloc_array(table->context, count + 1, sizeof *rows);

	for (size_t i = 0; i <= count; i++)
		rows[i] = STIPPLE_NONE;
	return rows;
}

/* Parents may come later in the model: numbers first, rows then. */
static void number_used(struct stp_table *table, uint16_t *rows, const bool *used, size_t count)
{
	uint32_t next = 0;

	for (size_t i = 0; i < count; i++)
		if (used[i])
			rows[i] = stp_narrow(table, next++);
}

static void build_zones(struct stp_table *table, const bool *used)
{
	const struct stp_model *model = table->model;

	table->zone_rows = row_numbers(table, model->zone_count);
	number_used(table, table->zone_rows, used, model->zone_count);
	for (size_t i = 0; i < model->zone_count; i++) {
		const struct stp_zone *zone = model->zones[i];
		uint16_t parent =
			zone->parent == NULL ? STIPPLE_NONE : table->zone_rows[zone->parent->index];

		if (!used[i])
			continue;
		stp_note_row(table, zone, STP_SECTION_ZONE, table->zone_rows[i]);
		add_term(table, STP_SECTION_ZONE, "zone", zone->name, zone->label, parent,
			 stp_place(table, zone->span));
	}
}

static void build_items(struct stp_table *table, const bool *used)
{
	const struct stp_model *model = table->model;

	table->item_rows = row_numbers(table, model->term_count);
	number_used(table, table->item_rows, used, model->term_count);
	for (size_t i = 0; i < model->term_count; i++) {
		const struct stp_term *term = model->terms[i];
		uint16_t parent =
			term->parent == NULL ? STIPPLE_NONE : table->item_rows[term->parent->index];

		if (!used[i])
			continue;
		stp_note_row(table, term, STP_SECTION_ITEM, table->item_rows[i]);
		add_term(table, STP_SECTION_ITEM, "item", term->name, term->label, parent,
			 stp_place(table, term->origin.span));
	}
}

static void add_values(struct stp_table *table, const struct stp_factor *factor, uint16_t parent)
{
	for (size_t i = 0; i < factor->value_count; i++) {
		const struct stp_factor_value *value = &factor->values[i];
		const char *key = stp_format(table->context, "%s.%s", factor->name, value->name);
		struct stipple_term_row row = { stp_table_key("value", key),
						stp_table_text(table, value->name),
						stp_table_label(table, factor->name, value->label),
						parent };

		stp_append_rows(table, STP_SECTION_VALUE, &row, 1, NULL);
	}
}

static void add_factor(struct stp_table *table, const struct stp_factor *factor)
{
	uint32_t number = (uint32_t)table->rows[STP_SECTION_FACTOR].count;
	struct stipple_factor_row row = {
		.key = stp_table_key("factor", factor->name),
		.name = stp_table_text(table, factor->name),
		.label = stp_table_label(table, factor->name,
					 factor->asks != NULL ? factor->asks : factor->label),
		.first_value = stp_narrow(table, (uint32_t)table->rows[STP_SECTION_VALUE].count),
		.value_count = factor->value_count,
		.ordered = factor->ordered,
		.from_session = factor->from_session == 0 ? 1 : factor->from_session,
	};

	add_values(table, factor, stp_narrow(table, number));
	table->subjects[factor->index] = (uint16_t)number;
	stp_note_row(table, factor, STP_SECTION_FACTOR, number);
	stp_append_rows(table, STP_SECTION_FACTOR, &row, 1, stp_place(table, factor->span));
}

static void build_factors(struct stp_table *table, const bool *used)
{
	const struct stp_model *model = table->model;

	table->subjects = row_numbers(table, model->factor_count);
	for (size_t i = 0; i < model->factor_count; i++)
		if (used[i] && !model->factors[i]->yes_no)
			add_factor(table, model->factors[i]);
	if (table->rows[STP_SECTION_FACTOR].count > STIPPLE_SUBJECT_QUESTION)
		stp_report_overflow(table, "more than 32768 factors");
}

static uint16_t um(struct stp_table *table, uint32_t value)
{
	return stp_narrow_value(table, value, "a depth over 65534 um");
}

static uint16_t rpm(struct stp_table *table, uint32_t value)
{
	return stp_narrow_value(table, value, "a rate over 65534 rpm");
}

_Static_assert(STP_CARTRIDGES_MOST <= STIPPLE_CARTRIDGES_MOST, "a reader takes all of them");

static struct stipple_device_row device_row(struct stp_table *table,
					    const struct stp_device *device)
{
	struct stipple_device_row row = {
		.key = stp_table_key("device", device->name),
		.name = stp_table_text(table, device->name),
		.cartridge_list = stp_table_list(table, device->needles, device->needle_count),
		.label = stp_table_label(table, device->name, device->label),
		.depth_least = um(table, device->depth_low_um),
		.depth_most = um(table, device->depth_high_um),
		.depth_step = um(table, device->depth_step_um),
		.depth_tolerance = um(table, device->depth_tolerance_um),
		.rate_least = rpm(table, device->rate_low_rpm),
		.rate_most = rpm(table, device->rate_high_rpm),
		.rate_step = rpm(table, device->rate_step_rpm),
		.rate_tolerance = rpm(table, device->rate_tolerance_rpm),
	};

	return row;
}

static void build_devices(struct stp_table *table, const bool *used)
{
	table->device_rows = row_numbers(table, table->model->device_count);
	number_used(table, table->device_rows, used, table->model->device_count);
	for (size_t i = 0; i < table->model->device_count; i++) {
		const struct stp_device *device = table->model->devices[i];
		struct stipple_device_row row;

		if (!used[i])
			continue;
		table->place = device->span;
		row = device_row(table, device);
		table->header.device_key = table->rows[STP_SECTION_DEVICE].count == 0 ? row.key : 0;
		stp_note_row(table, device, STP_SECTION_DEVICE, table->device_rows[i]);
		stp_append_rows(table, STP_SECTION_DEVICE, &row, 1, stp_place(table, device->span));
	}
}

/* Patterns and endpoints are the language's own words; what they are called are phrases. */
static void add_movement(struct stp_table *table, enum stp_table_section section, const char *kind,
			 const char *name)
{
	const char *phrase = stp_format(table->context, STP_LABEL_OF_PHRASE "%s_%s", kind, name);
	struct stipple_term_row row = { stp_table_key(kind, name), stp_table_text(table, name),
					stp_table_label(table, phrase, name), STIPPLE_NONE };

	stp_append_rows(table, section, &row, 1, NULL);
}

static void build_movements(struct stp_table *table)
{
	for (size_t i = 0; i < STP_PATTERNS; i++)
		add_movement(table, STP_SECTION_PATTERN, "pattern", stp_pattern_names[i]);
	for (size_t i = 0; i < STP_ENDPOINTS; i++)
		add_movement(table, STP_SECTION_ENDPOINT, "endpoint", stp_endpoint_names[i]);
}

uint16_t stp_build_role(struct stp_table *table, const char *name)
{
	const struct stp_rows *rows = &table->rows[STP_SECTION_ROLE];

	if (name == NULL)
		return STIPPLE_NONE;
	for (size_t i = 0; i < rows->count; i++) {
		struct stipple_term_row row;

		memcpy(&row, rows->bytes + i * sizeof row, sizeof row);
		if (strcmp(stp_text_at(table, row.name), name) == 0)
			return (uint16_t)i;
	}
	return stp_narrow(
		table, add_term(table, STP_SECTION_ROLE, "role", name, name, STIPPLE_NONE, NULL));
}

/* ---- conditions ---- */

static void add_pair(struct stipple_condition *pairs, size_t *count, uint16_t subject,
		     uint16_t least, uint16_t most)
{
	struct stipple_condition pair = { subject, least, most };

	if (*count < 2 * STP_CONDITION_ROWS)
		pairs[*count] = pair;
	*count += 1;
}

/* A factor that is asked from a later session on can hold of nobody before. */
static uint16_t least_session(const struct stp_condition *when)
{
	uint16_t least = when->session_low;

	for (size_t i = 0; i < when->term_count; i++)
		if (when->terms[i].factor->from_session > least)
			least = when->terms[i].factor->from_session;
	return least;
}

static int by_subject(const void *left, const void *right)
{
	const struct stipple_condition *a = left;
	const struct stipple_condition *b = right;

	return (a->subject > b->subject) - (a->subject < b->subject);
}

size_t stp_build_conditions(struct stp_table *table, const struct stp_condition *when,
			    struct stipple_condition pairs[2 * STP_CONDITION_ROWS])
{
	const struct stipple_condition always = { STIPPLE_SUBJECT_ALWAYS, 0, 0 };
	size_t count = 0, first;

	for (size_t i = 0; i < 2 * STP_CONDITION_ROWS; i++)
		pairs[i] = always;
	if (when == NULL)
		return 1;
	if (least_session(when) > 1 || when->session_high != STP_ANY_HIGH)
		add_pair(pairs, &count, STIPPLE_SUBJECT_SESSION, least_session(when),
			 when->session_high);
	if (when->age_low != 0 || when->age_high != STP_ANY_HIGH)
		add_pair(pairs, &count, STIPPLE_SUBJECT_AGE, when->age_low, when->age_high);
	if (when->depth_low_um != 0 || when->depth_high_um != STP_ANY_DEPTH)
		add_pair(pairs, &count, STIPPLE_SUBJECT_DEPTH_USED,
			 stp_narrow_value(table, when->depth_low_um, "a depth over 65534 um"),
			 when->depth_high_um >= STIPPLE_NONE ? STIPPLE_NONE
							     : (uint16_t)when->depth_high_um);
	first = count;
	for (size_t i = 0; i < when->term_count; i++)
		add_pair(pairs, &count, table->subjects[when->terms[i].factor->index],
			 when->terms[i].values, when->terms[i].factor->value_count);
	if (count <= 2 * STP_CONDITION_ROWS)
		qsort(pairs + first, count - first, sizeof *pairs, by_subject);
	if (count > 2 * STP_CONDITION_ROWS)
		stp_report_overflow(table, "so many conditions of one rule");
	return count <= 2 ? 1 : (count + 1) / 2;
}

/* ---- protocols ---- */

static int by_number(const void *left, const void *right)
{
	const uint16_t *a = left;
	const uint16_t *b = right;

	return (*a > *b) - (*a < *b);
}

/* Factors first, then questions, each in the order of its rows. */
static uint32_t build_asked(struct stp_table *table, const struct stp_protocol *protocol)
{
	uint16_t *entries =
		stp_alloc_array(table->context, protocol->asked_count + 1, sizeof *entries);

	for (size_t i = 0; i < protocol->asked_count; i++)
		entries[i] = table->subjects[protocol->asked[i]->index];
	qsort(entries, protocol->asked_count, sizeof *entries, by_number);
	return stp_table_list(table, entries, protocol->asked_count);
}

static void build_protocol(struct stp_table *table, const struct stp_protocol *protocol)
{
	struct stipple_protocol_row row = {
		.key = stp_table_key("protocol", protocol->name),
		.name = stp_table_text(table, protocol->name),
		.version = stp_table_text(table, stp_format(table->context, "%u.%u.%u",
							    (unsigned)protocol->version[0],
							    (unsigned)protocol->version[1],
							    (unsigned)protocol->version[2])),
		.label = stp_table_label(table, protocol->name, protocol->label),
		.device = table->device_rows[protocol->device->index],
		.status = protocol->status == STP_APPROVED ? STIPPLE_STATUS_APPROVED
							   : STIPPLE_STATUS_DRAFT,
	};

	table->place = protocol->name_span;
	row.screening_list = stp_build_screening(table, protocol);
	row.asked_list = build_asked(table, protocol);
	row.window_list = stp_build_windows(table, protocol);
	row.course = stp_build_course(table, protocol);
	row.anaesthetic = stp_build_anaesthetic(table, protocol);
	row.first_slot = stp_build_slots(table, protocol, &row.slot_count);
	if (row.slot_count > table->header.greatest_zones)
		table->header.greatest_zones = row.slot_count;
	stp_note_row(table, protocol, STP_SECTION_PROTOCOL,
		     stp_narrow(table, stp_append_rows(table, STP_SECTION_PROTOCOL, &row, 1,
						       stp_place(table, protocol->span))));
}

static uint16_t item_of(const struct stp_table *table, const struct stp_factor *question)
{
	return question->condition == NULL ? STIPPLE_NONE
					   : table->item_rows[question->condition->index];
}

static bool is_before(const struct stp_table *table, const struct stp_factor *one,
		      const struct stp_factor *two)
{
	uint16_t item = item_of(table, one);
	uint16_t other = item_of(table, two);

	return item != other ? item < other : one->scope < two->scope;
}

/*
 * All questions come before all conditions that name them: those about the vocabulary in its order,
 * then those of their own, so that it does not matter which rule mentions which first.
 */
static void build_questions(struct stp_table *table, const bool *used)
{
	const struct stp_model *model = table->model;
	const struct stp_factor **questions =
		stp_alloc_array(table->context, model->factor_count + 1, sizeof *questions);
	size_t count = 0;

	for (size_t i = 0; i < model->factor_count; i++) {
		const struct stp_factor *question = model->factors[i];
		size_t at = count;

		if (!used[i] || !question->yes_no)
			continue;
		for (; at > 0 && is_before(table, question, questions[at - 1]); at--)
			questions[at] = questions[at - 1];
		questions[at] = question;
		count++;
	}
	for (size_t i = 0; i < count; i++)
		stp_note_row(table, questions[i], STP_SECTION_QUESTION,
			     stp_build_question(table, questions[i]));
}

void stp_build_table(struct stp_table *table)
{
	struct uses uses = find_uses(table);

	table->header.library_version = stp_table_text(
		table, table->options->version != NULL ? table->options->version : STP_VERSION);
	build_devices(table, uses.devices);
	build_zones(table, uses.zones);
	build_items(table, uses.terms);
	build_factors(table, uses.factors);
	build_questions(table, uses.factors);
	build_movements(table);
	stp_build_recipes(table);
	for (size_t i = 0; i < table->model->protocol_count; i++)
		build_protocol(table, table->model->protocols[i]);
	table->place = (struct stp_span){ 0, 0, 0 };
}
