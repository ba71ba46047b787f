/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Quantities: from a decimal and a unit to a whole number of the dimension's smallest unit,
 * exactly or not at all. Language reference, "Quantities".
 *
 * A number came with at most fifteen digits, so that every product below fits 64 bits after one
 * comparison. In a range the unit may be said once, at its end.
 */
#include "model/resolver.h"

#include <string.h>

struct unit {
	enum stp_dimension dimension;
	int64_t factor; /* of the dimension's smallest unit; for times of `time` */
	enum stp_time_unit time;
};

static const struct unit units[STP_UNITS] = {
#define STP_UNIT(id, written, dimension, factor, time)                                             \
	[STP_UNIT_##id] = { dimension, factor, time },
#include "syntax/units.def"
#undef STP_UNIT
};

static const struct {
	const char *is;       /* "a length" */
	const char *units;    /* what may be written */
	const char *smallest; /* what is held */
} dimensions[] = {
	[STP_LENGTH] = { "a length", "mm or um", "whole micrometres" },
	[STP_TIME] = { "a time", "min, h, days, weeks or months", "whole seconds" },
	[STP_SPEED] = { "a rate", "rpm or Hz", "whole rpm" },
	[STP_MASS] = { "a mass", "g or mg", "whole milligrams" },
	[STP_SURFACE] = { "an area", "cm2 or mm2", "whole square millimetres" },
	[STP_SHARE] = { "a share", "%", "hundredths of a percent" },
	[STP_COUNT] = { "a count", "no unit", "whole numbers" },
	[STP_OTHER] = { "a volume", "ml", "whole numbers" },
};

const char *stp_source_text(struct stp_context *context, struct stp_span span)
{
	const struct stp_source *source = stp_source_by_id(context, span.source);

	if (source == NULL || span.end > source->length)
		return "";
	return stp_copy_text(context, source->text + span.begin, span.end - span.begin);
}

/* ---- numbers ---- */

static int64_t power_of_ten(uint32_t exponent)
{
	int64_t power = 1;

	while (exponent-- > 0)
		power *= 10;
	return power;
}

/* number * factor as a whole number; false when there is a remainder or no room. */
static bool scale(struct stp_number number, int64_t factor, int64_t *whole)
{
	int64_t divisor;

	while (number.decimals > 0 && number.mantissa % 10 == 0) {
		number.mantissa /= 10;
		number.decimals--;
	}
	divisor = power_of_ten(number.decimals);
	if (number.mantissa > INT64_MAX / factor)
		return false;
	*whole = number.mantissa * factor / divisor;
	return number.mantissa * factor % divisor == 0;
}

static bool report_inexact(struct stp_resolver *resolver, const struct stp_node *quantity,
			   enum stp_dimension dimension)
{
	struct stp_diagnostic *diagnostic = stp_report(
		resolver->context, STP_D_not_exact, quantity->span, "%s cannot be held exactly",
		stp_source_text(resolver->context, quantity->span));

	if (dimension == STP_TIME)
		stp_help(resolver->context, diagnostic,
			 "a part of a day or of a month has no one length; write hours or whole "
			 "days");
	else
		stp_help(resolver->context, diagnostic, "%s is held in %s; nothing is rounded",
			 dimensions[dimension].is, dimensions[dimension].smallest);
	return false;
}

static bool report_too_large(struct stp_resolver *resolver, const struct stp_node *quantity,
			     const char *most)
{
	struct stp_diagnostic *diagnostic = stp_report(
		resolver->context, STP_D_too_large, quantity->span, "%s is more than can be held",
		stp_source_text(resolver->context, quantity->span));

	stp_help(resolver->context, diagnostic, "the most is %s", most);
	return false;
}

static bool is_whole(struct stp_number number)
{
	int64_t whole;

	return scale(number, 1, &whole);
}

/* Which unit was meant is certain when no other could hold the number sensibly. */
static const char *certain_unit(const struct stp_node *quantity, enum stp_dimension dimension)
{
	if (dimension == STP_LENGTH && !is_whole(stp_number_of(quantity)))
		return "mm";
	if (dimension == STP_SPEED && is_whole(stp_number_of(quantity)) &&
	    quantity->mantissa >= 1000 && quantity->decimals == 0)
		return "rpm";
	return NULL;
}

static bool report_no_unit(struct stp_resolver *resolver, const struct stp_node *quantity,
			   enum stp_dimension dimension)
{
	struct stp_span after = quantity->span;
	const char *unit = certain_unit(quantity, dimension);
	struct stp_diagnostic *diagnostic =
		stp_report(resolver->context, STP_D_missing_unit, quantity->span,
			   "%s without its unit", dimensions[dimension].is);

	after.begin = after.end;
	if (unit == NULL) {
		stp_help(resolver->context, diagnostic, "write %s after the number",
			 dimensions[dimension].units);
		return false;
	}
	stp_help(resolver->context, diagnostic, "write %s %s",
		 stp_source_text(resolver->context, quantity->span), unit);
	stp_fix(resolver->context, diagnostic, after, stp_format(resolver->context, " %s", unit));
	return false;
}

static bool report_dimension(struct stp_resolver *resolver, const struct stp_node *quantity,
			     const struct unit *unit, enum stp_dimension wanted)
{
	struct stp_diagnostic *diagnostic = stp_report(
		resolver->context, STP_D_wrong_dimension, quantity->span,
		"%s is %s; %s is wanted here", stp_source_text(resolver->context, quantity->span),
		dimensions[unit->dimension].is, dimensions[wanted].is);

	stp_help(resolver->context, diagnostic,
		 wanted == STP_COUNT ? "write the number with %s" : "write it in %s",
		 dimensions[wanted].units);
	return false;
}

/* The unit of a quantity, or the one that its range says at the end. NULL after a report. */
static const struct unit *unit_of(struct stp_resolver *resolver, const struct stp_node *quantity,
				  enum stp_unit shared, enum stp_dimension wanted)
{
	enum stp_unit said = quantity->unit != STP_UNIT_none ? quantity->unit : shared;
	const struct unit *unit = &units[said];

	if (said == STP_UNIT_none) {
		report_no_unit(resolver, quantity, wanted);
		return NULL;
	}
	if (unit->dimension != wanted) {
		if (!stp_is_broken(resolver->context, quantity->span))
			report_dimension(resolver, quantity, unit, wanted);
		return NULL;
	}
	return unit;
}

/* A number that could not be read stands in the tree as 0. */
static bool is_faulty(struct stp_resolver *resolver, const struct stp_node *quantity)
{
	return quantity->mantissa == 0 && stp_error_count(resolver->context) > 0 &&
	       stp_is_broken(resolver->context, quantity->span);
}

static bool is_level(const struct stp_node *quantity)
{
	return quantity->unit == STP_UNIT_level;
}

/* The rate that the device calls by the number. */
static bool level_rate(struct stp_resolver *resolver, const struct stp_node *quantity,
		       uint32_t *value)
{
	const struct stp_device *device = resolver->device;
	struct stp_diagnostic *diagnostic;
	int64_t number = -1;

	if (!scale(stp_number_of(quantity), 1, &number))
		number = -1;
	for (size_t i = 0; device != NULL && i < device->level_count; i++) {
		if (device->levels[i].number != number)
			continue;
		*value = device->levels[i].rpm;
		return true;
	}
	if (device == NULL) {
		stp_help(resolver->context,
			 stp_report(resolver->context, STP_D_not_on_device, quantity->span,
				    "a level is one of a device, and none is named here"),
			 "write the rate in rpm");
		return false;
	}
	diagnostic = stp_report(resolver->context, STP_D_not_on_device, quantity->span,
				"`%s` has no such level", device->name);
	stp_label(resolver->context, diagnostic, device->rate_origin.span,
		  device->level_count == 0 ? "it has no levels" : "it has these");
	stp_help(resolver->context, diagnostic,
		 device->level_count == 0 ? "write the rate in rpm" : "name one of its levels");
	return false;
}

static bool measure(struct stp_resolver *resolver, const struct stp_node *quantity,
		    enum stp_unit shared, enum stp_dimension dimension, uint32_t most,
		    uint32_t *value)
{
	const struct unit *unit = NULL;
	int64_t whole = 0;

	if (is_faulty(resolver, quantity))
		return false;

	if (dimension == STP_COUNT) {
		if (quantity->unit != STP_UNIT_none)
			return report_dimension(resolver, quantity, &units[quantity->unit],
						dimension);
	} else {
		unit = unit_of(resolver, quantity, shared, dimension);
		if (unit == NULL)
			return false;
		if (unit->factor == 0)
			return level_rate(resolver, quantity, value);
	}
	if (!scale(stp_number_of(quantity), unit == NULL ? 1 : unit->factor, &whole))
		return report_inexact(resolver, quantity, dimension);
	if (whole > most)
		return report_too_large(resolver, quantity,
					stp_format(resolver->context, "%lu, in %s",
						   (unsigned long)most,
						   dimensions[dimension].smallest));
	*value = (uint32_t)whole;
	return true;
}

bool stp_quantity(struct stp_resolver *resolver, const struct stp_node *quantity,
		  enum stp_dimension dimension, uint32_t most, uint32_t *value)
{
	return measure(resolver, quantity, STP_UNIT_none, dimension, most, value);
}

bool stp_count(struct stp_resolver *resolver, const struct stp_node *number, uint32_t most,
	       uint32_t *value)
{
	return measure(resolver, number, STP_UNIT_none, STP_COUNT, most, value);
}

bool stp_check_some(struct stp_resolver *resolver, const struct stp_node *quantity, uint32_t value,
		    const char *help)
{
	struct stp_diagnostic *diagnostic;

	if (value != 0)
		return true;
	diagnostic =
		stp_report(resolver->context, STP_D_none_counted, quantity->span,
			   "%s is none at all", stp_source_text(resolver->context, quantity->span));
	stp_help(resolver->context, diagnostic, "%s", help);
	return false;
}

/* ---- times ---- */

/* The next smaller unit in which a part of this one is exact, and how many of it there are. */
static int64_t parts(enum stp_time_unit unit, enum stp_time_unit *smaller)
{
	switch (unit) {
	case STP_MINUTE: *smaller = STP_SECOND; return 60;
	case STP_HOUR: *smaller = STP_MINUTE; return 60;
	case STP_WEEK: *smaller = STP_DAY; return 7;
	case STP_YEAR: *smaller = STP_MONTH; return 12;
	default: return 0; /* a part of a day or of a month has no one length; a second has none */
	}
}

#define TIMES_MOST 100000 /* of any unit; more is a slip of the pen, and seconds fit 64 bits */

static bool time_of(struct stp_resolver *resolver, const struct stp_node *quantity,
		    enum stp_unit shared, struct stp_duration *duration)
{
	const struct unit *unit;
	int64_t whole, factor = 1, part;

	if (is_faulty(resolver, quantity))
		return false;
	unit = unit_of(resolver, quantity, shared, STP_TIME);
	if (unit == NULL)
		return false;
	duration->unit = unit->time;
	while (!scale(stp_number_of(quantity), factor, &whole)) {
		part = parts(duration->unit, &duration->unit);
		if (part == 0)
			return report_inexact(resolver, quantity, STP_TIME);
		factor *= part;
	}
	if (whole > TIMES_MOST)
		return report_too_large(resolver, quantity, "100000 of any unit");
	duration->count = (uint32_t)whole;
	return true;
}

bool stp_duration(struct stp_resolver *resolver, const struct stp_node *quantity,
		  struct stp_duration *duration)
{
	return time_of(resolver, quantity, STP_UNIT_none, duration);
}

/* ---- spans ---- */

/* One end: false where it is no whole number of what the model holds. */
static bool say_end(const struct stp_node *quantity, enum stp_unit name, struct stp_said *said,
		    uint32_t *value, enum stp_time_unit *time_unit)
{
	static const enum stp_said_kind kinds[] = {
		[STP_LENGTH] = STP_SAID_UM,       [STP_TIME] = STP_SAID_TIME,
		[STP_SPEED] = STP_SAID_RPM,       [STP_MASS] = STP_SAID_MG,
		[STP_SURFACE] = STP_SAID_MM2,     [STP_COUNT] = STP_SAID_OTHERWISE,
		[STP_OTHER] = STP_SAID_OTHERWISE,
	};
	const struct unit *unit = name == STP_UNIT_none ? NULL : &units[name];
	int64_t whole;

	said->kind = unit == NULL ? STP_SAID_NUMBER : kinds[unit->dimension];
	if (name == STP_UNIT_level)
		said->kind = STP_SAID_OTHERWISE; /* what rate that is depends on the device */
	if (said->kind == STP_SAID_OTHERWISE ||
	    !scale(stp_number_of(quantity), unit == NULL ? 1 : unit->factor, &whole) || whole < 0 ||
	    whole > UINT32_MAX)
		return false;
	*value = (uint32_t)whole;
	if (said->kind == STP_SAID_TIME)
		*time_unit = unit->time;
	return true;
}

struct stp_said stp_said_of(const struct stp_node *span)
{
	const struct stp_node *low = span->first, *high = stp_last(span);
	struct stp_said said = { .kind = STP_SAID_OTHERWISE };

	if (low == NULL || low->kind != STP_N_QUANTITY || high->kind != STP_N_QUANTITY ||
	    !say_end(low, low->unit != STP_UNIT_none ? low->unit : high->unit, &said, &said.low,
		     &said.low_unit) ||
	    !say_end(high, high->unit, &said, &said.high, &said.high_unit))
		said.kind = STP_SAID_OTHERWISE;
	return said;
}

static struct stp_span digits_of(struct stp_context *context, const struct stp_node *quantity)
{
	struct stp_span span = quantity->span;

	span.end = span.begin +
		   (uint32_t)strspn(stp_source_text(context, quantity->span), "0123456789.");
	return span;
}

/* The unit stays, the number becomes the other's. */
static void swap_fix(struct stp_resolver *resolver, struct stp_diagnostic *diagnostic,
		     const struct stp_node *quantity, const struct stp_node *other)
{
	struct stp_context *context = resolver->context;

	stp_fix(context, diagnostic, digits_of(context, quantity),
		stp_source_text(context, digits_of(context, other)));
}

static bool report_swapped(struct stp_resolver *resolver, const struct stp_node *span, bool falling)
{
	const struct stp_node *low = span->first, *high = low->next;
	struct stp_diagnostic *diagnostic;
	struct stp_span around = span->span;

	around.begin -= around.begin > 0;
	if (stp_is_broken(resolver->context, around))
		return false; /* a number may be only half of what was meant */
	diagnostic = stp_report(resolver->context, STP_D_swapped_range, span->span,
				falling ? "this range goes up; time before the visit counts down"
					: "this range goes down");

	stp_help(resolver->context, diagnostic, "write the two the other way round");
	if (!is_level(low) && (low->unit == STP_UNIT_none || low->unit == high->unit)) {
		swap_fix(resolver, diagnostic, low, high);
		swap_fix(resolver, diagnostic, high, low);
	}
	return false;
}

bool stp_span_of(struct stp_resolver *resolver, const struct stp_node *span,
		 enum stp_dimension dimension, uint32_t most, struct stp_ends *ends)
{
	const struct stp_node *low = span->first, *high = low->next != NULL ? low->next : low;

	if (!measure(resolver, high, is_level(low) ? low->unit : STP_UNIT_none, dimension, most,
		     &ends->high))
		return false;
	if (!measure(resolver, low, high->unit, dimension, most, &ends->low))
		return false;
	if (ends->low > ends->high)
		return report_swapped(resolver, span, false);
	return true;
}

bool stp_times_of(struct stp_resolver *resolver, const struct stp_node *span, bool falling,
		  struct stp_times *times)
{
	const struct stp_node *low = span->first, *high = low->next != NULL ? low->next : low;
	int64_t rise;

	if (!time_of(resolver, high, STP_UNIT_none, &times->high) ||
	    !time_of(resolver, low, high->unit, &times->low))
		return false;
	rise = stp_interval_seconds(times->high) - stp_interval_seconds(times->low);
	if (falling ? rise > 0 : rise < 0)
		return report_swapped(resolver, span, falling);
	return true;
}

bool stp_time_of(struct stp_resolver *resolver, const struct stp_node *span,
		 struct stp_duration *duration)
{
	struct stp_times times;
	struct stp_diagnostic *diagnostic;

	if (!stp_times_of(resolver, span, false, &times))
		return false;
	*duration = times.high;
	if (span->kind == STP_N_EXACTLY)
		return true;
	diagnostic = stp_report(resolver->context, STP_D_one_number, span->span,
				"a rule binds to one number, and this is a range");
	stp_help(resolver->context, diagnostic,
		 "write the number that holds, and the range of the source after `said`");
	return false;
}

static const uint8_t days_of_month[12] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

static bool is_date(unsigned year, unsigned month, unsigned day)
{
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return year > 0 && month >= 1 && month <= 12 && day >= 1 &&
	       day <= days_of_month[month - 1] && (leap || month != 2 || day < 29);
}

bool stp_date_of(struct stp_resolver *resolver, const struct stp_node *node, struct stp_date *date)
{
	unsigned parts_read[3] = { 0, 0, 0 };
	size_t part = 0;

	for (const char *at = node->text; *at != '\0'; at++) {
		if (*at == '-')
			part++;
		else
			parts_read[part] = parts_read[part] * 10 + (unsigned)(*at - '0');
	}
	if (!is_date(parts_read[0], parts_read[1], parts_read[2])) {
		stp_help(resolver->context,
			 stp_report(resolver->context, STP_D_no_such_date, node->span,
				    "there is no day %s", node->text),
			 "a date is year, month, day: 2026-11-21");
		return false;
	}
	date->year = (uint16_t)parts_read[0];
	date->month = (uint8_t)parts_read[1];
	date->day = (uint8_t)parts_read[2];
	return true;
}
