/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A name that nothing declares, though a file of the library does: the import is what is missing,
 * and one message says so for all the names that need it.
 */
#include "model/resolver.h"

#include <string.h>

#include "support/library.h"

/* Whether the word declares one of the kinds: "zone" and so on. */
static bool is_kind(const char *word, size_t length, unsigned kinds)
{
	for (int kind = STP_N_ZONE; kind <= STP_N_LANGUAGE; kind++)
		if ((kinds & STP_KIND(kind)) != 0 && strlen(stp_node_names[kind]) == length &&
		    strncmp(stp_node_names[kind], word, length) == 0)
			return true;
	return false;
}

/* Whether a line of the text declares the name: a keyword at the line's begin, then the name. */
static bool declares(const char *text, const char *name, unsigned kinds)
{
	size_t length = strlen(name);

	for (const char *at = strstr(text, name); at != NULL; at = strstr(at + 1, name)) {
		const char *word = at;

		if (at == text || at[-1] != ' ' || strchr(" {\n\"", at[length]) == NULL)
			continue;
		word--;
		while (word > text && word[-1] >= 'a' && word[-1] <= 'z')
			word--;
		if ((word == text || word[-1] == '\n') &&
		    is_kind(word, (size_t)(at - 1 - word), kinds))
			return true;
	}
	return false;
}

/* Whether the file says nothing itself and only gathers others. */
static bool only_imports(const char *text)
{
	for (const char *line = text; line != NULL && *line != '\0';) {
		const char *end = strchr(line, '\n');

		if (*line != '\n' && *line != '#' && strncmp(line, "import ", 7) != 0 &&
		    strncmp(line, "edition ", 8) != 0)
			return false;
		line = end == NULL ? NULL : end + 1;
	}
	return true;
}

/* The file that gathers it with others, when there is one: std/vocabulary. */
static const struct stp_library_file *gathering(struct stp_context *context,
						const struct stp_library_file *file)
{
	const char *import = stp_format(context, "import \"%s\"", file->name);

	for (size_t i = 0; i < stp_library_count; i++)
		if (strstr(stp_library[i].text, import) != NULL &&
		    only_imports(stp_library[i].text))
			return &stp_library[i];
	return file;
}

/*
 * How often the library is searched, which takes some 50 microseconds. More names than this are
 * missing only where nobody reads all the messages.
 */
#define SEARCHES_MOST 1000

static const struct stp_library_file *declaring_file(struct stp_resolver *resolver,
						     const char *name, unsigned kinds)
{
	if (resolver->library_searches++ >= SEARCHES_MOST)
		return NULL;
	for (size_t i = 0; i < stp_library_count; i++)
		if (declares(stp_library[i].text, name, kinds))
			return &stp_library[i];
	return NULL;
}

/* After the last import, or where the file's first statement begins. */
static struct stp_span place_for_import(const struct stp_context *context, uint32_t source)
{
	const char *text = stp_source_by_id(context, source)->text;
	const char *place = text, *line;

	for (const char *at = text; at != NULL && *at != '\0';
	     at = line == NULL ? NULL : line + 1) {
		line = strchr(at, '\n');
		if (line != NULL &&
		    (strncmp(at, "import ", 7) == 0 || strncmp(at, "edition ", 8) == 0))
			place = line + 1;
	}
	return (struct stp_span){ source, (uint32_t)(place - text), (uint32_t)(place - text) };
}

bool stp_report_missing_import(struct stp_resolver *resolver, const struct stp_node *name,
			       unsigned kinds)
{
	struct stp_context *context = resolver->context;
	const struct stp_library_file *file = declaring_file(resolver, name->text, kinds);
	struct stp_missing_import *missing;

	if (file == NULL)
		return false;
	file = gathering(context, file);
	for (size_t i = 0; i < resolver->missing_imports.count; i++) {
		missing = &resolver->missing_imports.items[i];
		if (missing->name == file->name && missing->source == name->span.source) {
			stp_label(context, missing->diagnostic, name->span, "needed here too");
			return true;
		}
	}
	missing = STP_PUSH(context, &resolver->missing_imports);
	missing->name = file->name;
	missing->source = name->span.source;
	missing->diagnostic =
		stp_report(context, STP_D_unknown_name, name->span,
			   "`%s` is declared in %s, which is not imported", name->text, file->name);
	stp_help(context, missing->diagnostic, "add the line: import \"%s\"", file->name);
	stp_fix(context, missing->diagnostic, place_for_import(context, name->span.source),
		stp_format(context, "import \"%s\"\n", file->name));
	return true;
}
