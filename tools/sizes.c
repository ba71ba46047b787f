/* SPDX-License-Identifier: Apache-2.0 */
/* For tools/sizes.sh: symbols that are as large as what a caller of the runtime provides. */
#include "stipple/pack.h"
#include "stipple/session.h"

const char size_of_an_open_table[sizeof(struct stipple_table)] = { 1 };
const char size_of_a_client[sizeof(struct stipple_client)] = { 1 };
const char size_of_limits[sizeof(struct stipple_limits)] = { 1 };
const char size_of_a_treatment_with_its_answer[sizeof(struct stipple_treatment)] = { 1 };
const char size_of_a_session_of_16_zones_48_questions_8_factors[STIPPLE_SESSION_BYTES(16, 48,
										      8)] = { 1 };
