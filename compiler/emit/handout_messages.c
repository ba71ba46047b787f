/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Short messages that a clinic can send to a telephone, each under the day to send it on: before
 * the visit what begins, after it what begins and what one can go back to. Telephones lie open on
 * tables, so no message names the treatment, and what depends on a person's health is left to the
 * sheets.
 */
#include "emit/sheet.h"

#include <string.h>

#define MESSAGE_MAX 160 /* what goes out as one message */

struct message {
	int64_t day; /* counted from the visit */
	const char *text;
};

struct messages {
	struct stp_sheet *sheet;
	struct message *items;
	size_t count, room;
};

/* ---- gathering ---- */

/* Behind those of the same day. */
static void insert(struct messages *messages, int64_t day, const char *text)
{
	size_t place = messages->count;

	messages->items = stp_grow(messages->sheet->context, messages->items, messages->count,
				   &messages->room, sizeof *messages->items);
	for (; place > 0 && day < messages->items[place - 1].day; place--)
		messages->items[place] = messages->items[place - 1];
	messages->items[place] = (struct message){ day, text };
	messages->count++;
}

static const char *clinic_name(const struct messages *messages)
{
	const struct stp_clinic *clinic = messages->sheet->options->clinic;

	return clinic->label ? clinic->label : clinic->name;
}

/* The clinic's name is left out where it would make one message two. */
static const char *signed_text(const struct messages *messages, const char *text)
{
	const char *said = SAY(messages->sheet, message_text, "clinic", clinic_name(messages),
			       "text", text, NULL);

	return stp_character_count(said) <= MESSAGE_MAX ? said : text;
}

/* Joins sentences of a day to its last message while they fit in. */
static void add_sentence(struct messages *messages, int64_t day, const char *sentence)
{
	struct stp_sheet *sheet = messages->sheet;

	for (size_t i = messages->count; i-- > 0;) {
		const char *longer;

		if (messages->items[i].day != day)
			continue;
		longer = stp_join(&sheet->words, messages->items[i].text, sentence);
		if (stp_character_count(longer) > MESSAGE_MAX)
			break;
		messages->items[i].text = longer;
		return;
	}
	insert(messages, day, signed_text(messages, sentence));
}

static const char *make_sentence(const struct stp_sheet *sheet, const void *part, size_t first,
				 size_t count)
{
	return stp_part_sentence(sheet, part, first, count);
}

static void add_rule(struct messages *messages, int64_t day, const struct stp_care_rule *rule)
{
	struct stp_sheet *sheet = messages->sheet;
	struct stp_rule_part *parts;
	size_t part_count = stp_rule_parts(sheet, rule, STP_IN_BRIEF, &parts);

	for (size_t i = 0; i < part_count; i++)
		for (size_t first = 0, count; first < parts[i].count; first += count)
			add_sentence(messages, day,
				     stp_short_sentence(sheet, make_sentence, &parts[i], first,
							parts[i].count, &count));
}

/* What depends on the person is not for a message. */
static bool is_for_everyone(const struct stp_care_rule *rule)
{
	return !rule->when && !rule->only_for;
}

/* What is to be stopped before a day is told on the day before it. */
static void add_before(struct messages *messages, const struct stp_care_rule *rule)
{
	int64_t day = stp_edge_first_day(messages->sheet, stp_edge_before(rule->window.from));

	if (rule->window.from.count > 0 && !rule->window.on_the_day)
		add_rule(messages, rule->verb == STP_STOP ? day - 1 : day, rule);
}

/* What begins later; what begins at the visit is on the sheet that the client takes home. */
static void add_after(struct messages *messages, const struct stp_care_rule *rule)
{
	const struct stp_duration from = rule->window.from;

	if (from.count > 0 && rule->verb != STP_RESUME)
		add_rule(messages, stp_edge_first_day(messages->sheet, stp_edge_after(from)), rule);
}

static const char *make_return(const struct stp_sheet *sheet, const void *what, size_t first,
			       size_t count)
{
	const struct stp_return *returns = what;
	const char **items = stp_alloc_array(sheet->context, count, sizeof *items);
	struct stp_saying saying = { .when = stp_once_over_words(sheet, returns[0].over) };

	for (size_t i = 0; i < count; i++)
		items[i] = stp_term_words(sheet, returns[first + i].term);
	saying.rule =
		SAY(sheet, day_again, "terms", stp_list_and(&sheet->words, items, count), NULL);
	return stp_say_rule(sheet, &saying);
}

/* What one can go back to at one time, on the day from which one can. */
static void add_return(struct messages *messages, const struct stp_return *returns, size_t total)
{
	struct stp_sheet *sheet = messages->sheet;

	for (size_t first = 0, count; first < total; first += count)
		add_sentence(messages, stp_again_day(sheet, returns->over),
			     stp_short_sentence(sheet, make_return, returns, first, total, &count));
}

static void add_returns(struct messages *messages)
{
	struct stp_return *all;
	size_t total = stp_returns(messages->sheet, &all);
	size_t count = 0;

	for (size_t i = 0; i < total; i++)
		if (is_for_everyone(all[i].rule) && !all[i].longer_for_some)
			all[count++] = all[i];
	for (size_t begin = 0, end = 0; begin < count; begin = end) {
		while (end < count && stp_duration_compare(all[begin].over, all[end].over) == 0)
			end++;
		add_return(messages, all + begin, end - begin);
	}
}

static const char *reminder(const struct messages *messages)
{
	struct stp_sheet *sheet = messages->sheet;
	const char *clinic = clinic_name(messages);
	const char *telephone = sheet->options->clinic->telephone;

	if (!sheet->options->visit)
		return SAY(sheet, message_visit_soon, "clinic", clinic, "telephone", telephone,
			   NULL);
	return SAY(sheet, message_visit, "clinic", clinic, "moment", stp_visit_moment_words(sheet),
		   "telephone", telephone, NULL);
}

static void collect(struct messages *messages)
{
	struct stp_sheet *sheet = messages->sheet;
	const struct stp_protocol *protocol = sheet->protocol;

	insert(messages, -1, stp_sentence(&sheet->words, reminder(messages)));
	for (size_t i = 0; i < protocol->care_count; i++)
		if (is_for_everyone(&protocol->care[i]))
			(protocol->care[i].after ? add_after : add_before)(messages,
									   &protocol->care[i]);
	add_returns(messages);
	insert(messages, 0,
	       stp_sentence(&sheet->words,
			    SAY(sheet, message_help, "clinic", clinic_name(messages), "telephone",
				sheet->options->clinic->telephone, "emergency",
				sheet->options->clinic->emergency, NULL)));
}

/* ---- writing ---- */

static const char *send_words(const struct stp_sheet *sheet, int64_t day)
{
	struct stp_duration away = { (uint32_t)(day < 0 ? -day : day), STP_DAY };

	if (sheet->options->visit)
		return SAY(sheet, message_on, "date", stp_visit_date_words(sheet, day), NULL);
	if (day == 0)
		return SAY(sheet, message_on_day, NULL);
	return stp_say(&sheet->words,
		       day < 0 ? STP_PHRASE_message_before : STP_PHRASE_message_after, "time",
		       stp_time_words(&sheet->words, away), NULL);
}

/* Of the longest message; a long name of the author's may go past what is sent alone. */
static size_t longest(const struct messages *messages)
{
	size_t most = MESSAGE_MAX;

	for (size_t i = 0; i < messages->count; i++) {
		size_t count = stp_character_count(messages->items[i].text);

		most = count > most ? count : most;
	}
	return most;
}

void stp_section_messages(struct stp_sheet *sheet)
{
	struct messages messages = { .sheet = sheet };

	collect(&messages);
	stp_sheet_sentences(
		sheet,
		SAY(sheet, messages_intro, "n", stp_whole(&sheet->words, longest(&messages)), NULL),
		NULL);
	for (size_t i = 0; i < messages.count; i++) {
		const struct message *each = &messages.items[i];

		if (i == 0 || each->day != messages.items[i - 1].day)
			stp_heading(&sheet->document, 2,
				    stp_capital(&sheet->words, send_words(sheet, each->day)));
		stp_paragraph(&sheet->document, each->text);
	}
}
