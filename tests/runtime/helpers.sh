# SPDX-License-Identifier: Apache-2.0
#
# What run.sh and run-all.sh share.

TABLE_WARNINGS="-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wcast-qual \
-Wpadded -Werror"
INCLUDES="-I$SRC/runtime/include -I$SRC/examples/firmware -I$BUILD/tests/runtime"
RUNTIME_SOURCES=$(echo "$SRC"/runtime/src/*.c)
SOURCES=

# The fixture model's table, and its vectors as rows of C.
make_fixture() {
	$CC -std=c11 $SUITE_CFLAGS -I"$SRC/compiler" -I"$SRC/runtime/include" -I"$SRC/tests/unit" \
		-o "$WORK/write_fixture" "$SRC/tests/runtime/write_fixture.c" \
		"$SRC/tests/unit/fixture_model.c" "$BUILD/libstipple.a"
	"$WORK/write_fixture" "$WORK"
	awk '/^#/ || NF == 0 { next }
		function known(word) { return word == "-" ? 0 : word }
		{ printf "{ %d, zone_%s, %s, %s, %s, %s, keloid_%s, %s, setting_%s, %s, verdict_%s, %s },\n",
			NR, $1, known($2), known($3), known($4), known($5),
			$6 == "-" ? "unknown" : $6, known($7), $8, $9, $10, $11 }' \
		"$SRC/tests/runtime/vectors.txt" >"$WORK/vectors.inc"
}

# $1 a program of this folder, the rest more flags; with the fixture's table unless SOURCES is set.
build_for_host() {
	program=$1
	shift
	$CC -std=c99 -O2 $SUITE_CFLAGS $INCLUDES "$@" -o "$WORK/$program" \
		"$SRC/tests/runtime/$program.c" ${SOURCES:-"$WORK/fixture.c"} \
		"$SRC/examples/firmware/console_host.c" $RUNTIME_SOURCES
}
