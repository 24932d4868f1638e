# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What one file sets of a build by GitLab or Woodpecker, and in which lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ossay.collect import _documents
from ossay.collect.workflows.findings import Finding

LONGEST_ENTRY = 500
"""Lines of one entry in which a command is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An image that a job runs in, as it is written there, and the line (from 1)."""

    name: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Include:
    """
    Settings that are taken from another file.

    Attributes:
        path: In this repository, perhaps with `*`; "" where it is kept elsewhere.
        what: How it is named there.
    """

    path: str
    what: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """
    What one file sets.

    Attributes:
        findings: Without paths.
        variables: Names and values that hold for all jobs, where they are text.
    """

    findings: tuple[Finding, ...] = ()
    images: tuple[Image, ...] = ()
    includes: tuple[Include, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """
    The lines (from 1) where the values of a document are written.

    Attributes:
        places: Of each key and list entry.
        written: The document's text, line by line.
    """

    places: Mapping[_documents.Path, int]
    written: Sequence[str]

    def of(self, place: _documents.Path, text: str = "") -> int:
        """
        Return the line of what is at *place*, or of *text* within it.

        What an alias stands for is where the alias is.
        """
        while place and place not in self.places:
            place = place[:-1]
        line = self.places.get(place, 1)
        if text := text.strip():
            for number in range(line, min(line + LONGEST_ENTRY, len(self.written) + 1)):
                if text in self.written[number - 1]:
                    return number
        return line


def opened(content: bytes) -> tuple[dict[str, Any] | None, Lines]:
    """
    Return the settings in *content*, and their lines; None where it says nothing.

    Raises:
        DocumentUnreadable: They are not what settings of a build are.
    """
    document, places = _documents.read_yaml_with_lines(content)
    if not isinstance(document, dict | None):
        msg = "it holds no mapping, as settings of a build do"
        raise _documents.DocumentUnreadable(msg)
    written = content.decode(errors="replace").splitlines()
    return document, Lines(places=places, written=written)
