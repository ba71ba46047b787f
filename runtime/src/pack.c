/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opening a pack: its trailers are walked once, its signature is verified before anything in the
 * image is believed, and then the image is opened like any other table. A firmware that links its
 * tables leaves this file out.
 *
 * Only two things are read before the signature: where the image says that it ends, and the
 * trailers. Both are held against the length that the caller knows.
 */
#include "stipple/pack.h"

#include "crc.h"
#include "read.h"

/* Where the trailers begin, or 0: the image does not end inside the pack. */
static uint32_t end_of_image(const uint8_t *pack, uint32_t bytes)
{
	uint32_t end;

	if (bytes < sizeof(struct stipple_header) + 4u || (bytes & 3u) != 0 ||
	    STIPPLE_GET32(pack, stipple_header, magic) != STIPPLE_MAGIC)
		return 0;
	end = STIPPLE_GET32(pack, stipple_header, image_bytes);
	if (end < sizeof(struct stipple_header) + 4u || end > bytes || (end & 3u) != 0)
		return 0;
	return end;
}

static int is_signature(const uint8_t *trailer)
{
	const uint32_t covered = (uint32_t)offsetof(struct stipple_signature_trailer, crc);
	uint32_t crc = stipple_crc_image(STIPPLE_CRC_START, trailer, covered);

	return STIPPLE_GET32(trailer, stipple_trailer, kind) == STIPPLE_TRAILER_SIGNATURE &&
	       STIPPLE_GET32(trailer, stipple_trailer, bytes) ==
		       sizeof(struct stipple_signature_trailer) &&
	       (crc ^ 0xFFFFFFFFu) == stipple_stored_crc(trailer + covered);
}

/*
 * The trailers, which are none or one signature: what is signed ends where the signature stands,
 * so nothing may follow it. *signature is set to it, or to null.
 */
static int walk_trailers(const uint8_t *trailers, uint32_t bytes, const uint8_t **signature)
{
	*signature = NULL;
	if (bytes == 0)
		return 1;
	if (bytes != sizeof(struct stipple_signature_trailer) || !is_signature(trailers))
		return 0;
	*signature = trailers;
	return 1;
}

static uint32_t verify(const uint8_t *pack, const uint8_t *signature,
		       const struct stipple_trust *trust)
{
	const uint8_t *message_end;

	if (signature == NULL)
		return STIPPLE_FAULT;
	message_end = signature + offsetof(struct stipple_signature_trailer, signature);
	return trust->verify(trust->context,
			     signature + offsetof(struct stipple_signature_trailer, key), pack,
			     (uint32_t)(message_end - pack), message_end);
}

/* All that stands before the image's own checks. */
static uint32_t check_pack(const uint8_t *pack, uint32_t bytes, const struct stipple_trust *trust,
			   uint32_t *counter)
{
	uint32_t end = end_of_image(pack, bytes);
	const uint8_t *signature;

	if (end == 0 || !walk_trailers(pack + end, bytes - end, &signature))
		return STIPPLE_REASON_BAD_TABLE;
	if (trust != NULL && verify(pack, signature, trust) != STIPPLE_ANSWERED)
		return STIPPLE_REASON_NOT_SIGNED;
	if (signature != NULL)
		*counter = STIPPLE_GET32(signature, stipple_signature_trailer, counter);
	if (trust != NULL && *counter < trust->least_counter)
		return STIPPLE_REASON_OLDER_PACK;
	return STIPPLE_REASON_NONE;
}

uint32_t stipple_open_pack(struct stipple_table *table, const void *pack, uint32_t bytes,
			   const struct stipple_expectation *expected,
			   const struct stipple_trust *trust, uint32_t *counter, uint32_t *reason)
{
	const uint8_t *image = (const uint8_t *)pack;

	table->image = NULL;
	table->bytes = 0;
	table->crc = 0;
	*counter = 0;
	*reason = STIPPLE_REASON_BAD_CALL;
	if (image == NULL || ((uintptr_t)image & 3u) != 0 ||
	    (trust != NULL && trust->verify == NULL))
		return STIPPLE_FAULT;
	*reason = check_pack(image, bytes, trust, counter);
	if (*reason != STIPPLE_REASON_NONE)
		return STIPPLE_FAULT;
	return stipple_open(table, image, end_of_image(image, bytes), expected, reason);
}
