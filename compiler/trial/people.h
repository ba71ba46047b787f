/* SPDX-License-Identifier: Apache-2.0 */
/* The clients of a test: every one that its `given` describes. */
#ifndef STP_TRIAL_PEOPLE_H
#define STP_TRIAL_PEOPLE_H

#include "trial/bench.h"

#define STP_PEOPLE_MOST 4096

/*
 * One person for each combination of the values given. Of a range of sessions or ages there is one
 * for each part that the protocol's rules can tell apart, which is as good as all. 0 after a report
 * that there are more than STP_PEOPLE_MOST.
 */
size_t stp_people_of(struct stp_context *, const struct stp_model *, const struct stp_test *,
		     struct stp_person **people);
/* "skin_type VI, session 2": what is known of the person. */
const char *stp_person_words(struct stp_context *, const struct stp_model *,
			     const struct stp_person *);
/* The same person for `why`, where what is open can be anything. */
struct stp_client stp_person_as_client(struct stp_context *, const struct stp_model *,
				       const struct stp_person *);

#endif
