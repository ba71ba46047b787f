# SPDX-License-Identifier: Apache-2.0
#
# awk -v to=FOLDER -f examples.awk DOCUMENT.md
#
# Takes the fenced boxes of a document apart: box N goes to FOLDER/N, and a line "N LINE WORDS..." is
# printed for it, where WORDS are what stands after the three backquotes. tests/docs/run.sh says what
# they mean.

/^```/ {
	if (inside) {
		close(to "/" number)
		inside = 0
		next
	}
	inside = 1
	number++
	print number, FNR, substr($0, 4)
	printf "" >(to "/" number)
	next
}

inside { print >(to "/" number) }

END {
	if (inside)
		print number, FNR, "unclosed"
}
