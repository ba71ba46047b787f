/* SPDX-License-Identifier: Apache-2.0 */
/* stipple test: holds what authors expect against the runtime that devices link. */
#include <string.h>

#include "program.h"
#include "trial/judge.h"

struct run {
	struct stp_context *context;
	const struct stp_model *model;
	const struct stp_arguments *arguments;
	struct stp_trial trial;
	struct stp_string out;
	size_t passed, failed;
};

static bool is_chosen(const struct run *run, const struct stp_test *test)
{
	const char *wanted = run->arguments->values[STP_O_PROTOCOL];

	if (wanted != NULL)
		return test->protocol != NULL && strcmp(test->protocol->name, wanted) == 0;
	return stp_is_named(run->context, run->arguments, test->span);
}

static void run_test(struct run *run, const struct stp_test *test)
{
	const struct stp_source *source = stp_source_by_id(run->context, test->span.source);
	bool fine = stp_trial_run(&run->trial, test);

	stp_addf(&run->out, "%s %s:%lu: ", fine ? "ok    " : "FAILED", source->name,
		 (unsigned long)stp_position(run->context, test->span).line);
	stp_add_harmless(&run->out, test->name, strlen(test->name));
	stp_add(&run->out, "\n");
	stp_add(&run->out, run->trial.why.text);
	run->passed += fine;
	run->failed += !fine;
}

/* Whether the protocol stands in the files named, or a test that ran is about it. */
static bool is_covered(const struct run *run, const struct stp_protocol *protocol)
{
	if (run->arguments->values[STP_O_PROTOCOL] != NULL)
		return strcmp(protocol->name, run->arguments->values[STP_O_PROTOCOL]) == 0;
	for (size_t i = 0; i < run->model->test_count; i++)
		if (run->model->tests[i]->protocol == protocol &&
		    is_chosen(run, run->model->tests[i]))
			return true;
	return stp_is_named(run->context, run->arguments, protocol->span);
}

static void report_coverage(struct run *run)
{
	for (size_t i = 0; i < run->model->protocol_count; i++)
		if (is_covered(run, run->model->protocols[i]))
			stp_coverage_report(&run->trial.coverage, run->model->protocols[i],
					    &run->out);
	for (size_t i = 0; i < run->model->policy_count; i++)
		if (stp_is_named(run->context, run->arguments, run->model->policies[i]->span))
			stp_coverage_report_policy(&run->trial.coverage, run->model->policies[i],
						   &run->out);
}

static void run_tests(struct run *run)
{
	for (size_t i = 0; i < run->model->test_count; i++)
		if (is_chosen(run, run->model->tests[i]))
			run_test(run, run->model->tests[i]);
	if (run->passed + run->failed == 0) {
		stp_help(run->context,
			 stp_report(run->context, STP_D_nothing_to_do, (struct stp_span){ 0, 0, 0 },
				    "%s holds no test", run->arguments->files[0]),
			 "write one: test \"dark skin\" { protocol acne_scars; given skin_type VI; "
			 "limits depth to 0.75 mm in cheeks }");
		return;
	}
	if (run->arguments->values[STP_O_COVERAGE] != NULL)
		report_coverage(run);
	stp_addf(&run->out, "%zu passed, %zu failed\n", run->passed, run->failed);
	stp_write_file(run->context, "-", run->out.text, run->out.length);
}

static int run_command(struct stp_context *context, const struct stp_arguments *arguments)
{
	struct run run = { .context = context, .arguments = arguments };
	struct stp_bench bench;

	run.model = stp_open_model(context, arguments);
	if (run.model == NULL)
		return stp_status_of(context);
	if (run.model->protocol_count > 0) {
		if (!stp_bench_open(&bench, context, run.model))
			return stp_status_of(context);
		run.trial.bench = &bench;
	}
	stp_coverage_begin(&run.trial.coverage, context, run.model, run.trial.bench);
	run.trial.context = context;
	run.trial.folders = arguments->folders;
	run.trial.folder_count = arguments->folder_count;
	stp_string_init(&run.out, context);
	run_tests(&run);
	if (stp_status_of(context) != STP_DONE)
		return stp_status_of(context);
	return run.failed > 0 ? STP_FAULTS : STP_DONE;
}

const struct stp_command stp_command_test = {
	.name = "test",
	.synopsis = "FILE... [--protocol NAME] [--coverage] [-I DIR]",
	.summary = "run the tests that stand in the files",
	.description = "Runs every `test` of the files through the runtime that devices link, and "
		       "prints a line\n"
		       "for each. Where the device says something else than is expected, it says "
		       "what, for\n"
		       "whom, and which statements made it so. With --coverage, says besides how "
		       "much of\n"
		       "each protocol the tests touch, and lists every `when`, screening rule, "
		       "zone and limit\n"
		       "of a policy that none has touched; and which requirements of the policies "
		       "in the\n"
		       "files no small source has shown at work.",
	.examples = "  stipple test acne_scars.stip\n"
		    "  stipple test acne_scars.stip house_tests.stip --coverage\n",
	.options = STP_SOURCE_OPTIONS | STP_OPTION_BIT(PROTOCOL) | STP_OPTION_BIT(COVERAGE),
	.run = run_command,
};
