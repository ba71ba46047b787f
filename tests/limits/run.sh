#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Inputs made to be too much: no input of 1 MB takes more than a second of processor time or 256 MB of
# memory, larger ones stay in proportion, and each gets a clear message. What would deceive a reader or
# steer a terminal is never printed raw, and an import never leaves its folders. The bounds are set by the
# kernel (ulimit), so a run that passes them dies.
. "$SRC/tests/lib.sh"
begin limits
cd "$WORK" || exit 1

# bounded SECONDS MEGABYTES COMMAND...: the command within these. The sanitizers need room and time of
# their own.
bounded() {
	seconds=$1
	kilobytes=$(($2 * 1024))
	shift 2
	if [ -n "$SANITIZE" ]; then
		"$@"
	else
		(ulimit -t "$seconds" && ulimit -v "$kilobytes" && exec "$@")
	fi
}

# within SECONDS MEGABYTES STATUS NAME TEXT FILE [OPTION...]: `check` ends so, and says the text.
within() {
	seconds=$1 megabytes=$2 wanted=$3 name=$4 text=$5
	shift 5
	expect_exit "$wanted" "$name: within $seconds s and $megabytes MB" \
		bounded "$seconds" "$megabytes" "$STIPPLE" check "$@" || return
	[ -z "$text" ] || expect_text "$text" "$WORK/err" "$name: says so"
	if [ "$(wc -c <"$WORK/err")" -gt 200000 ]; then not_ok "$name: in few words"; else ok "$name: in few words"; fi
}

# repeat COUNT TEXT
repeat() {
	awk -v count="$1" -v text="$2" 'BEGIN { for (i = 0; i < count; i++) printf "%s", text }'
}

# What every protocol below begins with.
head='import "std/sources"
import "std/zones"
import "std/vocabulary"
import "std/factors"
import "std/devices"
'
protocol() {
	printf '%sprotocol large "Large" {\n  version 1.0.0\n  treats acne_scars\n  device pen_25\n' "$head"
	echo '  course 3 sessions, 4 weeks apart  cites drpen'
	echo '  zone cheeks { depth 0.25 to 1.0 mm  cites drpen }'
	cat
	echo '}'
}

# ---- a megabyte of each thing ----

repeat 1048576 'a' >word.stip
within 1 256 1 "one word of 1 MB" "" word.stip
repeat 1048576 '{' >braces.stip
within 1 256 1 "a megabyte of braces" "deep" braces.stip
repeat 524288 '""' >empty_texts.stip
within 1 256 1 "a megabyte of empty texts" "" empty_texts.stip
repeat 1048576 '"' >quotes.stip
within 1 256 1 "a megabyte of quotes" "" quotes.stip
repeat 1048576 '1' >digits.stip
within 1 256 1 "a megabyte of digits" "" digits.stip
repeat 1048576 '#' >comment.stip
within 1 256 1 "a megabyte of comment" "says nothing" comment.stip
repeat 1048576 '
' >lines.stip
within 1 256 1 "a megabyte of line ends" "says nothing" lines.stip
repeat 262144 'a, {' >mixed.stip
within 1 256 1 "a megabyte of pieces" "" mixed.stip
repeat 1048576 ';' >semicolons.stip
within 1 256 1 "a megabyte of semicolons" "says nothing" semicolons.stip
repeat 174762 'zone a' >zones.stip
within 1 256 1 "a megabyte of half statements" "" zones.stip
awk 'BEGIN { printf "zone a \""; for (i = 0; i < 262144; i++) printf "\\x\\\""; print "\"" }' >escapes.stip
within 1 256 1 "a megabyte of escapes" "backslash" escapes.stip
awk 'BEGIN { for (i = 0; i < 40000; i++) printf "zone z%06d \"z\" in y\n", i }' >declared.stip
within 1 256 1 "forty thousand zones" "" declared.stip
awk 'BEGIN { for (i = 0; i < 30000; i++) printf "zone z%06d \"z\" in z%06d\n", i, i + 1 }' >chain.stip
within 1 256 1 "a chain of thirty thousand zones" "" chain.stip
awk 'BEGIN { for (i = 0; i < 12000; i++) printf "  when session %d { every zone { depth to 0.5 mm cites drpen } }\n", i % 9 + 1 }' |
	protocol >whens.stip
within 1 256 0 "a megabyte of conditions" "" whens.stip -W no-pointless
awk 'BEGIN { for (i = 0; i < 20000; i++) printf "  after { avoid makeup for %d h cites drpen }\n", i % 90 + 1 }' |
	protocol >cares.stip
within 1 256 0 "a megabyte of care" "" cares.stip
awk 'BEGIN { for (i = 0; i < 15000; i++) printf "  screen { exclude pregnancy cites drpen }\n" }' | protocol >screens.stip
within 1 256 0 "a megabyte of screening" "" screens.stip -W no-pointless_screening
awk 'BEGIN { for (i = 0; i < 16000; i++) printf "  require avoid makeup for 24 h cites drpen\n" }' |
	{ echo "policy house \"House\" { after {"; cat; echo "} }"; } >body
{ printf '%s' "$head"; cat body; : | protocol | sed '/^import/d'; } >policies.stip
within 1 256 1 "a megabyte of policy" "" policies.stip
awk 'BEGIN { for (i = 0; i < 9000; i++) printf "policy p%d \"P\" { limit depth to 1.0 mm cites drpen message \"m\" }\n", i
	for (i = 0; i < 5000; i++) printf "protocol q%d \"Q\" { version 1.0.0; treats acne_scars; device pen_25; zone cheeks { depth 0.25 to 0.5 mm cites drpen } }\n", i }' |
	{ printf '%s' "$head"; cat; } >many.stip
within 1 256 1 "many policies over many protocols" "" many.stip
awk 'BEGIN { for (i = 0; i < 38000; i++) printf "  screen { exclude n%d }\n", i }' | protocol >unknown.stip
within 1 256 1 "thirty-eight thousand unknown names" "nothing is declared" unknown.stip
awk 'BEGIN { for (i = 0; i < 38000; i++) printf "  screen { exclude pregnancy }\n" }' | protocol |
	sed '/std\/vocabulary/d' >missing.stip
within 1 256 1 "thirty-eight thousand times a name that an import declares" "std/vocabulary" missing.stip

# ---- a hundred thousand side by side: the square of their number would take minutes ----

for form in rules zones screens; do
	awk -v form="$form" -v count=100000 -f "$SRC/bench/generate.awk" >side.stip
	within 6 512 0 "a hundred thousand $form in one protocol" "" side.stip
done
awk -v form=rules -v count=100000 -f "$SRC/bench/generate.awk" | sed 's/avoid p/use p/' >side.stip
within 6 512 0 "a hundred thousand products to use" "" side.stip

# ---- more than a megabyte ----

repeat 100000 '{' >nested.stip
within 1 256 1 "a hundred thousand braces" "deep" nested.stip
{ printf '# '; repeat 10485760 'x'; printf '\nzone knee "knee"\n'; } >long_comment.stip
within 2 256 0 "a line of 10 MB" "" long_comment.stip
{ printf 'zone knee "'; repeat 10485760 'x'; printf '" oops\n'; } >long_line.stip
within 2 512 1 "a fault in a line of 10 MB" "cannot stand here" long_line.stip
repeat 1000000 'oops!
' >errors.stip
within 2 512 1 "a million errors" "there is more" errors.stip
truncate -s 65M large.stip
within 1 256 3 "a file of 65 MB" "larger than 64 MB" large.stip

# ---- what is no source ----

within 1 256 3 "/dev/zero" "it is a device" /dev/zero
mkdir -p folder.stip
printf 'import "folder"\n' >imports_folder.stip
within 1 256 1 "an import of a folder" "it is a folder" imports_folder.stip
ln -sf /dev/zero endless.stip
printf 'import "endless"\n' >imports_device.stip
within 1 256 1 "an import of a device" "outside" imports_device.stip
printf 'import "two"\n' >one.stip
printf 'import "one"\n' >two.stip
within 1 256 1 "a circle of imports" "in a circle" one.stip
awk 'BEGIN { for (i = 0; i < 2000; i++) { name = "chain" i ".stip"
	printf "import \"chain%d\"\n", (i + 1) % 2000 >name; close(name) } }'
within 2 256 1 "a circle of two thousand imports" "in a circle" chain0.stip

# ---- an import stays in its folders ----

mkdir -p house/inner
printf 'zone knee "knee"\n' >secret.stip
for name in ../secret "$WORK/secret" inner/../../secret ./secret inner//secret 'inner\..\secret' ''; do
	printf 'import "%s"\n' "$name" | sed 's/\\/\\\\/g' >house/own.stip
	within 1 256 1 "an import of \"$(echo "$name" | sed "s,$WORK,/…,")\"" "cannot be imported" house/own.stip
done
ln -sf ../secret.stip house/link.stip
printf 'import "link"\n' >house/own.stip
within 1 256 1 "an import through a link" "outside" house/own.stip
ln -sfn ../.. house/up
printf 'import "up/limits/secret"\n' >house/own.stip
within 1 256 1 "an import through a linked folder" "outside" house/own.stip
within 1 256 1 "and through one given with -I" "outside" house/own.stip -I house
ln -sfn loop.stip house/loop.stip
printf 'import "loop"\n' >house/own.stip
within 1 256 1 "an import of a link to itself" "nothing is found" house/own.stip

# ---- what could deceive ----

# hostile NAME BYTES: refused, and the bytes are not printed in any form of output.
hostile() {
	printf "zone knee \"a${2}b\"\nzone a${2}b \"x\"\n" >hostile.stip
	for form in text json sarif; do
		"$STIPPLE" check hostile.stip --diagnostics=$form >out 2>err </dev/null
		status=$?
		if [ "$status" = 1 ] && ! cat out err | LC_ALL=C grep -q -F "$(printf "$2")"; then
			ok "$1 is refused and not printed as $form"
		else
			not_ok "$1 is refused and not printed as $form" "status $status"
		fi
	done
}
hostile "an escape sequence" '\033[31m'
hostile "a bell" '\007'
hostile "a carriage return alone" 'x\ry'
hostile "a mark that turns the direction" '\342\200\256'
hostile "an isolate" '\342\201\246'
hostile "a blank of no width" '\342\200\213'
hostile "invalid UTF-8" '\377\376'
hostile "an overlong sequence" '\300\257'
hostile "half of a surrogate" '\355\240\200'
hostile "a C1 control" '\302\233'
hostile "a tag character" '\363\240\201\201'
printf 'zone kn\320\265e "knee"\n' >lookalike.stip
within 1 256 1 "a letter that looks like another" "may only look the same" lookalike.stip
printf 'zone knee "a\000b"\n' >nul.stip
within 1 256 1 "a NUL" "U+0000" nul.stip
end
