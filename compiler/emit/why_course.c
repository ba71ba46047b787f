/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The chain behind the course: how far apart sessions are and how many there may be, for a client
 * known in part, and each statement that speaks of it. The longest interval and the smallest limit
 * decide; what may apply counts as applying, as does a rule by a depth that is not known.
 */
#include "emit/why.h"

#include "model/policies.h"

/* One statement's word on the course; what it does not say is 0. */
struct word {
	const struct stp_condition *when; /* NULL: for everyone */
	const struct stp_house_rule *house;
	const struct stp_provenance *origin;
	struct stp_duration apart_low, apart_high;
	uint16_t sessions_limit;
};

struct chain {
	struct stp_context *context;
	struct stp_client client;
	bool first_session; /* before which there is none */
	struct word *items;
	size_t count;
	const struct word *apart, *limit; /* those that decide */
};

static void add_word(struct chain *chain, struct word word)
{
	if (chain->first_session)
		word.apart_low.count = 0;
	if (word.apart_low.count > 0 || word.sessions_limit > 0)
		chain->items[chain->count++] = word;
}

/* Of the whole course; what a policy decides is told as the policy's. */
static void add_everyone(struct chain *chain, const struct stp_course *course)
{
	struct word apart = { .origin = &course->origin,
			      .house = course->apart_by,
			      .apart_low = course->apart_low,
			      .apart_high = course->apart_high };
	struct word limit = { .origin = &course->origin,
			      .house = course->limit_by,
			      .sessions_limit = course->sessions_limit };

	if (apart.house != NULL)
		apart.origin = &apart.house->origin;
	if (limit.house != NULL)
		limit.origin = &limit.house->origin;
	if (apart.house == NULL && limit.house == NULL) {
		apart.sessions_limit = limit.sessions_limit;
		limit.sessions_limit = 0;
	}
	add_word(chain, apart);
	add_word(chain, limit);
}

static void add_rules(struct chain *chain, const struct stp_protocol *protocol)
{
	for (size_t i = 0; i < protocol->course_rule_count; i++) {
		const struct stp_course_rule *rule = &protocol->course_rules[i];

		if (stp_may_hold(rule->when, &chain->client))
			add_word(chain, (struct word){ rule->when, rule->house, rule->origin,
						       rule->apart_low, rule->apart_high,
						       rule->sessions_limit });
	}
}

static void decide(struct chain *chain)
{
	for (size_t i = 0; i < chain->count; i++) {
		const struct word *word = &chain->items[i];

		if (word->apart_low.count > 0 &&
		    (chain->apart == NULL || stp_interval_seconds(word->apart_low) >
						     stp_interval_seconds(chain->apart->apart_low)))
			chain->apart = word;
		if (word->sessions_limit > 0 &&
		    (chain->limit == NULL || word->sessions_limit < chain->limit->sessions_limit))
			chain->limit = word;
	}
}

static void add_result(const struct chain *chain, struct stp_string *out)
{
	if (chain->first_session)
		stp_add(out, "  interval     none: no session comes before the first\n");
	else if (chain->apart == NULL)
		stp_add(out, "  interval     none is said\n");
	else
		stp_addf(out, "  interval     at least %s since the last session\n",
			 stp_show_duration(chain->context, chain->apart->apart_low));
	if (chain->limit == NULL)
		stp_add(out, "  sessions     no limit is said\n");
	else
		stp_addf(out, "  sessions     at most %u\n",
			 (unsigned)chain->limit->sessions_limit);
}

/* "30 days to 6 weeks apart", "6 to 8 weeks apart" */
static void add_apart(const struct chain *chain, const struct word *word, struct stp_string *out)
{
	struct stp_duration low = word->apart_low, high = word->apart_high;
	const char *longest = stp_show_duration(chain->context, high);

	if (high.count == 0 || stp_duration_compare(low, high) == 0)
		stp_addf(out, " %s apart", stp_show_duration(chain->context, low));
	else if (low.unit == high.unit)
		stp_addf(out, " %lu to %s apart", (unsigned long)low.count, longest);
	else
		stp_addf(out, " %s to %s apart", stp_show_duration(chain->context, low), longest);
}

static void add_said(const struct chain *chain, const struct word *word, struct stp_string *out)
{
	if (word->apart_low.count > 0)
		add_apart(chain, word, out);
	if (word->sessions_limit > 0)
		stp_addf(out, "%s limit %u sessions", word->apart_low.count > 0 ? "," : "",
			 (unsigned)word->sessions_limit);
}

static void add_link(const struct chain *chain, const struct stp_protocol *protocol,
		     const struct word *word, struct stp_string *out)
{
	stp_addf(out, "  %c %s", word == chain->apart || word == chain->limit ? '*' : ' ',
		 word->house != NULL ? word->house->policy->name : protocol->name);
	stp_add_why_condition(chain->context, word->when, &chain->client, out);
	stp_add(out, ":");
	add_said(chain, word, out);
	stp_add_why_origin(chain->context, word->origin, out);
}

void stp_emit_why_course(struct stp_context *context, const struct stp_protocol *protocol,
			 const struct stp_client *client, struct stp_string *out)
{
	struct chain chain = { .context = context,
			       .client = *client,
			       .first_session = client->session_high == 1 };

	chain.items =
		stp_alloc_array(context, protocol->course_rule_count + 2, sizeof *chain.items);
	if (!chain.first_session && chain.client.session_low < 2)
		chain.client.session_low = 2; /* an interval ends with the session that begins */
	add_everyone(&chain, &protocol->course);
	add_rules(&chain, protocol);
	decide(&chain);
	stp_addf(out, "course of %s\n", protocol->name);
	add_result(&chain, out);
	if (chain.count > 0)
		stp_add(out, "\n  * decides a bound\n");
	for (size_t i = 0; i < chain.count; i++)
		add_link(&chain, protocol, &chain.items[i], out);
}
