/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a handout cannot do without, said as soon as a protocol is checked: whoever has written
 * for clients wants to be read. A protocol for a device alone says nothing to clients, and
 * nothing is asked of it. Language reference, "What is checked".
 */
#include "check/checks.h"

static bool speaks_to_clients(const struct stp_protocol *protocol)
{
	return protocol->message != NULL || protocol->summary != NULL || protocol->help_count > 0 ||
	       protocol->benefit_count > 0 || protocol->risk_count > 0;
}

/* Adds what lacks to the list: `message`, `ask us for` and so on. */
static size_t missing(const struct stp_protocol *protocol, const char **list)
{
	static const char *const statements[STP_URGENCIES] = { "`ask us for`", "`call us for`",
							       "`call emergency for`" };
	bool said[STP_URGENCIES] = { false };
	size_t count = 0;

	if (protocol->message == NULL)
		list[count++] = "`message`";
	for (size_t i = 0; i < protocol->help_count; i++)
		said[protocol->helps[i].urgency] = true;
	for (int urgency = 0; urgency < STP_URGENCIES; urgency++)
		if (!said[urgency])
			list[count++] = statements[urgency];
	return count;
}

void stp_check_sheet(struct stp_checker *checker)
{
	const struct stp_protocol *protocol = checker->protocol;
	const char *list[STP_URGENCIES + 1];
	size_t count = missing(protocol, list);
	struct stp_diagnostic *diagnostic;

	/* After a fault, what lacks may be what could not be read. */
	if (count == 0 || !speaks_to_clients(protocol) || stp_error_count(checker->context) > 0)
		return;
	diagnostic = stp_warn(checker->allowances, STP_D_not_for_clients, protocol->name_span,
			      "no handout can be written of `%s`: it lacks %s", protocol->name,
			      stp_in_a_row(checker->context, list, count));
	if (diagnostic != NULL)
		stp_help(checker->context, diagnostic,
			 "say what clients must remember, and for what they ask, call you and call "
			 "an ambulance");
}
