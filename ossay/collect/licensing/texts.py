# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which licence texts a file holds, as `licenseclassifier` recognises them."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ossay.codec import code_digest
from ossay.collect.licensing import tags
from ossay.model.tree import Scanner

LARGEST_BYTES = 300_000
"""Longer files are collections of licences; the longest of one project had 50,000."""

MOST_OTHER_WORDS = 25
"""
Words beside the texts that a title or an address explains ("MIT License").

Ten were the most in 27 real projects that had nothing to add. More may be terms:
for healthcare, for trade, or a choice between licences of which one is unknown.
"""

_NO_TERMS = (
    "how to apply these terms",  # GNU licences: advice for new programs
    "employer (if you work as a programmer)",  # the end of that advice
    "creative commons corporation",  # Creative Commons: what it is, and is not
    "creative commons is not a party",
    "additional use grant",  # BUSL: the parameters that it is filled in with
)
"""Words in the parts of licences that vary, or are advice, 450 words at most."""
_LONGEST_NO_TERMS = 450


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceText:
    """
    What was recognised in one file.

    Attributes:
        texts: Identifiers of the licences whose text is in it, in its order.
        addresses: Those of the licences that it names by address alone.
        other_words: How many words are part of neither, nor of what belongs to a
            licence text without being terms.
        other_line: The line on which the longest such passage begins.
        why_not: Why nothing was looked for; "" if it was.
    """

    texts: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    other_words: int = 0
    other_line: int = 0
    why_not: str = ""

    @property
    def is_known(self) -> bool:
        """Whether all that it says is known."""
        return bool(self.texts) and self.other_words <= MOST_OTHER_WORDS


@cache
def scanner() -> Scanner[LicenceText]:
    """Return the scanner of licence texts."""
    return Scanner(
        name="licensing.texts",
        version=code_digest(
            [sys.modules[__name__], tags], ["licenseclassifier", *tags.LIBRARIES]
        ),
        kind=LicenceText,
        scan=text_in,
        largest_bytes=LARGEST_BYTES,
    )


def text_in(content: bytes) -> LicenceText:
    """Recognise the licence texts in *content*."""
    if tags.is_pointer(content):
        return LicenceText(why_not=tags.ELSEWHERE)
    utf8 = tags.as_utf8(content)
    if utf8 is None:
        return LicenceText(why_not="it is no plain text")
    return recognised(utf8.decode(errors="replace"))


def recognised(text: str) -> LicenceText:
    """Recognise the licence texts in *text*."""
    from licenseclassifier import identify_license

    found = identify_license(text, coverage_threshold=0)
    by_address = {f.id for f in found if _is_address(text[f.start : f.end])}
    by_text = {f.id for f in found if not _is_address(text[f.start : f.end])}
    passages = list(_other_passages(text, [(f.start, f.end) for f in found]))
    longest = max(passages, default=(0, 0))
    return LicenceText(
        texts=tuple(sorted(by_text)),
        addresses=tuple(sorted(by_address)),
        other_words=sum(words for words, _ in passages),
        other_line=text.count("\n", 0, longest[1]) + 1 if passages else 0,
    )


def _is_address(passage: str) -> bool:
    return passage.lower().startswith(("http://", "https://"))


def _other_passages(
    text: str, known: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield the number of words of each passage between *known*, and its place."""
    starts = [0, *(end for _, end in known)]
    ends = [*(start for start, _ in known), len(text)]
    for start, end in zip(starts, ends, strict=True):
        passage = text[start:end]
        words = sum(any(c.isalnum() for c in word) for word in passage.split())
        is_advice = any(phrase in passage.lower() for phrase in _NO_TERMS)
        if words and not (is_advice and words <= _LONGEST_NO_TERMS):
            yield words, start + len(passage) - len(passage.lstrip())
