/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls of stipple/session.h, each proven by itself (see stand.h): from every session that holds
 * the invariant, with every argument and every clock, it
 *
 *   - reads and writes nothing but the session, the answer and the table, and does nothing that C
 *     leaves undefined;
 *   - returns one of the words for a verdict, and the answer says the same;
 *   - is ALLOWED only in the states that docs/device.md draws it from, with a sound table and a
 *     record that was kept, and then leads where the drawing says;
 *   - leaves the state as it was, or FAULTED, or where a refusal leads, when it is not;
 *   - leaves a session that holds the invariant.
 *
 * The calls that judge (answers and clearances, the ends of screening and preparation, zones,
 * settings, passes and permits) and begin are not here: docs/device-proof.md says why.
 */
#include "stand.h"

/* Where a call may be allowed from and lead to, and where a refusal there may lead; 0: nowhere. */
struct rule {
	uint32_t from[3];
	uint32_t to[2];
	uint32_t refused;
	uint32_t unrecorded; /* 1: allowed without a record */
};

static int comes_from(const struct rule *rule)
{
	uint32_t state = least_state;

	return state == most_state && state != 0 &&
	       (state == rule->from[0] || state == rule->from[1] || state == rule->from[2]);
}

static int is_verdict(uint32_t word)
{
	return word == STIPPLE_ALLOWED || word == STIPPLE_NEEDS_REASON ||
	       word == STIPPLE_NEEDS_ANSWER || word == STIPPLE_NEEDS_CLEARANCE ||
	       word == STIPPLE_REFUSED || word == STIPPLE_FAULT;
}

/* What holds of every call. */
static void answered(uint32_t verdict, enum circumstance around)
{
	uint32_t said = t.answer.verdict;
	int is_one = is_verdict(verdict);
	int invariant = around != SOUND || is_invariant(s.session.state, s.session.zone);

	/*@ assert a_verdict: is_one == 1; */
	/*@ assert answer_says_it: said == verdict; */
	/*@ assert invariant: invariant == 1; */
}

static void held(uint32_t verdict, enum circumstance around, const struct rule *rule)
{
	uint32_t state = s.session.state;
	int from = comes_from(rule);

	answered(verdict, around);
	if (verdict == STIPPLE_ALLOWED) {
		/*@ assert allowed_from: from == 1 && around == SOUND; */
		/*@ assert allowed_to: state != 0 &&
			(state == rule->to[0] || state == rule->to[1]); */
		/*@ assert recorded: recorded == 1 || rule->unrecorded == 1; */
	} else {
		/*@ assert refused_to: least_state <= state <= most_state ||
			state == STIPPLE_STATE_FAULTED ||
			(from == 1 && state != 0 && state == rule->refused); */
	}
}

static void apply_anaesthetic(enum circumstance around)
{
	static const struct rule rule = {
		{ STIPPLE_STATE_PREPARED }, { STIPPLE_STATE_ANAESTHETIC }, 0, 0
	};

	held(stipple_apply_anaesthetic(&t, &now, ANY, ANY), around, &rule);
}

void of_apply_anaesthetic(void)
{
	in_every_case(apply_anaesthetic);
}

static void remove_anaesthetic(enum circumstance around)
{
	static const struct rule rule = {
		{ STIPPLE_STATE_ANAESTHETIC }, { STIPPLE_STATE_READY }, STIPPLE_STATE_ABORTED, 0
	};

	held(stipple_remove_anaesthetic(&t, &now), around, &rule);
}

void of_remove_anaesthetic(void)
{
	in_every_case(remove_anaesthetic);
}

static void end_pass(enum circumstance around)
{
	static const struct rule rule = {
		{ STIPPLE_STATE_NEEDLING }, { STIPPLE_STATE_ZONE }, 0, 1
	};

	held(stipple_end_pass(&t, &now), around, &rule);
}

void of_end_pass(void)
{
	in_every_case(end_pass);
}

static void leave_zone(enum circumstance around)
{
	static const struct rule rule = { { STIPPLE_STATE_ZONE }, { STIPPLE_STATE_READY }, 0, 0 };

	held(stipple_leave_zone(&t, &now, ANY), around, &rule);
}

void of_leave_zone(void)
{
	in_every_case(leave_zone);
}

static void pause(enum circumstance around)
{
	static const struct rule rule = { { STIPPLE_STATE_READY, STIPPLE_STATE_ZONE,
					    STIPPLE_STATE_NEEDLING },
					  { STIPPLE_STATE_PAUSED },
					  0,
					  0 };

	held(stipple_pause(&t, &now), around, &rule);
}

void of_pause(void)
{
	in_every_case(pause);
}

static void resume(enum circumstance around)
{
	static const struct rule rule = {
		{ STIPPLE_STATE_PAUSED }, { STIPPLE_STATE_READY, STIPPLE_STATE_ZONE }, 0, 0
	};

	held(stipple_resume(&t, &now), around, &rule);
}

void of_resume(void)
{
	in_every_case(resume);
}

static void complete(enum circumstance around)
{
	static const struct rule rule = {
		{ STIPPLE_STATE_READY }, { STIPPLE_STATE_COMPLETED }, 0, 0
	};

	held(stipple_complete(&t, &now), around, &rule);
}

void of_complete(void)
{
	in_every_case(complete);
}

/* ---- calls that have another rule ---- */

/* Where a session stands that was in a pass when it was stopped, restored or not. */
static int is_stopped(uint32_t state)
{
	if (least_state == STIPPLE_STATE_NEEDLING)
		return state == STIPPLE_STATE_ZONE || state == STIPPLE_STATE_FAULTED;
	return (least_state <= state && state <= most_state) || state == STIPPLE_STATE_FAULTED;
}

static void stop(enum circumstance around)
{
	uint32_t verdict = stipple_stop(&t, &now);
	int stopped = is_stopped(s.session.state);

	answered(verdict, around);
	/*@ assert stop_succeeds: verdict == STIPPLE_ALLOWED; */
	/*@ assert stop_leads: stopped == 1; */
	/*@ assert stop_voids: s.session.token == 0; */
}

void of_stop(void)
{
	in_every_case(stop);
}

static int is_over(uint32_t state)
{
	return state == STIPPLE_STATE_CLOSED || state == STIPPLE_STATE_COMPLETED ||
	       state == STIPPLE_STATE_ABORTED || state == STIPPLE_STATE_FAULTED;
}

static void abort_it(enum circumstance around)
{
	uint32_t verdict = stipple_abort(&t, &now);
	int over = is_over(s.session.state);

	answered(verdict, around);
	/*@ assert abort_succeeds: verdict == STIPPLE_ALLOWED; */
	/*@ assert abort_ends: over == 1; */
	/*@ assert abort_voids: s.session.token == 0; */
}

void of_abort(void)
{
	in_every_case(abort_it);
}

static void restore(enum circumstance around)
{
	uint32_t verdict = stipple_restore(&t, &now);
	uint32_t state = s.session.state;
	int stopped = is_stopped(state);

	answered(verdict, around);
	/* A pass is over only as the checksum is one: here the bytes may be torn, then whole. */
	/*@ assert restored_to: stopped == 1 || state == least_state; */
	if (verdict == STIPPLE_ALLOWED) {
		/*@ assert restored_sound: around == SOUND && recorded == 1; */
	}
}

void of_restore(void)
{
	in_every_case(restore);
}

static void change_cartridge(enum circumstance around)
{
	uint32_t verdict = stipple_change_cartridge(&t, &now, ANY, ANY);
	int stopped = is_stopped(s.session.state);

	answered(verdict, around);
	/*@ assert changed_leads: stopped == 1; */
	if (verdict == STIPPLE_ALLOWED) {
		/*@ assert changed_sound: around == SOUND && recorded == 1; */
	} else {
		/*@ assert taken_off: around != SOUND || s.session.cartridge == 0 ||
			s.session.state == STIPPLE_STATE_FAULTED; */
	}
}

void of_change_cartridge(void)
{
	in_every_case(change_cartridge);
}

static void newest(enum circumstance around)
{
	static union {
		struct stipple_session session;
		uint8_t bytes[TABLE_SESSION_BYTES];
	} other;
	const struct stipple_session *found;

	(void)around;
	Frama_C_make_unknown((char *)other.bytes, sizeof other.bytes);
	found = stipple_newest(&s.session, &other.session, t.session_bytes);
	/*@ assert one_of_both: found == \null || found == &s.session || found == &other.session; */
}

void of_newest(void)
{
	in_every_case(newest);
}
