/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the labels of devices cover. A pack says of each slot for whom its use is on the label, and
 * not of what indication. So each protocol treats something of its own, made up, and each row of a
 * slot becomes a row of the label about that and the slot's zone.
 */
#include "emit/decompile.h"

static bool is_known(const struct stipple_slot_row *slot)
{
	return slot->use != STIPPLE_NONE;
}

/* Whether the pack says of the protocol's uses if they are on the label. */
static bool is_labelled(struct stp_decompiler *decompiler, uint32_t protocol)
{
	struct stipple_protocol_row row = stp_protocols_at(decompiler, protocol);
	size_t known = 0, needled = 0;

	for (uint32_t i = 0; i < row.slot_count; i++) {
		struct stipple_slot_row slot = stp_slots_at(decompiler, row.first_slot + i);

		known += is_known(&slot);
		needled += slot.depth != STIPPLE_NONE;
	}
	if (known != 0 && known != needled)
		stp_refuse(decompiler, "a label that is known of some zones alone");
	return known != 0;
}

const char *stp_indication_of(struct stp_decompiler *decompiler, uint32_t protocol)
{
	if (!is_labelled(decompiler, protocol))
		return decompiler->indication;
	return stp_format(decompiler->context, "%s_%u", decompiler->indication, (unsigned)protocol);
}

void stp_decompile_indications(struct stp_decompiler *decompiler)
{
	stp_addf(decompiler->out, "indication %s\n", decompiler->indication);
	for (uint32_t i = 0; i < decompiler->header.protocols.count; i++)
		if (is_labelled(decompiler, i))
			stp_addf(decompiler->out, "indication %s\n",
				 stp_indication_of(decompiler, i));
	stp_add(decompiler->out, "\n");
}

static void add_row(struct stp_decompiler *decompiler, const char *indication, uint16_t zone,
		    const char *when)
{
	stp_addf(decompiler->out, "  label treats %s in %s%s%s  cites pack\n", indication,
		 stp_name_at(decompiler, stp_zones_at(decompiler, zone).name),
		 when == NULL ? "" : " when ", when == NULL ? "" : when);
}

/* The rows of a slot; returns how many put it on the label. */
static size_t add_uses(struct stp_decompiler *decompiler, const char *indication,
		       const struct stipple_slot_row *slot)
{
	uint32_t number = slot->use;
	size_t on = 0;
	uint16_t chain;

	do {
		struct stipple_use_row row = stp_uses_at(decompiler, number);
		struct stp_conditions conditions =
			stp_conditions_at(decompiler, STP_IN_USES, number);
		const char *when = stp_conditions_text(decompiler, &conditions);

		number += conditions.rows;
		chain = stp_uses_at(decompiler, number - 1).chain;
		if (row.status == STIPPLE_LABEL_ON) {
			add_row(decompiler, indication, slot->zone, when);
			on++;
		}
		if ((chain == STIPPLE_LAST) != (when == NULL) ||
		    (row.status != STIPPLE_LABEL_ON && when != NULL))
			stp_refuse(decompiler, "a label that does not end in what always holds");
	} while (chain == STIPPLE_MORE && decompiler->refused == NULL);
	return on;
}

/* A label that covers nothing here is known all the same: a row about what nothing treats. */
void stp_decompile_label(struct stp_decompiler *decompiler, uint32_t device)
{
	size_t known = 0, on = 0;
	uint16_t zone = 0;

	for (uint32_t i = 0; i < decompiler->header.protocols.count; i++) {
		struct stipple_protocol_row row = stp_protocols_at(decompiler, i);

		for (uint32_t j = 0; j < row.slot_count && row.device == device; j++) {
			struct stipple_slot_row slot = stp_slots_at(decompiler, row.first_slot + j);

			if (!is_known(&slot))
				continue;
			on += add_uses(decompiler, stp_indication_of(decompiler, i), &slot);
			zone = slot.zone;
			known++;
		}
	}
	if (known != 0 && on == 0)
		add_row(decompiler, decompiler->indication, zone, NULL);
}
