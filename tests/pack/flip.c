/* SPDX-License-Identifier: Apache-2.0 */
/*
 * flip PACK: opens the pack with each of its bits flipped in turn, and then with bursts of up to 32
 * bits that begin at a sample of places. Fails when one of them is taken; prints the counts.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stipple/pack.h"

static uint32_t pack[1 << 18];

static int is_taken(uint32_t bytes)
{
	struct stipple_expectation expected = { 0, 0 };
	struct stipple_table table;
	uint32_t counter, reason;

	memcpy(&expected.device_key,
	       &((const struct stipple_header *)(const void *)pack)->device_key, 4);
	return stipple_open_pack(&table, pack, bytes, &expected, NULL, &counter, &reason) ==
	       STIPPLE_ANSWERED;
}

/* The bits of `burst`, the lowest one at bit `at` of the pack. */
static void turn(uint32_t at, uint32_t burst)
{
	uint8_t *bytes = (uint8_t *)pack;

	for (; burst != 0; burst >>= 1, at++)
		if ((burst & 1u) != 0)
			bytes[at / 8] ^= (uint8_t)(1u << at % 8);
}

int main(int count, char **arguments)
{
	FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
	uint32_t bytes, bits, at, taken = 0, bursts = 0, random = 1;

	if (file == NULL)
		return 2;
	bytes = (uint32_t)fread(pack, 1, sizeof pack, file);
	bits = 8 * bytes;
	if (!is_taken(bytes))
		return 2;
	for (at = 0; at < bits; at++) {
		turn(at, 1);
		taken += (uint32_t)is_taken(bytes);
		turn(at, 1);
	}
	for (at = 0; at + 32 <= bits; at += 61, bursts++) {
		random = random * 1664525u + 1013904223u;
		turn(at, random | 0x80000001u);
		taken += (uint32_t)is_taken(bytes);
		turn(at, random | 0x80000001u);
	}
	printf("%u bits and %u bursts of 32 bits, %u taken\n", (unsigned)bits, (unsigned)bursts,
	       (unsigned)taken);
	return taken != 0;
}
