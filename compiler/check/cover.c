/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Covering a box by others: what a box leaves of another is split into boxes along each factor in
 * turn, and each of these is held against the rest. First one likely client is tried, which
 * decides nearly every case.
 */
#include "check/cover.h"

#include <string.h>

#define STEPS_MOST 200000
#define DEPTH_MOST 1000 /* boxes split one within another; bounds the stack */

/* ---- who is not treated ---- */

static void add_box(struct stp_cover *cover, const struct stp_condition *box)
{
	cover->boxes = stp_grow(cover->context, cover->boxes, cover->count, &cover->room,
				sizeof *cover->boxes);
	cover->boxes[cover->count++] = box;
}

/* A copy of the condition (NULL: everyone) in which the factor, if any, has one of the values. */
static struct stp_condition *narrowed(struct stp_cover *cover, const struct stp_condition *when,
				      const struct stp_factor *factor, uint16_t values)
{
	struct stp_condition *box = stp_alloc(cover->context, sizeof *box);
	struct stp_condition everyone = stp_everyone(), only = everyone;
	struct stp_condition_term *term = stp_alloc(cover->context, sizeof *term);

	*term = (struct stp_condition_term){ factor, values };
	if (factor != NULL) {
		only.terms = term;
		only.term_count = 1;
		stp_narrow_session(&only, factor->from_session, STP_ANY_HIGH);
	}
	stp_box_meet(cover->context, when == NULL ? &everyone : when, &only, box);
	return box;
}

/* Those whom the rule excludes, from all or from the anaesthetic alone. */
static void add_exclusion(struct stp_cover *cover, const struct stp_screen_rule *rule,
			  bool from_anaesthetic)
{
	struct stp_condition *box;

	if (rule->level != STP_EXCLUDE || rule->anaesthetic_only != from_anaesthetic ||
	    rule->scope == STP_SPOT)
		return;
	box = narrowed(cover, rule->when, rule->question, 2);
	if (rule->age_below > 0)
		stp_narrow_age(box, 0, rule->age_below - 1u);
	if (rule->age_over > 0)
		stp_narrow_age(box, rule->age_over + 1u, STP_ANY_HIGH);
	if (stp_box_is_empty(box))
		return;
	add_box(cover, box);
	if (rule->when == NULL && !from_anaesthetic && rule->age_below > cover->some_age)
		cover->some_age = rule->age_below;
}

void stp_cover_screening(struct stp_cover *cover, struct stp_context *context,
			 const struct stp_protocol *protocol)
{
	const struct stp_factor *operators = protocol->operator_factor;
	struct stp_condition *late;

	memset(cover, 0, sizeof *cover);
	cover->context = context;
	cover->steps = STEPS_MOST;
	for (size_t i = 0; i < protocol->screen_count; i++)
		add_exclusion(cover, &protocol->screens[i], false);
	if (operators != NULL && protocol->operator_values != 0 &&
	    protocol->operator_values != stp_all_values(operators))
		add_box(cover, narrowed(cover, NULL, operators,
					(uint16_t)(stp_all_values(operators) &
						   ~(unsigned)protocol->operator_values)));
	if (protocol->course.sessions_limit != 0) {
		late = narrowed(cover, NULL, NULL, 0);
		stp_narrow_session(late, protocol->course.sessions_limit + 1u, STP_ANY_HIGH);
		add_box(cover, late);
	}
	cover->screening = cover->count;
}

void stp_cover_zone(struct stp_cover *cover, const struct stp_zone_plan *plan)
{
	cover->count = cover->screening;
	for (size_t i = 0; i < plan->never_when_count; i++)
		add_box(cover, plan->never_when[i].when);
}

void stp_cover_also(struct stp_cover *cover, const struct stp_condition *box)
{
	add_box(cover, box != NULL ? box : narrowed(cover, NULL, NULL, 0));
}

void stp_cover_unnumbed(struct stp_cover *cover, const struct stp_protocol *protocol)
{
	for (size_t i = 0; i < protocol->screen_count; i++)
		add_exclusion(cover, &protocol->screens[i], true);
}

/* ---- one likely client ---- */

static uint16_t lowest(uint16_t values)
{
	return (uint16_t)(values & (~(unsigned)values + 1u));
}

/* The least value of a factor; of a scale the greatest, which is who may do most. */
uint16_t stp_likely_value(const struct stp_condition *box, const struct stp_factor *factor)
{
	uint16_t values = stp_values_in(box, factor);
	uint16_t value = lowest(values);

	if (!factor->ordered)
		return value;
	while (values != value) {
		values = (uint16_t)(values & ~(unsigned)value);
		value = lowest(values);
	}
	return value;
}

static bool contains_likely(const struct stp_condition *box, const struct stp_condition *likely)
{
	for (size_t i = 0; i < box->term_count; i++)
		if ((box->terms[i].values & stp_likely_value(likely, box->terms[i].factor)) == 0)
			return false;
	return box->session_low <= likely->session_low &&
	       box->session_high >= likely->session_low && box->age_low <= likely->age_low &&
	       box->age_high >= likely->age_low && box->depth_low_um <= likely->depth_low_um &&
	       box->depth_high_um >= likely->depth_low_um;
}

static void narrow_to_likely(struct stp_cover *cover, struct stp_condition *box)
{
	struct stp_condition_term *terms =
		stp_alloc_array(cover->context, box->term_count + 1, sizeof *terms);

	for (size_t i = 0; i < box->term_count; i++) {
		terms[i].factor = box->terms[i].factor;
		terms[i].values = stp_likely_value(box, box->terms[i].factor);
	}
	box->terms = terms;
	box->age_high = box->age_low;
	box->session_high = box->session_low;
	box->depth_high_um = box->depth_low_um;
}

/* The likely client is of the least session, and of the least age that may be let through. */
static bool likely_is_uncovered(struct stp_cover *cover, const struct stp_condition *box,
				struct stp_condition *uncovered)
{
	*uncovered = *box;
	if (cover->some_age > box->age_low && cover->some_age <= box->age_high)
		uncovered->age_low = cover->some_age;
	for (size_t i = 0; i < cover->count; i++)
		if (contains_likely(cover->boxes[i], uncovered))
			return false;
	narrow_to_likely(cover, uncovered);
	return true;
}

/* ---- all of them ---- */

static bool search(struct stp_cover *cover, const struct stp_condition *box, size_t from,
		   struct stp_condition *uncovered);

/* The box without those that the other has in that factor; then narrowed to those. */
static bool split_factor(struct stp_cover *cover, struct stp_condition *box, size_t at,
			 const struct stp_condition_term *term, struct stp_condition *uncovered)
{
	uint16_t inside = stp_values_in(box, term->factor) & term->values;
	uint16_t outside = stp_values_in(box, term->factor) & (uint16_t) ~(unsigned)term->values;
	struct stp_condition_term only = { term->factor, outside };
	struct stp_condition narrow = stp_everyone(), part;

	narrow.terms = &only;
	narrow.term_count = 1;
	if (outside != 0) {
		stp_box_meet(cover->context, box, &narrow, &part);
		if (search(cover, &part, at + 1, uncovered))
			return true;
	}
	only.values = inside;
	stp_box_meet(cover->context, box, &narrow, &part);
	*box = part;
	return false;
}

static bool search_part(struct stp_cover *cover, const struct stp_condition *part, size_t at,
			struct stp_condition *uncovered)
{
	return !stp_box_is_empty(part) && search(cover, part, at + 1, uncovered);
}

static bool split_session(struct stp_cover *cover, struct stp_condition *box, size_t at,
			  struct stp_condition *uncovered)
{
	const struct stp_condition *other = cover->boxes[at];
	struct stp_condition part = *box;

	stp_narrow_session(&part, 1, other->session_low - 1u);
	if (search_part(cover, &part, at, uncovered))
		return true;
	part = *box;
	stp_narrow_session(&part, other->session_high + 1u, STP_ANY_HIGH);
	if (other->session_high != STP_ANY_HIGH && search_part(cover, &part, at, uncovered))
		return true;
	stp_narrow_session(box, other->session_low, other->session_high);
	return false;
}

static bool split_age(struct stp_cover *cover, struct stp_condition *box, size_t at,
		      struct stp_condition *uncovered)
{
	const struct stp_condition *other = cover->boxes[at];
	struct stp_condition part = *box;

	if (other->age_low > 0) {
		stp_narrow_age(&part, 0, other->age_low - 1u);
		if (search_part(cover, &part, at, uncovered))
			return true;
	}
	part = *box;
	stp_narrow_age(&part, other->age_high + 1u, STP_ANY_HIGH);
	if (other->age_high != STP_ANY_HIGH && search_part(cover, &part, at, uncovered))
		return true;
	stp_narrow_age(box, other->age_low, other->age_high);
	return false;
}

static bool split_depth(struct stp_cover *cover, const struct stp_condition *box, size_t at,
			struct stp_condition *uncovered)
{
	const struct stp_condition *other = cover->boxes[at];
	struct stp_condition part = *box;

	if (other->depth_low_um > box->depth_low_um) {
		part.depth_high_um = other->depth_low_um - 1;
		if (search_part(cover, &part, at, uncovered))
			return true;
	}
	if (other->depth_high_um >= box->depth_high_um)
		return false;
	part = *box;
	part.depth_low_um = other->depth_high_um + 1;
	return search_part(cover, &part, at, uncovered);
}

/* What the box at `at` leaves of this one, held against those after it. */
static bool split(struct stp_cover *cover, struct stp_condition box, size_t at,
		  struct stp_condition *uncovered)
{
	const struct stp_condition *other = cover->boxes[at];

	for (size_t i = 0; i < other->term_count; i++)
		if (split_factor(cover, &box, at, &other->terms[i], uncovered))
			return true;
	return split_session(cover, &box, at, uncovered) || split_age(cover, &box, at, uncovered) ||
	       split_depth(cover, &box, at, uncovered);
}

static bool search(struct stp_cover *cover, const struct stp_condition *box, size_t from,
		   struct stp_condition *uncovered)
{
	struct stp_condition both;

	for (size_t at = from; at < cover->count; at++) {
		bool found;

		if (cover->steps == 0 || cover->depth == DEPTH_MOST) {
			cover->exhausted = true;
			return false;
		}
		cover->steps--;
		if (!stp_box_meet(cover->context, box, cover->boxes[at], &both))
			continue;
		cover->depth++;
		found = split(cover, *box, at, uncovered);
		cover->depth--;
		return found;
	}
	*uncovered = *box;
	return true;
}

bool stp_find_uncovered(struct stp_cover *cover, const struct stp_condition *box,
			struct stp_condition *uncovered)
{
	return likely_is_uncovered(cover, box, uncovered) || search(cover, box, 0, uncovered);
}

/* ---- naming the client ---- */

static const char *value_name(const struct stp_factor *factor, uint16_t values)
{
	for (size_t i = 0; i < factor->value_count; i++)
		if ((values >> i & 1) != 0)
			return factor->values[i].name;
	return "";
}

static void add_fact(struct stp_string *text, const struct stp_factor *factor, uint16_t values)
{
	bool yes = factor->yes_no && (values & 1) == 0;

	stp_add(text, text->length == 0 ? "a client " : ", ");
	if (factor->yes_no)
		stp_addf(text, "%s %s", yes ? "with" : "without", factor->name);
	else
		stp_addf(text, "with %s %s", factor->name, value_name(factor, values));
}

/* What the box speaks of, and what must be so beside it. */
static bool is_worth_saying(const struct stp_condition_term *term, const struct stp_condition *box)
{
	for (size_t i = 0; i < box->term_count; i++)
		if (box->terms[i].factor == term->factor)
			return true;
	return (term->values & 1) == 0;
}

const char *stp_describe_client(struct stp_context *context, const struct stp_condition *uncovered,
				const struct stp_condition *box)
{
	struct stp_string text;

	stp_string_init(&text, context);
	for (size_t i = 0; i < uncovered->term_count; i++) {
		const struct stp_condition_term *term = &uncovered->terms[i];

		if (uncovered->session_low >= term->factor->from_session &&
		    is_worth_saying(term, box))
			add_fact(&text, term->factor, term->values);
	}
	if (box->age_low > 0 || box->age_high != STP_ANY_HIGH) {
		stp_add(&text, text.length == 0 ? "a client " : ", ");
		stp_addf(&text, "of %u years", uncovered->age_low);
	}
	if (box->session_low > 1 || box->session_high != STP_ANY_HIGH) {
		stp_add(&text, text.length == 0 ? "a client " : " ");
		stp_addf(&text, "in session %u", uncovered->session_low);
	}
	return text.length == 0 ? "any client" : text.text;
}
