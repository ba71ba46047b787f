/* SPDX-License-Identifier: Apache-2.0 */
/* Resolving sources that lie in memory, for the tests of the model. */
#ifndef STP_TESTS_MODEL_SOURCE_H
#define STP_TESTS_MODEL_SOURCE_H

#include "model/load.h"
#include "model/model.h"

/* Loads "test.stip" with that text, and resolves it. The library's imports are there. */
const struct stp_model *resolve_text(struct stp_context *, const char *text);

/* How often the diagnostic was reported. */
size_t count_of(const struct stp_context *, enum stp_diagnostic_id);

/* How many models to try: what the variable says, else 100 000, or a tenth under sanitizers. */
size_t models_wanted(const char *variable);

/* All errors and warnings as "ST0302 unknown_name 4:9", one a line; notes are left out. */
const char *list_faults(struct stp_context *);

#endif
