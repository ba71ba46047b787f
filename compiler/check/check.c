/* SPDX-License-Identifier: Apache-2.0 */
/* The table of checks. */
#include "check/check.h"

void stp_check(const struct stp_model *model, struct stp_allowances *allowances)
{
	(void)model;
	(void)allowances;
}
