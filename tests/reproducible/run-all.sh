#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Built from two copies in different folders, under different time zones and locales, the program and
# the libraries are the same bytes; and so is what the program writes. Left out of the ordinary tests
# since it builds everything twice.
. "$SRC/tests/lib.sh"
begin reproducible

here=$WORK/here
elsewhere="$WORK/another folder/deeper"

# $1 folder, $2 time zone, $3 locale: copies the tree there and builds it.
build_copy() {
	mkdir -p "$1"
	(cd "$SRC" && tar -cf - --exclude=./build --exclude=./.git .) | tar -xf - -C "$1"
	(
		cd "$1" || exit 1
		unset MAKEFLAGS MAKELEVEL SANITIZE BUILD
		env TZ="$2" LC_ALL="$3" make -j2 CC="$CC"
	)
}
expect_exit 0 "built in one folder" build_copy "$here" UTC C
expect_exit 0 "built in another folder" build_copy "$elsewhere" Pacific/Auckland C.UTF-8

for file in stipple libstipple.a libstipple-runtime.a; do
	if cmp "$here/build/$file" "$elsewhere/build/$file"; then
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
expect_exit 0 "outputs written here" write_outputs "$here/build/stipple" "$WORK/first" UTC C
expect_exit 0 "outputs written elsewhere" \
	write_outputs "$elsewhere/build/stipple" "$WORK/a second, longer place" Asia/Kolkata C.UTF-8
if diff -r "$WORK/first/made" "$WORK/a second, longer place/made"; then
	ok "the same outputs"
else
	not_ok "the same outputs"
fi
end
