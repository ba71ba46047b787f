/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Prints what the words of a language come to, one thing a line, for icu.mjs to hold against ICU:
 * plural classes of codes, then numbers with units, dates, lists and decimals of shipped languages.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "emit/calendar_dates.h"
#include "emit/words.h"
#include "model/load.h"

#define NUMBERS 200

static void print_classes(const char *code)
{
	const struct stp_plural_rule *rule = stp_plural_rule(code);

	for (unsigned n = 0; n <= NUMBERS; n++)
		printf("class\t%s\t%u\t%s\n", code, n, stp_plural_class_names[rule->class_of(n)]);
}

static const struct {
	enum stp_time_unit unit;
	const char *name;
} units[] = { { STP_SECOND, "second" }, { STP_MINUTE, "minute" }, { STP_HOUR, "hour" },
	      { STP_DAY, "day" },       { STP_WEEK, "week" },     { STP_MONTH, "month" },
	      { STP_YEAR, "year" } };

static void print_units(const struct stp_words *words)
{
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		for (uint32_t n = 0; n <= NUMBERS; n++)
			printf("unit\t%s\t%s %u\t%s\n", words->language->name, units[i].name, n,
			       stp_time_words(words, (struct stp_duration){ n, units[i].unit }));
}

static void print_dates(const struct stp_words *words)
{
	/* 400 days from 1 January 2027, so each month and weekday with each day of a month. */
	for (int64_t day = 20819; day < 20819 + 400; day++) {
		struct stp_date date = stp_date_from_day(day);
		const char *code = words->language->name;

		printf("date\t%s\t%d\t%s\n", code, (int)day, stp_date_words(words, day, false));
		printf("year\t%s\t%d\t%s\n", code, (int)day, stp_date_words(words, day, true));
		printf("plain\t%s\t%d\t%s\n", code, (int)day, stp_plain_date(words, date));
	}
}

static void print_lists(const struct stp_words *words)
{
	static const char *const items[][4] = { { "Aa", "Bb", "Cc", "Dd" },
						{ "Xx", "isla", "oro", "hijo" },
						{ "Xx", "hielo", "agua", "hora" },
						{ "isla", "oro", "agua", "hiato" } };

	for (size_t i = 0; i < sizeof items / sizeof *items; i++)
		for (size_t count = 1; count <= 4; count++) {
			printf("and\t%s\t%zu %zu\t%s\n", words->language->name, i, count,
			       stp_list_and(words, items[i], count));
			printf("or\t%s\t%zu %zu\t%s\n", words->language->name, i, count,
			       stp_list_or(words, items[i], count));
		}
}

static void print_decimals(const struct stp_words *words)
{
	for (uint32_t value = 0; value <= 5000; value += 125)
		printf("decimal\t%s\t%u\t%s\n", words->language->name, value,
		       stp_decimal(words, value, 3));
}

static bool open_words(struct stp_context *context, const char *code, struct stp_words *words)
{
	struct stp_overlay overlay = { "the words", NULL, 0 };
	struct stp_load_options options = { .overlay = &overlay, .overlay_count = 1 };
	struct stp_tree **trees;
	size_t count;

	overlay.text = stp_format(context, "import \"std/languages/%s\"\n", code);
	overlay.length = strlen(overlay.text);
	if (!stp_load(context, &options, &overlay.path, 1, &trees, &count))
		return false;
	const struct stp_model *model =
		stp_resolve(context, (const struct stp_tree *const *)trees, count);
	return stp_error_count(context) == 0 && model->language_count == 1 &&
	       stp_words_open(words, context, model->languages[0]);
}

static bool print_all(const char *code)
{
	struct stp_context context;
	struct stp_words words;
	bool opened;

	stp_context_init(&context, NULL);
	if (STP_GUARD(&context))
		return false;
	opened = open_words(&context, code, &words);
	if (opened) {
		print_units(&words);
		print_dates(&words);
		print_lists(&words);
		print_decimals(&words);
	}
	stp_context_free(&context);
	return opened;
}

/* words CODE...: of these all is printed; after "--" the classes of the codes alone. */
int main(int argc, char **argv)
{
	bool shipped = true;

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--") == 0) {
			shipped = false;
			continue;
		}
		print_classes(argv[i]);
		if (shipped && !print_all(argv[i])) {
			fprintf(stderr, "%s cannot be opened\n", argv[i]);
			return EXIT_FAILURE;
		}
	}
	return EXIT_SUCCESS;
}
