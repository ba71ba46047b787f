/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Policies against trying every client, on random small protocols: what a requirement asks of
 * whom, how far limits reach, and that neither a policy nor a child ever allows anybody more. What
 * must be so is worked out here from plain data and the language reference, not from the compiler.
 * STP_POLICY_MODELS says how many (models_wanted).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model_source.h"

enum { SKINS = 3, ROLES = 2, SESSIONS = 3, RULES = 4, ZONES = 2, STEP = 250, PASSES = 9 };

static const char *const skins[SKINS] = { "pale", "brown", "dark" };
static const char *const roles[ROLES] = { "nurse", "doctor" };
static const char *const zones[ZONES] = { "cheek", "nose" };

struct client {
	unsigned skin, role, session;
};

struct condition {
	unsigned skins;   /* a set */
	unsigned session; /* at least; 1: any */
};

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
	struct condition made = { 7, 1 };

	if (below(chance, 2) == 0)
		made.skins = 1 + below(chance, 7);
	if (below(chance, 3) == 0)
		made.session = 1 + below(chance, SESSIONS);
	return made;
}

static bool holds(const struct condition *condition, const struct client *client)
{
	return (condition->skins >> client->skin & 1) != 0 && client->session >= condition->session;
}

static bool is_for_all(const struct condition *condition)
{
	return condition->skins == 7 && condition->session == 1;
}

/* "when skin pale, dark and session from 2 { ", or nothing. */
static void open_when(struct stp_string *text, const struct condition *condition)
{
	bool first = true;

	if (is_for_all(condition))
		return;
	stp_add(text, "when ");
	for (unsigned i = 0; i < SKINS && condition->skins != 7; i++)
		if ((condition->skins >> i & 1) != 0) {
			stp_addf(text, "%s%s", first ? "skin " : ", ", skins[i]);
			first = false;
		}
	if (condition->session > 1)
		stp_addf(text, "%ssession from %u", first ? "" : " and ", condition->session);
	stp_add(text, " { ");
}

static void close_when(struct stp_string *text, const struct condition *condition)
{
	stp_add(text, is_for_all(condition) ? "\n" : " }\n");
}

static void add_declarations(struct stp_string *text)
{
	stp_add(text,
		"source s \"S\" { grade A }\n"
		"factor skin \"skin\" { asks \"?\"; if \"so\"; choices pale, brown, dark }\n"
		"factor operator \"operator\" { asks \"?\"; if \"so\"; scale nurse, doctor }\n"
		"indication lines \"lines\"\n"
		"condition scars \"scars\" { asks \"?\"; if \"so\" }\n"
		"condition deep_scars \"deep scars\" in scars { asks \"?\"; if \"so\" }\n"
		"zone cheek \"cheek\"\nzone nose \"nose\"\n"
		"device d \"d\" { modality pen; depth 0 to 5 mm, step 0.25 mm cites s; "
		"passes to 9 cites s }\n");
}

/* Each client in turn; false after the last. */
static bool next_client(struct client *client)
{
	if (++client->skin < SKINS)
		return true;
	client->skin = 0;
	if (++client->role < ROLES)
		return true;
	client->role = 0;
	return ++client->session <= SESSIONS;
}

/* ---- requirements ---- */

enum level { EXCLUDE, WAIT, CLEAR, CAUTION, LEVELS };

struct screening {
	enum level level;
	unsigned months, limit; /* of a wait */
	bool by_doctor;         /* of a clearance */
	bool deep;              /* of deep scars only */
	struct condition condition;
};

static struct screening some_screening(struct chance *chance)
{
	struct screening made = { .level = (enum level)below(chance, LEVELS) };

	made.months = 1 + below(chance, 4);
	made.limit = 1 + below(chance, made.months);
	made.by_doctor = below(chance, 2) == 0;
	made.deep = below(chance, 2) == 0;
	made.condition = some_condition(chance);
	return made;
}

static void add_screening(struct stp_string *text, const struct screening *rule)
{
	const char *term = rule->deep ? "deep_scars" : "scars";

	switch (rule->level) {
	case EXCLUDE: stp_addf(text, "exclude %s", term); break;
	case WAIT:
		stp_addf(text, "wait %u months, limit %u months after %s cites s", rule->months,
			 rule->limit, term);
		break;
	case CLEAR:
		stp_addf(text, "clear %s with %s", term, rule->by_doctor ? "doctor" : "nurse");
		break;
	default: stp_addf(text, "caution %s", term); break;
	}
}

static bool is_as_strong(const struct screening *rule, const struct screening *required)
{
	if (rule->deep && !required->deep)
		return false; /* about a part only */
	if (rule->level != required->level)
		return rule->level < required->level;
	if (rule->level == WAIT)
		return rule->months >= required->months && rule->limit >= required->limit;
	return rule->level != CLEAR || rule->by_doctor || !required->by_doctor;
}

struct screened {
	struct screening rules[RULES], required;
	size_t count;
	bool doctors_only;
	unsigned most_sessions; /* 0: any number */
};

static bool is_unmet(const struct screened *model)
{
	struct client client = { 0, 0, 1 };

	do {
		bool met = false;

		if ((model->doctors_only && client.role == 0) ||
		    (model->most_sessions != 0 && client.session > model->most_sessions) ||
		    !holds(&model->required.condition, &client))
			continue;
		for (size_t i = 0; i < model->count; i++)
			met = met || (holds(&model->rules[i].condition, &client) &&
				      is_as_strong(&model->rules[i], &model->required));
		if (!met)
			return true;
	} while (next_client(&client));
	return false;
}

static void make_screened(struct screened *model, uint64_t seed)
{
	struct chance chance = { seed };

	model->count = below(&chance, RULES + 1);
	model->required = some_screening(&chance);
	for (size_t i = 0; i < model->count; i++)
		model->rules[i] = some_screening(&chance);
	model->doctors_only = below(&chance, 2) == 0;
	model->most_sessions = below(&chance, SESSIONS + 1);
}

static void screened_text(const struct screened *model, struct stp_string *text)
{
	add_declarations(text);
	stp_add(text, "policy house \"h\" { ");
	open_when(text, &model->required.condition);
	stp_add(text, "require ");
	add_screening(text, &model->required);
	close_when(text, &model->required.condition);
	stp_addf(text,
		 "}\nprotocol p \"p\" { version 1.0.0\ntreats lines\ndevice d\n"
		 "zone cheek { depth 1 mm cites s }\noperator from %s\n",
		 roles[model->doctors_only]);
	if (model->most_sessions != 0)
		stp_addf(text, "course 1 session, limit %u sessions cites s\n",
			 model->most_sessions);
	for (size_t i = 0; i < model->count; i++) {
		open_when(text, &model->rules[i].condition);
		stp_add(text, "screen { ");
		add_screening(text, &model->rules[i]);
		stp_add(text, " }");
		close_when(text, &model->rules[i].condition);
	}
	stp_add(text, "}\n");
}

static void requirements_agree_with_trying_every_client(void **state)
{
	size_t unmet = 0, met = 0, count = models_wanted("STP_POLICY_MODELS");

	(void)state;
	for (size_t seed = 1; seed <= count; seed++) {
		struct stp_context context;
		struct screened model;
		struct stp_string text;

		stp_context_init(&context, NULL);
		if (STP_GUARD(&context))
			fail_msg("out of memory");
		stp_string_init(&text, &context);
		make_screened(&model, seed);
		screened_text(&model, &text);
		resolve_text(&context, text.text);
		if (is_unmet(&model) != (count_of(&context, STP_D_not_as_required) > 0) ||
		    stp_error_count(&context) != count_of(&context, STP_D_not_as_required))
			fail_msg("seed %zu: unmet %d\n%s\n%s", seed, is_unmet(&model), text.text,
				 list_faults(&context));
		unmet += is_unmet(&model);
		met += !is_unmet(&model);
		stp_context_free(&context);
	}
	print_message("%zu unmet, %zu met\n", unmet, met);
	assert_true(unmet > count / 20 && met > count / 20);
}

/* ---- limits ---- */

struct limit {
	unsigned um;
	int zone;        /* -1: every zone */
	unsigned over;   /* um; 0: whatever the depth, and it is the depth that is limited */
	unsigned passes; /* else these */
	struct condition condition;
};

struct limited {
	unsigned said[ZONES];                   /* steps: what the protocol allows */
	unsigned child[ZONES];                  /* what a child does; at most that */
	struct limit limits[RULES], own[RULES]; /* the policy's; the protocol's `when` */
	size_t count, own_count;
};

static struct limit some_limit(struct chance *chance)
{
	struct limit made = { .um = 100 + 50 * below(chance, 60) };

	made.zone = (int)below(chance, ZONES + 1) - 1;
	made.over = below(chance, 3) == 0 ? 250 * below(chance, 16) : 0;
	made.passes = 1 + below(chance, PASSES);
	made.condition = some_condition(chance);
	return made;
}

static void make_limited(struct limited *model, uint64_t seed)
{
	struct chance chance = { seed };

	for (int i = 0; i < ZONES; i++) {
		model->said[i] = 1 + below(&chance, 16);
		model->child[i] = 1 + below(&chance, model->said[i]);
	}
	model->count = 1 + below(&chance, RULES);
	model->own_count = below(&chance, RULES);
	for (size_t i = 0; i < model->count; i++)
		model->limits[i] = some_limit(&chance);
	for (size_t i = 0; i < model->own_count; i++) {
		model->own[i] = some_limit(&chance);
		model->own[i].over = 0;
		model->own[i].um -= model->own[i].um % STEP;
		model->own[i].um += STEP;
		if (is_for_all(&model->own[i].condition))
			model->own[i].condition.skins = 1 + below(&chance, 6);
	}
}

static unsigned least(unsigned one, unsigned other)
{
	return one < other ? one : other;
}

static bool is_about(const struct limit *limit, int zone)
{
	return limit->zone < 0 || limit->zone == zone;
}

/* The hard limit of a client, in um; rounded down where the policy says it. */
static unsigned limit_of(const struct limited *model, unsigned said, int zone,
			 const struct client *client, bool policy)
{
	unsigned met = said * STEP;

	for (size_t i = 0; i < model->count && policy; i++)
		if (model->limits[i].over == 0 && is_about(&model->limits[i], zone) &&
		    (client == NULL ? is_for_all(&model->limits[i].condition)
				    : holds(&model->limits[i].condition, client)))
			met = least(met, model->limits[i].um / STEP * STEP);
	for (size_t i = 0; i < model->own_count && client != NULL; i++)
		if (is_about(&model->own[i], zone) && holds(&model->own[i].condition, client))
			met = least(met, model->own[i].um);
	return met;
}

/* The most passes: fewer where what holds for all is deep. */
static unsigned passes_of(const struct limited *model, unsigned said, int zone,
			  const struct client *client)
{
	unsigned met = PASSES, depth = limit_of(model, said, zone, NULL, true);

	for (size_t i = 0; i < model->count; i++)
		if (model->limits[i].over != 0 && depth > model->limits[i].over &&
		    is_about(&model->limits[i], zone) && holds(&model->limits[i].condition, client))
			met = least(met, model->limits[i].passes);
	return met;
}

static void limited_text(const struct limited *model, struct stp_string *text)
{
	add_declarations(text);
	stp_add(text, "policy house \"h\" {\n");
	for (size_t i = 0; i < model->count; i++) {
		const struct limit *limit = &model->limits[i];
		bool where = limit->zone >= 0 || limit->over != 0;

		if (where)
			stp_add(text, "where ");
		if (limit->zone >= 0)
			stp_addf(text, "zone %s%s", zones[limit->zone],
				 limit->over != 0 ? " and " : "");
		if (limit->over != 0)
			stp_addf(text, "depth over %u um", limit->over);
		stp_add(text, where ? " { " : "");
		open_when(text, &limit->condition);
		if (limit->over == 0)
			stp_addf(text, "limit depth to %u um cites s", limit->um);
		else
			stp_addf(text, "limit passes to %u cites s", limit->passes);
		close_when(text, &limit->condition);
		stp_add(text, where ? "}\n" : "");
	}
	stp_add(text, "}\nprotocol p \"p\" { version 1.0.0\ntreats lines\ndevice d\n");
	for (int i = 0; i < ZONES; i++)
		stp_addf(text, "zone %s { depth to %u um cites s }\n", zones[i],
			 model->said[i] * STEP);
	for (size_t i = 0; i < model->own_count; i++) {
		open_when(text, &model->own[i].condition);
		stp_addf(text, "%s%s { depth to %u um cites s }",
			 model->own[i].zone < 0 ? "every zone" : "zone ",
			 model->own[i].zone < 0 ? "" : zones[model->own[i].zone], model->own[i].um);
		close_when(text, &model->own[i].condition);
	}
	stp_add(text, "}\nprotocol c \"c\" extends p { version 1.0.0\n");
	for (int i = 0; i < ZONES; i++)
		stp_addf(text, "zone %s { depth to %u um cites s }\n", zones[i],
			 model->child[i] * STEP);
	stp_add(text, "}\n");
}

/* What the resolved model allows that client: um or passes. */
static unsigned resolved_limit(const struct stp_model *model, const struct stp_zone_plan *plan,
			       enum stp_setting_id setting, const struct client *client)
{
	uint16_t values[64];
	struct stp_client known = {
		model, values, (uint16_t)client->session, (uint16_t)client->session, 30, 30, 0
	};
	unsigned met = UINT32_MAX;

	for (size_t i = 0; i < model->factor_count; i++)
		values[i] =
			(uint16_t)(strcmp(model->factors[i]->name, "skin") == 0 ? 1u << client->skin
										: 1u);
	for (size_t i = 0; i < plan->contribution_count; i++)
		if (plan->contributions[i].setting == setting &&
		    plan->contributions[i].side == STP_LIMIT_HIGH &&
		    stp_must_hold(plan->contributions[i].when, &known))
			met = least(met, plan->contributions[i].value);
	return met;
}

static void compare_zone(const struct stp_model *model, const struct limited *limited, size_t zone,
			 const struct client *client)
{
	const struct stp_zone_plan *parent = &model->protocols[0]->zones[zone];
	const struct stp_zone_plan *child = &model->protocols[1]->zones[zone];
	unsigned said = limited->said[zone], narrower = limited->child[zone];
	unsigned depth = resolved_limit(model, parent, STP_DEPTH, client);
	int at = (int)zone;

	assert_int_equal(depth, limit_of(limited, said, at, client, true));
	assert_int_equal(resolved_limit(model, child, STP_DEPTH, client),
			 limit_of(limited, narrower, at, client, true));
	assert_int_equal(resolved_limit(model, parent, STP_PASSES, client),
			 passes_of(limited, said, at, client));
	assert_int_equal(resolved_limit(model, child, STP_PASSES, client),
			 passes_of(limited, narrower, at, client));
	/* Neither a policy nor a child allows more. */
	assert_true(depth <= limit_of(limited, said, at, client, false));
	assert_true(resolved_limit(model, child, STP_DEPTH, client) <= depth);
}

static void limits_agree_with_trying_every_client(void **state)
{
	size_t count = models_wanted("STP_POLICY_MODELS");

	(void)state;
	for (size_t seed = 1; seed <= count; seed++) {
		struct stp_context context;
		const struct stp_model *model;
		struct client client;
		struct limited limited;
		struct stp_string text;

		stp_context_init(&context, NULL);
		if (STP_GUARD(&context))
			fail_msg("out of memory");
		stp_string_init(&text, &context);
		make_limited(&limited, seed);
		limited_text(&limited, &text);
		model = resolve_text(&context, text.text);
		if (stp_error_count(&context) != 0)
			fail_msg("seed %zu\n%s\n%s", seed, text.text, list_faults(&context));
		client = (struct client){ 0, 0, 1 };
		do
			for (size_t zone = 0; zone < ZONES; zone++)
				compare_zone(model, &limited, zone, &client);
		while (next_client(&client));
		stp_context_free(&context);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requirements_agree_with_trying_every_client),
		cmocka_unit_test(limits_agree_with_trying_every_client),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
