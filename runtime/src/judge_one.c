/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The first judge: works out the limit and compares the value with it. It also fills in the
 * explanation. See request.c for why there are two.
 */
#include "read.h"

static void explain(struct stipple_answer *answer, const struct stipple_bounds *bounds,
		    uint32_t value)
{
	answer->range_least = bounds->range_least;
	answer->range_most = bounds->range_most;
	answer->limit_least = bounds->limit_least;
	answer->limit_most = bounds->limit_most;
	if (value > bounds->range_most)
		answer->row = bounds->row;
}

/* The answer's reason is ABOVE_STEP where a step sets the limit. */
static uint32_t judge_bounds(struct stipple_answer *answer, const struct stipple_bounds *bounds,
			     uint32_t value)
{
	explain(answer, bounds, value);
	if (value > bounds->limit_most) {
		if (answer->reason == STIPPLE_REASON_NONE)
			answer->reason = STIPPLE_REASON_ABOVE_LIMIT;
		return STIPPLE_ONE_REFUSED;
	}
	if (value < bounds->limit_least) {
		answer->reason = STIPPLE_REASON_BELOW_LIMIT;
		return STIPPLE_ONE_REFUSED;
	}
	if (value > bounds->range_most) {
		answer->reason = STIPPLE_REASON_ABOVE_RANGE;
		return STIPPLE_ONE_NEEDS_REASON;
	}
	if (value < bounds->range_least) {
		answer->reason = STIPPLE_REASON_BELOW_RANGE;
		return STIPPLE_ONE_NEEDS_REASON;
	}
	answer->reason = STIPPLE_REASON_NONE;
	return STIPPLE_ONE_ALLOWED;
}

static uint32_t judge_pattern(struct stipple_answer *answer, uint32_t patterns, uint32_t value)
{
	if (value < 16u && (patterns >> value & 1u) != 0) {
		answer->reason = STIPPLE_REASON_NONE;
		return STIPPLE_ONE_ALLOWED;
	}
	answer->reason = STIPPLE_REASON_NOT_ALLOWED_PATTERN;
	return STIPPLE_ONE_REFUSED;
}

uint32_t stipple_judge_one(const struct stipple_table *table, uint32_t slot,
			   const struct stipple_client *client, uint32_t setting, uint32_t value,
			   struct stipple_answer *answer)
{
	struct stipple_limit limit;
	uint32_t verdict = stipple_limit(table, slot, client, setting, &limit);

	answer->reason = limit.reason;
	if (verdict == STIPPLE_REFUSED)
		return STIPPLE_ONE_REFUSED;
	if (verdict == STIPPLE_NEEDS_ANSWER) {
		answer->subject = limit.subject;
		return STIPPLE_ONE_NEEDS_ANSWER;
	}
	if (verdict != STIPPLE_ANSWERED)
		return STIPPLE_ONE_FAULT;
	if (setting == STIPPLE_PATTERNS)
		return judge_pattern(answer, limit.members, value);
	if (setting >= STIPPLE_DEPTH && setting <= STIPPLE_RATE)
		return judge_bounds(answer, &limit.bounds, value);
	answer->reason = STIPPLE_REASON_BAD_CALL;
	return STIPPLE_ONE_FAULT;
}
