/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Packs: what the file holds, what the loader refuses, and that the signature covers all of it.
 * libsodium verifies here what the program signed with it; tests/pack has openssl do the same.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#include "emit/decompile.h"
#include "emit/pack.h"
#include "emit/tables_image.h"
#include "stipple/pack.h"
#include "table_bench.h"

/* A pack of the fixture model in memory that ends where the pack ends. */
struct pack {
	uint8_t *bytes;
	uint32_t count;
};

/* RFC 8032, 7.1, test 1. */
static const uint8_t seed[STP_SEED_BYTES] = { 0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60,
					      0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c, 0xc4,
					      0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19,
					      0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60 };
static const uint8_t public_key[32] = { 0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7,
					0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64, 0x07, 0x3a,
					0x0e, 0xe1, 0x72, 0xf3, 0xda, 0xa6, 0x23, 0x25,
					0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a };

static uint32_t verify(void *context, const uint8_t *key, const uint8_t *message, uint32_t bytes,
		       const uint8_t *signature)
{
	unsigned *calls = context;

	*calls += 1;
	if (memcmp(key, public_key, STIPPLE_KEY_NAME_BYTES) != 0 ||
	    crypto_sign_verify_detached(signature, message, bytes, public_key) != 0)
		return STIPPLE_REFUSED;
	return STIPPLE_ANSWERED;
}

static struct pack make_pack(struct table_bench *bench, bool big_endian, bool is_signed)
{
	struct stp_pack_options options = { big_endian, is_signed ? seed : NULL, 7 };
	struct stp_string out;
	struct pack pack;

	stp_string_init(&out, &bench->context);
	stp_emit_pack(&bench->context, bench->image, bench->bytes, &options, &out);
	pack.count = (uint32_t)out.length;
	pack.bytes = malloc(out.length);
	assert_non_null(pack.bytes);
	memcpy(pack.bytes, out.text, out.length);
	return pack;
}

/* The reason for which the pack is refused, or STIPPLE_REASON_NONE. */
static uint32_t open_pack(struct table_bench *bench, const struct pack *pack,
			  const struct stipple_trust *trust)
{
	uint32_t counter, reason;
	uint32_t verdict = stipple_open_pack(&bench->table, pack->bytes, pack->count,
					     &bench->expected, trust, &counter, &reason);

	assert_true((verdict == STIPPLE_ANSWERED) == (reason == STIPPLE_REASON_NONE));
	if (verdict == STIPPLE_ANSWERED)
		return STIPPLE_REASON_NONE;
	assert_int_equal(verdict, STIPPLE_FAULT);
	assert_int_equal(stipple_count(&bench->table, STIPPLE_NAMED_ZONE), 0);
	return reason;
}

static void test_pack_is_the_image(void **state)
{
	struct table_bench *bench = *state;
	struct pack pack = make_pack(bench, false, false);

	assert_int_equal(pack.count, bench->bytes);
	assert_memory_equal(pack.bytes, bench->image, bench->bytes);
	assert_int_equal(open_pack(bench, &pack, NULL), STIPPLE_REASON_NONE);
	assert_int_not_equal(bench_slot(bench, "cheeks"), STIPPLE_NOT_FOUND);
	free(pack.bytes);
}

static void test_signed_pack(void **state)
{
	struct table_bench *bench = *state;
	struct pack pack = make_pack(bench, false, true);
	unsigned calls = 0;
	const struct stipple_trust trust = { verify, &calls, 7 };
	uint32_t counter, reason;

	assert_int_equal(pack.count, bench->bytes + sizeof(struct stipple_signature_trailer));
	assert_memory_equal(pack.bytes, bench->image, bench->bytes);
	assert_int_equal(stipple_open_pack(&bench->table, pack.bytes, pack.count, &bench->expected,
					   &trust, &counter, &reason),
			 STIPPLE_ANSWERED);
	assert_int_equal(counter, 7);
	assert_int_equal(calls, 1);
	assert_int_equal(open_pack(bench, &pack, NULL), STIPPLE_REASON_NONE);
	assert_int_equal(calls, 1);
	free(pack.bytes);
}

static void test_trust(void **state)
{
	struct table_bench *bench = *state;
	struct pack bare = make_pack(bench, false, false);
	struct pack pack = make_pack(bench, false, true);
	unsigned calls = 0;
	const struct stipple_trust trust = { verify, &calls, 0 };
	const struct stipple_trust later = { verify, &calls, 8 };
	const struct stipple_trust nobody = { NULL, NULL, 0 };

	assert_int_equal(open_pack(bench, &bare, &trust), STIPPLE_REASON_NOT_SIGNED);
	assert_int_equal(calls, 0);
	assert_int_equal(open_pack(bench, &pack, &trust), STIPPLE_REASON_NONE);
	assert_int_equal(open_pack(bench, &pack, &later), STIPPLE_REASON_OLDER_PACK);
	assert_int_equal(open_pack(bench, &pack, &nobody), STIPPLE_REASON_BAD_CALL);
	bench->expected.device_key ^= 1;
	assert_int_equal(open_pack(bench, &pack, &trust), STIPPLE_REASON_OTHER_DEVICE);
	free(bare.bytes);
	free(pack.bytes);
}

/* Every bit, whether the signature is asked for or not; its own CRC must not be all that helps. */
static void test_every_flipped_bit_of_a_pack(void **state)
{
	struct table_bench *bench = *state;
	struct pack pack = make_pack(bench, false, true);
	unsigned calls = 0;
	const struct stipple_trust trust = { verify, &calls, 7 };

	for (uint32_t bit = 0; bit < pack.count * 8; bit++) {
		pack.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
		assert_int_not_equal(open_pack(bench, &pack, NULL), STIPPLE_REASON_NONE);
		if (bit / 8 >= bench->bytes)
			assert_int_not_equal(open_pack(bench, &pack, &trust), STIPPLE_REASON_NONE);
		pack.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
	assert_int_equal(open_pack(bench, &pack, &trust), STIPPLE_REASON_NONE);
	free(pack.bytes);
}

/* What is altered and sealed with right CRCs again is still not what was signed. */
static void test_signature_covers_all(void **state)
{
	struct table_bench *bench = *state;
	struct pack pack = make_pack(bench, false, true);
	uint8_t *trailer = pack.bytes + bench->bytes;
	unsigned calls = 0;
	const struct stipple_trust trust = { verify, &calls, 7 };

	for (size_t at = 0; at < offsetof(struct stipple_signature_trailer, crc); at++) {
		trailer[at] ^= 1;
		stp_put_crc(trailer, sizeof(struct stipple_signature_trailer));
		assert_int_not_equal(open_pack(bench, &pack, &trust), STIPPLE_REASON_NONE);
		trailer[at] ^= 1;
		stp_put_crc(trailer, sizeof(struct stipple_signature_trailer));
	}
	assert_true(calls > 70);
	for (size_t at = sizeof(struct stipple_header); at + 4 < bench->bytes; at++) {
		pack.bytes[at] ^= 1;
		stp_put_crc(pack.bytes, bench->bytes);
		assert_int_equal(open_pack(bench, &pack, &trust), STIPPLE_REASON_NOT_SIGNED);
		pack.bytes[at] ^= 1;
	}
	free(pack.bytes);
}

static void test_every_other_length_is_refused(void **state)
{
	struct table_bench *bench = *state;
	struct pack whole = make_pack(bench, false, true);

	for (uint32_t count = 0; count < whole.count; count++) {
		struct pack cut = { malloc(count + 1), count };

		memcpy(cut.bytes, whole.bytes, count);
		if (count != bench->bytes) /* there an unsigned pack would end */
			assert_int_not_equal(open_pack(bench, &cut, NULL), STIPPLE_REASON_NONE);
		free(cut.bytes);
	}
	whole.bytes = realloc(whole.bytes, whole.count + 88);
	memcpy(whole.bytes + whole.count, whole.bytes + bench->bytes, 88);
	for (whole.count += 4; whole.count <= bench->bytes + 176; whole.count += 4)
		assert_int_equal(open_pack(bench, &whole, NULL), STIPPLE_REASON_BAD_TABLE);
	free(whole.bytes);
}

static void test_either_byte_order_is_read_back(void **state)
{
	struct table_bench *bench = *state;

	for (int form = 0; form < 4; form++) {
		struct pack pack = make_pack(bench, form & 1, (form & 2) != 0);
		const uint8_t *image;
		size_t length;

		if ((form & 1) != 0) {
			assert_memory_not_equal(pack.bytes, bench->image, bench->bytes);
			assert_int_equal(open_pack(bench, &pack, NULL), STIPPLE_REASON_BAD_TABLE);
		}
		assert_true(
			stp_read_pack(&bench->context, pack.bytes, pack.count, &image, &length));
		assert_int_equal(length, bench->bytes);
		assert_memory_equal(image, bench->image, length);
		pack.bytes[bench->bytes / 2] ^= 0x10;
		assert_false(
			stp_read_pack(&bench->context, pack.bytes, pack.count, &image, &length));
		free(pack.bytes);
	}
}

/* A loader takes rows that no compiler writes; decompile reads them or says what they are. */
static void test_decompile_of_a_nameless_anaesthetic(void **state)
{
	struct table_bench *bench = *state;
	struct stipple_header header;
	struct stipple_anaesthetic_row row;
	struct stp_string source;
	uint32_t reason;

	memcpy(&header, bench->image, sizeof header);
	assert_int_not_equal(header.anaesthetics.count, 0);
	stp_string_init(&source, &bench->context);
	assert_null(stp_decompile(&bench->context, bench->image, &source));
	memcpy(&row, bench->image + header.anaesthetics.offset, sizeof row);
	row.check[1] ^= row.item ^ STIPPLE_NONE;
	row.item = STIPPLE_NONE;
	memcpy(bench->image + header.anaesthetics.offset, &row, sizeof row);
	table_bench_seal(bench);
	assert_int_equal(
		stipple_open(&bench->table, bench->image, bench->bytes, &bench->expected, &reason),
		STIPPLE_ANSWERED);
	assert_string_equal(stp_decompile(&bench->context, bench->image, &source),
			    "an anaesthetic without a name");
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, table_bench_setup, table_bench_teardown)
	const struct CMUnitTest tests[] = {
		CASE(test_pack_is_the_image),
		CASE(test_signed_pack),
		CASE(test_trust),
		CASE(test_every_flipped_bit_of_a_pack),
		CASE(test_signature_covers_all),
		CASE(test_every_other_length_is_refused),
		CASE(test_either_byte_order_is_read_back),
		CASE(test_decompile_of_a_nameless_anaesthetic),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
