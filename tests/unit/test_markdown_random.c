/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Half a million random texts go through the Markdown writer and libcmark. Each document holds one
 * text of each kind of block. Read again, it must have the same blocks in the same order, each with
 * the text that was given, character by character but for white space, and nothing else in it. What
 * is expected is worked out from the given texts, not from the tree that the writer made of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmark.h>
#include <cmocka.h>

#include "emit/document.h"

#define DOCUMENTS 72000
#define BLOCKS    7
#define PIECES    10

static struct stp_context context;
static uint64_t random_state;

static unsigned below(unsigned bound)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return (unsigned)((random_state >> 33) % bound);
}

/* ---- making ---- */

/* What Markdown, or one of its dialects, sees something in. */
static const char *const pieces[] = {
	"*",        "**", "_",     "__",      "`",           "```",     "~",      "~~~",  "#",
	"## ",      ">",  "> ",    "<",       "</",          "&",       "&#",     "&lt;", "[",
	"]",        "](", ")",     "!",       "![",          "\\",      "-",      "--",   "---",
	"+ ",       "=",  "===",   "1",       "1. ",         "2) ",     ".",      " ",    "  ",
	"    ",     "a",  "Z",     "{{",      "}}",          "{{a_b}}", "{% x ",  "\n",   "\n\n",
	"\t",       ":",  "|",     "|-|",     "\"",          "'",       "amp;",   "/",    "http://",
	"www.a.bc", "@",  "a@b.c", ";",       "^",           "[x]: /y", "[^1]",   "<b>",  "<!--",
	"-->",      "<?", "<a b>", "$x$",     "javascript:", "%20",     "\r",     "%",    "?",
	"${x}",     "``", "***",   ":smile:", "(",           "<x:y>",   "&copy;", "\\\n",
};

/* A character of another script; no white space, which bold leaves outside of itself. */
static void add_character(struct stp_string *text)
{
	uint32_t point = below(4) ? 0xA1 + below(0x5EF) : 0x3001 + below(0xA000);
	char bytes[3];

	if (point < 0x800) {
		bytes[0] = (char)(0xC0 | point >> 6);
		bytes[1] = (char)(0x80 | (point & 0x3F));
		stp_add_bytes(text, bytes, 2);
		return;
	}
	bytes[0] = (char)(0xE0 | point >> 12);
	bytes[1] = (char)(0x80 | (point >> 6 & 0x3F));
	bytes[2] = (char)(0x80 | (point & 0x3F));
	stp_add_bytes(text, bytes, 3);
}

static const char *random_text(void)
{
	struct stp_string text;

	stp_string_init(&text, &context);
	stp_add(&text, "");
	for (unsigned i = 1 + below(PIECES); i > 0; i--) {
		if (below(12) == 0)
			add_character(&text);
		else
			stp_add(&text, pieces[below(sizeof pieces / sizeof *pieces)]);
	}
	return text.text;
}

/* ---- what is expected, and what is read ---- */

struct block {
	cmark_node_type type; /* of a bullet: the item */
	const char *text;
	bool odd; /* it holds more than text, and the bold or link that was asked for */
};

struct blocks {
	struct block items[2 * BLOCKS];
	size_t count;
};

/* White space is one space, and none at either end. */
static const char *smooth(const char *text)
{
	static const char space[] = " \n\t\r";
	struct stp_string out;

	stp_string_init(&out, &context);
	stp_add(&out, "");
	text += strspn(text, space);
	for (size_t i = 0; text[i]; i++)
		if (!strchr(space, text[i]))
			stp_add_bytes(&out, text + i, 1);
		else if (text[i + strspn(text + i, space)] && !strchr(space, text[i + 1]))
			stp_add(&out, " ");
	return out.text;
}

static void add_block(struct blocks *blocks, cmark_node_type type, const char *text, bool odd)
{
	assert_true(blocks->count < 2 * BLOCKS);
	blocks->items[blocks->count++] = (struct block){ type, smooth(text), odd };
}

static bool may_hold(cmark_node_type block, cmark_node_type inside)
{
	return inside == CMARK_NODE_TEXT || inside == CMARK_NODE_PARAGRAPH || inside == block ||
	       (block == CMARK_NODE_PARAGRAPH && inside == CMARK_NODE_STRONG) ||
	       (block == CMARK_NODE_ITEM && inside == CMARK_NODE_LINK);
}

static void read_block(struct blocks *blocks, cmark_node *node)
{
	cmark_iter *iterator = cmark_iter_new(node);
	cmark_event_type event;
	struct stp_string text;
	bool odd = false;

	stp_string_init(&text, &context);
	stp_add(&text, "");
	while ((event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE) {
		cmark_node *each = cmark_iter_get_node(iterator);

		odd = odd || !may_hold(cmark_node_get_type(node), cmark_node_get_type(each));
		if (cmark_node_get_type(each) == CMARK_NODE_TEXT)
			stp_add(&text, cmark_node_get_literal(each));
	}
	cmark_iter_free(iterator);
	add_block(blocks, cmark_node_get_type(node), text.text, odd);
}

static void read_blocks(struct blocks *blocks, const char *markdown)
{
	cmark_node *root = cmark_parse_document(markdown, strlen(markdown), CMARK_OPT_DEFAULT);

	for (cmark_node *node = cmark_node_first_child(root); node; node = cmark_node_next(node)) {
		if (cmark_node_get_type(node) != CMARK_NODE_LIST) {
			read_block(blocks, node);
			continue;
		}
		for (cmark_node *item = cmark_node_first_child(node); item;
		     item = cmark_node_next(item))
			read_block(blocks, item);
	}
	cmark_node_free(root);
}

/* ---- there and back ---- */

static void add(struct stp_document *made, struct blocks *meant, unsigned kind)
{
	const char *text = random_text();
	const char *said = text;

	switch (kind) {
	case 0: stp_heading(made, 1 + (int)below(6), text); break;
	case 1: stp_bold_paragraph(made, text); break;
	case 2: stp_quote(made, text); break;
	case 3: stp_paragraph(made, text); break;
	case 4: stp_bullet(made, text); break;
	case 5:
		said = stp_format(&context, "Do %s(%s) ", text, text);
		stp_bullet(made, said);
		break;
	default:
		said = stp_format(&context, "See %s", text);
		stp_bullet(made, stp_format(&context, "See %s",
					    stp_link(&context, "https://a.b/c_d?e=(f)&g", text)));
	}
	static const cmark_node_type types[BLOCKS] = {
		CMARK_NODE_HEADING,   CMARK_NODE_PARAGRAPH, CMARK_NODE_BLOCK_QUOTE,
		CMARK_NODE_PARAGRAPH, CMARK_NODE_ITEM,      CMARK_NODE_ITEM,
		CMARK_NODE_ITEM,
	};
	if (*smooth(said))
		add_block(meant, types[kind], said, false);
}

static bool same(const struct blocks *a, const struct blocks *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (a->items[i].type != b->items[i].type || a->items[i].odd != b->items[i].odd ||
		    strcmp(a->items[i].text, b->items[i].text) != 0)
			return false;
	return true;
}

static void print_blocks(const char *name, const struct blocks *blocks)
{
	for (size_t i = 0; i < blocks->count; i++)
		print_error("%s: %d%s \"%s\"\n", name, (int)blocks->items[i].type,
			    blocks->items[i].odd ? " odd" : "", blocks->items[i].text);
}

/* Whether a document of all kinds of blocks comes back; `spoil` is put behind it first. */
static bool comes_back(bool loud, const char *spoil)
{
	struct blocks meant = { 0 }, found = { 0 };
	struct stp_document made;
	struct stp_string out;
	unsigned first = below(BLOCKS);

	stp_document_begin(&made, &context);
	for (unsigned i = 0; i < BLOCKS; i++)
		add(&made, &meant, (first + i) % BLOCKS);
	stp_string_init(&out, &context);
	stp_document_markdown(&made, &out);
	if (spoil)
		stp_add(&out, spoil);
	read_blocks(&found, out.text);
	if (same(&meant, &found))
		return true;
	if (loud) {
		print_error("%s", out.text);
		print_blocks("meant", &meant);
		print_blocks("found", &found);
	}
	return false;
}

static void begin(void)
{
	stp_context_init(&context, NULL);
	context.guarded = true;
}

static void half_a_million_texts_come_back(void **state)
{
	(void)state;
	random_state = 20261121;
	for (int i = 0; i < DOCUMENTS; i++) {
		begin();
		assert_true(comes_back(true, NULL));
		stp_context_free(&context);
	}
}

/* The same comparison, when something is in the Markdown that nobody gave. */
static void differences_are_seen(void **state)
{
	static const char *const spoils[] = { "\na\n", "\n  - b", "\n*c*\n", "\n# d", "\n<e>\n" };

	(void)state;
	random_state = 7;
	for (int i = 0; i < 1000; i++) {
		begin();
		assert_false(comes_back(false, spoils[i % 5]));
		stp_context_free(&context);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(half_a_million_texts_come_back),
		cmocka_unit_test(differences_are_seen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
