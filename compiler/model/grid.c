/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a device can be set to. A bound that a protocol writes must be one of its settings; a
 * bound that comes from elsewhere is rounded inward. Language reference, "The grid".
 */
#include "model/resolver.h"

struct stp_grid stp_grid_of(const struct stp_device *device, enum stp_setting_id setting)
{
	switch (setting) {
	case STP_DEPTH:
		return (struct stp_grid){ device->depth_low_um, device->depth_high_um,
					  device->depth_step_um, device->depth_origin.span, NULL };
	case STP_RATE:
		return (struct stp_grid){ device->rate_low_rpm, device->rate_high_rpm,
					  device->rate_step_rpm, device->rate_origin.span,
					  device->level_count > 0 ? device : NULL };
	default:
		return (struct stp_grid){ 1, device->passes_high, 1, device->passes_origin.span,
					  NULL };
	}
}

/* The nearest level at or below the value, which lies within them. */
static uint32_t level_down(const struct stp_device *device, uint32_t value)
{
	size_t at = device->level_count;

	while (at > 1 && device->levels[at - 1].rpm > value)
		at--;
	return device->levels[at - 1].rpm;
}

static uint32_t level_up(const struct stp_device *device, uint32_t value)
{
	size_t at = 0;

	while (at + 1 < device->level_count && device->levels[at].rpm < value)
		at++;
	return device->levels[at].rpm;
}

const struct stp_level *stp_level_of(const struct stp_device *device, uint32_t rpm)
{
	for (size_t i = 0; i < device->level_count; i++)
		if (device->levels[i].rpm == rpm)
			return &device->levels[i];
	return NULL;
}

uint32_t stp_grid_down(struct stp_grid grid, uint32_t value)
{
	if (value >= grid.high)
		return grid.high;
	if (value < grid.low || grid.step == 0)
		return value; /* below the grid: left as it is, so that nothing is left to treat */
	if (grid.levels != NULL)
		return level_down(grid.levels, value);
	return value - (value - grid.low) % grid.step;
}

uint32_t stp_grid_up(struct stp_grid grid, uint32_t value)
{
	if (value <= grid.low)
		return grid.low;
	if (grid.step == 0 || value >= grid.high)
		return value; /* above the grid: left as it is */
	if (grid.levels != NULL)
		return level_up(grid.levels, value);
	return grid.low + (value - grid.low + grid.step - 1) / grid.step * grid.step;
}

static void report_beyond(struct stp_draft *draft, enum stp_setting_id setting,
			  const struct stp_node *at, uint32_t value, struct stp_grid grid)
{
	struct stp_context *context = draft->resolver->context;
	const char *name = draft->protocol->device->name;
	struct stp_diagnostic *diagnostic;

	diagnostic = stp_report(context, STP_D_beyond_device, at->span,
				setting == STP_PASSES ? "%s passes are %s than `%s` counts"
						      : "%s is %s than `%s` can be set to",
				stp_show_setting(context, setting, value),
				value < grid.low ? "less" : "more", name);
	stp_label(context, diagnostic, grid.span, "it goes from %s to %s",
		  stp_show_setting(context, setting, grid.low),
		  stp_show_setting(context, setting, grid.high));
	stp_help(context, diagnostic, "write at %s %s", value < grid.low ? "least" : "most",
		 stp_show_setting(context, setting, value < grid.low ? grid.low : grid.high));
}

static void report_between(struct stp_draft *draft, enum stp_setting_id setting,
			   const struct stp_node *at, uint32_t value, struct stp_grid grid)
{
	struct stp_context *context = draft->resolver->context;
	uint32_t below = stp_grid_down(grid, value);
	struct stp_diagnostic *diagnostic = stp_report(
		context, STP_D_not_settable, at->span, "%s cannot be set on `%s`",
		stp_show_setting(context, setting, value), draft->protocol->device->name);

	if (grid.levels != NULL)
		stp_label(context, diagnostic, grid.span, "it has these levels");
	else
		stp_label(context, diagnostic, grid.span, "its settings are %s apart",
			  stp_show_setting(context, setting, grid.step));
	stp_help(context, diagnostic, "the two nearest settings are %s and %s",
		 stp_show_setting(context, setting, below),
		 stp_show_setting(context, setting, stp_grid_up(grid, value)));
}

bool stp_check_settable(struct stp_draft *draft, enum stp_setting_id setting,
			const struct stp_node *at, uint32_t value)
{
	struct stp_grid grid = stp_grid_of(draft->protocol->device, setting);

	if (value < grid.low || value > grid.high) {
		report_beyond(draft, setting, at, value, grid);
		return false;
	}
	if (stp_grid_down(grid, value) != value) {
		report_between(draft, setting, at, value, grid);
		return false;
	}
	return true;
}
