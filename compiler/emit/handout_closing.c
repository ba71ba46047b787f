/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How a sheet for clients ends: risks and benefits, questions to answer in one's own words,
 * whom to turn to, and what the sheet itself is: its version, its state and its
 * sources.
 */
#include "emit/sheet.h"

#include <string.h>

/* ---- risks and benefits ---- */

static const char *statement_words(const struct stp_sheet *sheet,
				   const struct stp_statement *statement)
{
	return stp_sentence(&sheet->words, stp_prose(sheet, statement->text));
}

static void add_statements(struct stp_sheet *sheet, enum stp_phrase_id heading,
			   const struct stp_statement *statements, size_t count)
{
	struct stp_bullet_list list;

	if (count == 0)
		return;
	stp_sheet_heading(sheet, 3, heading);
	stp_bullets_begin(&list, sheet);
	for (size_t i = 0; i < count; i++)
		stp_bullets_add(&list, STP_GROUP_HEALTH, statement_words(sheet, &statements[i]));
	stp_bullets_end(&list, 4);
}

/* A number, and the same in words. */
const char *stp_risk_words(const struct stp_sheet *sheet, const struct stp_statement *risk)
{
	const struct stp_words *words = &sheet->words;
	const char *said = statement_words(sheet, risk);

	if (risk->one_in <= 1)
		return said;
	return stp_join(
		words, said,
		stp_sentence(words, SAY(sheet, risk_known, "n", stp_whole(words, risk->one_in),
					"others", stp_whole(words, risk->one_in - 1), NULL)));
}

/* Those with a number first; the others stand together, under a heading that says so. */
static void add_risks(struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = sheet->protocol;
	struct stp_bullet_list known, unknown;

	if (protocol->risk_count == 0)
		return;
	stp_sheet_heading(sheet, 3, STP_PHRASE_heading_what_can_go_wrong);
	stp_bullets_begin(&known, sheet);
	stp_bullets_begin(&unknown, sheet);
	unknown.heading = SAY(sheet, risk_unknown, NULL);
	for (size_t i = 0; i < protocol->risk_count; i++)
		stp_bullets_add(protocol->risks[i].one_in > 1 ? &known : &unknown, STP_GROUP_HEALTH,
				stp_risk_words(sheet, &protocol->risks[i]));
	stp_bullets_end(&known, 4);
	stp_bullets_end(&unknown, 4);
}

void stp_section_risks(struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = sheet->protocol;

	if (protocol->benefit_count + protocol->risk_count + protocol->unknown_count == 0)
		return;
	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_risks);
	add_statements(sheet, STP_PHRASE_heading_benefits, protocol->benefits,
		       protocol->benefit_count);
	add_risks(sheet);
	add_statements(sheet, STP_PHRASE_heading_not_known, protocol->unknowns,
		       protocol->unknown_count);
}

/* ---- in your own words ---- */

/* The rule of the verb and phase that reaches furthest from the visit, or NULL. */
static const struct stp_care_rule *strictest(const struct stp_protocol *protocol,
					     enum stp_verb verb, bool after)
{
	const struct stp_care_rule *found = NULL;
	struct stp_duration longest = { 0, STP_DAY };

	for (size_t i = 0; i < protocol->care_count; i++) {
		const struct stp_care_rule *rule = &protocol->care[i];
		struct stp_duration time = after ? rule->window.to : rule->window.from;

		if (rule->verb != verb || rule->after != after || rule->when || time.count == 0 ||
		    rule->window.until_effect)
			continue;
		if (found && stp_duration_compare(time, longest) <= 0)
			continue;
		found = rule;
		longest = time;
	}
	return found;
}

static const struct stp_term *first_sign(const struct stp_protocol *protocol)
{
	for (size_t i = 0; i < protocol->help_count; i++)
		if (protocol->helps[i].urgency == STP_CALL_US)
			return protocol->helps[i].sign;
	return NULL;
}

static void ask(struct stp_sheet *sheet, enum stp_phrase_id question, const struct stp_term *about)
{
	if (about)
		stp_bullet(
			&sheet->document,
			stp_sentence(&sheet->words, stp_say(&sheet->words, question, "term",
							    stp_term_words(sheet, about), NULL)));
}

void stp_section_questions(struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = sheet->protocol;
	const struct stp_care_rule *stop = strictest(protocol, STP_STOP, false);
	const struct stp_care_rule *avoid = strictest(protocol, STP_AVOID, true);
	enum stp_sheet_kind kind = sheet->options->kind;

	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_questions);
	stp_sheet_sentences(sheet, SAY(sheet, questions_intro, NULL), NULL);
	ask(sheet, STP_PHRASE_question_stop,
	    stop && kind != STP_SHEET_AFTERCARE ? stop->terms[0] : NULL);
	ask(sheet, STP_PHRASE_question_avoid,
	    avoid && kind != STP_SHEET_PREP ? avoid->terms[0] : NULL);
	ask(sheet, STP_PHRASE_question_sign, first_sign(protocol));
	stp_bullet(&sheet->document, stp_sentence(&sheet->words, SAY(sheet, question_own, NULL)));
}

/* ---- contact ---- */

/* A contact that can be followed from the sheet. */
static void contact_link(struct stp_sheet *sheet, enum stp_phrase_id label, const char *scheme,
			 const char *value)
{
	if (value)
		stp_sheet_fact(sheet, label,
			       stp_link(sheet->context,
					stp_format(sheet->context, "%s%s", scheme, value), value));
}

/* Whether "When to get help" stands on the sheet, with its numbers and what to do out of hours. */
static bool says_help(const struct stp_sheet *sheet)
{
	return sheet->options->kind == STP_SHEET_HANDOUT ||
	       sheet->options->kind == STP_SHEET_AFTERCARE;
}

void stp_section_contact(struct stp_sheet *sheet)
{
	const struct stp_clinic *clinic = sheet->options->clinic;

	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_contact);
	stp_paragraph(&sheet->document, clinic->label ? clinic->label : clinic->name);
	stp_sheet_fact(sheet, STP_PHRASE_contact_telephone,
		       stp_telephone(sheet, clinic->telephone));
	if (!says_help(sheet)) {
		stp_sheet_fact(sheet, STP_PHRASE_contact_after_hours, clinic->after_hours);
		stp_sheet_fact(sheet, STP_PHRASE_contact_emergency,
			       stp_telephone(sheet, clinic->emergency));
	}
	stp_sheet_fact(sheet, STP_PHRASE_contact_address, clinic->address);
	contact_link(sheet, STP_PHRASE_contact_email, "mailto:", clinic->email);
	contact_link(sheet, STP_PHRASE_contact_website, "", clinic->website);
}

/* ---- about this sheet ---- */

static const char *version_words(const struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = sheet->protocol;

	return stp_format(sheet->context, "%s %u.%u.%u", protocol->name, protocol->version[0],
			  protocol->version[1], protocol->version[2]);
}

static const char *checked_words(const struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = sheet->protocol;

	if (protocol->status == STP_DRAFT || !protocol->approved_by)
		return SAY(sheet, not_checked, NULL);
	return SAY(sheet, checked_by, "name", protocol->approved_by, "date",
		   stp_plain_date(&sheet->words, protocol->approved_on), NULL);
}

static const char *translation_words(const struct stp_sheet *sheet)
{
	const struct stp_language *language = sheet->options->language;

	if (!language->reviewed_by)
		return SAY(sheet, words_not_reviewed, "language", language->label, NULL);
	return SAY(sheet, words_reviewed, "language", language->label, "name",
		   language->reviewed_by, "date",
		   stp_plain_date(&sheet->words, language->reviewed_on), NULL);
}

static const char *date_words(const struct stp_sheet *sheet, struct stp_date date)
{
	return date.year > 0 ? stp_plain_date(&sheet->words, date) : SAY(sheet, date_not_set, NULL);
}

void stp_sheet_facts(struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = sheet->protocol;

	stp_sheet_fact(sheet, STP_PHRASE_fact_version, version_words(sheet));
	stp_sheet_fact(sheet, STP_PHRASE_fact_fingerprint, sheet->options->fingerprint);
	stp_sheet_fact(sheet, STP_PHRASE_fact_status, checked_words(sheet));
	stp_sheet_fact(sheet, STP_PHRASE_fact_updated, date_words(sheet, protocol->updated));
	stp_sheet_fact(sheet, STP_PHRASE_fact_review, date_words(sheet, protocol->review_by));
	stp_sheet_fact(sheet, STP_PHRASE_fact_language, translation_words(sheet));
	if (sheet->options->clinic)
		stp_sheet_fact(sheet, STP_PHRASE_fact_owner, sheet->options->clinic->label);
}

void stp_section_about(struct stp_sheet *sheet)
{
	bool *cited =
		stp_alloc_array(sheet->context, sheet->model->citation_count + 1, sizeof *cited);

	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_about);
	stp_sheet_facts(sheet);
	if (sheet->options->kind >= STP_SHEET_CHECKLIST)
		return; /* the handout has the sources */
	stp_mark_cited(sheet, STP_CITED_FOR_CLIENTS, cited);
	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_sources);
	stp_sheet_sentences(sheet, SAY(sheet, sources_card, NULL), NULL);
	stp_section_sources(sheet, cited, false);
}
