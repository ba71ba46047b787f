/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How the library's own files read a table: by row and member, through the port's macros.
 *
 * Nothing here checks an index. stipple_open has proven every index that the image holds, and the
 * public functions check those that a caller hands in.
 */
#ifndef STIPPLE_READ_H
#define STIPPLE_READ_H

#include "stipple/runtime.h"

#define STIPPLE_GET16(row, type, member)                                                           \
	((uint32_t)STIPPLE_READ16((row) + offsetof(struct type, member)))
#define STIPPLE_GET32(row, type, member)                                                           \
	((uint32_t)STIPPLE_READ32((row) + offsetof(struct type, member)))

#define STIPPLE_COUNT(image, section) STIPPLE_GET32(image, stipple_header, section.count)
#define STIPPLE_SECTION(image, section)                                                            \
	((image) + STIPPLE_GET32(image, stipple_header, section.offset))
#define STIPPLE_ROW(image, section, type, index)                                                   \
	(STIPPLE_SECTION(image, section) + (uint32_t)(index) * (uint32_t)sizeof(struct type))

/* Zero when the row's check words are right; anything else is damage. */
#define STIPPLE_ROW_DAMAGE(row, type, kind, index)                                                 \
	stipple_row_damage((row), (uint32_t)sizeof(struct type), (kind), (uint32_t)(index))
uint32_t stipple_row_damage(const uint8_t *row, uint32_t bytes, uint32_t kind, uint32_t number);

/*
 * The same without a loop or a call, for the rows that every judgement reads: word after word is
 * taken into `damage`, which begins as stipple_check_value and ends as zero.
 */
static inline uint32_t stipple_take_word(uint32_t damage, const uint8_t *word)
{
	damage ^= (uint32_t)STIPPLE_READ32(word);
	STIPPLE_AT_ONCE(damage);
	return damage;
}
#define STIPPLE_TAKE_THREE(damage, words)                                                          \
	stipple_take_word(stipple_take_word(stipple_take_word(damage, words), (words) + 4),        \
			  (words) + 8)

/* Of a row of four words: a slot or a depth. */
static inline uint32_t stipple_short_row_damage(const uint8_t *row, uint32_t kind, uint32_t number)
{
	uint32_t damage = stipple_check_value(kind, number);

	damage = STIPPLE_TAKE_THREE(damage, row);
	return stipple_take_word(damage, row + 12);
}

static inline uint32_t stipple_pace_damage(const uint8_t *row, uint32_t index)
{
	uint32_t damage = stipple_check_value(STIPPLE_ROW_PACE, index);

	damage = STIPPLE_TAKE_THREE(damage, row);
	damage = STIPPLE_TAKE_THREE(damage, row + 12);
	return stipple_take_word(damage, row + 24);
}

static inline uint32_t stipple_tightening_damage(const uint8_t *row, uint32_t number)
{
	uint32_t damage = stipple_check_value(STIPPLE_ROW_TIGHTENING, number);

	damage = STIPPLE_TAKE_THREE(damage, row);
	damage = STIPPLE_TAKE_THREE(damage, row + 12);
	return STIPPLE_TAKE_THREE(damage, row + 24);
}

/* What is taken word by word, here and in find.c (a protocol's row). */
STIPPLE_STATIC_ASSERT(stipple_words_of_rows, sizeof(struct stipple_slot_row) == 16u &&
						     sizeof(struct stipple_depth_row) == 16u &&
						     sizeof(struct stipple_pace_row) == 28u &&
						     sizeof(struct stipple_protocol_row) == 48u &&
						     sizeof(struct stipple_tightening_row) == 36u);

/* The protocol's row, or null when it is not there or damaged. */
const uint8_t *stipple_protocol_row(const uint8_t *image, uint32_t protocol);

/* The slot's row, or null when the table is not open, or the row is not there or damaged. */
const uint8_t *stipple_slot_row(const struct stipple_table *table, uint32_t slot);

/* What every call asks of its table first: that it was opened, and rightly. */
static inline int stipple_is_open(const struct stipple_table *table)
{
	return table->image != NULL && table->bytes >= sizeof(struct stipple_header);
}

/*
 * What evaluating conditions can give: far apart, as verdicts are. STIPPLE_OPEN depends on what is
 * not answered; conditions by themselves give it with the subject to ask first in its lower half.
 */
#define STIPPLE_HOLDS     0x5C3A96E1u
#define STIPPLE_HOLDS_NOT 0xA36C0D57u
#define STIPPLE_OPEN      0x0F950000u
#define STIPPLE_DAMAGED   0xF0A34D0Au /* a check word is wrong: nothing in the row was used */

#define STIPPLE_IS_OPEN(word) ((word) >> 16 == STIPPLE_OPEN >> 16)

/* A kind of row that has conditions, all of its rows in one section. */
struct stipple_row_shape {
	uint32_t kind;  /* enum stipple_row_kind */
	uint32_t bytes; /* of a row */
	uint32_t chain; /* where these members are */
	uint32_t conditions;
};
#define STIPPLE_SHAPE(type, kind)                                                                  \
	{                                                                                          \
		kind, (uint32_t)sizeof(struct type), (uint32_t)offsetof(struct type, chain),       \
			(uint32_t)offsetof(struct type, conditions)                                \
	}

/* A place in a list of such rows. */
struct stipple_rows {
	const uint8_t *next; /* the row that comes next, or null: there is none */
	uint32_t number;     /* its number */
	uint32_t subject;    /* of the row judged last, where it is open: the first thing to ask */
};
#define STIPPLE_ROWS_FROM(rows, image, section, type, first)                                       \
	do {                                                                                       \
		(rows)->number = (first);                                                          \
		(rows)->next = (rows)->number == STIPPLE_NONE                                      \
				       ? NULL                                                      \
				       : STIPPLE_ROW(image, section, type, (rows)->number);        \
	} while (0)

/*
 * Whether the next row holds of the client, with the rows that add conditions to it, each of which
 * must be sound; STIPPLE_DAMAGED when one is not. STIPPLE_OPEN only when no answer known makes it
 * false. The place moves on behind them; behind a damaged row there is nothing.
 */
uint32_t stipple_row_holds(struct stipple_rows *rows, const struct stipple_row_shape *shape,
			   const struct stipple_client *client);

/* Whether both conditions at `at` hold, in a row that is sound: only then is `at` to be trusted. */
uint32_t stipple_conditions_hold(const uint8_t *at, const struct stipple_client *client);

/*
 * The same of a tightening, with the rows that add conditions to it, each of which must be sound;
 * STIPPLE_DAMAGED when one is not. Rows that add conditions stand behind it in the list, which
 * passes over them, as they are of no setting.
 */
#define STIPPLE_CONDITIONS_OF(row) ((row) + offsetof(struct stipple_tightening_row, conditions))
uint32_t stipple_long_row_holds(const uint8_t *row, uint32_t number,
				const struct stipple_client *client);
static inline uint32_t stipple_tightening_holds(const uint8_t *row, uint32_t number, uint32_t chain,
						const struct stipple_client *client)
{
	if (chain == STIPPLE_AND_NEXT)
		return stipple_long_row_holds(row, number, client);
	return stipple_conditions_hold(STIPPLE_CONDITIONS_OF(row), client);
}

/*
 * The two judges. Each returns its own word for a verdict; the XOR of the two words is the verdict
 * when they agree and no verdict at all when they do not.
 */
#define STIPPLE_ONE_ALLOWED      0x86CE625Eu
#define STIPPLE_ONE_NEEDS_REASON 0x495125CCu
#define STIPPLE_ONE_NEEDS_ANSWER 0x5C2F7626u
#define STIPPLE_ONE_REFUSED      0xE9779C99u
#define STIPPLE_ONE_FAULT        0x37E035BCu
#define STIPPLE_TWO_ALLOWED      0x9BCA4F90u
#define STIPPLE_TWO_NEEDS_REASON 0xC2E33943u
#define STIPPLE_TWO_NEEDS_ANSWER 0x461D8DB6u
#define STIPPLE_TWO_REFUSED      0x34BE81ECu
#define STIPPLE_TWO_FAULT        0x953B1A8Bu

uint32_t stipple_judge_one(const struct stipple_table *table, uint32_t slot,
			   const struct stipple_client *client, uint32_t setting, uint32_t value,
			   struct stipple_answer *answer) STIPPLE_NOINLINE;
uint32_t stipple_judge_two(const struct stipple_table *table, uint32_t slot,
			   const struct stipple_client *client, uint32_t setting,
			   uint32_t value) STIPPLE_NOINLINE;

#endif
