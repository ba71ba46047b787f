/* SPDX-License-Identifier: Apache-2.0 */
/*
 * write_random SEED: prints the random protocol of that seed; see tests/unit/random_protocol.h.
 * Of even seeds the device's label takes in everybody, for packs are made of protocols that hold;
 * of odd ones it is as it was drawn, and not claimed. It ends with 1, and prints nothing, where
 * somebody is left nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random_protocol.h"

static const char claimed[] = "\nlabel on\n";

static void label_all(struct random_protocol *protocol)
{
	static const struct random_condition all = { 7, 3, 3, 0, 0, 1, SESSIONS, 0 };

	protocol->label_count = ZONES;
	for (int zone = 0; zone < ZONES; zone++)
		protocol->labels[zone] = (struct random_label){ all, zone, 0 };
}

int main(int count, char **arguments)
{
	struct random_protocol protocol;
	struct stp_context context;
	struct stp_string text;
	uint64_t seed;
	char *claim;

	if (count != 2)
		return 2;
	seed = strtoull(arguments[1], NULL, 10);
	random_protocol(&protocol, seed);
	if (seed % 2 == 0)
		label_all(&protocol);
	if (somebody_lacks_depth(&protocol) || somebody_lacks_movement(&protocol))
		return 1;
	stp_context_init(&context, NULL);
	stp_string_init(&text, &context);
	random_protocol_text(&protocol, &text);
	claim = strstr(text.text, claimed);
	if (seed % 2 != 0 && claim != NULL)
		memset(claim, ' ', sizeof claimed - 2);
	fputs(text.text, stdout);
	stp_context_free(&context);
	return 0;
}
