/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Plural classes: which form of a unit word stands beside a number. English has two ("1 hour, 2
 * hours"), Arabic six. The names and the rules are those of Unicode's CLDR, for whole numbers.
 */
#ifndef STP_WORDS_PLURALS_H
#define STP_WORDS_PLURALS_H

#include <stdint.h>

#include "model/model.h"

enum stp_plural_class {
	STP_PLURAL_ZERO,
	STP_PLURAL_ONE,
	STP_PLURAL_TWO,
	STP_PLURAL_FEW,
	STP_PLURAL_MANY,
	STP_PLURAL_OTHER,
	STP_PLURAL_CLASSES
};

extern const char *const stp_plural_class_names[STP_PLURAL_CLASSES]; /* "zero" */

struct stp_plural_rule {
	unsigned classes; /* those that whole numbers have: bit n is class n */
	unsigned exact;   /* of them, those that hold one number only, and so need not print it */
	enum stp_plural_class (*class_of)(uint64_t number);
};

/* The rule of a language by its code; of one that is not known: one, and other. */
const struct stp_plural_rule *stp_plural_rule(const char *language);

#endif
