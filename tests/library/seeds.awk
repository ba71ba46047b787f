# SPDX-License-Identifier: Apache-2.0
#
# Makes docs/seeds.md from seeds.list: finds the line of protocols/ that carries each statement and the
# sentence of the handout where a client reads it. Anything that is not found goes to standard error as
# "seeds: …", and the end is then 1. Variables: protocols, handouts (folder of the made sheets; may be empty).

BEGIN {
	print "# The four articles, accounted for"
	print ""
	print "Made by tests/library/seeds.awk from tests/library/seeds.list; do not edit. The library started from"
	print "four articles for the public. Each of their statements stands here with the line of `protocols/`"
	print "that carries it, or with the reason why it was left out. The figures in brackets are the articles:"
	print "0 *The Nitty-Gritty on Microneedling and Your Skin*, 1 *What Is Microneedling And How Does It Work"
	print "For Skin Rejuvenation?*, 2 the guide in four parts, 3 *Introduction to Microneedling*."
}

function fault(text) {
	print "seeds: " text > "/dev/stderr"
	faults++
}

# The number of the first line of the file that holds the text; 0: none.
function find(file, text,    line, number) {
	number = 0
	while ((getline line < file) > 0) {
		number++
		if (index(line, text) > 0) {
			close(file)
			return number
		}
	}
	close(file)
	return 0
}

function place(value,    colon, file, text, number) {
	colon = index(value, ": ")
	file = substr(value, 1, colon - 1)
	text = substr(value, colon + 2)
	number = find(protocols "/" file, text)
	if (number == 0)
		fault(item ": no line of " file " says: " text)
	printf "   - line: [%s, line %d](../protocols/%s#L%d): `%s`\n", file, number, file, number, text
	placed++
}

function reading(value,    colon, name, text) {
	colon = index(value, ": ")
	name = substr(value, 1, colon - 1)
	text = substr(value, colon + 2)
	if (handouts != "" && find(handouts "/" name ".handout.en.md", text) == 0)
		fault(item ": the handout of " name " does not say: " text)
	printf "   - a client reads (%s): \"%s\"\n", name, text
	read++
}

function finish() {
	if (item > 0 && placed == 0)
		fault(item ": it is neither carried by a line nor left out")
	if (item > 0 && read == 0)
		fault(item ": no client reads it, and nothing says why")
}

/^# (What|Where|Visits|Numbing|Before|After|For)/ && started {
	printf "\n## %s\n\n", substr($0, 3)
	next
}
/^#/ || /^$/ {
	if (/^$/)
		started = 1
	next
}
/^[0-9]+$/ {
	finish()
	if ($1 != item + 1)
		fault("after " item " comes " $1)
	item = $1
	placed = read = 0
	next
}
{
	word = $1
	value = $0
	sub(/^[a-z]+ +/, "", value)
}
word == "says" { printf "%d. %s\n", item, value; next }
word == "line" { place(value); next }
word == "reads" { reading(value); next }
word == "chosen" { printf "   - chosen: %s\n", value; next }
word == "left" { printf "   - left out: %s\n", value; placed++; read++; next }
word == "unread" { printf "   - no client reads it: %s\n", value; read++; next }
{ fault("a line begins with " word) }

END {
	finish()
	if (item != 75)
		fault("there are " item " statements, the checklist has 75")
	exit faults > 0
}
