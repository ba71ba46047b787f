/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists that a reader can take in: at most STP_BULLETS_MAX bullets stand under one heading. What is
 * longer is parted by what the bullets are about, and a part that is still too long goes on under
 * a heading that says so. A card, which a clinician searches and does not read, has long lists.
 */
#include "emit/sheet.h"

#include <string.h>

void stp_bullets_begin(struct stp_bullet_list *list, struct stp_sheet *sheet)
{
	*list = (struct stp_bullet_list){ .sheet = sheet };
}

void stp_bullets_add(struct stp_bullet_list *list, enum stp_bullet_group group, const char *text)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i].text, text) == 0)
			return;
	list->items = stp_grow(list->sheet->context, list->items, list->count, &list->room,
			       sizeof *list->items);
	list->items[list->count++] = (struct stp_bullet){ .text = text, .group = group };
}

/* With a box to tick, where the sheet is a checklist. */
static void write_bullet(struct stp_sheet *sheet, const char *text)
{
	stp_bullet(&sheet->document,
		   sheet->ticks ? SAY(sheet, checklist_item, "text", text, NULL) : text);
}

static void write_group(struct stp_bullet_list *list, enum stp_bullet_group group, int level)
{
	struct stp_sheet *sheet = list->sheet;
	const char *heading = stp_say(&sheet->words, STP_PHRASE_group_area + group, NULL);
	size_t written = 0;

	if (list->heading)
		heading = SAY(sheet, label_value, "label", list->heading, "value", heading, NULL);

	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i].group != group)
			continue;
		if (written % STP_BULLETS_MAX == 0)
			stp_heading(&sheet->document, level,
				    stp_capital(&sheet->words,
						written == 0 ? heading
							     : SAY(sheet, group_more, "heading",
								   heading, NULL)));
		write_bullet(sheet, list->items[i].text);
		written++;
	}
}

static void write_groups(struct stp_bullet_list *list, int heading_level)
{
	for (int group = 0; group < STP_GROUPS; group++)
		write_group(list, (enum stp_bullet_group)group, heading_level);
}

static bool too_many(const struct stp_bullet_list *list)
{
	return list->sheet->options->clinic && list->count > STP_BULLETS_MAX;
}

void stp_bullets_end(struct stp_bullet_list *list, int heading_level)
{
	if (too_many(list)) {
		write_groups(list, heading_level);
		return;
	}
	if (list->heading && list->count > 0)
		stp_heading(&list->sheet->document, heading_level,
			    stp_capital(&list->sheet->words, list->heading));
	for (size_t i = 0; i < list->count; i++)
		write_bullet(list->sheet, list->items[i].text);
}
