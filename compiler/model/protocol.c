/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A protocol: its head, and the order in which its parts are resolved. Screening comes first,
 * for conditions may use what it asks; then the zones, then `when` by `when`. Language reference,
 * "Protocols".
 */
#include "model/resolver.h"

#include <stdlib.h>
#include <string.h>

/* ---- the head ---- */

static void read_version(struct stp_draft *draft, const struct stp_node *node)
{
	uint32_t part = 0, at = 0;

	for (const char *text = node->first->text;; text++) {
		if (*text >= '0' && *text <= '9' && part <= UINT16_MAX) {
			part = part * 10 + (uint32_t)(*text - '0');
			continue;
		}
		if (part > UINT16_MAX) {
			stp_help(draft->resolver->context,
				 stp_report(draft->resolver->context, STP_D_too_large, node->span,
					    "this version is more than can be held"),
				 "each of its three numbers is at most 65535");
			return;
		}
		draft->protocol->version[at++] = (uint16_t)part;
		part = 0;
		if (*text == '\0' || at == 3)
			return;
	}
}

/* `draft`, or `approved by "…" on DATE, review by DATE`. */
static void read_status(struct stp_draft *draft, const struct stp_node *node)
{
	static const char *const statuses[] = { "draft", "approved" };
	struct stp_protocol *protocol = draft->protocol;
	struct stp_context *context = draft->resolver->context;
	const struct stp_node *by = stp_child(node, STP_N_TEXT);
	const struct stp_node *on = stp_child(node, STP_N_DATE);
	const struct stp_node *review = on == NULL ? NULL : stp_next_of(on, STP_N_DATE);
	int status = stp_find_word(draft->resolver, node->first, statuses, 2, "a status");

	if (status < 0)
		return;
	protocol->status = (enum stp_review_status)status;
	if ((by != NULL) != (status == STP_APPROVED)) {
		stp_help(context,
			 stp_report(context, STP_D_bad_status, node->span,
				    by == NULL ? "approved by whom, and when?"
					       : "a draft is approved by nobody"),
			 "write `status draft` or `status approved by \"…\" on 2026-11-21`");
		return;
	}
	if (by == NULL)
		return;
	protocol->approved_by = by->text;
	protocol->status_span = node->span;
	stp_date_of(draft->resolver, on, &protocol->approved_on);
	if (review == NULL || !stp_date_of(draft->resolver, review, &protocol->review_by))
		return;
	if (strcmp(review->text, on->text) >= 0)
		return;
	protocol->review_by.year = 0; /* not known, so that it has not lapsed either */
	stp_help(context,
		 stp_report(context, STP_D_bad_status, review->span,
			    "the review lies before the approval"),
		 "a review comes after what it reviews");
}

/* A published device may have a step that nobody has said. It can be described, and not used. */
static bool knows_its_settings(struct stp_draft *draft, const struct stp_node *node,
			       const struct stp_device *device)
{
	struct stp_diagnostic *diagnostic;

	if (device->depth_step_um != 0 || device->depth_low_um == device->depth_high_um)
		return true;
	diagnostic = stp_report(draft->resolver->context, STP_D_bad_step, node->span,
				"which depths `%s` can be set to is not known", device->name);
	stp_label(draft->resolver->context, diagnostic, device->depth_origin.span,
		  "a range of depths without a step");
	stp_help(draft->resolver->context, diagnostic,
		 "find out the device's step and add it there: `, step` and the step");
	return false;
}

/* What the device says of a setting bounds a protocol that says it too. */
static void note_device(struct stp_draft *draft)
{
	const struct stp_protocol *protocol = draft->protocol;
	const struct stp_provenance *const origins[STP_SETTINGS] = {
		[STP_DEPTH] = &protocol->device->depth_origin,
		[STP_PASSES] = &protocol->device->passes_origin,
		[STP_RATE] = &protocol->device->rate_origin,
	};

	for (int setting = 0; setting < STP_SETTINGS; setting++) {
		bool said = false;

		for (size_t i = 0; i < protocol->zone_count; i++)
			said = said || protocol->zones[i].settings[setting].said;
		if (said)
			stp_note_unverified(draft->resolver, origins[setting]);
	}
}

static void read_device(struct stp_draft *draft, const struct stp_node *node)
{
	struct stp_symbol *symbol =
		stp_find(draft->resolver, stp_child(node, STP_N_NAME), STP_SPACE_VOCABULARY,
			 STP_KIND(STP_N_DEVICE), "`device` takes a device");

	stp_check_head(draft->resolver, node, 0);
	if (stp_child(draft->block, STP_N_DEVICE) != node)
		stp_help(draft->resolver->context,
			 stp_report(draft->resolver->context, STP_D_repeated_statement, node->span,
				    "a protocol has one device"),
			 "write a protocol for each device");
	else if (symbol != NULL && knows_its_settings(draft, node, symbol->is.device))
		draft->protocol->device = symbol->is.device;
}

/* What is not said stays as it was inherited. */
static void read_text(struct stp_draft *draft, enum stp_node_kind kind, const char **text)
{
	const char *said = stp_text_of(draft->block, kind);

	if (said != NULL)
		*text = said;
}

static void read_head(struct stp_draft *draft)
{
	struct stp_protocol *protocol = draft->protocol;

	read_text(draft, STP_N_TITLE, &protocol->title);
	read_text(draft, STP_N_MESSAGE, &protocol->message);
	read_text(draft, STP_N_SUMMARY, &protocol->summary);
	if (stp_child(draft->block, STP_N_MESSAGE) != NULL)
		protocol->message_span = stp_child(draft->block, STP_N_MESSAGE)->first->span;
	if (stp_child(draft->block, STP_N_SUMMARY) != NULL)
		protocol->summary_span = stp_child(draft->block, STP_N_SUMMARY)->first->span;
	for (const struct stp_node *node = draft->block->first; node != NULL; node = node->next) {
		if (node->kind == STP_N_VERSION_IS)
			read_version(draft, node);
		else if (node->kind == STP_N_STATUS)
			read_status(draft, node);
		else if (node->kind == STP_N_UPDATED)
			stp_date_of(draft->resolver, node->first, &protocol->updated);
		else if (node->kind == STP_N_DEVICE)
			read_device(draft, node);
		else if (node->kind == STP_N_TREATS)
			protocol->treats = stp_find_term(draft->resolver, node->first,
							 STP_KIND(STP_N_INDICATION),
							 "`treats` takes an indication");
	}
}

/* A protocol that extends another may leave all but its version to it. */
static void check_required(struct stp_draft *draft)
{
	static const struct {
		enum stp_node_kind kind;
		const char *word, *example;
	} required[] = {
		{ STP_N_VERSION_IS, "version", "version 1.0.0" },
		{ STP_N_TREATS, "treats", "treats acne_scars" },
		{ STP_N_DEVICE, "device", "device pen_25" },
		{ STP_N_ZONE, "zone", "zone cheeks { depth 0.5 to 1.0 mm }" },
	};
	bool extends = stp_child(draft->symbol->node, STP_N_EXTENDS) != NULL;
	size_t count = extends ? 1 : sizeof required / sizeof *required;
	const char *missing = NULL, *example = NULL;

	for (size_t i = 0; i < count; i++) {
		if (stp_child(draft->block, required[i].kind) != NULL)
			continue;
		missing = missing == NULL ? required[i].word
					  : stp_format(draft->resolver->context, "%s`, no `%s",
						       missing, required[i].word);
		example = example == NULL ? required[i].example : example;
	}
	if (missing != NULL)
		stp_report_missing(draft->resolver, draft->symbol, STP_D_missing_statement, missing,
				   example);
}

/* ---- benefits, risks, what is not known ---- */

/* `1 in 100`; `5 in 100` is held as 1 in 20 when that is exact. */
static uint32_t one_in(struct stp_draft *draft, const struct stp_node *node)
{
	const struct stp_node *count = stp_child(node, STP_N_NUMBER);
	struct stp_diagnostic *diagnostic;
	uint32_t some, of;

	if (count == NULL || !stp_count(draft->resolver, count, STP_SETTING_MOST, &some) ||
	    !stp_count(draft->resolver, count->next, UINT32_MAX - 1, &of))
		return 0;
	if (some != 0 && of >= some && of % some == 0)
		return of / some;
	diagnostic = stp_report(draft->resolver->context, STP_D_not_exact, count->span,
				"%lu in %lu is not one in a whole number", (unsigned long)some,
				(unsigned long)of);
	if (some != 0 && of > some)
		stp_help(draft->resolver->context, diagnostic,
			 "write `1 in %lu`, which is a little more often",
			 (unsigned long)(of / some));
	else
		stp_help(draft->resolver->context, diagnostic, "write `1 in` and a number");
	return 0;
}

/* Those of this protocol take the place of what it inherited. */
static void read_statements(struct stp_draft *draft, enum stp_node_kind kind,
			    const struct stp_statement **kept, size_t *count)
{
	const struct stp_node *node = stp_child(draft->block, kind);
	struct stp_statement *statements;

	if (node == NULL)
		return;
	statements = stp_alloc_array(draft->resolver->context, stp_count_of(draft->block, kind),
				     sizeof *statements);
	*kept = statements;
	*count = 0;
	for (; node != NULL; node = stp_next_of(node, kind)) {
		struct stp_statement *statement = &statements[(*count)++];

		statement->text = node->first->text;
		statement->one_in = one_in(draft, node);
		statement->origin =
			stp_child(node, STP_N_NUMBER) != NULL
				? stp_provenance_of_numbers(draft->resolver, node, &draft->scene)
				: stp_provenance_of(draft->resolver, node, &draft->scene);
	}
}

/* ---- `when` ---- */

/* What of the statement is judged before the depth is known; NULL: nothing. */
static const struct stp_node *judged_before(const struct stp_node *node)
{
	switch (node->kind) {
	case STP_N_ZONE:
	case STP_N_EVERY_ZONE:
	case STP_N_SCREEN:
	case STP_N_BEFORE: return node;
	case STP_N_COURSE: return stp_child(node, STP_N_SESSIONS_LIMIT);
	default: return NULL;
	}
}

/* The first of the block that no condition on the depth used can stand over, or NULL. */
static const struct stp_node *not_after(const struct stp_node *block)
{
	const struct stp_node *found = NULL;

	for (const struct stp_node *node = block->first; node != NULL && found == NULL;
	     node = node->next)
		found = judged_before(node);
	return found;
}

static void resolve_when(struct stp_draft *draft, const struct stp_node *when)
{
	const struct stp_node *block = stp_block(when);
	struct stp_scene scene = stp_enter(draft->resolver, &draft->scene, block, STP_PLACE_WHEN);

	scene.when = stp_condition_of(draft->resolver, draft, when, not_after(block));
	if (scene.when == NULL)
		return;
	*STP_PUSH(draft->resolver->context, &draft->whens) = scene.when;
	if (draft->protocol->device != NULL)
		stp_resolve_zones_when(draft, block, &scene);
	for (const struct stp_node *node = block->first; node != NULL; node = node->next) {
		if (node->kind == STP_N_BEFORE || node->kind == STP_N_AFTER)
			stp_resolve_care(draft, node, &scene);
		else if (node->kind == STP_N_EXPECT)
			stp_resolve_expect(draft, node, &scene);
		else if (node->kind == STP_N_SCREEN)
			stp_resolve_screen(draft, stp_block(node), &scene);
		else if (node->kind == STP_N_COURSE)
			stp_resolve_course_when(draft, node, &scene);
	}
}

/* ---- the whole ---- */

static const struct stp_provenance *origin_of_claim(struct stp_draft *draft,
						    const struct stp_node *node)
{
	struct stp_provenance *origin = stp_alloc(draft->resolver->context, sizeof *origin);

	*origin = stp_provenance_of(draft->resolver, node, &draft->scene);
	return origin;
}

static void resolve_statement(struct stp_draft *draft, const struct stp_node *node)
{
	switch (node->kind) {
	case STP_N_COURSE:
		if (draft->protocol->course.origin.span.source == 0)
			stp_resolve_course(draft, node);
		break;
	case STP_N_VISIT: stp_resolve_visit(draft, node); break;
	case STP_N_OPERATOR: stp_resolve_operator(draft, node); break;
	case STP_N_LABEL_ON: draft->protocol->label_on = origin_of_claim(draft, node); break;
	case STP_N_ANAESTHETIC: stp_resolve_anaesthetic(draft, node); break;
	case STP_N_BEFORE:
	case STP_N_AFTER: stp_resolve_care(draft, node, &draft->scene); break;
	case STP_N_EXPECT: stp_resolve_expect(draft, node, &draft->scene); break;
	case STP_N_WHEN: resolve_when(draft, node); break;
	case STP_N_ASK_US:
	case STP_N_CALL_US:
	case STP_N_CALL_EMERGENCY: stp_resolve_help(draft, node); break;
	default: break; /* the head, the screening and the zones came first */
	}
}

static int compare_factors(const void *one, const void *other)
{
	const struct stp_factor *const *left = one, *const *right = other;

	return ((*left)->index > (*right)->index) - ((*left)->index < (*right)->index);
}

static void *exact_copy(struct stp_context *context, const void *items, size_t count,
			size_t bytes_each)
{
	void *copy = stp_alloc_array(context, count, bytes_each);

	if (count > 0)
		memcpy(copy, items, count * bytes_each);
	return copy;
}

/* Copies a list of the draft, whose room the next protocol's draft uses, to the protocol. */
#define KEEP(draft, list, of)                                                                      \
	((draft)->protocol->list = exact_copy((draft)->resolver->context, (draft)->list.items,     \
					      (draft)->list.count, sizeof *(draft)->list.items),   \
	 (draft)->protocol->of##_count = (draft)->list.count)

static void finish(struct stp_draft *draft)
{
	struct stp_protocol *protocol = draft->protocol;
	size_t kept = 0;

	stp_resolve_until(draft);
	if (draft->asked.count > 0)
		qsort(draft->asked.items, draft->asked.count, sizeof *draft->asked.items,
		      compare_factors);
	for (size_t i = 0; i < draft->asked.count; i++)
		if (kept == 0 || draft->asked.items[kept - 1] != draft->asked.items[i])
			draft->asked.items[kept++] = draft->asked.items[i];
	draft->asked.count = kept;
	KEEP(draft, asked, asked);
	KEEP(draft, screens, screen);
	KEEP(draft, care, care);
	KEEP(draft, expects, expect);
	KEEP(draft, whens, when);
	KEEP(draft, helps, help);
	read_statements(draft, STP_N_BENEFIT, &protocol->benefits, &protocol->benefit_count);
	read_statements(draft, STP_N_RISK, &protocol->risks, &protocol->risk_count);
	read_statements(draft, STP_N_UNKNOWN, &protocol->unknowns, &protocol->unknown_count);
}

static void resolve_body(struct stp_draft *draft, const struct stp_protocol *parent)
{
	const struct stp_node *node;

	if (parent != NULL)
		stp_inherit(draft, parent);
	read_head(draft);
	check_required(draft);
	draft->resolver->device = draft->protocol->device;
	for (node = draft->block->first; node != NULL; node = node->next)
		if (node->kind == STP_N_SCREEN)
			stp_resolve_screen(draft, stp_block(node), &draft->scene);
	if (draft->protocol->device != NULL)
		stp_resolve_zone_plans(draft);
	for (node = draft->block->first; node != NULL; node = node->next)
		resolve_statement(draft, node);
	stp_apply_house_limits(draft);
	if (draft->protocol->device != NULL)
		stp_finish_zone_plans(draft);
	if (draft->protocol->device != NULL && stp_child(draft->block, STP_N_DEVICE) != NULL)
		note_device(draft);
	draft->resolver->device = NULL;
	if (parent != NULL)
		stp_meet_parent(draft, parent);
	stp_check_course_rules(draft, parent != NULL ? parent->course_rule_count : 0);
	finish(draft);
}

/* An empty draft, with the room that its lists had for another protocol. */
static struct stp_draft *take_draft(struct stp_resolver *resolver)
{
	struct stp_draft *draft = resolver->draft;

	if (draft == NULL)
		draft = resolver->draft = stp_alloc(resolver->context, sizeof *draft);
	draft->resolver = resolver;
	draft->plans.count = draft->asked.count = draft->screens.count = draft->care.count = 0;
	draft->expects.count = draft->helps.count = draft->whens.count = 0;
	return draft;
}

static void resolve_one(struct stp_resolver *resolver, struct stp_symbol *symbol)
{
	const struct stp_symbol *parent = symbol->parent;
	struct stp_draft *draft = take_draft(resolver);

	draft->protocol = symbol->is.protocol;
	draft->symbol = symbol;
	draft->block = stp_block(symbol->node);
	draft->layer = symbol->layer = stp_alloc(resolver->context, sizeof *symbol->layer);
	draft->layer->name = symbol->name;
	draft->layer->below = parent == NULL ? NULL : parent->layer;
	draft->layer->depth = parent == NULL ? 0 : parent->layer->depth + 1;
	stp_check_head(resolver, symbol->node,
		       STP_HEAD_LABEL | STP_HEAD_EXTENDS | STP_HEAD_TAILS | STP_HEAD_BODY);
	draft->protocol->name = symbol->name;
	draft->protocol->label = stp_label_of(resolver, symbol->node, symbol->named);
	draft->protocol->span = symbol->node->span;
	draft->protocol->name_span = symbol->named->span;
	draft->scene = stp_enter(resolver, NULL, draft->block, STP_PLACE_PROTOCOL);
	draft->protocol->origin = stp_provenance_of(resolver, symbol->node, NULL);
	if (draft->block != NULL)
		resolve_body(draft, parent == NULL ? NULL : parent->is.protocol);
	else
		stp_report_missing(resolver, symbol, STP_D_missing_statement, "version",
				   "version 1.0.0");
}

#define INHERITED_MOST 500000 /* by all protocols together; bounds memory and time */

/* How much a protocol takes that extends this one. */
static size_t inheritance(const struct stp_protocol *parent)
{
	size_t taken = 1 + parent->screen_count + parent->care_count + parent->help_count;

	for (size_t i = 0; i < parent->zone_count; i++)
		taken += parent->zones[i].contribution_count + parent->zones[i].set_count;
	return taken;
}

static void inherit_within_bounds(struct stp_resolver *resolver, struct stp_symbol *symbol)
{
	resolver->inherited += inheritance(symbol->parent->is.protocol);
	if (resolver->inherited <= INHERITED_MOST)
		return;
	stp_help(resolver->context,
		 stp_report(resolver->context, STP_D_too_large, symbol->named->span,
			    "protocols that extend one another say more here than can be held"),
		 "extend one that is nearer to the first");
	symbol->parent = NULL;
}

/* What is extended is resolved first, however many there are one below another. */
void stp_resolve_protocol(struct stp_resolver *resolver, struct stp_symbol *symbol)
{
	while (symbol->layer == NULL) {
		struct stp_symbol *lowest = symbol;

		while (lowest->parent != NULL && lowest->parent->layer == NULL)
			lowest = lowest->parent;
		if (lowest->parent != NULL)
			inherit_within_bounds(resolver, lowest);
		resolve_one(resolver, lowest);
	}
}
