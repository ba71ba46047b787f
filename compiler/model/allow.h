/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Warnings, and the `allow` statements by which an author answers one with a reason: in the file
 * or the protocol where it stands, a warning of that name is not reported. One that allows
 * nothing is itself a warning. Private to compiler/model and compiler/check.
 */
#ifndef STP_ALLOW_H
#define STP_ALLOW_H

#include "support/support.h"

struct stp_allowance {
	const char *name;      /* of the warning */
	struct stp_span where; /* the file or the protocol that it speaks of */
	struct stp_span span;  /* of the `allow` */
	bool used;
};

struct stp_allowances {
	struct stp_context *context;
	struct stp_allowance *items;
	size_t count, room;
};

/* Enters an `allow`; a name that no warning has is reported at `named`. */
void stp_allow(struct stp_allowances *, const char *name, struct stp_span named,
	       struct stp_span span, struct stp_span where);
/* Reports a warning or a note, or returns NULL when it is allowed there. */
struct stp_diagnostic *stp_warn(struct stp_allowances *, enum stp_diagnostic_id, struct stp_span,
				const char *format, ...) __attribute__((format(printf, 4, 5)));
/* Reports every `allow` that allowed nothing. */
void stp_report_unused(struct stp_allowances *);

#endif
