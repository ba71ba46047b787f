/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The next visit: when to come again. The device judges an interval by the session that begins
 * (language reference, 7.3), so a sheet for the visit of session 1 says what holds of session 2.
 * Where the sheet knows which visit it is for, it also knows whether another one follows, and
 * whether that is of the course or after it.
 */
#include "emit/sheet.h"

static const char *session_words(const struct stp_sheet *sheet, uint16_t low, uint16_t high)
{
	if (low == high)
		return SAY(sheet, condition_next_visit, "n", stp_whole(&sheet->words, low), NULL);
	if (high == STP_ANY_HIGH)
		return SAY(sheet, condition_next_visit_from, "n", stp_whole(&sheet->words, low),
			   NULL);
	return SAY(sheet, condition_next_visits, "low", stp_whole(&sheet->words, low), "high",
		   stp_whole(&sheet->words, high), NULL);
}

const char *stp_course_condition_words(const struct stp_sheet *sheet,
				       const struct stp_condition *condition)
{
	struct stp_condition others = *condition;
	const char *session, *said;

	if (condition->session_low <= 1 && condition->session_high == STP_ANY_HIGH)
		return stp_condition_words(sheet, condition);
	others.session_low = 1;
	others.session_high = STP_ANY_HIGH;
	session = session_words(sheet, condition->session_low, condition->session_high);
	said = stp_condition_words(sheet, &others);
	return said ? SAY(sheet, list_and, "list", session, "item", said, NULL) : session;
}

static uint16_t session_after(uint16_t session)
{
	return session == STP_ANY_HIGH ? session : (uint16_t)(session + 1);
}

/* The course between the visit of the sheet and the one after it. */
static const struct stp_protocol *before_next_visit(const struct stp_sheet *sheet)
{
	const struct stp_client *client = sheet->options->client;

	if (!client)
		return sheet->protocol;
	return stp_protocol_before(sheet, session_after(client->session_low),
				   session_after(client->session_high));
}

static const char *between_words(const struct stp_sheet *sheet, struct stp_duration low,
				 struct stp_duration high)
{
	int64_t first = stp_interval_seconds(low) / STP_DAY_SECONDS;
	int64_t last = stp_interval_seconds(high) / STP_DAY_SECONDS;

	if (!sheet->options->visit)
		return SAY(sheet, next_visit_time, "time", stp_time_range(&sheet->words, low, high),
			   NULL);
	if (first == last)
		return SAY(sheet, next_visit_on, "date", stp_visit_date_words(sheet, first), NULL);
	return SAY(sheet, next_visit_date, "first", stp_visit_date_words(sheet, first), "last",
		   stp_visit_date_words(sheet, last), NULL);
}

/* ---- what follows ---- */

enum follows {
	MORE_OF_COURSE, /* or it is not known */
	PERHAPS_MORE,   /* as many as the course must have are over */
	AFTER_COURSE,   /* the course is over, and one comes at longer intervals */
	COURSE_OVER,
	LIMIT_REACHED,
};

/* Whether anybody comes after the course: its limit may leave no session for that. */
static bool goes_on(const struct stp_course *course)
{
	return course->then_every.count > 0 &&
	       (course->sessions_limit == 0 || course->sessions_limit > course->sessions_high);
}

/* What follows the visit of the sheet: of a session that is given, or of any. */
static enum follows follows(const struct stp_sheet *sheet, const struct stp_course *course)
{
	const struct stp_client *client = sheet->options->client;
	uint16_t session = client ? client->session_low : 1;
	bool known = client && client->session_low == client->session_high;

	if (known && course->sessions_limit > 0 && session >= course->sessions_limit)
		return LIMIT_REACHED;
	if (course->sessions_high == 0)
		return MORE_OF_COURSE;
	if (session >= course->sessions_high && goes_on(course))
		return AFTER_COURSE;
	if (known && session >= course->sessions_high)
		return COURSE_OVER;
	return known && session >= course->sessions_low ? PERHAPS_MORE : MORE_OF_COURSE;
}

static struct stp_duration longer(struct stp_duration one, struct stp_duration other)
{
	return stp_interval_seconds(one) >= stp_interval_seconds(other) ? one : other;
}

/* After the course, the least interval holds as well. */
static struct stp_duration time_after_course(const struct stp_course *course)
{
	return longer(course->then_every, course->apart_low);
}

/* ---- when to come ---- */

static const char *of_course_words(const struct stp_sheet *sheet, const struct stp_course *course)
{
	if (course->apart_low.count == 0 || course->apart_high.count == 0)
		return SAY(sheet, next_visit_ask, NULL);
	return between_words(sheet, course->apart_low, course->apart_high);
}

static const char *after_course_words(const struct stp_sheet *sheet,
				      const struct stp_course *course)
{
	struct stp_duration time = time_after_course(course);
	const char *said = stp_every_words(&sheet->words, time, time);
	int64_t day = stp_interval_seconds(time) / STP_DAY_SECONDS;

	if (!sheet->options->visit)
		return SAY(sheet, next_visit_every, "every", said, NULL);
	return SAY(sheet, next_visit_every_date, "every", said, "date",
		   stp_visit_date_words(sheet, day), NULL);
}

static const char *next_visit_words(const struct stp_sheet *sheet, const struct stp_course *course,
				    enum follows next)
{
	switch (next) {
	case PERHAPS_MORE:
		return SAY(sheet, rule_if, "condition", SAY(sheet, next_visit_planned, NULL),
			   "rule", of_course_words(sheet, course), NULL);
	case AFTER_COURSE: return after_course_words(sheet, course);
	case COURSE_OVER: return SAY(sheet, next_visit_done, NULL);
	case LIMIT_REACHED: return SAY(sheet, next_visit_none, NULL);
	case MORE_OF_COURSE: break;
	}
	return of_course_words(sheet, course);
}

/* Whether a rule lets the client of the sheet come no more after its visit. */
static bool ends_course(const struct stp_sheet *sheet, const struct stp_course_rule *rule)
{
	const struct stp_client *client = sheet->options->client;

	return rule->sessions_limit > 0 && client && client->session_low >= rule->sessions_limit;
}

/* Who must wait longer, or comes no more, reads it here too: the device will not begin sooner. */
static void add_later_visits(struct stp_sheet *sheet, const struct stp_protocol *protocol,
			     enum follows next)
{
	struct stp_duration least = next == AFTER_COURSE ? time_after_course(&protocol->course)
							 : protocol->course.apart_low;

	for (size_t i = 0; i < protocol->course_rule_count; i++) {
		const struct stp_course_rule *rule = &protocol->course_rules[i];
		struct stp_saying saying = { NULL };

		if (ends_course(sheet, rule))
			saying.rule = SAY(sheet, next_visit_none, NULL);
		else if (stp_interval_seconds(rule->apart_low) > stp_interval_seconds(least))
			saying.rule = between_words(sheet, rule->apart_low, rule->apart_high);
		else
			continue;
		saying.condition = stp_course_condition_words(sheet, rule->when);
		stp_bullet(&sheet->document, stp_say_rule(sheet, &saying));
	}
}

/* How often to come once the course is over, which nobody shall take for the next visit. */
static void add_after_course(struct stp_sheet *sheet, const struct stp_course *course)
{
	const struct stp_words *words = &sheet->words;
	struct stp_duration time = time_after_course(course);
	const char *every = stp_every_words(words, time, time);

	if (!goes_on(course))
		return;
	if (course->sessions_high == 0)
		stp_sheet_sentences(sheet, SAY(sheet, next_visit_then, "every", every, NULL), NULL);
	else
		stp_sheet_sentences(sheet,
				    SAY(sheet, next_visit_after_course, "visits",
					stp_say_range(words, STP_COUNTED_visits,
						      course->sessions_low, course->sessions_high),
					"every", every, NULL),
				    NULL);
}

/* How many visits there are, "About the treatment" has said where it stands on the sheet. */
void stp_section_next_visit(struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = before_next_visit(sheet);
	const struct stp_course *course = &protocol->course;
	const enum follows next = follows(sheet, course);

	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_next_visit);
	stp_sheet_sentences(sheet, next_visit_words(sheet, course, next), NULL);
	if (next == COURSE_OVER || next == LIMIT_REACHED)
		return;
	add_later_visits(sheet, protocol, next);
	if (next == AFTER_COURSE)
		return;
	if (course->sessions_high > 0 && sheet->options->kind != STP_SHEET_HANDOUT)
		stp_sheet_sentences(sheet,
				    SAY(sheet, next_visit_course, "visits",
					stp_say_range(&sheet->words, STP_COUNTED_visits,
						      course->sessions_low, course->sessions_high),
					NULL),
				    NULL);
	add_after_course(sheet, course);
}
