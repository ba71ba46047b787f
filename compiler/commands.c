/* SPDX-License-Identifier: Apache-2.0 */
/* The list of what the program can do: for main.c, the manual pages and the completions. */
#include "program.h"

const struct stp_command *const stp_commands[] = {
	&stp_command_check,   &stp_command_why,       &stp_command_test,
	&stp_command_read,    &stp_command_trace,     &stp_command_tables,
	&stp_command_pack,    &stp_command_decompile, &stp_command_handout,
	&stp_command_card,    &stp_command_score,     &stp_command_po,
	&stp_command_explain, &stp_command_words,     NULL,
};
