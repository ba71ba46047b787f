/* SPDX-License-Identifier: Apache-2.0 */
/* stipple why: the range of a setting for a client, and the statements that made it. */
#include <string.h>

#include "emit/why.h"
#include "program.h"

#define NOWHERE ((struct stp_span){ 0, 0, 0 })

/* Reports that none of the names is the word; returns false. */
static bool unknown(struct stp_context *context, const char *what, const char *word,
		    const char *const *names, size_t count)
{
	const char *near = stp_nearest(word, names, count);
	struct stp_diagnostic *diagnostic =
		stp_report(context, STP_D_unknown_choice, NOWHERE, "there is no %s %s", what, word);

	if (near != NULL)
		stp_help(context, diagnostic, "did you mean %s?", near);
	else if (count > 0 && count <= STP_FACTOR_VALUES)
		stp_help(context, diagnostic, "there is %s", stp_in_a_row(context, names, count));
	return false;
}

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
	unknown(context, "zone", word, names, protocol->zone_count);
}

/* ---- --given skin_type=VI,session=1,age=30,cold_sore_history=yes ---- */

/* One client has one answer: of two, the one that was meant is not known. */
static bool given_twice(struct stp_context *context, const char *name)
{
	stp_help(context,
		 stp_report(context, STP_D_unknown_choice, NOWHERE, "%s is given twice", name),
		 "keep the one that is meant");
	return false;
}

/* low and high hold all that can be; there is no number below low. */
static bool give_number(struct stp_context *context, const char *name, const char *value,
			uint16_t *low, uint16_t *high)
{
	unsigned number = 0;
	const char *at = value;

	while (*at >= '0' && *at <= '9' && number < STP_ANY_HIGH)
		number = number * 10 + (unsigned)(*at++ - '0');
	if (*low == *high)
		return given_twice(context, name);
	if (at == value || *at != '\0' || number >= STP_ANY_HIGH || number < *low)
		return unknown(context, name, value, NULL, 0);
	*low = *high = (uint16_t)number;
	return true;
}

static bool give_value(struct stp_context *context, const struct stp_factor *factor,
		       const char *value, struct stp_client *client)
{
	const char *names[STP_FACTOR_VALUES];

	if (client->values[factor->index] != (1u << factor->value_count) - 1)
		return given_twice(context, factor->name);
	for (uint8_t i = 0; i < factor->value_count; i++) {
		names[i] = factor->values[i].name;
		if (strcmp(names[i], value) != 0)
			continue;
		client->values[factor->index] = (uint16_t)(1u << i);
		return true;
	}
	return unknown(context, stp_format(context, "value of %s:", factor->name), value, names,
		       factor->value_count);
}

static bool give(struct stp_context *context, const struct stp_model *model, const char *name,
		 const char *value, struct stp_client *client)
{
	const char **names = stp_alloc_array(context, model->factor_count + 1, sizeof *names);

	if (strcmp(name, "session") == 0)
		return give_number(context, name, value, &client->session_low,
				   &client->session_high);
	if (strcmp(name, "age") == 0)
		return give_number(context, name, value, &client->age_low, &client->age_high);
	for (size_t i = 0; i < model->factor_count; i++) {
		names[i] = model->factors[i]->name;
		if (strcmp(names[i], name) == 0)
			return give_value(context, model->factors[i], value, client);
	}
	return unknown(context, "factor", name, names, model->factor_count);
}

bool stp_read_client(struct stp_context *context, const struct stp_model *model, const char *given,
		     struct stp_client *client)
{
	*client = (struct stp_client){ .model = model,
				       .session_low = 1,
				       .session_high = STP_ANY_HIGH,
				       .age_high = STP_ANY_HIGH };
	client->values = stp_alloc_array(context, model->factor_count + 1, sizeof *client->values);
	for (size_t i = 0; i < model->factor_count; i++)
		client->values[i] = (uint16_t)((1u << model->factors[i]->value_count) - 1);
	while (given != NULL && *given != '\0') {
		size_t length = strcspn(given, ",");
		char *fact = stp_copy_text(context, given, length);
		char *equals = strchr(fact, '=');

		if (equals == NULL)
			return unknown(context, "value in", fact, NULL, 0);
		*equals = '\0';
		if (!give(context, model, fact, equals + 1, client))
			return false;
		given += length + (given[length] == ',');
	}
	return true;
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
	return unknown(context, "setting", word, stp_setting_names, STP_SETTINGS);
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
