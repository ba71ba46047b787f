/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What stands around a document: the front matter of Markdown, and the frame of HTML. That is one
 * file that asks nothing of any network, made to be printed: 12 point and more (18 in large print,
 * 9 on a card), left aligned, no italics, dark on light; what belongs together stays on one page,
 * and each page says which version it is. The content security policy keeps it that way whatever a
 * text holds.
 */
#include "emit/sheet.h"

#include <string.h>

static const char style[] =
	"body{line-height:1.4;font-family:sans-serif;color:#111;background:#fff;max-width:42em;"
	"margin:0 auto;padding:1em;text-align:start;overflow-wrap:anywhere}"
	"h1{font-size:1.7em;line-height:1.25}"
	"h2{font-size:1.3em;margin-top:1.3em;border-bottom:2px solid #555}"
	"h3{font-size:1.1em;margin-bottom:.3em}"
	"h4{margin:.8em 0 .3em}"
	"h1,h2,h3,h4,h2+p,h3+p,h4+p{break-after:avoid}"
	"li,p,blockquote{break-inside:avoid}"
	"ul{margin-top:.3em;padding-inline-start:1.4em;break-inside:avoid}"
	"li{margin-bottom:.25em}"
	"em{font-style:normal;font-weight:bold}"
	"a{color:#004a99}"
	"blockquote{margin:1em 0;padding:.6em 1em;border:3px solid #8a1c00;font-weight:bold}"
	"blockquote p{margin:0}"
	"figure{margin:1em 0;break-inside:avoid}"
	"svg.map{height:16em;width:auto;max-width:100%}.card svg.map{height:auto}"
	"svg{width:100%;height:auto;font:16px sans-serif}"
	"figcaption{margin-top:.3em}"
	"table{border-collapse:collapse;width:100%;margin:.5em 0}"
	"th,td{border:1px solid #555;padding:.3em .6em;text-align:start;vertical-align:top;"
	"overflow-wrap:break-word}"
	"tr{break-inside:avoid}"
	".checklist li{list-style:none;text-indent:-1.2em}"
	/* A card is for a clinician at work: close, in columns, its drawing beside the list. */
	".card{max-width:60em;line-height:1.3}"
	".card h2{margin-top:.8em}.card h3,.card h4{margin:.5em 0 .2em}"
	".card ul{break-inside:auto;columns:22em 2;column-gap:2em;margin-bottom:.3em}"
	".card li{margin-bottom:.1em}.card p{margin:.4em 0}"
	/* Its last list, of the sources, has items as long as a column. */
	".card h2:last-of-type~ul li{break-inside:auto}"
	".card th,.card td{padding:.1em .4em}"
	".card table{width:auto}"
	".card figure{width:14em;background:#fff;float:inline-end;"
	"margin-block:.5em;margin-inline:1em 0}"
	"@media(max-width:30em){th,td{overflow-wrap:anywhere}.card figure{float:none}}"
	"@media print{body{max-width:none;padding:0}a{color:inherit;text-decoration:none}}";

#define MERGE_FIELD_MAX 256

/* A brace, or the whole merge field that begins with it; the bytes of text that were taken. */
static size_t add_brace(struct stp_string *out, const char *text)
{
	size_t length = strnlen(text, MERGE_FIELD_MAX);
	size_t field = stp_merge_field_length(text, length);

	if (field > 0)
		stp_add_bytes(out, text, field);
	else
		stp_add(out, stp_opens_template(text, length) ? "&#123;" : "{");
	return field > 0 ? field : 1;
}

void stp_add_escaped(struct stp_string *out, const char *text)
{
	for (size_t taken = 1; *text; text += taken) {
		taken = 1;
		switch (*text) {
		case '&': stp_add(out, "&amp;"); break;
		case '<': stp_add(out, "&lt;"); break;
		case '>': stp_add(out, "&gt;"); break;
		case '"': stp_add(out, "&quot;"); break;
		case '{': taken = add_brace(out, text); break;
		default: stp_add_bytes(out, text, 1);
		}
	}
}

/* The first bytes of a fingerprint tell versions apart. */
#define FINGERPRINT_SHOWN 16

/* At the foot of each page: which version this is, and the number of the page. */
static void add_foot(const struct stp_sheet *sheet, int points, struct stp_string *out)
{
	const struct stp_protocol *protocol = sheet->protocol;
	const char *fingerprint = sheet->options->fingerprint;

	stp_addf(out, "@bottom-left{content:\"%s %u.%u.%u %.*s\";font:%dpt sans-serif}",
		 protocol->name, protocol->version[0], protocol->version[1], protocol->version[2],
		 FINGERPRINT_SHOWN, fingerprint ? fingerprint : "", points);
	stp_addf(out,
		 "@bottom-right{content:counter(page) \"/\" counter(pages);font:%dpt sans-serif}",
		 points);
}

/* The clinic's paper; a card has no clinic and takes what the printer has. */
static const char *paper(const struct stp_sheet *sheet)
{
	const struct stp_clinic *clinic = sheet->options->clinic;

	return clinic && clinic->paper ? clinic->paper : "auto";
}

/* What has no clinic is for the clinician. */
static bool is_card(const struct stp_sheet *sheet)
{
	return sheet->options->clinic == NULL;
}

static const char *class_of(const struct stp_sheet *sheet)
{
	return is_card(sheet) ? "card" : stp_sheet_kind_names[sheet->options->kind];
}

static int points_of(const struct stp_sheet *sheet)
{
	if (is_card(sheet))
		return 9;
	return sheet->options->large_print ? 18 : 12;
}

void stp_page_begin(const struct stp_sheet *sheet, const char *title, struct stp_string *out)
{
	const struct stp_language *language = sheet->options->language;
	int points = points_of(sheet);

	stp_add(out, "<!DOCTYPE html>\n<html lang=\"");
	stp_add_escaped(out, language->name);
	stp_addf(out, "\" dir=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
		 language->right_to_left ? "rtl" : "ltr");
	stp_add(out, "<meta http-equiv=\"Content-Security-Policy\" "
		     "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
		     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		     "<title>");
	stp_add_escaped(out, title);
	stp_addf(out, "</title>\n<style>@page{size:%s;margin:%s;", paper(sheet),
		 is_card(sheet) ? "12mm 12mm 16mm" : "15mm 15mm 18mm");
	add_foot(sheet, points, out);
	stp_addf(out, "}body{font-size:%dpt}%s</style>\n", points, style);
	stp_addf(out, "</head>\n<body class=\"%s\">\n<main>\n", class_of(sheet));
}

void stp_page_end(struct stp_string *out)
{
	stp_add(out, "</main>\n</body>\n</html>\n");
}

/* ---- front matter ---- */

/* A text in double quotes, as YAML reads them. */
static void add_quoted(struct stp_string *out, const char *name, const char *text)
{
	stp_addf(out, "%s: \"", name);
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			stp_add(out, "\\");
		stp_add_bytes(out, text, 1);
	}
	stp_add(out, "\"\n");
}

void stp_front_matter(const struct stp_sheet *sheet, const char *title, struct stp_string *out)
{
	const struct stp_protocol *protocol = sheet->protocol;
	const struct stp_date updated = protocol->updated;

	stp_add(out, "---\n");
	add_quoted(out, "title", title);
	if (updated.year > 0)
		stp_addf(out, "date: %04u-%02u-%02u\n", (unsigned)updated.year,
			 (unsigned)updated.month, (unsigned)updated.day);
	add_quoted(out, "lang", sheet->options->language->name);
	add_quoted(out, "document", stp_sheet_kind_names[sheet->options->kind]);
	add_quoted(out, "protocol", protocol->name);
	stp_addf(out, "version: \"%u.%u.%u\"\n", protocol->version[0], protocol->version[1],
		 protocol->version[2]);
	add_quoted(out, "status", protocol->status == STP_DRAFT ? "draft" : "approved");
	if (sheet->options->fingerprint)
		add_quoted(out, "fingerprint", sheet->options->fingerprint);
	stp_add(out, "---\n\n");
}
