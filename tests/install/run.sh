#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# `make install` into a staging folder: every file is where its users look for it, the program runs
# from there, and a C file builds against the runtime through its pkg-config file.
. "$SRC/tests/lib.sh"
begin install

stage=$WORK/stage
expect_exit 0 "make install" make -s -C "$SRC" install BUILD="$TOP_BUILD" SANITIZE="$SANITIZE" \
	CC="$CC" DESTDIR="$stage" PREFIX=/opt/stipple

for file in bin/stipple lib/libstipple-runtime.a lib/pkgconfig/stipple-runtime.pc \
	lib/cmake/stipple/stipple-config.cmake lib/cmake/stipple/stipple-config-version.cmake \
	share/stipple/stipple.mk share/stipple/runtime/library.json \
	share/stipple/runtime/zephyr/module.yml share/stipple/runtime/zephyr/Kconfig \
	share/stipple/runtime/zephyr/CMakeLists.txt \
	share/bash-completion/completions/stipple share/zsh/site-functions/_stipple \
	share/fish/vendor_completions.d/stipple.fish \
	$(cd "$SRC/docs/man" && find . -name '*.1' | sed 's,^\./,share/man/man1/,') \
	$(cd "$SRC/runtime/include" && find stipple -name '*.h' | sed 's,^,include/,') \
	$(cd "$SRC" && find runtime/src -name '*.[ch]' | sed 's,^,share/stipple/,') \
	$(cd "$SRC" && find protocols -name '*.stip' | sed 's,^,share/stipple/,'); do
	if [ -s "$stage/opt/stipple/$file" ]; then
		ok "there: $file"
	else
		not_ok "there: $file"
	fi
done

expect_exit 0 "the installed program runs" "$stage/opt/stipple/bin/stipple" --version
expect_text "stipple" "$WORK/out" "and says its name"
if grep -r -q -F "$stage" "$stage/opt/stipple/lib/pkgconfig"; then
	not_ok "the staging folder is written nowhere"
else
	ok "the staging folder is written nowhere"
fi

# From the suite's own folder, so that no flag holds a blank that the tree's place may have.
cd "$WORK" || exit 1
flags=$(PKG_CONFIG_PATH=stage/opt/stipple/lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=stage \
	pkg-config --cflags --libs stipple-runtime)
for header in "$stage"/opt/stipple/include/stipple/*.h; do
	printf '#include <stipple/%s>\n' "${header##*/}"
done >user.c
echo 'int main(void) { return 0; }' >>user.c
expect_exit 0 "a C file builds against the installed runtime" \
	"$CC" -std=c99 -Wall -Wextra -Werror $SUITE_CFLAGS -o user user.c $flags
expect_exit 0 "pkg-config finds what was moved" env PKG_CONFIG_PATH="$stage/opt/stipple/lib/pkgconfig" \
	pkg-config --define-prefix --cflags stipple-runtime
expect_text "-I$stage/opt/stipple/include" "$WORK/out" "where it was moved to"
end
