# SPDX-License-Identifier: Apache-2.0
#
# Compares what a document shows (first file) with what a command printed (second file). A line "..."
# stands for any lines. Ends with 1, after one line that says where, when they differ.

FNR == NR {
	shown[++count] = $0
	next
}

{ printed[++have] = $0 }

# Whether shown[i..] matches printed[j..]. Gaps are tried shortest first.
function match_from(i, j) {
	for (; i <= count && shown[i] != "..."; i++) {
		if (j > have || shown[i] != printed[j]) {
			if (i >= furthest) {
				furthest = i
				differs = j <= have ? printed[j] : "(nothing more)"
			}
			return 0
		}
		j++
	}
	if (i > count)
		return j > have
	for (; j <= have + 1; j++)
		if (match_from(i + 1, j))
			return 1
	return 0
}

END {
	if (match_from(1, 1))
		exit 0
	if (furthest == 0)
		print "more was printed than is shown"
	else
		printf "shown:   %s\nprinted: %s\n", shown[furthest], differs
	exit 1
}
