/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The names that generated C gives to rows, and text made safe for C.
 *
 * A row with a name of its own is called after it (ACNE_ZONE_CHEEKS); a shared row is called after
 * what it says (ACNE_DEPTH_500_1500_LIMIT_250_2000_START_500_UM), so that a slot reads without a
 * look elsewhere. A depth row's name says all of it, hence no two are alike.
 */
#include "emit/tables_image.h"

#include <stdlib.h>
#include <string.h>

const char *stp_upper(struct stp_context *context, const char *text)
{
	char *upper = stp_copy_text(context, text, strlen(text));

	for (char *at = upper; *at != '\0'; at++) {
		if (*at >= 'a' && *at <= 'z')
			*at = (char)(*at - 'a' + 'A');
		else if (!(*at >= 'A' && *at <= 'Z') && !(*at >= '0' && *at <= '9'))
			*at = '_';
	}
	return upper;
}

bool stp_is_table_name(const char *text)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
	static const char rest[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

	return text[0] != '\0' && strchr(letters, text[0]) != NULL &&
	       text[strspn(text, rest)] == '\0' && strlen(text) <= 64;
}

static const char *depth_name(struct stp_table *table, const uint8_t *at)
{
	struct stipple_depth_row row;
	struct stp_string name;

	memcpy(&row, at, sizeof row);
	stp_string_init(&name, table->context);
	stp_addf(&name, "DEPTH_%u_%u_LIMIT_%u_%u_START_%u", row.range_least, row.range_most,
		 row.limit_least, row.limit_most, row.start);
	if (row.step != STIPPLE_NONE)
		stp_addf(&name, "_STEP_%u", row.step);
	stp_add(&name, "_UM");
	return name.text;
}

static const char *pace_name(struct stp_table *table, const uint8_t *at, uint32_t number)
{
	struct stipple_pace_row row;

	memcpy(&row, at, sizeof row);
	return stp_format(table->context, "PACE_%u_PASSES_%u_%u_RATE_%u_%u_RPM", (unsigned)number,
			  row.passes_range_least, row.passes_range_most, row.rate_range_least,
			  row.rate_range_most);
}

/* The kind of enumerator of a section whose rows have names, or NULL. */
static const char *named_kind(enum stp_table_section section)
{
	switch (section) {
	case STP_SECTION_DEVICE: return "DEVICE";
	case STP_SECTION_PROTOCOL: return "PROTOCOL";
	case STP_SECTION_QUESTION: return "QUESTION";
	case STP_SECTION_FACTOR: return "FACTOR";
	case STP_SECTION_ZONE: return "ZONE";
	case STP_SECTION_ROLE: return "ROLE";
	case STP_SECTION_PATTERN: return "PATTERN";
	case STP_SECTION_ENDPOINT: return "ENDPOINT";
	case STP_SECTION_ITEM: return "ITEM";
	default: return NULL;
	}
}

const char *stp_row_enumerator(struct stp_table *table, enum stp_table_section section,
			       uint32_t number)
{
	const char *prefix = stp_upper(table->context, table->options->name);
	const uint8_t *row = table->rows[section].bytes + number * stp_row_type(section)->bytes;
	const char *kind = named_kind(section);
	const char *name;

	if (section == STP_SECTION_DEPTH)
		return stp_format(table->context, "%s_%s", prefix, depth_name(table, row));
	if (section == STP_SECTION_PACE)
		return stp_format(table->context, "%s_%s", prefix, pace_name(table, row, number));
	if (kind == NULL)
		return NULL;
	name = stp_text_at(table, stp_member_value(row, &stp_row_type(section)->members[1]));
	return stp_format(table->context, "%s_%s_%s", prefix, kind,
			  stp_upper(table->context, name));
}

/* ---- names that come out alike ---- */

struct name {
	const char *text;
	size_t length;
};

static int by_text(const void *left, const void *right)
{
	const struct name *a = left;
	const struct name *b = right;
	int order = strncmp(a->text, b->text, a->length < b->length ? a->length : b->length);

	return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
}

/* The name that a line of the header gives to something, or an empty one. */
static struct name defined_in(const char *line)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
	static const char define[] = "#define ";
	bool is_define = strncmp(line, define, sizeof define - 1) == 0;
	struct name name = { line + (is_define ? sizeof define - 1 : 1), 0 };

	if (is_define || line[0] == '\t')
		name.length = strspn(name.text, letters);
	if (!is_define && strncmp(name.text + name.length, " = ", 3) != 0)
		name.length = 0;
	return name;
}

bool stp_check_names(struct stp_table *table, const char *header)
{
	struct name *names = NULL;
	size_t count = 0, room = 0;

	for (const char *line = header; *line != '\0'; line = strchr(line, '\n') + 1) {
		names = stp_grow(table->context, names, count, &room, sizeof *names);
		names[count] = defined_in(line);
		count += names[count].length > 0;
	}
	qsort(names, count, sizeof *names, by_text);
	for (size_t i = 1; i < count; i++)
		if (by_text(&names[i - 1], &names[i]) == 0) {
			stp_help(table->context,
				 stp_report(table->context, STP_D_name_collision, table->place,
					    "two things would both be called %.*s in the tables",
					    (int)names[i].length, names[i].text),
				 "call one of them differently");
			return false;
		}
	return true;
}

void stp_add_comment_text(struct stp_string *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if ((unsigned char)*text < ' ' || *text == 0x7F)
			stp_add(out, " ");
		else if ((*text == '*' && text[1] == '/') || (*text == '/' && text[1] == '*'))
			stp_addf(out, "%c ", *text);
		else if (*text == '?' && text[1] == '?')
			stp_add(out, "? ");
		else if (*text == '\\')
			stp_add(out, "/ ");
		else
			stp_add_bytes(out, text, 1);
	}
}
