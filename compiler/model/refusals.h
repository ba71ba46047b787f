/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Why the device refuses a client who is known in part, in every zone. Only what is certain counts:
 * what is not known of the client could still be harmless.
 */
#ifndef STP_REFUSALS_H
#define STP_REFUSALS_H

#include "model/model.h"

struct stp_refusal {
	const char *reason;        /* "pregnancy", "at most 3 sessions" */
	struct stp_condition whom; /* the answers of the client that it is for */
	bool by_zones;             /* each zone says that it is never for them */
	const struct stp_provenance *origin;
	struct stp_span span; /* where it is said: the term, of a statement that names several */
};

/* All of them; returns their number. */
size_t stp_refusals(struct stp_context *, const struct stp_protocol *, const struct stp_client *,
		    struct stp_refusal **);

/* The waits after something that the client certainly had; when it was is not known. */
size_t stp_waits(struct stp_context *, const struct stp_protocol *, const struct stp_client *,
		 const struct stp_screen_rule ***);

#endif
