/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the scanner makes of the words that it matched: names and keywords, numbers, dates and
 * versions, texts with their escapes resolved, and the things that have no place.
 */
#include "syntax/parse.h"

#include <string.h>

#include "parser.h"

#define DIGITS_MAX 15 /* 10^15 fits an int64_t with room for every unit */

static struct stp_node *leaf(struct stp_parse *parse, enum stp_node_kind kind, struct stp_span span,
			     const char *text)
{
	struct stp_node *node = stp_lone(parse, kind, span);

	node->text = text;
	return node;
}

int stp_scan_word(struct stp_parse *parse, union STP_YYSTYPE *value, struct stp_span span,
		  const char *text)
{
	size_t length = span.end - span.begin;
	const char *name = stp_intern(parse->context, text, length);
	int tag = *stp_name_tag(name);

	if (STP_TAG_UNIT(tag) != STP_UNIT_none && parse->previous == STP_T_NUMBER) {
		value->STP_T_UNIT = (enum stp_unit)STP_TAG_UNIT(tag);
		return STP_T_UNIT;
	}
	if (STP_TAG_TOKEN(tag) != 0)
		return STP_TAG_TOKEN(tag);
	value->STP_T_NAME = leaf(parse, STP_N_NAME, span, name);
	return STP_T_NAME;
}

static size_t digits_at(const char *text)
{
	size_t count = 0;

	while (text[count] >= '0' && text[count] <= '9')
		count++;
	return count;
}

/* Whether text is runs of digits with the mark between, the runs as long as asked (0: any). */
static bool is_runs(const char *text, char mark, const size_t *lengths, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t digits = digits_at(text);

		if (digits == 0 || (lengths[i] != 0 && digits != lengths[i]))
			return false;
		text += digits;
		if (i + 1 < count && *text++ != mark)
			return false;
	}
	return *text == '\0';
}

/* `12` or `0.25`, to its end; false for anything else. */
static bool read_number(const char *text, size_t length, struct stp_number *number)
{
	const char *point = NULL, *end = text + length;

	*number = (struct stp_number){ 0, 0 };
	if (length > DIGITS_MAX || end[-1] == '.')
		return false;
	for (; text < end; text++) {
		if (*text >= '0' && *text <= '9') {
			number->mantissa = number->mantissa * 10 + (*text - '0');
			continue;
		}
		if (*text != '.' || point != NULL)
			return false;
		point = text;
	}
	if (point != NULL)
		number->decimals = (uint32_t)(end - point - 1);
	return true;
}

/* Two numbers with the mark between, as in `0.25-1.0`; gives where the second begins. */
static const char *second_number(const char *text, const char *mark)
{
	const char *at = strstr(text, mark), *second = at == NULL ? NULL : at + strlen(mark);

	if (at == NULL || at == text || digits_at(second) == 0 || strpbrk(second, "-/") != NULL ||
	    strstr(second, "..") != NULL)
		return NULL;
	return second;
}

/* What was probably meant by a run of digits, points, dashes and strokes that is no number. */
static const char *number_advice(struct stp_parse *parse, const char *text)
{
	size_t marks = 0;

	for (const char *at = text; *at != '\0'; at++)
		marks += *at == '-' || *at == '/';
	if (marks == 2)
		return "a date is year-month-day, with its zeros: 2026-01-05";
	if (marks == 1 && strchr(text, '/') != NULL)
		return "a part is written with a point: 0.5; how often a risk comes true: 1 in 100";
	if (marks == 0 && text[strlen(text) - 1] == '.')
		return stp_format(parse->context, "write %.*s or %s0", (int)strlen(text) - 1, text,
				  text);
	if (strlen(text) > DIGITS_MAX)
		return "a number has at most 15 digits";
	return "a number is 0.25 or 12, a date 2026-11-21, a version 1.0.0";
}

static void report_numeric(struct stp_parse *parse, struct stp_span span, const char *text)
{
	const char *mark = strstr(text, "..") != NULL ? ".." : "-";
	const char *second = second_number(text, mark), *range;
	struct stp_diagnostic *diagnostic;

	if (second == NULL) {
		diagnostic = stp_report(parse->context, STP_D_bad_number, span,
					"`%s` is not a number", text);
		stp_help(parse->context, diagnostic, "%s", number_advice(parse, text));
		return;
	}
	range = stp_format(parse->context, "%.*s to %s", (int)(second - text) - (int)strlen(mark),
			   text, second);
	diagnostic =
		stp_report(parse->context, STP_D_bad_number, span, "a range is written with `to`");
	stp_help(parse->context, diagnostic, "write `%s`", range);
	stp_fix(parse->context, diagnostic, span, range);
}

/* `.25`: to skip the point would make it 25. */
int stp_scan_bare_decimals(struct stp_parse *parse, struct stp_span span, const char *text)
{
	struct stp_diagnostic *diagnostic = stp_report(parse->context, STP_D_bad_number, span,
						       "`%s` has no digit before its point", text);

	stp_help(parse->context, diagnostic, "write `0%s`", text);
	stp_fix(parse->context, diagnostic, span, stp_format(parse->context, "0%s", text));
	parse->faulty = true;
	return STP_T_STP_YYUNDEF;
}

int stp_scan_numeric(struct stp_parse *parse, union STP_YYSTYPE *value, struct stp_span span,
		     const char *text)
{
	static const size_t any[3] = { 0, 0, 0 }, date[3] = { 4, 2, 2 };
	size_t length = span.end - span.begin;
	struct stp_number number;
	bool is_date;

	if (read_number(text, length, &number)) {
		value->STP_T_NUMBER = stp_lone(parse, STP_N_NUMBER, span);
		value->STP_T_NUMBER->mantissa = number.mantissa;
		value->STP_T_NUMBER->decimals = (uint16_t)number.decimals;
		return STP_T_NUMBER;
	}
	is_date = is_runs(text, '-', date, 3);
	text = stp_copy_text(parse->context, text, length);
	if (is_date || is_runs(text, '.', any, 3)) {
		value->STP_T_DATE = leaf(parse, is_date ? STP_N_DATE : STP_N_VERSION, span, text);
		return is_date ? STP_T_DATE : STP_T_VERSION;
	}
	report_numeric(parse, span, text);
	parse->faulty = true;
	return STP_T_STP_YYUNDEF; /* no number: the statement is dropped */
}

/* ---- texts ---- */

static void bad_escape(struct stp_parse *parse, struct stp_span text, size_t offset)
{
	struct stp_span span = { text.source, text.begin + (uint32_t)offset,
				 text.begin + (uint32_t)offset + 2 };
	struct stp_diagnostic *diagnostic =
		stp_report(parse->context, STP_D_bad_escape, span,
			   "this backslash does not stand for anything");

	stp_help(parse->context, diagnostic, "write \\\\ for a backslash and \\\" for a quote");
}

int stp_scan_text(struct stp_parse *parse, union STP_YYSTYPE *value, struct stp_span span)
{
	const char *raw = parse->source->text + span.begin;
	size_t length = span.end - span.begin;
	bool closed = length >= 2 && raw[length - 1] == '"';
	char *text = stp_alloc(parse->context, length + 1);
	size_t kept = 0;

	for (size_t at = 1; at < length - closed; at++) {
		if (raw[at] == '\\' && at + 1 < length - closed) {
			if (raw[at + 1] != '"' && raw[at + 1] != '\\')
				bad_escape(parse, span, at);
			at++;
		}
		text[kept++] = raw[at];
	}
	value->STP_T_STRING = leaf(parse, STP_N_TEXT, span, text);
	return STP_T_STRING;
}

/* The least indentation of the lines that are not blank. */
static size_t common_indentation(const char *text, size_t length)
{
	size_t least = SIZE_MAX;

	for (size_t at = 0; at < length;) {
		size_t begin = at;

		while (at < length && (text[at] == ' ' || text[at] == '\t'))
			at++;
		if (at < length && text[at] != '\n' && text[at] != '\r' && at - begin < least)
			least = at - begin;
		while (at < length && text[at++] != '\n')
			;
	}
	return least == SIZE_MAX ? 0 : least;
}

/* The prose between its quotes: without the first and last line ends and the indentation. */
static const char *dedented(struct stp_context *context, const char *text, size_t length)
{
	struct stp_string out;
	size_t indentation;

	stp_string_init(&out, context);
	stp_add(&out, "");
	while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
		length--;
	if (length > 0 && *text == '\r')
		text++, length--;
	if (length > 0 && *text == '\n')
		text++, length--;
	indentation = common_indentation(text, length);
	for (size_t at = 0; at < length;) {
		size_t end = at, begin;

		while (end < length && text[end] != '\n')
			end++;
		begin = end - at < indentation ? end : at + indentation;
		stp_add_bytes(&out, text + begin, end - begin);
		if (end < length)
			stp_add(&out, "\n");
		at = end + 1;
	}
	return out.text;
}

int stp_scan_prose(struct stp_parse *parse, union STP_YYSTYPE *value, struct stp_span span)
{
	const char *text = dedented(parse->context, parse->source->text + span.begin + 3,
				    span.end - span.begin - 6);

	value->STP_T_STRING = leaf(parse, STP_N_TEXT, span, text);
	return STP_T_STRING;
}

#define TEXT_LINES_MAX 3

/*
 * Whether a text that its line does not close goes on in the lines below: the first of them that
 * has a quote has an odd number of them. Otherwise the closing quote was forgotten.
 */
bool stp_text_runs_over(const struct stp_source *source, uint32_t at)
{
	size_t lines = 0, quotes = 0;

	for (; at < source->length && lines < TEXT_LINES_MAX; at++) {
		char letter = source->text[at];

		quotes += letter == '"';
		if (quotes == 0 && (letter == '{' || letter == '}'))
			return false;
		if (letter != '\n')
			continue;
		if (quotes > 0)
			break;
		lines++;
	}
	return quotes % 2 == 1;
}

void stp_scan_open_text(struct stp_parse *parse, struct stp_span opening)
{
	bool prose = opening.end - opening.begin == 3;
	struct stp_diagnostic *diagnostic =
		stp_report(parse->context, STP_D_open_string, opening, "this text is never closed");

	stp_help(parse->context, diagnostic,
		 prose ? "close it with three quotes"
		       : "close it with a quote on the same line; a longer text stands between "
			 "three");
	parse->faulty = true;
}

/* ---- what has no place ---- */

static const struct {
	const char *bytes, *what, *advice;
	const char *instead; /* or NULL: what was meant is not certain */
	enum stp_diagnostic_id id;
} known_bad[] = {
	{ "\xe2\x80\x9c", "a typographic quote", "write \" instead", "\"", STP_D_smart_quote },
	{ "\xe2\x80\x9d", "a typographic quote", "write \" instead", "\"", STP_D_smart_quote },
	{ "\xe2\x80\x9e", "a typographic quote", "write \" instead", "\"", STP_D_smart_quote },
	{ "'", "a single quote", "write \" instead", "\"", STP_D_smart_quote },
	{ "\xe2\x80\x93", "a dash", "write `to` instead", "to", STP_D_bad_character },
	{ "\xe2\x80\x94", "a dash", "write `to` instead", "to", STP_D_bad_character },
	{ "\xc2\xa0", "a space that does not break", "write an ordinary space instead", " ",
	  STP_D_bad_character },
	{ "\xc2\xb5", "a micro sign", "write um for micrometres", "u", STP_D_bad_character },
	{ "\xce\xbc", "a Greek letter", "write um for micrometres", "u", STP_D_bad_character },
	{ "\xc2\xb2", "a raised 2", "write cm2 for square centimetres", "2", STP_D_bad_character },
	{ "\xc2\xb1", "`\xc2\xb1`", "write the least and the most, with `to` between them", NULL,
	  STP_D_bad_character },
	{ "\xe2\x89\xa4", "`\xe2\x89\xa4`", "write `to` before the most", "to",
	  STP_D_bad_character },
	{ "\xe2\x89\xa5", "`\xe2\x89\xa5`", "write `from` before the least", "from",
	  STP_D_bad_character },
	{ "<", "`<`", "write `to` before the most, `below` before an age", NULL,
	  STP_D_bad_character },
	{ ">", "`>`", "write `from` before the least, `over` before a depth or an age", NULL,
	  STP_D_bad_character },
	{ "/", "`/`", "members of a list have commas between them; a comment begins with #", NULL,
	  STP_D_bad_character },
	{ "&", "`&`", "members of a list have commas between them, conditions `and`", NULL,
	  STP_D_bad_character },
	{ "(", "a bracket", "leave the brackets away", NULL, STP_D_bad_character },
	{ "[", "a square bracket", "a block begins with { and ends with }", NULL,
	  STP_D_bad_character },
	{ ":", "a colon", "leave it away", "", STP_D_bad_character },
};

/* The bytes of the typographic or single quote that stands there; 0 for anything else. */
static uint32_t quote_at(const struct stp_source *source, uint32_t at)
{
	for (size_t i = 0; i < sizeof known_bad / sizeof *known_bad; i++) {
		size_t length = strlen(known_bad[i].bytes);

		if (known_bad[i].id == STP_D_smart_quote && source->length - at >= length &&
		    memcmp(source->text + at, known_bad[i].bytes, length) == 0)
			return (uint32_t)length;
	}
	return 0;
}

/* Both quotes of a text, if the closing one stands on the same line; else no fix is certain. */
static void fix_quotes(struct stp_parse *parse, struct stp_diagnostic *diagnostic,
		       struct stp_span opening)
{
	const struct stp_source *source = parse->source;
	uint32_t at = opening.end, length = 0;

	while (at < source->length && source->text[at] != '\n' && source->text[at] != '"') {
		length = quote_at(source, at);
		if (length > 0)
			break;
		at++;
	}
	if (length == 0)
		return;
	stp_fix(parse->context, diagnostic, opening, "\"");
	stp_fix(parse->context, diagnostic, (struct stp_span){ source->id, at, at + length }, "\"");
}

/* A word in place of a sign has a blank on either side. */
static const char *spaced(struct stp_parse *parse, struct stp_span sign, const char *word)
{
	const char *text = parse->source->text;

	if (*word < 'a' || *word > 'z' || strlen(word) == 1)
		return word;
	/* Behind the sign the scanner holds a character back: what stood there is not seen. */
	return stp_format(parse->context, "%s%s%s",
			  sign.begin > 0 && text[sign.begin - 1] == ' ' ? "" : " ", word,
			  sign.begin > 0 && text[sign.begin - 1] == ' ' ? "" : " ");
}

static void report_known(struct stp_parse *parse, struct stp_span span, size_t known)
{
	size_t length = strlen(known_bad[known].bytes);
	struct stp_diagnostic *diagnostic;

	span.end = span.begin + (uint32_t)length;
	diagnostic = stp_report(parse->context, known_bad[known].id, span,
				"%s has no place outside of a text", known_bad[known].what);
	stp_help(parse->context, diagnostic, "%s", known_bad[known].advice);
	if (known_bad[known].id == STP_D_smart_quote)
		fix_quotes(parse, diagnostic, span);
	else if (known_bad[known].instead != NULL)
		stp_fix(parse->context, diagnostic, span,
			spaced(parse, span, known_bad[known].instead));
}

static bool is_of_name(char letter)
{
	return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
	       (letter >= '0' && letter <= '9') || letter == '_';
}

/* `0.25 - 1.0`, `acne-scars`, `-1`: what a hyphen is meant for depends on where it stands. */
static void report_hyphen(struct stp_parse *parse, struct stp_span span)
{
	struct stp_diagnostic *diagnostic = stp_report(parse->context, STP_D_bad_character, span,
						       "a hyphen has no place outside of a text");

	if (parse->previous == STP_T_NUMBER || parse->previous == STP_T_UNIT) {
		stp_help(parse->context, diagnostic, "a range is written with `to`");
		stp_fix(parse->context, diagnostic, span, spaced(parse, span, "to"));
	} else if (span.begin > 0 && is_of_name(parse->source->text[span.begin - 1])) {
		stp_help(parse->context, diagnostic,
			 "a name has _ where words are joined; a range is written with `to`");
	} else {
		stp_help(parse->context, diagnostic, "leave it away: no number here is below zero");
	}
}

static void report_unknown(struct stp_parse *parse, struct stp_span span, const char *text)
{
	struct stp_diagnostic *diagnostic = stp_report(parse->context, STP_D_bad_character, span,
						       "`%s` has no place outside of a text", text);

	stp_help(parse->context, diagnostic,
		 (unsigned char)*text < 0x80 ? "leave it away"
					     : "names are made of a to z, digits and _; other "
					       "letters may only look the same");
}

/* Reports by the bytes; a hyphen by what stands before it. */
static void report_bad(struct stp_parse *parse, struct stp_span span, const char *text)
{
	if (*text == '-') {
		report_hyphen(parse, span);
		return;
	}
	for (size_t i = 0; i < sizeof known_bad / sizeof *known_bad; i++) {
		if (strncmp(text, known_bad[i].bytes, strlen(known_bad[i].bytes)) == 0) {
			report_known(parse, span, i);
			return;
		}
	}
	report_unknown(parse, span, text);
}

bool stp_scan_bad(struct stp_parse *parse, struct stp_span span, const char *text)
{
	/* One message a statement: what follows a bad character is rarely a second fault. */
	if (parse->faulty)
		return false;
	parse->faulty = true;
	report_bad(parse, span, text);
	stp_stop_when_enough(parse);
	return parse->previous == STP_T_NUMBER || parse->previous == STP_T_UNIT;
}
