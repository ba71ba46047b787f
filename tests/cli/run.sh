#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The program as a user meets it: its statuses, its messages, and that nothing is left half-written.

. "$SRC/tests/lib.sh"
begin cli
cd "$WORK" || exit 1
cp "$SRC/protocols/acne_scars.stip" good.stip
clinic=$SRC/examples/clinic/clinic.stip

# expect_line NAME STATUS TEXT COMMAND...: that status, and one message, which holds the text.
expect_line() {
	name=$1 wanted=$2 text=$3
	shift 3
	expect_exit "$wanted" "$name: status" "$@"
	if [ "$(grep -c -E '(error|stipple): ' "$WORK/err")" = 1 ] && grep -q -F -e "$text" "$WORK/err"; then
		ok "$name: one clear line"
	else
		not_ok "$name: one clear line" "$(cat "$WORK/err")"
	fi
}

expect_exit 0 "help" "$STIPPLE" --help
expect_text "handout" "$WORK/out" "help lists the commands"
expect_exit 0 "version" "$STIPPLE" --version
for command in $("$BUILD/gen/pages" commands); do
	expect_exit 0 "help of $command" "$STIPPLE" "$command" --help
	expect_text "  stipple $command" "$WORK/out" "help of $command has examples"
	cp "$WORK/out" help
	for way in "help $command" "$command -h"; do
		expect_exit 0 "$way" "$STIPPLE" $way
		if cmp -s help "$WORK/out"; then ok "$way is the same"; else not_ok "$way is the same"; fi
	done
done

# run_with COMMAND OPTION VALUE: a run of that command in which the option has that value.
run_with() {
	case $1 in
	handout) set -- "$@" good.stip -o made --clinic "$clinic" --visit 2026-12-01T10:00 ;;
	pack) set -- "$@" good.stip -o made/good.stpk ;;
	check) set -- "$@" good.stip ;;
	po) set -- "$@" good.stip --lang de -o made/de.po ;;
	*) set -- "$@" good.stip -o made ;;
	esac
	rm -rf made && mkdir made && "$STIPPLE" "$@"
}

# What help offers works, for each command and each option with a choice of words, and nothing else does.
for command in $("$BUILD/gen/pages" commands); do
	"$STIPPLE" "$command" --help >help
	sed -n 's/^  \(--[a-z-]*\) \([a-z][a-z|]*\) .*/\1 \2/p' help >offers
	while read -r option words <&3; do
		for word in $(echo "$words" | tr '|' ' '); do
			expect_exit 0 "$command: $option $word, as help offers" run_with "$command" "$option" "$word"
		done
		expect_exit 2 "$command: $option nonesuch" run_with "$command" "$option" nonesuch
		expect_text "nonesuch is not one of $option $words" "$WORK/err" "$command: $option says what it takes"
		usage=$(sed -n '1,/^$/p' help | grep -o -e "$option [a-z][a-z|]*")
		case $usage in
		"" | "$option $words") ok "$command: usage and list of $option agree" ;;
		*) not_ok "$command: usage and list of $option agree" "$usage, and $option $words" ;;
		esac
	done 3<offers
done
expect_line "help of no command" 2 "did you mean check?" "$STIPPLE" help chek
expect_exit 2 "no command" "$STIPPLE"
expect_line "unknown command" 2 "did you mean check?" "$STIPPLE" chek good.stip
expect_line "no file" 2 "needs a file" "$STIPPLE" check
expect_line "unknown option" 2 "did you mean --clinic?" "$STIPPLE" handout good.stip --clinik x
expect_line "option without its value" 2 "-o needs a value" "$STIPPLE" tables good.stip -o
expect_line "option that must be given" 2 "needs -o" "$STIPPLE" tables good.stip
expect_line "output that is no name" 2 "C table" "$STIPPLE" tables good.stip -o 9lives

expect_exit 0 "a shipped protocol is good" "$STIPPLE" check good.stip
expect_exit 0 "a shipped protocol by its name in the library" "$STIPPLE" check std/acne_scars std/zones
"$STIPPLE" card good.stip -o - >by_path 2>/dev/null
"$STIPPLE" card std/acne_scars -o - >by_name 2>/dev/null
if [ -s by_name ] && cmp -s by_path by_name; then ok "it is the same"; else not_ok "it is the same"; fi
expect_exit 3 "no such one in the library" "$STIPPLE" check std/acne_scar
expect_exit 0 "standard input" sh -c '"$1" check - <good.stip' sh "$STIPPLE"
expect_line "missing file" 3 "No such file" "$STIPPLE" check missing.stip
expect_line "a folder" 3 "it is a folder" "$STIPPLE" check .
expect_line "a device" 3 "it is a device" "$STIPPLE" check /dev/zero
: >empty.stip
expect_line "empty file" 1 "says nothing" "$STIPPLE" check empty.stip
printf 'zone \377\376\001\002\n\200' >random.stip
expect_line "random bytes" 1 "not UTF-8" "$STIPPLE" check random.stip
head -c 4096 "$STIPPLE" >program.stip
expect_line "a program" 1 "U+" "$STIPPLE" check program.stip
cp good.stip secret.stip
chmod 000 secret.stip
if [ -r secret.stip ]; then
	skip "unreadable file" "root reads everything"
else
	expect_line "unreadable file" 3 "Permission denied" "$STIPPLE" check secret.stip
fi
expect_line "unknown protocol" 2 "did you mean acne_scars?" "$STIPPLE" card good.stip --protocol acne_scar -o .
printf 'zone knee "knee"\n' >no_protocol.stip
expect_line "no protocol" 1 "declares no protocol" "$STIPPLE" tables no_protocol.stip -o t

# Outputs are whole or not there.
expect_line "missing output folder" 3 "make the folder first" "$STIPPLE" tables good.stip -o none/t
expect_line "missing folder of a handout" 3 "make the folder first" "$STIPPLE" handout good.stip --clinic "$clinic" -o none
expect_line "missing folder of a card" 3 "make the folder first" "$STIPPLE" card good.stip -o none
expect_line "full disk, standard output" 3 "No space left" sh -c '"$1" tables good.stip -o - >/dev/full' sh "$STIPPLE"
mkdir -p made
expect_exit 0 "tables are written" "$STIPPLE" tables good.stip -o made/t
cp made/t.c first.c
printf 'zone knee {\n' >>good.stip
expect_exit 1 "a fault stops the tables" "$STIPPLE" tables good.stip -o made/t
if cmp -s made/t.c first.c; then ok "and leaves the old ones"; else not_ok "and leaves the old ones"; fi
cp "$SRC/protocols/acne_scars.stip" good.stip
if mkdir full 2>/dev/null && mount -t tmpfs -o size=16k tmpfs full 2>/dev/null; then
	expect_line "full disk" 3 "No space left" "$STIPPLE" tables good.stip -o full/t
	if [ -z "$(find full -name '*.c' -o -name '*.tmp')" ]; then
		ok "full disk leaves nothing half-written"
	else
		not_ok "full disk leaves nothing half-written" "$(ls full)"
	fi
	umount full
else
	skip "full disk" "only root can mount a small one"
fi

# Depfiles.
mkdir -p 'a b#$c'
cp good.stip 'a b#$c/p.stip'
expect_exit 0 "depfile" "$STIPPLE" tables 'a b#$c/p.stip' -o made/d -MD -MP
expect_text 'a\ b\#$$c/p.stip' made/d.d "depfile escapes its names"
printf 'include made/d.d\nmade/d.c:\n\t@echo made\n' >Makefile.d
touch -d '2 days ago' made/d.c
expect_exit 0 "make reads the depfile" make -f Makefile.d made/d.c
expect_text made "$WORK/out" "and sees the change"
expect_exit 0 "depfile where asked" "$STIPPLE" tables good.stip -o made/e -MD -MF made/x.dep -MT 'the target'
expect_text 'the\ target:' made/x.dep "depfile names the target asked for"
expect_line "depfile beside standard output" 2 "-MF FILE and -MT NAME" "$STIPPLE" tables good.stip -o - -MD
expect_exit 0 "depfile of standard output" "$STIPPLE" tables good.stip -o - -MF made/o.dep -MT made/o.c
expect_text 'made/o.c:' made/o.dep "names what was asked for"
expect_line "target of no depfile" 2 "-MT needs -MD" "$STIPPLE" tables good.stip -o made/e -MT made/e.c
expect_line "empty rules of no depfile" 2 "-MP needs -MD" "$STIPPLE" tables good.stip -o made/e -MP

# The day of today.
for day in 2026-13-01 2026-02-29 2026-2-1 2026-02-01T00:00 tomorrow; do
	expect_line "today is $day" 2 "$day is no day" "$STIPPLE" check good.stip --today "$day"
done
expect_exit 0 "today is a leap day" "$STIPPLE" check good.stip --today 2028-02-29

# Colours: on a terminal that can, unless NO_COLOR refuses them. script(1) makes a terminal.
printf 'zone knee {\n' >open.stip
coloured() {
	expected=$1 name=$2
	shift 2
	TERM=xterm "$@" >colours 2>&1
	if grep -q "$(printf '\033')" colours; then found=yes; else found=no; fi
	if [ $found = "$expected" ]; then ok "colours $name"; else not_ok "colours $name" "$(cat colours)"; fi
}
coloured no "in a file" env -u NO_COLOR "$STIPPLE" check open.stip
if script -qec true /dev/null >/dev/null 2>&1; then
	on_terminal="script -qec '$STIPPLE check open.stip' /dev/null"
	coloured yes "on a terminal" env -u NO_COLOR sh -c "$on_terminal"
	coloured yes "with NO_COLOR empty" env NO_COLOR= sh -c "$on_terminal"
	coloured no "with NO_COLOR" env NO_COLOR=1 sh -c "$on_terminal"
	coloured no "on a dumb terminal" env -u NO_COLOR sh -c "TERM=dumb; export TERM; $on_terminal"
else
	skip "colours on a terminal" "no script, or no pseudo-terminal for it"
fi

# A fault of the program itself, while it reads: a pipe holds less than what is written, so once that is
# gone the program has begun. A sanitizer tells of a fault in its own way.
fault_while_reading() {
	mkfifo pipe
	"$STIPPLE" check - <pipe &
	exec 3>pipe
	head -c 200000 /dev/zero >&3
	kill -s SEGV $!
	exec 3>&-
	wait $!
}
if [ -z "${SANITIZE-}" ]; then
	expect_line "a fault of the program" 70 "internal error" fault_while_reading
else
	skip "a fault of the program" "the sanitizer tells it"
fi
end
