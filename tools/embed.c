/* SPDX-License-Identifier: Apache-2.0 */
/*
 * embed TABLE PREFIX FOLDER FILE... > library.c
 *
 * Writes texts that travel inside the program as C: one string for each FILE below FOLDER, and one
 * of the tables that compiler/support/library.h declares, its names beginning with PREFIX and
 * sorted in byte order. It runs only while the program is built. The output depends only on the
 * files' names below FOLDER and their bytes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char suffix[] = ".stip";

struct file {
	const char *path; /* as given on the command line */
	const char *stem; /* the part of path below the folder, not terminated */
	size_t stem_length;
	size_t bytes;
};

static void fail(const char *what, const char *path)
{
	fprintf(stderr, "embed: %s: %s\n", path, what);
	exit(EXIT_FAILURE);
}

static struct file name_file(const char *folder, const char *path)
{
	size_t folder_length = strlen(folder);
	size_t length = strlen(path);

	if (strncmp(path, folder, folder_length) != 0 || path[folder_length] != '/')
		fail("lies outside the library's folder", path);
	if (length < sizeof suffix || strcmp(path + length - (sizeof suffix - 1), suffix) != 0)
		fail("is not a .stip file", path);
	return (struct file){
		.path = path,
		.stem = path + folder_length + 1,
		.stem_length = length - folder_length - sizeof suffix,
	};
}

static int compare_names(const void *left, const void *right)
{
	const struct file *a = left;
	const struct file *b = right;
	size_t common = a->stem_length < b->stem_length ? a->stem_length : b->stem_length;
	int order = memcmp(a->stem, b->stem, common);

	if (order != 0)
		return order;
	return (a->stem_length > b->stem_length) - (a->stem_length < b->stem_length);
}

/* Every byte that is not plain goes out as three octal digits, which no following digit can
 * lengthen; a question mark is escaped so that no two of them begin a trigraph. */
static void write_byte(int byte)
{
	if (byte == '\n')
		fputs("\\n\"\n\t\"", stdout);
	else if (byte == '"' || byte == '\\' || byte == '?')
		printf("\\%c", byte);
	else if (byte == '\t')
		fputs("\\t", stdout);
	else if (byte < ' ' || byte > '~')
		printf("\\%03o", (unsigned int)byte);
	else
		putchar(byte);
}

static void write_text(struct file *file, size_t index)
{
	FILE *input = fopen(file->path, "rb");
	int byte;

	if (!input)
		fail("cannot be read", file->path);
	printf("\nstatic const char text_%zu[] =\n\t\"", index);
	while ((byte = getc(input)) != EOF) {
		write_byte(byte);
		file->bytes++;
	}
	if (ferror(input))
		fail("cannot be read", file->path);
	fclose(input);
	fputs("\";\n", stdout);
}

static void write_table(const char *table, const char *prefix, const struct file *files,
			size_t count)
{
	printf("\nconst struct stp_library_file %s[] = {\n", table);
	for (size_t i = 0; i < count; i++)
		printf("\t{\"%s%.*s\", text_%zu, %zu},\n", prefix, (int)files[i].stem_length,
		       files[i].stem, i, files[i].bytes);
	if (count == 0)
		fputs("\t{NULL, NULL, 0},\n", stdout);
	printf("};\n\nconst size_t %s_count = %zu;\n", table, count);
}

int main(int argument_count, char **arguments)
{
	if (argument_count < 4) {
		fputs("usage: embed TABLE PREFIX FOLDER FILE... > library.c\n", stderr);
		return EXIT_FAILURE;
	}
	size_t count = (size_t)argument_count - 4;
	struct file *files = calloc(count + 1, sizeof *files);

	if (!files)
		fail("out of memory", arguments[3]);
	for (size_t i = 0; i < count; i++)
		files[i] = name_file(arguments[3], arguments[i + 4]);
	qsort(files, count, sizeof *files, compare_names);
	fputs("/* Made by tools/embed.c; do not edit. */\n"
	      "#include \"support/library.h\"\n",
	      stdout);
	for (size_t i = 0; i < count; i++)
		write_text(&files[i], i);
	write_table(arguments[1], arguments[2], files, count);
	free(files);
	if (fflush(stdout) != 0 || ferror(stdout))
		fail("cannot be written", "standard output");
	return EXIT_SUCCESS;
}
