/* SPDX-License-Identifier: Apache-2.0 */
/*
 * In which words a handout is written: the phrases and the texts of a language, collected and
 * sorted. A language may be said in several blocks, so that a clinic can add the texts of its own
 * treatments to a language of the library. What must be there is for words.c and translate.c to
 * say. Language reference, "Languages".
 */
#include "model/resolver.h"

#include <stdlib.h>
#include <string.h>

/* ---- phrases ---- */

static int compare_spans(struct stp_span left, struct stp_span right)
{
	if (left.source != right.source)
		return (left.source > right.source) - (left.source < right.source);
	return (left.begin > right.begin) - (left.begin < right.begin);
}

static int compare_phrases(const void *one, const void *other)
{
	const struct stp_phrase *left = one, *right = other;
	int order = strcmp(left->name, right->name);

	return order != 0 ? order : compare_spans(left->span, right->span);
}

static void report_again(struct stp_resolver *resolver, const char *what, struct stp_span again,
			 struct stp_span first)
{
	struct stp_diagnostic *diagnostic = stp_report(resolver->context, STP_D_duplicate_name,
						       again, "`%s` is said a second time", what);

	stp_label(resolver->context, diagnostic, first, "said first here");
	stp_help(resolver->context, diagnostic, "keep the one that is meant");
}

/* The blocks of one language, in which its statements lie. */
struct blocks {
	const struct stp_node **items;
	size_t count;
};

static size_t count_in(const struct blocks *blocks, enum stp_node_kind kind)
{
	size_t count = 0;

	for (size_t i = 0; i < blocks->count; i++)
		count += stp_count_of(blocks->items[i], kind);
	return count;
}

/* Sorted by name; a second one of a name is reported and left out. */
static void collect_phrases(struct stp_resolver *resolver, const struct blocks *blocks,
			    struct stp_language *language)
{
	size_t count = 0, kept = 0;
	struct stp_phrase *phrases = stp_alloc_array(
		resolver->context, count_in(blocks, STP_N_PHRASE) + 1, sizeof *phrases);

	for (size_t i = 0; i < blocks->count; i++) {
		const struct stp_node *node = stp_child(blocks->items[i], STP_N_PHRASE);

		for (; node != NULL; node = stp_next_of(node, STP_N_PHRASE))
			phrases[count++] = (struct stp_phrase){ stp_child(node, STP_N_NAME)->text,
								stp_child(node, STP_N_TEXT)->text,
								node->span };
	}
	qsort(phrases, count, sizeof *phrases, compare_phrases);
	for (size_t i = 0; i < count; i++)
		if (kept > 0 && strcmp(phrases[kept - 1].name, phrases[i].name) == 0)
			report_again(resolver, phrases[i].name, phrases[i].span,
				     phrases[kept - 1].span);
		else
			phrases[kept++] = phrases[i];
	language->phrases = phrases;
	language->phrase_count = kept;
}

/* ---- texts ---- */

static int compare_keys(const char *english, const char *in, const struct stp_translation *other)
{
	int order = strcmp(english, other->english);

	return order != 0 ? order : strcmp(in, other->in);
}

static int compare_translations(const void *one, const void *other)
{
	const struct stp_translation *left = one, *right = other;
	int order = compare_keys(left->english, left->in, right);

	return order != 0 ? order : compare_spans(left->span, right->span);
}

/* A text that stands alone is the same in this language. */
static struct stp_translation translation_of(struct stp_resolver *resolver,
					     const struct stp_node *node)
{
	const struct stp_node *english = stp_child(node, STP_N_TEXT);
	const struct stp_node *text = stp_next_of(english, STP_N_TEXT);
	const struct stp_node *more = text == NULL ? NULL : stp_next_of(text, STP_N_TEXT);
	const struct stp_node *in = stp_child(node, STP_N_IN);

	if (more != NULL)
		stp_help(resolver->context,
			 stp_report(resolver->context, STP_D_misplaced_part, more->span,
				    "`text` takes two texts: the English one, and what it is here"),
			 "take the others away");
	if (text == NULL)
		text = english;
	return (struct stp_translation){ english->text,
					 in == NULL ? "" : stp_child(in, STP_N_NAME)->text,
					 text->text, text->span };
}

static void collect_translations(struct stp_resolver *resolver, const struct blocks *blocks,
				 struct stp_language *language)
{
	size_t count = 0, kept = 0;
	struct stp_translation *list = stp_alloc_array(
		resolver->context, count_in(blocks, STP_N_TRANSLATION) + 1, sizeof *list);

	for (size_t i = 0; i < blocks->count; i++) {
		const struct stp_node *node = stp_child(blocks->items[i], STP_N_TRANSLATION);

		for (; node != NULL; node = stp_next_of(node, STP_N_TRANSLATION))
			list[count++] = translation_of(resolver, node);
	}
	qsort(list, count, sizeof *list, compare_translations);
	for (size_t i = 0; i < count; i++)
		if (kept > 0 && compare_keys(list[i].english, list[i].in, &list[kept - 1]) == 0)
			report_again(resolver, list[i].english, list[i].span, list[kept - 1].span);
		else
			list[kept++] = list[i];
	language->translations = list;
	language->translation_count = kept;
}

/* ---- the whole ---- */

static void resolve_block(struct stp_resolver *resolver, const struct stp_node *block,
			  struct stp_language *language)
{
	static const char *const directions[] = { "ltr", "rtl" };
	const struct stp_node *reviewed = stp_child(block, STP_N_REVIEWED);
	const struct stp_node *direction = stp_child(block, STP_N_DIRECTION);

	stp_check_block(resolver, block, STP_PLACE_LANGUAGE);
	if (reviewed != NULL) {
		language->reviewed_by = stp_child(reviewed, STP_N_TEXT)->text;
		stp_date_of(resolver, stp_child(reviewed, STP_N_DATE), &language->reviewed_on);
	}
	if (direction != NULL)
		language->right_to_left = stp_find_word(resolver, direction->first, directions, 2,
							"a direction") == 1;
}

static struct blocks blocks_of(struct stp_resolver *resolver, const struct stp_symbol *symbol)
{
	struct blocks blocks = { NULL, 0 };

	blocks.items = stp_alloc_array(resolver->context, resolver->language_parts.count + 1,
				       sizeof *blocks.items);
	if (stp_block(symbol->node) != NULL)
		blocks.items[blocks.count++] = stp_block(symbol->node);
	for (size_t i = 0; i < resolver->language_parts.count; i++) {
		const struct stp_node *part = resolver->language_parts.items[i];

		if (stp_child(part, STP_N_NAME)->text != symbol->name)
			continue;
		stp_check_head(resolver, part, STP_HEAD_BODY | STP_HEAD_LABEL);
		if (stp_block(part) != NULL)
			blocks.items[blocks.count++] = stp_block(part);
	}
	return blocks;
}

void stp_resolve_language(struct stp_resolver *resolver, struct stp_symbol *symbol)
{
	struct stp_language *language = symbol->is.language;
	struct blocks blocks = blocks_of(resolver, symbol);

	stp_check_head(resolver, symbol->node, STP_HEAD_LABEL | STP_HEAD_BODY);
	language->name = symbol->name;
	language->label = stp_label_of(resolver, symbol->node, symbol->named);
	language->span = symbol->named->span;
	for (size_t i = 0; i < blocks.count; i++)
		resolve_block(resolver, blocks.items[i], language);
	collect_phrases(resolver, &blocks, language);
	collect_translations(resolver, &blocks, language);
}

static int compare_name(const void *name, const void *phrase)
{
	return strcmp(name, ((const struct stp_phrase *)phrase)->name);
}

const char *stp_phrase(const struct stp_language *language, const char *name)
{
	const struct stp_phrase *found =
		language->phrase_count == 0
			? NULL
			: bsearch(name, language->phrases, language->phrase_count,
				  sizeof *language->phrases, compare_name);

	return found == NULL ? NULL : found->text;
}

static const struct stp_translation *find(const struct stp_language *language, const char *english,
					  const char *in)
{
	size_t low = 0, high = language->translation_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare_keys(english, in, &language->translations[middle]);

		if (order == 0)
			return &language->translations[middle];
		if (order > 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

const struct stp_translation *stp_translation(const struct stp_language *language,
					      const char *english, const char *in)
{
	const struct stp_translation *found = find(language, english, in);

	return found != NULL ? found : find(language, english, "");
}
