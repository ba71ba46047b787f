/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The grammar in docs/language.md against the one in compiler/syntax/parser.y, rule by rule.
 *
 * Both are read into rules (grammar.h). A name that only one side has is replaced by its rule.
 * What is left of each shared rule is spelled out as a sorted list of alternatives, which must be
 * equal.
 *
 * That the comparison can fail is shown on every word and bracket of the reference, each changed
 * in turn.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "grammar.h"

#define REFERENCE    "docs/language.md"
#define PARSER       "compiler/syntax/parser.y"
#define SPELLED_MOST 2048
#define DEPTH_MOST   40

/* The alternatives of an expression, each a text of words and `{ … }`. */
struct spelled {
	const char *items[SPELLED_MOST];
	size_t count;
};

/* ---- spelling out ---- */

static int compare_texts(const void *one, const void *other)
{
	return strcmp(*(const char *const *)one, *(const char *const *)other);
}

static void sort(struct spelled *spelled)
{
	size_t kept = 0;

	qsort(spelled->items, spelled->count, sizeof *spelled->items, compare_texts);
	for (size_t i = 0; i < spelled->count; i++)
		if (kept == 0 || strcmp(spelled->items[kept - 1], spelled->items[i]) != 0)
			spelled->items[kept++] = spelled->items[i];
	spelled->count = kept;
}

static void add_text(struct spelled *spelled, const char *text)
{
	assert_true(spelled->count < SPELLED_MOST);
	spelled->items[spelled->count++] = text;
}

static const char *join(struct stp_context *context, const char *one, const char *other)
{
	if (*one == '\0' || *other == '\0')
		return *one == '\0' ? other : one;
	return stp_format(context, "%s %s", one, other);
}

static struct spelled *spell(const struct grammar *, const struct grammar *other,
			     const struct expression *, int depth);

/* Each alternative of the one followed by each of the other. */
static struct spelled *cross(struct stp_context *context, const struct spelled *one,
			     const struct spelled *other)
{
	struct spelled *out = stp_alloc(context, sizeof *out);

	for (size_t i = 0; i < one->count; i++)
		for (size_t j = 0; j < other->count; j++)
			add_text(out, join(context, one->items[i], other->items[j]));
	return out;
}

static const char *repetition(struct stp_context *context, struct spelled *inside)
{
	struct stp_string out;

	sort(inside);
	stp_string_init(&out, context);
	stp_add(&out, "{");
	for (size_t i = 0; i < inside->count; i++)
		stp_addf(&out, "%s %s", i == 0 ? "" : " |", inside->items[i]);
	stp_add(&out, " }");
	return out.text;
}

/* A name that both sides have, or a terminal, stands for itself. */
static struct spelled *spell_word(const struct grammar *grammar, const struct grammar *other,
				  const char *word, int depth)
{
	const struct rule *rule = find_rule(grammar, word);
	struct spelled *out;

	if (rule != NULL && find_rule(other, word) == NULL && depth < DEPTH_MOST)
		return spell(grammar, other, rule->is, depth + 1);
	out = stp_alloc(grammar->context, sizeof *out);
	add_text(out, word);
	return out;
}

static struct spelled *spell(const struct grammar *grammar, const struct grammar *other,
			     const struct expression *expression, int depth)
{
	struct spelled *out, *part;

	if (expression->operation == WORD)
		return spell_word(grammar, other, expression->word, depth);
	out = stp_alloc(grammar->context, sizeof *out);
	if (expression->operation == SEQUENCE)
		add_text(out, "");
	for (size_t i = 0; i < expression->count; i++) {
		part = spell(grammar, other, expression->parts[i], depth);
		if (expression->operation == SEQUENCE)
			out = cross(grammar->context, out, part);
		else if (expression->operation == REPEATED)
			add_text(out, repetition(grammar->context, part));
		else
			for (size_t j = 0; j < part->count; j++)
				add_text(out, part->items[j]);
	}
	sort(out);
	return out;
}

/* ---- comparing ---- */

static void compare_spelled(struct stp_string *out, const char *rule, const struct spelled *bison,
			    const struct spelled *reference)
{
	size_t i = 0, j = 0;

	while (i < bison->count || j < reference->count) {
		int order = i == bison->count       ? 1
			    : j == reference->count ? -1
						    : strcmp(bison->items[i], reference->items[j]);

		if (order < 0)
			stp_addf(out, "%s: only the compiler takes: %s\n", rule, bison->items[i]);
		if (order > 0)
			stp_addf(out, "%s: only the reference has: %s\n", rule,
				 reference->items[j]);
		i += order <= 0;
		j += order >= 0;
	}
}

static bool uses(const struct expression *expression, const char *name)
{
	bool found = expression->operation == WORD && strcmp(expression->word, name) == 0;

	for (size_t i = 0; i < expression->count && !found; i++)
		found = uses(expression->parts[i], name);
	return found;
}

/* A rule that nothing uses would be compared with nothing. */
static void find_unused(struct stp_string *out, const struct grammar *grammar)
{
	for (size_t i = 1; i < grammar->count; i++) {
		bool used = false;

		for (size_t j = 0; j < grammar->count && !used; j++)
			used = j != i && uses(grammar->rules[j].is, grammar->rules[i].name);
		if (!used)
			stp_addf(out, "%s: no rule uses it\n", grammar->rules[i].name);
	}
}

/* What differs, a line each; "" when nothing does. */
static const char *differences(struct stp_context *context, const char *bison_text,
			       const char *reference_text)
{
	struct grammar *bison = stp_alloc(context, sizeof *bison);
	struct grammar *reference = stp_alloc(context, sizeof *reference);
	struct stp_string out;

	bison->context = reference->context = context;
	read_bison(bison, bison_text);
	read_reference(reference, reference_text);
	if (bison->fault != NULL || reference->fault != NULL)
		return bison->fault != NULL ? bison->fault : reference->fault;
	stp_string_init(&out, context);
	stp_add(&out, "");
	find_unused(&out, reference);
	for (size_t i = 0; i < bison->count; i++) {
		const struct rule *rule = find_rule(reference, bison->rules[i].name);

		if (rule != NULL)
			compare_spelled(&out, rule->name,
					spell(bison, reference, bison->rules[i].is, 0),
					spell(reference, bison, rule->is, 0));
		else if (i == 0)
			stp_addf(&out, "%s: not in the reference\n", bison->rules[i].name);
	}
	return out.text;
}

/* ---- the tests ---- */

static struct stp_context reading;
static const char *parser_text, *reference_text;

static int read_texts(void **state)
{
	const struct stp_span nowhere = { 0, 0, 0 };

	(void)state;
	stp_context_init(&reading, NULL);
	assert_false(STP_GUARD(&reading));
	parser_text = stp_source_from_file(&reading, PARSER, nowhere)->text;
	reference_text =
		grammar_boxes(&reading, stp_source_from_file(&reading, REFERENCE, nowhere)->text);
	return 0;
}

static int forget_texts(void **state)
{
	(void)state;
	stp_context_free(&reading);
	return 0;
}

static void test_reference_is_the_grammar(void **state)
{
	struct stp_context context;

	(void)state;
	stp_context_init(&context, NULL);
	assert_false(STP_GUARD(&context));
	assert_string_equal(differences(&context, parser_text, reference_text), "");
	stp_context_free(&context);
}

static bool differs(const char *parser, const char *reference)
{
	struct stp_context context;
	bool found;

	stp_context_init(&context, NULL);
	assert_false(STP_GUARD(&context));
	found = *differences(&context, parser, reference) != '\0';
	stp_context_free(&context);
	return found;
}

/* The text with what stands at [begin, end) replaced. */
static char *changed(struct stp_context *context, const char *text, const char *begin,
		     const char *end, const char *instead)
{
	return stp_format(context, "%.*s%s%s", (int)(begin - text), text, instead, end);
}

/* What a word of the reference is changed to; NULL: left as it is. */
static const char *mutant_of(const char *word)
{
	if (*word == '"')
		return "\"mutant\"";
	if (strcmp(word, "|") == 0)
		return "\"mutant\" |";
	if (*word >= 'A' && *word <= 'Z')
		return "mutant";
	return NULL;
}

/* The bracket that closes the one that stands just before `at`. */
static const char *closing_bracket(const char *at)
{
	int depth = 1;

	for (; depth > 0; at++) {
		if (*at == '"')
			at = strchr(at + 1, '"');
		else
			depth += (strchr("[{(", *at) != NULL) - (strchr(")}]", *at) != NULL);
	}
	return at - 1;
}

/* `[ a ]` or `{ a }` becomes `( a )`. */
static const char *without_choice(const char *text, const char *bracket)
{
	const char *closing = closing_bracket(bracket + 1);
	char *mutant = changed(&reading, text, closing, closing + 1, ")");

	mutant[bracket - text] = '(';
	return mutant;
}

static void test_every_change_is_seen(void **state)
{
	struct grammar words = { .at = reference_text };
	size_t changes = 0;

	(void)state;
	words.context = &reading;
	for (;;) {
		const char *word = next_word(&words, false), *instead = mutant_of(word);
		const char *begin = words.at - strlen(word), *mutant;

		if (*word == '\0')
			break;
		if (*word == '[' || *word == '{')
			mutant = without_choice(reference_text, begin);
		else if (instead != NULL)
			mutant = changed(&reading, reference_text, begin, words.at, instead);
		else
			continue;
		changes++;
		if (!differs(parser_text, mutant))
			fail_msg("not seen: a change of %s at: %.60s", word, begin);
	}
	assert_true(changes > 300);
}

static void test_changes_of_the_compiler(void **state)
{
	static const char *const pieces[][2] = {
		{ "| \"daily\" span \"times\"", "| \"daily\" span" },
		{ "| \"to\" quantity { $$ = MAKE(UP_TO", "| \"below\" quantity { $$ = MAKE(UP_TO" },
		{ "| tails[list] tail {", "| tails[list] \",\" tail {" },
		{ "\nnames: name\n", "\nnames: NAME\n" },
		{ "| \"prescribed\" {", "| \"prescribed\" \"by\" name {" },
		{ "extends: %empty { $$ = NULL; } |", "extends:" },
		{ "\nhelp_sign:\n", "\nhelp_sign: \"mutant\" |\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		const char *at = strstr(parser_text, pieces[i][0]);

		if (at == NULL)
			fail_msg("the grammar no longer has: %s", pieces[i][0]);
		assert_true(differs(
			changed(&reading, parser_text, at, at + strlen(pieces[i][0]), pieces[i][1]),
			reference_text));
	}
	assert_true(differs(parser_text,
			    stp_format(&reading, "%s\nunused = \"zone\" ;", reference_text)));
	assert_true(differs(parser_text, ""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reference_is_the_grammar),
		cmocka_unit_test(test_every_change_is_seen),
		cmocka_unit_test(test_changes_of_the_compiler),
	};

	return cmocka_run_group_tests(tests, read_texts, forget_texts);
}
