#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# tools/promises.sh [FOLDER]
#
# The trace of the device runtime: each promise of docs/device.md, where a public header makes it, and
# the tests that hold it, each with its file and line. Ends with 1 when a promise stands in no header
# or has no test, when a test that is named is not there or not the only one of its name, or when a
# header names another promise.
set -eu
cd "${1-$(dirname "$0")/..}"
export LC_ALL=C

# "R1 runtime/…/runtime.h:193 stipple_open": a promise, and what its comment stands before.
in_headers() {
	awk '
		FNR == 1 { comment = "" }
		/^\t*\/\*/ { comment = ""; inside = 1 }
		inside { comment = comment " " $0 }
		/\*\// { inside = 0; next }
		inside || comment == "" || NF == 0 { next }
		{
			name = "all of it"
			if (match($0, /stipple_[a-z_]+\(/) ||
			    match($0, /struct stipple_[a-z_]+|\*[a-z]+\)/))
				name = substr($0, RSTART, RLENGTH)
			gsub(/[*()]/, "", name)
			while (match(comment, /[( ]R[0-9]+/)) {
				print substr(comment, RSTART + 1, RLENGTH - 1), FILENAME ":" FNR, name
				comment = substr(comment, RSTART + RLENGTH)
			}
			comment = ""
		}' runtime/include/stipple/*.h
}

# $1 a test: "tests/unit/test_runtime.c:300 NAME", or nothing; a line for each of that name.
where_is() {
	case $1 in
	test_*) grep -nE "(CASE|TEST|cmocka_unit_test)\($1\)|\($1," tests/unit/test_*.c |
		sed "s/^\([^:]*:[0-9]*\):.*/\1 $1/" ;;
	*) [ -f "$1" ] && echo "$1" ;;
	esac
}

wrong=0
complain() {
	echo "$1" >&2
	wrong=1
}

headers=$(in_headers)
promises=$(grep '^| R[0-9]* |' docs/device.md)
for number in $(echo "$promises" | awk '{ print $2 }'); do
	row=$(echo "$promises" | grep "^| $number |")
	echo "$number  $(echo "$row" | awk -F ' *[|] *' '{ print $3 }')"
	echo "$headers" | grep "^$number " | sed 's/^[^ ]* /    made in /' ||
		complain "$number stands in no header"
	tests=$(echo "$row" | grep -oE '\<test_[a-z_0-9]+|tests/[a-z/_-]+\.[a-z]+' | sort -u)
	[ -n "$tests" ] || complain "$number has no test"
	for test in $tests; do
		found=$(where_is "$test")
		[ -n "$found" ] && echo "    held by $found" || complain "$number: there is no $test"
		[ "$(echo "$found" | wc -l)" = 1 ] || complain "$number: several tests are called $test"
	done
done
for number in $(echo "$headers" | awk '{ print $1 }' | sort -u); do
	echo "$promises" | grep -q "^| $number |" || complain "a header names $number, the guide does not"
done
exit $wrong
