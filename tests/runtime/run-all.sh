#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The device side with cross compilers and QEMU: other compilers take the tables and make the same
# bytes of them; a Cortex-M0 and a Cortex-M3 answer the vectors and the walk as the host does; sizes
# and stack are measured and printed.
set -u
. "$SRC/tests/lib.sh"
. "$SRC/tests/runtime/helpers.sh"
begin runtime-all

FIRMWARE=$SRC/examples/firmware
ARM_SOURCES="$FIRMWARE/console_semihosting.c $FIRMWARE/startup_mps2.c"

make_fixture
sed 's/LENGTH = 1M/LENGTH = 256K/; s/LENGTH = 64K/LENGTH = 16K/' "$FIRMWARE/mps2_an385.ld" \
	>"$WORK/microbit.ld"

# ---- other compilers ----

for standard in c++11 c++14 c++17 c++20; do
	expect_exit 0 "table as $standard, g++" g++ -x c++ -std=$standard $TABLE_WARNINGS $INCLUDES \
		-c -o "$WORK/cxx.o" "$WORK/fixture.c"
done
expect_exit 0 "table as C99, clang" clang -std=c99 $TABLE_WARNINGS -Wstrict-prototypes $INCLUDES \
	-c -o "$WORK/clang.o" "$WORK/fixture.c"
expect_exit 0 "public headers as C++" sh -c "echo '#include \"stipple/session.h\"' |
	g++ -x c++ -std=c++11 -Wall -Wextra -Wpedantic -Werror $INCLUDES -c -o /dev/null -"
cat >"$WORK/checks.cc" <<'END'
#include "stipple/session.h"
void run();
void check(uint32_t verdict)
{
	STIPPLE_IF_ALLOWED(verdict) run();
}
END
for standard in c++11 c++20; do
	expect_exit 0 "the caller's own check as $standard" g++ -std=$standard -Wall -Wextra \
		-Wpedantic -Werror $INCLUDES -c -o /dev/null "$WORK/checks.cc"
done
for macros in "-DSTIPPLE_TABLE_ATTRIBUTES= -DSTIPPLE_NOINLINE="; do
	expect_exit 0 "with every port macro empty" $CC -std=c99 $TABLE_WARNINGS $macros $INCLUDES \
		-c -o "$WORK/plain.o" "$WORK/fixture.c"
done
for core in cortex-m0 cortex-m3; do
	expect_exit 0 "table as C99, $core" arm-none-eabi-gcc -std=c99 $TABLE_WARNINGS $INCLUDES \
		-mcpu=$core -mthumb -fdata-sections -c -o "$WORK/$core.o" "$WORK/fixture.c"
	arm-none-eabi-objcopy -O binary -j .rodata.fixture_table "$WORK/$core.o" "$WORK/$core.img"
	expect_exit 0 "same bytes on $core" cmp "$WORK/$core.img" "$WORK/fixture.img"
done

# ---- the same answers ----

# $1 core, $2 linker script, $3 program, the rest more flags.
build_for_arm() {
	core=$1
	script=$2
	program=$3
	shift 3
	arm-none-eabi-gcc -std=c99 -Os -ffreestanding -mcpu="$core" -mthumb $INCLUDES "$@" \
		-ffunction-sections -fdata-sections -nostdlib -Wl,--gc-sections -T "$script" \
		-o "$WORK/$program-$core.elf" "$SRC/tests/runtime/$program.c" "$WORK/fixture.c" \
		$ARM_SOURCES $RUNTIME_SOURCES -lc -lgcc
}

# $1 core, $2 machine, $3 program: what it prints, and its exit status.
run_on() {
	timeout 1800 qemu-system-arm -M "$2" -nographic -monitor none -serial none \
		-semihosting-config enable=on,target=native -kernel "$WORK/$3-$1.elf" 2>&1
}

build_for_host sweep
"$WORK/sweep" >"$WORK/sweep-host.txt"
for target in cortex-m0:microbit:$WORK/microbit.ld cortex-m3:mps2-an385:$FIRMWARE/mps2_an385.ld; do
	core=${target%%:*}
	rest=${target#*:}
	machine=${rest%%:*}
	build_for_arm "$core" "${rest#*:}" vectors
	expect_exit 0 "test vectors on $core" run_on "$core" "$machine" vectors
	build_for_arm "$core" "${rest#*:}" sweep
	expect_exit 0 "the walk on $core" run_on "$core" "$machine" sweep
	mv "$WORK/out" "$WORK/sweep-$core.txt"
	expect_exit 0 "the walk on $core is the host's" \
		cmp "$WORK/sweep-$core.txt" "$WORK/sweep-host.txt"
done

"$STIPPLE" tables "$SRC/protocols/acne_scars.stip" -o "$WORK/acne_scars" >/dev/null 2>&1
make -s -C "$FIRMWARE" TABLES="$WORK/acne_scars" BUILD="$WORK/firmware" CC="$CC" host \
	>"$WORK/firmware-host.txt"
expect_exit 0 "the example firmware on a Cortex-M3" \
	make -s -C "$FIRMWARE" TABLES="$WORK/acne_scars" BUILD="$WORK/firmware" qemu
mv "$WORK/out" "$WORK/firmware-qemu.txt"
expect_exit 0 "shows what it shows on the host" \
	cmp "$WORK/firmware-qemu.txt" "$WORK/firmware-host.txt"

# ---- the two judges are two functions, and both are called ----

# $1 a disassembly: from the first judge's call on to the eor nothing branches but the second call.
straight() {
	awk -F '\t' '
		/stipple_judge_one$/ { on = 1 }
		on && $3 ~ /^eors?$/ { reached = 1; exit }
		on && $3 ~ /^(b(eq|ne|cs|cc|hs|lo|mi|pl|vs|vc|hi|ls|ge|lt|gt|le)?(\.[nw])?|cbn?z|it[te]*)$/ { exit }
		END { exit !reached }' "$1"
}

for core in cortex-m0 cortex-m3; do
	arm-none-eabi-gcc -std=c99 -Os -ffreestanding -mcpu=$core -mthumb $INCLUDES \
		-ffunction-sections -c -o "$WORK/request.o" "$SRC/runtime/src/request.c"
	arm-none-eabi-objdump -dr -j .text.stipple_request "$WORK/request.o" >"$WORK/request.txt"
	calls=$(grep -c 'stipple_judge_\(one\|two\)$' "$WORK/request.txt")
	expect_exit 0 "both judges are called on $core" test "$calls" = 2
	expect_exit 0 "their words are combined by eor on $core, and nothing branches before" \
		straight "$WORK/request.txt"
	sed '/\teors\?\t/i\   0:\td000      \tbeq.n\t4 <a word is compared>' "$WORK/request.txt" >"$WORK/bent.txt"
	expect_exit 1 "a branch there would be noticed on $core" straight "$WORK/bent.txt"
done

# ---- sizes and stack ----

expect_exit 0 "sizes are measured, stack is bounded, nothing calls itself" \
	sh "$SRC/tests/runtime/sizes.sh" "$WORK"
mv "$WORK/out" "$WORK/sizes.txt"
sed 's/^/# /' "$WORK/sizes.txt"
expect_exit 0 "no static data" sh -c "! grep 'cortex.*static data: *[1-9]' '$WORK/sizes.txt'"
end
