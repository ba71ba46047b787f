/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The schema of the tables: every member of every row, so that printing, checking and digesting
 * are loops over data. A test holds it against the structs of stipple/format.h.
 */
#include "emit/tables_image.h"

#include <string.h>

#define WORDS(list) list, sizeof list / sizeof list[0]

static const char *const settings[] = { NULL,
					"STIPPLE_DEPTH",
					"STIPPLE_PASSES",
					"STIPPLE_RATE",
					"STIPPLE_PATTERNS",
					"STIPPLE_ENDPOINTS",
					"STIPPLE_NEVER",
					"STIPPLE_CONDITIONS" };
static const char *const chains[] = { "STIPPLE_LAST", "STIPPLE_MORE", NULL, "STIPPLE_AND_NEXT" };
static const char *const actions[] = { NULL,
				       "STIPPLE_ACTION_EXCLUDE",
				       "STIPPLE_ACTION_WAIT",
				       "STIPPLE_ACTION_CLEAR",
				       "STIPPLE_ACTION_CONFIRM_AVOIDED",
				       "STIPPLE_ACTION_PREPARATION",
				       "STIPPLE_ACTION_CAUTION",
				       "STIPPLE_ACTION_WITHOUT_ANAESTHETIC",
				       "STIPPLE_ACTION_OPERATOR",
				       "STIPPLE_ACTION_MORE_CONDITIONS" };
static const char *const statuses[] = { NULL, "STIPPLE_STATUS_DRAFT", "STIPPLE_STATUS_REVIEWED",
					"STIPPLE_STATUS_APPROVED", "STIPPLE_STATUS_WITHDRAWN" };
static const char *const label_statuses[] = { "STIPPLE_LABEL_NOT_EVALUATED", "STIPPLE_LABEL_ON",
					      "STIPPLE_LABEL_OFF" };
static const char *const moments[] = { NULL, "STIPPLE_MOMENT_BEFORE", "STIPPLE_MOMENT_AFTER",
				       "STIPPLE_MOMENT_EXPECT", "STIPPLE_MOMENT_DAY" };
static const char *const verbs[] = { NULL,
				     "STIPPLE_VERB_AVOID",
				     "STIPPLE_VERB_STOP",
				     "STIPPLE_VERB_DO",
				     "STIPPLE_VERB_USE",
				     "STIPPLE_VERB_ONLY",
				     "STIPPLE_VERB_MAY",
				     "STIPPLE_VERB_RESUME",
				     "STIPPLE_VERB_HAVE",
				     "STIPPLE_VERB_ASK_PRESCRIBER",
				     "STIPPLE_VERB_EXCEPT" };
static const char *const places[] = { "STIPPLE_ANYWHERE", "STIPPLE_IN_AREA", "STIPPLE_AT_SPOT" };

#define MEMBER(row, name, bytes, kind, target)                                                     \
	{                                                                                          \
#name, NULL, (uint8_t)offsetof(struct row, name), bytes, STP_MEMBER_##kind,        \
			STP_SECTION_##target, NULL, 0                                              \
	}
#define KEY(row)               MEMBER(row, key, 4, KEY, TEXT)
#define TEXT(row, name)        MEMBER(row, name, 4, TEXT, TEXT)
#define LABEL(row, name)       MEMBER(row, name, 2, WORDS, LABEL)
#define ROW(row, name, target) MEMBER(row, name, 2, ROW, target)
#define WORD(row, name, list)                                                                      \
	{                                                                                          \
#name, NULL, (uint8_t)offsetof(struct row, name), 2, STP_MEMBER_WORD,              \
			STP_SECTION_TEXT, WORDS(list)                                              \
	}
#define NUMBER(row, name, bytes, unit)                                                             \
	{                                                                                          \
#name, unit, (uint8_t)offsetof(struct row, name), bytes, STP_MEMBER_NUMBER,        \
			STP_SECTION_TEXT, NULL, 0                                                  \
	}
#define COUNT(row, name)   NUMBER(row, name, 2, NULL)
#define UM(row, name)      NUMBER(row, name, 2, "um")
#define RPM(row, name)     NUMBER(row, name, 2, "rpm")
#define SECONDS(row, name) NUMBER(row, name, 4, "s")
#define BITS(row, name)    MEMBER(row, name, 2, BITS, TEXT)
#define RESERVED(row)      MEMBER(row, reserved, 2, RESERVED, TEXT)
#define WIDE_CHECK(row)    MEMBER(row, wide_check, 4, CHECK, TEXT)
#define CHECK(row)         MEMBER(row, check, 4, CHECK, TEXT)
#define CONDITION(row, which)                                                                      \
	{                                                                                          \
		"conditions[" #which "]", NULL,                                                    \
			(uint8_t)(offsetof(struct row, conditions) +                               \
				  which * sizeof(struct stipple_condition)),                       \
			(uint8_t)sizeof(struct stipple_condition), STP_MEMBER_CONDITION,           \
			STP_SECTION_FACTOR, NULL, 0                                                \
	}

static const struct stp_row_member device_members[] = {
#define R stipple_device_row
	KEY(R),
	TEXT(R, name),
	MEMBER(R, cartridge_list, 4, LIST, LIST),
	WIDE_CHECK(R),
	LABEL(R, label),
	UM(R, depth_least),
	UM(R, depth_most),
	UM(R, depth_step),
	UM(R, depth_tolerance),
	RPM(R, rate_least),
	RPM(R, rate_most),
	RPM(R, rate_step),
	RPM(R, rate_tolerance),
	RESERVED(R),
	CHECK(R)
#undef R
};

static const struct stp_row_member protocol_members[] = {
#define R stipple_protocol_row
	KEY(R),
	TEXT(R, name),
	TEXT(R, version),
	MEMBER(R, first_slot, 4, ROW, SLOT),
	MEMBER(R, screening_list, 4, LIST, SCREENING),
	MEMBER(R, asked_list, 4, LIST, FACTOR),
	MEMBER(R, window_list, 4, LIST, WINDOW),
	WIDE_CHECK(R),
	LABEL(R, label),
	ROW(R, device, DEVICE),
	WORD(R, status, statuses),
	COUNT(R, slot_count),
	ROW(R, course, COURSE),
	ROW(R, anaesthetic, ANAESTHETIC),
	CHECK(R)
#undef R
};

static const struct stp_row_member slot_members[] = {
#define R stipple_slot_row
	ROW(R, zone, ZONE),
	ROW(R, depth, DEPTH),
	ROW(R, pace, PACE),
	ROW(R, tightening, TIGHTENING),
	ROW(R, recipe, RECIPE),
	ROW(R, use, USE),
	CHECK(R)
#undef R
};

static const struct stp_row_member depth_members[] = {
#define R stipple_depth_row
	UM(R, range_least), UM(R, range_most), UM(R, limit_least), UM(R, limit_most), UM(R, start),
	UM(R, step),        CHECK(R)
#undef R
};

static const struct stp_row_member pace_members[] = {
#define R stipple_pace_row
	COUNT(R, passes_range_least),
	COUNT(R, passes_range_most),
	COUNT(R, passes_limit_least),
	COUNT(R, passes_limit_most),
	COUNT(R, passes_start),
	RPM(R, rate_range_least),
	RPM(R, rate_range_most),
	RPM(R, rate_limit_least),
	RPM(R, rate_limit_most),
	RPM(R, rate_start),
	BITS(R, patterns),
	BITS(R, endpoints),
	CHECK(R)
#undef R
};

static const struct stp_row_member tightening_members[] = {
#define R stipple_tightening_row
	WORD(R, setting, settings),
	WORD(R, chain, chains),
	COUNT(R, range_least),
	COUNT(R, range_most),
	COUNT(R, limit_least),
	COUNT(R, limit_most),
	COUNT(R, start),
	UM(R, step),
	BITS(R, members),
	ROW(R, recipe, RECIPE),
	CONDITION(R, 0),
	CONDITION(R, 1),
	CHECK(R)
#undef R
};

static const struct stp_row_member recipe_members[] = {
#define R stipple_recipe_row
	COUNT(R, horizontal),
	COUNT(R, vertical),
	COUNT(R, diagonal),
	COUNT(R, circular),
	COUNT(R, stamp),
	RESERVED(R),
	CHECK(R)
#undef R
};

static const struct stp_row_member use_members[] = {
#define R stipple_use_row
	WORD(R, status, label_statuses), WORD(R, chain, chains), CONDITION(R, 0), CONDITION(R, 1),
	CHECK(R)
#undef R
};

static const struct stp_row_member course_members[] = {
#define R stipple_course_row
	SECONDS(R, interval_least),
	SECONDS(R, interval_most),
	WIDE_CHECK(R),
	WORD(R, chain, chains),
	COUNT(R, sessions_least),
	COUNT(R, sessions_most),
	COUNT(R, sessions_limit),
	CONDITION(R, 0),
	CONDITION(R, 1),
	CHECK(R)
#undef R
};

static const struct stp_row_member anaesthetic_members[] = {
#define R stipple_anaesthetic_row
	SECONDS(R, least),
	SECONDS(R, most),
	NUMBER(R, amount_most, 4, "mg"),
	NUMBER(R, area_most, 4, "square mm"),
	WIDE_CHECK(R),
	WORD(R, chain, chains),
	ROW(R, item, ITEM),
	COUNT(R, occlusion),
	NUMBER(R, strength, 2, "hundredths of a per cent"),
	NUMBER(R, dose, 2, "mg on each square centimetre"),
	RESERVED(R),
	CONDITION(R, 0),
	CONDITION(R, 1),
	CHECK(R)
#undef R
};

static const struct stp_row_member screening_members[] = {
#define R stipple_screening_row
	SECONDS(R, wait),         SECONDS(R, floor),      WIDE_CHECK(R),
	WORD(R, action, actions), WORD(R, chain, chains), ROW(R, question, QUESTION),
	ROW(R, role, ROLE),       LABEL(R, because),      RESERVED(R),
	CONDITION(R, 0),          CONDITION(R, 1),        CHECK(R)
#undef R
};

static const struct stp_row_member window_members[] = {
#define R stipple_window_row
	SECONDS(R, from),     SECONDS(R, to),     SECONDS(R, every),   WORD(R, moment, moments),
	WORD(R, verb, verbs), ROW(R, item, ITEM), ROW(R, until, ITEM), WORD(R, chain, chains),
	LABEL(R, because),    CONDITION(R, 0),    CONDITION(R, 1)
#undef R
};

static const struct stp_row_member question_members[] = {
#define R stipple_question_row
	KEY(R),
	TEXT(R, name),
	LABEL(R, label),
	ROW(R, item, ITEM),
	WORD(R, place, places),
	COUNT(R, preparation),
	COUNT(R, from_session),
	RESERVED(R)
#undef R
};

static const struct stp_row_member factor_members[] = {
#define R stipple_factor_row
	KEY(R),
	TEXT(R, name),
	LABEL(R, label),
	ROW(R, first_value, VALUE),
	COUNT(R, value_count),
	COUNT(R, ordered),
	COUNT(R, from_session),
	RESERVED(R)
#undef R
};

#define TERM(parent_section)                                                                       \
	KEY(stipple_term_row), TEXT(stipple_term_row, name), LABEL(stipple_term_row, label),       \
		ROW(stipple_term_row, parent, parent_section)

static const struct stp_row_member value_members[] = { TERM(FACTOR) };
static const struct stp_row_member zone_members[] = { TERM(ZONE) };
static const struct stp_row_member role_members[] = { TERM(ROLE) };
static const struct stp_row_member pattern_members[] = { TERM(PATTERN) };
static const struct stp_row_member endpoint_members[] = { TERM(ENDPOINT) };
static const struct stp_row_member item_members[] = { TERM(ITEM) };

static const struct stp_row_member language_members[] = {
#define R stipple_language_row
	TEXT(R, code), NUMBER(R, first_label, 4, NULL), MEMBER(R, digest, 32, DIGEST, TEXT)
#undef R
};

#define TYPE(section, row, bytes, members, count, check)                                           \
	{                                                                                          \
#section, row, bytes, (uint32_t)offsetof(struct stipple_header, section), members, \
			count, check                                                               \
	}
#define ROWS(section, row, members, check)                                                         \
	TYPE(section, "struct " #row, (uint32_t)sizeof(struct row), members,                       \
	     sizeof members / sizeof members[0], check)

static const struct stp_row_type row_types[STP_SECTIONS] = {
	ROWS(devices, stipple_device_row, device_members, STIPPLE_ROW_DEVICE),
	ROWS(protocols, stipple_protocol_row, protocol_members, STIPPLE_ROW_PROTOCOL),
	ROWS(slots, stipple_slot_row, slot_members, STIPPLE_ROW_SLOT),
	ROWS(depths, stipple_depth_row, depth_members, STIPPLE_ROW_DEPTH),
	ROWS(paces, stipple_pace_row, pace_members, STIPPLE_ROW_PACE),
	ROWS(tightenings, stipple_tightening_row, tightening_members, STIPPLE_ROW_TIGHTENING),
	ROWS(recipes, stipple_recipe_row, recipe_members, STIPPLE_ROW_RECIPE),
	ROWS(uses, stipple_use_row, use_members, STIPPLE_ROW_USE),
	ROWS(courses, stipple_course_row, course_members, STIPPLE_ROW_COURSE),
	ROWS(anaesthetics, stipple_anaesthetic_row, anaesthetic_members, STIPPLE_ROW_ANAESTHETIC),
	ROWS(screenings, stipple_screening_row, screening_members, STIPPLE_ROW_SCREENING),
	ROWS(windows, stipple_window_row, window_members, 0),
	ROWS(questions, stipple_question_row, question_members, 0),
	ROWS(factors, stipple_factor_row, factor_members, 0),
	ROWS(values, stipple_term_row, value_members, 0),
	ROWS(zones, stipple_term_row, zone_members, 0),
	ROWS(roles, stipple_term_row, role_members, 0),
	ROWS(patterns, stipple_term_row, pattern_members, 0),
	ROWS(endpoints, stipple_term_row, endpoint_members, 0),
	ROWS(items, stipple_term_row, item_members, 0),
	ROWS(languages, stipple_language_row, language_members, 0),
	TYPE(labels, "uint32_t", 4, NULL, 0, 0),
	TYPE(lists, "uint16_t", 2, NULL, 0, 0),
	TYPE(text, "char", 1, NULL, 0, 0)
};

const struct stp_row_type *stp_row_type(enum stp_table_section section)
{
	return &row_types[section];
}

uint32_t stp_member_value(const uint8_t *row, const struct stp_row_member *member)
{
	uint16_t narrow;
	uint32_t wide;

	if (member->bytes == 2) {
		memcpy(&narrow, row + member->offset, sizeof narrow);
		return narrow;
	}
	memcpy(&wide, row + member->offset, sizeof wide);
	return wide;
}
