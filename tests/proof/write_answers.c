/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Random models for a target: their tables as C, and what the naive evaluator of
 * test_tables_oracle.c says of random clients, as rows of C that answers.c reads.
 *
 * write_answers FOLDER MODELS CLIENTS
 */
#define main oracle_main
#include "../unit/test_tables_oracle.c"
#undef main

#include <stdlib.h>

static FILE *open_in(struct stp_context *context, const char *folder, const char *name)
{
	FILE *file = fopen(stp_format(context, "%s/%s", folder, name), "wb");

	if (file == NULL)
		exit(1);
	return file;
}

static void write_string(struct stp_context *context, const char *folder, const char *name,
			 const struct stp_string *text)
{
	FILE *file = open_in(context, folder, name);

	if (fwrite(text->text, 1, text->length, file) != text->length || fclose(file) != 0)
		exit(1);
}

/* The table of model number n, as modelNNN.c and .h. */
static void write_table(struct table_bench *bench, const char *folder, int n)
{
	struct stp_context *context = &bench->context;
	const char *name = stp_format(context, "model%03d", n);
	struct stp_tables_options how = { 0 };
	struct stp_string c, h;

	how.name = name;
	how.header = stp_format(context, "%s.h", name);
	stp_string_init(&c, context);
	stp_string_init(&h, context);
	if (stp_emit_tables(context, bench->model, &how, &c, &h) != STP_DONE)
		exit(1);
	write_string(context, folder, stp_format(context, "%s.c", name), &c);
	write_string(context, folder, how.header, &h);
}

static void write_bytes(FILE *out, const uint8_t *bytes, size_t count)
{
	fputs("{ ", out);
	for (size_t i = 0; i < count; i++)
		fprintf(out, "%u, ", bytes[i]);
	fputs("}, ", out);
}

static void write_requests(FILE *out, const struct expected *expected)
{
	fputs("{ ", out);
	for (int s = 0; s < STP_SETTINGS; s++)
		for (int side = 0; side < STP_START; side++)
			for (uint32_t off = 0; off < 3; off++) {
				uint32_t value = expected->bound[s][side] + off - 1;

				if (value > 0xFFFFu)
					value = 0xFFFFu;
				fprintf(out, "{ %uu, 0x%08Xu }, ", value,
					expected_request(expected, s, value));
			}
	fputs("}, ", out);
}

static void write_client(FILE *out, const struct table_bench *bench,
			 const struct expected *expected, int model)
{
	fprintf(out, "{ %d, ", model);
	write_bytes(out, bench->factors, 8);
	write_bytes(out, bench->questions, 4);
	fprintf(out, "%u, %u, %u, 0x%08Xu, ", bench->client.session, bench->client.age,
		bench->client.last_depth, expected->verdict);
	write_requests(out, expected);
	fprintf(out, "0x%04X, 0x%04X },\n", expected->patterns, expected->endpoints);
}

int main(int count, char **arguments)
{
	void *state = NULL;
	struct table_bench *bench;
	struct stp_zone_plan *plan;
	FILE *rows, *tables;

	if (count != 4 || table_bench_setup(&state) != 0)
		return 2;
	bench = state;
	plan = (struct stp_zone_plan *)(uintptr_t)fixture_protocol(bench->model)->zones;
	rows = open_in(&bench->context, arguments[1], "answers.inc");
	tables = open_in(&bench->context, arguments[1], "tables.inc");
	for (int m = 0; m < atoi(arguments[2]); m++) {
		struct draft draft;

		draw_plan(bench->model, plan, &draft);
		table_bench_rebuild(bench);
		write_table(bench, arguments[1], m);
		fprintf(tables, "TABLE(%03d)\n", m);
		for (int c = 0; c < atoi(arguments[3]); c++) {
			struct expected expected;

			draw_client(bench);
			hear_all(bench, plan, &expected);
			conclude(bench, &expected);
			write_client(rows, bench, &expected, m);
		}
	}
	return fclose(rows) != 0 || fclose(tables) != 0;
}
