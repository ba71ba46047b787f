/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A calendar file (iCalendar, RFC 5545) with a reminder for each day on which a client has to begin
 * something before the visit, or can go back to something after it. Events of whole days that take
 * no time from anybody; their titles are neutral, since calendars are shared. The hours of the
 * first days are the sheet's business.
 *
 * A UID is made of the protocol, the first rule of the day and the visit, and SEQUENCE of the
 * version, so that a newer file replaces the reminders of an older one.
 */
#include "emit/sheet.h"

#include <inttypes.h>
#include <string.h>

#define EVENTS_MAX  8
#define LINE_MAX    75     /* octets */
#define REMINDED_AT "PT9H" /* 9 in the morning of the event's day */

struct event {
	int64_t day; /* counted from the visit */
	const struct stp_care_rule *first;
	const char *description;
};

struct events {
	struct stp_sheet *sheet;
	struct event *items;
	size_t count, room;
};

/* ---- lines ---- */

/* The bytes of the character that text begins with. */
static size_t character(const char *text)
{
	size_t bytes = 1;

	while (((unsigned char)text[bytes] & 0xC0) == 0x80)
		bytes++;
	return bytes;
}

/* A line, folded where it is too long and never inside a character. */
static void add_line(struct stp_string *out, const char *line)
{
	size_t used = 0;

	while (*line) {
		size_t bytes = character(line);

		if (used + bytes > LINE_MAX) {
			stp_add(out, "\r\n ");
			used = 1;
		}
		stp_add_bytes(out, line, bytes);
		used += bytes;
		line += bytes;
	}
	stp_add(out, "\r\n");
}

static void add_text(struct stp_sheet *sheet, struct stp_string *out, const char *name,
		     const char *text)
{
	struct stp_string line;

	stp_string_init(&line, sheet->context);
	stp_addf(&line, "%s:", name);
	for (; *text; text++) {
		if (*text == '\n') {
			stp_add(&line, "\\n");
			continue;
		}
		if (strchr("\\;,", *text))
			stp_add(&line, "\\");
		stp_add_bytes(&line, text, 1);
	}
	add_line(out, line.text);
}

/* ---- which days ---- */

/* The event of a day; the first rule on it names it. */
static struct event *event_on(struct events *events, int64_t day, const struct stp_care_rule *rule)
{
	size_t place = 0;

	while (place < events->count && events->items[place].day < day)
		place++;
	if (place < events->count && events->items[place].day == day)
		return &events->items[place];
	events->items = stp_grow(events->sheet->context, events->items, events->count,
				 &events->room, sizeof *events->items);
	memmove(&events->items[place + 1], &events->items[place],
		(events->count++ - place) * sizeof *events->items);
	events->items[place] = (struct event){ .day = day, .first = rule };
	return &events->items[place];
}

static void add_event(struct events *events, int64_t day, const struct stp_care_rule *rule,
		      const char *said)
{
	struct event *event = event_on(events, day, rule);

	event->description = event->description ? stp_format(events->sheet->context, "%s\n%s",
							     event->description, said)
						: said;
}

/* What is to be stopped before a day is told on the day before it. */
static void add_before(struct events *events, const struct stp_care_rule *rule)
{
	int64_t day;

	if (rule->window.from.count == 0 || rule->window.on_the_day || rule->verb == STP_USE ||
	    rule->verb == STP_DO || rule->verb == STP_MAY)
		return;
	day = stp_edge_first_day(events->sheet, stp_edge_before(rule->window.from));
	add_event(events, rule->verb == STP_STOP ? day - 1 : day, rule,
		  stp_rule_words(events->sheet, rule));
}

/* What one can go back to at one time. What is for some clients alone is the sheet's business. */
static void add_return(struct events *events, const struct stp_return *returns, size_t count)
{
	struct stp_sheet *sheet = events->sheet;
	const char **items = stp_alloc_array(sheet->context, count, sizeof *items);
	const struct stp_care_rule *first = NULL;
	size_t named = 0;

	for (size_t i = 0; i < count; i++) {
		if (returns[i].rule->when || returns[i].longer_for_some)
			continue;
		if (!first)
			first = returns[i].rule;
		items[named++] = stp_term_words(sheet, returns[i].term);
	}
	if (first && returns->over.unit >= STP_DAY)
		add_event(events, stp_again_day(sheet, returns->over), first,
			  stp_list_sentences(sheet, STP_PHRASE_day_again, STP_PHRASE_day_again,
					     items, named));
}

static void add_returns(struct events *events)
{
	struct stp_return *returns;
	size_t total = stp_returns(events->sheet, &returns);

	for (size_t begin = 0, end = 0; begin < total; begin = end) {
		while (end < total &&
		       stp_duration_compare(returns[end].over, returns[begin].over) == 0)
			end++;
		add_return(events, returns + begin, end - begin);
	}
}

/* What would be too many are the last ones: who is not reminded of them avoids things longer. */
static void collect(struct events *events)
{
	const struct stp_protocol *protocol = events->sheet->protocol;

	for (size_t i = 0; i < protocol->care_count; i++)
		if (!protocol->care[i].after)
			add_before(events, &protocol->care[i]);
	add_returns(events);
	if (events->count > EVENTS_MAX)
		events->count = EVENTS_MAX;
}

/* ---- the file ---- */

static const char *date_digits(const struct stp_sheet *sheet, struct stp_date date)
{
	return stp_format(sheet->context, "%04u%02u%02u", (unsigned)date.year, (unsigned)date.month,
			  (unsigned)date.day);
}

/* RFC 5545, 3.8.7.2: every event has a stamp that is a date; a protocol need not say its own. */
static const char *stamp_digits(const struct stp_sheet *sheet)
{
	struct stp_date updated = sheet->protocol->updated;

	return date_digits(sheet, updated.year > 0 ? updated : stp_date_from_day(0));
}

/* The names of the language's own statements may have a space; a UID has none. */
static const char *uid(const struct stp_sheet *sheet, const struct event *event)
{
	const struct stp_moment visit = *sheet->options->visit;
	const struct stp_care_rule *rule = event->first;
	int64_t minute = stp_moment_second_of_day(visit) / 60;
	const char *verb = stp_verb_names[rule->verb];

	return stp_format(
		sheet->context, "%s.%s.%.*s.%s.%sT%02u%02u@%s", sheet->protocol->name,
		rule->after ? "after" : "before", (int)strcspn(verb, " "), verb,
		rule->terms[0]->name, date_digits(sheet, stp_date_from_day(stp_moment_day(visit))),
		(unsigned)(minute / 60), (unsigned)(minute % 60), sheet->options->clinic->name);
}

static const char *description(const struct stp_sheet *sheet, const struct event *event)
{
	const struct stp_words *words = &sheet->words;
	const char *said =
		stp_format(sheet->context, "%s\n%s", event->description,
			   stp_sentence(words, SAY(sheet, glance_help, "telephone",
						   sheet->options->clinic->telephone, NULL)));

	const char *refused = stp_refused_line(sheet);

	if (refused)
		said = stp_format(sheet->context, "%s\n%s", refused, said);
	if (sheet->protocol->status != STP_DRAFT)
		return said;
	return stp_format(sheet->context, "%s\n%s", SAY(sheet, draft_notice, NULL), said);
}

static void write_event(struct stp_sheet *sheet, const struct event *event, struct stp_string *out)
{
	const struct stp_protocol *protocol = sheet->protocol;
	int64_t day = stp_moment_day(*sheet->options->visit) + event->day;
	const char *title = event->first->after ? SAY(sheet, calendar_after, NULL)
						: SAY(sheet, calendar_before, NULL);

	add_line(out, "BEGIN:VEVENT");
	add_text(sheet, out, "UID", uid(sheet, event));
	stp_addf(out, "DTSTAMP:%sT000000Z\r\n", stamp_digits(sheet));
	stp_addf(out, "SEQUENCE:%lu\r\n",
		 protocol->version[0] * 10000ul + protocol->version[1] * 100ul +
			 protocol->version[2]);
	stp_addf(out, "DTSTART;VALUE=DATE:%s\r\n", date_digits(sheet, stp_date_from_day(day)));
	stp_addf(out, "DTEND;VALUE=DATE:%s\r\n", date_digits(sheet, stp_date_from_day(day + 1)));
	add_text(sheet, out, "SUMMARY", stp_capital(&sheet->words, title));
	add_text(sheet, out, "DESCRIPTION", description(sheet, event));
	add_line(out, "TRANSP:TRANSPARENT");
	add_line(out, "BEGIN:VALARM");
	add_line(out, "ACTION:DISPLAY");
	add_line(out, "TRIGGER:" REMINDED_AT);
	add_text(sheet, out, "DESCRIPTION", stp_capital(&sheet->words, title));
	add_line(out, "END:VALARM");
	add_line(out, "END:VEVENT");
}

bool stp_emit_calendar(struct stp_context *context, const struct stp_model *model,
		       const struct stp_protocol *protocol, const struct stp_sheet_options *options,
		       struct stp_string *out)
{
	struct stp_sheet sheet;
	struct events events = { .sheet = &sheet };

	if (!stp_build_handout(&sheet, context, model, protocol, options))
		return false;
	collect(&events);
	add_line(out, "BEGIN:VCALENDAR");
	add_line(out, "VERSION:2.0");
	add_line(out, "PRODID:-//Stipple//Handouts//EN");
	add_line(out, "CALSCALE:GREGORIAN");
	for (size_t i = 0; i < events.count; i++)
		write_event(&sheet, &events.items[i], out);
	add_line(out, "END:VCALENDAR");
	return true;
}
