/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Going on after a restart, from bytes that were saved in two places. A firmware that ends its
 * sessions with its power leaves this file out.
 */
#include "session_call.h"

const struct stipple_session *stipple_newest(const struct stipple_session *one,
					     const struct stipple_session *two, uint32_t bytes)
{
	int one_whole = stipple_is_whole(one, bytes);
	int two_whole = stipple_is_whole(two, bytes);

	if (one_whole && two_whole) /* the sequence may wrap */
		return two->sequence - one->sequence < 0x80000000u ? two : one;
	if (one_whole)
		return one;
	return two_whole ? two : NULL;
}

uint32_t stipple_restore(struct stipple_treatment *treatment, const struct stipple_time *now)
{
	struct stipple_session *session = treatment->session;
	struct stipple_answer *answer = &treatment->answer;
	struct stipple_call call;

	if (stipple_is_whole(session, treatment->session_bytes) && now->wall >= session->wall) {
		session->began_wall = now->wall;
		session->began_uptime = now->uptime;
		session->since_uptime = now->uptime - (now->wall - session->since_wall);
		session->expiry = now->uptime;
		session->cartridge = 0; /* nobody saw it while the power was off */
		if (session->state == STIPPLE_STATE_NEEDLING)
			session->state = STIPPLE_STATE_ZONE;
		stipple_seal_bytes(session, treatment->session_bytes);
	}
	if (!stipple_enter(&call, treatment, now, STIPPLE_EVENT_RESTORE))
		return answer->verdict;
	stipple_say(answer, STIPPLE_ALLOWED, STIPPLE_REASON_NONE);
	if (!stipple_decided(&call))
		session->state = STIPPLE_STATE_FAULTED; /* nothing goes on unrecorded */
	return stipple_seal(&call);
}
