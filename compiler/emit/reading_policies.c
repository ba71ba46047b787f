/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The policies that are in force for a protocol, read back: what they limit, what they require and
 * forbid, and which of them do not hold for it. Limits of settings are read in reading_zones.c, and
 * those of the course for some clients with the course. Language reference, "Policies".
 */
#include "emit/reading.h"

#include "emit/card.h"
#include "model/policies.h"

/* ---- where a rule holds ---- */

static void add_place(struct stp_string *out, const char *words)
{
	stp_addf(out, "%s%s", out->length > 0 ? " and " : "", words);
}

/* "in face and where needling may go deeper than 1 mm"; empty when it holds everywhere. */
static const char *places_words(struct stp_sheet *sheet, const struct stp_house_scope *scope)
{
	struct stp_context *context = sheet->context;
	struct stp_string out;

	stp_string_init(&out, context);
	stp_add(&out, "");
	for (; scope != NULL; scope = scope->outer) {
		if (scope->treats != NULL)
			add_place(&out, stp_format(context, "in what treats %s",
						   stp_term_words(sheet, scope->treats)));
		if (scope->zone != NULL)
			add_place(&out, stp_format(context, "in %s",
						   stp_label_words(&sheet->words, scope->zone->name,
								   scope->zone->label)));
		if (scope->has_modality)
			add_place(&out, stp_format(context, "with a %s",
						   stp_modality_names[scope->modality]));
		if (scope->has_depth)
			add_place(&out, stp_format(context, "where needling may go deeper than %s",
						   stp_setting_words(sheet, STP_DEPTH,
								     scope->depth_over_um,
								     scope->depth_over_um)));
	}
	return out.text;
}

/* ---- one rule ---- */

static const char *limit_words(struct stp_sheet *sheet, const struct stp_house_rule *rule)
{
	struct stp_context *context = sheet->context;
	const struct stp_words *words = &sheet->words;

	if (rule->kind == STP_HOUSE_COURSE && rule->time.count > 0)
		return stp_format(context,
				  "at least %s between two sessions; the device refuses one that "
				  "comes sooner",
				  stp_time_words(words, rule->time));
	if (rule->kind == STP_HOUSE_COURSE)
		return stp_format(context, "at most %lu sessions; the device refuses one more",
				  (unsigned long)rule->sessions);
	if (rule->time.count > 0)
		return stp_format(context, "the anaesthetic stays on the skin for at most %s",
				  stp_time_words(words, rule->time));
	if (rule->amount_mg > 0)
		return stp_format(context, "at most %s g of the anaesthetic",
				  stp_decimal(words, rule->amount_mg, MG_DECIMALS));
	return stp_format(context, "the anaesthetic on at most %s cm2",
			  stp_decimal(words, rule->area_mm2, MM2_DECIMALS));
}

/* As it is said, whatever the protocol says of the same thing. */
static const char *care_words(struct stp_sheet *sheet, const struct stp_house_rule *rule)
{
	const char *side = rule->care->after ? "after the visit" : "before the visit";
	struct stp_protocol nothing = *sheet->protocol;
	struct stp_sheet alone = *sheet;

	nothing.care_count = 0;
	alone.protocol = &nothing;
	return stp_format(sheet->context, "%s: %s",
			  rule->at_any_time ? "before or after the visit" : side,
			  stp_rule_words(&alone, rule->care));
}

/* "requires: not treated: pregnancy" */
static const char *rule_words(struct stp_sheet *sheet, const struct stp_house_rule *rule)
{
	const struct stp_condition_term operators = { rule->operators, rule->operator_values };
	struct stp_context *context = sheet->context;

	switch (rule->kind) {
	case STP_REQUIRE_SCREENING:
		return stp_format(context, "requires: %s",
				  stp_read_screening(sheet, rule->screens, rule->screen_count));
	case STP_REQUIRE_CARE: return stp_format(context, "requires: %s", care_words(sheet, rule));
	case STP_REQUIRE_OPERATOR:
		return stp_format(context, "requires: nobody treats but %s",
				  stp_values_words(sheet, &operators));
	case STP_FORBID_CARE: return stp_format(context, "forbids: %s", care_words(sheet, rule));
	case STP_FORBID_TREATING:
		return stp_format(context, "forbids to treat %s",
				  stp_term_words(sheet, rule->treats));
	default: return stp_format(context, "limits: %s", limit_words(sheet, rule));
	}
}

static void read_rule(struct stp_sheet *sheet, struct stp_readings *readings,
		      const struct stp_house_rule *rule)
{
	const char *places = places_words(sheet, rule->scope);
	struct stp_reading *reading = stp_reading_at(sheet, readings, &rule->origin, NULL);
	const char *said = stp_format(sheet->context, "%s%sthe policy %s %s", places,
				      *places != '\0' ? ", " : "", rule->policy->name,
				      rule_words(sheet, rule));

	reading->sentence =
		stp_sentence(&sheet->words, stp_reading_when(sheet, rule->scope->when, said));
	reading->has_number = rule->kind < STP_REQUIRE_SCREENING;
}

static void read_exception(struct stp_sheet *sheet, struct stp_readings *readings,
			   const struct stp_provenance *except, const char *what)
{
	const char *said = stp_format(sheet->context, "%s not hold for this protocol: %s", what,
				      except->because);

	stp_reading_at(sheet, readings, except, NULL)->sentence = stp_sentence(&sheet->words, said);
}

/* ---- all of them ---- */

/* What is not read with the settings or with the course. */
static bool is_read_here(const struct stp_house_rule *rule)
{
	return rule->kind != STP_HOUSE_SETTING &&
	       (rule->kind != STP_HOUSE_COURSE || rule->scope->when == NULL);
}

static void read_policy(struct stp_sheet *sheet, struct stp_readings *readings,
			const struct stp_policy *policy)
{
	for (size_t i = 0; i < policy->rule_count; i++) {
		const struct stp_house_rule *rule = &policy->rules[i];
		const struct stp_house_exception *except =
			stp_house_exception(rule->scope, sheet->protocol);

		if (!stp_house_speaks_of(rule->scope, sheet->protocol))
			continue;
		if (except != NULL)
			read_exception(sheet, readings, &except->origin,
				       stp_format(sheet->context, "some rules of the policy %s do",
						  policy->name));
		else if (is_read_here(rule))
			read_rule(sheet, readings, rule);
	}
}

void stp_read_policies(struct stp_sheet *sheet, struct stp_readings *readings)
{
	for (size_t i = 0; i < sheet->protocol->policy_count; i++) {
		const struct stp_policy_use *use = &sheet->protocol->policies[i];

		if (use->except != NULL)
			read_exception(sheet, readings, use->except,
				       stp_format(sheet->context, "the policy %s does",
						  use->policy->name));
		else
			read_policy(sheet, readings, use->policy);
	}
}

bool stp_is_of_policy(const struct stp_protocol *protocol, struct stp_span span)
{
	for (size_t i = 0; i < protocol->policy_count; i++) {
		struct stp_span all = protocol->policies[i].policy->span;

		if (span.source == all.source && span.begin >= all.begin && span.end <= all.end)
			return true;
	}
	return false;
}
