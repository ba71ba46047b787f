/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Between the scanner and the parser: drops the line end after a comma, counts braces, and closes
 * at the end what was left open. Knows the units.
 */
#include "syntax/parse.h"

#include <string.h>

#include "parser.h"

/* A level is a keyword, written before its number. */
void stp_intern_units(struct stp_context *context)
{
	for (int unit = STP_UNIT_none + 1; unit < STP_UNIT_level; unit++)
		*stp_name_tag(stp_intern(context, stp_unit_names[unit],
					 strlen(stp_unit_names[unit]))) |= STP_UNIT_TAG(unit);
}

/* What people write and what it is. Guessing would not do: `hrs` is as near to s as to h. */
static const struct {
	const char *written, *unit;
} aliases[] = {
	{ "hr", "h" },           { "hrs", "h" },          { "mins", "min" },
	{ "secs", "s" },         { "wk", "weeks" },       { "wks", "weeks" },
	{ "yr", "years" },       { "yrs", "years" },      { "micron", "um" },
	{ "microns", "um" },     { "micrometre", "um" },  { "micrometres", "um" },
	{ "micrometer", "um" },  { "micrometers", "um" }, { "millimetre", "mm" },
	{ "millimetres", "mm" }, { "millimeter", "mm" },  { "millimeters", "mm" },
	{ "hz", "Hz" },          { "hertz", "Hz" },       { "gram", "g" },
	{ "grams", "g" },        { "percent", "%" },      { "mmm", "mm" },
	{ "RPM", "rpm" },        { "MM", "mm" },          { "HZ", "Hz" },
};

const char *stp_unit_meant(const char *word)
{
	for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
		if (strcmp(word, aliases[i].written) == 0)
			return aliases[i].unit;
	return NULL;
}

const char *stp_nearest_unit(const char *word)
{
	return stp_nearest(word, stp_unit_names + STP_UNIT_none + 1,
			   STP_UNIT_percent - STP_UNIT_none - 1);
}

/* The next token that is not a comment, nor a line end after a comma. */
static int next_word(struct stp_parse *parse, union STP_YYSTYPE *value, struct stp_span *span)
{
	int token;

	do {
		token = stp_scan(value, span, parse);
		if (token != 0) {
			parse->before = parse->last;
			parse->last = (struct stp_word){ token, span->end };
		}
	} while (token == STP_TOKEN_COMMENT ||
		 (token == STP_T_NEWLINE && parse->previous == STP_T_COMMA));
	return token;
}

/* Past the deepest nesting the rest of the text is not read. */
static int open_block(struct stp_parse *parse, struct stp_span span)
{
	struct stp_diagnostic *diagnostic;

	if (parse->depth < STP_NESTING_MAX) {
		parse->expects[parse->depth] = parse->previous == STP_T_EXPECT;
		parse->open[parse->depth++] = span;
		return STP_T_OPEN;
	}
	diagnostic = stp_report(parse->context, STP_D_nesting, span,
				"blocks stand more than %d deep here", STP_NESTING_MAX);
	stp_help(parse->context, diagnostic, "the rest of this file was not read");
	parse->ended = true;
	parse->faulty = true;
	return STP_T_NEWLINE;
}

void stp_stop_when_enough(struct stp_parse *parse)
{
	if (stp_error_count(parse->context) > STP_DIAGNOSTICS_MAX) {
		parse->ended = true;
		parse->faulty = true;
	}
}

static void report_unclosed(struct stp_parse *parse)
{
	struct stp_diagnostic *diagnostic;

	if (parse->faulty)
		return; /* a text or a nesting without end was reported already */
	diagnostic = stp_report(parse->context, STP_D_unclosed_block,
				parse->suspect.source != 0 ? parse->suspect
							   : parse->open[parse->depth - 1],
				"this block is never closed");
	stp_help(parse->context, diagnostic, "add a } where it ends");
}

/* At the end of the text: a line end and a } for each block that is still open. */
static int closing_token(struct stp_parse *parse, struct stp_span *span)
{
	uint32_t end = (uint32_t)parse->source->length;

	*span = (struct stp_span){ parse->source->id, end, end };
	if (parse->depth == 0)
		return 0;
	if (!parse->ended || parse->depth == STP_NESTING_MAX)
		report_unclosed(parse);
	parse->ended = true;
	parse->faulty = true;
	if (parse->previous != STP_T_NEWLINE)
		return STP_T_NEWLINE;
	parse->depth--;
	return STP_T_CLOSE;
}

static bool begins_statement(int previous)
{
	return previous == 0 || previous == STP_T_NEWLINE || previous == STP_T_OPEN;
}

/* The blanks before the first word of the line; *first: nothing else stands before the offset. */
static size_t indentation(const struct stp_source *source, uint32_t at, bool *first)
{
	uint32_t begin = at, end;

	while (begin > 0 && source->text[begin - 1] != '\n')
		begin--;
	for (end = begin; end < at && (source->text[end] == ' ' || source->text[end] == '\t');)
		end++;
	*first = end == at;
	return end - begin;
}

/*
 * Where a } is missing, the next one closes the wrong block, and only at the end of the file one is
 * left open. The first } that stands alone under no line of its own indentation tells which it was.
 */
static void compare_indentation(struct stp_parse *parse, struct stp_span close)
{
	struct stp_span open = parse->open[parse->depth];
	bool is_first, ignored;
	size_t inner = indentation(parse->source, open.begin, &ignored);

	if (parse->suspect.source == 0 &&
	    indentation(parse->source, close.begin, &is_first) < inner && is_first)
		parse->suspect = open;
}

/*
 * Where a } is too many, it closes a block too soon, and only the last one closes nothing. The
 * first behind which a line is indented as those of the block are tells which it was.
 */
static void look_behind_brace(struct stp_parse *parse, struct stp_span begin)
{
	struct stp_brace closed = parse->closed;
	bool is_first, ignored;

	parse->closed.close.source = 0;
	if (closed.close.source == 0 || parse->early.close.source != 0)
		return;
	if (indentation(parse->source, begin.begin, &is_first) >
		    indentation(parse->source, closed.open.begin, &ignored) &&
	    is_first)
		parse->early = closed;
}

/* What follows stands in the wrong block, up to where that one closes nothing: it is left out. */
static void report_early(struct stp_parse *parse, struct stp_span stray)
{
	struct stp_span close = parse->early.close;
	struct stp_diagnostic *diagnostic =
		stp_report(parse->context, STP_D_syntax, close, "this } closes its block too soon");

	stp_label(parse->context, diagnostic, parse->early.open, "which begins here");
	stp_label(parse->context, diagnostic, stray, "so that this one closes nothing");
	stp_help(parse->context, diagnostic, "delete it, if what follows belongs to the block");
	parse->left_out = stp_grow(parse->context, parse->left_out, parse->left_out_count,
				   &parse->left_out_room, sizeof *parse->left_out);
	parse->left_out[parse->left_out_count++] =
		(struct stp_span){ close.source, close.end, stray.begin };
	parse->early.close.source = 0;
}

/* A } too many: reported here, so that the parser sees balanced blocks. */
static int close_block(struct stp_parse *parse, struct stp_span span)
{
	struct stp_diagnostic *diagnostic;

	if (parse->depth > 0) {
		parse->depth--;
		compare_indentation(parse, span);
		parse->closed = (struct stp_brace){ parse->open[parse->depth], span };
		return STP_T_CLOSE;
	}
	if (parse->stray != NULL) {
		parse->stray->span.end = span.end; /* several in a row are one fault */
		return STP_T_NEWLINE;
	}
	if (parse->early.close.source != 0) {
		report_early(parse, span);
		return STP_T_NEWLINE;
	}
	diagnostic = stp_report(parse->context, STP_D_syntax, span, "this } closes nothing");
	stp_help(parse->context, diagnostic, "delete it, or open the block that it ends");
	parse->stray = diagnostic;
	return STP_T_NEWLINE;
}

/* Whether the line holds `before` or its like alone: they take a block and nothing else. */
static bool heads_block(const struct stp_parse *parse)
{
	const char *rest = parse->source->text + parse->statement_begin.end;

	if (parse->previous != STP_T_BEFORE && parse->previous != STP_T_AFTER &&
	    parse->previous != STP_T_SCREEN && parse->previous != STP_T_EXPECT)
		return false;
	rest += strspn(rest, " \t\r");
	return *rest == '\n' || *rest == '#';
}

/* The { stands on the next line, and what ends the line before it is not passed on. */
static int move_brace(struct stp_parse *parse, struct stp_span *span)
{
	union STP_YYSTYPE ignored;
	struct stp_diagnostic *diagnostic;

	while (next_word(parse, &ignored, span) == STP_T_NEWLINE)
		continue;
	diagnostic = stp_report(parse->context, STP_D_syntax, *span, "`{` cannot stand here");
	stp_help(parse->context, diagnostic, "the { stands on the line of what it belongs to");
	return open_block(parse, *span);
}

/*
 * Where what follows is indented under such a line, the { was forgotten. It is reported and taken
 * as written, so that nothing in the block seems to stand where it does not belong.
 */
static int add_brace(struct stp_parse *parse, struct stp_span *span)
{
	const struct stp_source *source = parse->source;
	uint32_t line = span->end, next = line;
	bool first;
	size_t outer = indentation(source, parse->statement_begin.begin, &first);
	struct stp_span end = { source->id, parse->statement_begin.end,
				parse->statement_begin.end };
	struct stp_diagnostic *diagnostic;

	/* The scanner has put a NUL into the first byte's place: that is a blank, if any is. */
	for (; next < source->length && strchr(" \t\r\n", source->text[next]) != NULL; next++)
		if (source->text[next] == '\n')
			line = next + 1;
	if (!first || outer == 0 || next >= source->length || source->text[next] == '}' ||
	    source->text[next] == '#')
		return STP_T_NEWLINE;
	if (source->text[next] == '{')
		return move_brace(parse, span);
	if (next - line <= outer)
		return STP_T_NEWLINE;
	diagnostic = stp_report(parse->context, STP_D_syntax, *span,
				"something is missing before the end of the line");
	stp_help(parse->context, diagnostic, "write `{`: a block begins here");
	stp_fix(parse->context, diagnostic, end, " {");
	return open_block(parse, parse->statement_begin);
}

/* The parser's token for a word of the text, or of what follows at the text's end. */
static int token_for(struct stp_parse *parse, int word, struct stp_span *span, bool begins)
{
	switch (word) {
	case STP_T_CLOSE: return close_block(parse, *span);
	case STP_T_NEWLINE: return !begins && heads_block(parse) ? add_brace(parse, span) : word;
	default: break;
	}
	parse->stray = NULL;
	switch (word) {
	case 0: return closing_token(parse, span);
	case STP_T_OPEN: return open_block(parse, *span);
	default: return word;
	}
}

int stp_yylex(union STP_YYSTYPE *value, struct stp_range *range, struct stp_parse *parse)
{
	struct stp_span span = { 0, 0, 0 };
	bool begins = begins_statement(parse->previous);
	int word = 0;

	if (!parse->ended) {
		parse->faulty = parse->faulty && !begins;
		word = next_word(parse, value, &span);
	}
	if (begins && word != 0 && word != STP_T_NEWLINE && word != STP_T_CLOSE)
		look_behind_brace(parse, span);
	parse->previous = token_for(parse, word, &span, begins);
	if (begins) {
		parse->statement_begin = span;
		parse->statement_name = parse->previous == STP_T_NAME ? value->STP_T_NAME : NULL;
		parse->statement_expects = parse->depth > 0 && parse->expects[parse->depth - 1];
	}
	*range = (struct stp_range){ span.begin, span.end };
	return parse->previous;
}
