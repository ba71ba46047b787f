# SPDX-License-Identifier: Apache-2.0
#
# What run.sh and run-all.sh share: an installed copy, and a small project with a house file that its
# protocol imports.

install_copy() {
	stage=$WORK/stage/opt/stipple
	expect_exit 0 "installed" make -s -C "$SRC" install BUILD="$TOP_BUILD" SANITIZE="$SANITIZE" \
		CC="$CC" DESTDIR="$WORK/stage" PREFIX=/opt/stipple
}

# $1 folder: a project whose program says the deepest setting of its table.
make_project() {
	mkdir -p "$1/protocols"
	cat >"$1/protocols/house.stip" <<-'END'
		edition 1
		device our_pen "our pen" {
		  modality pen
		  depth 0.25 to 2.5 mm, step 0.25 mm
		}
		zone back_of_hand "back of the hand"
		indication fine_lines "fine lines"
	END
	cat >"$1/protocols/hands.stip" <<-'END'
		edition 1
		import "house"
		protocol hands "Hands" {
		  version 1.0.0
		  treats  fine_lines
		  device  our_pen
		  zone back_of_hand { depth 0.25 to 1.0 mm }
		}
	END
	cat >"$1/main.c" <<-'END'
		#include <stdio.h>
		#include "hands.h"
		#include "stipple/runtime.h"
		int main(void)
		{
			static const struct stipple_expectation expected = {
				HANDS_INTERFACE_DIGEST, HANDS_DEVICE_OUR_PEN_KEY };
			struct stipple_table table;
			uint32_t reason;
			if (stipple_open(&table, &hands_table, sizeof hands_table, &expected, &reason) !=
			    STIPPLE_ANSWERED)
				return 1;
			printf("%u um on %s\n", (unsigned)hands_table.devices[0].depth_most,
			       stipple_name(&table, STIPPLE_NAMED_ZONE, 0));
			return 0;
		}
	END
}

# $1 case; the rest builds. Whether the tables were made anew is asked of what the build prints.
made_anew() {
	name=$1
	shift
	expect_exit 0 "$name: builds" "$@"
	expect_text "$TABLES_MADE" "$WORK/out" "$name: the tables are made"
}
left_alone() {
	name=$1
	shift
	expect_exit 0 "$name: builds" "$@"
	if grep -q -F -e "$TABLES_MADE" "$WORK/out"; then
		not_ok "$name: the tables are left alone" "$(cat "$WORK/out")"
	else
		ok "$name: the tables are left alone"
	fi
}

# $1 way, $2 project, $3 its program, the rest builds: from nothing to changed imports and back.
builds_as_it_should() {
	way=$1
	project=$2
	program=$3
	shift 3
	made_anew "$way, first" "$@"
	expect_exit 0 "$way: the program runs" "$program"
	expect_text "2500 um on back_of_hand" "$WORK/out" "$way: with its table"
	left_alone "$way, nothing changed" "$@"
	left_alone "$way, nothing changed again" "$@"
	later "$project/protocols/house.stip"
	made_anew "$way, import touched" "$@"
	left_alone "$way, nothing changed since" "$@"
	sed 's/to 2.5 mm/to 2.0 mm/' "$project/protocols/house.stip" >"$project/new"
	mv "$project/new" "$project/protocols/house.stip"
	later "$project/protocols/house.stip"
	made_anew "$way, import changed" "$@"
	expect_exit 0 "$way: the program runs again" "$program"
	expect_text "2000 um" "$WORK/out" "$way: with the changed table"
	left_alone "$way, nothing changed at last" "$@"
}

# Newer than all that was made before, whatever the clock's grain.
later() {
	sleep 1
	touch "$1"
}
