/* SPDX-License-Identifier: Apache-2.0 */
/*
 * House rules: what a policy says of every protocol that it is in force for. `limit` tightens what
 * the protocol says, `require` and `forbid` only check it. Language reference, "Policies".
 */
#ifndef STP_POLICIES_H
#define STP_POLICIES_H

#include "model/model.h"

/* `except PROTOCOL because "…"` */
struct stp_house_exception {
	const struct stp_protocol *protocol;
	struct stp_provenance origin;
};

/* Whom the rules of a block speak of: all that is said here must be so. */
struct stp_house_scope {
	const struct stp_house_scope *outer; /* the block around it, or NULL */
	const struct stp_term *treats;       /* or NULL */
	const struct stp_zone *zone;         /* or NULL; with all that lies in it */
	bool has_modality;
	enum stp_modality modality;
	bool has_depth;
	uint32_t depth_over_um;           /* the zone's hard limit is greater for some client */
	const struct stp_condition *when; /* with that of the blocks around it; or NULL */
	const struct stp_house_exception *exceptions;
	size_t exception_count;
};

enum stp_house_rule_kind {
	STP_HOUSE_SETTING, /* limit depth, passes or rate */
	STP_HOUSE_COURSE,  /* limit interval, limit sessions */
	STP_HOUSE_NUMBING, /* limit anaesthetic, amount, area */
	STP_REQUIRE_SCREENING,
	STP_REQUIRE_CARE,
	STP_REQUIRE_OPERATOR,
	STP_FORBID_CARE,
	STP_FORBID_TREATING
};

/* One statement. What its kind does not speak of is 0. */
struct stp_house_rule {
	enum stp_house_rule_kind kind;
	const struct stp_policy *policy;
	const struct stp_house_scope *scope;
	enum stp_setting_id setting;
	bool has_low, has_high;
	uint32_t low, high;
	struct stp_duration time;     /* the least interval, or the longest on the skin */
	uint32_t sessions;            /* the most */
	uint32_t amount_mg, area_mm2; /* the most */
	const struct stp_screen_rule *screens;
	size_t screen_count; /* one for each term that the statement names */
	const struct stp_care_rule *care;
	bool at_any_time; /* forbidden before the visit and after it */
	const struct stp_factor *operators;
	uint16_t operator_values;
	const struct stp_term *treats;
	const char *text;    /* the statement without its end, on one line */
	const char *message; /* or NULL */
	struct stp_provenance origin;
};

struct stp_policy {
	const char *name;
	const char *label;
	const struct stp_house_rule *rules; /* in order of the source */
	size_t rule_count;
	const struct stp_house_scope *scope; /* the whole policy's: its exceptions */
	struct stp_provenance origin;
	struct stp_span span;
	uint32_t index;
};

/* The exception by which a rule of the scope does not hold for the protocol, or NULL. */
const struct stp_house_exception *stp_house_exception(const struct stp_house_scope *,
						      const struct stp_protocol *);
/*
 * How much work it is to hold one rule of the scope against one protocol. All of a compilation's
 * together is bounded, so that many rules over many protocols are an error and not a day's work.
 */
#define STP_HOUSE_WORK_MOST 250000u
size_t stp_house_work(const struct stp_house_scope *);
/* Whether the windows of two rules on one side of the visit touch. */
bool stp_windows_touch(const struct stp_care_rule *, const struct stp_care_rule *);
/*
 * Whether the scope speaks of the protocol: of what it treats, on which kind of device, and in one
 * of its zones at least. Neither `when` nor exceptions count here.
 */
bool stp_house_speaks_of(const struct stp_house_scope *, const struct stp_protocol *);
/* And of that zone; its plan must be finished where the scope speaks of a depth. */
bool stp_house_speaks_of_zone(const struct stp_house_scope *, const struct stp_zone_plan *);

#endif
