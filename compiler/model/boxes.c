/* SPDX-License-Identifier: Apache-2.0 */
/* Boxes of clients: meeting two, and asking whether one holds for a client known in part. */
#include "model/boxes.h"

struct stp_condition stp_everyone(void)
{
	return (struct stp_condition){ .session_low = 1,
				       .session_high = STP_ANY_HIGH,
				       .age_high = STP_ANY_HIGH,
				       .depth_high_um = STP_ANY_DEPTH };
}

uint16_t stp_all_values(const struct stp_factor *factor)
{
	return (uint16_t)((1u << factor->value_count) - 1);
}

void stp_narrow_session(struct stp_condition *condition, uint32_t low, uint32_t high)
{
	if (low > condition->session_low)
		condition->session_low = (uint16_t)low;
	if (high < condition->session_high)
		condition->session_high = (uint16_t)high;
}

void stp_narrow_age(struct stp_condition *condition, uint32_t low, uint32_t high)
{
	if (low > condition->age_low)
		condition->age_low = (uint16_t)low;
	if (high < condition->age_high)
		condition->age_high = (uint16_t)high;
}

bool stp_box_is_empty(const struct stp_condition *condition)
{
	for (size_t i = 0; i < condition->term_count; i++)
		if (condition->terms[i].values == 0)
			return true;
	return condition->session_low > condition->session_high ||
	       condition->age_low > condition->age_high ||
	       condition->depth_low_um > condition->depth_high_um;
}

uint16_t stp_values_in(const struct stp_condition *condition, const struct stp_factor *factor)
{
	for (size_t i = 0; i < condition->term_count; i++)
		if (condition->terms[i].factor == factor)
			return condition->terms[i].values;
	return stp_all_values(factor);
}

static void copy_terms(struct stp_condition_term *to, size_t *count,
		       const struct stp_condition *one, const struct stp_condition *other)
{
	size_t i = 0, j = 0;

	while (i < one->term_count || j < other->term_count) {
		bool left = j == other->term_count ||
			    (i < one->term_count &&
			     one->terms[i].factor->index <= other->terms[j].factor->index);
		const struct stp_factor *factor =
			left ? one->terms[i].factor : other->terms[j].factor;

		to[*count].factor = factor;
		to[(*count)++].values =
			(uint16_t)(stp_values_in(one, factor) & stp_values_in(other, factor));
		i += i < one->term_count && one->terms[i].factor == factor;
		j += j < other->term_count && other->terms[j].factor == factor;
	}
}

bool stp_box_meet(struct stp_context *context, const struct stp_condition *one,
		  const struct stp_condition *other, struct stp_condition *both)
{
	struct stp_condition_term *terms =
		stp_alloc_array(context, one->term_count + other->term_count + 1, sizeof *terms);
	size_t count = 0;

	copy_terms(terms, &count, one, other);
	*both = *one;
	both->terms = terms;
	both->term_count = count;
	stp_narrow_session(both, other->session_low, other->session_high);
	stp_narrow_age(both, other->age_low, other->age_high);
	if (other->depth_low_um > both->depth_low_um)
		both->depth_low_um = other->depth_low_um;
	if (other->depth_high_um < both->depth_high_um)
		both->depth_high_um = other->depth_high_um;
	return !stp_box_is_empty(both);
}

bool stp_box_within(const struct stp_condition *narrow, const struct stp_condition *wide)
{
	for (size_t i = 0; i < wide->term_count; i++)
		if (stp_values_in(narrow, wide->terms[i].factor) & ~wide->terms[i].values)
			return false;
	return wide->session_low <= narrow->session_low &&
	       narrow->session_high <= wide->session_high && wide->age_low <= narrow->age_low &&
	       narrow->age_high <= wide->age_high && wide->depth_low_um <= narrow->depth_low_um &&
	       narrow->depth_high_um <= wide->depth_high_um;
}

static bool is_any_depth(const struct stp_condition *condition)
{
	return condition->depth_low_um == 0 && condition->depth_high_um == STP_ANY_DEPTH;
}

static bool is_that_deep(const struct stp_condition *condition, uint32_t um)
{
	return um >= condition->depth_low_um && um <= condition->depth_high_um;
}

bool stp_may_hold(const struct stp_condition *condition, const struct stp_client *client)
{
	if (condition == NULL)
		return true;
	for (size_t i = 0; i < condition->term_count; i++)
		if ((condition->terms[i].values &
		     client->values[condition->terms[i].factor->index]) == 0)
			return false;
	return client->session_low <= condition->session_high &&
	       client->session_high >= condition->session_low &&
	       client->age_low <= condition->age_high && client->age_high >= condition->age_low &&
	       (client->depth_um == 0 || is_that_deep(condition, client->depth_um));
}

bool stp_must_hold(const struct stp_condition *condition, const struct stp_client *client)
{
	if (condition == NULL)
		return true;
	for (size_t i = 0; i < condition->term_count; i++)
		if ((client->values[condition->terms[i].factor->index] &
		     ~(unsigned)condition->terms[i].values) != 0)
			return false;
	return client->session_low >= condition->session_low &&
	       client->session_high <= condition->session_high &&
	       client->age_low >= condition->age_low && client->age_high <= condition->age_high &&
	       (client->depth_um == 0 ? is_any_depth(condition)
				      : is_that_deep(condition, client->depth_um));
}
