/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pages man [COMMAND] | bash | zsh | fish | commands
 *
 * Writes the manual page of the program or of a command, the completions for a shell, or the names
 * of the commands, from the same tables that the program reads its arguments by: neither can say
 * what the other does not do. `make docs` keeps what it writes in docs/man and editors/completions.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"
#include "support/library.h"
#include "syntax/syntax.h"

static struct stp_option option_at(size_t i)
{
	return stp_options[i];
}

/* The value is left out, or follows an equals sign: "[=diff]". */
static bool is_optional(const char *value)
{
	return value != NULL && value[0] == '[';
}

/* The shipped languages: "ar de en". */
static const char *languages(struct stp_context *context)
{
	static const char folder[] = "std/languages/";
	struct stp_string out;

	stp_string_init(&out, context);
	for (size_t i = 0; i < stp_library_count; i++)
		if (strncmp(stp_library[i].name, folder, strlen(folder)) == 0)
			stp_addf(&out, "%s%s", out.length > 0 ? " " : "",
				 stp_library[i].name + strlen(folder));
	return out.text;
}

/* The kinds of declarations, for stipple words: "zone product". */
static const char *kinds(struct stp_context *context)
{
	struct stp_string out;

	stp_string_init(&out, context);
	for (int kind = STP_N_ZONE; kind <= STP_N_POLICY; kind++)
		stp_addf(&out, "%s%s", out.length > 0 ? " " : "", stp_node_names[kind]);
	return out.text;
}

/*
 * "text json sarif" of "text|json|sarif", "diff" of "[=diff]", "yaml" of itself; NULL for a value
 * in capitals, which stands for something.
 */
static const char *choices(struct stp_context *context, const char *value)
{
	char *words;

	if (value != NULL && strcmp(value, "LANG") == 0)
		return languages(context);
	if (is_optional(value))
		return stp_copy_text(context, value + 2, strlen(value) - 3);
	if (value == NULL || value[0] < 'a' || value[0] > 'z')
		return NULL;
	words = stp_copy_text(context, value, strlen(value));
	for (char *at = words; *at != '\0'; at++)
		if (*at == '|')
			*at = ' ';
	return words;
}

static bool is_value(const char *value, const char *name)
{
	return value != NULL && strcmp(value, name) == 0;
}

static bool is_path(const char *value)
{
	return is_value(value, "FILE") || is_value(value, "PATH") || is_value(value, "KEY");
}

/* How the names of the files end that a command is given: "stip", or with more blanks between. */
static const char *endings(const struct stp_command *command)
{
	if (command == &stp_command_decompile)
		return "stpk";
	return command == &stp_command_po ? "stip po" : "stip";
}

static bool is_diagnostic(size_t option)
{
	return option == STP_O_WARNING;
}

/* ---- manual pages ---- */

/* Text for troff, where a backslash, a hyphen, and a point at a line's begin mean more. */
static void add_troff(struct stp_string *out, const char *text)
{
	bool line_begins = true;

	for (; *text != '\0'; text++) {
		if (line_begins && (*text == '.' || *text == '\''))
			stp_add(out, "\\&");
		line_begins = *text == '\n';
		if (*text == '\\')
			stp_add(out, "\\e");
		else if (*text == '-')
			stp_add(out, "\\-");
		else
			stp_add_bytes(out, text, 1);
	}
}

static void add_heading(struct stp_string *out, const char *name, const char *summary)
{
	stp_addf(out, ".\\\" SPDX-License-Identifier: Apache-2.0\n.TH ");
	for (const char *at = name; *at != '\0'; at++) {
		char capital = *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : *at;

		stp_add_bytes(out, &capital, 1);
	}
	stp_add(out, " 1 \"\" \"stipple " STP_VERSION "\" \"Stipple manual\"\n.SH NAME\n");
	add_troff(out, name);
	stp_add(out, " \\- ");
	add_troff(out, summary);
	stp_add(out, "\n");
}

static void add_statuses(struct stp_string *out)
{
	stp_add(out, ".SH EXIT STATUS\n");
#define STP_STATUS(status, meaning)                                                                \
	stp_addf(out, ".TP\n%d\n", (int)(status));                                                 \
	add_troff(out, meaning "\n");
	STP_STATUSES(STP_STATUS)
#undef STP_STATUS
}

static void add_option(struct stp_string *out, struct stp_option option)
{
	stp_add(out, ".TP\n\\fB");
	add_troff(out, option.word);
	stp_add(out, "\\fR");
	if (option.value != NULL) {
		stp_add(out, is_optional(option.value) ? "" : " ");
		stp_add(out, "\\fI");
		add_troff(out, option.value);
		stp_add(out, "\\fR");
	}
	stp_add(out, "\n");
	add_troff(out, option.help);
	stp_add(out, "\n");
}

static void add_command_page(struct stp_string *out, const struct stp_command *command)
{
	struct stp_context *context = out->context;

	add_heading(out, stp_format(context, "stipple-%s", command->name), command->summary);
	stp_addf(out, ".SH SYNOPSIS\n\\fBstipple %s\\fR ", command->name);
	add_troff(out, command->synopsis);
	stp_add(out, "\n.SH DESCRIPTION\n");
	add_troff(out, command->description);
	stp_add(out, "\n.SH OPTIONS\n");
	for (size_t i = 0; i < STP_OPTION_COUNT; i++)
		if (stp_command_takes(command, i))
			add_option(out, option_at(i));
	stp_add(out, ".SH EXAMPLES\n.nf\n");
	add_troff(out, command->examples);
	stp_add(out, ".fi\n");
	add_statuses(out);
	stp_add(out, ".SH SEE ALSO\n\\fBstipple\\fR(1)\n");
}

static void add_main_page(struct stp_string *out)
{
	add_heading(out, "stipple", "microneedling protocols for devices and clients");
	stp_add(out, ".SH SYNOPSIS\n\\fBstipple\\fR \\fICOMMAND\\fR \\fIFILE\\fR... "
		     "[\\fIOPTION\\fR...]\n.SH DESCRIPTION\n");
	add_troff(out, "Reads microneedling protocols, proves that they are safe and settable for "
		       "every client, and\nwrites from the one text what a device's firmware links "
		       "and what a client takes home.\n");
	stp_add(out, ".SH COMMANDS\n");
	for (size_t i = 0; stp_commands[i] != NULL; i++) {
		stp_addf(out, ".TP\n\\fBstipple %s\\fR\n", stp_commands[i]->name);
		add_troff(out, stp_commands[i]->summary);
		stp_add(out, "\n");
	}
	stp_add(out, ".SH OPTIONS\n.TP\n\\fB\\-\\-help\\fR\nshow the commands; after a command, "
		     "its options\n.TP\n\\fB\\-\\-version\\fR\nshow the version of the program and "
		     "of the language\n");
	add_statuses(out);
	stp_add(out,
		".SH ENVIRONMENT\n.TP\n\\fBNO_COLOR\\fR\nwhen it is set and not empty, messages "
		"are not coloured\n.SH SEE ALSO\n");
	for (size_t i = 0; stp_commands[i] != NULL; i++)
		stp_addf(out, "%s\\fBstipple\\-%s\\fR(1)", i == 0 ? "" : ",\n",
			 stp_commands[i]->name);
	stp_add(out, "\n");
}

/* ---- bash ---- */

/* "*:-o", or where two options share the word, each command with it: "trace:--format". */
static void add_bash_pattern(struct stp_string *out, size_t option)
{
	const char *word = option_at(option).word;
	const char *bar = "";
	bool shared = false;

	for (size_t i = 0; i < STP_OPTION_COUNT; i++)
		shared = shared || (i != option && strcmp(option_at(i).word, word) == 0);
	if (!shared)
		stp_addf(out, "*:%s", word);
	for (size_t i = 0; shared && stp_commands[i] != NULL; i++) {
		if (!stp_command_takes(stp_commands[i], option))
			continue;
		stp_addf(out, "%s%s:%s", bar, stp_commands[i]->name, word);
		bar = " | ";
	}
}

static void add_bash_values(struct stp_string *out)
{
	for (size_t i = 0; i < STP_OPTION_COUNT; i++) {
		const char *value = option_at(i).value;
		const char *words = choices(out->context, value);

		if (value == NULL)
			continue;
		stp_add(out, "\t");
		add_bash_pattern(out, i);
		stp_add(out, ") ");
		if (words != NULL)
			stp_addf(out, "COMPREPLY=($(compgen -W '%s' -- \"$current\"))", words);
		else if (is_diagnostic(i))
			stp_add(out, "COMPREPLY=($(compgen -W \"$(_stipple_switches)\" -- "
				     "\"$current\"))");
		else if (is_value(value, "DIR"))
			stp_add(out, "COMPREPLY=($(compgen -d -- \"$current\"))");
		else if (is_path(value))
			stp_add(out, "COMPREPLY=($(compgen -f -- \"$current\"))");
		else
			stp_add(out, "COMPREPLY=()");
		stp_add(out, "; return ;;\n");
	}
}

static void add_bash_commands(struct stp_string *out)
{
	for (size_t i = 0; stp_commands[i] != NULL; i++) {
		stp_addf(out, "\t%s) options='", stp_commands[i]->name);
		for (size_t j = 0; j < STP_OPTION_COUNT; j++)
			if (stp_command_takes(stp_commands[i], j))
				stp_addf(out, "%s%s", j == 0 ? "" : " ", option_at(j).word);
		stp_addf(out, "' endings='%s' ;;\n", endings(stp_commands[i]));
	}
}

static void add_bash(struct stp_string *out)
{
	stp_add(out,
		"# SPDX-License-Identifier: Apache-2.0\n"
		"# Completion of stipple for bash, made from the program's own tables by make "
		"docs.\n"
		"\n_stipple_names() {\n\tstipple explain 2>/dev/null | while read -r id name rest; "
		"do "
		"echo \"$id $name\"; done\n}\n"
		"\n_stipple_switches() {\n\techo error\n\tstipple explain 2>/dev/null | while read "
		"-r "
		"id name severity rest; do\n\t\t[ \"$severity\" = error ] || echo \"$name no-$name "
		"error=$name\"\n\tdone\n}\n"
		"\n_stipple() {\n"
		"\tlocal current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
		"\tlocal options=--help endings=stip ending files\n"
		"\t# --fix=diff comes as three words.\n"
		"\tif [ \"$current\" = = ]; then\n\t\tcurrent=\n"
		"\telif [ \"$before\" = = ]; then\n\t\tbefore=${COMP_WORDS[COMP_CWORD-2]}\n"
		"\telif [ \"$before\" = --fix ]; then\n\t\tbefore=\n\tfi\n"
		"\tif [ \"$COMP_CWORD\" = 1 ]; then\n\t\tCOMPREPLY=($(compgen -W '");
	for (size_t i = 0; stp_commands[i] != NULL; i++)
		stp_addf(out, "%s ", stp_commands[i]->name);
	stp_add(out, "--help --version' -- \"$current\"))\n\t\treturn\n\tfi\n"
		     "\tcase ${COMP_WORDS[1]}:$before in\n");
	add_bash_values(out);
	stp_add(out, "\tesac\n\tcase ${COMP_WORDS[1]} in\n");
	add_bash_commands(out);
	stp_add(out,
		"\tesac\n\tcase ${COMP_WORDS[1]}:$current in\n"
		"\t*:-*) COMPREPLY=($(compgen -W \"$options\" -- \"$current\")) ;;\n"
		"\texplain:*) COMPREPLY=($(compgen -W \"$(_stipple_names)\" -- \"$current\")) ;;\n"
		"\twords:*) COMPREPLY=($(compgen -W '");
	stp_add(out, kinds(out->context));
	stp_add(out, "' -- \"$current\")) ;;\n"
		     "\t*)\n\t\tfiles=$(compgen -d -- \"$current\"\n"
		     "\t\t\tfor ending in $endings; do\n"
		     "\t\t\t\tcompgen -f -X \"!*.$ending\" -- \"$current\"\n"
		     "\t\t\tdone)\n"
		     "\t\tlocal IFS=$'\\n'\n\t\tCOMPREPLY=($files) ;;\n"
		     "\tesac\n}\n\ncomplete -o filenames -F _stipple stipple\n");
}

/* ---- zsh ---- */

/* Help texts stand in single quotes and brackets. */
static void add_zsh_text(struct stp_string *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '\'')
			stp_add(out, "'\\''");
		else if (*text == '[' || *text == ']' || *text == ':')
			stp_addf(out, "\\%c", *text);
		else
			stp_add_bytes(out, text, 1);
	}
}

static void add_zsh_option(struct stp_string *out, size_t i)
{
	struct stp_option option = option_at(i);
	const char *words = choices(out->context, option.value);
	bool repeats = i == STP_O_INCLUDE || i == STP_O_POLICY || i == STP_O_WARNING;
	const char *attaches = is_optional(option.value)  ? "=-"
			       : option.value == NULL     ? ""
			       : strlen(option.word) == 2 ? "+"
			       : option.word[1] == '-'    ? "="
							  : "";

	stp_addf(out, "\t\t\t'%s%s%s[", repeats ? "*" : "", option.word, attaches);
	add_zsh_text(out, option.help);
	stp_add(out, "]");
	if (words != NULL)
		stp_addf(out, "%sform:(%s)", is_optional(option.value) ? "::" : ":", words);
	else if (is_diagnostic(i))
		stp_add(out, ":diagnostic:_stipple_switches");
	else if (is_value(option.value, "DIR"))
		stp_add(out, ":folder:_files -/");
	else if (is_path(option.value))
		stp_add(out, ":file:_files");
	else if (option.value != NULL)
		stp_addf(out, ":%s: ", option.value);
	stp_add(out, "' \\\n");
}

/* What a command is given besides its options. */
static void add_zsh_operands(struct stp_string *out, const struct stp_command *command)
{
	if (command == &stp_command_explain)
		stp_add(out, "\t\t\t'*:diagnostic:_stipple_names' ;;\n");
	else if (command == &stp_command_words)
		stp_addf(out, "\t\t\t'*:kind:(%s)' ;;\n", kinds(out->context));
	else if (command == &stp_command_po)
		stp_add(out, "\t\t\t'*:file:_files -g \"*.(stip|po)\"' ;;\n");
	else
		stp_addf(out, "\t\t\t'*:file:_files -g \"*.%s\"' ;;\n", endings(command));
}

static void add_zsh(struct stp_string *out)
{
	stp_add(out,
		"#compdef stipple\n# SPDX-License-Identifier: Apache-2.0\n"
		"# Completion of stipple for zsh, made from the program's own tables by make "
		"docs.\n"
		"\n_stipple_names() {\n\tlocal -a names\n"
		"\tnames=(${(f)\"$(stipple explain 2>/dev/null | while read -r id name rest; "
		"do print "
		"-l $id $name; done)\"})\n\tcompadd -a names\n}\n"
		"\n_stipple_switches() {\n\tlocal -a names\n"
		"\tnames=(error ${(f)\"$(stipple explain 2>/dev/null | while read -r id name "
		"severity "
		"rest; do\n\t\t[[ $severity = error ]] || print -l $name no-$name error=$name; "
		"done)\"})\n\tcompadd -a names\n}\n"
		"\n_stipple() {\n\tlocal -a commands=(\n");
	for (size_t i = 0; stp_commands[i] != NULL; i++) {
		stp_addf(out, "\t\t'%s:", stp_commands[i]->name);
		add_zsh_text(out, stp_commands[i]->summary);
		stp_add(out, "'\n");
	}
	stp_add(out, "\t)\n\tif (( CURRENT == 2 )); then\n\t\t_describe command commands\n\t\t"
		     "return\n\tfi\n\tshift words\n\t(( CURRENT-- ))\n\tcase $words[1] in\n");
	for (size_t i = 0; stp_commands[i] != NULL; i++) {
		stp_addf(out, "\t%s)\n\t\t_arguments -S \\\n", stp_commands[i]->name);
		for (size_t j = 0; j < STP_OPTION_COUNT; j++)
			if (stp_command_takes(stp_commands[i], j))
				add_zsh_option(out, j);
		add_zsh_operands(out, stp_commands[i]);
	}
	stp_add(out, "\tesac\n}\n\n_stipple \"$@\"\n");
}

/* ---- fish ---- */

static void add_fish_text(struct stp_string *out, const char *text)
{
	stp_add(out, "'");
	for (; *text != '\0'; text++) {
		if (*text == '\'' || *text == '\\')
			stp_add(out, "\\");
		stp_add_bytes(out, text, 1);
	}
	stp_add(out, "'");
}

static void add_fish_option(struct stp_string *out, const char *command, size_t i)
{
	struct stp_option option = option_at(i);
	const char *words = choices(out->context, option.value);
	const char *kind = option.word[1] == '-' ? "l" : strlen(option.word) == 2 ? "s" : "o";

	stp_addf(out, "complete -c stipple -n '__fish_seen_subcommand_from %s' -%s %s", command,
		 kind, option.word + (option.word[1] == '-' ? 2 : 1));
	if (words != NULL)
		stp_addf(out, " %s -a '%s'", is_optional(option.value) ? "-f" : "-x", words);
	else if (is_diagnostic(i))
		stp_add(out, " -x -a '(__stipple_switches)'");
	else if (is_value(option.value, "DIR"))
		stp_add(out, " -x -a '(__fish_complete_directories)'");
	else if (option.value != NULL)
		stp_add(out, is_path(option.value) ? " -r" : " -x");
	stp_add(out, " -d ");
	add_fish_text(out, option.help);
	stp_add(out, "\n");
}

static void add_fish(struct stp_string *out)
{
	stp_add(out,
		"# SPDX-License-Identifier: Apache-2.0\n"
		"# Completion of stipple for fish, made from the program's own tables by make "
		"docs.\n"
		"\nfunction __stipple_names\n\tstipple explain 2>/dev/null | while read -l id name "
		"rest\n\t\techo $id\n\t\techo $name\n\tend\nend\n"
		"\nfunction __stipple_switches\n\techo error\n\tstipple explain 2>/dev/null | "
		"while "
		"read -l id name severity rest\n\t\tif test $severity != error\n\t\t\tprintf "
		"'%s\\n' $name no-$name error=$name\n\t\tend\n\tend\nend\n\n"
		"complete -c stipple -n '__fish_use_subcommand' -f\n");
	for (size_t i = 0; stp_commands[i] != NULL; i++) {
		const struct stp_command *command = stp_commands[i];

		stp_addf(out, "complete -c stipple -n '__fish_use_subcommand' -a %s -d ",
			 command->name);
		add_fish_text(out, command->summary);
		stp_add(out, "\n");
		for (size_t j = 0; j < STP_OPTION_COUNT; j++)
			if (stp_command_takes(command, j))
				add_fish_option(out, command->name, j);
	}
	stp_addf(out,
		 "complete -c stipple -n '__fish_seen_subcommand_from explain' -f -a "
		 "'(__stipple_names)'\n"
		 "complete -c stipple -n '__fish_seen_subcommand_from words' -f -a '%s'\n",
		 kinds(out->context));
}

/* ---- which ---- */

static bool add_page(struct stp_string *out, const char *what, const char *command)
{
	if (strcmp(what, "bash") == 0)
		add_bash(out);
	else if (strcmp(what, "zsh") == 0)
		add_zsh(out);
	else if (strcmp(what, "fish") == 0)
		add_fish(out);
	else if (strcmp(what, "man") == 0 && command == NULL)
		add_main_page(out);
	else if (strcmp(what, "commands") == 0)
		for (size_t i = 0; stp_commands[i] != NULL; i++)
			stp_addf(out, "%s\n", stp_commands[i]->name);
	for (size_t i = 0; command != NULL && stp_commands[i] != NULL; i++)
		if (strcmp(what, "man") == 0 && strcmp(stp_commands[i]->name, command) == 0)
			add_command_page(out, stp_commands[i]);
	return out->length > 0;
}

int main(int argument_count, char **arguments)
{
	const char *command = argument_count > 2 ? arguments[2] : NULL;
	struct stp_context context;
	struct stp_string out;
	bool written;

	stp_context_init(&context, NULL);
	if (STP_GUARD(&context)) {
		fputs("pages: not enough memory\n", stderr);
		return EXIT_FAILURE;
	}
	stp_string_init(&out, &context);
	if (argument_count < 2 || !add_page(&out, arguments[1], command)) {
		fputs("usage: pages man [COMMAND] | bash | zsh | fish | commands\n", stderr);
		stp_context_free(&context);
		return EXIT_FAILURE;
	}
	written = fwrite(out.text, 1, out.length, stdout) == out.length && fflush(stdout) == 0;
	stp_context_free(&context);
	return written ? EXIT_SUCCESS : EXIT_FAILURE;
}
