/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How a sheet for clients begins: what it is, the one thing to remember, everything at a glance,
 * and what the treatment is.
 */
#include "emit/sheet.h"

#include <string.h>

static const char *treatment_words(const struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = sheet->protocol;

	return stp_label_words(&sheet->words, protocol->name,
			       protocol->title ? protocol->title : protocol->label);
}

const char *stp_sheet_title(const struct stp_sheet *sheet)
{
	const char *title =
		stp_capital(&sheet->words,
			    stp_say(&sheet->words, STP_PHRASE_title_handout + sheet->options->kind,
				    "treatment", treatment_words(sheet), NULL));

	if (sheet->protocol->status != STP_DRAFT)
		return title;
	return SAY(sheet, title_draft, "title", title, NULL);
}

/* A sheet for one client says for whom it is: a bullet for each fact. */
static void add_given(struct stp_sheet *sheet)
{
	const struct stp_condition *given = stp_given(sheet);
	const char **facts;
	size_t count;

	if (!given)
		return;
	count = stp_condition_facts(sheet, given, &facts);
	stp_sheet_sentences(sheet, SAY(sheet, given_intro, NULL), NULL);
	for (size_t i = 0; i < count; i++)
		stp_bullet(&sheet->document,
			   stp_sentence(&sheet->words,
					SAY(sheet, given_fact, "condition", facts[i], NULL)));
}

void stp_section_title(struct stp_sheet *sheet)
{
	stp_heading(&sheet->document, 1, stp_sheet_title(sheet));
	stp_add_refused(sheet);
	stp_bold_paragraph(&sheet->document,
			   stp_sentence(&sheet->words, stp_prose(sheet, sheet->protocol->message)));
	if (sheet->protocol->status == STP_DRAFT)
		stp_quote(&sheet->document, SAY(sheet, draft_notice, NULL));
	add_given(sheet);
}

/* ---- at a glance ---- */

static void glance(struct stp_sheet *sheet, const char *text)
{
	if (text)
		stp_bullet(&sheet->document, stp_sentence(&sheet->words, text));
}

static const char *course_words(const struct stp_sheet *sheet)
{
	const struct stp_course *course = &sheet->protocol->course;
	const struct stp_words *words = &sheet->words;

	if (course->sessions_high == 0)
		return NULL;
	const char *visits = stp_say_range(words, STP_COUNTED_visits, course->sessions_low,
					   course->sessions_high);
	if (course->apart_high.count == 0)
		return SAY(sheet, course_visits, "visits", visits, NULL);
	return SAY(sheet, course_visits_apart, "visits", visits, "apart",
		   stp_time_range(words, course->apart_low, course->apart_high), NULL);
}

/* "your visits are 6 weeks apart"; of one visit alone, how long after the one before it. */
static const char *interval_words(const struct stp_sheet *sheet, const struct stp_course_rule *rule)
{
	bool of_some_visits =
		rule->when->session_low > 1 || rule->when->session_high != STP_ANY_HIGH;

	return stp_say(&sheet->words,
		       of_some_visits ? STP_PHRASE_course_some_visits : STP_PHRASE_course_some,
		       "apart", stp_time_range(&sheet->words, rule->apart_low, rule->apart_high),
		       NULL);
}

/* For whom it is otherwise. */
static void glance_at_course_rules(struct stp_sheet *sheet)
{
	const struct stp_words *words = &sheet->words;

	for (size_t i = 0; i < sheet->protocol->course_rule_count; i++) {
		const struct stp_course_rule *rule = &sheet->protocol->course_rules[i];
		struct stp_saying saying = {
			.condition = stp_course_condition_words(sheet, rule->when),
		};

		saying.rule = interval_words(sheet, rule);
		if (stp_rule_parts_sessions(rule, &sheet->protocol->course))
			glance(sheet, stp_say_rule(sheet, &saying));
		saying.rule =
			SAY(sheet, course_some_limit, "visits",
			    stp_say_count(words, STP_COUNTED_visits, rule->sessions_limit), NULL);
		if (stp_rule_limits_sessions(rule, &sheet->protocol->course))
			glance(sheet, stp_say_rule(sheet, &saying));
	}
}

static const char *visit_length_words(const struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = sheet->protocol;

	if (protocol->visit_high.count == 0)
		return NULL;
	return SAY(sheet, visit_length, "time",
		   stp_time_range(&sheet->words, protocol->visit_low, protocol->visit_high), NULL);
}

/* The longest time before the visit that a rule speaks of; count 0: none. */
static struct stp_duration first_preparation(const struct stp_protocol *protocol)
{
	struct stp_duration longest = { 0, STP_DAY };

	for (size_t i = 0; i < protocol->care_count; i++) {
		const struct stp_care_rule *rule = &protocol->care[i];

		if (!rule->after && rule->window.from.count > 0 &&
		    (longest.count == 0 || stp_duration_compare(rule->window.from, longest) > 0))
			longest = rule->window.from;
	}
	return longest;
}

const char *stp_preparation_words(const struct stp_sheet *sheet)
{
	struct stp_duration first = first_preparation(sheet->protocol);

	if (first.count == 0)
		return NULL;
	if (!sheet->options->visit)
		return SAY(sheet, prepare_time, "time", stp_time_words(&sheet->words, first), NULL);
	int64_t day = stp_edge_first_day(sheet, stp_edge_before(first));
	return SAY(sheet, prepare_date, "date", stp_visit_date_words(sheet, day), NULL);
}

/* The latest time after the visit that a rule sets an end to; count 0: none. */
static struct stp_duration last_care(const struct stp_protocol *protocol)
{
	struct stp_duration last = { 0, STP_DAY };

	for (size_t i = 0; i < protocol->care_count; i++) {
		const struct stp_care_rule *rule = &protocol->care[i];

		if (rule->after && rule->window.to.count > 0 &&
		    (last.count == 0 || stp_duration_compare(rule->window.to, last) > 0))
			last = rule->window.to;
	}
	return last;
}

static const char *care_words(const struct stp_sheet *sheet)
{
	struct stp_duration last = last_care(sheet->protocol);

	if (last.count == 0)
		return NULL;
	return SAY(sheet, care_until, "until", stp_until_words(sheet, last), NULL);
}

/* The effects that the protocol expects, as many as a short sentence holds. */
static const char *effects_words(const struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = sheet->protocol;
	const char **items =
		stp_alloc_array(sheet->context, protocol->expect_count + 1, sizeof *items);
	size_t count = 0;

	for (size_t i = 0; i < protocol->expect_count; i++)
		if (!protocol->expects[i].when && count < 3)
			items[count++] = stp_term_words(sheet, protocol->expects[i].effect);
	if (count == 0)
		return NULL;
	return SAY(sheet, glance_effects, "terms", stp_list_and(&sheet->words, items, count), NULL);
}

static const char *help_words(const struct stp_sheet *sheet)
{
	return SAY(sheet, glance_help, "telephone",
		   stp_telephone(sheet, sheet->options->clinic->telephone), NULL);
}

/* The author's summary is about the treatment as a whole, so it opens the whole handout alone. */
static bool has_own_summary(const struct stp_sheet *sheet)
{
	return sheet->options->kind == STP_SHEET_HANDOUT && sheet->protocol->summary;
}

/* The author's own summary, or what a program can say of the whole. */
void stp_section_glance(struct stp_sheet *sheet)
{
	enum stp_sheet_kind kind = sheet->options->kind;

	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_glance);
	if (has_own_summary(sheet)) {
		stp_fragment(&sheet->document, stp_prose(sheet, sheet->protocol->summary),
			     sheet->protocol->summary_span);
		return;
	}
	if (kind != STP_SHEET_AFTERCARE) {
		glance(sheet, course_words(sheet));
		glance_at_course_rules(sheet);
		glance(sheet, visit_length_words(sheet));
		glance(sheet, stp_preparation_words(sheet));
	}
	if (kind != STP_SHEET_PREP)
		glance(sheet, effects_words(sheet));
	if (kind == STP_SHEET_AFTERCARE)
		glance(sheet, care_words(sheet));
	glance(sheet, help_words(sheet));
}

/* ---- the treatment ---- */

static void add_zones(struct stp_sheet *sheet, bool never, enum stp_phrase_id phrase,
		      enum stp_phrase_id more)
{
	const struct stp_protocol *protocol = sheet->protocol;
	const char **items =
		stp_alloc_array(sheet->context, protocol->zone_count + 1, sizeof *items);
	size_t count = 0;

	for (size_t i = 0; i < protocol->zone_count; i++) {
		const struct stp_zone *zone = protocol->zones[i].zone;

		if (protocol->zones[i].never == never)
			items[count++] = stp_label_words(&sheet->words, zone->name, zone->label);
	}
	if (count > 0)
		stp_paragraph(&sheet->document,
			      stp_list_sentences(sheet, phrase, more, items, count));
}

void stp_section_treatment(struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = sheet->protocol;

	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_treatment);
	if (protocol->treats)
		stp_sheet_sentences(sheet,
				    SAY(sheet, treatment_for, "term",
					stp_term_words(sheet, protocol->treats), NULL),
				    NULL);
	if (!has_own_summary(sheet))
		stp_sheet_sentences(sheet, SAY(sheet, treatment_what, NULL),
				    SAY(sheet, treatment_why, NULL));
	add_zones(sheet, false, STP_PHRASE_treatment_zones, STP_PHRASE_treatment_zones_more);
	add_zones(sheet, true, STP_PHRASE_treatment_never, STP_PHRASE_treatment_never_more);
	stp_add_map(sheet, false);
	if (!has_own_summary(sheet))
		return; /* the rest stands in the first list */
	glance(sheet, course_words(sheet));
	glance_at_course_rules(sheet);
	glance(sheet, visit_length_words(sheet));
}
