/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Terms of which the same is said, in one bullet: "From day 8: serums and peeling acids." Bullets
 * keep the order in which something of their kind was added first, and stay short.
 */
#include "emit/sheet.h"

#include <string.h>

void stp_merge_begin(struct stp_merging *merging, struct stp_sheet *sheet)
{
	*merging = (struct stp_merging){ .sheet = sheet };
}

static struct stp_merged *find(struct stp_merging *merging, enum stp_bullet_group group,
			       const char *said, const char *condition)
{
	for (size_t i = 0; i < merging->count; i++) {
		struct stp_merged *each = &merging->items[i];

		if (each->group == group && stp_same_text(each->said, said) &&
		    stp_same_text(each->condition, condition))
			return each;
	}
	merging->items = stp_grow(merging->sheet->context, merging->items, merging->count,
				  &merging->room, sizeof *merging->items);
	struct stp_merged *added = &merging->items[merging->count++];
	*added = (struct stp_merged){ .group = group, .said = said, .condition = condition };
	return added;
}

void stp_merge_add(struct stp_merging *merging, enum stp_bullet_group group, const char *said,
		   const char *condition, const struct stp_term *term)
{
	struct stp_merged *into = find(merging, group, said, condition);

	into->terms = stp_grow(merging->sheet->context, into->terms, into->count, &into->room,
			       sizeof *into->terms);
	into->terms[into->count++] = term;
}

struct told {
	enum stp_phrase_id phrase;
	const struct stp_merged *each;
};

static const char *make_sentence(const struct stp_sheet *sheet, const void *what, size_t first,
				 size_t count)
{
	const struct told *told = what;
	const char **labels = stp_alloc_array(sheet->context, count, sizeof *labels);

	for (size_t i = 0; i < count; i++)
		labels[i] = stp_term_words(sheet, told->each->terms[first + i]);
	struct stp_saying saying = {
		.rule = stp_say(&sheet->words, told->phrase, "terms",
				stp_list_and(&sheet->words, labels, count), "said",
				told->each->said ? told->each->said : "", NULL),
		.condition = told->each->condition,
	};
	return stp_say_rule(sheet, &saying);
}

static void write_one(struct stp_bullet_list *list, enum stp_phrase_id phrase,
		      const struct stp_merged *each)
{
	struct stp_sheet *sheet = list->sheet;
	const struct told told = { phrase, each };

	for (size_t first = 0, count; first < each->count; first += count) {
		const char *said =
			stp_short_sentence(sheet, make_sentence, &told, first, each->count, &count);

		stp_bullets_add(
			list, each->group,
			stp_join(&sheet->words, said,
				 stp_explain_words(sheet, each->terms + first, count, count > 1)));
	}
}

void stp_merge_end(struct stp_merging *merging, enum stp_phrase_id phrase,
		   struct stp_bullet_list *list)
{
	for (size_t i = 0; i < merging->count; i++)
		write_one(list, phrase, &merging->items[i]);
}
