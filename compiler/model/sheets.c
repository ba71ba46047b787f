/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who publishes a handout and in which words: clinics and languages. What a language must be
 * complete in is the back ends' to say; here its phrases are only collected and sorted.
 */
#include "model/resolve.h"

#include <stdlib.h>
#include <string.h>

/* A worried client must find each of these on every sheet. */
static void check_reachable(struct stp_resolver *resolver, const struct stp_symbol *symbol)
{
	const struct stp_clinic *clinic = symbol->is.clinic;

	if (clinic->telephone == NULL)
		stp_report_missing(resolver, symbol, STP_D_clinic_incomplete, "telephone",
				   "telephone \"+44 20 7946 0000\"");
	else if (clinic->after_hours == NULL)
		stp_report_missing(resolver, symbol, STP_D_clinic_incomplete, "after_hours",
				   "after_hours \"Call 111.\"");
	else if (clinic->emergency == NULL)
		stp_report_missing(resolver, symbol, STP_D_clinic_incomplete, "emergency",
				   "emergency \"112\"");
}

void stp_resolve_clinic(struct stp_resolver *resolver, struct stp_symbol *symbol)
{
	static const char *const papers[] = { "a4", "letter" };
	struct stp_clinic *clinic = symbol->is.clinic;
	const struct stp_node *block = stp_block(symbol->node);
	const struct stp_node *paper = block == NULL ? NULL : stp_child(block, STP_N_PAPER);
	int found = paper == NULL ? 0 : stp_find_word(resolver, paper->first, papers, 2, "a paper");

	stp_check_head(resolver, symbol->node, STP_HEAD_LABEL | STP_HEAD_BODY);
	stp_check_block(resolver, block, STP_PLACE_CLINIC);
	clinic->name = symbol->name;
	clinic->label = stp_label_of(resolver, symbol->node, symbol->named);
	clinic->telephone = stp_text_of(block, STP_N_TELEPHONE);
	clinic->after_hours = stp_text_of(block, STP_N_AFTER_HOURS);
	clinic->emergency = stp_text_of(block, STP_N_EMERGENCY);
	clinic->address = stp_text_of(block, STP_N_ADDRESS);
	clinic->email = stp_text_of(block, STP_N_EMAIL);
	clinic->website = stp_text_of(block, STP_N_WEBSITE);
	clinic->time_zone = stp_text_of(block, STP_N_TIME_ZONE);
	clinic->logo = stp_text_of(block, STP_N_LOGO);
	clinic->note = stp_text_of(block, STP_N_NOTE);
	clinic->paper = papers[found < 0 ? 0 : found];
	clinic->span = symbol->node->span;
	check_reachable(resolver, symbol);
}

/* ---- languages ---- */

static int compare_phrases(const void *one, const void *other)
{
	const struct stp_phrase *left = one, *right = other;
	int order = strcmp(left->name, right->name);

	return order != 0 ? order
			  : (left->span.begin > right->span.begin) -
				    (left->span.begin < right->span.begin);
}

/* The statements of one kind, sorted by name; a second one of a name is reported. */
static const struct stp_phrase *phrases_of(struct stp_resolver *resolver,
					   const struct stp_node *block, enum stp_node_kind kind,
					   size_t *count)
{
	struct stp_phrase *phrases;
	const struct stp_node *node = stp_child(block, kind);
	size_t kept = 0;

	*count = 0;
	if (node == NULL)
		return NULL;
	phrases = stp_alloc_array(resolver->context, stp_count_of(block, kind), sizeof *phrases);
	for (; node != NULL; node = stp_next_of(node, kind))
		phrases[(*count)++] =
			(struct stp_phrase){ stp_child(node, STP_N_NAME)->text,
					     stp_child(node, STP_N_TEXT)->text, node->span };
	qsort(phrases, *count, sizeof *phrases, compare_phrases);
	for (size_t i = 0; i < *count; i++) {
		if (kept > 0 && phrases[kept - 1].name == phrases[i].name) {
			struct stp_diagnostic *diagnostic =
				stp_report(resolver->context, STP_D_duplicate_name, phrases[i].span,
					   "`%s` is said a second time", phrases[i].name);

			stp_label(resolver->context, diagnostic, phrases[kept - 1].span,
				  "said first here");
			stp_help(resolver->context, diagnostic, "keep the one that is meant");
			continue;
		}
		phrases[kept++] = phrases[i];
	}
	*count = kept;
	return phrases;
}

void stp_resolve_language(struct stp_resolver *resolver, struct stp_symbol *symbol)
{
	static const char *const directions[] = { "ltr", "rtl" };
	struct stp_language *language = symbol->is.language;
	const struct stp_node *block = stp_block(symbol->node);
	const struct stp_node *reviewed, *direction;

	stp_check_head(resolver, symbol->node, STP_HEAD_LABEL | STP_HEAD_BODY);
	stp_check_block(resolver, block, STP_PLACE_LANGUAGE);
	language->name = symbol->name;
	language->label = stp_label_of(resolver, symbol->node, symbol->named);
	language->span = symbol->named->span;
	if (block == NULL)
		return;
	reviewed = stp_child(block, STP_N_REVIEWED);
	direction = stp_child(block, STP_N_DIRECTION);
	if (reviewed != NULL) {
		language->reviewed_by = stp_child(reviewed, STP_N_TEXT)->text;
		stp_date_of(resolver, stp_child(reviewed, STP_N_DATE), &language->reviewed_on);
	}
	if (direction != NULL)
		language->right_to_left = stp_find_word(resolver, direction->first, directions, 2,
							"a direction") == 1;
	language->phrases = phrases_of(resolver, block, STP_N_PHRASE, &language->phrase_count);
	language->labels = phrases_of(resolver, block, STP_N_LABEL_OF, &language->label_count);
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
