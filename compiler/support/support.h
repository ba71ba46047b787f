/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What every part of the compiler stands on: one context, one arena, interned names,
 * a string builder, sources held in memory, and the diagnostics.
 *
 * Nothing here is global. A compilation owns one struct stp_context; everything made
 * during it lies in the context's arena and goes away with it. When memory runs out the
 * context jumps back to the STP_GUARD of whoever began the work, so no function below
 * has an "out of memory" result to check.
 */
#ifndef STP_SUPPORT_H
#define STP_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- exit statuses of the program, which are part of its interface ---- */

enum stp_status {
	STP_DONE = 0,
	STP_FAULTS = 1,        /* faults in the sources */
	STP_USAGE = 2,         /* wrong usage */
	STP_IO = 3,            /* could not read or write, or no memory */
	STP_POINTS_MISSED = 4, /* stipple score: a point is missed */
	STP_INTERNAL = 70      /* a fault of the program itself */
};

/* ---- arena.c: memory that lives as long as the context ---- */

/* Where memory comes from: the C library, or a test that makes each call fail in turn. */
struct stp_allocator {
	void *(*allocate)(void *user, size_t bytes); /* zeroed; NULL when there is none */
	void (*release)(void *user, void *block);
	void *user;
};

struct stp_context;
struct stp_arena;

/*
 * Zeroed memory for whole numbers and pointers. Never NULL: without memory, control leaves through
 * the guard.
 */
static inline void *stp_alloc(struct stp_context *, size_t bytes);
/* An array of count zeroed elements; an overflow of the product counts as no memory. */
void *stp_alloc_array(struct stp_context *, size_t count, size_t bytes_each);
/* A NUL-terminated copy of length bytes. */
char *stp_copy_text(struct stp_context *, const char *text, size_t length);
/* printf into the arena. */
char *stp_format(struct stp_context *, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
char *stp_vformat(struct stp_context *, const char *format, va_list);

/*
 * A growing array in the arena: `items` has room for `*room` elements of which `count` are
 * used; returns an array with room for one more (its old elements kept) and updates *room.
 */
void *stp_grow(struct stp_context *, void *items, size_t count, size_t *room, size_t bytes_each);

/*
 * Has release(what) called when the context goes, also after memory ran out: for what a library
 * allocates by itself.
 */
void stp_release_later(struct stp_context *, void (*release)(void *what), void *what);

/* ---- string.c: a string that grows ---- */

struct stp_string {
	struct stp_context *context;
	char *text; /* always NUL-terminated once anything was added; may be NULL before */
	size_t length;
	size_t room;
};

void stp_string_init(struct stp_string *, struct stp_context *);
void stp_add(struct stp_string *, const char *text);
void stp_add_bytes(struct stp_string *, const char *bytes, size_t length);
void stp_addf(struct stp_string *, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* "a, b and c" */
const char *stp_in_a_row(struct stp_context *, const char *const *words, size_t count);

/* ---- intern.c: names that are equal are one pointer ---- */

const char *stp_intern(struct stp_context *, const char *text, size_t length);
/* A number that travels with an interned name: the scanner keeps its keywords there. 0 at first. */
int *stp_name_tag(const char *interned);

/* ---- utf8.c ---- */

/* Bytes of the valid sequence at text, its code point in *point; 0 when it is not valid UTF-8. */
size_t stp_utf8_decode(const char *text, size_t length, uint32_t *point);
/* Columns that the bytes take on a terminal; tabs go to the next multiple of 8. */
uint32_t stp_display_width(const char *text, size_t length);
/* Control, bidirectional and invisible characters, which could deceive a reader. */
bool stp_is_deceptive(uint32_t point);

/* ---- source.c: the texts of one compilation ---- */

/* A place: half-open range of byte offsets in a source; source 0 is "nowhere". */
struct stp_span {
	uint32_t source;
	uint32_t begin;
	uint32_t end;
};

struct stp_source {
	uint32_t id;        /* its number in the context, from 1 */
	const char *name;   /* as shown to people: the path given, or "std/zones" */
	const char *folder; /* where its imports are looked up first; NULL when embedded */
	char *text;         /* length bytes and two NULs: flex scans in place and restores it */
	size_t length;
	uint32_t *line_begin; /* byte offset of each line, made at the first question */
	size_t lines;
	bool embedded; /* from the library inside the program */
	bool made;     /* by the program: there is no such file */
};

struct stp_position {
	uint32_t line;   /* from 1 */
	uint32_t column; /* from 1, in characters as seen (tabs to 8, wide characters 2) */
};

/* Takes a copy of text (NULs and bad UTF-8 included: the scanner refuses them). */
struct stp_source *stp_source_from_memory(struct stp_context *, const char *name, const char *text,
					  size_t length);
/*
 * Reads a regular file, or standard input for "-". NULL after reporting a diagnostic when it is
 * missing, unreadable, a folder, a device or over STP_SOURCE_MAX bytes.
 */
struct stp_source *stp_source_from_file(struct stp_context *, const char *path,
					struct stp_span asked_at);
struct stp_source *stp_source_by_id(const struct stp_context *, uint32_t id);
size_t stp_source_count(const struct stp_context *);
struct stp_position stp_position(struct stp_context *, struct stp_span); /* of its begin */
struct stp_position stp_position_at(struct stp_context *, uint32_t source, uint32_t offset);

#define STP_SOURCE_MAX (64u * 1024u * 1024u)

/* The span from the begin of one to the end of the other (same source). */
static inline struct stp_span stp_span_join(struct stp_span from, struct stp_span to)
{
	return (struct stp_span){ from.source, from.begin, to.end > from.end ? to.end : from.end };
}

/* ---- diagnostics.c: what is said to the author ---- */

enum stp_severity { STP_NOTE, STP_WARNING, STP_ERROR };

/* Every diagnostic: id, name, severity, one-line title, explanation; see diagnostics.def. */
enum stp_diagnostic_id {
#define STP_DIAGNOSTIC(number, name, severity, title, explanation) STP_D_##name,
#include "support/diagnostics.def"
#undef STP_DIAGNOSTIC
	STP_DIAGNOSTIC_COUNT
};

struct stp_diagnostic_kind {
	const char *id;   /* "ST0201" */
	const char *name; /* "unknown_name" */
	enum stp_severity severity;
	const char *title;
	const char *explanation;
};

extern const struct stp_diagnostic_kind stp_diagnostic_kinds[STP_DIAGNOSTIC_COUNT];

struct stp_label {
	struct stp_label *next;
	struct stp_span span;
	const char *text;
};

struct stp_fix {
	struct stp_fix *next;
	struct stp_span span; /* replaced by text; empty span: inserted */
	const char *text;
};

struct stp_diagnostic {
	struct stp_diagnostic *next;
	size_t order; /* of reporting */
	enum stp_diagnostic_id id;
	enum stp_severity severity; /* as the user has it */
	struct stp_span span;       /* source 0: about the command line or the program's work */
	const char *message;        /* one sentence, no final point */
	const char *help;           /* what to do; may be NULL */
	struct stp_label *labels;   /* every other place that matters, in order */
	struct stp_fix *fixes;      /* edits that together mend it; NULL when none is certain */
};

/*
 * Reports, unless the user switched the diagnostic off. The same id at the same span is reported
 * once: the second call returns the first diagnostic. Returned so that labels, help and a fix can
 * be added; never NULL. After STP_DIAGNOSTICS_MAX of one severity the rest of that severity is
 * counted and not kept. Control characters in the text come out as \xNN.
 */
#define STP_DIAGNOSTICS_MAX 200
/* Nobody reads more: a longer text is cut, and further labels are left out. */
#define STP_MESSAGE_MOST 2000
#define STP_LABELS_MOST  100

struct stp_diagnostic *stp_report(struct stp_context *, enum stp_diagnostic_id, struct stp_span,
				  const char *format, ...) __attribute__((format(printf, 4, 5)));
void stp_label(struct stp_context *, struct stp_diagnostic *, struct stp_span, const char *format,
	       ...) __attribute__((format(printf, 4, 5)));
void stp_help(struct stp_context *, struct stp_diagnostic *, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void stp_fix(struct stp_context *, struct stp_diagnostic *, struct stp_span, const char *text);

size_t stp_error_count(const struct stp_context *);
size_t stp_warning_count(const struct stp_context *);
const struct stp_diagnostic *stp_diagnostics(const struct stp_context *); /* in order reported */
/* The same sorted by place; those without a place come first. */
const struct stp_diagnostic **stp_diagnostics_sorted(struct stp_context *, size_t *count);
/* More was reported than is kept. */
bool stp_diagnostics_cut(const struct stp_context *);
/* Adds text on one line, with all that could steer a terminal or deceive as \n, \xNN, U+NNNN. */
void stp_add_harmless(struct stp_string *, const char *text, size_t length);

extern const char *const stp_severity_words[]; /* "note", "warning", "error" */

/* ---- diagnostics_switches.c: what the user makes of them ---- */

/*
 * One -W: NAME (a note becomes a warning, one switched off comes back), no-NAME (switched off),
 * error=NAME (an error), error (everything but what is switched off). A name may be an id. The
 * later one of two about the same name counts. False with *why for a name that is not there and
 * for an error, which cannot be switched off.
 */
bool stp_switch_diagnostic(struct stp_context *, const char *switched, const char **why);
/* Makes a new context treat diagnostics as the other does. */
void stp_switch_like(struct stp_context *, const struct stp_context *other);
enum stp_severity stp_severity_of(const struct stp_context *, enum stp_diagnostic_id);
bool stp_is_switched_off(const struct stp_context *, enum stp_diagnostic_id);
/* The diagnostic of that id ("ST0201", in either case) or name; STP_DIAGNOSTIC_COUNT for none. */
enum stp_diagnostic_id stp_diagnostic_named(const char *id_or_name);
/* The id or name that the word is nearest to, or NULL. */
const char *stp_nearest_diagnostic(const char *word);

/* ---- diagnostics_text.c, diagnostics_json.c, diagnostics_sarif.c: as shown ---- */

/* For people: the lines with carets and labels, help; colour only when asked. */
void stp_diagnostics_text(struct stp_context *, struct stp_string *, bool colour);
/* For programs: one JSON object a line; diagnostics_json.c says its members. */
void stp_diagnostics_json(struct stp_context *, struct stp_string *);
/* For code review: one SARIF 2.1.0 log. */
void stp_diagnostics_sarif(struct stp_context *, struct stp_string *);

/* "did you mean": the nearest of the candidates by edit distance, or NULL when none is near. */
const char *stp_nearest(const char *name, const char *const *candidates, size_t count);
/*
 * The candidates that have a word in common with the name, at most so many: keloids for
 * keloid_history, upper_arms for arm. Their number.
 */
size_t stp_alike(const char *name, const char *const *candidates, size_t count, const char **alike,
		 size_t most);
/*
 * The candidate that is one slip away while every other is three or more: near enough for a fix
 * that is applied without asking. NULL when there is none.
 */
const char *stp_surely_meant(const char *name, const char *const *candidates, size_t count);

/* ---- context.c ---- */

/* Days as numbers that order like the days themselves. */
#define STP_DAY_NUMBER(year, month, day)                                                           \
	((uint32_t)(year)*10000u + (uint32_t)(month)*100u + (uint32_t)(day))

struct stp_context {
	struct stp_allocator allocator;
	struct stp_arena *arena;
	unsigned char *room;          /* of the arena, what is still to be handed out */
	size_t room_left;             /* its bytes: whole units of STP_ALIGNMENT */
	size_t allotted;              /* bytes of all its blocks */
	struct stp_release *releases; /* the latest first */
	struct stp_intern_table *names;
	struct stp_source **sources;
	size_t source_count, source_room;
	struct stp_diagnostic *first_diagnostic, *last_diagnostic;
	struct stp_diagnostic *unkept;                /* what is handed back once enough are kept */
	size_t reported[3];                           /* by severity, those not kept too */
	unsigned char switches[STP_DIAGNOSTIC_COUNT]; /* enum stp_switch */
	bool all_are_errors;                          /* -W error */
	bool hides_notes;                             /* only `check` tells them, and -W NAME */
	uint32_t today;                               /* STP_DAY_NUMBER; 0: not known */
	jmp_buf guard;
	bool guarded;
};

/* Of all that is ever laid there: whole numbers and pointers; a long double would want more. */
#define STP_ALIGNMENT                                                                              \
	_Alignof(union {                                                                           \
		int64_t number;                                                                    \
		void *pointer;                                                                     \
		void (*function)(void);                                                            \
	})

/* Where there is too little room left: from a new block. */
void *stp_alloc_from_block(struct stp_context *, size_t bytes);

static inline void *stp_alloc(struct stp_context *context, size_t bytes)
{
	if (bytes >= context->room_left)
		return stp_alloc_from_block(context, bytes);
	bytes = (bytes + STP_ALIGNMENT - 1) & ~(STP_ALIGNMENT - 1);
	context->room_left -= bytes;
	context->room += bytes;
	return context->room - bytes;
}

/* allocator NULL: malloc and free. */
void stp_context_init(struct stp_context *, const struct stp_allocator *);
void stp_context_free(struct stp_context *);
/* Leaves to the guard; for "no memory" alone. */
_Noreturn void stp_no_memory(struct stp_context *);

/*
 * if (STP_GUARD(context)) { ran out of memory: say so, free the context }
 * In the function that owns the context, before anything is allocated.
 */
#define STP_GUARD(context) ((context)->guarded = true, setjmp((context)->guard) != 0)

/* ---- output.c: files that are written whole or not at all ---- */

/*
 * Writes to a temporary file beside path, syncs, renames. path "-" is standard output.
 * Existing files with the same bytes are left untouched, so that make sees no change.
 * False after reporting a diagnostic; the old file is then as it was and no temporary is left.
 */
bool stp_write_file(struct stp_context *, const char *path, const char *bytes, size_t length);

#endif
