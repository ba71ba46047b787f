#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# What the language must be able to say: one small compiled file for each of its 25 needs, NN-name.stip.
# Where a need is a proof, NN-name.refused-why.stip holds what must be refused, and says with which
# message (tests/mistakes/judge.sh).

. "$SRC/tests/lib.sh"
. "$SRC/tests/mistakes/judge.sh"
begin needs
cd "$SRC/tests/needs" || exit 1
mkdir "$WORK/fixed"

for number in 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do
	set -- "$number"-*.stip
	[ -e "$1" ] || not_ok "need $number" "no file"
done

for file in *.stip; do
	case $file in
	*.refused-*.stip)
		why=$(judge "$file")
		if [ -n "$why" ]; then not_ok "${file%.stip}" "$why"; else ok "${file%.stip}"; fi
		;;
	*)
		expect_exit 0 "${file%.stip}" "$STIPPLE" check -W error "$file"
		! grep -q '^test ' "$file" || expect_exit 0 "${file%.stip}: the device" "$STIPPLE" test "$file"
		;;
	esac
done

# Two outputs from one text, for two readers.
expect_exit 0 "23: a sheet for the client" \
	"$STIPPLE" handout 23-two-readers.stip --clinic 22-clinic.stip -o "$WORK"
expect_exit 0 "23: a card for the clinician" "$STIPPLE" card 23-two-readers.stip -o "$WORK"
cat "$WORK"/*handout*.md >"$WORK/sheet" 2>/dev/null
cat "$WORK"/*card*.md >"$WORK/card" 2>/dev/null
expect_text "0.75 mm" "$WORK/card" "23: the clinician reads millimetres"
if grep -q " mm" "$WORK/sheet"; then
	not_ok "23: the client reads none" "$(grep " mm" "$WORK/sheet")"
else
	ok "23: the client reads none"
fi
end
