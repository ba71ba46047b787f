/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A condition as a box: for each factor a set of values, an interval of sessions, of ages, of the
 * depth used. A factor that is asked only from some session on is in every box that speaks of it
 * together with those sessions, so that before them its value cannot matter. Private to
 * the compiler: the model, the checks and the sheets.
 */
#ifndef STP_BOXES_H
#define STP_BOXES_H

#include "model/model.h"

struct stp_condition stp_everyone(void);
uint16_t stp_all_values(const struct stp_factor *);
/* The values that the box allows of the factor. */
uint16_t stp_values_in(const struct stp_condition *, const struct stp_factor *);
void stp_narrow_session(struct stp_condition *, uint32_t low, uint32_t high);
void stp_narrow_age(struct stp_condition *, uint32_t low, uint32_t high);
bool stp_box_is_empty(const struct stp_condition *);
/* What is in both; false when nobody is. */
bool stp_box_meet(struct stp_context *, const struct stp_condition *, const struct stp_condition *,
		  struct stp_condition *both);
/* Whether everybody in the narrow one is in the wide one. */
bool stp_box_within(const struct stp_condition *narrow, const struct stp_condition *wide);

#endif
