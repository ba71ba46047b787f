/* SPDX-License-Identifier: Apache-2.0 */
/* The source of an image: its rows, its names, its devices. See decompile.h. */
#include "emit/decompile.h"

#include <string.h>

/* ---- reading the image ---- */

#define READER(section, row)                                                                       \
	struct stipple_##row stp_##section##_at(const struct stp_decompiler *decompiler,           \
						uint32_t number)                                   \
	{                                                                                          \
		struct stipple_##row value;                                                        \
                                                                                                   \
		memcpy(&value,                                                                     \
		       decompiler->image + decompiler->header.section.offset +                     \
			       (size_t)number * sizeof value,                                      \
		       sizeof value);                                                              \
		return value;                                                                      \
	}
STP_DECOMPILED_ROWS(READER)
#undef READER

static uint16_t list_word(const struct stp_decompiler *decompiler, size_t at)
{
	uint16_t word;

	memcpy(&word, decompiler->image + decompiler->header.lists.offset + 2 * at, sizeof word);
	return word;
}

size_t stp_list_length(const struct stp_decompiler *decompiler, uint32_t list)
{
	return list_word(decompiler, list);
}

uint16_t stp_list_entry(const struct stp_decompiler *decompiler, uint32_t list, size_t n)
{
	return list_word(decompiler, (size_t)list + 1 + n);
}

void stp_refuse(struct stp_decompiler *decompiler, const char *what)
{
	if (decompiler->refused == NULL)
		decompiler->refused = what;
}

static const char *text_at(const struct stp_decompiler *decompiler, uint32_t offset)
{
	return (const char *)decompiler->image + decompiler->header.text.offset + offset;
}

/* A text is put into the source as it is, so it must be what the language calls a name. */
const char *stp_name_at(struct stp_decompiler *decompiler, uint32_t offset)
{
	static const char rest[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
	const char *text = text_at(decompiler, offset);

	if (text[0] != '\0' && (text[0] < '0' || text[0] > '9') && text[strspn(text, rest)] == '\0')
		return text;
	stp_refuse(decompiler, "a name that the language does not allow");
	return "";
}

/* ---- what has no row ---- */

/* A name for what protocols treat, of which the pack says nothing. */
static const char *unused_name(struct stp_decompiler *decompiler)
{
	const char *name = "not_in_the_pack";
	const struct stipple_section *text = &decompiler->header.text;

	for (uint32_t at = 0; at < text->count; at += (uint32_t)strlen(text_at(decompiler, at)) + 1)
		if (strncmp(text_at(decompiler, at), name, strlen(name)) == 0) {
			name = stp_format(decompiler->context, "%s_", name);
			at = 0;
		}
	return name;
}

static void find_passes_most(struct stp_decompiler *decompiler)
{
	for (uint32_t i = 0; i < decompiler->header.paces.count; i++) {
		struct stipple_pace_row row = stp_paces_at(decompiler, i);

		if (row.passes_limit_most > decompiler->passes_most)
			decompiler->passes_most = row.passes_limit_most;
	}
}

/* ---- devices ---- */

static void add_cartridges(struct stp_decompiler *decompiler, uint32_t first)
{
	size_t count = stp_list_length(decompiler, first);

	for (size_t i = 1; i <= count; i++)
		stp_addf(decompiler->out, "%s %u", i == 1 ? "\n  needles" : ",",
			 list_word(decompiler, first + i));
}

static void add_device(struct stp_decompiler *decompiler, uint32_t number)
{
	struct stipple_device_row row = stp_devices_at(decompiler, number);
	struct stp_string *out = decompiler->out;

	stp_addf(out, "device %s {\n  modality pen\n  depth ", stp_name_at(decompiler, row.name));
	stp_add_length(decompiler, row.depth_least);
	stp_add(out, " to ");
	stp_add_length(decompiler, row.depth_most);
	if (row.depth_step != 0) {
		stp_add(out, ", step ");
		stp_add_length(decompiler, row.depth_step);
	}
	if (row.depth_tolerance != 0) {
		stp_add(out, ", tolerance ");
		stp_add_length(decompiler, row.depth_tolerance);
	}
	add_cartridges(decompiler, row.cartridge_list);
	if (row.rate_most != 0)
		stp_addf(out, "\n  rate %u to %u rpm", row.rate_least, row.rate_most);
	if (row.rate_step != 0)
		stp_addf(out, ", step %u rpm", row.rate_step);
	if (row.rate_tolerance != 0)
		stp_addf(out, ", tolerance %u rpm", row.rate_tolerance);
	stp_addf(out, "\n  passes to %u\n", decompiler->passes_most);
	stp_decompile_label(decompiler, number);
	stp_add(out, "  cites pack\n}\n");
}

const char *stp_decompile(struct stp_context *context, const uint8_t *image, struct stp_string *out)
{
	struct stp_decompiler decompiler = { .context = context, .image = image, .out = out };

	memcpy(&decompiler.header, image, sizeof decompiler.header);
	if (decompiler.header.languages.count > 0)
		return "the words of a language";
	decompiler.indication = unused_name(&decompiler);
	find_passes_most(&decompiler);
	stp_add(out,
		"# Written from a pack. The pack holds what a device acts on, and names; it holds "
		"no words, no\n# sources, no kinds of devices and terms, and not what is treated. "
		"Those are made up here.\n\nedition 1\n\n"
		"source pack \"the pack\" { grade U }\n");
	stp_decompile_indications(&decompiler);
	stp_decompile_vocabulary(&decompiler);
	for (uint32_t i = 0; i < decompiler.header.devices.count; i++)
		add_device(&decompiler, i);
	for (uint32_t i = 0; i < decompiler.header.protocols.count; i++)
		stp_decompile_protocol(&decompiler, i);
	return decompiler.refused;
}
