/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plural rules of CLDR for whole numbers below a million, as far as a clinic may want them. A
 * test holds each of them against ICU.
 */
#include "emit/words_plurals.h"

#include <stdbool.h>
#include <string.h>

const char *const stp_plural_class_names[STP_PLURAL_CLASSES] = { "zero", "one",  "two",
								 "few",  "many", "other" };

static bool within(uint64_t number, unsigned low, unsigned high)
{
	return number >= low && number <= high;
}

static enum stp_plural_class always_other(uint64_t n)
{
	(void)n;
	return STP_PLURAL_OTHER;
}

static enum stp_plural_class one_is_one(uint64_t n)
{
	return n == 1 ? STP_PLURAL_ONE : STP_PLURAL_OTHER;
}

static enum stp_plural_class zero_is_one(uint64_t n)
{
	return n <= 1 ? STP_PLURAL_ONE : STP_PLURAL_OTHER;
}

static enum stp_plural_class icelandic(uint64_t n)
{
	return n % 10 == 1 && n % 100 != 11 ? STP_PLURAL_ONE : STP_PLURAL_OTHER;
}

static enum stp_plural_class hebrew(uint64_t n)
{
	return n == 2 ? STP_PLURAL_TWO : one_is_one(n);
}

static enum stp_plural_class arabic(uint64_t n)
{
	if (n <= 2)
		return STP_PLURAL_ZERO + (enum stp_plural_class)n;
	if (within(n % 100, 3, 10))
		return STP_PLURAL_FEW;
	return n % 100 >= 11 ? STP_PLURAL_MANY : STP_PLURAL_OTHER;
}

static bool is_slavic_few(uint64_t n)
{
	return within(n % 10, 2, 4) && !within(n % 100, 12, 14);
}

static enum stp_plural_class croatian(uint64_t n)
{
	return is_slavic_few(n) ? STP_PLURAL_FEW : icelandic(n);
}

static enum stp_plural_class russian(uint64_t n)
{
	enum stp_plural_class class = croatian(n);

	return class == STP_PLURAL_OTHER ? STP_PLURAL_MANY : class;
}

static enum stp_plural_class polish(uint64_t n)
{
	if (n == 1)
		return STP_PLURAL_ONE;
	return is_slavic_few(n) ? STP_PLURAL_FEW : STP_PLURAL_MANY;
}

static enum stp_plural_class czech(uint64_t n)
{
	return within(n, 2, 4) ? STP_PLURAL_FEW : one_is_one(n);
}

static enum stp_plural_class slovenian(uint64_t n)
{
	if (within(n % 100, 3, 4))
		return STP_PLURAL_FEW;
	return n % 100 == 2 ? STP_PLURAL_TWO : one_is_one(n % 100);
}

static enum stp_plural_class lithuanian(uint64_t n)
{
	if (within(n % 100, 11, 19) || n % 10 == 0)
		return STP_PLURAL_OTHER;
	return n % 10 == 1 ? STP_PLURAL_ONE : STP_PLURAL_FEW;
}

static enum stp_plural_class latvian(uint64_t n)
{
	return n % 10 == 0 || within(n % 100, 11, 19) ? STP_PLURAL_ZERO : icelandic(n);
}

static enum stp_plural_class romanian(uint64_t n)
{
	if (n == 1)
		return STP_PLURAL_ONE;
	return n == 0 || within(n % 100, 1, 19) ? STP_PLURAL_FEW : STP_PLURAL_OTHER;
}

static enum stp_plural_class irish(uint64_t n)
{
	if (within(n, 3, 6))
		return STP_PLURAL_FEW;
	return within(n, 7, 10) ? STP_PLURAL_MANY : hebrew(n);
}

static enum stp_plural_class welsh(uint64_t n)
{
	if (n == 3)
		return STP_PLURAL_FEW;
	if (n == 6)
		return STP_PLURAL_MANY;
	return n == 0 ? STP_PLURAL_ZERO : hebrew(n);
}

#define ZERO  (1u << STP_PLURAL_ZERO)
#define ONE   (1u << STP_PLURAL_ONE)
#define TWO   (1u << STP_PLURAL_TWO)
#define FEW   (1u << STP_PLURAL_FEW)
#define MANY  (1u << STP_PLURAL_MANY)
#define OTHER (1u << STP_PLURAL_OTHER)

static const struct {
	const char *languages; /* separated by spaces */
	struct stp_plural_rule rule;
} rules[] = {
	{ "ar", { ZERO | ONE | TWO | FEW | MANY | OTHER, ZERO | ONE | TWO, arabic } },
	{ "fr pt hy fa hi bn gu kn zu am", { ONE | OTHER, 0, zero_is_one } },
	{ "ja zh ko vi th id ms lo my yue", { OTHER, 0, always_other } },
	{ "ru uk be", { ONE | FEW | MANY, 0, russian } },
	{ "pl", { ONE | FEW | MANY, ONE, polish } },
	{ "cs sk", { ONE | FEW | OTHER, ONE, czech } },
	{ "hr sr bs", { ONE | FEW | OTHER, 0, croatian } },
	{ "sl", { ONE | TWO | FEW | OTHER, 0, slovenian } },
	{ "lt", { ONE | FEW | OTHER, 0, lithuanian } },
	{ "lv", { ZERO | ONE | OTHER, 0, latvian } },
	{ "ro", { ONE | FEW | OTHER, ONE, romanian } },
	{ "he", { ONE | TWO | OTHER, ONE | TWO, hebrew } },
	{ "is mk", { ONE | OTHER, 0, icelandic } },
	{ "ga", { ONE | TWO | FEW | MANY | OTHER, ONE | TWO, irish } },
	{ "cy", { ZERO | ONE | TWO | FEW | MANY | OTHER, ZERO | ONE | TWO | FEW | MANY, welsh } },
};

static bool lists(const char *languages, const char *language)
{
	size_t length = strlen(language);

	for (const char *at = languages; *at; at += strcspn(at, " "), at += strspn(at, " "))
		if (strcspn(at, " ") == length && strncmp(at, language, length) == 0)
			return true;
	return false;
}

const struct stp_plural_rule *stp_plural_rule(const char *language)
{
	static const struct stp_plural_rule usual = { ONE | OTHER, ONE, one_is_one };

	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (lists(rules[i].languages, language))
			return &rules[i].rule;
	return &usual;
}
