#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The other ways in, from an installed copy: the CMake package with ninja and with make, the Zephyr
# module's CMake file in a stand-in for Zephyr, and the PlatformIO manifest against what it names.
. "$SRC/tests/lib.sh"
. "$SRC/tests/ways/helpers.sh"
begin ways-all
install_copy
unset MAKEFLAGS MAKELEVEL MFLAGS

# ---- CMake ----

for generator in Ninja "Unix Makefiles"; do
	folder=$WORK/$(echo "$generator" | tr 'A-Z ' 'a-z-')
	make_project "$folder"
	cat >"$folder/CMakeLists.txt" <<-'END'
		cmake_minimum_required(VERSION 3.20)
		project(hands C)
		find_package(stipple 0.1 REQUIRED)
		add_executable(hands main.c)
		stipple_add_tables(hands FILES protocols/hands.stip)
		stipple_add_pack(hands FILES protocols/hands.stip NAME other INCLUDE protocols)
	END
	expect_exit 0 "$generator: configured" cmake -S "$folder" -B "$folder/build" -G "$generator" \
		-DCMAKE_PREFIX_PATH="$stage" -DCMAKE_C_COMPILER="$CC" -DCMAKE_C_FLAGS="$SUITE_CFLAGS"
	TABLES_MADE="Making tables hands"
	builds_as_it_should "$generator" "$folder" "$folder/build/hands" cmake --build "$folder/build"
	expect_exit 0 "$generator: the pack is there" test -s "$folder/build/stipple/other.stpk"
done
expect_exit 0 "ninja: nothing to do" ninja -C "$WORK/ninja/build"
expect_text "no work to do" "$WORK/out" "ninja says so"
later "$WORK/ninja/protocols/house.stip"
TABLES_MADE="Making pack other"
made_anew "ninja, the pack" ninja -C "$WORK/ninja/build"
if grep -q "Building C" "$WORK/out"; then
	not_ok "ninja compiles nothing when the tables did not change" "$(cat "$WORK/out")"
else
	ok "ninja compiles nothing when the tables did not change"
fi

# A machine that is said of the target alone is that of the runtime. A function in Thumb has an odd address;
# without the option the compiler makes another machine's code, and the linker takes it all the same.
folder=$WORK/machine
make_project "$folder"
printf 'set(CMAKE_SYSTEM_NAME Generic)\nset(CMAKE_C_COMPILER arm-none-eabi-gcc)\nset(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)\n' \
	>"$folder/arm.cmake"
cat >"$folder/CMakeLists.txt" <<-'END'
	cmake_minimum_required(VERSION 3.20)
	project(hands C)
	find_package(stipple REQUIRED)
	add_executable(hands main.c)
	stipple_add_tables(hands FILES protocols/hands.stip)
	target_compile_options(hands PRIVATE ${MACHINE} -Os)
	target_link_options(hands PRIVATE -mcpu=cortex-m4 -mthumb --specs=nosys.specs)
END
# $1 folder to build in, $2 the machine as it is said of the target
builds_for() {
	expect_exit 0 "a target of its own machine, $1: configured" cmake -S "$folder" -B "$folder/$1" \
		--toolchain "$folder/arm.cmake" -DCMAKE_PREFIX_PATH="$stage" -DMACHINE="$2"
	expect_exit 0 "$1: built" cmake --build "$folder/$1"
	arm-none-eabi-readelf -s -W "$folder/$1/hands" >"$WORK/symbols"
}
# How many functions of the runtime there are, and how many of them are not in Thumb.
counts() {
	awk '$4 == "FUNC" && $8 ~ /^stipple_/ { all++; if ($2 !~ /[13579bdf]$/) other++ }
		END { print all + 0, other + 0 }' "$WORK/symbols"
}
builds_for thumb "-mcpu=cortex-m4;-mthumb"
set -- $(counts)
expect_exit 0 "the runtime is made for the target's machine" test "$1" -gt 20 -a "$2" = 0
builds_for unsaid ""
set -- $(counts)
expect_exit 0 "and else is not, though it links" test "$2" -gt 20

mkdir "$WORK/future"
cat >"$WORK/future/CMakeLists.txt" <<-'END'
	cmake_minimum_required(VERSION 3.20)
	project(future NONE)
	find_package(stipple 9.0 REQUIRED)
END
expect_exit 1 "a version that is not there" cmake -S "$WORK/future" -B "$WORK/future/build" \
	-DCMAKE_PREFIX_PATH="$stage"

# ---- Zephyr: its own build is not in Debian, so its four functions are stood in for ----

mkdir "$WORK/zephyr"
cat >"$WORK/zephyr/CMakeLists.txt" <<-'END'
	cmake_minimum_required(VERSION 3.20)
	project(zephyr_stand_in C)
	function(zephyr_include_directories)
	  include_directories(${ARGN})
	endfunction()
	macro(zephyr_library_named name)
	  set(current ${name})
	  add_library(${name} STATIC "")
	endmacro()
	function(zephyr_library_sources)
	  target_sources(${current} PRIVATE ${ARGN})
	endfunction()
	include(${MODULE}/zephyr/CMakeLists.txt)
END
module=$stage/share/stipple/runtime
for pack in "" y; do
	expect_exit 0 "Zephyr module${pack:+ with packs} is configured" cmake -S "$WORK/zephyr" \
		-B "$WORK/zephyr/build$pack" -G Ninja -DMODULE="$module" -DCONFIG_STIPPLE=y \
		-DCONFIG_STIPPLE_PACK="$pack" -DCMAKE_C_COMPILER="$CC"
	expect_exit 0 "Zephyr module${pack:+ with packs} is built" cmake --build "$WORK/zephyr/build$pack"
	nm "$WORK/zephyr/build$pack/libstipple.a" >"$WORK/names" 2>/dev/null
	count=$(grep -c ' T stipple_open_pack$' "$WORK/names")
	expect_exit 0 "Zephyr module has packs: ${pack:-n}" test "$count" = "$([ "$pack" ] && echo 1 || echo 0)"
done
for option in $(sed -n 's/^.*CONFIG_\([A-Z_]*\).*/\1/p' "$module/zephyr/CMakeLists.txt" | sort -u); do
	expect_text "config $option" "$module/zephyr/Kconfig" "Kconfig has $option"
done
expect_text "kconfig: zephyr/Kconfig" "$module/zephyr/module.yml" "module.yml names Kconfig"

# ---- PlatformIO: not in Debian; the manifest is read and what it names is there ----

cat >"$WORK/manifest.js" <<-'END'
	const fs = require('fs'), path = require('path');
	const [folder, version] = process.argv.slice(2);
	const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'library.json')));
	for (const word of ['name', 'version', 'description', 'license', 'build'])
		if (!manifest[word]) throw new Error('no ' + word);
	if (manifest.version !== version) throw new Error('version ' + manifest.version);
	const include = path.join(folder, manifest.build.includeDir);
	for (const header of manifest.headers) fs.accessSync(path.join(include, header));
	if (!fs.readdirSync(path.join(folder, manifest.build.srcDir)).includes('open.c'))
		throw new Error('no sources');
END
version=$(sed -n 's/^VERSION := //p' "$SRC/mk/config.mk")
expect_exit 0 "PlatformIO manifest" node "$WORK/manifest.js" "$module" "$version"
end
