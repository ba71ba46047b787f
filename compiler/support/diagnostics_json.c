/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Diagnostics as JSON lines: one object on a line for each, in the order of their places.
 *
 *   {"id":"ST0201","name":"syntax","severity":"error","message":"…","help":"…" or null,
 *    PLACE or "file":null, "labels":[{"text":"…",PLACE}…], "fixes":[{"text":"…",PLACE}…]}
 *   PLACE  "file":"…","begin":N,"end":N,"line":N,"column":N,"end_line":N,"end_column":N
 *
 * begin and end are byte offsets, the end just behind; lines and columns count from 1, columns in
 * Unicode code points. The fixes of one diagnostic belong together: each replaces its place by its
 * text, and only all of them mend the fault.
 */
#include "support/json.h"

static void add_place(struct stp_context *context, struct stp_string *out, struct stp_span span)
{
	const struct stp_source *source = stp_source_by_id(context, span.source);
	struct stp_position begin = stp_plain_position(context, span.source, span.begin);
	struct stp_position end = stp_plain_position(context, span.source, span.end);

	stp_add(out, "\"file\":");
	if (source == NULL) {
		stp_add(out, "null");
		return;
	}
	stp_add_json(out, source->name);
	stp_addf(out, ",\"begin\":%u,\"end\":%u,\"line\":%u,\"column\":%u", (unsigned)span.begin,
		 (unsigned)span.end, (unsigned)begin.line, (unsigned)begin.column);
	stp_addf(out, ",\"end_line\":%u,\"end_column\":%u", (unsigned)end.line,
		 (unsigned)end.column);
}

static void add_text_at(struct stp_context *context, struct stp_string *out, bool first,
			const char *text, struct stp_span span)
{
	stp_add(out, first ? "{\"text\":" : ",{\"text\":");
	stp_add_json(out, text);
	stp_add(out, ",");
	add_place(context, out, span);
	stp_add(out, "}");
}

static void add(struct stp_context *context, struct stp_string *out,
		const struct stp_diagnostic *diagnostic)
{
	const struct stp_diagnostic_kind *kind = &stp_diagnostic_kinds[diagnostic->id];

	stp_addf(out, "{\"id\":\"%s\",\"name\":\"%s\",\"severity\":\"%s\",\"message\":", kind->id,
		 kind->name, stp_severity_words[diagnostic->severity]);
	stp_add_json(out, diagnostic->message);
	stp_add(out, ",\"help\":");
	if (diagnostic->help != NULL)
		stp_add_json(out, diagnostic->help);
	else
		stp_add(out, "null");
	stp_add(out, ",");
	add_place(context, out, diagnostic->span);
	stp_add(out, ",\"labels\":[");
	for (const struct stp_label *at = diagnostic->labels; at != NULL; at = at->next)
		add_text_at(context, out, at == diagnostic->labels, at->text, at->span);
	stp_add(out, "],\"fixes\":[");
	for (const struct stp_fix *at = diagnostic->fixes; at != NULL; at = at->next)
		add_text_at(context, out, at == diagnostic->fixes, at->text, at->span);
	stp_add(out, "]}\n");
}

void stp_diagnostics_json(struct stp_context *context, struct stp_string *out)
{
	size_t count;
	const struct stp_diagnostic **sorted = stp_diagnostics_sorted(context, &count);

	for (size_t i = 0; i < count; i++)
		add(context, out, sorted[i]);
}
