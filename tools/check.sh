#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The house rules that a program can decide (`make check`). A breach is mended, not excepted.
set -u
LC_ALL=C
export LC_ALL
cd "$SRC" || exit 1
found=$BUILD/check.found
lengths=$BUILD/check.lengths
: >"$found"

c_sources=$(find compiler runtime examples tests tools \( -name '*.[chly]' -o -name '*.def' \) | sort)
scripts=$(find tests tools .ci -type f -perm -u+x | sort)

awk -f tools/style.awk $c_sources >"$found.c"
grep -v '^length ' "$found.c" >>"$found"
sed -n 's/^length //p' "$found.c" | sort -n >"$lengths"

for script in $scripts Makefile mk/*.mk tests/lib.sh; do
	head -n 3 "$script" | grep -q 'SPDX-License-Identifier: Apache-2.0' ||
		echo "$script:1: no SPDX line" >>"$found"
done
for script in $scripts tests/lib.sh; do
	case $(head -n 1 "$script") in
	*bash) bash -n "$script" 2>>"$found" ;;
	*)     sh -n "$script" 2>>"$found" ;;
	esac
done

# Constant tables may need relocating (.data.rel.ro); anything else that can be written is state. Only
# document_memory.c may have some: libcmark's allocator has no place for a user's pointer.
for library in "$BUILD/libstipple.a" "$BUILD/libstipple-runtime.a"; do
	objdump -t "$library" | awk -v library="${library##*/}" '
		/file format/ { object = $1 }
		object != "document_memory.o:" && $NF !~ /^\./ &&
			/ (\.data|\.bss|\.tdata|\.tbss|\*COM)/ && !/\.data\.rel\.ro/ {
			print library ": " object " mutable global " $NF }' >>"$found"
done

# Versions of clang-format differ in what they make of the same settings; 14 is Debian 12's.
formatted="not checked: no clang-format 14"
if clang-format --version 2>/dev/null | grep -q 'version 14\.'; then
	formatted="checked"
	clang-format --dry-run -Werror $(echo "$c_sources" | grep '\.[ch]$') 2>&1 |
		sed -n 's/: error: code should be clang-formatted.*/: format differs (make format mends it)/p' |
		awk -F: '!seen[$1]++' >>"$found"
fi

cat "$found"
awk '{ n[NR] = $1 } END {
	if (NR > 0)
		printf "%d functions: median %d lines, nine in ten at most %d, longest %d\n",
			NR, n[int((NR + 1) / 2)], n[int((NR * 9 + 9) / 10)], n[NR] }' "$lengths"
echo "Format: $formatted. $(echo "$c_sources" | wc -l) C sources, $(wc -l <"$found") breaches."
[ ! -s "$found" ]
