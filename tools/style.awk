# SPDX-License-Identifier: Apache-2.0
#
# Reads C sources and prints one line for each breach of the house rules ("FILE:LINE: what"), and
# "length N" for each function, which tools/check.sh sums up. Comments and the contents of strings are
# blanked first, so that prose may say what code may not.
#
# A function is what lies between a line that is only "{" and the next line that is only "}": the house
# style puts both at the left margin.

BEGIN {
	max_function = 60
	max_file = 600
	max_columns = 100
	copying = "strcpy|strcat|stpcpy|strncpy|strncat|sprintf|vsprintf|gets|alloca|strtok"
	numbers = "strtod|strtof|strtold|strtol|strtoul|strtoll|strtoull|atof|atoi|atol|atoll|[fs]?scanf"
	locale = "setlocale|localeconv|strcoll|strxfrm|strcasecmp|strncasecmp|toupper|tolower|" \
		"isalpha|isdigit|isalnum|isspace|isupper|islower|ispunct|isprint|isxdigit|iscntrl|isgraph"
	clock = "time|localtime|gmtime|mktime|clock|rand|srand"
	ending = "exit|_exit|_Exit|quick_exit"
	memory = "malloc|calloc|realloc|free|memcpy|memmove|memset|memcmp|strlen|strcmp|printf"
}

function breach(text) {
	printf "%s:%d: %s\n", FILENAME, FNR, text
}

# The line without comments and with empty strings; in_comment lasts from line to line.
function code_of(line,    i, c, two, out, quote) {
	out = ""
	quote = ""
	for (i = 1; i <= length(line); i++) {
		c = substr(line, i, 1)
		two = substr(line, i, 2)
		if (in_comment) {
			if (two == "*/") {
				in_comment = 0
				i++
			}
		} else if (quote != "") {
			if (c == "\\")
				i++
			else if (c == quote) {
				out = out c
				quote = ""
			}
		} else if (two == "/*") {
			in_comment = 1
			i++
		} else {
			if (c == "\"" || c == "'")
				quote = c
			out = out c
		}
	}
	return out
}

function calls(code, names) {
	return code ~ ("(^|[^A-Za-z0-9_.>])(" names ")[ \t]*\\(")
}

function check_columns(line,    i, columns) {
	gsub(/[\200-\277]/, "", line)
	columns = 0
	for (i = 1; i <= length(line); i++)
		columns += substr(line, i, 1) == "\t" ? 8 - columns % 8 : 1
	if (columns > max_columns)
		breach(columns " columns, more than " max_columns)
}

function check_words(code) {
	if (calls(code, copying))
		breach("a function that does not know its target's size")
	if (is_program && calls(code, numbers))
		breach("numbers are parsed by hand, exactly")
	if (is_program && calls(code, locale))
		breach("a function that depends on the locale")
	if (is_program && FILENAME !~ /(^|\/)compiler\/today\.c$/ && calls(code, clock))
		breach("output must not depend on the clock or on chance")
	if (is_program && code ~ /(^|[^A-Za-z0-9_])(float|double)([^A-Za-z0-9_]|$)/)
		breach("no floating point")
	if (is_program && !is_main && calls(code, ending))
		breach("nothing below main.c ends the process")
	if (is_runtime && calls(code, memory))
		breach("the runtime calls no C library")
	if (code ~ /\/\//)
		breach("comments are written /* so */")
}

function check_includes(line) {
	if (is_runtime && line !~ /<(stdint|stddef|stdbool|limits|avr\/pgmspace)\.h>/ &&
	    line !~ /"(stipple\/)?[a-z_]+\.h"|STIPPLE_PORT_FILE/)
		breach("the runtime includes only its own headers and the freestanding ones")
	if (FILENAME ~ /^compiler\/emit\// && line ~ /"syntax\/(tree|syntax|scanner|parser)/)
		breach("a back end never looks at the tree")
	if (FILENAME ~ /^compiler\/check\// && line ~ /<stdio\.h>/)
		breach("a check never prints")
}

function end_file() {
	if (lines > max_file)
		printf "%s: %d lines, more than %d\n", file, lines, max_file
	if (file != "" && !licensed)
		printf "%s:1: no SPDX line\n", file
}

FNR == 1 {
	end_file()
	file = FILENAME
	in_comment = 0
	start = 0
	licensed = 0
	is_runtime = FILENAME ~ /^runtime\//
	is_program = is_runtime || FILENAME ~ /^compiler\//
	is_main = FILENAME == "compiler/main.c"
}

{
	lines = FNR
	if (FNR <= 3 && /SPDX-License-Identifier: Apache-2\.0/)
		licensed = 1
	check_columns($0)
	if (/[ \t]$/)
		breach("blanks at the line's end")
	code = code_of($0)
	check_words(code)
	if (/^#[ \t]*include/)
		check_includes($0)
}

/^\{$/ {
	start = FNR
}

/^\}$/ && start {
	length_of_function = FNR - start + 1
	print "length " length_of_function
	if (length_of_function > max_function)
		breach("the function that ends here has " length_of_function " lines, more than " max_function)
	start = 0
}

END {
	end_file()
}
