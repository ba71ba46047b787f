/* SPDX-License-Identifier: Apache-2.0 */
/* Who publishes a handout: clinics. */
#include "model/resolver.h"

/* A worried client must find each of these on every sheet. */
static void check_reachable(struct stp_resolver *resolver, const struct stp_symbol *symbol)
{
	const struct stp_clinic *clinic = symbol->is.clinic;

	if (clinic->telephone == NULL)
		stp_report_missing(resolver, symbol, STP_D_clinic_incomplete, "telephone",
				   "telephone \"+44 20 7946 0000\"");
	else if (clinic->after_hours == NULL)
		stp_report_missing(resolver, symbol, STP_D_clinic_incomplete, "after_hours",
				   "after_hours \"Call 111.\"");
	else if (clinic->emergency == NULL)
		stp_report_missing(resolver, symbol, STP_D_clinic_incomplete, "emergency",
				   "emergency \"112\"");
}

void stp_resolve_clinic(struct stp_resolver *resolver, struct stp_symbol *symbol)
{
	static const char *const papers[] = { "a4", "letter" };
	struct stp_clinic *clinic = symbol->is.clinic;
	const struct stp_node *block = stp_block(symbol->node);
	const struct stp_node *paper = block == NULL ? NULL : stp_child(block, STP_N_PAPER);
	int found = paper == NULL ? 0 : stp_find_word(resolver, paper->first, papers, 2, "a paper");

	stp_check_head(resolver, symbol->node, STP_HEAD_LABEL | STP_HEAD_BODY);
	stp_check_block(resolver, block, STP_PLACE_CLINIC);
	clinic->name = symbol->name;
	clinic->label = stp_label_of(resolver, symbol->node, symbol->named);
	clinic->telephone = stp_text_of(block, STP_N_TELEPHONE);
	clinic->after_hours = stp_text_of(block, STP_N_AFTER_HOURS);
	clinic->emergency = stp_text_of(block, STP_N_EMERGENCY);
	clinic->address = stp_text_of(block, STP_N_ADDRESS);
	clinic->email = stp_text_of(block, STP_N_EMAIL);
	clinic->website = stp_text_of(block, STP_N_WEBSITE);
	clinic->time_zone = stp_text_of(block, STP_N_TIME_ZONE);
	clinic->logo = stp_text_of(block, STP_N_LOGO);
	clinic->paper = papers[found < 0 ? 0 : found];
	clinic->span = symbol->node->span;
	check_reachable(resolver, symbol);
}
