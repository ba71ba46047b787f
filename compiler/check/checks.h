/* SPDX-License-Identifier: Apache-2.0 */
/* What the checks share: each is a function over one protocol and stands in check.c's table. */
#ifndef STP_CHECKS_H
#define STP_CHECKS_H

#include "check/check.h"
#include "check/cover.h"

struct stp_checker {
	struct stp_context *context;
	struct stp_allowances *allowances;
	const struct stp_model *model;
	const struct stp_protocol *protocol;
	struct stp_cover cover; /* its screening */
	size_t house_work;      /* that policies have made, of all protocols */
};

/* ---- proof.c ---- */

/* For every client whom screening lets through, some depth, passes and rate are left. */
void stp_check_settings(struct stp_checker *);
/* And some movement, where movements are said. */
void stp_check_patterns(struct stp_checker *);

/* ---- rules.c ---- */

/* Rules under a condition whose clients are all refused. */
void stp_check_nobody_left(struct stp_checker *);

/* ---- screens.c ---- */

/* A screening rule beside a stronger one about the same question. */
void stp_check_screens(struct stp_checker *);
/* The anaesthetic within what its medicine says, and that medicine's own exclusions screened. */
void stp_check_anaesthetic(struct stp_checker *);
/* The products that clients use: whom they exclude themselves is screened for. */
void stp_check_products(struct stp_checker *);

/* ---- recipes.c ---- */

/* A recipe adds up to the passes of each of its clients, in movements that are allowed. */
void stp_check_recipes(struct stp_checker *);

/* ---- labels.c ---- */

/* A claim to keep to the device's label. */
void stp_check_label(struct stp_checker *);

/* ---- approvals.c ---- */

/* An approval whose review is due. */
void stp_check_approval(struct stp_checker *);

/* ---- care_clashes.c ---- */

/* Rules of care that clash, stops never resumed, what runs into the next session. */
void stp_check_care(struct stp_checker *);

/* ---- prose.c ---- */

/* References from prose that lead nowhere, and numbers that prose says by itself. */
void stp_check_prose(struct stp_checker *);

/* ---- sheet.c ---- */

/* What a handout cannot do without, of a protocol that speaks to clients. */
void stp_check_sheet(struct stp_checker *);

/* ---- policies.c ---- */

/* What the policies in force require and forbid. */
void stp_check_policies(struct stp_checker *);

#endif
