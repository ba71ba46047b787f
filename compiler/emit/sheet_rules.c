/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Care rules as sentences: a verb or "do not", what, when, how often; then how, why, and what the
 * words mean. A rule that names several things is said in as many sentences as it takes for each
 * to stay short, and things that have different reasons are never lumped together.
 */
#include "emit/sheet.h"

#include <string.h>

const char *stp_term_words(const struct stp_sheet *sheet, const struct stp_term *term)
{
	return stp_label_words(&sheet->words, term->name, term->label);
}

bool stp_forbids(enum stp_verb verb)
{
	return verb == STP_AVOID;
}

/* ---- conditions ---- */

static unsigned count_values(uint16_t values)
{
	unsigned count = 0;

	for (; values; values &= (uint16_t)(values - 1))
		count++;
	return count;
}

static unsigned lowest_value(uint16_t values)
{
	unsigned value = 0;

	while (!(values >> value & 1))
		value++;
	return value;
}

/* The words of a value: names on a scale ("V"), else the label. */
static const char *value_words(const struct stp_sheet *sheet, const struct stp_factor *factor,
			       unsigned value)
{
	const struct stp_factor_value *each = &factor->values[value];

	return stp_label_words(&sheet->words, each->name, factor->ordered ? NULL : each->label);
}

/* "V to VI" for neighbours on a scale, else "nickel or steel". */
const char *stp_values_words(const struct stp_sheet *sheet, const struct stp_condition_term *term)
{
	const char *items[STP_FACTOR_VALUES];
	unsigned count = 0;
	unsigned low = lowest_value(term->values);
	unsigned values = count_values(term->values);

	if (term->factor->ordered && values > 1 && (term->values >> low) == (1 << values) - 1)
		return SAY(sheet, number_range, "low", value_words(sheet, term->factor, low),
			   "high", value_words(sheet, term->factor, low + values - 1), NULL);
	for (unsigned value = low; value < term->factor->value_count; value++)
		if (term->values >> value & 1)
			items[count++] = value_words(sheet, term->factor, value);
	return stp_list_or(&sheet->words, items, count);
}

static const char *factor_words(const struct stp_sheet *sheet,
				const struct stp_condition_term *term)
{
	const struct stp_factor *factor = term->factor;
	const char *phrase = factor->if_phrase;

	if (!phrase && factor->condition)
		phrase = factor->condition->if_phrase;
	if (!phrase) {
		stp_help(sheet->context,
			 stp_report(sheet->context, STP_D_missing_if, factor->span,
				    "factor '%s' has no `if` phrase, so a sheet cannot say when a "
				    "rule applies",
				    factor->name),
			 "add a line such as: if \"you smoke\"");
		return "";
	}
	if (factor->yes_no)
		return term->values == 1 ? SAY(sheet, condition_not, "condition", phrase, NULL)
					 : phrase;
	return stp_fill(&sheet->words, phrase, "value", stp_values_words(sheet, term), NULL);
}

static const char *session_words(const struct stp_sheet *sheet, uint16_t low, uint16_t high)
{
	if (low == high)
		return SAY(sheet, condition_visit, "n", stp_whole(&sheet->words, low), NULL);
	if (high == STP_ANY_HIGH)
		return SAY(sheet, condition_visit_from, "n", stp_whole(&sheet->words, low), NULL);
	return SAY(sheet, condition_visits, "low", stp_whole(&sheet->words, low), "high",
		   stp_whole(&sheet->words, high), NULL);
}

static const char *age_words(const struct stp_sheet *sheet, uint16_t low, uint16_t high)
{
	if (low == high)
		return SAY(sheet, condition_age, "n", stp_whole(&sheet->words, low), NULL);
	if (low == 0)
		return SAY(sheet, condition_age_below, "n",
			   stp_whole(&sheet->words, (uint64_t)high + 1), NULL);
	if (high == STP_ANY_HIGH)
		return SAY(sheet, condition_age_from, "n", stp_whole(&sheet->words, low), NULL);
	return SAY(sheet, condition_ages, "low", stp_whole(&sheet->words, low), "high",
		   stp_whole(&sheet->words, high), NULL);
}

static const char *depth_words(const struct stp_sheet *sheet, uint32_t low_um, uint32_t high_um)
{
	const struct stp_words *words = &sheet->words;

	if (low_um == 0)
		return SAY(sheet, condition_depth_to, "depth",
			   stp_decimal(words, high_um, STP_MM_DECIMALS), NULL);
	if (high_um == STP_ANY_DEPTH)
		return SAY(sheet, condition_depth_over, "depth",
			   stp_decimal(words, low_um - 1, STP_MM_DECIMALS), NULL);
	return SAY(sheet, condition_depths, "low", stp_decimal(words, low_um, STP_MM_DECIMALS),
		   "high", stp_decimal(words, high_um, STP_MM_DECIMALS), NULL);
}

static const char *both(const struct stp_sheet *sheet, const char *first, const char *second)
{
	if (!first)
		return second;
	return SAY(sheet, list_and, "list", first, "item", second, NULL);
}

size_t stp_condition_facts(const struct stp_sheet *sheet, const struct stp_condition *condition,
			   const char ***facts)
{
	const char **said =
		stp_alloc_array(sheet->context, condition->term_count + 3, sizeof *said);
	size_t count = 0;

	for (size_t i = 0; i < condition->term_count; i++)
		said[count++] = factor_words(sheet, &condition->terms[i]);
	if (condition->session_low > 1 || condition->session_high != STP_ANY_HIGH)
		said[count++] =
			session_words(sheet, condition->session_low, condition->session_high);
	if (condition->age_low > 0 || condition->age_high != STP_ANY_HIGH)
		said[count++] = age_words(sheet, condition->age_low, condition->age_high);
	if (condition->depth_low_um > 0 || condition->depth_high_um != STP_ANY_DEPTH)
		said[count++] =
			depth_words(sheet, condition->depth_low_um, condition->depth_high_um);
	*facts = said;
	return count;
}

const char *stp_condition_words(const struct stp_sheet *sheet,
				const struct stp_condition *condition)
{
	const char **facts;
	const char *said = NULL;
	size_t count = stp_condition_facts(sheet, condition, &facts);

	for (size_t i = 0; i < count; i++)
		said = both(sheet, said, facts[i]);
	return said;
}

/* ---- which phrase says a verb of a term ---- */

/* The columns of the phrases of a verb, in the order of phrases.def. */
enum speech { OF_PRODUCT, OF_MEDICINE, OF_ACTIVITY, OF_PROCEDURE, SPEECHES };

static enum speech speech_of(enum stp_term_kind kind)
{
	switch (kind) {
	case STP_PRODUCT: return OF_PRODUCT;
	case STP_MEDICINE: return OF_MEDICINE;
	case STP_PROCEDURE: return OF_PROCEDURE;
	default: return OF_ACTIVITY;
	}
}

enum stp_bullet_group stp_term_group(const struct stp_term *term)
{
	static const enum stp_bullet_group groups[SPEECHES] = {
		[OF_PRODUCT] = STP_GROUP_SKIN,
		[OF_MEDICINE] = STP_GROUP_MEDICINE,
		[OF_ACTIVITY] = STP_GROUP_ACTIVITY,
		[OF_PROCEDURE] = STP_GROUP_PROCEDURE,
	};

	return groups[speech_of(term->kind)];
}

/*
 * Whether the term's own instruction says what the verb means: a care's is an order, an activity's
 * is what follows "do not" and nothing else, for other languages have no other place for it.
 */
static bool speaks_by_instruction(enum stp_verb verb, const struct stp_term *term,
				  enum stp_style style)
{
	bool fits = term->kind == STP_CARE ? !stp_forbids(verb)
					   : verb == STP_AVOID && style == STP_AT_LENGTH;

	return fits && term->instruction;
}

static enum stp_phrase_id phrase_for(enum stp_verb verb, const struct stp_term *term,
				     enum stp_style style)
{
	static const struct {
		enum stp_phrase_id of_product; /* those of the other kinds follow */
		enum stp_phrase_id of_instruction;
	} table[STP_VERBS] = {
		[STP_AVOID] = { STP_PHRASE_avoid_product, STP_PHRASE_avoid_instruction },
		[STP_ONLY] = { STP_PHRASE_only_product, 0 },
		[STP_USE] = { STP_PHRASE_use_product, STP_PHRASE_do_instruction },
		[STP_DO] = { STP_PHRASE_use_product, STP_PHRASE_do_instruction },
		[STP_STOP] = { STP_PHRASE_stop_product, 0 },
		[STP_RESUME] = { STP_PHRASE_resume_product, 0 },
		[STP_MAY] = { STP_PHRASE_may_product, STP_PHRASE_may_instruction },
		[STP_ASK_PRESCRIBER] = { STP_PHRASE_ask_prescriber, 0 },
	};

	if (speaks_by_instruction(verb, term, style))
		return table[verb].of_instruction;
	if (verb == STP_ASK_PRESCRIBER)
		return table[verb].of_product;
	if (verb == STP_AVOID && style == STP_IN_BRIEF)
		return STP_PHRASE_brief_product + (enum stp_phrase_id)speech_of(term->kind);
	return table[verb].of_product + (enum stp_phrase_id)speech_of(term->kind);
}

const char *stp_part_words(const struct stp_sheet *sheet, enum stp_verb verb,
			   enum stp_phrase_id phrase, const char *const *items, size_t count)
{
	const struct stp_words *words = &sheet->words;
	const char *terms;

	if (!stp_forbids(verb))
		terms = stp_list_and(words, items, count);
	else if (phrase == STP_PHRASE_brief_activity) /* "keep away from": there is no "not" */
		terms = stp_list_or(words, items, count);
	else
		terms = stp_list_nor(words, items, count);
	return stp_say(words, phrase, "terms", terms, NULL);
}

/* ---- parts of a rule ---- */

const char *stp_reason_for(const struct stp_care_rule *rule, const struct stp_term *term)
{
	if (rule->origin.because || rule->verb == STP_RESUME)
		return rule->origin.because; /* a term's reason is not one to begin again */
	while (term && !term->because)
		term = term->parent;
	return term ? term->because : NULL;
}

/* Orders are never lumped together: one may hold an "or" of its own. */
static bool same_part(const struct stp_rule_part *a, const struct stp_rule_part *b)
{
	return a->phrase == b->phrase && a->group == b->group && !a->by_instruction &&
	       !b->by_instruction && stp_same_text(a->because, b->because);
}

static struct stp_rule_part *find_part(const struct stp_sheet *sheet, struct stp_rule_part *parts,
				       size_t *count, const struct stp_rule_part *like)
{
	size_t room = like->rule->term_count;

	for (size_t i = 0; i < *count; i++)
		if (same_part(&parts[i], like))
			return &parts[i];
	struct stp_rule_part *part = &parts[(*count)++];
	*part = *like;
	part->terms = stp_alloc_array(sheet->context, room, sizeof *part->terms);
	part->items = stp_alloc_array(sheet->context, room, sizeof *part->items);
	return part;
}

size_t stp_rule_parts(const struct stp_sheet *sheet, const struct stp_care_rule *rule,
		      enum stp_style style, struct stp_rule_part **parts)
{
	size_t count = 0;

	*parts = stp_alloc_array(sheet->context, rule->term_count, sizeof **parts);
	for (size_t i = 0; i < rule->term_count; i++) {
		const struct stp_term *term = rule->terms[i];
		struct stp_rule_part like = {
			.rule = rule,
			.phrase = phrase_for(rule->verb, term, style),
			.group = stp_term_group(term),
			.because = style == STP_IN_BRIEF ? NULL : stp_reason_for(rule, term),
			.by_instruction = speaks_by_instruction(rule->verb, term, style),
		};
		struct stp_rule_part *part = find_part(sheet, *parts, &count, &like);

		part->terms[part->count] = term;
		part->items[part->count++] =
			like.by_instruction ? term->instruction : stp_term_words(sheet, term);
	}
	return count;
}

/* ---- whole rules ---- */

const char *stp_often_words(const struct stp_sheet *sheet, const struct stp_care_rule *rule)
{
	const struct stp_words *words = &sheet->words;

	if (rule->daily_high > 0)
		return stp_say_range(words, STP_COUNTED_times_a_day, rule->daily_low,
				     rule->daily_high);
	if (rule->every.count > 0)
		return stp_every_words(words, rule->every,
				       rule->every_to.count > 0 ? rule->every_to : rule->every);
	return NULL;
}

static const char *except_words(const struct stp_sheet *sheet, const struct stp_care_rule *rule)
{
	const char **items = stp_alloc_array(sheet->context, rule->except_count, sizeof *items);

	for (size_t i = 0; i < rule->except_count; i++)
		items[i] = stp_term_words(sheet, rule->except[i]);
	return stp_list_and(&sheet->words, items, rule->except_count);
}

static const char *for_whom(const struct stp_sheet *sheet, const struct stp_care_rule *rule)
{
	const char *said = rule->when ? stp_condition_words(sheet, rule->when) : NULL;

	if (rule->only_for)
		said = both(sheet, said,
			    rule->only_for->if_phrase
				    ? rule->only_for->if_phrase
				    : SAY(sheet, condition_history, "term",
					  stp_term_words(sheet, rule->only_for), NULL));
	return said;
}

/* A rule in one sentence: for whom, what, when, how often. */
static const char *one_sentence(const struct stp_sheet *sheet, const struct stp_saying *saying)
{
	const char *said = saying->rule;

	if (saying->when)
		said = SAY(sheet, rule_when, "rule", said, "when", saying->when, NULL);
	if (saying->often)
		said = SAY(sheet, rule_often, "rule", said, "often", saying->often, NULL);
	if (saying->condition)
		said = SAY(sheet, rule_if, "condition", saying->condition, "rule", said, NULL);
	return stp_sentence(&sheet->words, said);
}

const char *stp_say_rule(const struct stp_sheet *sheet, const struct stp_saying *saying)
{
	const struct stp_words *words = &sheet->words;
	struct stp_saying rest = *saying;
	const char *before = NULL;
	const char *behind = NULL;
	const char *said = one_sentence(sheet, &rest);

	if (rest.condition && stp_word_count(said) > STP_SENTENCE_WORDS) {
		before = stp_sentence(words,
				      SAY(sheet, rule_for_whom, "condition", rest.condition, NULL));
		rest.condition = NULL;
		said = one_sentence(sheet, &rest);
	}
	if (rest.when && stp_word_count(said) > STP_SENTENCE_WORDS) {
		behind = stp_sentence(words, SAY(sheet, rule_how_long, "when", rest.when, NULL));
		rest.when = NULL;
		said = one_sentence(sheet, &rest);
	}
	return stp_join(words, stp_join(words, before, said), behind);
}

const char *stp_part_sentence(const struct stp_sheet *sheet, const struct stp_rule_part *part,
			      size_t first, size_t count)
{
	const struct stp_care_rule *rule = part->rule;
	struct stp_saying saying = {
		.rule = stp_part_words(sheet, rule->verb, part->phrase, part->items + first, count),
		.when = part->headed ? NULL : stp_window_words(sheet, rule),
		.often = stp_often_words(sheet, rule),
		.condition = for_whom(sheet, rule),
	};

	if (rule->except_count > 0)
		saying.rule = SAY(sheet, rule_except, "rule", saying.rule, "terms",
				  except_words(sheet, rule), NULL);
	return stp_say_rule(sheet, &saying);
}

const char *stp_explain_words(struct stp_sheet *sheet, const struct stp_term *const *terms,
			      size_t count, bool named)
{
	const struct stp_words *words = &sheet->words;
	const char *said = NULL;

	for (size_t i = 0; i < count; i++) {
		const struct stp_term *term = terms[i];
		const char *note = term->note;

		if (!note || sheet->explained[term->index] || sheet->ticks)
			continue;
		sheet->explained[term->index] = true;
		if (named)
			note = SAY(sheet, explanation, "term", stp_term_words(sheet, term), "note",
				   note, NULL);
		said = stp_join(words, said, stp_sentence(words, note));
	}
	return said;
}

/* The reason of a part, unless the sheet has given it for all these terms before; or NULL. */
static const char *new_reason(struct stp_sheet *sheet, const struct stp_rule_part *part,
			      size_t first, size_t count)
{
	bool new = false;

	for (size_t i = first; i < first + count; i++) {
		const char **said = &sheet->reasoned[part->terms[i]->index];

		new = new || !stp_same_text(*said, part->because);
		*said = part->because;
	}
	return new ? part->because : NULL;
}

const char *stp_part_remarks(struct stp_sheet *sheet, const char *said,
			     const struct stp_rule_part *part, size_t first, size_t count)
{
	const struct stp_words *words = &sheet->words;

	if (sheet->ticks)
		return said;
	const char *notes = stp_explain_words(sheet, part->terms + first, count, count > 1);

	if (!part->by_instruction) /* an order says what is meant */
		said = stp_join(words, said, notes);
	if (part->rule->how)
		said = stp_join(words, said,
				stp_sentence(words, SAY(sheet, manner, "how",
							stp_prose(sheet, part->rule->how), NULL)));
	const char *because = new_reason(sheet, part, first, count);
	if (because)
		said = stp_join(words, said,
				stp_sentence(words, SAY(sheet, reason, "reason",
							stp_prose(sheet, because), NULL)));
	return said;
}

static const char *make_rule_sentence(const struct stp_sheet *sheet, const void *part, size_t first,
				      size_t count)
{
	return stp_part_sentence(sheet, part, first, count);
}

const char *stp_short_sentence(const struct stp_sheet *sheet, stp_sentence_maker make,
			       const void *what, size_t first, size_t total, size_t *count)
{
	const char *sentence = make(sheet, what, first, 1);

	for (*count = 1; first + *count < total; (*count)++) {
		const char *longer = make(sheet, what, first, *count + 1);

		if (stp_word_count(longer) > STP_SENTENCE_WORDS)
			break;
		sentence = longer;
	}
	return sentence;
}

const char *stp_rule_words(const struct stp_sheet *sheet, const struct stp_care_rule *rule)
{
	struct stp_rule_part *parts;
	size_t part_count = stp_rule_parts(sheet, rule, STP_IN_BRIEF, &parts);
	const char *said = NULL;

	for (size_t i = 0; i < part_count; i++)
		for (size_t first = 0, count; first < parts[i].count; first += count)
			said = stp_join(&sheet->words, said,
					stp_short_sentence(sheet, make_rule_sentence, &parts[i],
							   first, parts[i].count, &count));
	return said;
}

struct listed {
	enum stp_phrase_id phrase;
	const char *const *items;
};

static const char *make_list_sentence(const struct stp_sheet *sheet, const void *what, size_t first,
				      size_t count)
{
	const struct listed *listed = what;
	const char *list = stp_list_and(&sheet->words, listed->items + first, count);

	return stp_sentence(&sheet->words,
			    stp_say(&sheet->words, listed->phrase, "terms", list, NULL));
}

const char *stp_list_sentences(const struct stp_sheet *sheet, enum stp_phrase_id phrase,
			       enum stp_phrase_id more, const char *const *items, size_t count)
{
	struct listed listed = { phrase, items };
	const char *said = NULL;

	for (size_t first = 0, taken; first < count; first += taken) {
		said = stp_join(&sheet->words, said,
				stp_short_sentence(sheet, make_list_sentence, &listed, first, count,
						   &taken));
		listed.phrase = more;
	}
	return said;
}
