# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What is said about files elsewhere than in them, and how that counts (REUSE 3.3)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from ossay.collect.licensing.globs import matches


class Precedence(StrEnum):
    """What counts where a file also speaks for itself."""

    AGGREGATE = "aggregate"
    CLOSEST = "closest"
    OVERRIDE = "override"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """
    What one source says about one file.

    Attributes:
        licences: Expressions as written, valid or not.
        source: The path that says it.
    """

    licences: tuple[str, ...] = ()
    copyrights: tuple[str, ...] = ()
    source: str

    @property
    def is_silent(self) -> bool:
        """Whether it says nothing about licence or copyright."""
        return not self.licences and not self.copyrights


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """
    One statement about files.

    Attributes:
        paths: Paths it names outright, from the folder it is made in.
        pattern: What other paths have to match; None if there are no wildcards.
    """

    paths: frozenset[str]
    pattern: re.Pattern[str] | None
    precedence: Precedence
    said: Said


@dataclass(frozen=True, kw_only=True)
class Folder:
    """
    The statements made in one folder, of which the last that fits a path counts.

    Attributes:
        path: "" for the root, else with a slash at the end.
    """

    path: str
    statements: Sequence[Annotation]

    def about(self, path: str) -> Annotation | None:
        """Return what is said here about *path*."""
        if not path.startswith(self.path):
            return None
        inside = path[len(self.path) :]
        outright = self._outright.get(inside, -1)
        for number, pattern in self._patterns:
            if number <= outright:
                break
            if matches(pattern, inside):
                return self.statements[number]
        return self.statements[outright] if outright >= 0 else None

    @cached_property
    def _outright(self) -> Mapping[str, int]:
        """The last statement that names each path."""
        numbered = enumerate(self.statements)
        return {path: n for n, statement in numbered for path in statement.paths}

    @cached_property
    def _patterns(self) -> Sequence[tuple[int, re.Pattern[str]]]:
        """The patterns with the numbers of their statements, the last one first."""
        numbered = reversed(list(enumerate(self.statements)))
        return [(n, s.pattern) for n, s in numbered if s.pattern is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotations:
    """Everything that is said about files in other files; outermost folder first."""

    folders: tuple[Folder, ...] = ()

    def of(self, path: str) -> Mapping[Precedence, list[Said]]:
        """
        Return what is said about *path*, outermost first.

        An override hides what inner folders say. Of what is closest, the
        innermost licence and the innermost notice count, each for itself.
        """
        if not self.folders:
            return {}
        found: defaultdict[Precedence, list[Said]] = defaultdict(list)
        for annotation in self._about(path):
            found[annotation.precedence].append(annotation.said)
            if annotation.precedence is Precedence.OVERRIDE:
                break
        if Precedence.CLOSEST in found:
            found[Precedence.CLOSEST] = _innermost(found[Precedence.CLOSEST])
        return found

    def _about(self, path: str) -> Iterator[Annotation]:
        for folder in self.folders:
            annotation = folder.about(path)
            if annotation is not None:
                yield annotation


def _innermost(said: list[Said]) -> list[Said]:
    kept: list[Said] = []
    licences: tuple[str, ...] = ()
    copyrights: tuple[str, ...] = ()
    for one in reversed(said):
        new = Said(
            licences=() if licences else one.licences,
            copyrights=() if copyrights else one.copyrights,
            source=one.source,
        )
        licences, copyrights = licences or new.licences, copyrights or new.copyrights
        if not new.is_silent:
            kept.append(new)
    return kept[::-1]
