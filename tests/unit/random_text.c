/* SPDX-License-Identifier: Apache-2.0 */
/* The text of a random protocol. */
#include "random_protocol.h"

static void add_set(struct stp_string *text, const char *const *names, unsigned set)
{
	bool first = true;

	for (unsigned i = 0; set >> i != 0; i++) {
		if ((set >> i & 1) == 0)
			continue;
		stp_addf(text, "%s%s", first ? " " : ", ", names[i]);
		first = false;
	}
}

static void add_and(struct stp_string *text, bool *first)
{
	stp_add(text, *first ? " " : " and ");
	*first = false;
}

static void add_factor(struct stp_string *text, const char *factor, const char *const *names,
		       unsigned set, unsigned all, bool *first)
{
	if (set == all)
		return;
	add_and(text, first);
	stp_add(text, factor);
	add_set(text, names, set);
}

static void add_question(struct stp_string *text, const char *name, unsigned answer, bool *first)
{
	if (answer == 0)
		return;
	add_and(text, first);
	stp_addf(text, "%s%s", answer == 2 ? "not " : "", name);
}

static void add_condition(struct stp_string *text, const struct random_condition *condition)
{
	static const char *const skins[] = { "light", "middle", "dark" };
	static const char *const reactions[] = { "good", "bad" }, *const roles[] = { "nurse",
										     "doctor" };
	bool first = true, last = condition->session_high == SESSIONS; /* and all after it */

	add_factor(text, "skin", skins, condition->skins, 7, &first);
	add_factor(text, "reaction", reactions, condition->reactions, 3, &first);
	add_factor(text, "operator", roles, condition->roles, 3, &first);
	add_question(text, "keloids", condition->keloids, &first);
	add_question(text, "fever", condition->fever, &first);
	if (condition->session_low > 1 || condition->session_high < SESSIONS) {
		add_and(text, &first);
		stp_addf(text, "session %s%u", last ? "from " : "", condition->session_low);
		if (!last)
			stp_addf(text, " to %u", condition->session_high);
	}
	if (condition->age_from != 0) {
		add_and(text, &first);
		stp_addf(text, "age from %u", random_ages[condition->age_from]);
	}
}

static void add_depth(struct stp_string *text, const struct random_bounds *bounds)
{
	if (bounds->low == 0 && bounds->high == 0)
		return;
	stp_add(text, "depth ");
	if (bounds->low != 0 && bounds->high != 0)
		stp_addf(text, "0.%u to 0.%u mm", bounds->low, bounds->high);
	else if (bounds->high != 0)
		stp_addf(text, "to 0.%u mm", bounds->high);
	else
		stp_addf(text, "from 0.%u mm", bounds->low);
	if (bounds->limit_low != 0)
		stp_addf(text, ", limit 0.%u to 0.%u mm", bounds->limit_low, bounds->limit_high);
	else if (bounds->limit_high != 0)
		stp_addf(text, ", limit 0.%u mm", bounds->limit_high);
	stp_add(text, "; ");
}

static void add_patterns(struct stp_string *text, unsigned patterns)
{
	static const char *const names[] = { "horizontal", "vertical", "diagonal" };

	if (patterns == 0)
		return;
	stp_add(text, "pattern");
	add_set(text, names, patterns);
	stp_add(text, "; ");
}

static void add_ceiling(struct stp_string *text, unsigned ceiling)
{
	if (ceiling != 0) /* between two settings */
		stp_addf(text, " { ceiling 0.%u5 mm for pen cites s }", ceiling);
	stp_add(text, "\n");
}

static void add_labels(struct stp_string *text, const struct random_protocol *protocol)
{
	for (size_t i = 0; i < protocol->label_count; i++) {
		const struct random_label *label = &protocol->labels[i];
		struct stp_string when;

		stp_string_init(&when, text->context);
		stp_add(&when, "");
		add_condition(&when, &label->condition);
		stp_add(text, "label treats scars in ");
		if (label->zone == GROUP)
			stp_add(text, "g");
		else
			stp_addf(text, "z%d", label->zone);
		if (when.length > 0)
			stp_addf(text, " when%s", when.text);
		if (label->depth != 0)
			stp_addf(text, " %s depth to 0.%u mm", when.length > 0 ? "and" : "when",
				 label->depth);
		stp_add(text, " cites s\n");
	}
}

static void add_declarations(struct stp_string *text, const struct random_protocol *protocol)
{
	stp_add(text, "edition 1\n"
		      "source s { grade A }\n"
		      "indication scars\ncondition keloids { asks \"K?\"; if \"k\" }\n"
		      "condition fever { asks \"F?\"; if \"f\" }\n"
		      "factor skin { scale light, middle, dark }\n"
		      "factor reaction { choices good, bad; only when session from 2 }\n"
		      "factor operator { scale nurse, doctor }\n"
		      "device pen { modality pen; depth 0.1 to 0.8 mm, step 0.1 mm cites s\n");
	add_labels(text, protocol);
	stp_add(text, "}\n");
	if (protocol->grouped) {
		stp_add(text, "zone g");
		add_ceiling(text, protocol->group_ceiling);
	}
	for (int zone = 0; zone < ZONES; zone++) {
		stp_addf(text, "zone z%d", zone);
		if (protocol->grouped && zone >= FIRST_PART)
			stp_add(text, " in g");
		if (protocol->never[zone])
			stp_add(text, " { never }\n");
		else
			add_ceiling(text, protocol->ceiling[zone]);
	}
}

static void add_when(struct stp_string *text, const struct random_when *when)
{
	stp_add(text, "when");
	add_condition(text, &when->condition);
	stp_add(text, " {\n");
	if (when->exclude_fever)
		stp_add(text, "screen { exclude fever }\n");
	if (when->zone == EVERY_ZONE)
		stp_add(text, "every zone { ");
	else if (when->zone == GROUP)
		stp_add(text, "zone g { ");
	else
		stp_addf(text, "zone z%d { ", when->zone);
	if (when->never)
		stp_add(text, "never; ");
	add_depth(text, &when->depth);
	add_patterns(text, when->patterns);
	stp_add(text, "cites s }\n}\n");
}

static void add_block(struct stp_string *text, const char *name, const struct random_bounds *depth,
		      unsigned patterns)
{
	if (depth->low == 0 && depth->high == 0 && patterns == 0)
		return;
	stp_addf(text, "zone %s { ", name);
	add_depth(text, depth);
	add_patterns(text, patterns);
	stp_add(text, "cites s }\n");
}

static void add_layer(struct stp_string *text, const struct random_layer *layer)
{
	char name[] = "z0";

	stp_add(text, "version 1.0.0\n");
	if (layer->session_limit != 0)
		stp_addf(text, "course 1 session, limit %u sessions cites s\n",
			 layer->session_limit);
	if (layer->operator_from != 0)
		stp_add(text, "operator from doctor\n");
	stp_addf(text, "screen { %s keloids; caution fever; cites s; ",
		 layer->exclude_keloids ? "exclude" : "caution");
	if (layer->exclude_below != 0)
		stp_addf(text, "exclude age below %u", random_ages[layer->exclude_below]);
	stp_add(text, " }\n");
	add_block(text, "g", &layer->group_depth, layer->group_patterns);
	for (int zone = 0; zone < ZONES; zone++) {
		name[1] = (char)('0' + zone);
		add_block(text, name, &layer->depth[zone], layer->patterns[zone]);
	}
	for (size_t i = 0; i < layer->when_count; i++)
		add_when(text, &layer->whens[i]);
	stp_add(text, "}\n");
}

void random_protocol_text(const struct random_protocol *protocol, struct stp_string *text)
{
	add_declarations(text, protocol);
	stp_add(text, "protocol p {\ntreats scars\ndevice pen\nlabel on\n");
	add_layer(text, &protocol->layers[0]);
	if (protocol->layer_count > 1) {
		stp_add(text, "protocol q extends p {\n");
		add_layer(text, &protocol->layers[1]);
	}
}
