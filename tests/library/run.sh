#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The shipped library: every file checks without a word, every treatment makes its sheets, and every
# statement of the four articles is accounted for in docs/seeds.md (UPDATE=1 writes it anew).
. "$SRC/tests/lib.sh"
begin library

here=$SRC/tests/library
protocols=$SRC/protocols

# A file is silent when it is checked as a file and as what the program carries.
checks_in_silence() {
	name=${1##*/}
	expect_exit 0 "check $name" "$STIPPLE" check "$1" || return
	if [ -s "$WORK/out" ] || [ -s "$WORK/err" ]; then
		not_ok "$name is silent" "$(cat "$WORK/out" "$WORK/err")"
	else
		ok "$name is silent"
	fi
}

makes_sheets() {
	name=$(basename "$1" .stip)
	expect_exit 0 "handout of $name" "$STIPPLE" handout "$1" "$here/clinic.stip" \
		--clinic "$here/clinic.stip" -o "$WORK/handouts"
	expect_exit 0 "card of $name" "$STIPPLE" card "$1" -o "$WORK/cards"
}

mkdir -p "$WORK/handouts" "$WORK/cards"
for file in "$protocols"/*.stip; do
	checks_in_silence "$file"
done
for file in $(grep -l '^protocol ' "$protocols"/*.stip); do
	makes_sheets "$file"
done

if awk -v protocols="$protocols" -v handouts="$WORK/handouts" -f "$here/seeds.awk" \
	"$here/seeds.list" >"$WORK/seeds.md" 2>"$WORK/err"; then
	ok "every statement of the articles has its place"
else
	not_ok "every statement of the articles has its place" "$(cat "$WORK/err")"
fi
golden "$SRC/docs/seeds.md" "$WORK/seeds.md"
end
