#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Handouts and cards as a clinic makes them: the sheets of the two first protocols as golden files
# (UPDATE=1 tests/handout/run.sh writes them anew), and what the commands say when they cannot.
# A fingerprint changes with every number of the library and is left out of the golden files.

. "$SRC/tests/lib.sh"
begin handout
cd "$WORK" || exit 1
here=$SRC/tests/handout
clinic=$SRC/examples/clinic/clinic.stip
mkdir made dated html again

# $1 protocol, $2 folder, then options.
handout() {
	protocol=$SRC/protocols/$1.stip folder=$2
	shift 2
	expect_exit 0 "handout of ${protocol##*/} $*" \
		"$STIPPLE" handout "$protocol" --clinic "$clinic" -o "$folder" "$@"
}

# $1 golden file, $2 made.
compare_sheet() {
	sed 's/^  - Fingerprint: [0-9a-f]*$/  - Fingerprint: .../' "$2" >"$2.plain"
	golden "$here/$1" "$2.plain"
}

handout acne_scars made
compare_sheet acne_scars.handout.md made/acne_scars.handout.en.md
handout facial_rejuvenation dated --visit 2026-12-01T10:00
compare_sheet facial_rejuvenation.handout.md dated/facial_rejuvenation.handout.en.md
for protocol in acne_scars facial_rejuvenation; do
	expect_exit 0 "card of $protocol" "$STIPPLE" card "$SRC/protocols/$protocol.stip" -o made
	compare_sheet "$protocol.card.md" "made/$protocol.card.en.md"
done

# The same bytes each time, and a file that is already right is left alone.
handout acne_scars again
if cmp -s made/acne_scars.prep.en.md again/acne_scars.prep.en.md; then
	ok "the same sheet twice"
else
	not_ok "the same sheet twice"
fi
expect_exit 0 "to standard output" "$STIPPLE" handout "$SRC/protocols/acne_scars.stip" --clinic "$clinic" -o -
if cmp -s out made/acne_scars.handout.en.md; then
	ok "standard output is the handout"
else
	not_ok "standard output is the handout"
fi

handout acne_scars html --format html
expect_text '<h2>Day by day: do and do not</h2>' html/acne_scars.aftercare.en.html "the HTML has the sections"
expect_text '<a href="tel:02079460123">' html/acne_scars.aftercare.en.html "the HTML has telephone links"
if grep -E -q 'src=|url\(|<link|<script|@import' html/*.html; then
	not_ok "the HTML asks nothing of a network"
else
	ok "the HTML asks nothing of a network"
fi

# A calendar: whole days, no line over 75 octets or cut inside a character, at most eight reminders.
mkdir calendar
handout acne_scars calendar --format ics --visit 2026-12-01T10:00
ics=calendar/acne_scars.calendar.en.ics
if awk '!/\r$/ || length($0) > 76 { exit 1 }' "$ics"; then ok "lines of a calendar"; else not_ok "lines of a calendar"; fi
tr -d '\r' <"$ics" | awk '/^ / { line = line substr($0, 2); next } { if (NR > 1) print line; line = $0 } END { print line }' >unfolded
events=$(grep -c '^BEGIN:VEVENT$' unfolded)
if [ "$events" -ge 4 ] && [ "$events" -le 8 ]; then ok "reminders"; else not_ok "reminders" "$events"; fi
if [ "$(sed -n 's/^UID://p' unfolded | sort -u | wc -l)" = "$events" ] && ! grep -q '^UID:.* ' unfolded; then
	ok "each reminder has a UID"
else
	not_ok "each reminder has a UID" "$(grep '^UID:' unfolded)"
fi
# The last day of retinoids is the 25th; they come back on the 9th, behind 7 whole days.
grep -A 4 '^UID:acne_scars.before.stop.retinoids' unfolded >stop
expect_text 'DTSTART;VALUE=DATE:20261125' stop "what is stopped is told the day before"
expect_text 'DTEND;VALUE=DATE:20261126' stop "an event ends before the next day"
grep -B 4 "back to serums.*retinoids" unfolded >resume
expect_text 'DTSTART;VALUE=DATE:20261209' resume "what comes back is told on its day"
expect_text 'SUMMARY:Skin care: get ready for your visit' unfolded "titles are neutral"
expect_text 'you\, call us on 020 7946 0123.' unfolded "commas are escaped"
if [ "$(grep -c '^BEGIN:VALARM$' unfolded)" = "$events" ]; then ok "each rings once"; else not_ok "each rings once"; fi
expect_text 'TRIGGER:PT9H' unfolded "in the morning"
expect_exit 2 "a calendar needs a visit" "$STIPPLE" handout "$SRC/protocols/acne_scars.stip" \
	--clinic "$clinic" --format ics -o -

# Documents one by one, front matter, large print, and what does not go together.
mkdir some
expect_exit 0 "the messages alone" "$STIPPLE" handout "$SRC/protocols/acne_scars.stip" --clinic "$clinic" \
	--document messages -o some
if [ "$(ls some)" = acne_scars.messages.en.md ]; then ok "nothing else"; else not_ok "nothing else" "$(ls some)"; fi
grep -E '^[A-Z].*: ' some/acne_scars.messages.en.md | awk 'length($0) > 160 { print; bad = 1 } END { exit bad }' >long
if [ -s long ]; then not_ok "messages of 160 characters" "$(cat long)"; else ok "messages of 160 characters"; fi
if grep -q -i -E 'scar|needl' some/*.md && grep -E '^Harbour' some/*.md | grep -q -i -E 'scar|needl'; then
	not_ok "no message names the treatment"
else
	ok "no message names the treatment"
fi
expect_exit 0 "a checklist on standard output" "$STIPPLE" handout "$SRC/protocols/acne_scars.stip" \
	--clinic "$clinic" --document checklist -o -
expect_text '☐ From day 6: ' out "it has boxes"
expect_exit 0 "front matter" "$STIPPLE" handout "$SRC/protocols/acne_scars.stip" --clinic "$clinic" \
	--front-matter yaml --document prep -o -
head -n 9 out | sed 's/fingerprint: ".*"/fingerprint: "..."/' >front
printf '%s\n' --- 'title: "Acne scars on the face: before your microneedling visit (draft)"' 'date: 2026-11-21' \
	'lang: "en"' 'document: "prep"' 'protocol: "acne_scars"' 'version: "1.0.0"' 'status: "draft"' \
	'fingerprint: "..."' >meant
if cmp -s front meant; then ok "its fields"; else not_ok "its fields" "$(diff meant front)"; fi
expect_exit 0 "large print" "$STIPPLE" handout "$SRC/protocols/acne_scars.stip" --clinic "$clinic" \
	--large-print --format html -o -
expect_text 'body{font-size:18pt}' out "its letters"
expect_text '@bottom-left{content:"acne_scars 1.0.0 ' out "each page has the version"
expect_exit 2 "large print of Markdown" "$STIPPLE" handout "$SRC/protocols/acne_scars.stip" --clinic "$clinic" \
	--large-print -o -
expect_exit 2 "front matter of HTML" "$STIPPLE" handout "$SRC/protocols/acne_scars.stip" --clinic "$clinic" \
	--front-matter yaml --format html -o -
expect_exit 2 "a calendar of a checklist" "$STIPPLE" handout "$SRC/protocols/acne_scars.stip" --clinic "$clinic" \
	--visit 2026-12-01T10:00 --format ics --document checklist -o -

# A drawing has around it what one knows a place by, and speaks of a cross where there is one.
mkdir drawn
handout scalp drawn --format html
expect_text 'd="M40,24 60,24' drawn/scalp.prep.en.html "a scalp is drawn on its head"
expect_text 'We treat the dark areas.</figcaption>' drawn/scalp.prep.en.html "no cross, no word of one"
handout acne_scars drawn --format html
expect_text 'never those with a cross.</figcaption>' drawn/acne_scars.prep.en.html "a cross, and what it means"

# A fragment is the page without its frame.
mkdir fragment
handout acne_scars fragment --format fragment
head -n 1 fragment/acne_scars.prep.en.fragment.html >first
expect_text '<h1>Acne scars on the face: before your microneedling visit (draft)</h1>' first "a fragment begins"
if grep -q -E '<html|<body|<style|<main' fragment/*.html; then not_ok "no frame"; else ok "no frame"; fi

# One client: the card has the depth that `why` has, and the sheet says for whom it is.
given=skin_type=V,session=1,age=30
expect_exit 0 "card for one client" "$STIPPLE" card "$SRC/protocols/acne_scars.stip" --given $given -o -
expect_text 'Depth: 0.25 to 0.75 mm, start at 0.25 mm, limit 0.75 mm.' out "its depth"
expect_exit 0 "why for one client" "$STIPPLE" why "$SRC/protocols/acne_scars.stip" cheeks depth --given $given
expect_text 'recommended  0.25 mm to 0.75 mm, starting at 0.25 mm' out "the same depth"
expect_exit 0 "handout for one client" "$STIPPLE" handout "$SRC/protocols/acne_scars.stip" --clinic "$clinic" \
	--given $given -o -
expect_text '  - You have skin type V.' out "it says for whom"
if grep -q 'younger than 22' out; then
	not_ok "what is not so of the client is left out"
else
	ok "what is not so of the client is left out"
fi
expect_exit 2 "a fact that is none" "$STIPPLE" handout "$SRC/protocols/acne_scars.stip" --clinic "$clinic" \
	--given skin_type=X -o -

# No rule would hold for a session before the first, and of two answers one would not count.
for given in session=0 skin_type=V,skin_type=I session=2,session=1 age=61,age=30; do
	expect_exit 2 "a client of $given" "$STIPPLE" card "$SRC/protocols/acne_scars.stip" --given $given -o -
done
expect_text 'age is given twice' err "a client of one age"
expect_exit 0 "a client of no years" "$STIPPLE" why "$SRC/protocols/acne_scars.stip" chin depth --given session=1,age=0

# A client whom the device refuses, or who must wait, is told so before anything else, and the command says by
# which statement; nobody else is.
refusal='We cannot treat you while this is true.'
given() {
	expect_exit 0 "$*" "$STIPPLE" "$1" "$SRC/protocols/acne_scars.stip" -o - --given "$2" $3
}
told() {
	if [ "$(grep -c "$1" err)" = "$2" ]; then ok "told $2: $1"; else not_ok "told $2: $1" "$(cat err)"; fi
}
sheet="--clinic $clinic --document"
given handout pregnancy=yes,age=17 "$sheet handout"
sed -n 3,9p out >notice
expect_text "> $refusal" notice "the notice comes first"
expect_text '  - You are younger than 22.' notice "an age"
expect_text '  - You are pregnant.' notice "a condition"
expect_text 'Do not get ready for a visit, and call us on' notice "what to do"
expect_text 'If we have treated you already' notice "who was treated already"
told 'acne_scars.stip:98:13: warning: `acne_scars` refuses this client: pregnancy .ST0717 client_refused.' 1
told 'acne_scars.stip:97:5: warning: `acne_scars` refuses this client: age below 22' 1
for document in prep aftercare checklist messages; do
	given handout pregnancy=yes "$sheet $document"
	sed -n 3p out >notice
	expect_text "> $refusal" notice "the notice on $document"
done
given handout pregnancy=yes "--clinic $clinic --visit 2026-12-01T10:00 --format ics"
if [ "$(grep -c '^BEGIN:VEVENT' out)" = "$(tr -d '\r\n ' <out | grep -o 'Donotgetready' | wc -l)" ]; then
	ok "the notice in each event"
else
	not_ok "the notice in each event"
fi
given card pregnancy=yes,operator=therapist
expect_text '> The device refuses this client.' out "the card says so"
expect_text '  - Pregnancy. Source: elite B' out "and by which statement"
given handout isotretinoin=yes,laser=yes "$sheet handout"
expect_text '> We need to wait.' out "one who waits"
expect_text '  - 6 months after isotretinoin tablets.' out "how long"
told 'warning: `acne_scars` has this client wait after laser .ST0718 client_waits.' 1
told 'client_refused' 0
given handout laser=yes "$sheet prep --visit 2026-12-01T10:00"
expect_text '  - Before Tuesday 17 November: laser or strong light treatment.' out "until which day"
for fine in age=30,pregnancy=no,laser=no keloids=yes moles=yes session=3 liver_disease=yes; do
	given handout "$fine" "$sheet handout"
	if grep -q -e '^> We' out || [ "$(grep -c 'client_' err)" != 0 ]; then
		not_ok "no notice: $fine" "$(cat err)"
	else
		ok "no notice: $fine"
	fi
done
for language in de es fr ar; do
	given handout pregnancy=yes "$sheet prep --lang $language"
	sed -n 3p out >notice
	if grep -q '^> ' notice; then ok "the notice in $language"; else not_ok "the notice in $language"; fi
done
mkdir -p refused_none
expect_exit 1 "no sheet for who is refused" "$STIPPLE" handout "$SRC/protocols/acne_scars.stip" -o refused_none \
	--clinic "$clinic" --given pregnancy=yes -W error=client_refused
expect_exit 1 "no card for who is refused" "$STIPPLE" card "$SRC/protocols/acne_scars.stip" -o refused_none \
	--given pregnancy=yes -W error=client_refused
if [ -z "$(ls refused_none)" ]; then ok "nothing is written"; else not_ok "nothing is written" "$(ls refused_none)"; fi
cat >refusing.stip <<'END'
edition 1
import "std/acne_scars"
protocol refusing "Acne scars on the face" extends acne_scars {
  version 1.0.0
  course 3 sessions, 30 days to 6 weeks apart, limit 4 sessions  cites proposal
  operator from nurse  cites proposal
  when skin_type VI { every zone { never  because "not with us" } }
}
END
for case in 'session=5:at most 4 sessions:visit 5 of your course or a later one' \
	'operator=therapist:this operator may not treat:A therapist treats you' \
	'skin_type=VI:no zone is left:skin type VI'; do
	fact=${case%%:*}
	rest=${case#*:}
	expect_exit 0 "refused for $fact" "$STIPPLE" handout refusing.stip -o - --clinic "$clinic" --given "$fact"
	told "refuses this client: ${rest%%:*} " 1
	sed -n 3,5p out >notice
	expect_text "${rest#*:}" notice "in the client's words"
done
for fact in session=4 operator=nurse skin_type=V; do
	expect_exit 0 "not refused for $fact" "$STIPPLE" handout refusing.stip -o - --clinic "$clinic" --given "$fact"
	told 'client_refused' 0
done

# What --given cannot mean.
while IFS=: read -r fact said; do
	expect_exit 2 "given $fact" "$STIPPLE" card "$SRC/protocols/acne_scars.stip" -o - --given "$fact"
	expect_text "$said" err "$said"
done <<'END'
pregnacy=yes:did you mean pregnancy?
sesion=2:did you mean session?
pregnancy=ja:there is no and yes
pregnancy:write it as in
age=1990:write a whole number from 0 to 150
laser=yes,laser_in_area=no:laser_in_area is given twice
END
# What a `when` says more widely than what holds for its clients anyway is not on the card: the device keeps the
# tighter, and so does `why`.
cat >wide.stip <<'END'
edition 1
import "std/acne_scars"
protocol wide "Wide" {
  version 1.0.0
  treats acne_scars
  device pen_25
  zone cheeks { depth 0.25 to 0.75 mm, limit 1.25 mm  cites proposal; passes 2 to 3  cites proposal }
  zone chin { depth 0.25 to 1.0 mm  cites proposal }
  when skin_type V to VI { zone cheeks { depth to 1.0 mm  cites proposal } }
  when skin_type IV { zone cheeks { depth 0.5 to 1.5 mm  cites proposal } }
  when skin_type III { zone cheeks { depth to 0.5 mm  cites proposal; passes to 4  cites proposal } }
  when skin_type III and session 1 { zone cheeks { depth to 0.75 mm  cites proposal } }
  when skin_type III and session 2 { zone cheeks { depth to 0.25 mm  cites proposal } }
  when session 3 { zone chin { depth from 0.5 mm, start 0.75 mm  cites proposal } }
}
END
expect_exit 0 "a wider when" "$STIPPLE" card wide.stip -o -
sed -n '/For some clients/,/^##* [^F]/s/ Source: .*//p' out | grep '^  - ' >for_some
cat >wanted <<'END'
  - Skin type V to VI: depth limit to 1 mm.
  - Skin type IV: depth from 0.5 mm.
  - Skin type III: depth to 0.5 mm.
  - Skin type III and visit 2: depth to 0.25 mm.
  - Visit 3: depth from 0.5 mm.
END
if cmp -s for_some wanted; then ok "what results"; else not_ok "what results" "$(diff for_some wanted)"; fi
expect_exit 0 "why of a start" "$STIPPLE" why wide.stip chin depth --given session=3
expect_text 'recommended  0.5 mm to 1 mm, starting at 0.5 mm' out "where the device starts"

# Clocks are set forward in the night after the visit: 24 hours end an hour later on the clock.
expect_exit 0 "over a change of clocks" "$STIPPLE" handout "$SRC/protocols/acne_scars.stip" --clinic "$clinic" \
	--visit 2027-03-27T10:00 -o -
expect_text 'Do: until Sunday 28 March, 11 am' out "a day of 23 hours"

# What another rule holds for longer, for the same thing and the same clients or all, is not said.
cat >wider.stip <<'END'
edition 1
import "std/acne_scars"
activity rowing "rowing"
activity diving "diving"
care massage "massage" { instruction "massage your hands" }
care stretching "stretching" { instruction "stretch your arms" }
protocol wider "Wider" extends acne_scars {
  version 1.0.0
  before {
    avoid rowing, diving for 5 days because "it tires"  cites proposal
    avoid rowing for 3 weeks because "it tires"  cites proposal
  }
  after {
    avoid sauna for 9 days because "ours is hot"  cites proposal
    avoid rowing for 24 h because "it tires"  cites proposal
    avoid rowing for 2 days because "it tires"  cites proposal
    avoid diving for 30 h because "it tires"  cites proposal
    avoid diving for 1 day because "it tires"  cites proposal
    do massage every 4 h for 2 days because "it helps"  cites proposal
    do massage every 4 h for 3 days because "it helps"  cites proposal
    do stretching every 2 h for 2 days because "it helps"  cites proposal
    do stretching every 4 h for 3 days because "it helps"  cites proposal
  }
  when age from 60 { after { avoid rowing for 6 days because "it tires"  cites proposal } }
  after { resume hydroquinone after 9 days  cites proposal }
}
END
expect_exit 0 "the wider of two rules" "$STIPPLE" handout wider.stip --clinic "$clinic" -o -
# $1 how often each line with the text $2 stands there
says() {
	found=$(grep -c -F -e "$2" out)
	if [ "$found" = "$1" ]; then ok "$1 times: $2"; else not_ok "$1 times: $2" "$(grep -n -F -e "$2" out)"; fi
}
says 1 'Do not use a sauna'
says 2 'Do not go in for rowing'
says 1 'If you are 60 or older, do not go in for rowing'
says 3 'Do not go in for diving'
says 1 'Massage your hands'
says 1 'hydroquinone again'
says 1 'Start to use hydroquinone again from day 10'
says 2 'Stretch your arms'

# Who must wait longer than others is not told to go back, or to come again, with them.
cat >slower.stip <<'END'
edition 1
import "std/acne_scars"
product balm "balm"
activity rowing "rowing"
activity diving "diving"
activity hiking "hiking"
procedure cupping "cupping"
protocol slower "Slower" {
  version 1.0.0
  treats acne_scars
  device pen_25
  message "Let it heal."
  course 3 sessions, 4 to 5 weeks apart  cites proposal
  zone cheeks { depth 0.25 to 1.0 mm  cites proposal }
  before { stop retinoids 2 days before  cites proposal }
  after {
    avoid rowing, hiking, diving for 2 days because "it tires"  cites proposal
    avoid balm for 24 h because "it stings"  cites proposal
    only healing_gel for 3 days  cites proposal
    resume retinoids after 4 days  cites proposal
    avoid cupping on the day because "it hurts"  cites proposal
  }
  when skin_type V to VI {
    after { avoid rowing for 5 days because "it tires"  cites proposal; resume retinoids after 9 days  cites proposal }
    course 6 to 8 weeks apart, limit 2 sessions  cites proposal
  }
  when skin_type I { after { avoid diving for 6 days because "it tires"  cites proposal }
    course 2 weeks apart  cites proposal }
  when depth over 0.75 mm { course 7 to 9 weeks apart  cites proposal }
  when depth to 0.5 mm and session from 3 { course 7 weeks apart  cites proposal }
  when skin_type VI and session from 2 { course 39 days apart  cites proposal }
  when skin_type II { after { avoid diving for 3 days because "it tires"  cites proposal } }
  ask us for milia
  call us for pus
  call emergency for fainting
}
END
slower() {
	expect_exit 0 "slower clients: $*" "$STIPPLE" handout slower.stip --clinic "$clinic" -o - "$@"
}
slower --document aftercare
says 1 'From day 3: hiking.'
says 1 'From day 3, unless you must wait longer: rowing and diving.'
says 1 'If you have skin type V to VI, from day 6: rowing.'
says 1 'If you have skin type I, from day 7: diving.'
says 1 'Start to use retinoids again from day 5, unless you must wait longer.'
says 0 'go back to balm'
says 1 'Come again 4 to 5 weeks after this visit.'
says 1 'If you have skin type V to VI, come again 6 to 8 weeks after this visit.'
says 1 'If we needled deeper than 0.75 mm, come again 7 to 9 weeks after this visit.'
says 0 '2 weeks apart'
says 0 'come again 2 weeks'
slower --document aftercare --given skin_type=V
says 0 'unless you must'
says 1 'Come again 6 to 8 weeks after this visit.'
says 1 'If we needled deeper than 0.75 mm, come again 7 to 9 weeks after this visit.'
says 1 'The whole course is 2 visits.'
says 0 '4 to 5 weeks'
slower --document aftercare --given skin_type=III
says 0 'unless you must'
says 1 'From day 3: rowing, hiking and diving.'
says 0 '6 to 8 weeks'
slower --document aftercare --given skin_type=V --visit 2026-12-01T10:00
says 1 'Come again between Tuesday 12 January 2027 and Tuesday 26 January 2027.'
says 1 'If we needled deeper than 0.75 mm, come again between Tuesday 19 January 2027 and Tuesday 2 February 2027.'
slower --document messages
says 1 'go back to hiking'
says 0 'rowing'
says 0 'retinoids from'
slower --format ics --visit 2026-12-01T10:00
says 0 'rowing and'
says 0 'DTSTAMP:0000'

# The card tells what the device holds of a course, also where nobody says how many visits it has.
sed 's/course 3 sessions, /course /' slower.stip >uncounted.stip
expect_exit 0 "a course without a number" "$STIPPLE" card uncounted.stip -o -
says 1 '  - 4 to 5 weeks apart.'
says 1 'Skin type V to VI: 6 to 8 weeks apart, no more than: 2 visits.'
says 0 '2 weeks apart'
says 0 'Skin type I:'
says 0 '39 days' # who is meant waits 6 weeks by another rule
says 1 'Last visit deeper than 0.75 mm (or depth not known): 7 to 9 weeks apart.'
says 1 'Before visit 3 or more and last visit no deeper than 0.5 mm (or depth not known): 7 weeks apart.'

expect_exit 0 "a slower course read" "$STIPPLE" read slower.stip --protocol slower
says 1 'When skin_type I: the course: as for everyone, which is no less strict.'
says 0 'at least 2 weeks'

# An interval belongs to the session that begins, so the sheet for a visit says that of the next one.
cat >second.stip <<'END'
edition 1
import "std/acne_scars"
protocol second "Second" {
  version 1.0.0
  treats acne_scars
  device pen_25
  message "Let it heal."
  course 5 sessions, 4 to 6 weeks apart  cites proposal
  zone cheeks { depth 0.25 to 1.0 mm  cites proposal }
  when session 2 { course 8 weeks apart  cites proposal }
  when session from 4 and skin_type V { course 10 weeks apart  cites proposal }
  ask us for milia
  call us for pus
  call emergency for fainting
}
END
second() {
	expect_exit 0 "the second visit: $*" "$STIPPLE" handout second.stip --clinic "$clinic" -o - "$@"
}
second --document aftercare
says 1 'Come again 4 to 6 weeks after this visit.'
says 1 'If your next visit is visit 2, come again 8 weeks after this visit.'
says 1 'visit 4 or a later one and you have skin type V. Come again 10 weeks after this visit.'
second --document aftercare --given session=1
says 1 'Come again 8 weeks after this visit.'
says 0 '4 to 6 weeks after this visit'
says 0 '10 weeks'
second --document aftercare --given session=1 --visit 2026-12-01T10:00
says 1 'Come again on Tuesday 26 January 2027.'
second --document aftercare --given session=2
says 1 'Come again 4 to 6 weeks after this visit.'
says 0 '8 weeks'
second --document aftercare --given session=3,skin_type=V
says 1 'Come again 10 weeks after this visit.'
second --document prep --given session=2
says 1 'You need 5 visits, 4 to 6 weeks apart.'
says 1 'If your next visit is visit 2, come 8 weeks after the visit before it.'
cat >spoken.stip <<'END'
edition 1
import "std/acne_scars"
protocol spoken "Acne scars on the face" extends acne_scars {
  version 1.0.0
  when session 2 { course 17 weeks apart  cites proposal }
  when session 3 { course 19 weeks apart  cites proposal }
}
END
for language in en de es fr ar; do
	expect_exit 0 "the second visit in $language" "$STIPPLE" handout spoken.stip --clinic "$clinic" -o - \
		--protocol spoken --document aftercare --given session=1 --lang $language
	sed -i '/[0-9a-f]\{64\}/d' out # the fingerprint has numbers too
	says 1 '17'
	says 0 '19'
done
expect_exit 0 "a card of the second visit" "$STIPPLE" card second.stip -o -
says 1 'Before visit 2: 8 weeks apart.'
expect_exit 0 "a card for the second visit" "$STIPPLE" card second.stip -o - --given session=2
says 1 '5 visits, 8 weeks apart.'

# Which visit the sheet is for decides what comes after it: one of the course, one after the course, or none.
course() {
	sed "s/course 5 sessions.*apart/$1/; /when session/d" second.stip >course.stip
	shift
	expect_exit 0 "what follows: $*" "$STIPPLE" handout course.stip --clinic "$clinic" -o - --document aftercare "$@"
}
long='course 4 sessions, 4 to 6 weeks apart, then every 6 months, limit 6 sessions'
course "$long"
says 1 'Come again 4 to 6 weeks after this visit.'
says 1 'When you have had your 4 visits, come every 6 months.'
says 0 'fter that'
course "$long" --given session=3
says 1 'Come again 4 to 6 weeks after this visit.'
course "$long" --given session=4
says 1 'Come every 6 months.'
says 0 'The whole course'
says 0 'ome again'
says 0 'When you have had'
course "$long" --given session=5 --visit 2026-12-01T10:00
says 1 'Come every 6 months, the next time on Thursday 3 June 2027.'
course "$long" --given session=6
says 1 'We plan no further visit.'
says 0 'ome every'
says 0 'ome again'
short='course 3 to 6 sessions, 4 to 6 weeks apart'
course "$short" --given session=2
says 1 'Come again 4 to 6 weeks after this visit.'
course "$short" --given session=4
says 1 'If we plan another visit, come again 4 to 6 weeks after this visit.'
course "$short" --given session=6
says 1 'This is the last visit of your course.'
says 0 'ome again'
course 'course 1 session, then every 6 months'
says 1 'Come every 6 months.'
# "Every 1 year" is said by nobody.
every() {
	sed -e "s/course 5 sessions.*apart/course 1 session, then every $2/; /when session/d" \
		-e "s/^  ask us/  after { use healing_gel for 3 days every $3  cites proposal }\n  ask us/" \
		-e 's/"Second"/"Acne scars on the face"/; s/"Let it heal."/"Keep your skin out of the sun and let it heal."/' \
		second.stip >every.stip
	expect_exit 0 "every $2, $3 in $1" "$STIPPLE" handout every.stip --clinic "$clinic" -o - --document aftercare \
		--lang "$1" --given session=1
	says 1 "$4"
	if grep -q "$5" out; then ok "every $3 in $1"; else not_ok "every $3 in $1" "$(cat out)"; fi
}
every en '1 year' '1 h' 'Come every year.' 'every hour'
every en '1 month' '1 day' 'Come every month.' 'every day'
every en '1 week' '1 min' 'Come every week.' 'every minute'
every en '2 years' '1 to 2 h' 'Come every 2 years.' 'every 1 to 2 hours'
every de '1 year' '1 h' 'Kommen Sie jedes Jahr.' 'jede Stunde'
every de '1 month' '1 day' 'Kommen Sie jeden Monat.' 'jeden Tag'
every de '2 years' '2 h' 'Kommen Sie alle 2 Jahre.' 'alle 2 Stunden'
every es '1 year' '1 h' 'Venga cada año.' 'cada hora'
every es '1 month' '1 day' 'Venga cada mes.' 'cada día'
every fr '1 year' '1 h' 'Revenez tous les ans.' 'toutes les heures'
every fr '1 month' '2 h' 'Revenez tous les mois.' 'à intervalles de 2 heures'
every ar '1 year' '1 h' 'زيارات كل سنة.' 'كل ساعة'
every ar '1 month' '1 day' 'زيارات كل شهر.' 'كل يوم'
course 'course 4 to 6 weeks apart, then every 6 months'
says 1 'When your course is over, come every 6 months.'
course 'course 4 sessions, 4 weeks apart, then every 6 months, limit 4 sessions'
says 0 'ome every'
slower --document aftercare --given session=2
says 1 'If you have skin type V to VI, we plan no further visit.'

# A window of one day names one day; nobody is sent back to what is `never`; midnight is a time too; and a
# policy's interval stands on the card once.
cat >oneday.stip <<'END'
edition 1
import "std/sources"
import "std/zones"
import "std/vocabulary"
import "std/devices"
policy house "our house" { limit interval from 5 weeks cites proposal }
policy short "our short house" { limit interval from 4 weeks cites proposal }
activity nail_biting "nail biting" { instruction "bite your nails"; because "nails carry germs"; never }
activity rowing "rowing" { instruction "row"; because "it tires" }
protocol oneday "One day" {
  version 0.1.0
  status draft
  updated 2026-11-21
  treats acne_scars
  device pen_25
  message "Let it heal."
  course 3 sessions, 4 weeks apart  cites proposal
  zone cheeks { depth 0.5 to 1.0 mm  cites proposal }
  before { use gentle_moisturiser from 1 day to 1 day before  cites proposal }
  after {
    avoid picking, nail_biting, rowing for 2 days  cites proposal
    avoid makeup for 24 h  cites proposal
    use sunscreen_spf30 from 4 days to 4 days  cites proposal
    use healing_gel from 5 days to 6 days  cites proposal
  }
  ask us for milia
  call us for pus
  call emergency for fainting
}
END
oneday() {
	expect_exit 0 "one day: $*" "$STIPPLE" handout oneday.stip --clinic "$clinic" -o - "$@"
}
oneday
says 1 'without perfume 1 day before your visit.'
says 1 'SPF 30 or higher on day 4.'
says 1 'from day 5 until the end of day 6.'
says 1 'From day 3: rowing.'
says 0 'back to picking'
says 0 'back to nail biting'
says 1 'Come again 5 weeks after this visit.'
oneday --visit 2026-12-01T00:00
says 1 'without perfume on Monday 30 November.'
says 1 'SPF 30 or higher on Saturday 5 December.'
says 1 'Come again on Tuesday 5 January 2027.'
says 1 'Your visit is on Tuesday 1 December 2026, 12 am.'
expect_exit 0 "the card of one interval" "$STIPPLE" card oneday.stip -o -
says 1 '5 weeks apart'
says 1 'At least 5 weeks apart (set by the policy our house)'
sed 's/4 weeks apart  cites/4 to 6 weeks apart  cites/' oneday.stip >weeks.stip
expect_exit 0 "the card of an interval that is half a policy's" "$STIPPLE" card weeks.stip -o -
says 1 '5 to 6 weeks apart (set by the policy our house)'
says 1 'weeks apart'

# What is not to be done is joined by the word that a language has for it; what one keeps away from is not.
spanish() {
	expect_exit 0 "in Spanish: $*" "$STIPPLE" handout "$SRC/protocols/acne_scars.stip" --clinic "$clinic" \
		--lang es -o - "$@"
}
spanish
says 1 'No use maquillaje ni protector solar.'
says 0 'No use maquillaje o '
spanish --document messages
says 1 'Evite el sol directo o el bronceado'

# `read` counts as the sheets do: on the wall of the clinic that is named.
reads() {
	expect_exit 0 "read: $*" "$STIPPLE" read oneday.stip "$@"
}
reads --visit 2027-03-27T10:00
says 1 'make-up until Sunday 28 March, 10 am'
reads --visit 2027-03-27T10:00 --clinic "$clinic"
says 1 'make-up until Sunday 28 March, 11 am'
expect_exit 2 "read with a clinic that is none" "$STIPPLE" read oneday.stip --clinic oneday.stip
expect_text "declares no clinic" err "read with a clinic that is none: says why"

# What cannot be made says so in one line, and leaves nothing behind.
mkdir -p refused_none
refuses() {
	name=$1 status=$2 text=$3
	shift 3
	expect_exit "$status" "$name" "$STIPPLE" handout "$SRC/protocols/acne_scars.stip" "$@" -o none
	expect_text "$text" err "$name: says why"
	if [ -z "$(ls refused_none)" ]; then
		ok "$name: leaves nothing"
	else
		not_ok "$name: leaves nothing" "$(ls refused_none)"
	fi
}
for part in telephone after_hours emergency; do
	sed "/^  $part /d" "$clinic" >"no_$part.stip"
	refuses "a clinic without $part" 1 "\`$part\`" --clinic "no_$part.stip"
done
printf 'edition 1\nimport "std/zones"\n' >no_clinic.stip
refuses "a file without a clinic" 2 "declares no clinic" --clinic no_clinic.stip
refuses "a visit that is no date" 2 "2026-12-01T10:00" --clinic "$clinic" --visit tomorrow
refuses "a day that does not exist" 2 "is not a visit" --clinic "$clinic" --visit 2026-02-29T10:00
refuses "a time that clocks leap over" 1 "set forward" --clinic "$clinic" --visit 2027-03-28T01:30
refuses "a format that is not there" 2 "md|html|fragment|ics" --clinic "$clinic" --format pdf
refuses "a language that is not there" 2 "no language xx" --clinic "$clinic" --lang xx

# A language of the clinic's own: what it lacks is named, and nothing is taken from English.
printf 'edition 1\nlanguage xx "Other" { phrase decimal_mark "," }\n' >other.stip
refuses "a language with phrases missing" 1 "language 'xx' lacks phrases: number_range" \
	--clinic "$clinic" --lang xx other.stip
end
