/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Times and numbers as their authors said them, and the ways to turn times into seconds: which one
 * is safe depends on the use. Language reference, "Quantities" and "Time".
 */
#ifndef STP_MODEL_QUANTITIES_H
#define STP_MODEL_QUANTITIES_H

#include <stdint.h>

enum stp_time_unit { STP_SECOND, STP_MINUTE, STP_HOUR, STP_DAY, STP_WEEK, STP_MONTH, STP_YEAR };

/* A time as its author said it; count is whole (1.5 h is held as 90 minutes). */
struct stp_duration {
	uint32_t count;
	enum stp_time_unit unit;
};

/*
 * Seconds that surely cover the duration: hours and less as they are; days and weeks as calendar
 * days to the end of the last one (plus 25 h, for a day may have 25); months and years as the
 * longest they can be.
 */
int64_t stp_floor_seconds(struct stp_duration);
/* Seconds that surely do not exceed it: days of 24 h, months as the shortest they can be. */
int64_t stp_ceiling_seconds(struct stp_duration);
/* Seconds from the begin of the date of an event that surely cover the duration after it. */
int64_t stp_wait_seconds(struct stp_duration);
/* Time between the starts of two sessions: n times 24 h for days, the longest for months. */
int64_t stp_interval_seconds(struct stp_duration);
/* Order by stp_ceiling_seconds, then unit. Negative, 0, positive. */
int stp_duration_compare(struct stp_duration, struct stp_duration);

struct stp_date { /* year 0: not said */
	uint16_t year;
	uint8_t month, day;
};

/* What a source says of a number, so that it can be said in words; in the units of the model. */
enum stp_said_kind {
	STP_SAID_OTHERWISE, /* none of these */
	STP_SAID_NUMBER,
	STP_SAID_UM,
	STP_SAID_RPM,
	STP_SAID_MG,
	STP_SAID_MM2,
	STP_SAID_TIME
};

struct stp_said {
	enum stp_said_kind kind;
	uint32_t low, high; /* equal unless a range is said */
	enum stp_time_unit low_unit, high_unit;
};

#endif
