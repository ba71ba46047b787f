/* SPDX-License-Identifier: Apache-2.0 */
/* Language, format, fingerprint and file names of sheets. */
#include "sheets.h"

#include <string.h>

#include "emit/tables.h"

#define NOWHERE ((struct stp_span){ 0, 0, 0 })

bool stp_read_visit(struct stp_context *context, const char *said, struct stp_moment *visit)
{
	if (stp_moment_parse(said, visit))
		return true;
	struct stp_diagnostic *report =
		stp_report(context, STP_D_bad_visit, NOWHERE, "%s is not a visit", said);
	stp_help(context, report, "write the date and the time as in 2026-12-01T10:00");
	return false;
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

static const struct {
	const char *word, *ending;
} formats[STP_SHEET_FORMATS] = {
	[STP_MARKDOWN] = { "md", "md" },
	[STP_HTML] = { "html", "html" },
	[STP_FRAGMENT] = { "fragment", "fragment.html" },
	[STP_CALENDAR] = { "ics", "ics" },
};

/* What it can be was checked as it was read. */
static enum stp_sheet_format format_of(const struct stp_arguments *arguments)
{
	const char *said = arguments->values[STP_O_FORMAT];
	const char *of_card = arguments->values[STP_O_CARD_FORMAT];
	enum stp_sheet_format format = STP_MARKDOWN;

	if (of_card)
		said = of_card;
	while (said && strcmp(said, formats[format].word) != 0)
		format++;
	return format;
}

const struct stp_model *stp_open_sheets(struct stp_context *context,
					const struct stp_arguments *arguments,
					struct stp_sheet_options *options)
{
	struct stp_arguments with_language = *arguments;
	const char **language = &with_language.values[STP_O_LANGUAGE];

	if (!*language)
		*language = "en";

	options->format = format_of(arguments);
	const struct stp_model *model = stp_open_model(context, &with_language);
	if (!model)
		return NULL;
	options->language = stp_find_language(context, model, *language);
	options->fingerprint = fingerprint_text(context, model);
	if (arguments->values[STP_O_GIVEN]) {
		struct stp_client *client = stp_alloc(context, sizeof *client);

		if (!stp_read_client(context, model, arguments->values[STP_O_GIVEN], client))
			return NULL;
		if (client->depth_um != 0) {
			stp_help(context,
				 stp_report(context, STP_D_unknown_choice, NOWHERE,
					    "no sheet is for a depth of the last session"),
				 "leave it out: the sheet says what depends on the depth; "
				 "`stipple why FILE course` takes one");
			return NULL;
		}
		options->client = client;
	}
	return options->language && options->fingerprint ? model : NULL;
}

const struct stp_clinic *stp_find_clinic(struct stp_context *context, const struct stp_model *model,
					 const char *path)
{
	for (size_t i = 0; i < model->clinic_count; i++) {
		const struct stp_clinic *clinic = model->clinics[i];

		if (strcmp(stp_source_by_id(context, clinic->span.source)->name, path) == 0)
			return clinic;
	}
	struct stp_diagnostic *report =
		stp_report(context, STP_D_unknown_choice, NOWHERE, "%s declares no clinic", path);
	stp_help(context, report, "write clinic NAME \"Its name\" { telephone \"…\" } there");
	return NULL;
}

static const char *path_of(struct stp_context *context, const struct stp_arguments *arguments,
			   const struct stp_sheet_options *options,
			   const struct stp_made_sheet *sheet)
{
	return stp_output_path(context, arguments->values[STP_O_OUTPUT],
			       stp_format(context, "%s.%s.%s", sheet->protocol->name,
					  sheet->document, options->language->name),
			       formats[options->format].ending);
}

void stp_write_sheets(struct stp_context *context, const struct stp_arguments *arguments,
		      const struct stp_sheet_options *options, const struct stp_made_sheet *sheets,
		      size_t count)
{
	bool one_depfile = arguments->values[STP_O_DEPFILE_PATH] != NULL;

	for (size_t i = 0; i < count; i++) {
		const char *path = path_of(context, arguments, options, &sheets[i]);

		if (!stp_write_file(context, path, sheets[i].text.text, sheets[i].text.length))
			return;
		if ((i == 0 || !one_depfile) && !stp_write_depfile(context, arguments, path))
			return;
	}
}
