/* SPDX-License-Identifier: Apache-2.0 */
/* See prose.h. Every reference that a protocol can make is made once, in one list. */
#include "model/prose.h"

#include <string.h>

static const struct {
	const char *text;
	bool of_term;
} kinds[] = {
#define STP_ONE(name, text)     [STP_REFER_##name] = { text, false },
#define STP_OF_TERM(name, text) [STP_REFER_##name] = { text, true },
	STP_REFERENCES(STP_ONE, STP_OF_TERM)
#undef STP_ONE
#undef STP_OF_TERM
};

#define KINDS (sizeof kinds / sizeof *kinds)

/* ---- the numbers of one name ---- */

static struct stp_reference one_of(const struct stp_protocol *protocol,
				   enum stp_reference_kind kind)
{
	const struct stp_course *course = &protocol->course;
	struct stp_reference found = { .kind = kind };

	switch (kind) {
	case STP_REFER_COURSE_SESSIONS:
		found.count_low = course->sessions_low;
		found.count_high = course->sessions_high;
		break;
	case STP_REFER_COURSE_INTERVAL:
		found.low = course->apart_low;
		found.high = course->apart_high;
		break;
	case STP_REFER_COURSE_THEN: found.high = course->then_every; break;
	case STP_REFER_VISIT_DURATION:
		found.low = protocol->visit_low;
		found.high = protocol->visit_high;
		break;
	case STP_REFER_ANAESTHETIC_TIME:
		found.low = protocol->anaesthetic.least;
		found.high = protocol->anaesthetic.longest;
		break;
	case STP_REFER_AVOID:
	case STP_REFER_EXPECT:
	case STP_REFER_WAIT: break;
	}
	return found;
}

static bool is_said(const struct stp_reference *reference)
{
	return reference->high.count > 0 || reference->count_high > 0;
}

/* ---- the numbers of rules about a term ---- */

/* Calls see(what, name, reference) for each, until it says that it has seen enough. */
typedef bool (*see_reference)(void *what, const struct stp_term *, const struct stp_reference *);

static bool see_avoided(const struct stp_protocol *protocol, see_reference see, void *what)
{
	for (size_t i = 0; i < protocol->care_count; i++) {
		const struct stp_care_rule *rule = &protocol->care[i];
		struct stp_reference found = { .kind = STP_REFER_AVOID, .high = rule->window.to };

		if (!rule->after || rule->verb != STP_AVOID || rule->when || !is_said(&found))
			continue;
		for (size_t j = 0; j < rule->term_count; j++)
			if (see(what, rule->terms[j], &found))
				return true;
	}
	return false;
}

static bool see_expected(const struct stp_protocol *protocol, see_reference see, void *what)
{
	for (size_t i = 0; i < protocol->expect_count; i++) {
		const struct stp_expectation *each = &protocol->expects[i];
		struct stp_reference found = { .kind = STP_REFER_EXPECT,
					       .low = each->to_low,
					       .high = each->to_high };

		if (each->from.count > 0)
			found.low = each->from;
		if (!each->when && see(what, each->effect, &found))
			return true;
	}
	return false;
}

static bool see_waits(const struct stp_protocol *protocol, see_reference see, void *what)
{
	for (size_t i = 0; i < protocol->screen_count; i++) {
		const struct stp_screen_rule *rule = &protocol->screens[i];
		struct stp_reference found = { .kind = STP_REFER_WAIT, .high = rule->wait };

		if (rule->level == STP_WAIT && rule->term && !rule->when &&
		    see(what, rule->term, &found))
			return true;
	}
	return false;
}

static bool see_all(const struct stp_protocol *protocol, see_reference see, void *what)
{
	for (size_t kind = 0; kind < KINDS; kind++) {
		struct stp_reference found = one_of(protocol, (enum stp_reference_kind)kind);

		if (!kinds[kind].of_term && is_said(&found) && see(what, NULL, &found))
			return true;
	}
	return see_avoided(protocol, see, what) || see_expected(protocol, see, what) ||
	       see_waits(protocol, see, what);
}

/* ---- finding and listing ---- */

struct wanted {
	const char *name;
	size_t length;
	struct stp_reference *found;
};

static bool is_wanted(void *what, const struct stp_term *term, const struct stp_reference *each)
{
	const struct wanted *wanted = what;
	const char *kind = kinds[each->kind].text;
	const char *name = term ? term->name : "";
	size_t kind_length = strlen(kind);

	if (wanted->length != kind_length + strlen(name) ||
	    strncmp(wanted->name, kind, kind_length) != 0 ||
	    strncmp(wanted->name + kind_length, name, strlen(name)) != 0)
		return false;
	*wanted->found = *each;
	return true;
}

bool stp_find_reference(const struct stp_protocol *protocol, const char *name, size_t length,
			struct stp_reference *found)
{
	struct wanted wanted = { name, length, found };

	return see_all(protocol, is_wanted, &wanted);
}

struct listing {
	struct stp_context *context;
	const char **names;
	size_t count, room;
};

static bool list_name(void *what, const struct stp_term *term, const struct stp_reference *each)
{
	struct listing *listing = what;

	listing->names = stp_grow(listing->context, listing->names, listing->count, &listing->room,
				  sizeof *listing->names);
	listing->names[listing->count++] = stp_format(
		listing->context, "%s%s", kinds[each->kind].text, term ? term->name : "");
	return false;
}

const char *const *stp_reference_names(struct stp_context *context,
				       const struct stp_protocol *protocol, size_t *count)
{
	struct listing listing = { .context = context };

	see_all(protocol, list_name, &listing);
	*count = listing.count;
	return listing.names;
}

const char *stp_next_reference(const char *prose, size_t *length)
{
	for (const char *open = strchr(prose, '{'); open; open = strchr(open, '{')) {
		const char *close = strchr(open, '}');

		if (!close)
			return NULL;
		if (open[1] != '{') {
			*length = (size_t)(close - open - 1);
			return open;
		}
		open = close;
	}
	return NULL;
}
