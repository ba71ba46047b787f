/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Edits as a unified diff. The lines that an edit touches form a block; blocks that are near form a
 * hunk with the lines around them. Everything is worked out as ranges of bytes that begin and end
 * with whole lines, so that a last line without its end needs no case of its own.
 */
#include "fixes.h"

#include <string.h>

#define CONTEXT_LINES 3

/* Bytes of the source, from the begin of a line to behind the end of one. */
struct lines {
	uint32_t begin, end;
};

static uint32_t line_begin(const struct stp_source *source, uint32_t at)
{
	while (at > 0 && source->text[at - 1] != '\n')
		at--;
	return at;
}

static uint32_t line_end(const struct stp_source *source, uint32_t at)
{
	while (at < source->length && source->text[at] != '\n')
		at++;
	return at < source->length ? at + 1 : at;
}

static struct lines touched(const struct stp_source *source, struct stp_span span)
{
	return (struct lines){ line_begin(source, span.begin), line_end(source, span.end) };
}

/* With up to three lines more on both sides. */
static struct lines widened(const struct stp_source *source, struct lines lines)
{
	for (int i = 0; i < CONTEXT_LINES && lines.begin > 0; i++)
		lines.begin = line_begin(source, lines.begin - 1);
	for (int i = 0; i < CONTEXT_LINES && lines.end < source->length; i++)
		lines.end = line_end(source, lines.end);
	return lines;
}

static size_t count_lines(const char *text, size_t length)
{
	size_t lines = 0;

	for (size_t i = 0; i < length; i++)
		lines += text[i] == '\n';
	return lines + (length > 0 && text[length - 1] != '\n');
}

/* One character of a line; CR and tab stay, since a patch needs them. */
static size_t add_character(struct stp_string *out, const char *text, size_t length)
{
	uint32_t point = 0;
	size_t bytes = stp_utf8_decode(text, length, &point);

	if (bytes == 0 || stp_is_deceptive(point) || (point == '\r' && text[1] != '\n')) {
		stp_addf(out, "\\x%02x", (unsigned)(unsigned char)*text);
		return 1;
	}
	stp_add_bytes(out, text, bytes);
	return bytes;
}

/* Every line of the text with the mark before it. */
static void add_lines(struct stp_string *out, const char *mark, const char *text, size_t length)
{
	for (size_t at = 0; at < length;) {
		if (at == 0 || text[at - 1] == '\n')
			stp_add(out, mark);
		at += add_character(out, text + at, length - at);
	}
	if (length > 0 && text[length - 1] != '\n')
		stp_add(out, "\n\\ No newline at end of file\n");
}

struct hunk {
	const struct stp_edits *edits;
	struct lines whole;
	struct stp_string body;
	size_t lines_before, lines_after; /* in the hunk */
};

static void add_context(struct hunk *hunk, uint32_t begin, uint32_t end)
{
	const char *text = hunk->edits->source->text + begin;

	add_lines(&hunk->body, " ", text, end - begin);
	hunk->lines_before += count_lines(text, end - begin);
	hunk->lines_after += count_lines(text, end - begin);
}

static void add_block(struct stp_context *context, struct hunk *hunk, struct lines block)
{
	const char *before = hunk->edits->source->text + block.begin;
	struct stp_string after;

	stp_string_init(&after, context);
	stp_add_edited(&after, hunk->edits, block.begin, block.end);
	add_lines(&hunk->body, "-", before, block.end - block.begin);
	add_lines(&hunk->body, "+", after.text, after.length);
	hunk->lines_before += count_lines(before, block.end - block.begin);
	hunk->lines_after += count_lines(after.text, after.length);
}

/* The block that begins with edit *next, which moves behind the last edit of the block. */
static struct lines block_at(const struct stp_edits *edits, size_t *next)
{
	struct lines block = touched(edits->source, edits->items[(*next)++].span);

	while (*next < edits->count) {
		struct lines more = touched(edits->source, edits->items[*next].span);

		if (more.begin > block.end)
			break;
		block.end = more.end > block.end ? more.end : block.end;
		(*next)++;
	}
	return block;
}

static bool is_near(const struct hunk *hunk, size_t next)
{
	const struct stp_edits *edits = hunk->edits;

	return next < edits->count &&
	       widened(edits->source, touched(edits->source, edits->items[next].span)).begin <=
		       hunk->whole.end;
}

/* Fills the hunk from the edit *next on. */
static void fill(struct stp_context *context, struct hunk *hunk, size_t *next)
{
	const struct stp_source *source = hunk->edits->source;
	struct lines block = block_at(hunk->edits, next);
	uint32_t at;

	hunk->whole = widened(source, block);
	add_context(hunk, hunk->whole.begin, block.begin);
	add_block(context, hunk, block);
	at = block.end;
	while (is_near(hunk, *next)) {
		block = block_at(hunk->edits, next);
		hunk->whole.end = widened(source, block).end;
		add_context(hunk, at, block.begin);
		add_block(context, hunk, block);
		at = block.end;
	}
	add_context(hunk, at, hunk->whole.end);
}

void stp_add_diff(struct stp_context *context, struct stp_string *out,
		  const struct stp_edits *edits)
{
	const struct stp_source *source = edits->source;
	size_t first_before, gained = 0, lost = 0;

	stp_add(out, "--- ");
	stp_add_harmless(out, source->name, strlen(source->name));
	stp_add(out, "\n+++ ");
	stp_add_harmless(out, source->name, strlen(source->name));
	stp_add(out, "\n");
	for (size_t next = 0; next < edits->count;) {
		struct hunk hunk = { .edits = edits };

		stp_string_init(&hunk.body, context);
		fill(context, &hunk, &next);
		first_before = count_lines(source->text, hunk.whole.begin);
		stp_addf(out, "@@ -%zu,%zu +%zu,%zu @@\n", first_before + (hunk.lines_before > 0),
			 hunk.lines_before, first_before + gained - lost + (hunk.lines_after > 0),
			 hunk.lines_after);
		stp_add_bytes(out, hunk.body.text, hunk.body.length);
		gained += hunk.lines_after;
		lost += hunk.lines_before;
	}
}
