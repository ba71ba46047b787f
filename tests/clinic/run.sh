#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The repository of a clinic in examples/clinic: it is made as its Makefile says, in two languages; what
# changes is made again and nothing else; a sheet that comes out the same is left alone; and Hugo makes
# a site of the sheets.
. "$SRC/tests/lib.sh"
begin clinic
cd "$WORK" || exit 1
cp -r "$SRC/examples/clinic" clinic
cd clinic || exit 1
run_make() {
	make -s STIPPLE="$STIPPLE" LIBRARY="$SRC/protocols" "$@"
}

# The names of all files that were made since the last call.
marked() {
	find made -newer mark -type f ! -name '*.d' | sed 's|^made/||' | sort | tr '\n' ' '
	rm mark
	sleep 1.1
	: >mark
	sleep 1.1
}
# $1 name of the case; $2 pattern of the names that may be made again: some are, and no others. Nothing: none.
made_again() {
	expect_exit 0 "make: $1" run_make all || return
	again=$(marked)
	others=$(echo "$again" | tr ' ' '\n' | grep -v -E "^($2)?\$")
	if [ -n "$others" ] || { [ -n "$2" ] && [ -z "$again" ]; }; then
		not_ok "$1" "made again: $again"
	else
		ok "$1"
	fi
}
alter() {
	sed "$2" "$1" >altered && cat altered >"$1" && rm altered
}

expect_exit 0 "the clinic's protocols hold" run_make check
expect_exit 0 "everything is made" run_make all
for file in content/harbour_acne_scars.handout.de.md content/facial_rejuvenation.checklist.en.md \
	print/harbour_acne_scars.card.en.html print/facial_rejuvenation.prep.de.html device/harbour_acne_scars.c; do
	if [ -s "made/$file" ]; then ok "there is $file"; else not_ok "there is $file"; fi
done
expect_text 'steam room or hot tub' made/content/harbour_acne_scars.aftercare.en.md "the shipped rules are there"
expect_text 'until the end of day 7' made/content/harbour_acne_scars.aftercare.en.md "and the house's own"
if grep -q 'hot tub until the end of day 5\|saunas from day 6' made/content/harbour_acne_scars.*.en.md; then
	not_ok "which take the place of the shipped one"
else
	ok "which take the place of the shipped one"
fi
expect_text '1 mm' made/print/harbour_acne_scars.card.en.html "and the house's depth"
expect_text 'heißer als die meisten' made/content/harbour_acne_scars.aftercare.de.md "in the client's language"

: >mark
sleep 1.1
made_again "nothing changed, nothing is made" ""
alter clinic.stip 's/020 7946 0123/020 7946 0124/'
made_again "a telephone is on sheets alone" '(content|print)/.*\.(md|html)|.*\.sheets'
expect_text '020 7946 0124' made/print/facial_rejuvenation.prep.de.html "the new telephone"
if grep -q -l '020 7946 0123' made/*/*.md made/*/*.html; then not_ok "the old telephone is gone"; else ok "the old telephone is gone"; fi
alter harbour_acne_scars.stip 's/avoid sauna for 7 days/avoid sauna for 8 days/'
made_again "one treatment changes alone" '(content|print|device)/harbour_acne_scars\..*|harbour_acne_scars\..*'
alter clinic.stip 's/^edition 1$/edition 1  # /'
made_again "sheets that come out the same are left alone" '.*\.sheets'
alter house.stip 's/limit depth to 0.75 mm/limit depth to 0.5 mm/'
made_again "the house's limit is on cards and in tables" 'print/.*\.card\..*|content/.*|print/.*|device/.*|.*\.(card|sheets)'
expect_text '0.5 mm' made/print/facial_rejuvenation.card.en.html "the new limit"
alter harbour_acne_scars.stip 's/avoid sauna for 8 days/avoid sauna for 8 dais/'
expect_exit 2 "a fault stops it" run_make all
expect_text 'dais' "$WORK/err" "and is shown"
alter harbour_acne_scars.stip 's/8 dais/8 days/'
expect_exit 0 "and when it is mended all is made" run_make all

expect_exit 0 "dated sheets for a visit" run_make visit FOR=2026-12-01T10:00
expect_text 'BEGIN:VCALENDAR' made/visit/harbour_acne_scars.calendar.en.ics "with a calendar"

if command -v hugo >/dev/null; then
	expect_exit 0 "Hugo makes the site" run_make site
	page=made/public/harbour_acne_scars.handout/index.html
	expect_text '<title>Acne scars on the face: before and after your microneedling visit (draft)</title>' "$page" "a page has its title"
	expect_text 'href="tel:02079460124"' "$page" "and telephone links"
	expect_text 'href="/harbour_acne_scars.aftercare/"' made/public/index.html "the first page leads to each sheet"
	expect_text 'lang="de" href="/de/"' made/public/index.html "and to the first page in German"
	if grep -q -r 'does anything worry you' made/public; then
		not_ok "text messages are not on the site"
	else
		ok "text messages are not on the site"
	fi
	expect_text 'lang="de" href="/de/' "$page" "and leads to the German one"
	expect_text '<html lang="de">' made/public/de/harbour_acne_scars.handout/index.html "which is German"
else
	skip "Hugo makes the site" "no hugo"
fi
end
