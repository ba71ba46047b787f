/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table writer: what goes into an image, what identifies it, what it refuses, and that the C it
 * prints cannot be broken by an author's words. tests/runtime compiles that C and compares bytes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "emit/tables_image.h"
#include "support/sha256.h"
#include "table_bench.h"

/* ---- SHA-256: FIPS 180-4's examples ---- */

static void assert_sha256(const char *text, size_t repeat, const char *expected)
{
	uint8_t digest[STP_SHA256_BYTES];
	struct stp_sha256 sha;

	stp_sha256_begin(&sha);
	for (size_t i = 0; i < repeat; i++)
		stp_sha256_add(&sha, text, strlen(text));
	stp_sha256_end(&sha, digest);
	for (size_t i = 0; i < sizeof digest; i++) {
		static const char digits[] = "0123456789abcdef";

		assert_int_equal(digits[digest[i] >> 4], expected[2 * i]);
		assert_int_equal(digits[digest[i] & 15], expected[2 * i + 1]);
	}
}

static void test_sha256(void **state)
{
	(void)state;
	assert_sha256("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_sha256("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
		      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
	assert_sha256("a", 1000000,
		      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

/* ---- the schema against the structs ---- */

static void test_schema_names_every_byte(void **state)
{
	(void)state;
	for (enum stp_table_section s = 0; s < STP_SECTION_LABEL; s++) {
		const struct stp_row_type *type = stp_row_type(s);
		uint32_t next = 0;

		assert_non_null(type->members);
		for (size_t i = 0; i < type->member_count; i++) {
			assert_int_equal(type->members[i].offset, next);
			next += type->members[i].bytes;
		}
		assert_int_equal(next, type->bytes);
		assert_int_equal(type->bytes % 4, 0);
	}
}

/* The sections of the header stand in the order of the image. */
static void test_sections_are_in_order(void **state)
{
	(void)state;
	for (enum stp_table_section s = 0; s + 1 < STP_SECTIONS; s++)
		assert_int_equal(stp_row_type(s)->header_member + sizeof(struct stipple_section),
				 stp_row_type(s + 1)->header_member);
}

/* ---- identity ---- */

struct printed {
	struct stp_string c, h;
	uint8_t fingerprint[STP_FINGERPRINT_BYTES];
};

static const char *const english[] = { "en" };
static const char *const both_languages[] = { "en", "es" };

static struct printed print(struct table_bench *bench, const char *const *languages, size_t count)
{
	const struct stp_tables_options options = {
		"acne", "acne.h", languages, count, false, NULL
	};
	struct printed printed;

	stp_string_init(&printed.c, &bench->context);
	stp_string_init(&printed.h, &bench->context);
	assert_int_equal(
		stp_emit_tables(&bench->context, bench->model, &options, &printed.c, &printed.h),
		STP_DONE);
	assert_int_equal(stp_fingerprint(&bench->context, bench->model, printed.fingerprint),
			 STP_DONE);
	return printed;
}

static void test_same_model_same_text(void **state)
{
	struct printed one = print(*state, both_languages, 2);
	struct printed two = print(*state, both_languages, 2);

	assert_string_equal(one.c.text, two.c.text);
	assert_string_equal(one.h.text, two.h.text);
}

static const char *line_of(const struct printed *printed, const char *begin)
{
	const char *line = strstr(printed->h.text, begin);

	assert_non_null(line);
	return line;
}

static bool same_line(const struct printed *one, const struct printed *two, const char *begin)
{
	const char *a = line_of(one, begin);
	const char *b = line_of(two, begin);
	size_t length = strcspn(a, "\n");

	return strncmp(a, b, length + 1) == 0;
}

#define FINGERPRINT "#define ACNE_FINGERPRINT "
#define DIGEST      "#define ACNE_INTERFACE_DIGEST "

static void test_fingerprint_covers_rules_not_words(void **state)
{
	struct table_bench *bench = *state;
	struct stp_protocol *protocol = fixture_protocol(bench->model);
	struct printed plain = print(bench, NULL, 0);
	struct printed worded = print(bench, both_languages, 2);
	struct printed changed;

	assert_true(same_line(&plain, &worded, FINGERPRINT));
	assert_memory_equal(plain.fingerprint, worded.fingerprint, STP_FINGERPRINT_BYTES);
	protocol->label = "other words";
	changed = print(bench, english, 1);
	assert_true(same_line(&plain, &changed, FINGERPRINT));
	protocol->course.sessions_limit--;
	changed = print(bench, NULL, 0);
	assert_false(same_line(&plain, &changed, FINGERPRINT));
	assert_true(same_line(&plain, &changed, DIGEST));
}

static void test_fingerprint_is_printed_as_computed(void **state)
{
	struct printed printed = print(*state, NULL, 0);
	const char *text = line_of(&printed, FINGERPRINT) + strlen(FINGERPRINT "\"");

	for (size_t i = 0; i < STP_FINGERPRINT_BYTES; i++) {
		char digits[3] = { text[2 * i], text[2 * i + 1], 0 };
		const char *expected = stp_format(&((struct table_bench *)*state)->context, "%02x",
						  printed.fingerprint[i]);

		assert_string_equal(digits, expected);
	}
}

static void test_interface_digest_covers_names(void **state)
{
	struct table_bench *bench = *state;
	struct stp_factor *factor = (struct stp_factor *)(uintptr_t)bench->model->factors[0];
	struct printed before = print(bench, NULL, 0);
	struct printed after;

	factor->values[1] = factor->values[0];
	factor->values[0].name = "II";
	after = print(bench, NULL, 0);
	assert_false(same_line(&before, &after, DIGEST));
}

static void test_keys_are_of_kind_and_name(void **state)
{
	(void)state;
	assert_int_equal(stp_table_key("protocol", "acne_scars"), 0x094B161Bu);
	assert_int_not_equal(stp_table_key("zone", "acne_scars"), 0x094B161Bu);
}

/* ---- contents ---- */

static uint32_t section_count(const struct table_bench *bench, enum stp_table_section section)
{
	struct stipple_section found;

	memcpy(&found, bench->image + stp_row_type(section)->header_member, sizeof found);
	return found.count;
}

static void test_equal_rows_are_stored_once(void **state)
{
	struct table_bench *bench = *state;
	struct stp_zone_plan *plans =
		(struct stp_zone_plan *)(uintptr_t)fixture_protocol(bench->model)->zones;

	assert_int_equal(section_count(bench, STP_SECTION_DEPTH), 2);
	assert_int_equal(section_count(bench, STP_SECTION_PACE), 1);
	plans[1].settings[STP_DEPTH] = plans[0].settings[STP_DEPTH];
	plans[0].settings[STP_RATE].range_high.value = 6900;
	table_bench_rebuild(bench);
	assert_int_equal(section_count(bench, STP_SECTION_DEPTH), 1);
	assert_int_equal(section_count(bench, STP_SECTION_PACE), 2);
}

/* What can never tighten makes no row: 1000 um where the limit for everybody is 1000 um. */
static void test_idle_tightenings_are_dropped(void **state)
{
	struct table_bench *bench = *state;

	assert_int_equal(section_count(bench, STP_SECTION_TIGHTENING), 6 + 1);
}

static void test_only_what_is_used(void **state)
{
	struct table_bench *bench = *state;

	assert_int_equal(section_count(bench, STP_SECTION_QUESTION), 5 + 2);
	assert_int_equal(section_count(bench, STP_SECTION_FACTOR), 3);
	fixture_protocol(bench->model)->care_count = 0;
	table_bench_rebuild(bench);
	assert_int_equal(section_count(bench, STP_SECTION_QUESTION), 5);
	assert_int_equal(section_count(bench, STP_SECTION_WINDOW), 1);
}

static void test_labels_by_language(void **state)
{
	struct table_bench *bench = *state;
	const struct stp_tables_options options = {
		"acne", "acne.h", both_languages, 2, false, NULL
	};
	const uint8_t *image;
	size_t length;
	uint32_t reason;

	assert_int_equal(stp_table_image(&bench->context, bench->model, &options, &image, &length),
			 STP_DONE);
	assert_int_equal(
		stipple_open(&bench->table, image, (uint32_t)length, &bench->expected, &reason),
		STIPPLE_ANSWERED);
	assert_string_equal(stipple_label(&bench->table, STIPPLE_NAMED_ZONE, 1, 0), "cheeks");
	assert_string_equal(stipple_label(&bench->table, STIPPLE_NAMED_ZONE, 1, 1),
			    "mejillas \"\xC3\xB1\" ?\?/");
	assert_string_equal(stipple_label(&bench->table, STIPPLE_NAMED_ZONE, 2, 1), "forehead");
	assert_string_equal(stipple_label(&bench->table, STIPPLE_NAMED_FACTOR, 0, 0),
			    "What is the skin type?");
	assert_string_equal(stipple_label(&bench->table, STIPPLE_NAMED_ZONE, 1, 2), "");
}

/* ---- what does not fit ---- */

static void assert_refused(struct table_bench *bench)
{
	const struct stp_tables_options options = { .name = "acne", .header = "acne.h" };
	struct stp_string c, h;

	stp_string_init(&c, &bench->context);
	stp_string_init(&h, &bench->context);
	assert_int_equal(stp_emit_tables(&bench->context, bench->model, &options, &c, &h),
			 STP_FAULTS);
	assert_int_equal(c.length + h.length, 0);
	assert_int_equal(stp_error_count(&bench->context), 1);
}

static void test_refuses_too_great_a_number(void **state)
{
	struct table_bench *bench = *state;

	((struct stp_device *)(uintptr_t)bench->model->devices[0])->depth_high_um = 65535;
	assert_refused(bench);
}

static void test_refuses_too_many_zones(void **state)
{
	struct table_bench *bench = *state;
	struct stp_protocol *protocol = fixture_protocol(bench->model);
	struct stp_zone_plan *plans =
		stp_alloc_array(&bench->context, STIPPLE_ZONES_MOST + 1, sizeof *plans);

	for (size_t i = 0; i <= STIPPLE_ZONES_MOST; i++)
		plans[i] = protocol->zones[2];
	protocol->zones = plans;
	protocol->zone_count = STIPPLE_ZONES_MOST + 1;
	assert_refused(bench);
}

static void test_refuses_too_many_tightenings(void **state)
{
	struct table_bench *bench = *state;
	struct stp_protocol *protocol = fixture_protocol(bench->model);
	struct stp_zone_plan *plan = (struct stp_zone_plan *)(uintptr_t)protocol->zones;
	struct stp_never *never =
		stp_alloc_array(&bench->context, STIPPLE_TIGHTENINGS_MOST + 1, sizeof *never);

	for (size_t i = 0; i <= STIPPLE_TIGHTENINGS_MOST; i++)
		never[i].when = plan->contributions[0].when;
	plan->never_when = never;
	plan->never_when_count = STIPPLE_TIGHTENINGS_MOST + 1;
	assert_refused(bench);
}

static void test_refuses_no_protocol(void **state)
{
	struct table_bench *bench = *state;

	bench->model->protocol_count = 0;
	assert_refused(bench);
}

/* ---- text that is safe in C ---- */

static void test_names_of_tables(void **state)
{
	(void)state;
	assert_true(stp_is_table_name("acne_scars"));
	assert_true(stp_is_table_name("A1"));
	assert_false(stp_is_table_name(""));
	assert_false(stp_is_table_name("1a"));
	assert_false(stp_is_table_name("_a"));
	assert_false(stp_is_table_name("a-b"));
	assert_false(stp_is_table_name("a b"));
	assert_false(stp_is_table_name("\xC3\xA4"));
}

static void test_comments_hold_no_end_of_comment(void **state)
{
	struct table_bench *bench = *state;
	struct stp_string out;

	stp_string_init(&out, &bench->context);
	stp_add_comment_text(&out, "a */ b /* c \\\n ?\?/ **/ \x7F \xC3\xB1");
	assert_null(strstr(out.text, "*/"));
	assert_null(strstr(out.text, "/*"));
	assert_null(strstr(out.text, "\?\?"));
	assert_null(strchr(out.text, '\\'));
	assert_null(strchr(out.text, '\n'));
	assert_non_null(strstr(out.text, "\xC3\xB1"));
}

/* Where a rule stands is shown; where the author keeps it is not. */
static void test_no_absolute_path(void **state)
{
	struct table_bench *bench = *state;
	struct stp_protocol *protocol = fixture_protocol(bench->model);
	struct stp_source *source =
		stp_source_from_memory(&bench->context, "/home/author/acne.stip", "\nx\n", 3);
	struct printed printed;

	protocol->span.source = source->id;
	protocol->span.begin = 1;
	printed = print(bench, NULL, 0);
	assert_null(strstr(printed.c.text, "author"));
	assert_non_null(strstr(printed.c.text, "acne.stip:2"));
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, table_bench_setup, table_bench_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_sha256),
		CASE(test_schema_names_every_byte),
		CASE(test_sections_are_in_order),
		CASE(test_same_model_same_text),
		CASE(test_fingerprint_covers_rules_not_words),
		CASE(test_fingerprint_is_printed_as_computed),
		CASE(test_interface_digest_covers_names),
		CASE(test_keys_are_of_kind_and_name),
		CASE(test_equal_rows_are_stored_once),
		CASE(test_idle_tightenings_are_dropped),
		CASE(test_only_what_is_used),
		CASE(test_labels_by_language),
		CASE(test_refuses_too_great_a_number),
		CASE(test_refuses_too_many_zones),
		CASE(test_refuses_too_many_tightenings),
		CASE(test_refuses_no_protocol),
		CASE(test_names_of_tables),
		CASE(test_comments_hold_no_end_of_comment),
		CASE(test_no_absolute_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
