/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table format: what a generated table holds, row by row.
 *
 * A table (an "image") is one aggregate: a header, arrays of rows, the text, and a CRC-32. It is
 * generated as constant C, or packed as the same bytes in a file. These rules make the bytes the
 * same from every compiler of one byte order:
 *
 *   - members are uint8_t, uint16_t, uint32_t, arrays and structs of them, and char in text;
 *   - every member is naturally aligned, padding is a named member called reserved and is zero;
 *   - every struct is a multiple of its widest member, every section a multiple of four bytes;
 *     STIPPLE_SIZE asserts that a struct is as long as its members, which fixes where each is;
 *   - rows refer to rows by index and to text by offset; there is no pointer, hence no relocation.
 *
 * A big-endian machine reads a big-endian image; the magic tells them apart.
 *
 * Units: depth in micrometres (um), rate in revolutions a minute (rpm), times in seconds (s),
 * area in square millimetres, amount in milligrams.
 *
 * Check words. A row on which a permit rests ends with check[2]. Taken as 32-bit words of the
 * machine, all words of such a row, check included, XOR to stipple_check_value(kind, row number).
 * So a flipped bit, a row of another kind and a row at another place are all found at each use.
 * Rows that also hold 32-bit members have a member wide_check, which makes those members XOR to
 * zero; thereby the check is the same numbers in both byte orders.
 */
#ifndef STIPPLE_FORMAT_H
#define STIPPLE_FORMAT_H

#include "stipple/port.h"

#ifdef __cplusplus
extern "C" {
#endif

#define STIPPLE_MAGIC          0x4C505453u /* "STPL" in the memory of a little-endian machine */
#define STIPPLE_VERSION        3u          /* the format that this header describes */
#define STIPPLE_VERSION_LEAST  3u          /* the oldest that its reader reads */
#define STIPPLE_FEATURES_KNOWN 0u          /* feature bits that this reader understands */

#define STIPPLE_NONE    0xFFFFu     /* no row, no label, no upper bound: in a 16-bit member */
#define STIPPLE_NO_TIME 0xFFFFFFFFu /* no upper bound: in a member in seconds */

/* The most that one table or one row may hold; the loader refuses more. */
#define STIPPLE_ZONES_MOST       64u       /* slots of one protocol */
#define STIPPLE_TIGHTENINGS_MOST 64u       /* tightening rows of one slot */
#define STIPPLE_VALUES_MOST      16u       /* values of one factor */
#define STIPPLE_LIST_MOST        1024u     /* entries of one list */
#define STIPPLE_CARTRIDGES_MOST  8u        /* kinds of cartridge of one device */
#define STIPPLE_ROWS_MOST        0xFFFFFFu /* rows of one section */

/* What a tightening row tightens, and what a request asks about. */
enum stipple_setting {
	STIPPLE_DEPTH = 1,     /* um */
	STIPPLE_PASSES = 2,    /* count */
	STIPPLE_RATE = 3,      /* rpm */
	STIPPLE_PATTERNS = 4,  /* the movements still allowed */
	STIPPLE_ENDPOINTS = 5, /* further endpoints: stop at the first */
	STIPPLE_NEVER = 6,     /* the zone is not to be treated */
	STIPPLE_CONDITIONS = 7 /* no setting: more conditions of the row before */
};

/* Member `chain`: how a row goes on with the next one. */
enum stipple_chain {
	STIPPLE_LAST = 0,    /* the last row of its list */
	STIPPLE_MORE = 1,    /* another row of the list follows */
	STIPPLE_AND_NEXT = 3 /* the next row only adds conditions to this one */
};

/*
 * Member `subject` of a condition. Below STIPPLE_SUBJECT_QUESTION it is the index of a factor;
 * with that bit set, the index of a question; the others stand for themselves.
 */
#define STIPPLE_SUBJECT_QUESTION   0x8000u
#define STIPPLE_SUBJECT_DEPTH_USED 0xFFFCu /* greatest depth of the last session, um */
#define STIPPLE_SUBJECT_AGE        0xFFFDu /* whole years */
#define STIPPLE_SUBJECT_SESSION    0xFFFEu /* 1 for the first session of a course */
#define STIPPLE_SUBJECT_ALWAYS     0xFFFFu /* no condition */

/* What screening does with a client of whom its row holds. */
enum stipple_action {
	STIPPLE_ACTION_EXCLUDE = 1, /* ends the session */
	STIPPLE_ACTION_WAIT = 2,    /* ends it, and says until when */
	STIPPLE_ACTION_CLEAR = 3,   /* goes on when the row's role has cleared it */
	STIPPLE_ACTION_CONFIRM_AVOIDED =
		4,                      /* goes on when the operator confirms the spot is avoided */
	STIPPLE_ACTION_PREPARATION = 5, /* goes on with a confirmed reason */
	STIPPLE_ACTION_CAUTION = 6,     /* is shown and recorded */
	STIPPLE_ACTION_WITHOUT_ANAESTHETIC = 7, /* goes on, but no anaesthetic is applied */
	STIPPLE_ACTION_OPERATOR = 8,            /* this operator may not perform the protocol */
	STIPPLE_ACTION_MORE_CONDITIONS = 9      /* no action: more conditions of the row before */
};

enum stipple_status {
	STIPPLE_STATUS_DRAFT = 1,
	STIPPLE_STATUS_REVIEWED = 2,
	STIPPLE_STATUS_APPROVED = 3,
	STIPPLE_STATUS_WITHDRAWN = 4
};

/* Whether a use is on the device's label. */
enum stipple_label_status {
	STIPPLE_LABEL_NOT_EVALUATED = 0, /* the device's label is not known */
	STIPPLE_LABEL_ON = 1,
	STIPPLE_LABEL_OFF = 2
};

enum stipple_moment {
	STIPPLE_MOMENT_BEFORE = 1, /* times count back from the visit */
	STIPPLE_MOMENT_AFTER = 2,  /* times count from the end of the visit */
	STIPPLE_MOMENT_EXPECT = 3, /* an effect to expect; times as in STIPPLE_MOMENT_AFTER */
	STIPPLE_MOMENT_DAY = 4     /* on the day of the visit; times are zero */
};

enum stipple_verb {
	STIPPLE_VERB_AVOID = 1,
	STIPPLE_VERB_STOP = 2,
	STIPPLE_VERB_DO = 3,
	STIPPLE_VERB_USE = 4,
	STIPPLE_VERB_ONLY = 5,
	STIPPLE_VERB_MAY = 6,
	STIPPLE_VERB_RESUME = 7,
	STIPPLE_VERB_HAVE = 8, /* of an effect */
	STIPPLE_VERB_ASK_PRESCRIBER = 9,
	STIPPLE_VERB_EXCEPT = 10 /* an exception from the row before */
};

enum stipple_place { STIPPLE_ANYWHERE = 0, STIPPLE_IN_AREA = 1, STIPPLE_AT_SPOT = 2 };

/* One part of the image: where it starts, in bytes from the image's start, and its rows. */
struct stipple_section {
	uint32_t offset;
	uint32_t count;
};

struct stipple_header {
	uint32_t magic;
	uint16_t version;              /* of the format, as written */
	uint16_t oldest_reader;        /* the oldest version that reads this image rightly */
	uint32_t features;             /* bits; a reader refuses one that it does not know */
	uint32_t image_bytes;          /* all of it, CRC included */
	uint32_t header_bytes;         /* the first section starts here */
	uint32_t interface_digest;     /* over the ordered names: equal digest, equal enumerators */
	uint32_t device_key;           /* the one device of all protocols; 0: there are several */
	uint8_t fingerprint[32];       /* SHA-256 over what the rows say */
	uint16_t greatest_zones;       /* slots of one protocol, at most */
	uint16_t greatest_tightenings; /* rows of one slot, at most */
	uint16_t greatest_list;        /* entries of one list, at most */
	uint16_t label_count;          /* labels of each language */
	uint32_t library_version;      /* text offset: of the program that made it */
	struct stipple_section devices;
	struct stipple_section protocols;
	struct stipple_section slots;
	struct stipple_section depths;
	struct stipple_section paces;
	struct stipple_section tightenings;
	struct stipple_section recipes;
	struct stipple_section uses;
	struct stipple_section courses;
	struct stipple_section anaesthetics;
	struct stipple_section screenings;
	struct stipple_section windows;
	struct stipple_section questions;
	struct stipple_section factors;
	struct stipple_section values;
	struct stipple_section zones;
	struct stipple_section roles;
	struct stipple_section patterns;
	struct stipple_section endpoints;
	struct stipple_section items;
	struct stipple_section languages;
	struct stipple_section labels; /* uint32_t each: a text offset */
	struct stipple_section lists;  /* uint16_t each: see stipple_protocol */
	struct stipple_section text;   /* bytes: strings, each ended by a zero */
};

/*
 * A condition on the client. For a factor or a question `values_or_least` is a set: bit n stands
 * for the n-th value (of a question: bit 0 no, bit 1 yes), and `most` is how many values there
 * are; an answer beyond them is none. For age, session and depth used `values_or_least` is the
 * least value and `most` the greatest.
 */
struct stipple_condition {
	uint16_t subject;
	uint16_t values_or_least;
	uint16_t most;
};

struct stipple_device_row {
	uint32_t key;
	uint32_t name;           /* text offset */
	uint32_t cartridge_list; /* first entry in lists: counts of needles; empty: any cartridge */
	uint32_t wide_check;
	uint16_t label;
	uint16_t depth_least;     /* um */
	uint16_t depth_most;      /* um */
	uint16_t depth_step;      /* um */
	uint16_t depth_tolerance; /* um: what a reported depth may differ by */
	uint16_t rate_least;      /* rpm */
	uint16_t rate_most;       /* rpm */
	uint16_t rate_step;       /* rpm */
	uint16_t rate_tolerance;  /* rpm */
	uint16_t reserved;
	uint16_t check[2];
};

/*
 * A list is a run of 16-bit entries: the number of entries, the entries, and the XOR of the
 * number and all entries with STIPPLE_LIST_CHECK. Equal lists are stored once.
 */
#define STIPPLE_LIST_CHECK 0x5A69u

struct stipple_protocol_row {
	uint32_t key;
	uint32_t name;           /* text offset */
	uint32_t version;        /* text offset */
	uint32_t first_slot;     /* its slots are adjacent, by rising zone */
	uint32_t screening_list; /* first entry in lists: screening rows */
	uint32_t asked_list;     /* first entry in lists: subjects that must be answered */
	uint32_t window_list;    /* first entry in lists: window rows */
	uint32_t wide_check;
	uint16_t label;
	uint16_t device;
	uint16_t status; /* enum stipple_status */
	uint16_t slot_count;
	uint16_t course;      /* first of its course rows, or STIPPLE_NONE */
	uint16_t anaesthetic; /* first of its anaesthetic rows, or STIPPLE_NONE */
	uint16_t check[2];
};

/* A zone in a protocol. depth and pace STIPPLE_NONE: never to be treated. */
struct stipple_slot_row {
	uint16_t zone;
	uint16_t depth;
	uint16_t pace;
	uint16_t tightening; /* the first of its tightening rows, or STIPPLE_NONE */
	uint16_t recipe;     /* or STIPPLE_NONE */
	uint16_t use;        /* the first of its uses; STIPPLE_NONE: not evaluated */
	uint16_t check[2];
};

/*
 * Two nested intervals: within range freely, within limit with a confirmed reason, beyond it
 * nobody. step: at most so much above the depth last settled on; STIPPLE_NONE: no such rule.
 */
struct stipple_depth_row {
	uint16_t range_least; /* um */
	uint16_t range_most;  /* um */
	uint16_t limit_least; /* um */
	uint16_t limit_most;  /* um */
	uint16_t start;       /* um */
	uint16_t step;        /* um */
	uint16_t check[2];
};

struct stipple_pace_row {
	uint16_t passes_range_least;
	uint16_t passes_range_most;
	uint16_t passes_limit_least;
	uint16_t passes_limit_most;
	uint16_t passes_start;
	uint16_t rate_range_least; /* rpm */
	uint16_t rate_range_most;  /* rpm */
	uint16_t rate_limit_least; /* rpm */
	uint16_t rate_limit_most;  /* rpm */
	uint16_t rate_start;       /* rpm */
	uint16_t patterns;         /* set: bit n for the n-th pattern row */
	uint16_t endpoints;        /* set: bit n for the n-th endpoint row */
	uint16_t check[2];
};

/*
 * Where its conditions hold, the setting's bounds are intersected with these. A bound that the
 * row leaves alone is 0 (least) or STIPPLE_NONE (most, start, step).
 */
struct stipple_tightening_row {
	uint16_t setting;     /* enum stipple_setting */
	uint16_t chain;       /* enum stipple_chain */
	uint16_t range_least; /* um, count or rpm, as the setting has it */
	uint16_t range_most;
	uint16_t limit_least;
	uint16_t limit_most;
	uint16_t start;
	uint16_t step;    /* of STIPPLE_DEPTH only */
	uint16_t members; /* of STIPPLE_PATTERNS and STIPPLE_ENDPOINTS: a set */
	uint16_t recipe;  /* of STIPPLE_PATTERNS: takes the slot's place; or STIPPLE_NONE */
	struct stipple_condition conditions[2];
	uint16_t check[2];
};

/*
 * How often each pattern is to be made, in the order of the pattern rows: advice for the hand,
 * which the device shows. 0: not at all.
 */
#define STIPPLE_MOVEMENTS 5u
struct stipple_recipe_row {
	uint16_t horizontal;
	uint16_t vertical;
	uint16_t diagonal;
	uint16_t circular;
	uint16_t stamp;
	uint16_t reserved;
	uint16_t check[2];
};

/*
 * Whether a use is on the label of the device: of a slot's rows the first one that holds says so.
 * What is on the label comes first; the last row, if any of them can fail, is off it and always
 * holds.
 */
struct stipple_use_row {
	uint16_t status; /* enum stipple_label_status; 0: more conditions of the row before */
	uint16_t chain;  /* enum stipple_chain */
	struct stipple_condition conditions[2];
	uint16_t check[2];
};

/*
 * The course of sessions. The first row has no condition; further rows tighten the interval.
 * Sooner than interval_least refuses, later than interval_most warns.
 */
struct stipple_course_row {
	uint32_t interval_least; /* s */
	uint32_t interval_most;  /* s, or STIPPLE_NO_TIME */
	uint32_t wide_check;
	uint16_t chain;
	uint16_t sessions_least; /* advice */
	uint16_t sessions_most;  /* advice */
	uint16_t sessions_limit; /* one more is refused; STIPPLE_NONE: no limit */
	struct stipple_condition conditions[2];
	uint16_t check[2];
};

/* An anaesthetic on the skin. The first row has no condition; further rows tighten it. */
struct stipple_anaesthetic_row {
	uint32_t least;       /* s on the skin before needling, for comfort */
	uint32_t most;        /* s on the skin, for safety */
	uint32_t amount_most; /* mg, or STIPPLE_NO_TIME */
	uint32_t area_most;   /* square mm, or STIPPLE_NO_TIME */
	uint32_t wide_check;
	uint16_t chain;
	uint16_t item;
	uint16_t occlusion; /* 0 no, 1 yes, STIPPLE_NONE not said */
	uint16_t strength;  /* hundredths of a per cent, or STIPPLE_NONE; advice */
	uint16_t dose;      /* mg on each square centimetre at most, or STIPPLE_NONE */
	uint16_t reserved;
	struct stipple_condition conditions[2];
	uint16_t check[2];
};

/*
 * Screening. The row holds of a client when its conditions do and, if it names a question, the
 * answer is yes. wait and floor count from the begin of the day of the event that the question
 * asks about: before floor nobody goes on; from floor to wait only with the role's clearance (no
 * role: nobody).
 */
struct stipple_screening_row {
	uint32_t wait;  /* s */
	uint32_t floor; /* s */
	uint32_t wide_check;
	uint16_t action;   /* enum stipple_action */
	uint16_t chain;    /* STIPPLE_AND_NEXT or STIPPLE_LAST */
	uint16_t question; /* or STIPPLE_NONE */
	uint16_t role;     /* or STIPPLE_NONE */
	uint16_t because;  /* label, or STIPPLE_NONE */
	uint16_t reserved;
	struct stipple_condition conditions[2];
	uint16_t check[2];
};

/*
 * What the client is told to do or to expect, with its window. The device shows it; nothing is
 * permitted by it, so it carries no check word.
 */
struct stipple_window_row {
	uint32_t from;   /* s */
	uint32_t to;     /* s, or STIPPLE_NO_TIME */
	uint32_t every;  /* s, or 0 */
	uint16_t moment; /* enum stipple_moment */
	uint16_t verb;   /* enum stipple_verb */
	uint16_t item;
	uint16_t until;   /* item: until this effect has ended; or STIPPLE_NONE */
	uint16_t chain;   /* STIPPLE_AND_NEXT or STIPPLE_LAST */
	uint16_t because; /* label, or STIPPLE_NONE */
	struct stipple_condition conditions[2];
};

struct stipple_question_row {
	uint32_t key;
	uint32_t name;  /* text offset */
	uint16_t label; /* the words to ask with */
	uint16_t item;
	uint16_t place;        /* enum stipple_place */
	uint16_t preparation;  /* 1: whether a rule for before the visit was not kept */
	uint16_t from_session; /* asked from this session on */
	uint16_t reserved;
};

struct stipple_factor_row {
	uint32_t key;
	uint32_t name;  /* text offset */
	uint16_t label; /* the words to ask with */
	uint16_t first_value;
	uint16_t value_count;
	uint16_t ordered;      /* 1: the values have an order */
	uint16_t from_session; /* asked from this session on */
	uint16_t reserved;
};

/* A word of the vocabulary: a value, zone, role, pattern, endpoint or item. */
struct stipple_term_row {
	uint32_t key;
	uint32_t name; /* text offset */
	uint16_t label;
	uint16_t parent; /* row of the same kind (of a value: its factor), or none */
};

/* Label n in this language: the text at labels[first_label + n]. */
struct stipple_language_row {
	uint32_t code; /* text offset: "en" */
	uint32_t first_label;
	uint8_t digest[32]; /* SHA-256 over this language's labels */
};

/* Kinds of rows in the check words. */
enum stipple_row_kind {
	STIPPLE_ROW_DEVICE = 0x1B,
	STIPPLE_ROW_PROTOCOL = 0x2D,
	STIPPLE_ROW_SLOT = 0x36,
	STIPPLE_ROW_DEPTH = 0x47,
	STIPPLE_ROW_PACE = 0x5C,
	STIPPLE_ROW_TIGHTENING = 0x6A,
	STIPPLE_ROW_COURSE = 0x71,
	STIPPLE_ROW_ANAESTHETIC = 0x8E,
	STIPPLE_ROW_SCREENING = 0x93,
	STIPPLE_ROW_RECIPE = 0xA6,
	STIPPLE_ROW_USE = 0xB8
};

/*
 * What all words of a checked row XOR to. Its two halves are equal, so that it is the same word
 * in both byte orders.
 */
static inline uint32_t stipple_check_value(uint32_t kind, uint32_t row)
{
	uint32_t half = ((kind << 8) ^ row ^ (row >> 16)) & 0xFFFFu;

	return half | (half << 16);
}

#define STIPPLE_SIZE(type, bytes)                                                                  \
	STIPPLE_STATIC_ASSERT(stipple_size_of_##type, sizeof(struct type) == (bytes))

STIPPLE_SIZE(stipple_section, 8);
STIPPLE_SIZE(stipple_header, 264);
STIPPLE_SIZE(stipple_condition, 6);
STIPPLE_SIZE(stipple_device_row, 40);
STIPPLE_SIZE(stipple_protocol_row, 48);
STIPPLE_SIZE(stipple_slot_row, 16);
STIPPLE_SIZE(stipple_depth_row, 16);
STIPPLE_SIZE(stipple_pace_row, 28);
STIPPLE_SIZE(stipple_tightening_row, 36);
STIPPLE_SIZE(stipple_recipe_row, 16);
STIPPLE_SIZE(stipple_use_row, 20);
STIPPLE_SIZE(stipple_course_row, 36);
STIPPLE_SIZE(stipple_anaesthetic_row, 48);
STIPPLE_SIZE(stipple_screening_row, 40);
STIPPLE_SIZE(stipple_window_row, 36);
STIPPLE_SIZE(stipple_question_row, 20);
STIPPLE_SIZE(stipple_factor_row, 20);
STIPPLE_SIZE(stipple_term_row, 12);
STIPPLE_SIZE(stipple_language_row, 40);

#ifdef __cplusplus
}
#endif

#endif
