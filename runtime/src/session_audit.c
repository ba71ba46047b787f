/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The audit record: what was asked, what was answered and why, in 64 bytes that mean the same
 * wherever they are read later.
 */
#include "session_call.h"

static uint32_t zone_key(const struct stipple_call *call)
{
	const uint8_t *image = call->treatment->table->image;
	uint32_t first = STIPPLE_GET32(call->protocol, stipple_protocol_row, first_slot);
	const uint8_t *slot;

	if (call->zone >= STIPPLE_GET16(call->protocol, stipple_protocol_row, slot_count))
		return 0;
	slot = STIPPLE_ROW(image, slots, stipple_slot_row, first + call->zone);
	slot = STIPPLE_ROW(image, zones, stipple_term_row,
			   STIPPLE_GET16(slot, stipple_slot_row, zone));
	return STIPPLE_GET32(slot, stipple_term_row, key);
}

static uint32_t fingerprint_start(const uint8_t *image)
{
	const uint8_t *at = image + offsetof(struct stipple_header, fingerprint);

	return (uint32_t)STIPPLE_READ8(at) << 24 | (uint32_t)STIPPLE_READ8(at + 1) << 16 |
	       (uint32_t)STIPPLE_READ8(at + 2) << 8 | (uint32_t)STIPPLE_READ8(at + 3);
}

/* What the table knows: left zero when the table cannot be trusted. */
static void fill_from_table(const struct stipple_call *call, struct stipple_record *record)
{
	record->protocol_key = 0;
	record->zone_key = 0;
	record->image_crc = 0;
	record->fingerprint = 0;
	if (call->protocol == NULL)
		return;
	record->protocol_key = STIPPLE_GET32(call->protocol, stipple_protocol_row, key);
	record->zone_key = zone_key(call);
	record->image_crc = call->treatment->table->crc;
	record->fingerprint = fingerprint_start(call->treatment->table->image);
}

int stipple_keep_record(const struct stipple_call *call)
{
	const struct stipple_answer *answer = call->answer;
	struct stipple_record record;

	if (call->treatment->keep == NULL)
		return 0;
	record.version = STIPPLE_RECORD_VERSION;
	record.event = call->event;
	record.sequence = call->session->sequence;
	record.wall = call->now->wall;
	record.uptime = call->now->uptime;
	record.verdict = answer->verdict;
	fill_from_table(call, &record);
	record.setting = call->setting;
	record.asked = answer->value;
	record.range_least = answer->range_least;
	record.range_most = answer->range_most;
	record.limit_least = answer->limit_least;
	record.limit_most = answer->limit_most;
	record.row = answer->row;
	record.reason = answer->reason;
	record.role = answer->role != STIPPLE_NONE ? answer->role : call->treatment->operator_role;
	record.operator_id = call->treatment->operator_id;
	record.subject = answer->subject;
	record.given_reason = call->given_reason;
	return call->treatment->keep(call->treatment->context, &record) == STIPPLE_AUDITED;
}
