#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The shipped library: no file of it has an error or a warning (that a value is a proposal is a note),
# every treatment makes its sheets and tables and allows the depths in limits.list, every source is
# cited, and every statement of the four articles is accounted for in docs/seeds.md, with the sentence
# of the handout where a client reads it (UPDATE=1 writes that file anew).
. "$SRC/tests/lib.sh"
begin library

here=$SRC/tests/library
protocols=$SRC/protocols
handouts=$WORK/handouts

checks_clean() {
	name=${1##*/}
	expect_exit 0 "check $name" "$STIPPLE" check "$1" || return
	if grep -E '(error|warning): ' "$WORK/out" "$WORK/err"; then
		not_ok "$name has no warning"
	else
		ok "$name has no warning"
	fi
}

makes_outputs() {
	name=$(basename "$1" .stip)
	expect_exit 0 "handout of $name" "$STIPPLE" handout "$1" --clinic "$here/clinic.stip" \
		-o "$handouts"
	expect_exit 0 "card of $name" "$STIPPLE" card "$1" -o "$WORK/cards"
	expect_exit 0 "tables of $name" "$STIPPLE" tables "$1" -o "$WORK/tables/$name"
}

# The names of the sources that the files declare, and of those that they cite, sorted.
declared() {
	sed -n 's/^source \([a-z0-9_]*\) .*/\1/p' "$protocols/sources.stip" | sort -u
}

cited() {
	sed -e 's/^ *#.*//' -e ':join' -e '/,$/{N;s/\n *//;b join' -e '}' "$protocols"/*.stip |
		grep -o -E '(cites|but) [a-z0-9_]+(, ?[a-z0-9_]+)*' |
		sed -e 's/^[a-z]* //' -e 's/, */\n/g' | sort -u
}

# What `why` says in one line: "never", or range and limit as in limits.list.
in_brief() {
	awk '/^  never(: |, for this client$)/ { print "never"; exit }
		/^  recommended / { range = $2 == $5 ? $2 : $2 "-" $5 }
		/^  hard limit / { print range, $6; exit }'
}

# One line of limits.list: protocol, zone, skin type, session, last reaction; then what is allowed.
allows() {
	given=skin_type=$3,session=$4
	[ "$5" = - ] || given=$given,prior_reaction=$5
	allowed=$("$STIPPLE" why "$protocols/$1.stip" "$2" depth --given "$given" 2>/dev/null | in_brief)
	if [ "$allowed" = "$6" ]; then
		ok "depth of $2 in $1, $given: $6"
	else
		not_ok "depth of $2 in $1, $given: $6" "it is $allowed"
	fi
}

mkdir -p "$handouts" "$WORK/cards" "$WORK/tables"
for file in "$protocols"/*.stip; do
	checks_clean "$file"
done
for file in $(grep -l '^protocol ' "$protocols"/*.stip); do
	makes_outputs "$file"
done

sed -e '/^#/d' -e '/^$/d' "$here/limits.list" >"$WORK/limits"
while read -r protocol zone skin session reaction depths; do
	allows "$protocol" "$zone" "$skin" "$session" "$reaction" "$depths"
done <"$WORK/limits"

declared >"$WORK/declared"
cited >"$WORK/cited"
idle=$(comm -23 "$WORK/declared" "$WORK/cited")
if [ -z "$idle" ]; then
	ok "every source is cited"
else
	not_ok "every source is cited" "$idle"
fi

if awk -v protocols="$protocols" -v handouts="$handouts" -f "$here/seeds.awk" \
	"$here/seeds.list" >"$WORK/seeds.md" 2>"$WORK/err"; then
	ok "every statement of the articles has its place"
else
	not_ok "every statement of the articles has its place" "$(cat "$WORK/err")"
fi
golden "$SRC/docs/seeds.md" "$WORK/seeds.md"
end
