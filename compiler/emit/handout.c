/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sheets for clients: which sections each of them has, in which order. The order is that of a
 * client's days: before, on the day, after, help, going back to things, the next visit. `prep` and
 * `aftercare` are the two halves of `handout`, made by the same sections. `checklist` has what to
 * do and when, without reasons; `messages` are for the clinic to send.
 */
#include "emit/sheet.h"

const char *const stp_sheet_kind_names[STP_SHEET_KINDS] = {
	[STP_SHEET_HANDOUT] = "handout",     [STP_SHEET_PREP] = "prep",
	[STP_SHEET_AFTERCARE] = "aftercare", [STP_SHEET_CHECKLIST] = "checklist",
	[STP_SHEET_MESSAGES] = "messages",
};

enum {
	IN_HANDOUT = 1 << STP_SHEET_HANDOUT,
	IN_PREP = 1 << STP_SHEET_PREP,
	IN_AFTERCARE = 1 << STP_SHEET_AFTERCARE,
	IN_CHECKLIST = 1 << STP_SHEET_CHECKLIST,
	IN_MESSAGES = 1 << STP_SHEET_MESSAGES,
	IN_SHEETS = IN_HANDOUT | IN_PREP | IN_AFTERCARE,
	IN_ALL = IN_SHEETS | IN_CHECKLIST | IN_MESSAGES
};

static const struct {
	void (*write)(struct stp_sheet *);
	int kinds;
} sections[] = {
	{ stp_section_title, IN_ALL },
	{ stp_section_messages, IN_MESSAGES },
	{ stp_section_checklist, IN_CHECKLIST },
	{ stp_section_glance, IN_SHEETS },
	{ stp_section_treatment, IN_HANDOUT | IN_PREP },
	{ stp_section_before, IN_HANDOUT | IN_PREP },
	{ stp_section_tell_us, IN_HANDOUT | IN_PREP },
	{ stp_section_on_the_day, IN_HANDOUT | IN_PREP },
	{ stp_section_expect, IN_HANDOUT | IN_AFTERCARE },
	{ stp_section_days, IN_HANDOUT | IN_AFTERCARE },
	{ stp_section_help, IN_HANDOUT | IN_AFTERCARE },
	{ stp_section_going_back, IN_HANDOUT | IN_AFTERCARE | IN_CHECKLIST },
	{ stp_section_risks, IN_HANDOUT | IN_PREP },
	{ stp_section_questions, IN_SHEETS },
	{ stp_section_next_visit, IN_HANDOUT | IN_AFTERCARE },
	{ stp_section_contact, IN_SHEETS | IN_CHECKLIST },
	{ stp_section_about, IN_ALL },
};

/* What a sheet for clients cannot do without; the resolver has seen to the clinic's part. */
static bool check_help(struct stp_context *context, const struct stp_protocol *protocol)
{
	static const char *const statements[STP_URGENCIES] = { "ask us for", "call us for",
							       "call emergency for" };
	static const char *const examples[STP_URGENCIES] = { "milia", "pus",
							     "breathing_difficulty" };
	bool said[STP_URGENCIES] = { false };
	bool good = true;

	for (size_t i = 0; i < protocol->help_count; i++)
		said[protocol->helps[i].urgency] = true;
	for (int urgency = 0; urgency < STP_URGENCIES && good; urgency++) {
		if (said[urgency])
			continue;
		stp_help(context,
			 stp_report(context, STP_D_help_missing, protocol->name_span,
				    "`%s` has no `%s`, so its sheet cannot say when to get help",
				    protocol->name, statements[urgency]),
			 "write `%s` and at least one sign, as in `%s %s`", statements[urgency],
			 statements[urgency], examples[urgency]);
		good = false;
	}
	return good;
}

static bool check_message(struct stp_context *context, const struct stp_protocol *protocol)
{
	if (protocol->message)
		return true;
	stp_help(context,
		 stp_report(context, STP_D_message_missing, protocol->name_span,
			    "`%s` has no `message`, the one sentence that a client must remember",
			    protocol->name),
		 "write one, as in: message \"Keep your skin out of the sun and let it heal.\"");
	return false;
}

bool stp_build_handout(struct stp_sheet *sheet, struct stp_context *context,
		       const struct stp_model *model, const struct stp_protocol *protocol,
		       const struct stp_sheet_options *options)
{
	size_t errors = stp_error_count(context);
	bool complete = check_help(context, protocol);

	complete = check_message(context, protocol) && complete;
	if (!stp_sheet_begin(sheet, context, model, protocol, options) || !complete)
		return false;
	sheet->protocol = stp_wider_rules(context, sheet->protocol);
	sheet->protocol = stp_protocol_before(sheet, 2, STP_ANY_HIGH);
	sheet->by_day = true;
	sheet->ticks = options->kind == STP_SHEET_CHECKLIST;
	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
		if (sections[i].kinds >> options->kind & 1)
			sections[i].write(sheet);
	return stp_error_count(context) == errors;
}

bool stp_emit_handout(struct stp_context *context, const struct stp_model *model,
		      const struct stp_protocol *protocol, const struct stp_sheet_options *options,
		      struct stp_string *out)
{
	struct stp_sheet sheet;
	size_t errors = stp_error_count(context);

	if (!stp_build_handout(&sheet, context, model, protocol, options))
		return false;
	return stp_sheet_end(&sheet, stp_sheet_title(&sheet), errors, out);
}
