/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the scanner, the parser and the functions between them share during one parse.
 *
 * flex gives raw words; next_token.c turns them into the parser's tokens: it drops the line end
 * after a comma, reads a unit only after a number, counts braces, and closes at the end of the
 * file what was left open, so that the parser always sees balanced blocks.
 */
#ifndef STP_PARSE_H
#define STP_PARSE_H

#include "syntax/syntax.h"

/* A word's tag: the token of a keyword, and the unit that it is behind a number. */
#define STP_TAG_TOKEN(tag) ((tag)&0xffff)
#define STP_TAG_UNIT(tag)  ((tag) >> 16)
#define STP_UNIT_TAG(unit) ((unit) << 16)

#define STP_NESTING_MAX  32
#define STP_EXPECTED_MAX 160

/* What the scanner read, and where: also a comment, or a line end that the parser never sees. */
struct stp_word {
	int token;
	uint32_t end;
};

/* A } and the { that it closes; source 0: none. */
struct stp_brace {
	struct stp_span open, close;
};

struct stp_parse {
	struct stp_context *context;
	const struct stp_source *source;
	struct stp_tree *tree;
	void *scanner;                /* flex's state */
	int previous;                 /* the last token given to the parser; 0 at the start */
	struct stp_word before, last; /* the last two words that the scanner gave */
	struct stp_span open[STP_NESTING_MAX]; /* the braces that are open */
	bool expects[STP_NESTING_MAX];         /* of each: it is the block of an `expect` */
	struct stp_span suspect; /* the first { whose } stands at another indentation */
	int depth;
	struct stp_brace closed;   /* the last }, while nothing follows it */
	struct stp_brace early;    /* the first } behind which the block's indentation goes on */
	struct stp_span *left_out; /* what stands in the wrong block for that, to be taken out */
	size_t left_out_count, left_out_room;
	struct stp_diagnostic *stray;    /* the report of the } too many that were just read */
	bool ended;                      /* the text is at its end: only closing tokens follow */
	struct stp_span statement_begin; /* the first word of the statement being read */
	struct stp_node *statement_name; /* the statement's first word when that is no keyword */
	bool statement_expects;          /* it stands in the block of an `expect` */
	struct stp_span text_begin;      /* where an open string began */
	bool faulty;                     /* a bad word was reported in this statement */
};

union STP_YYSTYPE;

/* ---- tree.c ---- */

/* Takes the statements out that lie in the span, wherever in the tree. */
void stp_leave_out(struct stp_node *, struct stp_span);

/* Where something stands in the source that is parsed. */
struct stp_range {
	uint32_t begin, end;
};

static inline struct stp_span stp_span_at(const struct stp_parse *parse, struct stp_range range)
{
	return (struct stp_span){ parse->source->id, range.begin, range.end };
}

/* The lexer as bison calls it. */
int stp_yylex(union STP_YYSTYPE *value, struct stp_range *, struct stp_parse *parse);

/* The unit that a word which is none certainly stands for, or NULL: `hrs` is h. */
const char *stp_unit_meant(const char *word);
/* The unit that a misspelt one is nearest to, or NULL; a guess, and no ground for a fix. */
const char *stp_nearest_unit(const char *word);

/* ---- parser.y ---- */

/* Tags each keyword's interned name with its token. */
void stp_intern_keywords(struct stp_context *);

/* ---- next_token.c ---- */

/* Tags the interned names of the units. */
void stp_intern_units(struct stp_context *);

/* ---- scanner.l ---- */

/* The next raw token; 0 at the end. What a token has for the parser is left in *value. */
int stp_scan(union STP_YYSTYPE *value, struct stp_span *span, struct stp_parse *parse);
void stp_scan_begin(struct stp_parse *); /* sets parse->scanner over parse->source */

/* ---- words.c: what the scanner makes of what it matched ---- */

int stp_scan_word(struct stp_parse *, union STP_YYSTYPE *, struct stp_span, const char *text);
int stp_scan_numeric(struct stp_parse *, union STP_YYSTYPE *, struct stp_span, const char *text);
int stp_scan_bare_decimals(struct stp_parse *, struct stp_span, const char *text);
int stp_scan_text(struct stp_parse *, union STP_YYSTYPE *, struct stp_span);
int stp_scan_prose(struct stp_parse *, union STP_YYSTYPE *, struct stp_span);
/* After more faults than anybody reads, the rest of the text is not looked at. */
void stp_stop_when_enough(struct stp_parse *);
/* Reports a byte sequence that has no place outside of texts and comments; true when it makes a
   quantity doubtful (600 cm², 1.0 - 2.0), so that the statement must be dropped. */
bool stp_scan_bad(struct stp_parse *, struct stp_span, const char *text);
void stp_scan_open_text(struct stp_parse *, struct stp_span opening);
/* Whether a text that is not closed on its line is closed on one below; at: where that begins. */
bool stp_text_runs_over(const struct stp_source *, uint32_t at);

/* ---- syntax_errors.c ---- */

void stp_syntax_error(struct stp_parse *, struct stp_span, const char *found,
		      const char *const *expected, size_t count);

/* ---- tree.c, for the actions ---- */

/* A new node, which is a list of itself. */
struct stp_node *stp_lone(struct stp_parse *, enum stp_node_kind, struct stp_span);
struct stp_node *stp_chain(struct stp_node *list, struct stp_node *more);
void stp_adopt(struct stp_node *parent, struct stp_node *list);
/* A new node with the list as its children. */
struct stp_node *stp_parent(struct stp_parse *, enum stp_node_kind, struct stp_range,
			    struct stp_node *children);
struct stp_node *stp_name_node(struct stp_parse *, struct stp_range, const char *name);

/* ---- encoding.c ---- */

/* False after one diagnostic: bytes that are not UTF-8, controls, or invisible marks. */
bool stp_check_encoding(struct stp_context *, const struct stp_source *);

#endif
