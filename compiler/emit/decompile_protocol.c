/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A protocol: its head and its zones.
 *
 * Slots stand by rising zone, while the rows that they share were numbered in the order in which
 * the protocol named its zones. That order is found again: a zone may come next if each row that
 * it cites was cited before or is the next new one. Whatever may come next may also come later,
 * so taking the first that may never leads astray.
 */
#include <string.h>

#include "emit/decompile.h"

/* ---- the head ---- */

static void add_apart(struct stp_decompiler *decompiler, const struct stipple_course_row *row)
{
	stp_add_time(decompiler, row->interval_least, stp_interval_seconds);
	stp_add(decompiler->out, " to ");
	stp_add_time(decompiler, row->interval_most, stp_interval_seconds);
	stp_add(decompiler->out, " apart");
}

static void add_course(struct stp_decompiler *decompiler, uint16_t number)
{
	struct stp_string *out = decompiler->out;
	struct stipple_course_row row;

	if (number == STIPPLE_NONE)
		return;
	row = stp_courses_at(decompiler, number);
	stp_addf(out, "  course %u to %u sessions", row.sessions_least, row.sessions_most);
	if (row.interval_least != 0) {
		stp_add(out, ", ");
		add_apart(decompiler, &row);
	}
	if (row.sessions_limit != STIPPLE_NONE)
		stp_addf(out, ", limit %u sessions", row.sessions_limit);
	stp_add(out, "  cites pack\n");
}

/* What a row after the first says for some clients. */
static void add_course_when(struct stp_decompiler *decompiler, const struct stipple_course_row *row,
			    const struct stp_conditions *conditions)
{
	const char *when = stp_conditions_text(decompiler, conditions);
	struct stp_string *out = decompiler->out;
	bool is_limited = row->sessions_limit != STIPPLE_NONE;

	if (when == NULL || (row->interval_least == 0 && !is_limited)) {
		stp_refuse(decompiler, "a course that is tightened for everybody, or by nothing");
		return;
	}
	stp_addf(out, "  when %s { course ", when);
	if (row->interval_least != 0)
		add_apart(decompiler, row);
	if (is_limited)
		stp_addf(out, "%slimit %u sessions", row->interval_least != 0 ? ", " : "",
			 row->sessions_limit);
	stp_add(out, "  cites pack }\n");
}

static void add_course_whens(struct stp_decompiler *decompiler, uint16_t number)
{
	struct stipple_course_row row;

	if (number == STIPPLE_NONE)
		return;
	row = stp_courses_at(decompiler, number);
	while (row.chain == STIPPLE_MORE && decompiler->refused == NULL) {
		struct stp_conditions conditions =
			stp_conditions_at(decompiler, STP_IN_COURSES, ++number);

		row = stp_courses_at(decompiler, number);
		add_course_when(decompiler, &row, &conditions);
		number = (uint16_t)(number + conditions.rows - 1);
		row = stp_courses_at(decompiler, number);
	}
}

static void add_protocol_anaesthetic(struct stp_decompiler *decompiler, uint16_t number)
{
	struct stipple_anaesthetic_row row;

	if (number == STIPPLE_NONE)
		return;
	row = stp_anaesthetics_at(decompiler, number);
	if (row.item == STIPPLE_NONE) {
		stp_refuse(decompiler, "an anaesthetic without a name");
		return;
	}
	stp_addf(decompiler->out, "  anaesthetic %s ",
		 stp_name_at(decompiler, stp_items_at(decompiler, row.item).name));
	stp_add_anaesthetic(decompiler, &row);
	stp_add(decompiler->out, "  cites pack\n");
	if (row.chain != STIPPLE_LAST)
		stp_refuse(decompiler, "an anaesthetic that depends on the client");
}

/* Who may treat is a screening row that refuses all others. */
static void add_operator(struct stp_decompiler *decompiler, const struct stipple_protocol_row *row)
{
	struct stipple_screening_row screening;
	struct stipple_factor_row factor;
	const char *between = "  operator ";

	if (stp_list_length(decompiler, row->screening_list) == 0)
		return;
	screening =
		stp_screenings_at(decompiler, stp_list_entry(decompiler, row->screening_list, 0));
	if (screening.action != STIPPLE_ACTION_OPERATOR)
		return;
	if (screening.conditions[0].subject >= decompiler->header.factors.count) {
		stp_refuse(decompiler, "an operator that is no factor");
		return;
	}
	decompiler->named_factors[screening.conditions[0].subject] = true;
	factor = stp_factors_at(decompiler, screening.conditions[0].subject);
	for (uint32_t i = 0; i < factor.value_count; i++) {
		if (((unsigned)screening.conditions[0].values_or_least >> i & 1u) != 0)
			continue;
		stp_addf(decompiler->out, "%s%s", between,
			 stp_name_at(decompiler,
				     stp_values_at(decompiler, factor.first_value + i).name));
		between = ", ";
	}
	stp_add(decompiler->out, "  cites pack\n");
}

static void add_version(struct stp_decompiler *decompiler, uint32_t offset)
{
	const char *version =
		(const char *)decompiler->image + decompiler->header.text.offset + offset;

	if (version[strspn(version, "0123456789.")] != '\0')
		stp_refuse(decompiler, "a version that is no three numbers");
	else
		stp_addf(decompiler->out, "  version %s\n", version);
}

static void add_head(struct stp_decompiler *decompiler, const struct stipple_protocol_row *row,
		     const char *indication)
{
	struct stp_string *out = decompiler->out;

	stp_addf(out, "\nprotocol %s {\n", stp_name_at(decompiler, row->name));
	add_version(decompiler, row->version);
	stp_add(out, row->status == STIPPLE_STATUS_APPROVED
			     ? "  # By whom and when is not in the pack.\n"
			       "  status approved by \"not in the pack\" on 1970-01-01\n"
			     : "  status draft\n");
	stp_addf(out, "  treats %s\n  device %s\n", indication,
		 stp_name_at(decompiler, stp_devices_at(decompiler, row->device).name));
	add_course(decompiler, row->course);
	add_protocol_anaesthetic(decompiler, row->anaesthetic);
	add_operator(decompiler, row);
}

/* ---- zones ---- */

/* first_bound: the first of five bounds in a row, in the order of struct stipple_bounds. */
static void add_bounds(struct stp_decompiler *decompiler, unsigned setting, const void *first_bound)
{
	static const char *const words[] = { NULL, "depth", "passes", "rate" };
	struct stp_string *out = decompiler->out;
	uint16_t bounds[5];

	memcpy(bounds, first_bound, sizeof bounds);
	stp_addf(out, "    %s ", words[setting]);
	stp_add_value(decompiler, setting, bounds[0]);
	stp_add(out, " to ");
	stp_add_value(decompiler, setting, bounds[1]);
	stp_add(out, ", start ");
	stp_add_value(decompiler, setting, bounds[4]);
	stp_add(out, ", limit ");
	stp_add_value(decompiler, setting, bounds[2]);
	stp_add(out, " to ");
	stp_add_value(decompiler, setting, bounds[3]);
	stp_add(out, "\n");
}

/* counts: how often each, or NULL where none is said. */
static void add_members(struct stp_decompiler *decompiler, const char *word, unsigned members,
			const char *const *names, size_t count, const uint16_t *counts)
{
	const char *between = " ";

	if (members == 0 || members >> count != 0) {
		stp_refuse(decompiler, "movements or endpoints that there are not");
		return;
	}
	stp_addf(decompiler->out, "    %s", word);
	for (size_t i = 0; i < count; i++) {
		if ((members >> i & 1u) == 0)
			continue;
		stp_addf(decompiler->out, "%s%s", between, names[i]);
		if (counts != NULL)
			stp_addf(decompiler->out, " %u", counts[i]);
		between = ", ";
	}
	stp_add(decompiler->out, "\n");
}

void stp_add_members(struct stp_decompiler *decompiler, const char *word, unsigned members,
		     const char *const *names, size_t count)
{
	add_members(decompiler, word, members, names, count, NULL);
}

void stp_add_patterns(struct stp_decompiler *decompiler, unsigned members, uint16_t recipe)
{
	struct stipple_recipe_row row;
	uint16_t counts[STP_PATTERNS];

	if (recipe == STIPPLE_NONE) {
		add_members(decompiler, "pattern", members, stp_pattern_names, STP_PATTERNS, NULL);
		return;
	}
	row = stp_recipes_at(decompiler, recipe);
	memcpy(counts, &row, sizeof counts);
	for (size_t i = 0; i < STP_PATTERNS; i++)
		if ((counts[i] != 0) != ((members >> i & 1u) != 0))
			stp_refuse(decompiler, "a recipe of other movements than are allowed");
	add_members(decompiler, "pattern", members, stp_pattern_names, STP_PATTERNS, counts);
}

static void add_zone(struct stp_decompiler *decompiler, const struct stipple_slot_row *slot,
		     bool has_motor)
{
	struct stp_string *out = decompiler->out;
	struct stipple_depth_row depth;
	struct stipple_pace_row pace;

	stp_addf(out, "  zone %s {\n",
		 stp_name_at(decompiler, stp_zones_at(decompiler, slot->zone).name));
	if (slot->depth == STIPPLE_NONE) {
		stp_add(out, "    never\n    cites pack\n  }\n");
		return;
	}
	depth = stp_depths_at(decompiler, slot->depth);
	pace = stp_paces_at(decompiler, slot->pace);
	add_bounds(decompiler, STIPPLE_DEPTH, &depth.range_least);
	if (depth.step != STIPPLE_NONE) {
		stp_add(out, "    step ");
		stp_add_length(decompiler, depth.step);
		stp_add(out, "\n");
	}
	if (pace.passes_limit_least != 0) /* else the protocol says nothing of passes */
		add_bounds(decompiler, STIPPLE_PASSES, &pace.passes_range_least);
	if (has_motor)
		add_bounds(decompiler, STIPPLE_RATE, &pace.rate_range_least);
	stp_add_patterns(decompiler, pace.patterns, slot->recipe);
	if (pace.endpoints != 0)
		stp_add_members(decompiler, "endpoint", pace.endpoints, stp_endpoint_names,
				STP_ENDPOINTS);
	stp_add(out, "    cites pack\n  }\n");
}

/* ---- the order in which zones were named ---- */

static uint32_t run_length(const struct stp_decompiler *decompiler, uint32_t first)
{
	uint32_t rows = 1;

	while (stp_tightenings_at(decompiler, first + rows - 1).chain != STIPPLE_LAST)
		rows++;
	return rows;
}

static uint32_t use_length(const struct stp_decompiler *decompiler, uint32_t first)
{
	uint32_t rows = 1;

	while (stp_uses_at(decompiler, first + rows - 1).chain != STIPPLE_LAST)
		rows++;
	return rows;
}

static bool may_come(const struct stp_named_rows *next, const struct stipple_slot_row *slot)
{
	return slot->depth == STIPPLE_NONE ||
	       (slot->depth <= next->depths && slot->pace <= next->paces &&
		(slot->tightening == STIPPLE_NONE || slot->tightening <= next->tightenings) &&
		(slot->use == STIPPLE_NONE || slot->use <= next->uses));
}

static void cite(struct stp_decompiler *decompiler, const struct stipple_slot_row *slot)
{
	struct stp_named_rows *next = &decompiler->next;

	if (slot->depth == STIPPLE_NONE)
		return;
	next->depths += slot->depth == next->depths;
	next->paces += slot->pace == next->paces;
	if (slot->tightening == next->tightenings)
		next->tightenings += run_length(decompiler, slot->tightening);
	if (slot->use == next->uses)
		next->uses += use_length(decompiler, slot->use);
}

/* order: for each place of the protocol the slot that was named there, counted from its first. */
static void find_order(struct stp_decompiler *decompiler, const struct stipple_protocol_row *row,
		       uint16_t order[STIPPLE_ZONES_MOST])
{
	bool named[STIPPLE_ZONES_MOST] = { false };

	for (uint16_t place = 0; place < row->slot_count; place++) {
		uint16_t at = 0;
		struct stipple_slot_row slot;

		for (; at < row->slot_count; at++) {
			slot = stp_slots_at(decompiler, row->first_slot + at);
			if (!named[at] && may_come(&decompiler->next, &slot))
				break;
		}
		if (at == row->slot_count) {
			stp_refuse(decompiler, "rows in an order that no source gives them");
			at = place;
			slot = stp_slots_at(decompiler, row->first_slot + at);
		}
		named[at] = true;
		order[place] = at;
		cite(decompiler, &slot);
	}
}

void stp_decompile_protocol(struct stp_decompiler *decompiler, uint32_t number)
{
	struct stipple_protocol_row row = stp_protocols_at(decompiler, number);
	bool has_motor = stp_devices_at(decompiler, row.device).rate_most != 0;
	uint16_t order[STIPPLE_ZONES_MOST];

	memset(decompiler->named_factors, 0,
	       decompiler->header.factors.count * sizeof *decompiler->named_factors);
	memset(decompiler->named_questions, 0,
	       decompiler->header.questions.count * sizeof *decompiler->named_questions);
	add_head(decompiler, &row, stp_indication_of(decompiler, number));
	find_order(decompiler, &row, order);
	for (uint16_t i = 0; i < row.slot_count; i++) {
		struct stipple_slot_row slot = stp_slots_at(decompiler, row.first_slot + order[i]);

		add_zone(decompiler, &slot, has_motor);
	}
	stp_decompile_rules(decompiler, &row);
	add_course_whens(decompiler, row.course);
	stp_decompile_whens(decompiler, &row, order);
	stp_add(decompiler->out, "}\n");
}
