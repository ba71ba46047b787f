/* SPDX-License-Identifier: Apache-2.0 */
/* Rules under a condition that nobody meets who is let through. */
#include "check/checks.h"

void stp_check_nobody_left(struct stp_checker *checker)
{
	const struct stp_protocol *protocol = checker->protocol;
	struct stp_condition uncovered;

	checker->cover.count = checker->cover.screening;
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
