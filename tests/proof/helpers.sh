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

# Prints what the last program said, for the log and for docs.
tell() {
	sed 's/^/# /' "$WORK/out"
}
