/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The back ends: each makes one output from the resolved model, without errors in it. What they add
 * to `out` depends on nothing but their arguments.
 */
#ifndef STP_EMIT_H
#define STP_EMIT_H

#include "emit/calendar_dates.h"
#include "model/model.h"

/* ---- what people read ---- */

enum stp_sheet_kind {
	STP_SHEET_HANDOUT,   /* for the client: the two below and what the treatment is */
	STP_SHEET_PREP,      /* for the client: what to do before the visit */
	STP_SHEET_AFTERCARE, /* for the client: what to do after it */
	STP_SHEET_CHECKLIST, /* for the client: what to do, to tick off */
	STP_SHEET_MESSAGES,  /* for the clinic: short texts to send to a client */
	STP_SHEET_KINDS
};

extern const char *const stp_sheet_kind_names[STP_SHEET_KINDS]; /* "handout" */

/* A fragment is the HTML without the page around it; a calendar is iCalendar. */
enum stp_sheet_format { STP_MARKDOWN, STP_HTML, STP_FRAGMENT, STP_CALENDAR, STP_SHEET_FORMATS };

/* What a card said of which statements, in order, when somebody wants to know. */
struct stp_sheet_record {
	struct stp_context *context;
	struct stp_sheet_said {
		struct stp_span statement;
		const char *sentence;
	} * items;
	size_t count, room;
};

struct stp_sheet_options {
	enum stp_sheet_kind kind; /* of a handout */
	enum stp_sheet_format format;
	const struct stp_language *language;
	const struct stp_clinic *clinic; /* who hands it out; a card has none: NULL */
	const struct stp_moment *visit;  /* on the clinic's wall clock; NULL: not known */
	const struct stp_client *client; /* what is known of one client; NULL: a sheet for all */
	const char *fingerprint;         /* of the protocol's table rows; NULL: not printed */
	bool front_matter;               /* of Markdown: what a site generator asks for */
	bool large_print;                /* of HTML */
	struct stp_sheet_record *record; /* filled by a card; NULL: nobody wants to know */
};

/*
 * Adds a sheet for a client to out: UTF-8, Markdown or one HTML file that asks nothing of any
 * network. False after reporting what keeps the sheet from being made (a phrase that is missing,
 * no help signs, a text that may not stand in a sheet); out is then of no use.
 */
bool stp_emit_handout(struct stp_context *, const struct stp_model *, const struct stp_protocol *,
		      const struct stp_sheet_options *, struct stp_string *out);

/* Adds a calendar file with reminders, for a visit, which must be known. False as above. */
bool stp_emit_calendar(struct stp_context *, const struct stp_model *, const struct stp_protocol *,
		       const struct stp_sheet_options *, struct stp_string *out);

/*
 * The same for the clinician's settings card; kind, clinic and visit of the options are not used.
 */
bool stp_emit_card(struct stp_context *, const struct stp_model *, const struct stp_protocol *,
		   const struct stp_sheet_options *, struct stp_string *out);

#endif
