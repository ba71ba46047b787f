#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# tools/instructions.sh FOLDER
#
# How many instructions calls of the runtime take on a Cortex-M0 and a Cortex-M3 in QEMU, as Markdown.
# tools/sizes.sh adds it to docs/sizes.md. FOLDER is for what is made. STIPPLE is the compiler.
set -eu
folder=$1
stipple=${STIPPLE:-build/stipple}
cd "$(dirname "$0")/.."
firmware=examples/firmware
mkdir -p "$folder"

for table in walk lookup; do
	"$stipple" tables tests/proof/$table.stip -o "$folder/$table" 2>"$folder/$table.log" || {
		cat "$folder/$table.log" >&2
		exit 1
	}
done
sed 's/LENGTH = 1M/LENGTH = 256K/; s/LENGTH = 64K/LENGTH = 16K/' $firmware/mps2_an385.ld \
	>"$folder/microbit.ld"

# $1 core, $2 machine, $3 linker script, $4 hundredths of nanoseconds of a tick of its timer
count_on() {
	arm-none-eabi-gcc -std=c99 -Os -ffreestanding -mcpu="$1" -mthumb -DTICK="$4u" -Iruntime/include \
		-I$firmware -Itests/proof -I"$folder" -ffunction-sections -fdata-sections -nostdlib \
		-Wl,--gc-sections -T "$3" -o "$folder/count-$1.elf" tests/proof/skip_core.c \
		tests/proof/count.c "$folder/walk.c" "$folder/lookup.c" runtime/src/*.c -lc -lgcc
	timeout 1800 qemu-system-arm -M "$2" -nographic -monitor none -serial none \
		-icount shift=6,sleep=off -semihosting-config enable=on,target=native \
		-kernel "$folder/count-$1.elf" >"$folder/count-$1.txt" 2>&1 </dev/null || {
		cat "$folder/count-$1.txt" >&2
		exit 1
	}
}
count_on cortex-m0 microbit "$folder/microbit.ld" 6250
count_on cortex-m3 mps2-an385 $firmware/mps2_an385.ld 4000

cat <<'END'

## Instructions

What calls take, counted in QEMU (`-icount`); a call that calls `keep` is counted with one that returns at once. Every
call compares the check words of all rows that it reads: a tightening row is nine words, so that this alone takes more
than half of the aim for it. `stipple_limit` works out one setting as a request does, `stipple_limits` five of them.

| call | Cortex-M0 | aim | Cortex-M3 | aim |
|---|---|---|---|---|
END
paste -d '|' "$folder/count-cortex-m0.txt" "$folder/count-cortex-m3.txt" |
	awk -F ' *[|] *' '
		function or_dash(aim) { return aim == "" ? "–" : aim }
		{ printf("| %s | %s | %s | %s | %s |\n", $1, $2, or_dash($3), $6, or_dash($4)) }'
