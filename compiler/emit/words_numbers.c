/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers, times and dates in words. Everything is exact and nothing asks the locale. */
#include "emit/calendar_dates.h"
#include "emit/words.h"

#include <inttypes.h>
#include <string.h>

const char *stp_whole(const struct stp_words *words, uint64_t value)
{
	return stp_format(words->context, "%" PRIu64, value);
}

const char *stp_decimal(const struct stp_words *words, uint32_t value, unsigned decimals)
{
	uint32_t scale = 1;

	for (unsigned i = 0; i < decimals; i++)
		scale *= 10;
	uint32_t fraction = value % scale;
	if (fraction == 0)
		return stp_whole(words, value / scale);
	while (fraction % 10 == 0) {
		fraction /= 10;
		decimals--;
	}
	return stp_format(words->context, "%" PRIu32 "%s%0*" PRIu32, value / scale,
			  stp_say(words, STP_PHRASE_decimal_mark, NULL), (int)decimals, fraction);
}

static enum stp_counted_id unit_words(enum stp_time_unit unit)
{
	switch (unit) {
	case STP_SECOND: return STP_COUNTED_seconds;
	case STP_MINUTE: return STP_COUNTED_minutes;
	case STP_HOUR: return STP_COUNTED_hours;
	case STP_DAY: return STP_COUNTED_days;
	case STP_WEEK: return STP_COUNTED_weeks;
	case STP_MONTH: return STP_COUNTED_months;
	case STP_YEAR: break;
	}
	return STP_COUNTED_years;
}

const char *stp_time_words(const struct stp_words *words, struct stp_duration time)
{
	return stp_say_count(words, unit_words(time.unit), time.count);
}

const char *stp_time_range(const struct stp_words *words, struct stp_duration low,
			   struct stp_duration high)
{
	if (low.count == 0 || (low.unit == high.unit && low.count == high.count))
		return stp_time_words(words, high);
	if (low.unit == high.unit)
		return stp_say_range(words, unit_words(low.unit), low.count, high.count);
	return stp_say(words, STP_PHRASE_number_range, "low", stp_time_words(words, low), "high",
		       stp_time_words(words, high), NULL);
}

const char *stp_every_words(const struct stp_words *words, struct stp_duration low,
			    struct stp_duration high)
{
	if (low.count == 1 && high.count == 1 && low.unit == high.unit)
		return stp_say(words, STP_PHRASE_every_second + (enum stp_phrase_id)low.unit, NULL);
	return stp_say(words, STP_PHRASE_every_time, "time", stp_time_range(words, low, high),
		       NULL);
}

static const char *month_name(const struct stp_words *words, unsigned month)
{
	return stp_say(words, STP_PHRASE_month_1 + month - 1, NULL);
}

const char *stp_plain_date(const struct stp_words *words, struct stp_date date)
{
	return stp_say(words, STP_PHRASE_date_plain, "day", stp_whole(words, date.day), "month",
		       month_name(words, date.month), "year", stp_whole(words, date.year), NULL);
}

const char *stp_date_words(const struct stp_words *words, int64_t day, bool with_year)
{
	struct stp_date date = stp_date_from_day(day);

	return stp_say(words, with_year ? STP_PHRASE_date_long_year : STP_PHRASE_date_long,
		       "weekday", stp_say(words, STP_PHRASE_weekday_1 + stp_weekday(day) - 1, NULL),
		       "day", stp_whole(words, date.day), "month", month_name(words, date.month),
		       "year", stp_whole(words, date.year), NULL);
}

const char *stp_clock_words(const struct stp_words *words, int64_t second_of_day)
{
	unsigned hour = (unsigned)(second_of_day / 3600);
	unsigned minute = (unsigned)(second_of_day / 60 % 60);
	enum stp_phrase_id phrase = hour < 12 ? STP_PHRASE_clock_am : STP_PHRASE_clock_pm;

	if (hour == 12 && minute == 0)
		return stp_say(words, STP_PHRASE_clock_midday, NULL);
	if (minute != 0)
		phrase = hour < 12 ? STP_PHRASE_clock_am_minutes : STP_PHRASE_clock_pm_minutes;
	return stp_say(words, phrase, "hour", stp_whole(words, (hour + 11) % 12 + 1), "hour24",
		       stp_whole(words, hour), "minute", stp_format(words->context, "%02u", minute),
		       NULL);
}
