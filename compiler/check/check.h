/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The checks over a finished model: what must be so of a protocol as a whole. A check reads the
 * model alone and only reports. Language reference, "What is checked".
 */
#ifndef STP_CHECK_H
#define STP_CHECK_H

#include "model/allow.h"
#include "model/model.h"

/* Runs every check on every protocol. */
void stp_check(const struct stp_model *, struct stp_allowances *);

#endif
