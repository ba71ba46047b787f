/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A request is judged twice, by two functions in two files that share no result: one compares the
 * value with limits that it works out, the other holds it against row after row. Each answers in
 * words of its own, and the verdict is the XOR of the two. No comparison chooses it, so there is
 * no branch that a single skipped or altered instruction could take: when the judges differ, or
 * one was never called, what comes out is no verdict.
 */
#include "read.h"

static void clear(struct stipple_answer *answer, uint32_t value)
{
	answer->verdict = STIPPLE_FAULT;
	answer->row = STIPPLE_NONE;
	answer->token = 0;
	answer->until = 0;
	answer->reason = STIPPLE_REASON_BAD_TABLE;
	answer->subject = (uint16_t)STIPPLE_NONE;
	answer->role = (uint16_t)STIPPLE_NONE;
	answer->value = (uint16_t)value;
	answer->range_least = 0;
	answer->range_most = 0;
	answer->limit_least = 0;
	answer->limit_most = 0;
}

static int is_verdict(uint32_t word)
{
	return word == STIPPLE_ALLOWED || word == STIPPLE_NEEDS_REASON ||
	       word == STIPPLE_NEEDS_ANSWER || word == STIPPLE_REFUSED || word == STIPPLE_FAULT;
}

uint32_t stipple_request(const struct stipple_table *table, uint32_t slot,
			 const struct stipple_client *client, uint32_t setting, uint32_t value,
			 struct stipple_answer *answer)
{
	clear(answer, value);
	if (slot == STIPPLE_NOT_FOUND) {
		answer->verdict = STIPPLE_REFUSED;
		answer->reason = STIPPLE_REASON_ZONE_NOT_NAMED;
		return answer->verdict;
	}
	answer->verdict = stipple_judge_one(table, slot, client, setting, value, answer);
	answer->verdict ^= stipple_judge_two(table, slot, client, setting, value);
	if (!is_verdict(answer->verdict)) {
		answer->verdict = STIPPLE_FAULT;
		answer->reason = STIPPLE_REASON_JUDGES_DIFFER;
	}
	return answer->verdict;
}
