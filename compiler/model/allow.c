/* SPDX-License-Identifier: Apache-2.0 */
/* The `allow` statements of a compilation, and the warnings that they answer. */
#include "model/allow.h"

#include <string.h>

static void report_no_warning(struct stp_allowances *allowances, const char *name,
			      struct stp_span named)
{
	struct stp_context *context = allowances->context;
	struct stp_diagnostic *diagnostic =
		stp_report(context, STP_D_unknown_warning, named,
			   "there is no warning of the name `%s`", name);
	const char *names[STP_DIAGNOSTIC_COUNT];
	size_t count = 0;
	const char *nearest;

	for (size_t i = 0; i < STP_DIAGNOSTIC_COUNT; i++)
		if (stp_diagnostic_kinds[i].severity != STP_ERROR)
			names[count++] = stp_diagnostic_kinds[i].name;
	nearest = stp_nearest(name, names, count);
	if (nearest == NULL) {
		stp_help(context, diagnostic, "warnings can be allowed, errors cannot");
		return;
	}
	stp_help(context, diagnostic, "did you mean `%s`?", nearest);
	stp_fix(context, diagnostic, named, nearest);
}

void stp_allow(struct stp_allowances *allowances, const char *name, struct stp_span named,
	       struct stp_span span, struct stp_span where)
{
	bool known = false;

	for (size_t i = 0; i < STP_DIAGNOSTIC_COUNT && !known; i++)
		known = stp_diagnostic_kinds[i].severity != STP_ERROR &&
			strcmp(stp_diagnostic_kinds[i].name, name) == 0;
	if (!known) {
		report_no_warning(allowances, name, named);
		return;
	}
	allowances->items = stp_grow(allowances->context, allowances->items, allowances->count,
				     &allowances->room, sizeof *allowances->items);
	allowances->items[allowances->count++] = (struct stp_allowance){ name, where, span, false };
}

static bool is_allowed(struct stp_allowances *allowances, const char *name, struct stp_span span)
{
	bool allowed = false;

	for (size_t i = 0; i < allowances->count; i++) {
		struct stp_allowance *at = &allowances->items[i];

		if (at->where.source != span.source || span.begin < at->where.begin ||
		    span.end > at->where.end || strcmp(at->name, name) != 0)
			continue;
		at->used = true;
		allowed = true;
	}
	return allowed;
}

struct stp_diagnostic *stp_warn(struct stp_allowances *allowances, enum stp_diagnostic_id id,
				struct stp_span span, const char *format, ...)
{
	va_list arguments;
	const char *message;

	if (is_allowed(allowances, stp_diagnostic_kinds[id].name, span))
		return NULL;
	va_start(arguments, format);
	message = stp_vformat(allowances->context, format, arguments);
	va_end(arguments);
	return stp_report(allowances->context, id, span, "%s", message);
}

void stp_report_unused(struct stp_allowances *allowances)
{
	for (size_t i = 0; i < allowances->count; i++) {
		const struct stp_allowance *at = &allowances->items[i];

		if (!at->used)
			stp_help(allowances->context,
				 stp_report(allowances->context, STP_D_allows_nothing, at->span,
					    "this allows `%s`, of which there is none here",
					    at->name),
				 "take it away");
	}
}
