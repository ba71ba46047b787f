#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# bench/run.sh STIPPLE FOLDER: one set of protocols, in each tool's own form, through stipple and its peers,
# side by side; prints docs/benchmarks.md. COUNT protocols (10000), ROUNDS rounds (5): in each round every
# tool runs once, so that what else the machine does falls on all of them. Compared is processor time, the
# median of the rounds, as a ratio. A tool that is not installed is left out, and the page says so.
set -eu
stipple=$1
work=$2
here=$(cd "$(dirname "$0")" && pwd)
count=${COUNT-10000}
rounds=${ROUNDS-5}
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

| tool | input, MB | seconds | MB/s | peak memory, MB | bytes of memory a byte | check's time is of its | a tenth of the input takes |
|---|---|---|---|---|---|---|---|
END
mine=$(median stipple-check "$count" | cut -d' ' -f1)
for tool in $tools; do
	there "$tool" || continue
	bytes=$(wc -c <"$work/$count.$(form_of "$tool")")
	echo "$tool $bytes $(median "$tool" "$count") $(median "$tool" $((count / 10))) $mine"
done | awk '{ printf "| %s | %.1f | %.2f | %.0f | %.0f | %.1f | %.2f | %.2f |\n", $1, $2 / 1e6, $3,
	$2 / 1e6 / ($3 > 0 ? $3 : 0.01), $4 / 1024, $4 * 1024 / $2, $7 / ($3 > 0 ? $3 : 0.01),
	$5 / ($3 > 0 ? $3 : 0.01) }'
left=
for tool in $tools; do there "$tool" || left="$left $tool"; done
[ -z "$left" ] || printf '\nNot installed where this was measured:%s.\n' "$left"

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
