/* SPDX-License-Identifier: Apache-2.0 */
/* stipple why: the range of a setting for a client, and the statements that made it. */
#include <string.h>

#include "emit/why.h"
#include "program.h"

#define NOWHERE ((struct stp_span){ 0, 0, 0 })

static const struct stp_zone_plan *find_plan(const struct stp_protocol *protocol, const char *word)
{
	for (size_t i = 0; i < protocol->zone_count; i++)
		if (strcmp(protocol->zones[i].zone->name, word) == 0)
			return &protocol->zones[i];
	return NULL;
}

static const struct stp_zone *find_zone(const struct stp_model *model, const char *word)
{
	for (size_t i = 0; i < model->zone_count; i++)
		if (strcmp(model->zones[i]->name, word) == 0)
			return model->zones[i];
	return NULL;
}

static void report_zone(struct stp_context *context, const struct stp_protocol *protocol,
			const char *word)
{
	const char **names = stp_alloc_array(context, protocol->zone_count + 1, sizeof *names);

	for (size_t i = 0; i < protocol->zone_count; i++)
		names[i] = protocol->zones[i].zone->name;
	stp_unknown_choice(context, "zone", word, names, protocol->zone_count);
}

/* ---- the command ---- */

static bool find_setting(struct stp_context *context, const char *word,
			 enum stp_setting_id *setting)
{
	for (size_t i = 0; i < STP_SETTINGS; i++) {
		if (strcmp(stp_setting_names[i], word) != 0)
			continue;
		*setting = (enum stp_setting_id)i;
		return true;
	}
	return stp_unknown_choice(context, "setting", word, stp_setting_names, STP_SETTINGS);
}

static void answer(struct stp_context *context, const struct stp_model *model,
		   const struct stp_arguments *arguments, const char *zone, const char *word)
{
	const struct stp_protocol **chosen;
	const struct stp_zone_plan *plan;
	const struct stp_zone *whole = find_zone(model, zone);
	enum stp_setting_id setting = STP_DEPTH;
	struct stp_client client;
	struct stp_string out;

	if (stp_chosen_protocols(context, model, arguments, &chosen) == 0 ||
	    !find_setting(context, word, &setting) ||
	    !stp_read_client(context, model, arguments->values[STP_O_GIVEN], &client))
		return;
	plan = find_plan(chosen[0], zone);
	stp_string_init(&out, context);
	if (plan != NULL) {
		stp_emit_why(context, chosen[0], plan, setting, &client, &out);
	} else if (whole == NULL ||
		   !stp_emit_why_parts(context, chosen[0], whole, setting, &client, &out)) {
		report_zone(context, chosen[0], zone);
		return;
	}
	stp_write_file(context, "-", out.text, out.length);
}

static int run(struct stp_context *context, const struct stp_arguments *arguments)
{
	struct stp_arguments files = *arguments;
	const struct stp_model *model;

	if (arguments->file_count < 3) {
		stp_report(context, STP_D_unknown_choice, NOWHERE,
			   "say a file, a zone and a setting: stipple why acne.stip cheeks depth");
		return STP_USAGE;
	}
	files.file_count -= 2;
	model = stp_open_model(context, &files);
	if (model != NULL)
		answer(context, model, &files, arguments->files[files.file_count],
		       arguments->files[files.file_count + 1]);
	return stp_status_of(context);
}

const struct stp_command stp_command_why = {
	.name = "why",
	.synopsis = "FILE... ZONE SETTING [--given FACTOR=VALUE,...] [--protocol NAME]",
	.summary = "show the range of a setting and the statements that made it",
	.description = "Prints the recommended range and the hard limit of a setting (depth, "
		       "passes or rate) in a\n"
		       "zone, and every statement behind it with its file and line, its sources "
		       "and its reason.\n"
		       "What is not given about the client stays open: what may tighten counts as "
		       "tightening.",
	.examples = "  stipple why acne_scars.stip cheeks depth --given skin_type=VI,session=1\n"
		    "  stipple why acne_scars.stip chin passes\n",
	.options = STP_SOURCE_OPTIONS | STP_OPTION_BIT(PROTOCOL) | STP_OPTION_BIT(GIVEN),
	.run = run,
};
