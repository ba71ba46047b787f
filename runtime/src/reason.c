/* SPDX-License-Identifier: Apache-2.0 */
/* Reasons in words, for a screen or a log. Left out of an image that does not call it. */
#include "stipple/runtime.h"

#define REASON_TEXT(name, number, text) text,

static const char *const texts[STIPPLE_REASON_COUNT] = { STIPPLE_REASONS(REASON_TEXT) };

const char *stipple_reason_text(uint32_t reason)
{
	return reason < STIPPLE_REASON_COUNT ? texts[reason] : "";
}
