/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a command's arguments, and its help, both from the same table of options. */
#include <string.h>

#include "program.h"

const struct stp_option stp_options[STP_OPTION_COUNT] = {
#define STP_OPTION(id, word, value, help) { word, value, help },
#include "options.def"
#undef STP_OPTION
};

bool stp_command_takes(const struct stp_command *command, size_t option)
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
	if (strcmp(word, "-h") == 0)
		return STP_O_HELP;
	for (size_t i = 0; i < STP_OPTION_COUNT; i++)
		if (stp_command_takes(command, i) && strcmp(word, stp_options[i].word) == 0)
			return i;
	for (size_t i = 0; i < STP_OPTION_COUNT; i++) {
		size_t length = strlen(stp_options[i].word);
		bool is_long = stp_options[i].word[1] == '-';

		if (!stp_command_takes(command, i) || stp_options[i].value == NULL ||
		    strncmp(word, stp_options[i].word, length) != 0)
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
		if (stp_command_takes(command, i))
			words[count++] = stp_options[i].word;
	near = stp_nearest(word, words, count);
	if (near != NULL)
		return stp_format(context, "stipple %s has no option %s; did you mean %s?",
				  command->name, word, near);
	return stp_format(context, "stipple %s has no option %s", command->name, word);
}

static const char *missing(struct stp_context *context, const struct stp_command *command,
			   const struct stp_arguments *arguments)
{
	if (arguments->file_count == 0 && !command->needs_no_file)
		return stp_format(context, "%s needs a file", command->name);
	for (size_t i = 0; i < STP_OPTION_COUNT; i++)
		if ((command->required & 1u << i) != 0 && arguments->values[i] == NULL)
			return stp_format(context, "stipple %s needs %s %s", command->name,
					  stp_options[i].word, stp_options[i].value);
	return NULL;
}

/* Two outputs cannot share standard output, which has no name for a depfile. */
static const char *clash(const struct stp_arguments *arguments)
{
	const char *form = arguments->values[STP_O_DIAGNOSTICS];
	const char *output = arguments->values[STP_O_OUTPUT], *fix = arguments->values[STP_O_FIX];
	bool no_depfile = arguments->values[STP_O_DEPFILE] == NULL &&
			  arguments->values[STP_O_DEPFILE_PATH] == NULL;

	if (no_depfile && arguments->values[STP_O_DEPFILE_TARGET] != NULL)
		return "-MT needs -MD or -MF FILE";
	if (no_depfile && arguments->values[STP_O_DEPFILE_PHONY] != NULL)
		return "-MP needs -MD or -MF FILE";
	if (!no_depfile && output != NULL && strcmp(output, "-") == 0 &&
	    (arguments->values[STP_O_DEPFILE_PATH] == NULL ||
	     arguments->values[STP_O_DEPFILE_TARGET] == NULL))
		return "with -o - a depfile needs -MF FILE and -MT NAME";
	if (form == NULL || strcmp(form, "text") == 0)
		return NULL;
	if (output != NULL && strcmp(output, "-") == 0)
		return "-o - and --diagnostics both write to standard output";
	if (fix != NULL && *fix != '\0')
		return "--fix=diff and --diagnostics both write to standard output";
	return NULL;
}

/* Whether the word is one of those in "a|b|c". */
static bool is_among(const char *choices, const char *word)
{
	size_t length = strlen(word);

	while (choices != NULL) {
		const char *bar = strchr(choices, '|');
		size_t choice = bar == NULL ? strlen(choices) : (size_t)(bar - choices);

		if (choice == length && memcmp(choices, word, length) == 0)
			return true;
		choices = bar == NULL ? NULL : bar + 1;
	}
	return false;
}

/* Keeps the value; false with *why when it is not one that the option takes. */
static bool keep(struct stp_context *context, size_t option, const char *value,
		 struct stp_arguments *arguments, const char **why)
{
	const char *choices = stp_options[option].value;
	bool literal = choices[0] >= 'a' && choices[0] <= 'z'; /* names of things are capitals */

	if (literal && !is_among(choices, value)) {
		*why = stp_format(context, "%s is not one of %s %s", value,
				  stp_options[option].word, choices);
		return false;
	}
	arguments->values[option] = value;
	if (option == STP_O_INCLUDE)
		arguments->folders[arguments->folder_count++] = value;
	if (option == STP_O_POLICY)
		arguments->policies[arguments->policy_count++] = value;
	return option != STP_O_WARNING || stp_switch_diagnostic(context, value, why);
}

/* --fix or --fix=diff */
static bool keep_optional(struct stp_context *context, size_t option, const char *attached,
			  struct stp_arguments *arguments, const char **why)
{
	const char *value = stp_options[option].value + 2;
	size_t length = strlen(value) - 1;

	arguments->values[option] = attached == NULL ? "" : attached;
	if (attached == NULL ||
	    (strlen(attached) == length && strncmp(attached, value, length) == 0))
		return true;
	*why = stp_format(context, "%s takes no value but %.*s", stp_options[option].word,
			  (int)length, value);
	return false;
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
	if (stp_options[option].value == NULL) {
		arguments->values[option] = "";
		return 0;
	}
	if (stp_options[option].value[0] == '[')
		return keep_optional(context, option, attached, arguments, why) ? 0 : -1;
	if (value == NULL) {
		*why = stp_format(context, "%s needs a value: %s %s", word, word,
				  stp_options[option].value);
		return -1;
	}
	if (!keep(context, option, value, arguments, why))
		return -1;
	return attached != NULL ? 0 : 1;
}

int stp_read_arguments(struct stp_context *context, const struct stp_command *command, int argc,
		       char **argv, struct stp_arguments *arguments, const char **why)
{
	bool only_files = false;

	memset(arguments, 0, sizeof *arguments);
	arguments->files = stp_alloc_array(context, (size_t)argc + 1, sizeof *arguments->files);
	arguments->folders = stp_alloc_array(context, (size_t)argc + 1, sizeof *arguments->folders);
	arguments->policies =
		stp_alloc_array(context, (size_t)argc + 1, sizeof *arguments->policies);
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
	*why = missing(context, command, arguments);
	if (*why == NULL)
		*why = clash(arguments);
	return *why == NULL ? STP_DONE : STP_USAGE;
}

/* "--fix[=diff]", "-I DIR" */
static const char *shown(struct stp_context *context, const struct stp_option *option)
{
	if (option->value == NULL)
		return option->word;
	return stp_format(context, "%s%s%s", option->word, option->value[0] == '[' ? "" : " ",
			  option->value);
}

void stp_command_help(struct stp_string *out, const struct stp_command *command)
{
	stp_addf(out, "Usage: stipple %s %s\n\n%s\n\nOptions:\n", command->name, command->synopsis,
		 command->description);
	for (size_t i = 0; i < STP_OPTION_COUNT; i++)
		if (stp_command_takes(command, i))
			stp_addf(out, "  %-16s %s\n", shown(out->context, &stp_options[i]),
				 stp_options[i].help);
	stp_addf(out, "\nExamples:\n%s", command->examples);
}
