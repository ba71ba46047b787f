# SPDX-License-Identifier: Apache-2.0
#
# Holds a sheet in another language against the same sheet in English. Read in this order: sources.stip,
# whose titles stay as they are; the language's .po; the English sheet; the other one.
#
# Of each text that is in the English sheet the translation must be in the other, and the English must
# not. Numbers must be the same ones. Prints what is wrong.

FNR == 1 { part++ }

function unquoted(text) {
	gsub(/^"|"$/, "", text)
	gsub(/\\n/, "\n", text)
	gsub(/\\"/, "\"", text)
	return text
}

# Sentences begin with a capital, so a text counts from its second character on.
function rest(text) {
	if (text ~ /^[\300-\337]/) return substr(text, 3)
	if (text ~ /^[\340-\357]/) return substr(text, 4)
	return substr(text, 2)
}

function add_pair(english, text,    i, lines, others, count) {
	count = split(english, lines, "\n")
	split(text, others, "\n")
	for (i = 1; i <= count; i++) {
		sub(/^- /, "", lines[i])
		sub(/^- /, "", others[i])
		if (length(lines[i]) > 3 && index(lines[i], "{") == 0) {
			pairs[++pair_count] = lines[i]
			pair_of[pair_count] = others[i]
			translations = translations "\n" tolower(others[i])
		}
	}
}

function end_entry() {
	if (msgid != "" && context !~ /^phrase /) add_pair(msgid, msgstr)
	context = msgid = msgstr = ""
}

part == 1 && /^source / { title = $0; sub(/^[^"]*"/, "", title); sub(/" \{.*/, "", title); titles[++title_count] = title }
part == 2 && /^$/ { end_entry() }
part == 2 && /^msg(ctxt|id|str) / { field = $1; sub(/^[a-z]* /, "") }
part == 2 && /^"/ {
	if (field == "msgctxt") context = context unquoted($0)
	if (field == "msgid") msgid = msgid unquoted($0)
	if (field == "msgstr") msgstr = msgstr unquoted($0)
}
part == 3 { gsub(/\\/, ""); english = english $0 "\n" }
part == 4 { gsub(/\\/, ""); gsub(/\342\201\250|\342\201\251/, ""); other = other $0 "\n" }

function complain(what) {
	print what
	wrong++
}

# Whether the text stands in the sheet as words of its own; its first character may be a capital.
function stands(text, sheet,    at, first, before) {
	first = tolower(substr(text, 1, 1))
	text = rest(text)
	while ((at = index(sheet, text)) > 0) {
		before = at > 2 ? substr(sheet, at - 2, 1) : " "
		if (tolower(substr(sheet, at - 1, 1)) == first && before !~ /[a-zA-Z]/ &&
		    substr(sheet, at + length(text), 1) !~ /[a-z]/)
			return 1
		sheet = substr(sheet, at + length(text))
	}
	return 0
}

# Without the titles, names and addresses of sources and the names of protocols, which are no words.
function words_of(sheet,    i, at) {
	for (i = 1; i <= title_count; i++)
		while ((at = index(sheet, titles[i])) > 0)
			sheet = substr(sheet, 1, at - 1) substr(sheet, at + length(titles[i]))
	gsub(/\(https?:[^ )]*\)/, "", sheet)
	gsub(/[a-z_]+ [0-9]+[.][0-9]+[.][0-9]+/, "", sheet)
	gsub(/[a-z0-9]+_[a-z0-9_]+/, "", sheet)
	return sheet
}

# The numbers of a sheet, each once, in a set; a decimal comma is a point.
function numbers(sheet, set,    digits) {
	gsub(/:00/, "", sheet) # a full hour
	gsub(/[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]+/, "", sheet)
	while (match(sheet, /[0-9]+([.,][0-9]+)?/)) {
		digits = substr(sheet, RSTART, RLENGTH)
		sub(/,/, ".", digits)
		set[digits] = 1
		sheet = substr(sheet, RSTART + RLENGTH)
	}
}

END {
	english = words_of(english)
	other = words_of(other)
	lower = tolower(other)
	for (i = 1; i <= pair_count; i++) {
		if (!stands(pairs[i], english)) continue
		# A short text may stand in English as a part of a longer one.
		if (length(pairs[i]) > 24) {
			compared++
			if (index(other, rest(pair_of[i])) == 0)
				complain("missing: \"" pairs[i] "\" as \"" pair_of[i] "\"")
		}
		if (tolower(pairs[i]) != tolower(pair_of[i]) && index(translations, tolower(pairs[i])) == 0 &&
		    stands(tolower(pairs[i]), lower))
			complain("left in English: \"" pairs[i] "\"")
	}
	numbers(english, in_english)
	numbers(other, in_other)
	# Arabic says one and two of a thing without a numeral.
	for (number in in_english)
		if (!(number in in_other) && !(language == "ar" && number <= 2)) complain("number missing: " number)
	for (number in in_other)
		if (!(number in in_english)) complain("number added: " number)
	if (compared < least) complain("only " compared " texts compared")
	exit wrong > 0
}
