#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# tools/sizes.sh FOLDER >docs/sizes.md
#
# What the runtime costs on four kinds of machine, as Markdown: code and constants of each part, the
# room that a caller provides, and the most stack that a call can take, from the compiler's frame
# sizes and the calls that stand in the objects; and how many instructions calls take. FOLDER (from
# the root) is for the objects. Fails when a frame has no bound, or a function can come to call itself.
set -eu
cd "$(dirname "$0")/.."
folder=$1
mkdir -p "$folder"

targets="cortex-m0 cortex-m3 rv32 avr"

# $1 target: its prefix and flags.
tools_of() {
	case $1 in
	cortex-m0) prefix=arm-none-eabi flags="-mcpu=cortex-m0 -mthumb" ;;
	cortex-m3) prefix=arm-none-eabi flags="-mcpu=cortex-m3 -mthumb" ;;
	rv32)      prefix=riscv64-unknown-elf flags="-march=rv32imac -mabi=ilp32" ;;
	avr)       prefix=avr flags="-mmcu=atmega2560" ;;
	esac
}

# Each line: a part and its files of runtime/src. Files that no line names are the last part's.
parts() {
	cat <<-'END'
		limits and requests: row find limit limits judge_one judge_two request
		opening, CRC: open crc
		packs: pack
		session: session session_course session_findings session_screening session_anaesthetic session_cartridge session_gate session_needling session_audit
		restoring a session: session_restore
		names and labels: text
		label of the device, recipes: advice
		reasons in words: reason
	END
	others=
	for file in runtime/src/*.c; do
		others="$others $(basename "$file" .c)"
	done
	echo "everything:$others"
}

for target in $targets; do
	tools_of "$target"
	mkdir -p "$folder/$target"
	for file in runtime/src/*.c tools/sizes.c; do
		(cd "$folder/$target" && "$prefix-gcc" $flags -std=c99 -Os -ffreestanding \
			-ffunction-sections -fstack-usage -I"$OLDPWD/runtime/include" -c -o "$(basename "$file" .c).o" "$OLDPWD/$file")
	done
done

# $1 target, the rest files: code and constants, and what takes RAM, in bytes.
sum_of() {
	tools_of "$1"
	shift_target=$1
	shift
	for file in "$@"; do
		"$prefix-size" -A "$folder/$shift_target/$file.o"
	done | awk -v avr="$shift_target" '
		/^\.text/ { code += $2 }
		/^\.rodata|^\.srodata/ { constants += $2 }
		/^\.data|^\.bss|^\.sdata|^\.sbss/ { ram += $2 }
		END { if (avr == "avr") ram += constants
			printf("%d + %d%s", code, constants, (ram > 0) ? " (" ram " in RAM)" : "") }'
}

# $1 target: the frames and calls of its objects as stack.awk reads them. The address to come back to
# is in the frame on Arm and RISC-V, where it is pushed; on this AVR the call itself takes three bytes.
call_graph() {
	tools_of "$1"
	for object in "$folder/$1"/*.o; do
		name=$(basename "$object" .o)
		[ "$name" != sizes ] || continue
		{
			"$prefix-nm" "$object" | awk '{ print "symbol", $NF, $(NF - 1) }'
			awk '{ n = split($1, at, ":"); print "frame", at[n], $2, $3 }' "$folder/$1/$name.su"
			"$prefix-objdump" -dr "$object"
		} | awk -v file="$name" -v extra="$([ "$1" = avr ] && echo 3 || echo 0)" '
			function title(name) { return (name in kind) && kind[name] ~ /[a-z]/ && kind[name] != "U" \
				? file ":" name : name }
			function bare(name) { sub(/\.[0-9]+$/, "", name); return name }
			$1 == "symbol" { kind[$2] = $3; next }
			$1 == "frame" { bytes[$2] = $3; bound[$2] = $4; next }
			/^[0-9a-f]+ <\./ { next } # a label within a function
			/^[0-9a-f]+ <[^>]*>:$/ {
				from = $2; gsub(/[<>:]/, "", from)
				frame = (from in bytes) ? from : bare(from)
				if (frame in bytes)
					printf "node: { title: \"%s\" label: \"%d bytes (%s)\" }\n", title(from),
						bytes[frame] + extra, bound[frame]
				else if (kind[from] ~ /[tT]/ && from !~ /^\$/)
					printf "node: { title: \"%s\" label: \"0 bytes (unknown)\" }\n", title(from)
				next
			}
			/^ *[0-9a-f]+:\t/ && !/R_/ { calls = /\t(bl|blx|call|rcall|jal|auipc)[ \t]/; next }
			/R_[A-Z0-9]*_?(CALL|PCREL|THM_CALL|THM_JUMP|JAL|RVC_JUMP|JUMP)/ {
				to = $NF
				local = to ~ /\+0x/
			}
			to != "" {
				sub(/\+0x.*$/, "", to)
				sub(/^\.text\./, "", to) # a static function, by its section
				if ((to != from || (calls && !local)) && to !~ /^\.|^\*|^__/)
					printf "edge: { sourcename: \"%s\" targetname: \"%s\" }\n", title(from), title(to)
				to = ""
			}'
	done
}

echo "# What the runtime costs"
echo
echo "Made by \`tools/sizes.sh\` with $(arm-none-eabi-gcc --version | head -n 1),"
echo "$(riscv64-unknown-elf-gcc --version | head -n 1) and $(avr-gcc --version | head -n 1), \`-Os\`. Sizes are in bytes."
echo
echo "## Code and constants"
echo
echo "Code + constants of each part. A part is files of its own; what is not called is dropped when you link with"
echo "\`-ffunction-sections -Wl,--gc-sections\`, which these numbers do not do. Nothing is static data, but on AVR, where"
echo "constants are copied to RAM at the start."
echo
echo "| part | Cortex-M0 | Cortex-M3 | RISC-V rv32imac | AVR ATmega2560 |"
echo "|---|---|---|---|---|"
parts | while IFS=: read -r part files; do
	row="| $part |"
	for target in $targets; do
		row="$row $(sum_of "$target" $files) |"
	done
	echo "$row"
done
echo
echo "## RAM"
echo
echo "What a caller provides."
echo
echo "| what | Cortex-M0 | Cortex-M3 | RISC-V rv32imac | AVR ATmega2560 |"
echo "|---|---|---|---|---|"
tools_of cortex-m0
"$prefix-nm" "$folder/cortex-m0/sizes.o" | awk '$2 ~ /[BCDR]/ { print $3 }' | sort | while read -r what; do
	row="| $(echo "$what" | sed 's/^size_of_//; s/_/ /g') |"
	for target in $targets; do
		tools_of "$target"
		size=$("$prefix-nm" -S "$folder/$target/sizes.o" | awk -v what="$what" '$4 == what { print $2 }')
		row="$row $((0x$size)) |"
	done
	echo "$row"
done
echo
echo "## Stack"
echo
echo "The most that a call can take, without the caller's own functions that it calls back (\`keep\`, \`verify\`)."
echo
echo "| call | Cortex-M0 | Cortex-M3 | RISC-V rv32imac | AVR ATmega2560 |"
echo "|---|---|---|---|---|"
for target in $targets; do
	call_graph "$target" >"$folder/$target.graph"
	awk -f tests/runtime/stack.awk "$folder/$target.graph" >"$folder/$target.stack" || {
		grep -E '^(no bound|calls itself)' "$folder/$target.stack" >&2
		exit 1
	}
done
# What is called from outside: declared in a public header.
sed -n 's/^.*\(stipple_[a-z_]*\)(.*/\1/p' runtime/include/stipple/*.h | sort -u >"$folder/public"
awk 'FILENAME ~ /public$/ { public[$1]; next }
	{ most[FILENAME, $2] = $1; if ($2 in public) calls[$2] }
	END { for (call in calls) {
		row = "| `" call "` |"
		for (i = 2; i < ARGC; i++)
			row = row " " most[ARGV[i], call] " |"
		printf "%d\t%s\n", most[ARGV[2], call], row } }' "$folder/public" \
	$(for target in $targets; do echo "$folder/$target.stack"; done) | sort -k1,1nr -k2 | cut -f2
tools/instructions.sh "$folder/instructions"
