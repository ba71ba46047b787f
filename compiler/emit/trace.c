/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The lines of a trace. Row numbers come from the table writer, which notes them as it makes the
 * rows; the sheets' sentences are recorded while the card is made. Nothing is worked out a second
 * time here.
 */
#include "emit/trace.h"

#include <stdlib.h>
#include <string.h>

#include "emit/trace_rows.h"

const char *const stp_trace_standing_words[STP_TRACE_STANDINGS] = {
	[STP_TRACE_SOURCED] = "sourced",
	[STP_TRACE_PROPOSAL] = "proposal",
	[STP_TRACE_UNSOURCED] = "number without a source",
	[STP_TRACE_NO_NUMBER] = "no number",
};

/* ---- one line ---- */

static enum stp_trace_standing standing_of(const struct stp_reading *reading)
{
	if (reading->origin == NULL || reading->origin->cite_count == 0)
		return reading->has_number ? STP_TRACE_UNSOURCED : STP_TRACE_NO_NUMBER;
	for (size_t i = 0; i < reading->origin->cite_count; i++)
		if (reading->origin->cites[i]->grade == STP_GRADE_U)
			return STP_TRACE_PROPOSAL;
	return STP_TRACE_SOURCED;
}

/* The statement's own text with its blanks and line ends as single blanks; of a block its head. */
static const char *statement_text(struct stp_context *context, struct stp_span span)
{
	const struct stp_source *source = stp_source_by_id(context, span.source);
	struct stp_string out;
	bool blank = false, quoted = false;

	stp_string_init(&out, context);
	stp_add(&out, "");
	for (uint32_t at = span.begin; at < span.end; at++) {
		char each = source->text[at];

		if (each == '{' && !quoted)
			break;
		quoted = quoted != (each == '"');
		if (each == ' ' || each == '\t' || each == '\n' || each == '\r') {
			blank = out.length > 0;
			continue;
		}
		if (blank)
			stp_add(&out, " ");
		blank = false;
		stp_add_bytes(&out, &each, 1);
	}
	return out.text;
}

static int by_row(const void *left, const void *right)
{
	const struct stp_table_row *one = left, *other = right;
	int order = strcmp(one->section, other->section);

	return order != 0 ? order : (one->row > other->row) - (one->row < other->row);
}

/* All rows of the statement's elements, each once. */
static void find_rows(struct stp_context *context, const struct stp_table_rows *all,
		      const struct stp_reading *reading, struct stp_trace_line *line)
{
	struct stp_table_row *rows = NULL;
	size_t count = 0, room = 0, kept = 0;

	for (size_t i = 0; i < reading->element_count; i++)
		for (size_t j = 0; j < all->count; j++) {
			if (all->items[j].element != reading->elements[i].element ||
			    strcmp(all->items[j].section, reading->elements[i].section) != 0)
				continue;
			rows = stp_grow(context, rows, count, &room, sizeof *rows);
			rows[count++] = all->items[j];
		}
	if (count > 0)
		qsort(rows, count, sizeof *rows, by_row);
	for (size_t i = 0; i < count; i++)
		if (kept == 0 || by_row(&rows[kept - 1], &rows[i]) != 0)
			rows[kept++] = rows[i];
	line->rows = rows;
	line->row_count = kept;
}

static bool is_new(const char *const *items, size_t count, const char *text)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(items[i], text) == 0)
			return false;
	return true;
}

static void find_card(struct stp_context *context, const struct stp_sheet_record *record,
		      const struct stp_reading *reading, struct stp_trace_line *line)
{
	const char **card = NULL;
	size_t count = 0, room = 0;

	for (size_t i = 0; i < record->count; i++) {
		if (memcmp(&record->items[i].statement, &reading->span, sizeof reading->span) !=
			    0 ||
		    !is_new(card, count, record->items[i].sentence))
			continue;
		card = stp_grow(context, card, count, &room, sizeof *card);
		card[count++] = record->items[i].sentence;
	}
	line->card = card;
	line->card_count = count;
}

/* ---- the whole ---- */

/* What the sheets say, statement by statement. */
static bool make_card(struct stp_context *context, const struct stp_model *model,
		      const struct stp_protocol *protocol, const struct stp_sheet_options *options,
		      struct stp_sheet_record *record)
{
	struct stp_sheet_options recorded = *options;
	struct stp_string card;

	recorded.format = STP_MARKDOWN;
	recorded.visit = NULL;
	recorded.record = record;
	stp_string_init(&card, context);
	return stp_emit_card(context, model, protocol, &recorded, &card);
}

static bool make_rows(struct stp_context *context, const struct stp_model *model,
		      struct stp_table_rows *rows)
{
	static const struct stp_tables_options options = { .name = "table", .header = "table.h" };
	const uint8_t *bytes;
	size_t length;

	return stp_table_image_with_rows(context, model, &options, &bytes, &length, rows) ==
	       STP_DONE;
}

static void make_lines(struct stp_trace *trace, const struct stp_readings *readings,
		       const struct stp_table_rows *rows, const struct stp_sheet_record *record)
{
	struct stp_trace_line *lines =
		stp_alloc_array(trace->context, readings->count + 1, sizeof *lines);

	for (size_t i = 0; i < readings->count; i++) {
		const struct stp_reading *reading = &readings->items[i];
		struct stp_trace_line *line = &lines[i];

		line->file = stp_source_by_id(trace->context, reading->span.source)->name;
		line->line = stp_position(trace->context, reading->span).line;
		line->statement = statement_text(trace->context, reading->span);
		line->meaning = reading->sentence;
		line->origin = reading->origin;
		line->standing = standing_of(reading);
		trace->standings[line->standing]++;
		find_rows(trace->context, rows, reading, line);
		find_card(trace->context, record, reading, line);
	}
	trace->lines = lines;
	trace->count = readings->count;
}

bool stp_emit_trace(struct stp_context *context, const struct stp_model *model,
		    const struct stp_protocol *protocol, const struct stp_sheet_options *options,
		    enum stp_trace_format format, struct stp_string *out)
{
	struct stp_trace trace = { .context = context,
				   .protocol = protocol,
				   .fingerprint = options->fingerprint };
	struct stp_sheet_record record = { context, NULL, 0, 0 };
	struct stp_table_rows rows;
	struct stp_readings readings;
	struct stp_sheet sheet;

	if (!make_card(context, model, protocol, options, &record) ||
	    !make_rows(context, model, &rows) ||
	    !stp_sheet_begin(&sheet, context, model, protocol, options))
		return false;
	stp_read_protocol(&sheet, &readings);
	make_lines(&trace, &readings, &rows, &record);
	if (format == STP_TRACE_MARKDOWN)
		stp_trace_markdown(&trace, out);
	else if (format == STP_TRACE_CSV)
		stp_trace_csv(&trace, out);
	else
		stp_trace_json(&trace, out);
	return true;
}
