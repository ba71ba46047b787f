/* SPDX-License-Identifier: Apache-2.0 */
/* Which rules of care are as strong as one that a policy requires, or give what it forbids. */
#ifndef STP_CHECK_POLICIES_H
#define STP_CHECK_POLICIES_H

#include "model/policies.h"

/* ---- care_strength.c ---- */

/* Whether the rule has a client do what is required of the term, whatever its window. */
bool stp_obliges(const struct stp_care_rule *, const struct stp_care_rule *required,
		 const struct stp_term *);
/* Whether it does so for all of the time that is required, and as often. */
bool stp_lasts_as_long(const struct stp_care_rule *, const struct stp_care_rule *required);
/* The first of the rule's terms by which a client gets what is forbidden; term_count: none. */
size_t stp_term_given(const struct stp_care_rule *, const struct stp_care_rule *forbidden);

#endif
