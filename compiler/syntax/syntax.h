/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From text to tree: the scanner, the parser and the tree that they make.
 *
 * The tree is uniform: a node has a kind, a place, perhaps a word or a number, and children.
 * What children a kind has is written at its entry in node_kinds.def; the resolver relies on
 * nothing else. A broken file still yields a tree: a statement that cannot be understood is
 * reported and left out, its neighbours stay.
 */
#ifndef STP_SYNTAX_H
#define STP_SYNTAX_H

#include "support/support.h"

enum stp_node_kind {
#define STP_NODE(kind, name) STP_N_##kind,
#include "syntax/node_kinds.def"
#undef STP_NODE
	STP_NODE_KINDS
};

extern const char *const stp_node_names[STP_NODE_KINDS];

/* A decimal exactly as written: mantissa / 10^decimals. */
struct stp_number {
	int64_t mantissa;
	uint32_t decimals;
};

enum stp_unit {
	STP_UNIT_none, /* was said */
#define STP_UNIT(id, written, dimension, factor, time) STP_UNIT_##id,
#include "syntax/units.def"
#undef STP_UNIT
	STP_UNITS
};

extern const char *const stp_unit_names[STP_UNITS]; /* as written; NULL for none */

/* There are as many as words in the source, so they are kept small. */
struct stp_node {
	enum stp_node_kind kind : 8;
	enum stp_unit unit : 8; /* QUANTITY */
	uint16_t decimals;      /* NUMBER, QUANTITY */
	struct stp_span span;
	struct stp_node *next; /* sibling */
	union {
		struct stp_node *first; /* child; of all kinds but the leaves below */
		const char *text;       /* NAME: interned; TEXT: escapes resolved; DATE, VERSION */
		int64_t mantissa;       /* NUMBER, QUANTITY */
	};
};

_Static_assert(STP_NODE_KINDS <= 256 && STP_UNITS <= 256, "both fit their members");

static inline bool stp_is_leaf(const struct stp_node *node)
{
	return node->kind < STP_N_FILE;
}

#define STP_TOKEN_COMMENT (-1)

struct stp_tree {
	const struct stp_source *source;
	struct stp_node *root; /* STP_N_FILE; never NULL */
	/*
	 * What the loader found: the files that it imports, and whether its policies hold for all.
	 */
	const struct stp_tree **imports;
	size_t import_count;
	bool binds_all;
};

/* Scans and parses the source; faults are reported to the context. */
struct stp_tree *stp_parse(struct stp_context *, const struct stp_source *);

/* The tree as indented lines, for tests. */
void stp_tree_dump(struct stp_string *, const struct stp_tree *);

/* ---- tree.c: making and reading nodes ---- */

struct stp_node *stp_node(struct stp_context *, enum stp_node_kind, struct stp_span);
void stp_append(struct stp_node *parent, struct stp_node *child);
const struct stp_node *stp_last(const struct stp_node *);                      /* child, or NULL */
const struct stp_node *stp_child(const struct stp_node *, enum stp_node_kind); /* first, or NULL */
const struct stp_node *stp_next_of(const struct stp_node *, enum stp_node_kind); /* next sibling */
size_t stp_count_of(const struct stp_node *, enum stp_node_kind);
struct stp_number stp_number_of(const struct stp_node *); /* of a NUMBER or QUANTITY */

/* ---- between scanner.l and parser.y ---- */

struct stp_scanner;

#endif
