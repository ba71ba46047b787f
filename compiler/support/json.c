/* SPDX-License-Identifier: Apache-2.0 */
/* JSON strings, and positions as programs count them. */
#include "support/json.h"

#include <string.h>

/* Beyond U+FFFF an escape is a pair of surrogates. */
static void escape(struct stp_string *out, uint32_t point)
{
	if (point < 0x10000) {
		stp_addf(out, "\\u%04x", (unsigned)point);
		return;
	}
	point -= 0x10000;
	stp_addf(out, "\\u%04x\\u%04x", (unsigned)(0xd800 + (point >> 10)),
		 (unsigned)(0xdc00 + (point & 0x3ff)));
}

void stp_add_json_bytes(struct stp_string *out, const char *bytes, size_t length)
{
	stp_add(out, "\"");
	for (size_t at = 0; at < length;) {
		uint32_t point = 0;
		size_t taken = stp_utf8_decode(bytes + at, length - at, &point);

		if (taken == 0)
			stp_add(out, "\\ufffd");
		else if (point == '"' || point == '\\')
			stp_addf(out, "\\%c", (char)point);
		else if (point == '\n')
			stp_add(out, "\\n");
		else if (point == '\t')
			stp_add(out, "\\t");
		else if (point < 0x20 || stp_is_deceptive(point))
			escape(out, point);
		else
			stp_add_bytes(out, bytes + at, taken);
		at += taken == 0 ? 1 : taken;
	}
	stp_add(out, "\"");
}

void stp_add_json(struct stp_string *out, const char *text)
{
	stp_add_json_bytes(out, text, strlen(text));
}

struct stp_position stp_plain_position(struct stp_context *context, uint32_t id, uint32_t offset)
{
	const struct stp_source *source = stp_source_by_id(context, id);
	struct stp_position position = stp_position_at(context, id, offset);

	if (source == NULL)
		return position;
	position.column = 1;
	for (uint32_t at = source->line_begin[position.line - 1]; at < offset;) {
		uint32_t point;
		size_t taken = stp_utf8_decode(source->text + at, source->length - at, &point);

		at += taken == 0 ? 1 : (uint32_t)taken;
		position.column++;
	}
	return position;
}
