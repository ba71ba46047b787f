/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Zones, factors and terms. An image does not hold of which kind a term is; what is done with it
 * says what it can be, and a group is of the kind of what is in it. Of the kinds that are left the
 * first one in the order below is written.
 */
#include "emit/decompile.h"

#define KIND(kind) (1u << STP_##kind)
#define SKIN       (KIND(PRODUCT) | KIND(MEDICINE))
#define ACTIONS    (KIND(ACTIVITY) | KIND(PROCEDURE))
#define ALL_KINDS  (SKIN | ACTIONS | KIND(CONDITION) | KIND(EFFECT) | KIND(CARE))

static const struct {
	enum stp_term_kind kind;
	const char *word;
} kind_words[] = {
	{ STP_EFFECT, "effect" },     { STP_CONDITION, "condition" },
	{ STP_CARE, "care" },         { STP_PRODUCT, "product" },
	{ STP_ACTIVITY, "activity" }, { STP_PROCEDURE, "procedure" },
	{ STP_MEDICINE, "medicine" },
};

/* ---- kinds ---- */

/* What a term of a rule can be: language reference, "Terms". */
static unsigned kinds_of_verb(unsigned verb)
{
	switch (verb) {
	case STIPPLE_VERB_USE: return SKIN;
	case STIPPLE_VERB_ONLY: return KIND(PRODUCT);
	case STIPPLE_VERB_DO: return KIND(CARE) | KIND(ACTIVITY);
	case STIPPLE_VERB_MAY: return SKIN | ACTIONS | KIND(CARE);
	case STIPPLE_VERB_HAVE: return KIND(EFFECT);
	case STIPPLE_VERB_ASK_PRESCRIBER: return KIND(MEDICINE);
	default: return SKIN | ACTIONS;
	}
}

static void narrow(struct stp_decompiler *decompiler, uint16_t item, unsigned kinds)
{
	if (item != STIPPLE_NONE)
		decompiler->kinds[item] &= kinds;
}

static void narrow_by_use(struct stp_decompiler *decompiler)
{
	const struct stipple_header *header = &decompiler->header;

	for (uint32_t i = 0; i < header->windows.count; i++) {
		struct stipple_window_row row = stp_windows_at(decompiler, i);

		narrow(decompiler, row.item, kinds_of_verb(row.verb));
		narrow(decompiler, row.until, KIND(EFFECT));
	}
	for (uint32_t i = 0; i < header->anaesthetics.count; i++)
		narrow(decompiler, stp_anaesthetics_at(decompiler, i).item, KIND(MEDICINE));
	for (uint32_t i = 0; i < header->questions.count; i++) {
		struct stipple_question_row row = stp_questions_at(decompiler, i);

		if (row.preparation != 0 || row.item == STIPPLE_NONE)
			continue;
		narrow(decompiler, row.item, SKIN | ACTIONS | KIND(CONDITION));
		decompiler->is_screened[row.item] = true;
	}
}

/* What is in a group and the group are of one kind. Each round reaches one step further. */
static void narrow_by_group(struct stp_decompiler *decompiler)
{
	bool changed = true;

	while (changed) {
		changed = false;
		for (uint32_t i = 0; i < decompiler->header.items.count; i++) {
			uint16_t parent = stp_items_at(decompiler, i).parent;
			unsigned both;

			if (parent == STIPPLE_NONE)
				continue;
			both = decompiler->kinds[i] & decompiler->kinds[parent];
			changed = changed || both != decompiler->kinds[i] ||
				  both != decompiler->kinds[parent];
			decompiler->kinds[i] = decompiler->kinds[parent] = both;
		}
	}
}

static const char *kind_word(struct stp_decompiler *decompiler, uint32_t item)
{
	for (size_t i = 0; i < sizeof kind_words / sizeof kind_words[0]; i++)
		if ((decompiler->kinds[item] >> kind_words[i].kind & 1u) != 0)
			return kind_words[i].word;
	stp_refuse(decompiler, "a term that is used as two kinds of things");
	return "product";
}

/* ---- terms ---- */

static uint32_t lesser(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static uint32_t greater(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

/* All that the protocols do with the medicine, as what its label would say: the widest. */
static bool widest(const struct stp_decompiler *decompiler, uint32_t item,
		   struct stipple_anaesthetic_row *all)
{
	bool found = false;

	for (uint32_t i = 0; i < decompiler->header.anaesthetics.count; i++) {
		struct stipple_anaesthetic_row row = stp_anaesthetics_at(decompiler, i);

		if (row.item != item)
			continue;
		if (!found)
			*all = row;
		found = true;
		all->least = lesser(all->least, row.least);
		all->most = greater(all->most, row.most);
		all->amount_most = greater(all->amount_most, row.amount_most);
		all->area_most = greater(all->area_most, row.area_most);
		all->dose = (uint16_t)greater(all->dose, row.dose);
		all->strength = (uint16_t)greater(all->strength, row.strength);
		if (row.occlusion != all->occlusion)
			all->occlusion = STIPPLE_NONE;
	}
	return found;
}

static void add_item(struct stp_decompiler *decompiler, uint32_t number)
{
	struct stipple_term_row row = stp_items_at(decompiler, number);
	struct stipple_anaesthetic_row anaesthetic;
	struct stp_string *out = decompiler->out;
	const char *name = stp_name_at(decompiler, row.name);
	bool numbs = widest(decompiler, number, &anaesthetic);

	stp_addf(out, "%s %s", kind_word(decompiler, number), name);
	if (row.parent != STIPPLE_NONE)
		stp_addf(out, " in %s",
			 stp_name_at(decompiler, stp_items_at(decompiler, row.parent).name));
	if (!decompiler->is_screened[number] && !numbs) {
		stp_add(out, "\n");
		return;
	}
	stp_add(out, " {");
	if (decompiler->is_screened[number])
		stp_addf(out, "%sasks \"%s?\"; if \"%s\"", numbs ? "\n  " : " ", name, name);
	if (numbs) {
		stp_add(out, "\n  anaesthetic ");
		stp_add_anaesthetic(decompiler, &anaesthetic);
		stp_add(out, "\n  cites pack\n");
	}
	stp_add(out, numbs ? "}\n" : " }\n");
}

void stp_add_anaesthetic(struct stp_decompiler *decompiler,
			 const struct stipple_anaesthetic_row *row)
{
	struct stp_string *out = decompiler->out;

	stp_add(out, "for ");
	stp_add_time(decompiler, row->least, stp_ceiling_seconds);
	stp_add(out, " to ");
	stp_add_time(decompiler, row->most, stp_ceiling_seconds);
	if (row->amount_most != STIPPLE_NO_TIME)
		stp_addf(out, ", amount to %u mg", (unsigned)row->amount_most);
	if (row->area_most != STIPPLE_NO_TIME)
		stp_addf(out, ", area to %u mm2", (unsigned)row->area_most);
	if (row->dose != STIPPLE_NONE)
		stp_addf(out, ", amount to %u mg on 1 cm2", (unsigned)row->dose);
	if (row->strength != STIPPLE_NONE)
		stp_addf(out, ", strength %u.%02u %%", row->strength / 100u, row->strength % 100u);
	if (row->occlusion != STIPPLE_NONE)
		stp_addf(out, ", occlusion %s", row->occlusion != 0 ? "yes" : "no");
}

/* ---- zones and factors ---- */

static void add_zone(struct stp_decompiler *decompiler, uint32_t number)
{
	struct stipple_term_row row = stp_zones_at(decompiler, number);

	stp_addf(decompiler->out, "zone %s", stp_name_at(decompiler, row.name));
	if (row.parent != STIPPLE_NONE)
		stp_addf(decompiler->out, " in %s",
			 stp_name_at(decompiler, stp_zones_at(decompiler, row.parent).name));
	stp_add(decompiler->out, "\n");
}

static void add_asked_from(struct stp_decompiler *decompiler, const char *name, const char *value,
			   unsigned session)
{
	stp_addf(decompiler->out, "factor %s {\n  asks \"%s?\"; if \"%s%s\"\n", name, name, name,
		 value);
	if (session > 1)
		stp_addf(decompiler->out, "  only when session from %u\n", session);
}

static void add_factor(struct stp_decompiler *decompiler, uint32_t number)
{
	struct stipple_factor_row row = stp_factors_at(decompiler, number);

	add_asked_from(decompiler, stp_name_at(decompiler, row.name), " {value}", row.from_session);
	for (uint32_t i = 0; i < row.value_count; i++)
		stp_addf(decompiler->out, "%s%s",
			 i > 0              ? ", "
			 : row.ordered != 0 ? "  scale "
					    : "  choices ",
			 stp_name_at(decompiler,
				     stp_values_at(decompiler, row.first_value + i).name));
	stp_add(decompiler->out, "\n}\n");
}

/* Declared questions; the others come of what is screened. */
static void add_question(struct stp_decompiler *decompiler, uint32_t number)
{
	struct stipple_question_row row = stp_questions_at(decompiler, number);

	if (row.item != STIPPLE_NONE || row.preparation != 0)
		return;
	add_asked_from(decompiler, stp_name_at(decompiler, row.name), "", row.from_session);
	stp_add(decompiler->out, "}\n");
}

void stp_decompile_vocabulary(struct stp_decompiler *decompiler)
{
	const struct stipple_header *header = &decompiler->header;

	decompiler->kinds = stp_alloc_array(decompiler->context, header->items.count + 1,
					    sizeof *decompiler->kinds);
	decompiler->is_screened = stp_alloc_array(decompiler->context, header->items.count + 1,
						  sizeof *decompiler->is_screened);
	decompiler->named_factors = stp_alloc_array(decompiler->context, header->factors.count + 1,
						    sizeof *decompiler->named_factors);
	decompiler->named_questions =
		stp_alloc_array(decompiler->context, header->questions.count + 1, sizeof(bool));
	for (uint32_t i = 0; i < header->items.count; i++)
		decompiler->kinds[i] = ALL_KINDS;
	narrow_by_use(decompiler);
	narrow_by_group(decompiler);
	stp_add(decompiler->out, "\n");
	for (uint32_t i = 0; i < header->zones.count; i++)
		add_zone(decompiler, i);
	stp_add(decompiler->out, "\n");
	for (uint32_t i = 0; i < header->items.count; i++)
		add_item(decompiler, i);
	stp_add(decompiler->out, "\n");
	for (uint32_t i = 0; i < header->factors.count; i++)
		add_factor(decompiler, i);
	for (uint32_t i = 0; i < header->questions.count; i++)
		add_question(decompiler, i);
}
