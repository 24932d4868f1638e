# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A small recogniser that knows a few phrases and counts what it is asked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ossay.codec import digest_of_bytes
from ossay.model.digest import Digest
from ossay.model.evidence import Tool
from ossay.model.licences import Holding, Holdings, Match, Recognised, Speech
from ossay.model.tree import Unreadable

PHRASES = {
    "under the zlib licence": ("Zlib", Speech.NOTICE, ()),
    "under the isc licence": ("ISC", Speech.NOTICE, ()),
    "under the gpl licence": ("GPL-2.0-only", Speech.NOTICE, ()),
    "under the agpl licence": ("AGPL-3.0-or-later", Speech.NOTICE, ()),
    "under the city licence": ("LicenseRef-scancode-city", Speech.NOTICE, ()),
    "in the public domain by licence": (
        "LicenseRef-scancode-public-domain",
        Speech.NOTICE,
        (),
    ),
    "under some gpl licence": ("GPL-1.0-or-later", Speech.NOTICE, ()),
    "no warranty of licence": (
        "LicenseRef-scancode-warranty-disclaimer",
        Speech.NOTICE,
        (),
    ),
    "name of the bsd licence": ("BSD-3-Clause", Speech.REFERENCE, ()),
    "see license for": (
        "LicenseRef-scancode-unknown-license-reference",
        Speech.REFERENCE,
        ("LICENSE",),
    ),
    "permission is hereby granted": ("MIT", Speech.TEXT, ()),
}


@dataclass(slots=True)
class Phrases:
    """
    Knows `PHRASES`; a text with "doubtful" is partial, one with "slow" untold.

    Attributes:
        asked: Every text that it was asked about, in order.
    """

    name: bytes = b"1"
    asked: list[str] = field(default_factory=list)
    asked_holders: list[str] = field(default_factory=list)

    @property
    def version(self) -> Digest:
        return digest_of_bytes(self.name)

    @property
    def may_answer_later(self) -> bool:
        return True

    @property
    def tool(self) -> Tool:
        return Tool(name="Phrases", version=self.name.decode())

    def licences(
        self, texts: Iterable[tuple[str, str]]
    ) -> Iterator[tuple[str, Recognised | Unreadable]]:
        for name, text in texts:
            self.asked.append(text)
            slow = "slow" in text.lower()
            yield name, Unreadable(why="it took too long") if slow else told(text)

    def copyrights(
        self, texts: Iterable[tuple[str, str]]
    ) -> Iterator[tuple[str, Holdings | Unreadable]]:
        for name, text in texts:
            self.asked_holders.append(text)
            yield name, Holdings(notices=tuple(notices(text)))


def told(text: str) -> Recognised:
    """Return what a text says, by phrases in its lines."""
    matches = tuple(
        Match(
            expression=expression,
            speech=speech,
            first_line=number,
            last_line=number,
            rule=f"rule-{expression}",
            matcher="phrase",
            coverage=1.0,
            refers_to=refers_to,
        )
        for number, line in enumerate(text.lower().split("\n"), 1)
        for phrase, (expression, speech, refers_to) in PHRASES.items()
        if phrase in line
    )
    return Recognised(
        expressions=tuple(m.expression for m in matches),
        matches=matches,
        is_partial="doubtful" in text,
    )


def notices(text: str) -> Iterator[Holding]:
    """Yield the lines that begin with "Copyright" after what marks a comment."""
    for number, line in enumerate(text.split("\n"), 1):
        _, mark, holder = line.partition("Copyright ")
        if mark:
            yield Holding(
                statement=mark + holder,
                holders=(holder.lstrip("0123456789- "),),
                first_line=number,
                last_line=number,
            )
