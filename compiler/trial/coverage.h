/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the tests have touched: a `when` whose rows were in force in a zone that was asked about, a
 * screening rule that decided, a zone that was asked about, a house rule that a small source broke.
 */
#ifndef STP_TRIAL_COVERAGE_H
#define STP_TRIAL_COVERAGE_H

#include "model/policies.h"
#include "trial/bench.h"

struct stp_coverage {
	struct stp_context *context;
	const struct stp_model *model;
	const struct stp_bench *bench; /* NULL: there is no protocol */
	const void **touched; /* conditions of `when`, screening and house rules, zone plans */
	size_t count, room;
};

void stp_coverage_begin(struct stp_coverage *, struct stp_context *, const struct stp_model *,
			const struct stp_bench *);
/* The person was asked about in the zone of the plan, and these were the limits. */
void stp_touch_limits(struct stp_coverage *, const struct stp_zone_plan *,
		      const struct stipple_limits *);
/* The screening rules that this row of the table says. */
void stp_touch_screening(struct stp_coverage *, const struct stp_protocol *, uint32_t row);
/* What no row tells apart: a `when` that tightens no zone, and `without anaesthetic`. */
void stp_touch_person(struct stp_coverage *, const struct stp_protocol *,
		      const struct stp_client *);
/* A small source was compiled in a context of its own, and brought this where it was expected. */
void stp_touch_house_rules(struct stp_coverage *, const struct stp_context *own,
			   const struct stp_diagnostic *);
/* Adds how much of the protocol is covered, and a line for each thing that is not. */
void stp_coverage_report(const struct stp_coverage *, const struct stp_protocol *,
			 struct stp_string *out);
/* The same of what a policy requires and forbids. */
void stp_coverage_report_policy(const struct stp_coverage *, const struct stp_policy *,
				struct stp_string *out);

#endif
