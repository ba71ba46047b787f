/* SPDX-License-Identifier: Apache-2.0 */
/* Depfiles: which files an output was made from, as make and ninja read it. */
#ifndef STP_EMIT_DEPFILE_H
#define STP_EMIT_DEPFILE_H

#include "support/support.h"

/*
 * `target: file file ...` with every file that the context read from disk. With phony, an empty
 * rule for each as well, so that make does not stumble over one that was deleted.
 */
void stp_emit_depfile(const struct stp_context *, const char *target, bool phony,
		      struct stp_string *out);

#endif
