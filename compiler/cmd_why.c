/* SPDX-License-Identifier: Apache-2.0 */
/* stipple why: the range of a setting, or the course, for a client, and what made it so. */
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

/* What is asked about: a setting in a zone, or, with no zone, the course. */
struct question {
	const char *zone;
	const char *setting;
};

static bool answer_setting(struct stp_context *context, const struct stp_model *model,
			   const struct stp_protocol *protocol, const struct question *asked,
			   const struct stp_client *client, struct stp_string *out)
{
	const struct stp_zone_plan *plan = find_plan(protocol, asked->zone);
	const struct stp_zone *whole = find_zone(model, asked->zone);
	enum stp_setting_id setting = STP_DEPTH;

	if (!find_setting(context, asked->setting, &setting))
		return false;
	if (plan != NULL) {
		stp_emit_why(context, protocol, plan, setting, client, out);
	} else if (whole == NULL ||
		   !stp_emit_why_parts(context, protocol, whole, setting, client, out)) {
		report_zone(context, protocol, asked->zone);
		return false;
	}
	return true;
}

static void answer(struct stp_context *context, const struct stp_model *model,
		   const struct stp_arguments *arguments, const struct question *asked)
{
	const struct stp_protocol **chosen;
	struct stp_client client;
	struct stp_string out;

	if (stp_chosen_protocols(context, model, arguments, &chosen) == 0 ||
	    !stp_read_client(context, model, arguments->values[STP_O_GIVEN], &client))
		return;
	stp_string_init(&out, context);
	if (asked->zone == NULL)
		stp_emit_why_course(context, chosen[0], &client, &out);
	else if (!answer_setting(context, model, chosen[0], asked, &client, &out))
		return;
	stp_write_file(context, "-", out.text, out.length);
}

static int run(struct stp_context *context, const struct stp_arguments *arguments)
{
	struct stp_arguments files = *arguments;
	const char *const *last = arguments->files + arguments->file_count - 1;
	struct question asked = { .setting = *last };
	const struct stp_model *model;
	bool course = strcmp(*last, "course") == 0;

	if (arguments->file_count < (course ? 2 : 3)) {
		stp_report(context, STP_D_unknown_choice, NOWHERE,
			   "say a file, a zone and a setting: stipple why acne.stip cheeks depth; "
			   "or the course: stipple why acne.stip course");
		return STP_USAGE;
	}
	files.file_count -= course ? 1 : 2;
	if (!course)
		asked.zone = last[-1];
	model = stp_open_model(context, &files);
	if (model != NULL)
		answer(context, model, &files, &asked);
	return stp_status_of(context);
}

const struct stp_command stp_command_why = {
	.name = "why",
	.synopsis = "FILE... ZONE SETTING [--given FACTOR=VALUE,...] [--protocol NAME]\n"
		    "           FILE... course [--given FACTOR=VALUE,...] [--protocol NAME]",
	.summary = "show the range of a setting, or the course, and the statements that made it",
	.description =
		"Prints the recommended range and the hard limit of a setting (depth, "
		"passes or rate) in a\n"
		"zone, and every statement behind it with its file and line, its sources "
		"and its reason.\n"
		"Of the course it is the least time between sessions, and how many there may "
		"be; there depth=1.25mm\n"
		"gives the greatest depth of the last session.\n"
		"What is not given about the client stays open: what may tighten counts as "
		"tightening.",
	.examples = "  stipple why acne_scars.stip cheeks depth --given skin_type=VI,session=1\n"
		    "  stipple why acne_scars.stip chin passes\n"
		    "  stipple why acne_scars.stip course --given session=2,depth=1.25mm\n",
	.options = STP_SOURCE_OPTIONS | STP_OPTION_BIT(PROTOCOL) | STP_OPTION_BIT(GIVEN),
	.run = run,
};
