/* SPDX-License-Identifier: Apache-2.0 */
/*
 * calendar FILE ZONE VISIT: libical reads a calendar file. Each event must be one whole day with a
 * UID of its own. Each moment that an event tells must lie a whole number of days of 24 hours from
 * the visit, as libical counts them in the clinic's zone.
 * Prints what is wrong, and how many events and moments there were.
 */
#include <libical/ical.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int faults;

static void fault(const char *what, const char *where)
{
	printf("%s: %s\n", what, where);
	faults++;
}

static char *read_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	char *text = calloc(1, 1 << 20);

	if (file == NULL || text == NULL || fread(text, 1, (1 << 20) - 1, file) == 0)
		exit(2);
	fclose(file);
	return text;
}

static int month_of(const char *word)
{
	static const char *const months[] = { "January",   "February", "March",    "April",
					      "May",       "June",     "July",     "August",
					      "September", "October",  "November", "December" };

	for (int i = 0; i < 12; i++)
		if (strcmp(word, months[i]) == 0)
			return i + 1;
	return 0;
}

/* "28 March, 11 am", in the visit's year or the next, or the one before. */
static bool read_moment(const char *text, struct icaltimetype visit, struct icaltimetype *moment)
{
	char month[16], half[3];
	int day, hour;

	if (sscanf(text, "%d %15[A-Za-z], %d %2[apm]", &day, month, &hour, half) != 4 ||
	    month_of(month) == 0)
		return false;
	*moment = visit;
	moment->month = month_of(month);
	moment->day = day;
	moment->hour = hour % 12 + (strcmp(half, "pm") == 0 ? 12 : 0);
	if (moment->month - visit.month > 6)
		moment->year--;
	if (visit.month - moment->month > 6)
		moment->year++;
	return true;
}

static int check_moments(const char *told, struct icaltimetype visit, icaltimezone *zone)
{
	int count = 0;

	for (const char *at = told; *at; at++) {
		struct icaltimetype moment;
		long apart;

		if (at > told && (at[-1] >= '0' && at[-1] <= '9'))
			continue;
		if (!read_moment(at, visit, &moment))
			continue;
		count++;
		apart = (long)(icaltime_as_timet_with_zone(moment, zone) -
			       icaltime_as_timet_with_zone(visit, zone));
		if (apart % 86400 != 0)
			fault("no whole number of 24 hours from the visit", at);
	}
	return count;
}

static int check_event(icalcomponent *event, struct icaltimetype visit, icaltimezone *zone)
{
	struct icaltimetype start = icalcomponent_get_dtstart(event);
	struct icaltimetype end = icalcomponent_get_dtend(event);
	const char *told = icalcomponent_get_description(event);

	if (!start.is_date || !end.is_date || icaltime_is_null_time(start))
		fault("not a whole day", icalcomponent_get_uid(event));
	icaltime_adjust(&start, 1, 0, 0, 0);
	if (icaltime_compare(start, end) != 0)
		fault("not one day", icalcomponent_get_uid(event));
	if (told == NULL || icalcomponent_get_summary(event) == NULL) {
		fault("nothing told", icalcomponent_get_uid(event));
		return 0;
	}
	return check_moments(told, visit, zone);
}

static void check_uids(icalcomponent *calendar)
{
	char seen[64][256];
	int count = 0;

	for (icalcomponent *event =
		     icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
	     event && count < 64;
	     event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
		snprintf(seen[count], sizeof seen[count], "%s", icalcomponent_get_uid(event));
		for (int i = 0; i < count; i++)
			if (strcmp(seen[i], seen[count]) == 0)
				fault("two events with one UID", seen[i]);
		count++;
	}
}

int main(int argc, char **argv)
{
	icalcomponent *calendar = argc == 4 ? icalparser_parse_string(read_file(argv[1])) : NULL;
	icaltimezone *zone = argc == 4 ? icaltimezone_get_builtin_timezone(argv[2]) : NULL;
	int events = 0, moments = 0;

	if (calendar == NULL || zone == NULL || icalcomponent_count_errors(calendar) > 0 ||
	    icalcomponent_isa(calendar) != ICAL_VCALENDAR_COMPONENT) {
		puts("libical does not read it");
		return 1;
	}
	if (!icalrestriction_check(calendar))
		fault("against the restrictions of RFC 5546", argv[1]);
	check_uids(calendar);
	for (icalcomponent *event =
		     icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
	     event; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
		moments += check_event(event, icaltime_from_string(argv[3]), zone);
		events++;
	}
	printf("%d events, %d moments\n", events, moments);
	return faults > 0 || events == 0 || events > 8;
}
