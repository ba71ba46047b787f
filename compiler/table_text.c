/* SPDX-License-Identifier: Apache-2.0 */
/* The languages of --text: whose labels and questions go into the tables. */
#include "emit/tables.h"
#include "program.h"

bool stp_read_table_text(struct stp_context *context, const struct stp_model *model,
			 const struct stp_arguments *arguments, struct stp_tables_options *options)
{
	const char *list = arguments->values[STP_O_TEXT];
	const char **languages;

	if (list == NULL)
		return true;
	options->language_count = stp_split_languages(context, list, &languages);
	options->languages = languages;
	for (size_t i = 0; i < options->language_count; i++)
		if (stp_find_language(context, model, languages[i]) == NULL)
			return false;
	return true;
}
