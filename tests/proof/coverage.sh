# SPDX-License-Identifier: Apache-2.0
#
# A part of run-all.sh: every line of runtime/ is executed and every branch taken both ways by the unit
# tests of the runtime and the walks of this folder. What cannot be is listed with its reason in
# coverage.txt; a line there that is not needed fails too.

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

# One line for each gap: the file, the source line, and what is missing.
list_gaps() {
	for source in "$SRC"/runtime/src/*.c; do
		(cd "$WORK/coverage" && gcov -b -c -t -o . "$source" 2>/dev/null) | awk '
			/^ *-: *0:Source:/ { sub(/^ *-: *0:Source:/, ""); sub(/.*\//, ""); file = $0; next }
			/^ *[-0-9#=*]+: *[0-9]+:/ {
				code = $0
				sub(/^[^:]*: *[0-9]+:[ \t]*/, "", code)
				lines += $1 !~ /^-/
				if ($1 ~ /^#/) print file " | " code " | line"
			}
			/^branch/ { branches++; if (/never executed/ || / taken 0( |$)/) print file " | " code " | branch " $2 }
			END { print "total " lines + 0 " " branches + 0 }'
	done
}
list_gaps >"$WORK/coverage/gaps"
awk '/^total/ { l += $2; b += $3 } END { print "- lines: " l; print "- branches: " b }' \
	"$WORK/coverage/gaps" >"$WORK/coverage/total"
sed 's/^/# /' "$WORK/coverage/total"
grep -v '^total' "$WORK/coverage/gaps" | sort -u >"$WORK/coverage/missing"

# coverage.txt: FILE | CODE | REASON. The code is a part of the source line.
grep -v '^#' "$PROOF/coverage.txt" | while IFS='|' read -r file code reason; do
	file=${file% }
	code=$(echo "$code" | sed 's/^ //; s/ $//')
	grep -F "$file | " "$WORK/coverage/missing" | grep -F -e "$code" >"$WORK/coverage/excused.one" ||
		echo "coverage.txt excuses what is covered: $file: $code"
	cat "$WORK/coverage/excused.one" >>"$WORK/coverage/excused"
done >"$WORK/coverage/needless"
touch "$WORK/coverage/excused"
sort -u "$WORK/coverage/excused" | comm -23 "$WORK/coverage/missing" - >"$WORK/coverage/left"
sed 's/^/# /' "$WORK/coverage/left"
expect_exit 0 "every line and branch is covered, or excused with a reason" \
	cmp "$WORK/coverage/left" /dev/null
expect_exit 0 "and nothing is excused that is covered" cmp "$WORK/coverage/needless" /dev/null
expect_exit 0 "lines and branches were counted" sh -c "
	grep -q '^total [1-9][0-9][0-9]* [1-9][0-9][0-9]*' '$WORK/coverage/gaps'"
{
	echo "Made with $($CC --version | head -n 1), \`-O0\`."
	echo
	cat "$WORK/coverage/total"
	echo "- of them not covered, each with its reason below: $(wc -l <"$WORK/coverage/missing")"
	echo
	echo "| file | code | why no test reaches it |"
	echo "|---|---|---|"
	grep -v '^#' "$PROOF/coverage.txt" |
		sed 's/^\([^|]*\) | \(.*\) | \([^|]*\)$/\1\t\2\t\3/; s/|/\\|/g' |
		awk -F '\t' '{ printf("| %s | `%s` | %s |\n", $1, $2, $3) }'
} >"$WORK/coverage/coverage.md"
published coverage "$WORK/coverage/coverage.md"
