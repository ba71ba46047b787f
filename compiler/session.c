/* SPDX-License-Identifier: Apache-2.0 */
/* What the commands share: loading and resolving, choosing protocols, paths, the depfile. */
#include <string.h>

#include "emit/depfile.h"
#include "model/load.h"
#include "program.h"
#include "support/library.h"

#define NOWHERE ((struct stp_span){ 0, 0, 0 })

int stp_status_of(const struct stp_context *context)
{
	const struct stp_diagnostic *at = stp_diagnostics(context);

	for (; at != NULL; at = at->next)
		if (at->id == STP_D_cannot_write ||
		    (at->id == STP_D_cannot_read && at->span.source == 0))
			return STP_IO;
	for (at = stp_diagnostics(context); at != NULL; at = at->next)
		if (at->span.source == 0 &&
		    (at->id == STP_D_unknown_choice || at->id == STP_D_bad_output_name))
			return STP_USAGE;
	return stp_error_count(context) > 0 ? STP_FAULTS : STP_DONE;
}

static bool is_shipped(const char *import)
{
	for (size_t i = 0; i < stp_library_count; i++)
		if (strcmp(stp_library[i].name, import) == 0)
			return true;
	return false;
}

size_t stp_split_languages(struct stp_context *context, const char *list, const char ***languages)
{
	size_t count = 0;

	*languages = stp_alloc_array(context, strlen(list) + 1, sizeof **languages);
	for (const char *at = list;; at++) {
		size_t length = strcspn(at, ",");

		(*languages)[count++] = stp_copy_text(context, at, length);
		at += length;
		if (*at == '\0')
			return count;
	}
}

/* The languages as a file in memory that imports from the library those that are there. */
static size_t add_languages(struct stp_context *context, const char *list, const char **paths,
			    size_t count, struct stp_overlay *overlay)
{
	const char **languages;
	size_t language_count = stp_split_languages(context, list, &languages);
	struct stp_string imports;

	stp_string_init(&imports, context);
	for (size_t i = 0; i < language_count; i++) {
		const char *import = stp_format(context, "std/languages/%s", languages[i]);

		if (is_shipped(import))
			stp_addf(&imports, "import \"%s\"\n", import);
	}
	if (imports.length == 0)
		return count;
	overlay->path = "the --lang option";
	overlay->text = imports.text;
	overlay->length = imports.length;
	paths[count] = overlay->path;
	return count + 1;
}

const struct stp_language *stp_find_language(struct stp_context *context,
					     const struct stp_model *model, const char *name)
{
	struct stp_diagnostic *report;

	for (size_t i = 0; i < model->language_count; i++)
		if (strcmp(model->languages[i]->name, name) == 0)
			return model->languages[i];
	report =
		stp_report(context, STP_D_unknown_choice, NOWHERE, "there is no language %s", name);
	stp_help(context, report, "the program has en; a file that you name may declare others");
	return NULL;
}

const struct stp_model *stp_open_model(struct stp_context *context,
				       const struct stp_arguments *arguments)
{
	const char *clinic = arguments->values[STP_O_CLINIC];
	const char *languages = arguments->values[STP_O_LANGUAGE] != NULL
					? arguments->values[STP_O_LANGUAGE]
					: arguments->values[STP_O_TEXT];
	const char **paths = stp_alloc_array(context, arguments->file_count + 2, sizeof *paths);
	size_t count = arguments->file_count;
	struct stp_overlay overlay = { NULL, NULL, 0 };
	struct stp_load_options options = { .folders = arguments->folders,
					    .folder_count = arguments->folder_count,
					    .policies = arguments->policies,
					    .policy_count = arguments->policy_count };
	const struct stp_model *model;
	struct stp_tree **trees;
	size_t tree_count;

	memcpy(paths, arguments->files, count * sizeof *paths);
	if (clinic != NULL)
		paths[count++] = clinic;
	if (languages != NULL)
		count = add_languages(context, languages, paths, count, &overlay);
	context->today = stp_read_today(context, arguments);
	options.overlay = &overlay;
	options.overlay_count = overlay.path != NULL;
	if (!stp_load(context, &options, paths, count, &trees, &tree_count))
		return NULL;
	model = stp_resolve(context, (const struct stp_tree *const *)trees, tree_count);
	return stp_error_count(context) > 0 ? NULL : model;
}

bool stp_is_named(const struct stp_context *context, const struct stp_arguments *arguments,
		  struct stp_span place)
{
	const struct stp_source *source = stp_source_by_id(context, place.source);

	for (size_t i = 0; i < arguments->file_count; i++)
		if (strcmp(source->name, arguments->files[i]) == 0 ||
		    (strcmp(arguments->files[i], "-") == 0 && !source->embedded &&
		     strcmp(source->name, "standard input") == 0))
			return true;
	return false;
}

static bool is_asked_for(const struct stp_context *context, const struct stp_arguments *arguments,
			 const struct stp_protocol *protocol)
{
	const char *wanted = arguments->values[STP_O_PROTOCOL];

	if (wanted != NULL)
		return strcmp(protocol->name, wanted) == 0;
	return stp_is_named(context, arguments, protocol->span);
}

static void report_no_protocol(struct stp_context *context, const struct stp_model *model,
			       const struct stp_arguments *arguments)
{
	const char *wanted = arguments->values[STP_O_PROTOCOL];
	const char **names = stp_alloc_array(context, model->protocol_count + 1, sizeof *names);
	struct stp_diagnostic *diagnostic;
	const char *near;

	if (wanted == NULL) {
		diagnostic = stp_report(context, STP_D_nothing_to_do, NOWHERE,
					"%s declares no protocol", arguments->files[0]);
		stp_help(context, diagnostic,
			 "name a file with a protocol in it, or say --protocol NAME");
		return;
	}
	for (size_t i = 0; i < model->protocol_count; i++)
		names[i] = model->protocols[i]->name;
	near = stp_nearest(wanted, names, model->protocol_count);
	diagnostic = stp_report(context, STP_D_unknown_choice, NOWHERE, "there is no protocol %s",
				wanted);
	if (near != NULL)
		stp_help(context, diagnostic, "did you mean %s?", near);
	else
		stp_help(context, diagnostic, "the files declare %s",
			 stp_in_a_row(context, names, model->protocol_count));
}

size_t stp_chosen_protocols(struct stp_context *context, const struct stp_model *model,
			    const struct stp_arguments *arguments,
			    const struct stp_protocol ***chosen)
{
	size_t count = 0;

	*chosen = stp_alloc_array(context, model->protocol_count + 1, sizeof **chosen);
	for (size_t i = 0; i < model->protocol_count; i++)
		if (is_asked_for(context, arguments, model->protocols[i]))
			(*chosen)[count++] = model->protocols[i];
	if (count == 0)
		report_no_protocol(context, model, arguments);
	return count;
}

const char *stp_output_path(struct stp_context *context, const char *folder, const char *name,
			    const char *ending)
{
	size_t length = strlen(folder);

	if (strcmp(folder, "-") == 0)
		return "-";
	return stp_format(context, "%s%s%s.%s", folder,
			  length > 0 && folder[length - 1] == '/' ? "" : "/", name, ending);
}

/* build/acne.c → build/acne.d */
static const char *depfile_beside(struct stp_context *context, const char *output)
{
	const char *slash = strrchr(output, '/');
	const char *dot = strrchr(output, '.');
	size_t stem = dot != NULL && (slash == NULL || dot > slash) ? (size_t)(dot - output)
								    : strlen(output);

	return stp_format(context, "%.*s.d", (int)stem, output);
}

bool stp_write_depfile(struct stp_context *context, const struct stp_arguments *arguments,
		       const char *output)
{
	const char *path = arguments->values[STP_O_DEPFILE_PATH];
	const char *target = arguments->values[STP_O_DEPFILE_TARGET];
	struct stp_string text;

	if (arguments->values[STP_O_DEPFILE] == NULL && path == NULL)
		return true;
	stp_string_init(&text, context);
	stp_emit_depfile(context, target != NULL ? target : output,
			 arguments->values[STP_O_DEPFILE_PHONY] != NULL, &text);
	return stp_write_file(context, path != NULL ? path : depfile_beside(context, output),
			      text.text, text.length);
}
