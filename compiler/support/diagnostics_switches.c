/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the user makes of the diagnostics: -W on the command line raises, lowers and switches off by
 * name. An error stays an error: what it speaks of could hurt a client, so nobody can wave it away.
 */
#include "support/support.h"

#include <string.h>

enum stp_switch { AS_IN_TABLE, ON, OFF, AN_ERROR };

static char capital(char letter)
{
	return letter >= 'a' && letter <= 'z' ? (char)(letter - 'a' + 'A') : letter;
}

static bool is_id(const char *word, const char *id)
{
	while (*word != '\0' && capital(*word) == *id) {
		word++;
		id++;
	}
	return *word == '\0' && *id == '\0';
}

enum stp_diagnostic_id stp_diagnostic_named(const char *word)
{
	size_t i = 0;

	while (i < STP_DIAGNOSTIC_COUNT && strcmp(word, stp_diagnostic_kinds[i].name) != 0 &&
	       !is_id(word, stp_diagnostic_kinds[i].id))
		i++;
	return (enum stp_diagnostic_id)i;
}

const char *stp_nearest_diagnostic(const char *word)
{
	const char *names[2 * STP_DIAGNOSTIC_COUNT];

	for (size_t i = 0; i < STP_DIAGNOSTIC_COUNT; i++) {
		names[i] = stp_diagnostic_kinds[i].name;
		names[STP_DIAGNOSTIC_COUNT + i] = stp_diagnostic_kinds[i].id;
	}
	return stp_nearest(word, names, 2 * STP_DIAGNOSTIC_COUNT);
}

static const char *unknown(struct stp_context *context, const char *name)
{
	const char *near = stp_nearest_diagnostic(name);

	if (near != NULL)
		return stp_format(context, "-W: there is no diagnostic %s; did you mean %s?", name,
				  near);
	return stp_format(context, "-W: there is no diagnostic %s; stipple explain lists them all",
			  name);
}

static const char *after(const char *text, const char *prefix)
{
	size_t length = strlen(prefix);

	return strncmp(text, prefix, length) == 0 ? text + length : NULL;
}

bool stp_switch_diagnostic(struct stp_context *context, const char *switched, const char **why)
{
	const char *raised = after(switched, "error=");
	const char *off = after(switched, "no-");
	const char *name = raised != NULL ? raised : off != NULL ? off : switched;
	enum stp_diagnostic_id id = stp_diagnostic_named(name);

	if (strcmp(switched, "error") == 0) {
		context->all_are_errors = true;
		return true;
	}
	if (id == STP_DIAGNOSTIC_COUNT) {
		*why = unknown(context, name);
		return false;
	}
	if (off != NULL && stp_diagnostic_kinds[id].severity == STP_ERROR) {
		*why = stp_format(context, "-W: %s is an error and cannot be switched off", name);
		return false;
	}
	context->switches[id] = raised != NULL ? AN_ERROR : off != NULL ? OFF : ON;
	return true;
}

void stp_switch_like(struct stp_context *context, const struct stp_context *other)
{
	memcpy(context->switches, other->switches, sizeof context->switches);
	context->all_are_errors = other->all_are_errors;
}

bool stp_is_switched_off(const struct stp_context *context, enum stp_diagnostic_id id)
{
	return context->switches[id] == OFF;
}

enum stp_severity stp_severity_of(const struct stp_context *context, enum stp_diagnostic_id id)
{
	enum stp_severity severity = stp_diagnostic_kinds[id].severity;

	if (context->all_are_errors || context->switches[id] == AN_ERROR)
		return STP_ERROR;
	return context->switches[id] == ON && severity == STP_NOTE ? STP_WARNING : severity;
}
