/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a treatment goes, as a drawing: the outlines that the vocabulary gives its zones, dark
 * where they are treated and crossed where they never are. On the clinician's card each treated
 * zone has the depth that nobody may pass there. It says nothing that the lists beside it do not
 * say, so it is left out unless every zone of the treatment has an outline.
 *
 * An outline is a path in the words of SVG, on a canvas that shows the face and the body from the
 * front and from behind, side by side; what is drawn is the part of it that is needed. To know
 * where a mark goes, the path is followed here: M and straight lines in whole coordinates, and
 * relative arcs, which is what the vocabulary uses. A drawing with any other path is not made.
 */
#include "emit/sheet.h"

#include <inttypes.h>
#include <string.h>

#define TENTHS    10   /* of the canvas's unit; all places are in them */
#define FAR       9999 /* units; nothing lies further away */
#define AIR       30   /* around what is drawn */
#define PARTS_MAX 4    /* of one zone: left, right, … */
#define MARK_DROP 16   /* from the middle of a figure down to its foot */

struct box {
	int64_t left, top, right, bottom;
};

/* ---- following a path ---- */

struct walk {
	const char *at;
	int64_t x, y;
	struct box parts[PARTS_MAX];
	size_t count;
};

static void skip_separators(struct walk *walk)
{
	while (*walk->at == ' ' || *walk->at == ',' || *walk->at == '\n' || *walk->at == '\t')
		walk->at++;
}

static bool number_follows(struct walk *walk)
{
	skip_separators(walk);
	return (*walk->at >= '0' && *walk->at <= '9') || *walk->at == '-' || *walk->at == '.';
}

/* The next number in tenths; further decimals are dropped. False when there is none. */
static bool read_number(struct walk *walk, int64_t *tenths)
{
	bool negative;

	if (!number_follows(walk))
		return false;
	negative = *walk->at == '-';
	walk->at += negative;
	for (*tenths = 0; *walk->at >= '0' && *walk->at <= '9' && *tenths < FAR; walk->at++)
		*tenths = *tenths * 10 + (*walk->at - '0');
	*tenths *= TENTHS;
	if (*walk->at == '.' && walk->at[1] >= '0' && walk->at[1] <= '9') {
		*tenths += walk->at[1] - '0';
		for (walk->at++; *walk->at >= '0' && *walk->at <= '9'; walk->at++)
			;
	}
	if (negative)
		*tenths = -*tenths;
	return true;
}

static void reach(struct walk *walk, int64_t x, int64_t y)
{
	struct box *box = &walk->parts[walk->count - 1];

	box->left = x < box->left ? x : box->left;
	box->right = x > box->right ? x : box->right;
	box->top = y < box->top ? y : box->top;
	box->bottom = y > box->bottom ? y : box->bottom;
}

static bool read_point(struct walk *walk)
{
	if (!read_number(walk, &walk->x) || !read_number(walk, &walk->y))
		return false;
	reach(walk, walk->x, walk->y);
	return true;
}

/* M: a part begins; pairs behind the first are lines. */
static bool follow_lines(struct walk *walk)
{
	if (walk->count == PARTS_MAX)
		return false;
	walk->parts[walk->count++] =
		(struct box){ FAR * TENTHS, FAR * TENTHS, -FAR * TENTHS, -FAR * TENTHS };
	while (number_follows(walk))
		if (!read_point(walk))
			return false;
	return true;
}

/* a: radii, rotation, two flags, the way to the end. Half an ellipse is as high as its radius. */
static bool follow_arcs(struct walk *walk)
{
	int64_t number[7];

	while (number_follows(walk)) {
		for (int i = 0; i < 7; i++)
			if (!read_number(walk, &number[i]))
				return false;
		reach(walk, walk->x, walk->y - number[1]);
		reach(walk, walk->x, walk->y + number[1]);
		walk->x += number[5];
		walk->y += number[6];
		reach(walk, walk->x, walk->y);
	}
	return true;
}

/* Finds the boxes of a path's parts; false where the path says what is not followed. */
static bool follow(struct walk *walk, const char *path)
{
	bool good = true;

	*walk = (struct walk){ .at = path };
	for (skip_separators(walk); *walk->at && good; skip_separators(walk)) {
		char command = *walk->at++;

		if (command == 'M')
			good = follow_lines(walk);
		else if (command == 'a')
			good = walk->count > 0 && follow_arcs(walk);
		else
			good = command == 'Z' && walk->count > 0;
	}
	return good && walk->count > 0;
}

/* ---- what is drawn ---- */

struct map {
	struct stp_sheet *sheet;
	struct box frame;
	bool depths;
};

static void widen(struct box *frame, const struct box *box)
{
	frame->left = box->left < frame->left ? box->left : frame->left;
	frame->right = box->right > frame->right ? box->right : frame->right;
	frame->top = box->top < frame->top ? box->top : frame->top;
	frame->bottom = box->bottom > frame->bottom ? box->bottom : frame->bottom;
}

static bool lies_in(const struct box *box, const struct box *frame)
{
	return box->left >= frame->left && box->right <= frame->right && box->top >= frame->top &&
	       box->bottom <= frame->bottom;
}

static bool overlaps(const struct box *one, const struct box *other)
{
	return one->left < other->right && other->left < one->right && one->top < other->bottom &&
	       other->top < one->bottom;
}

/* Around what lies in no other zone is what it overlaps: a scalp has its face. */
static void frame_neighbours(struct map *map, const struct box *own)
{
	const struct stp_model *model = map->sheet->model;

	for (size_t i = 0; i < model->zone_count; i++) {
		const struct stp_zone *zone = model->zones[i];
		struct walk walk;

		if (zone->parent || !zone->outline || !follow(&walk, zone->outline))
			continue;
		for (size_t j = 0; j < walk.count; j++)
			if (overlaps(&walk.parts[j], own))
				widen(&map->frame, &walk.parts[j]);
	}
}

/* A zone's own outline and those around it: a nose has its face. False when its own has a fault. */
static bool frame_zone(struct map *map, const struct stp_zone *zone)
{
	struct walk walk;

	if (!zone->outline || !follow(&walk, zone->outline))
		return false;
	for (size_t i = 0; i < walk.count && !zone->parent; i++)
		frame_neighbours(map, &walk.parts[i]);
	for (; zone; zone = zone->parent)
		if (zone->outline && follow(&walk, zone->outline))
			for (size_t i = 0; i < walk.count; i++)
				widen(&map->frame, &walk.parts[i]);
	return true;
}

static bool can_be_drawn(struct map *map)
{
	const struct stp_protocol *protocol = map->sheet->protocol;
	size_t treated = 0;

	for (size_t i = 0; i < protocol->zone_count; i++) {
		treated += !protocol->zones[i].never;
		if (!frame_zone(map, protocol->zones[i].zone))
			return false;
	}
	return treated > 0;
}

static void add_path(struct stp_string *out, const char *outline, const char *look)
{
	stp_add(out, "<path d=\"");
	stp_add_escaped(out, outline);
	stp_addf(out, "\" %s/>", look);
}

/* What lies around, in thin lines: every zone of the vocabulary within the frame. */
static void add_surroundings(const struct map *map, struct stp_string *out)
{
	const struct stp_model *model = map->sheet->model;

	for (size_t i = 0; i < model->zone_count; i++) {
		const char *outline = model->zones[i]->outline;
		struct walk walk;
		bool near = true;

		if (!outline || !follow(&walk, outline))
			continue;
		for (size_t j = 0; j < walk.count; j++)
			near = near && lies_in(&walk.parts[j], &map->frame);
		if (near)
			add_path(out, outline,
				 "fill=\"none\" stroke=\"#767676\" stroke-width=\"0.4\"");
	}
}

static void add_cross(struct stp_string *out, const struct box *box)
{
	int64_t x = (box->left + box->right) / 2;
	int64_t y = (box->top + box->bottom) / 2;

	stp_addf(out,
		 "<path transform=\"scale(0.1)\" d=\"M%" PRId64 ",%" PRId64 "l40,40m0,-40l-40,40\" "
		 "fill=\"none\" stroke=\"#111\" stroke-width=\"8\"/>",
		 x - 20, y - 20);
}

/* The number stands in the first part alone: left and right are one zone. */
static void add_depth(const struct map *map, struct stp_string *out, const struct box *box,
		      const struct stp_zone_plan *plan)
{
	stp_addf(out,
		 "<text transform=\"scale(0.1)\" x=\"%" PRId64 "\" y=\"%" PRId64
		 "\" font-size=\"44\" text-anchor=\"middle\" fill=\"#fff\" stroke=\"#333\" "
		 "stroke-width=\"10\" paint-order=\"stroke\">",
		 (box->left + box->right) / 2, (box->top + box->bottom) / 2 + MARK_DROP);
	stp_add_escaped(out,
			stp_decimal(&map->sheet->words, plan->settings[STP_DEPTH].limit_high.value,
				    STP_MM_DECIMALS));
	stp_add(out, "</text>");
}

static void add_zone(const struct map *map, struct stp_string *out,
		     const struct stp_zone_plan *plan)
{
	struct walk walk;

	follow(&walk, plan->zone->outline);
	add_path(out, plan->zone->outline,
		 plan->never   ? "fill=\"#fff\" stroke=\"#111\" stroke-width=\"0.6\""
		 : map->depths ? "fill=\"#333\" stroke=\"#111\" stroke-width=\"0.4\""
			       : "fill=\"#8c8c8c\" stroke=\"#333\" stroke-width=\"0.4\"");
	for (size_t i = 0; i < walk.count && plan->never; i++)
		add_cross(out, &walk.parts[i]);
	if (!plan->never && map->depths && plan->settings[STP_DEPTH].said)
		add_depth(map, out, &walk.parts[0], plan);
}

/* ---- the same in words ---- */

static const char *words_of(const struct map *map, bool never, enum stp_phrase_id phrase)
{
	struct stp_sheet *sheet = map->sheet;
	const struct stp_protocol *protocol = sheet->protocol;
	const char **items =
		stp_alloc_array(sheet->context, protocol->zone_count + 1, sizeof *items);
	size_t count = 0;

	for (size_t i = 0; i < protocol->zone_count; i++) {
		const struct stp_zone_plan *plan = &protocol->zones[i];
		const char *label =
			stp_label_words(&sheet->words, plan->zone->name, plan->zone->label);

		if (plan->never != never)
			continue;
		if (map->depths && !never && plan->settings[STP_DEPTH].said)
			label = SAY(sheet, label_value, "label", label, "value",
				    SAY(sheet, unit_mm, "n",
					stp_decimal(&sheet->words,
						    plan->settings[STP_DEPTH].limit_high.value,
						    STP_MM_DECIMALS),
					NULL),
				    NULL);
		items[count++] = label;
	}
	if (count == 0)
		return NULL;
	return stp_sentence(&sheet->words,
			    stp_say(&sheet->words, phrase, "terms",
				    stp_list_and(&sheet->words, items, count), NULL));
}

static void add_words(const struct map *map, struct stp_string *out)
{
	struct stp_sheet *sheet = map->sheet;

	stp_add(out, "<title id=\"stipple-map\">");
	stp_add_escaped(out, stp_capital(&sheet->words, SAY(sheet, map_title, NULL)));
	stp_add(out, "</title><desc id=\"stipple-map-words\">");
	stp_add_escaped(out,
			stp_join(&sheet->words, words_of(map, false, STP_PHRASE_treatment_zones),
				 words_of(map, true, STP_PHRASE_treatment_never)));
	stp_add(out, "</desc>");
}

static bool has_crosses(const struct map *map)
{
	const struct stp_protocol *protocol = map->sheet->protocol;

	for (size_t i = 0; i < protocol->zone_count; i++)
		if (protocol->zones[i].never)
			return true;
	return false;
}

static void add_caption(const struct map *map, struct stp_string *out)
{
	struct stp_sheet *sheet = map->sheet;
	const char *caption =
		stp_sentence(&sheet->words, has_crosses(map) ? SAY(sheet, map_caption, NULL)
							     : SAY(sheet, map_dark, NULL));

	if (map->depths)
		caption = stp_join(&sheet->words, caption,
				   stp_sentence(&sheet->words, SAY(sheet, card_map_caption, NULL)));
	stp_add(out, "</svg>\n<figcaption>");
	stp_add_escaped(out, caption);
	stp_add(out, "</figcaption>\n</figure>");
}

/* ---- the drawing ---- */

static void add_tenths(struct stp_string *out, int64_t tenths, const char *behind)
{
	stp_addf(out, "%s%" PRId64 ".%d%s", tenths < 0 ? "-" : "",
		 (tenths < 0 ? -tenths : tenths) / TENTHS,
		 (int)((tenths < 0 ? -tenths : tenths) % TENTHS), behind);
}

static void add_frame(const struct map *map, struct stp_string *out)
{
	const struct box *frame = &map->frame;

	stp_add(out, "<figure>\n<svg class=\"map\" viewBox=\"");
	add_tenths(out, frame->left - AIR, " ");
	add_tenths(out, frame->top - AIR, " ");
	add_tenths(out, frame->right - frame->left + 2 * AIR, " ");
	add_tenths(out, frame->bottom - frame->top + 2 * AIR, "");
	stp_add(out, "\" role=\"img\" aria-labelledby=\"stipple-map stipple-map-words\">");
}

void stp_add_map(struct stp_sheet *sheet, bool depths)
{
	struct map map = { .sheet = sheet,
			   .frame = { FAR * TENTHS, FAR * TENTHS, -FAR * TENTHS, -FAR * TENTHS },
			   .depths = depths };
	struct stp_string out;

	if ((sheet->options->format != STP_HTML && sheet->options->format != STP_FRAGMENT) ||
	    !can_be_drawn(&map))
		return;
	stp_string_init(&out, sheet->context);
	add_frame(&map, &out);
	add_words(&map, &out);
	add_surroundings(&map, &out);
	for (size_t i = 0; i < sheet->protocol->zone_count; i++)
		add_zone(&map, &out, &sheet->protocol->zones[i]);
	add_caption(&map, &out);
	stp_figure(&sheet->document, out.text);
}
