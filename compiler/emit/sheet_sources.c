/* SPDX-License-Identifier: Apache-2.0 */
/* The sources that a sheet stands on, by how strong they are. */
#include "emit/sheet.h"

static void mark(bool *cited, const struct stp_provenance *origin)
{
	for (size_t i = 0; i < origin->cite_count; i++)
		cited[origin->cites[i]->index] = true;
}

static void mark_statements(bool *cited, const struct stp_statement *statements, size_t count)
{
	for (size_t i = 0; i < count; i++)
		mark(cited, &statements[i].origin);
}

/* What clients and clinicians both read of. */
static void mark_frame(bool *cited, const struct stp_protocol *protocol)
{
	mark(cited, &protocol->course.origin);
	mark(cited, &protocol->visit_origin);
	mark(cited, &protocol->anaesthetic.origin);
	for (size_t i = 0; i < protocol->screen_count; i++)
		mark(cited, &protocol->screens[i].origin);
}

static void mark_rules(bool *cited, const struct stp_protocol *protocol)
{
	for (size_t i = 0; i < protocol->care_count; i++)
		mark(cited, &protocol->care[i].origin);
	for (size_t i = 0; i < protocol->expect_count; i++)
		mark(cited, &protocol->expects[i].origin);
	for (size_t i = 0; i < protocol->help_count; i++)
		mark(cited, &protocol->helps[i].origin);
	mark_statements(cited, protocol->benefits, protocol->benefit_count);
	mark_statements(cited, protocol->risks, protocol->risk_count);
	mark_statements(cited, protocol->unknowns, protocol->unknown_count);
}

static void mark_zone(bool *cited, const struct stp_zone_plan *plan)
{
	mark(cited, &plan->origin);
	if (plan->pattern_origin)
		mark(cited, plan->pattern_origin);
	if (plan->endpoint_origin)
		mark(cited, plan->endpoint_origin);
	for (size_t i = 0; i < plan->contribution_count; i++)
		if (plan->contributions[i].origin)
			mark(cited, plan->contributions[i].origin);
	for (size_t i = 0; i < plan->set_count; i++)
		if (plan->sets[i].origin)
			mark(cited, plan->sets[i].origin);
}

static void mark_device(bool *cited, const struct stp_device *device)
{
	mark(cited, &device->depth_origin);
	mark(cited, &device->rate_origin);
	mark(cited, &device->needles_origin);
	for (size_t i = 0; i < device->label_count; i++)
		mark(cited, &device->labels[i].origin);
}

void stp_mark_cited(const struct stp_sheet *sheet, enum stp_cited which, bool *cited)
{
	const struct stp_protocol *protocol = sheet->protocol;

	mark_frame(cited, protocol);
	if (which == STP_CITED_FOR_CLIENTS) {
		mark_rules(cited, protocol);
		return;
	}
	for (size_t i = 0; i < protocol->zone_count; i++)
		mark_zone(cited, &protocol->zones[i]);
	mark_device(cited, protocol->device);
}

/* Titles stay in the language that they were published in. */
static const char *source_words(const struct stp_sheet *sheet, const struct stp_citation *source,
				bool in_full)
{
	if (!in_full)
		return source->label;
	const char *label = source->address
				    ? stp_link(sheet->context, source->address, source->label)
				    : source->label;
	return SAY(sheet, label_value, "label", source->name, "value", label, NULL);
}

/* The sources of a grade: all of them by name, or how many they are; NULL when there are none. */
static const char *list_grade(const struct stp_sheet *sheet, const bool *cited, unsigned grade,
			      bool in_full)
{
	const struct stp_model *model = sheet->model;
	const char *all = NULL;
	uint32_t count = 0;

	for (size_t i = 0; i < model->citation_count; i++) {
		const struct stp_citation *source = model->citations[i];

		if (!cited[source->index] || source->grade != grade)
			continue;
		count++;
		const char *said = source_words(sheet, source, in_full);
		all = all ? SAY(sheet, list_sources, "list", all, "item", said, NULL) : said;
	}
	if (in_full || count <= STP_SOURCES_NAMED)
		return all;
	return stp_say_count(&sheet->words, STP_COUNTED_sources, count);
}

void stp_section_sources(struct stp_sheet *sheet, const bool *cited, bool in_full)
{
	const struct stp_words *words = &sheet->words;

	for (unsigned grade = STP_GRADE_A; grade <= STP_GRADE_U; grade++) {
		const char *all = list_grade(sheet, cited, grade, in_full);

		if (all)
			stp_bullet(&sheet->document,
				   SAY(sheet, label_value, "label",
				       stp_capital(words, stp_say(words, STP_PHRASE_grade_a + grade,
								  NULL)),
				       "value", all, NULL));
	}
}
