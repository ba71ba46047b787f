/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Wall clocks over a change of summer time. An hour of a rule is an hour that passes; when clocks
 * are changed meanwhile, they show another time at its end. The rules are those of time_zones.def,
 * so that a sheet has the same bytes on every machine, and needs no data of the system's.
 */
#ifndef STP_TIME_ZONES_H
#define STP_TIME_ZONES_H

#include "emit/calendar_dates.h"

struct stp_time_zone {
	const char *name; /* "Europe/London" */
	const char *rule; /* "GMT0BST,M3.5.0/1,M10.5.0" */
};

/* NULL when the name is not known. */
const struct stp_time_zone *stp_find_time_zone(const char *name);
/* The known name that is nearest, or NULL. */
const char *stp_nearest_time_zone(struct stp_context *, const char *name);

/* Seconds to add to universal time, `second` counted from 1970, to have the wall clock. */
int64_t stp_zone_offset(const struct stp_time_zone *, int64_t second);
/*
 * The moment that the wall clock shows when so many seconds have passed, negative for before.
 * What the clock shows twice, when it is set back, is taken as the later of the two for what comes
 * after it and as the earlier for what comes before, and an end that could be read as either is
 * put beyond both: what a client must not do is never shortened.
 */
struct stp_moment stp_moment_after(const struct stp_time_zone *, struct stp_moment,
				   int64_t seconds);
/* False for a moment that the clock leaps over. */
bool stp_moment_exists(const struct stp_time_zone *, struct stp_moment);

#endif
