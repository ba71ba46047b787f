#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The promises of the runtime, held against everything that can happen to it, on the host: every bit of
# a saved session and of a pack flipped; sessions walked exhaustively and at random, with power cuts at
# every event, before an observer who shares no code with the runtime; and faults put into the runtime,
# one by one, each of which the walks must notice. docs/device-proof.md says what this proves.
set -u
. "$SRC/tests/lib.sh"
begin proof
. "$SRC/tests/proof/helpers.sh"

make_walk

# ---- damage ----

build_proof flips
expect_exit 0 "every flipped bit of a session, and bursts, in every state" "$WORK/flips"
tell
"$STIPPLE" pack "$PROOF/walk.stip" -o "$WORK/walk.stpk" >/dev/null 2>&1
expect_exit 0 "every flipped bit of a pack, and bursts" "$WORK/flips" "$WORK/walk.stpk"
tell

# A runtime that looks at no checksum lets a flipped bit pass, and that is noticed.
mkdir -p "$WORK/mutant"
# $1 what, $2 file, $3 a change for sed, $4 what is flipped
passes_unnoticed() {
	cp "$SRC"/runtime/src/*.[ch] "$WORK/mutant"
	sed "$3" "$SRC/runtime/src/$2" >"$WORK/mutant/$2"
	build_proof flips "$WORK/mutant" "$WORK/mutant/flips" 2>"$WORK/mutant.log"
	expect_exit 1 "a runtime that does not look at the checksum of $1" "$WORK/mutant/flips" ${4-}
	expect_text " passes" "$WORK/out" "is found out"
}
passes_unnoticed "a session" session.c \
	's/return session->crc == crc_of(session, bytes);/return session->crc == crc_of(session, bytes) || bytes != 0;/'
passes_unnoticed "a pack" open.c \
	's/verification, table->bytes) != STIPPLE_ANSWERED/verification, table->bytes) == STIPPLE_BUSY/' "$WORK/walk.stpk"

# ---- a pack whose enumerators changed ----

# $1 case, $2 a change for sed: the same things in another order or under another name.
other_interface() {
	sed "$2" "$PROOF/walk.stip" >"$WORK/other.stip"
	"$STIPPLE" pack "$WORK/other.stip" -o "$WORK/other.stpk" >"$WORK/other.log" 2>&1
	expect_exit 1 "$1: refused by a firmware built for the first" "$WORK/is_for_walk" "$WORK/other.stpk"
	expect_text "made for another firmware" "$WORK/out" "$1: and for that reason"
}
build_proof is_for_walk
expect_exit 0 "the pack itself is taken" "$WORK/is_for_walk" "$WORK/walk.stpk"
other_interface "zones in another order" '/^zone cheek/{h;d};/^zone lid/{p;g;}'
other_interface "questions in another order" 's/pregnancy/\n/g;s/thinner/pregnancy/g;s/\n/thinner/g'
other_interface "answers in another order" 's/light "light", dark "dark"/dark "dark", light "light"/'
other_interface "a zone more" '/^zone lid/a zone brow "brow" in skin
	/zone lid { never }/a zone brow { never }'
sed 's/1\.5 mm/1.25 mm/' "$PROOF/walk.stip" >"$WORK/other.stip"
"$STIPPLE" pack "$WORK/other.stip" -o "$WORK/other.stpk" >/dev/null 2>&1
expect_exit 0 "other numbers under the same names are taken" "$WORK/is_for_walk" "$WORK/other.stpk"

# ---- walks ----

build_proof walk_all
build_proof walk_random
expect_exit 0 "every sequence of calls, undisturbed" "$WORK/walk_all" 0 100
tell
expect_text "and nothing new beyond it" "$WORK/out" "and the walk came to an end by itself"
expect_exit 0 "random events, with a power cut at each" "$WORK/walk_random" \
	"${WALK_EVENTS-1000000}" "${WALK_SEED-1}"
tell
published walks

# ---- the walks notice ----

grep -v '^#' "$PROOF/mutants.txt" >"$WORK/mutants"
while read -r line; do
	file=${line%% | *}
	rest=${line#* | }
	what=${rest##* | }
	change=${rest% | *}
	cp "$SRC"/runtime/src/*.[ch] "$WORK/mutant"
	same=
	for changed in $file; do
		sed "$change" "$SRC/runtime/src/$changed" >"$WORK/mutant/$changed"
		! cmp -s "$SRC/runtime/src/$changed" "$WORK/mutant/$changed" || same="$same $changed"
	done
	if [ -n "$same" ]; then
		not_ok "noticed when $what" "mutants.txt: the change alters nothing in$same"
		continue
	fi
	build_proof walk_random "$WORK/mutant" "$WORK/mutant/walk" 2>"$WORK/mutant.log" || {
		not_ok "noticed when $what" "$(cat "$WORK/mutant.log")"
		continue
	}
	expect_exit 1 "noticed when $what" "$WORK/mutant/walk" 1000000 1 &&
		expect_text "broken: " "$WORK/out" "noticed as a broken promise when $what"
done <"$WORK/mutants"
end
