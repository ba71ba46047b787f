#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Languages as others have them: plural classes, numbers with units, dates, lists and decimals agree with
# ICU, which Node carries; a .po passes msgfmt, and comes out of msgcat as it went in.
. "$SRC/tests/lib.sh"
begin languages-all
cd "$WORK" || exit 1
here=$SRC/tests/languages
command -v node >/dev/null || { echo "no node"; exit 77; }
command -v msgfmt >/dev/null || { echo "no gettext"; exit 77; }

shipped=
for language in "$SRC"/protocols/languages/*.stip; do
	shipped="$shipped $(basename "$language" .stip)"
done
others="pt hy fa hi bn gu kn zu am ja zh ko vi th id ms lo my yue ru uk be pl cs sk hr sr bs sl lt lv
ro he is mk ga cy nl sv it da nb fi tr el hu bg"
${CC:-cc} -std=c11 -Wall -Wextra -Werror -I"$SRC/compiler" -I"$SRC/runtime/include" -o words "$here/words.c" \
	"$BUILD/libstipple.a" "$RUNTIME_LIB" $(pkg-config --libs libcmark libsodium) 2>err ||
	not_ok "the program that prints words" "$(cat err)"
./words $shipped -- $others >printed || not_ok "words are printed"
node "$here/icu.mjs" <printed || failures=$((failures + 1))
# seen NAME SED: a printed line that is wrong is seen.
seen() {
	sed "$2" printed >wrong
	if cmp -s printed wrong; then not_ok "$1 is altered"; fi
	if node "$here/icu.mjs" <wrong >told; then not_ok "$1 is seen"; else ok "$1 is seen"; fi
}
seen "a wrong unit" 's/3 Tage$/3 Tag/'
seen "a wrong class" 's/^class	pl	22	few/class	pl	22	many/'
seen "a wrong month" 's/ mai$/ juin/'
seen "a wrong list" 's/ e hijo/ y hijo/'

for code in $shipped; do
	[ "$code" != en ] || continue
	expect_exit 0 "$code.po" "$STIPPLE" po --lang "$code" -o "$code.po"
	expect_exit 0 "$code.po is sound" msgfmt --check --statistics -o "$code.mo" "$code.po"
	if grep -q -e fuzzy -e untranslated err; then not_ok "$code.po is complete" "$(cat err)"; else ok "$code.po is complete"; fi
	# As a translator's tool writes it, with lines broken elsewhere.
	expect_exit 0 "$code.po again" msgcat --width=60 --output-file="$code.again.po" "$code.po"
	"$STIPPLE" po "$code.po" -o "$code.stip" && "$STIPPLE" po "$code.again.po" -o "$code.again.stip"
	if cmp -s "$code.stip" "$code.again.stip"; then ok "$code.po survives a tool"; else
		not_ok "$code.po survives a tool" "$(diff "$code.stip" "$code.again.stip" | head -n 6)"
	fi
	# What the library no longer says would be left out.
	grep -v -e '^ *#' -e '^$' "$code.stip" | sort >here
	grep -v -e '^ *#' -e '^$' "$SRC/protocols/languages/$code.stip" | sort >there
	if cmp -s here there; then ok "$code has nothing that is of no use"; else
		not_ok "$code has nothing that is of no use" "$(diff here there | head -n 6)"
	fi
done
end
