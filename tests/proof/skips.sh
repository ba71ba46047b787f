# SPDX-License-Identifier: Apache-2.0
#
# A part of run-all.sh: every instruction that is executed on the way to a running motor is left out
# once, on a Cortex-M0 and a Cortex-M3 in QEMU, which counts time by instructions (-icount).

FIRMWARE=$SRC/examples/firmware
sed 's/LENGTH = 1M/LENGTH = 256K/; s/LENGTH = 64K/LENGTH = 16K/' "$FIRMWARE/mps2_an385.ld" \
	>"$WORK/microbit.ld"

# $1 core, $2 linker script, $3 where it goes, the rest more flags
build_skips() {
	core=$1
	script=$2
	image=$3
	shift 3
	arm-none-eabi-gcc -std=c99 -Os -g -ffreestanding -mcpu="$core" -mthumb -Wall -Wextra "$@" \
		-I"$SRC/runtime/include" -I"$FIRMWARE" -I"$PROOF" -I"$WORK" -ffunction-sections \
		-fdata-sections -nostdlib -Wl,--gc-sections -T "$script" -o "$image" \
		"$PROOF/skip_core.c" "$PROOF/skip_permit.c" "$WORK/walk.c" "$SRC"/runtime/src/*.c -lc -lgcc
}

# $1 machine, $2 image
run_skips() {
	timeout 1800 qemu-system-arm -M "$1" -nographic -monitor none -serial none \
		-icount shift=6,sleep=off -semihosting-config enable=on,target=native -kernel "$2"
}

# Names each unsafe address of $1's output by the function it is in.
name_unsafe() {
	sed -n 's/^unsafe at //p' "$1" | while read -r address; do
		arm-none-eabi-addr2line -f -e "$2" "0x$address" | paste -s -d ' ' | sed "s,$SRC/,,"
	done | sort | uniq -c
}

echo "Made with $(arm-none-eabi-gcc --version | head -n 1), \`-Os\`." >"$WORK/skips.md"
echo >>"$WORK/skips.md"
echo "| core | scenario | instructions left out | crashed | hung | unsafe |" >>"$WORK/skips.md"
echo "|---|---|---|---|---|---|" >>"$WORK/skips.md"
while read -r core machine script most; do
	build_skips "$core" "$script" "$WORK/skip-$core.elf" || not_ok "it is built for $core"
	run_skips "$machine" "$WORK/skip-$core.elf" >"$WORK/skips-$core.txt" 2>&1
	expect_exit 0 "every scenario was tried on $core" \
		test "$(grep -c ' | ' "$WORK/skips-$core.txt")" = 18
	sed -n "s/^\(.*\) | \(.*\) | \(.*\) | \(.*\) | \(.*\)/| $core | \1 | \2 | \3 | \4 | \5 |/p" \
		"$WORK/skips-$core.txt" >>"$WORK/skips.md"
	unsafe=$(sed -n 's/^all that must be refused .* | //p' "$WORK/skips-$core.txt")
	name_unsafe "$WORK/skips-$core.txt" "$WORK/skip-$core.elf" | sed 's/^/# /'
	expect_exit 0 "no more unsafe than is known on $core ($unsafe, known $most)" \
		test "${unsafe:-none}" -le "$most"
	build_skips "$core" "$script" "$WORK/weak-$core.elf" -DWEAK
	run_skips "$machine" "$WORK/weak-$core.elf" >"$WORK/weak-$core.txt" 2>&1
	weak=$(sed -n 's/^all that must be refused .* | //p' "$WORK/weak-$core.txt")
	expect_exit 0 "a firmware that compares once is found out on $core ($weak)" \
		test "${weak:-0}" -gt "${unsafe:-0}"
done <<END
cortex-m0 microbit $WORK/microbit.ld $(sed -n 's/^cortex-m0 //p' "$PROOF/unsafe.txt")
cortex-m3 mps2-an385 $FIRMWARE/mps2_an385.ld $(sed -n 's/^cortex-m3 //p' "$PROOF/unsafe.txt")
END
sed 's/^/# /' "$WORK/skips.md"
published skips "$WORK/skips.md"
