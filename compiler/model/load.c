/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loads files and their imports. Files are known by their real path, so that two spellings of one
 * path are one file; the imports of each file are kept as edges, in which cycles are sought at
 * the end. Language reference, "Imports".
 */
#include "model/load.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "support/library.h"
#include "syntax/syntax.h"

#define FILES_MOST 100000

struct import {
	struct import *next;
	size_t file;
	struct stp_span span;
};

struct file {
	const char *key; /* interned: "file:" and the real path, or "library:" and the name */
	struct stp_tree *tree;
	struct import *imports;
	enum { UNSEEN, ON_THE_WAY, DONE } state;
};

struct loader {
	struct stp_context *context;
	const struct stp_load_options *options;
	struct file *files;
	size_t count, room;
	bool complete;
};

#define NO_FILE SIZE_MAX

/* ---- one file ---- */

static const struct stp_overlay *find_overlay(const struct loader *loader, const char *path)
{
	for (size_t i = 0; i < loader->options->overlay_count; i++)
		if (strcmp(loader->options->overlay[i].path, path) == 0)
			return &loader->options->overlay[i];
	return NULL;
}

static const struct stp_library_file *find_embedded(const char *name)
{
	for (size_t i = 0; i < stp_library_count; i++)
		if (strcmp(stp_library[i].name, name) == 0)
			return &stp_library[i];
	return NULL;
}

static const char *key_of(struct stp_context *context, const char *kind, const char *path)
{
	const char *key = stp_format(context, "%s:%s", kind, path);

	return stp_intern(context, key, strlen(key));
}

/* The tag of a key is the number of its file, from 1. */
static size_t add_file(struct loader *loader, const char *key, struct stp_source *source)
{
	struct file *file;

	loader->files = stp_grow(loader->context, loader->files, loader->count, &loader->room,
				 sizeof *loader->files);
	file = &loader->files[loader->count++];
	*file = (struct file){ .key = key };
	*stp_name_tag(key) = (int)loader->count;
	if (source != NULL)
		file->tree = stp_parse(loader->context, source);
	return loader->count - 1;
}

static const char *folder_of(struct stp_context *context, const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? "." : stp_copy_text(context, path, (size_t)(slash - path));
}

static size_t load_overlay(struct loader *loader, const struct stp_overlay *overlay)
{
	const char *key = key_of(loader->context, "memory", overlay->path);
	struct stp_source *source;

	if (*stp_name_tag(key) != 0)
		return (size_t)*stp_name_tag(key) - 1;
	source = stp_source_from_memory(loader->context, overlay->path, overlay->text,
					overlay->length);
	source->folder = folder_of(loader->context, overlay->path);
	source->made = true;
	return add_file(loader, key, source);
}

static size_t load_embedded(struct loader *loader, const struct stp_library_file *file)
{
	const char *key = key_of(loader->context, "library", file->name);
	struct stp_source *source;

	if (*stp_name_tag(key) != 0)
		return (size_t)*stp_name_tag(key) - 1;
	source = stp_source_from_memory(loader->context, file->name, file->text, file->length);
	source->embedded = true;
	return add_file(loader, key, source);
}

/*
 * A file that says what one of the library says stands for it, so that the library's own sources
 * can be checked beside each other without declaring everything twice.
 */
static void stand_for_embedded(struct loader *loader, const struct stp_source *source, size_t file)
{
	for (size_t i = 0; i < stp_library_count; i++) {
		const struct stp_library_file *embedded = &stp_library[i];
		const char *key;

		if (embedded->length != source->length ||
		    memcmp(embedded->text, source->text, source->length) != 0)
			continue;
		key = key_of(loader->context, "library", embedded->name);
		if (*stp_name_tag(key) == 0)
			*stp_name_tag(key) = (int)file + 1;
	}
}

static size_t load_path(struct loader *loader, const char *path, const char *real,
			struct stp_span asked_at)
{
	size_t file;
	const char *key = key_of(loader->context, "file", real);
	struct stp_source *source;

	if (*stp_name_tag(key) != 0)
		return (size_t)*stp_name_tag(key) - 1;
	source = stp_source_from_file(loader->context, path, asked_at);
	if (source == NULL)
		loader->complete = false;
	file = add_file(loader, key, source);
	if (source != NULL)
		stand_for_embedded(loader, source, file);
	return file;
}

/* A file of the library goes by its name there, as after `import`: std/acne_scars. */
static size_t load_asked(struct loader *loader, const char *path)
{
	const struct stp_overlay *overlay = find_overlay(loader, path);
	const struct stp_library_file *shipped = find_embedded(path);
	char real[PATH_MAX];

	if (overlay != NULL)
		return load_overlay(loader, overlay);
	if (shipped != NULL)
		return load_embedded(loader, shipped);
	if (strcmp(path, "-") == 0 || realpath(path, real) == NULL)
		return load_path(loader, path, path, (struct stp_span){ 0, 0, 0 });
	return load_path(loader, path, real, (struct stp_span){ 0, 0, 0 });
}

static void load_policy(struct loader *loader, const char *path)
{
	size_t file = load_asked(loader, path);

	if (loader->files[file].tree != NULL)
		loader->files[file].tree->binds_all = true;
}

/* ---- imports ---- */

/* A name of parts joined by `/`: none of them empty, `.` or `..`, and no control or backslash. */
static bool is_plain(const char *name, size_t length)
{
	size_t begin = 0;

	for (size_t i = 0; i <= length; i++) {
		if (i < length && name[i] != '/') {
			if ((unsigned char)name[i] < ' ' || name[i] == '\\' || name[i] == 0x7f)
				return false;
			continue;
		}
		if (i == begin || (i - begin == 1 && name[begin] == '.') ||
		    (i - begin == 2 && strncmp(name + begin, "..", 2) == 0))
			return false;
		begin = i + 1;
	}
	return true;
}

static bool check_name(struct loader *loader, const struct stp_node *text)
{
	size_t length = strlen(text->text);
	struct stp_diagnostic *diagnostic;

	if (length > 5 && strcmp(text->text + length - 5, ".stip") == 0) {
		diagnostic = stp_report(loader->context, STP_D_import_name, text->span,
					"an import is named without .stip");
		stp_help(loader->context, diagnostic, "leave .stip away; it is added");
		stp_fix(loader->context, diagnostic, text->span,
			stp_format(loader->context, "\"%.*s\"", (int)length - 5, text->text));
		return false;
	}
	if (is_plain(text->text, length))
		return true;
	diagnostic = stp_report(loader->context, STP_D_import_name, text->span,
				"\"%s\" cannot be imported", text->text);
	stp_help(loader->context, diagnostic,
		 "name a file below this one's folder or below a folder given with -I; no absolute "
		 "path and no `..`");
	return false;
}

/* Whether the real path lies in the real folder. */
static bool is_inside(const char *folder, const char *real)
{
	char real_folder[PATH_MAX];
	size_t length;

	if (realpath(folder, real_folder) == NULL)
		return false;
	length = strlen(real_folder);
	if (length == 1)
		return true; /* the folder is the root */
	return strncmp(real, real_folder, length) == 0 && real[length] == '/';
}

/* The file in that folder; NO_FILE when there is none. *refused: there is, and it lies outside. */
static size_t try_folder(struct loader *loader, const char *folder, const struct stp_node *text,
			 bool *refused)
{
	const char *path = strcmp(folder, ".") == 0
				   ? stp_format(loader->context, "%s.stip", text->text)
				   : stp_format(loader->context, "%s/%s.stip", folder, text->text);
	const struct stp_overlay *overlay = find_overlay(loader, path);
	struct stp_diagnostic *diagnostic;
	char real[PATH_MAX];

	if (overlay != NULL)
		return load_overlay(loader, overlay);
	if (realpath(path, real) == NULL)
		return NO_FILE;
	if (is_inside(folder, real))
		return load_path(loader, path, real, text->span);
	diagnostic = stp_report(loader->context, STP_D_import_outside, text->span,
				"%s leads outside of the folder %s", path, folder);
	stp_help(loader->context, diagnostic,
		 "an import stays in the folder where it is found; give the other one with -I");
	*refused = true;
	return NO_FILE;
}

static void report_not_found(struct loader *loader, const struct stp_node *text)
{
	struct stp_diagnostic *diagnostic =
		stp_report(loader->context, STP_D_import_not_found, text->span,
			   "nothing is found to import as \"%s\"", text->text);
	const char **names = stp_alloc_array(loader->context, stp_library_count + 1, sizeof *names);
	const char *nearest;

	for (size_t i = 0; i < stp_library_count; i++)
		names[i] = stp_library[i].name;
	nearest = stp_nearest(text->text, names, stp_library_count);
	if (nearest == NULL) {
		stp_help(loader->context, diagnostic, "give the folder that holds %s.stip with -I",
			 text->text);
		return;
	}
	stp_help(loader->context, diagnostic, "did you mean \"%s\"?", nearest);
	stp_fix(loader->context, diagnostic, text->span,
		stp_format(loader->context, "\"%s\"", nearest));
}

static size_t find_import(struct loader *loader, const struct stp_source *from,
			  const struct stp_node *text)
{
	const struct stp_library_file *embedded;
	bool refused = false;
	size_t file = NO_FILE;

	if (from->folder != NULL)
		file = try_folder(loader, from->folder, text, &refused);
	for (size_t i = 0; file == NO_FILE && !refused && i < loader->options->folder_count; i++)
		file = try_folder(loader, loader->options->folders[i], text, &refused);
	if (file != NO_FILE || refused)
		return file;
	embedded = find_embedded(text->text);
	if (embedded != NULL)
		return load_embedded(loader, embedded);
	report_not_found(loader, text);
	return NO_FILE;
}

static void load_imports(struct loader *loader, size_t from)
{
	const struct stp_tree *tree = loader->files[from].tree;
	struct import *first = NULL, **end = &first;
	const struct stp_node *node = stp_child(tree->root, STP_N_IMPORT);

	for (; node != NULL; node = stp_next_of(node, STP_N_IMPORT)) {
		const struct stp_node *text = stp_child(node, STP_N_TEXT);
		size_t file;
		struct import *import;

		if (loader->count >= FILES_MOST || !check_name(loader, text))
			continue;
		file = find_import(loader, tree->source, text);
		if (file == NO_FILE) {
			loader->complete = false;
			continue;
		}
		import = stp_alloc(loader->context, sizeof *import);
		*import = (struct import){ NULL, file, node->span };
		*end = import;
		end = &import->next;
	}
	loader->files[from].imports = first;
}

/* Each tree knows the trees that it imports. */
static void bind_imports(struct loader *loader, const struct file *file)
{
	struct stp_tree *tree = file->tree;
	size_t count = 0;

	for (const struct import *at = file->imports; at != NULL; at = at->next)
		count++;
	tree->imports = stp_alloc_array(loader->context, count + 1, sizeof *tree->imports);
	for (const struct import *at = file->imports; at != NULL; at = at->next)
		if (loader->files[at->file].tree != NULL)
			tree->imports[tree->import_count++] = loader->files[at->file].tree;
}

/* ---- cycles ---- */

static void report_cycle(struct loader *loader, const size_t *way, size_t length,
			 const struct import *closing)
{
	struct stp_diagnostic *diagnostic;
	size_t begin = 0;

	while (way[begin] != closing->file)
		begin++;
	diagnostic = stp_report(loader->context, STP_D_import_cycle, closing->span,
				"these files import each other in a circle");
	for (size_t i = begin; i + 1 < length; i++) {
		const struct import *import = loader->files[way[i]].imports;

		while (import->file != way[i + 1])
			import = import->next;
		stp_label(loader->context, diagnostic, import->span, "the circle goes on here");
	}
	stp_help(loader->context, diagnostic,
		 "move what both need into a file of its own that imports neither");
}

/* Walks depth first with a stack of its own, so that a long chain of imports is no danger. */
static void walk_from(struct loader *loader, size_t start, size_t *way, const struct import **next)
{
	size_t depth = 0;

	way[depth] = start;
	next[depth++] = loader->files[start].imports;
	loader->files[start].state = ON_THE_WAY;
	while (depth > 0) {
		const struct import *import = next[depth - 1];

		if (import == NULL) {
			loader->files[way[--depth]].state = DONE;
			continue;
		}
		next[depth - 1] = import->next;
		if (loader->files[import->file].state == ON_THE_WAY) {
			report_cycle(loader, way, depth, import);
		} else if (loader->files[import->file].state == UNSEEN) {
			loader->files[import->file].state = ON_THE_WAY;
			way[depth] = import->file;
			next[depth++] = loader->files[import->file].imports;
		}
	}
}

static void find_cycles(struct loader *loader)
{
	size_t *way = stp_alloc_array(loader->context, loader->count + 1, sizeof *way);
	const struct import **next =
		stp_alloc_array(loader->context, loader->count + 1, sizeof *next);

	for (size_t i = 0; i < loader->count; i++)
		if (loader->files[i].state == UNSEEN)
			walk_from(loader, i, way, next);
}

bool stp_load(struct stp_context *context, const struct stp_load_options *options,
	      const char *const *paths, size_t count, struct stp_tree ***trees, size_t *tree_count)
{
	struct loader loader = { context, options, NULL, 0, 0, true };

	for (size_t i = 0; i < count; i++)
		load_asked(&loader, paths[i]);
	for (size_t i = 0; i < options->policy_count; i++)
		load_policy(&loader, options->policies[i]);
	for (size_t i = 0; i < loader.count; i++)
		if (loader.files[i].tree != NULL)
			load_imports(&loader, i);
	find_cycles(&loader);
	*trees = stp_alloc_array(context, loader.count + 1, sizeof **trees);
	*tree_count = 0;
	for (size_t i = 0; i < loader.count; i++)
		if (loader.files[i].tree != NULL)
			bind_imports(&loader, &loader.files[i]);
	for (size_t i = 0; i < loader.count; i++)
		if (loader.files[i].tree != NULL)
			(*trees)[(*tree_count)++] = loader.files[i].tree;
	return loader.complete;
}
