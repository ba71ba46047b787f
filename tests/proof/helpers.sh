# SPDX-License-Identifier: Apache-2.0
#
# What the parts of this suite share: walk.stip's table, and the programs of this folder.

PROOF=$SRC/tests/proof
PROOF_FLAGS="-std=c11 -O2 -Wall -Wextra -Wconversion -Werror -I$SRC/runtime/include -I$PROOF -I$WORK"

make_walk() {
	"$STIPPLE" tables "$PROOF/walk.stip" -o "$WORK/walk" >"$WORK/walk.log" 2>&1 ||
		not_ok "the walk's table is made" "$(cat "$WORK/walk.log")"
}

# $1 program, $2 its runtime's folder (default: this one), $3 where it goes
build_proof() {
	$CC $PROOF_FLAGS $SUITE_CFLAGS -o "${3:-$WORK/$1}" "$PROOF/$1.c" "$PROOF/stage.c" \
		"$PROOF/observer.c" "$WORK/walk.c" "${2:-$SRC/runtime/src}"/*.c
}

# Prints what the last program said, for the log, and notes it for the document.
tell() {
	sed 's/^/# /' "$WORK/out"
	echo "- $case_name: $(sed "s,$WORK/,," "$WORK/out" | paste -s -d ';' | sed 's/;/; /g')." >>"$WORK/told.md"
}

# $1 part: what was told since the last time, or $2, is what docs/device-proof.md says of that part;
# UPDATE=1 writes it there. Not compared where a compiler is not the one that is named there, or where
# a part was told to do more or less than usual.
published() {
	document=$SRC/docs/device-proof.md
	begins="<!-- made by tests/proof, $1: begin -->"
	ends="<!-- made by tests/proof, $1: end -->"
	made=${2:-$WORK/told.md}
	if [ "${UPDATE-}" = 1 ]; then
		awk -v begins="$begins" -v ends="$ends" -v made="$made" '
			$0 == ends { inside = 0 }
			!inside { print }
			$0 == begins { inside = 1; while ((getline line <made) > 0) print line }' \
			"$document" >"$WORK/document.md" && cp "$WORK/document.md" "$document"
	fi
	awk -v begins="$begins" -v ends="$ends" '
		$0 == ends { inside = 0 }
		inside { print }
		$0 == begins { inside = 1 }' "$document" >"$WORK/published.md"
	if [ -n "${WALK_EVENTS-}${WALK_SEED-}${DISTURBANCES-}" ]; then
		skip "docs/device-proof.md, $1" "another length"
	elif [ "$(grep '^Made with' "$made")" != "$(grep '^Made with' "$WORK/published.md")" ]; then
		skip "docs/device-proof.md, $1" "$(grep '^Made with' "$made")"
	else
		expect_exit 0 "docs/device-proof.md says this of $1 (UPDATE=1 writes it)" \
			diff "$WORK/published.md" "$made"
	fi
	rm -f "$WORK/told.md"
}
