/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The frame of every call on a session (see session_call.h), its beginning, its ends, and pausing.
 * The course, screening, the anaesthetic, the cartridge, needling and restoring have files of their
 * own.
 */
#include "session_call.h"

/* ---- bytes ---- */

/* The head is there, however few bytes a caller owns up to. */
static uint32_t crc_of(const struct stipple_session *session, uint32_t bytes)
{
	const uint8_t *from = (const uint8_t *)session + sizeof session->crc;

	if (bytes < STIPPLE_SESSION_HEAD_BYTES)
		bytes = STIPPLE_SESSION_HEAD_BYTES;
	return ~stipple_crc_memory(STIPPLE_CRC_START, from, bytes - (uint32_t)sizeof session->crc);
}

int stipple_is_whole(const struct stipple_session *session, uint32_t bytes)
{
	return session->crc == crc_of(session, bytes);
}

void stipple_seal_bytes(struct stipple_session *session, uint32_t bytes)
{
	session->sequence++;
	session->crc = crc_of(session, bytes);
}

uint32_t stipple_session_bytes(const struct stipple_table *table)
{
	const uint8_t *image;

	if (table == NULL || !stipple_is_open(table))
		return 0;
	image = table->image;
	return STIPPLE_SESSION_BYTES(STIPPLE_GET16(image, stipple_header, greatest_zones),
				     STIPPLE_COUNT(image, questions),
				     STIPPLE_COUNT(image, factors));
}

void stipple_client_of(const struct stipple_treatment *treatment, struct stipple_client *client)
{
	const struct stipple_session *session = treatment->session;
	const uint8_t *image = treatment->table->image;

	client->questions = stipple_zone_at(treatment->session,
					    STIPPLE_GET16(image, stipple_header, greatest_zones));
	client->factors = client->questions + ((STIPPLE_COUNT(image, questions) + 3u) >> 2);
	client->session = session->number;
	client->age = session->age;
	client->last_depth = session->last_depth;
	client->depth_used = 0;
}

/* ---- answers ---- */

void stipple_say(struct stipple_answer *answer, uint32_t verdict, uint32_t reason)
{
	answer->verdict = verdict;
	answer->reason = (uint16_t)reason;
}

void stipple_refuse(struct stipple_answer *answer, uint32_t reason)
{
	stipple_say(answer, STIPPLE_REFUSED, reason);
}

void stipple_fault(struct stipple_answer *answer, uint32_t reason)
{
	stipple_say(answer, STIPPLE_FAULT, reason);
}

/*
 * Not through the call, and with an address worked out here: whatever goes wrong there, the answer
 * before is gone.
 */
static STIPPLE_NOINLINE void clear(struct stipple_treatment *treatment)
{
	struct stipple_answer *answer = &treatment->answer;

	answer->verdict = STIPPLE_FAULT;
	answer->reason = STIPPLE_REASON_BAD_SESSION;
	answer->row = STIPPLE_NONE;
	answer->token = 0;
	answer->until = 0;
	answer->subject = (uint16_t)STIPPLE_NONE;
	answer->role = (uint16_t)STIPPLE_NONE;
	answer->value = 0;
	answer->range_least = 0;
	answer->range_most = 0;
	answer->limit_least = 0;
	answer->limit_most = 0;
}

/* ---- the frame ---- */

static void open_call(struct stipple_call *call, struct stipple_treatment *treatment,
		      const struct stipple_time *now, enum stipple_event event)
{
	call->treatment = treatment;
	call->session = treatment->session;
	call->now = now;
	call->answer = &treatment->answer;
	call->protocol = NULL;
	call->token = 0;
	call->event = (uint16_t)event;
	call->setting = 0;
	call->given_reason = 0;
	call->zone = call->session->zone;
}

/* Latched: nothing but begin leaves this state. */
static uint32_t fault(struct stipple_call *call, uint32_t reason)
{
	stipple_fault(call->answer, reason);
	call->session->state = STIPPLE_STATE_FAULTED;
	(void)stipple_keep_record(call);
	return stipple_seal(call);
}

int stipple_has_table(const struct stipple_treatment *treatment)
{
	uint32_t needed = stipple_session_bytes(treatment->table);

	return needed != 0 && treatment->session_bytes >= needed;
}

/* Both clocks went the same way forward, within the tolerance. */
static int clock_agrees(const struct stipple_session *session, const struct stipple_time *now)
{
	uint32_t by_wall = now->wall - session->began_wall;
	uint32_t by_uptime = now->uptime - session->began_uptime;
	uint32_t apart = by_wall > by_uptime ? by_wall - by_uptime : by_uptime - by_wall;

	return now->wall != 0 && now->wall >= session->wall && apart <= STIPPLE_CLOCK_TOLERANCE;
}

int stipple_enter(struct stipple_call *call, struct stipple_treatment *treatment,
		  const struct stipple_time *now, enum stipple_event event)
{
	struct stipple_session *session = treatment->session;

	clear(treatment);
	open_call(call, treatment, now, event);
	if (!stipple_is_whole(session, treatment->session_bytes)) {
		(void)fault(call, STIPPLE_REASON_BAD_SESSION);
		return 0;
	}
	session->crc = ~session->crc; /* a call from inside this one finds the bytes unsealed */
	call->token = session->token;
	session->token = 0;
	if (!stipple_has_table(treatment) || session->image_crc != treatment->table->crc) {
		(void)fault(call, STIPPLE_REASON_TABLE_CHANGED);
		return 0;
	}
	stipple_client_of(treatment, &call->client);
	call->protocol = stipple_protocol_row(treatment->table->image, session->protocol);
	if (call->protocol == NULL) {
		(void)fault(call, STIPPLE_REASON_BAD_TABLE);
		return 0;
	}
	if (!clock_agrees(session, now)) {
		(void)fault(call, STIPPLE_REASON_CLOCK_FAULT);
		return 0;
	}
	session->wall = now->wall;
	return 1;
}

int stipple_enter_in(struct stipple_call *call, struct stipple_treatment *treatment,
		     const struct stipple_time *now, enum stipple_event event, uint32_t state)
{
	struct stipple_session *session = treatment->session;
	struct stipple_answer *answer = &treatment->answer;
	if (!stipple_enter(call, treatment, now, event))
		return 0;
	if (session->state == state)
		return 1;
	stipple_refuse(answer, STIPPLE_REASON_WRONG_STATE);
	(void)stipple_close(call);
	return 0;
}

int stipple_decided(struct stipple_call *call)
{
	uint32_t verdict = call->answer->verdict;
	uint32_t sequence = call->session->sequence;
	int kept = stipple_keep_record(call);

	if (call->session->sequence != sequence) { /* the callback called in here */
		stipple_fault(call->answer, STIPPLE_REASON_BAD_SESSION);
		return 0;
	}
	if (verdict != STIPPLE_ALLOWED && verdict != STIPPLE_NEEDS_REASON &&
	    verdict != STIPPLE_NEEDS_CLEARANCE)
		return 0;
	if (!kept)
		stipple_refuse(call->answer, STIPPLE_REASON_NOT_RECORDED);
	return kept;
}

/* The treatment's own answer, not through call->answer: whatever went wrong there. */
uint32_t stipple_seal(struct stipple_call *call)
{
	stipple_seal_bytes(call->session, call->treatment->session_bytes);
	return call->treatment->answer.verdict;
}

uint32_t stipple_close(struct stipple_call *call)
{
	(void)stipple_decided(call);
	return stipple_seal(call);
}

uint32_t stipple_conclude(struct stipple_call *call, uint32_t state)
{
	if (stipple_decided(call) && call->answer->verdict == STIPPLE_ALLOWED)
		call->session->state = state;
	return stipple_seal(call);
}

uint32_t stipple_end_session(struct stipple_call *call)
{
	(void)stipple_decided(call);
	call->session->state = STIPPLE_STATE_ABORTED;
	return stipple_seal(call);
}

/* ---- ends and pauses ---- */

/* Stop and abort rest on nothing that could fail. What is broken becomes a faulted session. */
static uint32_t leave(struct stipple_treatment *treatment, const struct stipple_time *now,
		      enum stipple_event event, uint32_t needling, uint32_t other)
{
	struct stipple_session *session = treatment->session;
	struct stipple_answer *answer = &treatment->answer;
	struct stipple_call call;
	uint32_t state = session->state;
	int whole = stipple_is_whole(session, treatment->session_bytes);

	clear(treatment);
	open_call(&call, treatment, now, event);
	session->token = 0;
	session->expiry = now->uptime;
	if (!whole)
		session->state = STIPPLE_STATE_FAULTED;
	else if (state == STIPPLE_STATE_NEEDLING)
		session->state = needling;
	else if (other != 0 && state != STIPPLE_STATE_FAULTED && state != STIPPLE_STATE_COMPLETED &&
		 state != STIPPLE_STATE_CLOSED)
		session->state = other;
	if (whole && stipple_has_table(treatment) && session->image_crc == treatment->table->crc)
		call.protocol = stipple_protocol_row(treatment->table->image, session->protocol);
	stipple_say(answer, STIPPLE_ALLOWED, STIPPLE_REASON_STOPPED);
	(void)stipple_keep_record(&call);
	return stipple_seal(&call);
}

uint32_t stipple_stop(struct stipple_treatment *treatment, const struct stipple_time *now)
{
	return leave(treatment, now, STIPPLE_EVENT_STOP, STIPPLE_STATE_ZONE, 0);
}

uint32_t stipple_abort(struct stipple_treatment *treatment, const struct stipple_time *now)
{
	return leave(treatment, now, STIPPLE_EVENT_ABORT, STIPPLE_STATE_ABORTED,
		     STIPPLE_STATE_ABORTED);
}

uint32_t stipple_pause(struct stipple_treatment *treatment, const struct stipple_time *now)
{
	struct stipple_session *session = treatment->session;
	struct stipple_answer *answer = &treatment->answer;
	struct stipple_call call;

	if (!stipple_enter(&call, treatment, now, STIPPLE_EVENT_PAUSE))
		return answer->verdict;
	if (session->state == STIPPLE_STATE_READY || session->state == STIPPLE_STATE_ZONE ||
	    session->state == STIPPLE_STATE_NEEDLING)
		stipple_say(answer, STIPPLE_ALLOWED, STIPPLE_REASON_NONE);
	else
		stipple_refuse(answer, STIPPLE_REASON_WRONG_STATE);
	session->expiry = now->uptime;
	return stipple_conclude(&call, STIPPLE_STATE_PAUSED);
}

uint32_t stipple_resume(struct stipple_treatment *treatment, const struct stipple_time *now)
{
	struct stipple_session *session = treatment->session;
	struct stipple_answer *answer = &treatment->answer;
	struct stipple_call call;

	if (!stipple_enter_in(&call, treatment, now, STIPPLE_EVENT_RESUME, STIPPLE_STATE_PAUSED))
		return answer->verdict;
	stipple_say(answer, STIPPLE_ALLOWED, STIPPLE_REASON_NONE);
	return stipple_conclude(&call, session->zone == STIPPLE_NO_ZONE ? STIPPLE_STATE_READY
									: STIPPLE_STATE_ZONE);
}

uint32_t stipple_complete(struct stipple_treatment *treatment, const struct stipple_time *now)
{
	struct stipple_answer *answer = &treatment->answer;
	struct stipple_call call;

	if (!stipple_enter_in(&call, treatment, now, STIPPLE_EVENT_COMPLETE, STIPPLE_STATE_READY))
		return answer->verdict;
	stipple_say(answer, STIPPLE_ALLOWED, STIPPLE_REASON_NONE);
	return stipple_conclude(&call, STIPPLE_STATE_COMPLETED);
}

/* ---- beginning ---- */

int stipple_is_under_way(uint32_t state)
{
	return state != STIPPLE_STATE_CLOSED && state != STIPPLE_STATE_COMPLETED &&
	       state != STIPPLE_STATE_ABORTED && state != STIPPLE_STATE_FAULTED;
}

/* An open session must be ended before another may take its bytes. */
static int is_open_session(const struct stipple_treatment *treatment)
{
	const struct stipple_session *session = treatment->session;

	return stipple_is_whole(session, treatment->session_bytes) &&
	       stipple_is_under_way(session->state);
}

static void lay_out(struct stipple_treatment *treatment, const struct stipple_time *now,
		    const struct stipple_visit *visit)
{
	struct stipple_session *session = treatment->session;
	volatile uint8_t *bytes = (volatile uint8_t *)session; /* else gcc calls memset */
	uint32_t sequence = session->sequence; /* goes on, or a saved copy of before were newer */
	uint32_t at;

	for (at = 0; at < treatment->session_bytes; at++)
		bytes[at] = 0;
	session->sequence = sequence;
	session->image_crc = treatment->table->crc;
	session->state = STIPPLE_STATE_CLOSED;
	session->began_wall = now->wall;
	session->began_uptime = now->uptime;
	session->wall = now->wall;
	session->since_wall = visit->last_session;
	session->protocol = (uint16_t)visit->protocol;
	session->zone = STIPPLE_NO_ZONE;
	session->number = visit->number;
	session->age = (uint8_t)(visit->age > 255u ? 255u : visit->age);
	session->last_depth = visit->last_deepest;
}

static int device_is_right(const struct stipple_call *call)
{
	const struct stipple_table *table = call->treatment->table;
	uint32_t device = STIPPLE_GET16(call->protocol, stipple_protocol_row, device);
	const uint8_t *row = STIPPLE_ROW(table->image, devices, stipple_device_row, device);

	return STIPPLE_ROW_DAMAGE(row, stipple_device_row, STIPPLE_ROW_DEVICE, device) == 0 &&
	       STIPPLE_GET32(row, stipple_device_row, key) == table->device_key;
}

/* Everything that is known before the first question. */
static void decide_begin(struct stipple_call *call, const struct stipple_visit *visit)
{
	const struct stipple_table *table = call->treatment->table;
	struct stipple_answer *answer = call->answer;
	struct stipple_verification copy;
	uint32_t open;

	copy.offset = visit->verified->offset;
	copy.crc = visit->verified->crc;
	stipple_refuse(answer, STIPPLE_REASON_OTHER_DEVICE);
	if (copy.offset != table->bytes - 4u ||
	    stipple_verify_step(table, &copy, 0) != STIPPLE_ANSWERED)
		stipple_fault(answer, STIPPLE_REASON_BAD_TABLE);
	else if (!device_is_right(call))
		stipple_refuse(answer, STIPPLE_REASON_OTHER_DEVICE);
	else if (call->session->cartridge == 0)
		stipple_refuse(answer, STIPPLE_REASON_CARTRIDGE);
	else if (call->now->wall == 0)
		stipple_refuse(answer, STIPPLE_REASON_CLOCK_FAULT);
	else if (visit->number == 0 || (visit->number > 1u && visit->last_session == 0))
		stipple_refuse(answer, STIPPLE_REASON_UNANSWERED);
	else {
		stipple_say(answer, STIPPLE_ALLOWED, STIPPLE_REASON_NONE);
		(void)stipple_course_allows(call, &open);
	}
}

uint32_t stipple_begin(struct stipple_treatment *treatment, const struct stipple_time *now,
		       const struct stipple_visit *visit)
{
	struct stipple_session *session = treatment->session;
	struct stipple_answer *answer = &treatment->answer;
	struct stipple_call call;

	clear(treatment);
	open_call(&call, treatment, now, STIPPLE_EVENT_BEGIN);
	if (!stipple_has_table(treatment)) {
		stipple_fault(answer, stipple_session_bytes(treatment->table) == 0
					      ? STIPPLE_REASON_BAD_TABLE
					      : STIPPLE_REASON_SESSION_ROOM);
		(void)stipple_keep_record(&call);
		return answer->verdict;
	}
	if (is_open_session(treatment)) {
		stipple_refuse(answer, STIPPLE_REASON_WRONG_STATE);
		(void)stipple_keep_record(&call);
		return answer->verdict;
	}
	lay_out(treatment, now, visit);
	call.zone = session->zone;
	stipple_client_of(treatment, &call.client);
	call.protocol = stipple_protocol_row(treatment->table->image, visit->protocol);
	answer->value = visit->needles;
	if (call.protocol == NULL) {
		stipple_fault(answer, STIPPLE_REASON_BAD_TABLE);
	} else {
		session->cartridge =
			stipple_place_of_cartridge(&call, visit->cartridge, visit->needles);
		decide_begin(&call, visit);
	}
	return stipple_conclude(&call, STIPPLE_STATE_SCREENING);
}
