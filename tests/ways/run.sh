#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The make fragment, from an installed copy: a project's tables and pack are made when the protocol
# or what it imports changes, and left alone when nothing does.
. "$SRC/tests/lib.sh"
. "$SRC/tests/ways/helpers.sh"
begin ways
install_copy
make_project "$WORK/project"
cat >"$WORK/project/Makefile" <<END
include $stage/share/stipple/stipple.mk
\$(eval \$(call stipple_tables,build/hands,protocols/hands.stip))
\$(eval \$(call stipple_pack,build/hands.stpk,protocols/hands.stip))
all: build/hands build/hands.stpk
build/hands: main.c build/hands.c build/hands.h \$(STIPPLE_RUNTIME_SOURCES)
	\$(CC) -std=c99 \$(CFLAGS) -I\$(STIPPLE_INCLUDE) -Ibuild -o \$@ \$(filter %.c,\$^)
END
cd "$WORK/project" || exit 1
unset MAKEFLAGS MAKELEVEL MFLAGS
TABLES_MADE="stipple tables"
builds_as_it_should make "$WORK/project" build/hands make CC="$CC" CFLAGS="$SUITE_CFLAGS"
expect_exit 0 "make: all of it again" make -q CC="$CC"
later protocols/house.stip
expect_exit 1 "make: something to do" make -q CC="$CC"
TABLES_MADE="stipple pack"
made_anew "make, the pack" make CC="$CC" CFLAGS="$SUITE_CFLAGS"
rm protocols/house.stip
sed -i -e '/^import/d' -e "s/device  our_pen/device our_pen/" protocols/hands.stip
expect_exit 2 "make: an import that is gone is the program's to report" make CC="$CC"
expect_text "our_pen" "$WORK/err" "make: and it says what is missing"
end
