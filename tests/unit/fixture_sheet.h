/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A resolved model made by hand for the tests of sheets: a protocol with one of everything that a
 * sheet shows, a clinic, and the shipped English phrases.
 */
#ifndef STP_TESTS_FIXTURE_SHEET_H
#define STP_TESTS_FIXTURE_SHEET_H

#include "emit/emit.h"

enum sheet_term {
	TERM_MAKEUP,
	TERM_RETINOIDS,
	TERM_ACIDS,
	TERM_SUNSCREEN,
	TERM_GEL,
	TERM_SUN,
	TERM_EXERCISE,
	TERM_PICKING,
	TERM_WATER,
	TERM_ASPIRIN,
	TERM_ANTIVIRAL,
	TERM_NUMBING_CREAM,
	TERM_ISOTRETINOIN,
	TERM_LASER,
	TERM_PREGNANCY,
	TERM_INFECTION,
	TERM_COLD_SORES,
	TERM_REDNESS,
	TERM_FLAKING,
	TERM_MILIA,
	TERM_PUS,
	TERM_BREATHING,
	TERM_SCARS,
	SHEET_TERMS
};

#define SHEET_CARE_MAX 24

struct sheet_fixture {
	struct stp_context *context;
	struct stp_model model;
	struct stp_protocol protocol;
	struct stp_clinic clinic;
	struct stp_language language;
	struct stp_sheet_options options;
	struct stp_term terms[SHEET_TERMS];
	struct stp_care_rule care[SHEET_CARE_MAX];
	struct stp_factor skin_type;
	struct stp_condition dark_skin;
	struct stp_citation sources[2];
};

/* In the context's arena; a test may alter every part of it before it makes a sheet. */
struct sheet_fixture *sheet_fixture(struct stp_context *);

/* Adds a rule about one term and returns it, to be completed. */
struct stp_care_rule *sheet_rule(struct sheet_fixture *, enum stp_verb, bool after,
				 enum sheet_term);
/* Takes all care rules away, for a test that adds its own. */
void sheet_no_rules(struct sheet_fixture *);

/* The text of a phrase, to be altered; NULL takes it out of the language. */
void sheet_set_phrase(struct sheet_fixture *, const char *name, const char *text);

/* A handout as Markdown; fails the test when there is none. */
const char *sheet_handout(struct sheet_fixture *);
const char *sheet_card(struct sheet_fixture *);
/* Whether the handout was refused, with this diagnostic as the first one. */
bool sheet_refused(struct sheet_fixture *, enum stp_diagnostic_id);

#endif
