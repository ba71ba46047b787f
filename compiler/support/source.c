/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The texts of a compilation and the places in them. A place is kept as byte offsets; lines and
 * columns are worked out when somebody is to be told about one.
 */
#include "support/support.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Room for a text of that length, with the two NULs that the scanner wants behind it. */
static struct stp_source *new_source(struct stp_context *context, const char *name, size_t length)
{
	struct stp_source *source = stp_alloc(context, sizeof *source);

	source->name = stp_copy_text(context, name, strlen(name));
	source->text = stp_alloc(context, length + 2);
	source->length = length;
	return source;
}

static struct stp_source *enter(struct stp_context *context, struct stp_source *source)
{
	context->sources = stp_grow(context, context->sources, context->source_count,
				    &context->source_room, sizeof *context->sources);
	context->sources[context->source_count++] = source;
	source->id = (uint32_t)context->source_count;
	return source;
}

struct stp_source *stp_source_from_memory(struct stp_context *context, const char *name,
					  const char *text, size_t length)
{
	struct stp_source *source = new_source(context, name, length);

	if (length > 0)
		memcpy(source->text, text, length);
	return enter(context, source);
}

static void cannot_read(struct stp_context *context, const char *path, struct stp_span asked_at,
			const char *why)
{
	struct stp_diagnostic *diagnostic =
		stp_report(context, STP_D_cannot_read, asked_at, "cannot read %s: %s", path, why);

	if (asked_at.source == 0)
		stp_help(context, diagnostic,
			 "check the name; a source is a text file ending in .stip, or one of the "
			 "library: std/acne_scars");
}

/* Why a file that is open must not be read as a source, or NULL. */
static const char *unfit(const struct stat *status)
{
	if (S_ISDIR(status->st_mode))
		return "it is a folder";
	if (S_ISCHR(status->st_mode) || S_ISBLK(status->st_mode))
		return "it is a device, not a file";
	if (status->st_size > (off_t)STP_SOURCE_MAX)
		return "it is larger than 64 MB";
	return NULL;
}

/* Up to `room` bytes; fewer only at the end of the file. -1 when they cannot be read. */
static ssize_t read_fully(int file, char *bytes, size_t room)
{
	size_t length = 0;
	ssize_t got = 1;

	while (length < room && got != 0) {
		got = read(file, bytes + length, room - length);
		if (got < 0 && errno != EINTR)
			return -1;
		if (got > 0)
			length += (size_t)got;
	}
	return (ssize_t)length;
}

/*
 * The whole of a file into a source. Its size is only what to begin with: a pipe has none, and a
 * file may grow meanwhile. NULL with *why set.
 */
static struct stp_source *read_whole(struct stp_context *context, const char *name, int file,
				     size_t size, const char **why)
{
	size_t room = size + 1;
	struct stp_source *source = new_source(context, name, room);
	size_t length = 0;

	for (;;) {
		ssize_t got = read_fully(file, source->text + length, room - length);
		char *text = source->text;

		if (got < 0) {
			*why = strerror(errno);
			return NULL;
		}
		length += (size_t)got;
		if (length < room)
			break;
		if (length > STP_SOURCE_MAX) {
			*why = "it is larger than 64 MB";
			return NULL;
		}
		room = room < 32768 ? 65536 : room * 2;
		source->text = stp_alloc(context, room + 2);
		memcpy(source->text, text, length);
	}
	source->length = length;
	return source;
}

/* A file that is open; closed also when memory runs out while it is read. */
struct opened {
	int file;
};

static void close_file(void *what)
{
	struct opened *opened = what;

	if (opened->file > STDIN_FILENO)
		close(opened->file);
	opened->file = -1;
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
	struct opened *opened = stp_alloc(context, sizeof *opened);
	struct stp_source *source = NULL;
	struct stat status = { 0 };
	const char *why = NULL;

	opened->file = -1;
	stp_release_later(context, close_file, opened);
	opened->file = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (opened->file < 0 || (!standard && fstat(opened->file, &status) != 0))
		why = strerror(errno);
	else if (!standard)
		why = unfit(&status);
	if (why == NULL)
		source = read_whole(context, standard ? "standard input" : path, opened->file,
				    (size_t)status.st_size, &why);
	close_file(opened);
	if (source == NULL) {
		cannot_read(context, path, asked_at, why);
		return NULL;
	}
	source->folder = standard ? "." : folder_of(context, path);
	return enter(context, source);
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
