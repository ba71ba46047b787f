#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Finished documents as other programs read them: six Markdown engines give the tree that was meant,
# two libraries read the calendars and agree on local times over a change of clocks, a validator takes
# the pages, and headless Chromium shows and prints them without a fault that axe can find. Each judge
# is shown a spoilt document too. Pictures and prints of all pages are left in build/tests/engines.
. "$SRC/tests/lib.sh"
begin engines
cd "$WORK" || exit 1
here=$SRC/tests/engines
clinic=$SRC/examples/clinic/clinic.stip
command -v node >/dev/null && command -v npm >/dev/null || { echo "no node and npm"; exit 77; }
npm install --silent --no-audit --no-fund commonmark markdown-it marked showdown ical.js axe-core \
	html-validate puppeteer-core >npm.log 2>&1 || { echo "npm cannot install the engines"; exit 77; }

# ---- Markdown and calendars ----

mkdir sheets dated pages spoilt
sed 's/paper       a4/paper       letter/' "$clinic" >letter.stip
protocols=
for protocol in "$SRC"/protocols/*.stip; do
	grep -q '^protocol ' "$protocol" || continue
	protocols="$protocols $protocol"
	name=$(basename "$protocol" .stip)
	for format in md fragment; do
		expect_exit 0 "$format of $name" "$STIPPLE" handout "$protocol" --clinic "$clinic" \
			--format $format -o sheets
		expect_exit 0 "$format of $name for a visit" "$STIPPLE" handout "$protocol" --clinic "$clinic" \
			--visit 2026-12-01T10:00 --format $format -o dated
	done
	"$STIPPLE" card "$protocol" -o sheets 2>err && cmark sheets/"$name".card.en.md >sheets/"$name".card.en.fragment.html
	expect_exit 0 "pages of $name" "$STIPPLE" handout "$protocol" --clinic "$clinic" --format html -o pages
	expect_exit 0 "card page of $name" "$STIPPLE" card "$protocol" --format html -o pages
done
"$STIPPLE" handout "$SRC/protocols/acne_scars.stip" --clinic letter.stip --format html \
	--visit 2026-12-01T10:00 -o spoilt 2>err
for page in spoilt/*.html; do
	mv "$page" "pages/letter.${page##*/}"
done
for language in es de fr ar; do
	expect_exit 0 "pages in $language" "$STIPPLE" handout "$SRC/protocols/acne_scars.stip" \
		--clinic "$clinic" --lang $language --visit 2026-12-01T10:00 --format html -o pages
	expect_exit 0 "card page in $language" "$STIPPLE" card "$SRC/protocols/acne_scars.stip" \
		--lang $language --format html -o pages
done
expect_exit 0 "pages in large print" "$STIPPLE" handout "$SRC/protocols/acne_scars.stip" --clinic "$clinic" \
	--visit 2026-12-01T10:00 --large-print --format html -o spoilt
for page in spoilt/*.html; do
	mv "$page" "pages/large.${page##*/}"
done
for folder in sheets dated; do
	node "$here/read.mjs" $folder || failures=$((failures + 1))
done
first=$(set -- $protocols; basename "$1" .stip)
sed '0,/^  - /s//  - +/' "sheets/$first.prep.en.md" >spoilt/other.md
cp "sheets/$first.prep.en.fragment.html" spoilt/other.fragment.html
if node "$here/read.mjs" spoilt >seen; then
	not_ok "a changed sheet is seen"
else
	[ "$(grep -c '^not ok' seen)" = 6 ] && ok "a changed sheet is seen by all" || not_ok "a changed sheet is seen by all" "$(cat seen)"
fi

# Visits on days on which the clocks change, in three zones.
calendars() {
	zone=$1 visit=$2
	sed "s|Europe/London|$zone|" "$clinic" >zone.stip
	rm -rf calendars && mkdir calendars
	for protocol in $protocols; do
		expect_exit 0 "calendar of ${protocol##*/} $*" "$STIPPLE" handout "$protocol" --clinic zone.stip \
			--visit "$visit" --format ics -o calendars
	done
	node "$here/read.mjs" calendars || failures=$((failures + 1))
	[ -x calendar ] || return
	for file in calendars/*.ics; do
		expect_exit 0 "libical reads ${file##*/} $*" ./calendar "$file" "$zone" "$(echo "$visit:00" | tr -d ':-')"
	done
}
if pkg-config --exists libical 2>/dev/null; then
	$CC -std=c11 -Wall -Wextra -Werror $(pkg-config --cflags libical) -o calendar "$here/calendar.c" \
		$(pkg-config --libs libical) 2>err || not_ok "the reader of calendars" "$(cat err)"
else
	skip "libical" "no libical-dev"
fi
calendars Europe/London 2027-10-31T10:00
calendars America/New_York 2027-03-14T16:00
calendars Australia/Sydney 2027-10-03T09:00
calendars Europe/London 2027-03-28T10:00
if [ -x calendar ]; then
	file=calendars/$first.calendar.en.ics
	spoils() {
		sed "$2" "$file" >spoilt.ics
		expect_exit 1 "libical sees $1" ./calendar spoilt.ics Europe/London 20270328T100000
	}
	./calendar "$file" Europe/London 20270328T100000 >out
	case $(cat out) in
	*", 0 moments"*) not_ok "moments on the other side of the change" "$(cat out)" ;;
	*)               ok "moments on the other side of the change" ;;
	esac
	expect_exit 1 "libical sees moments an hour late" ./calendar "$file" Europe/London 20270328T090000
	spoils "an event of two days" 's/^\(DTEND.*2027....\).*\r/\1\r/; s/^DTSTART.*2027.*\r/DTSTART;VALUE=DATE:20270101\r/'
	spoils "two events with one UID" 's/^UID:.*\r/UID:a\r/'
fi

# ---- pages ----

expect_exit 0 "html-validate takes the pages" npx html-validate --preset=standard pages/*.html
sed 's|<main>|<main><li>a<p id=title></li><h2 id=title>|' "pages/$first.prep.en.html" >spoilt/invalid.html
expect_exit 1 "html-validate sees what is invalid" npx html-validate --preset=standard spoilt/invalid.html

CHROMIUM=$(command -v chromium) && command -v qpdf >/dev/null && command -v pdfinfo >/dev/null || {
	skip "pages in Chromium" "no chromium, qpdf or pdfinfo"
	end
}
export CHROMIUM
page=pages/$first.prep.en.html
sed 's|<main>|<main><button></button>|' "$page" >pages/spoilt.axe.html
sed 's|<main>|<main><p style="width:400px">a</p>|' "$page" >pages/spoilt.narrow.html
sed 's|dir="ltr"|dir="rtl"|' "$page" >pages/spoilt.language.html
sed 's|<meta http-equiv.*||; s|<main>|<main><p style="background:url(https://a.example/b)">a</p>|' \
	"$page" >pages/spoilt.request.html
sed 's|size:a4|size:letter|' "$page" | sed 's|</style>|@page{size:a5}</style>|' >pages/spoilt.print.html
node "$here/pages.mjs" pages shown || failures=$((failures + 1))
end
