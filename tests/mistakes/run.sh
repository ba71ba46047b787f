#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Mistakes that people make when they write protocols, one a file; judge.sh says how a file says what must
# be printed for it. known-failing names the files for which that does not hold yet; one for which it
# holds again must leave the list.

. "$SRC/tests/lib.sh"
. "$SRC/tests/mistakes/judge.sh"
begin mistakes
cd "$SRC/tests/mistakes" || exit 1
mkdir "$WORK/fixed"
known=0

for file in *.stip; do
	case_name=${file%.stip}
	why=$(judge "$file")
	if grep -q -x -F -e "$case_name" known-failing; then
		if [ -n "$why" ]; then
			known=$((known + 1))
			skip "$case_name" "known: $(echo "$why" | head -n 1)"
		else
			not_ok "$case_name" "it holds: take it off known-failing"
		fi
	elif [ -n "$why" ]; then
		not_ok "$case_name" "$why"
	else
		ok "$case_name"
	fi
done
while read -r case_name; do
	[ -e "$case_name.stip" ] || not_ok "$case_name" "known-failing names a file that is not there"
done <known-failing
echo "# $known known"
end
