/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CRC-32, reflected, polynomial 0x04C11DB7: the one of Ethernet, zip and PNG. A table of sixteen
 * words takes half a byte at a step, which on a small core is four times as fast as bit by bit.
 */
#include "crc.h"
#include "read.h"

static const uint32_t nibble[16] = { 0x00000000u, 0x1DB71064u, 0x3B6E20C8u, 0x26D930ACu,
				     0x76DC4190u, 0x6B6B51F4u, 0x4DB26158u, 0x5005713Cu,
				     0xEDB88320u, 0xF00F9344u, 0xD6D6A3E8u, 0xCB61B38Cu,
				     0x9B64C2B0u, 0x86D3D2D4u, 0xA00AE278u, 0xBDBDF21Cu };

#define HALF_BYTE(crc) (((crc) >> 4) ^ nibble[(crc)&15u])

uint32_t stipple_crc_image(uint32_t crc, const uint8_t *address, uint32_t bytes)
{
	for (; bytes != 0; bytes--, address++) {
		crc ^= (uint32_t)STIPPLE_READ8(address);
		crc = HALF_BYTE(crc);
		crc = HALF_BYTE(crc);
	}
	return crc;
}

uint32_t stipple_crc_memory(uint32_t crc, const uint8_t *bytes, uint32_t count)
{
	for (; count != 0; count--, bytes++) {
		crc ^= *bytes;
		crc = HALF_BYTE(crc);
		crc = HALF_BYTE(crc);
	}
	return crc;
}

void stipple_verify_begin(struct stipple_verification *verification)
{
	verification->offset = 0;
	verification->crc = STIPPLE_CRC_START;
}

/* The four bytes of the CRC, least significant first, as they stand at the image's end. */
uint32_t stipple_stored_crc(const uint8_t *at)
{
	return (uint32_t)STIPPLE_READ8(at) | (uint32_t)STIPPLE_READ8(at + 1) << 8 |
	       (uint32_t)STIPPLE_READ8(at + 2) << 16 | (uint32_t)STIPPLE_READ8(at + 3) << 24;
}

uint32_t stipple_verify_step(const struct stipple_table *table,
			     struct stipple_verification *verification, uint32_t most)
{
	uint32_t end;
	uint32_t bytes;

	if (!stipple_is_open(table))
		return STIPPLE_FAULT;
	end = table->bytes - 4u;
	if (verification->offset > end)
		return STIPPLE_FAULT;
	bytes = end - verification->offset;
	if (bytes > most)
		bytes = most;
	verification->crc =
		stipple_crc_image(verification->crc, table->image + verification->offset, bytes);
	verification->offset += bytes;
	if (verification->offset != end)
		return STIPPLE_BUSY;
	if ((verification->crc ^ 0xFFFFFFFFu) != stipple_stored_crc(table->image + end))
		return STIPPLE_FAULT;
	return STIPPLE_ANSWERED;
}
