#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# `test` blocks: every kind of expectation met and not met, what is said of it, what coverage counts; and
# the tests of the shipped treatments, which touch every `when`, every screening rule and every zone.
. "$SRC/tests/lib.sh"
begin blocks
here=$SRC/tests/blocks
cd "$here" || exit 1

expect_exit 0 "expectations that are met" "$STIPPLE" test passing.stip --coverage
golden "$here/passing.golden" "$WORK/out"
expect_exit 1 "expectations that are not met" "$STIPPLE" test failing.stip --coverage
golden "$here/failing.golden" "$WORK/out"
if grep '^ok ' "$WORK/out"; then
	not_ok "every test of failing.stip fails"
else
	ok "every test of failing.stip fails"
fi

expect_exit 1 "times between sessions" "$STIPPLE" test apart.stip --coverage
golden "$here/apart.golden" "$WORK/out"
if grep -e '^ok .*FAILS' -e '^FAILED [^ ]*: [^F]' "$WORK/out"; then
	not_ok "those fail that should"
else
	ok "those fail that should"
fi

expect_exit 0 "policies, and a protocol that extends another" \
	"$STIPPLE" test house.stip --policy policy.stip --coverage
golden "$here/house.golden" "$WORK/out"
expect_exit 1 "a test that rests on a policy which is not in force" "$STIPPLE" test house.stip
expect_exit 0 "one protocol's tests" "$STIPPLE" test passing.stip --protocol small
expect_exit 1 "a file without tests" "$STIPPLE" test small.stip
expect_text "holds no test" "$WORK/err" "a file without tests: said so"
expect_exit 1 "names and units that are wrong" "$STIPPLE" test faulty.stip
golden "$here/faulty.golden" "$WORK/err"

expect_exit 0 "a protocol read back" "$STIPPLE" read small.stip
golden "$here/small.read.golden" "$WORK/out"
expect_exit 0 "a protocol read back for a visit" "$STIPPLE" read small.stip --visit 2026-12-01T10:00
golden "$here/small.visit.golden" "$WORK/out"

expect_exit 0 "policies read back" "$STIPPLE" read small.stip --policy rules.stip
grep '^rules\.stip' "$WORK/out" >"$WORK/rules"
golden "$here/rules.read.golden" "$WORK/rules"
expect_exit 0 "no policy read back" "$STIPPLE" read small.stip
if grep -q -i policy "$WORK/out"; then not_ok "nothing is read of none"; else ok "nothing is read of none"; fi

# Where a policy stops lower than a statement, what is read of the statement is the policy's limit.
sed -e 's/0\.5 to 1\.0 mm/0.5 to 0.75 mm/' -e '/^  zone eyelids/d' -e 's/^  zone cheeks {/  zone cheeks, eyelids {/' \
	small.stip >"$WORK/both.stip"
printf '%s\n' 'edition 1' 'import "both"' 'policy house "House rules" {' '  limit depth to 1.1 mm  cites study' \
	'  where zone cheeks { limit passes to 2  cites study }' '}' >"$WORK/strict.stip"
expect_exit 0 "a protocol read back under a policy" "$STIPPLE" read "$WORK/both.stip" --policy "$WORK/strict.stip"
expect_text "; may go to 1 mm with a reason; the device refuses beyond 1 mm, by the policy house." "$WORK/out" \
	"it stops where the policy does, as the device can set it"
expect_text "passes 2 to 3; in some of these zones the policy house stops at 2." "$WORK/out" "in some zones alone"
expect_exit 2 "a visit that is none" "$STIPPLE" read small.stip --visit tomorrow
for file in $(grep -l '^protocol ' "$SRC"/protocols/*.stip); do
	expect_exit 0 "read $(basename "$file")" "$STIPPLE" read "$file"
done

for format in md csv json; do
	expect_exit 0 "a trace as $format" "$STIPPLE" trace small.stip --format $format -o "$WORK"
done
golden "$here/small.trace.md" "$WORK/small.trace.md"
golden "$here/small.trace.json" "$WORK/small.trace.json"
expect_exit 2 "a trace in another form" "$STIPPLE" trace small.stip --format html -o -
expect_exit 0 "a trace with a policy" "$STIPPLE" trace house.stip --policy policy.stip \
	--protocol smaller -o "$WORK"
expect_text "Cheeks, by the policy house: depth at most 0.75 mm" "$WORK/smaller.trace.md" \
	"a trace leads to the policy"
rows=$(wc -l <"$WORK/small.trace.csv")
if [ "$rows" = "$(($(grep -c '"line":' "$WORK/small.trace.json") + 1))" ]; then
	ok "as many lines of CSV as statements"
else
	not_ok "as many lines of CSV as statements" "$rows lines"
fi
sed 's/  cites study }$/ }/' small.stip >"$WORK/unsourced.stip"
expect_exit 0 "a trace without all sources" "$STIPPLE" trace "$WORK/unsourced.stip" -o "$WORK"
expect_text "Numbers without a source: 3" "$WORK/small.trace.md" "numbers without a source are counted"

# The rows of a trace are those of the tables: the C names the place of each row's first statement.
# rows_agree PROTOCOL
rows_agree() {
	(cd "$SRC" && "$STIPPLE" tables "protocols/$1.stip" -o "$WORK/$1" &&
		"$STIPPLE" trace "protocols/$1.stip" --format json -o "$WORK") >/dev/null 2>&1
	awk '/---- [a-z]+: [0-9]+ rows/ { section = $3; sub(":", "", section) }
		(section == "screenings" || section == "windows" || section == "courses") &&
		$1 == "/*" && $3 ~ /:[0-9]+$/ { print section, $2, $3 }' "$WORK/$1.c" >"$WORK/$1.rows"
	while read -r section row place; do
		grep -F "\"line\":${place##*:}," "$WORK/$1.trace.json" |
			grep -q -F "{\"section\":\"$section\",\"row\":$row}" ||
			not_ok "row $row of $section in $1" "the trace does not lead to $place"
	done <"$WORK/$1.rows"
	if [ "$(wc -l <"$WORK/$1.rows")" -gt 100 ]; then
		ok "the rows of $1 are those of its tables"
	else
		not_ok "the rows of $1 are those of its tables" "too few were compared"
	fi
}
rows_agree acne_scars
rows_agree surgical_scars

# Wherever a limit moves, a test of the library fails: each of these edits is one that tests must see.
# notices NAME PROTOCOL OLD NEW
notices() {
	sed "s/$3/$4/" "$SRC/protocols/$2.stip" >"$WORK/$2.stip"
	if cmp -s "$WORK/$2.stip" "$SRC/protocols/$2.stip"; then
		not_ok "$1 is noticed" "the edit changes nothing"
	else
		expect_exit 1 "$1 is noticed" "$STIPPLE" test "$WORK/$2.stip"
		expect_text "FAILED" "$WORK/out" "$1: said which test"
	fi
}
notices "a limit that moved" acne_scars 'zone forehead { depth 0.25 to 0.75 mm' \
	'zone forehead { depth 0.25 to 0.5 mm'
notices "a rule for darker skin that is gone" acne_scars 'when skin_type V to VI' 'when skin_type V'
notices "an exclusion made a caution" scalp 'exclude bleeding_disorder' 'caution bleeding_disorder'
notices "a clearance by another role" neck_lines 'clear diabetes with doctor' 'clear diabetes with nurse'

for file in $(grep -l '^protocol ' "$SRC"/protocols/*.stip); do
	name=$(basename "$file" .stip)
	expect_exit 0 "tests of $name" "$STIPPLE" test "$file" --coverage
	if grep 'not covered' "$WORK/out"; then
		not_ok "tests of $name touch all of it"
	else
		ok "tests of $name touch all of it"
	fi
done
end
