/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Judging a handout. The sheet is made as HTML (so that its pictures are there), then looked
 * through as a list of blocks; what the author alone can mend is looked up in the model, which
 * knows the places. Each judge answers one point of score_points.def: those of score_author.c look
 * at what the author wrote, those of score_sheet.c at the finished sheet.
 */
#include "emit/score_judges.h"

#include <string.h>

/* ---- what judges say ---- */

void stp_miss(struct stp_judgement *at, struct stp_span span, const char *what)
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

enum stp_verdict stp_verdict_of(const struct stp_judgement *at)
{
	return at->missed ? STP_MISSED : STP_EARNED;
}

size_t stp_find_score_heading(const struct stp_judgement *at, size_t from, enum stp_phrase_id id)
{
	const struct stp_words *words = &at->sheet->words;
	const char *text = stp_capital(words, stp_say(words, id, NULL));

	while (from < at->block_count && (at->blocks[from].kind != STP_BLOCK_HEADING ||
					  strcmp(at->blocks[from].text, text) != 0))
		from++;
	return from;
}

/* ---- points that a program cannot decide, or another one does ---- */

enum stp_verdict stp_judge_access(struct stp_judgement *at)
{
	(void)at;
	return STP_BY_TESTS;
}

enum stp_verdict stp_judge_read_back(struct stp_judgement *at)
{
	(void)at;
	return STP_BY_TESTS;
}

enum stp_verdict stp_judge_clear_pictures(struct stp_judgement *at)
{
	(void)at;
	return STP_BY_READER;
}

enum stp_verdict stp_judge_tone(struct stp_judgement *at)
{
	(void)at;
	return STP_BY_READER;
}

/* ---- all points ---- */

static const struct {
	int number;
	const char *text, *from;
	enum stp_verdict (*judge)(struct stp_judgement *);
} points[] = {
#define STP_POINT(number, name, text, from) { number, text, from, stp_judge_##name },
#include "emit/score_points.def"
#undef STP_POINT
};

static const char *const verdict_words[] = {
	[STP_EARNED] = "yes",     [STP_MISSED] = "NO",        [STP_NOT_ASKED] = "-",
	[STP_BY_TESTS] = "tests", [STP_BY_READER] = "reader", [STP_OPEN] = "open",
};

static void judge_all(struct stp_judgement *at, struct stp_score *score, struct stp_string *out)
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
	struct stp_judgement at = { .sheet = &sheet };

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
