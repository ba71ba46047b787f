/* SPDX-License-Identifier: Apache-2.0 */
/* stipple trace: from each statement to its rows, its words and its sources. */
#include <string.h>

#include "emit/trace.h"
#include "sheets.h"

static const char *const endings[] = {
	[STP_TRACE_MARKDOWN] = "md", [STP_TRACE_CSV] = "csv", [STP_TRACE_JSON] = "json"
};

static enum stp_trace_format format_of(const struct stp_arguments *arguments)
{
	const char *said = arguments->values[STP_O_TRACE_FORMAT];
	enum stp_trace_format format = STP_TRACE_MARKDOWN;

	while (said != NULL && strcmp(said, endings[format]) != 0)
		format++; /* what it can be was checked as it was read */
	return format;
}

static void trace_each(struct stp_context *context, const struct stp_arguments *arguments,
		       const struct stp_model *model, const struct stp_sheet_options *options)
{
	enum stp_trace_format format = format_of(arguments);
	const struct stp_protocol **chosen;
	size_t count = stp_chosen_protocols(context, model, arguments, &chosen);
	struct stp_string *traces = stp_alloc_array(context, count + 1, sizeof *traces);

	for (size_t i = 0; i < count; i++) {
		stp_string_init(&traces[i], context);
		if (!stp_emit_trace(context, model, chosen[i], options, format, &traces[i]))
			return;
	}
	for (size_t i = 0; i < count; i++) {
		const char *path = stp_output_path(context, arguments->values[STP_O_OUTPUT],
						   stp_format(context, "%s.trace", chosen[i]->name),
						   endings[format]);

		if (!stp_write_file(context, path, traces[i].text, traces[i].length) ||
		    !stp_write_depfile(context, arguments, path))
			return;
	}
}

static int run(struct stp_context *context, const struct stp_arguments *arguments)
{
	struct stp_sheet_options options = { .format = STP_MARKDOWN };
	const struct stp_model *model = stp_open_sheets(context, arguments, &options);

	if (model != NULL)
		trace_each(context, arguments, model, &options);
	return stp_status_of(context);
}

const struct stp_command stp_command_trace = {
	.name = "trace",
	.synopsis = "FILE... -o DIR [--format md|csv|json] [--protocol NAME] [-I DIR] [-MD ...]",
	.summary = "write where each row and sentence comes from",
	.description =
		"Writes PROTOCOL.trace.md, .csv or .json: each statement, what it means, the rows "
		"of "
		"the\n"
		"device's table that it became, what the sheets say of it, and its sources with "
		"their\n"
		"grades. Proposals and numbers without a source are counted and listed. The file's "
		"rows\n"
		"are those of stipple tables with the same files. With -o - it goes to standard "
		"output.",
	.examples = "  stipple trace acne_scars.stip -o review\n"
		    "  stipple trace acne_scars.stip --format csv -o review\n",
	.options = STP_OUTPUT_OPTIONS | STP_OPTION_BIT(PROTOCOL) | STP_OPTION_BIT(TRACE_FORMAT) |
		   STP_DEPFILE_OPTIONS,
	.required = STP_OPTION_BIT(OUTPUT),
	.run = run,
};
