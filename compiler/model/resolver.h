/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The map of the resolver: what its files share, a section for each. Private to compiler/model.
 *
 * resolve.c collects the declarations and then resolves them kind by kind, each kind after those
 * that it speaks of: sources, vocabulary and zones, factors, devices, protocols. What cannot be
 * understood is reported once and left out; nothing that refers to it is reported again.
 */
#ifndef STP_RESOLVER_H
#define STP_RESOLVER_H

#include "model/allow.h"
#include "model/boxes.h"
#include "model/broken.h"
#include "model/model.h"
#include "syntax/syntax.h"

/* A list that grows; STP_PUSH gives the address of a new last element. */
#define STP_LIST(type)                                                                             \
	struct {                                                                                   \
		type *items;                                                                       \
		size_t count, room;                                                                \
	}
#define STP_PUSH(context, list)                                                                    \
	((list)->items = (list)->count < (list)->room                                              \
				 ? (list)->items                                                   \
				 : stp_grow((context), (list)->items, (list)->count,               \
					    &(list)->room, sizeof *(list)->items),                 \
	 &(list)->items[(list)->count++])

/* ---- what a name stands for ---- */

/* Names of one space are unique; the same word may be a protocol and an indication. */
enum stp_space {
	STP_SPACE_VOCABULARY, /* terms, zones, factors, devices */
	STP_SPACE_SOURCES,
	STP_SPACE_PROTOCOLS,
	STP_SPACE_CLINICS,
	STP_SPACE_LANGUAGES,
	STP_SPACE_POLICIES,
	STP_SPACES
};

/* Sets of kinds of declarations, STP_N_ZONE to STP_N_POLICY. */
#define STP_KIND(node_kind) (1u << ((unsigned)(node_kind) - (unsigned)STP_N_ZONE))
#define STP_SCREENED_KINDS                                                                         \
	(STP_KIND(STP_N_CONDITION) | STP_KIND(STP_N_MEDICINE) | STP_KIND(STP_N_PROCEDURE) |        \
	 STP_KIND(STP_N_PRODUCT) | STP_KIND(STP_N_ACTIVITY))

struct stp_layer;

struct stp_symbol {
	const char *name; /* interned */
	enum stp_space space;
	const struct stp_node *node;  /* the declaration; NULL: the name is unknown, and reported */
	const struct stp_node *named; /* its NAME node */
	struct stp_diagnostic *unknown;                      /* the report of an unknown name */
	struct stp_symbol *parent;                           /* that it stands `in`, or `extends` */
	enum { STP_UNSEEN, STP_ON_THE_WAY, STP_SEEN } state; /* while cycles are sought */
	struct stp_layer *layer;                             /* of a protocol that is resolved */
	union {
		struct stp_citation *citation;
		struct stp_term *term;
		struct stp_zone *zone;
		struct stp_factor *factor;
		struct stp_device *device;
		struct stp_protocol *protocol;
		struct stp_clinic *clinic;
		struct stp_language *language;
		struct stp_policy *policy;
	} is;
};

struct stp_symbols {
	struct stp_symbol **slots; /* open addressing; room is a power of two */
	size_t count, room;
	STP_LIST(struct stp_symbol *) order; /* as declared */
};

/* ---- where a statement stands ---- */

enum stp_place {
#define STP_PLACE(name, words) STP_PLACE_##name,
#include "model/places.def"
	STP_PLACES
};

/* A block while its statements are resolved: where it is, whom it speaks of, whom it cites. */
struct stp_scene {
	enum stp_place place;
	const struct stp_citation *const *cites; /* of the block or of one around it */
	uint32_t cite_count;
	bool says_cites;                  /* perhaps of sources that nobody knows */
	const struct stp_condition *when; /* or NULL */
};

/* A file of the library that ought to be imported, and the report that says so. */
struct stp_missing_import {
	const char *name;
	uint32_t source; /* of the file that lacks it */
	struct stp_diagnostic *diagnostic;
};

/* ---- the work ---- */

/* The tree of zones, and what the protocol being resolved does in each. */
struct stp_zone_work {
	const struct stp_zone *first_child, *next_sibling;
	const struct stp_zone_block *block; /* that names it, or NULL */
	struct stp_plan_draft *plan;        /* or NULL: not treated */
};

struct stp_resolver {
	struct stp_context *context;
	struct stp_symbols symbols;
	struct stp_allowances allowances;
	STP_LIST(struct stp_missing_import) missing_imports;
	STP_LIST(const struct stp_citation *) citations;
	STP_LIST(const struct stp_term *) terms, prescribed;
	STP_LIST(const struct stp_zone *) zones;
	STP_LIST(const struct stp_factor *) factors;
	STP_LIST(const struct stp_device *) devices;
	STP_LIST(const struct stp_protocol *) protocols;
	STP_LIST(const struct stp_clinic *) clinics;
	STP_LIST(const struct stp_language *) languages;
	STP_LIST(const struct stp_node *) language_parts; /* blocks beyond each language's first */
	STP_LIST(const struct stp_policy *) policies;
	const struct stp_tree *const *trees;
	const struct stp_device *device; /* whose levels are meant; NULL: nobody's */
	bool *imported;                  /* [source id]: what one file imports, directly or not */
	uint32_t imported_by;            /* that file; 0: none yet */
	size_t inherited;  /* bounds and rules that protocols took from those that they extend */
	size_t house_work; /* done so far */
	size_t library_searches; /* for what a name misses */
	STP_LIST(const struct stp_node *) test_nodes;
	STP_LIST(const struct stp_test *) tests;
	const struct stp_factor *
		*questions; /* [term index * 3 + scope]: made when first screened */
	const struct stp_factor *operator_factor;      /* or NULL */
	struct stp_draft *draft;                       /* used again for each protocol */
	STP_LIST(struct stp_plan_draft *) plan_drafts; /* as its plans are */
	struct stp_zone_work *zone_work;               /* by zone index */
};

/* What a block says of one setting; a side that it does not say is false in `has`. */
struct stp_said_setting {
	const struct stp_node *node; /* NULL: nothing */
	const struct stp_provenance *origin;
	const struct stp_node
		*step_node; /* where the step is said: there, or in its own statement */
	const struct stp_provenance *step_origin;
	bool has[STP_BOUND_SIDES];
	uint32_t value[STP_BOUND_SIDES];
	const struct stp_node *at[STP_BOUND_SIDES]; /* the quantity */
};

/* A `zone` block or `every zone` of a protocol, read once for all zones that it speaks of. */
struct stp_zone_block {
	const struct stp_node *node;
	const struct stp_condition *when; /* or NULL */
	struct stp_said_setting settings[STP_SETTINGS];
	uint16_t patterns, endpoints; /* 0: not said */
	uint8_t pattern_counts[STP_PATTERNS];
	bool never;
	bool is_empty;                       /* reported */
	const struct stp_node *pattern_node; /* or NULL */
	const struct stp_provenance *origin, *pattern_origin, *endpoint_origin, *never_origin;
};

/*
 * What one protocol itself says of zones, kept for those that extend it. A protocol is its own
 * layer on top of those below.
 */
struct stp_zone_claim {
	const struct stp_zone *zone; /* NULL: every zone */
	const struct stp_zone_block *block;
};
/* `override ZONE ceiling to …` or `override ZONE depth of PROTOCOL to …` */
struct stp_override {
	const struct stp_node *node;
	const struct stp_zone *zone;
	enum stp_setting_id setting;
	const char *of; /* the protocol whose bound it is; NULL: the zone's ceiling */
	const char *by; /* the protocol that says it */
	uint32_t value;
	const struct stp_provenance *origin;
};
struct stp_layer {
	const char *name;                       /* of the protocol */
	const struct stp_layer *below;          /* of the one that it extends, or NULL */
	size_t depth;                           /* how many are below */
	STP_LIST(struct stp_zone_claim) claims; /* for every client; named zones before `every` */
	STP_LIST(struct stp_zone_claim) whens;
	STP_LIST(struct stp_override) overrides;
};

/* The plan of one zone while it grows. */
struct stp_plan_draft {
	struct stp_zone_plan plan;
	const struct stp_zone_block *own; /* the block that names this very zone, or NULL */
	STP_LIST(struct stp_contribution) bounds;
	STP_LIST(struct stp_set_contribution) sets;
	STP_LIST(struct stp_never) never_when;
};

/* A protocol while it is resolved. */
struct stp_draft {
	struct stp_resolver *resolver;
	struct stp_protocol *protocol;
	const struct stp_symbol *symbol;
	const struct stp_node *block; /* its statements */
	struct stp_scene scene;
	STP_LIST(struct stp_plan_draft *) plans;
	struct stp_layer *layer; /* of this protocol */
	STP_LIST(const struct stp_factor *) asked;
	STP_LIST(struct stp_screen_rule) screens;
	STP_LIST(struct stp_care_rule) care;
	STP_LIST(struct stp_expectation) expects;
	STP_LIST(struct stp_help_rule) helps;
	STP_LIST(const struct stp_condition *) whens;
};

/* ---- names.c ---- */

/* Enters a declaration under each of its names; a second one is reported. */
void stp_declare(struct stp_resolver *, const struct stp_node *declaration);
/*
 * What the NAME node stands for, or NULL after a report: an unknown name (once, with the nearest
 * one of the right kind), or one of another kind than `kinds` allows; `purpose` says what was
 * wanted: "`use` takes a product".
 */
struct stp_symbol *stp_find(struct stp_resolver *, const struct stp_node *name, enum stp_space,
			    unsigned kinds, const char *purpose);
/*
 * Reports that a file of the library declares the name and is not imported: once for each such
 * file, with every name that needs it. False when the library does not declare it.
 */
bool stp_report_missing_import(struct stp_resolver *, const struct stp_node *name, unsigned kinds);
/* The same without a report. */
struct stp_symbol *stp_peek(const struct stp_resolver *, const char *name, enum stp_space);
const struct stp_citation *stp_find_source(struct stp_resolver *, const struct stp_node *name);
const struct stp_term *stp_find_term(struct stp_resolver *, const struct stp_node *name,
				     unsigned kinds, const char *purpose);
const struct stp_zone *stp_find_zone(struct stp_resolver *, const struct stp_node *name);
/* The index of a word in a fixed list; -1 after a report that names the nearest and them all. */
int stp_find_word(struct stp_resolver *, const struct stp_node *name, const char *const *words,
		  size_t count, const char *what);
/* Adds "did you mean" and its fix for the nearest of the candidates, if one is near. */
void stp_suggest(struct stp_resolver *, struct stp_diagnostic *, struct stp_span, const char *name,
		 const char *const *candidates, size_t count);
/* "a condition": the kind of a declaration, with its article. */
const char *stp_kind_words(enum stp_node_kind);

/* ---- places.c ---- */

/* The word that the statement begins with; all of a part that is no statement. */
struct stp_span stp_head_word(struct stp_resolver *, const struct stp_node *);
/* Reports every statement of the block that does not belong there, or stands there twice. */
void stp_check_block(struct stp_resolver *, const struct stp_node *block, enum stp_place);
/* Reports what the head of a declaration must not have; `may` is a set of these. */
enum stp_head {
	STP_HEAD_LABEL = 1,
	STP_HEAD_PARENT = 2,
	STP_HEAD_EXTENDS = 4,
	STP_HEAD_NAMES = 8,
	STP_HEAD_TAILS = 16,
	STP_HEAD_BODY = 32
};
void stp_check_head(struct stp_resolver *, const struct stp_node *declaration, unsigned may);
/* Reports that a declaration lacks a statement. */
void stp_report_missing(struct stp_resolver *, const struct stp_symbol *, enum stp_diagnostic_id,
			const char *statement, const char *example);
/* The statements of a declaration, a `when` and so on: its BLOCK child, or NULL. */
const struct stp_node *stp_block(const struct stp_node *);

/* ---- quantities.c ---- */

enum stp_dimension {
	STP_LENGTH /* um */,
	STP_TIME /* s */,
	STP_SPEED /* rpm */,
	STP_MASS /* mg */,
	STP_SURFACE /* mm2 */,
	STP_SHARE /* hundredths of a percent */,
	STP_COUNT,
	STP_OTHER
};

#define STP_SETTING_MOST 65534u /* what the tables can hold */

/* False after a report: no unit, a wrong one, not exact, or more than `most`. */
bool stp_quantity(struct stp_resolver *, const struct stp_node *quantity, enum stp_dimension,
		  uint32_t most, uint32_t *value);
bool stp_count(struct stp_resolver *, const struct stp_node *number, uint32_t most,
	       uint32_t *value);
bool stp_duration(struct stp_resolver *, const struct stp_node *quantity, struct stp_duration *);

/*
 * Reports a quantity of 0 where the statement would say nothing with it, as an amount of none: what
 * is 0 in the model is not said. False after a report.
 */
bool stp_check_some(struct stp_resolver *, const struct stp_node *quantity, uint32_t value,
		    const char *help);

/* Both ends of a Span (equal for EXACTLY), in order. False after a report. */
struct stp_ends {
	uint32_t low, high;
};
/* What another source says, which binds nobody: no fault is reported. */
struct stp_said stp_said_of(const struct stp_node *span);
bool stp_span_of(struct stp_resolver *, const struct stp_node *span, enum stp_dimension,
		 uint32_t most, struct stp_ends *);
struct stp_times {
	struct stp_duration low, high;
};
/* `falling`: `from 8 weeks to 2 weeks before` goes down. */
bool stp_times_of(struct stp_resolver *, const struct stp_node *span, bool falling,
		  struct stp_times *);
/* One time; a range is reported, since a rule binds to one number. */
bool stp_time_of(struct stp_resolver *, const struct stp_node *span, struct stp_duration *);
bool stp_date_of(struct stp_resolver *, const struct stp_node *date, struct stp_date *);
/* The text of a node as it stands in the source. */
const char *stp_source_text(struct stp_context *, struct stp_span);

/* ---- provenance.c ---- */

/* A statement's because, said, differing and citations; its block's where it has none. */
struct stp_provenance stp_provenance_of(struct stp_resolver *, const struct stp_node *,
					const struct stp_scene *);
/* The same for a statement with numbers: reports one that cites nothing, and in a protocol one
   that cites a proposal. */
struct stp_provenance stp_provenance_of_numbers(struct stp_resolver *, const struct stp_node *,
						const struct stp_scene *);
/* Notes a declared number that a protocol uses and that cites a proposal. */
void stp_note_unverified(struct stp_resolver *, const struct stp_provenance *);
/* The scene inside a block: its own `cites` statements, else those of the scene around it. */
struct stp_scene stp_enter(struct stp_resolver *, const struct stp_scene *outer,
			   const struct stp_node *block, enum stp_place);
/* The same for a declaration, whose head may cite too. */
struct stp_scene stp_enter_declaration(struct stp_resolver *, const struct stp_scene *outer,
				       const struct stp_node *declaration, enum stp_place);
/* The text of the first child of the kind, or of the statement of that kind in the block. */
const char *stp_text_of(const struct stp_node *, enum stp_node_kind);
/* The label of a declaration: its text, else its name with blanks. */
const char *stp_label_of(struct stp_resolver *, const struct stp_node *declaration,
			 const struct stp_node *named);
/* ---- vocabulary.c, parents.c, factors.c, devices.c, clinics.c, languages.c ---- */

void stp_resolve_source(struct stp_resolver *, struct stp_symbol *);
void stp_resolve_term(struct stp_resolver *, struct stp_symbol *);
void stp_resolve_zone(struct stp_resolver *, struct stp_symbol *);
/* Binds what each declaration stands `in` or `extends`; cycles are reported and broken. */
void stp_resolve_parents(struct stp_resolver *);
void stp_resolve_factor(struct stp_resolver *, struct stp_symbol *);
void stp_resolve_device(struct stp_resolver *, struct stp_symbol *);
void stp_resolve_clinic(struct stp_resolver *, struct stp_symbol *);
void stp_resolve_language(struct stp_resolver *, struct stp_symbol *);
/* The yes/no factor that asks about a term, made at the first call. */
const struct stp_factor *stp_question(struct stp_resolver *, const struct stp_term *,
				      enum stp_scope);

/* ---- conditions.c ---- */

/*
 * The condition that the node's children say; NULL after a report. In a protocol (else: NULL)
 * what it uses is marked as asked, and a screened condition must be asked there. What is judged
 * before the depth used is known, and stands under the condition, or is it, keeps that depth out.
 */
struct stp_condition *stp_condition_of(struct stp_resolver *, struct stp_draft *,
				       const struct stp_node *, const struct stp_node *before);
/* Reports a term, named there, about which the protocol's screening does not ask. */
void stp_check_asked(struct stp_draft *, const struct stp_node *name, const struct stp_term *);
/* The values that VALUES, VALUE_RANGE or VALUES_FROM name; 0 after a report. */
uint16_t stp_values_of(struct stp_resolver *, const struct stp_factor *, const struct stp_node *);

/*
 * The client that the `given` statements of a test describe; NULL after a report. Everything that
 * it names must be asked by the protocol, which is resolved.
 */
struct stp_condition *stp_client_of_test(struct stp_resolver *, const struct stp_protocol *,
					 const struct stp_node *block);
/* The factor or question of that name which the protocol asks; NULL after a report. */
const struct stp_factor *stp_asked_factor(struct stp_resolver *, const struct stp_protocol *,
					  const struct stp_node *name);

/* ---- tests.c ---- */

void stp_resolve_test(struct stp_resolver *, const struct stp_node *);

/* ---- protocol.c ---- */

void stp_resolve_protocol(struct stp_resolver *, struct stp_symbol *);

/* ---- extends.c: what a protocol takes from the one that it extends ---- */

/* Before its own statements are read: rules that only add, and what it leaves unsaid. */
void stp_inherit(struct stp_draft *, const struct stp_protocol *parent);
/* After: the course, the visit, the anaesthetic and the operator of both are met. */
void stp_meet_parent(struct stp_draft *, const struct stp_protocol *parent);

/* ---- policies.c: what a policy says; house_limits.c: what its limits do ---- */

void stp_resolve_policy(struct stp_resolver *, struct stp_symbol *);
/* Finds the policies in force, and tightens the plans, which are not finished yet. */
void stp_apply_house_limits(struct stp_draft *);
/* Tightens the course and the anaesthetic; once every protocol is resolved. */
void stp_apply_house_courses(struct stp_resolver *, struct stp_symbol *protocol);

/* ---- overrides.c ---- */

/* Reads the protocol's overrides and raises what they and those below it name in the plans. */
void stp_apply_overrides(struct stp_draft *);

/* ---- course.c: the course, the visit, the anaesthetic, the operator ---- */

void stp_resolve_course(struct stp_draft *, const struct stp_node *);
void stp_resolve_visit(struct stp_draft *, const struct stp_node *);
void stp_resolve_operator(struct stp_draft *, const struct stp_node *);
/* The factor `operator` and those of its values that the statement names; false after a report. */
bool stp_operator_of(struct stp_resolver *, const struct stp_node *, const struct stp_factor **,
		     uint16_t *values);
/* The course in a `when`: its interval and its limit of sessions. */
void stp_resolve_course_when(struct stp_draft *, const struct stp_node *, const struct stp_scene *);
/* Reports those after the first `inherited` that are no stricter than the whole course. */
void stp_check_course_rules(struct stp_draft *, size_t inherited);
void stp_add_course_rule(struct stp_context *, struct stp_protocol *, struct stp_course_rule);
void stp_resolve_anaesthetic(struct stp_draft *, const struct stp_node *);
/* Reports whom the medicine bars and nobody asks about; after the screening is resolved. */
void stp_check_anaesthetic(struct stp_draft *);
const struct stp_anaesthetic_facts *
stp_anaesthetic_facts(struct stp_resolver *, const struct stp_node *, const struct stp_scene *);

/* ---- zone_blocks.c: what one block says ---- */

/* Reads a ZONE or an EVERY_ZONE; every bound in it must be settable on the protocol's device. */
const struct stp_zone_block *stp_read_zone_block(struct stp_draft *, const struct stp_node *,
						 const struct stp_scene *outer);
/* Where the block names the zone. */
struct stp_span stp_name_in(const struct stp_node *block, const struct stp_zone *);

/* ---- grid.c: what a device can be set to ---- */

struct stp_grid {
	uint32_t low, high, step;        /* low and high 0: the device has no such setting */
	struct stp_span span;            /* where the device says it */
	const struct stp_device *levels; /* whose levels are all that there is; or NULL */
};
struct stp_grid stp_grid_of(const struct stp_device *, enum stp_setting_id);
uint32_t stp_grid_up(struct stp_grid, uint32_t value);
uint32_t stp_grid_down(struct stp_grid, uint32_t value); /* the nearest setting not above it */
/* False after a report. */
bool stp_check_settable(struct stp_draft *, enum stp_setting_id, const struct stp_node *at,
			uint32_t value);

/* ---- zone_plans.c: what is done where ---- */

/* What the protocol's zone blocks and `every zone` say for every client, zone by zone. */
void stp_resolve_zone_plans(struct stp_draft *);
/* What the zone blocks and `every zone` of a `when` add for some. */
void stp_resolve_zones_when(struct stp_draft *, const struct stp_node *block,
			    const struct stp_scene *);
void stp_finish_zone_plans(struct stp_draft *);
/* The next zone of the subtree, parents first; NULL at its end. */
const struct stp_zone *stp_next_zone(const struct stp_resolver *, const struct stp_zone *root,
				     const struct stp_zone *at);
void stp_link_zones(struct stp_resolver *);

/* ---- settings.c: bounds that meet ---- */

/* Adds what a block of the layer says to a plan; what another layer says is rounded inward. */
void stp_contribute(struct stp_draft *, struct stp_plan_draft *, const struct stp_zone_block *,
		    const struct stp_layer *);
/* What the device and the ceilings of the zone and its parents say. */
void stp_contribute_device(struct stp_draft *, struct stp_plan_draft *);
/* Meets what holds for every client, as far as it was said. */
void stp_meet_settings(struct stp_plan_draft *);
/* The same for good: the plan gets contributions of its own, sorted. */
void stp_finish_settings(struct stp_draft *, struct stp_plan_draft *);

/* ---- nesting.c: a block that says more than one around it, or than a ceiling ---- */

void stp_check_nesting(struct stp_draft *, struct stp_plan_draft *);
/* Warns of a `when` that tightens nothing in any of the plans that it speaks of. */
void stp_warn_pointless(struct stp_draft *, struct stp_span);
void stp_check_pointless(struct stp_draft *, const struct stp_zone_block *,
			 struct stp_plan_draft *const *plans, size_t count);

/* ---- screening.c ---- */

void stp_resolve_screen(struct stp_draft *, const struct stp_node *block, const struct stp_scene *);
/* One statement of screening: adds its rules to the draft. */
void stp_resolve_screening_rule(struct stp_draft *, const struct stp_node *,
				const struct stp_scene *);
/* Reports what another rule makes pointless; after all of the protocol is resolved. */
void stp_check_screening(struct stp_draft *);

/* ---- care.c and windows.c ---- */

void stp_resolve_care(struct stp_draft *, const struct stp_node *block, const struct stp_scene *);
/* One statement of care, on the side that the scene's place says: adds its rule to the draft. */
void stp_resolve_care_rule(struct stp_draft *, const struct stp_node *, const struct stp_scene *);
void stp_resolve_expect(struct stp_draft *, const struct stp_node *block, const struct stp_scene *);
void stp_resolve_help(struct stp_draft *, const struct stp_node *);
/* Reads the clauses of a care rule into its window, frequency and manner; false after a report. */
bool stp_resolve_window(struct stp_draft *, const struct stp_node *, struct stp_care_rule *);
void stp_resolve_expected_window(struct stp_draft *, const struct stp_node *,
				 struct stp_expectation *);
/* Gives every `until X ends` its usual time, once all of `expect` is known. */
void stp_resolve_until(struct stp_draft *);

#endif
