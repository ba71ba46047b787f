/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the table writer's files share: the image as it grows, and the schema of its rows.
 *
 *   tables.c         the entry points
 *   tables_rows.c    the schema: every member of every row, its width and what its value means
 *   tables_image.c   sections that grow, equal rows stored once, text and labels
 *   tables_finish.c  check words, digests, layout, CRC
 *   tables_build.c   the model's protocols as rows;  tables_limits.c  their slots and tightenings
 *   tables_advice.c  how often each movement is made, and whether that is on the label
 *   tables_rules.c   their screening, course, anaesthetic and windows
 *   tables_questions.c  what is asked of the client, and the words for what no text asks
 *   tables_print.c   the image as C;  tables_names.c  enumerators;  tables_header.c  the header
 *   tables_words.c   the image as words
 */
#ifndef STP_EMIT_TABLES_IMAGE_H
#define STP_EMIT_TABLES_IMAGE_H

#include "emit/tables.h"
#include "stipple/format.h"

/* The sections in their order in the image: member of the header, row's struct, enumerator. */
#define STP_TABLE_SECTIONS(X)                                                                      \
	X(devices, struct stipple_device_row, DEVICE)                                              \
	X(protocols, struct stipple_protocol_row, PROTOCOL)                                        \
	X(slots, struct stipple_slot_row, SLOT)                                                    \
	X(depths, struct stipple_depth_row, DEPTH)                                                 \
	X(paces, struct stipple_pace_row, PACE)                                                    \
	X(tightenings, struct stipple_tightening_row, TIGHTENING)                                  \
	X(recipes, struct stipple_recipe_row, RECIPE)                                              \
	X(uses, struct stipple_use_row, USE)                                                       \
	X(courses, struct stipple_course_row, COURSE)                                              \
	X(anaesthetics, struct stipple_anaesthetic_row, ANAESTHETIC)                               \
	X(screenings, struct stipple_screening_row, SCREENING)                                     \
	X(windows, struct stipple_window_row, WINDOW)                                              \
	X(questions, struct stipple_question_row, QUESTION)                                        \
	X(factors, struct stipple_factor_row, FACTOR)                                              \
	X(values, struct stipple_term_row, VALUE)                                                  \
	X(zones, struct stipple_term_row, ZONE)                                                    \
	X(roles, struct stipple_term_row, ROLE)                                                    \
	X(patterns, struct stipple_term_row, PATTERN)                                              \
	X(endpoints, struct stipple_term_row, ENDPOINT)                                            \
	X(items, struct stipple_term_row, ITEM)                                                    \
	X(languages, struct stipple_language_row, LANGUAGE)                                        \
	X(labels, uint32_t, LABEL)                                                                 \
	X(lists, uint16_t, LIST)                                                                   \
	X(text, uint8_t, TEXT)

enum stp_table_section {
#define STP_SECTION_ID(member, type, id) STP_SECTION_##id,
	STP_TABLE_SECTIONS(STP_SECTION_ID)
#undef STP_SECTION_ID
		STP_SECTIONS
};

/* What the value of a member means: how it is printed, and whether the fingerprint covers it. */
enum stp_member_kind {
	STP_MEMBER_NUMBER,    /* decimal; STIPPLE_NONE or STIPPLE_NO_TIME by name */
	STP_MEMBER_BITS,      /* hexadecimal */
	STP_MEMBER_KEY,       /* hexadecimal */
	STP_MEMBER_TEXT,      /* offset of a text: the fingerprint takes the text */
	STP_MEMBER_WORDS,     /* number of a label: not in the fingerprint */
	STP_MEMBER_ROW,       /* index of a row of section `target` */
	STP_MEMBER_LIST,      /* first entry of a list */
	STP_MEMBER_WORD,      /* one of the names in `words` */
	STP_MEMBER_CONDITION, /* struct stipple_condition */
	STP_MEMBER_CHECK,     /* uint16_t[2], or wide_check: not in the fingerprint */
	STP_MEMBER_DIGEST,    /* uint8_t[32]: not in the fingerprint */
	STP_MEMBER_RESERVED   /* zero */
};

struct stp_row_member {
	const char *name;
	const char *unit; /* or NULL */
	uint8_t offset;
	uint8_t bytes;
	enum stp_member_kind kind;
	enum stp_table_section target;
	const char *const *words; /* by value; a NULL entry is not used */
	size_t word_count;
};

struct stp_row_type {
	const char *section;    /* "depths": the member of the table and of its header */
	const char *type;       /* "struct stipple_depth_row" */
	uint32_t bytes;         /* of a row */
	uint32_t header_member; /* where its stipple_section stands in the header */
	const struct stp_row_member *members; /* NULL: labels, lists and text */
	size_t member_count;
	uint32_t check_kind; /* enum stipple_row_kind, or 0 */
};

const struct stp_row_type *stp_row_type(enum stp_table_section);
uint32_t stp_member_value(const uint8_t *row, const struct stp_row_member *);

/* ---- the image as it grows ---- */

struct stp_rows {
	uint8_t *bytes;     /* rows as the structs of format.h */
	const char **notes; /* for each row a comment, or NULL */
	size_t count;
	size_t room;
	uint32_t *shared;   /* hash table of first rows + 1, for stp_share_rows */
	size_t shared_room; /* a power of two, or 0 */
	size_t shared_count;
};

/*
 * Words that a row cites by number: what finds them in translations, and the model's own. Those of
 * a question about the preparation are made of the rule, said of one of its terms.
 */
struct stp_table_label {
	const char *name;
	const char *text;
	const struct stp_care_rule *care; /* or NULL */
	const struct stp_term *term;
};

struct stp_table {
	struct stp_context *context;
	const struct stp_model *model;
	const struct stp_tables_options *options;
	struct stp_rows rows[STP_SECTIONS];
	uint32_t *texts; /* hash table of text offsets + 1 */
	size_t text_room;
	size_t text_count;
	struct stp_table_label *labels;
	size_t label_count;
	size_t label_room;
	uint32_t *label_hashes; /* hash table of label numbers + 1 */
	size_t label_hash_room;
	uint16_t *zone_rows;   /* model's zone index → row, or STIPPLE_NONE */
	uint16_t *item_rows;   /* model's term index → row */
	uint16_t *subjects;    /* model's factor index → subject of conditions */
	uint16_t *device_rows; /* model's device index → row */
	struct stp_table_row *element_rows;
	size_t element_row_count;
	size_t element_row_room;
	struct stipple_header header;
	uint8_t *image; /* once it is laid out */
	size_t image_bytes;
	struct stp_span place; /* of what is being built, for reports */
	bool overflow;         /* something did not fit or is missing; it was reported */
};

/* Appends rows (`note` for the first, or NULL) and returns the first one's index. */
uint32_t stp_append_rows(struct stp_table *, enum stp_table_section, const void *rows, size_t count,
			 const char *note);
/* The same, unless an equal run was stored by this function before: then its index. */
uint32_t stp_share_rows(struct stp_table *, enum stp_table_section, const void *rows, size_t count,
			const char *note);
/* Remembers that the element of the model became that row: see stp_table_row. */
void stp_note_row(struct stp_table *, const void *element, enum stp_table_section, uint32_t row);
/* A row index that must fit 16 bits. */
uint16_t stp_narrow(struct stp_table *, uint32_t index);
/* A value that must be below STIPPLE_NONE, named for the report. */
uint16_t stp_narrow_value(struct stp_table *, uint64_t value, const char *what);
uint32_t stp_table_text(struct stp_table *, const char *text);
/*
 * A label: `name` is whose it is, or empty, `text` what it says in English. With this before its
 * name it is a phrase.
 */
#define STP_LABEL_OF_PHRASE "phrase "
uint16_t stp_table_label(struct stp_table *, const char *name, const char *text);
/* The label of the question of that name about a preparation. */
uint16_t stp_table_preparation(struct stp_table *, const char *name, const struct stp_care_rule *,
			       const struct stp_term *);
/* A list of 16-bit entries; its place in section lists. */
uint32_t stp_table_list(struct stp_table *, const uint16_t *entries, size_t count);
/* The first four bytes of SHA-256 of "kind:name". */
uint32_t stp_table_key(const char *kind, const char *name);
/* "acne.stip:23", an absolute path without its folders; NULL for no place. */
const char *stp_place(struct stp_table *, struct stp_span);
void stp_report_overflow(struct stp_table *, const char *what);

/* Text, labels, checks, counts, digests and CRC: the finished image. */
void stp_finish_image(struct stp_table *);
/* The CRC-32 that the runtime takes too: see runtime/src/crc.c. */
uint32_t stp_table_crc(const uint8_t *bytes, size_t count);
/* The last four of the bytes: the CRC of all before, least significant byte first. */
void stp_put_crc(uint8_t *bytes, size_t length);

/* ---- the model as rows ---- */

void stp_build_table(struct stp_table *);
uint32_t stp_build_slots(struct stp_table *, const struct stp_protocol *, uint16_t *count);
/* Recipes, sorted: before all slots. */
void stp_build_recipes(struct stp_table *);
/* The recipe of these counts for these patterns, or STIPPLE_NONE. */
uint16_t stp_build_recipe(struct stp_table *, const uint8_t counts[STP_PATTERNS],
			  unsigned patterns);
uint16_t stp_build_uses(struct stp_table *, const struct stp_protocol *,
			const struct stp_zone_plan *, const char *note);
uint32_t stp_build_screening(struct stp_table *, const struct stp_protocol *);
uint32_t stp_build_windows(struct stp_table *, const struct stp_protocol *);
uint16_t stp_build_course(struct stp_table *, const struct stp_protocol *);
uint16_t stp_build_anaesthetic(struct stp_table *, const struct stp_protocol *);
uint16_t stp_build_role(struct stp_table *, const char *name);
/* The question of a yes/no factor; made at the first call. */
uint16_t stp_build_question(struct stp_table *, const struct stp_factor *);
/*
 * The question whether the rule was broken, as far as it is about the term; made at the first call
 * for a rule of the same words.
 */
uint16_t stp_build_preparation(struct stp_table *, const struct stp_care_rule *,
			       const struct stp_term *);

/*
 * A condition as pairs: fills `pairs` (two a row) and returns how many rows hold them, at least 1.
 * `when` may be NULL.
 */
#define STP_CONDITION_ROWS 16
size_t stp_build_conditions(struct stp_table *, const struct stp_condition *when,
			    struct stipple_condition pairs[2 * STP_CONDITION_ROWS]);

/* ---- the image as C ---- */

void stp_print_table(struct stp_table *, struct stp_string *c);
/* The same bytes as words, and their declaration. */
void stp_print_words(struct stp_table *, struct stp_string *c);
void stp_print_words_type(struct stp_table *, struct stp_string *h);
/* False after a report: two names would be one. */
bool stp_print_header(struct stp_table *, struct stp_string *h);
/* "ACNE_DEPTH_500_1500_UM": the enumerator of a row, or NULL for a section without. */
const char *stp_row_enumerator(struct stp_table *, enum stp_table_section, uint32_t row);
/* Whether each name that the header defines is defined once; else it is reported. */
bool stp_check_names(struct stp_table *, const char *header);
/* Upper case with everything that an identifier cannot hold as an underscore. */
const char *stp_upper(struct stp_context *, const char *text);
const char *stp_text_at(const struct stp_table *, uint32_t offset);
/* The bytes of the string at `at` as a member: its zero, and after the last one the padding. */
size_t stp_text_bytes(const struct stp_table *, size_t at);
/* Text for inside a comment: no end of comment, no trigraph, no control character. */
void stp_add_comment_text(struct stp_string *, const char *text);

#endif
