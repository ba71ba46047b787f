#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# bench/run.sh STIPPLE FOLDER: one set of protocols, in each tool's own form, through stipple and its peers,
# side by side; prints docs/benchmarks.md. COUNT protocols (10000), ROUNDS rounds (5): in each round every
# tool runs once, so that what else the machine does falls on all of them. Compared is processor time, the
# median of the rounds, as a ratio. A tool that is not installed is left out, and the page says so. MOST
# (1000000) is to how many protocols, and siblings in one block, it is measured how stipple's time grows.
set -eu
stipple=$1
work=$2
here=$(cd "$(dirname "$0")" && pwd)
count=${COUNT-10000}
rounds=${ROUNDS-5}
most=${MOST-1000000}
mkdir -p "$work"
LC_ALL=C
export LC_ALL

data() {
	awk -v form="$1" -v count="$2" -f "$here/generate.awk" >"$work/$2.$1"
}

tools='stipple-check stipple-pack flatc protoc dtc jq'
# command_of TOOL COUNT
command_of() {
	case $1 in
	stipple-check) echo "$stipple check $work/$2.stip" ;;
	stipple-pack)  echo "$stipple pack $work/$2.stip -o $work/out.stpk" ;;
	flatc)         echo "flatc -b -o $work $here/protocols.fbs $work/$2.json" ;;
	protoc)        echo "protoc --proto_path=$here --encode=File protocols.proto" ;;
	dtc)           echo "dtc -q -O dtb -o $work/out.dtb $work/$2.dts" ;;
	jq)            echo "jq -c . $work/$2.json" ;;
	esac
}
form_of() {
	case $1 in
	stipple-*) echo stip ;;
	protoc)    echo text ;;
	dtc)       echo dts ;;
	*)         echo json ;;
	esac
}
there() {
	case $1 in stipple-*) ;; *) command -v "$1" >/dev/null 2>&1 ;; esac
}

# measure TOOL COUNT: adds "SECONDS KILOBYTES" to the tool's list.
measure() {
	# shellcheck disable=SC2046 # several words
	command time -f '%U %S %M' -o "$work/time" $(command_of "$1" "$2") \
		<"$work/$2.$(form_of "$1")" >"$work/out" 2>"$work/err"
	awk '{ print $1 + $2, $3 }' "$work/time" >>"$work/$1.$2.times"
}
# start TOOL: seconds of a hundred runs over one protocol.
start() {
	# shellcheck disable=SC2016,SC2046 # the inner shell's; several words
	command time -f '%U %S' -o "$work/time" sh -c '
		for i in 0 1 2 3 4 5 6 7 8 9; do for j in 0 1 2 3 4 5 6 7 8 9; do
			"$@" <"$0" >/dev/null 2>&1; done; done' \
		"$work/1.$(form_of "$1")" $(command_of "$1" 1)
	awk '{ print $1 + $2 }' "$work/time"
}
median() {
	sort -n "$work/$1.$2.times" | awk '{ v[NR] = $1; m = $2 > m ? $2 : m } END { print v[int((NR + 1) / 2)], m }'
}

for form in stip json text dts; do
	for n in 1 $((count / 10)) "$count"; do data $form "$n"; done
done
rm -f "$work"/*.times
round=0
while [ "$round" -lt "$rounds" ]; do
	for tool in $tools; do
		there "$tool" && measure "$tool" "$count" && measure "$tool" $((count / 10))
	done
	round=$((round + 1))
done

exec 3>&1 >"$work/page.md"
cat <<END
# Benchmarks

Written by \`make bench\`. One set of $count protocols with 6 zones each (depth, passes, rate), a course, 14 rules
before and after the visit and 6 exclusions, in each tool's own form ([generate.awk](../bench/generate.awk)).
Processor time, user and system, is the median of $rounds rounds; times hold for one machine, ratios travel.
\`stipple check\` parses, resolves and proves; \`stipple pack\` also writes the image for a device.

| tool | input, MB | seconds | MB/s | peak memory, MB | bytes of memory a byte | check's time is of its | time a byte, of that with a tenth | one protocol, ms |
|---|---|---|---|---|---|---|---|---|
END
mine=$(median stipple-check "$count" | cut -d' ' -f1)
for tool in $tools; do
	there "$tool" || continue
	bytes=$(wc -c <"$work/$count.$(form_of "$tool")")
	echo "$tool $bytes $(median "$tool" "$count") $(median "$tool" $((count / 10))) $mine $(start "$tool")"
done | awk '{ printf "| %s | %.1f | %.2f | %.0f | %.0f | %.1f | %.2f | %.2f | %.1f |\n", $1, $2 / 1e6, $3,
	$2 / 1e6 / ($3 > 0 ? $3 : 0.01), $4 / 1024, $4 * 1024 / $2, $7 / ($3 > 0 ? $3 : 0.01),
	$3 / 10 / ($5 > 0 ? $5 : 0.01), $8 * 10 }'
left=
for tool in $tools; do there "$tool" || left="$left $tool"; done
[ -z "$left" ] || printf '\nNot installed where this was measured:%s.\n' "$left"

# grown FORM COUNT: files of so many, none of them larger than a source may be.
grown() {
	mkdir -p "$work/$1.$2"
	awk -v form=common -v count=0 -f "$here/generate.awk" >"$work/$1.$2/common.stip"
	if [ "$1" != small ]; then
		awk -v form="$1" -v count="$2" -f "$here/generate.awk" >"$work/$1.$2/0.stip"
		return
	fi
	at=0
	while [ "$at" -lt "$2" ]; do
		part=$(($2 - at < 250000 ? $2 - at : 250000))
		awk -v form=small -v first=$((at + 1)) -v count="$part" -f "$here/generate.awk" >"$work/small.$2/$at.stip"
		at=$((at + part))
	done
}
echo
echo "How \`stipple check\` grows: protocols of one zone and nothing else, and what stands side by side in one block"
echo "of one protocol, each declared before. Measured once each. What no longer fits the caches costs more a byte, and so"
echo "does memory by the gigabyte, which is the system's part; a time that grew with the square of the number would cost"
echo "ten times as much."
echo
echo "| what | how many | input, MB | seconds | of them the system's | peak memory, MB | nanoseconds a byte | of those with a tenth |"
echo "|---|---|---|---|---|---|---|---|"
for form in small rules zones screens; do
	for n in $((most / 10)) "$most"; do
		grown "$form" "$n"
		command time -f '%U %S %M' -o "$work/time" "$stipple" check "$work/$form.$n"/[0-9]*.stip >"$work/out" 2>&1
		echo "$form $n $(cat "$work/$form.$n"/*.stip | wc -c) $(tail -n 1 "$work/time")"
		rm -r "$work/${form:?}.$n"
	done
done >"$work/grown"
awk 'BEGIN { name["small"] = "protocols"; name["rules"] = "rules of care in `before`"
		name["zones"] = "zones of a protocol"; name["screens"] = "exclusions in `screen`" }
	{ each = ($4 + $5) * 1e9 / $3
		printf "| %s | %d | %.1f | %.2f | %.2f | %.0f | %.0f | %s |\n", name[$1], $2, $3 / 1e6, $4 + $5, $5, $6 / 1024, each,
			($1 == last && before > 0) ? sprintf("%.2f", each / before) : ""
		last = $1; before = each }' "$work/grown"

if command -v valgrind >/dev/null 2>&1; then
	n=$((count / 20))
	data stip "$n"
	echo
	echo "Instructions, counted by callgrind, for a byte of $n of these protocols:"
	echo
	echo "| command | instructions a byte |"
	echo "|---|---|"
	for tool in stipple-check stipple-pack; do
		# shellcheck disable=SC2046
		valgrind --tool=callgrind --callgrind-out-file="$work/callgrind" $(command_of $tool "$n") 2>&1 |
			sed -n 's/.*Collected : \([0-9]*\).*/\1/p' |
			awk -v tool=$tool -v bytes="$(wc -c <"$work/$n.stip")" '{ printf "| %s | %.0f |\n", tool, $1 / bytes }'
	done
fi

exec >&3
cat "$work/page.md"
awk -f "$here/aims.awk" "$work/page.md"
