/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files that make one sheet share: the sheet at work, rules as sentences, times as words,
 * and the sections in the order of a handout. Nobody outside compiler/emit includes this.
 */
#ifndef STP_SHEET_H
#define STP_SHEET_H

#include "emit/document.h"
#include "emit/emit.h"
#include "emit/time_zones.h"
#include "emit/words.h"
#include "model/refusals.h"

struct stp_sheet {
	struct stp_context *context;
	const struct stp_model *model;
	const struct stp_protocol *protocol; /* as it is for the client of the sheet */
	const struct stp_protocol *for_everyone;
	const struct stp_sheet_options *options;
	struct stp_words words;
	struct stp_document document;
	const struct stp_time_zone *zone; /* the clinic's; NULL: clocks that are never changed */
	bool *explained;                  /* by term index: its note was printed */
	const char **reasoned;            /* by term index: the reason that was printed last */
	bool ticks;                       /* each rule is a line to tick off, without reasons */
	bool by_day; /* a section of its own says which rules are for the day of the visit */
};

/* stp_say without the words: SAY(sheet, until_day, "n", "5"). */
#define SAY(sheet, name, ...) stp_say(&(sheet)->words, STP_PHRASE_##name, __VA_ARGS__)

/* ---- sheet.c ---- */

bool stp_sheet_begin(struct stp_sheet *, struct stp_context *, const struct stp_model *,
		     const struct stp_protocol *, const struct stp_sheet_options *);
/* Renders, unless an error was reported since errors_before. */
bool stp_sheet_end(struct stp_sheet *, const char *title, size_t errors_before,
		   struct stp_string *out);
void stp_sheet_heading(struct stp_sheet *, int level, enum stp_phrase_id);
/* A bullet "Label: value"; nothing when there is no value. */
void stp_sheet_fact(struct stp_sheet *, enum stp_phrase_id label, const char *value);
void stp_sheet_sentences(struct stp_sheet *, const char *first, const char *second);

/* A telephone number that a telephone can call from the sheet. */
const char *stp_telephone(const struct stp_sheet *, const char *number);
/* Version, status, fingerprint, dates, language and owner, as bullets. */
void stp_sheet_facts(struct stp_sheet *);

/* ---- handout.c ---- */

/* A sheet with all its sections, not rendered yet. */
bool stp_build_handout(struct stp_sheet *, struct stp_context *, const struct stp_model *,
		       const struct stp_protocol *, const struct stp_sheet_options *);

/* ---- handout_picture.c ---- */

/* How long each rule after the visit holds, as bars; in HTML alone. */
void stp_add_timeline(struct stp_sheet *);

/* ---- sheet_map.c ---- */

/* The zones as a drawing, where all have outlines; in HTML alone. The clinician's has depths. */
void stp_add_map(struct stp_sheet *, bool depths);

/* ---- page.c: the HTML around a document ---- */

void stp_page_begin(const struct stp_sheet *, const char *title, struct stp_string *out);
void stp_page_end(struct stp_string *out);
/* What site generators read before the Markdown of a document, as YAML. */
void stp_front_matter(const struct stp_sheet *, const char *title, struct stp_string *out);
/* Text as the content of an element or of a quoted attribute. */
void stp_add_escaped(struct stp_string *out, const char *text);

/* ---- sheet_bullets.c: lists of at most seven ---- */

#define STP_BULLETS_MAX 7

/* Bullets are headed by what they are about when they would be too many under one heading. */
enum stp_bullet_group {
	STP_GROUP_AREA, /* the skin that is treated */
	STP_GROUP_SKIN,
	STP_GROUP_MEDICINE,
	STP_GROUP_ACTIVITY,
	STP_GROUP_PROCEDURE,
	STP_GROUP_HEALTH,
	STP_GROUP_AT_FIRST,
	STP_GROUP_LATER,
	STP_GROUPS
};

struct stp_bullet_list {
	struct stp_sheet *sheet;
	struct stp_bullet {
		const char *text;
		enum stp_bullet_group group;
	} * items;
	size_t count, room;
	const char *heading; /* of all of them; or NULL: they have one already */
};

void stp_bullets_begin(struct stp_bullet_list *, struct stp_sheet *);
/* The same text twice stands there once. */
void stp_bullets_add(struct stp_bullet_list *, enum stp_bullet_group, const char *text);
/* Writes them; headings, where needed, are of the given level. */
void stp_bullets_end(struct stp_bullet_list *, int heading_level);

/* ---- sheet_merge.c: terms of which the same is said ---- */

struct stp_merging {
	struct stp_sheet *sheet;
	struct stp_merged {
		enum stp_bullet_group group;
		const char *said;
		const char *condition; /* or NULL */
		const struct stp_term **terms;
		size_t count, room;
	} * items;
	size_t count, room;
};

void stp_merge_begin(struct stp_merging *, struct stp_sheet *);
void stp_merge_add(struct stp_merging *, enum stp_bullet_group, const char *said,
		   const char *condition, const struct stp_term *);
/* Adds bullets of the phrase, which has {terms} and {said}; said may be NULL. */
void stp_merge_end(struct stp_merging *, enum stp_phrase_id, struct stp_bullet_list *);

/* ---- sheet_table.c: tables, in the formats that have them ---- */

struct stp_table {
	struct stp_sheet *sheet;
	size_t columns;
	struct stp_string html;
};

bool stp_has_tables(const struct stp_sheet *);
/* A table is begun, headed, filled row by row and ended; the first cell of a row is its head. */
void stp_table_begin(struct stp_table *, struct stp_sheet *, size_t columns);
void stp_table_heads(struct stp_table *, const char *const *heads);
void stp_table_row(struct stp_table *, const char *const *cells);
void stp_table_end(struct stp_table *);

/* ---- sheet_returns.c: what one can go back to after the visit ---- */

struct stp_return {
	const struct stp_care_rule *rule;
	const struct stp_term *term;
	struct stp_duration over; /* the time that must be */
	bool longer_for_some;     /* another rule makes some of these clients wait longer */
};

/* All of them, by time; returns their number. */
size_t stp_returns(struct stp_sheet *, struct stp_return **);
/* "from day 8", "from day 8, unless you must wait longer" */
const char *stp_return_words(const struct stp_sheet *, const struct stp_return *);
/* Whether another rule makes some of the clients of a `resume` wait longer. */
bool stp_resumes_later_for_some(const struct stp_sheet *, const struct stp_care_rule *);
/* The day on which to tell that a time after the visit is over. */
int64_t stp_again_day(const struct stp_sheet *, struct stp_duration);

/* ---- sheet_times.c: windows in words, with dates when the visit is known ---- */

/* One end of a window, counted from the visit: an exact time, or a whole day. */
struct stp_edge {
	bool whole_day;
	int64_t seconds; /* exact: from the visit, negative before it */
	int64_t day;     /* whole day: 0 is the day of the visit */
};

struct stp_edge stp_edge_after(struct stp_duration);
struct stp_edge stp_edge_before(struct stp_duration);
/* The day of an edge: with the visit unknown, the earliest or the latest that it can fall on. */
int64_t stp_edge_first_day(const struct stp_sheet *, struct stp_edge);
int64_t stp_edge_last_day(const struct stp_sheet *, struct stp_edge);

/* "until the end of day 5", "for 24 hours", "until Wednesday 2 December, 10 am" */
const char *stp_until_words(const struct stp_sheet *, struct stp_duration);
/* "from day 2", "from 24 hours after your visit", "from Wednesday 2 December, 10 am" */
const char *stp_from_words(const struct stp_sheet *, struct stp_duration);
/* The same for the first moment after a time has passed: from the day after its last day. */
const char *stp_once_over_words(const struct stp_sheet *, struct stp_duration);
/* "by the end of day 4", "within 24 hours" */
const char *stp_by_words(const struct stp_sheet *, struct stp_duration);
/* The last time that a window of `after` names, an effect's usual end too; count 0: none. */
struct stp_duration stp_window_end(const struct stp_window *);
/* "until the end of day 5", for the end alone of a rule of `after`; NULL when it has none. */
const char *stp_end_words(const struct stp_sheet *, const struct stp_care_rule *);
/* Whether a rule of `after` ends before another; what has no end comes last. */
bool stp_ends_before(const struct stp_care_rule *, const struct stp_care_rule *);
/* When a care rule holds, or NULL when it says nothing of it. */
const char *stp_window_words(const struct stp_sheet *, const struct stp_care_rule *);
/* "Wednesday 2 December" for a day counted from the visit, which must be known. */
const char *stp_visit_date_words(const struct stp_sheet *, int64_t day);
/* "Tuesday 17 November": before that day must lie what one waits after; the visit must be known. */
const char *stp_wait_date_words(const struct stp_sheet *, struct stp_duration);
/* "Tuesday 1 December 2026, 10 am" for the visit, which must be known. */
const char *stp_visit_moment_words(const struct stp_sheet *);

/* ---- sheet_rules.c: care rules as sentences ---- */

/* A term's label in the sheet's language. */
const char *stp_term_words(const struct stp_sheet *, const struct stp_term *);
/* "V to VI" for neighbours on a scale, else "nickel or steel". */
const char *stp_values_words(const struct stp_sheet *, const struct stp_condition_term *);
/* "you have skin type V to VI": what stands behind "if" on a sheet for clients. */
const char *stp_condition_words(const struct stp_sheet *, const struct stp_condition *);
/* The same one by one; returns how many there are. */
size_t stp_condition_facts(const struct stp_sheet *, const struct stp_condition *,
			   const char ***facts);

/* Part of a rule whose terms are spoken of in the same way and for the same reason. */
struct stp_rule_part {
	const struct stp_care_rule *rule;
	enum stp_phrase_id phrase; /* "do not use {terms}" */
	enum stp_bullet_group group;
	const char *because; /* or NULL */
	bool headed;         /* a heading says when it holds */
	bool by_instruction; /* the items are orders, not labels */
	const struct stp_term **terms;
	const char **items; /* what stands for each term in {terms} */
	size_t count;
};

/* Orders that stand on their own, or labels that many rules can share one sentence with. */
enum stp_style { STP_AT_LENGTH, STP_IN_BRIEF };

/* Why the rule holds for a term: its own reason, else that of the vocabulary; or NULL. */
const char *stp_reason_for(const struct stp_care_rule *, const struct stp_term *);
/* Splits a rule into its parts; returns their number. */
size_t stp_rule_parts(const struct stp_sheet *, const struct stp_care_rule *, enum stp_style,
		      struct stp_rule_part **parts);
/* "do not use make-up or creams": joined by or in what is not to be done. */
const char *stp_part_words(const struct stp_sheet *, enum stp_verb, enum stp_phrase_id,
			   const char *const *items, size_t count);
/* Whether the verb says "do not"; every other verb is something to do. */
bool stp_forbids(enum stp_verb);
/*
 * The sentence about some terms of a part: for whom, what, when, how often; where a heading says
 * when, without that.
 */
const char *stp_part_sentence(const struct stp_sheet *, const struct stp_rule_part *, size_t first,
			      size_t count);
/* The sentence with what the terms mean, how, and why. */
const char *stp_part_remarks(struct stp_sheet *, const char *sentence, const struct stp_rule_part *,
			     size_t first, size_t count);
/* "every 2 hours", "3 to 4 times a day", or NULL */
const char *stp_often_words(const struct stp_sheet *, const struct stp_care_rule *);
/* The parts of what is said of a rule; all but `rule` may be NULL. */
struct stp_saying {
	const char *rule;      /* "do not use make-up" */
	const char *when;      /* "for 24 hours" */
	const char *often;     /* "every 2 hours" */
	const char *condition; /* "you have skin type V" */
};

/* One sentence, or, where that would be long, some short ones. */
const char *stp_say_rule(const struct stp_sheet *, const struct stp_saying *);
/* The sentences of a rule without reasons and explanations. */
const char *stp_rule_words(const struct stp_sheet *, const struct stp_care_rule *);
/* What a term is about: the skin, a medicine, a treatment, what one does. */
enum stp_bullet_group stp_term_group(const struct stp_term *);
/*
 * What the terms mean, each at its first use in the sheet: "Retinoids: creams with vitamin A.", or
 * without the name where nothing else can be meant. NULL when there is nothing to explain.
 */
const char *stp_explain_words(struct stp_sheet *, const struct stp_term *const *terms, size_t count,
			      bool named);

/* ---- sheet_client.c ---- */

/* The protocol as it is for a client; the protocol itself where client is NULL. */
const struct stp_protocol *stp_protocol_for(struct stp_context *, const struct stp_protocol *,
					    const struct stp_client *);
/*
 * The sheet's protocol with the course as it is for the client between a session and the one before
 * it, which is any of these; what depends on which of them it is has a condition.
 */
const struct stp_protocol *stp_protocol_before(const struct stp_sheet *, uint16_t low,
					       uint16_t high);
/* All that is given of the client; NULL when the sheet is for everyone. */
const struct stp_condition *stp_given(const struct stp_sheet *);

/* ---- sheet_refused.c ---- */

/* Why the client of the sheet is refused; returns how many reasons there are. */
size_t stp_refusals_of(const struct stp_sheet *, struct stp_refusal **);
/* A notice for a client who is refused, and one for who must wait; nothing for all others. */
void stp_add_refused(struct stp_sheet *);
/* What a refused client does, as plain text; NULL for all others. */
const char *stp_refused_line(const struct stp_sheet *);

/* ---- handout_next_visit.c ---- */

/* "your next visit is visit 2 of your course", and whatever else a course for some depends on. */
const char *stp_course_condition_words(const struct stp_sheet *, const struct stp_condition *);

/* ---- sheet_wider.c ---- */

/* The protocol without the rules that another one of it holds for longer. */
const struct stp_protocol *stp_wider_rules(struct stp_context *, const struct stp_protocol *);

/* ---- sheet_prose.c ---- */

/* A text of the protocol's author with its {course.interval} filled in; NULL stays NULL. */
const char *stp_prose(const struct stp_sheet *, const char *text);

/* ---- sheet_rule_lists.c ---- */

/*
 * Of the rules, those that forbid or those that do not: how many bullets they make; the bullets,
 * each with what, for how long, and why; and a whole list. When there are too many for one, each
 * time has a list of its own, under a heading of that level. `heading`, or NULL, begins each.
 */
size_t stp_count_rules(struct stp_sheet *, const struct stp_care_rule *const *, size_t count,
		       bool forbidden);
void stp_add_rules(struct stp_bullet_list *, const struct stp_care_rule *const *, size_t count,
		   bool forbidden);
void stp_list_rules(struct stp_sheet *, const struct stp_care_rule *const *, size_t count,
		    bool forbidden, const char *heading, int heading_level);

/* Makes the sentence that speaks of `count` things of `what`, from the first on. */
typedef const char *(*stp_sentence_maker)(const struct stp_sheet *, const void *what, size_t first,
					  size_t count);
/* The sentence of as many things as keep it short, at least one; *count says how many. */
const char *stp_short_sentence(const struct stp_sheet *, stp_sentence_maker, const void *what,
			       size_t first, size_t total, size_t *count);
/* As many sentences as keep each of them short: the first of the phrase, which lists {terms}, the
 * others of `more`. */
const char *stp_list_sentences(const struct stp_sheet *, enum stp_phrase_id,
			       enum stp_phrase_id more, const char *const *items, size_t count);

/* NHS content standard: no sentence of more than 20 words. */
#define STP_SENTENCE_WORDS 20

#define STP_MM_DECIMALS 3 /* from micrometres */

/* ---- sections; each writes its headings, or nothing when it has nothing to say ---- */

void stp_section_title(struct stp_sheet *);
void stp_section_glance(struct stp_sheet *);
void stp_section_treatment(struct stp_sheet *);
void stp_section_before(struct stp_sheet *);
void stp_section_tell_us(struct stp_sheet *);
void stp_section_on_the_day(struct stp_sheet *);
void stp_section_expect(struct stp_sheet *);
void stp_section_days(struct stp_sheet *);
void stp_section_help(struct stp_sheet *);
void stp_section_going_back(struct stp_sheet *);
void stp_section_risks(struct stp_sheet *);
void stp_section_questions(struct stp_sheet *);
void stp_section_next_visit(struct stp_sheet *);
void stp_section_contact(struct stp_sheet *);
void stp_section_about(struct stp_sheet *);
void stp_section_checklist(struct stp_sheet *);
void stp_section_messages(struct stp_sheet *);

/* "usually for 24 hours", "usually over by Friday 4 December" */
const char *stp_expectation_words(const struct stp_sheet *, const struct stp_expectation *);
/* "you still notice redness after 3 days"; over with count 0: "you notice redness". */
const char *stp_sign_words(const struct stp_sheet *, const char *signs, struct stp_duration over);
/* A risk, and how often: "About 1 in 6 people get this, and 5 in 6 do not." */
const char *stp_risk_words(const struct stp_sheet *, const struct stp_statement *);
/* "start to get ready on Tuesday 24 November", or NULL when there is nothing to do before. */
const char *stp_preparation_words(const struct stp_sheet *);
/* The title of the sheet, also that of the HTML page. */
const char *stp_sheet_title(const struct stp_sheet *);

/* ---- sheet_sources.c ---- */

enum stp_cited { STP_CITED_FOR_CLIENTS, STP_CITED_BY_CARD };

/* Marks, by index, what is cited by the statements that clients read of, or those on the card. */
void stp_mark_cited(const struct stp_sheet *, enum stp_cited, bool *cited);
/*
 * As lists by grade. In full: all of them, with their addresses and their names in the sources;
 * else the titles, or of a grade that has many of them their number.
 */
void stp_section_sources(struct stp_sheet *, const bool *cited, bool in_full);

#define STP_SOURCES_NAMED 2

#endif
