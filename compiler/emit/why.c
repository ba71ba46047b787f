/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The chain behind a setting. Contributions that one statement makes to several bounds are shown
 * as one line; a star marks the statements that decide a bound.
 */
#include "emit/why.h"

#include "model/refusals.h"

#define UNSAID UINT32_MAX

/* What holds for the client: the tightest word on each side. */
struct effective {
	uint32_t bounds[STP_BOUND_SIDES];
	const struct stp_contribution *by[STP_BOUND_SIDES];
};

static bool larger_is_tighter(enum stp_bound_side side)
{
	return side == STP_RANGE_LOW || side == STP_LIMIT_LOW;
}

static bool applies(const struct stp_contribution *at, const struct stp_client *client)
{
	return at->when == NULL || stp_may_hold(at->when, client);
}

/* A start for some clients that is not below that for all changes nothing: rule 10, "Start". */
static bool starts_later(const struct stp_contribution *at, const struct stp_setting *for_all)
{
	return at->side == STP_START && at->when != NULL && at->value >= for_all->start.value;
}

static struct effective effective_of(const struct stp_zone_plan *plan, enum stp_setting_id setting,
				     const struct stp_client *client)
{
	struct effective found = { .by = { NULL } };

	for (size_t i = 0; i < plan->contribution_count; i++) {
		const struct stp_contribution *at = &plan->contributions[i];
		uint32_t *bound = &found.bounds[at->side];

		if (at->setting != setting || !applies(at, client) ||
		    starts_later(at, &plan->settings[setting]))
			continue;
		if (found.by[at->side] != NULL &&
		    (larger_is_tighter(at->side) ? at->value <= *bound : at->value >= *bound))
			continue;
		*bound = at->value;
		found.by[at->side] = at;
	}
	return found;
}

static uint32_t side_or(const struct effective *found, enum stp_bound_side side, uint32_t otherwise)
{
	return found->by[side] != NULL ? found->bounds[side] : otherwise;
}

static uint32_t least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static uint32_t greatest(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

/* The limit, and the range within it. */
struct nested {
	uint32_t limit_low, limit_high, low, high;
};

static struct nested nested_of(const struct effective *found)
{
	uint32_t limit_low = side_or(found, STP_LIMIT_LOW, 0);
	uint32_t limit_high = side_or(found, STP_LIMIT_HIGH, UNSAID);

	return (struct nested){ limit_low, limit_high,
				greatest(side_or(found, STP_RANGE_LOW, 0), limit_low),
				least(side_or(found, STP_RANGE_HIGH, UNSAID), limit_high) };
}

/* "7000 rpm", and what the device calls it. */
static const char *show(struct stp_context *context, const struct stp_device *device,
			enum stp_setting_id setting, uint32_t value)
{
	const struct stp_level *level = setting == STP_RATE ? stp_level_of(device, value) : NULL;
	const char *shown = stp_show_setting(context, setting, value);

	return level == NULL ? shown : stp_format(context, "%s (level %u)", shown, level->number);
}

static void add_result(struct stp_context *context, const struct stp_device *device,
		       enum stp_setting_id setting, const struct effective *found,
		       struct stp_string *out)
{
	struct nested holds = nested_of(found);
	uint32_t start =
		least(greatest(side_or(found, STP_START, holds.low), holds.low), holds.high);

	stp_addf(out, "  recommended  %s to %s, starting at %s\n",
		 show(context, device, setting, holds.low),
		 show(context, device, setting, holds.high), show(context, device, setting, start));
	stp_addf(out, "  hard limit   %s to %s%s\n",
		 show(context, device, setting, holds.limit_low),
		 show(context, device, setting, holds.limit_high),
		 holds.limit_high > holds.high ? "; beyond the recommended range only with a reason"
					       : "");
	if (found->by[STP_STEP] != NULL)
		stp_addf(out, "  step         at most %s more than in the last session\n",
			 show(context, device, setting, found->bounds[STP_STEP]));
}

/* How deep a zone is needled decides whether that is on the device's label. */
static void add_label(const struct stp_protocol *protocol, const struct stp_zone_plan *plan,
		      const struct stp_client *client, struct stp_string *out)
{
	static const char *const words[] = {
		[STP_ON_LABEL] = "on",
		[STP_OFF_LABEL] = "off",
		[STP_LABEL_DEPENDS] = "on or off, which depends on what is not known of the client",
		[STP_LABEL_NOT_SAID] = "not evaluated",
	};

	stp_addf(out, "  label        %s\n", words[stp_label_status(protocol, plan, client)]);
}

/* ---- the chain ---- */

static const char *const side_words[STP_BOUND_SIDES] = {
	[STP_RANGE_LOW] = "from",      [STP_RANGE_HIGH] = "to", [STP_LIMIT_LOW] = "limit from",
	[STP_LIMIT_HIGH] = "limit to", [STP_START] = "start",   [STP_STEP] = "step",
};

static bool decides(const struct effective *found, const struct stp_contribution *at)
{
	return found->by[at->side] == at;
}

/* Whether a contribution of the same statement was shown before this one. */
static bool is_shown(const struct stp_zone_plan *plan, size_t at)
{
	const struct stp_contribution *now = &plan->contributions[at];

	for (size_t i = 0; i < at; i++)
		if (plan->contributions[i].setting == now->setting &&
		    plan->contributions[i].origin == now->origin &&
		    plan->contributions[i].when == now->when)
			return true;
	return false;
}

void stp_add_why_origin(struct stp_context *context, const struct stp_provenance *origin,
			struct stp_string *out)
{
	const struct stp_source *source = stp_source_by_id(context, origin->span.source);

	if (source != NULL)
		stp_addf(out, "\n      %s:%lu", source->name,
			 (unsigned long)stp_position(context, origin->span).line);
	for (size_t i = 0; i < origin->cite_count; i++)
		stp_addf(out, "%s%s (%c)", i == 0 ? "  source " : ", ", origin->cites[i]->name,
			 "ABCDU"[origin->cites[i]->grade]);
	if (origin->because != NULL)
		stp_addf(out, "\n      because %s", origin->because);
	stp_add(out, "\n");
}

void stp_add_why_condition(struct stp_context *context, const struct stp_condition *when,
			   const struct stp_client *client, struct stp_string *out)
{
	const struct stp_source *source;

	if (when == NULL)
		return;
	source = stp_source_by_id(context, when->span.source);
	if (source != NULL)
		stp_addf(out, " when %.*s", (int)(when->span.end - when->span.begin),
			 source->text + when->span.begin);
	if (!stp_must_hold(when, client))
		stp_add(out, " (may apply)");
}

static void add_statement(struct stp_context *context, const struct stp_zone_plan *plan,
			  size_t first, const struct effective *found,
			  const struct stp_client *client, struct stp_string *out)
{
	const struct stp_contribution *at = &plan->contributions[first];
	struct stp_string line;
	bool star = false, rounded = false;

	stp_string_init(&line, context);
	stp_add(&line, "");
	for (size_t i = first; i < plan->contribution_count; i++) {
		const struct stp_contribution *other = &plan->contributions[i];

		if (other->setting != at->setting || other->origin != at->origin ||
		    other->when != at->when)
			continue;
		star = star || decides(found, other);
		rounded = rounded || other->value != other->said_value;
		stp_addf(&line, "%s%s %s", line.length > 0 ? ", " : " ", side_words[other->side],
			 stp_show_setting(context, at->setting, other->value));
		if (other->instead != NULL)
			stp_addf(&line, " (an override of %s by %s)",
				 stp_show_setting(context, at->setting, other->instead->value),
				 other->instead->from_name);
	}
	stp_addf(out, "  %c %s", star ? '*' : ' ', at->from_name);
	stp_add_why_condition(context, at->when, client, out);
	stp_addf(out, ":%s%s", line.text, rounded ? " (rounded to what the device can set)" : "");
	stp_add_why_origin(context, at->origin, out);
}

static void add_never(struct stp_context *context, const struct stp_never *never,
		      const struct stp_client *client, struct stp_string *out)
{
	stp_addf(out, "  never, for this client%s",
		 stp_must_hold(never->when, client) ? "" : ", perhaps");
	stp_add_why_origin(context, never->origin, out);
}

/* What makes the zone never, or perhaps never, for the client; true when it is certain. */
static bool add_nevers(struct stp_context *context, const struct stp_zone_plan *plan,
		       const struct stp_client *client, struct stp_string *out)
{
	bool certain = false;

	for (size_t i = 0; i < plan->never_when_count; i++) {
		const struct stp_never *never = &plan->never_when[i];

		if (stp_may_hold(never->when, client))
			add_never(context, never, client, out);
		certain = certain || stp_must_hold(never->when, client);
	}
	return certain;
}

/* ---- who is refused in every zone ---- */

/*
 * What the device certainly refuses the client for, in any zone; false when there is nothing. What
 * makes a zone never is told where the zone is asked about.
 */
static bool add_refusals(struct stp_context *context, const struct stp_protocol *protocol,
			 const struct stp_client *client, struct stp_string *out)
{
	struct stp_refusal *refusals;
	size_t count = stp_refusals(context, protocol, client, &refusals);
	bool refused = false;

	for (size_t i = 0; i < count; i++) {
		if (refusals[i].by_zones)
			continue;
		refused = true;
		stp_addf(out, "  the device refuses this client: %s", refusals[i].reason);
		stp_add_why_origin(context, refusals[i].origin, out);
	}
	return refused;
}

/* ---- the answer ---- */

void stp_emit_why(struct stp_context *context, const struct stp_protocol *protocol,
		  const struct stp_zone_plan *plan, enum stp_setting_id setting,
		  const struct stp_client *client, struct stp_string *out)
{
	struct effective found = effective_of(plan, setting, client);

	stp_addf(out, "%s of %s in %s\n", stp_setting_names[setting], plan->zone->name,
		 protocol->name);
	if (plan->never) {
		stp_add(out, "  never: this zone is not treated");
		stp_add_why_origin(context, &plan->origin, out);
		return;
	}
	if (add_refusals(context, protocol, client, out) || add_nevers(context, plan, client, out))
		return;
	if (!plan->settings[setting].said) {
		stp_add(out, "  the protocol says nothing of it here\n");
		return;
	}
	add_result(context, protocol->device, setting, &found, out);
	if (setting == STP_DEPTH)
		add_label(protocol, plan, client, out);
	stp_add(out, "\n  * decides a bound\n");
	for (size_t i = 0; i < plan->contribution_count; i++)
		if (plan->contributions[i].setting == setting &&
		    applies(&plan->contributions[i], client) && !is_shown(plan, i))
			add_statement(context, plan, i, &found, client, out);
}

/* ---- a zone with parts ---- */

static void add_place(struct stp_context *context, const char *name, struct stp_span span,
		      struct stp_string *out)
{
	const struct stp_source *source = stp_source_by_id(context, span.source);

	if (source != NULL)
		stp_addf(out, " (%s, %s:%lu)", name, source->name,
			 (unsigned long)stp_position(context, span).line);
}

/* As for a whole zone, in one line: whether the part is certainly never for the client. */
static bool add_part_nevers(struct stp_context *context, const struct stp_zone_plan *plan,
			    const struct stp_client *client, struct stp_string *out)
{
	for (size_t i = 0; i < plan->never_when_count; i++) {
		const struct stp_never *never = &plan->never_when[i];

		if (!stp_may_hold(never->when, client))
			continue;
		stp_add(out, "never, for this client");
		if (!stp_must_hold(never->when, client))
			stp_add(out, ", perhaps");
		add_place(context, "it says so", never->origin->span, out);
		if (stp_must_hold(never->when, client))
			return true;
		stp_add(out, "; else ");
	}
	return false;
}

/* What holds in one part, and the statement that sets its limit. */
static void add_part(struct stp_context *context, const struct stp_zone_plan *plan,
		     enum stp_setting_id setting, const struct stp_client *client,
		     struct stp_string *out)
{
	struct effective found = effective_of(plan, setting, client);
	const struct stp_contribution *by = found.by[STP_LIMIT_HIGH];
	struct nested holds = nested_of(&found);

	stp_addf(out, "  %s: ", plan->zone->name);
	if (plan->never) {
		stp_add(out, "never");
		add_place(context, "it says so", plan->origin.span, out);
	} else if (add_part_nevers(context, plan, client, out)) {
		; /* that is all there is to say of it */
	} else if (!plan->settings[setting].said) {
		stp_add(out, "the protocol says nothing of it");
	} else {
		stp_addf(out, "%s to %s, limit %s", stp_show_setting(context, setting, holds.low),
			 stp_show_setting(context, setting, holds.high),
			 stp_show_setting(context, setting, holds.limit_high));
		add_place(context, by->from_name, by->origin->span, out);
	}
	stp_add(out, "\n");
}

bool stp_emit_why_parts(struct stp_context *context, const struct stp_protocol *protocol,
			const struct stp_zone *zone, enum stp_setting_id setting,
			const struct stp_client *client, struct stp_string *out)
{
	size_t parts = 0;

	for (size_t i = 0; i < protocol->zone_count; i++) {
		const struct stp_zone_plan *plan = &protocol->zones[i];

		if (!stp_zone_within(plan->zone, zone))
			continue;
		if (parts++ == 0) {
			stp_addf(out, "%s of %s in %s\n", stp_setting_names[setting], zone->name,
				 protocol->name);
			if (add_refusals(context, protocol, client, out))
				return true;
			stp_add(out,
				"  it is treated part by part; in brackets, what sets the limit\n");
		}
		add_part(context, plan, setting, client, out);
	}
	return parts > 0;
}
