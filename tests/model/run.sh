#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# What is said of whole sources, in full: NAME.stip and NAME.golden. Each diagnostic on its own is
# shown in docs/diagnostics and each common mistake in tests/mistakes; here they meet.
. "$SRC/tests/lib.sh"
begin model
cd "$SRC/tests/model" || exit 1

for source in zones clients extends; do
	expect_exit 1 "$source: status" "$STIPPLE" check "$source.stip"
	golden "$SRC/tests/model/$source.golden" "$WORK/err"
done
expect_exit 0 "words: status" "$STIPPLE" check words.stip
end
