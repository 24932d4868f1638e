# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What can be told of a document from its headings, links and languages."""

import sys
from dataclasses import dataclass

from ossay.codec import code_digest
from ossay.collect import _headings, _writing
from ossay.collect._headings import Heading, Link, read_document
from ossay.collect._words import SPOKEN
from ossay.collect._writing import Writing, writings
from ossay.model.tree import Scanner

MOST = 300
"""Headings, and links, that are kept of one document."""

LARGEST_BYTES = 2_000_000

LONG_PROSE = 400
"""Letters from which a text without sections may still be a guide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """
    A document in short.

    Attributes:
        letters: How long its prose is.
    """

    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    writings: tuple[Writing, ...]
    letters: int

    def why_not_judged(self) -> str:
        """
        Say which language keeps its sections from being understood; "" if none.

        There are words for the headings of eighteen languages. A text without
        sections, and too short to be a guide, needs none.
        """
        if any(writing.language in SPOKEN for writing in self.writings):
            return ""
        if len(self.headings) < 2 and self.letters < LONG_PROSE:
            return ""
        return " and ".join(str(writing) for writing in self.writings)


def outline_of(content: bytes) -> Outline:
    """Return the outline of a document in light markup."""
    document = read_document(content)
    return Outline(
        headings=document.headings[:MOST],
        links=document.links[:MOST],
        writings=writings(document.prose),
        letters=sum(c.isalpha() for c in document.prose[:10_000]),
    )


SCAN_OUTLINES = Scanner(
    name="documentation.outlines",
    version=code_digest([_headings, _writing, sys.modules[__name__]]),
    kind=Outline,
    scan=outline_of,
    largest_bytes=LARGEST_BYTES,
)
