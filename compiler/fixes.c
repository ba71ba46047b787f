/* SPDX-License-Identifier: Apache-2.0 */
/* Choosing the fixes that can be applied together, and applying them. */
#define _XOPEN_SOURCE 700

#include "fixes.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct choice {
	struct stp_context *context;
	const struct stp_arguments *arguments;
	struct stp_edit *taken;
	size_t count, room;
	size_t *faults; /* by source: diagnostics mended there */
};

static bool is_named(const struct choice *choice, const struct stp_source *source)
{
	if (source == NULL || source->embedded)
		return false;
	for (size_t i = 0; i < choice->arguments->file_count; i++)
		if (strcmp(choice->arguments->files[i], "-") != 0 &&
		    strcmp(choice->arguments->files[i], source->name) == 0)
			return true;
	return false;
}

static bool is_same(const struct stp_edit *a, const struct stp_fix *b)
{
	return a->span.begin == b->span.begin && a->span.end == b->span.end &&
	       strcmp(a->text, b->text) == 0;
}

/* Where one of the two only inserts, to touch is to overlap: which comes first is not known. */
static bool overlaps(struct stp_span a, struct stp_span b)
{
	if (a.begin == a.end || b.begin == b.end)
		return a.begin <= b.end && b.begin <= a.end;
	return a.begin < b.end && b.begin < a.end;
}

/* Whether the edit may be made beside those taken; *known: one of them is the same edit. */
static bool fits(const struct choice *choice, const struct stp_fix *fix, bool *known)
{
	const struct stp_source *source = stp_source_by_id(choice->context, fix->span.source);

	*known = false;
	if (!is_named(choice, source) || fix->span.end > source->length)
		return false;
	for (size_t i = 0; i < choice->count; i++) {
		if (choice->taken[i].span.source != fix->span.source)
			continue;
		if (is_same(&choice->taken[i], fix))
			*known = true;
		else if (overlaps(choice->taken[i].span, fix->span))
			return false;
	}
	return true;
}

/* All the edits of a diagnostic or none. */
static void take(struct choice *choice, const struct stp_diagnostic *diagnostic)
{
	size_t before = choice->count;
	bool known = false;

	for (const struct stp_fix *fix = diagnostic->fixes; fix != NULL; fix = fix->next) {
		if (!fits(choice, fix, &known)) {
			choice->count = before;
			return;
		}
		if (known)
			continue;
		choice->taken = stp_grow(choice->context, choice->taken, choice->count,
					 &choice->room, sizeof *choice->taken);
		choice->taken[choice->count++] = (struct stp_edit){ fix->span, fix->text };
	}
	if (diagnostic->fixes != NULL)
		choice->faults[diagnostic->fixes->span.source]++;
}

static int by_place(const void *a, const void *b)
{
	const struct stp_edit *x = a, *y = b;

	if (x->span.source != y->span.source)
		return x->span.source < y->span.source ? -1 : 1;
	return x->span.begin < y->span.begin ? -1 : x->span.begin > y->span.begin;
}

/* The edits, sorted, source by source. */
static size_t by_file(const struct choice *choice, struct stp_edits **files)
{
	struct stp_edits *file = NULL;
	size_t count = 0;

	*files = stp_alloc_array(choice->context, choice->count + 1, sizeof **files);
	for (size_t i = 0; i < choice->count; i++) {
		uint32_t source = choice->taken[i].span.source;

		if (file == NULL || file->source->id != source) {
			file = &(*files)[count++];
			file->source = stp_source_by_id(choice->context, source);
			file->items = &choice->taken[i];
			file->faults = choice->faults[source];
		}
		file->count++;
	}
	return count;
}

size_t stp_take_fixes(struct stp_context *context, const struct stp_arguments *arguments,
		      struct stp_edits **files)
{
	struct choice choice = { .context = context, .arguments = arguments };
	size_t count;
	const struct stp_diagnostic **sorted = stp_diagnostics_sorted(context, &count);

	choice.faults =
		stp_alloc_array(context, stp_source_count(context) + 1, sizeof *choice.faults);
	for (size_t i = 0; i < count; i++)
		take(&choice, sorted[i]);
	if (choice.count > 0)
		qsort(choice.taken, choice.count, sizeof *choice.taken, by_place);
	return by_file(&choice, files);
}

void stp_add_edited(struct stp_string *out, const struct stp_edits *edits, uint32_t begin,
		    uint32_t end)
{
	const char *text = edits->source->text;

	for (size_t i = 0; i < edits->count; i++) {
		const struct stp_edit *edit = &edits->items[i];

		if (edit->span.begin < begin || edit->span.end > end)
			continue;
		stp_add_bytes(out, text + begin, edit->span.begin - begin);
		stp_add(out, edit->text);
		begin = edit->span.end;
	}
	stp_add_bytes(out, text + begin, end - begin);
}

/* A file that is reached through a symbolic link is changed where it lies. */
static bool write_edited(struct stp_context *context, const struct stp_edits *edits)
{
	const char *name = edits->source->name;
	char where[PATH_MAX];
	struct stp_string text;

	stp_string_init(&text, context);
	stp_add_edited(&text, edits, 0, (uint32_t)edits->source->length);
	return stp_write_file(context, realpath(name, where) != NULL ? where : name, text.text,
			      text.length);
}

bool stp_write_fixes(struct stp_context *context, const struct stp_edits *files, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!write_edited(context, &files[i]))
			return false;
	return true;
}
