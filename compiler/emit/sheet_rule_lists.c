/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Care rules as lists that a reader can take in. Things of which the same is said, for the same
 * reason, share a bullet, whichever rules they come from. What is too long for one list is parted
 * by time: "Until the end of day 7" stands once, above what holds until then, and what is still
 * too long then is parted by what the bullets are about.
 */
#include "emit/sheet.h"

#include <string.h>

struct rule_list {
	struct stp_sheet *sheet;
	struct stp_rule_part *parts;
	const char **whens; /* when each part holds; or NULL: nothing said */
	size_t count, room, when_room;
};

/* ---- gathering ---- */

/* Whether nothing is said of the rule beside what, when and why. */
static bool is_plain(const struct stp_care_rule *rule)
{
	return !rule->how && !rule->only_for && rule->except_count == 0 && rule->daily_high == 0 &&
	       rule->every.count == 0;
}

static bool goes_with(const struct rule_list *list, size_t index, const struct stp_rule_part *part,
		      const char *when)
{
	const struct stp_rule_part *other = &list->parts[index];

	return other->phrase == part->phrase && other->group == part->group &&
	       !other->by_instruction && !part->by_instruction && is_plain(other->rule) &&
	       is_plain(part->rule) && other->rule->when == part->rule->when &&
	       stp_same_text(other->because, part->because) &&
	       stp_same_text(list->whens[index], when);
}

static void join_parts(struct stp_context *context, struct stp_rule_part *into,
		       const struct stp_rule_part *added)
{
	size_t count = into->count + added->count;
	const struct stp_term **terms = stp_alloc_array(context, count, sizeof *terms);
	const char **items = stp_alloc_array(context, count, sizeof *items);

	memcpy(terms, into->terms, into->count * sizeof *terms);
	memcpy(items, into->items, into->count * sizeof *items);
	memcpy(terms + into->count, added->terms, added->count * sizeof *terms);
	memcpy(items + into->count, added->items, added->count * sizeof *items);
	into->terms = terms;
	into->items = items;
	into->count = count;
}

static void add_part(struct rule_list *list, const struct stp_rule_part *part, const char *when)
{
	struct stp_context *context = list->sheet->context;

	for (size_t i = 0; i < list->count; i++) {
		if (!goes_with(list, i, part, when))
			continue;
		join_parts(context, &list->parts[i], part);
		return;
	}
	list->parts = stp_grow(context, list->parts, list->count, &list->room, sizeof *list->parts);
	list->whens =
		stp_grow(context, list->whens, list->count, &list->when_room, sizeof *list->whens);
	list->whens[list->count] = when;
	list->parts[list->count++] = *part;
}

static void add_rule(struct rule_list *list, const struct stp_care_rule *rule)
{
	const char *when = stp_window_words(list->sheet, rule);
	struct stp_rule_part *parts;
	size_t count = stp_rule_parts(list->sheet, rule, STP_AT_LENGTH, &parts);

	for (size_t i = 0; i < count; i++)
		add_part(list, &parts[i], when);
}

/* ---- writing ---- */

static const char *make_sentence(const struct stp_sheet *sheet, const void *part, size_t first,
				 size_t count)
{
	return stp_part_sentence(sheet, part, first, count);
}

static void write_part(struct stp_bullet_list *into, const struct stp_rule_part *part)
{
	struct stp_sheet *sheet = into->sheet;

	for (size_t first = 0, count; first < part->count; first += count) {
		const char *said =
			stp_short_sentence(sheet, make_sentence, part, first, part->count, &count);

		stp_bullets_add(into, part->group,
				stp_part_remarks(sheet, said, part, first, count));
	}
}

/* What holds at one time, headed by it. */
static void write_time(struct rule_list *list, const char *when, const char *heading, int level)
{
	struct stp_bullet_list bullets;

	stp_bullets_begin(&bullets, list->sheet);
	bullets.heading = when ? when : heading;
	if (when && heading)
		bullets.heading =
			SAY(list->sheet, label_value, "label", heading, "value", when, NULL);
	for (size_t i = 0; i < list->count; i++) {
		if (!stp_same_text(list->whens[i], when))
			continue;
		list->parts[i].headed = when != NULL;
		write_part(&bullets, &list->parts[i]);
	}
	stp_bullets_end(&bullets, level);
}

/* Whether an earlier part holds at the same time. */
static bool was_met(const struct rule_list *list, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (stp_same_text(list->whens[i], list->whens[index]))
			return true;
	return false;
}

static struct rule_list gather(struct stp_sheet *sheet, const struct stp_care_rule *const *rules,
			       size_t count, bool forbidden)
{
	struct rule_list list = { .sheet = sheet };

	for (size_t i = 0; i < count; i++)
		if (stp_forbids(rules[i]->verb) == forbidden)
			add_rule(&list, rules[i]);
	return list;
}

size_t stp_count_rules(struct stp_sheet *sheet, const struct stp_care_rule *const *rules,
		       size_t rule_count, bool forbidden)
{
	struct rule_list list = gather(sheet, rules, rule_count, forbidden);
	size_t bullets = 0;

	for (size_t i = 0; i < list.count; i++)
		for (size_t first = 0, count; first < list.parts[i].count; first += count) {
			stp_short_sentence(sheet, make_sentence, &list.parts[i], first,
					   list.parts[i].count, &count);
			bullets++;
		}
	return bullets;
}

void stp_add_rules(struct stp_bullet_list *into, const struct stp_care_rule *const *rules,
		   size_t count, bool forbidden)
{
	struct rule_list list = gather(into->sheet, rules, count, forbidden);

	for (size_t i = 0; i < list.count; i++)
		write_part(into, &list.parts[i]);
}

/* What holds at no special time stands first, since no heading ends what is above it. */
static void write_by_time(struct rule_list *list, const char *heading, int level)
{
	write_time(list, NULL, heading, level);
	for (size_t i = 0; i < list->count; i++)
		if (list->whens[i] && !was_met(list, i))
			write_time(list, list->whens[i], heading, level);
}

/* Whether most of what is said would say the same time. */
static bool share_times(const struct rule_list *list)
{
	size_t times = 0;

	for (size_t i = 0; i < list->count; i++)
		times += !was_met(list, i);
	return times * 2 < list->count;
}

void stp_list_rules(struct stp_sheet *sheet, const struct stp_care_rule *const *rules, size_t count,
		    bool forbidden, const char *heading, int heading_level)
{
	struct rule_list list = gather(sheet, rules, count, forbidden);
	struct stp_bullet_list bullets;

	if (stp_count_rules(sheet, rules, count, forbidden) > STP_BULLETS_MAX ||
	    share_times(&list)) {
		write_by_time(&list, heading, heading_level);
		return;
	}
	stp_bullets_begin(&bullets, sheet);
	bullets.heading = heading;
	stp_add_rules(&bullets, rules, count, forbidden);
	stp_bullets_end(&bullets, heading_level);
}
