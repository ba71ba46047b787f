/* SPDX-License-Identifier: Apache-2.0 */
/*
 * On-label, off-label or not evaluated: worked out for each client from the rows of the device's
 * label. A row covers a client for whom its condition holds, as deep as the limit allows at all.
 * That limit may itself depend on the client. Language reference, "Devices".
 */
#include "model/model.h"

bool stp_label_is_about(const struct stp_device_label *row, const struct stp_protocol *protocol,
			const struct stp_zone_plan *plan)
{
	return protocol->treats != NULL && stp_term_within(protocol->treats, row->treats) &&
	       stp_zone_within(plan->zone, row->zone);
}

/* Whether some bound that holds, or may hold, keeps within the depth that the row covers. */
static bool keeps_within(const struct stp_device_label *row, const struct stp_zone_plan *plan,
			 const struct stp_client *client,
			 bool (*holds)(const struct stp_condition *, const struct stp_client *))
{
	if (row->depth_to_um == 0)
		return true;
	for (size_t i = 0; i < plan->contribution_count; i++) {
		const struct stp_contribution *by = &plan->contributions[i];

		if (by->setting == STP_DEPTH && by->side == STP_LIMIT_HIGH &&
		    by->value <= row->depth_to_um && holds(by->when, client))
			return true;
	}
	return false;
}

enum stp_label_status stp_label_status(const struct stp_protocol *protocol,
				       const struct stp_zone_plan *plan,
				       const struct stp_client *client)
{
	const struct stp_device *device = protocol->device;
	bool possible = false;

	if (device == NULL || device->label_count == 0)
		return STP_LABEL_NOT_SAID;
	for (size_t i = 0; i < device->label_count; i++) {
		const struct stp_device_label *row = &device->labels[i];

		if (!stp_label_is_about(row, protocol, plan))
			continue;
		if (stp_must_hold(row->when, client) &&
		    keeps_within(row, plan, client, stp_must_hold))
			return STP_ON_LABEL;
		possible = possible || (stp_may_hold(row->when, client) &&
					keeps_within(row, plan, client, stp_may_hold));
	}
	return possible ? STP_LABEL_DEPENDS : STP_OFF_LABEL;
}
