/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Questions: those of the vocabulary, and those about the preparation, which the rules of care
 * before the visit ask by themselves.
 *
 * Yes is always the answer that speaks against treating. So the question about a preparation is
 * whether its rule was broken, and it is called so: `not_kept_stop_retinoids_5_days`. The name says
 * all that the words say, the time too: rules of different times are different questions, since one
 * answer cannot be right for both.
 */
#include <string.h>

#include "emit/tables_image.h"

#define MINUTE INT64_C(60)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

/* The question of this key, or STIPPLE_NONE. Two questions of one name would be asked as one. */
static uint16_t find_question(struct stp_table *table, const char *name,
			      const struct stipple_question_row *like)
{
	const struct stp_rows *rows = &table->rows[STP_SECTION_QUESTION];

	for (size_t i = 0; i < rows->count; i++) {
		struct stipple_question_row row;

		memcpy(&row, rows->bytes + i * sizeof row, sizeof row);
		if (row.key != like->key)
			continue;
		if (row.item == like->item && row.preparation == like->preparation)
			return (uint16_t)i;
		stp_help(table->context,
			 stp_report(table->context, STP_D_name_collision, table->place,
				    "two questions would both be called %s in the tables", name),
			 "call what the one is about differently");
		table->overflow = true;
	}
	return STIPPLE_NONE;
}

static uint16_t add_question(struct stp_table *table, const char *name, uint16_t label,
			     const struct stipple_question_row *rest, const char *note)
{
	struct stipple_question_row row = *rest;

	row.name = stp_table_text(table, name);
	row.label = label;
	return stp_narrow(table, stp_append_rows(table, STP_SECTION_QUESTION, &row, 1, note));
}

uint16_t stp_build_question(struct stp_table *table, const struct stp_factor *factor)
{
	const char *words = factor->asks != NULL ? factor->asks : factor->label;
	struct stipple_question_row row = {
		.key = stp_table_key("question", factor->name),
		.item = factor->condition == NULL ? STIPPLE_NONE
						  : table->item_rows[factor->condition->index],
		.place = (uint16_t)factor->scope,
		.from_session = factor->from_session == 0 ? 1 : factor->from_session,
	};
	uint16_t *subject = &table->subjects[factor->index];
	uint16_t question;

	if (*subject != STIPPLE_NONE)
		return (uint16_t)(*subject & ~STIPPLE_SUBJECT_QUESTION);
	question = find_question(table, factor->name, &row);
	if (question == STIPPLE_NONE)
		question = add_question(table, factor->name,
					stp_table_label(table, factor->name, words), &row,
					stp_place(table, factor->span));
	*subject = (uint16_t)(STIPPLE_SUBJECT_QUESTION | question);
	return question;
}

/* ---- the name of a question about the preparation ---- */

/* "5_days". Made of the seconds that a device counts, whatever the unit that they were said in. */
static void add_time(struct stp_string *name, struct stp_duration time)
{
	int64_t seconds = stp_floor_seconds(time);
	int64_t days = (seconds - stp_floor_seconds((struct stp_duration){ 1, STP_DAY })) / DAY + 1;

	if (seconds == stp_floor_seconds((struct stp_duration){ (uint32_t)days, STP_DAY }))
		stp_addf(name, "_%lld_day%s", (long long)days, days == 1 ? "" : "s");
	else if (seconds % HOUR == 0)
		stp_addf(name, "_%lld_h", (long long)(seconds / HOUR));
	else if (seconds % MINUTE == 0)
		stp_addf(name, "_%lld_min", (long long)(seconds / MINUTE));
	else
		stp_addf(name, "_%lld_s", (long long)seconds);
}

static const char *question_name(struct stp_context *context, const struct stp_care_rule *care,
				 const struct stp_term *term)
{
	struct stp_string name;

	stp_string_init(&name, context);
	stp_addf(&name, care->window.on_the_day ? STP_PREPARATION_OF_DAY : STP_PREPARATION,
		 stp_verb_names[care->verb], term->name);
	if (care->window.from.count > 0)
		add_time(&name, care->window.from);
	if (care->window.to.count > 0) {
		stp_add(&name, "_to");
		add_time(&name, care->window.to);
	}
	for (size_t i = 0; i < care->except_count; i++)
		stp_addf(&name, "_except_%s", care->except[i]->name);
	return name.text;
}

uint16_t stp_build_preparation(struct stp_table *table, const struct stp_care_rule *care,
			       const struct stp_term *term)
{
	const char *name = question_name(table->context, care, term);
	struct stipple_question_row row = { .key = stp_table_key("question", name),
					    .item = table->item_rows[term->index],
					    .preparation = 1,
					    .from_session = 1 };
	uint16_t found = find_question(table, name, &row);

	if (found != STIPPLE_NONE)
		return found;
	return add_question(table, name, stp_table_preparation(table, name, care, term), &row,
			    stp_place(table, care->origin.span));
}
