#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The bytes of a pack are those of the compiled table, cut out of the object, for every shipped protocol
# and for random ones (RANDOM_PACKS of them), by compilers for both byte orders. Every shipped protocol's
# pack with any one bit flipped, and with bursts of up to 32 bits, is refused.
. "$SRC/tests/lib.sh"
begin pack-all
cd "$WORK" || exit 1
quiet="-W no-unverified"

# $1 NAME of NAME.c, $2 target, $3 flags: its tables, one after the other, as cut.img. They are all the
# constants of the object, and lie in one section.
cut_out() {
	"$2-gcc" -std=c99 -ffreestanding -fno-toplevel-reorder $3 -I"$SRC/runtime/include" -I. -c \
		-o cut.o "$1.c" || return 1
	section=$("$2-objdump" -h cut.o | awk '$2 ~ /^\.(rodata|progmem)/ { print $2 }')
	"$2-objcopy" -O binary -j "$section" cut.o cut.img
}

# Each line: a name, a target, its flags. AVR has no stdint.h of its own without its C library.
targets() {
	cat <<-'END'
		x86-64     x86_64-linux-gnu      -O2
		cortex-m0  arm-none-eabi         -mcpu=cortex-m0 -mthumb -Os
		cortex-m3  arm-none-eabi         -mcpu=cortex-m3 -mthumb -Os
		rv32       riscv64-unknown-elf   -march=rv32imac -mabi=ilp32 -Os
		rv64       riscv64-unknown-elf   -march=rv64imac -mabi=lp64 -Os
		avr        avr                   -mmcu=atmega2560 -Os
		cortex-r5-big-endian  arm-none-eabi  -mcpu=cortex-r5 -mbig-endian -Os
	END
}

# $1 NAME: whether NAME.stpk and NAME-big.stpk are what all targets compile NAME.c to.
same_everywhere() {
	targets | while read -r machine target flags; do
		pack=$1.stpk
		case $machine in *big-endian) pack=$1-big.stpk ;; esac
		cut_out "$1" "$target" "$flags" && cmp -s cut.img "$pack" || echo "$machine"
	done
}

# $1 source, $2 NAME
write_all() {
	"$STIPPLE" tables "$1" -o "$2" $quiet && "$STIPPLE" pack "$1" -o "$2.stpk" $quiet &&
		"$STIPPLE" pack "$1" -o "$2-big.stpk" --byte-order big $quiet
}

$CC -std=c99 -O2 -I"$SRC/runtime/include" -o flip "$SRC/tests/pack/flip.c" "$SRC"/runtime/src/*.c
for protocol in "$SRC"/protocols/*.stip; do
	grep -q '^protocol ' "$protocol" || continue
	name=$(basename "$protocol" .stip)
	write_all "$protocol" "$name"
	others=$(same_everywhere "$name")
	if [ -z "$others" ]; then
		ok "$name: the same bytes on $(targets | awk '{ printf "%s ", $1 }')"
	else
		not_ok "$name: the same bytes everywhere" "other bytes on $others"
	fi
	expect_exit 0 "$name: every flipped bit is refused" ./flip "$name.stpk"
	sed 's/^/# /' out
done
"$STIPPLE" tables "$SRC/protocols/acne_scars.stip" -o acne_scars --form words $quiet
others=$(same_everywhere acne_scars)
[ -z "$others" ] && ok "as words too" || not_ok "as words too" "other bytes on $others"

expect_exit 0 "the writer of random protocols is built" $CC -std=c11 -I"$SRC/compiler" \
	-I"$SRC/tests/unit" -o write_random "$SRC/tests/pack/write_random.c" \
	"$SRC/tests/unit/random_protocol.c" "$SRC/tests/unit/random_text.c" "$BUILD/libstipple.a"
wanted=${RANDOM_PACKS-300}
seed=0
packs=0
while [ "$packs" -lt "$wanted" ] && [ $seed -lt $((wanted * 25)) ]; do
	seed=$((seed + 1))
	./write_random $seed >random.stip || continue # somebody is left nothing
	name=random$((packs + 1))
	write_all random.stip "$name" >written 2>&1 || continue # refused
	packs=$((packs + 1))
	echo "#include \"$name.c\"" >>packs.c
	cat "$name.stpk" >>packs.stpk
	cat "$name-big.stpk" >>packs-big.stpk
done
expect_exit 0 "$packs random protocols are packed" test "$packs" = "$wanted"
others=$(same_everywhere packs)
if [ -z "$others" ]; then
	ok "$packs random protocols: the same bytes on $(targets | awk '{ printf "%s ", $1 }')"
else
	not_ok "random protocols: the same bytes everywhere" "other bytes on $others"
fi

# One bit in one of them, and every target must be told apart.
bytes=$(wc -c <packs.stpk)
for pack in packs.stpk packs-big.stpk; do
	printf 'Z' | dd of=$pack bs=1 seek=$((bytes / 2)) conv=notrunc 2>/dev/null
done
expect_exit 0 "a byte that differs is seen on all of them" \
	test "$(same_everywhere packs | wc -l)" = "$(targets | wc -l)"
end
