/* SPDX-License-Identifier: Apache-2.0 */
/* Random protocols, their text, and what becomes of each client, by trying them all. */
#include "random_protocol.h"

const unsigned random_ages[AGES] = { 15, 20, 30, 60 };

#define DEEPEST 8 /* the device goes from 1 to 8 steps of 0.1 mm */

/* ---- making ---- */

struct chance {
	uint64_t state;
};

static unsigned below(struct chance *chance, unsigned bound)
{
	chance->state ^= chance->state << 13;
	chance->state ^= chance->state >> 7;
	chance->state ^= chance->state << 17;
	return (unsigned)((chance->state >> 33) % bound);
}

static bool one_in(struct chance *chance, unsigned bound)
{
	return below(chance, bound) == 0;
}

static unsigned some_of(struct chance *chance, unsigned count)
{
	return 1 + below(chance, (1u << count) - 1);
}

static void make_condition(struct chance *chance, struct random_condition *made)
{
	*made = (struct random_condition){ 7, 3, 3, 0, 0, 1, SESSIONS, 0 };
	do {
		if (one_in(chance, 2))
			made->skins = some_of(chance, SKINS);
		if (one_in(chance, 4))
			made->reactions = 1 + below(chance, 2);
		if (one_in(chance, 5))
			made->roles = 1 + below(chance, 2);
		if (one_in(chance, 4))
			made->keloids = 1 + below(chance, 2);
		if (one_in(chance, 4))
			made->fever = 1 + below(chance, 2);
		if (one_in(chance, 3)) {
			made->session_low = 1 + below(chance, SESSIONS);
			made->session_high =
				made->session_low + below(chance, SESSIONS + 1 - made->session_low);
		}
		if (one_in(chance, 6))
			made->age_from = 1 + below(chance, AGES - 1);
	} while ((made->skins == 7 && made->reactions == 3 && made->roles == 3 &&
		  made->keloids == 0 && made->fever == 0 && made->session_low == 1 &&
		  made->session_high == SESSIONS && made->age_from == 0) ||
		 (made->reactions != 3 && made->session_high < 2));
}

/* As loose or as tight as it comes: `low to high`, `to high`, `from low`, perhaps a limit. */
static void make_bounds(struct chance *chance, struct random_bounds *made, bool base)
{
	unsigned one = 1 + below(chance, DEEPEST), other = 1 + below(chance, DEEPEST);
	unsigned shape = base ? below(chance, 2) : below(chance, 4);

	*made = (struct random_bounds){ 0, 0, 0, 0 };
	if (shape != 2)
		made->high = one > other ? one : other;
	if (shape != 3)
		made->low = one > other ? other : one;
	if (shape == 3)
		made->low = 0;
	if (made->high != 0 && one_in(chance, 4))
		made->limit_high = made->high + below(chance, DEEPEST + 1 - made->high);
	if (made->low != 0 && made->limit_high != 0 && one_in(chance, 2))
		made->limit_low = 1 + below(chance, made->low);
}

static void make_when(struct chance *chance, struct random_when *made, bool grouped)
{
	*made = (struct random_when){ .zone = EVERY_ZONE };
	make_condition(chance, &made->condition);
	if (one_in(chance, 2))
		made->zone = grouped && one_in(chance, 3) ? GROUP : (int)below(chance, ZONES);
	if (one_in(chance, 7)) {
		made->never = true;
		return;
	}
	if (one_in(chance, 8))
		made->exclude_fever = true;
	if (!one_in(chance, 3))
		make_bounds(chance, &made->depth, false);
	if (one_in(chance, 2) || (made->depth.low == 0 && made->depth.high == 0))
		made->patterns = some_of(chance, 3);
}

static void make_layer(struct chance *chance, struct random_layer *made, bool base, bool grouped)
{
	*made = (struct random_layer){ .exclude_keloids = one_in(chance, 3) };
	if (grouped && (base || one_in(chance, 3)))
		make_bounds(chance, &made->group_depth, base);
	if (grouped && one_in(chance, 3))
		made->group_patterns = some_of(chance, 3);
	for (int zone = 0; zone < ZONES; zone++) {
		if (grouped && zone >= FIRST_PART && one_in(chance, 3))
			continue; /* the group's block speaks for it */
		if (base || one_in(chance, 3))
			make_bounds(chance, &made->depth[zone], base);
		if (!one_in(chance, base ? 3 : 2))
			made->patterns[zone] = some_of(chance, 3);
	}
	if (one_in(chance, 3))
		made->exclude_below = 1 + below(chance, AGES - 1);
	made->operator_from = one_in(chance, 3);
	if (one_in(chance, 5))
		made->session_limit = 1 + below(chance, SESSIONS);
	made->when_count = below(chance, (base ? WHENS : WHENS / 2) + 1);
	for (size_t i = 0; i < made->when_count; i++)
		make_when(chance, &made->whens[i], grouped);
}

/* Mostly for everybody, so that a claim may well hold. */
static void make_label(struct chance *chance, struct random_label *made, int zone)
{
	*made = (struct random_label){ { 7, 3, 3, 0, 0, 1, SESSIONS, 0 }, zone, 0 };
	if (one_in(chance, 3))
		make_condition(chance, &made->condition);
	if (!one_in(chance, 4))
		made->depth = 4 + below(chance, DEEPEST - 3);
}

static void make_labels(struct chance *chance, struct random_protocol *made)
{
	made->label_count = LABELS;
	for (int i = 0; i < LABELS; i++)
		make_label(chance, &made->labels[i],
			   made->grouped && i >= FIRST_PART && one_in(chance, 3) ? GROUP
			   : (int)below(chance, 6) == 0                          ? (i + 1) % ZONES
										 : i);
}

void random_protocol(struct random_protocol *made, uint64_t seed)
{
	struct chance chance = { seed * UINT64_C(0x9E3779B97F4A7C15) + 1 };

	for (int i = 0; i < 8; i++)
		below(&chance, 2);
	*made = (struct random_protocol){ .layer_count = one_in(&chance, 3) ? 2 : 1 };
	made->grouped = one_in(&chance, 2);
	if (made->grouped && one_in(&chance, 3))
		made->group_ceiling = 4 + below(&chance, 5);
	for (int zone = 0; zone < ZONES; zone++) {
		made->never[zone] = one_in(&chance, 10);
		made->ceiling[zone] =
			!made->never[zone] && one_in(&chance, 4) ? 4 + below(&chance, 5) : 0;
	}
	for (size_t i = 0; i < made->layer_count; i++)
		make_layer(&chance, &made->layers[i], i == 0, made->grouped);
	make_labels(&chance, made);
}

/* ---- trying every client ---- */

static bool answers(unsigned asked, bool is)
{
	return asked == 0 || is == (asked == 1);
}

static bool holds(const struct random_condition *condition, const struct random_client *client)
{
	if (condition->reactions != 3 &&
	    (client->session < 2 || (condition->reactions >> client->reaction & 1) == 0))
		return false;
	return (condition->skins >> client->skin & 1) != 0 &&
	       (condition->roles >> client->role & 1) != 0 &&
	       answers(condition->keloids, client->keloids) &&
	       answers(condition->fever, client->fever) &&
	       client->session >= condition->session_low &&
	       (client->session <= condition->session_high) && client->age >= condition->age_from;
}

static bool refuses(const struct random_layer *layer, const struct random_client *client)
{
	if ((layer->exclude_keloids && client->keloids) || client->age < layer->exclude_below ||
	    client->role < layer->operator_from ||
	    (layer->session_limit != 0 && client->session > layer->session_limit))
		return true;
	for (size_t i = 0; i < layer->when_count; i++)
		if (layer->whens[i].exclude_fever && client->fever &&
		    holds(&layer->whens[i].condition, client))
			return true;
	return false;
}

static bool is_refused(const struct random_protocol *protocol, size_t layers,
		       const struct random_client *client)
{
	for (size_t i = 0; i < layers; i++)
		if (refuses(&protocol->layers[i], client))
			return true;
	return false;
}

static void narrow(struct random_bounds *so_far, const struct random_bounds *by)
{
	unsigned limit_high = by->limit_high != 0 ? by->limit_high : by->high;

	if (by->low > so_far->low)
		so_far->low = by->low;
	if (by->high != 0 && by->high < so_far->high)
		so_far->high = by->high;
	if (by->limit_low > so_far->limit_low)
		so_far->limit_low = by->limit_low;
	if (limit_high != 0 && limit_high < so_far->limit_high)
		so_far->limit_high = limit_high;
}

/* Whether a setting lies within every range and every limit. */
static bool has_depth(const struct random_bounds *met)
{
	for (unsigned depth = 1; depth <= DEEPEST; depth++)
		if (depth >= met->low && depth <= met->high && depth >= met->limit_low &&
		    depth <= met->limit_high)
			return true;
	return false;
}

struct left {
	struct random_bounds met;
	unsigned patterns;
	bool treated;
};

static bool speaks_of(const struct random_when *when, bool grouped, int zone)
{
	return when->zone == EVERY_ZONE || when->zone == zone ||
	       (when->zone == GROUP && grouped && zone >= FIRST_PART);
}

static void take_layer(struct left *left, const struct random_layer *layer, bool grouped, int zone,
		       const struct random_client *client)
{
	if (grouped && zone >= FIRST_PART) {
		narrow(&left->met, &layer->group_depth);
		if (layer->group_patterns != 0)
			left->patterns &= layer->group_patterns;
	}
	narrow(&left->met, &layer->depth[zone]);
	if (layer->patterns[zone] != 0)
		left->patterns &= layer->patterns[zone];
	for (size_t i = 0; i < layer->when_count; i++) {
		const struct random_when *when = &layer->whens[i];

		if (!speaks_of(when, grouped, zone) || !holds(&when->condition, client))
			continue;
		left->treated = left->treated && !when->never;
		narrow(&left->met, &when->depth);
		if (when->patterns != 0)
			left->patterns &= when->patterns;
	}
}

static struct left what_is_left(const struct random_protocol *protocol, size_t layers, int zone,
				const struct random_client *client)
{
	struct left left = { { 1, DEEPEST, 1, DEEPEST }, 31, true };

	left.treated = !protocol->never[zone];
	if (protocol->ceiling[zone] != 0)
		left.met.limit_high = protocol->ceiling[zone];
	if (protocol->grouped && zone >= FIRST_PART && protocol->group_ceiling != 0 &&
	    protocol->group_ceiling < left.met.limit_high)
		left.met.limit_high = protocol->group_ceiling;
	for (size_t i = 0; i < layers; i++)
		take_layer(&left, &protocol->layers[i], protocol->grouped, zone, client);
	return left;
}

/* The next client in a count of all of them. */
static bool next_client(struct random_client *client)
{
	if (++client->skin < SKINS)
		return true;
	client->skin = 0;
	if (++client->reaction < REACTIONS)
		return true;
	client->reaction = 0;
	if (++client->role < ROLES)
		return true;
	client->role = 0;
	client->keloids = !client->keloids;
	if (client->keloids)
		return true;
	client->fever = !client->fever;
	if (client->fever)
		return true;
	if (++client->session <= SESSIONS)
		return true;
	client->session = 1;
	return ++client->age < AGES;
}

static bool lacks(const struct random_protocol *protocol, size_t layers,
		  const struct random_client *client, bool depth)
{
	if (is_refused(protocol, layers, client))
		return false;
	for (int zone = 0; zone < ZONES; zone++) {
		struct left left = what_is_left(protocol, layers, zone, client);

		if (left.treated && !(depth ? has_depth(&left.met) : left.patterns != 0))
			return true;
	}
	return false;
}

static bool somebody_lacks(const struct random_protocol *protocol, bool depth)
{
	struct random_client client = { .session = 1 };

	do {
		for (size_t layers = 1; layers <= protocol->layer_count; layers++)
			if (lacks(protocol, layers, &client, depth))
				return true;
	} while (next_client(&client));
	return false;
}

static bool has_nobody(const struct random_protocol *protocol, size_t layers, int zone)
{
	struct random_client client = { .session = 1 };

	do
		if (!is_refused(protocol, layers, &client) &&
		    what_is_left(protocol, layers, zone, &client).treated)
			return false;
	while (next_client(&client));
	return true;
}

bool some_zone_has_nobody(const struct random_protocol *protocol)
{
	for (size_t layers = 1; layers <= protocol->layer_count; layers++)
		for (int zone = 0; zone < ZONES; zone++)
			if (!protocol->never[zone] && has_nobody(protocol, layers, zone))
				return true;
	return false;
}

static bool label_covers(const struct random_protocol *protocol, int zone, unsigned depth,
			 const struct random_client *client)
{
	for (size_t i = 0; i < protocol->label_count; i++) {
		const struct random_label *label = &protocol->labels[i];

		if ((label->zone == zone || (label->zone == GROUP && zone >= FIRST_PART)) &&
		    (label->depth == 0 || depth <= label->depth) &&
		    holds(&label->condition, client))
			return true;
	}
	return false;
}

bool somebody_is_off_label(const struct random_protocol *protocol)
{
	struct random_client client = { .session = 1 };

	do {
		for (int zone = 0; zone < ZONES && !is_refused(protocol, 1, &client); zone++) {
			struct left left = what_is_left(protocol, 1, zone, &client);

			if (left.treated &&
			    !label_covers(protocol, zone, left.met.limit_high, &client))
				return true;
		}
	} while (next_client(&client));
	return false;
}

bool somebody_lacks_depth(const struct random_protocol *protocol)
{
	return somebody_lacks(protocol, true);
}

bool somebody_lacks_movement(const struct random_protocol *protocol)
{
	return somebody_lacks(protocol, false);
}

/* ---- people of whom not all is known ---- */

void random_people(struct random_people *made, uint64_t seed)
{
	struct chance chance = { seed * UINT64_C(0x9E3779B97F4A7C15) + 3 };

	for (int i = 0; i < 8; i++)
		below(&chance, 2);
	made->skins = some_of(&chance, SKINS);
	made->reactions = some_of(&chance, REACTIONS);
	made->roles = some_of(&chance, ROLES);
	made->keloids = below(&chance, 3);
	made->fever = below(&chance, 3);
	made->session_low = 1 + below(&chance, SESSIONS);
	made->session_high = made->session_low + below(&chance, SESSIONS + 1 - made->session_low);
	made->age = below(&chance, AGES + 1);
}

static bool may_be(const struct random_people *people, const struct random_client *client)
{
	return (people->skins >> client->skin & 1) != 0 &&
	       (people->reactions >> client->reaction & 1) != 0 &&
	       (people->roles >> client->role & 1) != 0 &&
	       answers(people->keloids, client->keloids) && answers(people->fever, client->fever) &&
	       client->session >= people->session_low && client->session <= people->session_high &&
	       (people->age == AGES || people->age == client->age);
}

struct random_left random_left(const struct random_protocol *protocol, int zone,
			       const struct random_people *people)
{
	struct random_left left = { { 1, DEEPEST, 1, DEEPEST }, 31, false };
	struct random_client client = { .session = 1 };

	do {
		struct left one;

		if (!may_be(people, &client))
			continue;
		one = what_is_left(protocol, protocol->layer_count, zone, &client);
		left.never = left.never || !one.treated;
		left.patterns &= one.patterns;
		narrow(&left.met, &one.met);
	} while (next_client(&client));
	return left;
}
