# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# judge FILE: prints why a file of mistakes does not behave as it says itself; nothing when it does. Its
# first line says what must be printed for it, and nothing else may be:
#
#   # expect: ST0302@14:8             this message, at line 14, column 8; several: in their order
#   # expect: ST0324@other.stip:2:1   a message about another file
#   # expect: nothing
#   # says: TEXT                      on the second line: words that the messages hold, help included
#   # with: OPTION...                 or options for `stipple check`
#   # sheets                          or: not `check` but `handout` says it, for the example clinic
#
# Each message must say what to do. Where one offers a fix, `check --fix` must mend the file: nothing is
# printed any more but the messages that offered none for this file.

# Of each JSON line: the place as above; "fix" when there is one for the file, or "none"; "help" or "none".
digest() {
	awk -v file="$1" '
	{
		if (substr($0, 1, 7) != "{\"id\":\"") {
			print "unreadable:" $0
			next
		}
		place = substr($0, 8, 6) "@"
		match($0, /,"file":"[^"]*"/)
		name = substr($0, RSTART + 9, RLENGTH - 10)
		if (name != file)
			place = place name ":"
		match($0, /,"line":[0-9]+/)
		place = place substr($0, RSTART + 8, RLENGTH - 8) ":"
		match($0, /,"column":[0-9]+/)
		place = place substr($0, RSTART + 10, RLENGTH - 10)
		fixes = substr($0, index($0, ",\"fixes\":["))
		print place, (index(fixes, "\"file\":\"" file "\"") ? "fix" : "none"), (/"help":null/ ? "none" : "help")
	}' "$2"
}

# The same from the text that `handout` prints; json gets what else is looked at.
say_of_sheets() {
	mkdir -p "$WORK/sheets"
	"$STIPPLE" handout "$1" --clinic "$SRC/examples/clinic/clinic.stip" -o "$WORK/sheets" \
		>"$WORK/out" 2>"$WORK/err" </dev/null
	status=$?
	awk -v file="$1" '
	function flush() { if (place != "") print place, "none", help; place = "" }
	/^[^ ].*: (error|warning|note): .* \[ST[0-9]+ [a-z_0-9]+\]$/ {
		flush()
		split($0, part, ":")
		match($0, /\[ST[0-9]+/)
		place = substr($0, RSTART + 1, 6) "@" (part[1] == file ? "" : part[1] ":") part[2] ":" part[3]
		help = "none"
	}
	/^      help: / { help = "help" }
	END { flush() }' "$WORK/err" >"$WORK/digest"
	sed -n 's/.*: error: /"severity":"error"/p' "$WORK/err" >"$WORK/json"
	sed -n 's/^      help: //p' "$WORK/err" >>"$WORK/json"
}

judge() {
	wanted=$(sed -n '1s/^# expect: *//p' "$1")
	options=$(sed -n '2s/^# with: *//p' "$1")
	if [ "$(sed -n 2p "$1")" = "# sheets" ]; then
		say_of_sheets "$1"
	else
		# shellcheck disable=SC2086 # several options
		"$STIPPLE" check --diagnostics=json $options "$1" >"$WORK/json" 2>"$WORK/err" </dev/null
		status=$?
		[ ! -s "$WORK/err" ] || cat "$WORK/err"
		digest "$1" "$WORK/json" >"$WORK/digest"
	fi
	places=$(cut -d' ' -f1 "$WORK/digest" | paste -s -d' ' -)
	[ "${places:-nothing}" = "$wanted" ] || echo "expected $wanted, got ${places:-nothing}"
	if grep -q '"severity":"error"' "$WORK/json"; then
		[ "$status" = 1 ] || echo "ended with $status"
	else
		[ "$status" = 0 ] || echo "ended with $status, without an error"
	fi
	! grep -q ' none$' "$WORK/digest" || echo "a message does not say what to do"
	sed -n '2s/^# says: *//p' "$1" >"$WORK/says"
	while read -r words; do
		grep -q -F -e "$words" "$WORK/json" || echo "no message speaks of: $words"
	done <"$WORK/says"
	judge_fix "$1"
}

# Only the messages without a fix may be left.
judge_fix() {
	grep -q ' fix ' "$WORK/digest" || return
	cp "$1" "$WORK/fixed/$1"
	[ ! -d parts ] || cp -R -P parts "$WORK/fixed"
	(cd "$WORK/fixed" && "$STIPPLE" check --fix "$1" >/dev/null 2>&1 </dev/null)
	# shellcheck disable=SC2086 # several options
	(cd "$WORK/fixed" && "$STIPPLE" check --diagnostics=json $options "$1" >"$WORK/left" 2>&1 </dev/null)
	left=$(grep -c '^{' "$WORK/left")
	offered_none=$(grep -c ' none [a-z]*$' "$WORK/digest")
	if [ "$left" != "$offered_none" ]; then
		echo "the fix does not mend it; left are"
		cat "$WORK/left"
	fi
}
