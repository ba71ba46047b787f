/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The second look before the motor may turn: everything that a permit rests on, read anew from the
 * session's bytes, the clocks and the table, in a function that shares no result with the call it
 * guards. Its word and that call's word combine to ALLOWED by XOR, as those of the two judges do in
 * request.c, so that one instruction that is skipped on either side opens nothing.
 */
#include "session_call.h"

/* What is looked at. */
struct look {
	const struct stipple_table *table;
	struct stipple_session *session;
	const uint8_t *protocol; /* its row */
	struct stipple_client client;
};

/* The table is this session's, and the session is in a zone of the protocol. */
static int is_sound(struct look *look, const struct stipple_treatment *treatment)
{
	struct stipple_session *session = treatment->session;

	if (!stipple_is_whole(session, treatment->session_bytes) || !stipple_has_table(treatment) ||
	    session->image_crc != treatment->table->crc)
		return 0;
	look->table = treatment->table;
	look->session = session;
	stipple_client_of(treatment, &look->client);
	look->protocol = stipple_protocol_row(look->table->image, session->protocol);
	return look->protocol != NULL &&
	       session->zone < STIPPLE_GET16(look->protocol, stipple_protocol_row, slot_count);
}

/* One when the value does not keep within what the second judge says, 0 when it does. */
static uint32_t lacks(const struct look *look, uint32_t setting, uint32_t value, uint32_t confirmed)
{
	uint32_t verdict =
		stipple_judge_two(look->table, stipple_slot_of(look->session, look->protocol),
				  &look->client, setting, value);

	return (uint32_t)(verdict != STIPPLE_TWO_ALLOWED) &
	       (uint32_t)(verdict != STIPPLE_TWO_NEEDS_REASON || confirmed == 0);
}

static uint32_t settings_lack(const struct look *look)
{
	const struct stipple_session *session = look->session;

	return (uint32_t)(session->depth == 0) | (uint32_t)(session->rate == 0) |
	       lacks(look, STIPPLE_DEPTH, session->depth, session->marks & STIPPLE_MARK_DEPTH) |
	       lacks(look, STIPPLE_RATE, session->rate, session->marks & STIPPLE_MARK_RATE);
}

/* The pass that runs, or the next one. A reason for one more was given or not: the limit counts. */
static uint32_t passes_lack(const struct look *look, uint32_t more)
{
	uint32_t zone = *stipple_zone_at(look->session, look->session->zone);
	uint32_t passes = (zone & STIPPLE_ZONE_PASSES) + more;

	return (uint32_t)(zone > STIPPLE_ZONE_PASSES) | (uint32_t)(passes > STIPPLE_ZONE_PASSES) |
	       (uint32_t)(passes == 0) | lacks(look, STIPPLE_PASSES, passes, 1u);
}

/* An anaesthetic that was applied has been taken off, and a cartridge is on that may be used. */
static uint32_t skin_or_cartridge_lacks(const struct stipple_session *session)
{
	uint32_t marks = session->marks & (STIPPLE_MARK_APPLIED | STIPPLE_MARK_REMOVED);

	return (uint32_t)(marks == STIPPLE_MARK_APPLIED) | (uint32_t)(session->cartridge == 0);
}

static uint32_t clocks_lack(const struct stipple_session *session, const struct stipple_time *now)
{
	uint32_t by_wall = now->wall - session->began_wall;
	uint32_t by_uptime = now->uptime - session->began_uptime;
	uint32_t apart = by_uptime > by_wall ? by_uptime - by_wall : by_wall - by_uptime;

	return (uint32_t)(now->wall == 0) | (uint32_t)(now->wall < session->wall) |
	       (uint32_t)(apart > STIPPLE_CLOCK_TOLERANCE);
}

static uint32_t measured_lacks(const struct look *look, uint32_t depth, uint32_t rate)
{
	const struct stipple_session *session = look->session;
	uint32_t device = STIPPLE_GET16(look->protocol, stipple_protocol_row, device);
	const uint8_t *row = STIPPLE_ROW(look->table->image, devices, stipple_device_row, device);
	uint32_t deeper = STIPPLE_GET16(row, stipple_device_row, depth_tolerance);
	uint32_t faster = STIPPLE_GET16(row, stipple_device_row, rate_tolerance);
	uint32_t damage = STIPPLE_ROW_DAMAGE(row, stipple_device_row, STIPPLE_ROW_DEVICE, device);

	return (uint32_t)(damage != 0) | (uint32_t)(depth > session->depth + deeper) |
	       (uint32_t)(depth + deeper < session->depth) |
	       (uint32_t)(rate > session->rate + faster);
}

uint32_t stipple_gate(struct stipple_treatment *treatment, const struct stipple_time *now,
		      uint32_t state, uint32_t depth, uint32_t rate)
{
	const struct stipple_session *session = treatment->session;
	struct look look;
	uint32_t needling = (uint32_t)(state == STIPPLE_STATE_NEEDLING);
	uint32_t left = session->expiry - now->uptime;
	uint32_t lacking = (uint32_t)(session->state != state);

	if (!is_sound(&look, treatment))
		return STIPPLE_TWO_FAULT;
	lacking |= needling & (uint32_t)(left > STIPPLE_PERMIT_SECONDS);
	lacking |= skin_or_cartridge_lacks(session);
	lacking |= clocks_lack(session, now);
	lacking |= measured_lacks(&look, depth, rate);
	lacking |= settings_lack(&look);
	lacking |= passes_lack(&look, needling ^ 1u);
	return lacking == 0 ? STIPPLE_TWO_ALLOWED : STIPPLE_TWO_REFUSED;
}
