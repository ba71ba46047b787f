/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A protocol that claims `label on` lies inside a row of its device's label, for every client whom
 * it lets through and in every zone. A row covers the clients of its condition for whom a bound
 * holds that keeps within its depth. These boxes together must leave nobody over, beside whoever
 * is not treated. Language reference, "Devices".
 */
#include "check/checks.h"

static void report_off_label(struct stp_checker *checker, const struct stp_zone_plan *plan,
			     const struct stp_condition *client)
{
	struct stp_context *context = checker->context;
	const struct stp_device *device = checker->protocol->device;
	const struct stp_bound *most = &plan->settings[STP_DEPTH].limit_high;
	struct stp_diagnostic *diagnostic =
		stp_report(context, STP_D_off_label, checker->protocol->label_on->span,
			   "`%s` is off the label of `%s` for %s, up to %s", plan->zone->name,
			   device->name, stp_describe_client(context, client, client),
			   stp_show_setting(context, STP_DEPTH, most->value));

	if (diagnostic->help != NULL)
		return; /* said of another zone */
	for (size_t i = 0; i < device->label_count; i++)
		if (stp_label_is_about(&device->labels[i], checker->protocol, plan))
			stp_label(context, diagnostic, device->labels[i].origin.span,
				  "the label covers this");
	stp_help(context, diagnostic,
		 "tighten what is allowed, exclude those clients, or take the claim away");
}

void stp_check_label(struct stp_checker *checker)
{
	const struct stp_protocol *protocol = checker->protocol;
	struct stp_condition everyone = stp_everyone(), client;
	struct stp_label_boxes boxes;

	for (size_t i = 0; protocol->label_on != NULL && i < protocol->zone_count; i++) {
		const struct stp_zone_plan *plan = &protocol->zones[i];

		if (plan->never)
			continue;
		stp_cover_zone(&checker->cover, plan);
		boxes = stp_label_boxes(checker->context, protocol, plan);
		for (size_t j = 0; j < boxes.count; j++)
			stp_cover_also(&checker->cover, &boxes.items[j]);
		if (stp_find_uncovered(&checker->cover, &everyone, &client)) {
			report_off_label(checker, plan, &client);
			return; /* one zone and one client are enough */
		}
		if (checker->cover.exhausted)
			stp_help(
				checker->context,
				stp_report(checker->context, STP_D_too_intricate,
					   protocol->label_on->span,
					   "whether this holds for everybody could not be decided"),
				"use fewer conditions, or fewer factors in one");
	}
}
