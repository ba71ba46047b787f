#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The device side with nothing but the host's compiler: generated tables compile without a warning
# and are the compiler's own bytes, the runtime stands without a C library, the vectors hold, the
# walk breaks no promise, and the examples do what they say.
set -u
. "$SRC/tests/lib.sh"
. "$SRC/tests/runtime/helpers.sh"
begin runtime

CC_HOST="$CC -std=c99 -O2 $TABLE_WARNINGS"

make_fixture
expect_exit 0 "the fixture's table compiles" \
	$CC_HOST -Wstrict-prototypes -c -o "$WORK/fixture.o" $INCLUDES "$WORK/fixture.c"
build_for_host bytes_of -DTABLE_HEADER='"fixture.h"' -DTABLE_OBJECT=fixture_table
"$WORK/bytes_of" >"$WORK/compiled.img"
expect_exit 0 "compiled C and image are the same bytes" cmp "$WORK/compiled.img" "$WORK/fixture.img"

build_for_host vectors
expect_exit 0 "test vectors" "$WORK/vectors"
expect_text "$(grep -c '^[a-z]' "$SRC/tests/runtime/vectors.txt") vectors asked" "$WORK/out" \
	"all vectors were asked"
expect_exit 0 "the vectors stand alone" $CC -std=c99 -I"$SRC/runtime/include" \
	-o "$WORK/vectors-alone/vectors" "$WORK"/vectors-alone/*.c $RUNTIME_SOURCES
expect_exit 0 "and hold there" "$WORK/vectors-alone/vectors"
build_for_host sweep -DSTEPS=1000000u
expect_exit 0 "a million random events break no promise" "$WORK/sweep"

for protocol in "$SRC"/protocols/*.stip; do
	grep -q '^protocol ' "$protocol" || continue
	name=$(basename "$protocol" .stip)
	expect_exit 0 "table of $name" \
		"$STIPPLE" tables "$protocol" -o "$WORK/$name" || continue
	expect_exit 0 "table of $name compiles" \
		$CC_HOST $INCLUDES -c -o "$WORK/$name.o" "$WORK/$name.c"
	upper=$(echo "$name" | tr a-z A-Z)
	SOURCES="$WORK/$name.c" build_for_host opens -DTABLE_HEADER="\"$name.h\"" \
		-DTABLE_OBJECT="${name}_table" -DTABLE_INTERFACE_DIGEST="${upper}_INTERFACE_DIGEST"
	expect_exit 0 "table of $name is its image" "$WORK/opens"
done

# Compiled as a device compiles it: nothing of a C library may be missing.
for source in "$SRC"/runtime/src/*.c; do
	$CC -std=c99 -Os -ffreestanding -I"$SRC/runtime/include" -c \
		-o "$WORK/rt_$(basename "$source" .c).o" "$source"
done
nm -u "$WORK"/rt_*.o | grep ' U ' | grep -v ' U stipple_' >"$WORK/undefined" || true
expect_exit 0 "the runtime calls no C library" cmp "$WORK/undefined" /dev/null

# An else behind the caller's own check would never run: it must not compile.
for tail in "" "else g();"; do
	echo "#include \"stipple/runtime.h\"
		void f(void); void g(void); void h(uint32_t v);
		void h(uint32_t v) { STIPPLE_IF_ALLOWED(v) f(); $tail }" >"$WORK/else.c"
	expect_exit "$([ -z "$tail" ]; echo $?)" "an else behind STIPPLE_IF_ALLOWED: '$tail'" \
		$CC -std=c99 -Wall -Wextra -Wpedantic -Werror $INCLUDES -c -o "$WORK/else.o" "$WORK/else.c"
done

# ---- the guide ----

awk '/^```c illustration/ { on = 1; next } /^```/ { on = 0 } on' "$SRC/docs/device.md" \
	>"$WORK/guide.c"
expect_exit 0 "the guide's code compiles" \
	$CC -std=c99 -Wall -Wextra -Wpedantic -Wconversion -Werror $INCLUDES -o "$WORK/guide" \
	"$WORK/guide.c" "$WORK/acne_scars.c" $RUNTIME_SOURCES
expect_exit 0 "and does what the guide says" "$WORK/guide"
$CC -std=c11 $SUITE_CFLAGS -I"$SRC/compiler" -I"$SRC/runtime/include" -o "$WORK/print_format" \
	"$SRC/tests/runtime/print_format.c" "$BUILD/libstipple.a"
"$WORK/print_format" >"$WORK/format.md"
sed -n '/print_format.c: begin/,/print_format.c: end/p' "$SRC/docs/device.md" | sed '1d;$d' \
	>"$WORK/format-in-guide.md"
expect_exit 0 "the guide's format is the schema's" \
	cmp "$WORK/format.md" "$WORK/format-in-guide.md"

# The promises: the guide's stand in a header, and each has tests that are there.
expect_exit 0 "every promise is made in a header and held by tests" "$SRC/tools/promises.sh"
expect_text "held by tests/unit/test_runtime.c:" "$WORK/out" "and the trace says where"
mkdir "$WORK/untraced" && cp -r "$SRC/runtime" "$SRC/tests" "$WORK/untraced"
untraced() { # $1 what was done, $2 what the guide became
	mkdir -p "$WORK/untraced/docs"
	sed "$2" "$SRC/docs/device.md" >"$WORK/untraced/docs/device.md"
	expect_exit 1 "noticed: $1" "$SRC/tools/promises.sh" "$WORK/untraced"
}
untraced "a test that is not there" 's/test_permit_expires/test_permit_lasts/'
untraced "a name that several tests have" 's/test_permit_expires/test_golden/'
untraced "a promise without a test" 's/| test_mismatch_faults |/| |/'
untraced "a promise that no header makes" 's/^| R4 |/| R99 |/'

# What the runtime consists of, as a list for other tools.
expect_exit 0 "the list of the runtime's files" "$SRC/tools/sbom.sh"
mv "$WORK/out" "$WORK/sbom.json"
(cd "$SRC" && find runtime/include runtime/src -name '*.[ch]') | while read -r file; do
	digest=$(sha256sum "$SRC/$file")
	grep -A1 "\"name\": \"$file\"" "$WORK/sbom.json" | grep -q "${digest%% *}" || echo "$file"
done >"$WORK/not-listed"
expect_exit 0 "has each with its digest" cmp "$WORK/not-listed" /dev/null
[ "$(tr -dc '{[' <"$WORK/sbom.json" | wc -c)" = "$(tr -dc '}]' <"$WORK/sbom.json" | wc -c)" ] &&
	ok "and closes what it opens" || not_ok "and closes what it opens"

# ---- the examples ----

expect_exit 0 "the example firmware does what its script says" \
	make -s -C "$SRC/examples/firmware" STIPPLE="$STIPPLE" BUILD="$WORK/demo" CC="$CC" host
expect_exit 0 "the smallest integration runs" \
	make -s -C "$SRC/examples/smallest" STIPPLE="$STIPPLE" BUILD="$WORK/smallest" CC="$CC"
expect_text "1500 um: above the limit" "$WORK/out" "and is refused what is too deep"
expect_exit 0 "in under 60 lines" test "$(wc -l <"$SRC/examples/smallest/main.c")" -lt 60
end
