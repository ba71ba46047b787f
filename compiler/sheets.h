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

/* Writes a sheet to FOLDER/PROTOCOL.DOCUMENT.LANGUAGE.md, or .html; or to standard output. */
bool stp_write_sheet(struct stp_context *, const struct stp_arguments *,
		     const struct stp_sheet_options *, const struct stp_protocol *,
		     const char *document, const struct stp_string *sheet);

#endif
