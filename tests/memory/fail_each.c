/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fail_each STRIDE COMMAND ARGUMENT...: runs the program, and for its allocations in turn, what
 * would be if that one failed. At such an allocation the process forks: in the child malloc returns
 * NULL and the run goes on to its end, which must be status 3, a message and no block left; the
 * parent waits and goes on as though nothing had been. So each run is made once, however many
 * failures it is held to.
 *
 * Tried are all allocations that come from a chain of calls which was not met before (the nearest
 * DEPTH callers), and of the others each STRIDEth. run-all.sh builds the compiler so that each
 * request to its arena is an allocation of its own. Prints the counts and what went wrong.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define DEPTH      8
#define CHAINS     (1u << 16)
#define CHILD_LEFT 30 /* seconds */

int stipple_main(int argc, char **argv);

extern void *__libc_malloc(size_t bytes);
extern void *__libc_realloc(void *block, size_t bytes);
extern void __libc_free(void *block);

/*
 * The C library does without some of what it asks for (qsort then sorts in place); the run may then
 * end as it would have.
 */
static bool asked_by_c_library(const void *caller)
{
	Dl_info info;

	return dladdr(caller, &info) != 0 && strstr(info.dli_fname, "/libc.so") != NULL;
}

enum verdict { GOOD, WRONG_STATUS, NO_MESSAGE, LEAK };

static struct {
	bool on, in_child, tolerant;
	uint64_t chains[CHAINS];
	size_t stride, seen, tried, distinct;
	size_t bad[LEAK + 1], crashed;
	size_t live; /* blocks */
	int message; /* what a child says on standard error */
	int report;
} state;

static uint64_t hash_of_chain(void)
{
	void *callers[DEPTH + 3];
	int count = backtrace(callers, DEPTH + 3);
	uint64_t hash = 1469598103934665603u;

	for (int i = 2; i < count; i++)
		hash = (hash ^ (uint64_t)(uintptr_t)callers[i]) * 1099511628211u;
	return hash | 1;
}

static bool is_new_chain(void)
{
	uint64_t hash = hash_of_chain();
	size_t at = hash % CHAINS;

	while (state.chains[at] != 0 && state.chains[at] != hash)
		at = (at + 1) % CHAINS;
	if (state.chains[at] == hash)
		return false;
	if (++state.distinct > CHAINS / 2)
		abort();
	state.chains[at] = hash;
	return true;
}

static void complain(const char *what)
{
	void *callers[DEPTH + 3];
	int count = backtrace(callers, DEPTH + 3);

	dprintf(state.report, "# allocation %zu: %s\n", state.seen, what);
	backtrace_symbols_fd(callers + 3, count > 3 ? count - 3 : 0, state.report);
}

static void count_result(int status)
{
	static const char *const words[] = { "", "another status than 3", "no message", "a leak" };

	if (WIFEXITED(status) && WEXITSTATUS(status) == GOOD)
		return;
	if (!WIFEXITED(status) || WEXITSTATUS(status) > LEAK) {
		state.crashed++;
		complain("a crash");
		return;
	}
	state.bad[WEXITSTATUS(status)]++;
	complain(words[WEXITSTATUS(status)]);
}

/* Whether this allocation is to fail: true in the child, false in the parent when that ended. */
static bool fails_here(const void *caller)
{
	int status = 0;
	pid_t child;

	if (!state.on || state.in_child)
		return false;
	state.seen++;
	state.on = false;
	if (!is_new_chain() && state.seen % state.stride != 0) {
		state.on = true;
		return false;
	}
	state.tried++;
	if (ftruncate(state.message, 0) != 0 || lseek(state.message, 0, SEEK_SET) != 0)
		abort();
	child = fork();
	if (child == 0) {
		state.in_child = true;
		state.tolerant = asked_by_c_library(caller);
		dup2(state.message, STDERR_FILENO);
		alarm(CHILD_LEFT);
		return true;
	}
	waitpid(child, &status, 0);
	count_result(status);
	state.on = true;
	return false;
}

void *malloc(size_t bytes)
{
	void *block;

	if (fails_here(__builtin_return_address(0))) {
		errno = ENOMEM;
		return NULL;
	}
	block = __libc_malloc(bytes);
	state.live += block != NULL;
	return block;
}

void *calloc(size_t count, size_t bytes)
{
	size_t all;
	void *block;

	if (__builtin_mul_overflow(count, bytes, &all))
		return NULL;
	block = malloc(all);
	return block == NULL ? NULL : memset(block, 0, all);
}

void *realloc(void *block, size_t bytes)
{
	void *grown;

	if (fails_here(__builtin_return_address(0))) {
		errno = ENOMEM;
		return NULL;
	}
	grown = __libc_realloc(block, bytes);
	state.live += block == NULL && grown != NULL;
	return grown;
}

void free(void *block)
{
	state.live -= block != NULL;
	__libc_free(block);
}

static enum verdict judge(int status, size_t live)
{
	char text[4096];
	ssize_t length = pread(state.message, text, sizeof text - 1, 0);

	if (state.tolerant && (status == 0 || status == 1))
		return state.live == live ? GOOD : LEAK;
	if (status != 3)
		return WRONG_STATUS;
	text[length > 0 ? length : 0] = '\0';
	if (strstr(text, "memory") == NULL)
		return NO_MESSAGE;
	return state.live == live ? GOOD : LEAK;
}

int main(int argc, char **argv)
{
	static char out[1 << 16];
	size_t live, bad;
	void *warm[4];
	int status;

	state.stride = (size_t)strtoul(argv[1], NULL, 10);
	state.report = dup(STDOUT_FILENO);
	state.message = memfd_create("message", 0);
	if (state.stride == 0 || state.message < 0 || freopen("/dev/null", "w", stdout) == NULL)
		return 2;
	setvbuf(stdout, out, _IOFBF, sizeof out);
	backtrace(warm, 4);
	tzset(); /* the C library keeps what it has read of time zones */
	live = state.live;
	state.on = true;
	status = stipple_main(argc - 1, argv + 1);
	state.on = false;
	if (state.in_child)
		_exit(judge(status, live));
	bad = state.crashed + state.bad[WRONG_STATUS] + state.bad[NO_MESSAGE] + state.bad[LEAK];
	if (state.live != live)
		dprintf(state.report, "# the run itself leaks\n");
	dprintf(state.report, "%zu of %zu allocations failed, %zu chains, %zu bad, status %d\n",
		state.tried, state.seen, state.distinct, bad, status);
	return bad > 0 || state.live != live;
}
