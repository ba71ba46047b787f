/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a command's arguments, and its help, both from the same table of options. */
#include <string.h>

#include "program.h"

struct option {
	const char *word, *value, *help;
};

static const struct option options[STP_OPTION_COUNT] = {
#define STP_OPTION(id, word, value, help) { word, value, help },
	STP_OPTIONS(STP_OPTION)
#undef STP_OPTION
};

static bool takes(const struct stp_command *command, size_t option)
{
	return option == STP_O_HELP || (command->options & 1u << option) != 0;
}

/*
 * Which option the word is; its value where it is attached (--lang=es, -Ifolder), else NULL.
 * STP_OPTION_COUNT when it is none of the command's.
 */
static size_t option_of(const struct stp_command *command, const char *word, const char **attached)
{
	*attached = NULL;
	for (size_t i = 0; i < STP_OPTION_COUNT; i++)
		if (takes(command, i) && strcmp(word, options[i].word) == 0)
			return i;
	for (size_t i = 0; i < STP_OPTION_COUNT; i++) {
		size_t length = strlen(options[i].word);
		bool is_long = options[i].word[1] == '-';

		if (!takes(command, i) || options[i].value == NULL ||
		    strncmp(word, options[i].word, length) != 0)
			continue;
		if (is_long && word[length] != '=')
			continue;
		*attached = word + length + is_long;
		return i;
	}
	return STP_OPTION_COUNT;
}

static const char *unknown_option(struct stp_context *context, const struct stp_command *command,
				  const char *word)
{
	const char *words[STP_OPTION_COUNT];
	const char *near;
	size_t count = 0;

	for (size_t i = 0; i < STP_OPTION_COUNT; i++)
		if (takes(command, i))
			words[count++] = options[i].word;
	near = stp_nearest(word, words, count);
	if (near != NULL)
		return stp_format(context, "stipple %s has no option %s; did you mean %s?",
				  command->name, word, near);
	return stp_format(context, "stipple %s has no option %s", command->name, word);
}

static const char *missing(struct stp_context *context, const struct stp_command *command,
			   const struct stp_arguments *arguments)
{
	if (arguments->file_count == 0)
		return stp_format(context, "stipple %s needs a file", command->name);
	for (size_t i = 0; i < STP_OPTION_COUNT; i++)
		if ((command->required & 1u << i) != 0 && arguments->values[i] == NULL)
			return stp_format(context, "stipple %s needs %s %s", command->name,
					  options[i].word, options[i].value);
	return NULL;
}

/* One option with its value; the count of further words that it took, or -1 with *why. */
static int read_option(struct stp_context *context, const struct stp_command *command,
		       const char *word, const char *next, struct stp_arguments *arguments,
		       const char **why)
{
	const char *attached;
	size_t option = option_of(command, word, &attached);
	const char *value = attached != NULL ? attached : next;

	if (option == STP_OPTION_COUNT) {
		*why = unknown_option(context, command, word);
		return -1;
	}
	if (options[option].value == NULL) {
		arguments->values[option] = "";
		return 0;
	}
	if (value == NULL) {
		*why = stp_format(context, "%s needs a value: %s %s", word, word,
				  options[option].value);
		return -1;
	}
	arguments->values[option] = value;
	if (option == STP_O_INCLUDE)
		arguments->folders[arguments->folder_count++] = value;
	return attached != NULL ? 0 : 1;
}

int stp_read_arguments(struct stp_context *context, const struct stp_command *command, int argc,
		       char **argv, struct stp_arguments *arguments, const char **why)
{
	bool only_files = false;

	memset(arguments, 0, sizeof *arguments);
	arguments->files = stp_alloc_array(context, (size_t)argc + 1, sizeof *arguments->files);
	arguments->folders = stp_alloc_array(context, (size_t)argc + 1, sizeof *arguments->folders);
	for (int i = 0; i < argc; i++) {
		const char *next = i + 1 < argc ? argv[i + 1] : NULL;
		int taken = 0;

		if (!only_files && strcmp(argv[i], "--") == 0)
			only_files = true;
		else if (only_files || argv[i][0] != '-' || argv[i][1] == '\0')
			arguments->files[arguments->file_count++] = argv[i];
		else
			taken = read_option(context, command, argv[i], next, arguments, why);
		if (taken < 0)
			return STP_USAGE;
		if (arguments->values[STP_O_HELP] != NULL)
			return STP_DONE;
		i += taken;
	}
	if (takes(command, STP_O_LANGUAGE) && arguments->values[STP_O_LANGUAGE] == NULL)
		arguments->values[STP_O_LANGUAGE] = "en";
	*why = missing(context, command, arguments);
	return *why == NULL ? STP_DONE : STP_USAGE;
}

void stp_command_help(struct stp_string *out, const struct stp_command *command)
{
	stp_addf(out, "Usage: stipple %s %s\n\n%s\n\nOptions:\n", command->name, command->synopsis,
		 command->description);
	for (size_t i = 0; i < STP_OPTION_COUNT; i++) {
		const char *value = options[i].value == NULL ? "" : options[i].value;

		if (takes(command, i))
			stp_addf(out, "  %-10s %-5s %s\n", options[i].word, value, options[i].help);
	}
	stp_addf(out, "\nExamples:\n%s", command->examples);
}
