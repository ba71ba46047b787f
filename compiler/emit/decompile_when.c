/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What tightens a protocol's zones for some clients: a `when` for each tightening row, in the order
 * of the rows. Zones that share a run of rows, and what stands for everybody, are named together.
 */
#include <string.h>

#include "emit/decompile.h"

struct when {
	struct stp_decompiler *decompiler;
	const struct stipple_protocol_row *protocol;
	struct stipple_slot_row slot; /* whose rows these are; other zones may share them */
	uint32_t row;
};

static bool shares(const struct stipple_slot_row *a, const struct stipple_slot_row *b)
{
	return a->tightening == b->tightening && a->depth == b->depth && a->pace == b->pace;
}

/* ---- one row ---- */

/*
 * Bounds as a statement that says these and nothing tighter. A single upper end is range and limit
 * at once (language reference, 13.1); where only one of the two is meant the other is said as it
 * stands for everybody, which tightens nothing.
 */
static void add_bounds(struct when *when, const struct stipple_tightening_row *row,
		       const uint16_t everybody[5])
{
	static const char *const words[] = { NULL, "depth", "passes", "rate" };
	struct stp_decompiler *decompiler = when->decompiler;
	struct stp_string *out = decompiler->out;
	uint32_t high = row->range_most != STIPPLE_NONE ? row->range_most : row->limit_most;
	uint32_t low = row->range_least;
	uint32_t limit = row->limit_most != STIPPLE_NONE ? row->limit_most : everybody[3];

	if (high == STIPPLE_NONE && low == 0)
		low = everybody[0];
	if (limit < row->limit_least) /* for clients whom screening excludes nothing need be left */
		limit = row->limit_least;
	stp_addf(out, "    %s", words[row->setting]);
	if (high == STIPPLE_NONE || low != 0) {
		stp_add(out, high == STIPPLE_NONE ? " from " : " ");
		stp_add_value(decompiler, row->setting, low);
	}
	if (high != STIPPLE_NONE) {
		stp_add(out, " to ");
		stp_add_value(decompiler, row->setting, high);
	}
	if (row->start != STIPPLE_NONE) {
		stp_add(out, ", start ");
		stp_add_value(decompiler, row->setting, row->start);
	}
	if (row->limit_least != 0) {
		stp_add(out, ", limit ");
		stp_add_value(decompiler, row->setting, row->limit_least);
		stp_add(out, " to ");
		stp_add_value(decompiler, row->setting, limit);
	} else if (high != STIPPLE_NONE && limit != high) {
		stp_add(out, ", limit ");
		stp_add_value(decompiler, row->setting, limit);
	}
	stp_add(out, "\n");
}

static bool says_bounds(const struct stipple_tightening_row *row)
{
	return row->range_least != 0 || row->limit_least != 0 || row->range_most != STIPPLE_NONE ||
	       row->limit_most != STIPPLE_NONE || row->start != STIPPLE_NONE;
}

static void add_settings(struct when *when, const struct stipple_tightening_row *row)
{
	struct stp_decompiler *decompiler = when->decompiler;
	struct stipple_depth_row depth;
	struct stipple_pace_row pace;
	uint16_t everybody[5];

	if (when->slot.depth == STIPPLE_NONE) {
		stp_refuse(decompiler, "a setting for some of a zone that is never treated");
		return;
	}
	depth = stp_depths_at(decompiler, when->slot.depth);
	pace = stp_paces_at(decompiler, when->slot.pace);
	if (row->setting == STIPPLE_DEPTH)
		memcpy(everybody, &depth.range_least, sizeof everybody);
	else if (row->setting == STIPPLE_PASSES)
		memcpy(everybody, &pace.passes_range_least, sizeof everybody);
	else
		memcpy(everybody, &pace.rate_range_least, sizeof everybody);
	if (says_bounds(row))
		add_bounds(when, row, everybody);
	if (row->step == STIPPLE_NONE)
		return;
	stp_add(decompiler->out, "    step ");
	stp_add_length(decompiler, row->step);
	stp_add(decompiler->out, "\n");
}

static void add_tightening(struct when *when)
{
	struct stipple_tightening_row row = stp_tightenings_at(when->decompiler, when->row);

	switch (row.setting) {
	case STIPPLE_DEPTH:
	case STIPPLE_PASSES:
	case STIPPLE_RATE: add_settings(when, &row); break;
	case STIPPLE_PATTERNS: stp_add_patterns(when->decompiler, row.members, row.recipe); break;
	case STIPPLE_ENDPOINTS:
		stp_add_members(when->decompiler, "endpoint", row.members, stp_endpoint_names,
				STP_ENDPOINTS);
		break;
	case STIPPLE_NEVER: stp_add(when->decompiler->out, "    never\n"); break;
	default: stp_refuse(when->decompiler, "a tightening of no setting"); break;
	}
}

/* The zones that share the row. */
static void add_zone_names(struct when *when, const uint16_t *order)
{
	struct stp_decompiler *decompiler = when->decompiler;
	size_t count = 0;

	for (uint32_t i = 0; i < when->protocol->slot_count; i++) {
		struct stipple_slot_row slot =
			stp_slots_at(decompiler, when->protocol->first_slot + order[i]);

		if (!shares(&slot, &when->slot))
			continue;
		stp_addf(decompiler->out, "%s%s", count++ > 0 ? ", " : "zone ",
			 stp_name_at(decompiler, stp_zones_at(decompiler, slot.zone).name));
	}
}

static void add_when(struct when *when, const struct stp_conditions *conditions,
		     const uint16_t *order)
{
	struct stp_decompiler *decompiler = when->decompiler;
	const char *text = stp_conditions_text(decompiler, conditions);
	struct stp_string *out = decompiler->out;
	struct stp_string body;

	stp_string_init(&body, decompiler->context);
	decompiler->out = &body;
	add_zone_names(when, order);
	stp_add(&body, " {\n");
	add_tightening(when);
	decompiler->out = out;
	if (text == NULL)
		stp_refuse(decompiler, "a tightening for everybody");
	else
		stp_addf(out, "  when %s { %s    cites pack\n  } }\n", text, body.text);
}

/* All rows of one run. */
static void add_run(struct when *when, const uint16_t *order)
{
	uint32_t row = when->slot.tightening;
	uint16_t chain;

	if (row == STIPPLE_NONE)
		return;
	do {
		struct stp_conditions conditions =
			stp_conditions_at(when->decompiler, STP_IN_TIGHTENINGS, row);

		when->row = row;
		add_when(when, &conditions, order);
		row += conditions.rows;
		chain = stp_tightenings_at(when->decompiler, row - 1).chain;
	} while (chain == STIPPLE_MORE && when->decompiler->refused == NULL);
}

/*
 * A question is asked too because a statement depends on it that tightens nothing, and so has no
 * row. Such a statement is made up: no deeper than the device goes.
 */
static void add_asked(struct stp_decompiler *decompiler,
		      const struct stipple_protocol_row *protocol)
{
	struct stipple_device_row device = stp_devices_at(decompiler, protocol->device);

	for (size_t i = 0; i < stp_list_length(decompiler, protocol->asked_list); i++) {
		unsigned subject = stp_list_entry(decompiler, protocol->asked_list, i);
		bool question = (subject & STIPPLE_SUBJECT_QUESTION) != 0;
		unsigned number = subject & ~(unsigned)STIPPLE_SUBJECT_QUESTION;
		struct stp_conditions conditions = { .count = 1 };

		if (subject >= STIPPLE_SUBJECT_DEPTH_USED)
			stp_refuse(decompiler, "a question about what is not asked");
		else if (question ? !decompiler->named_questions[number]
				  : !decompiler->named_factors[number]) {
			conditions.all[0].subject = (uint16_t)subject;
			conditions.all[0].values_or_least = question ? 2 : 1;
			stp_addf(decompiler->out, "  when %s { every zone { depth to ",
				 stp_conditions_text(decompiler, &conditions));
			stp_add_length(decompiler, device.depth_most);
			stp_add(decompiler->out,
				"  cites pack } }  # asked, and tightens nothing\n");
		}
	}
}

void stp_decompile_whens(struct stp_decompiler *decompiler,
			 const struct stipple_protocol_row *protocol, const uint16_t *order)
{
	for (uint32_t i = 0; i < protocol->slot_count; i++) {
		struct when when = { .decompiler = decompiler, .protocol = protocol };
		bool first = true;

		when.slot = stp_slots_at(decompiler, protocol->first_slot + order[i]);
		for (uint32_t j = 0; j < i && first; j++) {
			struct stipple_slot_row before =
				stp_slots_at(decompiler, protocol->first_slot + order[j]);

			first = !shares(&before, &when.slot);
		}
		if (first)
			add_run(&when, order);
	}
	add_asked(decompiler, protocol);
}
