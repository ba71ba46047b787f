#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Every rule of the grammar and every rule of the scanner is reached by the sources that other suites
# check: counted by the traces that bison and flex write, over all of tests, docs/diagnostics, examples
# and protocols. `tests/rules/run.sh` prints the counts; a rule that nothing reaches is a failure, named
# with its line.
. "$SRC/tests/lib.sh"
begin rules
cd "$WORK" || exit 1

bison --report=states --report-file=grammar.txt -o parser.c --defines=parser.h \
	"$SRC/compiler/syntax/parser.y" 2>bison.err || not_ok "the parser is made" "$(cat bison.err)"
flex -Cf -d --header-file=scanner.h -o scanner.c "$SRC/compiler/syntax/scanner.l" ||
	not_ok "the scanner is made"
sed -i 's/if ( yy_flex_debug )/if ( 1 )/' scanner.c
if ! $CC -std=c11 -w -O1 $SUITE_CFLAGS -DSTP_YYDEBUG=1 -D_XOPEN_SOURCE=700 '-DSTP_VERSION="trace"' -I. -I"$SRC/compiler" -o trace \
	"$SRC/tests/rules/trace.c" parser.c scanner.c "$SRC"/compiler/syntax/*.c "$SRC"/compiler/support/*.c \
	2>cc.err; then
	not_ok "the tracing program is built" "$(cat cc.err)"
	end
fi

# Rules of the grammar as "NUMBER RULE", without rule 0, which is the end of a parse.
awk '/^Grammar/ { on = 1 } /^Terminals/ { on = 0 }
	on && /^ +[0-9]+ / {
		number = $1
		sub(/^ +[0-9]+ /, "")
		if ($0 ~ /^[$@a-z_]+:/) { head = $0; sub(/:.*/, "", head); sub(/^[^:]*: /, "") }
		sub(/^ *\| /, "")
		if (number > 0) print number, head ": " $0
	}' grammar.txt >rules
# Rules of the scanner by their lines, and the end of the text in each state that can meet it.
sed -n '/yy_rule_linenum\[/,/}/p' scanner.c | sed '/yy_rule_linenum/d; /}/q' |
	grep -o '[0-9][0-9]*' | awk '$1 > 0 { print "line", $1 }' | sort -u >scans
for state in INITIAL TEXT PROSE; do
	echo "end $(sed -n "s/^#define $state \([0-9]*\)/\1/p" scanner.c)"
done >>scans

find "$SRC/tests" "$SRC/docs/diagnostics" "$SRC/examples" "$SRC/protocols" "$SRC/editors" -name '*.stip' \
	! -path '*/node_modules/*' ! -path "$SRC/build*" | sort >files
# shellcheck disable=SC2046 # no name has a blank
./trace $(cat files) 2>&1 >/dev/null </dev/null | awk '
	/^Reducing stack by rule [0-9]+ / { reduced[$5]++ }
	/^--accepting rule at line [0-9]+ / { sub(/[^0-9].*/, "", $5); scanned["line " $5]++ }
	/^--EOF \(start condition [0-9]+\)/ { sub(/\).*/, "", $4); scanned["end " $4]++ }
	END {
		for (rule in reduced) print "rule", rule, reduced[rule]
		for (place in scanned) print place, scanned[place]
	}' >reached

awk 'NR == FNR { if ($1 == "rule") seen[$2] = 1; next } !($1 in seen)' reached rules >rules.missed
awk 'NR == FNR { if ($1 != "rule") seen[$1 " " $2] = 1; next } !($0 in seen)' reached scans >scans.missed
tell() {
	all=$(wc -l <"$1")
	missed=$(wc -l <"$1.missed")
	if [ "$all" -gt 20 ] && [ "$missed" = 0 ]; then
		ok "$2: $all of $all reached by $(wc -l <files) sources"
	else
		not_ok "$2: $((all - missed)) of $all reached" "$(cat "$1.missed")"
	fi
}
tell rules "rules of the grammar"
tell scans "rules of the scanner"
end
