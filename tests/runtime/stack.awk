# SPDX-License-Identifier: Apache-2.0
#
# Reads what `gcc -fcallgraph-info=su` writes for every file of the runtime and prints, for each public
# function, the most stack that a call of it can take. Fails when a frame has no bound or a function
# can come to call itself. The host's callback comes on top.

function title(line) {
	match(line, /title: "[^"]*"/)
	return substr(line, RSTART + 8, RLENGTH - 9)
}

/^node:/ && /bytes \(/ {
	name = title($0)
	match($0, /[0-9]+ bytes \([a-z, ]*\)/)
	split(substr($0, RSTART, RLENGTH), part, " ")
	frame[name] = part[1]
	if ($0 !~ /bytes \(static\)/) {
		print "no bound: " name
		failed = 1
	}
}

/^edge:/ {
	match($0, /sourcename: "[^"]*"/)
	from = substr($0, RSTART + 13, RLENGTH - 14)
	match($0, /targetname: "[^"]*"/)
	to = substr($0, RSTART + 13, RLENGTH - 14)
	if (!((from, to) in seen)) {
		seen[from, to] = 1
		calls[from] = calls[from] "\n" to
	}
}

function most(name,    list, count, i, deepest, one) {
	if (name in known)
		return known[name]
	if (name in open) {
		print "calls itself: " name
		failed = 1
		return 0
	}
	open[name] = 1
	deepest = 0
	count = split(calls[name], list, "\n")
	for (i = 2; i <= count; i++) {
		one = most(list[i])
		if (one > deepest)
			deepest = one
	}
	delete open[name]
	return known[name] = frame[name] + deepest
}

END {
	for (name in frame)
		if (name ~ /^stipple_/)
			printf "%5d  %s\n", most(name), name | "sort -k1,1nr -k2"
	close("sort -k1,1nr -k2")
	exit failed
}
