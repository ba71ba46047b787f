/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A table of a sheet: true HTML, whose column heads and row heads have their scope. Markdown has no
 * tables that every program reads, and what fragments are pasted into may know none; there the same
 * facts stand as bullets, which the caller writes.
 */
#include "emit/sheet.h"

bool stp_has_tables(const struct stp_sheet *sheet)
{
	return sheet->options->format == STP_HTML;
}

void stp_table_begin(struct stp_table *table, struct stp_sheet *sheet, size_t columns)
{
	*table = (struct stp_table){ .sheet = sheet, .columns = columns };
	stp_string_init(&table->html, sheet->context);
	stp_add(&table->html, "<table>\n");
}

static void add_cell(struct stp_table *table, const char *open, const char *text, const char *close)
{
	stp_add(&table->html, open);
	stp_add_escaped(&table->html, text);
	stp_add(&table->html, close);
}

void stp_table_heads(struct stp_table *table, const char *const *heads)
{
	stp_add(&table->html, "<thead><tr>");
	for (size_t i = 0; i < table->columns; i++)
		add_cell(table, "<th scope=\"col\">", heads[i], "</th>");
	stp_add(&table->html, "</tr></thead>\n<tbody>\n");
}

void stp_table_row(struct stp_table *table, const char *const *cells)
{
	stp_add(&table->html, "<tr>");
	add_cell(table, "<th scope=\"row\">", cells[0], "</th>");
	for (size_t i = 1; i < table->columns; i++)
		add_cell(table, "<td>", cells[i] ? cells[i] : "", "</td>");
	stp_add(&table->html, "</tr>\n");
}

void stp_table_end(struct stp_table *table)
{
	stp_add(&table->html, "</tbody>\n</table>");
	stp_figure(&table->sheet->document, table->html.text);
}
