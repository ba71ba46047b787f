# SPDX-License-Identifier: Apache-2.0
#
# A part of run-all.sh: Frama-C's Eva proves each call on a session by itself, from every session
# that holds the invariant of frama/stand.h; frama/calls.c says what. It must also say no to runtimes
# that were made wrong (frama/faults.txt).

FRAMA=$PROOF/frama
mkdir -p "$WORK/frama"
cat >"$WORK/frama/subject.h" <<'END'
#include "walk.h"
#define TABLE               walk_table
#define TABLE_SESSION_BYTES WALK_SESSION_BYTES
#define PROTOCOLS           1u
#define SLOTS               WALK_ZONES_OF_A_PROTOCOL
#define LEAST_BYTES         STIPPLE_SESSION_HEAD_BYTES
END

# Proves one call, and leaves what was said in $3. $1 call, $2 folder of the runtime's sources. All
# memory holds what was written to it: volatile is taken away.
prove() {
	frama-c -machdep gcc_x86_32 \
		-cpp-extra-args="-I$SRC/runtime/include -I$2 -I$WORK -I$WORK/frama -I$FRAMA -Dvolatile= '-DSTIPPLE_AT_ONCE(v)='" \
		"$FRAMA/calls.c" "$WORK/walk.c" "$2"/*.c -main "of_$1" \
		-eva -eva-precision 3 -eva-slevel 500 -eva-ilevel 128 \
		-eva-split-return full \
		-eva-use-spec stipple_crc_memory,stipple_crc_image \
		-eva-no-results >"$3" 2>&1
}

# Non-zero unless everything was proven that the analyser came to. $1 what was said.
is_proven() {
	grep -q '^  0 alarms generated' "$1" && ! grep -q '[1-9][0-9]* \(unknown\|invalid\)' "$1" &&
		grep -q '^  100% of the logical properties reached' "$1"
}

if ! command -v frama-c >/dev/null 2>&1; then
	skip "each call is proven" "frama-c (Debian package frama-c-base) is not installed"
	return 0
fi

# Proves several at once. Each of $@: a call.
prove_all() {
	running=0
	for call in "$@"; do
		prove "$call" "$SRC/runtime/src" "$WORK/frama/$call.log" &
		running=$((running + 1))
		[ $((running % 4)) != 0 ] || wait
	done
	wait
}

# What was said of a call, as a line of the document: alarms, assertions, memory of checksums.
say() {
	awk -v call="$1" '
		/functions analyzed/ { functions = $1 }
		/^ *Assertions/ { assertions = $2 }
		/^ *Preconditions/ { preconditions = $2 }
		END { print "| `stipple_" call "` | " functions " | " assertions " | " preconditions " |" }' \
		"$WORK/frama/$1.log"
}

# ---- the proofs ----

CALLS=${FRAMA_CALLS:-$(sed -n 's/^void of_\([a-z_]*\)(void)$/\1/p' "$FRAMA/calls.c")}
prove_all $CALLS
for call in $CALLS; do
	if is_proven "$WORK/frama/$call.log"; then
		ok "stipple_$call is proven"
		say "$call" >>"$WORK/frama/proven"
	else
		not_ok "stipple_$call is proven" \
			"$(grep -A 1 'alarm\]\|rror' "$WORK/frama/$call.log" | head -n 20)"
	fi
done
{
	echo "Made with Frama-C $(frama-c -version)."
	echo
	echo "| call | functions analysed | assertions proven | preconditions proven |"
	echo "|---|---|---|---|"
	cat "$WORK/frama/proven"
} >"$WORK/frama.md"
[ -n "${FRAMA_CALLS-}" ] || published frama "$WORK/frama.md"

# ---- would it be noticed? ----

# A runtime with the fault of a line; its proof runs on its own. $1 number, $2 line.
start_fault() {
	call=${2%% | *}
	rest=${2#* | }
	file=${rest%% | *}
	rest=${rest#* | }
	wrong=$WORK/frama/wrong$1
	mkdir -p "$wrong"
	cp "$SRC"/runtime/src/*.[ch] "$wrong"
	sed "${rest% | *}" "$SRC/runtime/src/$file" >"$wrong/$file"
	if cmp -s "$SRC/runtime/src/$file" "$wrong/$file"; then
		echo "the change alters nothing in $file" >"$wrong/log"
	else
		prove "$call" "$wrong" "$wrong/log" </dev/null &
	fi
}

grep -v '^#' "$FRAMA/faults.txt" >"$WORK/frama/faults"
number=0
while read -r line; do
	number=$((number + 1))
	start_fault $number "$line"
	[ $((number % 4)) != 0 ] || wait
done <"$WORK/frama/faults"
wait
number=0
while read -r line; do
	number=$((number + 1))
	said=$WORK/frama/wrong$number/log
	if grep -q 'ANALYSIS SUMMARY' "$said" && ! is_proven "$said"; then
		ok "no proof when ${line##* | }"
	else
		not_ok "no proof when ${line##* | }" "$(tail -n 5 "$said")"
	fi
done <"$WORK/frama/faults"
