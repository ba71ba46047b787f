/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Grammars as rules over a few operations, read from the boxes of EBNF in docs/language.md or
 * from bison's parser.y. Bison's left recursion (`list: item | list "," item`) is what EBNF writes
 * as `item { "," item }`, and is read as such. Rules with bison's `error` only say how to go on
 * after a fault and are left out.
 */
#ifndef GRAMMAR_H
#define GRAMMAR_H

#include "support/support.h"

#define PARTS_MOST  160
#define RULES_MOST  256
#define TOKENS_MOST 192

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

/* Both set grammar->fault when the text cannot be read. */
void read_reference(struct grammar *, const char *ebnf);
void read_bison(struct grammar *, const char *parser);

/* All the boxes of grammar in the reference, one after the other. */
const char *grammar_boxes(struct stp_context *, const char *reference);

const struct rule *find_rule(const struct grammar *, const char *name); /* or NULL */
/* The next word at grammar->at: a name, a text in quotes, %empty, or one mark; "" at the end. */
const char *next_word(struct grammar *, bool bison);
bool is_name_character(char);

#endif
