#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# tests/runtime/sizes.sh FOLDER
#
# Prints the runtime's size by part and target, in bytes, as the compiler makes it with -Os, and the
# most stack that each public call can take on a Cortex-M0 (the host's callback not counted). FOLDER
# is for the objects.
set -u
cd "${SRC:-.}"
folder=$1

# $1 what, the rest files of runtime/src
part() {
	what=$1
	shift
	code=0
	data=0
	for file in "$@"; do
		object=$folder/$target-$file.o
		$compile -Iruntime/include -c -o "$object" "runtime/src/$file.c" || exit 1
		set_of=$($size "$object" | awk 'NR == 2 { print $1, $2 + $3 }')
		code=$((code + ${set_of% *}))
		data=$((data + ${set_of#* }))
	done
	printf '%-10s  %-34s %6d   static data: %d\n' "$target" "$what" "$code" "$data"
}

measure() {
	target=$1
	size=$2
	shift 2
	compile="$* -std=c99 -Os -ffreestanding"
	part "limits and requests" row find limits judge_one judge_two request
	part "loader, CRC" open crc
	part "session" session session_course session_findings session_screening session_anaesthetic session_cartridge session_gate session_needling session_audit
	part "names and labels" text
	part "label of the device, recipes" advice
	part "reasons in words" reason
}

measure cortex-m0 arm-none-eabi-size arm-none-eabi-gcc -mcpu=cortex-m0 -mthumb
measure cortex-m3 arm-none-eabi-size arm-none-eabi-gcc -mcpu=cortex-m3 -mthumb
measure x86-64 size gcc

rm -f "$folder"/*.ci
for file in runtime/src/*.c; do
	arm-none-eabi-gcc -mcpu=cortex-m0 -mthumb -std=c99 -Os -ffreestanding -fcallgraph-info=su \
		-Iruntime/include -c -o "$folder/stack-$(basename "$file" .c).o" "$file"
done
echo "stack on a cortex-m0:"
cat "$folder"/stack-*.ci | awk -f tests/runtime/stack.awk
