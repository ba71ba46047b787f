/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The cartridge: new, of a kind that the device takes, and for one client. It is asked about as a
 * session begins and whenever another one is put on.
 */
#include "session_call.h"

uint8_t stipple_place_of_cartridge(const struct stipple_call *call, uint32_t cartridge,
				   uint32_t needles)
{
	uint32_t device = STIPPLE_GET16(call->protocol, stipple_protocol_row, device);
	const uint8_t *row =
		STIPPLE_ROW(call->treatment->table->image, devices, stipple_device_row, device);
	const uint8_t *at;
	uint32_t count;
	uint8_t place;

	if (cartridge != STIPPLE_CARTRIDGE_NEW ||
	    STIPPLE_ROW_DAMAGE(row, stipple_device_row, STIPPLE_ROW_DEVICE, device) != 0 ||
	    !stipple_open_list(call, STIPPLE_GET32(row, stipple_device_row, cartridge_list), &at,
			       &count))
		return 0;
	if (count == 0)
		return 1;
	for (place = 1; place <= count; place++, at += 2)
		if (STIPPLE_READ16(at) == needles)
			return place;
	return 0;
}

/* The one that was on is off, whatever is said of the next: only a decision that stands puts on. */
uint32_t stipple_change_cartridge(struct stipple_treatment *treatment,
				  const struct stipple_time *now, uint32_t cartridge,
				  uint32_t needles)
{
	struct stipple_session *session = treatment->session;
	struct stipple_answer *answer = &treatment->answer;
	struct stipple_call call;
	uint8_t place;

	if (!stipple_enter(&call, treatment, now, STIPPLE_EVENT_CARTRIDGE))
		return answer->verdict;
	session->cartridge = 0;
	session->expiry = now->uptime;
	if (session->state == STIPPLE_STATE_NEEDLING)
		session->state = STIPPLE_STATE_ZONE;
	answer->value = (uint16_t)needles;
	place = stipple_place_of_cartridge(&call, cartridge, needles);
	if (!stipple_is_under_way(session->state))
		stipple_refuse(answer, STIPPLE_REASON_WRONG_STATE);
	else if (place == 0)
		stipple_refuse(answer, STIPPLE_REASON_CARTRIDGE);
	else
		stipple_say(answer, STIPPLE_ALLOWED, STIPPLE_REASON_NONE);
	if (stipple_decided(&call))
		session->cartridge = place;
	return stipple_seal(&call);
}
