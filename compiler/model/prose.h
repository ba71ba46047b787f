/* SPDX-License-Identifier: Apache-2.0 */
/*
 * References from a protocol's own prose to its numbers: "{course.interval}" stands for what the
 * `course` statement says, so that prose cannot contradict a rule. Language reference, 7.2.
 */
#ifndef STP_PROSE_H
#define STP_PROSE_H

#include "model/model.h"

/* References that have one name, and those that name a term behind a point: "avoid.makeup". */
#define STP_REFERENCES(one, of_term)                                                               \
	one(COURSE_SESSIONS, "course.sessions") one(COURSE_INTERVAL, "course.interval")            \
		one(COURSE_THEN, "course.then") one(VISIT_DURATION, "visit.duration")              \
			one(ANAESTHETIC_TIME, "anaesthetic.time") of_term(AVOID, "avoid.")         \
				of_term(EXPECT, "expect.") of_term(WAIT, "wait.")

enum stp_reference_kind {
#define STP_REFERENCE(name, text) STP_REFER_##name,
	STP_REFERENCES(STP_REFERENCE, STP_REFERENCE)
#undef STP_REFERENCE
};

/* What a reference stands for: a time or a range of times, or for the sessions two counts. */
struct stp_reference {
	enum stp_reference_kind kind;
	struct stp_duration low, high; /* low.count 0: the high one alone */
	uint16_t count_low, count_high;
};

/* False when the protocol has no such number; name has length bytes, without the braces. */
bool stp_find_reference(const struct stp_protocol *, const char *name, size_t length,
			struct stp_reference *);
/* The names of all references that the protocol can make, in the context's arena. */
const char *const *stp_reference_names(struct stp_context *, const struct stp_protocol *,
				       size_t *count);

/*
 * The next reference in prose, from its opening brace; NULL when there is none. *length counts the
 * bytes of its name. Merge fields of other systems, {{name}}, are none.
 */
const char *stp_next_reference(const char *prose, size_t *length);

#endif
