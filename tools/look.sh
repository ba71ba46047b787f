#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# tools/look.sh [TREATMENT]: every document of a treatment in every language, as Chromium shows and prints
# it, into build/look: NAME.png is the whole page on a screen, NAME.print-N.png the printed pages. For
# somebody to look at: no program sees whether a page is clear.
set -eu
cd "$(dirname "$0")/.."
stipple=$PWD/build/stipple
clinic=$PWD/examples/clinic/clinic.stip
treatment=${1:-acne_scars}
source=$PWD/protocols/$treatment.stip
for program in chromium pdftoppm cmark; do
	command -v $program >/dev/null || { echo "look: install $program" >&2; exit 1; }
done
rm -rf build/look
mkdir -p build/look
cd build/look

browse() {
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars "$@" >log 2>&1 || { cat log >&2; exit 1; }
}

for language in en es de fr ar; do
	"$stipple" handout "$source" --clinic "$clinic" --lang $language --visit 2026-12-01T10:00 \
		--format html -o . 2>said || { cat said >&2; exit 1; }
	"$stipple" card "$source" --lang $language --format html -o . 2>said || { cat said >&2; exit 1; }
done
mkdir large
"$stipple" handout "$source" --clinic "$clinic" --visit 2026-12-01T10:00 --large-print --format html \
	-o large 2>said
for page in large/*.aftercare.*; do
	mv "$page" "$treatment.large-aftercare.en.html"
done
rm -r large
"$stipple" trace "$source" -o - 2>said | cmark >"$treatment.trace.en.html"

for page in *.html; do
	name=${page%.html}
	browse --window-size=800,4200 --screenshot="$name.png" "file://$PWD/$page"
	browse --no-pdf-header-footer --print-to-pdf="$name.pdf" "file://$PWD/$page"
	pdftoppm -r 60 -png "$name.pdf" "$name.print"
done
rm -f log said
ls | wc -l
