/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Packs: a table's image as one file, in the byte order of the machine that reads it, with the
 * maker's signature behind it. What a pack holds stands in stipple/pack.h.
 *
 *   pack.c        the file, and reading one back
 *   pack_order.c  an image in the other byte order
 *   pack_key.c    the key that signs
 */
#ifndef STP_EMIT_PACK_H
#define STP_EMIT_PACK_H

#include "support/support.h"

#define STP_SEED_BYTES 32 /* of an Ed25519 private key (RFC 8032) */

struct stp_pack_options {
	bool big_endian;
	const uint8_t *seed; /* of the key that signs; NULL: not signed */
	uint32_t counter;    /* the rollback counter that is signed with it */
};

/*
 * The pack of an image (in this machine's byte order, as stp_table_image makes it), added to
 * *out (initialised).
 */
void stp_emit_pack(struct stp_context *, const uint8_t *image, size_t length,
		   const struct stp_pack_options *, struct stp_string *out);

/*
 * The image that a pack of either byte order holds, checked whole as a device checks it: *image (in
 * the arena, aligned, in this machine's byte order) and *length. The signature is not verified,
 * since no key is known here. False when it is no sound pack; nothing is reported.
 */
bool stp_read_pack(struct stp_context *, const uint8_t *bytes, size_t count, const uint8_t **image,
		   size_t *length);

/* The version of the program that made an image which was read: a text within it. */
const char *stp_pack_version(const uint8_t *image);

/* Turns an image (aligned, its sections within its length) into the other byte order, in place. */
void stp_turn_image(uint8_t *image, size_t length, bool from_this_machine);
/* Whether all sections of the image, whose header is in this machine's order, lie within it. */
bool stp_sections_fit(const uint8_t *image, size_t length);

/*
 * Reads a private key as openssl genpkey -algorithm ed25519 writes it: PKCS #8 in PEM. NULL when
 * it was read; else why not, in words that end "a signing key: ".
 */
const char *stp_read_signing_key(const char *path, uint8_t seed[STP_SEED_BYTES]);

#endif
