/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Finding, checking and filling phrases; lists and sentences. Numbers, times and dates are in
 * words_numbers.c.
 */
#include "emit/words.h"
#include "emit/words_letters.h"
#include "model/translate.h"

#include <string.h>

static const struct {
	const char *name;
	const char *placeholders; /* separated by spaces; with ? the phrase may leave it out */
} phrase_kinds[] = {
#define STP_PHRASE(name, placeholders) { #name, placeholders },
#define STP_COUNTED(name)
#include "emit/phrases.def"
#undef STP_PHRASE
#undef STP_COUNTED
};

static const char *const counted_names[] = {
#define STP_PHRASE(name, placeholders)
#define STP_COUNTED(name) #name,
#include "emit/phrases.def"
#undef STP_PHRASE
#undef STP_COUNTED
};

/* ---- finding ---- */

/* Whether {name}, of length bytes without the braces, stands in the text. */
static bool uses(const char *text, const char *name, size_t length)
{
	for (const char *open = strchr(text, '{'); open; open = strchr(open + 1, '{'))
		if (strncmp(open + 1, name, length) == 0 && open[1 + length] == '}')
			return true;
	return false;
}

/* Whether name, of length bytes, is one of the placeholders. */
static bool lists(const char *placeholders, const char *name, size_t length)
{
	while (*placeholders) {
		const char *begin = placeholders + (*placeholders == '?');
		size_t this_length = strcspn(begin, " ");

		if (this_length == length && strncmp(begin, name, length) == 0)
			return true;
		placeholders = begin + this_length;
		placeholders += strspn(placeholders, " ");
	}
	return false;
}

static void report_placeholder(const struct stp_words *words, const char *phrase,
			       const char *problem, const char *name, size_t length)
{
	struct stp_span span = words->language->span;

	for (size_t i = 0; i < words->language->phrase_count; i++)
		if (strcmp(words->language->phrases[i].name, phrase) == 0)
			span = words->language->phrases[i].span;
	stp_help(words->context,
		 stp_report(words->context, STP_D_phrase_placeholder, span,
			    "the phrase '%s' of language '%s' %s {%.*s}", phrase,
			    words->language->name, problem, (int)length, name),
		 "use what the phrase has in protocols/languages/en.stip, each once or more");
}

static bool check_required(const struct stp_words *words, const char *phrase, const char *text,
			   const char *placeholders)
{
	bool good = true;

	while (*placeholders) {
		bool optional = *placeholders == '?';
		const char *begin = placeholders + optional;
		size_t length = strcspn(begin, " ");

		if (!optional && !uses(text, begin, length)) {
			report_placeholder(words, phrase, "does not use", begin, length);
			good = false;
		}
		placeholders = begin + length;
		placeholders += strspn(placeholders, " ");
	}
	return good;
}

static bool check_placeholders(const struct stp_words *words, const char *phrase, const char *text,
			       const char *placeholders)
{
	bool good = check_required(words, phrase, text, placeholders);

	for (const char *open = strchr(text, '{'); open; open = strchr(open + 1, '{')) {
		size_t length = strcspn(open + 1, "}");

		if (open[1 + length] == '}' && lists(placeholders, open + 1, length))
			continue;
		report_placeholder(words, phrase, "does not know", open + 1, length);
		good = false;
	}
	return good;
}

/* The names of missing phrases: some of them, and how many there are. */
struct missing {
	struct stp_string names;
	size_t count;
};

#define MISSING_SHOWN 8

static void add_missing(struct missing *missing, const char *name)
{
	if (missing->count < MISSING_SHOWN)
		stp_addf(&missing->names, "%s%s", missing->count > 0 ? ", " : "", name);
	missing->count++;
}

/* The text of a phrase that must be there, or NULL. */
static const char *find(const struct stp_words *words, const char *name, const char *placeholders,
			struct missing *missing)
{
	const char *text = stp_phrase(words->language, name);

	if (!text)
		add_missing(missing, name);
	else if (!check_placeholders(words, name, text, placeholders))
		text = NULL;
	return text;
}

static bool report_missing(const struct stp_words *words, struct missing *missing)
{
	if (missing->count == 0)
		return false;
	if (missing->count > MISSING_SHOWN)
		stp_addf(&missing->names, " and %zu more", missing->count - MISSING_SHOWN);
	struct stp_diagnostic *report = stp_report(
		words->context, STP_D_missing_phrase, words->language->span,
		"language '%s' lacks phrases: %s", words->language->name, missing->names.text);
	stp_help(words->context, report, "protocols/languages/en.stip has every phrase");
	return true;
}

/* The forms of a counted phrase: a class of one number alone need not print it. */
static bool find_counted(struct stp_words *words, int phrase, struct missing *missing)
{
	const struct stp_plural_rule *rule = words->plurals;
	bool good = true;

	for (int class = 0; class < STP_PLURAL_CLASSES; class ++) {
		const char *name = stp_format(words->context, "%s_%s", counted_names[phrase],
					      stp_plural_class_names[class]);
		const char *placeholders = rule->exact >> class & 1 ? "?n" : "n";

		words->counted[phrase][class] = NULL;
		if ((rule->classes >> class & 1) == 0)
			continue;
		words->counted[phrase][class] = find(words, name, placeholders, missing);
		good = good && words->counted[phrase][class];
	}
	return good;
}

bool stp_words_open(struct stp_words *words, struct stp_context *context,
		    const struct stp_language *language)
{
	struct missing missing = { .count = 0 };
	bool good = true;

	words->context = context;
	words->language = language;
	words->plurals = stp_plural_rule(language->name);
	stp_string_init(&missing.names, context);
	for (int i = 0; i < STP_PHRASES; i++) {
		words->phrases[i] =
			find(words, phrase_kinds[i].name, phrase_kinds[i].placeholders, &missing);
		good = good && words->phrases[i];
	}
	for (int i = 0; i < STP_COUNTED_PHRASES; i++)
		good = find_counted(words, i, &missing) && good;
	return !report_missing(words, &missing) && good;
}

/* ---- filling ---- */

static const char *value_of(const char *name, size_t length, va_list pairs)
{
	va_list rest;
	const char *value = "";
	const char *each;

	va_copy(rest, pairs);
	while ((each = va_arg(rest, const char *)) != NULL) {
		const char *text = va_arg(rest, const char *);

		if (strlen(each) == length && strncmp(each, name, length) == 0)
			value = text;
	}
	va_end(rest);
	return value;
}

static const char *in_line(const struct stp_words *words, const char *value)
{
	return words->language->right_to_left ? stp_isolated(words->context, value) : value;
}

static const char *fill(const struct stp_words *words, const char *text, va_list pairs)
{
	struct stp_string filled;
	const char *open;

	stp_string_init(&filled, words->context);
	stp_add(&filled, "");
	while ((open = strchr(text, '{')) != NULL) {
		size_t length = strcspn(open + 1, "}");

		if (open[1 + length] == '\0')
			break;
		stp_add_bytes(&filled, text, (size_t)(open - text));
		stp_add(&filled, in_line(words, value_of(open + 1, length, pairs)));
		text = open + 1 + length + 1;
	}
	stp_add(&filled, text);
	return filled.text;
}

const char *stp_say(const struct stp_words *words, enum stp_phrase_id id, ...)
{
	va_list pairs;

	va_start(pairs, id);
	const char *filled = fill(words, words->phrases[id], pairs);
	va_end(pairs);
	return filled;
}

const char *stp_fill(const struct stp_words *words, const char *text, ...)
{
	va_list pairs;

	va_start(pairs, text);
	const char *filled = fill(words, text, pairs);
	va_end(pairs);
	return filled;
}

const char *stp_say_count(const struct stp_words *words, enum stp_counted_id id, uint32_t count)
{
	return stp_fill(words, words->counted[id][words->plurals->class_of(count)], "n",
			stp_whole(words, count), NULL);
}

/* The form of the range's end; where that form prints no number, the next one that does. */
static const char *range_form(const struct stp_words *words, enum stp_counted_id id, uint32_t high)
{
	enum stp_plural_class class = words->plurals->class_of(high);

	while (class < STP_PLURAL_OTHER &&
	       (!words->counted[id][class] || !uses(words->counted[id][class], "n", 1)))
		class ++;
	return words->counted[id][class];
}

const char *stp_say_range(const struct stp_words *words, enum stp_counted_id id, uint32_t low,
			  uint32_t high)
{
	if (low == high)
		return stp_say_count(words, id, low);
	const char *range = stp_say(words, STP_PHRASE_number_range, "low", stp_whole(words, low),
				    "high", stp_whole(words, high), NULL);
	return stp_fill(words, range_form(words, id, high), "n", range, NULL);
}

/* ---- sentences and lists ---- */

const char *stp_capital(const struct stp_words *words, const char *text)
{
	return stp_with_capital(words->context, text);
}

const char *stp_sentence(const struct stp_words *words, const char *text)
{
	const char *capital = stp_capital(words, text);

	if (stp_ends_sentence(capital))
		return capital;
	return stp_say(words, STP_PHRASE_sentence, "text", capital, NULL);
}

const char *stp_join(const struct stp_words *words, const char *first, const char *second)
{
	if (!first || !second)
		return first ? first : second;
	return stp_format(words->context, "%s %s", first, second);
}

/* The phrases that join a list: all but the last item, the last, the last before the sound. */
struct joints {
	enum stp_phrase_id next, last, before_sound;
	char sound;
};

static const char *list(const struct stp_words *words, const struct joints *joints,
			const char *const *items, size_t count)
{
	const char *joined = items[0];

	for (size_t i = 1; i < count; i++) {
		enum stp_phrase_id joint = joints->next;

		if (i + 1 == count)
			joint = stp_begins_with_sound(items[i], joints->sound)
					? joints->before_sound
					: joints->last;
		joined = stp_say(words, joint, "list", joined, "item", items[i], NULL);
	}
	return joined;
}

const char *stp_list_and(const struct stp_words *words, const char *const *items, size_t count)
{
	static const struct joints joints = { STP_PHRASE_list_and_next, STP_PHRASE_list_and,
					      STP_PHRASE_list_and_before_i, 'i' };

	return list(words, &joints, items, count);
}

const char *stp_list_or(const struct stp_words *words, const char *const *items, size_t count)
{
	static const struct joints joints = { STP_PHRASE_list_or_next, STP_PHRASE_list_or,
					      STP_PHRASE_list_or_before_o, 'o' };

	return list(words, &joints, items, count);
}

const char *stp_list_nor(const struct stp_words *words, const char *const *items, size_t count)
{
	static const struct joints joints = { STP_PHRASE_list_or_next, STP_PHRASE_list_nor,
					      STP_PHRASE_list_nor, 'o' };

	return list(words, &joints, items, count);
}

bool stp_same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

size_t stp_word_count(const char *text)
{
	size_t count = 0;

	for (bool inside = false; *text; text++) {
		bool space = *text == ' ' || *text == '\n' || *text == '\t';

		count += !space && !inside;
		inside = !space;
	}
	return count;
}

size_t stp_character_count(const char *text)
{
	size_t count = 0;

	for (; *text; text++)
		count += ((unsigned char)*text & 0xC0) != 0x80;
	return count;
}

/* ---- labels ---- */

const char *stp_label_words(const struct stp_words *words, const char *name, const char *own_label)
{
	const struct stp_translation *translation;

	if (own_label && own_label != name)
		return own_label;
	if (strcmp(words->language->name, STP_SOURCE_LANGUAGE) == 0)
		return name;
	translation = stp_translation(words->language, name, "");
	if (translation)
		return translation->text;
	stp_report(words->context, STP_D_missing_text, words->language->span,
		   "language '%s' does not say \"%s\"", words->language->name, name);
	return name;
}

const char *stp_source_words(const struct stp_language *language, const char *name,
			     const char *text)
{
	const struct stp_translation *translation;

	if (strcmp(language->name, STP_SOURCE_LANGUAGE) == 0)
		return text;
	translation = stp_translation(language, text, name);
	return translation ? translation->text : NULL;
}
