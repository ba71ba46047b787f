/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Random small protocols as plain data: the text of each, and what the language reference says
 * of it, worked out client by client. Nothing here knows how the compiler proves anything.
 */
#ifndef STP_TESTS_RANDOM_PROTOCOL_H
#define STP_TESTS_RANDOM_PROTOCOL_H

#include "support/support.h"

enum { WHENS = 6, ZONES = 3, SKINS = 3, REACTIONS = 2, ROLES = 2, SESSIONS = 4, AGES = 4 };

struct random_client {
	unsigned skin;     /* 0 to 2: a scale */
	unsigned reaction; /* 0 to 1: asked from session 2 on */
	unsigned role;     /* 0 to 1: a scale */
	bool keloids, fever;
	unsigned session; /* 1 to 4 */
	unsigned age;     /* 0 to 3: see ages[] */
};

/* Which clients: a set of values for each factor, intervals of sessions and ages. */
struct random_condition {
	unsigned skins, reactions, roles; /* sets; all bits: not said */
	unsigned keloids, fever;          /* 0 not said, 1 yes, 2 no */
	unsigned session_low, session_high;
	unsigned age_from; /* index into ages; 0: not said */
};

struct random_bounds { /* of depth, in steps of the device; 0: not said */
	unsigned low, high, limit_low, limit_high;
};

enum { EVERY_ZONE = -1, GROUP = -2, FIRST_PART = 1 };

struct random_when {
	struct random_condition condition;
	int zone; /* EVERY_ZONE, GROUP, or one of them */
	struct random_bounds depth;
	unsigned patterns; /* 0: not said */
	bool never;
	bool exclude_fever; /* a screening rule under the condition */
};

/* What one protocol itself says; the second extends the first. */
struct random_layer {
	struct random_bounds depth[ZONES];
	unsigned patterns[ZONES];
	struct random_bounds group_depth; /* of the group, where there is one */
	unsigned group_patterns;
	bool exclude_keloids;
	unsigned exclude_below; /* index into ages; 0: nobody */
	unsigned operator_from; /* least role */
	unsigned session_limit; /* 0: none */
	struct random_when whens[WHENS];
	size_t when_count;
};

struct random_label { /* a row of the device's label */
	struct random_condition condition;
	int zone;       /* EVERY_ZONE is not among its places */
	unsigned depth; /* 0: as deep as the device goes */
};

enum { LABELS = 3 };

struct random_protocol {
	struct random_label labels[LABELS];
	size_t label_count;
	unsigned ceiling[ZONES]; /* 0: none */
	bool never[ZONES];       /* by their declarations */
	bool grouped;            /* the zones from FIRST_PART on lie in a group */
	unsigned group_ceiling;  /* 0: none */
	struct random_layer layers[2];
	size_t layer_count;
};

extern const unsigned random_ages[AGES];

/* The same protocol for the same seed, everywhere. */
void random_protocol(struct random_protocol *, uint64_t seed);
void random_protocol_text(const struct random_protocol *, struct stp_string *);

/*
 * Whether some client whom screening lets through has no depth, or no movement, in some zone, in
 * the protocol or in the one that extends it.
 */
bool somebody_lacks_depth(const struct random_protocol *);
bool somebody_lacks_movement(const struct random_protocol *);
/* Whether no such client may be treated in some zone that is not `never` by its declaration. */
bool some_zone_has_nobody(const struct random_protocol *);
/* Whether some such client may be treated, in some zone of the first protocol, off the label. */
bool somebody_is_off_label(const struct random_protocol *);

/* Of whom little is known: what is true of at least one of the clients who may be meant. */
struct random_people {
	unsigned skins, reactions, roles; /* sets, never empty */
	unsigned keloids, fever;          /* 0 not known, 1 yes, 2 no */
	unsigned session_low, session_high;
	unsigned age; /* index into ages; AGES: not known */
};

void random_people(struct random_people *, uint64_t seed);

/* The tightest of what holds in the zone for any of them. */
struct random_left {
	struct random_bounds met;
	unsigned patterns; /* a set of all movements of the language */
	bool never;
};
struct random_left random_left(const struct random_protocol *, int zone,
			       const struct random_people *);

#endif
