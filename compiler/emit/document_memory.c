/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libcmark's memory. Its allocator has no place for a user's pointer and must not return NULL, so
 * the context at work is kept in a variable of the thread: every function of document.c that
 * calls libcmark sets it first through stp_cmark_memory, so it is never older than the call at
 * hand. Memory comes from the context's arena. When there is none, control leaves through the
 * context's guard, right out of libcmark: that is safe, since libcmark keeps no state of its own
 * beyond memory that goes away with the arena.
 *
 * Nothing is given back one by one. A block is preceded by its size, which realloc needs.
 */
#include "emit/document_nodes.h"

#include <string.h>

static _Thread_local struct stp_context *context_at_work;

struct block {
	size_t bytes;
	uint64_t content[]; /* aligned as all of the arena; libcmark keeps numbers and pointers */
};

static void *allocate(size_t count, size_t bytes_each)
{
	size_t bytes = count * bytes_each;

	if (bytes_each != 0 && (bytes / bytes_each != count || bytes > SIZE_MAX / 2))
		stp_no_memory(context_at_work);
	struct block *block = stp_alloc(context_at_work, sizeof *block + bytes);
	block->bytes = bytes;
	return block->content;
}

static void *reallocate(void *old, size_t bytes)
{
	void *content = allocate(1, bytes);

	if (old) {
		struct block *block = (struct block *)(void *)((char *)old - sizeof *block);

		memcpy(content, old, block->bytes < bytes ? block->bytes : bytes);
	}
	return content;
}

static void release(void *content)
{
	(void)content; /* goes away with the arena */
}

/* Written by nobody; libcmark merely declares its parameter without const. */
static cmark_mem memory = { allocate, reallocate, release };

cmark_mem *stp_cmark_memory(struct stp_context *context)
{
	context_at_work = context;
	return &memory;
}
