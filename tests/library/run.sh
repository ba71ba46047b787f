#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The shipped library: no file of it has an error or a warning (that a value is a proposal is a note),
# every treatment makes its sheets and tables, allows the depths in limits.list, nowhere goes further than
# facts.list, and passes the baseline policy. Its tests touch every `when`, every screening rule, every
# zone and every limit of the policy, and the policy's own show each requirement at work. The trace names
# a source and its grade for every number. Every source is cited, and every statement of the four articles
# is accounted for in docs/seeds.md, with the sentence of the handout where a client reads it (UPDATE=1
# writes that file anew). Each of these checks is shown to fire too.
. "$SRC/tests/lib.sh"
begin library

here=$SRC/tests/library
protocols=$SRC/protocols
handouts=$WORK/handouts

checks_clean() {
	name=${1##*/}
	expect_exit 0 "check $name" "$STIPPLE" check "$1" || return
	if grep -E '(error|warning): ' "$WORK/out" "$WORK/err"; then
		not_ok "$name has no warning"
	else
		ok "$name has no warning"
	fi
}

makes_outputs() {
	name=$(basename "$1" .stip)
	expect_exit 0 "handout of $name" "$STIPPLE" handout "$1" --clinic "$here/clinic.stip" \
		-o "$handouts"
	expect_exit 0 "card of $name" "$STIPPLE" card "$1" -o "$WORK/cards"
	expect_exit 0 "tables of $name" "$STIPPLE" tables "$1" -o "$WORK/tables/$name"
}

# No line of the file matches.
holds_no() {
	if grep "$1" "$2"; then
		not_ok "$3"
	else
		ok "$3"
	fi
}

# Nothing is said against a treatment where the baseline is in force, and nothing was silenced.
passes_baseline() {
	name=$(basename "$1" .stip)
	expect_exit 0 "$name under the baseline" "$STIPPLE" check "$1" \
		--policy std/policies/baseline -W no-unverified -W error
	holds_no "." "$WORK/err" "$name under the baseline: nothing said"
	holds_no "^ *allow " "$1" "$name allows no warning"
}

# The file's tests pass, and nothing is left that none of them touches.
is_covered() {
	name=$(basename "$1" .stip)
	expect_exit 0 "tests of $name" "$STIPPLE" test "$@" --coverage
	holds_no "not covered" "$WORK/out" "tests of $name touch all of it"
}

# Of the rows of a trace: each that says a number has a source, and each source a grade.
grades_each_number() {
	awk -F'"standing":' '/^{"file"/ {
		standing = $2
		if (standing ~ /"no number"/)
			next
		numbers++
		if (standing ~ /"without source"/ || $0 !~ /"sources":\[{"name":"[a-z0-9_]*","grade":"[ABCDU]"/)
			print
	}
	END { if (numbers == 0) print "no numbers at all" }' "$1"
}

# The trace counts the proposals that it marks, and what `check` warns of is among them.
traces() {
	name=$(basename "$1" .stip)
	trace=$WORK/traces/$name.trace.json
	expect_exit 0 "trace of $name" "$STIPPLE" trace "$1" --format json -o "$WORK/traces"
	grades_each_number "$trace" >"$WORK/ungraded"
	holds_no "." "$WORK/ungraded" "$name: a source and a grade for every number"
	expect_text '"without_source":0,' "$trace" "$name: no number without a source"
	"$STIPPLE" check "$1" -W unverified 2>&1 | sed -n 's/^\([^:]*:[0-9]*\):.*unverified\]$/\1/p' |
		sort -u >"$WORK/warned"
	sed -n 's/^{"file":"\([^"]*\)","line":\([0-9]*\),.*"standing":"proposal".*/\1:\2/p' "$trace" |
		sort -u >"$WORK/marked"
	comm -23 "$WORK/warned" "$WORK/marked" >"$WORK/unmarked"
	holds_no "." "$WORK/unmarked" "$name: what check warns of is marked as a proposal"
	marked=$(grep -c '"standing":"proposal"' "$trace")
	expect_text "\"proposals\":$marked," "$trace" "$name: the proposals are counted"
	"$STIPPLE" card "$1" -o - >"$WORK/card" 2>/dev/null
	expect_text "$marked rules of this treatment rest on a proposal" "$WORK/card" "$name: as many as on its card"
}

# The names of the sources that the files declare, and of those that they cite, sorted.
declared() {
	sed -n 's/^source \([a-z0-9_]*\) .*/\1/p' "$protocols/sources.stip" | sort -u
}

cited() {
	sed -e 's/^ *#.*//' -e ':join' -e '/,$/{N;s/\n *//;b join' -e '}' "$protocols"/*.stip |
		grep -o -E '(cites|but) [a-z0-9_]+(, ?[a-z0-9_]+)*' |
		sed -e 's/^[a-z]* //' -e 's/, */\n/g' | sort -u
}

# What `why` says in one line: "never", or range and limit as in limits.list.
in_brief() {
	awk '/^  never(: |, for this client$)/ { print "never"; exit }
		/^  recommended / { range = $2 == $5 ? $2 : $2 "-" $5 }
		/^  hard limit / { print range, $6; exit }'
}

# One line of limits.list: protocol, zone, skin type, session, last reaction; then what is allowed.
allows() {
	given=skin_type=$3,session=$4
	[ "$5" = - ] || given=$given,prior_reaction=$5
	allowed=$("$STIPPLE" why "$protocols/$1.stip" "$2" depth --given "$given" 2>/dev/null | in_brief)
	if [ "$allowed" = "$6" ]; then
		ok "depth of $2 in $1, $given: $6"
	else
		not_ok "depth of $2 in $1, $given: $6" "it is $allowed"
	fi
}

# What the device may do in a zone for the client who may have most, but for how the skin has healed.
why_depth() {
	"$STIPPLE" why "$protocols/$1.stip" "$2" depth \
		--given skin_type=III,session=2,prior_reaction="$3" 2>/dev/null
}

# A zone that is treated begins at its lowest depth, and goes no deeper where the skin healed slowly.
begins_low() {
	why_depth "$1" "$2" settled | awk '/^  recommended / && $2 != $(NF - 1)' >"$WORK/high"
	holds_no "." "$WORK/high" "$2 in $1 begins at its lowest depth"
	why_depth "$1" "$2" slow | awk '/^  never/ || /^  step +at most 0 mm more/ { fine = 1 }
		END { if (!fine) print "deeper after slow healing" }' >"$WORK/high"
	holds_no "." "$WORK/high" "$2 in $1 goes no deeper after slow healing"
}

# Wherever a treatment goes it is recommended, and allowed at all, no further than facts.list says.
within_facts() {
	why_depth "$1" "$2" settled | in_brief |
		awk -v zone="$2" -v treatment="$1" '
		FNR == NR { if ($1 == zone || $1 == treatment) { range[$1] = $2; limit[$1] = $3 } next }
		$1 == "never" { seen++; next }
		{
			seen++
			most = $1
			sub(/.*-/, "", most)
			most += 0
			if (!(zone in limit) || most > range[zone] || $2 > limit[zone])
				print zone ": " $0
			if (treatment in limit && (most > range[treatment] || $2 > limit[treatment]))
				print treatment ": " $0
		}
		END { if (!seen) print "nothing said of " zone }' "$facts" - >"$WORK/beyond"
	holds_no "." "$WORK/beyond" "$2 in $1 stays within the facts"
}

zones_of() {
	awk '/^protocol /, /^}/' "$protocols/$1.stip" | sed -n 's/^  zone \([a-z_, ]*\) {.*/\1/p' |
		tr -d ' ' | tr ',' '\n'
}

mkdir -p "$handouts" "$WORK/cards" "$WORK/tables" "$WORK/traces"
for file in "$protocols"/*.stip; do
	checks_clean "$file"
done
for file in $(grep -l '^protocol ' "$protocols"/*.stip); do
	makes_outputs "$file"
	passes_baseline "$file"
	is_covered "$file" --policy std/policies/baseline
	traces "$file"
done
is_covered "$protocols/policies/baseline.stip"
expect_exit 0 "tests of the policies for roles" \
	"$STIPPLE" test "$SRC/examples/policies/roles_tests.stip"

# What the card of a pen with labels claims, and what it does not.
expect_exit 0 "cards of a pen with labels" "$STIPPLE" card "$here/labels.stip" -o "$WORK/cards"
says() {
	expect_text "$2" "$WORK/cards/$1.card.en.md" "the card of $1: $2"
}
says labelled_acne_scars "Age 22 or more: acne scars, face, depth to 1.5 mm."
says labelled_neck_lines "Skin type II to IV and age 22 or more: neck lines, neck, depth to 2.5 mm."
says labelled_stretch_marks "The label does not cover this treatment of: abdomen, buttocks, thighs"
holds_no "covers every zone" "$WORK/cards/labelled_neck_lines.card.en.md" \
	"the label of the neck is not claimed for every client"
says deep_acne_scars "The label does not cover this treatment of: cheeks."
for file in $(grep -l '^protocol ' "$protocols"/*.stip); do
	says "$(basename "$file" .stip)" "this use has not been evaluated"
done

# The same checks where something is missing: a test, a source, a requirement that a test shows.
sed '/^test "pregnancy/d' "$protocols/acne_scars.stip" >"$WORK/untested.stip"
"$STIPPLE" test "$WORK/untested.stip" --coverage >"$WORK/out" 2>/dev/null
expect_text ": exclude pregnancy" "$WORK/out" "a screening rule without a test is told"
sed '/^test "vitamin C/,$d' "$protocols/policies/baseline.stip" >"$WORK/unshown.stip"
"$STIPPLE" test "$WORK/unshown.stip" --coverage >"$WORK/out" 2>/dev/null
expect_text ": forbid use vitamin_c" "$WORK/out" "a prohibition without a test is told"
sed 's/^\(  zone cheeks { depth .*mm\)  cites.*}/\1 }/' "$protocols/acne_scars.stip" >"$WORK/unsourced.stip"
"$STIPPLE" trace "$WORK/unsourced.stip" --format json -o "$WORK" >/dev/null 2>&1
grades_each_number "$WORK/acne_scars.trace.json" >"$WORK/ungraded"
expect_text "depth 0.25 to 1.5 mm" "$WORK/ungraded" "a number without a source is told"

sed -e '/^#/d' -e '/^$/d' "$here/limits.list" >"$WORK/limits"
while read -r protocol zone skin session reaction depths; do
	allows "$protocol" "$zone" "$skin" "$session" "$reaction" "$depths"
done <"$WORK/limits"

sed -e '/^#/d' -e '/^$/d' "$here/facts.list" >"$WORK/facts"
facts=$WORK/facts
for file in $(grep -l '^protocol ' "$protocols"/*.stip); do
	name=$(basename "$file" .stip)
	for zone in $(zones_of "$name"); do
		within_facts "$name" "$zone"
		begins_low "$name" "$zone"
	done
done
facts=$WORK/stricter
sed 's/^cheeks .*/cheeks 1.25 1.25/' "$WORK/facts" >"$facts"
(within_facts acne_scars cheeks) >/dev/null
expect_text "cheeks: 0.25-1.5 1.5" "$WORK/beyond" "a depth beyond the facts is told"
sed '/^  when prior_reaction slow/s/step 0 mm/step 0.25 mm/' "$protocols/acne_scars.stip" >"$WORK/slow.stip"
(protocols=$WORK && begins_low slow cheeks >/dev/null)
expect_text "deeper after slow healing" "$WORK/high" "a step after slow healing is told"

# All treatments ask and advise the same but for what differences.golden shows: a rule that is mended in one
# and forgotten in another moves it.
rules_of() {
	awk '/^  screen {/ { on = 1 } /^}/ { on = 0 } on' "$protocols/$1.stip" |
		sed -e 's/^ *//' -e '/^#/d' -e '/^$/d'
}

rules_of acne_scars >"$WORK/rules"
for file in $(grep -l '^protocol ' "$protocols"/*.stip); do
	name=$(basename "$file" .stip)
	rules_of "$name" >"$WORK/own"
	echo "$name"
	diff "$WORK/rules" "$WORK/own" | grep '^[<>]'
done >"$WORK/differences"
golden "$here/differences.golden" "$WORK/differences"

# What no sheet may promise: that products work better, that nothing hurts, that all is safe.
claims_in() {
	grep -h -v '^ *#' "$@" | grep -i -E \
		'absor|penetrat|deeper into|work better|painless|no pain|guarantee|very safe|radiant|glow|youthful'
}

claims_in $(grep -l '^protocol ' "$protocols"/*.stip) "$protocols/products.stip" \
	"$protocols/procedures.stip" "$protocols/care.stip" "$protocols/indications.stip" >"$WORK/claims"
holds_no "." "$WORK/claims" "no text makes a claim that is left out"
echo 'benefit "Creams penetrate deeper into your skin."' >"$WORK/claim"
claims_in "$WORK/claim" >"$WORK/claims"
expect_text "penetrate" "$WORK/claims" "a claim is told"

declared >"$WORK/declared"
cited >"$WORK/cited"
idle=$(comm -23 "$WORK/declared" "$WORK/cited")
if [ -z "$idle" ]; then
	ok "every source is cited"
else
	not_ok "every source is cited" "$idle"
fi

# $1 a file of the vocabulary: its words that have no note, question or order.
unexplained() {
	awk 'function judge() { if (word != "" && !said) print word }
		/^[a-z]+ [a-z0-9_]+ "/ { judge(); word = $2; said = 0 }
		/(note|asks|instruction) "/ { said = 1 }
		END { judge() }' "$1"
}
for kind in zones conditions procedures activities care; do
	missing=$(unexplained "$protocols/$kind.stip")
	if [ -z "$missing" ]; then
		ok "every word of $kind is explained"
	else
		not_ok "every word of $kind is explained" "$missing"
	fi
done
sed '/^zone nose/,/^}/{/note/d;}' "$protocols/zones.stip" >"$WORK/zones.stip"
if [ "$(unexplained "$WORK/zones.stip")" = nose ]; then
	ok "a word without an explanation is seen"
else
	not_ok "a word without an explanation is seen"
fi

if awk -v protocols="$protocols" -v handouts="$handouts" -f "$here/seeds.awk" \
	"$here/seeds.list" >"$WORK/seeds.md" 2>"$WORK/err"; then
	ok "every statement of the articles has its place"
else
	not_ok "every statement of the articles has its place" "$(cat "$WORK/err")"
fi
golden "$SRC/docs/seeds.md" "$WORK/seeds.md"

# And when one is missing: a statement, the line that carries it, its sentence, or the reason for its lack.
misses() {
	expect_exit 1 "$1 is missed" awk -v protocols="$protocols" -v handouts="$handouts" \
		-f "$here/seeds.awk" "$WORK/missing.list"
	expect_text "$2" "$WORK/err" "$1: it is told which"
}

awk '$0 == "54" { gone = 1 } $0 == "55" { gone = 0 } !gone' "$here/seeds.list" >"$WORK/missing.list"
misses "a statement" "after 53 comes 55"
sed 's/^line .*: avoid makeup for 24 h/line   facial_rejuvenation.stip: avoid makeup for 36 h/' \
	"$here/seeds.list" >"$WORK/missing.list"
misses "a line of the library" "54: no line of facial_rejuvenation.stip says"
sed 's/^reads .*: Do not use make-up./reads  facial_rejuvenation: Wear make-up./' \
	"$here/seeds.list" >"$WORK/missing.list"
misses "a sentence of a handout" "54: the handout of facial_rejuvenation does not say"
sed '/^unread How the device is moved/d' "$here/seeds.list" >"$WORK/missing.list"
misses "why no client reads it" "10: no client reads it, and nothing says why"
sed '/^left   Marketing/d' "$here/seeds.list" >"$WORK/missing.list"
misses "why it was left out" "39: it is neither carried by a line nor left out"
end
