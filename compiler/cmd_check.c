/* SPDX-License-Identifier: Apache-2.0 */
/* stipple check: validate, say what is wrong, write nothing. */
#include "program.h"

static int run(struct stp_context *context, const struct stp_arguments *arguments)
{
	stp_open_model(context, arguments);
	return stp_status_of(context);
}

const struct stp_command stp_command_check = {
	.name = "check",
	.synopsis = "FILE... [-I DIR]",
	.summary = "validate protocols and say what is wrong",
	.description =
		"Reads the files and all that they import and reports every fault with its place,\n"
		"what to do about it, and the other places that matter. Silent when all is well.",
	.examples = "  stipple check acne_scars.stip\n  stipple check *.stip -I ../house\n",
	.options = STP_OPTION_BIT(INCLUDE),
	.run = run,
};
