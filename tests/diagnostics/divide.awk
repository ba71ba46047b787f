# SPDX-License-Identifier: Apache-2.0
#
# awk -v out=FOLDER -f divide.awk docs/diagnostics/ST0201.stip
#
# Writes the files of an example below FOLDER/fires and FOLDER/silent, and the command of each to
# FOLDER/fires.command and FOLDER/silent.command. compiler/cmd_explain.c says what divides an example.
# An example that is tested elsewhere gives FOLDER/tested with the place.

function begin_file(name) {
	file = folder "/" name
	parent = file
	sub(/\/[^\/]*$/, "", parent)
	system("mkdir -p '" parent "'")
	printf "" >file
}

/^#> (fires|silent)/ {
	folder = out "/" $2
	command = $0
	sub(/^#> [a-z]+ ?/, "", command)
	print command == "" ? "check example.stip" : command >(folder ".command")
	begin_file("example.stip")
	next
}
/^#> file / {
	begin_file($3)
	next
}
/^#> tested / {
	print $3 >(out "/tested")
	next
}
{
	print >>file
}
