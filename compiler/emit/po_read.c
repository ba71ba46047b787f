/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads a .po and writes the language file that it amounts to. Of the format it knows what
 * translators' tools write: comments, entries of msgctxt, msgid and msgstr, strings over several
 * lines. An entry that is empty, fuzzy or obsolete counts as not translated.
 */
#include "emit/po.h"

#include <string.h>

struct entry {
	struct stp_string context, english, text;
	bool has_context, fuzzy;
	const char *begin; /* its first line that is no comment */
	const char *place; /* the file of its first reference, for a heading; or NULL */
	size_t place_length;
};

struct reader {
	struct stp_context *context;
	const struct stp_source *source;
	const char *at; /* the line being read */
	const char *end;
	struct stp_string *out;
	const char *section; /* the last heading */
	size_t section_length;
	bool begun; /* the header was read */
	bool bad;
};

/* ---- lines ---- */

static void fault_at(struct reader *reader, const char *at, const char *what)
{
	uint32_t begin = (uint32_t)(at - reader->source->text);
	struct stp_diagnostic *report;

	if (!reader->bad) {
		report =
			stp_report(reader->context, STP_D_po_syntax,
				   (struct stp_span){ reader->source->id, begin,
						      begin + (uint32_t)strcspn(reader->at, "\n") },
				   "%s", what);
		stp_help(reader->context, report, "msgfmt --check finds all such faults");
	}
	reader->bad = true;
}

static void fault(struct reader *reader, const char *what)
{
	fault_at(reader, reader->at, what);
}

static void next_line(struct reader *reader)
{
	reader->at += strcspn(reader->at, "\n");
	reader->at += reader->at < reader->end;
}

static bool begins(const struct reader *reader, const char *word)
{
	return strncmp(reader->at, word, strlen(word)) == 0;
}

/* The string that stands at `at`, up to its closing quote. */
static void read_string(struct reader *reader, const char *at, struct stp_string *out)
{
	if (*at++ != '"') {
		fault(reader, "a string in quotes belongs here");
		return;
	}
	for (; *at != '"'; at++) {
		if (*at == '\n' || at >= reader->end) {
			fault(reader, "the string is not closed on its line");
			return;
		}
		if (*at != '\\') {
			stp_add_bytes(out, at, 1);
			continue;
		}
		switch (*++at) {
		case 'n': stp_add(out, "\n"); break;
		case 't': stp_add(out, "\t"); break;
		case '"':
		case '\\': stp_add_bytes(out, at, 1); break;
		default: fault(reader, "\\n, \\t, \\\" and \\\\ are the escapes here"); return;
		}
	}
}

/* `msgid "…"` and the strings on the lines below it. */
static void read_field(struct reader *reader, const char *keyword, struct stp_string *out)
{
	const char *at = reader->at + strlen(keyword);

	at += strspn(at, " \t");
	read_string(reader, at, out);
	for (next_line(reader); !reader->bad && *reader->at == '"'; next_line(reader))
		read_string(reader, reader->at, out);
}

static void begin_entry(struct reader *reader, struct entry *entry)
{
	memset(entry, 0, sizeof *entry);
	stp_string_init(&entry->context, reader->context);
	stp_string_init(&entry->english, reader->context);
	stp_string_init(&entry->text, reader->context);
	stp_add(&entry->context, "");
	stp_add(&entry->english, "");
	stp_add(&entry->text, "");
}

/* A comment before an entry. That of the translator before the first one begins the file. */
static void read_comment(struct reader *reader, struct entry *entry)
{
	size_t length = strcspn(reader->at, "\n");

	if (begins(reader, "#,")) {
		const char *fuzzy = strstr(reader->at, "fuzzy");

		entry->fuzzy = entry->fuzzy || (fuzzy && fuzzy < reader->at + length);
	} else if (begins(reader, "#: ") && !entry->place) {
		entry->place = reader->at + 3;
		entry->place_length = strcspn(entry->place, ":\n");
	} else if (!reader->begun && (begins(reader, "# ") || length == 1)) {
		stp_addf(reader->out, "%.*s\n", (int)length, reader->at);
	}
	next_line(reader);
}

/* The next entry. False at the end, or after a fault. */
static bool read_entry(struct reader *reader, struct entry *entry)
{
	bool has_english = false;

	begin_entry(reader, entry);
	while (!reader->bad && reader->at < reader->end) {
		if (*reader->at == '\n' || *reader->at == '\r') {
			next_line(reader);
		} else if (*reader->at == '#') {
			read_comment(reader, entry);
		} else if (begins(reader, "msgctxt ")) {
			entry->has_context = true;
			entry->begin = reader->at;
			read_field(reader, "msgctxt", &entry->context);
		} else if (begins(reader, "msgid ")) {
			has_english = true;
			entry->begin = entry->has_context ? entry->begin : reader->at;
			read_field(reader, "msgid", &entry->english);
		} else if (begins(reader, "msgstr ") && has_english) {
			read_field(reader, "msgstr", &entry->text);
			return !reader->bad;
		} else {
			fault(reader,
			      "an entry is made of msgctxt, msgid and msgstr, in this order");
		}
	}
	if (!reader->bad && (has_english || entry->has_context))
		fault(reader, "the last entry has no msgstr");
	return false;
}

/* ---- the language file ---- */

static void add_text(struct stp_string *out, const char *text)
{
	if (!strchr(text, '\n')) {
		stp_add(out, "\"");
		for (; *text; text++)
			stp_addf(out, "%s%c", *text == '"' || *text == '\\' ? "\\" : "", *text);
		stp_add(out, "\"");
		return;
	}
	stp_add(out, "\"\"\"\n");
	while (*text) {
		size_t length = strcspn(text, "\n");

		stp_addf(out, "%s%.*s", length > 0 ? "    " : "", (int)length, text);
		stp_add(out, text[length] == '\n' ? "\n" : "");
		text += length + (text[length] == '\n');
	}
	stp_add(out, out->text[out->length - 1] == '\n' ? "  \"\"\"" : "\"\"\"");
}

/* The value of a line of the header, or NULL. */
static const char *header_value(struct reader *reader, const char *header, const char *name)
{
	size_t length = strlen(name);

	for (; *header; header += strcspn(header, "\n"), header += *header == '\n')
		if (strncmp(header, name, length) == 0 && strncmp(header + length, ": ", 2) == 0) {
			const char *value = header + length + 2;
			size_t bytes = strcspn(value, "\n");

			return bytes == 0 ? NULL : stp_copy_text(reader->context, value, bytes);
		}
	return NULL;
}

static void add_head(struct reader *reader, const struct entry *entry)
{
	struct stp_string *out = reader->out;
	const char *header = entry->text.text;
	const char *code = header_value(reader, header, "Language");
	const char *label = header_value(reader, header, STP_PO_LABEL);
	const char *direction = header_value(reader, header, STP_PO_DIRECTION);
	const char *by = header_value(reader, header, STP_PO_REVIEWER);
	const char *on = header_value(reader, header, STP_PO_REVIEWED);

	if (!code) {
		fault_at(reader, entry->begin, "the header does not say which Language this is");
		return;
	}
	stp_addf(out, "%sedition 1\n\nlanguage %s ", out->length > 0 ? "\n" : "", code);
	if (label) {
		add_text(out, label);
		stp_add(out, " ");
	}
	stp_add(out, "{\n");
	if (direction)
		stp_addf(out, "  direction %s\n", direction);
	if (by && on) {
		stp_add(out, "  reviewed by ");
		add_text(out, by);
		stp_addf(out, " on %s\n", on);
	}
}

/* A heading where the texts of another file begin. */
static void add_section(struct reader *reader, const struct entry *entry)
{
	if (!entry->place || (entry->place_length == reader->section_length &&
			      strncmp(entry->place, reader->section, entry->place_length) == 0))
		return;
	reader->section = entry->place;
	reader->section_length = entry->place_length;
	stp_addf(reader->out, "\n  # %.*s\n\n", (int)entry->place_length, entry->place);
}

static void add_translation(struct reader *reader, const struct entry *entry)
{
	struct stp_string *out = reader->out;

	add_section(reader, entry);
	stp_add(out, "  text ");
	add_text(out, entry->english.text);
	if (strcmp(entry->english.text, entry->text.text) != 0) {
		stp_add(out, ",\n    ");
		add_text(out, entry->text.text);
	}
	if (entry->has_context)
		stp_addf(out, " %s", entry->context.text);
	stp_add(out, "\n");
}

static void add_entry(struct reader *reader, const struct entry *entry)
{
	const char *context = entry->context.text;

	if (entry->text.length == 0 || entry->fuzzy)
		return;
	if (!entry->has_context || strncmp(context, STP_PO_IN, strlen(STP_PO_IN)) == 0) {
		add_translation(reader, entry);
	} else if (strncmp(context, STP_PO_PHRASE, strlen(STP_PO_PHRASE)) == 0) {
		stp_addf(reader->out, "  %s ", context);
		add_text(reader->out, entry->text.text);
		stp_add(reader->out, "\n");
	} else {
		fault_at(reader, entry->begin,
			 "msgctxt is `phrase` and a phrase's name, or `in` and a name");
	}
}

bool stp_po_read(struct stp_context *context, const struct stp_source *source,
		 struct stp_string *out)
{
	struct reader reader = { .context = context,
				 .source = source,
				 .at = source->text,
				 .end = source->text + source->length,
				 .out = out };
	struct entry entry;

	while (read_entry(&reader, &entry)) {
		if (!reader.begun && entry.english.length == 0)
			add_head(&reader, &entry);
		else if (!reader.begun)
			fault_at(&reader, entry.begin,
				 "the first entry is the header, whose msgid is empty");
		else
			add_entry(&reader, &entry);
		reader.begun = true;
	}
	if (!reader.bad && !reader.begun)
		fault_at(&reader, source->text, "this file has no entry");
	stp_add(out, "}\n");
	return !reader.bad;
}
