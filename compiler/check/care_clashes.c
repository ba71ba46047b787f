/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which rules of care cannot be followed together: `use`, `may` and `only` against `avoid` and
 * `only`, through parents; `stop` without `resume`; what is not over when the next session comes.
 * Two rules meet when their windows touch and some client whom screening lets through has both.
 * Language reference, "Care".
 */
#include "check/checks.h"
#include "model/broken.h"
#include "model/care_windows.h"

/* Whether somebody who is let through has both; NULL: everybody has. */
static bool share_a_client(struct stp_checker *checker, const struct stp_condition *one,
			   const struct stp_condition *other)
{
	struct stp_condition everyone = stp_everyone(), both, client;

	if (!stp_box_meet(checker->context, one != NULL ? one : &everyone,
			  other != NULL ? other : &everyone, &both))
		return false;
	return stp_find_uncovered(&checker->cover, &both, &client) || checker->cover.exhausted;
}

/* ---- what is used against what is forbidden ---- */

static bool is_covered(const struct stp_term *term, const struct stp_term *const *terms,
		       size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (stp_term_within(term, terms[i]))
			return true;
	return false;
}

/* What is stopped is forbidden until the visit, and from then on until it is resumed. */
static struct stp_stretch forbidden_stretch(const struct stp_care_rule *rule)
{
	struct stp_stretch stretch = stp_care_stretch(rule);

	if (rule->verb != STP_RESUME)
		return stretch;
	stretch.end = stretch.begin;
	stretch.begin = stp_edge_at((struct stp_duration){ 0, STP_DAY }, 1);
	return stretch;
}

/* Whether the rule forbids the term in that stretch. */
static bool forbids(const struct stp_care_rule *rule, const struct stp_term *term)
{
	if (rule->verb == STP_ONLY)
		return term->kind == STP_PRODUCT &&
		       !is_covered(term, rule->terms, rule->term_count);
	return (rule->verb == STP_AVOID || rule->verb == STP_STOP || rule->verb == STP_RESUME) &&
	       is_covered(term, rule->terms, rule->term_count) &&
	       !is_covered(term, rule->except, rule->except_count);
}

static bool permits(const struct stp_care_rule *rule)
{
	return rule->verb == STP_USE || rule->verb == STP_DO || rule->verb == STP_MAY ||
	       rule->verb == STP_RESUME;
}

/* Where the protocol says until when the effect is expected that ends the rule. */
static void label_until(struct stp_checker *checker, struct stp_diagnostic *diagnostic,
			const struct stp_care_rule *rule)
{
	for (size_t i = 0; i < checker->protocol->expect_count; i++)
		if (checker->protocol->expects[i].effect == rule->window.until_effect)
			stp_label(checker->context, diagnostic,
				  checker->protocol->expects[i].origin.span,
				  "it ends with this effect");
}

static void report_clash(struct stp_checker *checker, const struct stp_care_rule *permitting,
			 const struct stp_care_rule *forbidding, size_t at)
{
	struct stp_context *context = checker->context;
	const char *how = forbidding->verb == STP_STOP ? "while it is stopped"
			  : forbidding->verb == STP_RESUME
				  ? "before it may be resumed"
				  : stp_format(context, "while `%s` forbids it",
					       stp_verb_names[forbidding->verb]);
	struct stp_diagnostic *diagnostic =
		stp_report(context, STP_D_care_clash, permitting->term_spans[at], "`%s` %s %s",
			   stp_verb_names[permitting->verb], permitting->terms[at]->name, how);

	stp_label(context, diagnostic, forbidding->origin.span, "forbidden here");
	label_until(checker, diagnostic, forbidding);
	stp_help(context, diagnostic, "change one of the two windows, or what they name");
}

static void check_pair(struct stp_checker *checker, const struct stp_care_rule *permitting,
		       const struct stp_care_rule *forbidding)
{
	struct stp_stretch permitted = permitting->verb == STP_RESUME
					       ? stp_resumed_stretch(permitting)
					       : stp_care_stretch(permitting);
	struct stp_stretch forbidden = forbidden_stretch(forbidding);

	if (permitting->verb == STP_RESUME && forbidding->verb == STP_RESUME)
		return; /* of two, the later holds */
	if (permitting->after != forbidding->after ||
	    !stp_stretches_overlap(&permitted, &forbidden))
		return;
	for (size_t i = 0; i < permitting->term_count; i++)
		if (forbids(forbidding, permitting->terms[i]) &&
		    share_a_client(checker, permitting->when, forbidding->when))
			report_clash(checker, permitting, forbidding, i);
}

/*
 * What is forbidden after a session and permitted before the next one, when that comes as early as
 * it may. A permission without a begin leaves the client time enough.
 */
static void check_next_session(struct stp_checker *checker, const struct stp_care_rule *permitting,
			       const struct stp_care_rule *forbidding)
{
	const struct stp_course *course = &checker->protocol->course;
	int64_t apart = stp_interval_seconds(course->apart_low);
	int64_t begin = apart - stp_interval_seconds(permitting->window.from);
	struct stp_diagnostic *diagnostic;

	if (permitting->after || !forbidding->after || apart == 0 ||
	    permitting->window.from.count == 0 || stp_says_no_window(forbidding) ||
	    (forbidding->verb != STP_AVOID && forbidding->verb != STP_ONLY) ||
	    stp_care_end(&forbidding->window).latest <= begin)
		return;
	for (size_t i = 0; i < permitting->term_count; i++) {
		if (!forbids(forbidding, permitting->terms[i]) ||
		    !share_a_client(checker, permitting->when, forbidding->when))
			continue;
		diagnostic =
			stp_report(checker->context, STP_D_next_session, forbidding->origin.span,
				   "this still forbids %s when the next visit asks for it",
				   permitting->terms[i]->label);
		stp_label(checker->context, diagnostic, permitting->term_spans[i],
			  "asked for before each visit");
		stp_label(checker->context, diagnostic, course->origin.span,
			  "sessions come this often");
		stp_help(checker->context, diagnostic,
			 "shorten one of the two, or lengthen the interval");
	}
}

/* ---- stop and resume ---- */

static bool resumes(const struct stp_care_rule *rule, const struct stp_term *term)
{
	return rule->verb == STP_RESUME && is_covered(term, rule->terms, rule->term_count);
}

/* After one session's resume there must be time left before the next session's stop. */
static void check_time_between(struct stp_checker *checker, const struct stp_care_rule *stop,
			       const struct stp_care_rule *resume, const struct stp_term *term)
{
	struct stp_context *context = checker->context;
	int64_t apart = stp_interval_seconds(checker->protocol->course.apart_low);
	struct stp_diagnostic *diagnostic;

	if (apart == 0 ||
	    stp_floor_seconds(resume->window.from) + stp_interval_seconds(stop->window.from) <
		    apart)
		return;
	diagnostic = stp_report(context, STP_D_next_session, resume->origin.span,
				"%s is resumed after the next session has it stopped again",
				term->label);
	stp_label(context, diagnostic, stop->origin.span, "stopped here before each session");
	stp_label(context, diagnostic, checker->protocol->course.origin.span,
		  "sessions come this often");
	stp_help(context, diagnostic, "resume earlier, stop later, or lengthen the interval");
}

/* Somebody who stops and is never told to resume; several rules may see to different clients. */
static bool finds_unresumed(struct stp_checker *checker, const struct stp_care_rule *stop,
			    const struct stp_term *term, struct stp_condition *client)
{
	const struct stp_condition everyone = stp_everyone();

	checker->cover.count = checker->cover.screening;
	for (size_t i = 0; i < checker->protocol->care_count; i++)
		if (resumes(&checker->protocol->care[i], term))
			stp_cover_also(&checker->cover, checker->protocol->care[i].when);
	return stp_find_uncovered(&checker->cover, stop->when != NULL ? stop->when : &everyone,
				  client);
}

static void report_unresumed(struct stp_checker *checker, const struct stp_care_rule *stop,
			     size_t at, const struct stp_condition *client)
{
	const struct stp_term *term = stop->terms[at];
	bool somebody = false;

	for (const struct stp_term *each = term; each != NULL; each = each->parent)
		if (stp_is_named_in_broken(checker->context, checker->protocol, each->name))
			return; /* what was not understood may resume it */
	for (size_t i = 0; i < checker->protocol->care_count; i++)
		somebody = somebody || resumes(&checker->protocol->care[i], term);
	stp_help(checker->context,
		 stp_report(checker->context, STP_D_not_resumed, stop->term_spans[at],
			    "%s is stopped and never resumed%s%s", term->label,
			    somebody ? " by " : "",
			    somebody ? stp_describe_client(checker->context, client, client) : ""),
		 "add `resume %s after …` to `after`", term->name);
}

static void check_stopped(struct stp_checker *checker, const struct stp_care_rule *stop)
{
	struct stp_condition client;

	for (size_t i = 0; i < stop->term_count; i++) {
		if (stop->terms[i]->prescribed)
			continue; /* that it is stopped was reported */
		if (finds_unresumed(checker, stop, stop->terms[i], &client))
			report_unresumed(checker, stop, i, &client);
		checker->cover.count = checker->cover.screening;
		for (size_t j = 0; j < checker->protocol->care_count; j++) {
			const struct stp_care_rule *resume = &checker->protocol->care[j];

			if (resumes(resume, stop->terms[i]) &&
			    share_a_client(checker, stop->when, resume->when))
				check_time_between(checker, stop, resume, stop->terms[i]);
		}
	}
}

static void check_resumed(struct stp_checker *checker, const struct stp_care_rule *resume)
{
	for (size_t i = 0; i < resume->term_count; i++) {
		struct stp_diagnostic *diagnostic;
		bool stopped = false;

		/* A resumed parent answers for any of its children that was stopped. */
		for (size_t j = 0; j < checker->protocol->care_count; j++)
			for (size_t k = 0; k < checker->protocol->care[j].term_count; k++)
				stopped = stopped ||
					  (checker->protocol->care[j].verb == STP_STOP &&
					   stp_term_within(checker->protocol->care[j].terms[k],
							   resume->terms[i]));
		if (stopped || stp_is_named_in_broken(checker->context, checker->protocol,
						      resume->terms[i]->name))
			continue;
		diagnostic =
			stp_warn(checker->allowances, STP_D_never_stopped, resume->term_spans[i],
				 "%s is resumed and was never stopped", resume->terms[i]->label);
		if (diagnostic != NULL)
			stp_help(checker->context, diagnostic, "add `stop %s … before` to `before`",
				 resume->terms[i]->name);
	}
}

/* ---- the window itself ---- */

static void check_window(struct stp_checker *checker, const struct stp_care_rule *rule)
{
	struct stp_context *context = checker->context;
	int64_t apart = stp_interval_seconds(checker->protocol->course.apart_low);
	struct stp_edge end = stp_care_end(&rule->window);
	struct stp_diagnostic *diagnostic;

	if (stp_says_no_window(rule)) {
		diagnostic = stp_report(context, STP_D_no_window, rule->origin.span,
					"this rule does not say for how long");
		stp_help(context, diagnostic,
			 rule->verb == STP_STOP     ? "say `5 days before`"
			 : rule->verb == STP_RESUME ? "say `after 5 days`"
						    : "say `for 24 h`, or `until … ends`");
		return;
	}
	if (!rule->after || apart == 0 || (rule->verb != STP_AVOID && rule->verb != STP_ONLY) ||
	    end.latest <= apart)
		return;
	diagnostic = stp_report(context, STP_D_next_session, rule->origin.span,
				"this rule is not over when the next session may come");
	label_until(checker, diagnostic, rule);
	stp_label(context, diagnostic, checker->protocol->course.origin.span,
		  "sessions come this often");
	stp_help(context, diagnostic, "shorten the rule, or lengthen the interval");
}

/*
 * What another protocol says was checked there, unless it ends with an effect: when that is, this
 * protocol may say anew.
 */
static bool is_inherited(const struct stp_checker *checker, size_t at)
{
	return checker->protocol->extends != NULL && at < checker->protocol->extends->care_count &&
	       checker->protocol->care[at].window.until_effect == NULL;
}

/* Which of the protocol's rules forbid something, in their order. */
struct forbidding {
	size_t *at;
	size_t count;
};

/* What a window that was reported meets is not known. */
static struct forbidding find_forbidding(struct stp_checker *checker)
{
	const struct stp_protocol *protocol = checker->protocol;
	struct forbidding found = {
		stp_alloc_array(checker->context, protocol->care_count, sizeof *found.at), 0
	};

	for (size_t i = 0; i < protocol->care_count; i++) {
		enum stp_verb verb = protocol->care[i].verb;

		if (!protocol->care[i].faulty && (verb == STP_AVOID || verb == STP_ONLY ||
						  verb == STP_STOP || verb == STP_RESUME))
			found.at[found.count++] = i;
	}
	return found;
}

static void check_times(struct stp_checker *checker, size_t at, const struct forbidding *forbidding)
{
	const struct stp_care_rule *rule = &checker->protocol->care[at];

	if (rule->faulty)
		return;
	if (!is_inherited(checker, at))
		check_window(checker, rule);
	for (size_t i = 0; permits(rule) && i < forbidding->count; i++) {
		const struct stp_care_rule *other = &checker->protocol->care[forbidding->at[i]];

		if (is_inherited(checker, at) && is_inherited(checker, forbidding->at[i]))
			continue;
		check_pair(checker, rule, other);
		check_next_session(checker, rule, other);
	}
}

void stp_check_care(struct stp_checker *checker)
{
	struct forbidding forbidding = find_forbidding(checker);

	for (size_t i = 0; i < checker->protocol->care_count; i++) {
		const struct stp_care_rule *rule = &checker->protocol->care[i];

		checker->cover.count = checker->cover.screening;
		check_times(checker, i, &forbidding);
		if (is_inherited(checker, i))
			continue; /* what extends another can only lengthen its interval */
		if (rule->verb == STP_STOP)
			check_stopped(checker, rule);
		if (rule->verb == STP_RESUME)
			check_resumed(checker, rule);
	}
}
