#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Sheets as other programs read them: four Markdown engines give the tree that was meant, ical.js reads
# the calendars, and axe finds no violation in the pages as headless Chromium shows them.
. "$SRC/tests/lib.sh"
begin engines
cd "$WORK" || exit 1
clinic=$SRC/examples/clinic/clinic.stip
command -v node >/dev/null && command -v npm >/dev/null || { echo "no node and npm"; exit 77; }
npm install --silent --no-audit --no-fund commonmark markdown-it marked showdown ical.js axe-core >npm.log 2>&1 ||
	{ echo "npm cannot install the engines"; exit 77; }

mkdir sheets pages
for protocol in "$SRC"/protocols/*.stip; do
	grep -q '^protocol ' "$protocol" || continue
	name=$(basename "$protocol" .stip)
	for format in md fragment ics; do
		expect_exit 0 "$format of $name" "$STIPPLE" handout "$protocol" --clinic "$clinic" \
			--visit 2026-12-01T10:00 --format $format -o sheets
	done
	expect_exit 0 "pages of $name" "$STIPPLE" handout "$protocol" --clinic "$clinic" --format html -o pages
done
node "$SRC/tests/engines/read.mjs" sheets || failures=$((failures + 1))

if ! command -v chromium >/dev/null; then
	skip "axe" "no chromium"
	end
fi
for page in pages/*.html; do
	name=${page##*/}
	node "$SRC/tests/engines/axe.mjs" "$page" node_modules/axe-core/axe.min.js "axe.$name"
	timeout 120 chromium --headless --no-sandbox --disable-gpu --virtual-time-budget=20000 --dump-dom \
		"file://$PWD/axe.$name" >dom 2>chromium.log
	said=$(sed -n 's/.*<title>\(AXE [^<]*\)<\/title>.*/\1/p' dom | head -n 1)
	case $said in
	"AXE 0 of "[1-9]*) ok "axe on $name" ;;
	*)                 not_ok "axe on $name" "${said:-axe said nothing}" ;;
	esac
done
end
