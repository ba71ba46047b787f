#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# libFuzzer on the parser and on the whole compile, with AddressSanitizer and
# UndefinedBehaviorSanitizer. Seeds are the shipped protocols and the parser's tests; what was ever
# found lies in tests/fuzz/found and is run first. FUZZ_SECONDS (default 20) is the time for each
# target: `FUZZ_SECONDS=3600 make test-all` is the long run.

. "$SRC/tests/lib.sh"
begin fuzz
seconds=${FUZZ_SECONDS-20}

fuzz() {
	target=$1
	shift
	if ! clang -std=c11 -g -O1 -w -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined \
		-I"$SRC/compiler" -I"$SRC/runtime/include" -I"$BUILD/gen" -D_XOPEN_SOURCE=700 \
		-DSTP_VERSION='"fuzz"' -o "$WORK/$target" "$SRC/tests/fuzz/$target.c" "$@" \
		"$BUILD/gen/scanner.c" "$BUILD/gen/parser.c" "$BUILD/gen/library.c" \
		$(pkg-config --cflags --libs libcmark libsodium) 2>"$WORK/$target.log"; then
		not_ok "$target builds" "$(cat "$WORK/$target.log")"
		return
	fi
	mkdir -p "$WORK/$target.corpus"
	cp "$SRC"/tests/syntax/*.stip "$WORK/$target.corpus"
	for file in "$SRC"/protocols/*.stip; do
		cp "$file" "$WORK/$target.corpus/shipped-${file##*/}"
	done
	expect_exit 0 "$target: what was found before" "$WORK/$target" -runs=0 "$SRC/tests/fuzz/found"
	expect_exit 0 "$target: $seconds s without a finding" "$WORK/$target" -max_total_time="$seconds" \
		-max_len=8192 -timeout=10 -rss_limit_mb=1024 -artifact_prefix="$WORK/" "$WORK/$target.corpus"
	grep -E '^(Done|stat::)' "$WORK/err" | sed 's/^/# /'
}

cd "$SRC" || exit 1
fuzz fuzz_parse compiler/syntax/*.c compiler/support/*.c
fuzz fuzz_compile compiler/syntax/*.c compiler/support/*.c compiler/model/*.c compiler/check/*.c \
	compiler/emit/*.c runtime/src/*.c
end
