# SPDX-License-Identifier: Apache-2.0
#
# A part of run-all.sh: cppcheck with its MISRA C:2012 add-on, and clang-tidy, on the runtime and on a
# generated table; and what the runtime's objects need from elsewhere, by target. A rule that is deviated
# from stands in misra.txt with a number and a reason. Recursion and stack are tests/sizes' matter.

# ---- cppcheck, MISRA ----

# $1 what, $2 where the findings go, the rest sources
run_cppcheck() {
	what=$1
	found=$2
	shift 2
	expect_exit 0 "cppcheck runs on $what" cppcheck -q --std=c99 --platform=unix32 \
		--enable=warning,style,performance,portability --inconclusive --addon=misra \
		--suppress=missingIncludeSystem --suppress=preprocessorErrorDirective \
		-I"$SRC/runtime/include" -I"$WORK" --template='{id} {file}:{line}' "$@"
	sort -u "$WORK/err" | sed "s,$SRC/,," >"$found"
}

# The rules of misra.txt.
deviations() {
	sed -n 's/^D[0-9]* *\([a-zA-Z0-9.-]*\) .*/\1/p' "$PROOF/misra.txt"
}

run_cppcheck "the runtime" "$WORK/cppcheck.runtime" "$SRC"/runtime/src/*.c
run_cppcheck "a generated table" "$WORK/cppcheck.table" "$WORK/walk.c"
deviations | sort >"$WORK/deviations"
cat "$WORK/cppcheck.runtime" "$WORK/cppcheck.table" | sort -u >"$WORK/cppcheck.all"
cut -d ' ' -f 1 "$WORK/cppcheck.all" | sort | uniq -c | sed 's/^/# /'
cut -d ' ' -f 1 "$WORK/cppcheck.all" | sort -u >"$WORK/cppcheck.rules"
comm -23 "$WORK/cppcheck.rules" "$WORK/deviations" >"$WORK/cppcheck.new"
grep -F -f "$WORK/cppcheck.new" "$WORK/cppcheck.all" | sed 's/^/# /' | head -n 40
expect_exit 0 "no finding that misra.txt does not deviate from" cmp "$WORK/cppcheck.new" /dev/null
comm -13 "$WORK/cppcheck.rules" "$WORK/deviations" >"$WORK/cppcheck.idle"
sed 's/^/# /' "$WORK/cppcheck.idle"
expect_exit 0 "and no deviation that is not needed" cmp "$WORK/cppcheck.idle" /dev/null
printf 'int wrong(int n);\nint wrong(int n) { if (n == 0) goto out; n++; out: return n; }\n' >"$WORK/wrong.c"
run_cppcheck "a file with a goto" "$WORK/cppcheck.wrong" "$WORK/wrong.c"
expect_text "misra-c2012-15.1" "$WORK/cppcheck.wrong" "cppcheck finds the goto"

# ---- clang-tidy ----

run_tidy() {
	clang-tidy --quiet --config-file="$SRC/.clang-tidy" "$@" -- -std=c99 -ffreestanding \
		-I"$SRC/runtime/include" -I"$WORK"
}
expect_exit 0 "clang-tidy has nothing to say about the runtime" run_tidy "$SRC"/runtime/src/*.c
expect_exit 0 "nor about a generated table" run_tidy "$WORK/walk.c"
printf 'int wrong(int *p);\nint wrong(int *p) { int n; if (p == 0) return *p; return n; }\n' >"$WORK/wrong.c"
expect_exit 1 "clang-tidy finds what is wrong" run_tidy "$WORK/wrong.c"

# ---- what the objects need ----

echo "| target | symbols that the runtime needs from elsewhere |" >"$WORK/needs.md"
echo "|---|---|" >>"$WORK/needs.md"
# $1 target, $2 prefix, the rest flags
look_at_symbols() {
	target=$1
	prefix=$2
	shift 2
	mkdir -p "$WORK/needs-$target"
	for source in "$SRC"/runtime/src/*.c; do
		"${prefix}gcc" "$@" -std=c99 -Os -ffreestanding -I"$SRC/runtime/include" -c \
			-o "$WORK/needs-$target/$(basename "$source" .c).o" "$source" || not_ok "$target compiles"
	done
	"${prefix}nm" -u "$WORK/needs-$target"/*.o | awk '$1 == "U" { print $2 }' | sort -u >"$WORK/undefined"
	"${prefix}nm" --defined-only "$WORK/needs-$target"/*.o | awk 'NF == 3 { print $3 }' | sort -u >"$WORK/defined"
	comm -23 "$WORK/undefined" "$WORK/defined" >"$WORK/needed"
	sed -n "s/^$target *//p" "$PROOF/compiler-helpers.txt" | tr ' ' '\n' | sort >"$WORK/may"
	comm -23 "$WORK/needed" "$WORK/may" >"$WORK/too-much"
	sed 's/^/# needed: /' "$WORK/too-much"
	expect_exit 0 "$target needs no symbol but the compiler's helpers" cmp "$WORK/too-much" /dev/null
	expect_exit 0 "$target needs every helper that is listed" \
		test -z "$(comm -13 "$WORK/needed" "$WORK/may")"
	echo "| $target | $(paste -s -d ' ' "$WORK/needed" | sed 's/^$/none/') |" >>"$WORK/needs.md"
}
look_at_symbols cortex-m0 arm-none-eabi- -mcpu=cortex-m0 -mthumb
look_at_symbols cortex-m3 arm-none-eabi- -mcpu=cortex-m3 -mthumb
look_at_symbols rv32imac riscv64-unknown-elf- -march=rv32imac -mabi=ilp32
look_at_symbols avr avr- -mmcu=atmega2560
look_at_symbols x86-64 ""
{
	echo "Made with $(cppcheck --version), $(clang-tidy --version | sed -n 's/.*LLVM version/clang-tidy/p')."
	echo
	echo "| | rule | findings | why it is deviated from |"
	echo "|---|---|---|---|"
	sed -n 's/^\(D[0-9]*\) *\([a-zA-Z0-9.-]*\) *\(.*\)/\1\t\2\t\3/p' "$PROOF/misra.txt" |
		while IFS='	' read -r number rule reason; do
			echo "| $number | $rule | $(grep -c "^$rule " "$WORK/cppcheck.all") | $reason |"
		done
	echo
	cat "$WORK/needs.md"
} >"$WORK/analysis.md"
sed 's/^/# /' "$WORK/needs.md"
published analysis "$WORK/analysis.md"
