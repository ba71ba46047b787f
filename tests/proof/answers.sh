# SPDX-License-Identifier: Apache-2.0
#
# A part of run-all.sh: what the runtime answers on other machines from the tables of random models is
# what a naive evaluator works out from the models: on a Cortex-M0 and a Cortex-M3 in QEMU, and on a
# PowerPC, whose most significant byte comes first.

FIRMWARE=$SRC/examples/firmware
mkdir -p "$WORK/answers"
$CC -std=c11 -O1 -D_XOPEN_SOURCE=700 -I"$SRC/compiler" -I"$SRC/runtime/include" -I"$SRC/tests/unit" \
	-I"$PROOF" -o "$WORK/write_answers" "$PROOF/write_answers.c" "$SRC/tests/unit/table_bench.c" \
	"$SRC/tests/unit/fixture_model.c" "$BUILD/libstipple.a" "$BUILD/libstipple-runtime.a" \
	$(pkg-config --cflags --libs cmocka libcmark libsodium)
expect_exit 0 "random models are written" "$WORK/write_answers" "$WORK/answers" 30 10
for header in "$WORK"/answers/model[0-9]*.h; do
	echo "#include \"${header##*/}\""
done >"$WORK/answers/all.h"
for table in "$WORK"/answers/model[0-9]*.c; do
	echo "#include \"${table##*/}\""
done >"$WORK/answers/tables.c"
sed 's/LENGTH = 1M/LENGTH = 256K/; s/LENGTH = 64K/LENGTH = 16K/' "$FIRMWARE/mps2_an385.ld" \
	>"$WORK/microbit.ld"

# $1 compiler, $2 image, the rest flags and sources
build_answers() {
	compiler=$1
	image=$2
	shift 2
	"$compiler" -std=c99 -Os -I"$SRC/runtime/include" -I"$FIRMWARE" -I"$WORK/answers" \
		-ffunction-sections -Wl,--gc-sections -o "$image" "$PROOF/answers.c" "$WORK/answers/tables.c" \
		"${RUNTIME:-$SRC/runtime/src}"/*.c "$@"
}

run_arm() {
	timeout 1800 qemu-system-arm -M "$1" -nographic -monitor none -serial none \
		-semihosting-config enable=on,target=native -kernel "$2" 2>&1
}

build_arm() {
	build_answers arm-none-eabi-gcc "$2" -mcpu="$1" -mthumb -ffreestanding -nostdlib -T "$3" \
		"$FIRMWARE/console_semihosting.c" "$FIRMWARE/startup_mps2.c" -lc -lgcc
}

build_arm cortex-m0 "$WORK/answers-m0.elf" "$WORK/microbit.ld"
expect_exit 0 "the same answers on cortex-m0" run_arm microbit "$WORK/answers-m0.elf"
tell
build_arm cortex-m3 "$WORK/answers-m3.elf" "$FIRMWARE/mps2_an385.ld"
expect_exit 0 "the same answers on cortex-m3" run_arm mps2-an385 "$WORK/answers-m3.elf"
tell
build_answers powerpc-linux-gnu-gcc "$WORK/answers-ppc" -static "$FIRMWARE/console_host.c"
expect_exit 0 "the same answers on a big-endian powerpc" qemu-ppc "$WORK/answers-ppc"
tell
published answers

# A judge that is wrong by one must be noticed there too.
mkdir -p "$WORK/answers/wrong"
cp "$SRC"/runtime/src/*.[ch] "$WORK/answers/wrong"
sed 's/value > bounds->range_most)$/value > bounds->range_most + 1u)/' "$SRC/runtime/src/judge_one.c" \
	>"$WORK/answers/wrong/judge_one.c"
sed 's/(members + 2), FOUND_ABOVE)/(members + 2) + 1u, FOUND_ABOVE)/' "$SRC/runtime/src/judge_two.c" \
	>"$WORK/answers/wrong/judge_two.c"
RUNTIME=$WORK/answers/wrong build_arm cortex-m3 "$WORK/wrong-m3.elf" "$FIRMWARE/mps2_an385.ld"
expect_exit 1 "judges that are wrong by one are found out" run_arm mps2-an385 "$WORK/wrong-m3.elf"
expect_text "differs: client" "$WORK/out" "and by what they answer"
RUNTIME=

# The vectors of tests/runtime, and its walk, on the big-endian machine.
. "$SRC/tests/runtime/helpers.sh"
make_fixture
INCLUDES="-I$SRC/runtime/include -I$FIRMWARE -I$WORK"
for program in vectors sweep; do
	powerpc-linux-gnu-gcc -std=c99 -Os -static $INCLUDES -o "$WORK/$program-ppc" \
		"$SRC/tests/runtime/$program.c" "$WORK/fixture.c" "$FIRMWARE/console_host.c" $RUNTIME_SOURCES
	expect_exit 0 "tests/runtime/$program on a big-endian powerpc" qemu-ppc "$WORK/$program-ppc"
	cp "$WORK/out" "$WORK/$program-ppc.txt"
	$CC -std=c99 -O2 $INCLUDES -o "$WORK/$program" "$SRC/tests/runtime/$program.c" "$WORK/fixture.c" \
		"$FIRMWARE/console_host.c" $RUNTIME_SOURCES
	"$WORK/$program" >"$WORK/$program-host.txt"
	expect_exit 0 "and it says what it says here" cmp "$WORK/$program-ppc.txt" "$WORK/$program-host.txt"
done
