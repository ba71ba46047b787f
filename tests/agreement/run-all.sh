#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Sheet and device agree: the finished sheets, read as a client reads them, against the table image,
# decoded as the format's header lays it out; for every shipped protocol and 3000 random ones, with and
# without a date for the visit. agree.mjs says what is compared, and alters each number of a sheet and
# each row of a table to show that it would be seen.
. "$SRC/tests/lib.sh"
begin agreement
cd "$WORK" || exit 1
here=$SRC/tests/agreement
header=$SRC/runtime/include/stipple/format.h
clinic=$SRC/examples/clinic
command -v node >/dev/null || { echo "no node"; exit 77; }

# $1 option of agree.mjs or nothing; $2 pack; $3 folder; then the sources beside the languages.
agree() {
	option=$1 pack=$2 folder=$3
	shift 3
	node "$here/agree.mjs" $option "$header" "$pack" "$folder" "$@" "$SRC/protocols/languages/en.stip" "$clinic" ||
		failures=$((failures + 1))
}

# $1 folder, $2 source, then options: the sheets of all its protocols.
sheets() {
	folder=$1 source=$2
	shift 2
	rm -rf "$folder" && mkdir "$folder"
	expect_exit 0 "sheets of ${source##*/} $*" "$STIPPLE" handout "$source" --clinic "$clinic/clinic.stip" \
		-o "$folder" "$@"
}

for protocol in "$SRC"/protocols/*.stip; do
	grep -q '^protocol ' "$protocol" || continue
	name=$(basename "$protocol" .stip)
	expect_exit 0 "pack of $name" "$STIPPLE" pack "$protocol" -o "$name.stpk"
	for visit in "" "--visit 2026-12-01T10:00"; do
		for format in md html; do
			sheets made "$protocol" --format $format $visit
			agree "$visit" "$name.stpk" made "$SRC/protocols"
		done
	done
done

sheets made "$SRC/protocols/acne_scars.stip"
rm made/*.handout.*
agree --alter acne_scars.stpk made "$SRC/protocols"

cat >slower.stip <<'END'
edition 1
import "std/acne_scars"
protocol slower "Acne scars" extends acne_scars {
  version 1.0.0
  when depth over 1.0 mm { course 7 to 8 weeks apart  cites proposal }
  when skin_type V to VI { course 9 to 10 weeks apart, limit 2 sessions  cites proposal }
}
END
expect_exit 0 "pack of a course for some" "$STIPPLE" pack slower.stip -o slower.stpk
sheets made slower.stip --protocol slower
rm made/*.handout.*
agree --alter slower.stpk made slower.stip "$SRC/protocols"

# The course between two visits, on the sheet for the first of them.
cat >later.stip <<'END'
edition 1
import "std/acne_scars"
protocol later "Acne scars" extends acne_scars {
  version 1.0.0
  when session 2 { course 8 weeks apart  cites proposal }
  when session from 3 and depth over 1.0 mm { course 10 to 11 weeks apart  cites proposal }
}
END
expect_exit 0 "pack of a course by session" "$STIPPLE" pack later.stip -o later.stpk
for session in "" 1 2 3; do
	for visit in "" "--visit 2026-12-01T10:00"; do
		sheets made later.stip --protocol later ${session:+--given session=$session} $visit
		agree "$visit${session:+ --session $session}" later.stpk made later.stip "$SRC/protocols"
	done
done
sheets made later.stip --protocol later --given session=1
rm made/*.handout.* made/*.prep.*
agree "--alter --session 1" later.stpk made later.stip "$SRC/protocols"
rm -rf made && mkdir made
"$STIPPLE" handout later.stip --protocol later --clinic "$clinic/clinic.stip" -o made --given session=2
for session in 1 3; do
	expect_exit 1 "the sheet for visit 2 is not that for visit $session" node "$here/agree.mjs" --session $session \
		"$header" later.stpk made later.stip "$SRC/protocols" "$SRC/protocols/languages/en.stip" "$clinic"
done

# A hundred protocols a file; every fifth file as pages, two in five for a visit.
for seed in $(seq 1 30); do
	node "$here/random.mjs" "$seed" 100 random.stip
	expect_exit 0 "pack of random protocols $seed" "$STIPPLE" pack random.stip -o random.stpk || continue
	case $((seed % 5)) in
	0) visit= format=html ;;
	1) visit="--visit 2026-12-01T10:00" format=md ;;
	2) visit="--visit 2027-02-28T15:30" format=md ;;
	*) visit= format=md ;;
	esac
	sheets random random.stip --format $format $visit
	agree "$visit" random.stpk random random.stip
done
end
