/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pack as a file: the image, and behind it the signature. Reading one back goes through the
 * runtime's own loader, so that what the program takes is what a device takes.
 */
#include "emit/pack.h"

#include <sodium.h>
#include <string.h>

#include "emit/tables_image.h"
#include "stipple/pack.h"

/* ---- writing ---- */

static bool is_big_endian_machine(void)
{
	const uint32_t one = 1;
	uint8_t first;

	memcpy(&first, &one, 1);
	return first == 0;
}

static void put_number(uint8_t *at, uint32_t value, bool big_endian)
{
	for (size_t i = 0; i < 4; i++)
		at[i] = (uint8_t)(value >> (8 * (big_endian ? 3 - i : i)));
}

/*
 * What is signed ends where the signature stands: the image, and of the trailer its kind, length,
 * counter and key.
 */
static void add_signature(const struct stp_pack_options *options, struct stp_string *out)
{
	struct stipple_signature_trailer trailer;
	uint8_t public_key[crypto_sign_PUBLICKEYBYTES];
	uint8_t secret_key[crypto_sign_SECRETKEYBYTES];

	memset(&trailer, 0, sizeof trailer);
	crypto_sign_seed_keypair(public_key, secret_key, options->seed);
	put_number((uint8_t *)&trailer.kind, STIPPLE_TRAILER_SIGNATURE, options->big_endian);
	put_number((uint8_t *)&trailer.bytes, (uint32_t)sizeof trailer, options->big_endian);
	put_number((uint8_t *)&trailer.counter, options->counter, options->big_endian);
	memcpy(trailer.key, public_key, sizeof trailer.key);
	stp_add_bytes(out, (const char *)&trailer,
		      offsetof(struct stipple_signature_trailer, signature));
	crypto_sign_detached(trailer.signature, NULL, (const uint8_t *)out->text, out->length,
			     secret_key);
	sodium_memzero(secret_key, sizeof secret_key);
	stp_put_crc((uint8_t *)&trailer, sizeof trailer);
	stp_add_bytes(out, (const char *)trailer.signature,
		      sizeof trailer - offsetof(struct stipple_signature_trailer, signature));
}

void stp_emit_pack(struct stp_context *context, const uint8_t *image, size_t length,
		   const struct stp_pack_options *options, struct stp_string *out)
{
	uint8_t *copy = stp_alloc(context, length);

	memcpy(copy, image, length);
	if (options->big_endian != is_big_endian_machine())
		stp_turn_image(copy, length, true);
	stp_add_bytes(out, (const char *)copy, length);
	if (options->seed != NULL)
		add_signature(options, out);
}

/* ---- reading ---- */

static bool crc_is_right(const uint8_t *bytes, size_t length)
{
	uint32_t crc = stp_table_crc(bytes, length - 4);

	for (size_t i = 0; i < 4; i++)
		if (bytes[length - 4 + i] != (uint8_t)(crc >> (8 * i)))
			return false;
	return true;
}

static uint32_t turned(const uint8_t *at)
{
	uint32_t value;

	memcpy(&value, at, sizeof value);
	return value >> 24 | (value >> 8 & 0xFF00u) | (value << 8 & 0xFF0000u) | value << 24;
}

/* What follows the image may be one trailer, which is turned with it. */
static bool turn_trailer(uint8_t *trailer, size_t length)
{
	uint32_t numbers[3];

	if (length == 0)
		return true;
	if (length != sizeof(struct stipple_signature_trailer) || !crc_is_right(trailer, length))
		return false;
	for (size_t i = 0; i < 3; i++)
		numbers[i] = turned(trailer + 4 * i);
	memcpy(trailer, numbers, sizeof numbers);
	stp_put_crc(trailer, length);
	return true;
}

/* A pack for machines of the other byte order; false when it is damaged. */
static bool turn_pack(uint8_t *pack, size_t count)
{
	uint32_t length = turned(pack + offsetof(struct stipple_header, image_bytes));

	if (length < sizeof(struct stipple_header) + 4 || length > count || length % 4 != 0 ||
	    !crc_is_right(pack, length) || !turn_trailer(pack + length, count - length))
		return false;
	stp_turn_image(pack, length, false);
	return true;
}

/* The key of its first device, for which any handpiece would do here. */
static bool first_device(const uint8_t *pack, size_t count, uint32_t *key)
{
	struct stipple_header header;

	memcpy(&header, pack, sizeof header);
	if (!stp_sections_fit(pack, count) || header.devices.count == 0)
		return false;
	memcpy(key, pack + header.devices.offset, sizeof *key);
	return true;
}

bool stp_read_pack(struct stp_context *context, const uint8_t *bytes, size_t count,
		   const uint8_t **image, size_t *length)
{
	struct stipple_expectation expected = { 0, 0 };
	struct stipple_table table;
	uint8_t *pack = stp_alloc(context, count + 4);
	uint32_t counter, reason;

	if (count < sizeof(struct stipple_header) + 4 || count > UINT32_MAX)
		return false;
	memcpy(pack, bytes, count);
	if (turned(pack) == STIPPLE_MAGIC && !turn_pack(pack, count))
		return false;
	if (!first_device(pack, count, &expected.device_key) ||
	    stipple_open_pack(&table, pack, (uint32_t)count, &expected, NULL, &counter, &reason) !=
		    STIPPLE_ANSWERED)
		return false;
	*image = pack;
	*length = table.bytes;
	return true;
}

const char *stp_pack_version(const uint8_t *image)
{
	struct stipple_header header;

	memcpy(&header, image, sizeof header);
	return (const char *)image + header.text.offset + header.library_version;
}
