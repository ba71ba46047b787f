#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Lack of memory: every allocation of the program is made to fail, over what the commands do with the
# shipped protocols, faulty sources and all the others below. After each the program must end with status
# 3 and a message, with nothing left allocated. fail_each.c says which allocations of a run are tried: all
# that are reached in a way that was not tried before, and each STRIDEth of the rest (1 tries all of them).
. "$SRC/tests/lib.sh"
begin memory
stride=${STRIDE-97}
if [ -n "$SANITIZE" ]; then
	echo "the sanitizers have their own malloc"
	exit 77
fi

# The program with a malloc that can fail; blocks as small as what is asked for.
if ! $CC -std=c11 -w -O1 -g -rdynamic -DSTP_BLOCK_BYTES=1 -D_XOPEN_SOURCE=700 '-DSTP_VERSION="memory"' \
	-Dmain=stipple_main -I"$SRC/compiler" -I"$SRC/runtime/include" -c -o "$WORK/main.o" \
	"$SRC/compiler/main.c" 2>"$WORK/cc.err" ||
	! $CC -std=c11 -w -O1 -g -rdynamic -DSTP_BLOCK_BYTES=1 -D_XOPEN_SOURCE=700 '-DSTP_VERSION="memory"' \
	-I"$SRC/compiler" -I"$SRC/runtime/include" -o "$WORK/fail_each" "$SRC/tests/memory/fail_each.c" \
	"$WORK/main.o" "$SRC/compiler/support/context.c" "$BUILD/libstipple.a" "$RUNTIME_LIB" \
	$(pkg-config --libs libcmark libsodium) 2>"$WORK/cc.err"; then
	not_ok "the program is built" "$(cat "$WORK/cc.err")"
	end
fi
cd "$SRC" || exit 1

# case_of NAME COMMAND...
case_of() {
	case_name=$1
	shift
	if "$WORK/fail_each" "$stride" "$@" >"$WORK/out" 2>/dev/null </dev/null; then
		ok "$case_name: $(tail -n 1 "$WORK/out")"
	else
		not_ok "$case_name" "$(head -n 40 "$WORK/out"; tail -n 1 "$WORK/out")"
	fi
	tail -n 1 "$WORK/out" >>"$WORK/counts"
}

acne=protocols/acne_scars.stip
clinic=examples/clinic/clinic.stip
case_of "check" check $acne
case_of "check as JSON" check tests/mistakes/ten_mistakes.stip --diagnostics=json
case_of "check as SARIF" check tests/mistakes/ten_mistakes.stip --diagnostics=sarif
case_of "fixes" check tests/diagnostics/fix.after --fix=diff
cp tests/mistakes/ten_mistakes.stip "$WORK/mended.stip"
case_of "fixes in place" check "$WORK/mended.stip" --fix
case_of "tables" tables $acne -o "$WORK/acne" -MD
case_of "pack" pack $acne -o "$WORK/acne.stpk"
"$STIPPLE" pack $acne -o "$WORK/whole.stpk" 2>/dev/null
case_of "decompile" decompile "$WORK/whole.stpk" -o "$WORK/again.stip"
case_of "handout" handout $acne --clinic $clinic --visit 2026-12-01T10:00 -o "$WORK"
case_of "handout as HTML" handout $acne --clinic $clinic --format html -o "$WORK"
case_of "calendar" handout $acne --clinic $clinic --visit 2026-12-01T10:00 --format ics -o "$WORK"
case_of "card" card $acne -o "$WORK"
case_of "trace" trace $acne -o "$WORK"
case_of "why" why $acne cheeks depth --given skin_type=V
case_of "read" read $acne
case_of "score" score $acne --clinic $clinic
case_of "test" test tests/blocks/passing.stip
case_of "policies" check $acne --policy std/policies/baseline
case_of "explain" explain --all
case_of "words" words
case_of "an import" check tests/mistakes/import_in_a_circle.stip
case_of "standard input" check -
for source in tests/mistakes/[a-d]*.stip tests/syntax/*.stip; do
	echo "$source"
done >"$WORK/sources"
# shellcheck disable=SC2046 # no name has a blank
case_of "many faulty sources" check $(awk 'NR % 6 == 0' "$WORK/sources")
case_of "wrong usage" chek
left=$(find "$WORK" -name '*.tmp')
if [ -z "$left" ]; then ok "nothing half-written is left"; else not_ok "nothing half-written is left" "$left"; fi
awk '{ tried += $1; all += $3; chains += $6 } END {
	print "# " tried " of " all " allocations made to fail, " chains " chains of calls" }' "$WORK/counts"
end
