/* SPDX-License-Identifier: Apache-2.0 */
/* The table of checks over a finished protocol, run in this order. */
#include "check/checks.h"

static void (*const checks[])(struct stp_checker *) = {
	stp_check_settings, stp_check_patterns, stp_check_recipes,     stp_check_nobody_left,
	stp_check_care,     stp_check_screens,  stp_check_anaesthetic, stp_check_label,
	stp_check_approval, stp_check_products, stp_check_policies,    stp_check_prose,
	stp_check_sheet,
};

void stp_check(const struct stp_model *model, struct stp_allowances *allowances)
{
	struct stp_checker checker = { .context = allowances->context,
				       .allowances = allowances,
				       .model = model };

	for (size_t i = 0; i < model->protocol_count; i++) {
		checker.protocol = model->protocols[i];
		stp_cover_screening(&checker.cover, checker.context, checker.protocol);
		for (size_t j = 0; j < sizeof checks / sizeof *checks; j++)
			checks[j](&checker);
	}
}
