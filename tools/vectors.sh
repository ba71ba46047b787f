#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# tools/vectors.sh FOLDER
#
# The test vectors as a folder that stands alone: a table in C, what it must answer (vectors.txt, and
# the same as rows of C), and a program that asks. Called by `make vectors`.
set -eu
out=$1
mkdir -p "$out"
${CC-cc} -std=c11 ${SUITE_CFLAGS-} -I"$SRC/compiler" -I"$SRC/runtime/include" -I"$SRC/tests/unit" \
	-o "$out/write_fixture" "$SRC/tests/runtime/write_fixture.c" \
	"$SRC/tests/unit/fixture_model.c" "$BUILD/libstipple.a"
"$out/write_fixture" "$out"
rm "$out/write_fixture"
cp "$SRC/tests/runtime/vectors.txt" "$SRC/tests/runtime/vectors.c" \
	"$SRC/examples/firmware/console.h" "$SRC/examples/firmware/console_host.c" "$out"
awk '/^#/ || NF == 0 { next }
	function known(word) { return word == "-" ? 0 : word }
	{ printf "{ %d, zone_%s, %s, %s, %s, %s, keloid_%s, %s, setting_%s, %s, verdict_%s, %s },\n",
		NR, $1, known($2), known($3), known($4), known($5),
		$6 == "-" ? "unknown" : $6, known($7), $8, $9, $10, $11 }' \
	"$out/vectors.txt" >"$out/vectors.inc"
