/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which rules of care cannot be followed together: `use`, `may` and `only` against `avoid` and
 * `only`, through parents; `stop` without `resume`; what is not over when the next session comes.
 * Two rules meet when some client has both and their windows touch. Language reference, "Care".
 */
#include "model/policies.h"
#include "model/resolve.h"

#define HOUR    INT64_C(3600)
#define DAY     (24 * HOUR)
#define FOREVER INT64_MAX

/*
 * An end of a window on the line of time, the visit at 0. A day is a calendar day: the visit may
 * have been at its first or its last hour, so such an end covers a stretch.
 */
struct edge {
	bool calendar;
	int64_t day;              /* when calendar */
	int64_t earliest, latest; /* seconds */
};

struct stretch {
	struct edge begin, end;
};

static struct edge edge_at(struct stp_duration time, int sign)
{
	int64_t seconds = sign * stp_interval_seconds(time);

	if (time.count == 0 || time.unit < STP_DAY)
		return (struct edge){ false, 0, seconds, seconds };
	return (struct edge){ true, seconds / DAY, seconds - DAY, seconds + DAY };
}

static struct edge never_ending(void)
{
	return (struct edge){ false, 0, FOREVER, FOREVER };
}

/* Until an effect ends: nobody knows when; the usual time is what the sheet says. */
static struct edge end_of(const struct stp_window *window)
{
	if (window->until_effect != NULL)
		return edge_at(stp_duration_compare(window->usually_by, window->at_least) > 0
				       ? window->usually_by
				       : window->at_least,
			       1);
	return window->to.count == 0 ? never_ending() : edge_at(window->to, 1);
}

static struct stretch stretch_of(const struct stp_care_rule *rule)
{
	const struct stp_window *window = &rule->window;
	const struct stp_duration one_day = { 0, STP_DAY };
	struct stretch stretch;

	if (window->on_the_day) {
		stretch.begin = (struct edge){ true, 0, -DAY, 0 };
		stretch.end = (struct edge){ true, 0, 0, DAY };
		if (rule->after)
			stretch.begin = edge_at(one_day, 1);
		else
			stretch.end = edge_at(one_day, 1);
	} else if (rule->after) {
		stretch.begin = edge_at(window->from, 1);
		stretch.end = end_of(window);
	} else {
		stretch.begin = edge_at(window->from, -1);
		stretch.end = edge_at(window->to, -1);
	}
	return stretch;
}

/* `resume after 5 days` is from the end of day 5 on. */
static struct stretch resumed_stretch(const struct stp_care_rule *rule)
{
	struct stretch stretch = stretch_of(rule);

	if (stretch.begin.calendar)
		stretch.begin.day++;
	stretch.begin.earliest = stretch.begin.latest;
	stretch.end = never_ending();
	return stretch;
}

/* On a sheet, the end of day 5 and the start of day 5 overlap; the end of 5 h and 5 h do not. */
static bool begins_before(const struct edge *begin, const struct edge *end)
{
	if (begin->calendar && end->calendar)
		return begin->day <= end->day;
	return begin->earliest < end->latest;
}

static bool overlap(const struct stretch *a, const struct stretch *b)
{
	return begins_before(&a->begin, &b->end) && begins_before(&b->begin, &a->end);
}

bool stp_windows_touch(const struct stp_care_rule *a, const struct stp_care_rule *b)
{
	struct stretch one = a->verb == STP_RESUME ? resumed_stretch(a) : stretch_of(a);
	struct stretch other = b->verb == STP_RESUME ? resumed_stretch(b) : stretch_of(b);

	return overlap(&one, &other);
}

static bool share_a_client(const struct stp_draft *draft, const struct stp_care_rule *a,
			   const struct stp_care_rule *b)
{
	struct stp_condition both;

	if (a->when == NULL || b->when == NULL)
		return true;
	return stp_box_meet(draft->resolver->context, a->when, b->when, &both);
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
static struct stretch forbidden_stretch(const struct stp_care_rule *rule)
{
	struct stretch stretch = stretch_of(rule);

	if (rule->verb != STP_RESUME)
		return stretch;
	stretch.end = stretch.begin;
	stretch.begin = edge_at((struct stp_duration){ 0, STP_DAY }, 1);
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

static void report_clash(struct stp_draft *draft, const struct stp_care_rule *permitting,
			 const struct stp_care_rule *forbidding, size_t at)
{
	struct stp_context *context = draft->resolver->context;
	const char *how = forbidding->verb == STP_STOP ? "while it is stopped"
			  : forbidding->verb == STP_RESUME
				  ? "before it may be resumed"
				  : stp_format(context, "while `%s` forbids it",
					       stp_verb_names[forbidding->verb]);
	struct stp_diagnostic *diagnostic =
		stp_report(context, STP_D_care_clash, permitting->term_spans[at], "`%s` %s %s",
			   stp_verb_names[permitting->verb], permitting->terms[at]->name, how);

	stp_label(context, diagnostic, forbidding->origin.span, "forbidden here");
	stp_help(context, diagnostic, "change one of the two windows, or what they name");
}

static void check_pair(struct stp_draft *draft, const struct stp_care_rule *permitting,
		       const struct stp_care_rule *forbidding)
{
	struct stretch permitted = permitting->verb == STP_RESUME ? resumed_stretch(permitting)
								  : stretch_of(permitting);
	struct stretch forbidden = forbidden_stretch(forbidding);

	if (permitting->verb == STP_RESUME && forbidding->verb == STP_RESUME)
		return; /* of two, the later holds */
	if (permitting->after != forbidding->after || !overlap(&permitted, &forbidden) ||
	    !share_a_client(draft, permitting, forbidding))
		return;
	for (size_t i = 0; i < permitting->term_count; i++)
		if (forbids(forbidding, permitting->terms[i]))
			report_clash(draft, permitting, forbidding, i);
}

/* ---- stop and resume ---- */

static const struct stp_care_rule *counterpart(const struct stp_draft *draft, enum stp_verb verb,
					       const struct stp_term *term)
{
	for (size_t i = 0; i < draft->care.count; i++) {
		const struct stp_care_rule *at = &draft->care.items[i];

		if (at->verb == verb && is_covered(term, at->terms, at->term_count))
			return at;
	}
	return NULL;
}

/* After one session's resume there must be time left before the next session's stop. */
static void check_time_between(struct stp_draft *draft, const struct stp_care_rule *stop,
			       const struct stp_care_rule *resume, const struct stp_term *term)
{
	struct stp_context *context = draft->resolver->context;
	int64_t apart = stp_interval_seconds(draft->protocol->course.apart_low);
	struct stp_diagnostic *diagnostic;

	if (apart == 0 ||
	    stp_floor_seconds(resume->window.from) + stp_interval_seconds(stop->window.from) <
		    apart)
		return;
	diagnostic = stp_report(context, STP_D_next_session, resume->origin.span,
				"%s is resumed after the next session has it stopped again",
				term->label);
	stp_label(context, diagnostic, stop->origin.span, "stopped here before each session");
	stp_label(context, diagnostic, draft->protocol->course.origin.span,
		  "sessions come this often");
	stp_help(context, diagnostic, "resume earlier, stop later, or lengthen the interval");
}

static void check_stopped(struct stp_draft *draft, const struct stp_care_rule *stop)
{
	struct stp_context *context = draft->resolver->context;

	for (size_t i = 0; i < stop->term_count; i++) {
		const struct stp_term *term = stop->terms[i];
		const struct stp_care_rule *resume = counterpart(draft, STP_RESUME, term);

		if (resume != NULL)
			check_time_between(draft, stop, resume, term);
		else
			stp_help(context,
				 stp_report(context, STP_D_not_resumed, stop->term_spans[i],
					    "%s is stopped and never resumed", term->label),
				 "add `resume %s after …` to `after`", term->name);
	}
}

static void check_resumed(struct stp_draft *draft, const struct stp_care_rule *resume)
{
	for (size_t i = 0; i < resume->term_count; i++) {
		struct stp_diagnostic *diagnostic;
		bool stopped = false;

		/* A resumed parent answers for any of its children that was stopped. */
		for (size_t j = 0; j < draft->care.count; j++)
			for (size_t k = 0; k < draft->care.items[j].term_count; k++)
				stopped = stopped || (draft->care.items[j].verb == STP_STOP &&
						      stp_term_within(draft->care.items[j].terms[k],
								      resume->terms[i]));
		if (stopped)
			continue;
		diagnostic = stp_warn(&draft->resolver->allowances, STP_D_never_stopped,
				      resume->term_spans[i], "%s is resumed and was never stopped",
				      resume->terms[i]->label);
		if (diagnostic != NULL)
			stp_help(draft->resolver->context, diagnostic,
				 "add `stop %s … before` to `before`", resume->terms[i]->name);
	}
}

/* ---- the window itself ---- */

bool stp_says_no_window(const struct stp_care_rule *rule)
{
	const struct stp_window *window = &rule->window;

	if (window->on_the_day || window->until_effect != NULL || window->to.count > 0)
		return false;
	if (rule->verb == STP_STOP || rule->verb == STP_RESUME)
		return window->from.count == 0;
	/* Before the visit "do consultation" holds at any time; after it an `avoid` must end. */
	if (rule->verb == STP_AVOID || rule->verb == STP_ONLY)
		return rule->after || window->from.count == 0;
	return false;
}

static void check_window(struct stp_draft *draft, const struct stp_care_rule *rule)
{
	struct stp_context *context = draft->resolver->context;
	int64_t apart = stp_interval_seconds(draft->protocol->course.apart_low);
	struct edge end = end_of(&rule->window);
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
	stp_label(context, diagnostic, draft->protocol->course.origin.span,
		  "sessions come this often");
	stp_help(context, diagnostic, "shorten the rule, or lengthen the interval");
}

/* What a window that was reported meets is not known. */
static void check_times(struct stp_draft *draft, size_t at)
{
	const struct stp_care_rule *rule = &draft->care.items[at];

	if (draft->window_faulty.items[at])
		return;
	if (at >= draft->inherited_care)
		check_window(draft, rule);
	for (size_t i = 0; permits(rule) && i < draft->care.count; i++)
		if (!draft->window_faulty.items[i] &&
		    (at >= draft->inherited_care || i >= draft->inherited_care))
			check_pair(draft, rule, &draft->care.items[i]);
}

void stp_check_care(struct stp_draft *draft)
{
	for (size_t i = 0; i < draft->care.count; i++) {
		const struct stp_care_rule *rule = &draft->care.items[i];

		check_times(draft, i);
		if (i < draft->inherited_care)
			continue; /* what extends another can only lengthen its interval */
		if (rule->verb == STP_STOP)
			check_stopped(draft, rule);
		if (rule->verb == STP_RESUME)
			check_resumed(draft, rule);
	}
}
