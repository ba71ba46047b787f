/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rules under a condition that nobody meets who is let through, or of a depth that no zone reaches;
 * nobody let through at all; and zones that are `never` for everybody who is.
 */
#include "check/checks.h"

/* False also when it could not be decided. */
static bool covers_everybody(struct stp_checker *checker)
{
	struct stp_condition everyone = stp_everyone(), uncovered;

	return !stp_find_uncovered(&checker->cover, &everyone, &uncovered) &&
	       !checker->cover.exhausted;
}

static void report_never(struct stp_checker *checker, const struct stp_zone_plan *plan)
{
	struct stp_context *context = checker->context;
	const struct stp_never *last = &plan->never_when[plan->never_when_count - 1];
	struct stp_diagnostic *diagnostic =
		stp_report(context, STP_D_nobody_treated, last->origin->span,
			   "nobody who is let through may be treated in `%s`", plan->zone->name);

	if (diagnostic->help != NULL)
		return; /* said of another zone, or of a protocol that is extended */
	for (const struct stp_never *never = plan->never_when; never != last; never++)
		if (never->origin != last->origin)
			stp_label(context, diagnostic, never->origin->span,
				  "never for others here");
	stp_help(context, diagnostic,
		 "say `never` in the zone's own block if it is meant, else of fewer clients");
}

static void check_zones(struct stp_checker *checker)
{
	for (size_t i = 0; i < checker->protocol->zone_count; i++) {
		const struct stp_zone_plan *plan = &checker->protocol->zones[i];

		if (plan->never || plan->never_when_count == 0)
			continue;
		stp_cover_zone(&checker->cover, plan);
		if (covers_everybody(checker))
			report_never(checker, plan);
	}
	checker->cover.count = checker->cover.screening;
}

static void check_everybody(struct stp_checker *checker)
{
	if (!covers_everybody(checker))
		check_zones(checker);
	else
		stp_help(checker->context,
			 stp_report(checker->context, STP_D_nobody_treated,
				    checker->protocol->name_span,
				    "the screening of `%s` refuses everybody",
				    checker->protocol->name),
			 "see what `exclude`, `operator` and the course's limit refuse together");
}

/* The greatest depth that anybody can have had. */
static uint32_t deepest(const struct stp_protocol *protocol)
{
	uint32_t deepest = 0;

	for (size_t i = 0; i < protocol->zone_count; i++) {
		const struct stp_zone_plan *plan = &protocol->zones[i];

		if (!plan->never && plan->settings[STP_DEPTH].limit_high.value > deepest)
			deepest = plan->settings[STP_DEPTH].limit_high.value;
	}
	return deepest;
}

/* Whom a condition means: nobody who is let through, nobody at all, or NULL for somebody. */
static const char *nobody_meant(struct stp_checker *checker, const struct stp_condition *when,
				uint32_t deepest)
{
	struct stp_condition uncovered;

	if (when->depth_low_um > deepest)
		return "no zone may be needled so deep";
	if (stp_find_uncovered(&checker->cover, when, &uncovered) || checker->cover.exhausted)
		return NULL;
	return "screening refuses every client of whom this holds";
}

void stp_check_nobody_left(struct stp_checker *checker)
{
	const struct stp_protocol *protocol = checker->protocol;
	uint32_t greatest = deepest(protocol);

	checker->cover.count = checker->cover.screening;
	check_everybody(checker);
	for (size_t i = 0; i < protocol->when_count; i++) {
		const struct stp_condition *when = protocol->whens[i];
		const char *nobody = nobody_meant(checker, when, greatest);
		struct stp_diagnostic *diagnostic =
			nobody == NULL ? NULL
				       : stp_warn(checker->allowances, STP_D_nobody_left,
						  when->span, "%s", nobody);

		if (diagnostic != NULL)
			stp_help(checker->context, diagnostic, "take the rules under it away");
	}
}
