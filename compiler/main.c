/* SPDX-License-Identifier: Apache-2.0 */
/* The stipple program: the phases of a run, and the one place where it ends. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "program.h"

static void add_usage(struct stp_string *out)
{
	stp_add(out,
		"Stipple: microneedling protocols, from one text to the device's tables and the "
		"client's handout.\n\nUsage: stipple COMMAND FILE... [OPTION...]\n\nCommands:\n");
	for (size_t i = 0; stp_commands[i] != NULL; i++)
		stp_addf(out, "  %-9s %s\n", stp_commands[i]->name, stp_commands[i]->summary);
	stp_add(out,
		"\nA FILE is a source, - standard input, or one of the library: std/acne_scars.\n"
		"stipple COMMAND --help tells more, with examples. stipple --version tells the "
		"version.\n\nExample:\n  stipple check acne_scars.stip\n\nExit status:\n");
#define STP_STATUS(status, meaning) stp_addf(out, "  %-9d %s\n", (int)(status), meaning);
	STP_STATUSES(STP_STATUS)
#undef STP_STATUS
}

static bool use_colour(void)
{
	const char *terminal = getenv("TERM"), *refused = getenv("NO_COLOR");

	return isatty(STDERR_FILENO) && (refused == NULL || *refused == '\0') && terminal != NULL &&
	       strcmp(terminal, "dumb") != 0;
}

/* The program itself is at fault. An output that was being written stays a temporary file. */
static void end_at_fault(int signal_number)
{
	static const char text[] =
		"stipple: internal error: please report it, with the command and its files\n";

	(void)signal_number;
	if (write(STDERR_FILENO, text, sizeof text - 1) < 0)
		_exit(STP_INTERNAL);
	_exit(STP_INTERNAL);
}

/* Where nobody else waits for the signal, such as a sanitizer. */
static void watch_for_faults(void)
{
	static const int signals[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };
	struct sigaction now;

	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		if (sigaction(signals[i], NULL, &now) == 0 && now.sa_handler == SIG_DFL)
			signal(signals[i], end_at_fault);
}

/* Standard output that could not be written is a failure like any other. */
static int print(const struct stp_string *text)
{
	if (fwrite(text->text, 1, text->length, stdout) == text->length && fflush(stdout) == 0)
		return STP_DONE;
	perror("stipple: cannot write standard output");
	return STP_IO;
}

static int wrong_usage(const char *why, const char *command)
{
	fprintf(stderr, "stipple: %s\n", why);
	if (command != NULL)
		fprintf(stderr, "Try: stipple %s --help\n", command);
	else
		fprintf(stderr, "Try: stipple --help\n");
	return STP_USAGE;
}

/* Text goes to standard error; what programs read goes to standard output. */
static int show_diagnostics(struct stp_context *context, const struct stp_arguments *arguments,
			    int status)
{
	const char *form = arguments->values[STP_O_DIAGNOSTICS];
	struct stp_string text;
	int printed;

	stp_string_init(&text, context);
	stp_add(&text, "");
	if (form == NULL || strcmp(form, "text") == 0) {
		stp_diagnostics_text(context, &text, use_colour());
		fwrite(text.text, 1, text.length, stderr);
		return status;
	}
	if (strcmp(form, "json") == 0)
		stp_diagnostics_json(context, &text);
	else
		stp_diagnostics_sarif(context, &text);
	if (stp_diagnostics_cut(context))
		fputs("stipple: there is more; mend these first\n", stderr);
	printed = print(&text);
	return printed == STP_DONE ? status : printed;
}

static int run_command(struct stp_context *context, const struct stp_command *command, int argc,
		       char **argv)
{
	struct stp_arguments arguments;
	const char *why = NULL;
	struct stp_string text;
	int status;

	stp_string_init(&text, context);
	if (stp_read_arguments(context, command, argc, argv, &arguments, &why) != STP_DONE)
		return wrong_usage(why, command->name);
	if (arguments.values[STP_O_HELP] != NULL) {
		stp_command_help(&text, command);
		return print(&text);
	}
	context->hides_notes = command != &stp_command_check;
	status = command->run(context, &arguments);
	return show_diagnostics(context, &arguments, status);
}

static const char *nearest_command(struct stp_context *context, const char *word)
{
	const char **names;
	size_t count = 0;

	while (stp_commands[count] != NULL)
		count++;
	names = stp_alloc_array(context, count, sizeof *names);
	for (size_t i = 0; i < count; i++)
		names[i] = stp_commands[i]->name;
	return stp_nearest(word, names, count);
}

static int unknown_command(struct stp_context *context, const char *word)
{
	const char *near = nearest_command(context, word);

	return wrong_usage(
		near != NULL
			? stp_format(context, "%s is not a command; did you mean %s?", word, near)
			: stp_format(context, "%s is not a command", word),
		NULL);
}

static const struct stp_command *command_named(const char *word)
{
	for (size_t i = 0; stp_commands[i] != NULL; i++)
		if (strcmp(word, stp_commands[i]->name) == 0)
			return stp_commands[i];
	return NULL;
}

/* "stipple help", or "stipple help check". */
static int help(struct stp_context *context, const char *word)
{
	const struct stp_command *command = word == NULL ? NULL : command_named(word);
	struct stp_string text;

	if (word != NULL && command == NULL)
		return unknown_command(context, word);
	stp_string_init(&text, context);
	if (command != NULL)
		stp_command_help(&text, command);
	else
		add_usage(&text);
	return print(&text);
}

static int begin(struct stp_context *context, int argc, char **argv)
{
	const char *word = argc > 1 ? argv[1] : NULL;
	const struct stp_command *command = word == NULL ? NULL : command_named(word);
	struct stp_string text;

	if (word == NULL)
		return wrong_usage("say what to do", NULL);
	if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0)
		return help(context, argc > 2 ? argv[2] : NULL);
	if (strcmp(word, "--version") == 0) {
		stp_string_init(&text, context);
		stp_add(&text, "stipple " STP_VERSION "\nlanguage edition 1\n");
		return print(&text);
	}
	return command != NULL ? run_command(context, command, argc - 2, argv + 2)
			       : unknown_command(context, word);
}

int main(int argc, char **argv)
{
	struct stp_context context;
	int status;

	watch_for_faults();
	stp_context_init(&context, NULL);
	if (STP_GUARD(&context)) {
		fputs("stipple: not enough memory\n", stderr);
		stp_context_free(&context);
		return STP_IO;
	}
	status = begin(&context, argc, argv);
	stp_context_free(&context);
	return status;
}
