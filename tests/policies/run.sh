#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Policies, overrides and a course for some clients: small files, each of which says on its first line what
# must be printed for it (tests/mistakes/judge.sh); then the shipped baseline. Every treatment of the library
# passes it without a warning, and every line of it is needed: a treatment that lacks what the line asks for
# is refused.
. "$SRC/tests/lib.sh"
. "$SRC/tests/mistakes/judge.sh"
begin policies
cd "$SRC/tests/policies" || exit 1
mkdir "$WORK/fixed"

for file in *.stip; do
	why=$(judge "$file")
	if [ -z "$why" ]; then
		ok "${file%.stip}"
	else
		not_ok "${file%.stip}" "$why"
	fi
done

passes_baseline() {
	name=$(basename "$1" .stip)
	expect_exit 0 "$name passes the baseline" "$STIPPLE" check -W error=uncited "$1" \
		--policy std/policies/baseline || return
	if grep -E '(error|warning): ' "$WORK/err"; then
		not_ok "$name has no warning under the baseline"
	fi
	expect_exit 0 "card of $name" "$STIPPLE" card "$1" --policy std/policies/baseline -o -
	expect_text "House rules in force: safe baseline" "$WORK/out" "the card of $name names the baseline"
}

for file in $(grep -l '^protocol ' "$SRC"/protocols/*.stip); do
	passes_baseline "$file"
done

# A treatment that says next to nothing lacks all that the baseline requires: each line is named.
grep -n -E '^ +require ' "$SRC/protocols/policies/baseline.stip" | cut -d: -f1 >"$WORK/required"
"$STIPPLE" check --diagnostics=json parts/bare.stip --policy std/policies/baseline >"$WORK/json" 2>"$WORK/err"
grep -o '"file":"std/policies/baseline"[^}]*' "$WORK/json" | sed 's/.*"line":\([0-9]*\),.*/\1/' |
	sort -n -u >"$WORK/named"
if [ -s "$WORK/required" ] && cmp -s "$WORK/required" "$WORK/named"; then
	ok "each requirement of the baseline fires"
else
	not_ok "each requirement of the baseline fires" "$(diff "$WORK/required" "$WORK/named")"
fi

# Its limits, where a treatment goes further.
"$STIPPLE" card parts/bare.stip --policy parts/limits.stip -o - >"$WORK/card" 2>"$WORK/err"
while read -r line; do
	expect_text "$line" "$WORK/card" "the card says: $line"
done <parts/limits.card

# Many rules over many protocols are a fault of their own, and no day's work.
awk 'BEGIN {
	print "edition 1\nimport \"library\"\npolicy house {"
	for (i = 0; i < 20000; i++) print "require exclude pregnancy"
	print "}"
	for (i = 0; i < 10000; i++) printf "protocol p%d { device pen_25; zone nose { depth 0.5 mm } }\n", i
}' >"$WORK/many.stip"
expect_exit 1 "many house rules" "$STIPPLE" check "$WORK/many.stip" -I parts
expect_text "these are more house rules over more protocols than can be held" "$WORK/err" "and it is said"

# What --policy cannot read.
expect_exit 3 "a policy that is not there" "$STIPPLE" check parts/bare.stip --policy parts/nothing.stip
expect_exit 2 "a policy without its file" "$STIPPLE" check parts/bare.stip --policy
expect_exit 0 "the examples of policies" "$STIPPLE" check "$SRC/examples/policies/roles.stip"
expect_exit 1 "an example of a policy is not met" "$STIPPLE" check "$SRC/protocols/acne_scars.stip" \
	--policy "$SRC/examples/policies/roles.stip"
expect_exit 0 "an example of a policy is met" "$STIPPLE" check "$SRC/protocols/stretch_marks.stip" \
	--policy "$SRC/examples/policies/roles.stip"
end
