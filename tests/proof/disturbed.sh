# SPDX-License-Identifier: Apache-2.0
#
# A part of run-all.sh: the walk with one disturbance in a session: a clock that goes wrong, a record that
# is not kept, a power cut, time that passes.

build_proof walk_all
expect_exit 0 "every sequence of calls with a disturbance in a session" "$WORK/walk_all" \
	"${DISTURBANCES-1}" 100
tell
expect_text "and nothing new beyond it" "$WORK/out" "and the walk came to an end by itself"
published disturbed
