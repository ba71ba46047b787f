/* SPDX-License-Identifier: Apache-2.0 */
/* See read_sheet.h. The sheet is read by libcmark, not by what wrote it. */
#include "read_sheet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmark.h>
#include <cmocka.h>

/* ---- reading ---- */

static const char *text_of(struct stp_context *context, cmark_node *node)
{
	cmark_iter *iterator = cmark_iter_new(node);
	cmark_event_type event;
	struct stp_string text;

	stp_string_init(&text, context);
	stp_add(&text, "");
	while ((event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE)
		if (cmark_node_get_type(cmark_iter_get_node(iterator)) == CMARK_NODE_TEXT)
			stp_add(&text, cmark_node_get_literal(cmark_iter_get_node(iterator)));
	cmark_iter_free(iterator);
	return text.text;
}

static void add_block(struct stp_context *context, struct sheet_blocks *blocks, int level,
		      cmark_node *node)
{
	blocks->items = stp_grow(context, blocks->items, blocks->count, &blocks->room,
				 sizeof *blocks->items);
	blocks->items[blocks->count++] = (struct sheet_block){ level, text_of(context, node) };
}

static void add_blocks(struct stp_context *context, struct sheet_blocks *blocks, cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_HEADING:
		add_block(context, blocks, cmark_node_get_heading_level(node), node);
		break;
	case CMARK_NODE_LIST:
		for (cmark_node *item = cmark_node_first_child(node); item;
		     item = cmark_node_next(item))
			add_block(context, blocks, -1, item);
		break;
	default: add_block(context, blocks, 0, node);
	}
}

struct sheet_blocks read_sheet(struct stp_context *context, const char *markdown)
{
	struct sheet_blocks blocks = { 0 };
	cmark_node *root = cmark_parse_document(markdown, strlen(markdown), CMARK_OPT_DEFAULT);

	for (cmark_node *node = cmark_node_first_child(root); node; node = cmark_node_next(node))
		add_blocks(context, &blocks, node);
	cmark_node_free(root);
	return blocks;
}

const char *without_figures(struct stp_context *context, const char *html)
{
	struct stp_string text;
	const char *figure;

	stp_string_init(&text, context);
	while ((figure = strstr(html, "<figure>")) != NULL) {
		stp_add_bytes(&text, html, (size_t)(figure - html));
		html = strstr(figure, "</figure>\n") + strlen("</figure>\n");
	}
	stp_add(&text, html);
	return text.text;
}

size_t find_block(const struct sheet_blocks *blocks, size_t from, const char *text)
{
	while (from < blocks->count && strcmp(blocks->items[from].text, text) != 0)
		from++;
	return from;
}

bool stands_under(const struct sheet_blocks *blocks, const char *heading, const char *text)
{
	size_t at = find_block(blocks, 0, heading);
	int level = at < blocks->count ? blocks->items[at].level : 0;

	for (at++; at < blocks->count; at++) {
		const struct sheet_block *block = &blocks->items[at];

		if (block->level > 0 && block->level <= level)
			return false;
		if (strcmp(block->text, text) == 0)
			return true;
	}
	return false;
}

/* ---- style ---- */

static void check_sentence(const char *sentence, size_t length, const char *block)
{
	const char box[] = "☐ ";
	size_t words = 0;

	if (length > strlen(box) && strncmp(sentence, box, strlen(box)) == 0) {
		sentence += strlen(box);
		length -= strlen(box);
	}
	for (size_t i = 0; i < length; i++)
		words += sentence[i] != ' ' && (i == 0 || sentence[i - 1] == ' ');
	if (words > 20)
		print_error("%zu words: %s\n", words, block);
	assert_true(words <= 20);
}

/* A sentence ends at . ? ! : or ; before a space. */
static void check_sentences(const char *block)
{
	const char *begin = block;

	for (const char *at = block; *at; at++) {
		if (!strchr(".?!:;", *at) || (at[1] != ' ' && at[1] != '\0'))
			continue;
		check_sentence(begin, (size_t)(at - begin), block);
		begin = at + 1;
	}
	check_sentence(begin, strlen(begin), block);
}

static void check_words(const char *block)
{
	static const char *const never[] = {
		"n't", "\xE2\x80\x93",   "\xE2\x80\x94",   "--", "  ", "..", " .", " ,", "{",
		"}",   "clients should", "patients should"
	};

	for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
		if (strstr(block, never[i]))
			print_error("\"%s\" in: %s\n", never[i], block);
		assert_null(strstr(block, never[i]));
	}
}

void check_style(const struct sheet_blocks *blocks)
{
	int level = 0;
	int bullets = 0;

	assert_int_equal(blocks->items[0].level, 1);
	for (size_t i = 0; i < blocks->count; i++) {
		const struct sheet_block *block = &blocks->items[i];

		check_words(block->text);
		check_sentences(block->text);
		bullets = block->level < 0 ? bullets + 1 : 0;
		assert_true(bullets <= 7);
		if (block->level <= 0)
			continue;
		assert_true(i == 0 || block->level > 1);
		assert_true(block->level <= level + 1);
		assert_true(block->level <= 4);
		level = block->level;
	}
}

long check_days(const struct sheet_blocks *blocks)
{
	long next = 0;

	for (size_t i = 0; i < blocks->count; i++) {
		const char *text = blocks->items[i].text;
		bool one = strncmp(text, "Day ", 4) == 0;
		char *rest;

		if (blocks->items[i].level != 3 || (!one && strncmp(text, "Days ", 5) != 0))
			continue;
		assert_int_equal(strtol(text + (one ? 4 : 5), &rest, 10), next);
		next = one ? next + 1 : strtol(rest + strlen(" to "), &rest, 10) + 1;
	}
	return next - 1;
}
