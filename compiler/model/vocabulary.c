/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sources, the terms of the vocabulary and the zones of the body. Language reference,
 * "Vocabulary".
 */
#include "model/resolver.h"

/* ---- sources ---- */

void stp_resolve_source(struct stp_resolver *resolver, struct stp_symbol *symbol)
{
	static const char *const grades[] = { "A", "B", "C", "D", "U" };
	struct stp_citation *citation = symbol->is.citation;
	const struct stp_node *block = stp_block(symbol->node);
	const struct stp_node *grade = block == NULL ? NULL : stp_child(block, STP_N_GRADE);
	int found;

	stp_check_head(resolver, symbol->node, STP_HEAD_LABEL | STP_HEAD_BODY);
	stp_check_block(resolver, block, STP_PLACE_SOURCE);
	citation->name = symbol->name;
	citation->label = stp_label_of(resolver, symbol->node, symbol->named);
	citation->address = stp_text_of(block, STP_N_ADDRESS);
	citation->note = stp_text_of(block, STP_N_NOTE);
	citation->span = symbol->node->span;
	if (grade == NULL) {
		stp_report_missing(resolver, symbol, STP_D_missing_statement, "grade", "grade B");
		return;
	}
	found = stp_find_word(resolver, grade->first, grades, 5, "a grade of evidence");
	if (found >= 0)
		citation->grade = (enum stp_grade)found;
}

/* ---- terms ---- */

static const enum stp_place places[STP_TERM_KINDS] = {
	[STP_PRODUCT] = STP_PLACE_PRODUCT,
	[STP_MEDICINE] = STP_PLACE_MEDICINE,
	[STP_ACTIVITY] = STP_PLACE_ACTIVITY,
	[STP_PROCEDURE] = STP_PLACE_PROCEDURE,
	[STP_CONDITION] = STP_PLACE_CONDITION,
	[STP_EFFECT] = STP_PLACE_EFFECT,
	[STP_SIGN] = STP_PLACE_SIGN,
	[STP_CARE] = STP_PLACE_CARE,
	[STP_INDICATION] = STP_PLACE_INDICATION,
};

/* Whom a product or a medicine excludes by itself: conditions and the like, without a scope. */
static void resolve_own_exclusions(struct stp_resolver *resolver, struct stp_term *term,
				   const struct stp_node *block)
{
	STP_LIST(const struct stp_term *) excludes = { NULL, 0, 0 };
	const struct stp_node *exclude = block == NULL ? NULL : stp_child(block, STP_N_EXCLUDE);

	for (; exclude != NULL; exclude = stp_next_of(exclude, STP_N_EXCLUDE)) {
		const struct stp_node *screened = stp_child(exclude, STP_N_SCREENED);

		for (; screened != NULL; screened = stp_next_of(screened, STP_N_SCREENED)) {
			const struct stp_node *name = stp_child(screened, STP_N_NAME);
			const struct stp_term *other;

			if (name == NULL || name->next != NULL) {
				stp_help(
					resolver->context,
					stp_report(resolver->context, STP_D_unsupported,
						   screened->span,
						   "a product or a medicine excludes conditions of "
						   "the whole client"),
					"leave the place or the age to the protocol's `screen`");
				continue;
			}
			other = stp_find_term(
				resolver, name, STP_SCREENED_KINDS,
				"`exclude` takes a condition, a medicine or a product");
			if (other != NULL)
				*STP_PUSH(resolver->context, &excludes) = other;
		}
	}
	term->excludes = excludes.items;
	term->exclude_count = excludes.count;
}

void stp_resolve_term(struct stp_resolver *resolver, struct stp_symbol *symbol)
{
	struct stp_term *term = symbol->is.term;
	const struct stp_node *node = symbol->node;
	const struct stp_node *block = stp_block(node);
	const struct stp_node *facts = block == NULL ? NULL : stp_child(block, STP_N_ANAESTHETIC);
	struct stp_scene scene;

	stp_check_head(resolver, node,
		       STP_HEAD_LABEL | STP_HEAD_PARENT | STP_HEAD_TAILS | STP_HEAD_BODY);
	scene = stp_enter_declaration(resolver, NULL, node, places[term->kind]);
	term->name = symbol->name;
	term->label = stp_label_of(resolver, node, symbol->named);
	term->note = stp_text_of(block, STP_N_NOTE);
	term->because = stp_text_of(block, STP_N_BECAUSE);
	term->instruction = stp_text_of(block, STP_N_INSTRUCTION);
	term->asks = stp_text_of(block, STP_N_ASKS);
	term->if_phrase = stp_text_of(block, STP_N_IF);
	term->prescribed = block != NULL && stp_child(block, STP_N_PRESCRIBED) != NULL;
	if (term->prescribed)
		*STP_PUSH(resolver->context, &resolver->prescribed) = term;
	term->never = block != NULL && stp_child(block, STP_N_NEVER) != NULL;
	term->origin = stp_provenance_of(resolver, node, &scene);
	if (term->because == NULL)
		term->because = term->origin.because;
	if (facts != NULL)
		term->anaesthetic = stp_anaesthetic_facts(resolver, facts, &scene);
	resolve_own_exclusions(resolver, term, block);
}

/* ---- zones ---- */

const char *const stp_modality_names[STP_MODALITIES] = { "pen", "roller", "stamp" };

static void resolve_ceiling(struct stp_resolver *resolver, struct stp_zone *zone,
			    const struct stp_node *node, const struct stp_scene *scene)
{
	int modality = stp_find_word(resolver, stp_child(node, STP_N_NAME), stp_modality_names,
				     STP_MODALITIES, "a modality");
	struct stp_provenance origin = stp_provenance_of_numbers(resolver, node, scene);
	struct stp_ceiling *ceiling;
	struct stp_diagnostic *diagnostic;
	uint32_t um;

	if (!stp_quantity(resolver, stp_child(node, STP_N_QUANTITY), STP_LENGTH, STP_SETTING_MOST,
			  &um) ||
	    modality < 0)
		return;
	ceiling = &zone->ceilings[modality];
	if (ceiling->um != 0) {
		diagnostic = stp_report(resolver->context, STP_D_repeated_statement, node->span,
					"a second ceiling for one modality");
		stp_label(resolver->context, diagnostic, ceiling->origin.span, "said first here");
		stp_help(resolver->context, diagnostic, "keep the one that is meant");
	} else if (um == 0) {
		diagnostic = stp_report(resolver->context, STP_D_no_ceiling, node->span,
					"a ceiling of 0 leaves nothing to treat");
		stp_help(resolver->context, diagnostic,
			 "what nobody may treat says `never` instead of a ceiling");
	} else {
		*ceiling = (struct stp_ceiling){ um, origin };
	}
}

static void resolve_also(struct stp_resolver *resolver, struct stp_zone *zone,
			 const struct stp_node *block)
{
	STP_LIST(const char *) also = { NULL, 0, 0 };

	for (const struct stp_node *node = stp_child(block, STP_N_ALSO); node != NULL;
	     node = stp_next_of(node, STP_N_ALSO))
		for (const struct stp_node *text = node->first; text != NULL; text = text->next)
			*STP_PUSH(resolver->context, &also) = text->text;
	zone->also = also.items;
	zone->also_count = also.count;
}

/* `never`: no protocol treats the zone, nor anything that lies in it. */
static void resolve_never(struct stp_resolver *resolver, struct stp_zone *zone,
			  const struct stp_node *block, const struct stp_scene *scene)
{
	const struct stp_node *never = stp_child(block, STP_N_NEVER);
	const struct stp_node *ceiling = stp_child(block, STP_N_CEILING);
	struct stp_provenance *origin;
	struct stp_diagnostic *diagnostic;

	if (never == NULL)
		return;
	origin = stp_alloc(resolver->context, sizeof *origin);
	*origin = stp_provenance_of(resolver, never, scene);
	zone->never = origin;
	if (ceiling == NULL)
		return;
	diagnostic = stp_report(resolver->context, STP_D_never_with_settings, ceiling->span,
				"a ceiling for a zone that is never treated");
	stp_label(resolver->context, diagnostic, never->span, "never, it says here");
	stp_help(resolver->context, diagnostic, "take one of the two away");
}

static void resolve_area(struct stp_resolver *resolver, struct stp_zone *zone,
			 const struct stp_node *node, const struct stp_scene *scene)
{
	if (node == NULL)
		return;
	zone->area_origin = stp_provenance_of_numbers(resolver, node, scene);
	if (stp_quantity(resolver, node->first, STP_SURFACE, UINT32_MAX - 1, &zone->area_mm2))
		stp_check_some(resolver, node->first, zone->area_mm2,
			       "say about how large the zone is");
}

const struct stp_provenance *stp_zone_never(const struct stp_zone *zone)
{
	while (zone != NULL && zone->never == NULL)
		zone = zone->parent;
	return zone == NULL ? NULL : zone->never;
}

void stp_resolve_zone(struct stp_resolver *resolver, struct stp_symbol *symbol)
{
	struct stp_zone *zone = symbol->is.zone;
	const struct stp_node *node = symbol->node;
	const struct stp_node *block = stp_block(node);
	const struct stp_node *ceiling;
	struct stp_scene scene;

	stp_check_head(resolver, node,
		       STP_HEAD_LABEL | STP_HEAD_PARENT | STP_HEAD_TAILS | STP_HEAD_BODY);
	scene = stp_enter_declaration(resolver, NULL, node, STP_PLACE_ZONE_DECLARED);
	zone->name = symbol->name;
	zone->label = stp_label_of(resolver, node, symbol->named);
	zone->span = node->span;
	zone->origin = stp_provenance_of(resolver, node, &scene);
	if (block == NULL)
		return;
	zone->note = stp_text_of(block, STP_N_NOTE);
	zone->outline = stp_text_of(block, STP_N_OUTLINE);
	resolve_also(resolver, zone, block);
	resolve_area(resolver, zone, stp_child(block, STP_N_ZONE_AREA), &scene);
	resolve_never(resolver, zone, block, &scene);
	ceiling = stp_child(block, STP_N_CEILING);
	for (; ceiling != NULL; ceiling = stp_next_of(ceiling, STP_N_CEILING))
		resolve_ceiling(resolver, zone, ceiling, &scene);
}
