#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Languages: what a .po says can be read back, and faults are named. Every sheet of the library, in a
# made-up language and in each that is shipped: nothing on it came past the language file, and it says
# what the English one says.
. "$SRC/tests/lib.sh"
begin languages
cd "$WORK" || exit 1
here=$SRC/tests/languages
clinic=$SRC/examples/clinic/clinic.stip
quiet="-W no-unverified"

# ---- faults ----

header='msgid ""
msgstr "Language: xx\n"
'
# refused NAME TEXT LINE MESSAGE: the .po ends with the text, and is refused at the line.
refused() {
	printf '%s\n' "$header$2" >bad.po
	expect_exit 1 "$1" "$STIPPLE" po bad.po -o bad.stip
	expect_text "bad.po:$3:" err "$1: where"
	expect_text "$4" err "$1: what"
	if [ -e bad.stip ]; then not_ok "$1: nothing is written"; else ok "$1: nothing is written"; fi
}
refused "a string is not closed" 'msgid "a
msgstr "b"' 3 "not closed"
refused "no quotes" 'msgid a' 3 "a string in quotes"
refused "an escape" 'msgid "\q"
msgstr "b"' 3 "are the escapes"
refused "a plural" 'msgid "a"
msgid_plural "b"
msgstr[0] "c"' 4 "msgctxt, msgid and msgstr"
refused "no msgstr" 'msgid "a"' 4 "has no msgstr"
refused "an unknown context" 'msgctxt "elsewhere"
msgid "a"
msgstr "b"' 3 "msgctxt is"
header=
refused "no header" 'msgid "a"
msgstr "b"' 1 "the header"
refused "no language" 'msgid ""
msgstr "Content-Type: text/plain\n"' 1 "which Language"
refused "nothing" '' 1 "no entry"

# ---- what is read ----

cat >some.po <<'END'
# A comment of the translator.
msgid ""
msgstr ""
"Language: xx\n"
"X-Stipple-Label: Ex \"ample\"\n"
"X-Stipple-Direction: rtl\n"
"X-Stipple-Reviewed-By: A. Reader\n"
"X-Stipple-Reviewed-On: 2026-11-01\n"

#. a hint
#: std/products:7
msgctxt "phrase for_time"
msgid "for {time}"
msgstr "during {time}"

#: std/products:8
msgid "make-up"
msgstr ""

#, fuzzy
msgid "guessed"
msgstr "guess"

#: std/products:9
msgid ""
"- one\n"
"- two\n"
msgstr ""
"- un\n"
"- deux\n"

msgctxt "in cheeks"
msgid "a \"thing\""
msgstr "a \\ thing"

msgid "same"
msgstr "same"

#~ msgid "old"
#~ msgstr "older"
END
cat >wanted.stip <<'END'
# A comment of the translator.

edition 1

language xx "Ex \"ample\"" {
  direction rtl
  reviewed by "A. Reader" on 2026-11-01
  phrase for_time "during {time}"

  # std/products

  text """
    - one
    - two
  """,
    """
    - un
    - deux
  """
  text "a \"thing\"",
    "a \\ thing" in cheeks
  text "same"
}
END
expect_exit 0 "a .po is read" "$STIPPLE" po some.po -o some.stip
if diff wanted.stip some.stip >differ; then ok "as it should be"; else not_ok "as it should be" "$(cat differ)"; fi

# ---- round trip ----

expect_exit 0 "the library's texts" "$STIPPLE" po --lang xx -o empty.po
awk -f "$here/pseudo.awk" empty.po >full.po
expect_exit 0 "read back" "$STIPPLE" po full.po -o xx.stip
expect_exit 0 "complete" "$STIPPLE" check "$SRC/protocols/scalp.stip" xx.stip --lang xx
"$STIPPLE" po "$SRC/protocols/scalp.stip" xx.stip --lang xx -o once.po 2>err
"$STIPPLE" po once.po -o once.stip
"$STIPPLE" po "$SRC/protocols/scalp.stip" once.stip --lang xx -o twice.po
"$STIPPLE" po twice.po -o twice.stip
if cmp once.stip twice.stip && [ "$(wc -l <once.stip)" -gt 300 ]; then ok "there and back"; else not_ok "there and back"; fi
expect_exit 2 "a .po beside a file" "$STIPPLE" po once.po xx.stip -o out.stip
expect_exit 2 "no language" "$STIPPLE" po xx.stip -o out.po

# ---- nothing comes past the language file ----

# The clinic's own words are Greek here too, so that what is Latin can only be a leak. What stays: the
# titles of sources and their names, the protocol's own name, its fingerprint, addresses.
cat >clinic.stip <<'END'
clinic greek "Κλινικη" { telephone "020 7946 0123"; after_hours "112"; emergency "112"; address "Οδος 1" }
END
sed -n 's/^source \([a-z0-9_]*\) "\(.*\)" *{.*/\1\n\2/p' "$SRC/protocols/sources.stip" | sort -r >titles
"$STIPPLE" po --lang xx --clinic clinic.stip -o empty.po
sed 's/^"X-Stipple-Label: xx/"X-Stipple-Label: Αλλη/' empty.po | awk -f "$here/pseudo.awk" >full.po
"$STIPPLE" po full.po -o xx.stip
# latin FILE: the words of Latin letters in it, but for those that may be there.
latin() {
	sed -e 's/\\//g; s/([a-z]*:[^)]*)//g; s/<[^>]*>//g' "$1" | awk -v name="$2" '
		FILENAME == "titles" { titles[++count] = $0; next }
		{ for (i = 1; i <= count; i++) while ((at = index($0, titles[i])) > 0)
			$0 = substr($0, 1, at - 1) substr($0, at + length(titles[i]))
		gsub(name, ""); gsub(/[0-9a-f]+[0-9][0-9a-f]*/, ""); gsub(/[ (][A-DU][ .,;)]/, " ")
		gsub(/[ (]X*(IX|IV|V?I*)[ .,;:)]/, " ") }
		/[A-Za-z]/ { print FILENAME ": " $0 }' titles -
}
protocols=
for protocol in "$SRC"/protocols/*.stip; do
	grep -q '^protocol ' "$protocol" && protocols="$protocols $protocol"
done
mkdir pseudo english sheets
for protocol in $protocols; do
	name=$(basename "$protocol" .stip)
	"$STIPPLE" handout "$protocol" xx.stip --protocol "$name" --clinic clinic.stip --lang xx -o pseudo $quiet 2>err &&
		"$STIPPLE" handout "$protocol" xx.stip --protocol "$name" --clinic clinic.stip --lang xx \
			--given skin_type=V,session=1 --visit 2026-12-01T10:00 -o - $quiet >"pseudo/$name.given.xx.md" 2>err &&
		"$STIPPLE" card "$protocol" xx.stip --protocol "$name" --lang xx -o pseudo $quiet 2>err || cat err
	for sheet in pseudo/"$name".*; do
		latin "$sheet" "$name" >leaks
		if [ -s leaks ]; then not_ok "only Greek in $sheet" "$(head -n 5 leaks)"; else ok "only Greek in $sheet"; fi
	done
done
# A sheet that has one English label left is seen.
sed '/^  text "redness",$/{s/,$//;n;d;}' xx.stip >spoilt.stip
"$STIPPLE" handout "$SRC/protocols/scalp.stip" spoilt.stip --protocol scalp --clinic clinic.stip --lang xx -o - $quiet >spoilt.md
latin spoilt.md scalp >leaks
if [ -s leaks ]; then ok "a leak is seen"; else not_ok "a leak is seen"; fi

# ---- the languages that are shipped ----

bullets() {
	grep -c '^ *- ' "$1"
}
for language in "$SRC"/protocols/languages/*.stip; do
	code=$(basename "$language" .stip)
	[ "$code" != en ] || continue
	"$STIPPLE" po --lang "$code" --clinic "$clinic" -o "$code.po"
	if grep -A 1 '^msgid ' "$code.po" | grep -q '^msgstr ""$' &&
		awk '/^msgstr ""$/ { getline next_line; if (next_line == "") empty++ } END { exit !empty }' "$code.po"; then
		not_ok "$code: everything is translated"
	else
		ok "$code: everything is translated"
	fi
	for protocol in $protocols; do
		name=$(basename "$protocol" .stip)
		for each in en "$code"; do
			expect_exit 0 "$name in $each" "$STIPPLE" handout "$protocol" --clinic "$clinic" --lang "$each" -o sheets $quiet
			expect_exit 0 "card of $name in $each" "$STIPPLE" card "$protocol" --lang "$each" -o sheets $quiet
			expect_exit 0 "calendar of $name in $each" "$STIPPLE" handout "$protocol" --clinic "$clinic" \
				--lang "$each" --visit 2026-12-01T10:00 --format ics -o sheets $quiet
			awk -f "$here/calendar.awk" "sheets/$name.calendar.$each.ics" >"sheets/$name.calendar.$each.md"
		done
		for document in prep aftercare handout checklist card messages calendar; do
			if awk -v language="$code" -v least=3 -f "$here/compare.awk" "$SRC/protocols/sources.stip" "$code.po" \
				"sheets/$name.$document.en.md" "sheets/$name.$document.$code.md" >differ; then
				ok "$name.$document in $code says the same"
			else
				not_ok "$name.$document in $code says the same" "$(head -n 8 differ)"
			fi
		done
		for document in prep card messages; do
			[ "$(bullets "sheets/$name.$document.en.md")" = "$(bullets "sheets/$name.$document.$code.md")" ] &&
				ok "$name.$document in $code: as many rules" || not_ok "$name.$document in $code: as many rules"
		done
		# A long sentence may be two in another language, never less.
		for document in aftercare handout checklist; do
			[ "$(bullets "sheets/$name.$document.en.md")" -le "$(bullets "sheets/$name.$document.$code.md")" ] &&
				ok "$name.$document in $code: no rule less" || not_ok "$name.$document in $code: no rule less"
		done
		[ "$(grep -c BEGIN:VEVENT "sheets/$name.calendar.en.ics")" = "$(grep -c BEGIN:VEVENT "sheets/$name.calendar.$code.ics")" ] &&
			ok "$name in $code: as many events" || not_ok "$name in $code: as many events"
	done
done

# What a clinic adds and a language does not say is refused, with its place. Nothing is written.
sed -e "s/protocol scalp\\(;\\|\$\\)/protocol own_scalp\\1/" -e 's/^protocol scalp "[^"]*"/protocol own_scalp "Our own"/' \
	"$SRC/protocols/scalp.stip" >own.stip
own=own.stip:$(awk '/^protocol / { print NR ":" index($0, "\"Our") }' own.stip)
mkdir refused
for language in de es fr ar; do
	for document in prep aftercare handout checklist messages card; do
		command="handout --clinic $clinic --document $document"
		[ $document != card ] || command=card
		expect_exit 1 "own $document in $language" "$STIPPLE" $command own.stip --lang $language -o refused $quiet
		expect_text "$own: error: language '$language' does not say this text of \`own_scalp\`: \"Our own\"" \
			err "own $document in $language: which text, and where"
	done
	grep -v '^  phrase until_moment ' "$SRC/protocols/languages/$language.stip" |
		sed "s/^language $language /language xx /" >less.stip
	less=less.stip:$(awk '/^language/ { print NR ":" index($0, "xx") }' less.stip)
	expect_exit 1 "$language without a phrase" "$STIPPLE" handout "$SRC/protocols/scalp.stip" less.stip \
		--protocol scalp --clinic "$clinic" --lang xx -o refused $quiet
	expect_text "$less: error: language 'xx' lacks phrases: until_moment" err "$language: which phrase, and where"
done
if [ -z "$(ls refused)" ]; then ok "and nothing is written"; else not_ok "and nothing is written"; fi

# What is compared is seen when it is wrong.
spoilt() {
	sed "$2" sheets/scalp.prep.de.md >spoilt.md
	if awk -v language=de -v least=3 -f "$here/compare.awk" "$SRC/protocols/sources.stip" de.po \
		sheets/scalp.prep.en.md spoilt.md >differ; then
		not_ok "$1 is seen"
	else
		ok "$1 is seen"
	fi
}
spoilt "a text in English" '3s/^/Redness /'
spoilt "a number more" '3s/^/47 /'
spoilt "a number less" 's/14/15/g'
spoilt "a text that is gone" 's/Haut/x/g'

end
