/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A random walk through sessions: what suits the moment mostly, anything at all now and then,
 * clocks that go wrong, a record keeper that fails. At every event power is cut while the session
 * is being saved, at some byte of the newer copy; what is restored from the two copies is asked
 * for a pass and a permit before the walk goes on where it was. Now and then it goes on with what
 * was restored.
 *
 * walk_random EVENTS SEED. Ends with 1 when the observer says that a promise is broken.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stage.h"

/* What suits a state: the walk would hardly reach a needle without. */
struct suits {
	uint32_t state;
	enum action action;
};

static const struct suits suiting[] = {
	{ STIPPLE_STATE_SCREENING, TELL_LIGHT },
	{ STIPPLE_STATE_SCREENING, TELL_DARK },
	{ STIPPLE_STATE_SCREENING, PREGNANCY_NO },
	{ STIPPLE_STATE_SCREENING, PREGNANCY_NO },
	{ STIPPLE_STATE_SCREENING, THINNER_NO },
	{ STIPPLE_STATE_SCREENING, THINNER_YES },
	{ STIPPLE_STATE_SCREENING, CLEAR_BY_DOCTOR },
	{ STIPPLE_STATE_SCREENING, FINISH_SCREENING },
	{ STIPPLE_STATE_PREPARATION, FINISH_PREPARATION },
	{ STIPPLE_STATE_PREPARATION, THINNER_YES },
	{ STIPPLE_STATE_PREPARATION, CLEAR_BY_DOCTOR },
	{ STIPPLE_STATE_PREPARED, APPLY },
	{ STIPPLE_STATE_ANAESTHETIC, REMOVE },
	{ STIPPLE_STATE_ANAESTHETIC, REMOVE },
	{ STIPPLE_STATE_ANAESTHETIC, REMOVE },
	{ STIPPLE_STATE_ANAESTHETIC, PASS_HALF_HOUR },
	{ STIPPLE_STATE_ANAESTHETIC, PASS_FIFTEEN_MINUTES },
	{ STIPPLE_STATE_ANAESTHETIC, PASS_NEARLY_HALF_HOUR },
	{ STIPPLE_STATE_READY, ENTER_CHEEK },
	{ STIPPLE_STATE_READY, ENTER_CHEEK },
	{ STIPPLE_STATE_READY, ENTER_CHEEK },
	{ STIPPLE_STATE_READY, COMPLETE },
	{ STIPPLE_STATE_ZONE, DEPTH_500 },
	{ STIPPLE_STATE_ZONE, DEPTH_750 },
	{ STIPPLE_STATE_ZONE, DEPTH_1000 },
	{ STIPPLE_STATE_ZONE, DEPTH_1500 },
	{ STIPPLE_STATE_ZONE, RATE_7000 },
	{ STIPPLE_STATE_ZONE, RATE_7000 },
	{ STIPPLE_STATE_ZONE, RATE_7500 },
	{ STIPPLE_STATE_ZONE, CONFIRM },
	{ STIPPLE_STATE_ZONE, CONFIRM },
	{ STIPPLE_STATE_ZONE, CONFIRM },
	{ STIPPLE_STATE_ZONE, BEGIN_PASS },
	{ STIPPLE_STATE_ZONE, BEGIN_PASS },
	{ STIPPLE_STATE_ZONE, LEAVE },
	{ STIPPLE_STATE_NEEDLING, PERMIT },
	{ STIPPLE_STATE_NEEDLING, PERMIT },
	{ STIPPLE_STATE_NEEDLING, PASS_A_SECOND },
	{ STIPPLE_STATE_NEEDLING, END_PASS },
	{ STIPPLE_STATE_PAUSED, RESUME },
};
#define SUITING (sizeof suiting / sizeof suiting[0])

static uint64_t random_state;

static uint32_t random_below(uint32_t bound)
{
	random_state = random_state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(random_state >> 33) % bound;
}

static enum action suitable(uint32_t state)
{
	for (;;) {
		const struct suits *one = &suiting[random_below(SUITING)];

		if (one->state == state)
			return one->action;
	}
}

/* An action that suits, or, one time in twelve, any that is not the end of everything. */
static enum action draw(const struct moment *moment)
{
	uint32_t state = moment->work.session.state;
	int known = 0;

	for (size_t i = 0; i < SUITING; i++)
		known |= suiting[i].state == state;
	if (!known)
		return (enum action)random_below(BEGIN_OTHER_CARTRIDGE + 1);
	if (random_below(12) != 0)
		return suitable(state);
	return (enum action)random_below(ACTION_COUNT);
}

struct tally {
	uint64_t cuts, torn, needling;
};

/* Power is cut while the session is saved; whoever restores it asks for a needle at once. */
static const char *cut(const struct moment *before, struct moment *after, struct tally *tally)
{
	uint32_t whole = random_below((uint32_t)sizeof after->work + 1u);
	const char *breach = stage_cut(before, after, whole);

	tally->cuts++;
	tally->torn += whole != sizeof after->work;
	return breach;
}

static const char *cut_and_ask(const struct moment *before, const struct moment *after,
			       struct tally *tally)
{
	struct moment restored = *after;
	const char *breach = cut(before, &restored, tally);

	if (breach == NULL)
		breach = stage_do(&restored, PERMIT);
	return breach == NULL ? stage_do(&restored, BEGIN_PASS) : breach;
}

/* The last actions before a breach, for whoever must find out. */
#define REMEMBERED 64u

static void tell(const uint8_t *actions, uint64_t event, const char *breach)
{
	printf("broken: %s, at event %llu\n", breach, (unsigned long long)event);
	for (uint64_t i = event > REMEMBERED ? event - REMEMBERED : 0; i <= event; i++)
		printf("  %s\n", stage_action_name((enum action)actions[i % REMEMBERED]));
}

int main(int count, char **arguments)
{
	struct moment moment;
	struct tally tally = { 0, 0, 0 };
	uint8_t actions[REMEMBERED];
	uint64_t events;

	if (count != 3 || !stage_open())
		return 2;
	events = strtoull(arguments[1], NULL, 10);
	random_state = strtoull(arguments[2], NULL, 10);
	stage_start(&moment);
	for (uint64_t event = 0; event < events; event++) {
		const struct moment before = moment;
		enum action action = draw(&moment);
		const char *breach = stage_do(&moment, action);

		actions[event % REMEMBERED] = (uint8_t)action;
		if (breach == NULL)
			breach = cut_and_ask(&before, &moment, &tally);
		if (breach == NULL && random_below(300) == 0)
			breach = cut(&before, &moment, &tally);
		if (breach != NULL) {
			tell(actions, event, breach);
			return 1;
		}
		tally.needling += moment.work.session.state == STIPPLE_STATE_NEEDLING;
	}
	printf("events: %llu, of them needling: %llu\n", (unsigned long long)events,
	       (unsigned long long)tally.needling);
	printf("power cuts: %llu, %llu of them while writing\n", (unsigned long long)tally.cuts,
	       (unsigned long long)tally.torn);
	return tally.needling < events / 100;
}
