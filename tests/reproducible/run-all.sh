#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Built again from a copy in another folder, under another time zone and locale, the program and the
# libraries are the same bytes; and so is what the program writes. Left out of the ordinary tests since
# it builds everything a second time.
. "$SRC/tests/lib.sh"
begin reproducible

elsewhere="$WORK/another folder/deeper"
mkdir -p "$elsewhere"
(cd "$SRC" && tar -cf - --exclude=./build --exclude=./.git .) | tar -xf - -C "$elsewhere"
make_here() {
	(cd "$1" && unset MAKEFLAGS MAKELEVEL SANITIZE BUILD && env TZ="$2" LC_ALL="$3" make -j2 CC="$CC" BUILD="$4")
}
expect_exit 0 "built in its own folder" make_here "$SRC" UTC C "$WORK/here"
expect_exit 0 "built in another folder" make_here "$elsewhere" Pacific/Auckland C.UTF-8 build

for file in stipple libstipple.a libstipple-runtime.a; do
	if cmp "$WORK/here/$file" "$elsewhere/build/$file"; then
		ok "the same bytes: $file"
	else
		not_ok "the same bytes: $file"
	fi
done

# $1 program, $2 folder to run in, $3 time zone, $4 locale
write_outputs() {
	mkdir -p "$2/protocols" "$2/made"
	cp "$SRC"/protocols/*.stip "$2/protocols"
	cp "$SRC"/examples/clinic/clinic.stip "$2"
	(
		cd "$2" || exit 1
		export TZ="$3" LC_ALL="$4"
		for protocol in acne_scars facial_rejuvenation; do
			"$1" tables "protocols/$protocol.stip" -o "made/$protocol" || exit 1
			"$1" handout "protocols/$protocol.stip" --clinic clinic.stip -o made || exit 1
			"$1" card "protocols/$protocol.stip" -o made || exit 1
		done
	)
}
expect_exit 0 "outputs written here" write_outputs "$STIPPLE" "$WORK/first" UTC C
expect_exit 0 "outputs written elsewhere" \
	write_outputs "$elsewhere/build/stipple" "$WORK/a second, longer place" Asia/Kolkata C.UTF-8
if diff -r "$WORK/first/made" "$WORK/a second, longer place/made"; then
	ok "the same outputs"
else
	not_ok "the same outputs"
fi
end
