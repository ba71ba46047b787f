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
			     const char *text, size_t length)
{
	struct stp_node *node = stp_node(parse->context, kind, span);

	node->text = text;
	node->text_length = length;
	return node;
}

int stp_scan_word(struct stp_parse *parse, struct stp_node **node, struct stp_span span,
		  const char *text)
{
	size_t length = span.end - span.begin;
	const char *name = stp_intern(parse->context, text, length);
	int keyword = *stp_name_tag(name);

	*node = leaf(parse, STP_N_NAME, span, name, length);
	return keyword != 0 ? keyword : STP_T_NAME;
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

static struct stp_number number_of(const char *text)
{
	struct stp_number number = { 0, 0 };
	bool decimals = false;

	for (; *text != '\0'; text++) {
		if (*text == '.') {
			decimals = true;
			continue;
		}
		number.mantissa = number.mantissa * 10 + (*text - '0');
		number.decimals += decimals;
	}
	return number;
}

/* A run of digits, points and dashes that is no number: say what was probably meant. */
static void report_numeric(struct stp_parse *parse, struct stp_span span, const char *text)
{
	const char *dash = strchr(text, '-');
	struct stp_diagnostic *diagnostic;

	if (dash != NULL && digits_at(text) > 0 && digits_at(dash + 1) > 0 &&
	    strchr(dash + 1, '-') == NULL) {
		diagnostic = stp_report(parse->context, STP_D_bad_number, span,
					"a range is written with \"to\"");
		stp_fix(parse->context, diagnostic, span,
			stp_format(parse->context, "%.*s to %s", (int)(dash - text), text,
				   dash + 1));
		stp_help(parse->context, diagnostic, "write %.*s to %s", (int)(dash - text), text,
			 dash + 1);
		return;
	}
	diagnostic = stp_report(parse->context, STP_D_bad_number, span, "%s is not a number", text);
	stp_help(parse->context, diagnostic,
		 "a number is 0.25 or 12, a date 2026-11-21, a version 1.0.0");
}

int stp_scan_numeric(struct stp_parse *parse, struct stp_node **node, struct stp_span span,
		     const char *text)
{
	static const size_t any[3] = { 0, 0, 0 }, date[3] = { 4, 2, 2 };
	size_t length = strlen(text);
	const char *copy = stp_copy_text(parse->context, text, length);

	*node = leaf(parse, STP_N_NUMBER, span, copy, length);
	if (is_runs(text, '-', date, 3)) {
		(*node)->kind = STP_N_DATE;
		return STP_T_DATE;
	}
	if (is_runs(text, '.', any, 3)) {
		(*node)->kind = STP_N_VERSION;
		return STP_T_VERSION;
	}
	(*node)->text = NULL;
	if (length > DIGITS_MAX || (!is_runs(text, '.', any, 1) && !is_runs(text, '.', any, 2))) {
		report_numeric(parse, span, copy);
		parse->faulty = true;
		return STP_T_NUMBER;
	}
	(*node)->number = number_of(text);
	return STP_T_NUMBER;
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

int stp_scan_text(struct stp_parse *parse, struct stp_node **node, struct stp_span span)
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
	*node = leaf(parse, STP_N_TEXT, span, text, kept);
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

int stp_scan_prose(struct stp_parse *parse, struct stp_node **node, struct stp_span span)
{
	const char *text = dedented(parse->context, parse->source->text + span.begin + 3,
				    span.end - span.begin - 6);

	*node = leaf(parse, STP_N_TEXT, span, text, strlen(text));
	return STP_T_STRING;
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
	const char *bytes, *instead, *instead_shown, *what;
	enum stp_diagnostic_id id;
} known_bad[] = {
	{ "\xe2\x80\x9c", "\"", "\"", "a typographic quote", STP_D_smart_quote },
	{ "\xe2\x80\x9d", "\"", "\"", "a typographic quote", STP_D_smart_quote },
	{ "\xe2\x80\x9e", "\"", "\"", "a typographic quote", STP_D_smart_quote },
	{ "\xe2\x80\x93", " to ", "to", "a dash", STP_D_bad_character },
	{ "\xe2\x80\x94", " to ", "to", "a dash", STP_D_bad_character },
	{ "\xc2\xa0", " ", "an ordinary space", "a space that does not break",
	  STP_D_bad_character },
	{ "\xc2\xb5", "u", "u (um for micrometres)", "a micro sign", STP_D_bad_character },
	{ "\xce\xbc", "u", "u (um for micrometres)", "a Greek letter", STP_D_bad_character },
	{ "'", "\"", "\"", "a single quote", STP_D_smart_quote },
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

static void report_bad(struct stp_parse *parse, struct stp_span span, size_t known)
{
	size_t length = strlen(known_bad[known].bytes);
	struct stp_diagnostic *diagnostic;

	span.end = span.begin + (uint32_t)length;
	diagnostic = stp_report(parse->context, known_bad[known].id, span,
				"%s has no place outside of a text", known_bad[known].what);
	stp_help(parse->context, diagnostic, "write %s instead", known_bad[known].instead_shown);
	if (known_bad[known].id == STP_D_smart_quote)
		fix_quotes(parse, diagnostic, span);
	else
		stp_fix(parse->context, diagnostic, span, known_bad[known].instead);
}

void stp_scan_bad(struct stp_parse *parse, struct stp_span span, const char *text)
{
	struct stp_diagnostic *diagnostic;

	/* One message a statement: what follows a bad character is rarely a second fault. */
	if (parse->faulty)
		return;
	parse->faulty = true;
	stp_stop_when_enough(parse);
	for (size_t i = 0; i < sizeof known_bad / sizeof *known_bad; i++) {
		if (strncmp(text, known_bad[i].bytes, strlen(known_bad[i].bytes)) == 0) {
			report_bad(parse, span, i);
			return;
		}
	}
	diagnostic = stp_report(parse->context, STP_D_bad_character, span,
				"%s has no place outside of a text", text);
	stp_help(parse->context, diagnostic,
		 (unsigned char)*text < 0x80 ? "delete it"
					     : "names are made of a to z, digits and _; other "
					       "letters may only look the same");
}
