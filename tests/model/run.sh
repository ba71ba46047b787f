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

# What is said of a setting for one client: a zone that is never for them has no range, nor
# has one for whom the device refuses.
asked() {
	echo "\$ why $*"
	"$STIPPLE" why why.stip "$@" -W no-not_for_clients 2>&1 |
		sed 's|\(std/[a-z]*\):[0-9]*|\1|'
}
{
	asked cheeks depth
	asked cheeks depth --given skin_type=VI
	asked cheeks depth --given skin_type=I
	asked cheeks rate --given skin_type=VI
	asked face depth
	asked face depth --given skin_type=VI
	asked cheeks depth --given pregnancy=yes
	asked cheeks depth --given age=10,operator=therapist
	asked cheeks depth --given age=81
	asked cheeks depth --given session=7
	asked cheeks depth --given session=5,keloids=yes
	asked cheeks rate --given session=4,keloids=yes
	asked cheeks depth --given session=5,skin_type=V
	asked face depth --given pregnancy=yes
	asked course
	asked course --given session=1
	asked course --given skin_type=I,session=3,depth=0.5mm
	asked course --given skin_type=V,session=2
	asked cheeks depth --given session=6,age=22,pregnancy=no,operator=nurse,skin_type=I,moles_at_spot=yes,liver_disease=yes
} >"$WORK/why"
golden "$SRC/tests/model/why.golden" "$WORK/why"
end
