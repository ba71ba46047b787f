/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The grammar in docs/language.md against the one in compiler/syntax/parser.y, rule by rule.
 *
 * Both are read into rules over the same few operations: one after another, either, any number of
 * times. Bison's left recursion (`list: item | list "," item`) is what the reference writes as
 * `item { "," item }`, and is read as such. A name that only one side has is replaced by its
 * rule. What is left of each shared rule is spelled out as a sorted list of alternatives, which
 * must be equal. Rules with bison's `error` only say how to go on after a fault and are left out.
 *
 * That the comparison can fail is shown on every word and bracket of the reference, each changed
 * in turn.
 */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/support.h"

#define REFERENCE    "docs/language.md"
#define PARSER       "compiler/syntax/parser.y"
#define PARTS_MOST   160
#define RULES_MOST   256
#define TOKENS_MOST  192
#define SPELLED_MOST 2048
#define DEPTH_MOST   40

enum operation { WORD, SEQUENCE, EITHER, REPEATED };

struct expression {
	enum operation operation;
	const char *word; /* WORD: a name, or a terminal in its quotes or capitals */
	struct expression *parts[PARTS_MOST];
	size_t count;
};

struct rule {
	const char *name;
	struct expression *is;
};

struct grammar {
	struct stp_context *context;
	struct rule rules[RULES_MOST];
	size_t count;
	const char *at;                     /* while it is read */
	const char *tokens[TOKENS_MOST][2]; /* bison: a token's name and its alias */
	size_t token_count;
	const char *fault; /* what could not be read, or NULL */
};

/* The alternatives of an expression, each a text of words and `{ … }`. */
struct spelled {
	const char *items[SPELLED_MOST];
	size_t count;
};

/* ---- expressions ---- */

static struct expression *new_expression(struct grammar *grammar, enum operation operation)
{
	struct expression *made = stp_alloc(grammar->context, sizeof *made);

	made->operation = operation;
	return made;
}

static void add_part(struct expression *whole, struct expression *part)
{
	assert_true(whole->count < PARTS_MOST);
	whole->parts[whole->count++] = part;
}

static struct expression *word_of(struct grammar *grammar, const char *word)
{
	struct expression *made = new_expression(grammar, WORD);

	made->word = word;
	return made;
}

static const struct rule *find_rule(const struct grammar *grammar, const char *name)
{
	for (size_t i = 0; i < grammar->count; i++)
		if (strcmp(grammar->rules[i].name, name) == 0)
			return &grammar->rules[i];
	return NULL;
}

static void add_rule(struct grammar *grammar, const char *name, struct expression *is)
{
	if (find_rule(grammar, name) != NULL)
		grammar->fault = stp_format(grammar->context, "%s is said twice", name);
	assert_true(grammar->count < RULES_MOST);
	grammar->rules[grammar->count++] = (struct rule){ name, is };
}

/* ---- words of either text ---- */

static bool is_name_character(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static const char *skip_action(const char *at)
{
	int depth = 0;

	do {
		depth += (*at == '{') - (*at == '}');
		at++;
	} while (depth > 0 && *at != '\0');
	return at;
}

/* Past blanks and comments; in bison also past actions and names of symbols in brackets. */
static void skip_blanks(struct grammar *grammar, bool bison)
{
	const char *at = grammar->at;

	for (;;) {
		if (*at == ' ' || *at == '\n' || *at == '\t')
			at++;
		else if (bison && strncmp(at, "/*", 2) == 0)
			at = strstr(at, "*/") + 2;
		else if (bison && *at == '{')
			at = skip_action(at);
		else if (bison && *at == '[')
			at = strchr(at, ']') + 1;
		else
			break;
	}
	grammar->at = at;
}

/* The next word: a name, a text in quotes, %empty, or one mark; "" at the end. */
static const char *next_word(struct grammar *grammar, bool bison)
{
	const char *begin;

	skip_blanks(grammar, bison);
	begin = grammar->at;
	if (*begin == '"')
		grammar->at = strchr(begin + 1, '"') + 1;
	else if (is_name_character(*begin) || *begin == '%')
		do
			grammar->at++;
		while (is_name_character(*grammar->at));
	else if (*begin != '\0')
		grammar->at++;
	return stp_copy_text(grammar->context, begin, (size_t)(grammar->at - begin));
}

static const char *peek_word(struct grammar *grammar, bool bison)
{
	const char *before = grammar->at;
	const char *word = next_word(grammar, bison);

	grammar->at = before;
	return word;
}

static bool is_symbol(const char *word)
{
	return is_name_character(*word) || (*word == '"' && word[1] != '\0');
}

/* ---- the reference's grammar ---- */

static struct expression *read_either(struct grammar *);

static struct expression *read_part(struct grammar *grammar)
{
	const char *word = next_word(grammar, false);
	const char *closing = *word == '[' ? "]" : *word == '{' ? "}" : ")";
	struct expression *inside, *whole;

	if (is_symbol(word))
		return word_of(grammar, word);
	if (strchr("[{(", *word) == NULL || *word == '\0') {
		grammar->fault = stp_format(grammar->context, "%s cannot stand there", word);
		return word_of(grammar, word);
	}
	inside = read_either(grammar);
	if (strcmp(next_word(grammar, false), closing) != 0)
		grammar->fault = stp_format(grammar->context, "%s without its %s", word, closing);
	if (*word == '(')
		return inside;
	whole = new_expression(grammar, *word == '[' ? EITHER : REPEATED);
	add_part(whole, inside);
	if (*word == '[')
		add_part(whole, new_expression(grammar, SEQUENCE));
	return whole;
}

static struct expression *read_either(struct grammar *grammar)
{
	struct expression *either = new_expression(grammar, EITHER);
	struct expression *sequence = new_expression(grammar, SEQUENCE);
	const char *word = peek_word(grammar, false);

	add_part(either, sequence);
	while (grammar->fault == NULL && *word != '\0' && strchr("])};", *word) == NULL) {
		if (*word == '|') {
			next_word(grammar, false);
			sequence = new_expression(grammar, SEQUENCE);
			add_part(either, sequence);
		} else {
			add_part(sequence, read_part(grammar));
		}
		word = peek_word(grammar, false);
	}
	return either;
}

static void read_reference(struct grammar *grammar, const char *text)
{
	grammar->at = text;
	while (grammar->fault == NULL && *peek_word(grammar, false) != '\0') {
		const char *name = next_word(grammar, false);

		if (!is_name_character(*name) || strcmp(next_word(grammar, false), "=") != 0) {
			grammar->fault = stp_format(grammar->context, "no rule at %s", name);
			return;
		}
		add_rule(grammar, name, read_either(grammar));
		if (strcmp(next_word(grammar, false), ";") != 0 && grammar->fault == NULL)
			grammar->fault =
				stp_format(grammar->context, "%s has no ; at its end", name);
	}
}

/* All the boxes of grammar in the reference, one after the other. */
static const char *boxes(struct stp_context *context, const char *text)
{
	struct stp_string out;
	const char *begin = text;

	stp_string_init(&out, context);
	stp_add(&out, "");
	while ((begin = strstr(begin, "\n```ebnf\n")) != NULL) {
		const char *end = strstr(begin += 9, "\n```");

		assert_non_null(end);
		stp_add_bytes(&out, begin, (size_t)(end - begin + 1));
		begin = end;
	}
	return out.text;
}

/* ---- bison's grammar ---- */

/* `%token ABOUT "about" NAME "a name"`: what each token is called in the rules. */
static void read_tokens(struct grammar *grammar, const char *text)
{
	const char *end = strstr(text, "\n%type");

	assert_non_null(end);
	for (const char *at = text; (at = strstr(at, "\n%token")) != NULL && at < end;) {
		grammar->at = at + 7;
		while (*peek_word(grammar, true) != '%') {
			const char *name = next_word(grammar, true);

			if (*name == '<') /* the type of its value */
				grammar->at = strchr(grammar->at, '>') + 1;
			if (!is_name_character(*name) || *peek_word(grammar, true) != '"')
				continue;
			assert_true(grammar->token_count < TOKENS_MOST);
			grammar->tokens[grammar->token_count][0] = name;
			grammar->tokens[grammar->token_count++][1] = next_word(grammar, true);
		}
		at = grammar->at;
	}
}

/* A keyword stands in its quotes; a kind of words, whose alias has blanks, in capitals. */
static const char *token_word(const struct grammar *grammar, const char *word)
{
	for (size_t i = 0; i < grammar->token_count; i++) {
		const char *name = grammar->tokens[i][0], *alias = grammar->tokens[i][1];

		if (strcmp(word, name) == 0 || strcmp(word, alias) == 0)
			return strchr(alias, ' ') != NULL ? name : alias;
	}
	return word;
}

/* One alternative: its words, or NULL when it is about errors. */
static struct expression *read_alternative(struct grammar *grammar)
{
	struct expression *sequence = new_expression(grammar, SEQUENCE);
	bool about_errors = false;

	while (is_symbol(peek_word(grammar, true)) || *peek_word(grammar, true) == '%') {
		const char *word = next_word(grammar, true);

		if (strcmp(word, "error") == 0)
			about_errors = true;
		else if (*word != '%')
			add_part(sequence, word_of(grammar, token_word(grammar, word)));
	}
	return about_errors ? NULL : sequence;
}

/* The alternatives of a rule; those that begin with the rule itself become a repetition. */
static struct expression *read_alternatives(struct grammar *grammar, const char *name)
{
	struct expression *first = new_expression(grammar, EITHER);
	struct expression *again = new_expression(grammar, EITHER);
	struct expression *both, *repeated;

	do {
		struct expression *sequence = read_alternative(grammar);

		if (sequence == NULL)
			continue;
		if (sequence->count == 0 || strcmp(sequence->parts[0]->word, name) != 0) {
			add_part(first, sequence);
			continue;
		}
		sequence->count--;
		memmove(sequence->parts, sequence->parts + 1,
			sequence->count * sizeof *sequence->parts);
		add_part(again, sequence);
	} while (*next_word(grammar, true) == '|');
	if (again->count == 0)
		return first;
	both = new_expression(grammar, SEQUENCE);
	repeated = new_expression(grammar, REPEATED);
	add_part(repeated, again);
	add_part(both, first);
	add_part(both, repeated);
	return both;
}

static void read_bison(struct grammar *grammar, const char *text)
{
	read_tokens(grammar, text);
	grammar->at = strstr(text, "\n%%\n") + 4;
	while (strcmp(peek_word(grammar, true), "%") != 0) {
		const char *name = next_word(grammar, true);

		if (strcmp(next_word(grammar, true), ":") != 0) {
			grammar->fault = stp_format(grammar->context, "no rule at %s", name);
			return;
		}
		add_rule(grammar, name, read_alternatives(grammar, name));
	}
}

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
	reference_text = boxes(&reading, stp_source_from_file(&reading, REFERENCE, nowhere)->text);
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
	if (is_name_character(*word) && isupper((unsigned char)*word))
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
		{ "names: name {", "names: NAME {" },
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
