/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a client tells us first: what could bar, delay or change the treatment, as short lines to
 * look through, under what we would then do. What may be true of the skin that is treated
 * stands under a heading of its own. Reasons for each condition are on the card; the sheet gives
 * the one that a protocol gives for a statement of its own.
 */
#include "emit/sheet.h"

#include <string.h>

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

static const enum stp_phrase_id headings[TELL_LISTS] = {
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

/* ---- one condition ---- */

/* "pregnancy", "you are younger than 22" */
static const char *screened_words(const struct stp_sheet *sheet, const struct stp_screen_rule *rule)
{
	const struct stp_words *words = &sheet->words;

	if (rule->term)
		return stp_term_words(sheet, rule->term);
	return rule->age_below > 0
		       ? SAY(sheet, tell_us_age_below, "n", stp_whole(words, rule->age_below), NULL)
		       : SAY(sheet, tell_us_age_from, "n",
			     stp_whole(words, rule->age_over + UINT64_C(1)), NULL);
}

/* What the word means, and the reason that the statement itself gives; NULL when there is none. */
static const char *remarks(struct stp_sheet *sheet, const struct stp_screen_rule *rule)
{
	const struct stp_words *words = &sheet->words;
	const char *said = rule->term ? stp_explain_words(sheet, &rule->term, 1, false) : NULL;

	if (rule->origin.because)
		said = stp_join(
			words, said,
			stp_sentence(words, SAY(sheet, reason, "reason",
						stp_prose(sheet, rule->origin.because), NULL)));
	return said;
}

/* ---- lists of conditions ---- */

/* The conditions of one list, of the skin that is treated or of the client. */
struct conditions {
	struct stp_sheet *sheet;
	const char **plain; /* nothing more is said of them */
	const char **remarked;
	size_t plain_count, remarked_count;
};

static void add_condition(struct conditions *into, const struct stp_screen_rule *rule)
{
	struct stp_sheet *sheet = into->sheet;
	const char *said = screened_words(sheet, rule);
	const char *remark = remarks(sheet, rule);

	if (rule->when)
		said = SAY(sheet, rule_if, "condition", stp_condition_words(sheet, rule->when),
			   "rule", said, NULL);
	if (remark)
		into->remarked[into->remarked_count++] =
			stp_join(&sheet->words, stp_sentence(&sheet->words, said), remark);
	else
		into->plain[into->plain_count++] = said;
}

/* Several on a line when each on its own would make the list too long. */
static size_t on_a_line(const struct conditions *all)
{
	size_t lines =
		all->remarked_count < STP_BULLETS_MAX ? STP_BULLETS_MAX - all->remarked_count : 1;

	return (all->plain_count + lines - 1) / lines;
}

static void write_conditions(const struct conditions *all, struct stp_bullet_list *list,
			     enum stp_bullet_group group)
{
	const struct stp_words *words = &all->sheet->words;
	size_t most = on_a_line(all);

	for (size_t i = 0; i < all->plain_count;) {
		const char *line = all->plain[i++];

		for (size_t on = 1; on < most && i < all->plain_count; on++)
			line = SAY(all->sheet, list_next, "list", line, "item", all->plain[i++],
				   NULL);
		stp_bullets_add(list, group, stp_sentence(words, line));
	}
	for (size_t i = 0; i < all->remarked_count; i++)
		stp_bullets_add(list, group, all->remarked[i]);
}

/* ---- waits ---- */

/* With the visit known, the last day on which a time before it may have ended is named. */
static const char *wait_words(const struct stp_sheet *sheet, struct stp_duration wait)
{
	if (!sheet->options->visit)
		return stp_time_words(&sheet->words, wait);
	return stp_wait_date_words(sheet, wait);
}

/* Between the advice and the limit someone may decide; NULL when there is nothing to decide. */
static const char *sooner_words(const struct stp_sheet *sheet, const struct stp_screen_rule *rule)
{
	const char *time = wait_words(sheet, rule->wait_limit);

	if (!rule->with || stp_duration_compare(rule->wait_limit, rule->wait) >= 0)
		return NULL;
	const char *role = stp_label_words(&sheet->words, rule->with, rule->with);
	return sheet->options->visit
		       ? SAY(sheet, screen_sooner_date, "date", time, "role", role, NULL)
		       : SAY(sheet, screen_sooner, "time", time, "role", role, NULL);
}

/* A wait that someone may shorten stands alone. */
static void add_sooner(struct stp_bullet_list *list, const struct stp_screen_rule *rule,
		       enum stp_phrase_id phrase, const char *sooner)
{
	struct stp_sheet *sheet = list->sheet;
	const struct stp_words *words = &sheet->words;
	const char *said =
		stp_sentence(words, stp_say(words, phrase, "said", wait_words(sheet, rule->wait),
					    "terms", screened_words(sheet, rule), NULL));

	said = stp_join(words, said, stp_sentence(words, sooner));
	stp_bullets_add(list, STP_GROUP_HEALTH, stp_join(words, said, remarks(sheet, rule)));
}

static void add_wait(struct stp_merging *merging, struct stp_bullet_list *list,
		     const struct stp_screen_rule *rule, enum stp_phrase_id phrase)
{
	struct stp_sheet *sheet = list->sheet;
	const char *sooner = sooner_words(sheet, rule);

	if (sooner)
		add_sooner(list, rule, phrase, sooner);
	else
		stp_merge_add(merging, STP_GROUP_HEALTH, wait_words(sheet, rule->wait),
			      rule->when ? stp_condition_words(sheet, rule->when) : NULL,
			      rule->term);
}

/* ---- the section ---- */

/* Which rules a list is made of. */
struct choice {
	enum tell_us list;
	const char *role; /* who must agree; or NULL: any */
	bool area;
};

static bool is_chosen(const struct choice *choice, const struct stp_screen_rule *rule)
{
	return list_of(rule) == choice->list && (rule->scope == STP_AREA) == choice->area &&
	       (!choice->role || strcmp(rule->with, choice->role) == 0);
}

static void collect(struct stp_sheet *sheet, const struct choice *choice,
		    struct stp_bullet_list *list)
{
	const struct stp_protocol *protocol = sheet->protocol;
	enum stp_phrase_id phrase =
		sheet->options->visit ? STP_PHRASE_screen_last : STP_PHRASE_screen_after;
	struct conditions all = { .sheet = sheet };
	struct stp_merging merging;

	all.plain = stp_alloc_array(sheet->context, protocol->screen_count, sizeof *all.plain);
	all.remarked =
		stp_alloc_array(sheet->context, protocol->screen_count, sizeof *all.remarked);
	stp_merge_begin(&merging, sheet);
	for (size_t i = 0; i < protocol->screen_count; i++) {
		const struct stp_screen_rule *rule = &protocol->screens[i];

		if (!is_chosen(choice, rule))
			continue;
		if (rule->level == STP_WAIT && rule->term)
			add_wait(&merging, list, rule, phrase);
		else
			add_condition(&all, rule);
	}
	write_conditions(&all, list, STP_GROUP_HEALTH);
	stp_merge_end(&merging, phrase, list);
}

static void add_list(struct stp_sheet *sheet, enum tell_us which, const char *role)
{
	const struct stp_words *words = &sheet->words;
	struct choice choice = { which, role, false };
	struct stp_bullet_list general, area;

	stp_bullets_begin(&general, sheet);
	stp_bullets_begin(&area, sheet);
	collect(sheet, &choice, &general);
	choice.area = true;
	collect(sheet, &choice, &area);
	if (general.count + area.count == 0)
		return;
	const char *label = role ? stp_label_words(words, role, role) : "";
	stp_heading(&sheet->document, 3,
		    stp_capital(words, stp_say(words, headings[which], "role", label, NULL)));
	if (which == TELL_WAIT && sheet->options->visit)
		stp_sheet_sentences(sheet, SAY(sheet, wait_dates, NULL), NULL);
	stp_bullets_end(&general, 4);
	area.heading = SAY(sheet, group_area, NULL);
	stp_bullets_end(&area, 4);
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
			add_list(sheet, TELL_CLEAR, protocol->screens[i].with);
}

void stp_section_tell_us(struct stp_sheet *sheet)
{
	const struct stp_words *words = &sheet->words;
	const char *telephone = sheet->options->clinic->telephone;

	if (sheet->protocol->screen_count == 0)
		return;
	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_tell_us);
	stp_sheet_sentences(
		sheet,
		stp_join(words,
			 stp_sentence(words, SAY(sheet, tell_us_intro, "telephone",
						 stp_telephone(sheet, telephone), NULL)),
			 stp_sentence(words, SAY(sheet, tell_us_again, NULL))),
		SAY(sheet, reason, "reason", SAY(sheet, why_tell_us, NULL), NULL));
	for (int which = 0; which < TELL_LISTS; which++)
		if (which == TELL_CLEAR)
			add_clearances(sheet);
		else
			add_list(sheet, (enum tell_us)which, NULL);
}
