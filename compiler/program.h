/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The program around the compiler: its commands, their options, and what they share.
 *
 * A command reads files and options, reports what is wrong, writes its outputs and returns an
 * enum stp_status. Only main.c ends the process.
 */
#ifndef STP_PROGRAM_H
#define STP_PROGRAM_H

#include "model/model.h"
#include "support/support.h"

/* The exit statuses of enum stp_status, as people are told of them. */
#define STP_STATUSES(status)                                                                       \
	status(STP_DONE, "done") status(STP_FAULTS, "faults in the sources")                       \
		status(STP_USAGE, "wrong usage") status(STP_IO, "could not read or write")         \
			status(STP_POINTS_MISSED, "score found a point that is missed")            \
				status(STP_INTERNAL, "internal error")

enum stp_option_id {
#define STP_OPTION(id, word, value, help) STP_O_##id,
#include "options.def"
#undef STP_OPTION
	STP_OPTION_COUNT
};

struct stp_option {
	const char *word, *value, *help; /* as in options.def */
};

extern const struct stp_option stp_options[STP_OPTION_COUNT];

#define STP_OPTION_BIT(id) (1u << STP_O_##id)
/* What every command takes that reads sources. */
#define STP_SOURCE_OPTIONS                                                                         \
	(STP_OPTION_BIT(INCLUDE) | STP_OPTION_BIT(POLICY) | STP_OPTION_BIT(WARNING) |              \
	 STP_OPTION_BIT(TODAY))
/* Of those that write files, and so can tell programs what is wrong on standard output. */
#define STP_OUTPUT_OPTIONS                                                                         \
	(STP_SOURCE_OPTIONS | STP_OPTION_BIT(OUTPUT) | STP_OPTION_BIT(DIAGNOSTICS))
#define STP_DEPFILE_OPTIONS                                                                        \
	(STP_OPTION_BIT(DEPFILE) | STP_OPTION_BIT(DEPFILE_PATH) | STP_OPTION_BIT(DEPFILE_TARGET) | \
	 STP_OPTION_BIT(DEPFILE_PHONY))

struct stp_arguments {
	const char **files;
	size_t file_count;
	const char **folders; /* -I, in order */
	size_t folder_count;
	const char **policies; /* --policy, in order */
	size_t policy_count;
	/* The last value; "" for an option without one; NULL: not given. */
	const char *values[STP_OPTION_COUNT];
};

struct stp_command {
	const char *name;
	const char *synopsis;    /* after the name: "FILE... -o BASE" */
	const char *summary;     /* for the list of commands */
	const char *description; /* for its own help */
	const char *examples;
	unsigned options;  /* STP_OPTION_BIT of each that it takes; --help always */
	unsigned required; /* those that must be given */
	bool needs_no_file;
	int (*run)(struct stp_context *, const struct stp_arguments *);
};

extern const struct stp_command stp_command_check, stp_command_tables, stp_command_pack,
	stp_command_decompile, stp_command_handout, stp_command_card, stp_command_score,
	stp_command_po, stp_command_explain, stp_command_words, stp_command_why, stp_command_test,
	stp_command_read, stp_command_trace;

/* ---- today.c ---- */

/* The day for which approvals are checked; 0 after a report: that is no day. */
uint32_t stp_read_today(struct stp_context *, const struct stp_arguments *);

/* ---- commands.c ---- */

extern const struct stp_command *const stp_commands[]; /* as --help lists them; then NULL */

/* ---- given.c ---- */

/* What --given says; all is open where given is NULL. False after a report. */
bool stp_read_client(struct stp_context *, const struct stp_model *, const char *given,
		     struct stp_client *);
/* Reports what a sheet of the protocol for the client is no ordinary sheet for. */
void stp_warn_of_client(struct stp_context *, const struct stp_protocol *,
			const struct stp_client *);
/* Reports that none of the names is the word, with the nearest; returns false. */
bool stp_unknown_choice(struct stp_context *, const char *what, const char *word,
			const char *const *names, size_t count);

/* ---- arguments.c ---- */

/*
 * STP_DONE, or STP_USAGE with *why telling what is wrong. Asking for help stops the reading. The
 * context is told what -W says.
 */
int stp_read_arguments(struct stp_context *, const struct stp_command *, int argc, char **argv,
		       struct stp_arguments *, const char **why);
void stp_command_help(struct stp_string *, const struct stp_command *);
bool stp_command_takes(const struct stp_command *, size_t option);

/* ---- session.c: what the commands share ---- */

/* "en,es" as two names in the arena. */
size_t stp_split_languages(struct stp_context *, const char *list, const char ***languages);
/* Those of --text, for the tables. False after a report. */
struct stp_tables_options;
bool stp_read_table_text(struct stp_context *, const struct stp_model *,
			 const struct stp_arguments *, struct stp_tables_options *);
/* Whether the model has that language; else it is reported. */
const struct stp_language *stp_find_language(struct stp_context *, const struct stp_model *,
					     const char *name);

/*
 * Loads and resolves the files, with the clinic's when one is given; when the command takes a
 * language, everything that people read is said in it. NULL when there was an error; it has been
 * reported.
 */
const struct stp_model *stp_open_model(struct stp_context *, const struct stp_arguments *);
/* The model of the sources as they are written, and their trees. */
struct stp_opened {
	const struct stp_model *model;
	struct stp_tree **trees;
	size_t tree_count;
};

/*
 * The same with some languages, "en,es", only that nothing is translated; languages that the
 * library has not are left out. Without a file it is the whole library.
 */
const struct stp_model *stp_open_sources(struct stp_context *, const struct stp_arguments *,
					 const char *languages, struct stp_opened *);
/*
 * The protocols that are declared in the files named on the command line (or the one that
 * --protocol names), in order. 0 after reporting that there is none.
 */
size_t stp_chosen_protocols(struct stp_context *, const struct stp_model *,
			    const struct stp_arguments *, const struct stp_protocol ***chosen);
/* Whether the place lies in one of the files named on the command line. */
bool stp_is_named(const struct stp_context *, const struct stp_arguments *, struct stp_span);
/* -MD and its kin; does nothing when not asked. */
bool stp_write_depfile(struct stp_context *, const struct stp_arguments *, const char *output);
/* folder/name.ending, or "-" when the folder is "-". */
const char *stp_output_path(struct stp_context *, const char *folder, const char *name,
			    const char *ending);
/* The status that what was reported amounts to. */
int stp_status_of(const struct stp_context *);

#endif
