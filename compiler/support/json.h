/* SPDX-License-Identifier: Apache-2.0 */
/* The one part of writing JSON that is easy to get wrong: strings. */
#ifndef STP_JSON_H
#define STP_JSON_H

#include "support/support.h"

/*
 * Adds the bytes as a JSON string, in its quotes. Bytes that are not UTF-8 become U+FFFD; control
 * characters and those that could deceive a reader are escaped, so that the output may be shown.
 */
void stp_add_json_bytes(struct stp_string *, const char *bytes, size_t length);
void stp_add_json(struct stp_string *, const char *text);

/*
 * The position of an offset as editors and JSON readers count: line from 1, column from 1 in
 * Unicode code points (a byte that is not UTF-8 counts as one).
 */
struct stp_position stp_plain_position(struct stp_context *, uint32_t source, uint32_t offset);

#endif
