/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The fixes that diagnostics carry, applied to the files they are about.
 *
 * A fix is taken when all its edits lie in files named on the command line and overlap no edit of a
 * fix taken before; the others stay for the next time. What is imported is never changed: it may
 * serve others too.
 */
#ifndef STP_FIXES_H
#define STP_FIXES_H

#include "program.h"

/* One edit: the bytes from begin to end of the source become the text. */
struct stp_edit {
	struct stp_span span;
	const char *text;
};

/* The edits to one source, in order, none overlapping another. */
struct stp_edits {
	const struct stp_source *source;
	const struct stp_edit *items;
	size_t count;
	size_t faults; /* diagnostics that these edits mend */
};

/*
 * Takes the fixes of all that was reported. *files: those that change, in the order read; returns
 * how many there are.
 */
size_t stp_take_fixes(struct stp_context *, const struct stp_arguments *, struct stp_edits **files);

/* The bytes from begin to end of the source, edited; the edits lie within or without. */
void stp_add_edited(struct stp_string *, const struct stp_edits *, uint32_t begin, uint32_t end);

/* Writes the edited files; false after a report when one cannot be written. */
bool stp_write_fixes(struct stp_context *, const struct stp_edits *files, size_t count);

/* ---- fixes_diff.c ---- */

/*
 * What the edits change as a unified diff with three lines of context. Characters that could steer
 * a terminal or deceive a reader come out as \xNN: such a line is to be mended by --fix.
 */
void stp_add_diff(struct stp_context *, struct stp_string *, const struct stp_edits *);

#endif
