#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# tools/demo.sh [--target cortex-m3]
#
# What Stipple is for, shown in a minute: one protocol is checked, becomes the tables that the example
# firmware runs treatments with, and becomes what the client and the clinician read. Called by
# `make demo` and `make demo-firmware`, which have built the program.
set -eu
cd "$SRC"

target=host
[ "${1-}" != --target ] || target=$2
# Short names for what lies below this folder, as one would type them.
made=${BUILD#"$SRC"/}/demo
stipple=${STIPPLE#"$SRC"/}
name=acne_scars
protocol=protocols/$name.stip
clinic=examples/clinic/clinic.stip

bold='' dim='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR-}" ] && [ "${TERM-dumb}" != dumb ]; then
	bold=$(printf '\033[1m')
	dim=$(printf '\033[2m')
	plain=$(printf '\033[0m')
fi

number=0
step() {
	number=$((number + 1))
	printf '\n%s== %d. %s ==%s\n\n' "$bold" "$number" "$1" "$plain"
}

say() {
	printf '%s\n\n' "$1" | fold -s -w 78
}

# Shows a command as it can be typed here, then runs it. What it notes goes to a file, and to the
# screen when it fails.
run() {
	printf '%s$ %s%s\n' "$bold" "$*" "$plain"
	if ! "$@" 2>"$made/notes.txt"; then
		cat "$made/notes.txt" >&2
		exit 1
	fi
}

# Lines of a file, wrapped under their own beginning. Tabs that indent become two blanks each.
quote() {
	awk -v width=84 '{
		while (match($0, /^ *\t/))
			sub(/\t/, "  ")
		match($0, /^ *(- )?/)
		hanging = sprintf("%" RLENGTH "s", "")
		if (RLENGTH == 0)
			hanging = ""
		while (length($0) > width) {
			at = width
			while (at > RLENGTH + 1 && substr($0, at, 1) != " ")
				at--
			if (at <= RLENGTH + 1)
				break
			print "   | " substr($0, 1, at - 1)
			$0 = hanging substr($0, at + 1)
		}
		print "   | " $0
	}'
}

# $1 file, $2 and $3 patterns: from the first line with the one to before the next with the other.
passage() {
	printf '\n   %s%s:%s\n' "$dim" "$1" "$plain"
	awk -v from="$2" -v to="$3" '
		begun && $0 ~ to { exit }
		begun || $0 ~ from {
			begun = 1
			if ($0 == "") {
				blank = blank "\n"
				next
			}
			print blank $0
			blank = ""
		}' "$1" | quote
}

# The firmware's own Makefile takes the tables and runs what it built. $1: host or qemu.
firmware() (
	unset MAKEFLAGS MAKELEVEL
	run make -s -f examples/firmware/Makefile TABLES="$made/$name" BUILD="$made/firmware" "$1"
)

show_protocol() {
	step "A treatment, written down once"
	say "A clinical lead writes what may be done, to whom, and what comes before and after; every number with its source. A few lines of $protocol:"
	grep -E '^  (zone (cheeks|upper_lip|eyelids) |when (session 1|skin_type V) )' "$protocol" | quote
	printf '\nThe whole of it is checked, with the vocabulary that it imports:\n\n'
	run "$stipple" check "$protocol"
	if [ -s "$made/notes.txt" ]; then
		quote <"$made/notes.txt"
	else
		echo "   Nothing to object to."
	fi
}

show_tables() {
	step "Tables for the device"
	say "Constant C without a pointer, which firmware links and a reviewer reads row by row, each with the line of the protocol behind it:"
	run "$stipple" tables "$protocol" -o "$made/$name"
	passage "$made/$name.c" "/[*].*, cheeks " '^\t\t/[*] '
	passage "$made/$name.c" "/[*] 0  ACNE_SCARS_DEPTH" '^\t\t/[*] '
}

show_device() {
	step "Treatments, on a pen that has these tables"
	case $target in
	host)
		say "The example firmware and the device runtime, built for this computer, play a script. Every answer is the runtime's, from the tables:"
		firmware host
		;;
	cortex-m3)
		say "The example firmware and the device runtime, built for a Cortex-M3 and run in QEMU, play a script. Every answer is the runtime's, from the tables:"
		firmware qemu
		;;
	*)
		echo "demo: no target $target" >&2
		exit 2
		;;
	esac
}

show_sheets() {
	step "What the client takes home"
	say "The same rules in words, so that no sheet says what the device does not do:"
	run "$stipple" handout "$protocol" --clinic "$clinic" -o "$made"
	passage "$made/$name.handout.en.md" '^# ' '^## About'
	passage "$made/$name.handout.en.md" '^### Day 1$' '^#### Medicines'

	step "What the clinician has beside the device"
	run "$stipple" card "$protocol" -o "$made"
	passage "$made/$name.card.en.md" '^## Settings by zone' '^(### Chin|## Screening)'
}

list_files() {
	step "Where everything lies"
	printf '   %-42s %s\n' \
		"$protocol" "the treatment: change it and run this again" \
		"$clinic" "the clinic whose handout it is" \
		"$made/$name.c, $name.h" "the tables for the device" \
		"$made/firmware/" "the pen that ran the treatments" \
		"$made/$name.handout.en.md" "for the client (and .prep, .aftercare)" \
		"$made/$name.card.en.md" "for the clinician" \
		"examples/firmware/" "the pen's source, to start from"
	printf '\nThe shipped treatments are drafts: no clinician has approved them, and each sheet says so.\n'
}

rm -rf "$made"
mkdir -p "$made"
printf '%s%s%s\n' "$bold" "$("$stipple" --version | head -n 1): one text for the device and for the people" "$plain"
show_protocol
show_tables
show_device
show_sheets
list_files
