/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Recipes: so many passes of each movement. For each client one recipe holds, that of a `when` or
 * else the zone's own. It adds up to what the client's passes allow and uses no movement that is
 * not allowed to the client. Language reference, "Patterns".
 */
#include "check/checks.h"

struct recipe {
	const struct stp_zone_plan *plan;
	const uint8_t *counts;
	const struct stp_condition *when; /* or NULL: who has none of a `when` */
	const struct stp_provenance *origin;
};

static uint32_t sum_of(const uint8_t *counts)
{
	uint32_t sum = 0;

	for (int i = 0; i < STP_PATTERNS; i++)
		sum += counts[i];
	return sum;
}

static bool is_recipe(const struct stp_set_contribution *by)
{
	return by->set == STP_PATTERN_SET && by->when != NULL && sum_of(by->counts) != 0;
}

/* One who has the recipe and is among those of the condition (NULL: all), in words; or NULL. */
static const char *find_client(struct stp_checker *checker, const struct recipe *recipe,
			       const struct stp_condition *when)
{
	struct stp_condition everyone = stp_everyone(), both, client;

	stp_cover_zone(&checker->cover, recipe->plan);
	for (size_t i = 0; recipe->when == NULL && i < recipe->plan->set_count; i++)
		if (is_recipe(&recipe->plan->sets[i]))
			stp_cover_also(&checker->cover, recipe->plan->sets[i].when);
	if (!stp_box_meet(checker->context, recipe->when != NULL ? recipe->when : &everyone,
			  when != NULL ? when : &everyone, &both) ||
	    !stp_find_uncovered(&checker->cover, &both, &client))
		return NULL;
	return stp_describe_client(checker->context, &client, &both);
}

static void report_sum(struct stp_checker *checker, const struct recipe *recipe,
		       const struct stp_contribution *by, bool high, const char *client)
{
	struct stp_context *context = checker->context;
	struct stp_diagnostic *diagnostic = stp_report(
		context, STP_D_recipe_sum, recipe->origin->span,
		"these are %lu passes, which is %s than %lu", (unsigned long)sum_of(recipe->counts),
		high ? "more" : "less", (unsigned long)by->value);

	if (diagnostic->help != NULL)
		return; /* said of another zone */
	stp_label(context, diagnostic, by->origin->span, "this holds for %s", client);
	stp_help(context, diagnostic,
		 recipe->when != NULL || by->when == NULL
			 ? "change the counts or the range"
			 : "give these clients a recipe of their own, in the `when`");
}

/* False after a report. */
static bool check_sum(struct stp_checker *checker, const struct recipe *recipe)
{
	uint32_t sum = sum_of(recipe->counts);
	const char *client;

	for (size_t i = 0; i < recipe->plan->contribution_count; i++) {
		const struct stp_contribution *by = &recipe->plan->contributions[i];
		bool high = by->side == STP_RANGE_HIGH || by->side == STP_LIMIT_HIGH;

		if (by->setting != STP_PASSES || by->side == STP_START ||
		    (high ? sum <= by->value : sum >= by->value) ||
		    (client = find_client(checker, recipe, by->when)) == NULL)
			continue;
		report_sum(checker, recipe, by, high, client);
		return false;
	}
	return true;
}

static void report_movement(struct stp_checker *checker, const struct recipe *recipe,
			    const struct stp_set_contribution *by, const char *client)
{
	struct stp_context *context = checker->context;
	struct stp_diagnostic *diagnostic =
		stp_report(context, STP_D_recipe_sum, recipe->origin->span,
			   "the recipe uses a movement that is not allowed to %s", client);

	if (diagnostic->help != NULL)
		return;
	stp_label(context, diagnostic, by->origin->span, "only these are allowed here");
	stp_help(context, diagnostic, "give these clients a recipe of their own, in the `when`");
}

static bool uses_more(const uint8_t *counts, uint16_t members)
{
	for (int i = 0; i < STP_PATTERNS; i++)
		if (counts[i] != 0 && (members >> i & 1) == 0)
			return true;
	return false;
}

/* A movement that is not allowed, or a second recipe for the same client. */
static bool check_movements(struct stp_checker *checker, const struct recipe *recipe)
{
	const char *client;

	for (size_t i = 0; i < recipe->plan->set_count; i++) {
		const struct stp_set_contribution *by = &recipe->plan->sets[i];

		if (by->set != STP_PATTERN_SET || by->origin == recipe->origin ||
		    !uses_more(recipe->counts, by->members) ||
		    (client = find_client(checker, recipe, by->when)) == NULL)
			continue;
		report_movement(checker, recipe, by, client);
		return false;
	}
	return true;
}

static bool is_same(const uint8_t *one, const uint8_t *other)
{
	int i = 0;

	while (i < STP_PATTERNS && one[i] == other[i])
		i++;
	return i == STP_PATTERNS;
}

static void check_second(struct stp_checker *checker, const struct recipe *recipe)
{
	const char *client;

	for (size_t i = 0; i < recipe->plan->set_count; i++) {
		const struct stp_set_contribution *by = &recipe->plan->sets[i];
		struct stp_diagnostic *diagnostic;

		if (!is_recipe(by) || by->origin->span.begin <= recipe->origin->span.begin ||
		    is_same(by->counts, recipe->counts) ||
		    (client = find_client(checker, recipe, by->when)) == NULL)
			continue;
		diagnostic = stp_report(checker->context, STP_D_recipe_sum, by->origin->span,
					"a second recipe for %s", client);
		if (diagnostic->help != NULL)
			return;
		stp_label(checker->context, diagnostic, recipe->origin->span, "the first");
		stp_help(checker->context, diagnostic,
			 "have the two conditions hold for different clients");
		return;
	}
}

static void check_recipe(struct stp_checker *checker, const struct recipe *recipe)
{
	if (sum_of(recipe->counts) != 0 && check_sum(checker, recipe) &&
	    check_movements(checker, recipe) && recipe->when != NULL)
		check_second(checker, recipe);
}

void stp_check_recipes(struct stp_checker *checker)
{
	for (size_t i = 0; i < checker->protocol->zone_count; i++) {
		const struct stp_zone_plan *plan = &checker->protocol->zones[i];
		struct recipe recipe = { plan, plan->pattern_counts, NULL, plan->pattern_origin };

		if (plan->never)
			continue;
		check_recipe(checker, &recipe);
		for (size_t j = 0; j < plan->set_count; j++) {
			const struct stp_set_contribution *by = &plan->sets[j];

			recipe = (struct recipe){ plan, by->counts, by->when, by->origin };
			if (is_recipe(by))
				check_recipe(checker, &recipe);
		}
	}
}
