/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Prose and numbers: what a protocol's own texts refer to must be there, and a number with a unit
 * must be a reference, since prose that repeats a number can contradict it. Language reference,
 * 7.2.
 */
#include "check/checks.h"
#include "model/prose.h"

#include <string.h>

/* A text, and a place that holds it. */
struct prose {
	const char *text;
	struct stp_span span;
};

/* ---- places inside a text ---- */

/* The place of some bytes of the text; where they cannot be found, that of the whole. */
static struct stp_span place_of(struct stp_checker *checker, const struct prose *prose,
				const char *bytes, size_t length)
{
	const struct stp_source *source = stp_source_by_id(checker->context, prose->span.source);

	if (!source)
		return prose->span;
	for (uint32_t at = prose->span.begin; at + length <= prose->span.end; at++)
		if (memcmp(source->text + at, bytes, length) == 0)
			return (struct stp_span){ prose->span.source, at, at + (uint32_t)length };
	return prose->span;
}

/* ---- references ---- */

/* What a text refers to may stand where the protocol could not be understood (ST01, ST02). */
static bool is_understood(struct stp_checker *checker)
{
	const struct stp_diagnostic *at = stp_diagnostics(checker->context);
	struct stp_span whole = checker->protocol->span;

	while (at != NULL && (at->id >= STP_D_duplicate_name || at->span.source != whole.source ||
			      at->span.begin < whole.begin || at->span.begin > whole.end))
		at = at->next;
	return at == NULL;
}

static void report_unknown(struct stp_checker *checker, const struct prose *prose, const char *name,
			   size_t length)
{
	struct stp_context *context = checker->context;
	const char *said = stp_copy_text(context, name, length);
	size_t count;
	const char *const *names = stp_reference_names(context, checker->protocol, &count);
	const char *near = stp_nearest(said, names, count);
	struct stp_span span = place_of(checker, prose, name, length);
	struct stp_diagnostic *report =
		stp_report(context, STP_D_unknown_reference, span,
			   "`%s` has no number that is called {%s}", checker->protocol->name, said);

	if (near) {
		stp_help(context, report, "did you mean {%s}?", near);
		if (span.end - span.begin == length)
			stp_fix(context, report, span, near);
	} else {
		stp_help(
			context, report,
			"write {course.interval}, {visit.duration}, {expect.redness} and the like; "
			"or {{name}} for a field that another system fills");
	}
}

static void check_references(struct stp_checker *checker, const struct prose *prose)
{
	struct stp_reference found;
	size_t length;

	for (const char *at = stp_next_reference(prose->text, &length); at;
	     at = stp_next_reference(at + 1, &length))
		if (!stp_find_reference(checker->protocol, at + 1, length, &found) &&
		    is_understood(checker))
			report_unknown(checker, prose, at + 1, length);
}

/* ---- quantities ---- */

static const struct {
	const char *word;
	bool is_time, is_count;
	enum stp_time_unit unit;
} units[] = {
	{ "second", true, false, STP_SECOND }, { "min", true, false, STP_MINUTE },
	{ "minute", true, false, STP_MINUTE }, { "h", true, false, STP_HOUR },
	{ "hour", true, false, STP_HOUR },     { "day", true, false, STP_DAY },
	{ "week", true, false, STP_WEEK },     { "month", true, false, STP_MONTH },
	{ "year", true, false, STP_YEAR },     { "session", false, true, STP_DAY },
	{ "visit", false, true, STP_DAY },     { "treatment", false, true, STP_DAY },
	{ "pass", false, false, STP_DAY },     { "passe", false, false, STP_DAY },
	{ "mm", false, false, STP_DAY },       { "um", false, false, STP_DAY },
	{ "cm", false, false, STP_DAY },       { "cm2", false, false, STP_DAY },
	{ "g", false, false, STP_DAY },        { "mg", false, false, STP_DAY },
	{ "rpm", false, false, STP_DAY },      { "Hz", false, false, STP_DAY },
	{ "%", false, false, STP_DAY },
};

#define UNITS (sizeof units / sizeof *units)

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* The unit that stands at text, in one or in more; UNITS when there is none. */
static size_t unit_at(const char *text, size_t *length)
{
	size_t word = 0;

	while (is_letter(text[word]) || (word > 0 && is_digit(text[word])))
		word++;
	word += word == 0 && *text == '%';
	for (size_t i = 0; i < UNITS; i++) {
		size_t own = strlen(units[i].word);

		*length = word;
		if (strncmp(text, units[i].word, own) == 0 &&
		    (word == own || (word == own + 1 && text[own] == 's')))
			return i;
	}
	return UNITS;
}

/* Whether the reference holds this count of this unit. */
static bool holds(const struct stp_reference *reference, uint32_t count, size_t unit)
{
	if (units[unit].is_count)
		return count == reference->count_low || count == reference->count_high;
	return units[unit].is_time &&
	       ((reference->low.count == count && reference->low.unit == units[unit].unit) ||
		(reference->high.count == count && reference->high.unit == units[unit].unit));
}

static void report_quantity(struct stp_checker *checker, const struct prose *prose,
			    const char *begin, size_t length, uint32_t count, size_t unit)
{
	struct stp_context *context = checker->context;
	size_t name_count;
	const char *const *names = stp_reference_names(context, checker->protocol, &name_count);
	struct stp_diagnostic *report =
		stp_report(context, STP_D_bare_quantity, place_of(checker, prose, begin, length),
			   "`%s` stands in prose as a number of its own",
			   stp_copy_text(context, begin, length));

	for (size_t i = 0; i < name_count; i++) {
		struct stp_reference found;

		if (!stp_find_reference(checker->protocol, names[i], strlen(names[i]), &found) ||
		    !holds(&found, count, unit))
			continue;
		stp_help(context, report, "write {%s}, which follows the rule", names[i]);
		return;
	}
	stp_help(context, report,
		 "leave the number to a rule, and write {course.interval}, {visit.duration}, "
		 "{avoid.makeup}, {expect.redness} and the like");
}

/* Looks at the number that text begins with; returns its length. */
static size_t check_number(struct stp_checker *checker, const struct prose *prose, const char *text)
{
	uint32_t count = 0;
	size_t digits = 0, word;

	while (is_digit(text[digits]) || (text[digits] == '.' && is_digit(text[digits + 1]))) {
		if (count < 100000 && is_digit(text[digits]))
			count = count * 10 + (uint32_t)(text[digits] - '0');
		digits++;
	}
	size_t begin = digits + (text[digits] == ' ' || text[digits] == '-');
	size_t unit = unit_at(text + begin, &word);
	if (unit < UNITS)
		report_quantity(checker, prose, text, begin + word, count, unit);
	return digits;
}

static void check_quantities(struct stp_checker *checker, const struct prose *prose)
{
	char before = ' ';

	for (const char *at = prose->text; *at;) {
		size_t length =
			is_digit(*at) && !is_letter(before) ? check_number(checker, prose, at) : 1;

		before = at[length - 1];
		at += length;
	}
}

/* ---- all texts of a protocol ---- */

static void check_prose(struct stp_checker *checker, const char *text, struct stp_span span)
{
	const struct prose prose = { text, span };

	if (!text)
		return;
	check_references(checker, &prose);
	check_quantities(checker, &prose);
}

static void check_statements(struct stp_checker *checker, const struct stp_statement *statements,
			     size_t count)
{
	for (size_t i = 0; i < count; i++)
		check_prose(checker, statements[i].text, statements[i].origin.span);
}

static void check_reason(struct stp_checker *checker, const struct stp_provenance *origin)
{
	check_prose(checker, origin->because, origin->span);
}

void stp_check_prose(struct stp_checker *checker)
{
	const struct stp_protocol *protocol = checker->protocol;

	check_prose(checker, protocol->message, protocol->message_span);
	check_prose(checker, protocol->summary, protocol->summary_span);
	check_statements(checker, protocol->benefits, protocol->benefit_count);
	check_statements(checker, protocol->risks, protocol->risk_count);
	check_statements(checker, protocol->unknowns, protocol->unknown_count);
	for (size_t i = 0; i < protocol->care_count; i++) {
		check_reason(checker, &protocol->care[i].origin);
		check_prose(checker, protocol->care[i].how, protocol->care[i].origin.span);
	}
	for (size_t i = 0; i < protocol->screen_count; i++)
		check_reason(checker, &protocol->screens[i].origin);
}
