/* SPDX-License-Identifier: Apache-2.0 */
/* After the visit: what to expect, when to get help, going back to things. */
#include "emit/sheet.h"

#include <string.h>

/* ---- what to expect ---- */

/* What is only usual is told by the day, not by the hour. */
static const char *usually_by(const struct stp_sheet *sheet, struct stp_duration time)
{
	if (!sheet->options->visit)
		return stp_by_words(sheet, time);
	int64_t day = stp_edge_last_day(sheet, stp_edge_after(time));
	return SAY(sheet, by_moment, "moment", stp_visit_date_words(sheet, day), NULL);
}

const char *stp_expectation_words(const struct stp_sheet *sheet,
				  const struct stp_expectation *expectation)
{
	const char *by = usually_by(sheet, expectation->to_high);

	if (expectation->from.count > 0)
		return SAY(sheet, expect_later, "from", stp_from_words(sheet, expectation->from),
			   "by", by, NULL);
	if (sheet->options->visit)
		return SAY(sheet, expect_until, "by", by, NULL);
	return SAY(sheet, expect_for, "time",
		   stp_time_range(&sheet->words, expectation->to_low, expectation->to_high), NULL);
}

void stp_section_expect(struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = sheet->protocol;
	struct stp_merging merging;
	struct stp_bullet_list list;

	if (protocol->expect_count == 0)
		return;
	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_expect);
	stp_sheet_sentences(sheet, SAY(sheet, expect_intro, NULL), NULL);
	stp_merge_begin(&merging, sheet);
	for (size_t i = 0; i < protocol->expect_count; i++) {
		const struct stp_expectation *each = &protocol->expects[i];

		stp_merge_add(&merging, each->from.count > 0 ? STP_GROUP_LATER : STP_GROUP_AT_FIRST,
			      stp_expectation_words(sheet, each),
			      each->when ? stp_condition_words(sheet, each->when) : NULL,
			      each->effect);
	}
	stp_bullets_begin(&list, sheet);
	stp_merge_end(&merging, STP_PHRASE_expect_effects, &list);
	stp_bullets_end(&list, 3);
}

/* ---- when to get help ---- */

/* What lasts too long: said of all effects with the same time. */
static const char *over_words(const struct stp_sheet *sheet, const char *signs,
			      struct stp_duration over)
{
	if (!sheet->options->visit)
		return SAY(sheet, help_sign_over, "sign", signs, "time",
			   stp_time_words(&sheet->words, over), NULL);
	int64_t day = stp_edge_last_day(sheet, stp_edge_after(over));
	return SAY(sheet, help_sign_after, "sign", signs, "moment",
		   stp_visit_date_words(sheet, day), NULL);
}

const char *stp_sign_words(const struct stp_sheet *sheet, const char *signs,
			   struct stp_duration over)
{
	return over.count > 0 ? over_words(sheet, signs, over)
			      : SAY(sheet, help_sign, "sign", signs, NULL);
}

static bool same_over(const struct stp_help_rule *a, const struct stp_help_rule *b)
{
	return a->urgency == b->urgency && a->over.count > 0 && a->over.count == b->over.count &&
	       a->over.unit == b->over.unit;
}

/* NULL when an earlier rule has said it. */
static const char *signs_words(struct stp_sheet *sheet, size_t index)
{
	const struct stp_protocol *protocol = sheet->protocol;
	const struct stp_help_rule *rule = &protocol->helps[index];
	const struct stp_term **terms =
		stp_alloc_array(sheet->context, protocol->help_count, sizeof *terms);
	const char **signs = stp_alloc_array(sheet->context, protocol->help_count, sizeof *signs);
	size_t count = 0;

	for (size_t i = 0; i < protocol->help_count; i++) {
		if (i != index && !same_over(&protocol->helps[i], rule))
			continue;
		if (i < index)
			return NULL;
		terms[count] = protocol->helps[i].sign;
		signs[count++] = stp_term_words(sheet, protocol->helps[i].sign);
	}
	const char *said =
		stp_sign_words(sheet, stp_list_or(&sheet->words, signs, count), rule->over);

	return stp_join(&sheet->words, stp_sentence(&sheet->words, said),
			stp_explain_words(sheet, terms, count, count > 1));
}

static void add_urgency(struct stp_sheet *sheet, enum stp_urgency urgency)
{
	static const enum stp_phrase_id headings[STP_URGENCIES] = {
		[STP_ASK_US] = STP_PHRASE_heading_ask_us,
		[STP_CALL_US] = STP_PHRASE_heading_call_us,
		[STP_CALL_EMERGENCY] = STP_PHRASE_heading_call_emergency,
	};
	const struct stp_clinic *clinic = sheet->options->clinic;
	const char *number = urgency == STP_CALL_EMERGENCY ? clinic->emergency : clinic->telephone;
	size_t written = 0;

	stp_heading(
		&sheet->document, 3,
		stp_capital(&sheet->words, stp_say(&sheet->words, headings[urgency], "telephone",
						   stp_telephone(sheet, number), NULL)));
	for (size_t i = 0; i < sheet->protocol->help_count; i++) {
		const char *said =
			sheet->protocol->helps[i].urgency == urgency ? signs_words(sheet, i) : NULL;

		if (!said)
			continue;
		if (written > 0 && written % STP_BULLETS_MAX == 0)
			stp_sheet_heading(sheet, 4, STP_PHRASE_heading_also_if);
		stp_bullet(&sheet->document, said);
		written++;
	}
}

void stp_section_help(struct stp_sheet *sheet)
{
	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_help);
	stp_sheet_sentences(sheet, SAY(sheet, help_intro, NULL), NULL);
	add_urgency(sheet, STP_ASK_US);
	add_urgency(sheet, STP_CALL_US);
	stp_sheet_sentences(
		sheet,
		SAY(sheet, help_closed, "after_hours", sheet->options->clinic->after_hours, NULL),
		NULL);
	add_urgency(sheet, STP_CALL_EMERGENCY);
}

/* ---- going back to things ---- */

/* What of a long list stands "at first". */
#define FIRST_DAYS 7

static enum stp_bullet_group group_of(const struct stp_sheet *sheet, const struct stp_return *each)
{
	int64_t last = stp_edge_last_day(sheet, stp_edge_after(each->over));

	return last <= FIRST_DAYS ? STP_GROUP_AT_FIRST : STP_GROUP_LATER;
}

/* So many words are read at a glance in a cell of a table. */
#define CELL_WORDS 12

/* The labels, from the first on, that one cell holds; *count says how many. */
static const char *cell_words(const struct stp_sheet *sheet, const struct stp_merged *each,
			      size_t first, size_t *count)
{
	const char **labels = stp_alloc_array(sheet->context, each->count, sizeof *labels);
	const char *said = NULL;

	for (*count = 0; first + *count < each->count; (*count)++) {
		labels[*count] = stp_term_words(sheet, each->terms[first + *count]);
		const char *longer = stp_list_and(&sheet->words, labels, *count + 1);

		if (said && stp_word_count(longer) > CELL_WORDS)
			break;
		said = longer;
	}
	return said;
}

static void add_rows(struct stp_table *table, const struct stp_merged *each)
{
	const struct stp_words *words = &table->sheet->words;
	const char *when = each->said;

	if (each->condition)
		when = SAY(table->sheet, rule_if, "condition", each->condition, "rule", when, NULL);
	for (size_t first = 0, count; first < each->count; first += count) {
		const char *what = cell_words(table->sheet, each, first, &count);
		const char *cells[] = { stp_capital(words, when), stp_capital(words, what) };

		stp_table_row(table, cells);
	}
}

static void add_table(struct stp_sheet *sheet, const struct stp_merging *merging)
{
	const struct stp_words *words = &sheet->words;
	const char *heads[] = { stp_capital(words, SAY(sheet, column_when, NULL)),
				stp_capital(words, SAY(sheet, column_again, NULL)) };
	struct stp_table table;

	stp_table_begin(&table, sheet, 2);
	stp_table_heads(&table, heads);
	for (size_t i = 0; i < merging->count; i++)
		add_rows(&table, &merging->items[i]);
	stp_table_end(&table);
}

static void merge_returns(struct stp_merging *merging, const struct stp_return *returns,
			  size_t count)
{
	struct stp_sheet *sheet = merging->sheet;

	for (size_t i = 0; i < count; i++) {
		const struct stp_condition *when = returns[i].rule->when;

		stp_merge_add(merging, group_of(sheet, &returns[i]),
			      stp_return_words(sheet, &returns[i]),
			      when ? stp_condition_words(sheet, when) : NULL, returns[i].term);
	}
}

void stp_section_going_back(struct stp_sheet *sheet)
{
	struct stp_return *returns;
	size_t count = stp_returns(sheet, &returns);
	struct stp_merging merging;
	struct stp_bullet_list list;

	if (count == 0)
		return;
	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_going_back);
	stp_sheet_sentences(sheet, SAY(sheet, going_back_intro, NULL), NULL);
	stp_merge_begin(&merging, sheet);
	merge_returns(&merging, returns, count);
	if (stp_has_tables(sheet) && !sheet->ticks) {
		add_table(sheet, &merging);
		return;
	}
	stp_bullets_begin(&list, sheet);
	stp_merge_end(&merging, STP_PHRASE_going_back_to, &list);
	stp_bullets_end(&list, 3);
}
