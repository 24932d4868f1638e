# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with a file that a person wrote: all of it at once, line by line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ossay.model.errors import OssayError

MOST = 200
"""Faults that one message lists."""


class PolicyError(OssayError):
    """A pack, or people's answers, waivers or product file, cannot be meant so."""

    status = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """
    Collects what is wrong with one file, so that it is said in one go.

    Readers go on after a fault with a value that stands in for what could not
    be read. Such a value never leaves this room: `settle` raises before.

    Attributes:
        source: What the file is called in messages.
        purpose: What it should be ("a policy pack").
        subject: What the faults are about ("rule LIC-1"), or "".
        found: The faults so far, by line; shared by all subjects of a file.
    """

    source: str
    purpose: str
    subject: str = ""
    found: list[tuple[int, str]] = field(default_factory=list)

    def within(self, subject: str) -> Faults:
        """Return a collector for the same file that names *subject*."""
        return replace(self, subject=subject)

    def add(self, line: int, found: str, expected: str) -> None:
        """
        Note that *found* stands in *line* where *expected* should be.

        Raises `PolicyError` at once when there are `MOST` faults: then the
        file is something else, and listing all of it would help nobody.
        """
        about = f"{self.subject}: " if self.subject else ""
        self.found.append((line, f"{about}{found}; expected {expected}"))
        if len(self.found) == MOST:
            self.settle()

    def settle(self) -> None:
        """Raise `PolicyError` with every fault, if there is one."""
        if not self.found:
            return
        lines = [f"{self.source}:{line}: {text}" for line, text in self._sorted()]
        if len(lines) == MOST:
            lines.append("and perhaps more; these come first")
        raise PolicyError(refusal(f"{self.source} as {self.purpose}", lines))

    def _sorted(self) -> list[tuple[int, str]]:
        return sorted(self.found, key=lambda fault: fault[0])


def refusal(what: str, lines: Iterable[str]) -> str:
    """Return the message of a `PolicyError`: what is refused, and each reason."""
    return "\n  ".join([f"cannot use {what}:", *lines])


def one_of(names: Iterable[str]) -> str:
    """Return *names* as what is expected."""
    listed = tuple(names)
    return listed[0] if len(listed) == 1 else f"one of: {', '.join(listed)}"


def hint(name: str, names: Iterable[str]) -> str:
    """Return what *name* was probably meant to be, or "" if nothing is near."""
    near = difflib.get_close_matches(name, list(names), n=1)
    return f" (did you mean {near[0]!r}?)" if near else ""
