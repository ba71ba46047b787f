# SPDX-License-Identifier: Apache-2.0
#
# Fills a .po with a made-up language: every letter of the English becomes one of another script. What
# is in braces stays, and so do escapes. A Latin letter on a sheet in this language can then only have
# come past the language file.

BEGIN {
	latin = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	count = split("α β ψ δ ε φ γ η ι ξ κ λ μ ν ο π ϙ ρ σ τ θ ω ϡ χ υ ζ " \
		"Α Β Ψ Δ Ε Φ Γ Η Ι Ξ Κ Λ Μ Ν Ο Π Ϙ Ρ Σ Τ Θ Ω Ϡ Χ Υ Ζ", greek, " ")
	for (i = 1; i <= count; i++)
		other[substr(latin, i, 1)] = greek[i]
}

function translated(text,    out, i, c, braces) {
	for (i = 1; i <= length(text); i++) {
		c = substr(text, i, 1)
		if (c == "\\") {
			out = out c substr(text, ++i, 1)
			continue
		}
		if (c == "{") braces++
		if (c == "}") braces--
		out = out (braces == 0 && (c in other) ? other[c] : c)
	}
	return out
}

/^msg/ { field = $1 }
field == "msgid" && /^msgid / { english = substr($0, 7) "\n" }
field == "msgid" && /^"/ { english = english $0 "\n" }
/^$/ { after_header = 1 }
/^msgstr / && after_header { printf "msgstr %s", translated(english); next }
{ print }
