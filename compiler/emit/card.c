/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The clinician's settings card: what may be set where, how far, for whom less, and who says so.
 * What rests on a proposal, which no source confirms (grade U), is counted at the top, on this card
 * or not, and marked wherever it stands.
 */
#include "emit/card.h"

#include <string.h>

#include "model/policies.h"

static const char *title_words(const struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = sheet->protocol;
	const char *title = stp_capital(
		&sheet->words,
		SAY(sheet, title_card, "treatment",
		    stp_label_words(&sheet->words, protocol->name, protocol->label), NULL));

	return protocol->status == STP_DRAFT ? SAY(sheet, title_draft, "title", title, NULL)
					     : title;
}

/* ---- proposals ---- */

struct places {
	struct stp_context *context;
	struct stp_span *spans;
	size_t count, room;
};

/* Counts a statement once, however many zones it speaks of. */
static void note_proposal(struct places *places, const struct stp_provenance *origin)
{
	bool proposal = false;

	if (!origin)
		return;
	for (size_t i = 0; i < origin->cite_count; i++)
		proposal = proposal || origin->cites[i]->grade == STP_GRADE_U;
	for (size_t i = 0; i < places->count && proposal; i++)
		if (memcmp(&places->spans[i], &origin->span, sizeof origin->span) == 0)
			proposal = false;
	if (!proposal)
		return;
	places->spans = stp_grow(places->context, places->spans, places->count, &places->room,
				 sizeof *places->spans);
	places->spans[places->count++] = origin->span;
}

static void note_zone(struct places *places, const struct stp_zone_plan *plan)
{
	note_proposal(places, &plan->origin);
	note_proposal(places, plan->pattern_origin);
	note_proposal(places, plan->endpoint_origin);
	for (size_t i = 0; i < plan->contribution_count; i++)
		note_proposal(places, plan->contributions[i].origin);
	for (size_t i = 0; i < plan->set_count; i++)
		note_proposal(places, plan->sets[i].origin);
	for (size_t i = 0; i < plan->never_when_count; i++)
		note_proposal(places, plan->never_when[i].origin);
}

/* What clients are told. */
static void note_told(struct places *places, const struct stp_protocol *protocol)
{
	for (size_t i = 0; i < protocol->care_count; i++)
		note_proposal(places, &protocol->care[i].origin);
	for (size_t i = 0; i < protocol->expect_count; i++)
		note_proposal(places, &protocol->expects[i].origin);
	for (size_t i = 0; i < protocol->help_count; i++)
		note_proposal(places, &protocol->helps[i].origin);
	for (size_t i = 0; i < protocol->benefit_count; i++)
		note_proposal(places, &protocol->benefits[i].origin);
	for (size_t i = 0; i < protocol->risk_count; i++)
		note_proposal(places, &protocol->risks[i].origin);
}

static uint32_t count_proposals(const struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = sheet->protocol;
	struct places places = { .context = sheet->context };

	note_proposal(&places, &protocol->operator_origin);
	note_proposal(&places, protocol->label_on);
	note_proposal(&places, &protocol->course.origin);
	for (size_t i = 0; i < protocol->course_rule_count; i++)
		note_proposal(&places, protocol->course_rules[i].origin);
	note_proposal(&places, &protocol->visit_origin);
	note_proposal(&places, &protocol->anaesthetic.origin);
	for (size_t i = 0; i < protocol->zone_count; i++)
		note_zone(&places, &protocol->zones[i]);
	for (size_t i = 0; i < protocol->screen_count; i++)
		note_proposal(&places, &protocol->screens[i].origin);
	note_told(&places, protocol);
	return (uint32_t)places.count;
}

/* ---- the card ---- */

static void add_cartridge(struct stp_sheet *sheet)
{
	const struct stp_device *device = sheet->protocol->device;
	const char *kinds[STP_CARTRIDGES_MOST];

	if (device->needle_count == 0)
		return;
	for (uint8_t i = 0; i < device->needle_count; i++)
		kinds[i] = stp_whole(&sheet->words, device->needles[i]);
	stp_sheet_fact(
		sheet, STP_PHRASE_card_cartridge,
		stp_with_sources(sheet,
				 SAY(sheet, card_cartridge_new, "needles",
				     stp_list_or(&sheet->words, kinds, device->needle_count), NULL),
				 &device->needles_origin));
}

static void add_operator(struct stp_sheet *sheet)
{
	const struct stp_factor *factor = sheet->protocol->operator_factor;
	const char *items[STP_FACTOR_VALUES];
	size_t count = 0;

	if (!factor)
		return;
	for (unsigned value = 0; value < factor->value_count; value++)
		if (sheet->protocol->operator_values >> value & 1)
			items[count++] = factor->values[value].label ? factor->values[value].label
								     : factor->values[value].name;
	if (count > 0)
		stp_sheet_fact(sheet, STP_PHRASE_card_operator,
			       stp_list_or(&sheet->words, items, count));
}

/* Every policy that is in force, and every one that does not hold here, with the reason. */
static void add_policies(struct stp_sheet *sheet)
{
	for (size_t i = 0; i < sheet->protocol->policy_count; i++) {
		const struct stp_policy_use *use = &sheet->protocol->policies[i];
		const char *label =
			stp_label_words(&sheet->words, use->policy->name, use->policy->label);

		if (use->except)
			label = SAY(sheet, policy_excepted, "policy", label, "reason",
				    use->except->because, NULL);
		stp_sheet_fact(sheet, STP_PHRASE_card_policy, label);
	}
}

/* A card for one client, whom the device refuses: what it says, and by which statement. */
static void add_refusals(struct stp_sheet *sheet)
{
	struct stp_refusal *refusals;
	size_t count = stp_refusals_of(sheet, &refusals);

	if (count == 0)
		return;
	stp_quote(&sheet->document, stp_sentence(&sheet->words, SAY(sheet, card_refused, NULL)));
	for (size_t i = 0; i < count; i++)
		stp_bullet(&sheet->document,
			   stp_with_sources(sheet, stp_client_words(sheet, &refusals[i].whom),
					    refusals[i].origin));
}

static void add_head(struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = sheet->protocol;
	uint32_t proposals = count_proposals(sheet);

	stp_heading(&sheet->document, 1, title_words(sheet));
	add_refusals(sheet);
	if (protocol->status == STP_DRAFT)
		stp_quote(&sheet->document, SAY(sheet, draft_notice, NULL));
	stp_sheet_sentences(sheet, SAY(sheet, card_purpose, NULL), NULL);
	if (stp_given(sheet))
		stp_sheet_sentences(sheet,
				    SAY(sheet, card_given, "client",
					stp_client_words(sheet, stp_given(sheet)), NULL),
				    NULL);
	stp_add_map(sheet, true);
	if (protocol->treats)
		stp_sheet_fact(sheet, STP_PHRASE_card_treats,
			       stp_term_words(sheet, protocol->treats));
	stp_sheet_fact(
		sheet, STP_PHRASE_card_device,
		stp_label_words(&sheet->words, protocol->device->name, protocol->device->label));
	add_cartridge(sheet);
	add_operator(sheet);
	add_policies(sheet);
	if (proposals > 0)
		stp_bullet(&sheet->document,
			   stp_sentence(
				   &sheet->words,
				   stp_say_count(&sheet->words, STP_COUNTED_proposals, proposals)));
}

static void add_sources(struct stp_sheet *sheet)
{
	bool *cited =
		stp_alloc_array(sheet->context, sheet->model->citation_count + 1, sizeof *cited);

	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_about_card);
	stp_sheet_facts(sheet);
	stp_mark_cited(sheet, STP_CITED_BY_CARD, cited);
	stp_sheet_heading(sheet, 2, STP_PHRASE_heading_sources);
	stp_sheet_sentences(sheet, SAY(sheet, sources_intro, NULL), NULL);
	stp_section_sources(sheet, cited, true);
}

bool stp_emit_card(struct stp_context *context, const struct stp_model *model,
		   const struct stp_protocol *protocol, const struct stp_sheet_options *options,
		   struct stp_string *out)
{
	struct stp_sheet sheet;
	struct stp_sheet_options plain = *options;
	size_t errors = stp_error_count(context);

	plain.clinic = NULL;
	plain.visit = NULL;
	if (!stp_sheet_begin(&sheet, context, model, protocol, &plain))
		return false;
	add_head(&sheet);
	stp_card_zones(&sheet);
	stp_card_screening(&sheet);
	stp_card_anaesthetic(&sheet);
	stp_card_course(&sheet);
	stp_card_label(&sheet);
	if (options->record)
		stp_card_told(&sheet);
	add_sources(&sheet);
	return stp_sheet_end(&sheet, title_words(&sheet), errors, out);
}
