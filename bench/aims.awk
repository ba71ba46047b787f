# SPDX-License-Identifier: Apache-2.0
#
# Reads the page that bench/run.sh has made so far, and sets what was aimed at beside what its tables say.
BEGIN { FS = " *[|] *" }

$2 == "flatc" { measured[1] = $8 }
$2 == "protoc" { measured[2] = $8 }
$2 == "stipple-check" && NF == 4 { measured[3] = $3 }
$2 == "stipple-check" && NF > 4 { measured[4] = $7; start = $10 }
$2 == "flatc" { measured[5] = part(start, $10) }
$2 == "dtc" { measured[6] = part(start, $10) }

function part(of, whole) { return sprintf("%.2f", of / (whole > 0 ? whole : 1)) }

function row(n, what, most) {
	if (n in measured)
		printf("| %s | %s | %s | %s |\n", what, most, measured[n], measured[n] + 0 <= most + 0 ? "yes" : "**no**")
}

END {
	print "\n| what was aimed at for `stipple check` | at most | measured | reached |\n|---|---|---|---|"
	row(1, "time, as a part of flatc's", "0.25")
	row(2, "time, as a part of protoc's", "0.18")
	row(3, "instructions for a byte", "100")
	row(4, "bytes of memory for a byte", "20")
	row(5, "time to start, as a part of flatc's", "0.50")
	row(6, "time to start, as a part of dtc's", "0.50")
}
