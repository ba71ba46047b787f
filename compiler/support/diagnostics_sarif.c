/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Diagnostics as one SARIF 2.1.0 log, which code review tools read: the whole table as rules, each
 * diagnostic as a result with its place, the labels as related locations, and its fix. Columns
 * count Unicode code points. What is embedded in the program has URIs of the scheme "stipple".
 */
#include "support/json.h"

#include <string.h>

#define SCHEMA                                                                                     \
	"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"                      \
	"sarif-schema-2.1.0.json"

static bool is_plain(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	       (byte >= '0' && byte <= '9') || (byte != '\0' && strchr("-._~/", byte) != NULL);
}

static void add_uri(struct stp_string *out, const struct stp_source *source)
{
	stp_add(out, "\"");
	if (source->embedded)
		stp_add(out, "stipple:");
	else if (source->name[0] == '/')
		stp_add(out, "file://");
	for (const char *at = source->name; *at != '\0'; at++) {
		if (is_plain(*at))
			stp_add_bytes(out, at, 1);
		else
			stp_addf(out, "%%%02X", (unsigned)(unsigned char)*at);
	}
	stp_add(out, "\"");
}

static void add_region(struct stp_context *context, struct stp_string *out, struct stp_span span)
{
	struct stp_position begin = stp_plain_position(context, span.source, span.begin);
	struct stp_position end = stp_plain_position(context, span.source, span.end);

	stp_addf(out, "{\"startLine\":%u,\"startColumn\":%u,\"endLine\":%u,\"endColumn\":%u,",
		 (unsigned)begin.line, (unsigned)begin.column, (unsigned)end.line,
		 (unsigned)end.column);
	stp_addf(out, "\"byteOffset\":%u,\"byteLength\":%u}", (unsigned)span.begin,
		 (unsigned)(span.end - span.begin));
}

static void add_artifact(struct stp_context *context, struct stp_string *out, uint32_t source)
{
	stp_add(out, "\"artifactLocation\":{\"uri\":");
	add_uri(out, stp_source_by_id(context, source));
	stp_add(out, "}");
}

/* A location without its closing brace, so that a message may follow. */
static void add_location(struct stp_context *context, struct stp_string *out, struct stp_span span)
{
	stp_add(out, "{\"physicalLocation\":{");
	add_artifact(context, out, span.source);
	stp_add(out, ",\"region\":");
	add_region(context, out, span);
	stp_add(out, "}");
}

static void add_message(struct stp_string *out, const char *key, const char *text)
{
	stp_addf(out, "\"%s\":{\"text\":", key);
	stp_add_json(out, text);
	stp_add(out, "}");
}

static void add_rules(struct stp_string *out)
{
	for (size_t i = 0; i < STP_DIAGNOSTIC_COUNT; i++) {
		const struct stp_diagnostic_kind *kind = &stp_diagnostic_kinds[i];

		stp_addf(out, "%s\n{\"id\":\"%s\",\"name\":\"%s\",", i == 0 ? "" : ",", kind->id,
			 kind->name);
		add_message(out, "shortDescription", kind->title);
		stp_add(out, ",");
		add_message(out, "fullDescription", kind->explanation);
		stp_addf(out, ",\"defaultConfiguration\":{\"level\":\"%s\"}}",
			 stp_severity_words[kind->severity]);
	}
}

static void add_labels(struct stp_context *context, struct stp_string *out,
		       const struct stp_label *labels)
{
	const char *comma = "";

	stp_add(out, ",\"relatedLocations\":[");
	for (; labels != NULL; labels = labels->next) {
		if (labels->span.source == 0)
			continue;
		stp_add(out, comma);
		add_location(context, out, labels->span);
		stp_add(out, ",");
		add_message(out, "message", labels->text);
		stp_add(out, "}");
		comma = ",";
	}
	stp_add(out, "]");
}

/* One fix whose changes belong together, file by file. */
static void add_fix(struct stp_context *context, struct stp_string *out,
		    const struct stp_fix *fixes)
{
	uint32_t source = 0;

	stp_add(out, ",\"fixes\":[{\"artifactChanges\":[");
	for (const struct stp_fix *at = fixes; at != NULL; at = at->next) {
		if (at->span.source != source) {
			stp_add(out, source == 0 ? "{" : "]},{");
			source = at->span.source;
			add_artifact(context, out, source);
			stp_add(out, ",\"replacements\":[");
		} else {
			stp_add(out, ",");
		}
		stp_add(out, "{\"deletedRegion\":");
		add_region(context, out, at->span);
		stp_add(out, ",");
		add_message(out, "insertedContent", at->text);
		stp_add(out, "}");
	}
	stp_add(out, "]}]}]");
}

static void add_result(struct stp_context *context, struct stp_string *out,
		       const struct stp_diagnostic *diagnostic)
{
	const char *help = diagnostic->help;
	const char *text = diagnostic->message;

	if (help != NULL)
		text = stp_format(context, "%s. Help: %s", text, help);
	stp_addf(out, "{\"ruleId\":\"%s\",\"ruleIndex\":%d,\"level\":\"%s\",",
		 stp_diagnostic_kinds[diagnostic->id].id, (int)diagnostic->id,
		 stp_severity_words[diagnostic->severity]);
	add_message(out, "message", text);
	if (diagnostic->span.source != 0) {
		stp_add(out, ",\"locations\":[");
		add_location(context, out, diagnostic->span);
		stp_add(out, "}]");
	}
	if (diagnostic->labels != NULL)
		add_labels(context, out, diagnostic->labels);
	if (diagnostic->fixes != NULL)
		add_fix(context, out, diagnostic->fixes);
	stp_add(out, "}");
}

void stp_diagnostics_sarif(struct stp_context *context, struct stp_string *out)
{
	size_t count;
	const struct stp_diagnostic **sorted = stp_diagnostics_sorted(context, &count);

	stp_add(out, "{\"$schema\":\"" SCHEMA "\",\"version\":\"2.1.0\",\"runs\":[{");
	stp_add(out, "\"tool\":{\"driver\":{\"name\":\"stipple\",\"version\":\"" STP_VERSION
		     "\",\"rules\":[");
	add_rules(out);
	stp_add(out, "\n]}},\n\"columnKind\":\"unicodeCodePoints\",\"results\":[");
	for (size_t i = 0; i < count; i++) {
		stp_add(out, i == 0 ? "\n" : ",\n");
		add_result(context, out, sorted[i]);
	}
	stp_add(out, "\n]}]}\n");
}
