/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When a rule holds, in words. Hours are elapsed time: "for 24 hours", or a date and a time of day
 * once the visit is known. Days and longer are calendar days, to the end of the last one: "until
 * the end of day 5", or a date. Day 0 is the day of the visit. (language reference, "Time")
 */
#include "emit/sheet.h"

#include <string.h>

static bool is_whole_days(enum stp_time_unit unit)
{
	return unit >= STP_DAY;
}

static struct stp_edge edge(struct stp_duration time, int sign)
{
	int64_t seconds = stp_interval_seconds(time);

	if (is_whole_days(time.unit))
		return (struct stp_edge){ .whole_day = true,
					  .day = sign * (seconds / STP_DAY_SECONDS) };
	return (struct stp_edge){ .seconds = sign * seconds };
}

struct stp_edge stp_edge_after(struct stp_duration time)
{
	return edge(time, 1);
}

struct stp_edge stp_edge_before(struct stp_duration time)
{
	return edge(time, -1);
}

/* ---- days on which edges fall ---- */

/* The day of the visit is 0, also for seconds before it. */
static int64_t day_of_second(int64_t second)
{
	return second >= 0 ? second / STP_DAY_SECONDS
			   : -((-second + STP_DAY_SECONDS - 1) / STP_DAY_SECONDS);
}

/* The seconds from the begin of the visit's day to an exact edge, on the wall clock. */
static int64_t wall_second(const struct stp_sheet *sheet, int64_t seconds)
{
	const struct stp_moment visit = *sheet->options->visit;
	struct stp_moment moment = { visit.seconds + seconds };

	if (sheet->zone)
		moment = stp_moment_after(sheet->zone, visit, seconds);
	return moment.seconds - stp_moment_day(visit) * STP_DAY_SECONDS;
}

int64_t stp_edge_first_day(const struct stp_sheet *sheet, struct stp_edge edge)
{
	if (edge.whole_day)
		return edge.day;
	return day_of_second(sheet->options->visit ? wall_second(sheet, edge.seconds)
						   : edge.seconds);
}

/*
 * An edge at midnight still ends the day before it. A visit at an unknown time may have been as
 * late as the last minute of its day; what ends within 12 hours is over before the client's next
 * morning, and belongs to the day of the visit.
 */
int64_t stp_edge_last_day(const struct stp_sheet *sheet, struct stp_edge edge)
{
	if (edge.whole_day)
		return edge.day;
	if (sheet->options->visit)
		return day_of_second(wall_second(sheet, edge.seconds) - 1);
	if (edge.seconds <= STP_DAY_SECONDS / 2)
		return 0;
	return day_of_second(edge.seconds + STP_DAY_SECONDS - 60 - 1);
}

/* ---- dates ---- */

#define LAST_DAY 2932896 /* 31 December 9999 */
/* Nobody asks which year is meant within so many days of the visit. */
#define NEAR_DAYS 60

const char *stp_visit_date_words(const struct stp_sheet *sheet, int64_t day)
{
	int64_t visit_day = stp_moment_day(*sheet->options->visit);

	if (day < -visit_day || day > LAST_DAY - visit_day) {
		stp_help(sheet->context,
			 stp_report(sheet->context, STP_D_sheet_date, sheet->protocol->name_span,
				    "a rule of '%s' reaches beyond the years 1970 to 9999",
				    sheet->protocol->name),
			 "look at the date after --visit");
		return "";
	}
	return stp_date_words(&sheet->words, visit_day + day,
			      day < -NEAR_DAYS || day > NEAR_DAYS ||
				      stp_date_from_day(visit_day + day).year !=
					      stp_date_from_day(visit_day).year);
}

/* As a device asked at the visit counts: from the begin of the event's date. */
const char *stp_wait_date_words(const struct stp_sheet *sheet, struct stp_duration wait)
{
	int64_t last_day = day_of_second(wall_second(sheet, -stp_wait_seconds(wait)));

	return stp_visit_date_words(sheet, last_day + 1);
}

const char *stp_visit_moment_words(const struct stp_sheet *sheet)
{
	const struct stp_moment visit = *sheet->options->visit;
	int64_t second = stp_moment_second_of_day(visit);
	const char *date = stp_date_words(&sheet->words, stp_moment_day(visit), true);

	return SAY(sheet, date_clock, "date", date, "clock", stp_clock_words(&sheet->words, second),
		   NULL);
}

/* "Wednesday 2 December, 10 am"; at midnight the day that begins. */
static const char *moment_words(const struct stp_sheet *sheet, int64_t seconds)
{
	int64_t second = wall_second(sheet, seconds);
	int64_t day = day_of_second(second);
	const char *date = stp_visit_date_words(sheet, day);

	if (second == day * STP_DAY_SECONDS)
		return date;
	return SAY(sheet, date_clock, "date", date, "clock",
		   stp_clock_words(&sheet->words, second - day * STP_DAY_SECONDS), NULL);
}

static bool is_midnight(const struct stp_sheet *sheet, struct stp_edge edge)
{
	int64_t second = wall_second(sheet, edge.seconds);

	return second % STP_DAY_SECONDS == 0;
}

/* Whether the end of an edge is best named as the end of a day. */
static bool ends_a_day(const struct stp_sheet *sheet, struct stp_edge edge)
{
	return edge.whole_day || (sheet->options->visit && is_midnight(sheet, edge));
}

static const char *day_words(const struct stp_sheet *sheet, int64_t day)
{
	return stp_format(sheet->context, "%lld", (long long)day);
}

/* ---- after the visit ---- */

/* The words of an end: "until the end of day 5", "... of DATE", "until DATE, TIME", in hours. */
struct end_phrases {
	enum stp_phrase_id day, date, moment, time;
};

static const char *end_words(const struct stp_sheet *sheet, struct stp_duration time,
			     struct end_phrases phrases)
{
	const struct stp_words *words = &sheet->words;
	struct stp_edge edge = stp_edge_after(time);
	int64_t last_day = stp_edge_last_day(sheet, edge);

	if (ends_a_day(sheet, edge))
		return sheet->options->visit
			       ? stp_say(words, phrases.date, "date",
					 stp_visit_date_words(sheet, last_day), NULL)
			       : stp_say(words, phrases.day, "n", day_words(sheet, last_day), NULL);
	if (sheet->options->visit)
		return stp_say(words, phrases.moment, "moment", moment_words(sheet, edge.seconds),
			       NULL);
	return stp_say(words, phrases.time, "time", stp_time_words(words, time), NULL);
}

const char *stp_until_words(const struct stp_sheet *sheet, struct stp_duration time)
{
	return end_words(sheet, time,
			 (struct end_phrases){ STP_PHRASE_until_day, STP_PHRASE_until_date,
					       STP_PHRASE_until_moment, STP_PHRASE_for_time });
}

/* As stp_until_words, behind a "from": hours are then counted from the visit, in so many words. */
static const char *until_later_words(const struct stp_sheet *sheet, struct stp_duration time)
{
	return end_words(sheet, time,
			 (struct end_phrases){ STP_PHRASE_until_day, STP_PHRASE_until_date,
					       STP_PHRASE_until_moment, STP_PHRASE_until_time });
}

const char *stp_by_words(const struct stp_sheet *sheet, struct stp_duration time)
{
	return end_words(sheet, time,
			 (struct end_phrases){ STP_PHRASE_by_day, STP_PHRASE_by_date,
					       STP_PHRASE_by_moment, STP_PHRASE_by_time });
}

static const char *from_day_words(const struct stp_sheet *sheet, int64_t day)
{
	if (sheet->options->visit)
		return SAY(sheet, from_moment, "moment", stp_visit_date_words(sheet, day), NULL);
	return SAY(sheet, from_day, "n", day_words(sheet, day), NULL);
}

const char *stp_from_words(const struct stp_sheet *sheet, struct stp_duration time)
{
	struct stp_edge edge = stp_edge_after(time);

	if (edge.whole_day)
		return from_day_words(sheet, edge.day);
	if (sheet->options->visit)
		return SAY(sheet, from_moment, "moment", moment_words(sheet, edge.seconds), NULL);
	return SAY(sheet, from_time, "time", stp_time_words(&sheet->words, time), NULL);
}

const char *stp_once_over_words(const struct stp_sheet *sheet, struct stp_duration time)
{
	struct stp_edge edge = stp_edge_after(time);

	return edge.whole_day ? from_day_words(sheet, edge.day + 1) : stp_from_words(sheet, time);
}

static const char *until_effect_words(const struct stp_sheet *sheet,
				      const struct stp_window *window)
{
	const char *effect = stp_term_words(sheet, window->until_effect);

	if (window->at_least.count > 0)
		return SAY(sheet, until_effect_least, "least",
			   stp_until_words(sheet, window->at_least), "effect", effect, NULL);
	if (window->usually_by.count > 0)
		return SAY(sheet, until_effect_by, "effect", effect, "by",
			   stp_by_words(sheet, window->usually_by), NULL);
	return SAY(sheet, until_effect, "effect", effect, NULL);
}

struct stp_duration stp_window_end(const struct stp_window *window)
{
	if (!window->until_effect)
		return window->to;
	if (window->usually_by.count == 0 ||
	    (window->at_least.count > 0 &&
	     stp_duration_compare(window->at_least, window->usually_by) > 0))
		return window->at_least;
	return window->usually_by;
}

bool stp_ends_before(const struct stp_care_rule *a, const struct stp_care_rule *b)
{
	struct stp_duration end = stp_window_end(&a->window);
	struct stp_duration other = stp_window_end(&b->window);

	if (end.count == 0 || other.count == 0)
		return end.count > 0 && other.count == 0;
	return stp_duration_compare(end, other) < 0;
}

const char *stp_end_words(const struct stp_sheet *sheet, const struct stp_care_rule *rule)
{
	const struct stp_window *window = &rule->window;

	if (window->until_effect)
		return until_effect_words(sheet, window);
	if (window->to.count == 0)
		return NULL;
	return window->from.count > 0 ? until_later_words(sheet, window->to)
				      : stp_until_words(sheet, window->to);
}

/* A window of days that is one day alone: "on day 4"; else NULL. */
static const char *one_day_words(const struct stp_sheet *sheet, const struct stp_window *window)
{
	struct stp_edge from = stp_edge_after(window->from), to = stp_edge_after(window->to);

	if (window->until_effect || !from.whole_day || !to.whole_day || from.day != to.day)
		return NULL;
	return sheet->options->visit
		       ? SAY(sheet, on_date, "date", stp_visit_date_words(sheet, from.day), NULL)
		       : SAY(sheet, on_day, "n", day_words(sheet, from.day), NULL);
}

static const char *after_words(const struct stp_sheet *sheet, const struct stp_care_rule *rule)
{
	const struct stp_window *window = &rule->window;

	if (window->on_the_day)
		return SAY(sheet, on_the_day, NULL);
	if (rule->verb == STP_RESUME && window->from.count > 0) {
		const char *when = stp_once_over_words(sheet, window->from);

		return stp_resumes_later_for_some(sheet, rule)
			       ? SAY(sheet, unless_longer, "when", when, NULL)
			       : when;
	}
	const char *until = stp_end_words(sheet, rule);
	if (window->from.count == 0)
		return until;
	const char *day = one_day_words(sheet, window);
	if (day)
		return day;
	const char *from = stp_from_words(sheet, window->from);
	return until ? SAY(sheet, from_until, "from", from, "until", until, NULL) : from;
}

/* ---- before the visit ---- */

/* The moment before the visit, which is known: a date, with the time of day for hours. */
static const char *moment_before(const struct stp_sheet *sheet, struct stp_duration time)
{
	struct stp_edge edge = stp_edge_before(time);

	return edge.whole_day ? stp_visit_date_words(sheet, edge.day)
			      : moment_words(sheet, edge.seconds);
}

/* For what has one latest time: the last use of what is stopped, a question to a prescriber. */
static const char *deadline_words(const struct stp_sheet *sheet, const struct stp_care_rule *rule)
{
	if (!sheet->options->visit)
		return SAY(sheet, before_at_least, "time",
			   stp_time_words(&sheet->words, rule->window.from), NULL);
	const char *moment = moment_before(sheet, rule->window.from);
	return rule->verb == STP_STOP ? SAY(sheet, before_moment, "moment", moment, NULL)
				      : SAY(sheet, by_deadline, "moment", moment, NULL);
}

static const char *before_known(const struct stp_sheet *sheet, const struct stp_window *window)
{
	const char *until = window->to.count > 0 ? moment_before(sheet, window->to) : NULL;

	if (window->from.count == 0)
		return SAY(sheet, until_date, "date", until, NULL);
	const char *from = moment_before(sheet, window->from);
	if (!until)
		return SAY(sheet, before_from_moment, "moment", from, NULL);
	return strcmp(from, until) == 0
		       ? SAY(sheet, on_date, "date", from, NULL)
		       : SAY(sheet, between_moments, "from", from, "until", until, NULL);
}

static const char *before_unknown(const struct stp_sheet *sheet, const struct stp_window *window)
{
	const char *until = stp_time_words(&sheet->words, window->to);
	const char *from = stp_time_words(&sheet->words, window->from);

	if (window->from.count == 0)
		return SAY(sheet, before_until_time, "time", until, NULL);
	if (window->to.count == 0)
		return SAY(sheet, before_from_time, "time", from, NULL);
	return strcmp(from, until) == 0
		       ? SAY(sheet, before_at, "time", from, NULL)
		       : SAY(sheet, between_times, "from", from, "until", until, NULL);
}

static const char *before_words(const struct stp_sheet *sheet, const struct stp_care_rule *rule)
{
	const struct stp_window *window = &rule->window;
	bool deadline = rule->verb == STP_STOP || rule->verb == STP_ASK_PRESCRIBER;

	if (window->on_the_day)
		return sheet->by_day ? NULL : SAY(sheet, on_the_day, NULL);
	if (window->from.count == 0 && window->to.count == 0)
		return NULL;
	if (deadline && window->to.count == 0)
		return deadline_words(sheet, rule);
	return sheet->options->visit ? before_known(sheet, window) : before_unknown(sheet, window);
}

const char *stp_window_words(const struct stp_sheet *sheet, const struct stp_care_rule *rule)
{
	return rule->after ? after_words(sheet, rule) : before_words(sheet, rule);
}
