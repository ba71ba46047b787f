/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A signed pack, opened as a device would open it: signed COUNTER PACK. COUNTER is the rollback
 * counter of the pack that was activated last; a device keeps it where an update cannot reach.
 *
 * The firmware brings the cryptography. Here it is libsodium's; a small core has Monocypher or
 * TweetNaCl, with the same four arguments in another order.
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "acne_scars.h"
#include "public_key.h" /* static const uint8_t public_key[32], the maker's */
#include "stipple/pack.h"

/* Where the device has the pack: in a flash slot of fixed size, aligned to four bytes. */
static uint32_t slot[65536 / 4];

static uint32_t verify_ed25519(void *context, const uint8_t *key, const uint8_t *message,
			       uint32_t bytes, const uint8_t *signature)
{
	(void)context;
	if (memcmp(key, public_key, STIPPLE_KEY_NAME_BYTES) != 0)
		return STIPPLE_REFUSED;
	if (crypto_sign_verify_detached(signature, message, bytes, public_key) != 0)
		return STIPPLE_REFUSED;
	return STIPPLE_ANSWERED;
}

/* The length of the file, now in the slot; 0 when it cannot be had. */
static uint32_t receive(const char *path)
{
	FILE *file = fopen(path, "rb");
	size_t length;

	if (file == NULL)
		return 0;
	length = fread(slot, 1, sizeof slot, file);
	fclose(file);
	return (uint32_t)length;
}

int main(int count, char **arguments)
{
	static const struct stipple_expectation expected = { ACNE_SCARS_INTERFACE_DIGEST,
							     ACNE_SCARS_DEVICE_PEN_25_KEY };
	struct stipple_trust trust = { verify_ed25519, NULL, 0 };
	struct stipple_table table;
	uint32_t counter, reason, verdict;

	if (count != 3 || sodium_init() < 0)
		return 2;
	trust.least_counter = (uint32_t)strtoul(arguments[1], NULL, 10);
	verdict = stipple_open_pack(&table, slot, receive(arguments[2]), &expected, &trust,
				    &counter, &reason);
	printf("counter %u: %s\n", (unsigned)counter, stipple_reason_text(reason));
	return verdict == STIPPLE_ANSWERED ? 0 : 1;
}
