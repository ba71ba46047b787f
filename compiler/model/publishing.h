/* SPDX-License-Identifier: Apache-2.0 */
/* Who publishes a sheet, and in which words: the clinics and languages of the resolved model. */
#ifndef STP_PUBLISHING_H
#define STP_PUBLISHING_H

#include "model/quantities.h"
#include "support/support.h"

struct stp_clinic {
	const char *name;
	const char *label;
	const char *telephone;   /* required */
	const char *after_hours; /* required: where to turn when the clinic is closed */
	const char *emergency;   /* emergency number, "112" */
	const char *address, *email, *website, *time_zone, *logo; /* or NULL */
	const char *paper;                                        /* "a4" or "letter" */
	struct stp_span span;
};

struct stp_phrase { /* `phrase for_hours "for {time}"` */
	const char *name;
	const char *text;
	struct stp_span span;
};

struct stp_translation { /* `text "make-up", "Make-up"` */
	const char *english;
	const char *in; /* only of the declaration with this name; "": wherever it stands */
	const char *text;
	struct stp_span span;
};

struct stp_language {
	const char *name;        /* "en" */
	const char *label;       /* "English" */
	const char *reviewed_by; /* or NULL: not reviewed by a qualified translator */
	struct stp_date reviewed_on;
	bool right_to_left;
	const struct stp_phrase *phrases; /* sorted by name */
	size_t phrase_count;
	const struct stp_translation *translations; /* sorted by their English, then by `in` */
	size_t translation_count;
	struct stp_span span;
};

/* The text of a phrase, or NULL. */
const char *stp_phrase(const struct stp_language *, const char *name);
/* What an English text of a declaration is in the language; NULL: the language does not say. */
const struct stp_translation *stp_translation(const struct stp_language *, const char *english,
					      const char *in);

#endif
