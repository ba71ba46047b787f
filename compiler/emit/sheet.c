/* SPDX-License-Identifier: Apache-2.0 */
/* The frame of every sheet: its words are found first, its document is rendered last. */
#include "emit/sheet.h"

#include <string.h>

bool stp_sheet_begin(struct stp_sheet *sheet, struct stp_context *context,
		     const struct stp_model *model, const struct stp_protocol *protocol,
		     const struct stp_sheet_options *options)
{
	*sheet = (struct stp_sheet){
		.context = context, .model = model, .protocol = protocol, .options = options
	};
	sheet->explained =
		stp_alloc_array(context, model->term_count + 1, sizeof *sheet->explained);
	stp_document_begin(&sheet->document, context);
	return stp_words_open(&sheet->words, context, options->language);
}

bool stp_sheet_end(struct stp_sheet *sheet, const char *title, size_t errors_before,
		   struct stp_string *out)
{
	if (stp_error_count(sheet->context) != errors_before)
		return false;
	if (sheet->options->format == STP_HTML) {
		stp_page_begin(sheet, title, out);
		stp_document_html(&sheet->document, out);
		stp_page_end(out);
	} else {
		stp_document_markdown(&sheet->document, out);
	}
	return true;
}

void stp_sheet_heading(struct stp_sheet *sheet, int level, enum stp_phrase_id id)
{
	stp_heading(&sheet->document, level,
		    stp_capital(&sheet->words, stp_say(&sheet->words, id, NULL)));
}

void stp_sheet_sentences(struct stp_sheet *sheet, const char *first, const char *second)
{
	const char *said = stp_sentence(&sheet->words, first);

	if (second)
		said = stp_join(&sheet->words, said, stp_sentence(&sheet->words, second));
	stp_paragraph(&sheet->document, said);
}

const char *stp_telephone(const struct stp_sheet *sheet, const char *number)
{
	struct stp_string address;

	stp_string_init(&address, sheet->context);
	stp_add(&address, "tel:");
	for (const char *each = number; *each; each++)
		if ((*each >= '0' && *each <= '9') || (*each == '+' && each == number))
			stp_add_bytes(&address, each, 1);
	return stp_link(sheet->context, address.text, number);
}
