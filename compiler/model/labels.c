/* SPDX-License-Identifier: Apache-2.0 */
/*
 * On-label, off-label or not evaluated: worked out for each client from the rows of the device's
 * label. A row covers a client for whom its condition holds, as deep as the limit allows at all.
 * That limit may itself depend on the client. Language reference, "Devices".
 */
#include "model/boxes.h"

bool stp_label_is_about(const struct stp_device_label *row, const struct stp_protocol *protocol,
			const struct stp_zone_plan *plan)
{
	return protocol->treats != NULL && stp_term_within(protocol->treats, row->treats) &&
	       stp_zone_within(plan->zone, row->zone);
}

/* Whether the statement sets a limit within the depth that the row covers. */
static bool limits_to(const struct stp_contribution *by, const struct stp_device_label *row)
{
	return by->setting == STP_DEPTH && by->side == STP_LIMIT_HIGH &&
	       by->value <= row->depth_to_um;
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

		if (limits_to(by, row) && holds(by->when, client))
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

static bool is_everybody(const struct stp_condition *box)
{
	return box->term_count == 0 && box->session_low <= 1 && box->session_high == STP_ANY_HIGH &&
	       box->age_low == 0 && box->age_high == STP_ANY_HIGH;
}

/* Whether the box speaks of the factor, and of no other values. */
static bool keeps_to(const struct stp_condition *box, const struct stp_condition_term *term)
{
	for (size_t i = 0; i < box->term_count; i++)
		if (box->terms[i].factor == term->factor)
			return (box->terms[i].values & ~(unsigned)term->values) == 0;
	return false;
}

/* Also of clients known in part: what decides of the wide box has then decided of the other. */
static bool is_within(const struct stp_condition *box, const struct stp_condition *wide)
{
	for (size_t i = 0; i < wide->term_count; i++)
		if (!keeps_to(box, &wide->terms[i]))
			return false;
	return box->session_low >= wide->session_low && box->session_high <= wide->session_high &&
	       box->age_low >= wide->age_low && box->age_high <= wide->age_high;
}

/* Adds who is in both, unless a box before holds them; true when that is everybody. */
static bool add_box(struct stp_context *context, struct stp_label_boxes *boxes,
		    const struct stp_condition *one, const struct stp_condition *other)
{
	struct stp_condition everyone = stp_everyone();
	struct stp_condition box;

	if (!stp_box_meet(context, one != NULL ? one : &everyone, other != NULL ? other : &everyone,
			  &box))
		return false;
	for (size_t i = 0; i < boxes->count; i++)
		if (is_within(&box, &boxes->items[i]))
			return false;
	boxes->items =
		stp_grow(context, boxes->items, boxes->count, &boxes->room, sizeof *boxes->items);
	boxes->items[boxes->count++] = box;
	return is_everybody(&box);
}

struct stp_label_boxes stp_label_boxes(struct stp_context *context,
				       const struct stp_protocol *protocol,
				       const struct stp_zone_plan *plan)
{
	const struct stp_device *device = protocol->device;
	struct stp_label_boxes boxes = { NULL, 0, 0, false };

	for (size_t i = 0; i < device->label_count && !boxes.everybody; i++) {
		const struct stp_device_label *row = &device->labels[i];

		if (!stp_label_is_about(row, protocol, plan))
			continue;
		if (row->depth_to_um == 0)
			boxes.everybody = add_box(context, &boxes, row->when, NULL);
		for (size_t j = 0;
		     row->depth_to_um != 0 && j < plan->contribution_count && !boxes.everybody; j++)
			if (limits_to(&plan->contributions[j], row))
				boxes.everybody = add_box(context, &boxes, row->when,
							  plan->contributions[j].when);
	}
	return boxes;
}
