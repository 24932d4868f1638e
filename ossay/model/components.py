# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What a candidate brings with it: software of others, by name and version."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

Purl = NewType("Purl", str)
"""A package URL (ECMA-427), in canonical form."""


class Scope(StrEnum):
    """When a component is needed (CycloneDX 1.6 speaks of required and excluded)."""

    RUNTIME = "runtime"
    DEVELOPMENT = "development"
    BUILD = "build"
    UNKNOWN = "unknown"


class Completeness(StrEnum):
    """How much of an ecosystem's components a repository tells; worst last."""

    LOCKFILE = "lockfile"
    MANIFEST_ONLY = "manifest only"
    VERSIONS_UNRESOLVED = "versions unresolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """
    One piece of software that a candidate uses, at one version.

    Attributes:
        purl: Its name; without a version where none is resolved.
        ecosystem: The purl's type ("npm", "pypi", "githubactions").
        name: As its ecosystem writes it, namespace included ("@babel/core",
            "org.apache.commons:commons-text").
        version: "" where no file of the repository resolves it.
        scope: When it is needed, as far as the files tell.
        licence: What its package states, an SPDX expression; "" where nothing does.
        found_in: The files that name it, sorted.
        direct: Whether the candidate names it itself; None where that is not told.
        path: The purls that bring it in, from the one the candidate names to the
            one that names this; empty for a direct one, or where that is not told.
    """

    purl: Purl
    ecosystem: str
    name: str
    version: str
    scope: Scope = Scope.UNKNOWN
    licence: str = ""
    found_in: tuple[str, ...] = ()
    direct: bool | None = None
    path: tuple[Purl, ...] = ()
