/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Needling: zones, settings with their confirmed reasons, passes, and the permit that the motor
 * runs by. Every permit is judged anew from the table; nothing is allowed because it was before.
 */
#include "session_call.h"

#define PENDING_SHIFT 5 /* of STIPPLE_MARK_PENDING */

/* ---- judging ---- */

/*
 * Both judges on one setting of the current zone; the explanation is in the call's answer. A value
 * beyond the range passes when its reason was confirmed, which `mark` stands for. By arithmetic,
 * not by branches: without the mark nothing turns into ALLOWED.
 */
static uint32_t judge(const struct stipple_call *call, uint32_t setting, uint32_t value,
		      uint32_t mark)
{
	uint32_t verdict = stipple_request(call->treatment->table,
					   stipple_slot_of(call->session, call->protocol),
					   &call->client, setting, value, call->answer);
	uint32_t confirmed = 0u - (uint32_t)((call->session->marks & mark) != 0);
	uint32_t is_beyond = 0u - (uint32_t)(verdict == STIPPLE_NEEDS_REASON);

	return verdict ^ (confirmed & is_beyond & (STIPPLE_NEEDS_REASON ^ STIPPLE_ALLOWED));
}

/* ALLOWED only when both verdicts are. */
static uint32_t both(uint32_t one, uint32_t two)
{
	return STIPPLE_ALLOWED ^ ((one ^ STIPPLE_ALLOWED) | (two ^ STIPPLE_ALLOWED));
}

/* The depth last, so that the answer explains it. */
static uint32_t judge_settings(const struct stipple_call *call)
{
	uint32_t rate = judge(call, STIPPLE_RATE, call->session->rate, STIPPLE_MARK_RATE);

	return both(rate, judge(call, STIPPLE_DEPTH, call->session->depth, STIPPLE_MARK_DEPTH));
}

/* ---- zones ---- */

/* The slot of the zone that may be entered, or STIPPLE_NOT_FOUND with the answer saying why. */
static uint32_t find_zone(struct stipple_call *call, uint32_t zone, uint32_t last_depth)
{
	const struct stipple_table *table = call->treatment->table;
	uint32_t slot = stipple_find_slot(table, call->session->protocol, zone);
	uint32_t first = STIPPLE_GET32(call->protocol, stipple_protocol_row, first_slot);
	struct stipple_limit limit;

	stipple_refuse(call->answer, STIPPLE_REASON_ZONE_NOT_NAMED);
	if (slot == STIPPLE_NOT_FOUND)
		return slot;
	call->client.last_depth = (uint16_t)last_depth;
	if (stipple_limit(table, slot, &call->client, STIPPLE_DEPTH, &limit) != STIPPLE_ANSWERED) {
		stipple_say(call->answer, limit.verdict, limit.reason);
		call->answer->subject = limit.subject;
		return STIPPLE_NOT_FOUND;
	}
	if ((*stipple_zone_at(call->session, slot - first) & STIPPLE_ZONE_FINISHED) != 0) {
		stipple_refuse(call->answer, STIPPLE_REASON_PASSES_DONE);
		return STIPPLE_NOT_FOUND;
	}
	stipple_say(call->answer, STIPPLE_ALLOWED, STIPPLE_REASON_NONE);
	return slot - first;
}

/* What comes before a zone in this state. */
static uint32_t what_is_missing(uint32_t state)
{
	if (state == STIPPLE_STATE_PREPARED)
		return STIPPLE_REASON_ANAESTHETIC_MISSING;
	if (state == STIPPLE_STATE_ANAESTHETIC)
		return STIPPLE_REASON_ANAESTHETIC_STILL_ON;
	return STIPPLE_REASON_WRONG_STATE;
}

uint32_t stipple_enter_zone(struct stipple_treatment *treatment, const struct stipple_time *now,
			    uint32_t zone, uint32_t last_depth)
{
	struct stipple_session *session = treatment->session;
	struct stipple_answer *answer = &treatment->answer;
	struct stipple_call call;
	uint32_t place;

	if (!stipple_enter(&call, treatment, now, STIPPLE_EVENT_ENTER_ZONE))
		return answer->verdict;
	if (session->state != STIPPLE_STATE_READY) {
		stipple_refuse(answer, what_is_missing(session->state));
		return stipple_close(&call);
	}
	place = find_zone(&call, zone, last_depth);
	call.zone = (uint16_t)place;
	answer->value = (uint16_t)zone;
	if (stipple_decided(&call) && answer->verdict == STIPPLE_ALLOWED) {
		session->state = STIPPLE_STATE_ZONE;
		session->zone = (uint8_t)place;
		session->last_depth = (uint16_t)last_depth;
		session->depth = 0;
		session->rate = 0;
		session->marks &= STIPPLE_MARK_APPLIED | STIPPLE_MARK_REMOVED | STIPPLE_MARK_AGE;
	}
	return stipple_seal(&call);
}

uint32_t stipple_leave_zone(struct stipple_treatment *treatment, const struct stipple_time *now,
			    uint32_t finished)
{
	struct stipple_session *session = treatment->session;
	struct stipple_answer *answer = &treatment->answer;
	struct stipple_call call;

	if (!stipple_enter_in(&call, treatment, now, STIPPLE_EVENT_LEAVE_ZONE, STIPPLE_STATE_ZONE))
		return answer->verdict;
	stipple_say(answer, STIPPLE_ALLOWED, STIPPLE_REASON_NONE);
	if (stipple_decided(&call)) {
		if (finished != 0)
			*stipple_zone_at(session, session->zone) |= STIPPLE_ZONE_FINISHED;
		session->state = STIPPLE_STATE_READY;
		session->zone = STIPPLE_NO_ZONE;
		session->depth = 0;
		session->rate = 0;
	}
	return stipple_seal(&call);
}

/* ---- settings ---- */

/* Bound to the session, the zone, the setting and the value; never 0. */
static uint32_t make_token(const struct stipple_call *call, uint32_t setting, uint32_t value)
{
	const struct stipple_session *session = call->session;
	uint8_t bound[4];
	uint32_t token;

	bound[0] = (uint8_t)session->zone;
	bound[1] = (uint8_t)setting;
	bound[2] = (uint8_t)value;
	bound[3] = (uint8_t)(value >> 8);
	token = stipple_crc_memory(session->crc, bound, sizeof bound) ^ session->sequence;
	return token | 1u;
}

/* What needs a reason waits for it; the token is the only way to give one. */
static void wait_for_reason(struct stipple_call *call, uint32_t setting, uint32_t value)
{
	struct stipple_session *session = call->session;

	session->value = (uint16_t)value;
	session->marks =
		(uint8_t)((session->marks & ~STIPPLE_MARK_PENDING) | setting << PENDING_SHIFT);
	session->token = call->answer->token;
}

static void put_setting(struct stipple_session *session, uint32_t setting, uint32_t value,
			int confirmed)
{
	uint32_t mark = setting == STIPPLE_DEPTH  ? STIPPLE_MARK_DEPTH
			: setting == STIPPLE_RATE ? STIPPLE_MARK_RATE
						  : STIPPLE_MARK_PASSES;

	if (setting == STIPPLE_DEPTH)
		session->depth = (uint16_t)value;
	else if (setting == STIPPLE_RATE)
		session->rate = (uint16_t)value;
	session->marks = (uint8_t)(session->marks & ~mark);
	if (confirmed)
		session->marks = (uint8_t)(session->marks | mark);
}

uint32_t stipple_set(struct stipple_treatment *treatment, const struct stipple_time *now,
		     uint32_t setting, uint32_t value)
{
	struct stipple_session *session = treatment->session;
	struct stipple_answer *answer = &treatment->answer;
	struct stipple_call call;

	if (!stipple_enter_in(&call, treatment, now, STIPPLE_EVENT_REQUEST, STIPPLE_STATE_ZONE))
		return answer->verdict;
	call.setting = (uint16_t)setting;
	if (value > 0xFFFEu ||
	    (setting != STIPPLE_DEPTH && setting != STIPPLE_RATE && setting != STIPPLE_PATTERNS))
		stipple_fault(answer, STIPPLE_REASON_BAD_CALL);
	else
		(void)judge(&call, setting, value, 0);
	if (answer->verdict == STIPPLE_NEEDS_REASON)
		answer->token = make_token(&call, setting, value);
	if (stipple_decided(&call)) {
		if (answer->verdict == STIPPLE_NEEDS_REASON)
			wait_for_reason(&call, setting, value);
		else if (setting != STIPPLE_PATTERNS)
			put_setting(session, setting, value, 0);
	} else {
		answer->token = 0;
	}
	return stipple_seal(&call);
}

uint32_t stipple_confirm(struct stipple_treatment *treatment, const struct stipple_time *now,
			 uint32_t token, uint32_t reason)
{
	struct stipple_session *session = treatment->session;
	struct stipple_answer *answer = &treatment->answer;
	struct stipple_call call;
	uint32_t setting;
	uint32_t value;

	if (!stipple_enter_in(&call, treatment, now, STIPPLE_EVENT_CONFIRM, STIPPLE_STATE_ZONE))
		return answer->verdict;
	setting = (session->marks & STIPPLE_MARK_PENDING) >> PENDING_SHIFT;
	value = session->value;
	call.setting = (uint16_t)setting;
	call.given_reason = (uint16_t)reason;
	if (token == 0 || token != call.token || reason == 0 || reason > 0xFFFFu) {
		stipple_refuse(answer, STIPPLE_REASON_BAD_TOKEN);
	} else if (judge(&call, setting, value, 0) == STIPPLE_NEEDS_REASON) {
		answer->verdict = STIPPLE_ALLOWED; /* the record has the reason that is lifted */
	} else {
		stipple_refuse(answer, STIPPLE_REASON_BAD_TOKEN);
	}
	if (stipple_decided(&call)) {
		put_setting(session, setting, value, 1);
		answer->reason = STIPPLE_REASON_NONE;
	}
	session->marks = (uint8_t)(session->marks & ~STIPPLE_MARK_PENDING);
	return stipple_seal(&call);
}

/* ---- passes and permits ---- */

/* A verdict and the gate's word: ALLOWED only when both say so, else no verdict at all. */
static uint32_t with_gate(uint32_t verdict, uint32_t two)
{
	return verdict ^ STIPPLE_TWO_ALLOWED ^ two;
}

/* The first passes lead up to the range, so that fewer need no reason. */
static uint32_t judge_passes(const struct stipple_call *call, uint32_t passes)
{
	uint32_t verdict = judge(call, STIPPLE_PASSES, passes, STIPPLE_MARK_PASSES);
	uint32_t is_below = 0u - (uint32_t)(verdict == STIPPLE_NEEDS_REASON &&
					    call->answer->reason == STIPPLE_REASON_BELOW_RANGE);

	return verdict ^ (is_below & (STIPPLE_NEEDS_REASON ^ STIPPLE_ALLOWED));
}

/*
 * One pass more: the settings still stand, and the number of passes allows it. What the settings
 * lack of ALLOWED spoils the verdict on the passes, so that no skipped branch can make it ALLOWED.
 */
static void decide_pass(const struct stipple_call *call, uint32_t passes)
{
	const struct stipple_session *session = call->session;
	struct stipple_answer *answer = call->answer;
	uint32_t settings = judge_settings(call);
	uint32_t verdict = judge_passes(call, passes);

	answer->verdict = verdict | (settings ^ STIPPLE_ALLOWED);
	if (settings == STIPPLE_FAULT)
		stipple_fault(answer, STIPPLE_REASON_BAD_TABLE);
	else if (session->cartridge == 0)
		stipple_refuse(answer, STIPPLE_REASON_CARTRIDGE);
	else if (settings != STIPPLE_ALLOWED || session->depth == 0 || session->rate == 0)
		stipple_refuse(answer, STIPPLE_REASON_NO_PERMIT);
	else if (answer->verdict == STIPPLE_REFUSED)
		answer->reason = STIPPLE_REASON_PASSES_DONE;
}

uint32_t stipple_begin_pass(struct stipple_treatment *treatment, const struct stipple_time *now)
{
	struct stipple_session *session = treatment->session;
	struct stipple_answer *answer = &treatment->answer;
	struct stipple_call call;
	uint32_t passes;
	uint32_t two =
		stipple_gate(treatment, now, STIPPLE_STATE_ZONE, session->depth, session->rate);

	if (!stipple_enter_in(&call, treatment, now, STIPPLE_EVENT_PASS_BEGUN, STIPPLE_STATE_ZONE))
		return answer->verdict;
	call.setting = STIPPLE_PASSES;
	passes = (*stipple_zone_at(session, session->zone) & STIPPLE_ZONE_PASSES) + 1u;
	if (passes > STIPPLE_ZONE_PASSES)
		stipple_refuse(answer, STIPPLE_REASON_PASSES_DONE);
	else
		decide_pass(&call, passes);
	if (answer->verdict == STIPPLE_NEEDS_REASON)
		answer->token = make_token(&call, STIPPLE_PASSES, passes);
	if (answer->verdict == STIPPLE_ALLOWED && two != STIPPLE_TWO_ALLOWED)
		stipple_fault(answer, STIPPLE_REASON_JUDGES_DIFFER);
	if (!stipple_decided(&call))
		answer->token = 0;
	else if (answer->verdict == STIPPLE_NEEDS_REASON)
		wait_for_reason(&call, STIPPLE_PASSES, passes);
	STIPPLE_IF_ALLOWED(with_gate(answer->verdict, two))
	{
		*stipple_zone_at(session, session->zone) += 1u;
		session->marks = (uint8_t)(session->marks & ~STIPPLE_MARK_PASSES);
		session->expiry = now->uptime + STIPPLE_PERMIT_SECONDS;
		session->state = STIPPLE_STATE_NEEDLING;
	}
	if (answer->verdict == STIPPLE_ALLOWED && session->state != STIPPLE_STATE_NEEDLING)
		stipple_fault(answer, STIPPLE_REASON_JUDGES_DIFFER);
	return stipple_seal(&call);
}

/*
 * Whether what the handpiece measures is what was permitted. Inlined, it would take stack that is
 * needed only until it returns.
 */
static STIPPLE_NOINLINE int matches(const struct stipple_call *call, uint32_t depth, uint32_t rate)
{
	const struct stipple_session *session = call->session;
	uint32_t device = STIPPLE_GET16(call->protocol, stipple_protocol_row, device);
	const uint8_t *row =
		STIPPLE_ROW(call->treatment->table->image, devices, stipple_device_row, device);
	uint32_t tolerance = STIPPLE_GET16(row, stipple_device_row, depth_tolerance);

	if (STIPPLE_ROW_DAMAGE(row, stipple_device_row, STIPPLE_ROW_DEVICE, device) != 0)
		return 0;
	if (depth > session->depth + tolerance || depth + tolerance < session->depth)
		return 0;
	tolerance = STIPPLE_GET16(row, stipple_device_row, rate_tolerance);
	return rate <= session->rate + tolerance;
}

uint32_t stipple_permit(struct stipple_treatment *treatment, const struct stipple_time *now,
			uint32_t depth, uint32_t rate)
{
	struct stipple_session *session = treatment->session;
	struct stipple_answer *answer = &treatment->answer;
	struct stipple_call call;
	uint32_t two = stipple_gate(treatment, now, STIPPLE_STATE_NEEDLING, depth, rate);
	uint32_t verdict;

	if (!stipple_enter_in(&call, treatment, now, STIPPLE_EVENT_PERMIT_REFUSED,
			      STIPPLE_STATE_NEEDLING))
		return answer->verdict;
	call.setting = STIPPLE_DEPTH;
	answer->value = (uint16_t)depth;
	if (!matches(&call, depth, rate)) {
		stipple_fault(answer, STIPPLE_REASON_MISMATCH);
		(void)stipple_decided(&call);
		session->state = STIPPLE_STATE_FAULTED;
		return stipple_seal(&call);
	}
	verdict = with_gate(judge_settings(&call), two);
	if (session->expiry - now->uptime > STIPPLE_PERMIT_SECONDS)
		verdict = STIPPLE_REFUSED;
	stipple_say(answer, verdict, STIPPLE_REASON_NONE);
	answer->value = (uint16_t)depth;
	STIPPLE_IF_ALLOWED(verdict)
	{
		session->expiry = now->uptime + STIPPLE_PERMIT_SECONDS;
		return stipple_seal(&call);
	}
	stipple_refuse(answer, STIPPLE_REASON_NO_PERMIT);
	(void)stipple_decided(&call);
	session->state = STIPPLE_STATE_ZONE;
	return stipple_seal(&call);
}

uint32_t stipple_end_pass(struct stipple_treatment *treatment, const struct stipple_time *now)
{
	struct stipple_session *session = treatment->session;
	struct stipple_answer *answer = &treatment->answer;
	struct stipple_call call;

	if (!stipple_enter_in(&call, treatment, now, STIPPLE_EVENT_PASS_ENDED,
			      STIPPLE_STATE_NEEDLING))
		return answer->verdict;
	stipple_say(answer, STIPPLE_ALLOWED, STIPPLE_REASON_NONE);
	session->expiry = now->uptime;
	(void)stipple_decided(&call);
	session->state = STIPPLE_STATE_ZONE; /* recorded or not: ending is never refused */
	stipple_say(answer, STIPPLE_ALLOWED, STIPPLE_REASON_NONE);
	return stipple_seal(&call);
}
