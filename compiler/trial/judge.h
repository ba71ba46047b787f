/* SPDX-License-Identifier: Apache-2.0 */
/* A test held against the device: what is expected, what the runtime says, and why. */
#ifndef STP_TRIAL_JUDGE_H
#define STP_TRIAL_JUDGE_H

#include "trial/coverage.h"
#include "trial/people.h"

struct stp_trial {
	struct stp_context *context;
	const struct stp_bench *bench; /* NULL: there is no protocol, so nothing of it is asked */
	const char *const *folders;    /* where small sources find their imports */
	size_t folder_count;
	struct stp_coverage coverage;
	struct stp_string why; /* of the test that ran last: what failed, indented */
};

/*
 * Whether everything that the test expects comes true for every client that it describes. *why is
 * emptied first.
 */
bool stp_trial_run(struct stp_trial *, const struct stp_test *);

/* ---- reports.c ---- */

/*
 * Whether the small source brings its diagnostic and no other error. If not, adds what it brings to
 * *why.
 */
bool stp_trial_reports(struct stp_trial *, const struct stp_test *,
		       const struct stp_test_expectation *);

#endif
