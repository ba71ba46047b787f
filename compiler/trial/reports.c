/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `reports NAME in """…"""`: the small source is compiled in a context of its own, as a file that
 * lies beside the one with the test, so that its imports are found in the same folders.
 */
#include "trial/judge.h"

#include "model/load.h"
#include "syntax/syntax.h"

/* Whether the diagnostic came, and with it no other error. */
static bool is_alone(const struct stp_context *context, enum stp_diagnostic_id wanted)
{
	bool came = false;

	for (const struct stp_diagnostic *at = stp_diagnostics(context); at != NULL;
	     at = at->next) {
		if (at->id == wanted)
			came = true;
		else if (at->severity == STP_ERROR)
			return false;
	}
	return came;
}

static void compile(struct stp_context *context, const struct stp_trial *trial, const char *path,
		    const struct stp_test_expectation *expectation)
{
	const struct stp_overlay overlay = { path, expectation->source,
					     expectation->source_length };
	const struct stp_load_options options = { .folders = trial->folders,
						  .folder_count = trial->folder_count,
						  .overlay = &overlay,
						  .overlay_count = 1 };
	struct stp_tree **trees;
	size_t count;

	if (stp_load(context, &options, &path, 1, &trees, &count))
		stp_resolve(context, (const struct stp_tree *const *)trees, count);
}

/* Errors in brief, each with its place in the small source. */
static void add_errors(struct stp_context *context, struct stp_string *out)
{
	for (const struct stp_diagnostic *at = stp_diagnostics(context); at != NULL; at = at->next)
		if (at->severity == STP_ERROR)
			stp_addf(out, "      it reports %s in line %lu: %s\n",
				 stp_diagnostic_kinds[at->id].name,
				 (unsigned long)stp_position(context, at->span).line, at->message);
	if (stp_error_count(context) == 0)
		stp_add(out, "      it reports no error\n");
}

/* What a policy says is shown at work by a source that it turns down. */
static void touch_rules(struct stp_trial *trial, const struct stp_context *own,
			enum stp_diagnostic_id wanted)
{
	for (const struct stp_diagnostic *at = stp_diagnostics(own); at != NULL; at = at->next)
		if (at->id == wanted)
			stp_touch_house_rules(&trial->coverage, own, at);
}

bool stp_trial_reports(struct stp_trial *trial, const struct stp_test *test,
		       const struct stp_test_expectation *expectation)
{
	const struct stp_source *source = stp_source_by_id(trial->context, test->span.source);
	const char *path =
		stp_format(trial->context, "%s:%lu", source->name,
			   (unsigned long)stp_position(trial->context, expectation->span).line);
	struct stp_context own;
	bool fine;

	stp_context_init(&own, &trial->context->allocator);
	if (STP_GUARD(&own)) {
		stp_context_free(&own);
		stp_no_memory(trial->context);
	}
	compile(&own, trial, path, expectation);
	fine = is_alone(&own, expectation->diagnostic);
	if (fine)
		touch_rules(trial, &own, expectation->diagnostic);
	else
		add_errors(&own, &trial->why);
	stp_context_free(&own);
	return fine;
}
