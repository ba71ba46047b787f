/* SPDX-License-Identifier: Apache-2.0 */
/* Language, format, fingerprint and file names of sheets. */
#include "sheets.h"

#include <string.h>

#include "emit/tables.h"

#define NOWHERE ((struct stp_span){ 0, 0, 0 })

static const struct stp_language *find_language(struct stp_context *context,
						const struct stp_model *model, const char *name)
{
	for (size_t i = 0; i < model->language_count; i++)
		if (strcmp(model->languages[i]->name, name) == 0)
			return model->languages[i];
	struct stp_diagnostic *report =
		stp_report(context, STP_D_unknown_choice, NOWHERE, "there is no language %s", name);
	stp_help(context, report, "the program has en; a file that you name may declare others");
	return NULL;
}

static const char *fingerprint_text(struct stp_context *context, const struct stp_model *model)
{
	uint8_t bytes[STP_FINGERPRINT_BYTES];
	struct stp_string text;

	if (stp_fingerprint(context, model, bytes) != STP_DONE)
		return NULL;
	stp_string_init(&text, context);
	for (size_t i = 0; i < sizeof bytes; i++)
		stp_addf(&text, "%02x", bytes[i]);
	return text.text;
}

const struct stp_model *stp_open_sheets(struct stp_context *context,
					const struct stp_arguments *arguments,
					struct stp_sheet_options *options)
{
	struct stp_arguments with_language = *arguments;
	const char **language = &with_language.values[STP_O_LANGUAGE];

	if (!*language)
		*language = "en";
	const char *format = arguments->values[STP_O_FORMAT];

	options->format = format && strcmp(format, "html") == 0 ? STP_HTML : STP_MARKDOWN;
	const struct stp_model *model = stp_open_model(context, &with_language);
	if (!model)
		return NULL;
	options->language = find_language(context, model, *language);
	options->fingerprint = fingerprint_text(context, model);
	return options->language && options->fingerprint ? model : NULL;
}

bool stp_write_sheet(struct stp_context *context, const struct stp_arguments *arguments,
		     const struct stp_sheet_options *options, const struct stp_protocol *protocol,
		     const char *document, const struct stp_string *sheet)
{
	const char *ending = options->format == STP_HTML ? "html" : "md";
	const char *path = stp_output_path(
		context, arguments->values[STP_O_OUTPUT],
		stp_format(context, "%s.%s.%s", protocol->name, document, options->language->name),
		ending);

	return stp_write_file(context, path, sheet->text, sheet->length) &&
	       stp_write_depfile(context, arguments, path);
}
