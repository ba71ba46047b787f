#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# tools/setup on systems made of stand-ins: a folder of programs is the whole PATH, in which apt-get
# writes down how it was called and "installs" by making the missing programs. Nothing is installed
# for real.
. "$SRC/tests/lib.sh"
begin setup

basic_programs="gcc make flex bison pkg-config openssl"

# $1 file name, then its lines: a stand-in program in $system/bin.
stand_in() {
	target=$system/bin/$1
	shift
	{
		echo '#!/bin/sh'
		printf '%s\n' "$@"
	} >"$target"
	chmod +x "$target"
}

# A system with the ordinary utilities and a user; no compiler, no apt. $1 its name, $2 the user's id.
new_system() {
	system=$WORK/$1
	mkdir -p "$system/bin"
	for utility in sh cat env sed chmod touch; do
		ln -s "$(command -v "$utility")" "$system/bin/$utility"
	done
	stand_in id "echo $2"
	touch "$system/calls"
}

add_compilers() {
	for program in $basic_programs; do
		stand_in "$program" 'exit 0'
	done
}

# $1: 0 when the package lists are there. apt-get makes the programs unless $2 is "fails".
add_apt() {
	stand_in apt-cache "exit $1"
	stand_in apt-get \
		"echo \"apt-get \$DEBIAN_FRONTEND \$*\" >>'$system/calls'" \
		"[ '${2-}' != fails ] || exit 100" \
		'case "$*" in *install*) ;; *) exit 0 ;; esac' \
		"for program in $basic_programs; do" \
		"	target='$system/bin'/\$program" \
		'	printf "#!/bin/sh\nexit 0\n" >"$target"; chmod +x "$target"' \
		'done'
}

run_setup() {
	PATH=$system/bin "$(command -v sh)" "$SRC/tools/setup" "$@"
}

all_packages="gcc libc6-dev make flex bison pkg-config libcmark-dev libcmocka-dev libsodium-dev openssl"

new_system complete 0
add_compilers
add_apt 0
expect_exit 0 "complete: exit status" run_setup basic
cat "$WORK/out" "$WORK/err" "$system/calls" >"$WORK/said"
if [ -s "$WORK/said" ]; then
	not_ok "complete: silent, apt not called" "$(cat "$WORK/said")"
else
	ok "complete: silent, apt not called"
fi

new_system fresh 0
add_apt 100
expect_exit 0 "fresh root: exit status" run_setup basic
expect_text "apt-get noninteractive -q update" "$system/calls" "fresh root: updates the lists first"
expect_text "apt-get noninteractive -q install -y --no-install-recommends $all_packages" \
	"$system/calls" "fresh root: installs all of them"
: >"$system/calls"
expect_exit 0 "fresh root, again: exit status" run_setup basic
if [ -s "$system/calls" ]; then
	not_ok "fresh root, again: apt not called"
else
	ok "fresh root, again: apt not called"
fi

new_system one_missing 0
add_compilers
rm "$system/bin/flex"
add_apt 0
expect_exit 0 "flex missing: exit status" run_setup basic
expect_text "--no-install-recommends flex" "$system/calls" "flex missing: installs flex alone"
if grep -q update "$system/calls"; then
	not_ok "flex missing: no update"
else
	ok "flex missing: no update"
fi

new_system with_sudo 1000
add_apt 0
stand_in sudo "echo sudo >>'$system/calls'" 'exec "$@"'
expect_exit 0 "user with sudo: exit status" run_setup basic
expect_text sudo "$system/calls" "user with sudo: goes through sudo"

new_system without_sudo 1000
add_apt 0
expect_exit 1 "user without sudo: exit status" run_setup basic
expect_text "apt-get install --no-install-recommends $all_packages" "$WORK/err" \
	"user without sudo: prints the command"

new_system without_apt 0
expect_exit 1 "no apt: exit status" run_setup basic
expect_text "flex 2.6.4 or later" "$WORK/err" "no apt: says what to install"

new_system apt_fails 0
add_apt 0 fails
expect_exit 1 "apt fails: exit status" run_setup basic
expect_text "apt could not install them" "$WORK/err" "apt fails: says so"

new_system check_only 0
add_apt 0
expect_exit 1 "check: exit status" run_setup check basic
expect_text "make setup" "$WORK/err" "check: names make setup"
if [ -s "$system/calls" ]; then
	not_ok "check: apt not called"
else
	ok "check: apt not called"
fi

expect_exit 2 "no level: wrong usage" run_setup
end
