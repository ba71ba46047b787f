#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Runs every example of README.md and docs/*.md but diagnostics.md, which is made from examples with a
# test of their own. What stands after the three backquotes says how:
#
#   stip                 a whole source: stipple check is silent
#   stip in=NAME         a piece of one; tests/docs/contexts/NAME.stip is what stands around it
#   stip file=F          kept as F in the document's own folder, for its commands, and checked
#   stip add=F           put before the first line of F that is only a brace, and checked
#   stip append=F        put at the end of F, and checked
#   stip replace=F       each line takes the place of the one line of F that begins with the same
#                        word, and F is checked
#     fault=NAME         with any of these: the check reports this error, and nothing else
#     warns=NAME         the same with a warning
#   sh                   run in the document's folder, which looks like a checkout after `make`
#     exit=N             its status; 0 unless said
#   text, markdown, c    what the sh box just before printed; a line ... stands for any lines
#   text illustration    nothing to run
#   ebnf, words          compared with the compiler by tests/unit/test_grammar*.c
#
# Every other word is a failure, so that a slip of the pen does not leave an example out.
. "$SRC/tests/lib.sh"
begin docs
here=$SRC/tests/docs

# Messages without those that say a number is a proposal, which is no fault in an example.
messages() {
	awk '/: (error|warning|note): / { show = !/ unverified\]$/ } show' "$WORK/out"
}

# $1 case, $2 file, $3 the status expected, $4 the diagnostic expected or "".
check_source() {
	"$STIPPLE" check "$2" >"$WORK/out" 2>&1
	status=$?
	names=$(messages | sed -n -E 's/^.*: (error|warning|note): .* \[ST[0-9]+ ([a-z_0-9]+)\]$/\2/p' |
		sort -u | tr '\n' ' ')
	if [ "${names% }" = "$4" ] && [ "$status" = "$3" ]; then
		ok "$1"
	else
		not_ok "$1" "expected ${4:-nothing}, status $status: $(messages)"
	fi
}

# $1 box, $2 file: the box before the first line that is only a brace.
add_to() {
	awk 'FNR == NR { piece[++lines] = $0; next }
		$0 == "}" && !added++ { for (i = 1; i <= lines; i++) print piece[i] }
		{ print }' "$1" "$2" >"$2.new" && mv "$2.new" "$2"
}

# $1 box, $2 file. Fails when a line of the box has no place, or more than one.
replace_in() {
	awk 'FNR == NR { if (NF) new[$1] = $0; next }
		$1 in new { print new[$1]; used[$1]++; next }
		{ print }
		END { for (word in new) if (used[word] != 1) exit 1 }' "$1" "$2" >"$2.new" &&
		mv "$2.new" "$2"
}

# $1 case, $2 box, then the words after "stip".
run_source() {
	name=$1 box=$2 source=$2.stip wanted=0 says='' around=''
	shift 2
	for word in "$@"; do
		case $word in
		fault=*)   says=${word#*=} wanted=1 ;;
		warns=*)   says=${word#*=} ;;
		in=*)      around=$here/contexts/${word#*=}.stip ;;
		file=*)    source=$folder/${word#*=}; cp "$box" "$source" ;;
		append=*)  source=$folder/${word#*=}; cat "$box" >>"$source" ;;
		add=*)     source=$folder/${word#*=}; add_to "$box" "$source" ;;
		replace=*) source=$folder/${word#*=}
			replace_in "$box" "$source" || not_ok "$name" "a line has no one place" ;;
		*)         not_ok "$name" "what is $word?"; return ;;
		esac
	done
	if [ -n "$around" ]; then
		awk -f "$here/insert.awk" "$box" "$around" >"$source"
	elif [ "$source" = "$box.stip" ]; then
		cp "$box" "$source"
	fi
	check_source "$name" "$source" "$wanted" "$says"
}

# $1 case, $2 box, $3 expected status.
run_commands() {
	(unset MAKEFLAGS MAKELEVEL && cd "$folder" && sh "$2") >"$WORK/printed" 2>&1 </dev/null
	status=$?
	if [ "$status" = "$3" ]; then
		ok "$1"
	else
		not_ok "$1" "ended with $status, expected $3: $(head -n 20 "$WORK/printed")"
	fi
}

# $1 case, $2 box, $3 the kind of the box before.
compare_output() {
	if [ "$3" != sh ]; then
		not_ok "$1" "no command stands before this output"
	elif why=$(awk -f "$here/output.awk" "$2" "$WORK/printed"); then
		ok "$1"
	else
		not_ok "$1" "$why"
	fi
}

# A folder that looks like a checkout after `make`.
prepare_folder() {
	mkdir -p "$folder/build"
	ln -s "$SRC/protocols" "$SRC/examples" "$SRC/runtime" "$folder/"
	ln -s "$STIPPLE" "$RUNTIME_LIB" "$folder/build/"
}

# $1 document.
run_document() {
	document=${1#"$SRC"/}
	folder=$WORK/$(basename "$(dirname "$1")")-$(basename "$1" .md)
	boxes=$folder.boxes
	prepare_folder
	mkdir -p "$boxes"
	awk -v to="$boxes" -f "$here/examples.awk" "$1" >"$boxes/list"
	before=''
	while read -r number line kind words; do
		label="$document:$line $kind"
		box=$boxes/$number
		case $kind in
		stip)       run_source "$label" "$box" $words ;;
		sh)         run_commands "$label" "$box" "$(echo "${words:-exit=0}" | sed 's/^exit=//')" ;;
		text | markdown | c)
			[ "$words" = illustration ] || compare_output "$label" "$box" "$before"
			;;
		ebnf | words) ;;
		*)          not_ok "$label" "a box must say what it holds" ;;
		esac
		before=$kind
	done <"$boxes/list"
}

# $1 document: the anchors of its headings, one a line.
anchors_of() {
	awk '/^```/ { inside = !inside }
		!inside && sub(/^#+ +/, "") {
			$0 = tolower($0)
			gsub(/[^a-z0-9_ -]/, "")
			gsub(/ /, "-")
			print
		}' "$1"
}

# $1 document: each link to a heading of a document that has none such.
lost_anchors() {
	sed -n -E 's/\]\(([^):#]*\.md)?#([^)]*)\)/\n@\2 \1\n/g; p' "$1" | sed -n 's/^@//p' |
		while read -r anchor link; do
			target=$1
			[ -z "$link" ] || target=$(dirname "$1")/$link
			[ ! -e "$target" ] || anchors_of "$target" | grep -q -x -F -e "$anchor" ||
				echo "$link#$anchor"
		done
}

# $1 document: what it links to, and the files of the tree that it names, are there.
check_names() {
	document=${1#"$SRC"/}
	missing=$({
		lost_anchors "$1"
		sed -n -E 's/\]\(([^):#]+)(#[^)]*)?\)/\n@\1\n/g; p' "$1" | sed -n 's/^@//p' |
			while read -r link; do
				[ -e "$(dirname "$1")/$link" ] || echo "$link"
			done
		grep -o -E '`(compiler|runtime|tests|protocols|examples|tools|mk|docs|bench|editors)/[A-Za-z0-9_./-]+`' "$1" |
			tr -d '`' | while read -r file; do
				[ -e "$SRC/$file" ] || echo "$file"
			done
	} | sort -u)
	if [ -z "$missing" ]; then
		ok "$document names what is there"
	else
		not_ok "$document names what is there" "missing: $missing"
	fi
}

# The runner itself: each kind of mistake in a document is found.
self_test() {
	mkdir -p "$WORK/self"
	printf '```stip\nzone knee "knee" {\n```\n' >"$WORK/self/broken.md"
	printf '```stip fault=unknown_name\nzone knee "knee"\n```\n' >"$WORK/self/no_fault.md"
	printf '```sh\nfalse\n```\n' >"$WORK/self/status.md"
	printf '```sh\necho a; echo b\n```\n```text\na\n```\n' >"$WORK/self/more.md"
	printf '```sh\necho a; echo b\n```\n```text\n...\nc\n```\n' >"$WORK/self/other.md"
	printf '```\nwhat\n```\n' >"$WORK/self/nothing_said.md"
	printf '```text\na\n```\n' >"$WORK/self/no_command.md"
	for wrong in "$WORK"/self/*.md; do
		if (failures=0; run_document "$wrong" >"$WORK/self.log"; exit "$failures"); then
			not_ok "fires: ${wrong##*/}"
		else
			ok "fires: ${wrong##*/}"
		fi
	done
	printf '# A b: c\n[a](nowhere.md) and `compiler/nothing.c`, [d](names.md#a-b-c), [e](#a-c)\n' >"$WORK/names.md"
	case $(check_names "$WORK/names.md") in
	*'#a-b-c'*) not_ok "silent: a heading that is there" ;;
	*'#a-c'*compiler/nothing.c*nowhere.md*) ok "fires: names of nothing" ;;
	*) not_ok "fires: names of nothing" "$(check_names "$WORK/names.md")" ;;
	esac
	printf '```sh exit=3\necho a; echo b; echo c; exit 3\n```\n```text\na\n...\nc\n```\n' >"$WORK/right.md"
	run_document "$WORK/right.md"
}

for path in "$SRC"/README.md "$SRC"/docs/*.md; do
	[ "${path##*/}" = diagnostics.md ] || run_document "$path"
	check_names "$path"
	case $path in
	"$SRC"/docs/README.md | "$SRC"/README.md) ;;
	*) expect_text "](${path##*/})" "$SRC/docs/README.md" "docs/README.md lists ${path##*/}" ;;
	esac
done
self_test
end
