/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What could not be understood, and was reported when it was parsed (ST01 and ST02): what seems to
 * be missing there may be there, so that nothing more is said of it.
 */
#include "model/resolver.h"

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

/* ---- what a statement names that was not understood ---- */

/* Looked through of a protocol, so that many faults and many rules take no long time together. */
#define STATEMENTS_MOST 8
#define STATEMENT_BYTES 1024

static bool is_word_byte(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	       (byte >= '0' && byte <= '9') || byte == '_';
}

static bool names(const char *begin, const char *end, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = begin; at + length <= end; at++)
		if (memcmp(at, word, length) == 0 && (at == begin || !is_word_byte(at[-1])) &&
		    (at + length == end || !is_word_byte(at[length])))
			return true;
	return false;
}

static uint32_t statement_begin(const struct stp_source *source, uint32_t at)
{
	uint32_t least = at > STATEMENT_BYTES ? at - STATEMENT_BYTES : 0;

	while (at > least && strchr("\n;{}", source->text[at - 1]) == NULL)
		at--;
	return at;
}

/* The end of the line that the offset is in; of a block that begins there, the end of its }. */
static uint32_t statement_end(const struct stp_source *source, uint32_t at)
{
	unsigned depth = 0;
	uint32_t most = at + STATEMENT_BYTES;

	for (; at < source->length && at < most; at++) {
		char byte = source->text[at];

		depth += byte == '{';
		if (byte == '}' && depth <= 1)
			break;
		depth -= byte == '}';
		if (byte == '\n' && depth == 0)
			break;
	}
	return at;
}

bool stp_is_named_in_broken(const struct stp_context *context, const struct stp_protocol *protocol,
			    const char *word)
{
	struct stp_span whole = protocol->span;
	const struct stp_source *source = stp_source_by_id(context, whole.source);
	const struct stp_diagnostic *at = stp_diagnostics(context);

	for (unsigned looked_at = 0; at != NULL && looked_at < STATEMENTS_MOST; at = at->next) {
		if (at->id >= STP_D_duplicate_name || at->span.source != whole.source ||
		    at->span.begin < whole.begin || at->span.begin >= whole.end)
			continue;
		looked_at++;
		if (names(source->text + statement_begin(source, at->span.begin),
			  source->text + statement_end(source, at->span.begin), word))
			return true;
	}
	return false;
}

/* ---- what a declaration that was not understood declares ---- */

#define DECLARATIONS_MOST 64

static const char *after_blanks(const char *at)
{
	return at + strspn(at, " \t");
}

/* Behind the word of one of the kinds that the text begins with, or NULL. */
static const char *after_kind(const char *text, unsigned kinds)
{
	size_t length = strcspn(text, " \t\n");

	for (unsigned kind = STP_N_ZONE; kind <= STP_N_POLICY; kind++)
		if ((kinds & STP_KIND(kind)) != 0 && strlen(stp_node_names[kind]) == length &&
		    memcmp(stp_node_names[kind], text, length) == 0)
			return after_blanks(text + length);
	return NULL;
}

/* Whether the text begins with the name, its words joined or not. */
static bool begins_with_name(const char *text, const char *name)
{
	for (; *name != '\0'; name++) {
		bool apart = *text == ' ' || *text == '\t' || *text == '-';

		if (*name != *text && !(*name == '_' && apart))
			return false;
		text = apart ? after_blanks(text + 1) : text + 1;
	}
	return !is_word_byte(*text);
}

bool stp_is_declared_in_broken(const struct stp_context *context, unsigned kinds, const char *name)
{
	const struct stp_diagnostic *at = stp_diagnostics(context);

	for (unsigned looked_at = 0; at != NULL && looked_at < DECLARATIONS_MOST; at = at->next) {
		const struct stp_source *source = stp_source_by_id(context, at->span.source);
		const char *text;

		if (at->id >= STP_D_duplicate_name || source == NULL)
			continue;
		looked_at++;
		text = source->text + statement_begin(source, at->span.begin);
		text = after_kind(after_blanks(text), kinds);
		if (text != NULL && begins_with_name(text, name))
			return true;
	}
	return false;
}
