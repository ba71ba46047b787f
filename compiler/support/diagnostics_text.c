/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Diagnostics as text: where and what, the lines that matter with marks under them, the help.
 * Sorted by place. The fault itself is marked ^~~~, the other places ----, with their texts; those
 * on one line stand under one line. A source line is shown with its tabs spread out and with
 * anything that could steer a terminal made visible.
 */
#include "support/support.h"

#include <stdlib.h>
#include <string.h>

#define LINE_MAX_SHOWN 160
#define NOTES_SHOWN    3 /* of one kind */
#define LABEL_COLOUR   "\033[1;34m"

struct page {
	struct stp_context *context;
	struct stp_string *out;
	bool colour;
};

/* A place under a line: the fault or a label. */
struct mark {
	struct stp_span span;
	const char *text; /* NULL for the fault: its message stands above */
	bool is_fault;
	uint32_t line;
	uint32_t from, to; /* columns of the shown line, from 0; to > from */
};

static const char *const severity_colours[] = { "\033[1;36m", "\033[1;33m", "\033[1;31m" };

static void paint(const struct page *page, const char *colour)
{
	if (page->colour)
		stp_add(page->out, colour);
}

/* ---- one line of a source ---- */

struct line {
	const char *text; /* the line; of a very long one what is near the offset */
	size_t length;
	size_t first, stop; /* the part that is shown */
	uint32_t begin;     /* offset of the line in its source */
};

static bool is_inside_character(const char *text, size_t length, size_t at)
{
	return at < length && ((unsigned char)text[at] & 0xc0u) == 0x80u;
}

static struct line line_at(const struct stp_source *source, uint32_t offset)
{
	size_t first = offset, last = offset;

	while (first > 0 && offset - first <= LINE_MAX_SHOWN && source->text[first - 1] != '\n')
		first--;
	while (last < source->length && last - offset <= LINE_MAX_SHOWN &&
	       source->text[last] != '\n' && source->text[last] != '\r')
		last++;
	while (first < offset && is_inside_character(source->text, source->length, first))
		first++;
	while (is_inside_character(source->text, source->length, last))
		last++;
	return (struct line){ .text = source->text + first,
			      .length = last - first,
			      .stop = last - first,
			      .begin = (uint32_t)first };
}

/* Of a long line only the part around the offset is shown. */
static void cut(struct line *line, uint32_t offset)
{
	size_t at = offset - line->begin;

	if (line->length <= LINE_MAX_SHOWN)
		return;
	line->first = at > LINE_MAX_SHOWN / 2 ? at - LINE_MAX_SHOWN / 2 : 0;
	while (line->first > 0 && is_inside_character(line->text, line->length, line->first))
		line->first--;
	line->stop = line->first + LINE_MAX_SHOWN;
	if (line->stop > line->length)
		line->stop = line->length;
	while (is_inside_character(line->text, line->length, line->stop))
		line->stop++;
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

/* One character as it is shown; gives the bytes that it took. */
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

/* Writes the line and works out the columns of the marks. */
static void show_text(const struct page *page, const struct line *line, struct mark *marks,
		      size_t count)
{
	const char *before = line->first > 0 ? "..." : "";
	uint32_t column = line->first > 0 ? 3 : 0;

	stp_add(page->out, before);
	for (size_t at = line->first; at <= line->stop;) {
		uint32_t offset = line->begin + (uint32_t)at;

		for (size_t i = 0; i < count; i++) {
			if (offset <= marks[i].span.begin)
				marks[i].from = column;
			if (offset <= marks[i].span.end)
				marks[i].to = column;
		}
		if (at == line->stop)
			break;
		at += show_character(page->out, line->text + at, line->length - at, &column);
	}
	for (size_t i = 0; i < count; i++)
		if (marks[i].to <= marks[i].from)
			marks[i].to = marks[i].from + 1;
	stp_add(page->out, line->stop < line->length ? "...\n" : "\n");
}

/* ---- what stands under it ---- */

static uint32_t width_of(const struct mark *marks, size_t count)
{
	uint32_t width = 0;

	for (size_t i = 0; i < count; i++)
		width = marks[i].to > width ? marks[i].to : width;
	return width;
}

/* Which mark is drawn at the column: the fault before labels, a later label before earlier. */
static const struct mark *mark_at(const struct mark *marks, size_t count, uint32_t column)
{
	const struct mark *found = NULL;

	for (size_t i = 0; i < count; i++)
		if (marks[i].from <= column && column < marks[i].to &&
		    (found == NULL || !found->is_fault))
			found = &marks[i];
	return found;
}

static void gutter(const struct page *page, int width)
{
	stp_addf(page->out, "%*s | ", width, "");
}

static void underline(const struct page *page, const struct mark *marks, size_t count,
		      const char *colour)
{
	uint32_t width = width_of(marks, count);
	const struct mark *last = NULL;

	for (uint32_t column = 0; column < width; column++) {
		const struct mark *mark = mark_at(marks, count, column);

		if (mark != last) {
			paint(page, "\033[0m");
			if (mark != NULL)
				paint(page, mark->is_fault ? colour : LABEL_COLOUR);
		}
		last = mark;
		if (mark == NULL)
			stp_add(page->out, " ");
		else if (!mark->is_fault)
			stp_add(page->out, "-");
		else
			stp_add(page->out, column == mark->from ? "^" : "~");
	}
}

/* A row of bars that lead from the marks in `hanging` down to their texts. */
static void bars(const struct page *page, struct mark *const *hanging, size_t count, int width)
{
	uint32_t column = 0;

	gutter(page, width);
	paint(page, LABEL_COLOUR);
	for (size_t i = 0; i < count; i++) {
		if (hanging[i]->from < column)
			continue; /* it hangs from the same column as the one before */
		stp_addf(page->out, "%*s|", (int)(hanging[i]->from - column), "");
		column = hanging[i]->from + 1;
	}
}

/* The text of the last of them, below bars for those that hang further left. */
static void hang_last(const struct page *page, struct mark *const *hanging, size_t count, int width)
{
	const struct mark *last = hanging[count - 1];
	uint32_t column = 0;
	size_t left = 0;

	while (left + 1 < count && hanging[left]->from < last->from)
		left++;
	bars(page, hanging, left, width);
	if (left > 0)
		column = hanging[left - 1]->from + 1;
	stp_addf(page->out, "%*s%s", (int)(last->from - column), "", last->text);
	paint(page, "\033[0m");
	stp_add(page->out, "\n");
}

/* The texts of the labels: the rightmost beside its mark, the others below, from right to left. */
static void label_texts(const struct page *page, struct mark *marks, size_t count, int width)
{
	struct mark **hanging = stp_alloc_array(page->context, count, sizeof *hanging);
	size_t hang = 0;

	for (size_t i = 0; i < count; i++)
		if (marks[i].text != NULL)
			hanging[hang++] = &marks[i];
	if (hang > 0 && hanging[hang - 1]->to == width_of(marks, count))
		stp_addf(page->out, " %s", hanging[--hang]->text);
	paint(page, "\033[0m");
	stp_add(page->out, "\n");
	if (hang == 0)
		return;
	bars(page, hanging, hang, width);
	paint(page, "\033[0m");
	stp_add(page->out, "\n");
	while (hang > 0)
		hang_last(page, hanging, hang--, width);
}

/* ---- the lines of one diagnostic ---- */

static void place(const struct page *page, struct stp_span span)
{
	const struct stp_source *source = stp_source_by_id(page->context, span.source);
	struct stp_position position = stp_position(page->context, span);

	stp_add_harmless(page->out, source->name, strlen(source->name));
	stp_addf(page->out, ":%u:%u", (unsigned)position.line, (unsigned)position.column);
}

/* The marks of one line, sorted by column. */
static void snippet(const struct page *page, struct mark *marks, size_t count, const char *colour)
{
	const struct stp_source *source = stp_source_by_id(page->context, marks[0].span.source);
	struct line line = line_at(source, marks[0].span.begin);
	const char *number = stp_format(page->context, "%5u", (unsigned)marks[0].line);
	int width = (int)strlen(number);

	if (!is_text(&line))
		return;
	cut(&line, marks[0].span.begin);
	stp_addf(page->out, "%s | ", number);
	show_text(page, &line, marks, count);
	gutter(page, width);
	underline(page, marks, count, colour);
	label_texts(page, marks, count, width);
}

/* How many of the marks stand under one line: of a long line each is shown by itself. */
static size_t on_one_line(const struct page *page, const struct mark *marks, size_t count)
{
	const struct stp_source *source = stp_source_by_id(page->context, marks[0].span.source);
	size_t same = 1;

	if (line_at(source, marks[0].span.begin).length > LINE_MAX_SHOWN)
		return 1;
	while (same < count && marks[same].span.source == marks[0].span.source &&
	       marks[same].line == marks[0].line)
		same++;
	return same;
}

static int by_place(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;

	if (x->span.source != y->span.source)
		return x->span.source < y->span.source ? -1 : 1;
	if (x->span.begin != y->span.begin)
		return x->span.begin < y->span.begin ? -1 : 1;
	if (x->is_fault != y->is_fault)
		return x->is_fault ? -1 : 1;
	return x->text == NULL || y->text == NULL ? 0 : strcmp(x->text, y->text);
}

/* The fault and its labels: those in the fault's own source first. */
static struct mark *marks_of(const struct page *page, const struct stp_diagnostic *diagnostic,
			     size_t *count)
{
	size_t room = 1, own;
	struct mark *marks;

	for (const struct stp_label *at = diagnostic->labels; at != NULL; at = at->next)
		room++;
	marks = stp_alloc_array(page->context, room, sizeof *marks);
	marks[0].span = diagnostic->span;
	marks[0].is_fault = true;
	*count = 1;
	for (const struct stp_label *at = diagnostic->labels; at != NULL; at = at->next)
		if (at->span.source == diagnostic->span.source)
			marks[(*count)++] = (struct mark){ .span = at->span, .text = at->text };
	own = *count;
	for (const struct stp_label *at = diagnostic->labels; at != NULL; at = at->next)
		if (at->span.source != diagnostic->span.source && at->span.source != 0)
			marks[(*count)++] = (struct mark){ .span = at->span, .text = at->text };
	qsort(marks, own, sizeof *marks, by_place);
	qsort(marks + own, *count - own, sizeof *marks, by_place);
	for (size_t i = 0; i < *count; i++)
		marks[i].line = stp_position(page->context, marks[i].span).line;
	return marks;
}

static void show_places(const struct page *page, const struct stp_diagnostic *diagnostic)
{
	uint32_t source = diagnostic->span.source;
	size_t count, taken = 0;
	struct mark *marks = marks_of(page, diagnostic, &count);

	for (size_t at = 0; at < count; at += taken) {
		taken = on_one_line(page, marks + at, count - at);
		if (marks[at].span.source != source) {
			source = marks[at].span.source;
			stp_add(page->out, "      ");
			place(page, marks[at].span);
			stp_add(page->out, ":\n");
		} else if (at > 0 && marks[at].line > marks[at - 1].line + 1) {
			stp_add(page->out, "  ...\n");
		}
		snippet(page, marks + at, taken, severity_colours[diagnostic->severity]);
	}
}

/* ---- the help ---- */

static void quote(const struct page *page, const char *text, size_t length)
{
	stp_add(page->out, "`");
	stp_add_harmless(page->out, text, length);
	stp_add(page->out, "`");
}

static void show_fix(const struct page *page, const struct stp_fix *fix)
{
	const struct stp_source *source = stp_source_by_id(page->context, fix->span.source);

	if (fix->text[0] == '\0') {
		stp_add(page->out, "delete ");
		quote(page, source->text + fix->span.begin, fix->span.end - fix->span.begin);
		return;
	}
	stp_add(page->out, fix->span.begin == fix->span.end ? "add " : "write ");
	quote(page, fix->text, strlen(fix->text));
}

/* Without words of its own, a fix says itself what to do. */
static void show_help(const struct page *page, const struct stp_diagnostic *diagnostic)
{
	if (diagnostic->help != NULL) {
		stp_addf(page->out, "      help: %s\n", diagnostic->help);
		return;
	}
	if (diagnostic->fixes == NULL)
		return;
	stp_add(page->out, "      help: ");
	for (const struct stp_fix *fix = diagnostic->fixes; fix != NULL; fix = fix->next) {
		if (fix != diagnostic->fixes)
			stp_add(page->out, ", ");
		show_fix(page, fix);
	}
	stp_add(page->out, "\n");
}

static void show(const struct page *page, const struct stp_diagnostic *diagnostic)
{
	const struct stp_diagnostic_kind *kind = &stp_diagnostic_kinds[diagnostic->id];

	paint(page, "\033[1m");
	if (diagnostic->span.source != 0)
		place(page, diagnostic->span);
	else
		stp_add(page->out, "stipple");
	stp_add(page->out, ": ");
	paint(page, severity_colours[diagnostic->severity]);
	stp_addf(page->out, "%s: ", stp_severity_words[diagnostic->severity]);
	paint(page, "\033[0m");
	stp_addf(page->out, "%s [%s %s]\n", diagnostic->message, kind->id, kind->name);
	if (diagnostic->span.source != 0)
		show_places(page, diagnostic);
	show_help(page, diagnostic);
}

/* ---- all of them ---- */

/*
 * Many notes of one kind are summed up in a line, since they would hide what matters more. Where
 * there is an error even that line waits.
 */
static bool is_summed_up(const struct stp_diagnostic *diagnostic, const size_t *notes)
{
	return diagnostic->severity == STP_NOTE && notes[diagnostic->id] > NOTES_SHOWN;
}

static bool is_hidden(const struct stp_context *context, const struct stp_diagnostic *diagnostic)
{
	return context->hides_notes && diagnostic->severity == STP_NOTE &&
	       context->switches[diagnostic->id] == 0;
}

static size_t *count_notes(struct stp_context *context)
{
	size_t *notes = stp_alloc_array(context, STP_DIAGNOSTIC_COUNT, sizeof *notes);

	for (const struct stp_diagnostic *at = stp_diagnostics(context); at != NULL; at = at->next)
		notes[at->id] += at->severity == STP_NOTE && !is_hidden(context, at);
	return notes;
}

static void sum_up(const struct page *page, const size_t *notes)
{
	for (size_t i = 0; i < STP_DIAGNOSTIC_COUNT; i++) {
		const struct stp_diagnostic_kind *kind = &stp_diagnostic_kinds[i];

		if (notes[i] <= NOTES_SHOWN)
			continue;
		stp_add(page->out, "stipple: ");
		paint(page, severity_colours[STP_NOTE]);
		stp_add(page->out, "note: ");
		paint(page, "\033[0m");
		stp_addf(page->out, "%zu times: %s [%s %s]\n      help: -W %s shows where\n",
			 notes[i], kind->title, kind->id, kind->name, kind->name);
	}
}

void stp_diagnostics_text(struct stp_context *context, struct stp_string *out, bool colour)
{
	const struct page page = { context, out, colour };
	const size_t *notes = count_notes(context);
	size_t count;
	const struct stp_diagnostic **sorted = stp_diagnostics_sorted(context, &count);

	for (size_t i = 0; i < count; i++)
		if (!is_hidden(context, sorted[i]) && !is_summed_up(sorted[i], notes))
			show(&page, sorted[i]);
	if (stp_error_count(context) == 0)
		sum_up(&page, notes);
	if (stp_diagnostics_cut(context))
		stp_add(out, "stipple: there is more; mend these first\n");
}
