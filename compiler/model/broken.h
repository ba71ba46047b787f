/* SPDX-License-Identifier: Apache-2.0 */
/* broken.c: what was not understood as it was parsed, so that nothing more is said of it. */
#ifndef STP_BROKEN_H
#define STP_BROKEN_H

#include "model/model.h"

/* Whether something in the span was not understood; whether a block of the source has no end. */
bool stp_is_broken(const struct stp_context *, struct stp_span);
bool stp_is_unclosed(const struct stp_context *, uint32_t source);
/*
 * Whether something in the protocol, or in what it extends, was not: it may say what it seems to
 * lack.
 */
bool stp_is_protocol_broken(const struct stp_context *, const struct stp_protocol *);
/*
 * Whether a statement of the protocol that was not understood, with its block, names the word: what
 * seems to lack may be said there.
 */
bool stp_is_named_in_broken(const struct stp_context *, const struct stp_protocol *,
			    const char *word);
/*
 * Whether a declaration that was not understood, of one of these kinds, seems to be of that name:
 * `protocol my acne` of `my` and of `my_acne`.
 */
bool stp_is_declared_in_broken(const struct stp_context *, unsigned kinds, const char *name);

#endif
