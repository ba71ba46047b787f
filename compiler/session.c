/* SPDX-License-Identifier: Apache-2.0 */
/* What the commands share: loading and resolving, choosing protocols, paths, the depfile. */
#include <string.h>

#include "emit/depfile.h"
#include "emit/words.h"
#include "model/load.h"
#include "model/translate.h"
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

#define LANGUAGES "languages/"

/* "ar, de, en" */
static const char *shipped_languages(struct stp_context *context)
{
	struct stp_string names;

	stp_string_init(&names, context);
	for (size_t i = 0; i < stp_library_count; i++) {
		const char *name = strstr(stp_library[i].name, LANGUAGES);

		if (name != NULL)
			stp_addf(&names, "%s%s", names.length > 0 ? ", " : "",
				 name + strlen(LANGUAGES));
	}
	return names.text;
}

/* The whole library but its languages, as a file in memory that imports it. */
static void import_library(struct stp_context *context, struct stp_overlay *overlay)
{
	struct stp_string text;

	stp_string_init(&text, context);
	for (size_t i = 0; i < stp_library_count; i++)
		if (strstr(stp_library[i].name, LANGUAGES) == NULL)
			stp_addf(&text, "import \"%s\"\n", stp_library[i].name);
	*overlay = (struct stp_overlay){ "the library", text.text, text.length };
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
		const char *import = stp_format(context, "std/" LANGUAGES "%s", languages[i]);

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
	stp_help(context, report, "the program has %s; a file that you name may declare others",
		 shipped_languages(context));
	return NULL;
}

const struct stp_model *stp_open_sources(struct stp_context *context,
					 const struct stp_arguments *arguments,
					 const char *languages, struct stp_opened *opened)
{
	const char *clinic = arguments->values[STP_O_CLINIC];
	const char **paths = stp_alloc_array(context, arguments->file_count + 3, sizeof *paths);
	size_t count = arguments->file_count;
	struct stp_overlay overlays[3] = { { NULL, NULL, 0 } };
	struct stp_load_options options = { .overlay = overlays,
					    .folders = arguments->folders,
					    .folder_count = arguments->folder_count,
					    .policies = arguments->policies,
					    .policy_count = arguments->policy_count };

	memcpy(paths, arguments->files, count * sizeof *paths);
	if (count == 0) {
		import_library(context, &overlays[options.overlay_count]);
		paths[count++] = overlays[options.overlay_count++].path;
	}
	if (clinic != NULL)
		paths[count++] = clinic;
	if (languages != NULL)
		count = add_languages(context, languages, paths, count,
				      &overlays[options.overlay_count]);
	options.overlay_count += overlays[options.overlay_count].path != NULL;
	context->today = stp_read_today(context, arguments);
	if (!stp_load(context, &options, paths, count, &opened->trees, &opened->tree_count))
		return NULL;
	opened->model = stp_resolve(context, (const struct stp_tree *const *)opened->trees,
				    opened->tree_count);
	return stp_error_count(context) > 0 ? NULL : opened->model;
}

/*
 * Whether the trees now hold other texts than before. What the language lacks is reported; English
 * lacks phrases at most.
 */
static bool put_into_words(struct stp_context *context, const struct stp_opened *opened,
			   const struct stp_language *language)
{
	struct stp_words words;

	return stp_words_open(&words, context, language) &&
	       strcmp(language->name, STP_SOURCE_LANGUAGE) != 0 &&
	       stp_translate(context, opened->trees, opened->tree_count, language);
}

const struct stp_model *stp_open_model(struct stp_context *context,
				       const struct stp_arguments *arguments)
{
	const char *name = arguments->values[STP_O_LANGUAGE];
	const char *languages = name != NULL ? name : arguments->values[STP_O_TEXT];
	struct stp_opened opened;
	const struct stp_model *model = stp_open_sources(context, arguments, languages, &opened);
	const struct stp_language *language;

	if (model == NULL || name == NULL)
		return model;
	language = stp_find_language(context, model, name);
	if (language != NULL && put_into_words(context, &opened, language))
		model = stp_resolve(context, (const struct stp_tree *const *)opened.trees,
				    opened.tree_count);
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
