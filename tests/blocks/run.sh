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

expect_exit 0 "one protocol's tests" "$STIPPLE" test passing.stip --protocol small
expect_exit 1 "a file without tests" "$STIPPLE" test small.stip
expect_text "holds no test" "$WORK/err" "a file without tests: said so"
expect_exit 1 "names and units that are wrong" "$STIPPLE" test faulty.stip
golden "$here/faulty.golden" "$WORK/err"

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
