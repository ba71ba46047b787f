/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The context and its arena: blocks of memory from the allocator, handed out from the front and
 * given back all at once. Large requests get a block of their own.
 */
#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Small in a build that is tested for lack of memory, so that each request is one of its own. */
#ifndef STP_BLOCK_BYTES
#define STP_BLOCK_BYTES (64 * 1024)
#endif
#define BLOCK_BYTES ((size_t)STP_BLOCK_BYTES)
#define BLOCK_MOST  (BLOCK_BYTES * 64)

struct stp_arena {
	struct stp_arena *next; /* older block */
	_Alignas(int64_t) _Alignas(void *) unsigned char bytes[];
};

struct stp_release {
	struct stp_release *next;
	void (*release)(void *what);
	void *what;
};

static void *allocate_with_calloc(void *user, size_t bytes)
{
	(void)user;
	return calloc(1, bytes);
}

static void release_with_free(void *user, void *block)
{
	(void)user;
	free(block);
}

void stp_context_init(struct stp_context *context, const struct stp_allocator *allocator)
{
	static const struct stp_allocator standard = { allocate_with_calloc, release_with_free,
						       NULL };

	memset(context, 0, sizeof *context);
	context->allocator = allocator != NULL ? *allocator : standard;
}

void stp_context_free(struct stp_context *context)
{
	struct stp_arena *block = context->arena;

	for (struct stp_release *at = context->releases; at != NULL; at = at->next)
		at->release(at->what);
	while (block != NULL) {
		struct stp_arena *next = block->next;
		context->allocator.release(context->allocator.user, block);
		block = next;
	}
	memset(context, 0, sizeof *context);
}

void stp_release_later(struct stp_context *context, void (*release)(void *what), void *what)
{
	struct stp_release *later = stp_alloc(context, sizeof *later);

	*later = (struct stp_release){ context->releases, release, what };
	context->releases = later;
}

/* Without a guard there is nowhere to go: a fault in this program, not in its input. */
_Noreturn void stp_no_memory(struct stp_context *context)
{
	if (!context->guarded)
		abort();
	longjmp(context->guard, 1);
}

/* Of a block: the more there is, the larger, so that there are never many. */
static size_t usual_room(const struct stp_context *context)
{
	size_t eighth = context->allotted / 8;

	return eighth < BLOCK_BYTES ? BLOCK_BYTES : eighth < BLOCK_MOST ? eighth : BLOCK_MOST;
}

static struct stp_arena *new_block(struct stp_context *context, size_t room)
{
	struct stp_arena *block;

	if (room > SIZE_MAX - sizeof *block)
		stp_no_memory(context);
	block = context->allocator.allocate(context->allocator.user, sizeof *block + room);
	if (block == NULL)
		stp_no_memory(context);
	block->next = context->arena;
	context->arena = block;
	context->allotted += room;
	return block;
}

/* What is large gets a block of its own, so that the room that is left stays of use. */
void *stp_alloc_from_block(struct stp_context *context, size_t bytes)
{
	size_t usual = usual_room(context);

	if (bytes >= usual / 4)
		return new_block(context, bytes)->bytes;
	context->room = new_block(context, usual)->bytes;
	context->room_left = usual / STP_ALIGNMENT * STP_ALIGNMENT;
	return stp_alloc(context, bytes);
}

void *stp_alloc_array(struct stp_context *context, size_t count, size_t bytes_each)
{
	if (bytes_each != 0 && count > SIZE_MAX / bytes_each)
		stp_no_memory(context);
	return stp_alloc(context, count * bytes_each);
}

char *stp_copy_text(struct stp_context *context, const char *text, size_t length)
{
	char *copy = stp_alloc(context, length + 1);

	memcpy(copy, text, length);
	return copy;
}

char *stp_vformat(struct stp_context *context, const char *format, va_list arguments)
{
	va_list again;
	int length;
	char *text;

	va_copy(again, arguments);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length < 0)
		stp_no_memory(context);
	text = stp_alloc(context, (size_t)length + 1);
	vsnprintf(text, (size_t)length + 1, format, arguments);
	return text;
}

char *stp_format(struct stp_context *context, const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = stp_vformat(context, format, arguments);
	va_end(arguments);
	return text;
}

void *stp_grow(struct stp_context *context, void *items, size_t count, size_t *room,
	       size_t bytes_each)
{
	size_t wanted = *room < 8 ? 8 : *room * 2;
	void *grown;

	if (count < *room)
		return items;
	grown = stp_alloc_array(context, wanted, bytes_each);
	if (count > 0)
		memcpy(grown, items, count * bytes_each);
	*room = wanted;
	return grown;
}
