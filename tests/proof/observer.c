/* SPDX-License-Identifier: Apache-2.0 */
/* See observer.h. The numbers are those of walk.stip, read by a person. */
#include "observer.h"

#include <stddef.h>
#include <string.h>

#define LEAST_CREAM 1800u /* s */
#define MOST_CREAM  2700u /* s */

void observer_start(struct account *account)
{
	memset(account, 0, sizeof *account);
	account->over = 1;
}

/* ---- the clocks ---- */

/* The clocks went forward, and alike since the session began or the device restarted. */
static int clocks_are_sound(const struct account *account, const struct stipple_time *now)
{
	uint32_t wall = now->wall - account->began_wall;
	uint32_t uptime = now->uptime - account->began_uptime;
	uint32_t apart = wall > uptime ? wall - uptime : uptime - wall;

	return now->wall != 0 && now->wall >= account->seen_wall &&
	       apart <= STIPPLE_CLOCK_TOLERANCE;
}

/* ---- promises about needling ---- */

static const char *screening_breach(const struct account *account)
{
	if (account->tone == TONE_UNKNOWN || account->pregnancy == UNKNOWN ||
	    account->thinner == UNKNOWN)
		return "needling with an unanswered question";
	if (account->pregnancy != NO)
		return "needling an excluded client";
	if (account->thinner == YES)
		return "needling before a doctor agreed";
	return NULL;
}

static const char *course_breach(const struct account *account, const struct stipple_time *now)
{
	uint32_t least = account->tone == DARK ? WALK_INTERVAL_DARK : WALK_INTERVAL;

	if (account->number == 0 || account->number > 3)
		return "needling beyond the last session of the course";
	if (account->number > 1 && now->wall - account->last_session < least)
		return "needling before the interval is over";
	return NULL;
}

static const char *setting_breach(const struct account *account)
{
	int dark = account->tone == DARK;

	if (account->depth < 250 || account->depth > (dark ? 750 : 1500))
		return "needling beyond the limit of depth";
	if ((account->depth < 500 || account->depth > (dark ? 500 : 1000)) &&
	    !account->depth_confirmed)
		return "needling beyond the range of depth without a reason";
	if (account->rate < 6000 || account->rate > 7500)
		return "needling beyond the limit of rate";
	if ((account->rate < 6500 || account->rate > 7000) && !account->rate_confirmed)
		return "needling beyond the range of rate without a reason";
	if (account->passes > 2)
		return "more passes than the limit";
	return NULL;
}

/* The motor turns. What must hold whenever it does. */
static const char *needling_breach(const struct account *account, const struct stipple_time *now)
{
	const char *breach = screening_breach(account);

	if (breach == NULL)
		breach = course_breach(account, now);
	if (breach == NULL)
		breach = setting_breach(account);
	if (breach != NULL)
		return breach;
	if (account->numb != CREAM_OFF)
		return "needling without the anaesthetic's time, or with it on";
	if (!account->in_zone || account->zone_finished)
		return "needling outside the zone";
	if (!account->cartridge)
		return "needling without a cartridge that may be used";
	return NULL;
}

/* ---- one answer after the other ---- */

static const char *see_begin(struct account *account, const struct seen *seen)
{
	uint32_t now = seen->now.wall;
	const struct account before = *account;

	if (seen->verdict != STIPPLE_ALLOWED)
		return NULL;
	if (!before.over)
		return "a session began over an open one";
	if (seen->action == BEGIN_TOO_SOON)
		return "begun before the interval";
	if (seen->action == BEGIN_FOURTH)
		return "begun beyond the course";
	if (seen->action == BEGIN_USED_CARTRIDGE)
		return "begun with a used cartridge";
	if (seen->action == BEGIN_OTHER_CARTRIDGE)
		return "begun with a cartridge that does not fit";
	if (now == 0)
		return "begun without a clock";
	memset(account, 0, sizeof *account);
	account->cartridge = 1;
	account->number = seen->action == BEGIN_FIRST ? 1 : 2;
	account->last_session = seen->action == BEGIN_SECOND        ? now - WALK_INTERVAL
				: seen->action == BEGIN_SECOND_LATE ? now - WALK_INTERVAL_DARK
								    : 0;
	account->began_wall = account->seen_wall = now;
	account->began_uptime = seen->now.uptime;
	return NULL;
}

/* Whoever agreed, agreed to other answers. */
static void take_back_clearance(struct account *account)
{
	if (account->thinner == CLEARED)
		account->thinner = YES;
}

static void take(uint8_t *known, uint8_t said, struct account *account)
{
	if (*known != UNKNOWN && *known != said)
		take_back_clearance(account);
	*known = said;
}

/* An answer counts when it was taken; one that excludes ends the session. */
static const char *see_answer(struct account *account, const struct seen *seen)
{
	int taken = seen->verdict == STIPPLE_ALLOWED || seen->verdict == STIPPLE_NEEDS_CLEARANCE;

	if (seen->action == TELL_NONSENSE)
		return taken ? "an answer that does not exist was taken" : NULL;
	if (seen->verdict == STIPPLE_REFUSED &&
	    (seen->reason == STIPPLE_REASON_EXCLUDED || seen->reason == STIPPLE_REASON_TOO_SOON))
		account->over = 1;
	if (!taken)
		return NULL;
	if (seen->action == TELL_LIGHT || seen->action == TELL_DARK)
		take(&account->tone, seen->action == TELL_DARK ? DARK : LIGHT, account);
	else if (seen->action == PREGNANCY_NO || seen->action == PREGNANCY_YES)
		take(&account->pregnancy, seen->action == PREGNANCY_YES ? YES : NO, account);
	else
		take(&account->thinner, seen->action == THINNER_YES ? YES : NO, account);
	return NULL;
}

static const char *see_clearance(struct account *account, const struct seen *seen)
{
	if (seen->verdict != STIPPLE_ALLOWED)
		return NULL;
	if (seen->action == CLEAR_BY_NOBODY)
		return "cleared by somebody who may not";
	if (account->thinner != YES && account->thinner != CLEARED)
		return "cleared what nobody asked for";
	account->thinner = CLEARED;
	return NULL;
}

static const char *see_finish(const struct account *account, const struct seen *seen)
{
	return seen->verdict == STIPPLE_ALLOWED ? screening_breach(account) : NULL;
}

static const char *see_cream(struct account *account, const struct seen *seen)
{
	uint32_t wall = seen->now.wall - account->applied_wall;
	uint32_t uptime = seen->now.uptime - account->applied_uptime;

	if (seen->verdict == STIPPLE_REFUSED && seen->reason == STIPPLE_REASON_ANAESTHETIC_TOO_LONG)
		account->over = 1;
	if (seen->verdict != STIPPLE_ALLOWED)
		return NULL;
	if (seen->action == APPLY) {
		account->numb = CREAM_ON;
		account->applied_wall = seen->now.wall;
		account->applied_uptime = seen->now.uptime;
		account->restarted = 0;
		return NULL;
	}
	if (account->numb != CREAM_ON)
		return "an anaesthetic came off that was not on";
	if (wall < LEAST_CREAM || (!account->restarted && uptime < LEAST_CREAM))
		return "the anaesthetic came off before its least time";
	if (wall > MOST_CREAM || (!account->restarted && uptime > MOST_CREAM))
		return "the anaesthetic was on too long";
	account->numb = CREAM_OFF;
	return NULL;
}

static const char *see_zone(struct account *account, const struct seen *seen)
{
	if (seen->verdict != STIPPLE_ALLOWED)
		return NULL;
	if (seen->action == ENTER_LID)
		return "entered a zone that is never treated";
	if (seen->action == ENTER_CHEEK && account->zone_finished)
		return "entered a finished zone";
	account->zone_finished |= seen->action == LEAVE_FINISHED;
	account->in_zone = seen->action == ENTER_CHEEK;
	account->depth = 0;
	account->rate = 0;
	account->depth_confirmed = 0;
	account->rate_confirmed = 0;
	account->pass_confirmed = 0;
	return NULL;
}

static uint16_t value_of(enum action action)
{
	static const uint16_t values[] = { 500, 750, 1000, 1500, 1750, 7000, 7500, 7600 };

	return values[action - DEPTH_500];
}

static void settle(struct account *account, enum action action, int confirmed)
{
	if (action == BEGIN_PASS) {
		account->pass_confirmed = 1;
	} else if (action >= RATE_7000) {
		account->rate = value_of(action);
		account->rate_confirmed = (uint8_t)confirmed;
	} else {
		account->depth = value_of(action);
		account->depth_confirmed = (uint8_t)confirmed;
	}
}

static const char *see_setting(struct account *account, const struct seen *seen)
{
	if (seen->verdict == STIPPLE_NEEDS_REASON && seen->kept)
		account->waiting = (uint8_t)seen->action;
	if (seen->verdict == STIPPLE_ALLOWED)
		settle(account, seen->action, 0);
	return NULL;
}

static const char *see_confirmation(struct account *account, const struct seen *seen,
				    enum action waiting)
{
	if (seen->verdict != STIPPLE_ALLOWED)
		return NULL;
	if (seen->action == CONFIRM_NONSENSE || waiting == 0)
		return "confirmed what nothing asked for";
	settle(account, waiting, 1);
	return NULL;
}

static const char *see_pass(struct account *account, const struct seen *seen)
{
	if (seen->verdict == STIPPLE_NEEDS_REASON && seen->kept)
		account->waiting = BEGIN_PASS;
	if (seen->verdict != STIPPLE_ALLOWED)
		return NULL;
	account->passes++;
	if (account->passes > 1 && !account->pass_confirmed)
		return "a pass beyond the range without a reason";
	account->pass_confirmed = 0;
	account->running = 1;
	account->renewed_uptime = seen->now.uptime;
	return needling_breach(account, &seen->now);
}

static const char *see_permit(struct account *account, const struct seen *seen)
{
	if (seen->verdict != STIPPLE_ALLOWED) {
		account->running = 0;
		account->over |= seen->verdict == STIPPLE_FAULT;
		return NULL;
	}
	if (seen->action != PERMIT)
		return "permitted what the device does not do as it was told";
	if (!account->running)
		return "permitted outside a pass";
	if (seen->now.uptime - account->renewed_uptime > STIPPLE_PERMIT_SECONDS)
		return "permitted after the permit had ended";
	account->renewed_uptime = seen->now.uptime;
	return needling_breach(account, &seen->now);
}

static const char *see_stop(struct account *account, const struct seen *seen)
{
	account->running = 0;
	if (seen->action == ABORT)
		account->over = 1;
	return seen->verdict == STIPPLE_ALLOWED ? NULL : "stop or abort did not succeed";
}

static const char *see_restore(struct account *account, const struct seen *seen)
{
	account->running = 0;
	account->restarted = 1;
	account->cartridge = 0;
	if (seen->verdict != STIPPLE_ALLOWED) {
		account->over = 1;
		return NULL;
	}
	if (seen->action == POWER_CUT_TORN)
		return "what was torn was restored";
	if (!account->over && (seen->now.wall == 0 || seen->now.wall < account->seen_wall))
		return "restored with a clock that is unset or went back";
	account->began_wall = seen->now.wall;
	account->began_uptime = seen->now.uptime;
	return NULL;
}

static const char *see_cartridge(struct account *account, const struct seen *seen)
{
	account->running = 0;
	account->cartridge = seen->verdict == STIPPLE_ALLOWED;
	return account->cartridge && seen->action == PUT_ON_OTHER_CARTRIDGE
		       ? "a cartridge was put on that does not fit"
		       : NULL;
}

static const char *see_rest(struct account *account, const struct seen *seen)
{
	if (seen->verdict != STIPPLE_ALLOWED)
		return NULL;
	account->running = 0;
	account->over |= seen->action == COMPLETE;
	return NULL;
}

static const char *see_call(struct account *account, const struct seen *seen, enum action waiting)
{
	enum action action = seen->action;

	if (action <= BEGIN_OTHER_CARTRIDGE)
		return see_begin(account, seen);
	if (action <= THINNER_YES)
		return see_answer(account, seen);
	if (action <= CLEAR_BY_NOBODY)
		return see_clearance(account, seen);
	if (action <= FINISH_PREPARATION)
		return see_finish(account, seen);
	if (action <= REMOVE)
		return see_cream(account, seen);
	if (action <= ENTER_LID || action == LEAVE || action == LEAVE_FINISHED)
		return see_zone(account, seen);
	if (action <= RATE_7600)
		return see_setting(account, seen);
	if (action <= CONFIRM_NONSENSE)
		return see_confirmation(account, seen, waiting);
	if (action == BEGIN_PASS)
		return see_pass(account, seen);
	if (action <= PERMIT_TOO_FAST)
		return see_permit(account, seen);
	if (action == PUT_ON_CARTRIDGE || action == PUT_ON_OTHER_CARTRIDGE)
		return see_cartridge(account, seen);
	if (action <= COMPLETE)
		return see_rest(account, seen);
	return action <= ABORT ? see_stop(account, seen) : see_restore(account, seen);
}

/* What holds of every call, whatever it asks. */
static const char *general_breach(const struct account *before, const struct seen *seen)
{
	int permissive = seen->verdict == STIPPLE_ALLOWED;
	int always = seen->action == STOP || seen->action == ABORT;
	int beginning = seen->action <= BEGIN_OTHER_CARTRIDGE;
	int restoring = seen->action >= POWER_CUT && seen->action < FIRST_SURROUNDING;

	if (always || !permissive)
		return NULL;
	if (before->over && !beginning && !restoring)
		return "allowed after the end of the session";
	if (!beginning && !restoring && !clocks_are_sound(before, &seen->now))
		return "allowed although the clocks disagree";
	if (!seen->kept && seen->action != END_PASS && seen->action != PERMIT)
		return "allowed although the record was not kept";
	return NULL;
}

const char *observer_see(struct account *account, const struct seen *seen)
{
	const struct account before = *account;
	enum action waiting = (enum action)account->waiting;
	const char *breach = general_breach(&before, seen);
	int clocks = clocks_are_sound(account, &seen->now);
	int ends = seen->action == STOP || seen->action == ABORT;

	account->waiting = 0;
	if (breach == NULL)
		breach = see_call(account, seen, waiting);
	if (breach != NULL)
		return breach;
	if (seen->state == STIPPLE_STATE_NEEDLING && !account->running)
		return "the session needles, and nobody allowed it";
	if (seen->action > BEGIN_OTHER_CARTRIDGE && !ends && seen->action < POWER_CUT && !clocks)
		account->over = 1; /* the call has found it, and that is kept */
	else if (seen->now.wall > account->seen_wall && !ends &&
		 seen->action > BEGIN_OTHER_CARTRIDGE)
		account->seen_wall = seen->now.wall;
	return NULL;
}
