/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes a .po: the phrases as phrases.def has them, then the texts as the sources have them. Equal
 * texts are one entry, with all the places where they stand. What the language says of texts that
 * nothing uses here, such as another clinic's, is left out.
 */
#include "emit/po.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "emit/words_plurals.h"

#define PLACES_MOST  6 /* of one entry */
#define NUMBERS_MOST 8 /* as examples of a plural class */

static const struct {
	const char *name, *placeholders;
	bool counted;
} phrases[] = {
#define STP_PHRASE(name, placeholders) { #name, placeholders, false },
#define STP_COUNTED(name)              { #name, "n", true },
#include "emit/phrases.def"
#undef STP_PHRASE
#undef STP_COUNTED
};

/* ---- the form of a .po ---- */

static void add_quoted(struct stp_string *out, const char *text, size_t length)
{
	stp_add(out, "\"");
	for (size_t i = 0; i < length; i++)
		switch (text[i]) {
		case '"': stp_add(out, "\\\""); break;
		case '\\': stp_add(out, "\\\\"); break;
		case '\n': stp_add(out, "\\n"); break;
		case '\t': stp_add(out, "\\t"); break;
		default: stp_add_bytes(out, text + i, 1); break;
		}
	stp_add(out, "\"\n");
}

/* A text of several lines stands below its keyword, a line each. */
static void add_field(struct stp_string *out, const char *keyword, const char *text)
{
	const char *end = strchr(text, '\n');

	stp_addf(out, "%s ", keyword);
	if (!end || end[1] == '\0') {
		add_quoted(out, text, strlen(text));
		return;
	}
	stp_add(out, "\"\"\n");
	for (; *text; text = end) {
		end = strchr(text, '\n');
		end = end ? end + 1 : text + strlen(text);
		add_quoted(out, text, (size_t)(end - text));
	}
}

static void add_entry(struct stp_string *out, const char *context, const char *english,
		      const char *text)
{
	if (context)
		add_field(out, "msgctxt", context);
	add_field(out, "msgid", english);
	add_field(out, "msgstr", text ? text : "");
	stp_add(out, "\n");
}

static void add_place(const struct stp_po *po, struct stp_string *out, struct stp_span span)
{
	if (span.source != 0)
		stp_addf(out, "#: %s:%" PRIu32 "\n",
			 stp_source_by_id(po->context, span.source)->name,
			 stp_position(po->context, span).line);
}

/* ---- the header ---- */

static void add_header_line(struct stp_string *out, const char *name, const char *value)
{
	stp_addf(out, "\"%s: ", name);
	for (; *value; value++)
		if (*value != '\n')
			stp_addf(out, "%s%c", *value == '"' || *value == '\\' ? "\\" : "", *value);
	stp_add(out, "\\n\"\n");
}

/* The comment with which the language's file begins is that of the .po. */
static void add_first_comment(const struct stp_po *po, struct stp_string *out)
{
	struct stp_span span = po->language->span;
	const char *text = span.source == 0 ? "" : stp_source_by_id(po->context, span.source)->text;

	while (*text == '#') {
		size_t length = strcspn(text, "\n");

		stp_addf(out, "%.*s\n", (int)length, text);
		text += length + (text[length] == '\n');
	}
}

static void add_header(const struct stp_po *po, struct stp_string *out)
{
	const struct stp_language *language = po->language;
	struct stp_date on = language->reviewed_on;
	const char *date =
		on.year == 0 ? ""
			     : stp_format(po->context, "%04u-%02u-%02u", on.year, on.month, on.day);

	add_first_comment(po, out);
	stp_add(out, "msgid \"\"\nmsgstr \"\"\n");
	add_header_line(out, "Project-Id-Version", "stipple");
	add_header_line(out, "Report-Msgid-Bugs-To", "");
	add_header_line(out, "PO-Revision-Date",
			on.year == 0 ? "2026-01-01 00:00+0000"
				     : stp_format(po->context, "%s 00:00+0000", date));
	add_header_line(out, "Last-Translator", language->reviewed_by ? language->reviewed_by : "");
	add_header_line(out, "Language-Team", language->label);
	add_header_line(out, "Language", language->name);
	add_header_line(out, "MIME-Version", "1.0");
	add_header_line(out, "Content-Type", "text/plain; charset=UTF-8");
	add_header_line(out, "Content-Transfer-Encoding", "8bit");
	add_header_line(out, STP_PO_LABEL, language->label);
	add_header_line(out, STP_PO_DIRECTION, language->right_to_left ? "rtl" : "ltr");
	add_header_line(out, STP_PO_REVIEWER, language->reviewed_by ? language->reviewed_by : "");
	add_header_line(out, STP_PO_REVIEWED, date);
	stp_add(out, "\n");
}

/* ---- phrases ---- */

static void add_placeholders(struct stp_string *out, const char *placeholders)
{
	if (*placeholders == '\0')
		return;
	stp_add(out, "#. Filled in:");
	while (*placeholders) {
		bool optional = *placeholders == '?';
		size_t length = strcspn(placeholders += optional, " ");

		stp_addf(out, " {%.*s}%s", (int)length, placeholders,
			 optional ? " (if you like)" : "");
		placeholders += length;
		placeholders += strspn(placeholders, " ");
	}
	stp_add(out, ".\n");
}

static void add_phrase(const struct stp_po *po, struct stp_string *out, const char *name,
		       const char *english_name)
{
	const char *english = stp_phrase(po->english, english_name);

	add_entry(out, stp_format(po->context, STP_PO_PHRASE "%s", name), english ? english : name,
		  stp_phrase(po->language, name));
}

static void add_class(struct stp_string *out, const struct stp_plural_rule *rule, unsigned class)
{
	unsigned shown = 0;

	stp_addf(out, "#. For the numbers");
	for (unsigned n = 0; n <= 200 && shown <= NUMBERS_MOST; n++)
		if (rule->class_of(n) == class && shown++ < NUMBERS_MOST)
			stp_addf(out, "%s %u", shown > 1 ? "," : "", n);
	stp_addf(out, "%s. %s\n", shown > NUMBERS_MOST ? " and so on" : "",
		 rule->exact >> class & 1 ? "Filled in: {n} (if you like)." : "Filled in: {n}.");
}

static void add_counted(const struct stp_po *po, struct stp_string *out, const char *name)
{
	const struct stp_plural_rule *rule = stp_plural_rule(po->language->name);

	for (unsigned class = 0; class < STP_PLURAL_CLASSES; class ++) {
		const char *english = class == STP_PLURAL_ONE ? "one" : "other";

		if ((rule->classes >> class & 1) == 0)
			continue;
		add_class(out, rule, class);
		add_phrase(po, out,
			   stp_format(po->context, "%s_%s", name, stp_plural_class_names[class]),
			   stp_format(po->context, "%s_%s", name, english));
	}
}

static void add_phrases(const struct stp_po *po, struct stp_string *out)
{
	for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
		if (phrases[i].counted) {
			add_counted(po, out, phrases[i].name);
			continue;
		}
		add_placeholders(out, phrases[i].placeholders);
		add_phrase(po, out, phrases[i].name, phrases[i].name);
	}
}

/* ---- texts ---- */

static const char *how_it_is_used(enum stp_node_kind member)
{
	switch (member) {
	case STP_N_PROTOCOL: return "name of a treatment; begins the title";
	case STP_N_POLICY: return "name of house rules";
	case STP_N_SOURCE: return "in the list of sources";
	case STP_N_DEVICE: return "name of a device";
	case STP_N_TITLE: return "begins the title";
	case STP_N_MESSAGE: return "the main message, or why a rule holds; a sentence";
	case STP_N_SUMMARY: return "what the treatment is; Markdown";
	case STP_N_BENEFIT:
	case STP_N_UNKNOWN:
	case STP_N_RISK: return "in a list of benefits, risks and open questions";
	case STP_N_NOTE: return "explains a word; a clause";
	case STP_N_INSTRUCTION: return "an order; of an activity it follows \"do not\"";
	case STP_N_IF: return "follows \"if\"";
	case STP_N_ASKS: return "a question";
	case STP_N_BECAUSE: return "follows \"Why:\"";
	case STP_N_HOW: return "follows \"How:\"";
	case STP_N_WITH:
	case STP_N_CHOICE: return "an answer, or who decides";
	case STP_N_AFTER_HOURS: return "where to turn when the clinic is closed";
	default: return "label of a thing; stands inside sentences and lists";
	}
}

static int by_text(const void *one, const void *other)
{
	const struct stp_text_use *left = *(const struct stp_text_use *const *)one;
	const struct stp_text_use *right = *(const struct stp_text_use *const *)other;
	int order = strcmp(left->english, right->english);

	return order != 0 ? order : (left > right) - (left < right);
}

/* A text's uses, and where among all texts its first one stands. */
struct entry {
	const struct stp_text_use *const *uses;
	size_t count;
};

static int by_first_use(const void *one, const void *other)
{
	const struct entry *left = one, *right = other;

	return (left->uses[0] > right->uses[0]) - (left->uses[0] < right->uses[0]);
}

static size_t entries_of(const struct stp_po *po, struct entry **entries)
{
	const struct stp_text_use **sorted =
		stp_alloc_array(po->context, po->use_count + 1, sizeof *sorted);
	size_t count = 0;

	*entries = stp_alloc_array(po->context, po->use_count + 1, sizeof **entries);
	for (size_t i = 0; i < po->use_count; i++)
		sorted[i] = &po->uses[i];
	qsort(sorted, po->use_count, sizeof(*sorted), by_text);
	for (size_t i = 0; i < po->use_count; i++) {
		if (i == 0 || strcmp(sorted[i]->english, sorted[i - 1]->english) != 0)
			(*entries)[count++] = (struct entry){ &sorted[i], 0 };
		(*entries)[count - 1].count++;
	}
	qsort(*entries, count, sizeof **entries, by_first_use);
	return count;
}

/* What the language says for one declaration alone is an entry of its own. */
static void add_special(const struct stp_po *po, struct stp_string *out, const struct entry *entry)
{
	const struct stp_language *language = po->language;

	for (size_t i = 0; i < language->translation_count; i++) {
		const struct stp_translation *each = &language->translations[i];

		if (*each->in && strcmp(each->english, entry->uses[0]->english) == 0)
			add_entry(out, stp_format(po->context, STP_PO_IN "%s", each->in),
				  each->english, each->text);
	}
}

static void add_text(const struct stp_po *po, struct stp_string *out, const struct entry *entry)
{
	const struct stp_translation *said =
		stp_translation(po->language, entry->uses[0]->english, "");

	for (size_t i = 0; i < entry->count && i < PLACES_MOST; i++)
		if (i == 0 || entry->uses[i]->member != entry->uses[i - 1]->member ||
		    entry->uses[i]->in != entry->uses[i - 1]->in)
			stp_addf(out, "#. %s: %s\n", entry->uses[i]->in,
				 how_it_is_used(entry->uses[i]->member));
	for (size_t i = 0; i < entry->count && i < PLACES_MOST; i++)
		add_place(po, out, entry->uses[i]->span);
	add_entry(out, NULL, entry->uses[0]->english, said ? said->text : NULL);
	add_special(po, out, entry);
}

void stp_po_write(const struct stp_po *po, struct stp_string *out)
{
	struct entry *entries;
	size_t count = entries_of(po, &entries);

	add_header(po, out);
	add_phrases(po, out);
	for (size_t i = 0; i < count; i++)
		add_text(po, out, &entries[i]);
}
