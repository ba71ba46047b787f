# SPDX-License-Identifier: Apache-2.0
#
# What a calendar says to its reader, a line each: its lines put together again, its escapes resolved.

function show() {
	if (line !~ /^(SUMMARY|DESCRIPTION)/) return
	sub(/^[^:]*:/, "", line)
	gsub(/\\n/, "\n", line)
	gsub(/\\/, "", line)
	print line
}

{ sub(/\r$/, "") }
/^ / { line = line substr($0, 2); next }
{ show(); line = $0 }
END { show() }
