/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of text; see text.h. */
#include "text.h"

#include "console.h"

void text_clear(struct text *text)
{
	text->length = 0;
	text->bytes[0] = '\0';
}

static void add_byte(struct text *text, char byte)
{
	if (text->length + 1u < sizeof text->bytes)
		text->bytes[text->length++] = byte;
	text->bytes[text->length] = '\0';
}

void text_add(struct text *text, const char *from)
{
	while (*from != '\0')
		add_byte(text, *from++);
}

void text_add_number(struct text *text, uint32_t number)
{
	char digits[10];
	uint32_t count = 0;

	do {
		digits[count++] = (char)('0' + number % 10u);
		number /= 10u;
	} while (number != 0);
	while (count != 0)
		add_byte(text, digits[--count]);
}

static void add_two_digits(struct text *text, uint32_t number)
{
	add_byte(text, (char)('0' + number / 10u % 10u));
	add_byte(text, (char)('0' + number % 10u));
}

void text_add_mm(struct text *text, uint32_t um)
{
	text_add_number(text, um / 1000u);
	add_byte(text, '.');
	add_two_digits(text, um % 1000u / 10u);
	if (um % 10u != 0)
		add_byte(text, (char)('0' + um % 10u));
	text_add(text, " mm");
}

void text_add_name(struct text *text, const char *name)
{
	for (; *name != '\0'; name++)
		add_byte(text, *name == '_' ? ' ' : *name);
}

/* Days since 1970 as a date of the Gregorian calendar: years counted from 1 March of year 0. */
void text_add_date(struct text *text, uint32_t wall)
{
	uint32_t days = wall / 86400u + 719468u;
	uint32_t era = days / 146097u;
	uint32_t of_era = days % 146097u;
	uint32_t year = (of_era - of_era / 1460u + of_era / 36524u - of_era / 146096u) / 365u;
	uint32_t of_year = of_era - (365u * year + year / 4u - year / 100u);
	uint32_t month = (5u * of_year + 2u) / 153u; /* 0 is March */

	text_add_number(text, era * 400u + year + (month >= 10u));
	add_byte(text, '-');
	add_two_digits(text, month < 10u ? month + 3u : month - 9u);
	add_byte(text, '-');
	add_two_digits(text, of_year - (153u * month + 2u) / 5u + 1u);
	add_byte(text, ' ');
	add_two_digits(text, wall / 3600u % 24u);
	add_byte(text, ':');
	add_two_digits(text, wall / 60u % 60u);
}

void text_pad(struct text *text, uint32_t column)
{
	do
		add_byte(text, ' ');
	while (text->length < column);
}

void text_write(struct text *text)
{
	while (text->length != 0 && text->bytes[text->length - 1u] == ' ')
		text->bytes[--text->length] = '\0';
	console_write(text->bytes);
	console_write("\n");
	text_clear(text);
}

int text_equal(const char *one, const char *two)
{
	while (*one != '\0' && *one == *two) {
		one++;
		two++;
	}
	return *one == *two;
}
