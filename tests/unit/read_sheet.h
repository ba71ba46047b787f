/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a finished sheet as a client's program would, and checks what every sheet must keep to. */
#ifndef STP_TESTS_READ_SHEET_H
#define STP_TESTS_READ_SHEET_H

#include "support/support.h"

/* A block of the sheet: a heading (level 1 to 6), a paragraph or quote (0) or a bullet (-1). */
struct sheet_block {
	int level;
	const char *text; /* without markup */
};

struct sheet_blocks {
	struct sheet_block *items;
	size_t count, room;
};

struct sheet_blocks read_sheet(struct stp_context *, const char *markdown);

/* The HTML without its pictures, which the Markdown does not have. */
const char *without_figures(struct stp_context *, const char *html);

/* The first block with this text, from `from` on; the count when there is none. */
size_t find_block(const struct sheet_blocks *, size_t from, const char *text);
/* Whether a block under the heading has exactly this text. */
bool stands_under(const struct sheet_blocks *, const char *heading, const char *text);

/*
 * What the points of a good sheet have in common, each an assertion: one title, no level of heading
 * skipped, at most seven bullets under a heading, sentences of 20 words, no "don't", no dashes.
 */
void check_style(const struct sheet_blocks *);
/* Headings "Day 0", "Days 1 to 5" and so on, from 0 without gap or overlap; the last day. */
long check_days(const struct sheet_blocks *);

#endif
