#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Every shipped treatment earns each point of a good handout that a program can decide, in every
# shipped language; and each point that an author can lose is lost, with its place, by a protocol that
# is worse in one thing.
. "$SRC/tests/lib.sh"
begin score
cd "$WORK" || exit 1
clinic=$SRC/examples/clinic/clinic.stip
good=$SRC/protocols/acne_scars.stip

for protocol in "$SRC"/protocols/*.stip; do
	grep -q '^protocol ' "$protocol" || continue
	name=$(basename "$protocol" .stip)
	expect_exit 0 "score of $name" "$STIPPLE" score "$protocol" --clinic "$clinic"
	expect_exit 0 "score of $name with dates" "$STIPPLE" score "$protocol" --clinic "$clinic" \
		--visit 2026-12-01T10:00
	for language in de es fr ar; do
		expect_exit 0 "score of $name in $language" "$STIPPLE" score "$protocol" --clinic "$clinic" \
			--lang $language --visit 2026-12-01T10:00
	done
done

# loses POINT PLACE TEXT: bad.stip loses the point, and says so at the place. A place is "line:column".
loses() {
	expect_exit 4 "point $1 is lost" "$STIPPLE" score bad.stip --clinic "$clinic"
	if grep -A 9 "^ *$1 NO" out | grep -q -F -e "$2: $3"; then
		ok "point $1: says where and why"
	else
		not_ok "point $1: says where and why" "$(grep -A 3 ' NO ' out)"
	fi
}
# The line of bad.stip that holds the text.
line() {
	grep -n -F -e "$1" bad.stip | head -n 1 | cut -d : -f 1
}
# change FROM TO: bad.stip is the good protocol with one line's text changed.
change() {
	sed "s/$1/$2/" "$good" >bad.stip
	! cmp -s "$good" bad.stip || not_ok "a change: $1"
}

change 'message "[^"]*"' 'message "Keep out of the sun. Let it heal."'
loses 2 "bad.stip:$(line 'message "'):11" 'the message is more than one sentence'
sed '/^  - /{/^  - You need/!d;}' "$good" >bad.stip
loses 3 "bad.stip:$(line 'summary """'):11" 'the summary has 1 bullets'
change 'how "when you are outdoors"' 'how "clients should do it outdoors"'
loses 4 "bad.stip:$(line 'clients should'):5" 'this speaks of clients'
change 'benefit "Skin may look more even."' 'benefit "Marks don'"'"'t show as much."'
loses 5 "bad.stip:$(line 'benefit "Marks'):3" 'write "do not"'
change 'benefit "Skin may look more even."' \
	'benefit "Skin may look more even after some time when it has healed and the new skin has had all the time that it needs."'
loses 6 "bad.stip:$(line 'benefit "Skin'):3" 'a sentence is longer than 20 words'
change 'benefit "Skin may look more even."' 'benefit "Skin may look 1–2 shades more even."'
loses 9 "bad.stip:$(line 'benefit "Skin'):3" 'write "to" in a range'
awk '{ print } /^  - / && !n++ { for (i = 0; i < 6; i++) print }' "$good" >bad.stip
loses 11 "bad.stip:$(line 'summary """'):11" 'an eighth bullet'
awk '/^  before \{/ { skip = 1 } !skip { print } /^  \}/ { skip = 0 }' "$good" >bad.stip
loses 12 "bad.stip:$(line 'protocol acne'):1" 'there is nothing under "before your visit"'
awk '/^  after \{/ { skip = 1 }
	!skip { print }
	/^  \}/ && skip { skip = 0; print "  after { resume retinoids, acids, exfoliants, benzoyl_peroxide, hydroquinone after 7 days"
		print "    cites proposal\n  }" }' "$good" | sed 's/hydroquinone after 7 days$/&  cites proposal/; /^    cites proposal$/d' |
	sed 's/^protocol acne/zone elbow "elbow"\n&/; s/^  zone lips/  zone elbow { never because "no outline" }\n&/' >bad.stip
loses 16 "bad.stip:$(line 'protocol acne'):1" 'nothing is avoided'
sed 's/^  after {/&\n    avoid singing for 24 h  cites proposal/' "$good" |
	sed 's/^protocol acne/activity singing "singing"\n&/' >bad.stip
loses 19 "bad.stip:$(line 'avoid singing'):5" 'no `because` about singing'
sed '/^  benefit /d' "$good" >bad.stip
loses 21 "bad.stip:$(line 'protocol acne'):1" 'no `benefit`'
sed '/^  unknown /d' "$good" >bad.stip
loses 22 "bad.stip:$(line 'protocol acne'):1" 'no `unknown`'
sed '/^  updated /d' "$good" >bad.stip
loses 24 "bad.stip:$(line 'protocol acne'):1" 'no `updated`'
end
