/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Screening, care before and after, and what to expect, in the order of the image's lists. Rows
 * that differ in their item alone are one statement again. Statements that follow each other and
 * stand in one block for the same clients share it.
 *
 * Preparation is not written: the compiler asks about it by itself where care before the visit
 * says `avoid` or `stop`.
 */
#include <string.h>

#include "emit/decompile.h"
#include "emit/tables.h"

/* ---- blocks ---- */

static bool same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static void close_block(struct stp_decompiler *decompiler)
{
	if (decompiler->open_block != NULL)
		stp_addf(decompiler->out, "    cites pack\n  }%s\n",
			 decompiler->open_when != NULL ? " }" : "");
	decompiler->open_block = NULL;
}

/* Opens `word { … }`, within `when … { … }` where it is for some; not when it is open already. */
static void open_block(struct stp_decompiler *decompiler, const char *when, const char *word)
{
	if (decompiler->open_block == word && same_text(decompiler->open_when, when))
		return;
	close_block(decompiler);
	decompiler->open_block = word;
	decompiler->open_when = when;
	if (when != NULL)
		stp_addf(decompiler->out, "  when %s { %s {\n", when, word);
	else
		stp_addf(decompiler->out, "  %s {\n", word);
}

static const char blocks[][8] = { "screen", "before", "after", "expect" };
enum block { SCREEN, BEFORE, AFTER, EXPECT };

static const char *item_name(struct stp_decompiler *decompiler, uint16_t item)
{
	if (item != STIPPLE_NONE)
		return stp_name_at(decompiler, stp_items_at(decompiler, item).name);
	stp_refuse(decompiler, "a rule about nothing");
	return "";
}

/* ---- screening ---- */

static void add_screened(struct stp_decompiler *decompiler, uint16_t question)
{
	static const char *const places[] = { "", " in area", " at spot" };
	struct stipple_question_row row = stp_questions_at(decompiler, question);

	if (row.place > STIPPLE_AT_SPOT) {
		stp_refuse(decompiler, "a place that there is not");
		return;
	}
	decompiler->named_questions[question] = true;
	stp_addf(decompiler->out, "%s%s\n", item_name(decompiler, row.item), places[row.place]);
}

/* Takes the ages out of the conditions: in a rule that asks nothing they are what it is about. */
static void add_ages(struct stp_decompiler *decompiler, struct stp_conditions *conditions)
{
	struct stipple_condition ages = { STIPPLE_SUBJECT_ALWAYS, 0, 0 };
	size_t kept = 0;

	for (size_t i = 0; i < conditions->count; i++) {
		if (conditions->all[i].subject == STIPPLE_SUBJECT_AGE)
			ages = conditions->all[i];
		else
			conditions->all[kept++] = conditions->all[i];
	}
	conditions->count = kept;
	if (ages.subject == STIPPLE_SUBJECT_AGE && ages.values_or_least == 0)
		stp_addf(decompiler->out, "age below %u\n", ages.most + 1u);
	else if (ages.subject == STIPPLE_SUBJECT_AGE && ages.most == STP_ANY_HIGH)
		stp_addf(decompiler->out, "age over %u\n", ages.values_or_least - 1u);
	else
		stp_refuse(decompiler, "a screening rule about nothing, or about ages from and to");
}

static void add_role(struct stp_decompiler *decompiler, uint16_t role)
{
	if (role != STIPPLE_NONE)
		stp_addf(decompiler->out, " with %s",
			 stp_name_at(decompiler, stp_roles_at(decompiler, role).name));
}

static void add_wait(struct stp_decompiler *decompiler, const struct stipple_screening_row *row)
{
	stp_add(decompiler->out, "    wait ");
	stp_add_time(decompiler, row->wait, stp_wait_seconds);
	if (row->floor != row->wait || row->role != STIPPLE_NONE) {
		stp_add(decompiler->out, ", limit ");
		stp_add_time(decompiler, row->floor, stp_wait_seconds);
		add_role(decompiler, row->role);
	}
	stp_add(decompiler->out, " after ");
}

static void add_action(struct stp_decompiler *decompiler, const struct stipple_screening_row *row)
{
	switch (row->action) {
	case STIPPLE_ACTION_EXCLUDE:
	case STIPPLE_ACTION_CONFIRM_AVOIDED: stp_add(decompiler->out, "    exclude "); break;
	case STIPPLE_ACTION_WAIT: add_wait(decompiler, row); break;
	case STIPPLE_ACTION_CLEAR: stp_add(decompiler->out, "    clear "); break;
	case STIPPLE_ACTION_CAUTION: stp_add(decompiler->out, "    caution "); break;
	case STIPPLE_ACTION_WITHOUT_ANAESTHETIC:
		stp_add(decompiler->out, "    without anaesthetic for ");
		break;
	default: stp_refuse(decompiler, "a screening rule that does nothing known"); break;
	}
}

/* `clear X with doctor`: the role stands behind what is screened. */
static const char *cleared_by(struct stp_decompiler *decompiler,
			      const struct stipple_screening_row *row)
{
	if (row->action != STIPPLE_ACTION_CLEAR || row->role == STIPPLE_NONE)
		return "";
	return stp_format(decompiler->context, " with %s",
			  stp_name_at(decompiler, stp_roles_at(decompiler, row->role).name));
}

/*
 * Screening of everybody is resolved before that of some, wherever it stands. What an extended
 * protocol screens comes later all the same; said for every session it keeps its place.
 */
static const char *screened_when(struct stp_decompiler *decompiler,
				 const struct stp_conditions *conditions)
{
	const char *when = stp_conditions_text(decompiler, conditions);

	if (when == NULL && decompiler->open_block == blocks[SCREEN] &&
	    decompiler->open_when != NULL)
		return "session from 1";
	return when;
}

static void add_screening(struct stp_decompiler *decompiler, uint16_t number)
{
	struct stipple_screening_row row = stp_screenings_at(decompiler, number);
	struct stp_conditions conditions = stp_conditions_at(decompiler, STP_IN_SCREENINGS, number);
	struct stp_string *out = decompiler->out;
	struct stp_string text;

	if (row.action == STIPPLE_ACTION_OPERATOR || row.action == STIPPLE_ACTION_PREPARATION)
		return;
	stp_string_init(&text, decompiler->context);
	decompiler->out = &text;
	add_action(decompiler, &row);
	if (row.question == STIPPLE_NONE)
		add_ages(decompiler, &conditions);
	else
		add_screened(decompiler, row.question);
	decompiler->out = out;
	open_block(decompiler, screened_when(decompiler, &conditions), blocks[SCREEN]);
	if (text.length > 0)
		stp_addf(out, "%.*s%s\n", (int)(text.length - 1), text.text,
			 cleared_by(decompiler, &row));
}

/* ---- care ---- */

static const struct {
	const char *word;
	enum stp_verb verb;
} verbs[] = {
	[STIPPLE_VERB_AVOID] = { "avoid", STP_AVOID },
	[STIPPLE_VERB_STOP] = { "stop", STP_STOP },
	[STIPPLE_VERB_DO] = { "do", STP_DO },
	[STIPPLE_VERB_USE] = { "use", STP_USE },
	[STIPPLE_VERB_ONLY] = { "only", STP_ONLY },
	[STIPPLE_VERB_MAY] = { "may", STP_MAY },
	[STIPPLE_VERB_RESUME] = { "resume", STP_RESUME },
	[STIPPLE_VERB_HAVE] = { "", STP_VERBS },
	[STIPPLE_VERB_ASK_PRESCRIBER] = { "ask prescriber about", STP_ASK_PRESCRIBER },
	[STIPPLE_VERB_EXCEPT] = { " except", STP_VERBS },
};

/* Whether the protocol asks if this rule for the day of the visit was kept. */
static bool is_preparation(struct stp_decompiler *decompiler,
			   const struct stipple_protocol_row *protocol,
			   const struct stipple_window_row *window)
{
	const char *name =
		stp_format(decompiler->context, STP_PREPARATION_OF_DAY, verbs[window->verb].word,
			   item_name(decompiler, window->item));

	for (size_t i = 0; i < stp_list_length(decompiler, protocol->screening_list); i++) {
		struct stipple_screening_row row = stp_screenings_at(
			decompiler, stp_list_entry(decompiler, protocol->screening_list, i));
		struct stipple_question_row question;

		if (row.action != STIPPLE_ACTION_PREPARATION || row.question == STIPPLE_NONE)
			continue;
		question = stp_questions_at(decompiler, row.question);
		if (question.item == window->item &&
		    strncmp(stp_name_at(decompiler, question.name), name, strlen(name)) == 0)
			return true;
	}
	return false;
}

static enum block block_of(struct stp_decompiler *decompiler,
			   const struct stipple_protocol_row *protocol,
			   const struct stipple_window_row *row)
{
	bool asked = row->verb == STIPPLE_VERB_AVOID || row->verb == STIPPLE_VERB_STOP;

	switch (row->moment) {
	case STIPPLE_MOMENT_BEFORE: return BEFORE;
	case STIPPLE_MOMENT_AFTER: return AFTER;
	case STIPPLE_MOMENT_EXPECT: return EXPECT;
	default: return asked && !is_preparation(decompiler, protocol, row) ? AFTER : BEFORE;
	}
}

static void add_before(struct stp_decompiler *decompiler, const struct stipple_window_row *row)
{
	bool ends = row->to != 0;
	bool stops = row->verb == STIPPLE_VERB_STOP;
	bool asks = row->verb == STIPPLE_VERB_ASK_PRESCRIBER;

	if (row->from == 0)
		return;
	stp_add(decompiler->out, ends || asks ? " from " : stops ? " " : " for ");
	stp_add_time(decompiler, row->from, stp_floor_seconds);
	if (ends) {
		stp_add(decompiler->out, " to ");
		stp_add_time(decompiler, row->to, stp_floor_seconds);
	}
	if (ends || asks || stops)
		stp_add(decompiler->out, " before");
}

static void add_after(struct stp_decompiler *decompiler, const struct stipple_window_row *row)
{
	bool until = row->until != STIPPLE_NONE;
	bool ends = !until && row->to != STIPPLE_NO_TIME;

	if (row->from != 0) {
		stp_add(decompiler->out, row->verb == STIPPLE_VERB_RESUME ? " after " : " from ");
		stp_add_time(decompiler, row->from, stp_floor_seconds);
	}
	if (ends) {
		stp_add(decompiler->out, row->from != 0 ? " to " : " for ");
		stp_add_time(decompiler, row->to, stp_floor_seconds);
	}
	if (until)
		stp_addf(decompiler->out, " until %s ends", item_name(decompiler, row->until));
	if (until && row->to != 0) {
		stp_add(decompiler->out, " and at least ");
		stp_add_time(decompiler, row->to, stp_floor_seconds);
	}
}

static void add_expected(struct stp_decompiler *decompiler, const struct stipple_window_row *row)
{
	if (row->from != 0) {
		stp_add(decompiler->out, " from ");
		stp_add_time(decompiler, row->from, stp_ceiling_seconds);
	}
	if (row->to != 0) {
		stp_add(decompiler->out, row->from != 0 ? " to " : " for ");
		stp_add_time(decompiler, row->to, stp_ceiling_seconds);
	}
}

/* Whom a prescriber is asked for is not in a pack; something that is screened must stand there. */
static void add_asked_for(struct stp_decompiler *decompiler,
			  const struct stipple_protocol_row *protocol)
{
	for (size_t i = 0; i < stp_list_length(decompiler, protocol->screening_list); i++) {
		struct stipple_screening_row row = stp_screenings_at(
			decompiler, stp_list_entry(decompiler, protocol->screening_list, i));
		struct stipple_question_row question;

		if (row.question == STIPPLE_NONE)
			continue;
		question = stp_questions_at(decompiler, row.question);
		if (question.preparation != 0 || question.item == STIPPLE_NONE)
			continue;
		stp_addf(decompiler->out, " in %s", item_name(decompiler, question.item));
		return;
	}
	stp_refuse(decompiler, "a question to a prescriber about nobody who is screened");
}

static void add_window(struct stp_decompiler *decompiler,
		       const struct stipple_protocol_row *protocol,
		       const struct stipple_window_row *row)
{
	if (row->verb == STIPPLE_VERB_ASK_PRESCRIBER)
		add_asked_for(decompiler, protocol);
	if (row->moment == STIPPLE_MOMENT_DAY)
		stp_add(decompiler->out, " on the day");
	else if (row->moment == STIPPLE_MOMENT_BEFORE)
		add_before(decompiler, row);
	else if (row->moment == STIPPLE_MOMENT_AFTER)
		add_after(decompiler, row);
	else
		add_expected(decompiler, row);
	if (row->every != 0) {
		stp_add(decompiler->out, " every ");
		stp_add_time(decompiler, row->every, stp_ceiling_seconds);
	}
	stp_add(decompiler->out,
		row->verb == STIPPLE_VERB_ASK_PRESCRIBER
			? "  # of whom the pack does not say; the condition here is made up\n"
			: "\n");
}

/* Whether b is a's statement said of another item, or what is taken out of it. */
static bool goes_on(const struct stipple_window_row *a, const struct stipple_window_row *b)
{
	struct stipple_window_row same = *b;

	same.item = a->item;
	same.verb = a->verb;
	return memcmp(a, &same, sizeof same) == 0 &&
	       (b->verb == STIPPLE_VERB_EXCEPT ||
		(a->verb == b->verb && a->verb < STIPPLE_VERB_HAVE)) &&
	       a->chain == STIPPLE_LAST;
}

/* The statement that the list's entry n begins; how many entries it takes. */
static size_t add_care(struct stp_decompiler *decompiler,
		       const struct stipple_protocol_row *protocol, size_t n)
{
	uint16_t number = stp_list_entry(decompiler, protocol->window_list, n);
	struct stipple_window_row row = stp_windows_at(decompiler, number), next = row;
	struct stp_conditions conditions = stp_conditions_at(decompiler, STP_IN_WINDOWS, number);
	size_t count = stp_list_length(decompiler, protocol->window_list);
	size_t taken = 1;

	if (row.verb == 0 || row.verb >= STIPPLE_VERB_EXCEPT) {
		stp_refuse(decompiler, "a rule without a verb");
		return 1;
	}
	open_block(decompiler, stp_conditions_text(decompiler, &conditions),
		   blocks[block_of(decompiler, protocol, &row)]);
	stp_addf(decompiler->out, "    %s%s%s", verbs[row.verb].word,
		 row.verb == STIPPLE_VERB_HAVE ? "" : " ", item_name(decompiler, row.item));
	for (; n + taken < count; taken++) {
		unsigned verb = next.verb;

		next = stp_windows_at(decompiler,
				      stp_list_entry(decompiler, protocol->window_list, n + taken));
		if (!goes_on(&row, &next) ||
		    (verb == STIPPLE_VERB_EXCEPT && next.verb != STIPPLE_VERB_EXCEPT))
			break;
		stp_addf(decompiler->out, "%s %s", next.verb != verb ? " except" : ",",
			 item_name(decompiler, next.item));
	}
	add_window(decompiler, protocol, &row);
	return taken;
}

void stp_decompile_rules(struct stp_decompiler *decompiler,
			 const struct stipple_protocol_row *protocol)
{
	size_t count = stp_list_length(decompiler, protocol->screening_list);

	decompiler->open_block = decompiler->open_when = NULL;
	for (size_t i = 0; i < count; i++)
		add_screening(decompiler, stp_list_entry(decompiler, protocol->screening_list, i));
	count = stp_list_length(decompiler, protocol->window_list);
	for (size_t i = 0; i < count && decompiler->refused == NULL;)
		i += add_care(decompiler, protocol, i);
	close_block(decompiler);
}
