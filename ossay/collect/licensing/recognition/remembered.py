# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A recogniser that is not here, and of which others handed on what it said."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ossay.collect.licensing.recognition.questions import NO_RECOGNISER
from ossay.model.digest import Digest
from ossay.model.evidence import Tool
from ossay.model.licences import Holdings, Recognised
from ossay.model.tree import Unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """
    Stands for a recogniser by its version, which its answers are remembered under.

    It can be asked nothing new.
    """

    version: Digest
    tool: Tool

    @property
    def may_answer_later(self) -> bool:
        """Nothing new, before another pack is taken in."""
        return False

    def licences(
        self, texts: Iterable[tuple[str, str]]
    ) -> Iterator[tuple[str, Recognised | Unreadable]]:
        """Say of each text that nobody can be asked about it."""
        for name, _ in texts:
            yield name, Unreadable(why=NO_RECOGNISER)

    def copyrights(
        self, texts: Iterable[tuple[str, str]]
    ) -> Iterator[tuple[str, Holdings | Unreadable]]:
        """Say of each text that nobody can be asked about it."""
        for name, _ in texts:
            yield name, Unreadable(why=NO_RECOGNISER)
