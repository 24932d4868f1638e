# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A recogniser that is listened to: whether it left anything unanswered."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from ossay.model.digest import Digest
from ossay.model.evidence import Tool
from ossay.model.licences import Holdings, Recognised, Recogniser
from ossay.model.tree import TookTooLong, Unreadable

T = TypeVar("T", Recognised, Holdings)


class Listening:
    """
    Passes questions on, and notes whether all of them were answered.

    What it could not tell because it died it may tell another time.
    """

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser
        self._is_settled = True

    @property
    def version(self) -> Digest:
        """Digest of all that its answers depend on."""
        return self._recogniser.version

    @property
    def tool(self) -> Tool:
        """What it is called, for people."""
        return self._recogniser.tool

    @property
    def may_answer_later(self) -> bool:
        """Whether what it could not tell, it may tell another time."""
        return self._recogniser.may_answer_later

    def is_settled(self) -> bool:
        """Tell whether no question asked so far is worth asking again."""
        return self._is_settled or not self.may_answer_later

    def licences(
        self, texts: Iterable[tuple[str, str]]
    ) -> Iterator[tuple[str, Recognised | Unreadable]]:
        """Yield which licences each text speaks of."""
        return self._heard(self._recogniser.licences(texts))

    def copyrights(
        self, texts: Iterable[tuple[str, str]]
    ) -> Iterator[tuple[str, Holdings | Unreadable]]:
        """Yield who holds the copyright by each text."""
        return self._heard(self._recogniser.copyrights(texts))

    def _heard(
        self, answers: Iterator[tuple[str, T | Unreadable]]
    ) -> Iterator[tuple[str, T | Unreadable]]:
        for name, answer in answers:
            if isinstance(answer, Unreadable) and not isinstance(answer, TookTooLong):
                self._is_settled = False
            yield name, answer
