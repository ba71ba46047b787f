/* SPDX-License-Identifier: Apache-2.0 */
/*
 * write_random SEED: prints the random protocol of that seed; see tests/unit/random_protocol.h. Few
 * that extend another are sound, so only every fourth does.
 */
#include <stdio.h>
#include <stdlib.h>

#include "random_protocol.h"

int main(int count, char **arguments)
{
	struct random_protocol protocol;
	struct stp_context context;
	struct stp_string text;
	unsigned long long seed;

	if (count != 2)
		return 2;
	stp_context_init(&context, NULL);
	stp_string_init(&text, &context);
	seed = strtoull(arguments[1], NULL, 10);
	random_protocol(&protocol, seed);
	if (seed % 4 != 0)
		protocol.layer_count = 1;
	random_protocol_text(&protocol, &text);
	fputs(text.text, stdout);
	stp_context_free(&context);
	return 0;
}
