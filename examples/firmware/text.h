/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A line of text that is put together piece by piece and written at once; no C library.
 */
#ifndef TEXT_H
#define TEXT_H

#include <stdint.h>

struct text {
	char bytes[240];
	uint32_t length;
};

void text_clear(struct text *);
void text_add(struct text *, const char *);
void text_add_number(struct text *, uint32_t);
void text_add_mm(struct text *, uint32_t um);        /* "1.25 mm" */
void text_add_name(struct text *, const char *name); /* "skin type" for "skin_type" */
void text_add_date(struct text *, uint32_t wall);    /* "2026-12-19 10:00" */
void text_pad(struct text *, uint32_t column);       /* blanks up to the column */
void text_write(struct text *);                      /* with a line end; clears */

int text_equal(const char *, const char *);

#endif
