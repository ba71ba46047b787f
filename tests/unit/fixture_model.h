/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A resolved model made by hand, so that what reads the model can be tested apart from what makes
 * it. It is small, but has one of everything that a device table holds.
 */
#ifndef STP_TESTS_FIXTURE_MODEL_H
#define STP_TESTS_FIXTURE_MODEL_H

#include "model/model.h"

/* Made anew in the context's arena at each call, so that a test may alter it. */
struct stp_model *fixture_model(struct stp_context *);

/* Its single protocol, to be altered. */
struct stp_protocol *fixture_protocol(struct stp_model *);

#endif
