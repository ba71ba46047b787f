#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# What the program says and how it is asked: every example of docs/diagnostics fires or stays silent as
# it claims, `explain` and the index tell of every diagnostic, and --fix, --diagnostics and -W do what
# they say.
. "$SRC/tests/lib.sh"
begin diagnostics
cd "$WORK" || exit 1

# Ids of what the last command said about sources outside of the library, in order, from its text or JSON.
said() {
	sed -n -e '/^std\//d' -e '/ times: /d' -e 's/^.* \[\(ST[0-9]*\) [a-z_0-9]*\]$/\1/p' "$WORK/err"
	sed -n -e '/^{[^[]*"file":"std\//d' -e 's/^{"id":"\(ST[0-9]*\)".*/\1/p' "$WORK/out"
}

# What is held of a diagnostic; complete, below, wants all of it for each.
: >held
hold() {
	echo "$1 $2" >>"$WORK/held"
}

# What was said, as text and as JSON, less what is said about the library, where in it, and which
# phrases of it are missing.
shown() {
	awk '/^[^ ]/ { about_library = /^std\// || /^stipple: note: [0-9]* times: / }
		/^ *std\// { sub(/:[0-9:]*$/, ":"); place = 3 }
		!about_library && (place == 3 || place <= 0) { print }
		{ place-- }' "$WORK/err" | sed 's/ lacks phrases: .* \[/ lacks phrases [/'
	sed -e '/^{[^[]*"file":"std\//d' -e 's/\("file":"std\/[a-z_/]*"\),[^}]*/\1/g' \
		-e 's/ lacks phrases: [^"]*"/ lacks phrases"/' "$WORK/out"
}

# fires ID COMMAND...: that is reported and nothing else, and the text and the JSON are the golden ones.
# Where the command's output went to standard output it goes to a file, so that JSON can go there.
fires() {
	id=$1
	shift
	"$@" >"$WORK/out" 2>"$WORK/err" </dev/null
	status=$?
	: >"$WORK/out"
	ids=$(said | sort -u)
	if [ "$ids" = "$id" ] && { [ "$status" != 0 ] || [ "$severity" != error ]; }; then
		ok "$id $name fires"
		hold "$id" fires
	else
		not_ok "$id $name fires" "status $status, said: $(said | tr '\n' ' ')"
	fi
	case $2 in
	decompile) ;;
	*) (for word in "$@"; do
		shift
		[ "$word" != - ] || word=.
		set -- "$@" "$word"
	done
	"$@" --diagnostics=json >"$WORK/out" 2>/dev/null </dev/null) ;;
	esac
	shown >"$WORK/shown"
	golden "$SRC/tests/diagnostics/golden/$id.txt" "$WORK/shown"
	! grep -q " \[$id $name\]\$" "$WORK/shown" || hold "$id" text
	! grep -q '^ *help: ' "$WORK/shown" || hold "$id" help
	! grep -q "^{\"id\":\"$id\",\"name\":\"$name\"," "$WORK/shown" || hold "$id" json
}

# silent ID COMMAND...: ends well and says nothing.
silent() {
	id=$1
	shift
	"$@" >"$WORK/out" 2>"$WORK/err" </dev/null
	status=$?
	: >"$WORK/out"
	if [ -z "$(said)" ] && [ "$status" = 0 ]; then
		ok "$id $name stays silent"
		hold "$id" silent
	else
		not_ok "$id $name stays silent" "status $status, said: $(said | tr '\n' ' ')"
	fi
}

"$STIPPLE" explain >list
while read -r id name severity title; do
	if [ ! -e "$SRC/docs/diagnostics/$id.stip" ]; then
		not_ok "$id $name has an example" "write docs/diagnostics/$id.stip"
		continue
	fi
	mkdir -p "$id"
	awk -v out="$id" -f "$SRC/tests/diagnostics/divide.awk" "$SRC/docs/diagnostics/$id.stip"
	[ ! -e "$id/tested" ] || continue
	# shellcheck disable=SC2046 # several words
	cd "$id/fires" && fires "$id" "$STIPPLE" $(cat ../fires.command)
	# shellcheck disable=SC2046
	cd "../silent" && silent "$id" "$STIPPLE" $(cat ../silent.command)
	cd ../..
done <list
for example in "$SRC"/docs/diagnostics/*.stip; do
	id=$(basename "$example" .stip)
	grep -q "^$id " list || not_ok "$id is a diagnostic" "$example is an example of none"
done

# What is too large to be an example, or needs more than files.

# about NAME: sets id, name and severity for `fires` and `silent`.
about() {
	read -r id name severity title <<-END
	$(grep " $1 " "$WORK/list")
	END
	mkdir -p "$WORK/$id/here"
	cd "$WORK/$id/here" || exit 1
}

about nesting
awk 'BEGIN { for (i = 0; i < 100; i++) printf "when session 1 {"; for (i = 0; i < 100; i++) printf "}" }' >deep.stip
fires "$id" "$STIPPLE" check deep.stip
printf 'zone knee "knee"\n' >flat.stip
silent "$id" "$STIPPLE" check flat.stip

about import_outside
mkdir -p inside
printf 'zone leg "leg"\n' >outside.stip
ln -sf ../outside.stip inside/linked.stip
printf 'import "linked"\nzone knee "knee" in leg\n' >inside/own.stip
fires "$id" "$STIPPLE" check inside/own.stip
rm inside/linked.stip
cp outside.stip inside/linked.stip
silent "$id" "$STIPPLE" check inside/own.stip

about bad_pack
printf 'nothing\n' >damaged.stpk
fires "$id" "$STIPPLE" decompile damaged.stpk -o again.stip
"$STIPPLE" pack "$SRC/protocols/acne_scars.stip" -o sound.stpk 2>/dev/null
silent "$id" "$STIPPLE" decompile sound.stpk -o again.stip

# Eight values for nine factors, no two of them alike: nobody can be so, and to see it takes long.
intricate() {
	awk -v factors="$1" 'BEGIN {
		print "import \"std/devices\"\nimport \"std/vocabulary\""
		for (i = 1; i <= factors; i++) {
			printf "factor f%d \"f%d\" { asks \"Which?\"; choices a", i, i
			for (v = 2; v <= 8; v++) printf ", %c", 96 + v
			print " }"
		}
		print "protocol acne \"Acne scars\" {\n  version 1.0.0; treats acne_scars; device pen_25"
		print "  course 3 sessions, 4 weeks apart  cites drpen"
		print "  zone cheeks { depth 0.5 to 1.5 mm, limit 0.5 to 1.5 mm  cites drpen }"
		print "  when session 1 { zone cheeks { depth to 0.25 mm  cites drpen } }"
		for (i = 1; i <= factors; i++) for (j = i + 1; j <= factors; j++) for (v = 1; v <= 8; v++)
			printf "  when f%d %c and f%d %c { zone cheeks { never } }\n", i, 96 + v, j, 96 + v
		print "}" }'
}
about too_intricate
intricate 9 >nine.stip
fires "$id" "$STIPPLE" check nine.stip
intricate 2 | sed '/when session/d' >two.stip
silent "$id" "$STIPPLE" check two.stip

# with_zones N: a protocol of so many zones.
with_zones() {
	awk -v zones="$1" 'BEGIN {
		print "import \"std/devices\"\nimport \"std/vocabulary\""
		for (i = 1; i <= zones; i++) printf "zone place%d \"place %d\"\n", i, i
		print "protocol acne \"Acne scars\" {\n  version 1.0.0; treats acne_scars; device pen_25"
		print "  course 3 sessions, 4 weeks apart  cites drpen"
		for (i = 1; i <= zones; i++) printf "  zone place%d { depth 0.5 to 1.5 mm  cites drpen }\n", i
		print "}" }'
}
about table_overflow
with_zones 65 >many.stip
fires "$id" "$STIPPLE" tables many.stip -o acne
with_zones 64 >enough.stip
silent "$id" "$STIPPLE" tables enough.stip -o acne

# translated SED-EXPRESSION: a protocol and a language that is English, changed by the expression. Its
# texts are those of a .po, each said to be the same.
sheets=$WORK/ST0707/silent
translated() {
	cp "$sheets/example.stip" "$sheets/clinic.stip" .
	sed -e 's/^language en/language xx/' -e "$1" "$SRC/protocols/languages/en.stip" >xx.stip
	"$STIPPLE" po example.stip --clinic clinic.stip --lang xx -o xx.po 2>/dev/null
	{
		echo 'language xx {'
		sed -n '/^msgctxt/{n;N;d;}; s/^msgid \("..*"\)$/  text \1/p' xx.po
		echo '}'
	} >texts.stip
}
handout='handout example.stip xx.stip texts.stip --protocol acne --clinic clinic.stip --lang xx -o -'
about missing_text
translated ''
silent "$id" "$STIPPLE" $handout
grep -v 'call 111' texts.stip >fewer.stip && mv fewer.stip texts.stip
fires "$id" "$STIPPLE" $handout
about phrase_placeholder
translated 's/phrase number_range .*/phrase number_range "{low} to {hgh}"/'
fires "$id" "$STIPPLE" $handout
translated ''
silent "$id" "$STIPPLE" $handout
about po_syntax
printf 'msgid ""\nmsgstr "Language: xx\\n"\n\nmsgid "make-up"\nmsgstr "unclosed\n' >bad.po
fires "$id" "$STIPPLE" po bad.po -o bad.stip
printf 'msgid ""\nmsgstr "Language: xx\\n"\n\nmsgid "make-up"\nmsgstr "closed"\n' >good.po
silent "$id" "$STIPPLE" po good.po -o good.stip

about sheet_too_long
awk 'BEGIN { for (i = 0; i < 1200; i++) {
	printf "  benefit \"%d. ", i; for (j = 0; j < 700; j++) printf "Skin looks more even. "; print "\" cites drpen" } }' >benefits
cp "$sheets/clinic.stip" .
sed -e '/^  device/r benefits' "$sheets/example.stip" >large.stip
fires "$id" "$STIPPLE" handout large.stip --clinic clinic.stip -o -
sed -e '/^  device/r benefits' "$sheets/example.stip" | sed '/^  benefit "1*[0-9]\{2,\}/d' >small.stip
silent "$id" "$STIPPLE" handout small.stip --clinic clinic.stip -o -
cd "$WORK" || exit 1

# Every diagnostic there is: it was seen to fire and to stay silent, its text and its JSON are compared,
# and it says what to do. What has no JSON is said by `decompile` alone, which reads no source.
complete() {
	while read -r id name severity title; do
		for what in fires silent text json help; do
			[ "$what $name" != "json bad_pack" ] || continue
			grep -q -x "$id $what" held || echo "$id $name: $what"
		done
	done <list
}
lacking=$(complete)
if [ -z "$lacking" ] && [ -s held ]; then
	ok "each of the $(wc -l <list) diagnostics fires, stays silent, has its text, its JSON and its advice"
else
	not_ok "each diagnostic fires, stays silent, has its text and its JSON" "$lacking"
fi

# explain
expect_exit 0 "explain by id" "$STIPPLE" explain ST0202
cp out by_id
expect_exit 0 "explain by name" "$STIPPLE" explain missing_unit
if cmp -s out by_id; then ok "the same story"; else not_ok "the same story"; fi
expect_text "Every quantity says its unit" out "with the explanation"
expect_text "    zone knee" out "with the example"
expect_exit 2 "explain what is not there" "$STIPPLE" explain missing_units
expect_text "did you mean missing_unit?" err "with the nearest"
expect_exit 0 "the index" "$STIPPLE" explain --all
golden "$SRC/docs/diagnostics.md" out

# --fix: two faults in one line, of which the second is found once the first is mended, one that is not
# certain, one that can only be inserted, no line end at the end.
cat >two.stip <<'END'
zone knee “the knee” # é
zone shin "shin" { never; use a for 24 hrs }
zone arm "arm" {
  rate 7,000 rpm
  depth 0,5 mm
}




zone leg "leg" { }
END
printf 'zone hip "hip" { alzo "hips" }' >>two.stip
chmod 640 two.stip
cp two.stip before.stip
expect_exit 1 "--fix=diff" "$STIPPLE" check two.stip --fix=diff
cp out two.diff
if cmp -s two.stip before.stip; then ok "which changes nothing"; else not_ok "which changes nothing"; fi
golden "$SRC/tests/diagnostics/fix.diff" two.diff
ln -s two.stip link.stip
expect_exit 1 "--fix" "$STIPPLE" check link.stip --fix
expect_text "link.stip: 3 faults mended" out "tells what it mended"
golden "$SRC/tests/diagnostics/fix.after" two.stip
grep '^[^ ]' err >said
golden "$SRC/tests/diagnostics/fix.said" said
if [ -L link.stip ]; then ok "a symbolic link stays one"; else not_ok "a symbolic link stays one"; fi
if [ "$(ls -l two.stip | cut -c1-10)" = -rw-r----- ]; then
	ok "permissions stay"
else
	not_ok "permissions stay" "$(ls -l two.stip)"
fi

# What is imported is not changed, nor what came from standard input.
mkdir -p house
printf 'zone knee “knee”\n' >house/zones.stip
printf 'import "zones"\nzone shin “shin” in knee\n' >own.stip
cp house/zones.stip kept.stip
expect_exit 1 "--fix with an import" "$STIPPLE" check own.stip -I house --fix
expect_text 'zone shin "shin"' own.stip "mends the file named"
if cmp -s house/zones.stip kept.stip; then ok "and not the import"; else not_ok "and not the import"; fi
expect_exit 1 "--fix of standard input" sh -c '"$1" check - --fix <house/zones.stip' sh "$STIPPLE"
if cmp -s house/zones.stip kept.stip; then ok "changes nothing"; else not_ok "changes nothing"; fi

# The diff is one that git takes, and brings about what --fix does: lines without an end, CRLF.
for name in two crlf; do
	cp before.stip "$name.stip"
	[ "$name" = two ] || awk '{ printf "%s\r\n", $0 }' before.stip >crlf.stip
	"$STIPPLE" check "$name.stip" --fix=diff 2>/dev/null | sed 's,^--- ,&a/,; s,^+++ ,&b/,' >patch
	cp "$name.stip" fixed.stip
	while [ -s patch ]; do
		(GIT_CEILING_DIRECTORIES=$WORK git apply -p1 patch) 2>apply.err || break
		"$STIPPLE" check "$name.stip" --fix=diff 2>/dev/null | sed 's,^--- ,&a/,; s,^+++ ,&b/,' >patch
	done
	"$STIPPLE" check fixed.stip --fix >/dev/null 2>&1
	if cmp -s "$name.stip" fixed.stip; then
		ok "the diff brings about what --fix does: $name"
	else
		not_ok "the diff brings about what --fix does: $name" "$(cat apply.err; diff "$name.stip" fixed.stip)"
	fi
done
cp before.stip two.stip
expect_exit 1 "--fix with JSON" "$STIPPLE" check two.stip --fix --diagnostics=json
if grep -q -v '^{' out; then not_ok "prints JSON alone" "$(cat out)"; else ok "prints JSON alone"; fi
cp before.stip two.stip
if [ "$(id -u)" != 0 ]; then
	chmod 500 .
	expect_exit 3 "--fix of a file that cannot be written" "$STIPPLE" check two.stip --fix
	chmod 700 .
else
	skip "--fix of a file that cannot be written" "root writes everything"
fi
printf 'zone knee "\342\200\256knee"\n' >mark.stip
"$STIPPLE" check mark.stip --fix=diff >out 2>err
if grep -q "$(printf '\342\200\256')" out err; then
	not_ok "a mark is never printed"
else
	ok "a mark is never printed"
fi
"$STIPPLE" check mark.stip --fix >out 2>err
expect_text 'zone knee "knee"' mark.stip "and taken away"

# -W
cat >warned.stip <<'END'
zone knee "knee" { ceiling 1 mm for pen }
END
expect_exit 0 "a warning" "$STIPPLE" check warned.stip
expect_text "warning: a number that cites no source" err "is said"
expect_exit 1 "-W error" "$STIPPLE" check warned.stip -W error
expect_exit 1 "-W error=NAME" "$STIPPLE" check warned.stip -W error=uncited
expect_text "error: a number that cites no source" err "is said as an error"
expect_exit 0 "-W no-NAME" "$STIPPLE" check warned.stip -W error -W no-ST0902
if [ -s err ]; then not_ok "says nothing" "$(cat err)"; else ok "says nothing"; fi
expect_exit 2 "-W with a name that is not there" "$STIPPLE" check warned.stip -W uncite
expect_text "did you mean uncited?" err "names the nearest"
expect_exit 2 "-W no- with an error" "$STIPPLE" check warned.stip -W no-syntax
expect_text "cannot be switched off" err "says why"

# --diagnostics
expect_exit 2 "a form that is not there" "$STIPPLE" check warned.stip --diagnostics=xml
expect_text "xml is not one of --diagnostics text|json|sarif" err "names those there are"
expect_exit 0 "text goes to standard error" "$STIPPLE" check warned.stip --diagnostics text
if [ -s out ]; then not_ok "and nowhere else"; else ok "and nowhere else"; fi
expect_exit 0 "JSON goes to standard output" "$STIPPLE" check warned.stip --diagnostics json
if [ -s err ] || [ "$(wc -l <out)" != 1 ]; then not_ok "a line for each"; else ok "a line for each"; fi
printf 'zone knee "knee"\n' >fine.stip
expect_exit 0 "SARIF without a fault" "$STIPPLE" check fine.stip --diagnostics=sarif
expect_text '"results":[' out "is a log all the same"
expect_exit 3 "standard output that is full" sh -c '"$1" check warned.stip --diagnostics=json >/dev/full' sh "$STIPPLE"
expect_exit 2 "two outputs in one place" "$STIPPLE" check two.stip --fix=diff --diagnostics=json
expect_exit 2 "--fix with another value" "$STIPPLE" check two.stip --fix=dif
end
