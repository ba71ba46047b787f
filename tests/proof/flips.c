/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Damage to what lies in flash or is saved: every single bit, one by one, and bursts of up to 32
 * bits at random places. All must be refused.
 *
 *   flips FILE...   packs, each altered every way; opened as the device would
 *   flips           the session of walk.stip in every state, altered every way, then needled
 *
 * Says how many alterations were tried, and ends with 1 at the first that passes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stage.h"
#include "stipple/pack.h"

#define BURSTS 20000u

static uint64_t random_state = 7;

static uint32_t random_word(void)
{
	random_state = random_state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(random_state >> 32);
}

/* What is altered, and what finds out whether anybody notices: non-zero when it passes. */
struct target {
	uint8_t *bytes;
	uint32_t count;
	int (*passes)(const struct target *target);
	uint64_t tried;
};

/* Zero when a flipped bit passes. */
static int flip_all(struct target *target)
{
	for (uint32_t bit = 0; bit < target->count * 8u; bit++) {
		uint8_t mask = (uint8_t)(1u << bit % 8u);
		int passed;

		target->bytes[bit / 8u] ^= mask;
		passed = target->passes(target);
		target->bytes[bit / 8u] ^= mask;
		target->tried++;
		if (passed) {
			printf("flipped bit %u passes\n", bit);
			return 0;
		}
	}
	return 1;
}

/* A burst: up to 32 bits from its first to its last, both of them flipped. */
static void burst(struct target *target, uint32_t start, uint32_t length, uint32_t inner)
{
	for (uint32_t i = 0; i < length; i++)
		if (i == 0 || i == length - 1u || (inner >> i & 1u) != 0)
			target->bytes[(start + i) / 8u] ^= (uint8_t)(1u << (start + i) % 8u);
}

static int burst_many(struct target *target)
{
	for (uint32_t i = 0; i < BURSTS; i++) {
		uint32_t length = 1u + random_word() % 32u;
		uint32_t start = random_word() % (target->count * 8u - length + 1u);
		uint32_t inner = random_word();
		int passed;

		burst(target, start, length, inner);
		passed = target->passes(target);
		burst(target, start, length, inner);
		target->tried++;
		if (passed) {
			printf("burst of %u bits at %u passes\n", length, start);
			return 0;
		}
	}
	return 1;
}

/* ---- packs ---- */

/* The key of the image's device, read before anything is altered. */
static uint32_t device_key;

static int opens(const struct target *target)
{
	const struct stipple_expectation expected = { 0, device_key };
	struct stipple_table table;
	uint32_t counter, reason;

	return stipple_open_pack(&table, target->bytes, target->count, &expected, NULL, &counter,
				 &reason) == STIPPLE_ANSWERED;
}

static int read_file(const char *name, struct target *target)
{
	FILE *file = fopen(name, "rb");
	long length;

	if (file == NULL || fseek(file, 0, SEEK_END) != 0)
		return 0;
	length = ftell(file);
	rewind(file);
	target->count = (uint32_t)length;
	target->bytes = malloc(target->count);
	return fread(target->bytes, 1, target->count, file) == target->count && fclose(file) == 0;
}

static int damage_pack(const char *name)
{
	struct target target = { NULL, 0, opens, 0 };
	struct stipple_header header;
	int sound;

	if (!read_file(name, &target))
		return 0;
	memcpy(&header, target.bytes, sizeof header);
	memcpy(&device_key, target.bytes + header.devices.offset, sizeof device_key);
	if (!opens(&target)) {
		printf("%s is refused as it is\n", name);
		return 0;
	}
	sound = flip_all(&target) && burst_many(&target);
	printf("%s: %u bytes, %llu alterations\n", name, target.count,
	       (unsigned long long)target.tried);
	free(target.bytes);
	return sound;
}

/* ---- saved sessions ---- */

static struct moment saved;

/* Restored, and whatever came of that, asked for a needle; and asked for one at once. */
static int needles(const struct target *target)
{
	struct moment at_once = saved;
	struct moment restored = saved;

	(void)target;
	(void)stage_do(&at_once, PERMIT);
	(void)stage_do(&restored, POWER_CUT);
	if (restored.work.session.state != STIPPLE_STATE_FAULTED ||
	    at_once.work.session.state != STIPPLE_STATE_FAULTED)
		return 1;
	(void)stage_do(&restored, BEGIN_PASS);
	return restored.work.session.state != STIPPLE_STATE_FAULTED;
}

static int damage_session(uint64_t *tried)
{
	struct target target = { saved.work.bytes, sizeof saved.work, needles, 0 };
	int sound = flip_all(&target) && burst_many(&target);

	*tried += target.tried;
	return sound;
}

static int damage_sessions(void)
{
	static const enum action way[] = { BEGIN_FIRST,
					   TELL_LIGHT,
					   PREGNANCY_NO,
					   THINNER_YES,
					   CLEAR_BY_DOCTOR,
					   FINISH_SCREENING,
					   FINISH_PREPARATION,
					   APPLY,
					   PASS_HALF_HOUR,
					   REMOVE,
					   ENTER_CHEEK,
					   DEPTH_750,
					   RATE_7500,
					   CONFIRM,
					   BEGIN_PASS,
					   PERMIT,
					   PAUSE,
					   RESUME,
					   LEAVE,
					   COMPLETE,
					   BEGIN_SECOND_LATE,
					   ABORT,
					   BEGIN_FIRST,
					   POWER_CUT_TORN };
	uint64_t tried = 0;
	uint32_t states = 0, last = 0;

	stage_start(&saved);
	for (size_t i = 0; i < sizeof way / sizeof way[0]; i++) {
		if (stage_do(&saved, way[i]) != NULL || !damage_session(&tried))
			return 0;
		states += saved.work.session.state != last;
		last = saved.work.session.state;
	}
	printf("session of %zu bytes, %zu moments in %u changes of state: %llu alterations\n",
	       sizeof saved.work, sizeof way / sizeof way[0], states, (unsigned long long)tried);
	return 1;
}

int main(int count, char **arguments)
{
	if (!stage_open())
		return 2;
	if (count == 1)
		return !damage_sessions();
	for (int i = 1; i < count; i++)
		if (!damage_pack(arguments[i]))
			return 1;
	return 0;
}
