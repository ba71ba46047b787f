/* SPDX-License-Identifier: Apache-2.0 */
/* Resolving sources that lie in memory. */
#include "model_source.h"

#include <stdlib.h>
#include <string.h>

#include "syntax/syntax.h"

const struct stp_model *resolve_text(struct stp_context *context, const char *text)
{
	const struct stp_overlay overlay = { "test.stip", text, strlen(text) };
	const struct stp_load_options options = { .overlay = &overlay, .overlay_count = 1 };
	const char *const path = "test.stip";
	struct stp_tree **trees;
	size_t count;

	stp_load(context, &options, &path, 1, &trees, &count);
	return stp_resolve(context, (const struct stp_tree *const *)trees, count);
}

size_t count_of(const struct stp_context *context, enum stp_diagnostic_id id)
{
	size_t count = 0;

	for (const struct stp_diagnostic *at = stp_diagnostics(context); at != NULL; at = at->next)
		count += at->id == id;
	return count;
}

#ifdef __SANITIZE_ADDRESS__
#define MODELS 10000
#else
#define MODELS 100000
#endif

size_t models_wanted(const char *variable)
{
	const char *said = getenv(variable);
	size_t count = said == NULL ? 0 : (size_t)strtoul(said, NULL, 10);

	return count > 0 ? count : MODELS;
}

const char *list_faults(struct stp_context *context)
{
	struct stp_string list;

	stp_string_init(&list, context);
	stp_add(&list, "");
	for (const struct stp_diagnostic *at = stp_diagnostics(context); at != NULL;
	     at = at->next) {
		struct stp_position position;

		if (at->severity == STP_NOTE)
			continue;
		position = stp_position(context, at->span);
		stp_addf(&list, "%s %s %u:%u\n", stp_diagnostic_kinds[at->id].id,
			 stp_diagnostic_kinds[at->id].name, position.line, position.column);
	}
	return list.text;
}
