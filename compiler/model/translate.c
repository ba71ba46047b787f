/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Finds the texts of the trees and puts their translations in place. Language reference,
 * "Languages".
 *
 * Which texts count is decided by names: from the protocols, policies and clinics one goes to
 * whatever they name, and on from there. So a clinic that adds a language translates what its
 * treatments speak of, and not all that the library knows.
 */
#include "model/translate.h"

#include "model/resolver.h"

#include <stdlib.h>
#include <string.h>

struct declared {
	const char *name;
	struct stp_node *node;
	size_t order;   /* in the sources */
	bool reached;   /* something that is made speaks of it */
	bool searched;  /* what it names is reached too */
	bool by_policy; /* a zone that a protocol or policy names, and so all that lies in it */
};

struct search {
	struct stp_context *context;
	struct declared *items; /* by name */
	size_t count;
	bool changed;
	bool needed; /* the texts that are being added */
	STP_LIST(struct stp_text_use) uses;
};

/* ---- what is declared ---- */

/* Whether it is a proposal: the title of anything else stays in the source's own language. */
static bool is_proposal(const struct stp_node *node)
{
	const struct stp_node *block = stp_child(node, STP_N_BLOCK);
	const struct stp_node *grade = block ? stp_child(block, STP_N_GRADE) : NULL;

	return grade && grade->first && strcmp(grade->first->text, "U") == 0;
}

static bool is_declaration(const struct stp_node *node)
{
	return node->kind >= STP_N_ZONE && node->kind <= STP_N_POLICY &&
	       (node->kind != STP_N_SOURCE || is_proposal(node)) && node->kind != STP_N_LANGUAGE &&
	       stp_child(node, STP_N_NAME) != NULL;
}

static bool is_made(const struct stp_node *node)
{
	return node->kind == STP_N_PROTOCOL || node->kind == STP_N_POLICY;
}

static int by_name(const void *one, const void *other)
{
	const struct declared *left = one, *right = other;
	int order = strcmp(left->name, right->name);

	return order != 0 ? order : (left->order > right->order) - (left->order < right->order);
}

static void find_declarations(struct search *search, struct stp_tree *const *trees, size_t count)
{
	size_t total = 0;

	for (size_t i = 0; i < count; i++)
		for (struct stp_node *node = trees[i]->root->first; node; node = node->next)
			total += is_declaration(node);
	search->items = stp_alloc_array(search->context, total + 1, sizeof *search->items);
	for (size_t i = 0; i < count; i++)
		for (struct stp_node *node = trees[i]->root->first; node; node = node->next) {
			if (!is_declaration(node))
				continue;
			struct declared *item = &search->items[search->count];

			item->name = stp_child(node, STP_N_NAME)->text;
			item->node = node;
			item->order = search->count++;
			item->reached = is_made(node) || node->kind == STP_N_CLINIC;
		}
	qsort(search->items, search->count, sizeof *search->items, by_name);
}

/* The first of those with the name; the others follow it. */
static struct declared *first_of(const struct search *search, const char *name)
{
	size_t low = 0, high = search->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(search->items[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return &search->items[low];
}

/* ---- what is reached ---- */

static void reach_name(struct search *search, const char *name, bool made)
{
	const struct declared *end = search->items + search->count;

	for (struct declared *item = first_of(search, name);
	     item < end && strcmp(item->name, name) == 0; item++) {
		bool whole = made && item->node->kind == STP_N_ZONE;

		if (item->reached && (item->by_policy || !whole))
			continue;
		item->reached = true;
		item->by_policy = item->by_policy || whole;
		search->changed = true;
	}
}

static void reach_from(struct search *search, const struct stp_node *node, bool made)
{
	for (; node; node = node->next) {
		if (node->kind == STP_N_NAME)
			reach_name(search, node->text, made);
		else if (node->kind == STP_N_OPERATOR)
			reach_name(search, "operator", made);
		if (!stp_is_leaf(node))
			reach_from(search, node->first, made);
	}
}

/* A zone that lies in a named one is treated as that one is. */
static void reach_parts(struct search *search)
{
	for (size_t i = 0; i < search->count; i++) {
		const struct stp_node *in = stp_child(search->items[i].node, STP_N_IN);

		if (search->items[i].node->kind != STP_N_ZONE || !in || !in->first)
			continue;
		const struct declared *parent = first_of(search, in->first->text);
		const struct declared *end = search->items + search->count;

		for (; parent < end && strcmp(parent->name, in->first->text) == 0; parent++)
			if (parent->by_policy)
				reach_name(search, search->items[i].name, true);
	}
}

static void reach(struct search *search)
{
	do {
		search->changed = false;
		for (size_t i = 0; i < search->count; i++) {
			struct declared *item = &search->items[i];

			if (!item->reached || item->searched)
				continue;
			item->searched = true;
			reach_from(search, item->node->first, is_made(item->node));
			search->changed = true;
		}
		reach_parts(search);
	} while (search->changed);
}

/* ---- the texts ---- */

static void add_use(struct search *search, struct stp_node *owner, const char *english,
		    const char *in, enum stp_node_kind member, struct stp_span span)
{
	struct stp_text_use use = { english, in, member, span, owner, search->needed };

	*STP_PUSH(search->context, &search->uses) = use;
}

static void add_text(struct search *search, struct stp_node *owner, const char *in)
{
	const struct stp_node *text = stp_child(owner, STP_N_TEXT);

	if (text && *text->text != '\0')
		add_use(search, owner, text->text, in, owner->kind, text->span);
}

/* A word that is printed as it is written: a role, a step of a scale. */
static void add_word(struct search *search, const struct stp_node *owner, const char *in)
{
	const struct stp_node *name = stp_child(owner, STP_N_NAME);

	add_use(search, NULL, name->text, in, owner->kind, name->span);
}

static void add_texts_in(struct search *search, struct stp_node *node, const char *in)
{
	for (; node; node = node->next) {
		switch (node->kind) {
		case STP_N_SAID:
		case STP_N_ALLOW:
		case STP_N_TEST: continue;
		case STP_N_TITLE:
		case STP_N_MESSAGE:
		case STP_N_SUMMARY:
		case STP_N_BENEFIT:
		case STP_N_UNKNOWN:
		case STP_N_RISK:
		case STP_N_NOTE:
		case STP_N_INSTRUCTION:
		case STP_N_ASKS:
		case STP_N_IF:
		case STP_N_BECAUSE:
		case STP_N_HOW:
		case STP_N_AFTER_HOURS:
		case STP_N_CHOICE: add_text(search, node, in); break;
		case STP_N_WITH: add_word(search, node, in); break;
		case STP_N_SCALE:
			for (struct stp_node *choice = node->first; choice; choice = choice->next)
				add_word(search, choice, in);
			break;
		default: break;
		}
		if (!stp_is_leaf(node))
			add_texts_in(search, node->first, in);
	}
}

/* A declaration without a label is called by its name, with spaces. */
static void add_label(struct search *search, const struct declared *item)
{
	const struct stp_node *name = stp_child(item->node, STP_N_NAME);
	char *label = stp_copy_text(search->context, item->name, strlen(item->name));

	if (stp_child(item->node, STP_N_TEXT)) {
		add_text(search, item->node, item->name);
		return;
	}
	for (char *at = label; *at; at++)
		if (*at == '_')
			*at = ' ';
	add_use(search, item->node, label, item->name, item->node->kind, name->span);
}

static int by_order(const void *one, const void *other)
{
	const struct declared *left = one, *right = other;

	return (left->order > right->order) - (left->order < right->order);
}

size_t stp_texts(struct stp_context *context, struct stp_tree *const *trees, size_t count,
		 struct stp_text_use **uses)
{
	struct search search = { .context = context };

	find_declarations(&search, trees, count);
	reach(&search);
	qsort(search.items, search.count, sizeof *search.items, by_order);
	for (size_t i = 0; i < search.count; i++) {
		const struct declared *item = &search.items[i];

		search.needed = item->reached;
		if (item->node->kind != STP_N_CLINIC)
			add_label(&search, item);
		add_texts_in(&search, item->node->first, item->name);
	}
	*uses = search.uses.items;
	return search.uses.count;
}

/* ---- putting them in place ---- */

#define SHOWN_MOST 20 /* what a language lacks, before the rest is only counted */

/* What tells a text from others: its first line, or the beginning of that. */
static const char *beginning_of(struct stp_context *context, const char *text)
{
	size_t length = strcspn(text, "\n");
	const size_t most = 72;

	if (length <= most && text[length] == '\0')
		return text;
	length = length < most ? length : most;
	while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
		length--;
	return stp_format(context, "%.*s…", (int)length, text);
}

static void report_lacking(struct stp_context *context, const struct stp_language *language,
			   const struct stp_text_use *use, size_t *lacking)
{
	struct stp_diagnostic *report;

	if ((*lacking)++ >= SHOWN_MOST)
		return;
	report = stp_report(context, STP_D_missing_text, use->span,
			    "language '%s' does not say this text of `%s`: \"%s\"", language->name,
			    use->in, beginning_of(context, use->english));
	stp_help(context, report, "stipple po --lang %s writes a file with all that is missing",
		 language->name);
}

static void put(struct stp_context *context, struct stp_node *owner,
		const struct stp_translation *translation)
{
	struct stp_node *text = owner->first;

	while (text && text->kind != STP_N_TEXT)
		text = text->next;
	if (!text) {
		text = stp_node(context, STP_N_TEXT, translation->span);
		stp_append(owner, text);
	}
	text->text = translation->text;
	text->span = translation->span;
}

bool stp_translate(struct stp_context *context, struct stp_tree *const *trees, size_t count,
		   const struct stp_language *language)
{
	struct stp_text_use *uses;
	size_t used = stp_texts(context, trees, count, &uses);
	size_t lacking = 0;

	for (size_t i = 0; i < used; i++) {
		const struct stp_translation *translation =
			stp_translation(language, uses[i].english, uses[i].in);

		if (!translation && uses[i].needed)
			report_lacking(context, language, &uses[i], &lacking);
		else if (translation && uses[i].owner)
			put(context, uses[i].owner, translation);
	}
	if (lacking > SHOWN_MOST)
		stp_report(context, STP_D_missing_text, language->span,
			   "language '%s' lacks %zu texts; these are the first %d", language->name,
			   lacking, SHOWN_MOST);
	return lacking == 0;
}
