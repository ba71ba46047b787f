# SPDX-License-Identifier: Apache-2.0
"""Fills a .po with a made-up language: every letter of the English becomes another script's.

What is in braces stays, and so does what Markdown needs. A Latin letter on a sheet in this language
can then only have come past the language file.
"""
import re
import sys

LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
GREEK = "αβψδεφγηιξκλμνοπϙρστθωςχυζΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠϘΡΣΤΘΩΣΧΥΖ"
OTHER = str.maketrans(LATIN, GREEK)


def translated(text):
    parts = re.split(r"(\{[a-z0-9_.]+\}|\\.)", text)
    return "".join(part if i % 2 else part.translate(OTHER) for i, part in enumerate(parts))


def main():
    english, field, header = [], None, True
    for line in sys.stdin:
        word = line.split(" ")[0].strip()
        if line.startswith('"') and field == "msgid":
            english.append(line)
        elif word == "msgid":
            english = [line.split(" ", 1)[1]]
        if word in ("msgctxt", "msgid", "msgstr"):
            field = word
        if word == "msgstr" and not header:
            sys.stdout.write("msgstr " + "".join(translated(each) for each in english))
            continue
        header = header and line != "\n"
        sys.stdout.write(line)


main()
