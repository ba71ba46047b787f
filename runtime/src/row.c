/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Check words and conditions: what every reading of a table rests on.
 *
 * A condition has three outcomes, since the library never guesses: it holds, it does not, or it
 * is open because something has not been answered. One condition that does not hold settles a
 * row, whatever else is open.
 *
 * A row is proven sound before anything in it is used: a damaged subject or chain would lead
 * astray. It is done for every row at every use, so the words are taken several at a step.
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

/* The same for a row with conditions: nine words and more, but for what is only shown. */
static inline uint32_t long_row_damage(const uint8_t *row, const struct stipple_row_shape *shape,
				       uint32_t number)
{
	uint32_t damage = stipple_check_value(shape->kind, number);
	uint32_t at;

	if (shape->bytes < 36u)
		return stipple_row_damage(row, shape->bytes, shape->kind, number);
	damage = STIPPLE_TAKE_THREE(damage, row);
	damage = STIPPLE_TAKE_THREE(damage, row + 12);
	damage = STIPPLE_TAKE_THREE(damage, row + 24);
	for (at = 36; at < shape->bytes; at += 4u)
		damage = stipple_take_word(damage, row + at);
	return damage;
}

uint32_t stipple_question_answer(const struct stipple_client *client, uint32_t question)
{
	if (client->questions == NULL)
		return STIPPLE_QUESTION_UNANSWERED;
	return ((uint32_t)client->questions[question >> 2] >> ((question & 3u) << 1)) & 3u;
}

/* What is known of a subject: a value, or a value's number, counted from 1; 0 when it is open. */
static uint32_t value_of(const struct stipple_client *client, uint32_t subject)
{
	uint32_t answer;

	if (subject < STIPPLE_SUBJECT_QUESTION)
		return client->factors == NULL ? 0 : client->factors[subject];
	if (subject == STIPPLE_SUBJECT_SESSION)
		return client->session;
	if (subject == STIPPLE_SUBJECT_AGE)
		return client->age;
	if (subject == STIPPLE_SUBJECT_DEPTH_USED)
		return client->depth_used;
	answer = stipple_question_answer(client, subject ^ STIPPLE_SUBJECT_QUESTION);
	return answer == STIPPLE_QUESTION_CLEARED ? STIPPLE_QUESTION_UNSAFE : answer;
}

/* Beyond the number of values of its subject, an answer is none. */
static uint32_t condition(const uint8_t *at, uint32_t subject, const struct stipple_client *client)
{
	uint32_t value = value_of(client, subject);
	uint32_t set = STIPPLE_GET16(at, stipple_condition, values_or_least);
	uint32_t most = STIPPLE_GET16(at, stipple_condition, most);

	if (value == 0 && subject == STIPPLE_SUBJECT_DEPTH_USED)
		return STIPPLE_HOLDS; /* nobody can be asked, and what it decides only tightens */
	if (value == 0)
		return STIPPLE_OPEN;
	if (subject >= STIPPLE_SUBJECT_DEPTH_USED)
		return value >= set && value <= most ? STIPPLE_HOLDS : STIPPLE_HOLDS_NOT;
	if (value > most)
		return STIPPLE_OPEN;
	return ((set << 1) >> value & 1u) != 0 ? STIPPLE_HOLDS : STIPPLE_HOLDS_NOT;
}

/* `result` met with both conditions at `at`. What is open first is noted. */
static uint32_t meet(uint32_t result, const uint8_t *at, const struct stipple_client *client,
		     uint32_t *first_open)
{
	const uint8_t *end = at + 2u * sizeof(struct stipple_condition);

	for (; at < end; at += sizeof(struct stipple_condition)) {
		uint32_t subject = STIPPLE_GET16(at, stipple_condition, subject);
		uint32_t one;

		if (subject == STIPPLE_SUBJECT_ALWAYS)
			continue;
		one = condition(at, subject, client);
		if (one == STIPPLE_HOLDS)
			continue;
		if (one != STIPPLE_OPEN)
			return STIPPLE_HOLDS_NOT;
		if (result == STIPPLE_HOLDS) {
			result = STIPPLE_OPEN;
			*first_open = subject;
		}
	}
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
		if (long_row_damage(row, shape, number) != 0) {
			rows->next = NULL;
			return STIPPLE_DAMAGED;
		}
		result = meet(result, row + shape->conditions, client, &rows->subject);
		chain = STIPPLE_READ16(row + shape->chain);
		row += shape->bytes;
		number++;
	} while (chain == STIPPLE_AND_NEXT);
	rows->next = chain == STIPPLE_MORE ? row : NULL;
	rows->number = number;
	return result;
}
