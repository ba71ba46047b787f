/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The three forms of a trace: Markdown to be read, CSV for a spreadsheet (RFC 4180, every field in
 * quotes), JSON for programs (one object, its statements in a list).
 */
#include <string.h>

#include "emit/document.h"
#include "emit/trace_rows.h"
#include "support/json.h"

#define GRADES "ABCDU"

/* ---- parts ---- */

const char *stp_trace_place(const struct stp_trace *trace, const struct stp_trace_line *line)
{
	return stp_format(trace->context, "%s:%lu", line->file, (unsigned long)line->line);
}

const char *stp_trace_rows(const struct stp_trace *trace, const struct stp_trace_line *line)
{
	struct stp_string out;

	stp_string_init(&out, trace->context);
	stp_add(&out, "");
	for (size_t i = 0; i < line->row_count; i++) {
		bool goes_on =
			i > 0 && strcmp(line->rows[i].section, line->rows[i - 1].section) == 0;

		if (goes_on)
			stp_addf(&out, ", %lu", (unsigned long)line->rows[i].row);
		else
			stp_addf(&out, "%s%s %lu", i > 0 ? "; " : "", line->rows[i].section,
				 (unsigned long)line->rows[i].row);
	}
	return out.text;
}

const char *stp_trace_sources(const struct stp_trace *trace, const struct stp_trace_line *line)
{
	struct stp_string out;

	stp_string_init(&out, trace->context);
	stp_add(&out, "");
	for (size_t i = 0; line->origin != NULL && i < line->origin->cite_count; i++)
		stp_addf(&out, "%s%s (%c)", i > 0 ? ", " : "", line->origin->cites[i]->name,
			 GRADES[line->origin->cites[i]->grade]);
	return out.text;
}

static const char *differing(const struct stp_trace *trace, const struct stp_trace_line *line)
{
	struct stp_string out;

	stp_string_init(&out, trace->context);
	stp_add(&out, "");
	for (size_t i = 0; line->origin != NULL && i < line->origin->differing_count; i++)
		stp_addf(&out, "%s%s (%c) says %s", i > 0 ? ", " : "",
			 line->origin->differing[i].source->name,
			 GRADES[line->origin->differing[i].source->grade],
			 line->origin->differing[i].text);
	return out.text;
}

static const char *card_words(const struct stp_trace *trace, const struct stp_trace_line *line)
{
	struct stp_string out;

	stp_string_init(&out, trace->context);
	stp_add(&out, "");
	for (size_t i = 0; i < line->card_count; i++)
		stp_addf(&out, "%s%s", i > 0 ? " " : "", line->card[i]);
	return out.text;
}

static const char *version_words(const struct stp_trace *trace)
{
	const uint16_t *version = trace->protocol->version;

	return stp_format(trace->context, "%u.%u.%u", (unsigned)version[0], (unsigned)version[1],
			  (unsigned)version[2]);
}

/* ---- Markdown ---- */

static void add_bullet(const struct stp_trace *trace, struct stp_document *document,
		       const char *label, const char *text)
{
	if (*text != '\0')
		stp_bullet(document, stp_format(trace->context, "%s: %s", label, text));
}

static void add_counts(const struct stp_trace *trace, struct stp_document *document)
{
	stp_bullet(document, stp_format(trace->context, "Version: %s", version_words(trace)));
	stp_bullet(document, stp_format(trace->context, "Fingerprint: %s", trace->fingerprint));
	stp_bullet(document, stp_format(trace->context, "Statements: %zu", trace->count));
	stp_bullet(document, stp_format(trace->context, "Proposals, which no source confirms: %zu",
					trace->standings[STP_TRACE_PROPOSAL]));
	stp_bullet(document, stp_format(trace->context, "Numbers without a source: %zu",
					trace->standings[STP_TRACE_UNSOURCED]));
}

/* The places of what needs a reviewer's eye. */
static void add_places(const struct stp_trace *trace, struct stp_document *document,
		       enum stp_trace_standing standing, const char *heading)
{
	if (trace->standings[standing] == 0)
		return;
	stp_heading(document, 2, heading);
	for (size_t i = 0; i < trace->count; i++)
		if (trace->lines[i].standing == standing)
			stp_bullet(document, stp_format(trace->context, "%s: %s",
							stp_trace_place(trace, &trace->lines[i]),
							trace->lines[i].meaning));
}

static void add_line(const struct stp_trace *trace, struct stp_document *document,
		     const struct stp_trace_line *line)
{
	stp_heading(document, 3, stp_trace_place(trace, line));
	add_bullet(trace, document, "Statement", line->statement);
	add_bullet(trace, document, "Means", line->meaning);
	add_bullet(trace, document, "Table rows", stp_trace_rows(trace, line));
	add_bullet(trace, document, "In the sheets", card_words(trace, line));
	add_bullet(trace, document, "Sources", stp_trace_sources(trace, line));
	add_bullet(trace, document, "Otherwise", differing(trace, line));
	if (line->origin != NULL && line->origin->because != NULL)
		add_bullet(trace, document, "Because", line->origin->because);
	if (line->standing == STP_TRACE_PROPOSAL || line->standing == STP_TRACE_UNSOURCED)
		add_bullet(trace, document, "Standing", stp_trace_standing_words[line->standing]);
}

void stp_trace_markdown(const struct stp_trace *trace, struct stp_string *out)
{
	struct stp_document document;

	stp_document_begin(&document, trace->context);
	stp_heading(&document, 1, stp_format(trace->context, "Trace: %s", trace->protocol->label));
	add_counts(trace, &document);
	add_places(trace, &document, STP_TRACE_UNSOURCED, "Numbers without a source");
	add_places(trace, &document, STP_TRACE_PROPOSAL, "Proposals");
	stp_heading(&document, 2, "All statements");
	for (size_t i = 0; i < trace->count; i++)
		add_line(trace, &document, &trace->lines[i]);
	stp_document_markdown(&document, out);
}

/* ---- CSV ---- */

/* A spreadsheet computes a field that begins like a formula; a quote keeps it a text. */
static void add_field(struct stp_string *out, const char *text, const char *behind)
{
	stp_add(out, *text != '\0' && strchr("=+-@\t\r", *text) != NULL ? "\"'" : "\"");
	for (; *text != '\0'; text++)
		stp_add_bytes(out, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
	stp_add(out, "\"");
	stp_add(out, behind);
}

void stp_trace_csv(const struct stp_trace *trace, struct stp_string *out)
{
	stp_add(out, "\"file\",\"line\",\"statement\",\"means\",\"rows\",\"sheets\",\"sources\","
		     "\"otherwise\",\"because\",\"standing\"\r\n");
	for (size_t i = 0; i < trace->count; i++) {
		const struct stp_trace_line *line = &trace->lines[i];
		bool reason = line->origin != NULL && line->origin->because != NULL;

		add_field(out, line->file, ",");
		stp_addf(out, "%lu,", (unsigned long)line->line);
		add_field(out, line->statement, ",");
		add_field(out, line->meaning, ",");
		add_field(out, stp_trace_rows(trace, line), ",");
		add_field(out, card_words(trace, line), ",");
		add_field(out, stp_trace_sources(trace, line), ",");
		add_field(out, differing(trace, line), ",");
		add_field(out, reason ? line->origin->because : "", ",");
		add_field(out, stp_trace_standing_words[line->standing], "\r\n");
	}
}

/* ---- JSON ---- */

static void add_member(struct stp_string *out, const char *name, const char *text)
{
	stp_addf(out, ",\"%s\":", name);
	stp_add_json(out, text);
}

static void add_json_rows(struct stp_string *out, const struct stp_trace_line *line)
{
	stp_add(out, ",\"rows\":[");
	for (size_t i = 0; i < line->row_count; i++)
		stp_addf(out, "%s{\"section\":\"%s\",\"row\":%lu}", i > 0 ? "," : "",
			 line->rows[i].section, (unsigned long)line->rows[i].row);
	stp_add(out, "],\"sheets\":[");
	for (size_t i = 0; i < line->card_count; i++) {
		stp_add(out, i > 0 ? "," : "");
		stp_add_json(out, line->card[i]);
	}
	stp_add(out, "]");
}

static void add_json_sources(struct stp_string *out, const struct stp_provenance *origin)
{
	stp_add(out, ",\"sources\":[");
	for (size_t i = 0; origin != NULL && i < origin->cite_count; i++) {
		stp_add(out, i > 0 ? ",{\"name\":" : "{\"name\":");
		stp_add_json(out, origin->cites[i]->name);
		stp_addf(out, ",\"grade\":\"%c\"}", GRADES[origin->cites[i]->grade]);
	}
	stp_add(out, "],\"otherwise\":[");
	for (size_t i = 0; origin != NULL && i < origin->differing_count; i++) {
		stp_add(out, i > 0 ? ",{\"name\":" : "{\"name\":");
		stp_add_json(out, origin->differing[i].source->name);
		add_member(out, "says", origin->differing[i].text);
		stp_add(out, "}");
	}
	stp_add(out, "]");
	if (origin != NULL && origin->because != NULL)
		add_member(out, "because", origin->because);
}

static void add_json_line(struct stp_string *out, const struct stp_trace_line *line)
{
	stp_add(out, "{\"file\":");
	stp_add_json(out, line->file);
	stp_addf(out, ",\"line\":%lu", (unsigned long)line->line);
	add_member(out, "statement", line->statement);
	add_member(out, "means", line->meaning);
	add_json_rows(out, line);
	add_json_sources(out, line->origin);
	add_member(out, "standing", stp_trace_standing_words[line->standing]);
	stp_add(out, "}");
}

void stp_trace_json(const struct stp_trace *trace, struct stp_string *out)
{
	stp_add(out, "{\"protocol\":");
	stp_add_json(out, trace->protocol->name);
	add_member(out, "version", version_words(trace));
	add_member(out, "fingerprint", trace->fingerprint);
	stp_addf(out, ",\"proposals\":%zu,\"without_source\":%zu,\"statements\":[\n",
		 trace->standings[STP_TRACE_PROPOSAL], trace->standings[STP_TRACE_UNSOURCED]);
	for (size_t i = 0; i < trace->count; i++) {
		stp_add(out, i > 0 ? ",\n" : "");
		add_json_line(out, &trace->lines[i]);
	}
	stp_add(out, "\n]}\n");
}
