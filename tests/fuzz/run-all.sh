#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# libFuzzer on the scanner, the parser, the whole compile, and packs, with AddressSanitizer and
# UndefinedBehaviorSanitizer. Seeds are the sources of all suites and the shipped protocols, as packs too,
# and what long runs kept beyond them: corpus (sources) and packs, the smallest that reach every branch that
# was ever reached. What was ever found lies in found and is run first. FUZZ_SECONDS (default 20) is the time
# for each target; docs/internals.md tells of the long run and of its last result.

. "$SRC/tests/lib.sh"
begin fuzz
seconds=${FUZZ_SECONDS-20}

# $1 folder
seed_sources() {
	for file in "$SRC"/tests/*/*.stip "$SRC"/protocols/*.stip "$SRC"/docs/diagnostics/*.stip; do
		cp "$file" "$1/$(basename "$(dirname "$file")")-${file##*/}"
	done
	cp "$SRC"/tests/fuzz/corpus/* "$1"
}

# The words of the language, and names that the library declares, for libFuzzer to put together.
words() {
	sed -n '/^%token/,/^%type/p' "$SRC/compiler/syntax/parser.y" | grep -o '"[a-z_]*"' | sort -u
	"$STIPPLE" words | awk '{ print "\"" $2 "\""; print "\"" $3 "\"" }' | sort -u
	printf '"%s"\n' '0.25 mm' '24 h' '4 weeks' '{' '}' '\"\"\"' '#'
}
words >"$WORK/words.dict"

# The shipped protocols, and a small one for either byte order.
seed_packs() {
	for file in "$SRC"/protocols/*.stip; do
		"$STIPPLE" pack "$file" -o "$1/${file##*/}.stpk" 2>/dev/null
	done
	for order in little big; do
		"$STIPPLE" pack "$SRC/tests/needs/02-depth.stip" -o "$1/$order.stpk" \
			--byte-order $order 2>/dev/null
	done
	cp "$SRC"/tests/fuzz/packs/* "$1"
}

# $1 what makes the seeds, $2 target, the rest its sources.
fuzz() {
	seed=$1
	target=$2
	shift 2
	if ! clang -std=c11 -g -O1 -w -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined \
		-I"$SRC/compiler" -I"$SRC/runtime/include" -I"$BUILD/gen" -D_XOPEN_SOURCE=700 \
		-DSTP_VERSION='"fuzz"' -o "$WORK/$target" "$SRC/tests/fuzz/$target.c" "$@" \
		"$BUILD/gen/scanner.c" "$BUILD/gen/parser.c" "$BUILD/gen/library.c" \
		$(pkg-config --cflags --libs libcmark libsodium) 2>"$WORK/$target.log"; then
		not_ok "$target builds" "$(cat "$WORK/$target.log")"
		return
	fi
	mkdir -p "$WORK/$target.corpus"
	$seed "$WORK/$target.corpus"
	expect_exit 0 "$target: what was found before" "$WORK/$target" -runs=0 "$SRC/tests/fuzz/found"
	expect_exit 0 "$target: $seconds s without a finding" "$WORK/$target" -max_total_time="$seconds" \
		-max_len=16384 -timeout=60 -rss_limit_mb=1024 -dict="$WORK/words.dict" -artifact_prefix="$WORK/" "$WORK/$target.corpus"
	grep -E '^(Done|stat::)' "$WORK/err" | sed 's/^/# /'
}

cd "$SRC" || exit 1
fuzz seed_sources fuzz_scan compiler/syntax/*.c compiler/support/*.c
fuzz seed_sources fuzz_parse compiler/syntax/*.c compiler/support/*.c
fuzz seed_sources fuzz_compile compiler/syntax/*.c compiler/support/*.c compiler/model/*.c compiler/check/*.c \
	compiler/emit/*.c runtime/src/*.c
fuzz seed_packs fuzz_pack compiler/syntax/*.c compiler/support/*.c compiler/model/*.c compiler/check/*.c \
	compiler/emit/*.c runtime/src/*.c
end
