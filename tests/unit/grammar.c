/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the two texts of the grammar; see grammar.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "grammar.h"

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

const struct rule *find_rule(const struct grammar *grammar, const char *name)
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

bool is_name_character(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
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

const char *next_word(struct grammar *grammar, bool bison)
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

void read_reference(struct grammar *grammar, const char *text)
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

const char *grammar_boxes(struct stp_context *context, const char *text)
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
		else if (strcmp(word, "%prec") == 0) /* how a conflict is settled */
			next_word(grammar, true);
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

void read_bison(struct grammar *grammar, const char *text)
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
