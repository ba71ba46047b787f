/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Judging a handout. The sheet is made as HTML (so that its pictures are there), then looked
 * through as a list of blocks; what the author alone can mend is looked up in the model, which
 * knows the places. Each judge answers one point of score_points.def.
 */
#include "emit/score.h"

#include <string.h>

#include "emit/score_text.h"
#include "emit/sheet.h"

#define SENTENCE_WORDS      20
#define PARAGRAPH_SENTENCES 3
#define SUMMARY_LEAST       3
#define SUMMARY_MOST        5

struct judgement {
	struct stp_sheet *sheet;
	const struct stp_block *blocks;
	size_t block_count;
	struct stp_string remarks; /* of the point at work */
	bool missed;
};

typedef enum stp_verdict (*judge)(struct judgement *);

/* ---- what judges say ---- */

/* What is missed, with its place when it has one. */
static void miss(struct judgement *at, struct stp_span span, const char *what)
{
	struct stp_context *context = at->sheet->context;
	const struct stp_source *source = stp_source_by_id(context, span.source);

	at->missed = true;
	stp_add(&at->remarks, "       ");
	if (source) {
		struct stp_position position = stp_position(context, span);

		stp_addf(&at->remarks, "%s:%lu:%lu: ", source->name, (unsigned long)position.line,
			 (unsigned long)position.column);
	}
	stp_addf(&at->remarks, "%s\n", what);
}

static enum stp_verdict verdict(const struct judgement *at)
{
	return at->missed ? STP_MISSED : STP_EARNED;
}

static const struct stp_protocol *protocol_of(const struct judgement *at)
{
	return at->sheet->protocol;
}

/* The heading that says the phrase, from a block on; block_count when there is none. */
static size_t find_heading(const struct judgement *at, size_t from, enum stp_phrase_id id)
{
	const struct stp_words *words = &at->sheet->words;
	const char *text = stp_capital(words, stp_say(words, id, NULL));

	while (from < at->block_count && (at->blocks[from].kind != STP_BLOCK_HEADING ||
					  strcmp(at->blocks[from].text, text) != 0))
		from++;
	return from;
}

/* ---- every text of the author's ---- */

/* Calls look for each text that the author of the protocol or of its vocabulary wrote. */
typedef void (*look_at)(struct judgement *, const char *text, struct stp_span);

static void each_statement(struct judgement *at, look_at look,
			   const struct stp_statement *statements, size_t count)
{
	for (size_t i = 0; i < count; i++)
		look(at, statements[i].text, statements[i].origin.span);
}

static void each_term(struct judgement *at, look_at look, const struct stp_term *term)
{
	const char *const texts[] = { term->label, term->note, term->because, term->instruction };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (texts[i])
			look(at, texts[i], term->origin.span);
}

static void each_rule(struct judgement *at, look_at look)
{
	const struct stp_protocol *protocol = protocol_of(at);

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

static void each_text(struct judgement *at, look_at look)
{
	const struct stp_protocol *protocol = protocol_of(at);

	look(at, protocol->message, protocol->message_span);
	if (protocol->summary)
		look(at, protocol->summary, protocol->summary_span);
	each_statement(at, look, protocol->benefits, protocol->benefit_count);
	each_statement(at, look, protocol->risks, protocol->risk_count);
	each_statement(at, look, protocol->unknowns, protocol->unknown_count);
	each_rule(at, look);
}

/* ---- the judges, in the order of the points ---- */

static enum stp_verdict judge_title(struct judgement *at)
{
	const struct stp_protocol *protocol = protocol_of(at);

	if (at->block_count == 0 || at->blocks[0].kind != STP_BLOCK_HEADING ||
	    !(protocol->title || protocol->label))
		miss(at, protocol->span, "the protocol has no title of its own");
	return verdict(at);
}

static enum stp_verdict judge_message(struct judgement *at)
{
	const struct stp_protocol *protocol = protocol_of(at);

	if (at->block_count < 2 || !at->blocks[1].bold)
		miss(at, protocol->message_span, "the message does not stand first, in bold");
	if (stp_sentence_count(protocol->message) > 1)
		miss(at, protocol->message_span, "the message is more than one sentence");
	if (stp_longest_sentence(protocol->message) > SENTENCE_WORDS)
		miss(at, protocol->message_span, "the message is longer than 20 words");
	return verdict(at);
}

static enum stp_verdict judge_summary(struct judgement *at)
{
	const struct stp_protocol *protocol = protocol_of(at);
	size_t first = find_heading(at, 0, STP_PHRASE_heading_glance) + 1;
	size_t bullets = 0;

	while (first + bullets < at->block_count &&
	       at->blocks[first + bullets].kind == STP_BLOCK_BULLET)
		bullets++;
	if (bullets < SUMMARY_LEAST || bullets > SUMMARY_MOST)
		miss(at, protocol->summary ? protocol->summary_span : protocol->span,
		     stp_format(at->sheet->context, "the summary has %zu bullets, not 3 to 5",
				bullets));
	return verdict(at);
}

static void look_for_clients(struct judgement *at, const char *text, struct stp_span span)
{
	if (stp_speaks_of_clients(text))
		miss(at, span, "this speaks of clients, and not to \"you\"");
}

static enum stp_verdict judge_address(struct judgement *at)
{
	each_text(at, look_for_clients);
	return verdict(at);
}

static void look_for_negatives(struct judgement *at, const char *text, struct stp_span span)
{
	if (stp_has_short_negative(text))
		miss(at, span, "write \"do not\" and \"cannot\" in full");
}

static enum stp_verdict judge_do_not(struct judgement *at)
{
	each_text(at, look_for_negatives);
	return verdict(at);
}

static void look_at_length(struct judgement *at, const char *text, struct stp_span span)
{
	if (stp_longest_sentence(text) > SENTENCE_WORDS)
		miss(at, span, "a sentence is longer than 20 words");
}

static enum stp_verdict judge_sentences(struct judgement *at)
{
	each_text(at, look_at_length);
	for (size_t i = 0; i < at->block_count && !at->missed; i++) {
		const struct stp_block *block = &at->blocks[i];

		if (stp_longest_sentence(block->text) > SENTENCE_WORDS)
			miss(at, protocol_of(at)->span,
			     stp_format(at->sheet->context, "longer than 20 words: %s",
					block->text));
		if (block->kind == STP_BLOCK_PARAGRAPH &&
		    stp_sentence_count(block->text) > PARAGRAPH_SENTENCES)
			miss(at, protocol_of(at)->span,
			     stp_format(at->sheet->context, "more than 3 sentences: %s",
					block->text));
	}
	return verdict(at);
}

static enum stp_verdict judge_words(struct judgement *at)
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

static enum stp_verdict judge_explained(struct judgement *at)
{
	const struct stp_protocol *protocol = protocol_of(at);

	for (size_t i = 0; i < protocol->care_count; i++)
		for (size_t j = 0; j < protocol->care[i].term_count; j++) {
			const struct stp_term *term = protocol->care[i].terms[j];

			if (term->note && !at->sheet->explained[term->index] &&
			    protocol->care[i].verb != STP_RESUME)
				miss(at, term->origin.span, "its note is not on the sheet");
		}
	return verdict(at);
}

static void look_at_figures(struct judgement *at, const char *text, struct stp_span span)
{
	if (stp_has_bad_figures(text))
		miss(at, span, "write \"to\" in a range and a zero before the point");
}

static enum stp_verdict judge_numerals(struct judgement *at)
{
	each_text(at, look_at_figures);
	return verdict(at);
}

static enum stp_verdict judge_chunks(struct judgement *at)
{
	size_t bullets = 0;
	int level = 0;

	for (size_t i = 0; i < at->block_count; i++) {
		const struct stp_block *block = &at->blocks[i];

		bullets = block->kind == STP_BLOCK_BULLET ? bullets + 1 : 0;
		if (bullets == STP_BULLETS_MAX + 1)
			miss(at, protocol_of(at)->summary_span,
			     stp_format(at->sheet->context, "an eighth bullet: %s", block->text));
		if (block->kind != STP_BLOCK_HEADING)
			continue;
		if (block->level > level + 1)
			miss(at, protocol_of(at)->span, "a level of heading is skipped");
		level = block->level;
	}
	return verdict(at);
}

static enum stp_verdict judge_order(struct judgement *at)
{
	static const enum stp_phrase_id order[] = {
		STP_PHRASE_heading_before, STP_PHRASE_heading_on_the_day, STP_PHRASE_heading_days,
		STP_PHRASE_heading_help, STP_PHRASE_heading_next_visit
	};
	size_t from = 0;

	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		from = find_heading(at, from, order[i]);
		if (from < at->block_count)
			continue;
		miss(at, protocol_of(at)->span,
		     stp_format(at->sheet->context, "there is nothing under \"%s\"",
				stp_say(&at->sheet->words, order[i], NULL)));
		from = 0;
	}
	return verdict(at);
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
static bool begins_with(const struct judgement *at, const char *heading, const char *said)
{
	const char *begin = stp_capital(&at->sheet->words, said);

	return strncmp(heading, begin, strlen(begin)) == 0;
}

/* The last day that a heading speaks of, when its first is `next`; -1 when that is not so. */
static int64_t last_day_of(const struct judgement *at, const char *heading, int64_t next)
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
static enum stp_verdict judge_days(struct judgement *at)
{
	size_t i = find_heading(at, 0, STP_PHRASE_heading_days);
	int64_t next = 0;

	for (i++; i < at->block_count && !at->missed; i++) {
		const struct stp_block *block = &at->blocks[i];

		if (block->kind == STP_BLOCK_HEADING && block->level <= 2)
			break;
		if (block->kind != STP_BLOCK_HEADING || block->level != 3)
			continue;
		int64_t last = last_day_of(at, block->text, next);
		if (last < 0)
			miss(at, protocol_of(at)->span,
			     stp_format(at->sheet->context, "a gap or an overlap: %s",
					block->text));
		next = last + 1;
	}
	if (next == 0 && !at->missed)
		miss(at, protocol_of(at)->span, "no day is spoken of");
	return verdict(at);
}

static enum stp_verdict judge_tables(struct judgement *at)
{
	(void)at;
	return STP_NOT_ASKED; /* days are headings with bullets */
}

static enum stp_verdict judge_checklist(struct judgement *at)
{
	if (find_heading(at, 0, STP_PHRASE_heading_going_back) == at->block_count)
		miss(at, protocol_of(at)->span,
		     "nothing is avoided for a time in `after`, so there is nothing to tick off");
	return verdict(at);
}

static enum stp_verdict judge_picture(struct judgement *at)
{
	for (size_t i = 0; i < at->block_count; i++)
		if (at->blocks[i].kind == STP_BLOCK_FIGURE)
			return STP_EARNED;
	miss(at, protocol_of(at)->span, "nothing is avoided for a time that could be drawn");
	return verdict(at);
}

static enum stp_verdict judge_help(struct judgement *at)
{
	static const char *const names[STP_URGENCIES] = { "ask us for", "call us for",
							  "call emergency for" };
	const struct stp_protocol *protocol = protocol_of(at);
	bool said[STP_URGENCIES] = { false };

	for (size_t i = 0; i < protocol->help_count; i++)
		said[protocol->helps[i].urgency] = true;
	for (int i = 0; i < STP_URGENCIES; i++)
		if (!said[i])
			miss(at, protocol->span,
			     stp_format(at->sheet->context, "no `%s`", names[i]));
	return verdict(at);
}

static enum stp_verdict judge_reasons(struct judgement *at)
{
	const struct stp_protocol *protocol = protocol_of(at);

	for (size_t i = 0; i < protocol->care_count; i++) {
		const struct stp_care_rule *rule = &protocol->care[i];

		for (size_t j = 0; j < rule->term_count && rule->verb != STP_RESUME; j++)
			if (!stp_reason_for(rule, rule->terms[j]))
				miss(at, rule->origin.span,
				     stp_format(at->sheet->context, "no `because` about %s",
						rule->terms[j]->name));
	}
	return verdict(at);
}

/* What is to be done once, at any time before the visit, has no time to say. */
static bool needs_time(const struct stp_care_rule *rule)
{
	return rule->after || (rule->verb != STP_DO && rule->verb != STP_MAY);
}

static enum stp_verdict judge_how_long(struct judgement *at)
{
	const struct stp_protocol *protocol = protocol_of(at);

	for (size_t i = 0; i < protocol->care_count; i++)
		if (needs_time(&protocol->care[i]) &&
		    !stp_window_words(at->sheet, &protocol->care[i]) &&
		    !protocol->care[i].window.on_the_day)
			miss(at, protocol->care[i].origin.span, "it does not say for how long");
	return verdict(at);
}

static enum stp_verdict judge_risks(struct judgement *at)
{
	const struct stp_protocol *protocol = protocol_of(at);

	if (protocol->benefit_count == 0)
		miss(at, protocol->span, "no `benefit`");
	if (protocol->risk_count == 0)
		miss(at, protocol->span, "no `risk`");
	return verdict(at);
}

static enum stp_verdict judge_known(struct judgement *at)
{
	bool *cited = stp_alloc_array(at->sheet->context, at->sheet->model->citation_count + 1,
				      sizeof *cited);
	bool any = false;

	if (protocol_of(at)->unknown_count == 0)
		miss(at, protocol_of(at)->span, "no `unknown`");
	stp_mark_cited(at->sheet, false, cited);
	for (size_t i = 0; i < at->sheet->model->citation_count; i++)
		any = any || cited[i];
	if (!any)
		miss(at, protocol_of(at)->span, "nothing cites a source");
	return verdict(at);
}

static enum stp_verdict judge_teach_back(struct judgement *at)
{
	size_t first = find_heading(at, 0, STP_PHRASE_heading_questions);

	/* The question of the client's own is always there. */
	if (first + 3 >= at->block_count || at->blocks[first + 3].kind != STP_BLOCK_BULLET)
		miss(at, protocol_of(at)->span, "no rule or sign that a question could be about");
	return verdict(at);
}

static enum stp_verdict judge_contact(struct judgement *at)
{
	const struct stp_clinic *clinic = at->sheet->options->clinic;
	const struct stp_protocol *protocol = protocol_of(at);

	if (!clinic->address && !clinic->email && !clinic->website)
		miss(at, clinic->span, "no address, email or website");
	if (protocol->updated.year == 0)
		miss(at, protocol->span, "no `updated`");
	if (protocol->status == STP_APPROVED && protocol->review_by.year == 0)
		miss(at, protocol->span, "it is approved and has no date of review");
	return verdict(at);
}

static enum stp_verdict judge_grade(struct judgement *at)
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

static enum stp_verdict judge_translation(struct judgement *at)
{
	return at->sheet->options->language->reviewed_by ? STP_EARNED : STP_OPEN;
}

static enum stp_verdict earned(struct judgement *at)
{
	return verdict(at);
}

static enum stp_verdict by_tests(struct judgement *at)
{
	(void)at;
	return STP_BY_TESTS;
}

static enum stp_verdict by_reader(struct judgement *at)
{
	(void)at;
	return STP_BY_READER;
}

/* The limits are dates or days (10), and the print rules are the page's own (26). */
#define judge_no_sums        judge_how_long
#define judge_print          earned
#define judge_access         by_tests
#define judge_read_back      by_tests
#define judge_clear_pictures by_reader
#define judge_tone           by_reader

static const struct {
	int number;
	const char *text, *from;
	judge judge;
} points[] = {
#define STP_POINT(number, name, text, from) { number, text, from, judge_##name },
#include "emit/score_points.def"
#undef STP_POINT
};

static const char *const verdict_words[] = {
	[STP_EARNED] = "yes",     [STP_MISSED] = "NO",        [STP_NOT_ASKED] = "-",
	[STP_BY_TESTS] = "tests", [STP_BY_READER] = "reader", [STP_OPEN] = "open",
};

static void judge_all(struct judgement *at, struct stp_score *score, struct stp_string *out)
{
	for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
		stp_string_init(&at->remarks, at->sheet->context);
		stp_add(&at->remarks, "");
		at->missed = false;
		enum stp_verdict found = points[i].judge(at);

		score->earned += found == STP_EARNED;
		score->missed += found == STP_MISSED;
		stp_addf(out, "  %2d %-6s %s (%s)\n%s", points[i].number, verdict_words[found],
			 points[i].text, points[i].from, at->remarks.text);
	}
}

bool stp_emit_score(struct stp_context *context, const struct stp_model *model,
		    const struct stp_protocol *protocol, const struct stp_sheet_options *options,
		    struct stp_score *score, struct stp_string *out)
{
	struct stp_sheet_options with_pictures = *options;
	struct stp_sheet sheet;
	struct judgement at = { .sheet = &sheet };

	with_pictures.format = STP_HTML;
	with_pictures.kind = STP_SHEET_HANDOUT;
	if (!stp_build_handout(&sheet, context, model, protocol, &with_pictures))
		return false;
	at.block_count = stp_document_blocks(&sheet.document, &at.blocks);
	*score = (struct stp_score){ 0, 0 };
	stp_addf(out, "%s, %s\n", protocol->name, options->language->name);
	judge_all(&at, score, out);
	stp_addf(out, "%s: %u of %u points that a program can decide\n", protocol->name,
		 score->earned, score->earned + score->missed);
	return true;
}
