/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stipple po: languages for translators. From sources to a .po with all that their sheets may
 * print; from a .po back to a language file.
 */
#include "emit/po.h"

#include <string.h>

#include "program.h"

#define NOWHERE ((struct stp_span){ 0, 0, 0 })

/* The library is for all; of a clinic's files those texts count that a sheet of theirs prints. */
static size_t only_needed(struct stp_text_use *uses, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		if (uses[i].needed)
			uses[kept++] = uses[i];
	return kept;
}

static void write_po(struct stp_context *context, const struct stp_arguments *arguments,
		     const char *code)
{
	const char *languages = stp_format(context, STP_SOURCE_LANGUAGE ",%s", code);
	struct stp_language unknown = { .name = code, .label = code };
	struct stp_po po = { .context = context };
	struct stp_text_use *uses;
	struct stp_opened opened;
	struct stp_string out;

	if (stp_open_sources(context, arguments, languages, &opened) == NULL)
		return;
	po.english = po.language = NULL;
	for (size_t i = 0; i < opened.model->language_count; i++) {
		const struct stp_language *language = opened.model->languages[i];

		if (strcmp(language->name, STP_SOURCE_LANGUAGE) == 0)
			po.english = language;
		if (strcmp(language->name, code) == 0)
			po.language = language;
	}
	if (po.language == NULL)
		po.language = &unknown;
	po.use_count = stp_texts(context, opened.trees, opened.tree_count, &uses);
	if (arguments->file_count > 0)
		po.use_count = only_needed(uses, po.use_count);
	po.uses = uses;
	stp_string_init(&out, context);
	stp_po_write(&po, &out);
	stp_write_file(context, arguments->values[STP_O_OUTPUT], out.text, out.length);
}

static void read_po(struct stp_context *context, const struct stp_arguments *arguments)
{
	struct stp_source *source = stp_source_from_file(context, arguments->files[0], NOWHERE);
	struct stp_string out;

	stp_string_init(&out, context);
	if (source != NULL && stp_po_read(context, source, &out))
		stp_write_file(context, arguments->values[STP_O_OUTPUT], out.text, out.length);
}

static bool is_po(const char *path)
{
	size_t length = strlen(path);

	return length > 3 && strcmp(path + length - 3, ".po") == 0;
}

static int run(struct stp_context *context, const struct stp_arguments *arguments)
{
	const char *code = arguments->values[STP_O_LANGUAGE];

	if (arguments->file_count > 0 && is_po(arguments->files[0])) {
		if (arguments->file_count > 1 || code != NULL) {
			stp_report(context, STP_D_unknown_choice, NOWHERE,
				   "a .po is read alone, and says its language itself");
			return STP_USAGE;
		}
		read_po(context, arguments);
	} else if (code == NULL || strcmp(code, STP_SOURCE_LANGUAGE) == 0) {
		stp_report(context, STP_D_unknown_choice, NOWHERE,
			   "--lang says into which language the texts are translated");
		return STP_USAGE;
	} else {
		write_po(context, arguments, code);
	}
	return stp_status_of(context);
}

const struct stp_command stp_command_po = {
	.name = "po",
	.synopsis = "[FILE...] --lang LANG -o FILE.po [--clinic FILE] [-I DIR]\n"
		    "       stipple po FILE.po -o FILE.stip",
	.summary = "write what a translator must translate, and read it back",
	.description =
		"Writes a .po with every phrase and text that the sheets of the files may "
		"print, and with\n"
		"what the language says of them already; without a file, of the whole library. "
		"Given "
		"a .po\n"
		"alone, writes the "
		"language file that\n"
		"it amounts to; what is not translated is left out, and stipple check --lang "
		"names it.",
	.examples = "  stipple po --lang de -o de.po\n"
		    "  stipple po acne_scars.stip --clinic clinic.stip --lang nl -o nl.po\n"
		    "  stipple po de.po -o de.stip\n",
	.options = STP_OUTPUT_OPTIONS | STP_OPTION_BIT(CLINIC) | STP_OPTION_BIT(LANGUAGE),
	.required = STP_OPTION_BIT(OUTPUT),
	.needs_no_file = true,
	.run = run,
};
