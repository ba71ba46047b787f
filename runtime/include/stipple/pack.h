/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A pack: a table as one file, so that a device in the field gets new protocols without new
 * firmware.
 *
 * A pack is the table's image, byte for byte what the generated C compiles to, and behind it
 * trailers. Each trailer says its length, and the last one ends where the file ends. One kind is
 * defined: the maker's signature, which covers every byte of the file before it, and so the image,
 * the rollback counter and the name of the key.
 *
 *     static const struct stipple_trust trust = { verify_ed25519, NULL, 7 };
 *
 *     if (stipple_open_pack(&table, slot, length, &expected, &trust, &counter, &reason) !=
 *         STIPPLE_ANSWERED)
 *             keep_the_pack_before();
 *
 * The library brings no cryptography: the firmware hands in the function that verifies. Numbers in
 * a trailer have the byte order of the image.
 */
#ifndef STIPPLE_PACK_H
#define STIPPLE_PACK_H

#include "stipple/runtime.h"

#ifdef __cplusplus
extern "C" {
#endif

#define STIPPLE_TRAILER_SIGNATURE 0x4E474953u /* "SIGN" in the memory of a little-endian machine */

#define STIPPLE_KEY_NAME_BYTES  8u
#define STIPPLE_SIGNATURE_BYTES 64u

/* What every trailer begins with. */
struct stipple_trailer {
	uint32_t kind;
	uint32_t bytes; /* all of the trailer; a multiple of four */
};

struct stipple_signature_trailer {
	uint32_t kind;
	uint32_t bytes;
	uint32_t counter;                           /* never sinks from one pack to the next */
	uint8_t key[STIPPLE_KEY_NAME_BYTES];        /* the first bytes of the public key */
	uint8_t signature[STIPPLE_SIGNATURE_BYTES]; /* Ed25519 over all of the file before it */
	uint8_t crc[4]; /* CRC-32 of this trailer before it, least significant byte first */
};

STIPPLE_SIZE(stipple_trailer, 8);
STIPPLE_SIZE(stipple_signature_trailer, 88);

/*
 * Verifies an Ed25519 signature (RFC 8032). `key` names which of the maker's public keys: its
 * first STIPPLE_KEY_NAME_BYTES bytes. `message` is the pack from its first byte on. Returns
 * STIPPLE_ANSWERED when the key is one of the maker's and the signature is right; anything else
 * refuses the pack. All addresses lie in the pack (on AVR: in program memory).
 */
typedef uint32_t (*stipple_verify_signature)(void *context, const uint8_t *key,
					     const uint8_t *message, uint32_t bytes,
					     const uint8_t *signature);

/* Whose packs a device takes. */
struct stipple_trust {
	stipple_verify_signature verify; /* never null */
	void *context;                   /* handed to verify */
	uint32_t least_counter;          /* that of the pack activated last; keep it safe */
};

/*
 * Opens a pack: one pass over the trailers, the signature, then all of stipple_open's checks.
 * After it no read through `table` leaves the image. `pack` is aligned to four bytes and stays
 * where it is; `bytes` is its length as the caller knows it. `trust` null: a signature is not asked
 * for and not verified, as for a pack that lies in the firmware's own flash. *counter is set to the
 * pack's rollback counter, 0 without a signature. Returns ANSWERED, or FAULT with the reason (enum
 * stipple_reason) in *reason, and then `table` refuses every later call.
 */
uint32_t stipple_open_pack(struct stipple_table *table, const void *pack, uint32_t bytes,
			   const struct stipple_expectation *expected,
			   const struct stipple_trust *trust, uint32_t *counter, uint32_t *reason);

#ifdef __cplusplus
}
#endif

#endif
