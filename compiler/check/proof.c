/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The proof that every client has a setting left. Language reference, "How rules meet", 4.
 *
 * Intervals: on a line, intervals that meet two by two all meet (Helly). So for each setting it is
 * enough to look at each lower bound and each upper bound below it: they clash for the clients of
 * both their conditions, unless those are all refused. Sets of movements do not have that
 * property: a set is empty when each of its members is removed by some statement and these
 * statements can hold together, so one remover for each member is sought.
 */
#include "check/checks.h"

static const struct stp_condition *condition_of(const struct stp_condition *when,
						const struct stp_condition *everyone)
{
	return when == NULL ? everyone : when;
}

static void report_intricate(struct stp_checker *checker, struct stp_span span)
{
	stp_help(checker->context,
		 stp_report(checker->context, STP_D_too_intricate, span,
			    "whether somebody is left without a setting could not be decided"),
		 "use fewer conditions, or fewer factors in one");
}

/* ---- intervals ---- */

static bool is_low(enum stp_bound_side side)
{
	return side == STP_RANGE_LOW || side == STP_LIMIT_LOW;
}

static bool is_high(enum stp_bound_side side)
{
	return side == STP_RANGE_HIGH || side == STP_LIMIT_HIGH;
}

static const char *show(struct stp_checker *checker, const struct stp_contribution *by)
{
	return stp_show_setting(checker->context, by->setting, by->said_value);
}

/* A message stands at the statement that is most the author's own: a `when`, then what else was
   written for treatments, then the device and the ceilings. */
static int closeness(const struct stp_contribution *by)
{
	if (by->from == STP_FROM_WHEN)
		return 2;
	return by->from == STP_FROM_DEVICE || by->from == STP_FROM_CEILING ? 0 : 1;
}

static bool low_is_closer(const struct stp_contribution *low, const struct stp_contribution *high)
{
	if (closeness(low) != closeness(high))
		return closeness(low) > closeness(high);
	return low->origin->span.begin > high->origin->span.begin;
}

static void report_clash(struct stp_checker *checker, const struct stp_zone_plan *plan,
			 const struct stp_contribution *low, const struct stp_contribution *high,
			 const struct stp_condition *client, const struct stp_condition *both)
{
	struct stp_context *context = checker->context;
	bool at_low = low_is_closer(low, high);
	struct stp_diagnostic *diagnostic = stp_report(
		context, STP_D_nothing_left, at_low ? low->origin->span : high->origin->span,
		"no %s %s left in `%s` for %s", stp_setting_names[low->setting],
		low->setting == STP_PASSES ? "are" : "is", plan->zone->name,
		stp_describe_client(context, client, both));

	if (diagnostic->help != NULL)
		return; /* said of another zone, or of a protocol that is extended */
	if (at_low)
		stp_label(context, diagnostic, high->origin->span, "at most %s here",
			  show(checker, high));
	else
		stp_label(context, diagnostic, low->origin->span, "at least %s here",
			  show(checker, low));
	stp_help(context, diagnostic,
		 "%s says at least %s, the other at most %s: change one, or exclude that client",
		 at_low ? "this" : "one", show(checker, low), show(checker, high));
}

/* True when the two leave somebody without a setting; that is then reported. */
static bool clash(struct stp_checker *checker, const struct stp_zone_plan *plan,
		  const struct stp_contribution *low, const struct stp_contribution *high)
{
	struct stp_condition everyone = stp_everyone(), both, client;

	if (low->value <= high->value ||
	    !stp_box_meet(checker->context, condition_of(low->when, &everyone),
			  condition_of(high->when, &everyone), &both))
		return false;
	if (!stp_find_uncovered(&checker->cover, &both, &client))
		return false;
	report_clash(checker, plan, low, high, &client, &both);
	return true;
}

/* Whether any two bounds of the setting could clash at all. */
static bool may_clash(const struct stp_zone_plan *plan, enum stp_setting_id setting)
{
	uint32_t low = 0, high = UINT32_MAX;

	for (size_t i = 0; i < plan->contribution_count; i++) {
		const struct stp_contribution *by = &plan->contributions[i];

		if (by->setting != setting)
			continue;
		if (is_low(by->side) && by->value > low)
			low = by->value;
		if (is_high(by->side) && by->value < high)
			high = by->value;
	}
	return low > high;
}

static void prove_setting(struct stp_checker *checker, const struct stp_zone_plan *plan,
			  enum stp_setting_id setting)
{
	const struct stp_contribution *all = plan->contributions;

	for (size_t i = 0; i < plan->contribution_count; i++) {
		if (all[i].setting != setting || !is_low(all[i].side))
			continue;
		for (size_t j = 0; j < plan->contribution_count; j++)
			if (all[j].setting == setting && is_high(all[j].side) &&
			    clash(checker, plan, &all[i], &all[j]))
				return; /* one client is enough */
	}
	if (checker->cover.exhausted)
		report_intricate(checker, plan->origin.span);
}

void stp_check_settings(struct stp_checker *checker)
{
	for (size_t i = 0; i < checker->protocol->zone_count; i++) {
		const struct stp_zone_plan *plan = &checker->protocol->zones[i];

		stp_cover_zone(&checker->cover, plan);
		for (int setting = 0; !plan->never && setting < STP_SETTINGS; setting++)
			if (may_clash(plan, (enum stp_setting_id)setting))
				prove_setting(checker, plan, (enum stp_setting_id)setting);
	}
}

/* ---- sets ---- */

struct removal {
	struct stp_checker *checker;
	const struct stp_zone_plan *plan;
	uint16_t members; /* of all movements */
	const struct stp_set_contribution *removers[STP_PATTERNS];
	struct stp_condition clients; /* found: one without a movement */
	struct stp_condition both;
};

/* One remover for each member from `member` on, for clients of the box. */
static bool remove_from(struct removal *removal, int member, const struct stp_condition *box)
{
	struct stp_condition everyone = stp_everyone(), narrower;

	if (member == STP_PATTERNS) {
		removal->both = *box;
		return stp_find_uncovered(&removal->checker->cover, box, &removal->clients);
	}
	for (size_t i = 0; i < removal->plan->set_count; i++) {
		const struct stp_set_contribution *by = &removal->plan->sets[i];

		if (by->set != STP_PATTERN_SET || (by->members >> member & 1) != 0)
			continue;
		if (removal->checker->cover.steps == 0) {
			removal->checker->cover.exhausted = true;
			return false;
		}
		removal->checker->cover.steps--;
		if (!stp_box_meet(removal->checker->context, box, condition_of(by->when, &everyone),
				  &narrower))
			continue;
		removal->removers[member] = by;
		if (remove_from(removal, member + 1, &narrower))
			return true;
		if (by->when == NULL)
			return false; /* it removes the member for everybody: no other finds more */
	}
	return false;
}

static void report_no_movement(struct removal *removal)
{
	struct stp_context *context = removal->checker->context;
	const struct stp_set_contribution *last = removal->removers[0];
	struct stp_diagnostic *diagnostic;

	for (int i = 1; i < STP_PATTERNS; i++)
		if (removal->removers[i]->origin->span.begin > last->origin->span.begin)
			last = removal->removers[i];
	diagnostic = stp_report(context, STP_D_no_pattern_left, last->origin->span,
				"no movement is left in `%s` for %s", removal->plan->zone->name,
				stp_describe_client(context, &removal->clients, &removal->both));
	if (diagnostic->help != NULL)
		return;
	for (int i = 0; i < STP_PATTERNS; i++) {
		bool said = removal->removers[i] == last;

		for (int j = 0; j < i; j++)
			said = said || removal->removers[j] == removal->removers[i];
		if (!said)
			stp_label(context, diagnostic, removal->removers[i]->origin->span,
				  "and only these are allowed here");
	}
	stp_help(context, diagnostic,
		 "leave a movement that all of them allow, or exclude that client");
}

void stp_check_patterns(struct stp_checker *checker)
{
	for (size_t i = 0; i < checker->protocol->zone_count; i++) {
		const struct stp_zone_plan *plan = &checker->protocol->zones[i];
		struct removal removal = { .checker = checker, .plan = plan };
		struct stp_condition everyone = stp_everyone();
		uint16_t common = (uint16_t)((1u << STP_PATTERNS) - 1);

		for (size_t j = 0; j < plan->set_count; j++)
			if (plan->sets[j].set == STP_PATTERN_SET)
				common &= plan->sets[j].members;
		if (plan->never || common != 0)
			continue;
		stp_cover_zone(&checker->cover, plan);
		if (remove_from(&removal, 0, &everyone))
			report_no_movement(&removal);
		else if (checker->cover.exhausted)
			report_intricate(checker, plan->origin.span);
	}
}
