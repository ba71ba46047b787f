#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The manual pages and the completions are those that the program's tables make (`make docs` writes them
# anew), a formatter takes the pages without a word, and the completions complete.
. "$SRC/tests/lib.sh"
begin pages
cd "$WORK" || exit 1
pages=$BUILD/gen/pages
commands=$("$pages" commands)

same() {
	"$pages" $2 $3 >made || not_ok "$1 can be made"
	golden "$SRC/$1" made
}
same docs/man/stipple.1 man
for command in $commands; do
	same "docs/man/stipple-$command.1" man "$command"
done
same editors/completions/stipple.bash bash
same editors/completions/_stipple zsh
same editors/completions/stipple.fish fish
expect_exit 1 "a page that is none" "$pages" man tabels

# Every option that a command takes is in its page, as its --help has it.
for command in $commands; do
	missing=
	for option in $("$STIPPLE" "$command" --help | sed -n 's/^  \(--*[A-Za-z]*\).*/\1/p'); do
		sed 's/\\-/-/g' "$SRC/docs/man/stipple-$command.1" | grep -q -F -e "fB$option" ||
			missing="$missing $option"
	done
	if [ -z "$missing" ]; then ok "options of $command"; else not_ok "options of $command" "$missing"; fi
done

for page in "$SRC"/docs/man/*.1; do
	name=${page##*/}
	if command -v mandoc >/dev/null; then
		expect_exit 0 "mandoc takes $name" mandoc -T lint -W error "$page"
	else
		skip "mandoc takes $name" "no mandoc"
	fi
	if command -v groff >/dev/null; then
		groff -man -Tascii -ww "$page" >out 2>err
		if [ -s err ]; then not_ok "groff takes $name" "$(cat err)"; else ok "groff takes $name"; fi
	else
		skip "groff takes $name" "no groff"
	fi
done

# bash WORDS...: what bash offers for the last of them. completes EXPECTED WORDS...
cat >ask.bash <<'END'
PATH=$1:$PATH
. "$2"
shift 2
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_stipple
printf '%s\n' "${COMPREPLY[@]}" | sort | tr '\n' ' '
END
completes() {
	expected=$1
	shift
	if ! command -v bash >/dev/null; then
		skip "bash completes $*" "no bash"
		return
	fi
	offered=$(bash ask.bash "${STIPPLE%/*}" "$SRC/editors/completions/stipple.bash" "$@")
	case " $offered" in
	*" $expected "*) ok "bash completes $*" ;;
	*)               not_ok "bash completes $*" "offered: $offered" ;;
	esac
}
: >own.stip
touch given.po given.stip given.stpk 'own name.stip'
mkdir -p folder
completes handout stipple h
completes --version stipple --v
completes --diagnostics stipple check --d
completes "json sarif text" stipple check --diagnostics =
completes sarif stipple check --diagnostics = s
completes diff stipple check --fix = d
completes no-uncited stipple check -W no-unc
completes error=uncited stipple check own.stip -W error=unc
completes error stipple check -W err
case $offered in
*syntax*) not_ok "errors cannot be switched" "$offered" ;;
*)        ok "errors cannot be switched" ;;
esac
completes own.stip stipple check o
completes folder stipple check -I f
completes missing_unit stipple explain missing_u
completes ST0202 stipple explain ST0202
completes md stipple handout own.stip --format m
completes "csv json md" stipple trace own.stip --format ''
completes de stipple check own.stip --lang d
completes zone stipple words zo
completes given.stpk stipple decompile g
completes "given.po given.stip" stipple po g
completes "own name.stip" stipple check own

# zsh and fish: whether they read what was written for them.
for shell in zsh fish; do
	case $shell in
	zsh)  file=$SRC/editors/completions/_stipple ;;
	fish) file=$SRC/editors/completions/stipple.fish ;;
	esac
	if command -v "$shell" >/dev/null; then
		expect_exit 0 "$shell reads its completions" "$shell" -n "$file"
	else
		skip "$shell reads its completions" "no $shell"
	fi
done
if command -v fish >/dev/null; then
	fish_offers() {
		HOME=$WORK PATH=${STIPPLE%/*}:$PATH fish -c "source $SRC/editors/completions/stipple.fish; complete -C '$2'" \
			>out 2>err
		if grep -q "^$1" out; then ok "fish completes $2"; else not_ok "fish completes $2" "$(head -n 5 out err)"; fi
	}
	fish_offers handout "stipple h"
	fish_offers sarif "stipple check --diagnostics s"
	fish_offers missing_unit "stipple explain missing_u"
	fish_offers no-uncited "stipple check -W no-unc"
	fish_offers zone "stipple words zo"
	fish_offers given.po "stipple po g"
else
	skip "fish completes" "no fish"
fi
end
