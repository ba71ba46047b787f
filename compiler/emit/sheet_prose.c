/* SPDX-License-Identifier: Apache-2.0 */
/* An author's own texts, with the references in them filled in from the rules. */
#include "emit/sheet.h"
#include "model/prose.h"

static const char *reference_words(const struct stp_sheet *sheet, const struct stp_reference *found)
{
	const struct stp_words *words = &sheet->words;

	if (found->kind == STP_REFER_COURSE_SESSIONS)
		return stp_say_range(words, STP_COUNTED_visits, found->count_low,
				     found->count_high);
	return stp_time_range(words, found->low, found->high);
}

const char *stp_prose(const struct stp_sheet *sheet, const char *text)
{
	struct stp_string filled;
	struct stp_reference found;
	size_t length;
	const char *open = text ? stp_next_reference(text, &length) : NULL;

	if (!open)
		return text;
	stp_string_init(&filled, sheet->context);
	for (; open; open = stp_next_reference(text, &length)) {
		stp_add_bytes(&filled, text, (size_t)(open - text));
		if (stp_find_reference(sheet->protocol, open + 1, length, &found))
			stp_add(&filled, reference_words(sheet, &found));
		text = open + 1 + length + 1;
	}
	stp_add(&filled, text);
	return filled.text;
}
