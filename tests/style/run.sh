#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The house rules fire on what they forbid and stay silent on what they allow: each case is one line of
# C in a file of its own, read by tools/style.awk as if it stood at that place in the tree.
. "$SRC/tests/lib.sh"
begin style

# $1 file, $2 its second line: writes it below an SPDX line and prints what the rules say.
judge_line() {
	mkdir -p "$WORK/$(dirname "$1")"
	printf '/* SPDX-License-Identifier: Apache-2.0 */\n%s\n' "$2" >"$WORK/$1"
	(cd "$WORK" && LC_ALL=C awk -f "$SRC/tools/style.awk" "$1")
}

fires() {
	said=$(judge_line "$1" "$2")
	case $said in
	*"$3"*) ok "fires in $1: $2" ;;
	*)      not_ok "fires in $1: $2" "said: $said" ;;
	esac
}

silent() {
	said=$(judge_line "$1" "$2")
	if [ -z "$said" ]; then
		ok "silent in $1: $2"
	else
		not_ok "silent in $1: $2" "said: $said"
	fi
}

fires compiler/a.c '	strcpy(a, b);' "target's size"
fires tools/a.c '	sprintf (a, "%d", b);' "target's size"
fires compiler/a.c '	x = strtod(a, NULL);' "by hand"
fires compiler/a.c '	if (isalpha(c))' "locale"
fires compiler/a.c '	now = time(NULL);' "clock"
fires compiler/a.c '	double depth;' "floating point"
fires compiler/support/a.c '	exit(1);' "ends the process"
fires runtime/src/a.c '	memcpy(a, b, c);' "C library"
fires runtime/src/a.c '#include <string.h>' "freestanding"
fires compiler/emit/a.c '#include "syntax/tree.h"' "tree"
fires compiler/check/a.c '#include <stdio.h>' "never prints"
fires compiler/a.c '	a = b; // why' "comments"
fires compiler/a.c '	a = b; ' "blanks"
fires compiler/a.c "$(printf '%0101d' 0)" "101 columns"
fires compiler/a.c "$(printf '\t%093d' 0)" "101 columns"

silent compiler/a.c '	/* strcpy(a, b); never a double */'
silent compiler/a.c '	puts("strcpy(a, b) // \" double");'
silent compiler/a.c '	stp_time(context);'
silent compiler/a.c '	file->exit(1);'
silent compiler/main.c '	exit(1);'
silent tests/unit/a.c '	memcpy(a, b, c);'
silent runtime/src/a.c '#include "stipple/runtime.h"'
silent runtime/src/a.c '#include <stdint.h>'
silent compiler/emit/a.c '#include "model/model.h"'
silent compiler/a.c "$(printf '%0100d' 0)"
silent compiler/a.c '	puts("é");'

# $1 lines in a function, $2 what is expected.
function_of() {
	judge_line compiler/a.c "$(echo '{'; yes '	a();' | head -n $(($1 - 2)); echo '}')"
}
case $(function_of 61) in
*"has 61 lines"*) ok "fires: a function of 61 lines" ;;
*)                not_ok "fires: a function of 61 lines" ;;
esac
if [ "$(function_of 60)" = "length 60" ]; then
	ok "silent: a function of 60 lines"
else
	not_ok "silent: a function of 60 lines"
fi
case $(judge_line compiler/a.c "$(yes ';' | head -n 600)") in
*"601 lines"*) ok "fires: a file of 601 lines" ;;
*)             not_ok "fires: a file of 601 lines" ;;
esac
printf 'int a;\n' >"$WORK/compiler/a.c"
case $(cd "$WORK" && awk -f "$SRC/tools/style.awk" compiler/a.c) in
*"no SPDX line"*) ok "fires: no SPDX line" ;;
*)                not_ok "fires: no SPDX line" ;;
esac

# The whole of tools/check.sh on a small tree with one source in each library. $1: what the
# compiler's source says.
check_tree() {
	tree=$WORK/tree
	rm -rf "$tree"
	mkdir -p "$tree/compiler" "$tree/runtime" "$tree/examples" "$tree/.ci" "$tree/build"
	cp -r "$SRC/Makefile" "$SRC/mk" "$SRC/tools" "$SRC/.clang-format" "$tree"
	mkdir "$tree/tests"
	cp "$SRC/tests/lib.sh" "$tree/tests"
	printf '/* SPDX-License-Identifier: Apache-2.0 */\n%s\n' "$1" >"$tree/compiler/a.c"
	gcc -c -o "$tree/build/a.o" "$tree/compiler/a.c"
	ar rcs "$tree/build/libstipple.a" "$tree/build/a.o"
	ar rcs "$tree/build/libstipple-runtime.a" "$tree/build/a.o"
	SRC=$tree BUILD=$tree/build "$tree/tools/check.sh"
}
expect_exit 0 "silent: constants" check_tree 'const int a = 1;
const int *const b = &a;'
expect_exit 1 "fires: a mutable global" check_tree 'int a = 1;'
expect_text "mutable global a" "$WORK/out" "and names it"
expect_exit 1 "fires: one in a function" check_tree 'int a(void);

int a(void)
{
	static _Thread_local int calls;
	return calls++;
}'
expect_text "mutable global calls" "$WORK/out" "and names it too"
end
