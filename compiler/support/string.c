/* SPDX-License-Identifier: Apache-2.0 */
/* A string that grows in the arena. What it outgrows stays there until the context goes. */
#include "support/support.h"

#include <stdio.h>
#include <string.h>

void stp_string_init(struct stp_string *string, struct stp_context *context)
{
	*string = (struct stp_string){ .context = context };
}

void stp_add_bytes(struct stp_string *string, const char *bytes, size_t length)
{
	if (length >= string->room - string->length) {
		size_t room = string->room < 128 ? 256 : string->room * 2;
		char *text;

		while (room - string->length <= length)
			room *= 2;
		text = stp_alloc(string->context, room);
		if (string->length > 0)
			memcpy(text, string->text, string->length);
		string->text = text;
		string->room = room;
	}
	memcpy(string->text + string->length, bytes, length);
	string->length += length;
	string->text[string->length] = '\0';
}

void stp_add(struct stp_string *string, const char *text)
{
	stp_add_bytes(string, text, strlen(text));
}

void stp_addf(struct stp_string *string, const char *format, ...)
{
	char brief[256];
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(brief, sizeof brief, format, arguments);
	va_end(arguments);
	if (length >= 0 && (size_t)length < sizeof brief) {
		stp_add_bytes(string, brief, (size_t)length);
		return;
	}
	va_start(arguments, format);
	stp_add(string, stp_vformat(string->context, format, arguments));
	va_end(arguments);
}

const char *stp_in_a_row(struct stp_context *context, const char *const *words, size_t count)
{
	struct stp_string list;

	stp_string_init(&list, context);
	stp_add(&list, "");
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			stp_add(&list, i + 1 == count ? " and " : ", ");
		stp_add(&list, words[i]);
	}
	return list.text;
}
