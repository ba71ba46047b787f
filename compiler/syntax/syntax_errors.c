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
	"test",       "text",       "title",     "treats",   "unknown", "updated",     "use",
	"version",    "visit",      "wait",      "when",     "where",   "without",     "zone",
};

static bool among(const char *word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(words[i], word) == 0)
			return true;
	return false;
}

/* Words that people write where the language has another; the word meant, or what to write. */
static const struct {
	const char *word, *meant, *advice;
} other_words[] = {
	{ "speed", "rate", NULL },
	{ "frequency", "rate", NULL },
	{ "no", "avoid", NULL },
	{ "afterwards", "after", NULL },
	{ "aftercare", "after", NULL },
	{ "beforehand", "before", NULL },
	{ "max", "limit", NULL },
	{ "maximum", "limit", NULL },
	{ "under", "below", NULL },
	{ "treatments", "sessions", NULL },
	{ "visits", "sessions", NULL },
	{ "between", NULL, "write the two ends with `to` between them: 0.25 to 1.0 mm" },
	{ "up", NULL, "write `to` alone: to 1.0 mm" },
	{ "or", NULL, "in a list write a comma; for two conditions write two `when`" },
	{ "about", NULL, "leave it away: a range says how near is near enough" },
	{ "approximately", NULL, "leave it away: a range says how near is near enough" },
	{ "immediately", NULL, "leave it away: without `from` a rule holds at once" },
	{ "times", NULL, "write it in front: daily 3 to 4 times" },
	{ "once", NULL, "write how often as: daily 1 times, or every 1 week" },
	{ "twice", NULL, "write how often as: daily 2 times, or every 12 h" },
	{ "other", NULL, "write every other day as: every 2 days" },
	{ "weekly", NULL, "write it as: every 1 week; of a course: 1 week apart" },
	{ "monthly", NULL, "write it as: every 1 month; of a course: 1 month apart" },
	{ "day", NULL, "write a number before it: every 1 day" },
};

/* The keyword of that name, but not one like "the end of the line". */
static bool is_keyword(struct stp_parse *parse, const char *word)
{
	return STP_TAG_TOKEN(*stp_name_tag(stp_intern(parse->context, word, strlen(word)))) != 0;
}

/* ---- the first word ---- */

static const char *other_word(const char *word)
{
	for (size_t i = 0; i < sizeof other_words / sizeof *other_words; i++)
		if (strcmp(other_words[i].word, word) == 0)
			return other_words[i].meant;
	return NULL;
}

static const char *in_small_letters(struct stp_context *context, const char *word)
{
	size_t length = strlen(word);
	char *small = stp_copy_text(context, word, length);

	for (size_t i = 0; i < length; i++)
		if (small[i] >= 'A' && small[i] <= 'Z')
			small[i] = (char)(small[i] - 'A' + 'a');
	return small;
}

/* The word that a statement was meant to begin with, or NULL; *sure: no other can be meant. */
static const char *word_meant(struct stp_parse *parse, const char *word, bool *sure)
{
	const char *small = in_small_letters(parse->context, word);
	size_t count = sizeof statement_words / sizeof *statement_words;

	*sure = true;
	if (among(small, statement_words, count))
		return small;
	if (other_word(small) != NULL)
		return other_word(small);
	*sure = stp_surely_meant(small, statement_words, count) != NULL;
	return stp_nearest(small, statement_words, count);
}

/* `depht 0.5 mm`, `No makeup`: the statement begins with a word that begins none. */
static bool report_first_word(struct stp_parse *parse)
{
	const struct stp_node *name = parse->statement_name;
	struct stp_diagnostic *diagnostic;
	const char *meant;
	bool sure;

	if (name == NULL)
		return false;
	meant = word_meant(parse, name->text, &sure);
	if (parse->statement_expects && (meant == NULL || !sure))
		return false; /* the name of an effect begins a statement there */
	diagnostic = stp_report(parse->context, STP_D_syntax, name->span,
				"no statement begins with `%s`", name->text);
	if (meant == NULL) {
		stp_help(parse->context, diagnostic,
			 "begin with a keyword such as zone, protocol, avoid or depth");
		return true;
	}
	stp_help(parse->context, diagnostic, "did you mean `%s`?", meant);
	if (sure)
		stp_fix(parse->context, diagnostic, name->span, meant);
	return true;
}

/* ---- what could stand here ---- */

static const char *expected_word(struct stp_parse *parse, const char *expected)
{
	if (strcmp(expected, ",") == 0)
		return "a comma";
	if (strcmp(expected, "a date") == 0)
		return "a date, year-month-day: 2026-11-21";
	if (strcmp(expected, "a version number") == 0)
		return "a version of three numbers: 1.0.0";
	if (is_keyword(parse, expected) || strlen(expected) == 1)
		return stp_format(parse->context, "`%s`", expected);
	return expected;
}

/* `operator` is a name too, `level 3` a quantity too, and hardly the one that was meant. */
static bool is_hardly_meant(const char *word, const char *const *expected, size_t count)
{
	return (strcmp(word, "operator") == 0 && among("a name", expected, count)) ||
	       (strcmp(word, "level") == 0 && among("a number", expected, count));
}

/* "a name, `from` or a comma"; NULL when there are too many to be of help. */
static const char *in_words(struct stp_parse *parse, const char *const *expected, size_t count)
{
	struct stp_string words;
	size_t left = 0;

	for (size_t i = 0; i < count; i++)
		left += !is_hardly_meant(expected[i], expected, count);
	if (left == 0 || left > 6)
		return NULL;
	stp_string_init(&words, parse->context);
	for (size_t i = 0; i < count; i++) {
		if (is_hardly_meant(expected[i], expected, count))
			continue;
		left--;
		if (words.length > 0)
			stp_add(&words, left == 0 ? " or " : ", ");
		stp_add(&words, expected_word(parse, expected[i]));
	}
	return words.text;
}

/* A word of the language that begins no statement: it belongs to one, most likely the last. */
static const char *first_word_advice(struct stp_parse *parse, const char *found)
{
	if (strcmp(found, "{") == 0)
		return "the { stands on the line of what it belongs to";
	if (among(found, statement_words, sizeof statement_words / sizeof *statement_words))
		return NULL;
	return stp_format(
		parse->context,
		"`%s` begins no statement: put it on the line above, or a comma before the "
		"line's end",
		found);
}

/* A comma is expected, and what was found would be good behind one. */
static const char *list_advice(const struct stp_parse *parse, const char *found)
{
	int before = parse->before.token;

	if (strcmp(found, "and") == 0)
		return before == STP_T_NUMBER || before == STP_T_UNIT
			       ? "a range is written with `to`"
			       : "a comma stands between the members of a list";
	if (strcmp(found, "a name") == 0)
		return "a comma stands between the members of a list; a name is one word, with _";
	if (strcmp(found, "a number") == 0)
		return "a comma stands between the members of a list";
	return NULL;
}

/* Where a list or a statement could have ended. */
static const char *joining_advice(const struct stp_parse *parse, const char *found,
				  const char *word, const char *const *expected, size_t count)
{
	const char *list = among(",", expected, count) ? list_advice(parse, found) : NULL;

	if (list != NULL)
		return list;
	if (parse->before.token == STP_T_NOT && strcmp(found, "a name") != 0)
		return "`not` stands before a factor; of sessions and ages say those that are "
		       "meant";
	if (strcmp(found, "a unit") == 0 && among("in", expected, count))
		return "say how often it comes true as one in so many: 1 in 20 is 5 %";
	if (strcmp(found, "a unit") == 0)
		return "this number has no unit: leave it away";
	if (strcmp(found, "a text in quotes") == 0 && among("because", expected, count))
		return "a reason stands behind `because`";
	if (!among("the end of the line", expected, count))
		return NULL;
	if (strcmp(found, "a name") == 0)
		return "a name is one word, joined with _; a statement ends with its line";
	if (strcmp(found, ",") == 0)
		return "no list stands here: write a statement for each";
	if (among(word, statement_words, sizeof statement_words / sizeof *statement_words))
		return "each statement stands on a line of its own, or behind a ;";
	if (strcmp(found, "{") == 0)
		return "this statement has no block";
	return NULL;
}

static bool is_statement_word(const char *word)
{
	return among(word, statement_words, sizeof statement_words / sizeof *statement_words);
}

/* `skin_type over IV`, `skin_type 5`: behind the name of a factor. */
static const char *order_of_values(const struct stp_parse *parse, const char *found,
				   const char *const *expected, size_t count)
{
	if (parse->before.token != STP_T_NAME || !among("and", expected, count) ||
	    !among("a name", expected, count))
		return NULL;
	if (strcmp(found, "a number") == 0)
		return "a value is a name, as its factor has it: skin_type V";
	if (strcmp(found, "over") == 0 || strcmp(found, "below") == 0)
		return "values that have an order are said as: skin_type V to VI, operator from "
		       "nurse";
	return NULL;
}

/* Statements that are said in another order than people write them. */
static const char *order_advice(const struct stp_parse *parse, const char *found,
				const char *const *expected, size_t count)
{
	if (strcmp(found, "every") == 0 && among("then", expected, count))
		return "the time between two sessions is `5 weeks apart`; what follows the course "
		       "is `then every 6 months`";
	if (strcmp(found, "session") == 0 && parse->before.token == STP_T_NAME)
		return "the number of the session stands behind: session 1";
	if (strcmp(found, "not") == 0 && parse->before.token == STP_T_DO)
		return "write `avoid` for what not to do";
	if (strcmp(found, "for") == 0 && among("a name", expected, count))
		return "say first what it is, then for how long: avoid makeup for 24 h";
	if (strcmp(found, "at") == 0 && among("a number", expected, count))
		return "leave `at least` away: a rule holds for all of its time";
	if (among("before", expected, count) && count <= 2)
		return "for how long is said as `for 3 days`, when as `3 days before`";
	if (among("ends", expected, count) && count == 1)
		return "a rule goes on until an effect ends: until flaking ends";
	if (parse->before.token == STP_T_COMMA && is_statement_word(found))
		return "each setting stands on a line of its own, or behind a ;";
	return order_of_values(parse, found, expected, count);
}

static const char *advice(struct stp_parse *parse, const char *found, const char *word,
			  const char *const *expected, size_t count)
{
	const char *joining = joining_advice(parse, found, word, expected, count);
	const char *order = order_advice(parse, found, expected, count);
	const char *words = in_words(parse, expected, count);

	if (order != NULL)
		return order;
	if (joining != NULL)
		return joining;
	if (is_keyword(parse, found) && among("a name", expected, count))
		return stp_format(
			parse->context,
			"`%s` is a word of the language and cannot be a name: choose another",
			found);
	if (words != NULL && !among("the end of the file", expected, count))
		return stp_format(parse->context, "expected %s", words);
	if (among("the end of the line", expected, count))
		return "the statement is complete before this: leave it away, or begin a new line";
	return "begin with a keyword such as zone, protocol, avoid or depth";
}

/* ---- units and numbers ---- */

/* `0.5 mmm`: a word after a number that is no unit. */
static bool report_bad_unit(struct stp_parse *parse, struct stp_span span, const char *found,
			    const char *word)
{
	struct stp_diagnostic *diagnostic;
	const char *meant;

	if (parse->before.token != STP_T_NUMBER || strcmp(found, "a name") != 0)
		return false;
	meant = stp_unit_meant(word);
	diagnostic =
		stp_report(parse->context, STP_D_missing_unit, span, "`%s` is not a unit", word);
	if (meant != NULL) {
		stp_help(parse->context, diagnostic, "write %s", meant);
		stp_fix(parse->context, diagnostic, span, meant);
		return true;
	}
	meant = stp_nearest_unit(word);
	if (meant == NULL)
		stp_help(parse->context, diagnostic,
			 "units are mm, um, s, min, h, days, weeks, months, rpm, Hz");
	else
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

/* A word that the language has another for, such as `max` or `between`. */
static bool report_other_word(struct stp_parse *parse, struct stp_span span, const char *word,
			      const char *const *expected, size_t count)
{
	struct stp_diagnostic *diagnostic;
	size_t i = 0;

	while (i < sizeof other_words / sizeof *other_words &&
	       strcmp(other_words[i].word, word) != 0)
		i++;
	if (i == sizeof other_words / sizeof *other_words)
		return false;
	if (other_words[i].meant != NULL &&
	    !among(strcmp(other_words[i].meant, "sessions") == 0 ? "session" : other_words[i].meant,
		   expected, count))
		return false;
	diagnostic = stp_report(parse->context, STP_D_syntax, span, "`%s` cannot stand here", word);
	if (other_words[i].meant == NULL) {
		stp_help(parse->context, diagnostic, "%s", other_words[i].advice);
		return true;
	}
	stp_help(parse->context, diagnostic, "write `%s`", other_words[i].meant);
	stp_fix(parse->context, diagnostic, span, other_words[i].meant);
	return true;
}

/* `0.5 to 1.0 mm limit 1.5 mm`: a part of the statement without the comma before it. */
static bool report_no_comma(struct stp_parse *parse, struct stp_span span, const char *word,
			    const char *const *expected, size_t count)
{
	static const char *const parts[] = { "amount", "area", "limit",    "occlusion",
					     "start",  "step", "tolerance" };
	struct stp_span end = { span.source, parse->before.end, parse->before.end };
	struct stp_diagnostic *diagnostic;

	if (!among(",", expected, count) || !among(word, parts, sizeof parts / sizeof *parts))
		return false;
	diagnostic = stp_report(parse->context, STP_D_syntax, span,
				"`%s` stands here without a comma before it", word);
	stp_help(parse->context, diagnostic, "write `, %s`", word);
	stp_fix(parse->context, diagnostic, end, ",");
	return true;
}

/* `mm 1.0` */
static bool report_unit_first(struct stp_parse *parse, struct stp_span span, const char *word,
			      const char *const *expected, size_t count)
{
	const char *unit = stp_nearest_unit(word);

	if (!among("a number", expected, count) || unit == NULL || strcmp(unit, word) != 0)
		return false;
	stp_help(parse->context,
		 stp_report(parse->context, STP_D_syntax, span, "`%s` cannot stand here", word),
		 "the unit stands behind its number");
	return true;
}

/* `if skin_type V`: what would be `when`, were it not for the `if` of a condition. */
static bool report_if(struct stp_parse *parse, struct stp_span span, const char *found)
{
	struct stp_span begin = parse->statement_begin;
	struct stp_diagnostic *diagnostic;

	if (parse->before.token != STP_T_IF || parse->before.end != begin.end ||
	    strcmp(found, "a text in quotes") == 0)
		return false;
	diagnostic = stp_report(parse->context, STP_D_syntax, begin, "no rule begins with `if`");
	stp_help(parse->context, diagnostic, "did you mean `when`?");
	if (span.begin > begin.end)
		stp_fix(parse->context, diagnostic, begin, "when");
	return true;
}

/* `depth max 1.0 mm`: where the most is said with `to`. */
static bool report_most(struct stp_parse *parse, struct stp_span span, const char *word,
			const char *const *expected, size_t count)
{
	static const char *const most[] = { "max", "maximum", "under", "most" };
	struct stp_diagnostic *diagnostic;

	if (!among("to", expected, count) || !among("from", expected, count) ||
	    !among(word, most, sizeof most / sizeof *most))
		return false;
	diagnostic = stp_report(parse->context, STP_D_syntax, span, "`%s` cannot stand here", word);
	stp_help(parse->context, diagnostic, "write `to`");
	stp_fix(parse->context, diagnostic, span, "to");
	return true;
}

/* `untill flaking ends`: a word that is nearly one of those that could stand here. */
static bool report_near_word(struct stp_parse *parse, struct stp_span span, const char *found,
			     const char *word, const char *const *expected, size_t count)
{
	const char *meant =
		strcmp(found, "a name") == 0 ? stp_surely_meant(word, expected, count) : NULL;
	struct stp_diagnostic *diagnostic;

	if (meant == NULL || !is_keyword(parse, meant))
		return false;
	diagnostic = stp_report(parse->context, STP_D_syntax, span, "`%s` cannot stand here", word);
	stp_help(parse->context, diagnostic, "did you mean `%s`?", meant);
	stp_fix(parse->context, diagnostic, span, meant);
	return true;
}

static const char *what_cannot_stand(struct stp_parse *parse, const char *found, const char *word)
{
	if (strcmp(found, "the end of the line") == 0 || strcmp(found, "the end of the file") == 0)
		return stp_format(parse->context, "something is missing before %s", found);
	if (strcmp(found, "}") == 0)
		return "something is missing before the }";
	if (strcmp(found, "a text in quotes") == 0)
		return "a text cannot stand here";
	return stp_format(parse->context, "`%s` cannot stand here", word);
}

static void report(struct stp_parse *parse, struct stp_span span, const char *found,
		   const char *word, const char *const *expected, size_t count)
{
	bool first = span.source == parse->statement_begin.source &&
		     span.begin == parse->statement_begin.begin;
	const char *help = first ? first_word_advice(parse, found) : NULL;
	struct stp_diagnostic *diagnostic = stp_report(parse->context, STP_D_syntax, span, "%s",
						       what_cannot_stand(parse, found, word));

	stp_help(parse->context, diagnostic, "%s",
		 help != NULL ? help : advice(parse, found, word, expected, count));
}

void stp_syntax_error(struct stp_parse *parse, struct stp_span span, const char *found,
		      const char *const *expected, size_t count)
{
	const char *word = stp_copy_text(parse->context, parse->source->text + span.begin,
					 span.end - span.begin);

	if (parse->faulty)
		return; /* something in this statement was reported: enough said */
	if (!report_decimal_comma(parse, span, found) && !report_first_word(parse) &&
	    !report_if(parse, span, found) && !report_most(parse, span, word, expected, count) &&
	    !report_other_word(parse, span, word, expected, count) &&
	    !report_no_comma(parse, span, word, expected, count) &&
	    !report_unit_first(parse, span, word, expected, count) &&
	    !report_near_word(parse, span, found, word, expected, count) &&
	    !report_bad_unit(parse, span, found, word))
		report(parse, span, found, word, expected, count);
	parse->faulty = true;
	stp_stop_when_enough(parse);
}
