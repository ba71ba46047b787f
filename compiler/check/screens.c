/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Screening rules that others make pointless, and the anaesthetic against what its medicine says
 * of itself.
 */
#include "check/checks.h"

#include <stdlib.h>

#include "model/broken.h"

/* ---- the strongest wins ---- */

static bool is_stronger(const struct stp_screen_rule *one, const struct stp_screen_rule *other)
{
	if (one->level != other->level)
		return one->level < other->level;
	return one->level != STP_WAIT ||
	       (stp_interval_seconds(one->wait) >= stp_interval_seconds(other->wait) &&
		stp_interval_seconds(one->wait_limit) >= stp_interval_seconds(other->wait_limit));
}

/* By the question, then by the place in the list. */
static int by_question(const void *one, const void *other)
{
	const struct stp_screen_rule *a = *(const struct stp_screen_rule *const *)one;
	const struct stp_screen_rule *b = *(const struct stp_screen_rule *const *)other;

	if (a->question != b->question)
		return a->question->index < b->question->index ? -1 : 1;
	return a < b ? -1 : a > b;
}

/* The rules that ask something, those about the same question beside one another. */
static const struct stp_screen_rule **sorted_screens(struct stp_checker *checker, size_t *count)
{
	const struct stp_protocol *protocol = checker->protocol;
	const struct stp_screen_rule **rules =
		stp_alloc_array(checker->context, protocol->screen_count, sizeof(*rules));

	*count = 0;
	for (size_t i = 0; i < protocol->screen_count; i++)
		if (protocol->screens[i].question != NULL)
			rules[(*count)++] = &protocol->screens[i];
	qsort(rules, *count, sizeof(*rules), by_question);
	return rules;
}

/* A rule for everybody about the same question, as strong; of two equal ones the first. */
static const struct stp_screen_rule *stronger_than(const struct stp_screen_rule *rule,
						   const struct stp_screen_rule *const *rules,
						   size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct stp_screen_rule *other = rules[i];

		if (other != rule && other->when == NULL &&
		    other->anaesthetic_only == rule->anaesthetic_only && is_stronger(other, rule) &&
		    (other < rule || rule->when != NULL || !is_stronger(rule, other)))
			return other;
	}
	return NULL;
}

static void report_pointless(struct stp_checker *checker, const struct stp_screen_rule *rule,
			     const struct stp_screen_rule *stronger)
{
	struct stp_diagnostic *diagnostic =
		stp_warn(checker->allowances, STP_D_pointless_screening, rule->term_span,
			 "another rule about `%s` is as strict", rule->term->name);

	if (diagnostic == NULL)
		return;
	stp_label(checker->context, diagnostic, stronger->term_span, "this one");
	stp_help(checker->context, diagnostic, "keep the one that is meant");
}

void stp_check_screens(struct stp_checker *checker)
{
	size_t count, end;
	const struct stp_screen_rule **rules = sorted_screens(checker, &count);

	for (size_t begin = 0; begin < count; begin = end) {
		for (end = begin; end < count && rules[end]->question == rules[begin]->question;)
			end++;
		for (size_t i = begin; i < end; i++) {
			const struct stp_screen_rule *stronger =
				stronger_than(rules[i], rules + begin, end - begin);

			if (stronger != NULL)
				report_pointless(checker, rules[i], stronger);
		}
	}
}

/* ---- the anaesthetic ---- */

static const char *show_time(struct stp_checker *checker, struct stp_duration time)
{
	static const char *const units[] = { "second", "minute", "hour", "day",
					     "week",   "month",  "year" };

	return stp_format(checker->context, "%lu %s%s", (unsigned long)time.count, units[time.unit],
			  time.count == 1 ? "" : "s");
}

/* An amount or an area, in the larger unit when it is a whole number of those. */
static const char *show_measure(struct stp_checker *checker, uint32_t value, uint32_t larger,
				const char *large, const char *small)
{
	bool whole = value % larger == 0;

	return stp_format(checker->context, "%lu %s",
			  (unsigned long)(whole ? value / larger : value), whole ? large : small);
}

/* "2.5 %" */
static const char *show_share(struct stp_checker *checker, uint32_t hundredths)
{
	unsigned long whole = hundredths / 100, rest = hundredths % 100;

	if (rest == 0)
		return stp_format(checker->context, "%lu %%", whole);
	if (rest % 10 == 0)
		return stp_format(checker->context, "%lu.%lu %%", whole, rest / 10);
	return stp_format(checker->context, "%lu.%02lu %%", whole, rest);
}

/* what: "at most 5 hours", which the medicine says of itself. */
static void report_beyond(struct stp_checker *checker, struct stp_span span, const char *what)
{
	const struct stp_anaesthetic *anaesthetic = &checker->protocol->anaesthetic;
	struct stp_diagnostic *diagnostic;

	if (span.source == 0)
		return;
	diagnostic = stp_report(checker->context, STP_D_beyond_medicine, span,
				"`%s` says of itself: %s", anaesthetic->medicine->name, what);
	stp_label(checker->context, diagnostic, anaesthetic->medicine->anaesthetic->origin.span,
		  "it says so here");
	stp_help(checker->context, diagnostic, "write %s", what);
}

static void check_time(struct stp_checker *checker, const struct stp_anaesthetic_facts *said,
		       const struct stp_anaesthetic_facts *facts)
{
	if (said->longest.count == 0)
		return; /* of none: that was reported */
	if (facts->longest.count != 0 &&
	    stp_interval_seconds(said->longest) > stp_interval_seconds(facts->longest))
		report_beyond(checker, said->time_span,
			      stp_format(checker->context, "at most %s",
					 show_time(checker, facts->longest)));
	else if (facts->least.count != 0 &&
		 stp_interval_seconds(said->least) < stp_interval_seconds(facts->least))
		report_beyond(checker, said->time_span,
			      stp_format(checker->context, "at least %s",
					 show_time(checker, facts->least)));
}

static void check_limits(struct stp_checker *checker)
{
	const struct stp_anaesthetic_facts *said = &checker->protocol->anaesthetic.said;
	const struct stp_anaesthetic_facts *facts =
		checker->protocol->anaesthetic.medicine->anaesthetic;

	check_time(checker, said, facts);
	if (facts->amount_limit_mg != 0 && said->amount_limit_mg > facts->amount_limit_mg)
		report_beyond(
			checker, said->amount_span,
			stp_format(checker->context, "at most %s",
				   show_measure(checker, facts->amount_limit_mg, 1000, "g", "mg")));
	if (facts->area_limit_mm2 != 0 && said->area_limit_mm2 > facts->area_limit_mm2)
		report_beyond(checker, said->area_span,
			      stp_format(checker->context, "at most %s",
					 show_measure(checker, facts->area_limit_mm2, 100, "cm2",
						      "mm2")));
	if (facts->dose_mg != 0 &&
	    (uint64_t)said->dose_mg * facts->dose_mm2 > (uint64_t)facts->dose_mg * said->dose_mm2)
		report_beyond(
			checker, said->dose_span,
			stp_format(checker->context, "at most %s on %s",
				   show_measure(checker, facts->dose_mg, 1000, "g", "mg"),
				   show_measure(checker, facts->dose_mm2, 100, "cm2", "mm2")));
	if (facts->strength_hundredths != 0 &&
	    said->strength_hundredths > facts->strength_hundredths)
		report_beyond(checker, said->strength_span,
			      stp_format(checker->context, "a strength of at most %s",
					 show_share(checker, facts->strength_hundredths)));
	if (facts->occlusion_said && said->occlusion_said && said->occlusion != facts->occlusion)
		report_beyond(checker, said->occlusion_span,
			      facts->occlusion ? "`occlusion yes`" : "`occlusion no`");
}

static void check_open(struct stp_checker *checker)
{
	const struct stp_anaesthetic *used = &checker->protocol->anaesthetic;
	bool timeless = used->said.time_span.source == 0;

	if (!timeless && used->said.occlusion_span.source != 0)
		return;
	stp_help(checker->context,
		 stp_report(checker->context, STP_D_anaesthetic_open, used->origin.span,
			    "nothing says %s",
			    timeless ? "how long it stays on the skin" : "whether it is covered"),
		 timeless ? "say the least and the longest behind its name, as in: for 60 to 90 min"
			  : "add `, occlusion yes` or `, occlusion no`: a wrong guess could harm");
}

static bool is_screened(const struct stp_protocol *protocol, const struct stp_term *term,
			bool for_anaesthetic)
{
	for (size_t i = 0; i < protocol->screen_count; i++) {
		const struct stp_screen_rule *rule = &protocol->screens[i];

		if (rule->term != NULL && rule->when == NULL && rule->scope != STP_SPOT &&
		    (rule->level == STP_EXCLUDE || rule->level == STP_CLEAR) &&
		    (for_anaesthetic || !rule->anaesthetic_only) &&
		    stp_term_within(term, rule->term))
			return true;
	}
	return false;
}

/* Of all its groups too: what a numbing cream excludes, each numbing cream does. */
static void check_exclusions(struct stp_checker *checker, const struct stp_term *used,
			     struct stp_span span, bool for_anaesthetic)
{
	struct stp_string missing;
	struct stp_diagnostic *diagnostic;

	stp_string_init(&missing, checker->context);
	for (const struct stp_term *at = used; at != NULL; at = at->parent)
		for (size_t i = 0; i < at->exclude_count; i++)
			if (!is_screened(checker->protocol, at->excludes[i], for_anaesthetic) &&
			    !stp_is_named_in_broken(checker->context, checker->protocol,
						    at->excludes[i]->name))
				stp_addf(&missing, "%s%s", missing.length == 0 ? "" : ", ",
					 at->excludes[i]->name);
	if (missing.length == 0)
		return;
	diagnostic = stp_report(checker->context, STP_D_medicine_unscreened, span,
				"`%s` excludes people whom nobody asks about: %s", used->name,
				missing.text);
	stp_label(checker->context, diagnostic, used->origin.span, "it says so itself");
	stp_help(checker->context, diagnostic, "add to `screen`: %s %s",
		 for_anaesthetic ? "without anaesthetic for" : "exclude", missing.text);
}

/* What clients are told to use, or may use. */
void stp_check_products(struct stp_checker *checker)
{
	for (size_t i = 0; i < checker->protocol->care_count; i++) {
		const struct stp_care_rule *rule = &checker->protocol->care[i];

		if (rule->verb == STP_USE || rule->verb == STP_ONLY || rule->verb == STP_MAY)
			for (size_t j = 0; j < rule->term_count; j++)
				check_exclusions(checker, rule->terms[j], rule->term_spans[j],
						 false);
	}
}

/* What all zones that may be treated are together, as far as their declarations say. */
static uint64_t whole_area_mm2(const struct stp_protocol *protocol)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < protocol->zone_count; i++)
		if (!protocol->zones[i].never)
			sum += protocol->zones[i].zone->area_mm2;
	return sum;
}

/* Nobody need numb all zones in one visit, so this is told and not refused. */
static void check_whole_area(struct stp_checker *checker)
{
	const struct stp_anaesthetic *used = &checker->protocol->anaesthetic;
	uint64_t sum = whole_area_mm2(checker->protocol);
	struct stp_diagnostic *diagnostic;

	if (used->area_limit_mm2 == 0 || sum <= used->area_limit_mm2)
		return;
	diagnostic = stp_warn(checker->allowances, STP_D_area_together, used->origin.span,
			      "the zones together are about %lu cm2, and it may cover %s",
			      (unsigned long)((sum + 99) / 100),
			      show_measure(checker, used->area_limit_mm2, 100, "cm2", "mm2"));
	if (diagnostic != NULL)
		stp_help(checker->context, diagnostic,
			 "treat fewer zones, or say how they are divided over visits in an "
			 "`allow`");
}

void stp_check_anaesthetic(struct stp_checker *checker)
{
	if (checker->protocol->anaesthetic.medicine == NULL)
		return;
	check_limits(checker);
	check_whole_area(checker);
	check_open(checker);
	check_exclusions(checker, checker->protocol->anaesthetic.medicine,
			 checker->protocol->anaesthetic.said.name_span, true);
}
