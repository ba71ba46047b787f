/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rules of care that cannot be followed together, and what is stopped and never resumed, against
 * trying every client at every hour, on random small protocols: with groups and exceptions,
 * conditions and exclusions. What must be so is worked out here from plain data and the language
 * reference (10.1, 10.3, 13.3), not from the compiler. STP_CARE_MODELS says how many
 * (models_wanted).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model_source.h"

enum { SKINS = 3, SESSIONS = 3, RULES = 5, EXCLUSIONS = 3, HOURS = 12 };

/* Creams are a group, in which there is gel and a group of acids. Singing is no product. */
enum term { CREAMS, GEL, ACIDS, PEEL, OIL, SINGING, TERMS };

static const char *const names[TERMS] = { "creams", "gel", "acids", "peel", "oil", "singing" };
static const enum term groups[TERMS] = { CREAMS, CREAMS, CREAMS, ACIDS, OIL, SINGING };

enum verb { AVOID, ONLY, USE, MAY, RESUME, STOP, VERBS };

static const char *const verbs[VERBS] = { "avoid", "only", "use", "may", "resume", "stop" };

struct client {
	unsigned skin, session;
	bool fever;
};

struct condition {
	unsigned skins;     /* a set */
	unsigned session;   /* at least; 1: any */
	unsigned has_fever; /* 0 not said, 1 yes, 2 no */
};

struct rule {
	enum verb verb;
	enum term term, except; /* except: of a group that is avoided; TERMS: nothing */
	unsigned from, to;      /* hours after the visit; resumed from `from` on */
	struct condition condition;
};

struct exclusion { /* of who has a fever */
	struct condition condition;
};

struct model {
	struct rule rules[RULES];
	size_t count;
	struct exclusion exclusions[EXCLUSIONS];
	size_t exclusion_count;
};

/* ---- making ---- */

struct chance {
	uint64_t state;
};

static unsigned below(struct chance *chance, unsigned bound)
{
	chance->state =
		chance->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(chance->state >> 33) % bound;
}

static struct condition some_condition(struct chance *chance)
{
	struct condition made = { 7, 1, 0 };

	if (below(chance, 2) == 0)
		made.skins = 1 + below(chance, 7);
	if (below(chance, 4) == 0)
		made.session = 1 + below(chance, SESSIONS);
	if (below(chance, 3) == 0)
		made.has_fever = 1 + below(chance, 2);
	return made;
}

static struct rule some_rule(struct chance *chance)
{
	struct rule made = { .verb = (enum verb)below(chance, VERBS), .except = TERMS };
	bool product = made.verb == ONLY || made.verb == USE;

	made.term = (enum term)below(chance, product ? SINGING : TERMS);
	if (made.verb == AVOID && made.term == CREAMS && below(chance, 2) == 0)
		made.except = below(chance, 2) == 0 ? GEL : ACIDS;
	made.from = below(chance, HOURS);
	made.to = made.from + 1 + below(chance, HOURS - made.from);
	if (made.verb == RESUME && made.from == 0)
		made.from = 1;
	made.condition = some_condition(chance);
	return made;
}

static void make(struct model *model, uint64_t seed)
{
	struct chance chance = { seed };

	model->count = 1 + below(&chance, RULES);
	model->exclusion_count = below(&chance, EXCLUSIONS + 1);
	for (size_t i = 0; i < model->count; i++)
		model->rules[i] = some_rule(&chance);
	for (size_t i = 0; i < model->exclusion_count; i++)
		model->exclusions[i].condition = some_condition(&chance);
}

/* ---- its text ---- */

static bool open_when(struct stp_string *text, const struct condition *condition)
{
	const char *and = "";
	bool first = true;

	if (condition->skins == 7 && condition->session == 1 && condition->has_fever == 0)
		return false;
	stp_add(text, "when ");
	for (unsigned i = 0; i < SKINS && condition->skins != 7; i++)
		if ((condition->skins >> i & 1) != 0) {
			stp_addf(text, "%s%c", first ? "skin " : ", ", 'a' + (int)i);
			first = false;
			and = " and ";
		}
	if (condition->session > 1) {
		stp_addf(text, "%ssession from %u", and, condition->session);
		and = " and ";
	}
	if (condition->has_fever != 0)
		stp_addf(text, "%s%sfever", and, condition->has_fever == 2 ? "not " : "");
	stp_add(text, " { ");
	return true;
}

static void add_rule(struct stp_string *text, const struct rule *rule)
{
	bool when = open_when(text, &rule->condition);

	stp_addf(text, "%s { %s %s", rule->verb == STOP ? "before" : "after", verbs[rule->verb],
		 names[rule->term]);
	if (rule->except != TERMS)
		stp_addf(text, " except %s", names[rule->except]);
	if (rule->verb == STOP)
		stp_addf(text, " %u h before", rule->to);
	else if (rule->verb == RESUME)
		stp_addf(text, " after %u h", rule->from);
	else
		stp_addf(text, " from %u h to %u h", rule->from, rule->to);
	stp_addf(text, " cites s }%s\n", when ? " }" : "");
}

static void add_text(const struct model *model, struct stp_string *text)
{
	stp_add(text,
		"source s \"S\" { grade A }\nindication lines \"lines\"\nzone cheek \"cheek\"\n"
		"factor skin \"skin\" { asks \"?\"; if \"so\"; choices a, b, c }\n"
		"condition fever \"fever\" { asks \"?\"; if \"so\" }\n"
		"product creams; product gel in creams; product acids in creams; product peel in "
		"acids\nproduct oil; activity singing\n"
		"device d \"d\" { modality pen; depth 0 to 5 mm, step 0.25 mm cites s }\n"
		"protocol p \"p\" { version 1.0.0; treats lines; device d\n"
		"zone cheek { depth 1 mm cites s }\nscreen { caution fever }\n");
	for (size_t i = 0; i < model->exclusion_count; i++) {
		bool when = open_when(text, &model->exclusions[i].condition);

		stp_addf(text, "screen { exclude fever }%s\n", when ? " }" : "");
	}
	for (size_t i = 0; i < model->count; i++)
		add_rule(text, &model->rules[i]);
	stp_add(text, "}\n");
}

/* ---- trying every client at every hour ---- */

static bool holds(const struct condition *condition, const struct client *client)
{
	return (condition->skins >> client->skin & 1) != 0 &&
	       client->session >= condition->session &&
	       (condition->has_fever == 0 || (condition->has_fever == 1) == client->fever);
}

static bool is_in(enum term term, enum term group)
{
	while (term != group && groups[term] != term)
		term = groups[term];
	return term == group;
}

static bool is_permitted(const struct rule *rule, unsigned hour)
{
	if (rule->verb == RESUME)
		return hour >= rule->from;
	return (rule->verb == USE || rule->verb == MAY) && hour >= rule->from && hour < rule->to;
}

static bool is_forbidden(const struct rule *rule, enum term term, unsigned hour)
{
	switch (rule->verb) {
	case AVOID:
		return hour >= rule->from && hour < rule->to && is_in(term, rule->term) &&
		       (rule->except == TERMS || !is_in(term, rule->except));
	case ONLY:
		return hour >= rule->from && hour < rule->to && term != SINGING &&
		       !is_in(term, rule->term);
	case RESUME: return hour < rule->from && is_in(term, rule->term);
	default: return false;
	}
}

static bool clashes(const struct rule *one, const struct rule *other)
{
	if (one->verb == RESUME && other->verb == RESUME)
		return false;
	for (unsigned hour = 0; hour <= HOURS; hour++)
		if (is_permitted(one, hour) && is_forbidden(other, one->term, hour))
			return true;
	return false;
}

static bool has_clash(const struct model *model, const struct client *client)
{
	for (size_t i = 0; i < model->count; i++)
		for (size_t j = 0; j < model->count; j++)
			if (holds(&model->rules[i].condition, client) &&
			    holds(&model->rules[j].condition, client) &&
			    clashes(&model->rules[i], &model->rules[j]))
				return true;
	return false;
}

static bool is_resumed(const struct model *model, enum term term, const struct client *client)
{
	for (size_t i = 0; i < model->count; i++)
		if (model->rules[i].verb == RESUME && is_in(term, model->rules[i].term) &&
		    holds(&model->rules[i].condition, client))
			return true;
	return false;
}

static bool lacks_resume(const struct model *model, const struct client *client)
{
	for (size_t i = 0; i < model->count; i++)
		if (model->rules[i].verb == STOP && holds(&model->rules[i].condition, client) &&
		    !is_resumed(model, model->rules[i].term, client))
			return true;
	return false;
}

static bool is_excluded(const struct model *model, const struct client *client)
{
	for (size_t i = 0; i < model->exclusion_count; i++)
		if (client->fever && holds(&model->exclusions[i].condition, client))
			return true;
	return false;
}

static bool next_client(struct client *client)
{
	if (++client->skin < SKINS)
		return true;
	client->skin = 0;
	client->fever = !client->fever;
	return client->fever || ++client->session <= SESSIONS;
}

struct found {
	bool clash, unresumed, clash_of_excluded;
};

static struct found try_all(const struct model *model)
{
	struct found found = { false, false, false };
	struct client client = { 0, 1, false };

	do {
		bool clash = has_clash(model, &client);

		if (is_excluded(model, &client)) {
			found.clash_of_excluded = found.clash_of_excluded || clash;
			continue;
		}
		found.clash = found.clash || clash;
		found.unresumed = found.unresumed || lacks_resume(model, &client);
	} while (next_client(&client));
	return found;
}

/* ---- the comparison ---- */

struct tally {
	size_t clash, unresumed, fine, saved;
};

static void compare(uint64_t seed, struct tally *tally)
{
	struct stp_context context;
	struct model model;
	struct stp_string text;
	struct found found;

	stp_context_init(&context, NULL);
	if (STP_GUARD(&context))
		fail_msg("out of memory");
	stp_string_init(&text, &context);
	make(&model, seed);
	add_text(&model, &text);
	resolve_text(&context, text.text);
	found = try_all(&model);
	if (found.clash != (count_of(&context, STP_D_care_clash) > 0) ||
	    found.unresumed != (count_of(&context, STP_D_not_resumed) > 0) ||
	    stp_error_count(&context) !=
		    count_of(&context, STP_D_care_clash) + count_of(&context, STP_D_not_resumed))
		fail_msg("seed %lu: clash %d, not resumed %d\n%s\n%s", (unsigned long)seed,
			 found.clash, found.unresumed, text.text, list_faults(&context));
	tally->clash += found.clash;
	tally->unresumed += found.unresumed;
	tally->fine += !found.clash && !found.unresumed;
	tally->saved += !found.clash && found.clash_of_excluded;
	stp_context_free(&context);
}

static void clashes_agree_with_trying_every_client(void **state)
{
	struct tally tally = { 0, 0, 0, 0 };
	size_t count = models_wanted("STP_CARE_MODELS");

	(void)state;
	for (size_t seed = 1; seed <= count; seed++)
		compare(seed, &tally);
	print_message("%zu models: %zu clash, %zu lack a resume, %zu are fine; in %zu only the "
		      "excluded clash\n",
		      count, tally.clash, tally.unresumed, tally.fine, tally.saved);
	assert_true(tally.clash > count / 20 && tally.unresumed > count / 20);
	assert_true(tally.fine > count / 20 && tally.saved > count / 200);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clashes_agree_with_trying_every_client),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
