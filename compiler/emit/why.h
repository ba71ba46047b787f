/* SPDX-License-Identifier: Apache-2.0 */
/* Why a setting is what it is: its effective range and the chain of statements that made it. */
#ifndef STP_EMIT_WHY_H
#define STP_EMIT_WHY_H

#include "model/model.h"

/*
 * Adds, as text for a terminal, the recommended range, the hard limit and the start of a setting
 * in a zone for a client known in part, and every statement that speaks of it: its place, its
 * sources and its reason. A tightening that may apply to the client counts as applying.
 */
void stp_emit_why(struct stp_context *, const struct stp_protocol *, const struct stp_zone_plan *,
		  enum stp_setting_id, const struct stp_client *, struct stp_string *out);

/* The same of a zone with parts, part by part; false when the protocol treats none of them. */
bool stp_emit_why_parts(struct stp_context *, const struct stp_protocol *, const struct stp_zone *,
			enum stp_setting_id, const struct stp_client *, struct stp_string *out);

/* How far apart sessions are for the client, how many there may be, and each statement of it. */
void stp_emit_why_course(struct stp_context *, const struct stp_protocol *,
			 const struct stp_client *, struct stp_string *out);

/* ---- shared by why.c and why_course.c ---- */

/* ` when skin_type V to VI`, as the source has it; "may apply" while the client is not known. */
void stp_add_why_condition(struct stp_context *, const struct stp_condition *,
			   const struct stp_client *, struct stp_string *out);
/* The place of a statement, its sources and its reason, below it. */
void stp_add_why_origin(struct stp_context *, const struct stp_provenance *,
			struct stp_string *out);

#endif
