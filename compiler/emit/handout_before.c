/* SPDX-License-Identifier: Apache-2.0 */
/* What a client does before the visit, tells us first, and meets on the day. */
#include "emit/sheet.h"

#include <string.h>

/* ---- before your visit ---- */

static bool is_preparation(const struct stp_care_rule *rule)
{
	return !rule->after && !rule->window.on_the_day;
}

/* What may be done at any time comes first, then what is longer before the visit. */
static bool comes_before(const struct stp_care_rule *a, const struct stp_care_rule *b)
{
	if (a->window.from.count == 0 || b->window.from.count == 0)
		return a->window.from.count == 0 && b->window.from.count > 0;
	return stp_duration_compare(a->window.from, b->window.from) > 0;
}

/* The preparations, by countdown; those that are equal keep the order of the source. */
static size_t sort_preparations(const struct stp_sheet *sheet, const struct stp_care_rule ***sorted)
{
	const struct stp_protocol *protocol = sheet->protocol;
	size_t count = 0;

	*sorted = stp_alloc_array(sheet->context, protocol->care_count + 1, sizeof **sorted);
	for (size_t i = 0; i < protocol->care_count; i++) {
		const struct stp_care_rule *rule = &protocol->care[i];
		size_t place = count;

		if (!is_preparation(rule))
			continue;
		for (; place > 0 && comes_before(rule, (*sorted)[place - 1]); place--)
			(*sorted)[place] = (*sorted)[place - 1];
		(*sorted)[place] = rule;
		count++;
	}
	return count;
}

static void add_rules(struct stp_sheet *sheet, const struct stp_care_rule *const *rules,
		      size_t count, bool forbidden)
{
	struct stp_bullet_list list;

	stp_bullets_begin(&list, sheet);
	for (size_t i = 0; i < count; i++)
		if (stp_forbids(rules[i]->verb) == forbidden)
			stp_add_rule(&list, rules[i]);
	if (list.count > 0)
		stp_sheet_heading(sheet, 3,
				  forbidden ? STP_PHRASE_heading_do_not : STP_PHRASE_heading_do);
	stp_bullets_end(&list, 4);
}

void stp_section_before(struct stp_sheet *sheet)
{
	const struct stp_care_rule **rules;
	size_t count = sort_preparations(sheet, &rules);

	if (count == 0)
		return;
	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_before);
	stp_sheet_sentences(sheet, SAY(sheet, before_intro, NULL), stp_preparation_words(sheet));
	add_rules(sheet, rules, count, false);
	add_rules(sheet, rules, count, true);
}

/* ---- tell us first ---- */

/* The lists of this section; each is headed by what we then do. */
enum tell_us {
	TELL_EXCLUDE,
	TELL_SPOT,
	TELL_WAIT,
	TELL_CLEAR,
	TELL_CAUTION,
	TELL_ANAESTHETIC,
	TELL_LISTS
};

static const enum stp_phrase_id tell_us_headings[TELL_LISTS] = {
	[TELL_EXCLUDE] = STP_PHRASE_heading_exclude,
	[TELL_SPOT] = STP_PHRASE_heading_spot,
	[TELL_WAIT] = STP_PHRASE_heading_wait,
	[TELL_CLEAR] = STP_PHRASE_heading_clear,
	[TELL_CAUTION] = STP_PHRASE_heading_caution,
	[TELL_ANAESTHETIC] = STP_PHRASE_heading_no_anaesthetic,
};

static enum tell_us list_of(const struct stp_screen_rule *rule)
{
	static const enum tell_us lists[] = {
		[STP_EXCLUDE] = TELL_EXCLUDE,
		[STP_WAIT] = TELL_WAIT,
		[STP_CLEAR] = TELL_CLEAR,
		[STP_CAUTION] = TELL_CAUTION,
	};

	if (rule->anaesthetic_only)
		return TELL_ANAESTHETIC;
	if (rule->level == STP_EXCLUDE && rule->scope == STP_SPOT)
		return TELL_SPOT;
	return lists[rule->level];
}

/* "you are pregnant", "isotretinoin", "you are younger than 22" */
static const char *screened_words(const struct stp_sheet *sheet, const struct stp_screen_rule *rule)
{
	const struct stp_words *words = &sheet->words;

	if (!rule->term)
		return rule->age_below > 0
			       ? SAY(sheet, condition_age_below, "n",
				     stp_whole(words, rule->age_below), NULL)
			       : SAY(sheet, condition_age_from, "n",
				     stp_whole(words, rule->age_over + UINT64_C(1)), NULL);
	const char *said = rule->term->if_phrase;
	if (!said || rule->level == STP_WAIT)
		said = stp_term_words(sheet, rule->term);
	return rule->scope == STP_AREA ? SAY(sheet, in_area, "term", said, NULL) : said;
}

/* With the visit known, the last day on which a time before it may have ended is named. */
static const char *wait_words(const struct stp_sheet *sheet, const struct stp_screen_rule *rule)
{
	const char *term = screened_words(sheet, rule);

	if (!sheet->options->visit)
		return SAY(sheet, screen_wait, "time", stp_time_words(&sheet->words, rule->wait),
			   "term", term, NULL);
	int64_t day = stp_edge_first_day(sheet, stp_edge_before(rule->wait));
	return SAY(sheet, screen_last, "term", term, "date", stp_visit_date_words(sheet, day),
		   NULL);
}

/* Between the advice and the limit someone may decide; NULL when there is nothing to decide. */
static const char *sooner_words(const struct stp_sheet *sheet, const struct stp_screen_rule *rule)
{
	const struct stp_words *words = &sheet->words;

	if (!rule->with || stp_duration_compare(rule->wait_limit, rule->wait) >= 0)
		return NULL;
	const char *role = stp_label_words(words, rule->with, rule->with);
	if (!sheet->options->visit)
		return SAY(sheet, screen_sooner, "time", stp_time_words(words, rule->wait_limit),
			   "role", role, NULL);
	int64_t day = stp_edge_first_day(sheet, stp_edge_before(rule->wait_limit));
	return SAY(sheet, screen_sooner_date, "date", stp_visit_date_words(sheet, day), "role",
		   role, NULL);
}

/* What the word means, and why. */
static const char *with_remarks(struct stp_sheet *sheet, const char *said,
				const struct stp_screen_rule *rule)
{
	const struct stp_words *words = &sheet->words;
	const char *because = rule->origin.because;

	if (rule->term) {
		said = stp_join(words, said, stp_explain_words(sheet, &rule->term, 1, false));
		because = because ? because : rule->term->because;
	}
	if (!because)
		return said;
	return stp_join(words, said,
			stp_sentence(words, SAY(sheet, reason, "reason", because, NULL)));
}

static const char *screen_words(struct stp_sheet *sheet, const struct stp_screen_rule *rule)
{
	const struct stp_words *words = &sheet->words;
	bool wait = rule->level == STP_WAIT;
	const char *said = wait ? wait_words(sheet, rule) : screened_words(sheet, rule);
	const char *sooner = wait ? sooner_words(sheet, rule) : NULL;

	if (rule->when)
		said = SAY(sheet, rule_if, "condition", stp_condition_words(sheet, rule->when),
			   "rule", said, NULL);
	said = stp_sentence(words, said);
	if (sooner)
		said = stp_join(words, said, stp_sentence(words, sooner));
	return with_remarks(sheet, said, rule);
}

/* One list; that of what someone must agree to is for one role. */
static void add_screens(struct stp_sheet *sheet, enum tell_us which, const char *role)
{
	const struct stp_protocol *protocol = sheet->protocol;
	struct stp_bullet_list list;

	stp_bullets_begin(&list, sheet);
	for (size_t i = 0; i < protocol->screen_count; i++) {
		const struct stp_screen_rule *rule = &protocol->screens[i];

		if (list_of(rule) == which && (!role || strcmp(rule->with, role) == 0))
			stp_bullets_add(&list, stp_screen_group(rule), screen_words(sheet, rule));
	}
	if (list.count > 0)
		stp_heading(
			&sheet->document, 3,
			stp_capital(&sheet->words,
				    stp_say(&sheet->words, tell_us_headings[which], "role",
					    role ? stp_label_words(&sheet->words, role, role) : "",
					    NULL)));
	stp_bullets_end(&list, 4);
}

/* Whether an earlier rule of the list has the same role. */
static bool role_was_met(const struct stp_protocol *protocol, size_t index)
{
	const char *role = protocol->screens[index].with;

	for (size_t i = 0; i < index; i++)
		if (list_of(&protocol->screens[i]) == TELL_CLEAR &&
		    strcmp(protocol->screens[i].with, role) == 0)
			return true;
	return false;
}

static void add_clearances(struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = sheet->protocol;

	for (size_t i = 0; i < protocol->screen_count; i++)
		if (list_of(&protocol->screens[i]) == TELL_CLEAR && !role_was_met(protocol, i))
			add_screens(sheet, TELL_CLEAR, protocol->screens[i].with);
}

void stp_section_tell_us(struct stp_sheet *sheet)
{
	if (sheet->protocol->screen_count == 0)
		return;
	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_tell_us);
	stp_sheet_sentences(sheet,
			    SAY(sheet, tell_us_intro, "telephone",
				stp_telephone(sheet, sheet->options->clinic->telephone), NULL),
			    SAY(sheet, tell_us_again, NULL));
	for (int which = 0; which < TELL_LISTS; which++)
		if (which == TELL_CLEAR)
			add_clearances(sheet);
		else
			add_screens(sheet, (enum tell_us)which, NULL);
}

/* ---- on the day ---- */

static const char *appointment_words(const struct stp_sheet *sheet)
{
	const struct stp_moment *visit = sheet->options->visit;

	if (!visit)
		return NULL;
	int64_t second = stp_moment_second_of_day(*visit);
	const char *moment = stp_visit_date_words(sheet, 0);
	if (second != 0)
		moment = SAY(sheet, date_clock, "date", moment, "clock",
			     stp_clock_words(&sheet->words, second), NULL);
	return SAY(sheet, appointment, "moment", moment, NULL);
}

static const char *anaesthetic_words(const struct stp_sheet *sheet)
{
	const struct stp_anaesthetic *anaesthetic = &sheet->protocol->anaesthetic;

	if (!anaesthetic->medicine)
		return NULL;
	return SAY(sheet, anaesthetic_first, "term", stp_term_words(sheet, anaesthetic->medicine),
		   "time", stp_time_range(&sheet->words, anaesthetic->least, anaesthetic->longest),
		   NULL);
}

static void add_paragraph(struct stp_sheet *sheet, const char *text)
{
	if (text)
		stp_sheet_sentences(sheet, text, NULL);
}

void stp_section_on_the_day(struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = sheet->protocol;
	struct stp_bullet_list list;

	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_on_the_day);
	add_paragraph(sheet, appointment_words(sheet));
	stp_bullets_begin(&list, sheet);
	for (size_t i = 0; i < protocol->care_count; i++)
		if (!protocol->care[i].after && protocol->care[i].window.on_the_day)
			stp_add_rule(&list, &protocol->care[i]);
	stp_bullets_end(&list, 3);
	add_paragraph(sheet, anaesthetic_words(sheet));
	stp_sheet_sentences(sheet, SAY(sheet, day_what, NULL), SAY(sheet, day_stop, NULL));
}
