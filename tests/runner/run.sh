#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# tests/run itself: what it counts, and that nothing which went wrong passes. Each case is a small tree
# whose only suite behaves in one way.
. "$SRC/tests/lib.sh"
begin runner

# $1 what the suite does, $2 the file it stands in (run.sh unless said), $3 basic or all, $4 the wanted
# suites; a suite may take $limit seconds, 60 unless set: what tests/run prints and its exit status go to $WORK/out and $WORK/status.
run_tree() {
	tree=$WORK/tree
	rm -rf "$tree"
	mkdir -p "$tree/tests/sample" "$tree/build"
	printf '#!/bin/sh\n%s\n' "$1" >"$tree/tests/sample/${2-run.sh}"
	chmod +x "$tree/tests/sample/${2-run.sh}"
	SRC=$tree BUILD=$tree/build SUITE_SECONDS=${limit-60} SUITES=${4-} "$SRC/tests/run" "${3-basic}" >"$WORK/out" 2>&1
	echo $? >"$WORK/status"
}

# $1 case name, $2 exit status, $3 last line
expect_run() {
	if [ "$(cat "$WORK/status")" = "$2" ] && [ "$(tail -n 1 "$WORK/out")" = "$3" ]; then
		ok "$1"
	else
		not_ok "$1" "status $(cat "$WORK/status"); $(cat "$WORK/out")"
	fi
}

run_tree 'echo "ok a"; echo "ok b"'
expect_run "counts what passed" 0 "2 passed, 0 failed, 0 skipped"
run_tree 'echo "ok a"; echo "not ok b"; exit 1'
expect_run "counts what failed" 1 "1 passed, 1 failed, 0 skipped"
expect_text "| not ok b" "$WORK/out" "shows the log of a failure"
run_tree 'echo "ok a"; echo "not ok b"'
expect_run "a failed case fails whatever the exit status" 1 "1 passed, 1 failed, 0 skipped"
run_tree 'echo "ok a"; exit 1'
expect_run "an exit status fails whatever the cases" 1 "1 passed, 1 failed, 0 skipped"
run_tree 'echo "ok a"; kill -SEGV $$'
expect_run "a crash fails" 1 "1 passed, 1 failed, 0 skipped"
limit=2
run_tree 'echo "ok a"; sleep 60'
unset limit
expect_run "a suite that hangs fails" 1 "1 passed, 1 failed, 0 skipped"
run_tree 'exit 0'
expect_run "a suite without a case fails" 1 "0 passed, 1 failed, 0 skipped"
run_tree 'echo "ok a"; echo "ok b # SKIP no camera"'
expect_run "counts what was skipped" 0 "1 passed, 0 failed, 1 skipped"
run_tree 'echo "no emulator"; exit 77'
expect_text "1 skipped: no emulator" "$WORK/out" "a suite that skips itself says why"
expect_run "a run in which nothing ran fails" 1 "0 passed, 0 failed, 1 skipped"
run_tree 'echo "ok a"; echo "not ok b"; exit 77'
expect_run "a suite cannot fail and skip" 1 "1 passed, 1 failed, 0 skipped"
run_tree 'echo "ok a"' run-all.sh
expect_text "Left out, since they need more than the basic packages: sample" "$WORK/out" \
	"names the suites left out"
run_tree 'echo "ok a"' run-all.sh all
expect_run "test-all runs them" 0 "1 passed, 0 failed, 0 skipped"
run_tree 'echo "ok a"' run.sh basic "other sample"
expect_run "a suite that is wanted runs" 0 "1 passed, 0 failed, 0 skipped"
run_tree 'echo "ok a"' run.sh basic "samples sampl"
expect_run "others do not, and a run without any fails" 1 "0 passed, 0 failed, 0 skipped"
end
