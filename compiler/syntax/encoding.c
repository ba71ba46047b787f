/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a source may be made of, checked before anything else reads it: UTF-8, without NUL,
 * controls, bidirectional marks or invisible formatting, anywhere, comments included.
 */
#include "syntax/parse.h"

#include <string.h>

static void refuse(struct stp_context *context, const struct stp_source *source, size_t at,
		   size_t bytes, uint32_t point)
{
	struct stp_span span = { source->id, (uint32_t)at,
				 (uint32_t)(at + (bytes == 0 ? 1 : bytes)) };
	struct stp_diagnostic *diagnostic;

	if (bytes == 0) {
		diagnostic =
			stp_report(context, STP_D_bad_utf8, span,
				   "this file is not UTF-8 text: byte 0x%02x does not belong here",
				   (unsigned)(unsigned char)source->text[at]);
		stp_help(context, diagnostic,
			 "save it as UTF-8, or check that it is a source at all");
		return;
	}
	diagnostic = stp_report(context, STP_D_bad_character, span,
				"the character U+%04X is invisible or changes how text is shown",
				(unsigned)point);
	stp_help(context, diagnostic, "delete it; a reader could not see what it does");
	stp_fix(context, diagnostic, span, "");
}

/* A carriage return that ends no line would hide what stands before it. */
static bool is_lone_return(const struct stp_source *source, size_t at)
{
	return source->text[at] == '\r' && source->text[at + 1] != '\n';
}

/* Of the C0 set and DEL, those that no text has. */
static bool is_control(uint32_t point)
{
	return (point < 0x20 && point != '\t' && point != '\n' && point != '\r') || point == 0x7f;
}

static bool begins_with_mark(const struct stp_source *source)
{
	return source->length >= 3 && memcmp(source->text, "\xef\xbb\xbf", 3) == 0;
}

/* Most of a text, in which there is nothing to look at. NUL, which ends it, is none. */
static bool is_plain(char byte)
{
	return (byte >= ' ' && byte < 0x7f) || byte == '\n';
}

#define RUN 64

/* Of a whole run, without a branch in it: compilers make that a few vector instructions. */
static bool is_plain_run(const char *text)
{
	unsigned char plain = 1;

	for (size_t i = 0; i < RUN; i++)
		plain &= is_plain(text[i]);
	return plain != 0;
}

/* The first byte from there on that is not plain, or the end. */
static size_t skip_plain(const struct stp_source *source, size_t at)
{
	while (source->length - at >= RUN && is_plain(source->text[at]) &&
	       is_plain_run(source->text + at))
		at += RUN;
	while (is_plain(source->text[at]))
		at++;
	return at;
}

bool stp_check_encoding(struct stp_context *context, const struct stp_source *source)
{
	size_t errors = stp_error_count(context);

	/* Some editors write a byte order mark; it hides nothing at the very begin. */
	for (size_t at = begins_with_mark(source) ? 3 : 0;;) {
		uint32_t point = 0;
		size_t bytes;

		at = skip_plain(source, at);
		if (at == source->length)
			break;
		bytes = stp_utf8_decode(source->text + at, source->length - at, &point);

		if (bytes == 0 || stp_is_deceptive(point) || is_lone_return(source, at))
			refuse(context, source, at, bytes, point);
		if (bytes == 0 || is_control(point) || is_lone_return(source, at))
			return false; /* not text at all: one message is enough */
		at += bytes;
	}
	return stp_error_count(context) == errors;
}
