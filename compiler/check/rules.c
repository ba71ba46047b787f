/* SPDX-License-Identifier: Apache-2.0 */
/* Rules under a condition that nobody meets who is let through; and nobody let through at all. */
#include "check/checks.h"

static void check_everybody(struct stp_checker *checker)
{
	struct stp_condition everyone = stp_everyone(), uncovered;

	if (!stp_find_uncovered(&checker->cover, &everyone, &uncovered) &&
	    !checker->cover.exhausted)
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
