/* SPDX-License-Identifier: Apache-2.0 */
/* stipple check: validate, say what is wrong, and mend it where that is asked for. */
#include <string.h>

#include "emit/document.h"
#include "fixes.h"

/* What is wrong in the sources, and in the texts that only a sheet would show. */
static void look(struct stp_context *context, const struct stp_arguments *arguments)
{
	const struct stp_model *model = stp_open_model(context, arguments);

	for (size_t i = 0; model != NULL && i < model->protocol_count; i++)
		if (model->protocols[i]->summary != NULL)
			stp_check_fragment(context, model->protocols[i]->summary,
					   model->protocols[i]->summary_span);
}

static void show_diff(struct stp_context *context, const struct stp_arguments *arguments)
{
	struct stp_edits *files;
	size_t count = stp_take_fixes(context, arguments, &files);
	struct stp_string out;

	stp_string_init(&out, context);
	for (size_t i = 0; i < count; i++)
		stp_add_diff(context, &out, &files[i]);
	if (count > 0)
		stp_write_file(context, "-", out.text, out.length);
}

static bool is_for_people(const struct stp_arguments *arguments)
{
	const char *form = arguments->values[STP_O_DIAGNOSTICS];

	return form == NULL || strcmp(form, "text") == 0;
}

static void tell(struct stp_context *context, const struct stp_edits *files, size_t count)
{
	struct stp_string out;

	stp_string_init(&out, context);
	for (size_t i = 0; i < count; i++) {
		stp_add_harmless(&out, files[i].source->name, strlen(files[i].source->name));
		stp_addf(&out, ": %zu fault%s mended\n", files[i].faults,
			 files[i].faults == 1 ? "" : "s");
	}
	stp_write_file(context, "-", out.text, out.length);
}

/*
 * Checks in the context `own` and writes what the fixes make of the files. False when there are not
 * fewer faults than *fewer, which becomes their number, when there is nothing to mend, or when a
 * file cannot be written: that is reported to the caller's context.
 */
static bool mend_in(struct stp_context *own, struct stp_context *context,
		    const struct stp_arguments *arguments, size_t *fewer)
{
	struct stp_edits *files;
	size_t faults, count = 0;

	look(own, arguments);
	faults = stp_error_count(own) + stp_warning_count(own);
	if (faults < *fewer)
		count = stp_take_fixes(own, arguments, &files);
	*fewer = faults;
	if (count == 0 || !stp_write_fixes(context, files, count))
		return false;
	if (is_for_people(arguments))
		tell(context, files, count);
	return true;
}

static void free_context(void *own)
{
	stp_context_free(own);
}

/*
 * One round in a context of its own, so that the next one starts from nothing. It goes also when
 * it is the caller's that runs out of memory.
 */
static bool mend_once(struct stp_context *context, const struct stp_arguments *arguments,
		      size_t *fewer)
{
	struct stp_context *own = stp_alloc(context, sizeof *own);
	bool written;

	stp_context_init(own, &context->allocator);
	stp_release_later(context, free_context, own);
	if (STP_GUARD(own)) {
		stp_context_free(own);
		stp_no_memory(context);
	}
	stp_switch_like(own, context);
	written = mend_in(own, context, arguments, fewer);
	stp_context_free(own);
	return written;
}

/* A fix may uncover a fault that another fix mends; as long as they get fewer it goes on. */
static void mend(struct stp_context *context, const struct stp_arguments *arguments)
{
	size_t fewer = SIZE_MAX;

	while (mend_once(context, arguments, &fewer))
		continue;
}

static int run(struct stp_context *context, const struct stp_arguments *arguments)
{
	const char *fix = arguments->values[STP_O_FIX];
	bool diff = fix != NULL && strcmp(fix, "diff") == 0;

	if (fix != NULL && !diff)
		mend(context, arguments);
	if (stp_error_count(context) == 0)
		look(context, arguments);
	if (diff)
		show_diff(context, arguments);
	return stp_status_of(context);
}

const struct stp_command stp_command_check = {
	.name = "check",
	.synopsis = "FILE... [-I DIR] [-W NAME] [--lang LANG] [--diagnostics text|json|sarif]\n"
		    "                    [--fix[=diff]]",
	.summary = "validate protocols and say what is wrong",
	.description =
		"Reads the files and all that they import and reports every fault with its place,\n"
		"what to do about it, and the other places that matter. Silent when all is well.\n"
		"With --fix, changes the files named (never what they import) where it is certain "
		"how\n"
		"to mend a fault, checks again, and reports what is left. With --lang, tells what "
		"the\n"
		"language lacks that a sheet of these files would print.",
	.examples = "  stipple check acne_scars.stip\n"
		    "  stipple check *.stip -I ../house -W error -W no-unverified\n"
		    "  stipple check acne_scars.stip --fix=diff\n"
		    "  stipple check acne_scars.stip --diagnostics=sarif >acne_scars.sarif\n",
	.options = STP_SOURCE_OPTIONS | STP_OPTION_BIT(LANGUAGE) | STP_OPTION_BIT(DIAGNOSTICS) |
		   STP_OPTION_BIT(FIX),
	.run = run,
};
