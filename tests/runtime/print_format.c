/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Prints the table format byte by byte as Markdown, from the schema that the table writer works by.
 * docs/device.md holds what this prints, and the suite compares the two.
 */
#include <stdio.h>
#include <string.h>

#include "emit/tables_image.h"

/* "1 `STIPPLE_DEPTH`, 2 `STIPPLE_PASSES`" */
static void print_words(const struct stp_row_member *member)
{
	const char *separator = "";

	for (size_t i = 0; i < member->word_count; i++)
		if (member->words[i] != NULL) {
			printf("%s%zu `%s`", separator, i, member->words[i]);
			separator = ", ";
		}
}

static void print_meaning(const struct stp_row_member *member)
{
	switch (member->kind) {
	case STP_MEMBER_NUMBER: printf("%s", member->unit != NULL ? member->unit : "number"); break;
	case STP_MEMBER_BITS: printf("set of bits"); break;
	case STP_MEMBER_KEY: printf("key"); break;
	case STP_MEMBER_TEXT: printf("offset in `text`"); break;
	case STP_MEMBER_WORDS: printf("number of a label, or none"); break;
	case STP_MEMBER_ROW: printf("row of `%s`", stp_row_type(member->target)->section); break;
	case STP_MEMBER_LIST: printf("place of a list in `lists`"); break;
	case STP_MEMBER_WORD: print_words(member); break;
	case STP_MEMBER_CONDITION: printf("condition"); break;
	case STP_MEMBER_CHECK: printf("check"); break;
	case STP_MEMBER_DIGEST: printf("SHA-256"); break;
	case STP_MEMBER_RESERVED: printf("zero"); break;
	}
}

static void print_rows(const struct stp_row_type *type)
{
	printf("\n#### `%s`: `%s`, %u bytes each\n\n", type->section, type->type,
	       (unsigned)type->bytes);
	printf("| offset | bytes | member | |\n|---|---|---|---|\n");
	for (size_t i = 0; i < type->member_count; i++) {
		const struct stp_row_member *member = &type->members[i];

		printf("| %u | %u | %s | ", member->offset, member->bytes, member->name);
		print_meaning(member);
		printf(" |\n");
	}
	if (type->check_kind != 0)
		printf("\nKind in the check words: 0x%02X.\n", (unsigned)type->check_kind);
}

static void print_header(void)
{
#define FIELD(name, meaning)                                                                       \
	printf("| %zu | %zu | %s | %s |\n", offsetof(struct stipple_header, name),                 \
	       sizeof((struct stipple_header *)NULL)->name, #name, meaning)
	printf("#### Header: `struct stipple_header`, %zu bytes\n\n",
	       sizeof(struct stipple_header));
	printf("| offset | bytes | member | |\n|---|---|---|---|\n");
	FIELD(magic, "0x4C505453; tells the byte order");
	FIELD(version, "of the format, as written");
	FIELD(oldest_reader, "oldest version that reads it rightly");
	FIELD(features, "bits; unknown ones are refused");
	FIELD(image_bytes, "the whole image");
	FIELD(header_bytes, "where the first section starts");
	FIELD(interface_digest, "over the ordered names");
	FIELD(device_key, "the one device of all protocols, or 0");
	FIELD(fingerprint, "SHA-256 over what the rows say");
	FIELD(greatest_zones, "slots of one protocol");
	FIELD(greatest_tightenings, "tightening rows of one slot");
	FIELD(greatest_list, "entries of one list");
	FIELD(label_count, "labels of each language");
	FIELD(library_version, "offset in `text`");
	for (enum stp_table_section s = 0; s < STP_SECTIONS; s++)
		printf("| %u | 8 | %s | offset and count of the section |\n",
		       (unsigned)stp_row_type(s)->header_member, stp_row_type(s)->section);
}

int main(void)
{
	print_header();
	for (enum stp_table_section s = 0; s < STP_SECTION_LABEL; s++)
		print_rows(stp_row_type(s));
	return 0;
}
