/* SPDX-License-Identifier: Apache-2.0 */
/* When a rule of care holds, as a stretch of time around the visit. */
#ifndef STP_CARE_WINDOWS_H
#define STP_CARE_WINDOWS_H

#include "model/model.h"

#define STP_FOREVER INT64_MAX

/*
 * An end of a window on the line of time, the visit at 0. A day is a calendar day: the visit may
 * have been at its first or its last hour, so such an end covers a stretch.
 */
struct stp_edge {
	bool calendar;
	int64_t day;              /* when calendar */
	int64_t earliest, latest; /* seconds */
};

struct stp_stretch {
	struct stp_edge begin, end;
};

/* So long after the visit; sign -1: before it. */
struct stp_edge stp_edge_at(struct stp_duration, int sign);
/* Until an effect ends: nobody knows when; the usual time is what the sheet says. */
struct stp_edge stp_care_end(const struct stp_window *);
struct stp_stretch stp_care_stretch(const struct stp_care_rule *);
/* `resume after 5 days` is from the end of day 5 on. */
struct stp_stretch stp_resumed_stretch(const struct stp_care_rule *);
bool stp_stretches_overlap(const struct stp_stretch *, const struct stp_stretch *);
/* Whether the rule needs a window and says none. */
bool stp_says_no_window(const struct stp_care_rule *);

#endif
