/* SPDX-License-Identifier: Apache-2.0 */
/* The frame of every sheet: its words are found first, its document is rendered last. */
#include "emit/sheet.h"

#include <string.h>

static size_t care_terms(const struct stp_protocol *protocol)
{
	size_t count = 0;

	for (size_t i = 0; i < protocol->care_count; i++)
		count += protocol->care[i].term_count;
	return count;
}

static size_t zone_bounds(const struct stp_protocol *protocol)
{
	size_t count = 0;

	for (size_t i = 0; i < protocol->zone_count; i++)
		count += protocol->zones[i].contribution_count + protocol->zones[i].set_count;
	return count;
}

/* What no treatment needs and no client could follow, and what would take long to lay out. */
static bool check_size(struct stp_context *context, const struct stp_protocol *protocol)
{
	const struct {
		const char *what;
		size_t count, most;
	} sizes[] = {
		{ "things to do and not to do", care_terms(protocol), 300 },
		{ "screening rules", protocol->screen_count, 500 },
		{ "expected effects", protocol->expect_count, 100 },
		{ "signs to get help for", protocol->help_count, 300 },
		{ "zones", protocol->zone_count, 100 },
		{ "bounds of settings", zone_bounds(protocol), 20000 },
	};

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		if (sizes[i].count <= sizes[i].most)
			continue;
		stp_help(context,
			 stp_report(context, STP_D_sheet_too_long, protocol->name_span,
				    "protocol '%s' has %zu %s, and a sheet holds at most %zu",
				    protocol->name, sizes[i].count, sizes[i].what, sizes[i].most),
			 "nobody reads so much: part the protocol in two");
		return false;
	}
	return true;
}

/* The clinic's clock, and whether it ever shows the visit. */
static bool set_zone(struct stp_sheet *sheet)
{
	const struct stp_clinic *clinic = sheet->options->clinic;
	const struct stp_moment *visit = sheet->options->visit;

	if (!clinic || !clinic->time_zone)
		return true;
	sheet->zone = stp_find_time_zone(clinic->time_zone);
	if (!sheet->zone) {
		const char *near = stp_nearest_time_zone(sheet->context, clinic->time_zone);
		struct stp_diagnostic *report =
			stp_report(sheet->context, STP_D_unknown_time_zone, clinic->span,
				   "there is no time zone `%s`", clinic->time_zone);

		stp_help(sheet->context, report, "%s %s", near ? "did you mean" : "write as in",
			 near ? near : "Europe/London");
		return false;
	}
	if (!visit || stp_moment_exists(sheet->zone, *visit))
		return true;
	stp_report(sheet->context, STP_D_bad_visit, clinic->span,
		   "clocks in %s never show the time of the visit: they are set forward then",
		   clinic->time_zone);
	return false;
}

bool stp_sheet_begin(struct stp_sheet *sheet, struct stp_context *context,
		     const struct stp_model *model, const struct stp_protocol *protocol,
		     const struct stp_sheet_options *options)
{
	*sheet = (struct stp_sheet){
		.context = context,
		.model = model,
		.protocol = stp_protocol_for(context, protocol, options->client),
		.for_everyone = protocol,
		.options = options,
	};
	sheet->explained =
		stp_alloc_array(context, model->term_count + 1, sizeof *sheet->explained);
	sheet->reasoned = stp_alloc_array(context, model->term_count + 1, sizeof *sheet->reasoned);
	stp_document_begin(&sheet->document, context);
	return set_zone(sheet) && check_size(context, protocol) &&
	       stp_words_open(&sheet->words, context, options->language);
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
	} else if (sheet->options->format == STP_FRAGMENT) {
		stp_document_html(&sheet->document, out);
	} else {
		if (sheet->options->front_matter)
			stp_front_matter(sheet, title, out);
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
	return address.length > strlen("tel:") ? stp_link(sheet->context, address.text, number)
					       : number;
}

void stp_sheet_fact(struct stp_sheet *sheet, enum stp_phrase_id label, const char *value)
{
	if (value)
		stp_bullet(&sheet->document,
			   SAY(sheet, label_value, "label",
			       stp_capital(&sheet->words, stp_say(&sheet->words, label, NULL)),
			       "value", value, NULL));
}
