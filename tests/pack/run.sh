#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# stipple pack: the file is the bytes of the compiled C table, its signature is one that openssl
# verifies, and the example that opens a signed pack takes the right ones and no other. stipple
# decompile: what it writes makes the same pack again, and nothing is written where it cannot.
. "$SRC/tests/lib.sh"
begin pack
cd "$WORK" || exit 1
quiet="-W no-unverified"

for protocol in "$SRC"/protocols/*.stip; do
	grep -q '^protocol ' "$protocol" || continue
	name=$(basename "$protocol" .stip)
	"$STIPPLE" tables "$protocol" -o "$name" $quiet &&
		"$STIPPLE" pack "$protocol" -o "$name.stpk" $quiet &&
		$CC -std=c99 $SUITE_CFLAGS -I"$SRC/runtime/include" -I. -DTABLE_HEADER="\"$name.h\"" \
			-DTABLE_OBJECT="${name}_table" -o bytes_of "$SRC/tests/runtime/bytes_of.c" "$name.c"
	./bytes_of >"$name.img"
	expect_exit 0 "$name: compiled C and pack are the same bytes" cmp "$name.img" "$name.stpk"
done
acne=$SRC/protocols/acne_scars.stip

# ---- back to a source ----

# $1 name: NAME.stpk, decompiled and packed again, is the same file.
comes_back() {
	expect_exit 0 "$1 is decompiled" "$STIPPLE" decompile "$1.stpk" -o "$1.again.stip" || return
	"$STIPPLE" pack "$1.again.stip" -o "$1.again.stpk" >packed 2>&1
	expect_exit 0 "$1 comes back as the same bytes" cmp "$1.stpk" "$1.again.stpk"
}
all=
for protocol in "$SRC"/protocols/*.stip; do
	grep -q '^protocol ' "$protocol" || continue
	all="$all $protocol"
	comes_back "$(basename "$protocol" .stip)"
done
"$STIPPLE" pack $all -o all.stpk $quiet
comes_back all
expect_exit 0 "the reader of bounds is built" $CC -std=c99 $SUITE_CFLAGS -I"$SRC/runtime/include" \
	-o in_order "$SRC/tests/pack/in_order.c"
expect_exit 0 "every row for everybody is in order as it is written" ./in_order all.stpk
# The first depth's range ends at 65535, beyond its limit.
cp all.stpk disordered.stpk
printf '\377\377' | dd of=disordered.stpk bs=1 conv=notrunc 2>/dev/null \
	seek=$(($(od -An -t u4 -j 96 -N 4 all.stpk) + 2))
expect_exit 1 "and one that is not is found" ./in_order disordered.stpk
"$STIPPLE" pack "$SRC/protocols/acne_scars.stip" -o turned.stpk --byte-order big $quiet
"$STIPPLE" decompile turned.stpk -o turned.stip
expect_exit 0 "the source of a big-endian pack is the same" cmp turned.stip acne_scars.again.stip
"$STIPPLE" decompile acne_scars.stpk -o - >stdout.stip
expect_exit 0 "the source to standard output" cmp stdout.stip acne_scars.again.stip

# What no shipped protocol has, and no random one.
cat >course.stip <<'END'
import "std/devices"
import "std/vocabulary"
import "std/factors"
protocol acne "Acne scars" {
  version 1.0.0; treats acne_scars; device pen_25
  course  3 sessions, 4 to 6 weeks apart, limit 8 sessions  cites drpen
  zone cheeks { depth 0.5 to 1.5 mm, start 0.5 mm  cites drpen }
  when skin_type V to VI { course 6 to 8 weeks apart, limit 4 sessions  cites drpen }
  when skin_type IV to VI and age from 51 and session from 2 { course 7 weeks apart  cites drpen }
  when age from 71 { course limit 2 sessions  cites drpen }
  when depth over 1.0 mm { course 9 weeks apart  cites drpen }
  when depth to 0.5 mm and skin_type I to II and age from 31 and session from 3 { course 10 weeks apart  cites drpen }
  screen { clear age over 60 with doctor  cites drpen }
}
END
"$STIPPLE" pack course.stip -o course.stpk $quiet
comes_back course

# A label that covers some, recipes, and a device whose label covers nothing of what is done.
cat >label.stip <<'END'
import "std/vocabulary"
import "std/factors"
import "std/indications"
import "std/zones"
source study "A study" { grade B }
device pen {
  modality pen; depth 0.25 to 2.5 mm, step 0.25 mm; passes to 8; cites study
  label treats acne_scars in face when age from 22 and depth to 1.5 mm  cites study
  label treats neck_lines in neck when skin_type II to IV and not keloids and session from 2 and age from 22  cites study
}
device other { modality pen; depth 0.25 to 2.5 mm, step 0.25 mm; passes to 8; cites study
  label treats neck_lines in scalp  cites study }
protocol acne "Acne scars" {
  version 1.0.0; treats acne_scars; device pen
  zone forehead { depth 0.5 to 1.0 mm; passes 4 to 8; pattern horizontal 4, stamp 2; cites study }
  zone cheeks { depth 0.5 to 1.25 mm, limit 1.5 mm; passes 4 to 8; pattern horizontal 4, vertical 4; cites study }
  when session 1 { zone cheeks { pattern horizontal 6; cites study } }
  when skin_type V to VI { zone cheeks { depth to 0.75 mm; cites study } }
}
protocol neck "Lines of the neck" {
  version 1.0.0; treats neck_lines; device pen
  zone neck { depth 0.5 to 1.0 mm; passes 4 to 8; pattern horizontal 4, stamp 2; cites study }
}
protocol again "The other pen" {
  version 1.0.0; treats neck_lines; device other
  zone neck { depth 0.5 to 1.0 mm; passes to 8; pattern horizontal, stamp; cites study }
}
END
"$STIPPLE" pack label.stip -o label.stpk $quiet
comes_back label
grep 'label treats\|^device\|    pattern' label.again.stip >label.said
cat >label.wanted <<'END'
device pen {
  label treats not_in_the_pack_0 in forehead when age from 22  cites pack
  label treats not_in_the_pack_0 in cheeks when age from 22  cites pack
  label treats not_in_the_pack_1 in neck when session from 2 and age from 22 and skin_type II, III, IV and not keloids  cites pack
device other {
  label treats not_in_the_pack in neck  cites pack
    pattern horizontal 4, stamp 2
    pattern horizontal 4, vertical 4
    pattern horizontal 6
    pattern horizontal 4, stamp 2
    pattern horizontal, stamp
END
expect_exit 0 "labels and recipes are read back" diff label.wanted label.said

expect_exit 0 "the writer of random protocols is built" $CC -std=c11 $SUITE_CFLAGS \
	-I"$SRC/compiler" -I"$SRC/tests/unit" -o write_random "$SRC/tests/pack/write_random.c" \
	"$SRC/tests/unit/random_protocol.c" "$SRC/tests/unit/random_text.c" "$BUILD/libstipple.a"
wanted=${RANDOM_PACKS-100}
seed=0
packs=0
lost=
disordered=
refused=0
while [ "$packs" -lt "$wanted" ] && [ $seed -lt $((wanted * 50)) ]; do
	seed=$((seed + 1))
	./write_random $seed >random.stip || continue # somebody is left nothing
	"$STIPPLE" pack random.stip -o random.stpk >packed 2>&1 || continue # refused
	packs=$((packs + 1))
	./in_order random.stpk >>disordered.txt || disordered="$disordered $seed"
	if ! "$STIPPLE" decompile random.stpk -o random.again.stip 2>>refused.txt; then
		refused=$((refused + 1))
	elif ! "$STIPPLE" pack random.again.stip -o random.again.stpk >packed 2>&1 ||
		! cmp -s random.stpk random.again.stpk; then
		lost="$lost $seed"
	fi
done
if [ -z "$lost" ] && [ "$packs" = "$wanted" ] && [ $refused = 0 ]; then
	ok "$packs random protocols come back"
else
	not_ok "random protocols come back" \
		"of $packs $refused are refused, and other bytes made for$lost: $(cat refused.txt)"
fi
expect_exit 0 "every row of $packs random protocols is in order as it is written" test -z "$disordered"

printf 'Z' | dd of=acne_scars.again.stpk bs=1 seek=700 conv=notrunc 2>/dev/null
: >empty.stpk
for pack in acne_scars.again.stpk acne_scars.c empty.stpk; do
	expect_exit 1 "not a pack: $pack" "$STIPPLE" decompile $pack -o lost.stip
	expect_text bad_pack err "and says so"
done
expect_exit 3 "a pack that is not there" "$STIPPLE" decompile nowhere.stpk -o lost.stip
expect_exit 2 "two packs" "$STIPPLE" decompile all.stpk all.stpk -o lost.stip
$CC -std=c11 $SUITE_CFLAGS -I"$SRC/compiler" -I"$SRC/runtime/include" -I"$SRC/tests/unit" \
	-o write_fixture "$SRC/tests/runtime/write_fixture.c" "$SRC/tests/unit/fixture_model.c" \
	"$BUILD/libstipple.a"
./write_fixture .
expect_exit 1 "a pack with the words of a language" "$STIPPLE" decompile fixture.img -o lost.stip
expect_text "the words of a language" err "says what cannot be written"
[ ! -e lost.stip ] && ok "and nothing was written" || not_ok "and nothing was written"

# ---- options ----

expect_exit 0 "for a big-endian machine" "$STIPPLE" pack "$acne" -o big.stpk --byte-order big $quiet
expect_exit 1 "other bytes" cmp big.stpk acne_scars.stpk
expect_exit 0 "in the order that is the ordinary one" \
	"$STIPPLE" pack "$acne" -o little.stpk --byte-order little $quiet
expect_exit 0 "the same bytes" cmp little.stpk acne_scars.stpk
expect_exit 0 "to standard output, with a depfile" \
	"$STIPPLE" pack "$acne" -o - $quiet -MF pack.d -MT acne.stpk
mv out stdout.stpk
expect_exit 0 "the same bytes there" cmp stdout.stpk acne_scars.stpk
expect_text "acne.stpk:" pack.d "the depfile names the target"
expect_text "acne_scars.stip" pack.d "and the source"
for table in acne_scars neck_lines; do
	"$STIPPLE" tables "$SRC/protocols/$table.stip" -o "$table" --form words $quiet
	expect_exit 0 "$table as words compiles" $CC -std=c99 -Wall -Wextra -Wpedantic -Werror -I. \
		-I"$SRC/runtime/include" -DTABLE_HEADER="\"$table.h\"" -DTABLE_OBJECT="${table}_table" \
		-o words "$SRC/tests/runtime/bytes_of.c" "$table.c"
	./words >words.img
	expect_exit 0 "and is the same bytes" cmp words.img "$table.stpk"
done
expect_exit 2 "a form that is none" "$STIPPLE" tables "$acne" -o lost --form columns $quiet
expect_exit 2 "a key without a counter" "$STIPPLE" pack "$acne" -o no.stpk --sign "$acne"
expect_text "--counter N is missing" err "says what is missing"
expect_exit 2 "a counter without a key" "$STIPPLE" pack "$acne" -o no.stpk --counter 1
expect_exit 2 "a file that is no key" "$STIPPLE" pack "$acne" -o no.stpk --sign "$acne" --counter 1
for counter in -1 1x 4294967296 99999999999999999999999; do
	expect_exit 2 "no counter: $counter" \
		"$STIPPLE" pack "$acne" -o no.stpk --sign "$acne" --counter "$counter"
done
expect_exit 1 "no protocol in the file" \
	"$STIPPLE" pack "$SRC/protocols/zones.stip" -o no.stpk
[ ! -e no.stpk ] && ok "nothing was written" || not_ok "nothing was written"

# ---- signatures ----

if ! command -v openssl >/dev/null; then
	skip "signed packs" "no openssl"
	end
fi
openssl genpkey -algorithm ed25519 -out maker.pem
openssl pkey -in maker.pem -pubout -out public.pem
openssl genpkey -algorithm ed25519 -out other.pem
openssl pkey -in maker.pem -aes128 -passout pass:secret -out locked.pem
openssl genpkey -algorithm x25519 -out agreement.pem
for order in little big; do
	expect_exit 0 "signed, $order" "$STIPPLE" pack "$acne" -o signed-$order.stpk $quiet \
		--sign maker.pem --counter 7 --byte-order $order
	bytes=$(wc -c <signed-$order.stpk)
	head -c $((bytes - 68)) signed-$order.stpk >message
	tail -c 68 signed-$order.stpk | head -c 64 >signature
	expect_exit 0 "openssl verifies it" openssl pkeyutl -verify -pubin -inkey public.pem -rawin \
		-in message -sigfile signature
done
head -c $(($(wc -c <acne_scars.stpk))) signed-little.stpk >image
expect_exit 0 "what is signed begins with the image" cmp image acne_scars.stpk
"$STIPPLE" pack "$acne" -o again.stpk $quiet --sign maker.pem --counter 7
expect_exit 0 "the same key and counter give the same file" cmp again.stpk signed-little.stpk
for key in locked agreement public; do
	expect_exit 2 "not a key: $key" \
		"$STIPPLE" pack "$acne" -o no.stpk --sign $key.pem --counter 7
done
expect_text "no Ed25519 private key" err "says why"

# ---- the example ----

"$STIPPLE" pack "$acne" -o other.stpk $quiet --sign other.pem --counter 7
"$STIPPLE" pack "$acne" -o older.stpk $quiet --sign maker.pem --counter 6
cp signed-little.stpk altered.stpk
byte=$(od -An -tu1 -j 1000 -N 1 altered.stpk)
printf "\\$(printf %03o $((byte ^ 1)))" | dd of=altered.stpk bs=1 seek=1000 conv=notrunc 2>/dev/null
expect_exit 1 "one byte is altered" cmp altered.stpk signed-little.stpk
expect_exit 0 "the example builds" make -s -C "$SRC/examples/signed" STIPPLE="$STIPPLE" CC="$CC" \
	CFLAGS="$SUITE_CFLAGS" BUILD="$WORK/example" PUBLIC_KEY="$WORK/public.pem" program
opens() {
	expect_exit "$1" "example: $3" example/signed 7 "$2"
	expect_text "$4" out "example says: $4"
}
opens 0 signed-little.stpk "a pack of the maker's" "counter 7: in range"
opens 1 older.stpk "an older one" "older than the one before"
opens 1 other.stpk "another's" "not signed by a key that is trusted"
opens 1 acne_scars.stpk "one without a signature" "not signed by a key that is trusted"
opens 1 altered.stpk "an altered one" "the pack is not signed"
# Two names whose keys, the first bytes of SHA-256, are the same; and one more that is not.
cat >alike.stip <<'END'
import "std/devices"
import "std/vocabulary"
zone z9578 "a place"
zone z56524 "another place"
protocol acne "Acne scars" {
  version 1.0.0; treats acne_scars; device pen_25
  course 3 sessions, 4 weeks apart  cites drpen
  zone z9578  { depth 0.5 to 1.5 mm  cites drpen }
  zone z56524 { depth 0.5 to 1.5 mm  cites drpen }
}
END
expect_exit 1 "two names with one key" "$STIPPLE" pack alike.stip -o alike.stpk
expect_text "two names of zones have the same key, 0xC1E287C3" err "are named"
sed 's/z9578/z9579/' alike.stip >unlike.stip
expect_exit 0 "two names with two keys" "$STIPPLE" pack unlike.stip -o unlike.stpk

# ---- words ----

expect_exit 0 "with words of two languages" "$STIPPLE" pack "$acne" -o words.stpk --text en,es $quiet
if grep -q -a mejillas words.stpk && grep -q -a "How does your skin react" words.stpk; then ok "they are there"; else not_ok "they are there"; fi
if grep -q -a mejillas acne_scars.stpk; then not_ok "and not where none are wanted"; else ok "and not where none are wanted"; fi
fingerprint_of() {
	od -A n -t x1 -j 28 -N 32 "$1"
}
[ "$(fingerprint_of words.stpk)" = "$(fingerprint_of acne_scars.stpk)" ] &&
	ok "words do not change the fingerprint" || not_ok "words do not change the fingerprint"
expect_exit 0 "all treatments, in all languages" "$STIPPLE" pack $all -o words.stpk --text en,es,de,fr,ar $quiet
sed 's/^language es "Español"/language xx "Example"/' "$SRC/protocols/languages/es.stip" >xx.stip
expect_exit 0 "with words of a language of one's own" "$STIPPLE" pack "$acne" xx.stip -o words.stpk --text en,xx $quiet
for words in sangrado "pinpoint bleeding" "las manos"; do
	if grep -q -a "$words" words.stpk; then ok "$words"; else not_ok "$words"; fi
done
# lost NAME ENGLISH: the language without the words of the English is refused.
lost() {
	sed "/^  text \"$2\"/{N;d;}; /^  phrase $2 /d" xx.stip >less.stip
	expect_exit 1 "a language without $1" "$STIPPLE" pack "$acne" less.stip -o lost.stpk --text en,xx $quiet
	expect_text "less.stip:7:10: error: language 'xx' does not say what a device shows: \"${3-$2}\"" err "$1: which"
	if [ -e lost.stpk ]; then not_ok "$1: nothing is written"; else ok "$1: nothing is written"; fi
}
lost "a label" chin
lost "a question" "Are you pregnant?"
lost "a reason" "we need clean skin"
sed '/^  phrase preparation_broken /d' xx.stip >less.stip
expect_exit 1 "a language without the words to ask about a preparation" "$STIPPLE" pack "$acne" less.stip -o lost.stpk --text en,xx $quiet
expect_text "language 'xx' lacks phrases: preparation_broken" err "which"
sed '/^  phrase pattern_horizontal /d' xx.stip >less.stip
expect_exit 1 "a language without a movement" "$STIPPLE" pack unlike.stip less.stip -o lost.stpk --text xx $quiet
expect_text '"horizontal"' err "which"
printf 'language xx "Example" {\n  text "cheeks", "mejillas"\n}\n' >less.stip
expect_exit 1 "a language of one word" "$STIPPLE" tables unlike.stip less.stip -o lost --text xx $quiet
expect_text " more [ST0703" err "some are named, the rest is counted"
expect_exit 2 "a language that is not there" "$STIPPLE" pack "$acne" -o lost.stpk --text en,yy $quiet

# ---- what is asked about the preparation ----

$CC -std=c99 $SUITE_CFLAGS -I"$SRC/runtime/include" -o questions "$SRC/tests/pack/questions.c" "$RUNTIME_LIB" ||
	not_ok "questions.c compiles"
for protocol in $all; do
	name=$(basename "$protocol" .stip)
	"$STIPPLE" pack "$protocol" -o said.stpk --text en,de,es,fr,ar $quiet
	expect_exit 0 "$name: every question about the preparation has words in every language" ./questions said.stpk
done
"$STIPPLE" pack $all -o words.stpk --text en,de,es,fr,ar $quiet
./questions words.stpk >asked.txt 2>made_by.txt
golden "$SRC/tests/pack/asked.txt" asked.txt
if grep '^[a-z]' asked.txt | grep -v '^not_kept_'; then not_ok "each says what yes means"; else ok "each says what yes means"; fi
grep -q '^not_kept_avoid_sun_exposure_7_days$' asked.txt && grep -q '^not_kept_avoid_sun_exposure_28_days$' asked.txt &&
	ok "two times are two questions" || not_ok "two times are two questions"
expect_exit 1 "a pack without words fails" ./questions acne_scars.stpk
expect_exit 1 "a pack without a preparation fails" ./questions unlike.stpk

# Every unit, and every way to say when; two times that are one to a device, and what is excepted.
cat >times.stip <<'END'
import "std/devices"
import "std/vocabulary"
protocol acne "Acne scars" {
  version 1.0.0; treats acne_scars; device pen_25
  course 3 sessions, 4 weeks apart  cites drpen
  zone cheeks { depth 0.5 to 1.5 mm  cites drpen }
  before {
    avoid makeup for 2 weeks              cites drpen
    avoid perfume for 1 day               cites drpen
    avoid lotion for 49 h                 cites drpen
    avoid shaving for 36 h                cites drpen
    avoid waxing for 90 min               cites drpen
    avoid tanning for 30 s                cites drpen
    avoid exercise from 3 days to 1 day before  cites drpen
    avoid self_tan on the day             cites drpen
    avoid acids except lactic_acid for 2 days  cites drpen
  }
  after { avoid makeup on the day  cites drpen }
}
END
expect_exit 0 "all ways to say when" "$STIPPLE" pack times.stip -o times.stpk --text en
./questions times.stpk >times.txt 2>>made_by.txt
golden "$SRC/tests/pack/times.txt" times.txt
"$STIPPLE" pack times.stip -o times.stpk
comes_back times
sed 's/^protocol/factor not_kept_avoid_shaving_36_h { asks "Is it so?"; if "it is so" }\n&/; s/^  before/  when not_kept_avoid_shaving_36_h { zone cheeks { depth to 1 mm  cites drpen } }\n&/' times.stip >twice.stip
expect_exit 1 "a question of one's own that has the name" "$STIPPLE" pack twice.stip -o lost.stpk
expect_text "two questions would both be called not_kept_avoid_shaving_36_h in the tables" err "is refused"

# ---- the keys of the header ----

# $1 header: a program whose end says whether each key finds the row, or the answer, of its enumerator.
write_finder() {
	printf '#include "%s"\n#include "stipple/runtime.h"\nint main(void)\n{\n' "$1"
	echo 'struct stipple_expectation all = { 0, ACNE_SCARS_DEVICE_PEN_25_KEY }; struct stipple_table t; uint32_t why;'
	echo 'if (stipple_open(&t, &acne_scars_table, sizeof acne_scars_table, &all, &why) != STIPPLE_ANSWERED) return 2;'
	sed -n 's/^#define \(ACNE_SCARS_\([A-Z]*\)_\(.*\)\)_KEY .*/\1 \2 \3/p' "$1" | awk '
		{ kind = tolower($2); row = kind == "value" ? "ACNE_SCARS_ANSWER_" $3 : $1 }
		kind == "device" || kind == "endpoint" { found = "acne_scars_table." kind "s[" row "].key == " $1 "_KEY" }
		kind != "device" && kind != "endpoint" { found = "stipple_find_" kind "(&t, " $1 "_KEY) == " row }
		{ print "if (!(" found ")) return 1;" }'
	echo 'return 0; }'
}
finds() {
	write_finder "$2" >finder.c
	expect_exit 0 "$3 compiles" $CC -std=c99 $SUITE_CFLAGS -I. -I"$SRC/runtime/include" -o finder finder.c acne_scars.c "$RUNTIME_LIB"
	expect_exit "$1" "$3" ./finder
}
"$STIPPLE" tables "$acne" -o acne_scars $quiet
finds 0 acne_scars.h "every key finds its row"
for kind in DEVICE PROTOCOL ZONE FACTOR QUESTION ROLE PATTERN ENDPOINT; do
	rows=$(grep -c "^	ACNE_SCARS_${kind}_[A-Z_0-9]* = " acne_scars.h)
	keys=$(grep -c "^#define ACNE_SCARS_${kind}_[A-Z_0-9]*_KEY " acne_scars.h)
	[ "$rows" -gt 0 ] && [ "$rows" = "$keys" ] && ok "each $kind has a key" || not_ok "each $kind has a key" "$keys of $rows"
done
[ "$(grep -c "^	ACNE_SCARS_ANSWER_" acne_scars.h)" = "$(grep -c "^#define ACNE_SCARS_VALUE_.*_KEY " acne_scars.h)" ] &&
	ok "each value has a key" || not_ok "each value has a key"
for name in VALUE_OPERATOR_NURSE ROLE_DOCTOR PATTERN_STAMP ENDPOINT_ERYTHEMA; do
	sed "s/\(_${name}_KEY 0x\)./\1F/;t
		s/\(_${name}_KEY 0x\)F/\10/" acne_scars.h >other.h
	finds 1 other.h "another key of $name does not"
done

# ---- the version of the program ----

version=$("$STIPPLE" --version | sed -n '1s/^stipple //p')
expect_text "made by $version" made_by.txt "a pack says what made it"
$CC -std=c11 $SUITE_CFLAGS -D_XOPEN_SOURCE=700 '-DSTP_VERSION="9.9"' -I"$SRC/compiler" -I"$SRC/runtime/include" -o later \
	"$SRC/compiler/emit/tables_build.c" "$BUILD/compiler/main.o" "$BUILD/libstipple.a" "$RUNTIME_LIB" \
	$(pkg-config --libs libcmark libsodium) || not_ok "a later version is made"
expect_exit 0 "a later version packs" ./later pack "$acne" -o later.stpk $quiet
./questions later.stpk >/dev/null 2>made_by.txt
expect_text "made by 9.9" made_by.txt "it says so"
expect_exit 1 "other bytes" cmp later.stpk acne_scars.stpk
[ "$(fingerprint_of later.stpk)" = "$(fingerprint_of acne_scars.stpk)" ] &&
	ok "the same fingerprint" || not_ok "the same fingerprint"
expect_exit 0 "this version decompiles it" "$STIPPLE" decompile later.stpk -o later.stip
expect_exit 0 "to the same source" cmp later.stip acne_scars.again.stip
./later pack later.stip -o later.again.stpk >packed 2>&1
expect_exit 0 "of which the later one makes the same pack" cmp later.stpk later.again.stpk

end
