# SPDX-License-Identifier: Apache-2.0
#
# A part of run-all.sh: every line of runtime/ is executed and every branch taken both ways by the unit
# tests of the runtime and the walks of this folder. There are no exceptions.

mkdir -p "$WORK/coverage"
for source in "$SRC"/runtime/src/*.c; do
	$CC --coverage -O0 -std=c99 -ffreestanding -I"$SRC/runtime/include" -c \
		-o "$WORK/coverage/$(basename "$source" .c).o" "$source"
done
rm -f "$WORK/coverage/runtime.a"
ar rcs "$WORK/coverage/runtime.a" "$WORK"/coverage/*.o

# Runs a test program with the measured runtime. $1 program, the rest what it is made of.
measure() {
	program=$1
	shift
	$CC --coverage -o "$WORK/coverage/$program" "$@" "$WORK/coverage/runtime.a" \
		$(pkg-config --libs cmocka libcmark libsodium) || {
		not_ok "coverage: $program is built"
		return
	}
	expect_exit 0 "coverage: $program" "$WORK/coverage/$program" $ARGUMENTS
}

UNIT=$SRC/tests/unit
UNIT_FLAGS="-std=c11 -O1 -D_XOPEN_SOURCE=700 -I$SRC/compiler -I$SRC/runtime/include -I$UNIT"
ARGUMENTS=
for test in "$UNIT"/test_runtime*.c "$UNIT"/test_pack.c; do
	measure "$(basename "$test" .c)" $UNIT_FLAGS "$test" "$UNIT/session_ward.c" "$UNIT/table_bench.c" \
		"$UNIT/fixture_model.c" "$BUILD/libstipple.a"
done
for walk in walk_random flips; do
	[ $walk = flips ] || ARGUMENTS="200000 1"
	measure $walk $PROOF_FLAGS "$PROOF/$walk.c" "$PROOF/stage.c" "$PROOF/observer.c" "$WORK/walk.c"
	ARGUMENTS=
done

# One line for each gap: the file, the place, the source line, and what is missing. $@: as for gcov.
list_gaps() {
	(cd "$WORK/coverage" && gcov -b -c -t "$@" 2>/dev/null) | awk '
		/^ *-: *0:Source:/ { sub(/^ *-: *0:Source:/, ""); sub(/.*\//, ""); file = $0; next }
		/^ *[-0-9#=*]+: *[0-9]+:/ {
			code = $0
			sub(/^[^:]*: */, "", code)
			lines[file] += $1 !~ /^-/
			if ($1 ~ /^#/) print file ":" code " | line"
		}
		/^branch/ {
			branches[file]++
			if (/never executed/ || / taken 0( |$)/) print file ":" code " | branch " $2
		}
		END { for (file in lines) print "total " file " " lines[file] " " branches[file] + 0 }'
}
for source in "$SRC"/runtime/src/*.c; do
	list_gaps -o . "$source"
done >"$WORK/coverage/first"

# This test compiles one file anew, with a port that disturbs: what it reaches there
# counts as well.
ANEW=test_runtime_second_reading
AGAIN=session_needling.c
list_gaps $ANEW-$ANEW.gcda | grep "^\(total \)\?$AGAIN" >"$WORK/coverage/again"
expect_exit 0 "what is compiled anew was measured" grep -q "^total $AGAIN [1-9]" "$WORK/coverage/again"
{
	grep -v "^$AGAIN" "$WORK/coverage/first"
	grep "^$AGAIN" "$WORK/coverage/first" | grep -F -x -f "$WORK/coverage/again"
} >"$WORK/coverage/gaps"

grep -v '^total' "$WORK/coverage/gaps" >"$WORK/coverage/missing"
sed 's/^/# /' "$WORK/coverage/missing"
expect_exit 0 "every line and branch is covered" cmp "$WORK/coverage/missing" /dev/null
{
	echo "Made with $($CC --version | head -n 1), \`-O0\`."
	echo
	awk '/^total/ { l += $3; b += $4 } END { print "- lines: " l; print "- branches: " b }' \
		"$WORK/coverage/gaps"
	echo "- of them not covered: $(wc -l <"$WORK/coverage/missing")"
} >"$WORK/coverage/coverage.md"
sed 's/^/# /' "$WORK/coverage/coverage.md"
expect_exit 0 "lines and branches were counted" \
	grep -q '^- branches: [1-9][0-9][0-9]' "$WORK/coverage/coverage.md"
published coverage "$WORK/coverage/coverage.md"
