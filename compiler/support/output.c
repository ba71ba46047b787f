/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Outputs are written whole to a temporary file beside their place, synced and renamed, so that
 * no reader ever sees half of one and a failure leaves the old one as it was.
 */
#define _POSIX_C_SOURCE 200809L

#include "support/support.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool cannot_write(struct stp_context *context, const char *path, int error)
{
	const char *slash = strrchr(path, '/');
	bool is_folder = slash != NULL && slash[1] == '\0';
	struct stp_diagnostic *diagnostic = stp_report(
		context, STP_D_cannot_write, (struct stp_span){ 0, 0, 0 }, "cannot write %s: %s",
		path, is_folder ? "it names a folder" : strerror(error));

	if (is_folder)
		stp_help(context, diagnostic, "say the name of the file, too");
	else if (error == ENOENT && slash != NULL)
		stp_help(context, diagnostic, "make the folder first: mkdir -p %.*s",
			 (int)(slash - path), path);
	return false;
}

static bool write_all(int file, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t written = write(file, bytes, length);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return false;
		bytes += written;
		length -= (size_t)written;
	}
	return true;
}

/* Whether the file already holds exactly these bytes. */
static bool unchanged(const char *path, const char *bytes, size_t length)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	char piece[4096];
	size_t at = 0;
	ssize_t got = 1;
	bool same = file >= 0;

	while (same && got > 0) {
		got = read(file, piece, sizeof piece);
		same = got >= 0 && (size_t)got <= length - at &&
		       memcmp(piece, bytes + at, (size_t)got) == 0;
		at += same ? (size_t)got : 0;
	}
	if (file >= 0)
		close(file);
	return same && at == length;
}

/* A regular file is replaced; a pipe or a device such as /dev/full is written to as it is. */
static bool is_special(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

static bool write_special(struct stp_context *context, const char *path, const char *bytes,
			  size_t length)
{
	int file = strcmp(path, "-") == 0 ? STDOUT_FILENO : open(path, O_WRONLY | O_CLOEXEC);
	int error = 0;

	if (file < 0)
		return cannot_write(context, path, errno);
	if (!write_all(file, bytes, length))
		error = errno;
	if (file != STDOUT_FILENO && close(file) != 0 && error == 0)
		error = errno;
	return error == 0 ||
	       cannot_write(context, file == STDOUT_FILENO ? "standard output" : path, error);
}

/* A file that is replaced keeps its permissions. */
static void keep_permissions(int file, const char *path)
{
	struct stat status;

	if (stat(path, &status) == 0)
		(void)fchmod(file, status.st_mode & 07777);
}

static bool fill(int file, const char *bytes, size_t length, int *error)
{
	bool done = write_all(file, bytes, length) && fsync(file) == 0;

	*error = done ? 0 : errno;
	if (close(file) != 0 && done)
		*error = errno;
	return *error == 0;
}

bool stp_write_file(struct stp_context *context, const char *path, const char *bytes, size_t length)
{
	char *temporary;
	int file, error;

	if (strcmp(path, "-") == 0 || is_special(path))
		return write_special(context, path, bytes, length);
	if (unchanged(path, bytes, length))
		return true;
	temporary = stp_format(context, "%s.%ld.tmp", path, (long)getpid());
	file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (file < 0)
		return cannot_write(context, path, errno);
	keep_permissions(file, path);
	if (fill(file, bytes, length, &error) && rename(temporary, path) == 0)
		return true;
	if (error == 0)
		error = errno;
	unlink(temporary);
	return cannot_write(context, path, error);
}
