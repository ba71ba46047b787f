/* SPDX-License-Identifier: Apache-2.0 */
/* A pen that asks the runtime before it does anything; see pen.h. */
#include "pen.h"

/* What a record says of how deep this session went. */
static void follow(struct pen *pen, const struct stipple_record *record)
{
	if (record->verdict != STIPPLE_ALLOWED)
		return;
	if (record->event == STIPPLE_EVENT_BEGIN)
		pen->deepest = 0;
	if (record->setting == STIPPLE_DEPTH)
		pen->depth_set = record->asked;
	if (record->event == STIPPLE_EVENT_PASS_BEGUN && pen->depth_set > pen->deepest)
		pen->deepest = pen->depth_set;
}

/* The audit trail. A product writes to flash here and answers AUDITED once it is safe there. */
static uint32_t keep(void *context, const struct stipple_record *record)
{
	struct pen *pen = (struct pen *)context;

	pen->records[pen->record_count % PEN_RECORDS] = *record;
	pen->record_count++;
	follow(pen, record);
	return STIPPLE_AUDITED;
}

static void motor_off(struct pen *pen)
{
	pen->motor_on = 0;
}

uint32_t pen_start(struct pen *pen, const struct stipple_time *now, uint32_t *reason)
{
	const struct stipple_expectation expected = { TABLE_INTERFACE_DIGEST, TABLE_DEVICE_KEY };

	motor_off(pen);
	pen->now = *now;
	pen->treatment.table = &pen->table;
	pen->treatment.session = &pen->work.session;
	pen->treatment.keep = keep;
	pen->treatment.context = pen;
	pen->needles = 12;
	pen->treatment.operator_id = 1;
	pen->treatment.operator_role = 0;
	pen->treatment.session_bytes = (uint16_t)sizeof pen->work;
	return stipple_open(&pen->table, &TABLE_OBJECT, sizeof TABLE_OBJECT, &expected, reason);
}

/* In steps, so that a watchdog could be served between them. */
static void verify(struct pen *pen, struct stipple_verification *verification)
{
	stipple_verify_begin(verification);
	while (stipple_verify_step(&pen->table, verification, 256) == STIPPLE_BUSY)
		;
}

uint32_t pen_begin(struct pen *pen, uint32_t number, uint32_t age, uint32_t last_session,
		   uint32_t last_deepest)
{
	struct stipple_verification verification;
	struct stipple_visit visit = { &verification,          TABLE_PROTOCOL,        last_session,
				       STIPPLE_CARTRIDGE_NEW,  (uint16_t)number,      (uint16_t)age,
				       (uint16_t)last_deepest, (uint16_t)pen->needles };

	verify(pen, &verification);
	(void)stipple_begin(&pen->treatment, &pen->now, &visit);
	pen_save(pen);
	return pen->treatment.answer.verdict;
}

uint32_t pen_change_cartridge(struct pen *pen, uint32_t fresh, uint32_t needles)
{
	pen->motor_on = 0;
	pen->needles = needles;
	(void)stipple_change_cartridge(&pen->treatment, &pen->now, fresh, needles);
	pen_save(pen);
	return pen->treatment.answer.verdict;
}

static void drive(struct pen *pen, uint32_t setting, uint32_t value)
{
	if (setting == STIPPLE_DEPTH)
		pen->depth = value;
	else if (setting == STIPPLE_RATE)
		pen->rate = value;
}

uint32_t pen_set(struct pen *pen, uint32_t setting, uint32_t value)
{
	(void)stipple_set(&pen->treatment, &pen->now, setting, value);
	STIPPLE_IF_ALLOWED(pen->treatment.answer.verdict)
	drive(pen, setting, value);
	pen_save(pen);
	return pen->treatment.answer.verdict;
}

uint32_t pen_confirm(struct pen *pen, uint32_t reason)
{
	uint32_t token = pen->treatment.answer.token;

	(void)stipple_confirm(&pen->treatment, &pen->now, token, reason);
	STIPPLE_IF_ALLOWED(pen->treatment.answer.verdict)
	{
		pen->depth = pen->work.session.depth;
		pen->rate = pen->work.session.rate;
	}
	pen_save(pen);
	return pen->treatment.answer.verdict;
}

/* A second of needling, if the permit is renewed with what the sensors measure. */
static void needle_for_a_second(struct pen *pen)
{
	pen->now.wall++;
	pen->now.uptime++;
	motor_off(pen);
	(void)stipple_permit(&pen->treatment, &pen->now, pen->depth + pen->fault_depth, pen->rate);
	STIPPLE_IF_ALLOWED(pen->treatment.answer.verdict)
	pen->motor_on = 1;
}

uint32_t pen_pass(struct pen *pen, uint32_t seconds)
{
	(void)stipple_begin_pass(&pen->treatment, &pen->now);
	STIPPLE_IF_ALLOWED(pen->treatment.answer.verdict)
	pen->motor_on = 1;
	pen_save(pen);
	for (; pen->motor_on != 0 && seconds != 0; seconds--)
		needle_for_a_second(pen);
	if (pen->motor_on != 0)
		(void)stipple_end_pass(&pen->treatment, &pen->now);
	motor_off(pen);
	pen_save(pen);
	return pen->treatment.answer.verdict;
}

/* Into the older copy, so that a write cut short leaves the newer one whole. */
void pen_save(struct pen *pen)
{
	const struct stipple_session *newest = stipple_newest(
		&pen->saved[0].session, &pen->saved[1].session, (uint32_t)sizeof pen->work);
	union pen_session *to = newest == &pen->saved[0].session ? &pen->saved[1] : &pen->saved[0];
	uint32_t at;

	for (at = 0; at < sizeof pen->work; at++)
		to->bytes[at] = pen->work.bytes[at];
}

/* What only RAM held is gone; the records are kept, and say how deep the session went. */
static void forget(struct pen *pen)
{
	uint32_t at = pen->record_count > PEN_RECORDS ? pen->record_count - PEN_RECORDS : 0;

	motor_off(pen);
	pen->deepest = pen->depth_set = pen->depth = pen->rate = 0;
	for (; at < pen->record_count; at++)
		follow(pen, &pen->records[at % PEN_RECORDS]);
}

uint32_t pen_power_cut(struct pen *pen, uint32_t seconds)
{
	const struct stipple_session *newest = stipple_newest(
		&pen->saved[0].session, &pen->saved[1].session, (uint32_t)sizeof pen->work);
	const union pen_session *from = (const union pen_session *)(const void *)newest;
	uint32_t at;

	forget(pen);
	pen->now.wall += seconds;
	pen->now.uptime = 1; /* the device has just started */
	for (at = 0; at < sizeof pen->work; at++)
		pen->work.bytes[at] = from == NULL ? 0 : from->bytes[at];
	if (stipple_restore(&pen->treatment, &pen->now) == STIPPLE_ALLOWED) {
		pen->depth = pen->work.session.depth;
		pen->rate = pen->work.session.rate;
	}
	pen_save(pen);
	return pen->treatment.answer.verdict;
}
