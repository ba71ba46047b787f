/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The next visit: when to come again. The device judges an interval by the session that begins
 * (language reference, 7.3), so a sheet for the visit of session 1 says what holds of session 2.
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

static const char *next_visit_words(const struct stp_sheet *sheet, const struct stp_course *course)
{
	if (course->apart_low.count == 0 || course->apart_high.count == 0)
		return SAY(sheet, next_visit_ask, NULL);
	return between_words(sheet, course->apart_low, course->apart_high);
}

/* Who must wait longer reads it here too: the device will not begin sooner. */
static void add_later_visits(struct stp_sheet *sheet, const struct stp_protocol *protocol)
{
	for (size_t i = 0; i < protocol->course_rule_count; i++) {
		const struct stp_course_rule *rule = &protocol->course_rules[i];
		struct stp_saying saying = { NULL };

		if (!stp_rule_parts_sessions(rule, &protocol->course))
			continue;
		saying.rule = between_words(sheet, rule->apart_low, rule->apart_high);
		saying.condition = stp_course_condition_words(sheet, rule->when);
		stp_bullet(&sheet->document, stp_say_rule(sheet, &saying));
	}
}

/* How many visits there are, "About the treatment" has said where it stands on the sheet. */
void stp_section_next_visit(struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = before_next_visit(sheet);
	const struct stp_course *course = &protocol->course;
	const struct stp_words *words = &sheet->words;

	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_next_visit);
	stp_sheet_sentences(sheet, next_visit_words(sheet, course), NULL);
	add_later_visits(sheet, protocol);
	if (course->sessions_high > 0 && sheet->options->kind != STP_SHEET_HANDOUT)
		stp_sheet_sentences(sheet,
				    SAY(sheet, next_visit_course, "visits",
					stp_say_range(words, STP_COUNTED_visits,
						      course->sessions_low, course->sessions_high),
					NULL),
				    NULL);
	if (course->then_every.count > 0)
		stp_sheet_sentences(sheet,
				    SAY(sheet, next_visit_then, "time",
					stp_time_words(words, course->then_every), NULL),
				    NULL);
}
