# SPDX-License-Identifier: Apache-2.0
#
# What run.sh and run-all.sh share.

TABLE_WARNINGS="-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wcast-qual \
-Wpadded -Werror"
INCLUDES="-I$SRC/runtime/include -I$SRC/examples/firmware"
RUNTIME_SOURCES=$(echo "$SRC"/runtime/src/*.c)
SOURCES=

# The fixture model's table, and its vectors as rows of C.
make_fixture() {
	"$SRC/tools/vectors.sh" "$WORK/vectors-alone"
	cp "$WORK"/vectors-alone/fixture.* "$WORK/vectors-alone/vectors.inc" "$WORK"
	INCLUDES="$INCLUDES -I$WORK"
}

# $1 a program of this folder, the rest more flags; with the fixture's table unless SOURCES is set.
build_for_host() {
	program=$1
	shift
	$CC -std=c99 -O2 $SUITE_CFLAGS $INCLUDES "$@" -o "$WORK/$program" \
		"$SRC/tests/runtime/$program.c" ${SOURCES:-"$WORK/fixture.c"} \
		"$SRC/examples/firmware/console_host.c" $RUNTIME_SOURCES
}
