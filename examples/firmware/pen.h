/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A needling pen: the Stipple runtime joined to a motor, two clocks, a store for records and one
 * for the session. This is the part to copy; everything else in this folder is a stage for it.
 */
#ifndef PEN_H
#define PEN_H

#include TABLE_HEADER
#include "stipple/session.h"

#define PEN_RECORDS 256u /* kept in a ring; a product would write them to flash */

union pen_session {
	struct stipple_session session;
	uint8_t bytes[TABLE_SESSION_BYTES];
};

struct pen {
	struct stipple_table table;
	struct stipple_treatment treatment; /* with the answer to the last call */
	union pen_session work;             /* the session in use */
	union pen_session saved[2];         /* and saved, in turn, as if in flash */
	struct stipple_time now;            /* what the two clocks show */
	struct stipple_record records[PEN_RECORDS];
	uint32_t record_count;
	uint32_t deepest;   /* um: the greatest depth with which a pass began in this session */
	uint32_t depth_set; /* um: allowed last; both as the records say */
	uint32_t depth;     /* um: where the stepper stands */
	uint32_t rate;      /* rpm: what the motor is set to */
	uint32_t needles;   /* of the cartridge, as its contacts tell */
	uint32_t motor_on;
	uint32_t fault_depth; /* um added by a broken stepper, for the demonstration */
};

/* Opens the table that is linked in. Returns ANSWERED, or FAULT with *reason. */
uint32_t pen_start(struct pen *, const struct stipple_time *now, uint32_t *reason);
/*
 * Begins a session after verifying the whole table once more. last_deepest: `deepest` of this
 * client's last session, 0 when it is not known.
 */
uint32_t pen_begin(struct pen *, uint32_t number, uint32_t age, uint32_t last_session,
		   uint32_t last_deepest);
/* Sets the depth (STIPPLE_DEPTH, um) or the rate (STIPPLE_RATE, rpm), if that is allowed. */
uint32_t pen_set(struct pen *, uint32_t setting, uint32_t value);
uint32_t pen_confirm(struct pen *, uint32_t reason);
/* Another cartridge is on, of so many needles; fresh: STIPPLE_CARTRIDGE_NEW, as somebody says. */
uint32_t pen_change_cartridge(struct pen *, uint32_t fresh, uint32_t needles);
/* One pass of so many seconds: the motor turns for as long as the permit is renewed. */
uint32_t pen_pass(struct pen *, uint32_t seconds);
/* Saves the session: call after every call on it. */
void pen_save(struct pen *);
/* The power fails and comes back after some seconds. */
uint32_t pen_power_cut(struct pen *, uint32_t seconds);

#endif
