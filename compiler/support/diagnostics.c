/* SPDX-License-Identifier: Apache-2.0 */
/* The diagnostics of a context: kept in the order reported, each once, no more than a page or two. */
#include "support/support.h"

#include <string.h>

const struct stp_diagnostic_kind stp_diagnostic_kinds[STP_DIAGNOSTIC_COUNT] = {
#define STP_DIAGNOSTIC(number, name, severity, title, explanation)                                 \
	{ "ST" #number, #name, severity, title, explanation },
#include "support/diagnostics.def"
#undef STP_DIAGNOSTIC
};

/* What came from a source must not steer the terminal: controls are written as \xNN. */
static const char *harmless(struct stp_context *context, const char *text)
{
	size_t length = strlen(text);
	struct stp_string clean;

	stp_string_init(&clean, context);
	stp_add(&clean, "");
	for (size_t at = 0; at < length;) {
		uint32_t point = 0;
		size_t bytes = stp_utf8_decode(text + at, length - at, &point);

		if (bytes == 0 || (stp_is_deceptive(point) && point < 0x80))
			stp_addf(&clean, "\\x%02x", (unsigned)(unsigned char)text[at]);
		else if (stp_is_deceptive(point))
			stp_addf(&clean, "U+%04X", (unsigned)point);
		else
			stp_add_bytes(&clean, text + at, bytes);
		at += bytes == 0 ? 1 : bytes;
	}
	return clean.text;
}

static const char *formatted(struct stp_context *context, const char *format, va_list arguments)
{
	return harmless(context, stp_vformat(context, format, arguments));
}

static struct stp_diagnostic *find(struct stp_context *context, enum stp_diagnostic_id id,
				   struct stp_span span)
{
	struct stp_diagnostic *at = context->first_diagnostic;

	/* Without a place the message is what tells them apart. */
	while (at != NULL && (span.source == 0 || at->id != id || at->span.source != span.source ||
			      at->span.begin != span.begin || at->span.end != span.end))
		at = at->next;
	return at;
}

static struct stp_diagnostic *keep(struct stp_context *context, struct stp_diagnostic *diagnostic)
{
	if (context->last_diagnostic != NULL)
		context->last_diagnostic->next = diagnostic;
	else
		context->first_diagnostic = diagnostic;
	context->last_diagnostic = diagnostic;
	return diagnostic;
}

/* Once enough are kept, the others are counted, and one that nobody prints is handed back. */
static bool is_enough(struct stp_context *context, enum stp_diagnostic_id id)
{
	context->errors += stp_diagnostic_kinds[id].severity == STP_ERROR;
	context->warnings += stp_diagnostic_kinds[id].severity == STP_WARNING;
	if (context->diagnostic_count++ < STP_DIAGNOSTICS_MAX)
		return false;
	if (context->unkept == NULL)
		context->unkept = stp_alloc(context, sizeof *context->unkept);
	return true;
}

struct stp_diagnostic *stp_report(struct stp_context *context, enum stp_diagnostic_id id,
				  struct stp_span span, const char *format, ...)
{
	struct stp_diagnostic *diagnostic = find(context, id, span);
	va_list arguments;

	if (diagnostic != NULL)
		return diagnostic;
	if (is_enough(context, id))
		return context->unkept;
	diagnostic = stp_alloc(context, sizeof *diagnostic);
	diagnostic->id = id;
	diagnostic->severity = stp_diagnostic_kinds[id].severity;
	diagnostic->span = span;
	va_start(arguments, format);
	diagnostic->message = formatted(context, format, arguments);
	va_end(arguments);
	return keep(context, diagnostic);
}

void stp_label(struct stp_context *context, struct stp_diagnostic *diagnostic, struct stp_span span,
	       const char *format, ...)
{
	struct stp_label *label;
	struct stp_label **end = &diagnostic->labels;
	va_list arguments;

	if (diagnostic == context->unkept)
		return;
	label = stp_alloc(context, sizeof *label);
	va_start(arguments, format);
	label->text = formatted(context, format, arguments);
	va_end(arguments);
	label->span = span;
	while (*end != NULL)
		end = &(*end)->next;
	*end = label;
}

void stp_help(struct stp_context *context, struct stp_diagnostic *diagnostic, const char *format,
	      ...)
{
	va_list arguments;

	if (diagnostic == context->unkept)
		return;
	va_start(arguments, format);
	diagnostic->help = formatted(context, format, arguments);
	va_end(arguments);
}

void stp_fix(struct stp_context *context, struct stp_diagnostic *diagnostic, struct stp_span span,
	     const char *text)
{
	struct stp_fix *fix;
	struct stp_fix **end = &diagnostic->fixes;

	if (diagnostic == context->unkept)
		return;
	fix = stp_alloc(context, sizeof *fix);
	fix->span = span;
	fix->text = stp_copy_text(context, text, strlen(text));
	while (*end != NULL)
		end = &(*end)->next;
	*end = fix;
}

size_t stp_error_count(const struct stp_context *context)
{
	return context->errors;
}

size_t stp_warning_count(const struct stp_context *context)
{
	return context->warnings;
}

const struct stp_diagnostic *stp_diagnostics(const struct stp_context *context)
{
	return context->first_diagnostic;
}
