/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every session that there is, step by step: from each moment that was reached, every action is
 * tried, breadth first, and moments that cannot be told apart are followed once. What only passes
 * time or breaks something, but for the wait for the cream, happens MOST_SPENT times in a session
 * at most, and so the walk comes to an end: then it has seen every sequence of calls, of any
 * length.
 *
 * walk_all MOST_SPENT MOST_DEPTH. Ends with 1 and the steps that led there when the observer says
 * that a promise is broken.
 */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stage.h"

/* ---- moments that were seen, by a hash of what tells them apart ---- */

struct seen_set {
	uint64_t *slots;
	size_t size; /* a power of two */
	size_t count;
};

static uint64_t hash_of(const void *bytes, size_t length, uint64_t hash)
{
	const uint8_t *at = bytes;

	for (size_t i = 0; i < length; i++) {
		hash ^= at[i];
		hash *= 0x100000001B3u;
	}
	hash ^= hash >> 32;
	return hash * 0x9E3779B97F4A7C15u;
}

/* How long ago; 0 stays what it is, not set. */
static void make_relative(uint32_t *time, uint32_t now)
{
	if (*time != 0)
		*time -= now - 1u;
}

/*
 * Times are told apart by how long ago they are, tokens by whether they are the one last shown; a
 * running number and a checksum tell nothing of their own. What the observer will not look at
 * again is left out.
 */
static uint64_t identity(const struct moment *moment)
{
	struct moment seen = *moment;
	struct stipple_session *session = &seen.work.session;
	struct account *account = &seen.account;
	uint32_t *const walls[] = { &session->began_wall,  &session->wall,
				    &session->since_wall,  &account->began_wall,
				    &account->seen_wall,   &account->applied_wall,
				    &account->last_session };
	uint32_t *const uptimes[] = { &session->began_uptime,   &session->since_uptime,
				      &session->expiry,         &account->began_uptime,
				      &account->applied_uptime, &account->renewed_uptime };

	session->token = session->token == 0 ? 0 : 1u + (session->token == moment->token);
	seen.token = 0;
	session->crc = 0;
	session->sequence = 0;
	if (account->numb != CREAM_ON)
		account->applied_wall = account->applied_uptime = 0;
	if (!account->running)
		account->renewed_uptime = 0;
	for (size_t i = 0; i < sizeof walls / sizeof walls[0]; i++)
		make_relative(walls[i], moment->now.wall);
	for (size_t i = 0; i < sizeof uptimes / sizeof uptimes[0]; i++)
		make_relative(uptimes[i], moment->now.uptime);
	memset(&seen.now, 0, sizeof seen.now);
	return hash_of(&seen, sizeof seen, 0xCBF29CE484222325u) | 1u;
}

static int put(uint64_t *slots, size_t size, uint64_t hash)
{
	size_t at = (size_t)(hash >> 7) & (size - 1);

	while (slots[at] != 0 && slots[at] != hash)
		at = (at + 1) & (size - 1);
	if (slots[at] == hash)
		return 0;
	slots[at] = hash;
	return 1;
}

/* Non-zero when it is new. */
static int add(struct seen_set *set, uint64_t hash)
{
	if (set->count * 2 >= set->size) {
		size_t size = set->size == 0 ? (size_t)1 << 16 : set->size * 2;
		uint64_t *slots = calloc(size, sizeof *slots);

		for (size_t i = 0; i < set->size; i++)
			if (set->slots[i] != 0)
				(void)put(slots, size, set->slots[i]);
		free(set->slots);
		set->slots = slots;
		set->size = size;
	}
	if (!put(set->slots, set->size, hash))
		return 0;
	set->count++;
	return 1;
}

/* ---- one level of the walk, and how each moment was come by ---- */

struct level {
	struct moment *moments;
	uint32_t *origins; /* where in the trail */
	size_t count, room;
};

struct trail {
	uint32_t *from;
	uint8_t *action;
	size_t count, room;
};

static uint32_t leave_trace(struct trail *trail, uint32_t from, enum action action)
{
	if (trail->count == trail->room) {
		trail->room = trail->room == 0 ? 4096 : trail->room * 2;
		trail->from = realloc(trail->from, trail->room * sizeof *trail->from);
		trail->action = realloc(trail->action, trail->room);
	}
	trail->from[trail->count] = from;
	trail->action[trail->count] = (uint8_t)action;
	return (uint32_t)trail->count++;
}

static void keep_moment(struct level *level, const struct moment *moment, uint32_t origin)
{
	if (level->count == level->room) {
		level->room = level->room == 0 ? 4096 : level->room * 2;
		level->moments = realloc(level->moments, level->room * sizeof *level->moments);
		level->origins = realloc(level->origins, level->room * sizeof *level->origins);
	}
	level->moments[level->count] = *moment;
	level->origins[level->count++] = origin;
}

static void tell(const struct trail *trail, uint32_t at)
{
	if (at == 0)
		return;
	tell(trail, trail->from[at]);
	printf("  %s\n", stage_action_name((enum action)trail->action[at]));
}

/* Waiting for the cream costs nothing; whatever else only surrounds a session is counted. */
static int is_waiting(enum action action)
{
	return action >= PASS_HALF_HOUR && action <= PASS_NEARLY_HALF_HOUR;
}

static int is_disturbance(enum action action)
{
	return (action >= POWER_CUT && action <= POWER_CUT_CLOCK_UNSET) ||
	       (action >= FIRST_SURROUNDING && !is_waiting(action));
}

static int is_tried(const struct moment *moment, enum action action, unsigned most_spent)
{
	uint32_t waited = moment->now.wall - moment->account.applied_wall;

	if (is_waiting(action))
		return moment->work.session.state == STIPPLE_STATE_ANAESTHETIC && waited < 2700u;
	return !is_disturbance(action) || moment->spent < most_spent;
}

struct walk {
	struct seen_set set;
	struct trail trail;
	struct level now, next;
	uint64_t steps, needling, over;
	unsigned most_spent;
};

/* Zero when a promise is broken. */
static int follow(struct walk *walk, size_t which, enum action action)
{
	struct moment moment = walk->now.moments[which];
	const char *breach;

	if (!is_tried(&moment, action, walk->most_spent))
		return 1;
	moment.spent = (uint8_t)(moment.spent + is_disturbance(action));
	breach = stage_do(&moment, action);
	walk->steps++;
	if (breach != NULL) {
		printf("broken: %s\n", breach);
		tell(&walk->trail, walk->now.origins[which]);
		printf("  %s\n", stage_action_name(action));
		return 0;
	}
	if (add(&walk->set, identity(&moment))) {
		walk->needling += moment.work.session.state == STIPPLE_STATE_NEEDLING;
		walk->over += moment.account.over;
		keep_moment(&walk->next, &moment,
			    leave_trace(&walk->trail, walk->now.origins[which], action));
	}
	return 1;
}

/* Zero when a promise is broken. */
static int go_deeper(struct walk *walk)
{
	struct level spare = walk->now;

	for (size_t i = 0; i < walk->now.count; i++)
		for (int action = 0; action < ACTION_COUNT; action++)
			if (!follow(walk, i, (enum action)action))
				return 0;
	walk->now = walk->next;
	spare.count = 0;
	walk->next = spare;
	return 1;
}

/* What nothing may ever allow, and what must have been allowed somewhere. */
static int allowed_what_it_should(unsigned most_spent)
{
	static const enum action never[] = { BEGIN_TOO_SOON,
					     BEGIN_FOURTH,
					     BEGIN_USED_CARTRIDGE,
					     BEGIN_OTHER_CARTRIDGE,
					     PUT_ON_OTHER_CARTRIDGE,
					     TELL_NONSENSE,
					     CLEAR_BY_NOBODY,
					     ENTER_LID,
					     DEPTH_1500,
					     DEPTH_1750,
					     RATE_7500,
					     RATE_7600,
					     CONFIRM_NONSENSE,
					     PERMIT_TOO_DEEP,
					     PERMIT_TOO_FAST,
					     POWER_CUT_TORN,
					     POWER_CUT_CLOCK_UNSET,
					     PREGNANCY_YES,
					     THINNER_YES };
	int sound = 1;

	for (int action = 0; action < FIRST_SURROUNDING; action++) {
		int should = action != POWER_CUT || most_spent != 0;

		for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
			should &= (int)never[i] != action;
		if (should != (stage_allowed[action] != 0)) {
			printf("%s %s allowed\n", stage_action_name((enum action)action),
			       should ? "was never" : "was");
			sound = 0;
		}
	}
	return sound;
}

static void release(struct walk *walk)
{
	free(walk->set.slots);
	free(walk->trail.from);
	free(walk->trail.action);
	free(walk->now.moments);
	free(walk->now.origins);
	free(walk->next.moments);
	free(walk->next.origins);
}

int main(int count, char **arguments)
{
	struct walk walk;
	struct moment first;
	unsigned depth = 0, most_depth;
	int sound;

	memset(&walk, 0, sizeof walk);
	if (count != 3 || !stage_open())
		return 2;
	walk.most_spent = (unsigned)strtoul(arguments[1], NULL, 10);
	most_depth = (unsigned)strtoul(arguments[2], NULL, 10);
	stage_start(&first);
	(void)add(&walk.set, identity(&first));
	keep_moment(&walk.now, &first, leave_trace(&walk.trail, 0, 0));
	for (; walk.now.count != 0 && depth < most_depth; depth++) {
		if (!go_deeper(&walk))
			return 1;
		if (getenv("WALK_TELLS") != NULL)
			fprintf(stderr, "%u: %zu\n", depth + 1, walk.now.count);
	}
	printf("moments: %zu, of them needling: %llu\n", walk.set.count,
	       (unsigned long long)walk.needling);
	printf("over: %llu\n", (unsigned long long)walk.over);
	printf("steps tried: %llu\n", (unsigned long long)walk.steps);
	printf("depth: %u, %s\n", depth,
	       walk.now.count == 0 ? "and nothing new beyond it" : "where the walk was ended");
	sound = walk.needling != 0 && allowed_what_it_should(walk.most_spent);
	release(&walk);
	return !sound;
}
