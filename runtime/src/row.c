/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Check words, conditions, and finding things: what every reading of a table rests on.
 *
 * A condition has three outcomes, since the library never guesses: it holds, it does not, or it
 * is open because something has not been answered. One condition that does not hold settles a
 * row, whatever else is open.
 *
 * A row is proven sound before anything in it is used: a damaged subject or chain would lead
 * astray.
 */
#include "read.h"

uint32_t stipple_row_damage(const uint8_t *row, uint32_t bytes, uint32_t kind, uint32_t number)
{
	uint32_t damage = stipple_check_value(kind, number);
	uint32_t at;

	for (at = 0; at < bytes; at += 4u)
		damage ^= (uint32_t)STIPPLE_READ32(row + at);
	return damage;
}

uint32_t stipple_question_answer(const struct stipple_client *client, uint32_t question)
{
	if (client->questions == NULL)
		return STIPPLE_QUESTION_UNANSWERED;
	return ((uint32_t)client->questions[question >> 2] >> ((question & 3u) << 1)) & 3u;
}

/* A value counted from 1, or 0 when open, in the interval from `least` to `most`. */
static uint32_t in_interval(uint32_t value, uint32_t least, uint32_t most)
{
	if (value == 0)
		return STIPPLE_OPEN;
	return value >= least && value <= most ? STIPPLE_HOLDS : STIPPLE_HOLDS_NOT;
}

/* A value's number counted from 1, or 0 when open, in a set; beyond `count` it is no answer. */
static uint32_t in_set(uint32_t value, uint32_t set, uint32_t count)
{
	if (value == 0 || value > count)
		return STIPPLE_OPEN;
	return ((set << 1) >> value & 1u) != 0 ? STIPPLE_HOLDS : STIPPLE_HOLDS_NOT;
}

static uint32_t question_value(const struct stipple_client *client, uint32_t question)
{
	uint32_t answer = stipple_question_answer(client, question);

	return answer == STIPPLE_QUESTION_CLEARED ? STIPPLE_QUESTION_UNSAFE : answer;
}

static uint32_t condition(const uint8_t *at, uint32_t subject, const struct stipple_client *client)
{
	uint32_t set = STIPPLE_GET16(at, stipple_condition, values_or_least);
	uint32_t most = STIPPLE_GET16(at, stipple_condition, most);

	if (subject == STIPPLE_SUBJECT_ALWAYS)
		return STIPPLE_HOLDS;
	if (subject == STIPPLE_SUBJECT_SESSION)
		return in_interval(client->session, set, most);
	if (subject == STIPPLE_SUBJECT_AGE)
		return in_interval(client->age, set, most);
	if (subject == STIPPLE_SUBJECT_DEPTH_USED && client->depth_used == 0)
		return STIPPLE_HOLDS; /* nobody can be asked, and what it decides only tightens */
	if (subject == STIPPLE_SUBJECT_DEPTH_USED)
		return in_interval(client->depth_used, set, most);
	if ((subject & STIPPLE_SUBJECT_QUESTION) != 0)
		return in_set(question_value(client, subject ^ STIPPLE_SUBJECT_QUESTION), set,
			      most);
	if (client->factors == NULL)
		return STIPPLE_OPEN;
	return in_set(client->factors[subject], set, most);
}

/* Both conditions at `conditions`: open only when no answer known makes one false. */
static uint32_t both_hold(const uint8_t *conditions, const struct stipple_client *client,
			  uint16_t *subject)
{
	uint32_t result = STIPPLE_HOLDS;
	uint32_t which;

	for (which = 0; which < 2u; which++) {
		const uint8_t *at = conditions + which * (uint32_t)sizeof(struct stipple_condition);
		uint32_t about = STIPPLE_GET16(at, stipple_condition, subject);
		uint32_t one = condition(at, about, client);

		if (one == STIPPLE_HOLDS)
			continue;
		if (one != STIPPLE_OPEN)
			return STIPPLE_HOLDS_NOT;
		if (result != STIPPLE_OPEN)
			*subject = (uint16_t)about;
		result = STIPPLE_OPEN;
	}
	return result;
}

uint32_t stipple_row_holds(const uint8_t *row, const struct stipple_row_shape *shape,
			   uint32_t number, const struct stipple_client *client, uint16_t *subject,
			   uint32_t *rows)
{
	uint32_t result = STIPPLE_HOLDS;
	uint16_t open = (uint16_t)STIPPLE_NONE;
	uint32_t one;

	for (*rows = 1;; *rows += 1u, row += shape->bytes, number++) {
		if (stipple_row_damage(row, shape->bytes, shape->kind, number) != 0)
			return STIPPLE_DAMAGED;
		one = both_hold(row + shape->conditions, client, &open);
		if (one == STIPPLE_OPEN && result == STIPPLE_HOLDS) {
			result = STIPPLE_OPEN;
			*subject = open;
		} else if (one != STIPPLE_HOLDS && one != STIPPLE_OPEN) {
			result = STIPPLE_HOLDS_NOT;
		}
		if (STIPPLE_READ16(row + shape->chain) != STIPPLE_AND_NEXT)
			return result;
	}
}
