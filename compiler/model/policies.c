/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading a policy: each of its statements becomes one rule with the scope that its `where` and
 * `when` give it. It is read once, however many protocols it is in force for; what it does to
 * each stands in house_limits.c and check/policies.c. Language reference, "Policies".
 */
#include "model/policies.h"

#include <string.h>

#include "model/care_windows.h"
#include "model/resolver.h"

struct reader {
	struct stp_resolver *resolver;
	struct stp_policy *policy;
	struct stp_draft draft; /* takes the rules that a requirement is made of */
	STP_LIST(struct stp_house_rule) rules;
};

/* ---- limits ---- */

static const enum stp_dimension dimensions[STP_SETTINGS] = { STP_LENGTH, STP_COUNT, STP_SPEED };

/* `limit 1 mm` and `limit to 1 mm` are the upper end, as they are of a setting. */
static bool read_setting(struct reader *reader, const struct stp_node *node,
			 struct stp_house_rule *rule)
{
	const struct stp_node *bounds = node->first->first;
	struct stp_ends ends;

	rule->kind = STP_HOUSE_SETTING;
	rule->setting = node->first->kind == STP_N_DEPTH    ? STP_DEPTH
			: node->first->kind == STP_N_PASSES ? STP_PASSES
							    : STP_RATE;
	rule->has_low = bounds->kind == STP_N_RANGE || bounds->kind == STP_N_AT_LEAST;
	rule->has_high = bounds->kind != STP_N_AT_LEAST;
	if (bounds->kind == STP_N_RANGE || bounds->kind == STP_N_EXACTLY) {
		if (!stp_span_of(reader->resolver, bounds, dimensions[rule->setting],
				 STP_SETTING_MOST, &ends))
			return false;
	} else {
		if (!stp_quantity(reader->resolver, bounds->first, dimensions[rule->setting],
				  STP_SETTING_MOST, &ends.low))
			return false;
		ends.high = ends.low;
	}
	rule->low = rule->has_low ? ends.low : 0;
	rule->high = rule->has_high ? ends.high : 0;
	return true;
}

static bool read_numbing(struct reader *reader, const struct stp_node *node,
			 struct stp_house_rule *rule)
{
	static const char help[] = "say how much is allowed; to forbid it, write `forbid use` and "
				   "the medicine";
	const struct stp_node *what = node->first;

	rule->kind = STP_HOUSE_NUMBING;
	if (what->kind == STP_N_AMOUNT)
		return stp_quantity(reader->resolver, what->first, STP_MASS, UINT32_MAX - 1,
				    &rule->amount_mg) &&
		       stp_check_some(reader->resolver, what->first, rule->amount_mg, help);
	if (what->kind == STP_N_AREA)
		return stp_quantity(reader->resolver, what->first, STP_SURFACE, UINT32_MAX - 1,
				    &rule->area_mm2) &&
		       stp_check_some(reader->resolver, what->first, rule->area_mm2, help);
	return stp_duration(reader->resolver, what, &rule->time) &&
	       stp_check_some(reader->resolver, what, rule->time.count, help);
}

static bool read_limit(struct reader *reader, const struct stp_node *node,
		       struct stp_house_rule *rule)
{
	switch (node->kind) {
	case STP_N_HOUSE_LIMIT: return read_setting(reader, node, rule);
	case STP_N_HOUSE_ANAESTHETIC: return read_numbing(reader, node, rule);
	case STP_N_HOUSE_INTERVAL:
		rule->kind = STP_HOUSE_COURSE;
		return stp_duration(reader->resolver, node->first, &rule->time) &&
		       stp_check_some(reader->resolver, node->first, rule->time.count,
				      "say the least time between two sessions");
	default:
		rule->kind = STP_HOUSE_COURSE;
		return stp_count(reader->resolver, node->first, STP_SETTING_MOST,
				 &rule->sessions) &&
		       stp_check_some(reader->resolver, node->first, rule->sessions,
				      "a course has at least one session");
	}
}

/* ---- what is required or forbidden ---- */

static bool read_screening(struct reader *reader, const struct stp_node *node,
			   const struct stp_scene *scene, struct stp_house_rule *rule)
{
	struct stp_screen_rule *screens;

	reader->draft.screens.count = 0;
	stp_resolve_screening_rule(&reader->draft, node, scene);
	rule->screen_count = reader->draft.screens.count;
	if (rule->screen_count == 0)
		return false;
	screens = stp_alloc_array(reader->resolver->context, rule->screen_count, sizeof *screens);
	memcpy(screens, reader->draft.screens.items, rule->screen_count * sizeof *screens);
	rule->screens = screens;
	rule->origin = screens->origin;
	return true;
}

static bool says_window(const struct stp_node *node)
{
	for (const struct stp_node *part = node->first; part != NULL; part = part->next)
		if (part->kind >= STP_N_FOR && part->kind <= STP_N_ON_THE_DAY)
			return true;
	return false;
}

/* On which side of the visit a rule holds that stands in neither `before` nor `after`. */
static bool find_side(struct reader *reader, const struct stp_node *node,
		      struct stp_house_rule *rule, struct stp_scene *scene)
{
	if (scene->place == STP_PLACE_BEFORE || scene->place == STP_PLACE_AFTER)
		return true;
	scene->place = node->kind == STP_N_RESUME ? STP_PLACE_AFTER : STP_PLACE_BEFORE;
	if (node->kind == STP_N_STOP || node->kind == STP_N_RESUME)
		return true;
	rule->at_any_time = rule->kind == STP_FORBID_CARE && !says_window(node);
	if (!rule->at_any_time)
		stp_help(reader->resolver->context,
			 stp_report(reader->resolver->context, STP_D_no_side, node->span,
				    "before the visit, or after it?"),
			 "put it into `before { … }` or `after { … }`");
	return rule->at_any_time;
}

static bool check_required_care(struct reader *reader, const struct stp_node *node,
				const struct stp_care_rule *care)
{
	struct stp_context *context = reader->resolver->context;

	if (care->verb == STP_MAY) {
		stp_help(context,
			 stp_report(context, STP_D_misplaced_part, node->span,
				    "a permission cannot be required"),
			 "require what must be done or left, or forbid the opposite");
		return false;
	}
	if (!stp_says_no_window(care))
		return true;
	stp_help(context,
		 stp_report(context, STP_D_no_window, node->span,
			    "this requirement does not say for how long"),
		 "say the least time: a rule must last at least as long");
	return false;
}

static bool read_care(struct reader *reader, const struct stp_node *node,
		      const struct stp_scene *outer, struct stp_house_rule *rule)
{
	struct stp_scene scene = *outer;
	struct stp_care_rule *care;
	size_t errors;

	if (!find_side(reader, node, rule, &scene))
		return false;
	reader->draft.care.count = 0;
	errors = stp_error_count(reader->resolver->context);
	stp_resolve_care_rule(&reader->draft, node, &scene);
	if (reader->draft.care.count == 0) {
		if (stp_error_count(reader->resolver->context) == errors)
			stp_help(reader->resolver->context,
				 stp_report(reader->resolver->context, STP_D_misplaced_statement,
					    node->span, "this does not stand on this side"),
				 "`stop` stands before the visit and `resume` after it");
		return false;
	}
	care = stp_alloc(reader->resolver->context, sizeof *care);
	*care = reader->draft.care.items[0];
	rule->care = care;
	rule->origin = care->origin;
	return rule->kind == STP_FORBID_CARE || check_required_care(reader, node, care);
}

static bool read_operator(struct reader *reader, const struct stp_node *node,
			  const struct stp_scene *scene, struct stp_house_rule *rule)
{
	rule->kind = STP_REQUIRE_OPERATOR;
	rule->origin = stp_provenance_of(reader->resolver, node, scene);
	return stp_operator_of(reader->resolver, node, &rule->operators, &rule->operator_values);
}

static bool read_required(struct reader *reader, const struct stp_node *node,
			  const struct stp_scene *scene, struct stp_house_rule *rule)
{
	const struct stp_node *what = node->first;

	switch (what->kind) {
	case STP_N_OPERATOR: return read_operator(reader, what, scene, rule);
	case STP_N_EXCLUDE:
	case STP_N_WAIT:
	case STP_N_CLEAR:
	case STP_N_CAUTION:
		rule->kind = STP_REQUIRE_SCREENING;
		return read_screening(reader, what, scene, rule);
	default: rule->kind = STP_REQUIRE_CARE; return read_care(reader, what, scene, rule);
	}
}

static bool read_forbidden(struct reader *reader, const struct stp_node *node,
			   const struct stp_scene *scene, struct stp_house_rule *rule)
{
	if (node->first->kind != STP_N_TREATS) {
		rule->kind = STP_FORBID_CARE;
		return read_care(reader, node->first, scene, rule);
	}
	rule->kind = STP_FORBID_TREATING;
	rule->origin = stp_provenance_of(reader->resolver, node, scene);
	rule->treats = stp_find_term(reader->resolver, node->first->first,
				     STP_KIND(STP_N_INDICATION), "`treats` takes an indication");
	return rule->treats != NULL;
}

/* ---- statements ---- */

/* The statement up to its `because`, `cites` and so on, each gap in it one blank. */
static const char *text_of(struct stp_context *context, const struct stp_node *node)
{
	struct stp_span span = node->span;
	const struct stp_node *part = node->first;
	char *text, *to;

	while (part != NULL && (part->kind < STP_N_BECAUSE || part->kind > STP_N_DIFFERS) &&
	       part->kind != STP_N_MESSAGE)
		part = part->next;
	if (part != NULL)
		span.end = part->span.begin;
	text = to = stp_copy_text(context, stp_source_text(context, span), span.end - span.begin);
	for (const char *from = text; *from != '\0'; from++)
		if (strchr(" \t\r\n", *from) == NULL)
			*to++ = *from;
		else if (to > text && to[-1] != ' ')
			*to++ = ' ';
	while (to > text && to[-1] == ' ')
		to--;
	*to = '\0';
	return text;
}

/* How deep is too deep cannot depend on how deep: the limit would undo its own condition. */
static bool check_depth(struct reader *reader, const struct stp_node *node,
			const struct stp_house_rule *rule)
{
	const struct stp_house_scope *scope = rule->scope;

	while (scope != NULL && !scope->has_depth)
		scope = scope->outer;
	if (scope == NULL || rule->kind != STP_HOUSE_SETTING || rule->setting != STP_DEPTH)
		return true;
	stp_help(reader->resolver->context,
		 stp_report(reader->resolver->context, STP_D_misplaced_statement, node->span,
			    "a limit of the depth cannot stand under `depth over`"),
		 "say the limit for every depth");
	return false;
}

static void read_rule(struct reader *reader, const struct stp_node *node,
		      const struct stp_scene *scene, const struct stp_house_scope *scope)
{
	const struct stp_node *said =
		node->kind == STP_N_REQUIRE || node->kind == STP_N_FORBID ? node->first : node;
	struct stp_house_rule rule;
	bool good;

	memset(&rule, 0, sizeof rule);
	rule.scope = scope;
	rule.policy = reader->policy;
	rule.text = text_of(reader->resolver->context, said);
	rule.message = stp_text_of(said->kind == STP_N_TREATS ? node : said, STP_N_MESSAGE);
	if (node->kind == STP_N_REQUIRE) {
		good = read_required(reader, node, scene, &rule);
	} else if (node->kind == STP_N_FORBID) {
		good = read_forbidden(reader, node, scene, &rule);
	} else {
		rule.origin = stp_provenance_of_numbers(reader->resolver, node, scene);
		good = read_limit(reader, node, &rule) && check_depth(reader, node, &rule);
	}
	if (good)
		*STP_PUSH(reader->resolver->context, &reader->rules) = rule;
}

static bool is_rule(enum stp_node_kind kind)
{
	return kind >= STP_N_HOUSE_LIMIT && kind <= STP_N_FORBID;
}

/* `before { … }` or `after { … }`, which says on which side its rules hold. */
static void read_side(struct reader *reader, const struct stp_node *node,
		      const struct stp_scene *outer, const struct stp_house_scope *scope)
{
	const struct stp_node *block = stp_block(node);
	struct stp_scene scene = stp_enter(reader->resolver, outer, block, STP_PLACE_HOUSE_SIDE);

	scene.place = node->kind == STP_N_AFTER ? STP_PLACE_AFTER : STP_PLACE_BEFORE;
	for (const struct stp_node *at = block->first; at != NULL; at = at->next)
		if (at->kind == STP_N_REQUIRE || at->kind == STP_N_FORBID)
			read_rule(reader, at, &scene, scope);
}

/* ---- scopes ---- */

static void read_exceptions(struct reader *reader, const struct stp_node *block,
			    const struct stp_scene *scene, struct stp_house_scope *scope)
{
	struct stp_resolver *resolver = reader->resolver;
	const struct stp_node *node = stp_child(block, STP_N_EXCEPT_PROTOCOL);
	struct stp_house_exception *exceptions =
		stp_alloc_array(resolver->context, stp_count_of(block, STP_N_EXCEPT_PROTOCOL) + 1,
				sizeof *exceptions);

	scope->exceptions = exceptions;
	for (; node != NULL; node = stp_next_of(node, STP_N_EXCEPT_PROTOCOL)) {
		struct stp_symbol *symbol =
			stp_find(resolver, node->first, STP_SPACE_PROTOCOLS,
				 STP_KIND(STP_N_PROTOCOL), "`except` takes a protocol");

		if (symbol == NULL)
			continue;
		exceptions[scope->exception_count].protocol = symbol->is.protocol;
		exceptions[scope->exception_count++].origin =
			stp_provenance_of(resolver, node, scene);
	}
}

static void report_second_place(struct reader *reader, const struct stp_node *node)
{
	stp_help(reader->resolver->context,
		 stp_report(reader->resolver->context, STP_D_repeated_statement, node->span,
			    "one `where` names one place of a kind"),
		 "write a `where` for each");
}

static bool read_place(struct reader *reader, const struct stp_node *node,
		       struct stp_house_scope *scope)
{
	struct stp_resolver *resolver = reader->resolver;
	int modality;

	switch (node->kind) {
	case STP_N_TREATS:
		scope->treats = stp_find_term(resolver, node->first, STP_KIND(STP_N_INDICATION),
					      "`treats` takes an indication");
		return scope->treats != NULL;
	case STP_N_IN:
		scope->zone = stp_find_zone(resolver, node->first);
		return scope->zone != NULL;
	case STP_N_MODALITY:
		modality = stp_find_word(resolver, node->first, stp_modality_names, STP_MODALITIES,
					 "a modality");
		scope->has_modality = true;
		scope->modality = (enum stp_modality)(modality < 0 ? 0 : modality);
		return modality >= 0;
	case STP_N_DEPTH_OVER:
		scope->has_depth = true;
		return stp_quantity(resolver, node->first, STP_LENGTH, STP_SETTING_MOST,
				    &scope->depth_over_um);
	default: return true; /* the block */
	}
}

static void read_block(struct reader *reader, const struct stp_node *block,
		       const struct stp_scene *scene, struct stp_house_scope *scope);

static void read_where(struct reader *reader, const struct stp_node *node,
		       const struct stp_scene *outer, const struct stp_house_scope *around)
{
	struct stp_house_scope *scope = stp_alloc(reader->resolver->context, sizeof *scope);
	struct stp_scene scene =
		stp_enter(reader->resolver, outer, stp_block(node), STP_PLACE_WHERE);

	scope->outer = around;
	scope->when = around->when;
	for (const struct stp_node *part = node->first; part != NULL; part = part->next) {
		if (stp_child(node, part->kind) != part) {
			report_second_place(reader, part);
			return;
		}
		if (!read_place(reader, part, scope))
			return;
	}
	read_block(reader, stp_block(node), &scene, scope);
}

static void read_when(struct reader *reader, const struct stp_node *node,
		      const struct stp_scene *outer, const struct stp_house_scope *around)
{
	struct stp_house_scope *scope = stp_alloc(reader->resolver->context, sizeof *scope);
	struct stp_scene scene =
		stp_enter(reader->resolver, outer, stp_block(node), STP_PLACE_HOUSE_WHEN);

	scope->outer = around;
	scope->when = stp_condition_of(reader->resolver, NULL, node, node);
	scene.when = scope->when;
	if (scope->when != NULL)
		read_block(reader, stp_block(node), &scene, scope);
}

static void read_block(struct reader *reader, const struct stp_node *block,
		       const struct stp_scene *scene, struct stp_house_scope *scope)
{
	read_exceptions(reader, block, scene, scope);
	for (const struct stp_node *node = block->first; node != NULL; node = node->next) {
		if (is_rule(node->kind))
			read_rule(reader, node, scene, scope);
		else if (node->kind == STP_N_WHERE && scope->outer == NULL)
			read_where(reader, node, scene, scope);
		else if (node->kind == STP_N_WHEN && scope->when == NULL)
			read_when(reader, node, scene, scope);
		else if (node->kind == STP_N_BEFORE || node->kind == STP_N_AFTER)
			read_side(reader, node, scene, scope);
	}
}

/* ---- the whole ---- */

void stp_resolve_policy(struct stp_resolver *resolver, struct stp_symbol *symbol)
{
	struct stp_policy *policy = symbol->is.policy;
	const struct stp_node *block = stp_block(symbol->node);
	struct stp_scene scene =
		stp_enter_declaration(resolver, NULL, symbol->node, STP_PLACE_POLICY);
	struct stp_house_scope *scope = stp_alloc(resolver->context, sizeof *scope);
	struct reader reader;

	memset(&reader, 0, sizeof reader);
	reader.resolver = reader.draft.resolver = resolver;
	reader.policy = policy;
	stp_check_head(resolver, symbol->node, STP_HEAD_LABEL | STP_HEAD_TAILS | STP_HEAD_BODY);
	policy->name = symbol->name;
	policy->label = stp_label_of(resolver, symbol->node, symbol->named);
	policy->span = symbol->node->span;
	policy->origin = stp_provenance_of(resolver, symbol->node, NULL);
	policy->scope = scope;
	if (block != NULL)
		read_block(&reader, block, &scene, scope);
	policy->rules = reader.rules.items;
	policy->rule_count = reader.rules.count;
}
