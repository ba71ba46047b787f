/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The time after a visit as a picture: a bar for each thing that is not to be done, from the visit
 * to its end. Drawn as SVG inside the HTML, in black on white with texts of the page's own size, so
 * that it prints and needs no colour; its description says the same in words. Days lie on a scale
 * that gives the first days more room, since most ends are there.
 */
#include "emit/sheet.h"

#include <inttypes.h>
#include <string.h>

#define FIRST_ROW  40
#define DAYS_DRAWN 366

/*
 * Letters are 16 high in each: on paper, where the drawing is as wide as the text, that is 12
 * point, or 18 in large print, which leaves room neither for labels beside the bars nor for a
 * scale.
 */
struct layout {
	int64_t width, labels; /* of the whole; room for what the bars are about, beside them */
	int64_t row, drop;     /* the height of a row; from its top down to its bar */
};

static const struct layout usual = { 680, 380, 28, 4 };
static const struct layout large = { 450, 0, 48, 24 };

struct bar {
	const struct stp_term *term;
	struct stp_duration end;
	int64_t last_day;
};

struct bars {
	struct stp_sheet *sheet;
	const struct layout *layout;
	struct bar *items;
	size_t count, room;
	int64_t last_day;
};

/* Of two ends for one thing the later one is drawn. */
static void add_bar(struct bars *bars, const struct stp_term *term, struct stp_duration end)
{
	struct bar bar = { term, end, stp_edge_last_day(bars->sheet, stp_edge_after(end)) };
	size_t place;

	for (size_t i = 0; i < bars->count; i++) {
		if (bars->items[i].term != term)
			continue;
		if (stp_duration_compare(bars->items[i].end, end) >= 0)
			return;
		memmove(&bars->items[i], &bars->items[i + 1],
			(--bars->count - i) * sizeof *bars->items);
		break;
	}
	bars->items = stp_grow(bars->sheet->context, bars->items, bars->count, &bars->room,
			       sizeof *bars->items);
	for (place = bars->count++;
	     place > 0 && stp_duration_compare(end, bars->items[place - 1].end) < 0; place--)
		bars->items[place] = bars->items[place - 1];
	bars->items[place] = bar;
	if (bar.last_day > bars->last_day)
		bars->last_day = bar.last_day;
}

static void collect(struct bars *bars)
{
	const struct stp_protocol *protocol = bars->sheet->protocol;

	for (size_t i = 0; i < protocol->care_count; i++) {
		const struct stp_care_rule *rule = &protocol->care[i];
		struct stp_duration end = stp_window_end(&rule->window);

		if (!rule->after || rule->verb != STP_AVOID || rule->when || end.count == 0)
			continue;
		for (size_t j = 0; j < rule->term_count; j++)
			add_bar(bars, rule->terms[j], end);
	}
}

/* The place of the end of a day between 0 and the width of the bars: root-like, in whole steps. */
static int64_t place_of(const struct bars *bars, int64_t day)
{
	int64_t room = bars->layout->width - bars->layout->labels - 8;
	int64_t square = (day + 1) * room * room / (bars->last_day + 1);
	int64_t root = 0;

	while ((root + 1) * (root + 1) <= square)
		root++;
	return root;
}

/* From the left, or from the right where that is where one begins to read. */
static int64_t from_start(const struct bars *bars, int64_t x, int64_t width)
{
	return bars->sheet->options->language->right_to_left ? bars->layout->width - x - width : x;
}

static void add_text(const struct bars *bars, struct stp_string *out, int64_t x, int64_t y,
		     const char *text)
{
	stp_addf(out, "<text x=\"%" PRId64 "\" y=\"%" PRId64 "\">", from_start(bars, x, 0), y);
	stp_add_escaped(out, text);
	stp_add(out, "</text>");
}

/* What a bar is about; where it has no scale, with its last day. */
static const char *row_words(const struct bars *bars, const struct bar *bar)
{
	const struct stp_words *words = &bars->sheet->words;
	const char *label = stp_capital(words, stp_term_words(bars->sheet, bar->term));

	if (bars->layout->labels > 0)
		return label;
	return SAY(bars->sheet, label_value, "label", label, "value",
		   stp_whole(words, (uint64_t)bar->last_day), NULL);
}

static void add_row(const struct bars *bars, struct stp_string *out, size_t index)
{
	const struct bar *bar = &bars->items[index];
	const struct layout *layout = bars->layout;
	int64_t y = FIRST_ROW + (int64_t)index * layout->row;
	int64_t width = place_of(bars, bar->last_day);

	add_text(bars, out, 0, y + 17, row_words(bars, bar));
	stp_addf(out,
		 "<rect x=\"%" PRId64 "\" y=\"%" PRId64 "\" width=\"%" PRId64
		 "\" height=\"16\" fill=\"#555\"/>",
		 from_start(bars, layout->labels, width), y + layout->drop, width);
}

/* A line and a number at the end of some of the days on which something ends. */
static void add_scale(const struct bars *bars, struct stp_string *out, int64_t height)
{
	int64_t last_x = -100;

	for (size_t i = 0; i < bars->count; i++) {
		int64_t day = bars->items[i].last_day;
		int64_t x = bars->layout->labels + place_of(bars, day);

		if (x - last_x < 22)
			continue;
		last_x = x;
		stp_addf(out,
			 "<line x1=\"%" PRId64 "\" x2=\"%" PRId64 "\" y1=\"26\" y2=\"%" PRId64
			 "\" stroke=\"#777\"/>",
			 from_start(bars, x, 0), from_start(bars, x, 0), height);
		stp_addf(out,
			 "<text x=\"%" PRId64 "\" y=\"18\" text-anchor=\"middle\">%" PRId64
			 "</text>",
			 from_start(bars, x, 0), day);
	}
}

/* The same in words: "make-up until the end of day 1; ..." */
static const char *description(const struct bars *bars)
{
	struct stp_sheet *sheet = bars->sheet;
	const char *said = NULL;

	for (size_t i = 0; i < bars->count; i++) {
		const char *each =
			SAY(sheet, label_value, "label", stp_term_words(sheet, bars->items[i].term),
			    "value", stp_until_words(sheet, bars->items[i].end), NULL);

		said = said ? SAY(sheet, list_sources, "list", said, "item", each, NULL) : each;
	}
	return said;
}

static const char *draw(const struct bars *bars)
{
	struct stp_sheet *sheet = bars->sheet;
	int64_t height = FIRST_ROW + (int64_t)bars->count * bars->layout->row + 4;
	struct stp_string out;

	stp_string_init(&out, sheet->context);
	stp_addf(&out,
		 "<figure>\n<svg viewBox=\"0 0 %" PRId64 " %" PRId64
		 "\" role=\"img\" aria-labelledby=\"stipple-timeline stipple-timeline-words\">",
		 bars->layout->width, height);
	stp_add(&out, "<title id=\"stipple-timeline\">");
	stp_add_escaped(&out, stp_capital(&sheet->words, SAY(sheet, timeline_title, NULL)));
	stp_add(&out, "</title><desc id=\"stipple-timeline-words\">");
	stp_add_escaped(&out, description(bars));
	stp_add(&out, "</desc>");
	if (bars->layout->labels > 0)
		add_scale(bars, &out, height);
	add_text(bars, &out, 0, 18, stp_capital(&sheet->words, SAY(sheet, timeline_days, NULL)));
	for (size_t i = 0; i < bars->count; i++)
		add_row(bars, &out, i);
	stp_add(&out, "</svg>\n<figcaption>");
	stp_add_escaped(&out, stp_sentence(&sheet->words, SAY(sheet, timeline_caption, NULL)));
	stp_add(&out, "</figcaption>\n</figure>");
	return out.text;
}

void stp_add_timeline(struct stp_sheet *sheet)
{
	struct bars bars = { .sheet = sheet,
			     .layout = sheet->options->large_print ? &large : &usual };

	if (sheet->options->format != STP_HTML && sheet->options->format != STP_FRAGMENT)
		return;
	collect(&bars);
	if (bars.count > 0 && bars.last_day <= DAYS_DRAWN)
		stp_figure(&sheet->document, draw(&bars));
}
