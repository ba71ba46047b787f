#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# tools/time-zones.sh [FOLDER] >compiler/emit/time_zones.def
#
# Writes the time zones anew from the compiled tz database in FOLDER (the system's own if left out): each
# zone of zone.tab, and UTC, with the rule at the end of its file, which holds after its last listed
# change. Zones with coming changes that are listed one by one have no rule yet, or never: Morocco and
# Palestine follow the moon, and Cuba leaves out the change of autumn 2026.
set -eu

folder=${1-/usr/share/zoneinfo}
version=$(sed -n '1s/^# version //p' "$folder/tzdata.zi")
irregular="Africa/Casablanca Africa/El_Aaiun Asia/Gaza Asia/Hebron America/Havana"

cat <<END
/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Made by tools/time-zones.sh. Time zones by the names of the tz database (which is in the public
 * domain), each with its present rule as POSIX writes it: "GMT0BST,M3.5.0/1,M10.5.0". Sorted by
 * name. Left out are those whose coming changes follow no such rule: Africa/Casablanca,
 * Africa/El_Aaiun, America/Havana, Asia/Gaza and Asia/Hebron. tests/unit/test_time_zones.c compares
 * the rules with the system's own.
 */
#define STP_TIME_ZONES_EDITION "$version"

END
{
	grep -v '^#' "$folder/zone.tab" | cut -f 3
	echo UTC
} | LC_ALL=C sort | while read -r name; do
	case " $irregular " in
	*" $name "*) continue ;;
	esac
	printf 'STP_TIME_ZONE("%s", "%s")\n' "$name" "$(tail -n 1 "$folder/$name")"
done
