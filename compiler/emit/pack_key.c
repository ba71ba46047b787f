/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The key that signs, as openssl genpkey -algorithm ed25519 writes it: RFC 8410's 48 bytes of
 * PKCS #8 in PEM. What was read is wiped, and no part of it goes into a diagnostic.
 */
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "emit/pack.h"

#define FILE_MOST 4096 /* such a file has about 120 bytes */

/* What stands before the seed in every such key. */
static const uint8_t pkcs8_begin[16] = { 0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06,
					 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20 };

/* The text between the PEM lines as bytes; false when it is not the one key that is known. */
static bool decode(const char *text, uint8_t seed[STP_SEED_BYTES])
{
	static const char begin_line[] = "-----BEGIN PRIVATE KEY-----";
	const char *begin = strstr(text, begin_line);
	const char *end = strstr(text, "-----END PRIVATE KEY-----");
	uint8_t key[sizeof pkcs8_begin + STP_SEED_BYTES];
	size_t length;
	bool known;

	if (begin == NULL || end == NULL || end < begin + sizeof begin_line)
		return false;
	begin += sizeof begin_line - 1;
	known = sodium_base642bin(key, sizeof key, begin, (size_t)(end - begin), "\r\n", &length,
				  NULL, sodium_base64_VARIANT_ORIGINAL) == 0 &&
		length == sizeof key && memcmp(key, pkcs8_begin, sizeof pkcs8_begin) == 0;
	if (known)
		memcpy(seed, key + sizeof pkcs8_begin, STP_SEED_BYTES);
	sodium_memzero(key, sizeof key);
	return known;
}

static const char *read_text(const char *path, char text[FILE_MOST])
{
	FILE *file = fopen(path, "rb");
	size_t length;
	bool failed;

	if (file == NULL)
		return strerror(errno);
	setvbuf(file, NULL, _IONBF, 0); /* no copy of the key stays in a buffer */
	length = fread(text, 1, FILE_MOST - 1, file);
	failed = ferror(file) != 0;
	fclose(file);
	text[length] = '\0';
	return failed ? "it cannot be read" : NULL;
}

const char *stp_read_signing_key(const char *path, uint8_t seed[STP_SEED_BYTES])
{
	char text[FILE_MOST];
	const char *why = read_text(path, text);

	if (why == NULL && strstr(text, "-----BEGIN ENCRYPTED PRIVATE KEY-----") != NULL)
		why = "it is encrypted; openssl pkey -in KEY -out PLAIN writes it in the clear";
	else if (why == NULL && !decode(text, seed))
		why = "it is no Ed25519 private key in PEM";
	sodium_memzero(text, sizeof text);
	return why;
}
