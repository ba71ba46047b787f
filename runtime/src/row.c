/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Check words and conditions: what every reading of a table rests on.
 *
 * A condition has three outcomes, since the library never guesses: it holds, it does not, or it
 * is open because something has not been answered. One condition that does not hold settles a
 * row, whatever else is open.
 *
 * A row is proven sound before anything in it is used: a damaged subject or chain would lead
 * astray. It is done for every row at every use, so the words are taken several at a step. The
 * judges do it themselves, in line (read.h), and come here with rows that are sound.
 */
#include "read.h"

uint32_t stipple_row_damage(const uint8_t *row, uint32_t bytes, uint32_t kind, uint32_t number)
{
	const uint8_t *last = row + bytes - 12; /* no row has less than three words */
	uint32_t damage = stipple_check_value(kind, number);

	do {
		damage ^= (uint32_t)STIPPLE_READ32(row);
		damage ^= (uint32_t)STIPPLE_READ32(row + 4);
		damage ^= (uint32_t)STIPPLE_READ32(row + 8);
		row += 12;
	} while (row <= last);
	last += 12;
	while (row < last) {
		damage ^= (uint32_t)STIPPLE_READ32(row);
		row += 4;
	}
	return damage;
}

/* What a question is answered with: one of two values, counted from 1; 0: it is open. */
static inline uint32_t answer_to(const struct stipple_client *client, uint32_t question)
{
	uint32_t answer;

	if (client->questions == NULL)
		return STIPPLE_QUESTION_UNANSWERED;
	answer = ((uint32_t)client->questions[question >> 2] >> ((question & 3u) << 1)) & 3u;
	return answer == STIPPLE_QUESTION_CLEARED ? STIPPLE_QUESTION_UNSAFE : answer;
}

/* `value` is counted from 1. Zero, and beyond the number of values of its subject, it is none. */
static inline uint32_t in_set(const uint8_t *at, uint32_t value)
{
	value--;
	if (value >= STIPPLE_GET16(at, stipple_condition, most))
		return STIPPLE_OPEN;
	return (STIPPLE_GET16(at, stipple_condition, values_or_least) >> value & 1u) != 0
		       ? STIPPLE_HOLDS
		       : STIPPLE_HOLDS_NOT;
}

/*
 * Subjects that stand for themselves, by how far they are from the last one: small numbers, since
 * a compiler keeps each greater constant of a loop in a register.
 */
#define IS_ALWAYS  0u
#define IS_SESSION (STIPPLE_SUBJECT_ALWAYS - STIPPLE_SUBJECT_SESSION)
#define IS_AGE     (STIPPLE_SUBJECT_ALWAYS - STIPPLE_SUBJECT_AGE)
#define IS_DEPTH   (STIPPLE_SUBJECT_ALWAYS - STIPPLE_SUBJECT_DEPTH_USED)

/* What is known of a subject that is a number; 0: it is open. */
static inline uint32_t number_of(const struct stipple_client *client, uint32_t which)
{
	if (which == IS_SESSION)
		return client->session;
	return which == IS_AGE ? client->age : client->depth_used;
}

/* A depth used that is not known holds: nobody can be asked, and what it decides only tightens. */
static inline uint32_t in_interval(const uint8_t *at, uint32_t number, uint32_t which)
{
	if (number == 0)
		return which == IS_DEPTH ? STIPPLE_HOLDS : STIPPLE_OPEN;
	return number >= STIPPLE_GET16(at, stipple_condition, values_or_least) &&
			       number <= STIPPLE_GET16(at, stipple_condition, most)
		       ? STIPPLE_HOLDS
		       : STIPPLE_HOLDS_NOT;
}

static inline uint32_t condition_holds(const uint8_t *at, uint32_t subject,
				       const struct stipple_client *client)
{
	uint32_t which = STIPPLE_SUBJECT_ALWAYS - subject;
	uint32_t value;

	if (subject < STIPPLE_SUBJECT_QUESTION)
		value = client->factors == NULL ? 0 : client->factors[subject];
	else if (which > IS_DEPTH)
		value = answer_to(client, subject ^ STIPPLE_SUBJECT_QUESTION);
	else if (which != IS_ALWAYS)
		return in_interval(at, number_of(client, which), which);
	else
		return STIPPLE_HOLDS;
	return in_set(at, value);
}

uint32_t stipple_conditions_hold(const uint8_t *at, const struct stipple_client *client)
{
	const uint8_t *last = at + sizeof(struct stipple_condition);
	uint32_t result = STIPPLE_HOLDS;

	for (;;) {
		uint32_t subject = STIPPLE_GET16(at, stipple_condition, subject);
		uint32_t one = condition_holds(at, subject, client);

		if (one == STIPPLE_HOLDS_NOT)
			return one;
		if (one == STIPPLE_OPEN && result == STIPPLE_HOLDS)
			result = STIPPLE_OPEN | subject;
		if (at == last)
			return result;
		at = last;
	}
}

/* Conditions of one row and of the next one, met. */
static uint32_t both(uint32_t result, uint32_t more)
{
	if (more == STIPPLE_HOLDS_NOT || result == STIPPLE_HOLDS)
		return more;
	return result;
}

uint32_t stipple_row_holds(struct stipple_rows *rows, const struct stipple_row_shape *shape,
			   const struct stipple_client *client)
{
	uint32_t result = STIPPLE_HOLDS;
	const uint8_t *row = rows->next;
	uint32_t number = rows->number;
	uint32_t chain;

	do {
		if (stipple_row_damage(row, shape->bytes, shape->kind, number) != 0) {
			rows->next = NULL;
			return STIPPLE_DAMAGED;
		}
		result = both(result, stipple_conditions_hold(row + shape->conditions, client));
		chain = STIPPLE_READ16(row + shape->chain);
		row += shape->bytes;
		number++;
	} while (chain == STIPPLE_AND_NEXT);
	rows->next = chain == STIPPLE_MORE ? row : NULL;
	rows->number = number;
	rows->subject = result & 0xFFFFu;
	return STIPPLE_IS_OPEN(result) ? STIPPLE_OPEN : result;
}

uint32_t stipple_long_row_holds(const uint8_t *row, uint32_t number,
				const struct stipple_client *client)
{
	uint32_t result = stipple_conditions_hold(STIPPLE_CONDITIONS_OF(row), client);

	while (STIPPLE_GET16(row, stipple_tightening_row, chain) == STIPPLE_AND_NEXT) {
		row += sizeof(struct stipple_tightening_row);
		number++;
		if (STIPPLE_ROW_DAMAGE(row, stipple_tightening_row, STIPPLE_ROW_TIGHTENING,
				       number) != 0)
			return STIPPLE_DAMAGED;
		result = both(result, stipple_conditions_hold(STIPPLE_CONDITIONS_OF(row), client));
	}
	return result;
}
