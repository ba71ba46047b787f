/* SPDX-License-Identifier: Apache-2.0 */
/* Imports: where they are found, that each file is read once, and that none leads outside. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "model/load.h"
#include "syntax/syntax.h"

struct bench {
	struct stp_context context;
	struct stp_tree **trees;
	size_t count;
	bool complete;
	char folder[64];
};

static int set_up(void **state)
{
	static struct bench bench;

	memset(&bench, 0, sizeof bench);
	stp_context_init(&bench.context, NULL);
	if (STP_GUARD(&bench.context))
		return 1;
	snprintf(bench.folder, sizeof bench.folder, "/tmp/stipple-load-XXXXXX");
	if (mkdtemp(bench.folder) == NULL)
		return 1;
	*state = &bench;
	return 0;
}

static int tear_down(void **state)
{
	struct bench *bench = *state;
	char command[128];

	snprintf(command, sizeof command, "rm -rf '%s'", bench->folder);
	stp_context_free(&bench->context);
	return system(command);
}

static void load_with(struct bench *bench, const struct stp_load_options *options, const char *path)
{
	bench->complete =
		stp_load(&bench->context, options, &path, 1, &bench->trees, &bench->count);
}

/* Loads the first of the files, all of which lie in memory. */
static void load(struct bench *bench, const struct stp_overlay *files, size_t count)
{
	const struct stp_load_options options = { .overlay = files, .overlay_count = count };

	load_with(bench, &options, files[0].path);
}

#define FILE_OF(path, text)                                                                        \
	{                                                                                          \
		path, text, sizeof text - 1                                                        \
	}
#define LOAD(bench, files) load((bench), (files), sizeof(files) / sizeof *(files))

static const char *name_of(const struct bench *bench, size_t tree)
{
	return bench->trees[tree]->source->name;
}

static void assert_reported(const struct bench *bench, enum stp_diagnostic_id id)
{
	assert_non_null(stp_diagnostics(&bench->context));
	assert_int_equal(stp_diagnostics(&bench->context)->id, id);
	assert_null(stp_diagnostics(&bench->context)->next);
}

/* ---- where imports are found ---- */

static void own_folder_comes_first(void **state)
{
	const struct stp_overlay files[] = {
		FILE_OF("a/main.stip", "import \"zones\"\nimport \"deep/more\"\n"),
		FILE_OF("a/zones.stip", "zone legs\n"),
		FILE_OF("a/deep/more.stip", "import \"beside\"\n"),
		FILE_OF("a/deep/beside.stip", "zone arms\n"),
	};
	struct bench *bench = *state;

	LOAD(bench, files);
	assert_true(bench->complete);
	assert_null(stp_diagnostics(&bench->context));
	assert_int_equal(bench->count, 4);
	assert_string_equal(name_of(bench, 0), "a/main.stip");
	assert_string_equal(name_of(bench, 1), "a/zones.stip");
	assert_string_equal(name_of(bench, 3), "a/deep/beside.stip");
}

static void import_folders_come_in_order(void **state)
{
	const struct stp_overlay files[] = {
		FILE_OF("main.stip", "import \"zones\"\n"),
		FILE_OF("second/zones.stip", "zone arms\n"),
		FILE_OF("first/zones.stip", "zone legs\n"),
	};
	const char *const folders[] = { "none", "first", "second" };
	const struct stp_load_options options = { folders, 3, files, 3, NULL, 0 };
	struct bench *bench = *state;

	load_with(bench, &options, "main.stip");
	assert_true(bench->complete);
	assert_int_equal(bench->count, 2);
	assert_string_equal(name_of(bench, 1), "first/zones.stip");
}

static void the_library_comes_last_and_can_be_replaced(void **state)
{
	const struct stp_overlay files[] = {
		FILE_OF("main.stip", "import \"std/sources\"\n"),
		FILE_OF("mine/std/sources.stip", "source s { grade A }\n"),
	};
	const char *const folders[] = { "mine" };
	const struct stp_load_options with = { folders, 1, files, 2, NULL, 0 };
	struct bench *bench = *state;

	load(bench, files, 1);
	assert_int_equal(bench->count, 2);
	assert_string_equal(name_of(bench, 1), "std/sources");
	assert_true(bench->trees[1]->source->embedded);
	stp_context_free(&bench->context);
	stp_context_init(&bench->context, NULL);
	if (STP_GUARD(&bench->context))
		fail_msg("out of memory");
	load_with(bench, &with, "main.stip");
	assert_string_equal(name_of(bench, 1), "mine/std/sources.stip");
}

static void each_file_is_read_once(void **state)
{
	const struct stp_overlay files[] = {
		FILE_OF("main.stip", "import \"a\"\nimport \"b\"\nimport \"a\"\n"),
		FILE_OF("a.stip", "import \"c\"\n"),
		FILE_OF("b.stip", "import \"c\"\n"),
		FILE_OF("c.stip", "zone legs\n"),
	};
	struct bench *bench = *state;

	LOAD(bench, files);
	assert_int_equal(bench->count, 4);
	assert_null(stp_diagnostics(&bench->context));
}

/* ---- what is refused ---- */

static void what_is_not_found_is_reported(void **state)
{
	const struct stp_overlay files[] = { FILE_OF("main.stip", "import \"std/zone\"\n") };
	struct bench *bench = *state;

	LOAD(bench, files);
	assert_false(bench->complete);
	assert_reported(bench, STP_D_import_not_found);
	assert_string_equal(stp_diagnostics(&bench->context)->fixes->text, "\"std/zones\"");
}

static void a_circle_is_reported_once(void **state)
{
	const struct stp_overlay files[] = {
		FILE_OF("main.stip", "import \"a\"\n"),
		FILE_OF("a.stip", "import \"b\"\n"),
		FILE_OF("b.stip", "import \"a\"\n"),
	};
	struct bench *bench = *state;

	LOAD(bench, files);
	assert_reported(bench, STP_D_import_cycle);
	assert_int_equal(bench->count, 3);
	assert_non_null(stp_diagnostics(&bench->context)->labels);
}

static void a_file_that_imports_itself_is_a_circle(void **state)
{
	const struct stp_overlay files[] = { FILE_OF("main.stip", "import \"main\"\n") };
	struct bench *bench = *state;

	LOAD(bench, files);
	assert_reported(bench, STP_D_import_cycle);
}

static void names_that_lead_away_are_refused(void **state)
{
	static const char *const names[] = { "../a", "a/../../b", "/etc/passwd", "a//b",   "./a",
					     "",     "a/",        "a.stip",      "a\\\\b", ".." };
	struct bench *bench = *state;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char text[64];
		struct stp_overlay file = { "main.stip", text, 0 };

		snprintf(text, sizeof text, "import \"%s\"\n", names[i]);
		file.length = strlen(text);
		stp_context_free(&bench->context);
		stp_context_init(&bench->context, NULL);
		if (STP_GUARD(&bench->context))
			fail_msg("out of memory");
		load(bench, &file, 1);
		assert_reported(bench, STP_D_import_name);
	}
}

static void write_file(const struct bench *bench, const char *name, const char *text)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", bench->folder, name);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static const char *path_of(struct bench *bench, const char *name)
{
	return stp_format(&bench->context, "%s/%s", bench->folder, name);
}

static void a_link_out_of_the_folder_is_refused(void **state)
{
	const struct stp_load_options options = { .folders = NULL };
	struct bench *bench = *state;

	assert_int_equal(mkdir(path_of(bench, "inside"), 0700), 0);
	write_file(bench, "outside.stip", "zone legs\n");
	write_file(bench, "inside/main.stip", "import \"link\"\nimport \"fine\"\n");
	write_file(bench, "inside/real.stip", "zone arms\n");
	assert_int_equal(symlink("../outside.stip", path_of(bench, "inside/link.stip")), 0);
	assert_int_equal(symlink("real.stip", path_of(bench, "inside/fine.stip")), 0);
	load_with(bench, &options, path_of(bench, "inside/main.stip"));
	assert_false(bench->complete);
	assert_reported(bench, STP_D_import_outside);
	assert_int_equal(bench->count, 2);
}

static void a_folder_is_no_file(void **state)
{
	const struct stp_load_options options = { .folders = NULL };
	struct bench *bench = *state;

	assert_int_equal(mkdir(path_of(bench, "sub.stip"), 0700), 0);
	write_file(bench, "main.stip", "import \"sub\"\n");
	load_with(bench, &options, path_of(bench, "main.stip"));
	assert_false(bench->complete);
	assert_reported(bench, STP_D_cannot_read);
}

static void a_long_chain_of_imports_is_read(void **state)
{
	enum { CHAIN = 3000 };
	struct bench *bench = *state;
	struct stp_overlay *files = stp_alloc_array(&bench->context, CHAIN, sizeof *files);

	for (size_t i = 0; i < CHAIN; i++) {
		files[i].path = stp_format(&bench->context, "f%zu.stip", i);
		files[i].text = i + 1 < CHAIN
					? stp_format(&bench->context, "import \"f%zu\"\n", i + 1)
					: "zone legs\n";
		files[i].length = strlen(files[i].text);
	}
	load(bench, files, CHAIN);
	assert_int_equal(bench->count, CHAIN);
	assert_null(stp_diagnostics(&bench->context));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(own_folder_comes_first),
		TEST(import_folders_come_in_order),
		TEST(the_library_comes_last_and_can_be_replaced),
		TEST(each_file_is_read_once),
		TEST(what_is_not_found_is_reported),
		TEST(a_circle_is_reported_once),
		TEST(a_file_that_imports_itself_is_a_circle),
		TEST(names_that_lead_away_are_refused),
		TEST(a_link_out_of_the_folder_is_refused),
		TEST(a_folder_is_no_file),
		TEST(a_long_chain_of_imports_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
