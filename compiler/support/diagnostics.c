/* SPDX-License-Identifier: Apache-2.0 */
/* A context's diagnostics: kept in the order reported, each once, no more than a page or two. */
#include "support/support.h"

#include <stdlib.h>
#include <string.h>

const char *const stp_severity_words[] = { "note", "warning", "error" };

const struct stp_diagnostic_kind stp_diagnostic_kinds[STP_DIAGNOSTIC_COUNT] = {
#define STP_DIAGNOSTIC(number, name, severity, title, explanation)                                 \
	{ "ST" #number, #name, severity, title, explanation },
#include "support/diagnostics.def"
#undef STP_DIAGNOSTIC
};

/* What came from a source must not steer the terminal, nor end the line of a message. */
void stp_add_harmless(struct stp_string *out, const char *text, size_t length)
{
	for (size_t at = 0; at < length;) {
		uint32_t point = 0;
		size_t bytes = stp_utf8_decode(text + at, length - at, &point);

		if (point == '\n' || point == '\t')
			stp_add(out, point == '\n' ? "\\n" : "\\t");
		else if (bytes == 0 || point == '\r' || (stp_is_deceptive(point) && point < 0x80))
			stp_addf(out, "\\x%02x", (unsigned)(unsigned char)text[at]);
		else if (stp_is_deceptive(point))
			stp_addf(out, "U+%04X", (unsigned)point);
		else
			stp_add_bytes(out, text + at, bytes);
		at += bytes == 0 ? 1 : bytes;
	}
}

/* The begin of a text that is longer than anybody reads, such as a name of a megabyte. */
static size_t readable(const char *text)
{
	size_t length = strlen(text);

	if (length <= STP_MESSAGE_MOST)
		return length;
	for (length = STP_MESSAGE_MOST; length > 0 && (text[length] & 0xc0) == 0x80;)
		length--;
	return length;
}

static const char *harmless(struct stp_context *context, const char *text)
{
	size_t length = readable(text);
	struct stp_string clean;

	stp_string_init(&clean, context);
	stp_add(&clean, "");
	stp_add_harmless(&clean, text, length);
	if (text[length] != '\0')
		stp_add(&clean, " …");
	return clean.text;
}

static const char *formatted(struct stp_context *context, const char *format, va_list arguments)
{
	return harmless(context, stp_vformat(context, format, arguments));
}

/* What was said before about the same; without a place the message is what tells them apart. */
static struct stp_diagnostic *find(struct stp_context *context, enum stp_diagnostic_id id,
				   struct stp_span span, const char *message)
{
	struct stp_diagnostic *at = context->first_diagnostic;

	while (at != NULL && (at->id != id || at->span.source != span.source ||
			      at->span.begin != span.begin || at->span.end != span.end ||
			      (span.source == 0 && strcmp(at->message, message) != 0)))
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

/* What is handed back when a diagnostic is not kept: one that nobody prints. */
static struct stp_diagnostic *unkept(struct stp_context *context)
{
	if (context->unkept == NULL)
		context->unkept = stp_alloc(context, sizeof *context->unkept);
	return context->unkept;
}

struct stp_diagnostic *stp_report(struct stp_context *context, enum stp_diagnostic_id id,
				  struct stp_span span, const char *format, ...)
{
	enum stp_severity severity = stp_severity_of(context, id);
	bool is_enough = context->reported[severity] >= STP_DIAGNOSTICS_MAX;
	struct stp_diagnostic *diagnostic;
	const char *message = NULL;
	va_list arguments;

	if (stp_is_switched_off(context, id))
		return unkept(context);
	if (!is_enough || span.source == 0) { /* else nobody reads it */
		va_start(arguments, format);
		message = formatted(context, format, arguments);
		va_end(arguments);
	}
	diagnostic = find(context, id, span, message);
	if (diagnostic != NULL)
		return diagnostic;
	context->reported[severity]++;
	if (is_enough)
		return unkept(context);
	diagnostic = stp_alloc(context, sizeof *diagnostic);
	diagnostic->order =
		context->last_diagnostic == NULL ? 0 : context->last_diagnostic->order + 1;
	diagnostic->id = id;
	diagnostic->severity = severity;
	diagnostic->span = span;
	diagnostic->message = message;
	return keep(context, diagnostic);
}

void stp_label(struct stp_context *context, struct stp_diagnostic *diagnostic, struct stp_span span,
	       const char *format, ...)
{
	struct stp_label *label;
	struct stp_label **end = &diagnostic->labels;
	va_list arguments;
	size_t count = 0;

	for (; *end != NULL; end = &(*end)->next)
		count++;
	if (diagnostic == context->unkept || count == STP_LABELS_MOST)
		return;
	label = stp_alloc(context, sizeof *label);
	va_start(arguments, format);
	label->text = formatted(context, format, arguments);
	va_end(arguments);
	label->span = span;
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
	return context->reported[STP_ERROR];
}

size_t stp_warning_count(const struct stp_context *context)
{
	return context->reported[STP_WARNING];
}

const struct stp_diagnostic *stp_diagnostics(const struct stp_context *context)
{
	return context->first_diagnostic;
}

static int by_place(const void *a, const void *b)
{
	const struct stp_diagnostic *x = *(const struct stp_diagnostic *const *)a;
	const struct stp_diagnostic *y = *(const struct stp_diagnostic *const *)b;

	if (x->span.source != y->span.source)
		return x->span.source < y->span.source ? -1 : 1;
	if (x->span.begin != y->span.begin)
		return x->span.begin < y->span.begin ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

const struct stp_diagnostic **stp_diagnostics_sorted(struct stp_context *context, size_t *count)
{
	const size_t room = 3 * STP_DIAGNOSTICS_MAX;
	const struct stp_diagnostic **sorted = stp_alloc_array(context, room, sizeof *sorted);

	*count = 0;
	for (const struct stp_diagnostic *at = context->first_diagnostic; at != NULL; at = at->next)
		sorted[(*count)++] = at;
	qsort(sorted, *count, sizeof *sorted, by_place);
	return sorted;
}

bool stp_diagnostics_cut(const struct stp_context *context)
{
	for (size_t i = 0; i < sizeof context->reported / sizeof *context->reported; i++)
		if (context->reported[i] > STP_DIAGNOSTICS_MAX)
			return true;
	return false;
}
