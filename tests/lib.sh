# SPDX-License-Identifier: Apache-2.0
#
# Small helpers for a suite's run.sh:
#
#   . "$SRC/tests/lib.sh"
#   begin NAME                     an empty folder $WORK for the suite; stdin closed, locale C
#   expect_exit 1 NAME COMMAND...  one case: the command ends with that status
#   golden FILE MADE               one case: MADE equals FILE; UPDATE=1 writes FILE anew instead
#   expect_text TEXT FILE NAME     one case: FILE holds the TEXT
#   ok NAME; not_ok NAME [why]; skip NAME why
#   end                            leaves with 0 or 1
#
# COMMAND's output is kept in $WORK/out and $WORK/err until the next one runs. A suite can be run alone:
# make test SUITES=NAME (or make test-all SUITES=NAME); its log is build/tests/logs/NAME.log

begin() {
	LC_ALL=C
	export LC_ALL
	WORK=$BUILD/tests/$1
	rm -rf "$WORK"
	mkdir -p "$WORK"
	failures=0
}

ok() {
	echo "ok $1"
}

not_ok() {
	echo "not ok $1"
	[ $# -lt 2 ] || printf '%s\n' "$2" | sed 's/^/# /'
	failures=$((failures + 1))
}

skip() {
	echo "ok $1 # SKIP $2"
}

expect_exit() {
	wanted=$1
	case_name=$2
	shift 2
	"$@" >"$WORK/out" 2>"$WORK/err" </dev/null
	status=$?
	if [ "$status" = "$wanted" ]; then
		ok "$case_name"
		return 0
	fi
	not_ok "$case_name" "ended with $status, expected $wanted: $*"
	sed 's/^/# /' "$WORK/out" "$WORK/err"
	return 1
}

golden() {
	if [ "${UPDATE-}" = 1 ]; then
		cp "$2" "$1"
	fi
	if cmp -s "$1" "$2"; then
		ok "golden ${1#"$SRC"/}"
		return 0
	fi
	not_ok "golden ${1#"$SRC"/}" "differs; UPDATE=1 accepts what was made"
	diff -u "$1" "$2" | sed 's/^/# /'
	return 1
}

expect_text() {
	if grep -q -F -e "$1" "$2"; then
		ok "$3"
		return 0
	fi
	not_ok "$3" "not found: $1"
	sed 's/^/# /' "$2"
	return 1
}

end() {
	[ "$failures" = 0 ]
	exit
}
