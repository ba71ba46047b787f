/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A protocol read back: its head, course, screening, care, what to expect and when to get help. The
 * sentences of care are those of the sheets. Settings are read in reading_zones.c.
 */
#include "emit/reading.h"

#include <stdlib.h>
#include <string.h>

#include "emit/card.h"
#include "model/policies.h"

/* ---- the list ---- */

struct stp_reading *stp_reading_at(struct stp_sheet *sheet, struct stp_readings *readings,
				   const struct stp_provenance *origin,
				   const struct stp_condition *when)
{
	struct stp_reading *reading;

	for (size_t i = 0; i < readings->count; i++) {
		reading = &readings->items[i];
		if (reading->when == when && origin->span.source != 0 &&
		    memcmp(&reading->span, &origin->span, sizeof reading->span) == 0)
			return reading;
	}
	readings->items = stp_grow(sheet->context, readings->items, readings->count,
				   &readings->room, sizeof *readings->items);
	reading = &readings->items[readings->count++];
	*reading = (struct stp_reading){ .span = origin->span, .when = when, .origin = origin };
	return reading;
}

void stp_reading_element(struct stp_sheet *sheet, struct stp_reading *reading, const void *element,
			 const char *section)
{
	for (size_t i = 0; i < reading->element_count; i++)
		if (reading->elements[i].element == element &&
		    strcmp(reading->elements[i].section, section) == 0)
			return;
	reading->elements = stp_grow(sheet->context, reading->elements, reading->element_count,
				     &reading->element_room, sizeof *reading->elements);
	reading->elements[reading->element_count++] = (struct stp_read_element){ element, section };
}

const char *stp_reading_when(struct stp_sheet *sheet, const struct stp_condition *when,
			     const char *text)
{
	const struct stp_source *source =
		when == NULL ? NULL : stp_source_by_id(sheet->context, when->span.source);

	if (source == NULL)
		return text;
	return stp_format(sheet->context, "when %.*s: %s", (int)(when->span.end - when->span.begin),
			  source->text + when->span.begin, text);
}

static struct stp_reading *read(struct stp_sheet *sheet, struct stp_readings *readings,
				const struct stp_provenance *origin,
				const struct stp_condition *when, bool has_number,
				const char *sentence)
{
	struct stp_reading *reading = stp_reading_at(sheet, readings, origin, when);

	reading->sentence = stp_sentence(&sheet->words, sentence);
	reading->has_number = has_number;
	return reading;
}

/* ---- the head ---- */

static const struct stp_provenance *at_place(struct stp_sheet *sheet, struct stp_span span)
{
	struct stp_provenance *origin = stp_alloc(sheet->context, sizeof *origin);

	origin->span = span;
	return origin;
}

static const char *operators_words(struct stp_sheet *sheet)
{
	const struct stp_protocol *protocol = sheet->protocol;
	const struct stp_condition_term term = { protocol->operator_factor,
						 protocol->operator_values };

	return stp_values_words(sheet, &term);
}

static void read_head(struct stp_sheet *sheet, struct stp_readings *readings)
{
	const struct stp_protocol *protocol = sheet->protocol;
	struct stp_string said;
	struct stp_reading *reading;

	stp_string_init(&said, sheet->context);
	stp_addf(&said, "%s, version %u.%u.%u, %s: treats %s with the %s", protocol->label,
		 (unsigned)protocol->version[0], (unsigned)protocol->version[1],
		 (unsigned)protocol->version[2],
		 protocol->status == STP_APPROVED ? "approved" : "a draft",
		 protocol->treats == NULL ? "nothing" : stp_term_words(sheet, protocol->treats),
		 stp_label_words(&sheet->words, protocol->device->name, protocol->device->label));
	reading = read(sheet, readings, at_place(sheet, protocol->span), NULL, false, said.text);
	if (protocol->message != NULL)
		reading->sentence = stp_join(
			&sheet->words, reading->sentence,
			stp_format(sheet->context, "Its main message: \"%s\"", protocol->message));
	stp_reading_element(sheet, reading, protocol, "protocols");
}

static void read_operator(struct stp_sheet *sheet, struct stp_readings *readings)
{
	const struct stp_protocol *protocol = sheet->protocol;

	if (protocol->operator_factor == NULL)
		return;
	stp_reading_element(
		sheet,
		read(sheet, readings, &protocol->operator_origin, NULL, false,
		     stp_format(sheet->context, "who treats: %s; the device refuses everybody else",
				operators_words(sheet))),
		&protocol->operator_values, "screenings");
}

static void read_cartridges(struct stp_sheet *sheet, struct stp_readings *readings)
{
	const struct stp_device *device = sheet->protocol->device;
	struct stp_string said;

	if (device->needle_count == 0)
		return;
	stp_string_init(&said, sheet->context);
	stp_addf(&said, "the device %s: cartridges of", device->name);
	for (uint8_t i = 0; i < device->needle_count; i++)
		stp_addf(&said, "%s %u", i == 0 ? "" : " or", (unsigned)device->needles[i]);
	stp_add(&said, " needles; it takes no others");
	stp_reading_element(sheet,
			    read(sheet, readings, &device->needles_origin, NULL, true, said.text),
			    device, "devices");
}

static void read_statements(struct stp_sheet *sheet, struct stp_readings *readings,
			    const struct stp_statement *statements, size_t count, const char *what,
			    const char *not_counted)
{
	for (size_t i = 0; i < count; i++) {
		const struct stp_statement *each = &statements[i];
		const char *said =
			stp_format(sheet->context, "%s%s: %s", what, not_counted, each->text);

		if (each->one_in > 0)
			said = stp_format(sheet->context, "%s, 1 in %lu: %s", what,
					  (unsigned long)each->one_in, each->text);
		read(sheet, readings, &each->origin, NULL, each->one_in > 0, said);
	}
}

/* ---- the course, the visit, the anaesthetic ---- */

static void read_course(struct stp_sheet *sheet, struct stp_readings *readings)
{
	const struct stp_course *course = &sheet->protocol->course;
	const struct stp_words *words = &sheet->words;
	struct stp_string said;

	if (course->sessions_high == 0)
		return;
	stp_string_init(&said, sheet->context);
	stp_addf(&said, "%s, %s apart; the device refuses one that comes sooner",
		 stp_say_range(words, STP_COUNTED_visits, course->sessions_low,
			       course->sessions_high),
		 stp_time_range(words, course->apart_low,
				course->apart_high.count > 0 ? course->apart_high
							     : course->apart_low));
	if (sheet->options->visit != NULL)
		stp_addf(&said, " (before %s)",
			 stp_visit_date_words(
				 sheet,
				 stp_edge_first_day(sheet, stp_edge_after(course->apart_low))));
	if (course->sessions_limit > 0)
		stp_addf(&said, ", and more than %lu", (unsigned long)course->sessions_limit);
	if (course->then_every.count > 0)
		stp_addf(&said, "; then %s",
			 stp_every_words(words, course->then_every, course->then_every));
	stp_reading_element(sheet, read(sheet, readings, &course->origin, NULL, true, said.text),
			    course, "courses");
}

static void read_course_rules(struct stp_sheet *sheet, struct stp_readings *readings)
{
	const struct stp_protocol *protocol = sheet->protocol;

	for (size_t i = 0; i < protocol->course_rule_count; i++) {
		const struct stp_course_rule *rule = &protocol->course_rules[i];
		bool parts = stp_rule_parts_sessions(rule, &protocol->course);
		bool limits = stp_rule_limits_sessions(rule, &protocol->course);
		struct stp_string said;

		stp_string_init(&said, sheet->context);
		stp_add(&said, "the course");
		if (!parts && !limits)
			stp_add(&said, ": as for everyone, which is no less strict");
		if (parts)
			stp_addf(&said, ": at least %s after the session before",
				 stp_time_words(&sheet->words, rule->apart_low));
		if (limits)
			stp_addf(&said, ": at most %lu sessions",
				 (unsigned long)rule->sessions_limit);
		if (rule->house != NULL)
			stp_addf(&said, ", by the policy %s", rule->house->policy->name);
		stp_reading_element(sheet,
				    read(sheet, readings, rule->origin, rule->when, true,
					 stp_reading_when(sheet, rule->when, said.text)),
				    rule, "courses");
	}
}

static void read_visit(struct stp_sheet *sheet, struct stp_readings *readings)
{
	const struct stp_protocol *protocol = sheet->protocol;

	if (protocol->visit_high.count > 0)
		read(sheet, readings, &protocol->visit_origin, NULL, true,
		     stp_format(sheet->context, "a visit takes %s",
				stp_time_range(&sheet->words, protocol->visit_low,
					       protocol->visit_high)));
}

static void read_anaesthetic(struct stp_sheet *sheet, struct stp_readings *readings)
{
	const struct stp_anaesthetic *said = &sheet->protocol->anaesthetic;
	const struct stp_words *words = &sheet->words;
	struct stp_string out;

	if (said->medicine == NULL)
		return;
	stp_string_init(&out, sheet->context);
	stp_addf(&out, "%s stays on the skin for %s", stp_term_words(sheet, said->medicine),
		 stp_time_range(words, said->least, said->longest));
	if (said->amount_limit_mg > 0)
		stp_addf(&out, ", at most %s g",
			 stp_decimal(words, said->amount_limit_mg, MG_DECIMALS));
	if (said->area_limit_mm2 > 0)
		stp_addf(&out, ", on at most %s cm2",
			 stp_decimal(words, said->area_limit_mm2, MM2_DECIMALS));
	if (said->dose_mg > 0)
		stp_addf(&out, ", at most %s g on %s cm2",
			 stp_decimal(words, said->dose_mg, MG_DECIMALS),
			 stp_decimal(words, said->dose_mm2, MM2_DECIMALS));
	if (said->strength_hundredths > 0)
		stp_addf(&out, ", of %s %%", stp_decimal(words, said->strength_hundredths, 2));
	if (said->occlusion_said)
		stp_add(&out, said->occlusion ? ", covered" : ", not covered");
	stp_reading_element(sheet, read(sheet, readings, &said->origin, NULL, true, out.text), said,
			    "anaesthetics");
}

/* ---- screening ---- */

static const char *screened_words(struct stp_sheet *sheet, const struct stp_screen_rule *rule)
{
	const char *term;

	if (rule->term == NULL && rule->age_below > 0)
		return stp_format(sheet->context, "an age below %u", (unsigned)rule->age_below);
	if (rule->term == NULL)
		return stp_format(sheet->context, "an age over %u", (unsigned)rule->age_over);
	term = stp_term_words(sheet, rule->term);
	return rule->scope == STP_AREA ? stp_format(sheet->context, "%s in the area", term) : term;
}

static const char *role_words(struct stp_sheet *sheet, const struct stp_screen_rule *rule)
{
	return stp_label_words(&sheet->words, rule->with, rule->with);
}

/* "nobody within 6 months after filler in the area (before Monday 1 June)" */
static const char *wait_words(struct stp_sheet *sheet, const struct stp_screen_rule *rule,
			      const char *terms)
{
	const struct stp_words *words = &sheet->words;
	struct stp_string out;

	stp_string_init(&out, sheet->context);
	stp_addf(&out, "treated not sooner than %s after %s", stp_time_words(words, rule->wait),
		 terms);
	if (sheet->options->visit != NULL)
		stp_addf(&out, ", which must lie before %s",
			 stp_wait_date_words(sheet, rule->wait));
	if (rule->with != NULL)
		stp_addf(&out, "; from %s on a %s may decide",
			 stp_time_words(words, rule->wait_limit), role_words(sheet, rule));
	return out.text;
}

static const char *screening_words(struct stp_sheet *sheet, const struct stp_screen_rule *rule,
				   const char *terms)
{
	if (rule->anaesthetic_only)
		return stp_format(sheet->context, "no anaesthetic for: %s", terms);
	switch (rule->level) {
	case STP_EXCLUDE:
		if (rule->scope == STP_SPOT)
			return stp_format(sheet->context,
					  "the operator confirms that these are avoided: %s",
					  terms);
		return stp_format(sheet->context, "not treated: %s", terms);
	case STP_WAIT: return wait_words(sheet, rule, terms);
	case STP_CLEAR:
		return stp_format(sheet->context, "treated only when a %s has agreed: %s",
				  role_words(sheet, rule), terms);
	case STP_CAUTION: break;
	}
	return stp_format(sheet->context, "the clinician takes care with: %s", terms);
}

/* The rules of one statement, those at spots apart, since other things are done about them. */
const char *stp_read_screening(struct stp_sheet *sheet, const struct stp_screen_rule *rules,
			       size_t count)
{
	const char **items = stp_alloc_array(sheet->context, count, sizeof *items);
	const char *said = NULL;

	for (int at_spot = 0; at_spot < 2; at_spot++) {
		const struct stp_screen_rule *first = NULL;
		const char *words;
		size_t found = 0;

		for (size_t i = 0; i < count; i++) {
			if ((rules[i].scope == STP_SPOT) != at_spot)
				continue;
			first = first != NULL ? first : &rules[i];
			items[found++] = screened_words(sheet, &rules[i]);
		}
		if (first == NULL)
			continue;
		words = screening_words(sheet, first, stp_list_or(&sheet->words, items, found));
		said = said == NULL ? words : stp_format(sheet->context, "%s; %s", said, words);
	}
	return said;
}

/* The rules of one statement follow each other. */
static size_t read_screening(struct stp_sheet *sheet, struct stp_readings *readings, size_t first)
{
	const struct stp_protocol *protocol = sheet->protocol;
	const struct stp_screen_rule *rule = &protocol->screens[first];
	struct stp_reading *reading = stp_reading_at(sheet, readings, &rule->origin, rule->when);
	size_t end = first;

	for (; end < protocol->screen_count; end++) {
		const struct stp_screen_rule *each = &protocol->screens[end];

		if (memcmp(&each->origin.span, &rule->origin.span, sizeof rule->origin.span) != 0)
			break;
		reading->has_number =
			reading->has_number || each->level == STP_WAIT || each->term == NULL;
		stp_reading_element(sheet, reading, each, "screenings");
	}
	reading->sentence = stp_sentence(
		&sheet->words,
		stp_reading_when(sheet, rule->when, stp_read_screening(sheet, rule, end - first)));
	return end;
}

/* ---- care, what to expect, help ---- */

static void read_care(struct stp_sheet *sheet, struct stp_readings *readings,
		      const struct stp_care_rule *rule)
{
	const struct stp_window *window = &rule->window;
	struct stp_reading *reading = stp_reading_at(sheet, readings, &rule->origin, rule->when);

	reading->sentence =
		stp_join(&sheet->words, rule->after ? "After the visit:" : "Before the visit:",
			 stp_rule_words(sheet, rule));
	reading->has_number = window->from.count > 0 || window->to.count > 0 ||
			      window->at_least.count > 0 || rule->every.count > 0 ||
			      rule->daily_high > 0;
	stp_reading_element(sheet, reading, rule, "windows");
	stp_reading_element(sheet, reading, rule, "screenings");
}

static void read_expectation(struct stp_sheet *sheet, struct stp_readings *readings,
			     const struct stp_expectation *each)
{
	const struct stp_words *words = &sheet->words;
	struct stp_string said;

	stp_string_init(&said, sheet->context);
	stp_addf(&said, "expect %s", stp_term_words(sheet, each->effect));
	if (each->from.count > 0)
		stp_addf(&said, " %s", stp_from_words(sheet, each->from));
	stp_addf(&said, ", usually over after %s",
		 stp_time_range(words, each->to_low, each->to_high));
	if (sheet->options->visit != NULL)
		stp_addf(&said, " (%s)", stp_by_words(sheet, each->to_high));
	stp_reading_element(sheet,
			    read(sheet, readings, &each->origin, each->when, true,
				 stp_reading_when(sheet, each->when, said.text)),
			    each, "windows");
}

static size_t read_help(struct stp_sheet *sheet, struct stp_readings *readings, size_t first)
{
	static const char *const who[STP_URGENCIES] = { "ask us", "call us", "call emergency" };
	const struct stp_protocol *protocol = sheet->protocol;
	const struct stp_help_rule *rule = &protocol->helps[first];
	const char **items = stp_alloc_array(sheet->context, protocol->help_count, sizeof *items);
	bool has_number = false;
	size_t end = first;

	for (; end < protocol->help_count; end++) {
		const struct stp_help_rule *each = &protocol->helps[end];
		const char *term = stp_term_words(sheet, each->sign);

		if (memcmp(&each->origin.span, &rule->origin.span, sizeof rule->origin.span) != 0)
			break;
		has_number = has_number || each->over.count > 0;
		items[end - first] =
			each->over.count == 0
				? term
				: stp_format(sheet->context, "%s for longer than %s", term,
					     stp_time_words(&sheet->words, each->over));
	}
	read(sheet, readings, &rule->origin, NULL, has_number,
	     stp_format(sheet->context, "after the visit, %s for: %s", who[rule->urgency],
			stp_list_or(&sheet->words, items, end - first)));
	return end;
}

/* ---- all of it ---- */

/* Those of the protocol's own file first, then by place. */
static int by_place(const void *left, const void *right)
{
	const struct stp_reading *one = left, *other = right;

	if (one->span.source != other->span.source)
		return one->span.source < other->span.source ? -1 : 1;
	if (one->span.begin != other->span.begin)
		return one->span.begin < other->span.begin ? -1 : 1;
	return (one->span.end > other->span.end) - (one->span.end < other->span.end);
}

void stp_read_protocol(struct stp_sheet *sheet, struct stp_readings *readings)
{
	const struct stp_protocol *protocol = sheet->protocol;

	memset(readings, 0, sizeof *readings);
	read_head(sheet, readings);
	read_statements(sheet, readings, protocol->benefits, protocol->benefit_count, "benefit",
			"");
	read_statements(sheet, readings, protocol->risks, protocol->risk_count, "risk",
			", how often is not known");
	read_statements(sheet, readings, protocol->unknowns, protocol->unknown_count,
			"nobody knows", "");
	read_course(sheet, readings);
	read_operator(sheet, readings);
	read_cartridges(sheet, readings);
	read_course_rules(sheet, readings);
	read_visit(sheet, readings);
	read_anaesthetic(sheet, readings);
	stp_read_zones(sheet, readings);
	stp_read_policies(sheet, readings);
	for (size_t i = 0; i < protocol->screen_count;)
		i = read_screening(sheet, readings, i);
	for (size_t i = 0; i < protocol->care_count; i++)
		read_care(sheet, readings, &protocol->care[i]);
	for (size_t i = 0; i < protocol->expect_count; i++)
		read_expectation(sheet, readings, &protocol->expects[i]);
	for (size_t i = 0; i < protocol->help_count;)
		i = read_help(sheet, readings, i);
	qsort(readings->items, readings->count, sizeof *readings->items, by_place);
}

/* ---- stipple read ---- */

bool stp_emit_reading(struct stp_context *context, const struct stp_model *model,
		      const struct stp_protocol *protocol, const struct stp_sheet_options *options,
		      struct stp_string *out)
{
	size_t errors_before = stp_error_count(context);
	struct stp_readings readings;
	struct stp_sheet sheet;

	if (!stp_sheet_begin(&sheet, context, model, protocol, options))
		return false;
	stp_read_protocol(&sheet, &readings);
	for (size_t i = 0; i < readings.count; i++) {
		const struct stp_reading *at = &readings.items[i];
		const struct stp_source *source = stp_source_by_id(context, at->span.source);

		if (at->span.source != protocol->span.source &&
		    !stp_is_of_policy(protocol, at->span))
			continue;
		stp_addf(out, "%s:%lu: ", source->name,
			 (unsigned long)stp_position(context, at->span).line);
		stp_add_harmless(out, at->sentence, strlen(at->sentence));
		stp_add(out, "\n");
	}
	return stp_error_count(context) == errors_before;
}
