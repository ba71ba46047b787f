/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `test` blocks mean: a client, as far as the author describes one, and what the device is
 * expected to say of them. `stipple test` holds it against the runtime. Language reference,
 * "Tests".
 */
#ifndef STP_TESTS_H
#define STP_TESTS_H

#include "model/model.h"

enum stp_test_kind {
	STP_TEST_ALLOWS, /* these five are about a setting in a zone */
	STP_TEST_REFUSES,
	STP_TEST_NEEDS_CONFIRMATION,
	STP_TEST_LIMITS,
	STP_TEST_RECOMMENDS,
	STP_TEST_REFUSES_ZONE, /* these two about a zone */
	STP_TEST_NEEDS_ANSWER,
	STP_TEST_REFUSES_CLIENT, /* these two about the client */
	STP_TEST_NEEDS_CLEARANCE,
	STP_TEST_INTERVAL, /* this one about the time since the last session */
	STP_TEST_REPORTS   /* this one about a small source of its own */
};

/* One statement of a test. What its kind does not speak of is 0. */
struct stp_test_expectation {
	enum stp_test_kind kind;
	enum stp_setting_id setting;
	bool has_low, has_high; /* which ends are said; of one value both */
	uint32_t low, high;     /* in the setting's unit */
	const struct stp_zone *zone;
	const struct stp_factor *factor; /* that must be answered */
	const char *role;                /* that clears; NULL: the operator confirms */
	struct stp_duration apart;       /* of STP_TEST_INTERVAL */
	enum stp_diagnostic_id diagnostic;
	const char *source; /* of STP_TEST_REPORTS */
	size_t source_length;
	struct stp_span span;
};

struct stp_test {
	const char *name;
	const struct stp_protocol *protocol; /* NULL: all of it is STP_TEST_REPORTS */
	/*
	 * What is known of the client: each factor that it names has been answered, with any of the
	 * values named; all others are open, and so are session and age where they can be any. Its
	 * depth is the greatest of the last session.
	 */
	struct stp_condition given;
	const struct stp_test_expectation *expectations;
	size_t expectation_count;
	struct stp_span span; /* all of it */
	struct stp_span name_span;
};

#endif
