/* SPDX-License-Identifier: Apache-2.0 */
/* What the commands that write sheets share: stipple handout and stipple card. */
#ifndef STP_SHEETS_H
#define STP_SHEETS_H

#include "emit/emit.h"
#include "program.h"

/*
 * Opens the model with the sheet's language (English unless said) and fills in language, format and
 * fingerprint. NULL after reporting what is wrong.
 */
const struct stp_model *stp_open_sheets(struct stp_context *, const struct stp_arguments *,
					struct stp_sheet_options *);

/* What --visit says. False after a report. */
bool stp_read_visit(struct stp_context *, const char *said, struct stp_moment *);

/* The clinic that the file declares: the first. NULL after reporting that there is none. */
const struct stp_clinic *stp_find_clinic(struct stp_context *, const struct stp_model *,
					 const char *path);

/* A sheet that is made and not yet written. */
struct stp_made_sheet {
	const struct stp_protocol *protocol;
	const char *document; /* "handout": part of the file's name */
	struct stp_string text;
};

/*
 * Writes the sheets, made without error all of them, to FOLDER/PROTOCOL.DOCUMENT.LANGUAGE.md, or
 * .html, or to standard output; a depfile for each, or one for the first where -MF names it.
 */
void stp_write_sheets(struct stp_context *, const struct stp_arguments *,
		      const struct stp_sheet_options *, const struct stp_made_sheet *,
		      size_t count);

#endif
