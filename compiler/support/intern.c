/* SPDX-License-Identifier: Apache-2.0 */
/* Interned names: an open hash table of pointers to entries in the arena. */
#include "support/support.h"

#include <string.h>

struct entry {
	uint32_t hash;
	uint32_t length;
	int tag;
	char text[];
};

struct stp_intern_table {
	struct entry **slots;
	size_t room; /* a power of two */
	size_t count;
};

/* Up to eight bytes as a number: the first and the last four, which may be the same ones. */
static uint64_t few_bytes(const char *text, size_t length)
{
	uint32_t first = 0, last = 0;

	if (length >= sizeof first) {
		memcpy(&first, text, sizeof first);
		memcpy(&last, text + length - sizeof last, sizeof last);
	} else if (length > 0) {
		first = (unsigned char)text[0] | (uint32_t)(unsigned char)text[length / 2] << 8;
		last = (unsigned char)text[length - 1];
	}
	return (uint64_t)first << 32 | last;
}

/* Eight bytes at a time; nothing depends on the order that comes of it. */
static uint32_t hash_of(const char *text, size_t length)
{
	uint64_t hash = length;

	for (; length > 8; text += 8, length -= 8)
		hash = (hash ^ few_bytes(text, 8)) * UINT64_C(0x9E3779B97F4A7C15);
	hash = (hash ^ few_bytes(text, length)) * UINT64_C(0x9E3779B97F4A7C15);
	return (uint32_t)(hash >> 32);
}

static inline struct entry **find(struct stp_intern_table *table, uint32_t hash, const char *text,
				  size_t length)
{
	size_t at = hash & (table->room - 1);

	while (table->slots[at] != NULL) {
		const struct entry *entry = table->slots[at];

		if (entry->hash == hash && entry->length == length &&
		    memcmp(entry->text, text, length) == 0)
			break;
		at = (at + 1) & (table->room - 1);
	}
	return &table->slots[at];
}

static void enlarge(struct stp_context *context, struct stp_intern_table *table)
{
	struct entry **old = table->slots;
	size_t count = table->room;

	table->room = count == 0 ? 512 : count * 2;
	table->slots = stp_alloc_array(context, table->room, sizeof(struct entry *));
	for (size_t i = 0; i < count; i++)
		if (old[i] != NULL)
			*find(table, old[i]->hash, old[i]->text, old[i]->length) = old[i];
}

const char *stp_intern(struct stp_context *context, const char *text, size_t length)
{
	uint32_t hash = hash_of(text, length);
	struct entry **slot;

	if (context->names == NULL)
		context->names = stp_alloc(context, sizeof *context->names);
	if (context->names->count * 2 >= context->names->room)
		enlarge(context, context->names);
	slot = find(context->names, hash, text, length);
	if (*slot == NULL) {
		struct entry *entry = stp_alloc(context, sizeof *entry + length + 1);

		entry->hash = hash;
		entry->length = (uint32_t)length;
		memcpy(entry->text, text, length);
		*slot = entry;
		context->names->count++;
	}
	return (*slot)->text;
}

int *stp_name_tag(const char *interned)
{
	/* The name stands in its entry; the entry was made writable in the arena. */
	uintptr_t entry = (uintptr_t)interned - offsetof(struct entry, text);

	return &((struct entry *)entry)->tag;
}
