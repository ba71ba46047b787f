#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# tools/sizes.sh measures every part on every machine, knows the stack of every public function, and
# fails on a function that can call itself and on a frame without a bound; docs/sizes.md says what it
# says, where the compilers are those that it names.
. "$SRC/tests/lib.sh"
begin sizes

copy=$WORK/copy
mkdir -p "$copy/tests" "$copy/examples"
cp -r "$SRC/runtime" "$SRC/tools" "$copy"
cp -r "$SRC/tests/runtime" "$SRC/tests/proof" "$copy/tests"
cp -r "$SRC/examples/firmware" "$copy/examples"
expect_exit 0 "sizes are measured" "$copy/tools/sizes.sh" "$WORK/objects"
mv "$WORK/out" "$WORK/sizes.md"
made_with() {
	sed -n '/^Made by/,/^$/p' "$1"
}
if [ "$(made_with "$WORK/sizes.md")" = "$(made_with "$SRC/docs/sizes.md")" ] || [ "${UPDATE-}" = 1 ]; then
	golden "$SRC/docs/sizes.md" "$WORK/sizes.md"
else
	skip "docs/sizes.md is what is measured" "made with other compilers"
fi
for call in $(sed -n 's/^[a-z].*[ *]\(stipple_[a-z_]*\)(const.*/\1/p; s/^[a-z].*[ *]\(stipple_[a-z_]*\)(struct.*/\1/p' \
	"$SRC"/runtime/include/stipple/*.h | sort -u); do
	if grep -q -E "^\| \`$call\` (\| [0-9]+ ){4}\|\$" "$WORK/sizes.md"; then
		ok "stack of $call on four machines"
	else
		not_ok "stack of $call on four machines" "$(grep "$call" "$WORK/sizes.md")"
	fi
done
# Other compilers make other sizes.
if [ "$(sed 5q "$WORK/sizes.md")" = "$(sed 5q "$SRC/docs/sizes.md")" ]; then
	golden "$SRC/docs/sizes.md" "$WORK/sizes.md"
else
	skip "docs/sizes.md is what is measured" "it was measured with other compilers"
fi
if grep -q -E '\| *\|' "$WORK/sizes.md"; then not_ok "no cell is empty"; else ok "no cell is empty"; fi

calls=$(sed -n '/^## Instructions/,$p' "$WORK/sizes.md" | grep -c '^| .* | [0-9]* | [0-9–]* | [0-9]* | [0-9–]* |$')
expect_exit 0 "instructions of $calls calls" test "$calls" = 14

# $1 case, $2 what is said, $3 C: a public function that may not pass.
refuses() {
	printf '#include "stipple/runtime.h"\n%s\n' "$3" >"$copy/runtime/src/wrong.c"
	expect_exit 1 "$1 is refused" "$copy/tools/sizes.sh" "$WORK/objects"
	expect_text "$2" "$WORK/err" "$1 is named"
	rm "$copy/runtime/src/wrong.c" "$WORK"/objects/*/wrong.*
}
refuses "a function that calls itself" "calls itself: stipple_wrong" \
	'uint32_t stipple_wrong(uint32_t n); uint32_t stipple_find_zone(const struct stipple_table *, uint32_t);
	uint32_t stipple_wrong(uint32_t n) { return n < 2 ? n : stipple_find_zone(0, n) + 3 * stipple_wrong(n - 1) * stipple_wrong(n / 2); }'
refuses "a frame without a bound" "no bound: stipple_wrong" \
	'uint32_t stipple_wrong(uint32_t n); void stipple_other(volatile uint8_t *);
	uint32_t stipple_wrong(uint32_t n) { volatile uint8_t room[n]; stipple_verify_begin((void *)room); return room[0]; }'
sed 's/return first;/return first + 1u;/' "$SRC/runtime/src/find.c" >"$copy/runtime/src/find.c"
expect_exit 1 "the instructions of a wrong answer are not counted" "$copy/tools/sizes.sh" "$WORK/objects"
end
