/* SPDX-License-Identifier: Apache-2.0 */
/* The points of a handout that its finished sheet decides: order, days, lists, tables, pictures. */
#include "emit/score_judges.h"
#include "emit/score_text.h"

#include <string.h>

/* ---- parts of the sheet ---- */

enum stp_verdict stp_judge_chunks(struct stp_judgement *at)
{
	size_t bullets = 0;
	int level = 0;

	for (size_t i = 0; i < at->block_count; i++) {
		const struct stp_block *block = &at->blocks[i];

		bullets = block->kind == STP_BLOCK_BULLET ? bullets + 1 : 0;
		if (bullets == STP_BULLETS_MAX + 1)
			stp_miss(at, at->sheet->protocol->summary_span,
				 stp_format(at->sheet->context, "an eighth bullet: %s",
					    block->text));
		if (block->kind != STP_BLOCK_HEADING)
			continue;
		if (block->level > level + 1)
			stp_miss(at, at->sheet->protocol->span, "a level of heading is skipped");
		level = block->level;
	}
	return stp_verdict_of(at);
}

enum stp_verdict stp_judge_order(struct stp_judgement *at)
{
	static const enum stp_phrase_id order[] = {
		STP_PHRASE_heading_before, STP_PHRASE_heading_on_the_day, STP_PHRASE_heading_days,
		STP_PHRASE_heading_help, STP_PHRASE_heading_next_visit
	};
	size_t from = 0;

	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		from = stp_find_score_heading(at, from, order[i]);
		if (from < at->block_count)
			continue;
		stp_miss(at, at->sheet->protocol->span,
			 stp_format(at->sheet->context, "there is nothing under \"%s\"",
				    stp_say(&at->sheet->words, order[i], NULL)));
		from = 0;
	}
	return stp_verdict_of(at);
}

/* The first number in a text; *rest is what follows it. -1 when there is none. */
static int64_t number_in(const char *text, const char **rest)
{
	int64_t number = 0;

	while (*text && (*text < '0' || *text > '9'))
		text++;
	if (!*text)
		return -1;
	for (; *text >= '0' && *text <= '9' && number < 100000; text++)
		number = number * 10 + (*text - '0');
	*rest = text;
	return number;
}

/* Whether a heading begins with the phrase about some days. */
static bool begins_with(const struct stp_judgement *at, const char *heading, const char *said)
{
	const char *begin = stp_capital(&at->sheet->words, said);

	return strncmp(heading, begin, strlen(begin)) == 0;
}

/* The last day that a heading speaks of, when its first is `next`; -1 when that is not so. */
static int64_t last_day_of(const struct stp_judgement *at, const char *heading, int64_t next)
{
	const struct stp_words *words = &at->sheet->words;
	const char *low = stp_whole(words, (uint64_t)next);
	const char *rest = "";

	number_in(heading, &rest);
	int64_t last = number_in(rest, &rest);
	if (last > next && begins_with(at, heading,
				       stp_say(words, STP_PHRASE_days_heading, "low", low, "high",
					       stp_whole(words, (uint64_t)last), NULL)))
		return last;
	return begins_with(at, heading, stp_say(words, STP_PHRASE_day_heading, "n", low, NULL))
		       ? next
		       : -1;
}

/* Headings below "Day by day": each begins on the day behind the last one of the one before. */
enum stp_verdict stp_judge_days(struct stp_judgement *at)
{
	size_t i = stp_find_score_heading(at, 0, STP_PHRASE_heading_days);
	int64_t next = 0;

	for (i++; i < at->block_count && !at->missed; i++) {
		const struct stp_block *block = &at->blocks[i];

		if (block->kind == STP_BLOCK_HEADING && block->level <= 2)
			break;
		if (block->kind != STP_BLOCK_HEADING || block->level != 3)
			continue;
		int64_t last = last_day_of(at, block->text, next);
		if (last < 0)
			stp_miss(at, at->sheet->protocol->span,
				 stp_format(at->sheet->context, "a gap or an overlap: %s",
					    block->text));
		next = last + 1;
	}
	if (next == 0 && !at->missed)
		stp_miss(at, at->sheet->protocol->span, "no day is spoken of");
	return stp_verdict_of(at);
}

#define CELL_WORDS 12

/* A cell or a head of a table, from behind its tag on; returns the end of it. */
static const char *judge_cell(struct stp_judgement *at, const char *cell)
{
	size_t length = strcspn(cell, "<");
	const char *text = stp_copy_text(at->sheet->context, cell, length);

	if (stp_word_count(text) > CELL_WORDS)
		stp_miss(at, at->sheet->protocol->span,
			 stp_format(at->sheet->context, "more than 12 words in a cell: %s", text));
	return cell + length;
}

static void judge_table(struct stp_judgement *at, const char *html)
{
	size_t heads = 0;

	for (const char *tag = html; (tag = strpbrk(tag, "<")) != NULL; tag++) {
		if (strncmp(tag, "<th scope=\"col\">", 16) == 0)
			heads++;
		if (strncmp(tag, "<td>", 4) == 0 || strncmp(tag, "<th", 3) == 0)
			tag = judge_cell(at, strchr(tag, '>') + 1) - 1;
	}
	if (heads == 0 || heads > 3)
		stp_miss(at, at->sheet->protocol->span,
			 "a table has no heads, or more than 3 columns");
}

static bool is_table(const struct stp_block *block)
{
	return block->kind == STP_BLOCK_FIGURE && strncmp(block->html, "<table", 6) == 0;
}

enum stp_verdict stp_judge_tables(struct stp_judgement *at)
{
	size_t tables = 0;

	for (size_t i = 0; i < at->block_count; i++) {
		if (!is_table(&at->blocks[i]))
			continue;
		judge_table(at, at->blocks[i].html);
		tables++;
	}
	return tables == 0 ? STP_NOT_ASKED : stp_verdict_of(at);
}

enum stp_verdict stp_judge_checklist(struct stp_judgement *at)
{
	if (stp_find_score_heading(at, 0, STP_PHRASE_heading_going_back) == at->block_count)
		stp_miss(at, at->sheet->protocol->span,
			 "nothing is avoided for a time in `after`, so there is nothing to tick "
			 "off");
	return stp_verdict_of(at);
}

enum stp_verdict stp_judge_picture(struct stp_judgement *at)
{
	for (size_t i = 0; i < at->block_count; i++)
		if (at->blocks[i].kind == STP_BLOCK_FIGURE && !is_table(&at->blocks[i]))
			return STP_EARNED;
	stp_miss(at, at->sheet->protocol->span,
		 "nothing is avoided for a time that could be drawn");
	return stp_verdict_of(at);
}

enum stp_verdict stp_judge_teach_back(struct stp_judgement *at)
{
	size_t first = stp_find_score_heading(at, 0, STP_PHRASE_heading_questions);

	/* The question of the client's own is always there. */
	if (first + 3 >= at->block_count || at->blocks[first + 3].kind != STP_BLOCK_BULLET)
		stp_miss(at, at->sheet->protocol->span,
			 "no rule or sign that a question could be about");
	return stp_verdict_of(at);
}

enum stp_verdict stp_judge_grade(struct stp_judgement *at)
{
	struct stp_reading reading = { 0, 0, 0 };

	if (strcmp(at->sheet->options->language->name, "en") != 0)
		return STP_NOT_ASKED;
	for (size_t i = 0; i < at->block_count; i++)
		stp_reading_add(&reading, at->blocks[i].text);
	int64_t tenths = stp_reading_grade(&reading);
	stp_addf(&at->remarks,
		 "       grade %lld.%lld, with the names of products and conditions\n",
		 (long long)(tenths / 10), (long long)(tenths % 10));
	return STP_NOT_ASKED;
}

/* ---- no sums: each limit stands on the sheet as it was worked out ---- */

/* Whether the sheet says the words, after a first letter that may be a capital. */
static bool says(const struct stp_judgement *at, const char *words)
{
	const char *capital = stp_capital(&at->sheet->words, words);

	for (size_t i = 0; i < at->block_count; i++) {
		const char *text = at->blocks[i].text;

		if (at->blocks[i].kind != STP_BLOCK_FIGURE &&
		    (strstr(text, words) || strstr(text, capital)))
			return true;
	}
	return false;
}

/* With the visit known, every day that the rule's window names is a date. */
static bool has_dates(const struct stp_judgement *at, const struct stp_care_rule *rule,
		      const char *when)
{
	const struct stp_sheet *sheet = at->sheet;
	struct stp_duration time = rule->after ? stp_window_end(&rule->window) : rule->window.from;

	if (time.count == 0)
		time = rule->after ? rule->window.from : rule->window.to;
	if (!sheet->options->visit || rule->window.on_the_day || time.count == 0)
		return true;
	return strpbrk(when, "0123456789") && !strstr(when, stp_time_words(&sheet->words, time));
}

enum stp_verdict stp_judge_no_sums(struct stp_judgement *at)
{
	const struct stp_protocol *protocol = at->sheet->protocol;

	for (size_t i = 0; i < protocol->care_count; i++) {
		const struct stp_care_rule *rule = &protocol->care[i];
		const char *when = stp_window_words(at->sheet, rule);

		if (!when)
			continue;
		if (!says(at, when))
			stp_miss(at, rule->origin.span,
				 stp_format(at->sheet->context, "the sheet does not say \"%s\"",
					    when));
		if (!has_dates(at, rule, when))
			stp_miss(at, rule->origin.span, "a time is left to be counted");
	}
	return stp_verdict_of(at);
}

/* ---- print: what the page's own rules say ---- */

enum stp_verdict stp_judge_print(struct stp_judgement *at)
{
	static const char *const wanted[] = { "@page{size:", "text-align:start", "sans-serif" };
	static const char *const unwanted[] = { "italic", "uppercase", "justify",
						"text-align:center" };
	const struct stp_span nowhere = { 0 };
	struct stp_sheet_options options = *at->sheet->options;
	struct stp_sheet sheet = *at->sheet;
	struct stp_string page;

	sheet.options = &options;
	for (int large = 0; large < 2; large++) {
		options.large_print = large != 0;
		stp_string_init(&page, sheet.context);
		stp_page_begin(&sheet, "", &page);
		if (!strstr(page.text, large ? "body{font-size:18pt}" : "body{font-size:12pt}"))
			stp_miss(at, nowhere, "the letters are too small");
	}
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		if (!strstr(page.text, wanted[i]))
			stp_miss(at, nowhere, wanted[i]);
	for (size_t i = 0; i < sizeof unwanted / sizeof *unwanted; i++)
		if (strstr(page.text, unwanted[i]))
			stp_miss(at, nowhere, unwanted[i]);
	return stp_verdict_of(at);
}
