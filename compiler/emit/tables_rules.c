/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A protocol's rules as rows: screening, preparation, the course, the anaesthetic, and the windows
 * of what the client is told.
 */
#include "emit/tables_image.h"

#include <string.h>

static uint32_t clip_seconds(int64_t seconds)
{
	if (seconds < 0)
		return 0;
	return seconds >= (int64_t)STIPPLE_NO_TIME ? STIPPLE_NO_TIME - 1 : (uint32_t)seconds;
}

/* ---- screening ---- */

struct entries {
	uint16_t *numbers;
	size_t count;
	size_t room;
};

static void add_entry(struct stp_table *table, struct entries *entries, uint32_t row)
{
	entries->numbers = stp_grow(table->context, entries->numbers, entries->count,
				    &entries->room, sizeof *entries->numbers);
	entries->numbers[entries->count++] = stp_narrow(table, row);
}

/* A row with its conditions and, where they are many, the rows that carry the rest. */
static uint32_t add_screening(struct stp_table *table, const struct stipple_screening_row *row,
			      const struct stipple_condition *pairs, size_t rows, const char *note)
{
	struct stipple_screening_row all[STP_CONDITION_ROWS];

	for (size_t i = 0; i < rows; i++) {
		const struct stipple_screening_row more = { .action =
								    STIPPLE_ACTION_MORE_CONDITIONS,
							    .question = STIPPLE_NONE,
							    .role = STIPPLE_NONE,
							    .because = STIPPLE_NONE };

		all[i] = i == 0 ? *row : more;
		all[i].chain = i + 1 < rows ? STIPPLE_AND_NEXT : STIPPLE_LAST;
		all[i].conditions[0] = pairs[2 * i];
		all[i].conditions[1] = pairs[2 * i + 1];
	}
	return stp_share_rows(table, STP_SECTION_SCREENING, all, rows, note);
}

static void add_screening_entry(struct stp_table *table, struct entries *entries,
				const void *element, uint32_t row)
{
	stp_note_row(table, element, STP_SECTION_SCREENING, row);
	add_entry(table, entries, row);
}

static uint16_t action_of(const struct stp_screen_rule *rule)
{
	if (rule->anaesthetic_only)
		return STIPPLE_ACTION_WITHOUT_ANAESTHETIC;
	if (rule->level == STP_EXCLUDE)
		return rule->scope == STP_SPOT ? STIPPLE_ACTION_CONFIRM_AVOIDED
					       : STIPPLE_ACTION_EXCLUDE;
	if (rule->level == STP_WAIT)
		return STIPPLE_ACTION_WAIT;
	return rule->level == STP_CLEAR ? STIPPLE_ACTION_CLEAR : STIPPLE_ACTION_CAUTION;
}

/* The rule's own condition together with the ages that it speaks of. */
static struct stp_condition screening_condition(const struct stp_screen_rule *rule)
{
	struct stp_condition when = { .session_low = 1,
				      .session_high = STP_ANY_HIGH,
				      .age_high = STP_ANY_HIGH,
				      .depth_high_um = STP_ANY_DEPTH };

	if (rule->when != NULL)
		when = *rule->when;
	if (rule->age_below != 0 && rule->age_below - 1 < when.age_high)
		when.age_high = (uint16_t)(rule->age_below - 1);
	if (rule->age_over != 0 && rule->age_over + 1 > when.age_low)
		when.age_low = (uint16_t)(rule->age_over + 1);
	return when;
}

static uint32_t build_rule(struct stp_table *table, const struct stp_screen_rule *rule)
{
	struct stp_condition when = screening_condition(rule);
	struct stipple_condition pairs[2 * STP_CONDITION_ROWS];
	size_t rows = stp_build_conditions(table, &when, pairs);
	struct stipple_screening_row row = {
		.action = action_of(rule),
		.question = rule->question == NULL ? STIPPLE_NONE
						   : stp_build_question(table, rule->question),
		.role = stp_build_role(table, rule->with),
		.because = stp_table_label(table, "", rule->origin.because),
	};

	if (rule->level == STP_WAIT) {
		row.wait = clip_seconds(stp_wait_seconds(rule->wait));
		row.floor = clip_seconds(stp_wait_seconds(rule->wait_limit));
	}
	return add_screening(table, &row, pairs, rows, stp_place(table, rule->origin.span));
}

static uint32_t build_operator(struct stp_table *table, const struct stp_protocol *protocol)
{
	const struct stp_factor *factor = protocol->operator_factor;
	uint32_t all = (1u << factor->value_count) - 1u;
	struct stipple_condition pairs[2] = { { table->subjects[factor->index],
						(uint16_t)(all & ~protocol->operator_values),
						factor->value_count },
					      { STIPPLE_SUBJECT_ALWAYS, 0, 0 } };
	struct stipple_screening_row row = { .action = STIPPLE_ACTION_OPERATOR,
					     .question = STIPPLE_NONE,
					     .role = STIPPLE_NONE,
					     .because = STIPPLE_NONE };

	return add_screening(table, &row, pairs, 1,
			     stp_place(table, protocol->operator_origin.span));
}

static void build_preparation(struct stp_table *table, const struct stp_care_rule *care,
			      struct entries *entries)
{
	struct stipple_condition pairs[2 * STP_CONDITION_ROWS];
	size_t rows = stp_build_conditions(table, care->when, pairs);

	if (care->after || (care->verb != STP_AVOID && care->verb != STP_STOP))
		return;
	for (size_t i = 0; i < care->term_count; i++) {
		struct stipple_screening_row row = {
			.action = STIPPLE_ACTION_PREPARATION,
			.question = stp_build_preparation(table, care, care->terms[i]),
			.role = STIPPLE_NONE,
			.because = STIPPLE_NONE,
		};

		add_screening_entry(table, entries, care,
				    add_screening(table, &row, pairs, rows,
						  stp_place(table, care->origin.span)));
	}
}

uint32_t stp_build_screening(struct stp_table *table, const struct stp_protocol *protocol)
{
	struct entries entries = { NULL, 0, 0 };

	if (protocol->operator_factor != NULL)
		add_screening_entry(table, &entries, &protocol->operator_values,
				    build_operator(table, protocol));
	for (size_t i = 0; i < protocol->screen_count; i++)
		add_screening_entry(table, &entries, &protocol->screens[i],
				    build_rule(table, &protocol->screens[i]));
	for (size_t i = 0; i < protocol->care_count; i++)
		build_preparation(table, &protocol->care[i], &entries);
	return stp_table_list(table, entries.numbers, entries.count);
}

/* ---- course and anaesthetic ---- */

static const struct stipple_condition always = { STIPPLE_SUBJECT_ALWAYS, 0, 0 };

/* What holds for every client. */
static struct stipple_course_row course_for_all(const struct stp_course *course)
{
	return (struct stipple_course_row){
		.interval_least = clip_seconds(stp_interval_seconds(course->apart_low)),
		.interval_most = course->apart_high.count == 0
					 ? STIPPLE_NO_TIME
					 : clip_seconds(stp_interval_seconds(course->apart_high)),
		.chain = STIPPLE_LAST,
		.sessions_least = course->sessions_low,
		.sessions_most = course->sessions_high,
		.sessions_limit =
			course->sessions_limit == 0 ? STIPPLE_NONE : course->sessions_limit,
		.conditions = { always, always },
	};
}

struct course_rows {
	struct stipple_course_row *rows;
	size_t count, room;
};

static struct stipple_course_row *add_course_row(struct stp_table *table, struct course_rows *list)
{
	list->rows =
		stp_grow(table->context, list->rows, list->count, &list->room, sizeof *list->rows);
	list->rows[list->count] = (struct stipple_course_row){ .interval_most = STIPPLE_NO_TIME,
							       .chain = STIPPLE_MORE,
							       .sessions_limit = STIPPLE_NONE };
	return &list->rows[list->count++];
}

/* What tightens it for some; the row that goes on says only more conditions. */
static void course_for_some(struct stp_table *table, struct course_rows *list,
			    const struct stp_course_rule *rule)
{
	struct stipple_condition pairs[2 * STP_CONDITION_ROWS];
	size_t rows = stp_build_conditions(table, rule->when, pairs);

	for (size_t i = 0; i < rows; i++) {
		struct stipple_course_row *row = add_course_row(table, list);

		row->conditions[0] = pairs[2 * i];
		row->conditions[1] = pairs[2 * i + 1];
		if (i + 1 < rows)
			row->chain = STIPPLE_AND_NEXT;
		if (i > 0)
			continue;
		row->interval_least = clip_seconds(stp_interval_seconds(rule->apart_low));
		if (rule->apart_high.count != 0)
			row->interval_most = clip_seconds(stp_interval_seconds(rule->apart_high));
		if (rule->sessions_limit != 0)
			row->sessions_limit = rule->sessions_limit;
	}
}

static bool tightens_course(const struct stp_course_rule *rule, const struct stp_course *course)
{
	return stp_rule_parts_sessions(rule, course) || stp_rule_limits_sessions(rule, course);
}

uint16_t stp_build_course(struct stp_table *table, const struct stp_protocol *protocol)
{
	const struct stp_course *course = &protocol->course;
	struct course_rows list = { NULL, 0, 0 };
	uint32_t *at = stp_alloc_array(table->context, protocol->course_rule_count + 1, sizeof *at);
	uint16_t first;

	if (course->sessions_high == 0 && course->apart_low.count == 0 &&
	    course->sessions_limit == 0 && protocol->course_rule_count == 0)
		return STIPPLE_NONE;
	*add_course_row(table, &list) = course_for_all(course);
	for (size_t i = 0; i < protocol->course_rule_count; i++) {
		at[i] = (uint32_t)list.count;
		if (!tightens_course(&protocol->course_rules[i], course))
			continue;
		list.rows[list.count - 1].chain = STIPPLE_MORE;
		course_for_some(table, &list, &protocol->course_rules[i]);
	}
	list.rows[list.count - 1].chain = STIPPLE_LAST;
	first = stp_narrow(table, stp_share_rows(table, STP_SECTION_COURSE, list.rows, list.count,
						 stp_place(table, course->origin.span)));
	stp_note_row(table, course, STP_SECTION_COURSE, first);
	for (size_t i = 0; i < protocol->course_rule_count; i++)
		if (tightens_course(&protocol->course_rules[i], course))
			stp_note_row(table, &protocol->course_rules[i], STP_SECTION_COURSE,
				     first + at[i]);
	return first;
}

/* mg on each square centimetre, rounded down. */
static uint16_t dose_of(const struct stp_anaesthetic *said)
{
	uint64_t dose;

	if (said->dose_mg == 0)
		return STIPPLE_NONE;
	dose = (uint64_t)said->dose_mg * 100u / said->dose_mm2;
	return (uint16_t)(dose < STIPPLE_NONE ? dose : STIPPLE_NONE - 1u);
}

uint16_t stp_build_anaesthetic(struct stp_table *table, const struct stp_protocol *protocol)
{
	const struct stp_anaesthetic *said = &protocol->anaesthetic;
	struct stipple_anaesthetic_row row = {
		.least = clip_seconds(stp_ceiling_seconds(said->least)),
		.most = clip_seconds(stp_ceiling_seconds(said->longest)),
		.amount_most = said->amount_limit_mg == 0 ? STIPPLE_NO_TIME : said->amount_limit_mg,
		.area_most = said->area_limit_mm2 == 0 ? STIPPLE_NO_TIME : said->area_limit_mm2,
		.chain = STIPPLE_LAST,
		.occlusion = !said->occlusion_said ? STIPPLE_NONE : said->occlusion,
		.strength = said->strength_hundredths == 0 ? STIPPLE_NONE
							   : (uint16_t)said->strength_hundredths,
		.dose = dose_of(said),
		.conditions = { always, always },
	};

	uint16_t first;

	if (said->medicine == NULL)
		return STIPPLE_NONE;
	row.item = table->item_rows[said->medicine->index];
	first = stp_narrow(table, stp_share_rows(table, STP_SECTION_ANAESTHETIC, &row, 1,
						 stp_place(table, said->origin.span)));
	stp_note_row(table, said, STP_SECTION_ANAESTHETIC, first);
	return first;
}

/* ---- windows ---- */

static uint16_t verb_of(enum stp_verb verb)
{
	static const uint16_t verbs[STP_VERBS] = {
		[STP_AVOID] = STIPPLE_VERB_AVOID,
		[STP_ONLY] = STIPPLE_VERB_ONLY,
		[STP_USE] = STIPPLE_VERB_USE,
		[STP_DO] = STIPPLE_VERB_DO,
		[STP_STOP] = STIPPLE_VERB_STOP,
		[STP_RESUME] = STIPPLE_VERB_RESUME,
		[STP_MAY] = STIPPLE_VERB_MAY,
		[STP_ASK_PRESCRIBER] = STIPPLE_VERB_ASK_PRESCRIBER,
	};

	return verbs[verb];
}

static struct stipple_window_row care_window(struct stp_table *table,
					     const struct stp_care_rule *care)
{
	const struct stp_window *window = &care->window;
	struct stipple_window_row row = {
		.from = clip_seconds(stp_floor_seconds(window->from)),
		.to = clip_seconds(stp_floor_seconds(window->to)),
		.every = clip_seconds(stp_ceiling_seconds(care->every)),
		.moment = care->after ? STIPPLE_MOMENT_AFTER : STIPPLE_MOMENT_BEFORE,
		.verb = verb_of(care->verb),
		.until = STIPPLE_NONE,
		.because = stp_table_label(table, "", care->origin.because),
	};

	if (window->on_the_day)
		row.moment = STIPPLE_MOMENT_DAY;
	else if (care->after && window->to.count == 0)
		row.to = STIPPLE_NO_TIME;
	if (window->until_effect != NULL) {
		row.until = table->item_rows[window->until_effect->index];
		row.to = clip_seconds(stp_floor_seconds(window->at_least));
	}
	return row;
}

static void add_window(struct stp_table *table, struct entries *entries,
		       const struct stipple_window_row *row, const struct stp_condition *when,
		       const void *element, const char *note)
{
	struct stipple_condition pairs[2 * STP_CONDITION_ROWS];
	struct stipple_window_row all[STP_CONDITION_ROWS];
	size_t rows = stp_build_conditions(table, when, pairs);
	uint32_t first;

	for (size_t i = 0; i < rows; i++) {
		const struct stipple_window_row more = { .moment = row->moment,
							 .verb = row->verb,
							 .item = STIPPLE_NONE,
							 .until = STIPPLE_NONE,
							 .because = STIPPLE_NONE };

		all[i] = i == 0 ? *row : more;
		all[i].chain = i + 1 < rows ? STIPPLE_AND_NEXT : STIPPLE_LAST;
		all[i].conditions[0] = pairs[2 * i];
		all[i].conditions[1] = pairs[2 * i + 1];
	}
	first = stp_share_rows(table, STP_SECTION_WINDOW, all, rows, note);
	stp_note_row(table, element, STP_SECTION_WINDOW, first);
	add_entry(table, entries, first);
}

static void build_care(struct stp_table *table, const struct stp_care_rule *care,
		       struct entries *entries)
{
	struct stipple_window_row row = care_window(table, care);
	const char *note = stp_place(table, care->origin.span);

	for (size_t i = 0; i < care->term_count; i++) {
		row.item = table->item_rows[care->terms[i]->index];
		add_window(table, entries, &row, care->when, care, note);
	}
	row.verb = STIPPLE_VERB_EXCEPT;
	for (size_t i = 0; i < care->except_count; i++) {
		row.item = table->item_rows[care->except[i]->index];
		add_window(table, entries, &row, care->when, care, note);
	}
}

static void build_expectation(struct stp_table *table, const struct stp_expectation *expected,
			      struct entries *entries)
{
	struct stipple_window_row row = {
		.from = clip_seconds(stp_ceiling_seconds(expected->from)),
		.to = clip_seconds(stp_ceiling_seconds(expected->to_high)),
		.moment = STIPPLE_MOMENT_EXPECT,
		.verb = STIPPLE_VERB_HAVE,
		.item = table->item_rows[expected->effect->index],
		.until = STIPPLE_NONE,
		.because = STIPPLE_NONE,
	};

	add_window(table, entries, &row, expected->when, expected,
		   stp_place(table, expected->origin.span));
}

uint32_t stp_build_windows(struct stp_table *table, const struct stp_protocol *protocol)
{
	struct entries entries = { NULL, 0, 0 };

	for (size_t i = 0; i < protocol->care_count; i++)
		build_care(table, &protocol->care[i], &entries);
	for (size_t i = 0; i < protocol->expect_count; i++)
		build_expectation(table, &protocol->expects[i], &entries);
	return stp_table_list(table, entries.numbers, entries.count);
}
