#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Languages as .po files: what is written can be read back, and faults are named.
. "$SRC/tests/lib.sh"
begin languages
cd "$WORK" || exit 1

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

# Every msgstr is its msgid, with another first letter.
fill() {
	awk '/^msg(ctxt|id|str) / { field = $1 }
		field == "msgid" && /^msgid / { text = "" }
		field == "msgid" && body { sub(/^msgid /, ""); text = text $0 "\n" }
		/^$/ { body = 1 }
		field == "msgstr" && /^msgstr / && text { sub(/"/, "\"X", text); printf "msgstr %s", text; next }
		{ if (field == "msgid" && body && /^"/ && text == $0 "\n") print "msgid " $0; else print }' "$1"
}
expect_exit 0 "the library's texts" "$STIPPLE" po --lang xx -o empty.po
fill empty.po >full.po
expect_exit 0 "read back" "$STIPPLE" po full.po -o xx.stip
expect_exit 0 "complete" "$STIPPLE" check "$SRC/protocols/scalp.stip" xx.stip --lang xx
"$STIPPLE" po "$SRC/protocols/scalp.stip" xx.stip --lang xx -o once.po 2>err
"$STIPPLE" po once.po -o once.stip
"$STIPPLE" po "$SRC/protocols/scalp.stip" once.stip --lang xx -o twice.po
"$STIPPLE" po twice.po -o twice.stip
if cmp once.stip twice.stip && [ "$(wc -l <once.stip)" -gt 300 ]; then ok "there and back"; else not_ok "there and back"; fi
expect_exit 2 "a .po beside a file" "$STIPPLE" po once.po xx.stip -o out.stip
expect_exit 2 "no language" "$STIPPLE" po xx.stip -o out.po
end
