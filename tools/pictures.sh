#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# tools/pictures.sh: makes the pictures in docs/pictures anew, as Chromium shows what the program
# writes. Run it after `make` when what they show has changed, and look at them.
set -eu
cd "$(dirname "$0")/.."
stipple=build/stipple
clinic=examples/clinic/clinic.stip
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
command -v chromium >/dev/null || { echo "pictures: install chromium" >&2; exit 1; }
mkdir -p docs/pictures

# show NAME WIDTHxHEIGHT FILE: FILE as a page of that size.
show() {
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size="$(echo "$2" | tr x ,)" \
		--screenshot="$PWD/docs/pictures/$1.png" "file://$3" >"$work/log" 2>&1
	[ -s "docs/pictures/$1.png" ] || { cat "$work/log" >&2; exit 1; }
}

# part FILE HEADING...: the page with nothing but its frame and the sections of these headings.
part() {
	file=$1
	shift
	printf '%s\n' "$@" >"$work/headings"
	awk 'NR == FNR { wanted["<h2>" $0 "</h2>"] = 1; next }
		/^<h[12]>/ { inside = $0 in wanted }
		!begun || inside || /^<\/main>/ { print }
		/^<main>/ { begun = 1 }' "$work/headings" "$file" >"$work/part.html"
}

handout() {
	"$stipple" handout protocols/acne_scars.stip --clinic "$clinic" --visit 2026-12-01T10:00 \
		--format html -o "$work" "$@" 2>"$work/said" || { cat "$work/said" >&2; exit 1; }
}

handout
sheet=$work/acne_scars.handout.en.html
show handout 800x1120 "$sheet"
part "$sheet" "Day by day: do and do not"
show days 800x1360 "$work/part.html"
part "$sheet" "When to get help" "When you can go back to things"
show help 800x1330 "$work/part.html"
show phone 500x900 "$work/acne_scars.aftercare.en.html"
show checklist 800x900 "$work/acne_scars.checklist.en.html"
"$stipple" card protocols/acne_scars.stip --format html -o "$work" 2>/dev/null
show card 900x1130 "$work/acne_scars.card.en.html"
if [ -f protocols/languages/ar.stip ]; then
	handout --lang ar --document aftercare
	show arabic 800x1120 "$work/acne_scars.aftercare.ar.html"
fi
ls -l docs/pictures
