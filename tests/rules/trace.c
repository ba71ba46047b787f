/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Parses each file named, with the scanner's and the parser's own traces on standard error. Built
 * with a parser and a scanner that were made with their debugging code; run.sh counts what they
 * tell.
 */
#include <stdio.h>

#include "syntax/parse.h"

extern int stp_yydebug;

static void parse(const char *path)
{
	struct stp_context context;
	const struct stp_source *source;

	stp_context_init(&context, NULL);
	if (STP_GUARD(&context)) {
		stp_context_free(&context);
		return;
	}
	source = stp_source_from_file(&context, path, (struct stp_span){ 0, 0, 0 });
	if (source != NULL)
		stp_parse(&context, source);
	stp_context_free(&context);
}

int main(int argc, char **argv)
{
	stp_yydebug = 1;
	for (int i = 1; i < argc; i++)
		parse(argv[i]);
	return 0;
}
