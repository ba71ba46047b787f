# SPDX-License-Identifier: Apache-2.0
#
# A part of run-all.sh: the walk with one disturbance in a session, and every bit of every shipped pack.

build_proof walk_all
expect_exit 0 "every sequence of calls with one disturbance in a session" "$WORK/walk_all" 1 100
tell
expect_text "and nothing new beyond it" "$WORK/out" "and the walk came to an end by itself"

build_proof flips
for protocol in "$SRC"/protocols/*.stip; do
	grep -q '^protocol ' "$protocol" || continue
	name=$(basename "$protocol" .stip)
	"$STIPPLE" pack "$protocol" -o "$WORK/$name.stpk" >/dev/null 2>&1
	expect_exit 0 "every flipped bit of the pack of $name, and bursts" "$WORK/flips" "$WORK/$name.stpk"
	tell
done
