/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SHA-256 (FIPS 180-4), for keys, digests and fingerprints. Bytes in, 32 bytes out.
 */
#ifndef STP_SUPPORT_SHA256_H
#define STP_SUPPORT_SHA256_H

#include <stddef.h>
#include <stdint.h>

#define STP_SHA256_BYTES 32

struct stp_sha256 {
	uint32_t state[8];
	uint64_t length;   /* bytes so far */
	uint8_t block[64]; /* those not yet taken in */
};

void stp_sha256_begin(struct stp_sha256 *);
void stp_sha256_add(struct stp_sha256 *, const void *bytes, size_t count);
void stp_sha256_end(struct stp_sha256 *, uint8_t digest[STP_SHA256_BYTES]);

#endif
