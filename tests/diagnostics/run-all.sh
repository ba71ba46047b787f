#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# What `check --diagnostics=sarif` and json print of every example of docs/diagnostics and of every
# source in tests/mistakes and tests/syntax, judged by programs that know nothing of this one: the
# SARIF 2.1.0 schema, and places worked out anew from the bytes of the sources.
. "$SRC/tests/lib.sh"
begin diagnostics-all
cd "$WORK" || exit 1

if ! npm install --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel=error \
	@microsoft/jest-sarif@1.0.0-beta.0 ajv@6.12.6 >npm.log 2>&1; then
	tail -n 3 npm.log
	echo "npm cannot install the schema and a validator"
	exit 77
fi

for example in "$SRC"/docs/diagnostics/*.stip; do
	id=$(basename "$example" .stip)
	mkdir -p "$id"
	awk -v out="$id" -f "$SRC/tests/diagnostics/divide.awk" "$example"
	case $(cat "$id/fires.command" 2>/dev/null) in
	check*)
		(cd "$id/fires" && "$STIPPLE" $(cat ../fires.command) --diagnostics=sarif >said.sarif
			"$STIPPLE" $(cat ../fires.command) --diagnostics=json >said.json)
		;;
	esac
done
for source in "$SRC"/tests/mistakes/*.stip "$SRC"/tests/syntax/*.stip; do
	[ -e "$source" ] || continue
	id=$(basename "$(dirname "$source")")-$(basename "$source" .stip)
	mkdir -p "$id/fires"
	cp "$source" "$id/fires/caf\303\251 %.stip"
	(cd "$id/fires" && "$STIPPLE" check ./*.stip --diagnostics=sarif >said.sarif
		"$STIPPLE" check ./*.stip --diagnostics=json >said.json)
done
node "$SRC/tests/diagnostics/judge.js" "$WORK" ./*/fires || failures=$((failures + 1))
end
