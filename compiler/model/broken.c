/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What could not be understood, and was reported when it was parsed (ST01 and ST02): what seems to
 * be missing there may be there, so that nothing more is said of it.
 */
#include "model/broken.h"

#include <string.h>

bool stp_is_broken(const struct stp_context *context, struct stp_span span)
{
	const struct stp_diagnostic *at = stp_diagnostics(context);
	const struct stp_source *source = stp_source_by_id(context, span.source);

	if (at == NULL || source == NULL)
		return false;
	span.end += (uint32_t)strspn(source->text + span.end, " \t\r\n");

	while (at != NULL && (at->id >= STP_D_duplicate_name || at->span.source != span.source ||
			      at->span.begin < span.begin || at->span.begin > span.end))
		at = at->next;
	return at != NULL;
}

bool stp_is_unclosed(const struct stp_context *context, uint32_t source)
{
	const struct stp_diagnostic *at = stp_diagnostics(context);

	while (at != NULL && ((at->id != STP_D_unclosed_block && at->id != STP_D_nesting) ||
			      at->span.source != source))
		at = at->next;
	return at != NULL;
}

bool stp_is_protocol_broken(const struct stp_context *context, const struct stp_protocol *protocol)
{
	while (protocol != NULL && !stp_is_broken(context, protocol->span))
		protocol = protocol->extends;
	return protocol != NULL;
}
