#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# What an author or a clinic could write to do harm gets a diagnostic, or comes out as harmless text in
# every output; hostile.mjs has the texts, the places and what "harmless" means for each output. Then the
# names of files: they stand in comments of C, in diagnostics and in depfiles.
. "$SRC/tests/lib.sh"
begin hostile
cd "$WORK" || exit 1
command -v node >/dev/null && command -v cmark >/dev/null || { echo "no node or no cmark"; exit 77; }
RUNTIME=$SRC/runtime/include
export RUNTIME STIPPLE CC
node "$SRC/tests/hostile/hostile.mjs" || failures=$((failures + 1))

# ---- names of files and folders ----

escape=$(printf '\033')
newline='
'
number=0
for folder in 'a*' 'a??' 'a"b' "a'b" 'a\b' 'a b' 'a$(touch evil)' 'a;touch evil' 'a|b' 'a#b' 'a%n' 'a:b' \
	'<b>' '&amp;' 'a`touch evil`' "a${escape}[31m" "a${newline}b" '*' '-o' '{{a}}' 'ä'; do
	number=$((number + 1))
	rm -rf names out.d
	mkdir -p "names/$folder"
	cp harmless/p.stip "names/$folder/p.stip"
	cp harmless/clinic.stip "names/$folder/clinic.stip"
	file=names/$folder/p.stip
	"$STIPPLE" tables "$file" -o t -MD -MF out.d >said 2>&1
	status=$?
	if [ $status = 1 ] || [ $status = 2 ] || [ $status = 3 ]; then
		if grep -q error said; then ok "folder $number is refused"; else not_ok "folder $number: $folder" "$(cat said)"; fi
		continue
	fi
	expect_exit 0 "folder $number: C compiles" $CC -std=c99 -trigraphs -Wall -Wextra -Werror -I"$RUNTIME" -I. -c t.c -o t.o
	"$STIPPLE" check "$file" --diagnostics json >said.json 2>>said
	"$STIPPLE" check "$file" --diagnostics sarif >said.sarif 2>>said
	"$STIPPLE" trace "$file" --format json -o - >trace.json 2>>said
	expect_exit 0 "folder $number: JSON and SARIF" node -e '
		const read = (name) => require("fs").readFileSync(name, "utf8");
		read("said.json").split("\n").filter(Boolean).forEach((line) => JSON.parse(line));
		JSON.parse(read("said.sarif")); JSON.parse(read("trace.json"));'
	if grep -q "$escape" said; then not_ok "folder $number: plain messages"; else ok "folder $number: plain messages"; fi
	printf 'all: t.c\n\t@:\nt.c:\n\t@:\n' >Makefile.names
	cat out.d >>Makefile.names
	expect_exit 0 "folder $number: make takes the depfile" make -s -f Makefile.names all
done
if [ -e evil ]; then not_ok "no name is run"; else ok "no name is run"; fi
end
