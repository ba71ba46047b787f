/* SPDX-License-Identifier: Apache-2.0 */
/* Depfiles, with the escapes that GNU make and ninja both understand. */
#include "emit/depfile.h"

#include <string.h>

/*
 * A blank is `\ `, the backslashes before it doubled; `$` is `$$`. A backslash stands before `#`
 * and before what would end the list of files, after which make would run the rest of a name.
 */
static void add_path(struct stp_string *out, const char *path)
{
	size_t backslashes = 0;

	for (; *path != '\0'; path++) {
		if (*path == ' ' || *path == '\t') {
			for (size_t i = 0; i < backslashes; i++)
				stp_add(out, "\\");
			stp_add(out, "\\");
		} else if (strchr("#:|", *path) != NULL) {
			stp_add(out, "\\");
		} else if (*path == '$') {
			stp_add(out, "$");
		}
		backslashes = *path == '\\' ? backslashes + 1 : 0;
		stp_add_bytes(out, path, 1);
	}
}

/* A name with `;` or a line end is left out: no spelling keeps make from running what follows. */
static bool is_on_disk(const struct stp_source *source)
{
	if (strpbrk(source->name, ";\n\r") != NULL)
		return false;
	return !source->embedded && !source->made && source->folder != NULL &&
	       strcmp(source->name, "standard input") != 0;
}

void stp_emit_depfile(const struct stp_context *context, const char *target, bool phony,
		      struct stp_string *out)
{
	size_t count = stp_source_count(context);

	add_path(out, target);
	stp_add(out, ":");
	for (uint32_t id = 1; id <= count; id++) {
		const struct stp_source *source = stp_source_by_id(context, id);

		if (!is_on_disk(source))
			continue;
		stp_add(out, " \\\n  ");
		add_path(out, source->name);
	}
	stp_add(out, "\n");
	for (uint32_t id = 1; phony && id <= count; id++) {
		const struct stp_source *source = stp_source_by_id(context, id);

		if (!is_on_disk(source))
			continue;
		stp_add(out, "\n");
		add_path(out, source->name);
		stp_add(out, ":\n");
	}
}
