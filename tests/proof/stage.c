/* SPDX-License-Identifier: Apache-2.0 */
/* See stage.h. */
#include "stage.h"

#include <string.h>

#define START 1800000000u

static struct stipple_table table;
static struct stipple_verification verified;
uint64_t stage_allowed[ACTION_COUNT];

int stage_open(void)
{
	static const struct stipple_expectation expected = { WALK_INTERFACE_DIGEST,
							     WALK_DEVICE_PEN_KEY };
	uint32_t reason;

	if (stipple_open(&table, &walk_table, sizeof walk_table, &expected, &reason) !=
	    STIPPLE_ANSWERED)
		return 0;
	stipple_verify_begin(&verified);
	while (stipple_verify_step(&table, &verified, 256) == STIPPLE_BUSY)
		;
	return 1;
}

void stage_start(struct moment *moment)
{
	memset(moment, 0, sizeof *moment);
	moment->now.wall = START;
	moment->now.uptime = 1000;
	moment->keeps = 1;
	observer_start(&moment->account);
}

const char *stage_action_name(enum action action)
{
#define ACTION_NAME(name) #name,
	static const char *const names[] = { ACTIONS(ACTION_NAME) };

	return names[action];
}

static uint32_t keep(void *context, const struct stipple_record *record)
{
	const struct moment *moment = context;

	(void)record;
	return moment->keeps ? STIPPLE_AUDITED : 0;
}

/* ---- what only passes time or breaks something ---- */

static void pass(struct moment *moment, uint32_t wall, uint32_t uptime)
{
	moment->now.wall += wall;
	moment->now.uptime += uptime;
}

static void surround(struct moment *moment, enum action action)
{
	if (action == KEEPER_FAILS)
		moment->keeps = 0;
	else if (action == PASS_SECONDS)
		pass(moment, STIPPLE_PERMIT_SECONDS + 1, STIPPLE_PERMIT_SECONDS + 1);
	else if (action == PASS_HALF_HOUR)
		pass(moment, 1800, 1800);
	else if (action == PASS_FIFTEEN_MINUTES)
		pass(moment, 900, 900);
	else if (action == PASS_NEARLY_HALF_HOUR)
		pass(moment, 1780, 1780);
	else if (action == PASS_A_SECOND)
		pass(moment, 1, 1);
	else if (action == WALL_AHEAD)
		pass(moment, 50, 0); /* twice is beyond the tolerance */
	else if (action == WALL_BACK)
		pass(moment, 0u - 10u, 0);
	else
		pass(moment, 0, 50);
}

/* ---- what calls the session ---- */

static uint32_t begin(struct stipple_treatment *treatment, const struct stipple_time *now,
		      enum action action)
{
	struct stipple_visit visit = { .verified = &verified,
				       .protocol = WALK_PROTOCOL_WALK,
				       .cartridge = STIPPLE_CARTRIDGE_NEW,
				       .number = 1,
				       .age = 30,
				       .needles = action == BEGIN_OTHER_CARTRIDGE ? 14 : 12 };

	if (action > BEGIN_FIRST && action < BEGIN_USED_CARTRIDGE) {
		visit.number = action == BEGIN_FOURTH ? 4 : 2;
		visit.last_session =
			now->wall - (action == BEGIN_SECOND ? WALK_INTERVAL : WALK_INTERVAL_DARK);
	}
	if (action == BEGIN_TOO_SOON)
		visit.last_session = now->wall - WALK_INTERVAL + 1;
	if (action == BEGIN_USED_CARTRIDGE)
		visit.cartridge = 0;
	return stipple_begin(treatment, now, &visit);
}

static uint32_t answer(struct stipple_treatment *treatment, const struct stipple_time *now,
		       enum action action)
{
	if (action <= TELL_NONSENSE)
		return stipple_answer_factor(treatment, now, WALK_FACTOR_TONE,
					     action == TELL_LIGHT  ? WALK_ANSWER_TONE_LIGHT
					     : action == TELL_DARK ? WALK_ANSWER_TONE_DARK
								   : 3u);
	if (action <= PREGNANCY_YES)
		return stipple_answer_question(treatment, now, WALK_QUESTION_PREGNANCY,
					       action == PREGNANCY_YES ? STIPPLE_YES : STIPPLE_NO);
	if (action <= THINNER_YES)
		return stipple_answer_question(treatment, now, WALK_QUESTION_THINNER,
					       action == THINNER_YES ? STIPPLE_YES : STIPPLE_NO);
	return stipple_clear(treatment, now, WALK_QUESTION_THINNER,
			     action == CLEAR_BY_DOCTOR ? WALK_ROLE_DOCTOR : STIPPLE_NONE);
}

static uint32_t set(struct stipple_treatment *treatment, const struct stipple_time *now,
		    enum action action)
{
	static const uint32_t values[] = { 500, 750, 1000, 1500, 1750, 7000, 7500, 7600 };

	return stipple_set(treatment, now, action >= RATE_7000 ? STIPPLE_RATE : STIPPLE_DEPTH,
			   values[action - DEPTH_500]);
}

static uint32_t permit(struct stipple_treatment *treatment, const struct stipple_time *now,
		       enum action action)
{
	const struct stipple_session *session = treatment->session;
	uint32_t depth = session->depth + (action == PERMIT_TOO_DEEP ? 250u : 0u);
	uint32_t rate = session->rate + (action == PERMIT_TOO_FAST ? 500u : 0u);

	return stipple_permit(treatment, now, depth, rate);
}

/* The device starts anew ten seconds later, and its uptime with it. */
static uint32_t restore(struct stipple_treatment *treatment, struct moment *moment,
			enum action action)
{
	pass(moment, 10, 0);
	moment->now.uptime = 5;
	if (action == POWER_CUT_TORN)
		moment->work.bytes[sizeof moment->work / 2] ^= 0x10;
	if (action == POWER_CUT_CLOCK_UNSET) {
		struct stipple_time unset = { 0, 5 };

		return stipple_restore(treatment, &unset);
	}
	return stipple_restore(treatment, &moment->now);
}

static uint32_t step(struct stipple_treatment *treatment, const struct stipple_time *now,
		     enum action action)
{
	static uint32_t (*const calls[ACTION_COUNT])(
		struct stipple_treatment *,
		const struct stipple_time *) = { [FINISH_SCREENING] = stipple_finish_screening,
						 [FINISH_PREPARATION] = stipple_finish_preparation,
						 [REMOVE] = stipple_remove_anaesthetic,
						 [BEGIN_PASS] = stipple_begin_pass,
						 [END_PASS] = stipple_end_pass,
						 [PAUSE] = stipple_pause,
						 [RESUME] = stipple_resume,
						 [COMPLETE] = stipple_complete,
						 [STOP] = stipple_stop,
						 [ABORT] = stipple_abort };

	if (calls[action] != NULL)
		return calls[action](treatment, now);
	if (action == PUT_ON_CARTRIDGE || action == PUT_ON_OTHER_CARTRIDGE)
		return stipple_change_cartridge(treatment, now, STIPPLE_CARTRIDGE_NEW,
						action == PUT_ON_CARTRIDGE ? 12 : 14);
	if (action == APPLY)
		return stipple_apply_anaesthetic(treatment, now, 1000, 1000);
	if (action == ENTER_CHEEK || action == ENTER_LID)
		return stipple_enter_zone(treatment, now,
					  action == ENTER_LID ? WALK_ZONE_LID : WALK_ZONE_CHEEK, 0);
	return stipple_leave_zone(treatment, now, action == LEAVE_FINISHED);
}

static uint32_t call(struct moment *moment, struct stipple_treatment *treatment, enum action action)
{
	const struct stipple_time *now = &moment->now;

	if (action <= BEGIN_OTHER_CARTRIDGE)
		return begin(treatment, now, action);
	if (action <= CLEAR_BY_NOBODY)
		return answer(treatment, now, action);
	if (action >= DEPTH_500 && action <= RATE_7600)
		return set(treatment, now, action);
	if (action == CONFIRM || action == CONFIRM_NONSENSE)
		return stipple_confirm(treatment, now, moment->token ^ (action == CONFIRM_NONSENSE),
				       1);
	if (action >= PERMIT && action <= PERMIT_TOO_FAST)
		return permit(treatment, now, action);
	if (action >= POWER_CUT)
		return restore(treatment, moment, action);
	return step(treatment, now, action);
}

const char *stage_do(struct moment *moment, enum action action)
{
	struct stipple_treatment treatment;
	struct seen seen;

	if (action >= FIRST_SURROUNDING) {
		surround(moment, action);
		return NULL;
	}
	memset(&treatment, 0, sizeof treatment);
	treatment.table = &table;
	treatment.session = &moment->work.session;
	treatment.session_bytes = sizeof moment->work;
	treatment.keep = keep;
	treatment.context = moment;
	seen.kept = moment->keeps;
	seen.verdict = call(moment, &treatment, action);
	seen.action = action;
	seen.now = moment->now;
	if (action == POWER_CUT_CLOCK_UNSET)
		seen.now.wall = 0;
	seen.reason = treatment.answer.reason;
	seen.state = moment->work.session.state;
	moment->token = treatment.answer.token;
	moment->keeps = 1;
	if (seen.verdict == STIPPLE_ALLOWED)
		stage_allowed[action]++;
	if (action <= BEGIN_OTHER_CARTRIDGE && seen.verdict == STIPPLE_ALLOWED)
		moment->spent = 0;
	return observer_see(&moment->account, &seen);
}

const char *stage_cut(const struct moment *before, struct moment *after, uint32_t whole)
{
	union work newer = after->work;
	const struct stipple_session *newest;

	memset(newer.bytes + whole, 0xFF, sizeof newer - whole); /* erased, and not yet written */
	newest = stipple_newest(&before->work.session, &newer.session, sizeof newer);
	if (newest == NULL)
		return stage_do(after, POWER_CUT_TORN);
	if (newest == &before->work.session) {
		struct stipple_time now = after->now;

		*after = *before;
		after->now = now;
	} else if (memcmp(&newer, &after->work, sizeof newer) != 0) {
		return "a torn copy passed for a whole one";
	}
	return stage_do(after, POWER_CUT);
}
