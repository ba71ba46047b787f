/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Device tables: the entry points. A model becomes an image, and the image becomes C. What the
 * writer's other files do stands in tables_image.h.
 */
#include "emit/tables.h"

#include <string.h>

#include "emit/tables_image.h"

static int build(struct stp_context *context, const struct stp_model *model,
		 const struct stp_tables_options *options, struct stp_table *table)
{
	const struct stp_span nowhere = { 0, 0, 0 };

	memset(table, 0, sizeof *table);
	table->context = context;
	table->model = model;
	table->options = options;
	if (model->protocol_count == 0) {
		stp_report(context, STP_D_nothing_to_do, nowhere, "there is no protocol here");
		return STP_FAULTS;
	}
	stp_build_table(table);
	if (table->overflow)
		return STP_FAULTS;
	stp_finish_image(table);
	return table->overflow ? STP_FAULTS : STP_DONE;
}

int stp_emit_tables(struct stp_context *context, const struct stp_model *model,
		    const struct stp_tables_options *options, struct stp_string *c,
		    struct stp_string *h)
{
	struct stp_table table;
	int status = build(context, model, options, &table);

	if (status != STP_DONE)
		return status;
	stp_print_table(&table, c);
	return stp_print_header(&table, h) ? STP_DONE : STP_FAULTS;
}

int stp_table_image_with_rows(struct stp_context *context, const struct stp_model *model,
			      const struct stp_tables_options *options, const uint8_t **bytes,
			      size_t *length, struct stp_table_rows *rows)
{
	struct stp_table table;
	int status = build(context, model, options, &table);

	*bytes = table.image;
	*length = table.image_bytes;
	rows->items = table.element_rows;
	rows->count = table.element_row_count;
	return status;
}

int stp_table_image(struct stp_context *context, const struct stp_model *model,
		    const struct stp_tables_options *options, const uint8_t **bytes, size_t *length)
{
	struct stp_table_rows rows;

	return stp_table_image_with_rows(context, model, options, bytes, length, &rows);
}

int stp_fingerprint(struct stp_context *context, const struct stp_model *model,
		    uint8_t fingerprint[STP_FINGERPRINT_BYTES])
{
	static const struct stp_tables_options options = { .name = "table", .header = "table.h" };
	struct stp_table table;
	int status = build(context, model, &options, &table);

	memcpy(fingerprint, table.header.fingerprint, STP_FINGERPRINT_BYTES);
	return status;
}
