/* SPDX-License-Identifier: Apache-2.0 */
/* The points of a handout that hang on what its author wrote: each miss has its place. */
#include "emit/score_judges.h"
#include "emit/score_text.h"

#include <string.h>

#define SENTENCE_WORDS      20
#define PARAGRAPH_SENTENCES 3
#define SUMMARY_LEAST       3
#define SUMMARY_MOST        5

/* ---- every text of the author's ---- */

/* Calls look for each text that the author of the protocol or of its vocabulary wrote. */
typedef void (*look_at)(struct stp_judgement *, const char *text, struct stp_span);

static void each_statement(struct stp_judgement *at, look_at look,
			   const struct stp_statement *statements, size_t count)
{
	for (size_t i = 0; i < count; i++)
		look(at, statements[i].text, statements[i].origin.span);
}

static void each_term(struct stp_judgement *at, look_at look, const struct stp_term *term)
{
	const char *const texts[] = { term->label, term->note, term->because, term->instruction };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (texts[i])
			look(at, texts[i], term->origin.span);
}

static void each_rule(struct stp_judgement *at, look_at look)
{
	const struct stp_protocol *protocol = at->sheet->protocol;

	for (size_t i = 0; i < protocol->care_count; i++) {
		const struct stp_care_rule *rule = &protocol->care[i];

		if (rule->origin.because)
			look(at, rule->origin.because, rule->origin.span);
		if (rule->how)
			look(at, rule->how, rule->origin.span);
		for (size_t j = 0; j < rule->term_count; j++)
			each_term(at, look, rule->terms[j]);
	}
	for (size_t i = 0; i < protocol->screen_count; i++) {
		if (protocol->screens[i].origin.because)
			look(at, protocol->screens[i].origin.because,
			     protocol->screens[i].origin.span);
		if (protocol->screens[i].term)
			each_term(at, look, protocol->screens[i].term);
	}
	for (size_t i = 0; i < protocol->expect_count; i++)
		each_term(at, look, protocol->expects[i].effect);
	for (size_t i = 0; i < protocol->help_count; i++)
		each_term(at, look, protocol->helps[i].sign);
}

static void each_text(struct stp_judgement *at, look_at look)
{
	const struct stp_protocol *protocol = at->sheet->protocol;

	look(at, protocol->message, protocol->message_span);
	if (protocol->summary)
		look(at, protocol->summary, protocol->summary_span);
	each_statement(at, look, protocol->benefits, protocol->benefit_count);
	each_statement(at, look, protocol->risks, protocol->risk_count);
	each_statement(at, look, protocol->unknowns, protocol->unknown_count);
	each_rule(at, look);
}

/* ---- the judges, in the order of the points ---- */

enum stp_verdict stp_judge_title(struct stp_judgement *at)
{
	const struct stp_protocol *protocol = at->sheet->protocol;

	if (at->block_count == 0 || at->blocks[0].kind != STP_BLOCK_HEADING ||
	    !(protocol->title || protocol->label))
		stp_miss(at, protocol->span, "the protocol has no title of its own");
	return stp_verdict_of(at);
}

enum stp_verdict stp_judge_message(struct stp_judgement *at)
{
	const struct stp_protocol *protocol = at->sheet->protocol;

	if (at->block_count < 2 || !at->blocks[1].bold)
		stp_miss(at, protocol->message_span, "the message does not stand first, in bold");
	if (stp_sentence_count(protocol->message) > 1)
		stp_miss(at, protocol->message_span, "the message is more than one sentence");
	if (stp_longest_sentence(protocol->message) > SENTENCE_WORDS)
		stp_miss(at, protocol->message_span, "the message is longer than 20 words");
	return stp_verdict_of(at);
}

enum stp_verdict stp_judge_summary(struct stp_judgement *at)
{
	const struct stp_protocol *protocol = at->sheet->protocol;
	size_t first = stp_find_score_heading(at, 0, STP_PHRASE_heading_glance) + 1;
	size_t bullets = 0;

	while (first + bullets < at->block_count &&
	       at->blocks[first + bullets].kind == STP_BLOCK_BULLET)
		bullets++;
	if (bullets < SUMMARY_LEAST || bullets > SUMMARY_MOST)
		stp_miss(at, protocol->summary ? protocol->summary_span : protocol->span,
			 stp_format(at->sheet->context, "the summary has %zu bullets, not 3 to 5",
				    bullets));
	return stp_verdict_of(at);
}

static void look_for_clients(struct stp_judgement *at, const char *text, struct stp_span span)
{
	if (stp_speaks_of_clients(text))
		stp_miss(at, span, "this speaks of clients, and not to \"you\"");
}

enum stp_verdict stp_judge_address(struct stp_judgement *at)
{
	each_text(at, look_for_clients);
	return stp_verdict_of(at);
}

static void look_for_negatives(struct stp_judgement *at, const char *text, struct stp_span span)
{
	if (stp_has_short_negative(text))
		stp_miss(at, span, "write \"do not\" and \"cannot\" in full");
}

enum stp_verdict stp_judge_do_not(struct stp_judgement *at)
{
	each_text(at, look_for_negatives);
	return stp_verdict_of(at);
}

static void look_at_length(struct stp_judgement *at, const char *text, struct stp_span span)
{
	if (stp_longest_sentence(text) > SENTENCE_WORDS)
		stp_miss(at, span, "a sentence is longer than 20 words");
}

enum stp_verdict stp_judge_sentences(struct stp_judgement *at)
{
	each_text(at, look_at_length);
	for (size_t i = 0; i < at->block_count && !at->missed; i++) {
		const struct stp_block *block = &at->blocks[i];

		if (stp_longest_sentence(block->text) > SENTENCE_WORDS)
			stp_miss(at, at->sheet->protocol->span,
				 stp_format(at->sheet->context, "longer than 20 words: %s",
					    block->text));
		if (block->kind == STP_BLOCK_PARAGRAPH &&
		    stp_sentence_count(block->text) > PARAGRAPH_SENTENCES)
			stp_miss(at, at->sheet->protocol->span,
				 stp_format(at->sheet->context, "more than 3 sentences: %s",
					    block->text));
	}
	return stp_verdict_of(at);
}

enum stp_verdict stp_judge_words(struct stp_judgement *at)
{
	size_t passives = 0, words = 0;

	for (size_t i = 0; i < at->block_count; i++) {
		passives += stp_passives(at->blocks[i].text);
		words += stp_long_words(at->blocks[i].text);
	}
	stp_addf(&at->remarks, "       %zu words of 4 syllables and more, %zu passive turns\n",
		 words, passives);
	return STP_EARNED;
}

enum stp_verdict stp_judge_explained(struct stp_judgement *at)
{
	const struct stp_protocol *protocol = at->sheet->protocol;

	for (size_t i = 0; i < protocol->care_count; i++)
		for (size_t j = 0; j < protocol->care[i].term_count; j++) {
			const struct stp_term *term = protocol->care[i].terms[j];

			if (term->note && !at->sheet->explained[term->index] &&
			    protocol->care[i].verb != STP_RESUME)
				stp_miss(at, term->origin.span, "its note is not on the sheet");
		}
	return stp_verdict_of(at);
}

static void look_at_figures(struct stp_judgement *at, const char *text, struct stp_span span)
{
	if (stp_has_bad_figures(text))
		stp_miss(at, span, "write \"to\" in a range and a zero before the point");
}

enum stp_verdict stp_judge_numerals(struct stp_judgement *at)
{
	each_text(at, look_at_figures);
	return stp_verdict_of(at);
}

enum stp_verdict stp_judge_help(struct stp_judgement *at)
{
	static const char *const names[STP_URGENCIES] = { "ask us for", "call us for",
							  "call emergency for" };
	const struct stp_protocol *protocol = at->sheet->protocol;
	bool said[STP_URGENCIES] = { false };

	for (size_t i = 0; i < protocol->help_count; i++)
		said[protocol->helps[i].urgency] = true;
	for (int i = 0; i < STP_URGENCIES; i++)
		if (!said[i])
			stp_miss(at, protocol->span,
				 stp_format(at->sheet->context, "no `%s`", names[i]));
	return stp_verdict_of(at);
}

enum stp_verdict stp_judge_reasons(struct stp_judgement *at)
{
	const struct stp_protocol *protocol = at->sheet->protocol;

	for (size_t i = 0; i < protocol->care_count; i++) {
		const struct stp_care_rule *rule = &protocol->care[i];

		for (size_t j = 0; j < rule->term_count && rule->verb != STP_RESUME; j++)
			if (!stp_reason_for(rule, rule->terms[j]))
				stp_miss(at, rule->origin.span,
					 stp_format(at->sheet->context, "no `because` about %s",
						    rule->terms[j]->name));
	}
	return stp_verdict_of(at);
}

/* What is to be done once, at any time before the visit, has no time to say. */
static bool needs_time(const struct stp_care_rule *rule)
{
	return rule->after || (rule->verb != STP_DO && rule->verb != STP_MAY);
}

enum stp_verdict stp_judge_how_long(struct stp_judgement *at)
{
	const struct stp_protocol *protocol = at->sheet->protocol;

	for (size_t i = 0; i < protocol->care_count; i++)
		if (needs_time(&protocol->care[i]) &&
		    !stp_window_words(at->sheet, &protocol->care[i]) &&
		    !protocol->care[i].window.on_the_day)
			stp_miss(at, protocol->care[i].origin.span, "it does not say for how long");
	return stp_verdict_of(at);
}

enum stp_verdict stp_judge_risks(struct stp_judgement *at)
{
	const struct stp_protocol *protocol = at->sheet->protocol;

	if (protocol->benefit_count == 0)
		stp_miss(at, protocol->span, "no `benefit`");
	if (protocol->risk_count == 0)
		stp_miss(at, protocol->span, "no `risk`");
	return stp_verdict_of(at);
}

enum stp_verdict stp_judge_known(struct stp_judgement *at)
{
	bool *cited = stp_alloc_array(at->sheet->context, at->sheet->model->citation_count + 1,
				      sizeof *cited);
	bool any = false;

	if (at->sheet->protocol->unknown_count == 0)
		stp_miss(at, at->sheet->protocol->span, "no `unknown`");
	stp_mark_cited(at->sheet, STP_CITED_FOR_CLIENTS, cited);
	for (size_t i = 0; i < at->sheet->model->citation_count; i++)
		any = any || cited[i];
	if (!any)
		stp_miss(at, at->sheet->protocol->span, "nothing cites a source");
	return stp_verdict_of(at);
}

enum stp_verdict stp_judge_contact(struct stp_judgement *at)
{
	const struct stp_clinic *clinic = at->sheet->options->clinic;
	const struct stp_protocol *protocol = at->sheet->protocol;

	if (!clinic->address && !clinic->email && !clinic->website)
		stp_miss(at, clinic->span, "no address, email or website");
	if (protocol->updated.year == 0)
		stp_miss(at, protocol->span, "no `updated`");
	if (protocol->status == STP_APPROVED && protocol->review_by.year == 0)
		stp_miss(at, protocol->span, "it is approved and has no date of review");
	return stp_verdict_of(at);
}

enum stp_verdict stp_judge_translation(struct stp_judgement *at)
{
	return at->sheet->options->language->reviewed_by ? STP_EARNED : STP_OPEN;
}
