/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is said when a statement cannot be understood. The parser gives what it found and what it
 * would have taken; most of the work is to say it in words that help.
 */
#include "syntax/parse.h"

#include <string.h>

#include "parser.h"

/* The words that statements begin with, for "did you mean". */
static const char *const statement_words[] = {
	"activity",   "after",      "allow",     "allows",   "also",    "anaesthetic", "ask",
	"avoid",      "because",    "before",    "benefit",  "call",    "care",        "caution",
	"ceiling",    "choices",    "cites",     "clear",    "clinic",  "condition",   "course",
	"depth",      "device",     "direction", "edition",  "effect",  "endpoint",    "every",
	"except",     "exclude",    "expect",    "factor",   "forbid",  "given",       "grade",
	"import",     "indication", "label",     "language", "limit",   "limits",      "medicine",
	"message",    "modality",   "needles",   "needs",    "never",   "note",        "only",
	"operator",   "override",   "paper",     "passes",   "pattern", "phrase",      "policy",
	"prescribed", "procedure",  "product",   "protocol", "rate",    "recommends",  "refuses",
	"reports",    "require",    "resume",    "reviewed", "risk",    "scale",       "screen",
	"sign",       "source",     "status",    "step",     "stop",    "summary",     "telephone",
	"test",       "title",      "treats",    "unknown",  "updated", "use",         "version",
	"visit",      "wait",       "when",      "where",    "without", "zone",
};

static bool among(const char *word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(words[i], word) == 0)
			return true;
	return false;
}

/* The keyword of that name, but not one like "the end of the line". */
static bool is_keyword(struct stp_parse *parse, const char *word)
{
	return *stp_name_tag(stp_intern(parse->context, word, strlen(word))) != 0;
}

/* `depht 0.5 mm`: the first word of the statement is nearly a keyword. */
static bool report_misspelt(struct stp_parse *parse)
{
	const struct stp_node *name = parse->statement_name;
	const char *meant = name == NULL
				    ? NULL
				    : stp_nearest(name->text, statement_words,
						  sizeof statement_words / sizeof *statement_words);
	struct stp_diagnostic *diagnostic;

	if (meant == NULL)
		return false;
	diagnostic = stp_report(parse->context, STP_D_syntax, name->span,
				"no statement begins with %s", name->text);
	stp_help(parse->context, diagnostic, "did you mean %s?", meant);
	if (stp_surely_meant(name->text, statement_words,
			     sizeof statement_words / sizeof *statement_words) != NULL)
		stp_fix(parse->context, diagnostic, name->span, meant);
	return true;
}

/* "a, b or c" of what could stand here; NULL when there are too many to be of help. */
static const char *in_words(struct stp_parse *parse, const char *const *expected, size_t count)
{
	struct stp_string words;

	if (count == 0 || count > 6)
		return NULL;
	stp_string_init(&words, parse->context);
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			stp_add(&words, i + 1 == count ? " or " : ", ");
		stp_add(&words, expected[i]);
	}
	return words.text;
}

static const char *advice(struct stp_parse *parse, const char *found, bool first_word,
			  const char *const *expected, size_t count)
{
	const char *words = in_words(parse, expected, count);

	if (first_word)
		return stp_format(parse->context, "no statement begins with %s", found);
	if (is_keyword(parse, found) && among("a name", expected, count))
		return stp_format(
			parse->context,
			"%s is a word of the language and cannot be a name: choose another", found);
	if (words != NULL && !among("the end of the file", expected, count))
		return stp_format(parse->context, "expected %s", words);
	if (among("the end of the line", expected, count))
		return "the statement could end before this: begin the next one on a new line";
	return "begin with a keyword such as zone, protocol, avoid or depth";
}

/* `0.5 mmm`: a word after a number that is no unit. */
static bool report_bad_unit(struct stp_parse *parse, struct stp_span span, const char *found)
{
	struct stp_diagnostic *diagnostic;
	const char *word, *meant;

	if (!parse->after_number || strcmp(found, "a name") != 0)
		return false;
	word = stp_copy_text(parse->context, parse->source->text + span.begin,
			     span.end - span.begin);
	meant = stp_unit_meant(word);
	diagnostic = stp_report(parse->context, STP_D_missing_unit, span, "%s is not a unit", word);
	if (meant != NULL) {
		stp_help(parse->context, diagnostic, "write %s", meant);
		stp_fix(parse->context, diagnostic, span, meant);
		return true;
	}
	meant = stp_nearest_unit(word);
	if (meant == NULL) {
		stp_help(parse->context, diagnostic,
			 "units are mm, um, s, min, h, days, weeks, months, rpm, Hz");
		return true;
	}
	stp_help(parse->context, diagnostic, "did you mean %s?", meant);
	return true;
}

/* `0,5 mm`: a decimal comma. The mantissa of the number before it is not known here. */
static bool report_decimal_comma(struct stp_parse *parse, struct stp_span span, const char *found)
{
	const char *text = parse->source->text;
	struct stp_diagnostic *diagnostic;
	struct stp_span comma = { span.source, span.begin - 1, span.begin };

	if (strcmp(found, "a number") != 0 || span.begin < 2 || text[comma.begin] != ',' ||
	    text[comma.begin - 1] < '0' || text[comma.begin - 1] > '9')
		return false;
	diagnostic = stp_report(parse->context, STP_D_bad_number, comma,
				"decimals stand after a point, not a comma");
	if (span.end - span.begin == 3) {
		/* `7,000 rpm` means thousands: a point would make it seven. */
		stp_help(parse->context, diagnostic,
			 "write 7000 for seven thousand, 7.5 for seven and a half");
		return true;
	}
	stp_help(parse->context, diagnostic, "write 0.5, not 0,5");
	stp_fix(parse->context, diagnostic, comma, ".");
	return true;
}

static void report(struct stp_parse *parse, struct stp_span span, const char *found,
		   const char *const *expected, size_t count)
{
	bool first_word = span.source == parse->statement_begin.source &&
			  span.begin == parse->statement_begin.begin && is_keyword(parse, found);
	struct stp_diagnostic *diagnostic = stp_report(
		parse->context, STP_D_syntax, span,
		is_keyword(parse, found) ? "\"%s\" cannot stand here" : "%s cannot stand here",
		found);

	stp_help(parse->context, diagnostic, "%s",
		 advice(parse, found, first_word, expected, count));
}

void stp_syntax_error(struct stp_parse *parse, struct stp_span span, const char *found,
		      const char *const *expected, size_t count)
{
	if (parse->faulty)
		return; /* something in this statement was reported: enough said */
	if (!report_bad_unit(parse, span, found) && !report_decimal_comma(parse, span, found) &&
	    !report_misspelt(parse))
		report(parse, span, found, expected, count);
	stp_stop_when_enough(parse);
}
