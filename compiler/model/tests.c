/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `test` blocks: names found, numbers read. Whether what is expected comes true is not decided
 * here; `stipple test` asks the runtime. Language reference, "Tests".
 */
#include "model/tests.h"

#include <string.h>

#include "model/resolver.h"

struct reader {
	struct stp_resolver *resolver;
	struct stp_test *test;
	STP_LIST(struct stp_test_expectation) expectations;
	bool faulty; /* something was reported: what seems to be missing may be there */
};

/* ---- settings, zones, factors, roles ---- */

static bool read_zone(struct reader *reader, const struct stp_node *node,
		      struct stp_test_expectation *expectation)
{
	expectation->zone = stp_find_zone(reader->resolver, stp_child(node, STP_N_IN)->first);
	return expectation->zone != NULL;
}

/* `to 0.75 mm`, `from 0.25 mm`, `0.25 to 0.75 mm`, `0.75 mm`. */
static bool read_bounds(struct stp_resolver *resolver, const struct stp_node *bounds,
			enum stp_dimension dimension, struct stp_test_expectation *expectation)
{
	struct stp_ends ends;

	expectation->has_low = bounds->kind != STP_N_UP_TO;
	expectation->has_high = bounds->kind != STP_N_AT_LEAST;
	if (bounds->kind == STP_N_UP_TO)
		return stp_quantity(resolver, bounds->first, dimension, STP_SETTING_MOST,
				    &expectation->high);
	if (bounds->kind == STP_N_AT_LEAST)
		return stp_quantity(resolver, bounds->first, dimension, STP_SETTING_MOST,
				    &expectation->low);
	if (!stp_span_of(resolver, bounds, dimension, STP_SETTING_MOST, &ends))
		return false;
	expectation->low = ends.low;
	expectation->high = ends.high;
	return true;
}

/* `depth 1.0 mm in cheeks`, `passes to 2 in chin`. */
static bool read_setting(struct reader *reader, const struct stp_node *node,
			 struct stp_test_expectation *expectation)
{
	static const enum stp_dimension dimensions[STP_SETTINGS] = {
		[STP_DEPTH] = STP_LENGTH, [STP_PASSES] = STP_COUNT, [STP_RATE] = STP_SPEED
	};
	const struct stp_node *setting = node->first;
	const struct stp_node *said = setting->first;

	expectation->setting = setting->kind == STP_N_DEPTH    ? STP_DEPTH
			       : setting->kind == STP_N_PASSES ? STP_PASSES
							       : STP_RATE;
	if (said->kind != STP_N_QUANTITY)
		return read_bounds(reader->resolver, said, dimensions[expectation->setting],
				   expectation) &&
		       read_zone(reader, node, expectation);
	expectation->has_low = expectation->has_high = true;
	if (!stp_quantity(reader->resolver, said, dimensions[expectation->setting],
			  STP_SETTING_MOST, &expectation->low))
		return false;
	expectation->high = expectation->low;
	return read_zone(reader, node, expectation);
}

/* `needs clearance by operator` is the operator's own word that a spot is avoided. */
static bool read_role(struct reader *reader, const struct stp_node *name,
		      struct stp_test_expectation *expectation)
{
	const struct stp_factor *factor = reader->resolver->operator_factor;
	const char *names[STP_FACTOR_VALUES];

	if (strcmp(name->text, "operator") == 0)
		return true;
	expectation->role = name->text;
	if (factor == NULL)
		return true;
	for (size_t i = 0; i < factor->value_count; i++)
		names[i] = factor->values[i].name;
	return stp_find_word(reader->resolver, name, names, factor->value_count,
			     "a role (a value of `operator`)") >= 0;
}

static bool read_diagnostic(struct reader *reader, const struct stp_node *node,
			    struct stp_test_expectation *expectation)
{
	const struct stp_node *name = node->first, *text = stp_last(node);
	const char *near = stp_nearest_diagnostic(name->text);
	struct stp_diagnostic *diagnostic;

	expectation->source = text->text;
	expectation->source_length = strlen(text->text);
	expectation->diagnostic = stp_diagnostic_named(name->text);
	if (expectation->diagnostic != STP_DIAGNOSTIC_COUNT)
		return true;
	diagnostic = stp_report(reader->resolver->context, STP_D_unknown_word, name->span,
				"`%s` is not a diagnostic", name->text);
	if (near != NULL)
		stp_help(reader->resolver->context, diagnostic, "did you mean `%s`?", near);
	else
		stp_help(reader->resolver->context, diagnostic, "`stipple explain` lists them");
	return false;
}

/* ---- statements ---- */

static enum stp_test_kind kind_of(const struct stp_node *node)
{
	static const enum stp_test_kind kinds[] = {
		[STP_N_ALLOWS - STP_N_ALLOWS] = STP_TEST_ALLOWS,
		[STP_N_REFUSES - STP_N_ALLOWS] = STP_TEST_REFUSES,
		[STP_N_NEEDS_CONFIRMATION - STP_N_ALLOWS] = STP_TEST_NEEDS_CONFIRMATION,
		[STP_N_NEEDS_ANSWER - STP_N_ALLOWS] = STP_TEST_NEEDS_ANSWER,
		[STP_N_NEEDS_CLEARANCE - STP_N_ALLOWS] = STP_TEST_NEEDS_CLEARANCE,
		[STP_N_LIMITS - STP_N_ALLOWS] = STP_TEST_LIMITS,
		[STP_N_RECOMMENDS - STP_N_ALLOWS] = STP_TEST_RECOMMENDS,
		[STP_N_REPORTS - STP_N_ALLOWS] = STP_TEST_REPORTS,
	};

	if (node->kind == STP_N_LIMITS && node->first->kind == STP_N_HOUSE_INTERVAL)
		return STP_TEST_INTERVAL;
	if (node->kind == STP_N_REFUSES && node->first == NULL)
		return STP_TEST_REFUSES_CLIENT;
	if (node->kind == STP_N_REFUSES && node->first->kind == STP_N_IN)
		return STP_TEST_REFUSES_ZONE;
	return kinds[node->kind - STP_N_ALLOWS];
}

/* No interval ends with the first session. */
static bool read_interval(struct reader *reader, const struct stp_node *node,
			  struct stp_test_expectation *expectation)
{
	struct stp_resolver *resolver = reader->resolver;
	const struct stp_node *least = node->first->first;

	if (!stp_duration(resolver, least, &expectation->apart) ||
	    !stp_check_some(resolver, least, expectation->apart.count,
			    "say the least time between two sessions"))
		return false;
	if (reader->faulty || reader->test->given.session_low > 1)
		return true;
	stp_help(resolver->context,
		 stp_report(resolver->context, STP_D_never_holds, node->span,
			    "no interval ends with session 1, and the client may be in it"),
		 "say which session begins: `given session from 2`");
	return false;
}

/* What the statement says besides its kind; false after a report. */
static bool read_expectation(struct reader *reader, const struct stp_node *node,
			     struct stp_test_expectation *expectation)
{
	switch (expectation->kind) {
	case STP_TEST_REFUSES_CLIENT: return true;
	case STP_TEST_REFUSES_ZONE: return read_zone(reader, node, expectation);
	case STP_TEST_NEEDS_CLEARANCE: return read_role(reader, node->first, expectation);
	case STP_TEST_INTERVAL: return read_interval(reader, node, expectation);
	case STP_TEST_REPORTS: return read_diagnostic(reader, node, expectation);
	case STP_TEST_NEEDS_ANSWER:
		expectation->factor =
			stp_asked_factor(reader->resolver, reader->test->protocol, node->first);
		return expectation->factor != NULL && read_zone(reader, node, expectation);
	default: return read_setting(reader, node, expectation);
	}
}

static void report_no_protocol(struct reader *reader)
{
	if (!reader->faulty && !stp_is_broken(reader->resolver->context, reader->test->span))
		stp_help(reader->resolver->context,
			 stp_report(reader->resolver->context, STP_D_missing_statement,
				    reader->test->name_span, "this test names no protocol"),
			 "add a line such as: protocol acne_scars");
	reader->faulty = true;
}

static void read_statement(struct reader *reader, const struct stp_node *node)
{
	struct stp_test_expectation expectation;

	if (node->kind < STP_N_ALLOWS || node->kind > STP_N_REPORTS)
		return;
	memset(&expectation, 0, sizeof expectation);
	expectation.kind = kind_of(node);
	expectation.span = node->span;
	if (expectation.kind != STP_TEST_REPORTS && reader->test->protocol == NULL)
		report_no_protocol(reader);
	else if (read_expectation(reader, node, &expectation))
		*STP_PUSH(reader->resolver->context, &reader->expectations) = expectation;
	else
		reader->faulty = true;
}

/* ---- the head ---- */

static void read_protocol(struct reader *reader, const struct stp_node *node)
{
	struct stp_symbol *symbol =
		stp_find(reader->resolver, stp_child(node, STP_N_NAME), STP_SPACE_PROTOCOLS,
			 STP_KIND(STP_N_PROTOCOL), "a test names a protocol");

	stp_check_head(reader->resolver, node, 0);
	if (symbol == NULL)
		reader->faulty = true;
	else
		reader->test->protocol = symbol->is.protocol;
	node = stp_next_of(node, STP_N_PROTOCOL);
	if (node != NULL)
		stp_help(reader->resolver->context,
			 stp_report(reader->resolver->context, STP_D_repeated_statement, node->span,
				    "a test is about one protocol"),
			 "write a test for each protocol");
}

static void read_given(struct reader *reader, const struct stp_node *block)
{
	struct stp_condition *given;

	if (stp_child(block, STP_N_GIVEN) == NULL)
		return;
	if (reader->test->protocol == NULL) {
		report_no_protocol(reader);
		return;
	}
	given = stp_client_of_test(reader->resolver, reader->test->protocol, block);
	if (given == NULL)
		reader->faulty = true;
	else
		reader->test->given = *given;
}

static void report_empty(struct reader *reader, const struct stp_node *node)
{
	if (reader->faulty || stp_is_broken(reader->resolver->context, node->span))
		return;
	stp_help(reader->resolver->context,
		 stp_report(reader->resolver->context, STP_D_missing_statement,
			    reader->test->name_span, "this test expects nothing"),
		 "say what the device does: refuses depth 2.0 mm in cheeks");
}

void stp_resolve_test(struct stp_resolver *resolver, const struct stp_node *node)
{
	struct reader reader = { .resolver = resolver };
	const struct stp_node *block = stp_block(node);
	const struct stp_node *protocol = stp_child(block, STP_N_PROTOCOL);

	reader.test = stp_alloc(resolver->context, sizeof *reader.test);
	reader.test->name = node->first->text;
	reader.test->name_span = node->first->span;
	reader.test->span = node->span;
	reader.test->given = stp_everyone();
	stp_check_block(resolver, block, STP_PLACE_TEST);
	if (protocol != NULL)
		read_protocol(&reader, protocol);
	resolver->device = reader.test->protocol == NULL ? NULL : reader.test->protocol->device;
	read_given(&reader, block);
	for (const struct stp_node *at = block->first; at != NULL; at = at->next)
		read_statement(&reader, at);
	if (reader.expectations.count == 0)
		report_empty(&reader, node);
	reader.test->expectations = reader.expectations.items;
	reader.test->expectation_count = reader.expectations.count;
	*STP_PUSH(resolver->context, &resolver->tests) = reader.test;
}
