# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Files made to stop whoever reads licences, by what is bad about them."""

from tests.collect.licensing.texts import MIT

# REUSE-IgnoreStart
TAG = "SPDX-License-Identifier:"
MEGABYTES_4 = 4_000_000

ONE_LINE = "var a={b:1};" * (MEGABYTES_4 // 12)
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
BIDI = "\u202a\u202e\u2066\u2069"

HOSTILE = {
    "one line": ONE_LINE,
    "one line with a cue": f"{ONE_LINE}/* licence */{ONE_LINE}",
    "one line of cues": "licence " * (MEGABYTES_4 // 8),
    "one line of two cues": "licence;copyright (c) 2020 x;" * (MEGABYTES_4 // 29),
    "lines of cues": "# a licence\n" * (MEGABYTES_4 // 12),
    "lines of notices": "# Copyright 2020 A\n" * (MEGABYTES_4 // 19),
    "lines of tags": f"# {TAG} MIT\n" * (MEGABYTES_4 // 32),
    "empty lines": "\n" * MEGABYTES_4 + "licence\n" + "\n" * MEGABYTES_4,
    "nested brackets": "(" * MEGABYTES_4 + "licence" + ")" * MEGABYTES_4,
    "nested comments": "/*" * (MEGABYTES_4 // 2) + "licence" + "*/" * MEGABYTES_4,
    "marks": "#*/;-<!%|" * (MEGABYTES_4 // 9) + "\nlicence\n" + "#" * MEGABYTES_4,
    "blanks": " " * MEGABYTES_4 + "licence" + "\t" * MEGABYTES_4,
    "gaps in a phrase": "public" + " *" * MEGABYTES_4 + "domain",
    "one text 10,000 times": MIT * 10_000,
    "a text without cues": "All that is said here is nothing at all.\n" * 100_000,
    "a prose of one cue": "word word word word\n" * 100_000 + "licence\n",
    "zero width": ZERO_WIDTH * 100_000 + " licence " + ZERO_WIDTH * 100_000,
    "directions": f"{BIDI}licence{BIDI}\n" * 20_000,
    "marks on letters": "licence" + "\u0301" * 500_000,
    "astral letters": "𝐥𝐢𝐜𝐞𝐧𝐜𝐞 licence 😀\n" * 20_000,
    "case that grows": "licence ﬃ İ ß\n" * 50_000,
    "brackets of a licence": "[licence](" * 100_000,
}
# REUSE-IgnoreEnd
