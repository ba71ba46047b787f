/* SPDX-License-Identifier: Apache-2.0 */
/* Settings and times as words of a message. */
#include "model/model.h"

const char *stp_show_setting(struct stp_context *context, enum stp_setting_id setting,
			     uint32_t value)
{
	char decimals[8];
	int length = 3;

	if (setting == STP_PASSES)
		return stp_format(context, "%lu", (unsigned long)value);
	if (setting == STP_RATE)
		return stp_format(context, "%lu rpm", (unsigned long)value);
	if (value % 1000 == 0)
		return stp_format(context, "%lu mm", (unsigned long)value / 1000);
	for (uint32_t rest = value % 1000, i = 3; i > 0; i--, rest /= 10)
		decimals[i - 1] = (char)('0' + rest % 10);
	while (decimals[length - 1] == '0')
		length--;
	return stp_format(context, "%lu.%.*s mm", (unsigned long)value / 1000, length, decimals);
}

const char *stp_show_duration(struct stp_context *context, struct stp_duration time)
{
	static const char *const units[] = {
		[STP_SECOND] = "second", [STP_MINUTE] = "minute", [STP_HOUR] = "hour",
		[STP_DAY] = "day",       [STP_WEEK] = "week",     [STP_MONTH] = "month",
		[STP_YEAR] = "year",
	};

	return stp_format(context, "%lu %s%s", (unsigned long)time.count, units[time.unit],
			  time.count == 1 ? "" : "s");
}
