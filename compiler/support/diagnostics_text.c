/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Diagnostics as text: where, what, the line with carets under it, the other places, the help and
 * the fix. Sorted by place. A source line is shown with its tabs spread out and with anything
 * that could steer a terminal made visible.
 */
#include "support/support.h"

#include <stdlib.h>
#include <string.h>

#define LINE_MAX_SHOWN 160

struct page {
	struct stp_context *context;
	struct stp_string *out;
	bool colour;
};

static const char *const severity_words[] = { "note", "warning", "error" };
static const char *const severity_colours[] = { "\033[1;36m", "\033[1;33m", "\033[1;31m" };

static void paint(const struct page *page, const char *colour)
{
	if (page->colour)
		stp_add(page->out, colour);
}

/* One character of a source line as it is shown; gives the bytes that it took. */
static size_t show_character(struct stp_string *out, const char *text, size_t length,
			     uint32_t *column)
{
	uint32_t point = 0;
	size_t bytes = stp_utf8_decode(text, length, &point);

	if (*text == '\t') {
		uint32_t spaces = 8 - *column % 8;

		stp_addf(out, "%*s", (int)spaces, "");
		*column += spaces;
		return 1;
	}
	if (bytes == 0 || point == '\r' || stp_is_deceptive(point)) {
		stp_add(out, "?");
		*column += 1;
		return bytes == 0 ? 1 : bytes;
	}
	stp_add_bytes(out, text, bytes);
	*column += stp_display_width(text, bytes);
	return bytes;
}

struct line {
	const char *text; /* the whole line */
	size_t length;
	size_t begin, end; /* what is pointed at, as offsets in the line */
};

static struct line line_at(const struct stp_source *source, struct stp_span span)
{
	struct line line;
	size_t first = span.begin, last = span.begin;

	while (first > 0 && source->text[first - 1] != '\n')
		first--;
	while (last < source->length && source->text[last] != '\n' && source->text[last] != '\r')
		last++;
	line.text = source->text + first;
	line.length = last - first;
	line.begin = span.begin - first;
	line.end = span.end - first < line.length ? span.end - first : line.length;
	if (line.end < line.begin)
		line.end = line.begin;
	return line;
}

/* The part of a long line around what is pointed at. */
static size_t window_begin(const struct line *line)
{
	size_t begin = line->begin > LINE_MAX_SHOWN / 2 ? line->begin - LINE_MAX_SHOWN / 2 : 0;

	if (line->length <= LINE_MAX_SHOWN)
		return 0;
	while (begin > 0 && ((unsigned char)line->text[begin] & 0xc0u) == 0x80u)
		begin--;
	return begin;
}

/* A line of bytes that are not text would only confuse. */
static bool is_text(const struct line *line)
{
	for (size_t at = 0; at < line->length;) {
		uint32_t point;
		size_t bytes = stp_utf8_decode(line->text + at, line->length - at, &point);

		if (bytes == 0 || point == 0)
			return false;
		at += bytes;
	}
	return true;
}

static void snippet(const struct page *page, struct stp_span span, const char *text,
		    const char *colour)
{
	const struct stp_source *source = stp_source_by_id(page->context, span.source);
	struct stp_position position = stp_position(page->context, span);
	struct line line = line_at(source, span);
	uint32_t column = 0, from = 0, to = 0;
	size_t at = window_begin(&line);
	size_t stop = at + LINE_MAX_SHOWN < line.length ? at + LINE_MAX_SHOWN : line.length;

	if (!is_text(&line))
		return;
	stp_addf(page->out, "%5u | ", (unsigned)position.line);
	while (at < stop) {
		if (at <= line.begin)
			from = column;
		at += show_character(page->out, line.text + at, line.length - at, &column);
		if (at <= line.end)
			to = column;
	}
	if (line.begin >= stop)
		from = column;
	stp_addf(page->out, "\n      | %*s", (int)from, "");
	paint(page, colour);
	stp_add(page->out, "^");
	for (uint32_t i = from + 1; i < to; i++)
		stp_add(page->out, "~");
	if (text != NULL)
		stp_addf(page->out, " %s", text);
	paint(page, "\033[0m");
	stp_add(page->out, "\n");
}

static void place(const struct page *page, struct stp_span span)
{
	const struct stp_source *source = stp_source_by_id(page->context, span.source);
	struct stp_position position = stp_position(page->context, span);

	stp_addf(page->out, "%s:%u:%u", source->name, (unsigned)position.line,
		 (unsigned)position.column);
}

static void show(const struct page *page, const struct stp_diagnostic *diagnostic)
{
	const struct stp_diagnostic_kind *kind = &stp_diagnostic_kinds[diagnostic->id];
	const char *colour = severity_colours[diagnostic->severity];

	paint(page, "\033[1m");
	if (diagnostic->span.source != 0)
		place(page, diagnostic->span);
	else
		stp_add(page->out, "stipple");
	stp_add(page->out, ": ");
	paint(page, colour);
	stp_addf(page->out, "%s: ", severity_words[diagnostic->severity]);
	paint(page, "\033[0m");
	stp_addf(page->out, "%s [%s %s]\n", diagnostic->message, kind->id, kind->name);
	if (diagnostic->span.source != 0)
		snippet(page, diagnostic->span, NULL, colour);
	for (const struct stp_label *label = diagnostic->labels; label != NULL;
	     label = label->next) {
		stp_add(page->out, "      ");
		place(page, label->span);
		stp_add(page->out, ":\n");
		snippet(page, label->span, label->text, "\033[1;34m");
	}
	if (diagnostic->help != NULL)
		stp_addf(page->out, "      help: %s\n", diagnostic->help);
}

static int by_place(const void *a, const void *b)
{
	const struct stp_diagnostic *x = *(const struct stp_diagnostic *const *)a;
	const struct stp_diagnostic *y = *(const struct stp_diagnostic *const *)b;

	if (x->span.source != y->span.source)
		return x->span.source < y->span.source ? -1 : 1;
	if (x->span.begin != y->span.begin)
		return x->span.begin < y->span.begin ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

void stp_diagnostics_text(struct stp_context *context, struct stp_string *out, bool colour)
{
	const struct page page = { context, out, colour };
	const struct stp_diagnostic **sorted;
	size_t count = 0;

	sorted = stp_alloc_array(context, STP_DIAGNOSTICS_MAX, sizeof *sorted);
	for (const struct stp_diagnostic *at = context->first_diagnostic; at != NULL; at = at->next)
		sorted[count++] = at;
	qsort(sorted, count, sizeof *sorted, by_place);
	for (size_t i = 0; i < count; i++)
		show(&page, sorted[i]);
	if (context->diagnostic_count > count)
		stp_add(out, "stipple: there is more; mend these first\n");
}
