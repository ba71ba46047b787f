/* SPDX-License-Identifier: Apache-2.0 */
/* An approval holds until the day of its review. Language reference, "Protocols". */
#include "check/checks.h"

void stp_check_approval(struct stp_checker *checker)
{
	const struct stp_protocol *protocol = checker->protocol;
	const struct stp_date due = protocol->review_by;
	struct stp_diagnostic *diagnostic;

	if (checker->context->today == 0 || due.year == 0 ||
	    STP_DAY_NUMBER(due.year, due.month, due.day) >= checker->context->today)
		return;
	diagnostic = stp_warn(checker->allowances, STP_D_lapsed_approval, protocol->status_span,
			      "the approval by %s has lapsed: its review was due on %u-%02u-%02u",
			      protocol->approved_by, due.year, due.month, due.day);
	if (diagnostic != NULL)
		stp_help(checker->context, diagnostic,
			 "have it looked at, and write down who did and when the next review is "
			 "due");
}
