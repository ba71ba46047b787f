/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The resolved model: what the sources mean, with every name bound, every number exact and every
 * bound knowing where it came from. It is made once by stp_resolve, is immutable from then on,
 * and is the only thing that back ends read.
 *
 * Units are in the names: micrometres, seconds, rpm. Lists keep the order of the source, which
 * is also the order of every output; nothing depends on a hash or on the machine.
 */
#ifndef STP_MODEL_H
#define STP_MODEL_H

#include "model/publishing.h"
#include "model/quantities.h"
#include "support/support.h"

struct stp_tree;
struct stp_test;   /* model/tests.h */
struct stp_policy; /* these two: model/policies.h */
struct stp_house_rule;

/* ---- where a statement came from, and why ---- */

enum stp_grade { STP_GRADE_A, STP_GRADE_B, STP_GRADE_C, STP_GRADE_D, STP_GRADE_U };

struct stp_citation { /* a declared `source` */
	const char *name;
	const char *label; /* as printed in lists of sources */
	enum stp_grade grade;
	const char *address; /* or NULL */
	const char *note;    /* or NULL */
	struct stp_span span;
	uint32_t index;
};

struct stp_differing { /* `but lorina says 14 days` */
	const struct stp_citation *source;
	const char *text;     /* what it says, as written: "14 days" */
	struct stp_said said; /* the same taken apart */
};

struct stp_provenance {
	struct stp_span span; /* the statement */
	uint32_t cite_count, differing_count;
	const char *because;                     /* one reason in plain words, or NULL */
	const char *said;                        /* the source's own vague words, or NULL */
	const struct stp_citation *const *cites; /* its own, else its block's */
	const struct stp_differing *differing;
};

/* ---- vocabulary ---- */

enum stp_term_kind {
	STP_PRODUCT,
	STP_MEDICINE,
	STP_ACTIVITY,
	STP_PROCEDURE,
	STP_CONDITION,
	STP_EFFECT,
	STP_SIGN,
	STP_CARE,
	STP_INDICATION,
	STP_TERM_KINDS
};

/* What a medicine says when it is an anaesthetic; 0 where it says nothing. */
struct stp_anaesthetic_facts {
	struct stp_duration least, longest;
	uint32_t area_limit_mm2;
	uint32_t amount_limit_mg;
	uint32_t dose_mg, dose_mm2;   /* at most so much on so large an area; 0: not said */
	uint32_t strength_hundredths; /* of a percent */
	bool occlusion_said, occlusion;
	/* Where each is said; source 0: not at all. */
	struct stp_span name_span, time_span, amount_span, area_span, occlusion_span;
	struct stp_span dose_span, strength_span;
	struct stp_provenance origin;
};

struct stp_term {
	enum stp_term_kind kind;
	const char *name;
	const char *label;       /* "sun exposure": as it stands inside a sentence */
	const char *note;        /* plain-language explanation, or NULL */
	const char *because;     /* default reason for rules about it, or NULL */
	const char *instruction; /* `instruction "drink plenty of water"`: as an order; or NULL */
	const char *asks;        /* the question that screening asks about it, or NULL */
	const char *if_phrase;   /* "you are pregnant", or NULL */
	const struct stp_term *parent;
	bool prescribed; /* medicine that only its prescriber may stop */
	bool never;      /* an activity that nobody is told to go back to */
	const struct stp_anaesthetic_facts *anaesthetic; /* or NULL */
	const struct stp_term *const *excludes; /* whom a product or medicine itself excludes */
	size_t exclude_count;
	struct stp_provenance origin;
	uint32_t index; /* among all terms */
};

/* ---- zones of the body ---- */

enum stp_modality { STP_PEN, STP_ROLLER, STP_STAMP_DEVICE, STP_MODALITIES };

extern const char *const stp_modality_names[STP_MODALITIES]; /* "pen" */

struct stp_ceiling { /* anatomical depth ceiling for one modality */
	uint32_t um; /* 0: none said */
	struct stp_provenance origin;
};

struct stp_zone {
	const char *name;
	const char *label;
	const char *note;
	const struct stp_zone *parent;
	const char *const *also; /* other names, for people */
	size_t also_count;
	struct stp_ceiling ceilings[STP_MODALITIES]; /* its own; those of its parents hold too */
	/* No protocol treats it or anything in it: the `never` of the zone, or NULL. */
	const struct stp_provenance *never;
	const char *outline; /* SVG path data, or NULL */
	uint32_t area_mm2;   /* about how large it is, for the sum of an anaesthetic; 0: not said */
	struct stp_provenance area_origin;
	struct stp_provenance origin;
	struct stp_span span;
	uint32_t index;
};

bool stp_zone_within(const struct stp_zone *, const struct stp_zone *ancestor); /* or equal */
/* The `never` that the zone or one around it says for every protocol, or NULL. */
const struct stp_provenance *stp_zone_never(const struct stp_zone *);
bool stp_term_within(const struct stp_term *, const struct stp_term *ancestor); /* or equal */

enum stp_scope { STP_CLIENT, STP_AREA, STP_SPOT };

/* ---- factors: what the device asks about a client ---- */

#define STP_FACTOR_VALUES 16

struct stp_factor_value {
	const char *name;  /* "IV" */
	const char *label; /* "burns a little, tans easily"; or NULL */
};

struct stp_factor {
	const char *name;
	const char *label;
	const char *asks;      /* the question for the screen */
	const char *if_phrase; /* "you have very dark skin": with {value} for the value */
	bool ordered;
	bool yes_no; /* value 0 is "no", value 1 is "yes" */
	uint8_t value_count;
	struct stp_factor_value values[STP_FACTOR_VALUES];
	const struct stp_term *condition; /* the screened condition that it stands for, or NULL */
	enum stp_scope scope;             /* where that condition is asked about */
	uint16_t from_session;            /* asked only from this session on; 1: always */
	struct stp_provenance origin;     /* of one that is declared */
	struct stp_span span;
	uint32_t index;
};

/* A box over clients: every term must hold, the session and the age must lie inside. */
struct stp_condition_term {
	const struct stp_factor *factor;
	uint16_t values; /* bit n: value n is allowed */
};

#define STP_ANY_HIGH  UINT16_MAX
#define STP_ANY_DEPTH UINT32_MAX

struct stp_condition {
	const struct stp_condition_term *terms; /* one a factor, ordered by factor index */
	size_t term_count;
	uint16_t session_low, session_high; /* 1 and STP_ANY_HIGH when any */
	uint16_t age_low, age_high; /* whole years, inclusive; 0 and STP_ANY_HIGH when any */
	/* Depth used last, inclusive; 0 and STP_ANY_DEPTH when any. For what follows a session. */
	uint32_t depth_low_um, depth_high_um;
	struct stp_span span;
};

/* ---- settings ---- */

enum stp_setting_id { STP_DEPTH /* µm */, STP_PASSES, STP_RATE /* rpm */, STP_SETTINGS };

enum stp_bound_side {
	STP_RANGE_LOW,
	STP_RANGE_HIGH,
	STP_LIMIT_LOW,
	STP_LIMIT_HIGH,
	STP_START,
	STP_STEP,
	STP_BOUND_SIDES
};

enum stp_bound_from {
	STP_FROM_DEVICE,
	STP_FROM_CEILING,
	STP_FROM_PROTOCOL,
	STP_FROM_PARENT,
	STP_FROM_WHEN,
	STP_FROM_POLICY,
	STP_FROM_OVERRIDE
};

/* One statement's word on one bound: the links of the chain that `why` prints. */
struct stp_contribution {
	enum stp_setting_id setting : 8;
	enum stp_bound_side side : 8;
	uint32_t value;      /* after rounding to the device's grid */
	uint32_t said_value; /* as written */
	enum stp_bound_from from : 8;
	const char *from_name;            /* the device, zone, protocol or policy that says it */
	const struct stp_condition *when; /* NULL: for every client */
	const struct stp_provenance *origin;
	const struct stp_contribution *instead; /* of an override: what it goes past; or NULL */
};

struct stp_bound {
	uint32_t value;
	const struct stp_contribution *by; /* the statement that decides it */
};

/* For every client: `range` inside `limit`. The conditional rest is in the contributions. */
struct stp_setting {
	bool said; /* false: the protocol says nothing of it for this zone */
	struct stp_bound range_low, range_high;
	struct stp_bound limit_low, limit_high;
	struct stp_bound start;
	struct stp_bound step; /* at most so much above the last settled one; by NULL: none said */
};

enum stp_pattern {
	STP_HORIZONTAL,
	STP_VERTICAL,
	STP_DIAGONAL,
	STP_CIRCULAR,
	STP_STAMP,
	STP_PATTERNS
};
enum stp_endpoint { STP_ERYTHEMA, STP_PINPOINT_BLEEDING, STP_ENDPOINTS };

extern const char *const stp_setting_names[STP_SETTINGS]; /* "depth" */
/* A value of the setting as written: "0.25 mm", "3", "7000 rpm". */
const char *stp_show_setting(struct stp_context *, enum stp_setting_id, uint32_t value);
/* A time as written: "6 weeks", "1 month". */
const char *stp_show_duration(struct stp_context *, struct stp_duration);
extern const char *const stp_pattern_names[STP_PATTERNS];   /* "horizontal" */
extern const char *const stp_endpoint_names[STP_ENDPOINTS]; /* "erythema" */

enum stp_set_id { STP_PATTERN_SET, STP_ENDPOINT_SET };

/* One statement's word on the patterns (which are intersected) or the endpoints (united). */
struct stp_set_contribution {
	enum stp_set_id set;
	uint16_t members;
	enum stp_bound_from from;
	const struct stp_condition *when; /* NULL: for every client */
	const struct stp_provenance *origin;
	uint8_t counts[STP_PATTERNS]; /* the recipe of these clients; all 0: none is said */
};

/* For the clients of the condition the zone is not treated. */
struct stp_never {
	const struct stp_condition *when;
	const struct stp_provenance *origin;
};

/*
 * What a protocol does in one zone: one that has no parts, or that is `never`. A zone with parts is
 * treated part by part, each with a plan of its own.
 */
struct stp_zone_plan {
	const struct stp_zone *zone;
	bool never; /* needling is forbidden here */
	struct stp_setting settings[STP_SETTINGS];
	uint16_t patterns;                    /* bit set of enum stp_pattern that are allowed */
	uint8_t pattern_counts[STP_PATTERNS]; /* the recipe; 0 where none is said */
	uint16_t endpoints;                   /* bit set; the first one reached ends the zone */
	struct stp_provenance origin;
	const struct stp_provenance *pattern_origin, *endpoint_origin; /* or NULL */
	const struct stp_contribution *contributions; /* all, unconditional ones first */
	size_t contribution_count;
	const struct stp_set_contribution *sets; /* of patterns and endpoints, in the same order */
	size_t set_count;
	const struct stp_never *never_when;
	size_t never_when_count;
};

/* ---- devices ---- */

struct stp_device_label { /* one use that the maker's label covers */
	const struct stp_term *treats;
	const struct stp_zone *zone;
	const struct stp_condition *when; /* or NULL */
	uint32_t depth_to_um;             /* 0: the whole range */
	struct stp_provenance origin;
};

struct stp_level { /* what a device calls one of its rates */
	uint16_t number;
	uint32_t rpm;
};

#define STP_LEVELS_MOST     16
#define STP_CARTRIDGES_MOST 8

struct stp_device {
	const char *name;
	const char *label;
	enum stp_modality modality;
	uint32_t depth_low_um, depth_high_um, depth_step_um, depth_tolerance_um;
	/*
	 * Step 0: any whole rpm; equal ends: fixed; both 0: it has no motor. With levels the rates
	 * are theirs alone, and the step is the largest that meets all of them.
	 */
	uint32_t rate_low_rpm, rate_high_rpm, rate_step_rpm;
	uint32_t rate_tolerance_rpm;              /* 0: none said, as for the depth */
	uint16_t passes_high;                     /* most that its counter holds */
	struct stp_level levels[STP_LEVELS_MOST]; /* rising */
	uint8_t level_count;
	uint16_t needles[STP_CARTRIDGES_MOST];
	uint8_t needle_count; /* how many of those */
	struct stp_provenance origin, needles_origin;
	struct stp_provenance depth_origin, passes_origin, rate_origin;
	const struct stp_device_label *labels;
	size_t label_count;
	struct stp_span span;
	uint32_t index;
};

/* The level of the device that is this rate, or NULL. */
const struct stp_level *stp_level_of(const struct stp_device *, uint32_t rpm);

/* ---- rules ---- */

enum stp_screen_level { STP_EXCLUDE, STP_WAIT, STP_CLEAR, STP_CAUTION }; /* strongest first */

struct stp_screen_rule {
	enum stp_screen_level level;
	enum stp_scope scope;
	const struct stp_term *term;       /* of a kind that can be screened; NULL: about age */
	struct stp_span term_span;         /* where the statement names it */
	uint16_t age_below, age_over;      /* 0 where it is not about age */
	struct stp_duration wait;          /* STP_WAIT: advised time since the event */
	struct stp_duration wait_limit;    /* below this nobody goes; equals wait when not said */
	const char *with;                  /* role that may clear: "doctor"; or NULL */
	bool anaesthetic_only;             /* bars the anaesthetic, not the needling */
	const struct stp_factor *question; /* the yes/no factor that asks it; NULL for age */
	const struct stp_condition *when;  /* or NULL */
	struct stp_provenance origin;
};

enum stp_verb {
	STP_AVOID,
	STP_ONLY,
	STP_USE,
	STP_DO,
	STP_STOP,
	STP_RESUME,
	STP_MAY,
	STP_ASK_PRESCRIBER,
	STP_VERBS
};

extern const char *const stp_verb_names[STP_VERBS]; /* "avoid" */

/*
 * A window is measured away from the visit, in the phase of its rule: `before` counts back from
 * the visit (from >= to, to 0 = the visit itself), `after` counts on from it (from <= to).
 */
struct stp_window {
	struct stp_duration from; /* count 0: from the visit (after), no begin said (before) */
	struct stp_duration to;   /* count 0: to the visit itself (before), no end said (after) */
	bool on_the_day;          /* "on the day" of the visit */
	const struct stp_term *until_effect; /* "until flaking ends"; or NULL */
	struct stp_span until_span;          /* where that is said */
	struct stp_duration usually_by;      /* that effect's upper end in `expect` */
	struct stp_duration at_least;        /* "and at least 5 days"; count 0: not said */
};

struct stp_care_rule {
	enum stp_verb verb;
	bool after;                    /* false: before the visit */
	bool faulty;                   /* its window could not be understood */
	uint8_t daily_low, daily_high; /* times a day; 0: not said */
	const struct stp_term *const *terms;
	const struct stp_span *term_spans; /* where the statement names each */
	size_t term_count;
	const struct stp_term *const *except;
	size_t except_count;
	struct stp_window window;
	struct stp_duration every;        /* count 0: not said */
	struct stp_duration every_to;     /* `every 2 to 3 h`; count 0: no second end */
	const char *how;                  /* or NULL */
	const struct stp_term *only_for;  /* STP_ASK_PRESCRIBER: the history it is about */
	const struct stp_condition *when; /* or NULL */
	struct stp_provenance origin;
};

struct stp_expectation {
	const struct stp_term *effect;
	struct stp_duration from;            /* count 0: at once */
	struct stp_duration to_low, to_high; /* it is usually over between these */
	const struct stp_condition *when;
	struct stp_provenance origin;
};

enum stp_urgency { STP_ASK_US, STP_CALL_US, STP_CALL_EMERGENCY, STP_URGENCIES };

struct stp_help_rule {
	enum stp_urgency urgency;
	const struct stp_term *sign; /* sign or effect */
	struct stp_duration over;    /* "redness over 3 days"; count 0: at any time */
	struct stp_provenance origin;
};

/* ---- a protocol ---- */

struct stp_statement { /* benefit, unknown, or a risk */
	const char *text;
	uint32_t one_in; /* risk: 1 in this many; 0: how often is not known */
	struct stp_provenance origin;
};

struct stp_course {
	uint16_t sessions_low, sessions_high;
	uint16_t sessions_limit; /* no more than these; 0: not said */
	struct stp_duration apart_low, apart_high;
	struct stp_duration then_every; /* maintenance; count 0: none */
	/* The policies' rules that decide the interval and the limit; NULL: the protocol's own. */
	const struct stp_house_rule *apart_by, *limit_by;
	struct stp_provenance origin;
};

/* What tightens the course for some clients; what it does not say is 0. */
struct stp_course_rule {
	const struct stp_condition *when;
	struct stp_duration apart_low, apart_high;
	uint16_t sessions_limit;
	const struct stp_house_rule *house; /* NULL: a protocol says it */
	const struct stp_provenance *origin;
};

/* Whether a rule keeps sessions further apart than the course does, or allows fewer of them. */
bool stp_rule_parts_sessions(const struct stp_course_rule *, const struct stp_course *);
bool stp_rule_limits_sessions(const struct stp_course_rule *, const struct stp_course *);

struct stp_anaesthetic {
	const struct stp_term *medicine; /* NULL: none is used */
	struct stp_duration least, longest;
	uint32_t amount_limit_mg;                        /* 0: not said */
	uint32_t area_limit_mm2;                         /* 0: not said */
	uint32_t dose_mg, dose_mm2, strength_hundredths; /* as in the facts of a medicine */
	bool occlusion_said, occlusion;
	struct stp_anaesthetic_facts said; /* what the protocol itself says */
	/* The policies' rules that decide; NULL: the protocol or the medicine. */
	const struct stp_house_rule *time_by, *amount_by, *area_by;
	struct stp_provenance origin;
};

enum stp_review_status { STP_DRAFT, STP_APPROVED };

struct stp_policy_use { /* a policy that was imported or given for a protocol */
	const struct stp_policy *policy;
	const struct stp_provenance *except; /* why it does not hold for this one; NULL: it does */
};

struct stp_protocol {
	const char *name;
	const char *label;
	const struct stp_protocol *extends; /* or NULL */
	const char *title;                  /* of its sheets, or NULL: the label */
	uint16_t version[3];
	enum stp_review_status status;
	const char *approved_by; /* or NULL */
	struct stp_date approved_on, review_by, updated;
	struct stp_span status_span;
	const struct stp_term *treats;
	const struct stp_device *device;
	const struct stp_provenance
		*label_on;   /* it claims to keep to the device's label; or NULL */
	const char *message; /* one sentence */
	const char *summary; /* CommonMark, or NULL */
	struct stp_span message_span, summary_span;
	struct stp_course course;
	const struct stp_course_rule *course_rules;
	size_t course_rule_count;
	struct stp_duration visit_low, visit_high;
	struct stp_provenance visit_origin;
	struct stp_anaesthetic anaesthetic;
	const struct stp_factor *operator_factor; /* `operator from nurse`: NULL when not said */
	uint16_t operator_values;                 /* who may treat */
	struct stp_provenance operator_origin;
	const struct stp_zone_plan *zones; /* in order of naming; zones with parts expanded */
	size_t zone_count;
	const struct stp_screen_rule *screens;
	size_t screen_count;
	const struct stp_care_rule *care; /* before and after, in order of the source */
	size_t care_count;
	const struct stp_expectation *expects;
	size_t expect_count;
	const struct stp_help_rule *helps;
	size_t help_count;
	const struct stp_statement *benefits, *risks, *unknowns;
	size_t benefit_count, risk_count, unknown_count;
	const struct stp_condition *const *whens; /* the condition of each `when`, in order */
	size_t when_count;
	/* What its conditions, its screening and its operator rule depend on, by rising index. */
	const struct stp_factor *const *asked;
	size_t asked_count;
	const struct stp_policy_use *policies;
	size_t policy_count;
	struct stp_provenance origin; /* its own citations, which cover no number */
	struct stp_span span;
	struct stp_span name_span;
	uint32_t index;
};

/* ---- the whole ---- */

struct stp_model {
	const struct stp_citation *const *citations;
	size_t citation_count;
	const struct stp_term *const *terms;
	size_t term_count;
	const struct stp_zone *const *zones;
	size_t zone_count;
	const struct stp_factor *const *factors;
	size_t factor_count;
	const struct stp_device *const *devices;
	size_t device_count;
	const struct stp_protocol *const *protocols;
	size_t protocol_count;
	const struct stp_clinic *const *clinics;
	size_t clinic_count;
	const struct stp_language *const *languages;
	size_t language_count;
	const struct stp_test *const *tests;
	size_t test_count;
	const struct stp_policy *const *policies;
	size_t policy_count;
};

/*
 * Resolves the trees of one compilation (the files asked for first, then what they import) into
 * a model. Faults are reported; a model is returned all the same, holding what could be
 * understood, so that editors have something to show. Back ends run only without errors.
 */
const struct stp_model *stp_resolve(struct stp_context *, const struct stp_tree *const *trees,
				    size_t count);

/* For a client known in part (on paper): whether the condition can hold, and whether it must. */
struct stp_client {
	const struct stp_model *model;
	uint16_t *values; /* a factor index → its possible values as a bit set */
	uint16_t session_low, session_high, age_low, age_high;
	uint32_t depth_um; /* the greatest depth of the last session; 0: not known */
};
bool stp_may_hold(const struct stp_condition *, const struct stp_client *);
bool stp_must_hold(const struct stp_condition *, const struct stp_client *);

/* What the maker's label says of treating the client like this. */
enum stp_label_status {
	STP_ON_LABEL,
	STP_OFF_LABEL,
	STP_LABEL_DEPENDS,  /* on what is not known of the client */
	STP_LABEL_NOT_SAID, /* the device has no label rows: not evaluated */
};
enum stp_label_status stp_label_status(const struct stp_protocol *, const struct stp_zone_plan *,
				       const struct stp_client *);
/*
 * For whom this is on the label, as boxes that together hold all of them; `everybody` when the
 * last one does. The tables and the checks go by these; stp_label_status by the same rows and
 * statements.
 */
struct stp_label_boxes {
	struct stp_condition *items;
	size_t count, room;
	bool everybody;
};
struct stp_label_boxes stp_label_boxes(struct stp_context *, const struct stp_protocol *,
				       const struct stp_zone_plan *);
/* Whether the row is about the protocol's indication and the plan's zone, for some client. */
bool stp_label_is_about(const struct stp_device_label *, const struct stp_protocol *,
			const struct stp_zone_plan *);

#endif
