/* SPDX-License-Identifier: Apache-2.0 */
/*
 * --given skin_type=VI,session=1,age=30,pregnancy=no: what is known of one client. What a screened
 * term is asked about goes by its own name too, as in the language: laser for laser_in_area.
 */
#include <string.h>

#include "model/refusals.h"
#include "program.h"

#define NOWHERE ((struct stp_span){ 0, 0, 0 })

#define OLDEST 150 /* whole years: who types a year of birth gives no age */

bool stp_unknown_choice(struct stp_context *context, const char *what, const char *word,
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

/* One client has one answer: of two, the one that was meant is not known. */
static bool given_twice(struct stp_context *context, const char *name)
{
	stp_help(context,
		 stp_report(context, STP_D_unknown_choice, NOWHERE, "%s is given twice", name),
		 "keep the one that is meant");
	return false;
}

/* ---- numbers ---- */

/* low and high hold all that can be; there is no number below low, and none above most. */
static bool give_number(struct stp_context *context, const char *name, const char *value,
			unsigned most, uint16_t *low, uint16_t *high)
{
	unsigned number = 0;
	const char *at = value;

	while (*at >= '0' && *at <= '9' && number < STP_ANY_HIGH)
		number = number * 10 + (unsigned)(*at++ - '0');
	if (*low == *high)
		return given_twice(context, name);
	if (at == value || *at != '\0' || number > most || number < *low) {
		stp_help(context,
			 stp_report(context, STP_D_unknown_choice, NOWHERE, "there is no %s %s",
				    name, value),
			 "write a whole number from %u to %u", (unsigned)*low, most);
		return false;
	}
	*low = *high = (uint16_t)number;
	return true;
}

/* ---- factors ---- */

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
	return stp_unknown_choice(context, stp_format(context, "value of %s:", factor->name), value,
				  names, factor->value_count);
}

/* Of the questions about a term the one about the whole client, else about the area. */
static const struct stp_factor *question_about(const struct stp_model *model, const char *term)
{
	const struct stp_factor *found = NULL;

	for (size_t i = 0; i < model->factor_count; i++) {
		const struct stp_factor *factor = model->factors[i];

		if (factor->condition != NULL && strcmp(factor->condition->name, term) == 0 &&
		    (found == NULL || factor->scope < found->scope))
			found = factor;
	}
	return found;
}

static const struct stp_factor *factor_named(const struct stp_model *model, const char *name)
{
	for (size_t i = 0; i < model->factor_count; i++)
		if (strcmp(model->factors[i]->name, name) == 0)
			return model->factors[i];
	return question_about(model, name);
}

static bool report_factor(struct stp_context *context, const struct stp_model *model,
			  const char *name)
{
	const char **names = stp_alloc_array(context, model->factor_count + 4, sizeof *names);
	size_t count = 0;

	names[count++] = "session";
	names[count++] = "age";
	names[count++] = "depth";
	for (size_t i = 0; i < model->factor_count; i++)
		names[count++] = model->factors[i]->name;
	return stp_unknown_choice(context, "factor", name, names, count);
}

/* "1.25mm" or "1250um" of the last session, exactly; as in the language a quantity has its unit. */
static bool give_depth(struct stp_context *context, const char *value, struct stp_client *client)
{
	unsigned long um = 0;
	int decimals = -1; /* how many were read; negative: the point has not come yet */
	const char *at = value;

	if (client->depth_um != 0)
		return given_twice(context, "depth");
	for (; (*at >= '0' && *at <= '9') || (*at == '.' && decimals < 0); at++) {
		if (*at != '.')
			um = um < STP_ANY_HIGH ? um * 10 + (unsigned long)(*at - '0') : um;
		decimals += *at == '.' || decimals >= 0;
	}
	if (strcmp(at, "mm") == 0)
		for (int scale = decimals < 0 ? 0 : decimals; scale < 3; scale++)
			um *= 10;
	if ((strcmp(at, "mm") == 0 && decimals <= 3) || (strcmp(at, "um") == 0 && decimals < 0))
		client->depth_um = um < STP_ANY_HIGH ? (uint32_t)um : 0;
	if (client->depth_um != 0)
		return true;
	stp_help(context,
		 stp_report(context, STP_D_unknown_choice, NOWHERE, "there is no depth %s", value),
		 "write the greatest of the last session as in depth=1.25mm");
	return false;
}

static bool give(struct stp_context *context, const struct stp_model *model, const char *name,
		 const char *value, struct stp_client *client)
{
	const struct stp_factor *factor;

	if (strcmp(name, "session") == 0)
		return give_number(context, name, value, STP_ANY_HIGH - 1, &client->session_low,
				   &client->session_high);
	if (strcmp(name, "age") == 0)
		return give_number(context, name, value, OLDEST, &client->age_low,
				   &client->age_high);
	if (strcmp(name, "depth") == 0)
		return give_depth(context, value, client);
	factor = factor_named(model, name);
	return factor != NULL ? give_value(context, factor, value, client)
			      : report_factor(context, model, name);
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

		if (equals == NULL) {
			stp_help(context,
				 stp_report(context, STP_D_unknown_choice, NOWHERE,
					    "there is no value in %s", fact),
				 "write it as in skin_type=IV or pregnancy=yes");
			return false;
		}
		*equals = '\0';
		if (!give(context, model, fact, equals + 1, client))
			return false;
		given += length + (given[length] == ',');
	}
	return true;
}

/* ---- what is to be known of a sheet for the client ---- */

static void warn_of_refusals(struct stp_context *context, const struct stp_protocol *protocol,
			     const struct stp_client *client)
{
	struct stp_refusal *refusals;
	size_t count = stp_refusals(context, protocol, client, &refusals);

	for (size_t i = 0; i < count; i++)
		stp_help(context,
			 stp_report(context, STP_D_client_refused, refusals[i].span,
				    "`%s` refuses this client: %s", protocol->name,
				    refusals[i].reason),
			 "do not prepare them for the treatment: what is made says that they are "
			 "refused");
}

/* How long stands in the statement, at whose place it is told. */
static void warn_of_waits(struct stp_context *context, const struct stp_protocol *protocol,
			  const struct stp_client *client)
{
	const struct stp_screen_rule **waits;
	size_t count = stp_waits(context, protocol, client, &waits);

	for (size_t i = 0; i < count; i++)
		stp_help(context,
			 stp_report(context, STP_D_client_waits, waits[i]->term_span,
				    "`%s` has this client wait after %s", protocol->name,
				    waits[i]->term->name),
			 "make sure that the time has passed by the visit: it is not known here");
}

static bool is_asked(const struct stp_protocol *protocol, const struct stp_factor *factor)
{
	for (size_t i = 0; i < protocol->asked_count; i++)
		if (protocol->asked[i] == factor)
			return true;
	return false;
}

static void warn_of_unasked(struct stp_context *context, const struct stp_protocol *protocol,
			    const struct stp_client *client)
{
	const struct stp_model *model = client->model;
	const char **names = stp_alloc_array(context, model->factor_count + 1, sizeof *names);
	size_t count = 0;

	for (size_t i = 0; i < model->factor_count; i++) {
		const struct stp_factor *factor = model->factors[i];

		if (client->values[i] != (1u << factor->value_count) - 1 &&
		    !is_asked(protocol, factor))
			names[count++] = factor->name;
	}
	if (count > 0)
		stp_help(context,
			 stp_report(context, STP_D_given_unasked, protocol->name_span,
				    "no rule of `%s` depends on %s, which is given", protocol->name,
				    stp_in_a_row(context, names, count)),
			 "leave it out, or add a rule: as it is, it makes no difference");
}

void stp_warn_of_client(struct stp_context *context, const struct stp_protocol *protocol,
			const struct stp_client *client)
{
	warn_of_refusals(context, protocol, client);
	warn_of_waits(context, protocol, client);
	warn_of_unasked(context, protocol, client);
}
