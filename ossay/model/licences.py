# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What a recogniser says of a piece of text: which licences, where, and how sure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ossay.model.digest import Digest
from ossay.model.evidence import Tool
from ossay.model.tree import Unreadable


class Speech(StrEnum):
    """How a piece of text speaks of a licence."""

    TEXT = "text"
    NOTICE = "notice"
    TAG = "tag"
    REFERENCE = "reference"
    INTRO = "intro"
    CLUE = "clue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """
    One place that speaks of a licence.

    Attributes:
        expression: SPDX expression; a licence on no list is a `LicenseRef-`.
        speech: How it speaks of it.
        first_line: Counted from 1 within the text that was given.
        last_line: The last line of it, likewise.
        rule: Name of the recogniser's rule.
        matcher: How the rule was found, in the recogniser's own word.
        coverage: Share of the rule's words that were found (0 to 1).
        refers_to: Names of files that the text refers to ("LICENSE").
    """

    expression: str
    speech: Speech
    first_line: int
    last_line: int
    rule: str
    matcher: str
    coverage: float
    refers_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """
    All that was recognised in one piece of text.

    Attributes:
        expressions: SPDX expressions, one for each statement found, in order.
        matches: What they rest on, in order of lines.
        is_partial: Whether there are words of a grant that no rule explains.
    """

    expressions: tuple[str, ...] = ()
    matches: tuple[Match, ...] = ()
    is_partial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """
    A copyright notice.

    Attributes:
        statement: The notice as it was recognised.
        holders: Who holds the copyright, without years and marks.
        first_line: Counted from 1 within the lines that were given.
    """

    statement: str
    holders: tuple[str, ...]
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """Copyright notices and authors in one piece of text."""

    notices: tuple[Holding, ...] = ()
    authors: tuple[str, ...] = ()


class Recogniser(Protocol):
    """
    Reads licences and copyright notices out of text.

    Both ways take (name, text) pairs and yield an answer for each name, in that
    order. What could not be told in time, or at all, is `Unreadable` with the
    reason, and never an empty answer.
    """

    @property
    def version(self) -> Digest:
        """Digest of all that its answers depend on."""

    @property
    def tool(self) -> Tool:
        """What it is called, for people."""

    @property
    def may_answer_later(self) -> bool:
        """Whether what it could not tell, it may tell another time."""

    def licences(
        self, texts: Iterable[tuple[str, str]]
    ) -> Iterator[tuple[str, Recognised | Unreadable]]:
        """Yield which licences each text speaks of."""

    def copyrights(
        self, texts: Iterable[tuple[str, str]]
    ) -> Iterator[tuple[str, Holdings | Unreadable]]:
        """Yield who holds the copyright by each text."""
