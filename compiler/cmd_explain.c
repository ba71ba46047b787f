/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stipple explain: the long story of a diagnostic, from the table and from its example.
 *
 * The example of ST0201 is docs/diagnostics/ST0201.stip. Lines that begin with "#> " divide it:
 *
 *   #> fires [COMMAND...]    what follows is reported, and reported first, by that command
 *   #> silent [COMMAND...]   what follows is not reported by that command, nor is anything else
 *   #> file NAME             what follows is that file, which the command needs too
 *   #> tested WHERE          in place of the others: the example would be too large to show
 *
 * Without a command it is `check example.stip`, and what follows is example.stip. The tests run
 * every example, so that what is shown is what happens.
 */
#include <string.h>

#include "program.h"
#include "support/library.h"

#define LINE_WIDTH  80
#define ANY_COMMAND "check example.stip"
#define ANY_FILE    "example.stip"
#define HOW_TO_SWITCH                                                                              \
	"-W error=%s makes it an error, -W no-%s switches it off, and `allow %s because \"…\"` " \
	"in a "                                                                                    \
	"file or a protocol allows it there."

/* The same story for a terminal and for docs/diagnostics.md. */
struct story {
	struct stp_string *out;
	bool markdown;
	bool in_code;
};

static const char *const severity_names[] = { "Note", "Warning", "Error" };

/* ---- text in lines ---- */

/* Words, with line breaks where the next would not fit. */
static void add_wrapped(struct stp_string *out, const char *text)
{
	uint32_t column = 0;

	while (*text != '\0') {
		size_t length = strcspn(text, " ");
		uint32_t width = stp_display_width(text, length);

		if (column > 0 && column + 1 + width > LINE_WIDTH) {
			stp_add(out, "\n");
			column = 0;
		} else if (column > 0) {
			stp_add(out, " ");
			column++;
		}
		stp_add_bytes(out, text, length);
		column += width;
		text += length + (text[length] == ' ');
	}
	stp_add(out, "\n");
}

/* ---- the example ---- */

static const struct stp_library_file *example_of(const struct stp_diagnostic_kind *kind)
{
	for (size_t i = 0; i < stp_examples_count; i++)
		if (strcmp(stp_examples[i].name, kind->id) == 0)
			return &stp_examples[i];
	return NULL;
}

static void open_code(struct story *story, const char *language)
{
	if (story->in_code)
		return;
	stp_addf(story->out, story->markdown ? "\n```%s\n" : "\n", language);
	story->in_code = true;
}

static void close_code(struct story *story)
{
	if (story->in_code && story->markdown)
		stp_add(story->out, "```\n");
	story->in_code = false;
}

/* What follows "#> fires" and its like: the words after the first, or the usual ones. */
static const char *rest_of(struct stp_context *context, const char *line, size_t length,
			   const char *usual)
{
	const char *blank = memchr(line, ' ', length);

	if (blank == NULL)
		return usual;
	return stp_copy_text(context, blank + 1, length - (size_t)(blank + 1 - line));
}

static void add_division(struct story *story, const char *line, size_t length)
{
	struct stp_context *context = story->out->context;
	const char *mark = story->markdown ? "`" : "";

	close_code(story);
	if (strncmp(line, "fires", 5) == 0)
		stp_addf(story->out, "\nReported by %sstipple %s%s:\n", mark,
			 rest_of(context, line, length, ANY_COMMAND), mark);
	else if (strncmp(line, "silent", 6) == 0)
		stp_addf(story->out, "\nNot reported by %sstipple %s%s:\n", mark,
			 rest_of(context, line, length, ANY_COMMAND), mark);
	else if (strncmp(line, "file", 4) == 0)
		stp_addf(story->out, "\nwith %s%s%s:\n", mark,
			 rest_of(context, line, length, ANY_FILE), mark);
	else
		stp_add(story->out, "\nAn example would be too large to show.\n");
}

static void add_example(struct story *story, const struct stp_library_file *example)
{
	const char *line = example->text;

	while (*line != '\0') {
		size_t length = strcspn(line, "\n");

		if (strncmp(line, "#> ", 3) == 0) {
			add_division(story, line + 3, length - 3);
		} else {
			open_code(story, "stip");
			if (!story->markdown && length > 0)
				stp_add(story->out, "    ");
			stp_add_harmless(story->out, line, length);
			stp_add(story->out, "\n");
		}
		line += length + (line[length] == '\n');
	}
	close_code(story);
}

/* ---- the story ---- */

static void add_story(struct story *story, const struct stp_diagnostic_kind *kind)
{
	struct stp_context *context = story->out->context;
	const struct stp_library_file *example = example_of(kind);

	stp_addf(story->out, story->markdown ? "## %s %s\n\n**%s**: %s.\n\n" : "%s %s\n%s: %s\n\n",
		 kind->id, kind->name, severity_names[kind->severity], kind->title);
	add_wrapped(story->out, kind->explanation);
	if (kind->severity != STP_ERROR) {
		stp_add(story->out, "\n");
		add_wrapped(story->out,
			    stp_format(context, HOW_TO_SWITCH, kind->name, kind->name, kind->name));
	}
	if (example != NULL)
		add_example(story, example);
}

static void add_list(struct stp_string *out)
{
	for (size_t i = 0; i < STP_DIAGNOSTIC_COUNT; i++) {
		const struct stp_diagnostic_kind *kind = &stp_diagnostic_kinds[i];

		stp_addf(out, "%s  %-20s %-7s  %s\n", kind->id, kind->name,
			 stp_severity_words[kind->severity], kind->title);
	}
}

/* docs/diagnostics.md */
static void add_index(struct stp_string *out)
{
	struct story story = { .out = out, .markdown = true };

	stp_add(out, "# Diagnostics\n\n"
		     "Everything that `stipple` can say about a source, made by `stipple explain "
		     "--all`.\n"
		     "`stipple explain ID` or `stipple explain NAME` shows one of them.\n\n"
		     "An error stops every output and cannot be switched off. A warning or a note "
		     "can be\n"
		     "raised to an error or switched off with `-W`, and allowed in a source, with "
		     "a reason.\n\n"
		     "| id | name | severity | says |\n|---|---|---|---|\n");
	for (size_t i = 0; i < STP_DIAGNOSTIC_COUNT; i++) {
		const struct stp_diagnostic_kind *kind = &stp_diagnostic_kinds[i];

		stp_addf(out, "| [%s](#%c%c%s-%s) | %s | %s | %s |\n", kind->id, 's', 't',
			 kind->id + 2, kind->name, kind->name, stp_severity_words[kind->severity],
			 kind->title);
	}
	for (size_t i = 0; i < STP_DIAGNOSTIC_COUNT; i++) {
		stp_add(out, "\n");
		add_story(&story, &stp_diagnostic_kinds[i]);
	}
}

static bool explain(struct stp_context *context, struct stp_string *out, const char *word)
{
	struct story story = { .out = out };
	enum stp_diagnostic_id id = stp_diagnostic_named(word);
	const char *near = stp_nearest_diagnostic(word);
	struct stp_diagnostic *diagnostic;

	if (id != STP_DIAGNOSTIC_COUNT) {
		stp_add(out, out->length > 0 ? "\n" : "");
		add_story(&story, &stp_diagnostic_kinds[id]);
		return true;
	}
	diagnostic = stp_report(context, STP_D_unknown_choice, (struct stp_span){ 0, 0, 0 },
				"there is no diagnostic %s", word);
	if (near != NULL)
		stp_help(context, diagnostic, "did you mean %s?", near);
	else
		stp_help(context, diagnostic, "stipple explain lists them all");
	return false;
}

static int run(struct stp_context *context, const struct stp_arguments *arguments)
{
	struct stp_string out;

	stp_string_init(&out, context);
	if (arguments->values[STP_O_ALL] != NULL)
		add_index(&out);
	else if (arguments->file_count == 0)
		add_list(&out);
	for (size_t i = 0; i < arguments->file_count; i++)
		if (!explain(context, &out, arguments->files[i]))
			return STP_USAGE;
	stp_write_file(context, "-", out.text, out.length);
	return stp_status_of(context);
}

const struct stp_command stp_command_explain = {
	.name = "explain",
	.synopsis = "[ID|NAME]... [--all]",
	.summary = "tell what a message means and what to do",
	.description =
		"Tells the long story of a message, with an example that it is about and one "
		"that it is not\n"
		"about. Without an ID or a NAME, lists every message.",
	.examples = "  stipple explain ST0201\n  stipple explain missing_unit\n  stipple explain\n",
	.options = STP_OPTION_BIT(ALL),
	.needs_no_file = true,
	.run = run,
};
