/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Quantities, times and conditions as they are written. A time in an image is seconds, made of
 * what an author wrote in one of four ways (language reference, "Time"); here a time is found that
 * gives the same seconds again.
 */
#include <string.h>

#include "emit/decompile.h"

void stp_add_length(struct stp_decompiler *decompiler, uint32_t um)
{
	unsigned part = um % 1000, digits = 3;

	while (digits > 1 && part % 10 == 0) {
		part /= 10;
		digits--;
	}
	stp_addf(decompiler->out, "%u.%0*u mm", (unsigned)(um / 1000), (int)digits, part);
}

void stp_add_value(struct stp_decompiler *decompiler, unsigned setting, uint32_t value)
{
	if (setting == STIPPLE_DEPTH)
		stp_add_length(decompiler, value);
	else
		stp_addf(decompiler->out, "%u%s", (unsigned)value,
			 setting == STIPPLE_RATE ? " rpm" : "");
}

/* ---- times ---- */

/* The count of this unit that makes exactly these seconds, or 0. */
static uint32_t count_of(uint32_t seconds, enum stp_time_unit unit,
			 int64_t (*seconds_of)(struct stp_duration))
{
	uint32_t low = 1, high = seconds;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (seconds_of((struct stp_duration){ middle, unit }) < (int64_t)seconds)
			low = middle + 1;
		else
			high = middle;
	}
	return seconds_of((struct stp_duration){ low, unit }) == (int64_t)seconds ? low : 0;
}

void stp_add_time(struct stp_decompiler *decompiler, uint32_t seconds,
		  int64_t (*seconds_of)(struct stp_duration))
{
	static const struct {
		enum stp_time_unit unit;
		const char *word;
	} units[] = {
		{ STP_DAY, "days" }, { STP_HOUR, "h" }, { STP_MINUTE, "min" }, { STP_SECOND, "s" }
	};

	for (size_t i = 0; i < sizeof units / sizeof units[0] && seconds > 0; i++) {
		uint32_t count = count_of(seconds, units[i].unit, seconds_of);

		if (count == 0)
			continue;
		stp_addf(decompiler->out, "%u %s", (unsigned)count, units[i].word);
		return;
	}
	stp_refuse(decompiler, "a time that no words make");
}

/* ---- conditions ---- */

static void take(struct stp_decompiler *decompiler, struct stp_conditions *conditions,
		 const struct stipple_condition *pair)
{
	for (size_t i = 0; i < 2; i++) {
		if (pair[i].subject == STIPPLE_SUBJECT_ALWAYS)
			continue;
		if (conditions->count == STP_CONDITIONS_MOST) {
			stp_refuse(decompiler, "a rule of too many conditions");
			return;
		}
		conditions->all[conditions->count++] = pair[i];
	}
}

/* Takes the two conditions of the row; whether the next row goes on. */
static bool take_row(struct stp_decompiler *decompiler, enum stp_conditioned where, uint32_t row,
		     struct stp_conditions *conditions)
{
	struct stipple_tightening_row tightening;
	struct stipple_screening_row screening;
	struct stipple_course_row course;
	struct stipple_window_row window;
	struct stipple_use_row use;

	switch (where) {
	case STP_IN_TIGHTENINGS:
		tightening = stp_tightenings_at(decompiler, row);
		take(decompiler, conditions, tightening.conditions);
		return tightening.chain == STIPPLE_AND_NEXT;
	case STP_IN_USES:
		use = stp_uses_at(decompiler, row);
		take(decompiler, conditions, use.conditions);
		return use.chain == STIPPLE_AND_NEXT;
	case STP_IN_SCREENINGS:
		screening = stp_screenings_at(decompiler, row);
		take(decompiler, conditions, screening.conditions);
		return screening.chain == STIPPLE_AND_NEXT;
	case STP_IN_COURSES:
		course = stp_courses_at(decompiler, row);
		take(decompiler, conditions, course.conditions);
		return course.chain == STIPPLE_AND_NEXT;
	default:
		window = stp_windows_at(decompiler, row);
		take(decompiler, conditions, window.conditions);
		return window.chain == STIPPLE_AND_NEXT;
	}
}

struct stp_conditions stp_conditions_at(struct stp_decompiler *decompiler,
					enum stp_conditioned where, uint32_t row)
{
	struct stp_conditions conditions;

	memset(&conditions, 0, sizeof conditions);
	do
		conditions.rows++;
	while (take_row(decompiler, where, row + conditions.rows - 1, &conditions) &&
	       decompiler->refused == NULL);
	return conditions;
}

static void add_interval(struct stp_string *out, const char *word, unsigned least, unsigned most)
{
	if (most == STP_ANY_HIGH)
		stp_addf(out, "%s from %u", word, least);
	else
		stp_addf(out, "%s %u to %u", word, least, most);
}

/* `depth over 1 mm` is held as from 1001 um on. */
static void add_depth_used(struct stp_decompiler *decompiler,
			   const struct stipple_condition *condition)
{
	if (condition->values_or_least != 0) {
		stp_add(decompiler->out, "depth over ");
		stp_add_length(decompiler, condition->values_or_least - 1u);
	}
	if (condition->most == STIPPLE_NONE)
		return;
	stp_add(decompiler->out, condition->values_or_least != 0 ? " and depth to " : "depth to ");
	stp_add_length(decompiler, condition->most);
}

/* A question is known by the term that it asks about, or it is a declared yes/no factor. */
static void add_question(struct stp_decompiler *decompiler, uint32_t number, unsigned values)
{
	struct stipple_question_row row = stp_questions_at(decompiler, number);
	uint32_t name =
		row.item == STIPPLE_NONE ? row.name : stp_items_at(decompiler, row.item).name;

	if (values != 1 && values != 2)
		stp_refuse(decompiler, "a condition that asks for no answer");
	decompiler->named_questions[number] = true;
	stp_addf(decompiler->out, "%s%s", values == 1 ? "not " : "", stp_name_at(decompiler, name));
}

static void add_factor(struct stp_decompiler *decompiler, uint32_t number, unsigned values)
{
	struct stipple_factor_row row = stp_factors_at(decompiler, number);
	const char *between = " ";

	decompiler->named_factors[number] = true;
	stp_add(decompiler->out, stp_name_at(decompiler, row.name));
	if (values == 0 || values >> row.value_count != 0)
		stp_refuse(decompiler, "a condition on answers that there are not");
	for (uint32_t i = 0; i < row.value_count; i++) {
		if ((values >> i & 1u) == 0)
			continue;
		stp_addf(decompiler->out, "%s%s", between,
			 stp_name_at(decompiler,
				     stp_values_at(decompiler, row.first_value + i).name));
		between = ", ";
	}
}

static void add_condition(struct stp_decompiler *decompiler,
			  const struct stipple_condition *condition)
{
	unsigned subject = condition->subject;

	if (subject == STIPPLE_SUBJECT_SESSION)
		add_interval(decompiler->out, "session", condition->values_or_least,
			     condition->most);
	else if (subject == STIPPLE_SUBJECT_AGE)
		add_interval(decompiler->out, "age", condition->values_or_least, condition->most);
	else if (subject == STIPPLE_SUBJECT_DEPTH_USED)
		add_depth_used(decompiler, condition);
	else if ((subject & STIPPLE_SUBJECT_QUESTION) != 0)
		add_question(decompiler, subject & ~STIPPLE_SUBJECT_QUESTION,
			     condition->values_or_least);
	else
		add_factor(decompiler, subject, condition->values_or_least);
}

const char *stp_conditions_text(struct stp_decompiler *decompiler,
				const struct stp_conditions *conditions)
{
	struct stp_string *out = decompiler->out;
	struct stp_string text;

	if (conditions->count == 0)
		return NULL;
	stp_string_init(&text, decompiler->context);
	decompiler->out = &text;
	for (size_t i = 0; i < conditions->count; i++) {
		if (i > 0)
			stp_add(&text, " and ");
		add_condition(decompiler, &conditions->all[i]);
	}
	decompiler->out = out;
	return text.text;
}
