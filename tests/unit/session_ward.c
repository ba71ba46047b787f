/* SPDX-License-Identifier: Apache-2.0 */
/* See session_ward.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "session_ward.h"

uint32_t ward_keep(void *context, const struct stipple_record *record)
{
	struct ward *ward = context;

	ward->records[ward->record_count++ % 64] = *record;
	return ward->keeps;
}

const struct stipple_record *ward_record(const struct ward *ward)
{
	assert_int_not_equal(ward->record_count, 0);
	return &ward->records[(ward->record_count - 1) % 64];
}

void ward_verify(struct ward *ward)
{
	stipple_verify_begin(&ward->verified);
	while (stipple_verify_step(&ward->bench->table, &ward->verified, 512) == STIPPLE_BUSY)
		;
}

int ward_setup(void **state)
{
	struct ward *ward = calloc(1, sizeof *ward);
	void *bench;

	table_bench_setup(&bench);
	ward->bench = bench;
	ward->treatment.table = &ward->bench->table;
	ward->treatment.session = &ward->work.session;
	ward->treatment.keep = ward_keep;
	ward->treatment.context = ward;
	ward->treatment.operator_id = 77;
	ward->treatment.operator_role = 3;
	ward->treatment.session_bytes = sizeof ward->work;
	ward->keeps = STIPPLE_AUDITED;
	ward->now.wall = NOW;
	ward->now.uptime = 5000;
	ward->visit.verified = &ward->verified;
	ward->visit.number = 1;
	ward->visit.age = 40;
	ward->visit.cartridge = STIPPLE_CARTRIDGE_NEW;
	ward->visit.needles = 12;
	ward_verify(ward);
	*state = ward;
	return 0;
}

int ward_teardown(void **state)
{
	struct ward *ward = *state;
	void *bench = ward->bench;

	table_bench_teardown(&bench);
	free(ward);
	return 0;
}

void ward_pass_time(struct ward *ward, uint32_t seconds)
{
	ward->now.wall += seconds;
	ward->now.uptime += seconds;
}

void ward_assert(const struct ward *ward, uint32_t verdict, uint32_t reason)
{
	if (ward->treatment.answer.verdict != verdict || ward->treatment.answer.reason != reason)
		fail_msg("verdict %08x, reason \"%s\"", ward->treatment.answer.verdict,
			 stipple_reason_text(ward->treatment.answer.reason));
}

/* ---- ways to a state ---- */

void ward_begin(struct ward *ward)
{
	ALLOWED(stipple_begin(AT(ward), &ward->visit));
}

void ward_say(struct ward *ward, const char *question, uint32_t said)
{
	(void)stipple_answer_question(AT(ward), bench_question(ward->bench, question), said);
}

void ward_tell(struct ward *ward, const char *factor, uint32_t value)
{
	ALLOWED(stipple_answer_factor(AT(ward), bench_factor(ward->bench, factor), value));
}

void ward_say_no_to_all(struct ward *ward)
{
	for (uint32_t i = 0; i < stipple_count(&ward->bench->table, STIPPLE_NAMED_QUESTION); i++)
		ALLOWED(stipple_answer_question(AT(ward), i, STIPPLE_NO));
}

void ward_answer_all(struct ward *ward)
{
	ward_begin(ward);
	ward_tell(ward, "skin_type", 2);
	ward_tell(ward, "operator", 2);
	if (ward->visit.number > 1)
		ward_tell(ward, "prior_reaction", 1);
	ward_say_no_to_all(ward);
}

void ward_prepare(struct ward *ward)
{
	ward_answer_all(ward);
	ALLOWED(stipple_finish_screening(AT(ward)));
	ALLOWED(stipple_finish_preparation(AT(ward)));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_PREPARED);
}

void ward_numb(struct ward *ward)
{
	ward_prepare(ward);
	ALLOWED(stipple_apply_anaesthetic(AT(ward), 0, 0));
	ward_pass_time(ward, 60 * MINUTE);
	ALLOWED(stipple_remove_anaesthetic(AT(ward)));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_READY);
}

void ward_enter(struct ward *ward, const char *zone)
{
	ALLOWED(stipple_enter_zone(AT(ward), bench_zone(ward->bench, zone), 0));
}

void ward_set_up_zone(struct ward *ward)
{
	ward_numb(ward);
	ward_enter(ward, "forehead");
	ALLOWED(stipple_set(AT(ward), STIPPLE_DEPTH, 500));
	ALLOWED(stipple_set(AT(ward), STIPPLE_RATE, 6000));
}

void ward_needle(struct ward *ward)
{
	ward_set_up_zone(ward);
	ALLOWED(stipple_begin_pass(AT(ward)));
	assert_int_equal(ward->work.session.state, STIPPLE_STATE_NEEDLING);
}
