/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The texts of a compilation and the places in them. A place is kept as byte offsets; lines and
 * columns are worked out when somebody is to be told about one.
 */
#include "support/support.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct stp_source *stp_source_from_memory(struct stp_context *context, const char *name,
					  const char *text, size_t length)
{
	struct stp_source *source = stp_alloc(context, sizeof *source);

	source->name = stp_copy_text(context, name, strlen(name));
	source->text = stp_alloc(context, length + 2);
	if (length > 0)
		memcpy(source->text, text, length);
	source->length = length;
	context->sources = stp_grow(context, context->sources, context->source_count,
				    &context->source_room, sizeof *context->sources);
	context->sources[context->source_count++] = source;
	source->id = (uint32_t)context->source_count;
	return source;
}

static void cannot_read(struct stp_context *context, const char *path, struct stp_span asked_at,
			const char *why)
{
	struct stp_diagnostic *diagnostic =
		stp_report(context, STP_D_cannot_read, asked_at, "cannot read %s: %s", path, why);

	if (asked_at.source == 0)
		stp_help(context, diagnostic,
			 "check the name; a source is a text file ending in .stip");
}

/* Why a file that is open must not be read as a source, or NULL. */
static const char *unfit(FILE *file)
{
	struct stat status;

	if (fstat(fileno(file), &status) != 0)
		return strerror(errno);
	if (S_ISDIR(status.st_mode))
		return "it is a folder";
	if (S_ISCHR(status.st_mode) || S_ISBLK(status.st_mode))
		return "it is a device, not a file";
	if (status.st_size > (off_t)STP_SOURCE_MAX)
		return "it is larger than 64 MB";
	return NULL;
}

/* The whole of a file; NULL with *why set. */
static char *read_whole(struct stp_context *context, FILE *file, size_t *length, const char **why)
{
	struct stp_string text;
	char *bytes = stp_alloc(context, 65536);
	size_t got;

	stp_string_init(&text, context);
	stp_add_bytes(&text, "", 0);
	while ((got = fread(bytes, 1, 65536, file)) > 0) {
		if (text.length + got > STP_SOURCE_MAX) {
			*why = "it is larger than 64 MB";
			return NULL;
		}
		stp_add_bytes(&text, bytes, got);
	}
	if (ferror(file)) {
		*why = strerror(errno);
		return NULL;
	}
	*length = text.length;
	return text.text;
}

static const char *folder_of(struct stp_context *context, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return ".";
	return stp_copy_text(context, path, slash == path ? 1 : (size_t)(slash - path));
}

struct stp_source *stp_source_from_file(struct stp_context *context, const char *path,
					struct stp_span asked_at)
{
	bool standard = strcmp(path, "-") == 0;
	FILE *file = standard ? stdin : fopen(path, "rb");
	const char *why = NULL;
	char *text = NULL;
	size_t length = 0;
	struct stp_source *source;

	if (file == NULL) {
		cannot_read(context, path, asked_at, strerror(errno));
		return NULL;
	}
	if (!standard)
		why = unfit(file);
	if (why == NULL)
		text = read_whole(context, file, &length, &why);
	if (!standard)
		fclose(file);
	if (text == NULL) {
		cannot_read(context, path, asked_at, why);
		return NULL;
	}
	source = stp_source_from_memory(context, standard ? "standard input" : path, text, length);
	source->folder = standard ? "." : folder_of(context, path);
	return source;
}

struct stp_source *stp_source_by_id(const struct stp_context *context, uint32_t id)
{
	return id == 0 || id > context->source_count ? NULL : context->sources[id - 1];
}

size_t stp_source_count(const struct stp_context *context)
{
	return context->source_count;
}

static void map_lines(struct stp_context *context, struct stp_source *source)
{
	size_t lines = 1;

	for (size_t i = 0; i < source->length; i++)
		lines += source->text[i] == '\n';
	source->line_begin = stp_alloc_array(context, lines, sizeof *source->line_begin);
	source->lines = 1;
	for (size_t i = 0; i < source->length; i++)
		if (source->text[i] == '\n')
			source->line_begin[source->lines++] = (uint32_t)(i + 1);
}

/* The last line that begins at or before the offset. */
static size_t line_of(const struct stp_source *source, uint32_t offset)
{
	size_t low = 0, high = source->lines;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (source->line_begin[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

struct stp_position stp_position_at(struct stp_context *context, uint32_t id, uint32_t offset)
{
	struct stp_source *source = stp_source_by_id(context, id);
	struct stp_position position = { 0, 0 };
	size_t line;

	if (source == NULL)
		return position;
	if (source->line_begin == NULL)
		map_lines(context, source);
	line = line_of(source, offset);
	position.line = (uint32_t)line + 1;
	position.column = 1 + stp_display_width(source->text + source->line_begin[line],
						offset - source->line_begin[line]);
	return position;
}

struct stp_position stp_position(struct stp_context *context, struct stp_span span)
{
	return stp_position_at(context, span.source, span.begin);
}

struct stp_span stp_span_join(struct stp_span from, struct stp_span to)
{
	return (struct stp_span){ from.source, from.begin, to.end > from.end ? to.end : from.end };
}
