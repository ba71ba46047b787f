# SPDX-License-Identifier: Apache-2.0
#
# Puts the lines of a first file into a second one, in place of its line "# HERE". One-line statements
# of the second file are left out when the first file has a statement that begins with the same word,
# so that a piece of a protocol may say what its surroundings say already.

FNR == NR {
	if ($1 ~ /^[a-z_]+$/)
		said[$1] = 1
	piece[++lines] = $0
	next
}

$1 == "#" && $2 == "HERE" {
	for (i = 1; i <= lines; i++)
		print piece[i]
	next
}

($1 in said) && $1 != "import" && !/{$/ { next }

{ print }
