/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rules under a condition that nobody meets who is let through; nobody let through at all; and
 * zones that are `never` for everybody who is.
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

void stp_check_nobody_left(struct stp_checker *checker)
{
	const struct stp_protocol *protocol = checker->protocol;
	struct stp_condition uncovered;

	checker->cover.count = checker->cover.screening;
	check_everybody(checker);
	for (size_t i = 0; i < protocol->when_count; i++) {
		struct stp_diagnostic *diagnostic;

		if (stp_find_uncovered(&checker->cover, protocol->whens[i], &uncovered) ||
		    checker->cover.exhausted)
			continue;
		diagnostic =
			stp_warn(checker->allowances, STP_D_nobody_left, protocol->whens[i]->span,
				 "screening refuses every client of whom this holds");
		if (diagnostic != NULL)
			stp_help(checker->context, diagnostic, "take the rules under it away");
	}
}
